"""Pilots: begin one, read it beside the rest, end it. Thin; nothing here is about a named child."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.common.web.trying import typed
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import pilots
from rightplace.foundation.organisation.models import Area, Pilot
from rightplace.services.partnership.forms import EndPilotForm, PilotForm
from rightplace.services.partnership.presenters import pilots as presenters
from rightplace.services.partnership.views import POSTS, form_page


@POSTS
def pilot_new(request: HttpRequest) -> HttpResponse:
    """Begin a pilot."""
    actor = actor_in(request)
    form = PilotForm(typed(request), areas=Area.objects.all())

    def act() -> object:
        said = {name: value for name, value in form.cleaned_data.items() if name != "where"}
        return pilots.begin_pilot(by=actor, **form.place, **said)

    return form_page(
        request, form, act, title="Begin a pilot", button="Begin the pilot",
        done="The pilot begins; what is decided there carries its mark.",
    )  # fmt: skip


def _pilot(number: int) -> Pilot:
    found = pilots.every_pilot().filter(pk=number).first()
    if found is None:
        raise NotAllowed
    return found


@require_safe
def pilot(request: HttpRequest, pilot: int) -> HttpResponse:
    """One pilot beside the rest of the city."""
    found = presenters.pilot_page(actor_in(request), _pilot(pilot))
    return page(
        request, "partnership/pilot.jinja", title="A pilot", found=found, columns=presenters.COMPARE_COLUMNS,
        back=reverse("partnership:board"),
    )  # fmt: skip


@require_safe
def compared(request: HttpRequest, pilot: int) -> HttpResponse:
    """A pilot's areas and the others, before and after, with the uncertainty and what it cannot say."""
    return page(
        request, "partnership/compared.jinja", title="A fair comparison", found=presenters.fair_page(_pilot(pilot)),
        back=reverse("partnership:pilot", args=[pilot]),
    )  # fmt: skip


@POSTS
def pilot_end(request: HttpRequest, pilot: int) -> HttpResponse:
    """End a pilot."""
    actor, row = actor_in(request), _pilot(pilot)
    form = EndPilotForm(typed(request))
    return form_page(
        request, form, lambda: pilots.end_pilot(pilot=row, by=actor, **form.cleaned_data),
        title="End a pilot", button="End the pilot", done="The pilot ends on that day.",
        told=f"{row.title}, since {words.plain_day(row.begins)}.", back=reverse("partnership:pilot", args=[pilot]),
    )  # fmt: skip
