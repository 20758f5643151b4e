"""The board: seats, meetings, commitments; and pilots. Thin; nothing here is about a named child."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, scope
from rightplace.foundation.organisation import clock, pilots
from rightplace.foundation.organisation.models import Agency, Area, Pilot
from rightplace.foundation.organisation.queries import on_day
from rightplace.services.partnership import actions, presenters, queries
from rightplace.services.partnership.forms import (
    CommitmentForm,
    EndForm,
    EndPilotForm,
    MeetingForm,
    PilotForm,
    ProgressForm,
    SeatForm,
)
from rightplace.services.partnership.models import Commitment, Seat

POSTS = require_http_methods(["GET", "HEAD", "POST"])


def typed(request: HttpRequest) -> Any:
    """What was posted, or nothing where the page is only shown."""
    return request.POST if request.method == "POST" else None


def tried(
    request: HttpRequest, form: django_forms.Form, act: Callable[[], object], done: str
) -> tuple[bool, Refused | None]:
    """Do what was asked when the form is right; whether it was done, and why not where it was refused."""
    if request.method != "POST" or not form.is_valid():
        return False, None
    try:
        act()
    except Refused as why:
        return False, why
    messages.success(request, done)
    return True, None


def agencies() -> QuerySet[Agency]:
    """The agencies of today but the schools, who are many; the council among them."""
    found = on_day(Agency.objects.filter(school__isnull=True), clock.today())
    return found.order_by("name")


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The partnership on one page."""
    actor = actor_in(request)
    found = presenters.board_page(actor)
    return page(
        request, "partnership/board.jinja", title="The partnership", board=found, columns=presenters,
        may_pilot=may(actor, "pilot.set"), settles=may(actor, "dispute.settle"),
    )  # fmt: skip


def _form(
    request: HttpRequest, title: str, button: str, form: Any, refused: Refused | None, **more: Any
) -> HttpResponse:
    back = more.pop("back", reverse("partnership:board"))
    more.setdefault("told", "")
    return page(
        request, "partnership/form.jinja", title=title, heading=title, button=button, form=form, refused=refused,
        back=back, **more,
    )  # fmt: skip


@POSTS
def seat(request: HttpRequest) -> HttpResponse:
    """Give an agency a seat."""
    actor = actor_in(request)
    form = SeatForm(typed(request), agencies=agencies())

    def act() -> object:
        said = dict(form.cleaned_data)
        return actions.give_seat(agency=Agency.objects.get(pk=said.pop("agency")), by=actor, **said)

    done, refused = tried(request, form, act, "The agency has a seat.")
    return (
        redirect("partnership:board")
        if done
        else _form(request, "Give a seat", "Give the seat", form, refused)
    )


@POSTS
def seat_end(request: HttpRequest, seat: int) -> HttpResponse:
    """End a seat."""
    actor = actor_in(request)
    row = scope(actor, Seat).filter(pk=seat).select_related("agency").first()
    if row is None:
        raise NotAllowed
    form = EndForm(typed(request))
    done, refused = tried(
        request,
        form,
        lambda: actions.end_seat(seat=row, on=form.cleaned_data["on"], by=actor),
        "The seat ends.",
    )
    told = f"{row.sits} sits for {row.agency.name} since {words.plain_day(row.begins)}."
    return (
        redirect("partnership:board")
        if done
        else _form(request, "End a seat", "End the seat", form, refused, told=told)
    )


@POSTS
def meeting(request: HttpRequest) -> HttpResponse:
    """Write down a meeting."""
    actor = actor_in(request)
    sitting = {seat.agency_id: seat.agency.name for seat in queries.seats(actor)}
    form = MeetingForm(typed(request), seats=list(sitting.items()))
    done, refused = tried(
        request,
        form,
        lambda: actions.hold_meeting(by=actor, **form.cleaned_data),
        "The meeting is written down.",
    )
    return (
        redirect("partnership:board")
        if done
        else _form(request, "Write down a meeting", "Write it down", form, refused)
    )


@POSTS
def commit(request: HttpRequest) -> HttpResponse:
    """Write down a commitment."""
    actor = actor_in(request)
    form = CommitmentForm(typed(request), agencies=agencies())

    def act() -> object:
        said = dict(form.cleaned_data)
        return actions.commit_to(agency=Agency.objects.get(pk=said.pop("agency")), by=actor, **said)

    done, refused = tried(request, form, act, "The commitment stands.")
    return (
        redirect("partnership:board")
        if done
        else _form(request, "Write down a commitment", "Write it down", form, refused)
    )


@POSTS
def commitment(request: HttpRequest, commitment: int) -> HttpResponse:
    """One commitment: how it stood, and how it stands."""
    actor = actor_in(request)
    row = scope(actor, Commitment).filter(pk=commitment).select_related("agency").first()
    if row is None:
        raise NotAllowed
    keeps = may(actor, "board.keep")
    if request.method == "POST" and not keeps:
        raise NotAllowed
    form = ProgressForm(typed(request))
    done, refused = tried(
        request,
        form,
        lambda: actions.say_progress(commitment=row, by=actor, **form.cleaned_data),
        "Written down.",
    )
    if done:
        return redirect("partnership:commitment", commitment)
    said = [
        (words.when(p.recorded_at), presenters.STATES[p.state], p.said, p.recorded_by.name)
        for p in row.progress.select_related("recorded_by")
    ]
    return page(
        request, "partnership/commitment.jinja", title="A commitment", row=row, said=said, keeps=keeps, form=form,
        refused=refused, due=words.plain_day(row.due), back=reverse("partnership:board"),
    )  # fmt: skip


@POSTS
def pilot_new(request: HttpRequest) -> HttpResponse:
    """Begin a pilot."""
    actor = actor_in(request)
    form = PilotForm(typed(request), areas=Area.objects.all())

    def act() -> object:
        said = {name: value for name, value in form.cleaned_data.items() if name != "where"}
        return pilots.begin_pilot(by=actor, **form.place, **said)

    done, refused = tried(request, form, act, "The pilot begins; what is decided there carries its mark.")
    return (
        redirect("partnership:board")
        if done
        else _form(request, "Begin a pilot", "Begin the pilot", form, refused)
    )


def _pilot(number: int) -> Pilot:
    found = pilots.every_pilot().filter(pk=number).first()
    if found is None:
        raise NotAllowed
    return found


@require_safe
def pilot(request: HttpRequest, pilot: int) -> HttpResponse:
    """One pilot beside the rest of the city."""
    actor = actor_in(request)
    found = presenters.pilot_page(actor, _pilot(pilot))
    return page(
        request, "partnership/pilot.jinja", title="A pilot", found=found, columns=presenters.COMPARE_COLUMNS,
        back=reverse("partnership:board"),
    )  # fmt: skip


@POSTS
def pilot_end(request: HttpRequest, pilot: int) -> HttpResponse:
    """End a pilot."""
    actor = actor_in(request)
    row = _pilot(pilot)
    form = EndPilotForm(typed(request))
    done, refused = tried(
        request,
        form,
        lambda: pilots.end_pilot(pilot=row, by=actor, **form.cleaned_data),
        "The pilot ends on that day.",
    )
    told = f"{row.title}, since {words.plain_day(row.begins)}."
    back = reverse("partnership:pilot", args=[pilot])
    if done:
        return redirect("partnership:pilot", pilot)
    return _form(request, "End a pilot", "End the pilot", form, refused, told=told, back=back)
