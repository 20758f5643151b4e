"""The board: what it is, its seats, meetings and commitments. Thin; nothing here is about a named child."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.common.web.trying import tried, typed
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.queries import on_day
from rightplace.services.partnership import actions, queries
from rightplace.services.partnership.forms import CommitmentForm, EndForm, MeetingForm, ProgressForm, SeatForm
from rightplace.services.partnership.models import Commitment, Meeting, Seat
from rightplace.services.partnership.policy import speaks_for
from rightplace.services.partnership.presenters import board as presenters

POSTS = require_http_methods(["GET", "HEAD", "POST"])


def agencies() -> QuerySet[Agency]:
    """The agencies of today but the schools, who are many; the council among them."""
    found = on_day(Agency.objects.filter(school__isnull=True), clock.today())
    return found.order_by("name")


def form_page(
    request: HttpRequest,
    form: django_forms.Form,
    act: Callable[[], object],
    *,
    title: str,
    button: str,
    done: str,
    back: str = "",
    told: str = "",
) -> HttpResponse:
    """A page with one form: do it and go back, or show the form again and say why it was not done."""  # fmt: skip
    back = back or reverse("partnership:board")
    was_done, refused = tried(request, form, act, done)
    if was_done:
        return redirect(back)
    return page(
        request, "partnership/form.jinja", title=title, heading=title, button=button, form=form, refused=refused,
        back=back, told=told,
    )  # fmt: skip


def _of_agency(form: django_forms.Form) -> dict[str, Any]:
    """What was typed, with the agency itself in place of its number."""
    said = dict(form.cleaned_data)
    said["agency"] = Agency.objects.get(pk=said["agency"])
    return said


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The partnership on one page."""
    actor = actor_in(request)
    return page(
        request, "partnership/board.jinja", title="The partnership", board=presenters.board_page(actor),
        columns=presenters, may_pilot=may(actor, "pilot.set"), settles=may(actor, "dispute.settle"),
        may_raise=actor.is_partner and may(actor, "dispute.raise"),
    )  # fmt: skip


@POSTS
def seat(request: HttpRequest) -> HttpResponse:
    """Give an agency a seat."""
    actor = actor_in(request)
    form = SeatForm(typed(request), agencies=agencies())
    return form_page(
        request, form, lambda: actions.give_seat(by=actor, **_of_agency(form)),
        title="Give a seat", button="Give the seat", done="The agency has a seat.",
    )  # fmt: skip


@POSTS
def seat_end(request: HttpRequest, seat: int) -> HttpResponse:
    """End a seat."""
    actor = actor_in(request)
    row = scope(actor, Seat).filter(pk=seat).select_related("agency").first()
    if row is None:
        raise NotAllowed
    form = EndForm(typed(request))
    return form_page(
        request, form, lambda: actions.end_seat(seat=row, on=form.cleaned_data["on"], by=actor),
        title="End a seat", button="End the seat", done="The seat ends.",
        told=f"{row.sits} sits for {row.agency.name} since {words.plain_day(row.begins)}.",
    )  # fmt: skip


@POSTS
def meeting(request: HttpRequest) -> HttpResponse:
    """Write down a meeting."""
    actor = actor_in(request)
    sitting = {seat.agency_id: seat.agency.name for seat in queries.seats(actor)}
    form = MeetingForm(typed(request), seats=list(sitting.items()))
    return form_page(
        request, form, lambda: actions.hold_meeting(by=actor, **form.cleaned_data),
        title="Write down a meeting", button="Write it down", done="The meeting is written down.",
    )  # fmt: skip


@require_safe
def meeting_held(request: HttpRequest, meeting: int) -> HttpResponse:
    """One meeting: who came, who did not, what was decided."""
    row = scope(actor_in(request), Meeting).filter(pk=meeting).select_related("recorded_by").first()
    if row is None:
        raise NotAllowed
    return page(
        request, "partnership/meeting.jinja", title="A meeting", found=presenters.meeting_page(row),
        back=reverse("partnership:board"),
    )  # fmt: skip


@POSTS
def commit(request: HttpRequest) -> HttpResponse:
    """Write down a commitment."""
    actor = actor_in(request)
    form = CommitmentForm(typed(request), agencies=agencies())
    return form_page(
        request, form, lambda: actions.commit_to(by=actor, **_of_agency(form)),
        title="Write down a commitment", button="Write it down", done="The commitment stands.",
    )  # fmt: skip


@POSTS
def commitment(request: HttpRequest, commitment: int) -> HttpResponse:
    """One commitment: how it stood, and how it stands. Who keeps the board says so, or the agency itself."""
    actor = actor_in(request)
    row = scope(actor, Commitment).filter(pk=commitment).select_related("agency", "recorded_by").first()
    if row is None:
        raise NotAllowed
    says = may(actor, "board.keep") or speaks_for(actor, row)
    if request.method == "POST" and not says:
        raise NotAllowed
    form = ProgressForm(typed(request))
    done, refused = tried(
        request, form, lambda: actions.say_progress(commitment=row, by=actor, **form.cleaned_data), "Written down."
    )  # fmt: skip
    if done:
        return redirect("partnership:commitment", commitment)
    return page(
        request, "partnership/commitment.jinja", title="A commitment", found=presenters.commitment_page(row), says=says,
        form=form, refused=refused, back=reverse("partnership:board"),
    )  # fmt: skip
