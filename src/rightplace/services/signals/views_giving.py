"""The pages of those who give signals, and of those who agree to it. Thin."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.common.web.steady import same_time_for_all
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.need.noticing import SignalKind, noticing
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, School
from rightplace.foundation.organisation.queries import on_day
from rightplace.services.signals import feeds as agreements
from rightplace.services.signals.files import FileRefused, columns_file, take_file
from rightplace.services.signals.forms import EndFeedForm, FeedForm, FileForm, GiveForm
from rightplace.services.signals.models import Feed, GivenSignal, Tally
from rightplace.services.signals.presenters import given as shown
from rightplace.services.signals.rows import FIELDS
from rightplace.services.signals.taking import take

LATELY, MORE = 5, 50
"""How many of one's own signals are listed, and when more are asked for; others are found by their number."""
POSTS = require_http_methods(["GET", "POST"])
A_STEP_HOLDS = 20_000
"""Bytes of a file for each step of the clock: a longer file waits in longer steps, which its length tells anyway."""
SIGNALS_THAT_AGENCIES_GIVE = ("police", "health", "education", "housing", "authority")


def _giver(request: HttpRequest) -> Actor:
    actor = actor_in(request)
    if not (actor.is_partner and actor.agency):
        raise NotAllowed
    return actor


@require_safe
def given(request: HttpRequest) -> HttpResponse:
    """What one's own agency gave and what became of it, in numbers that tell of no child; and its agreements."""
    actor, today = _giver(request), clock.today()
    tallies = list(scope(actor, Tally).order_by("kind", "month"))
    own = list(_agreed_with(actor))
    return page(
        request,
        "signals/given.jinja",
        title="Signals",
        columns=shown.GIVEN_COLUMNS,
        rows=shown.given_rows(tallies, clock.today()),
        refused_why=shown.refusals(tallies),
        feed_columns=shown.FEED_COLUMNS,
        feeds=[shown.feed_row(feed, today, linked=False) for feed in own],
        ask=shown.whom_to_ask(own),
        may_give=bool(_kinds_agreed(actor)),
        withheld=shown.WITHHELD,
        **_lately(request, actor),
    )


def _lately(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """What the reader gave lately, and what the agency gave under a number that the reader asks for."""
    number = request.GET.get("number", "").strip()
    own = scope(actor, GivenSignal).order_by("-received", "-pk")
    found = own.filter(sender_id=number) if number else own.filter(given_by=actor.worker)
    most = MORE if request.GET.get("more") == "yes" else LATELY
    rows = [shown.lately_row(each) for each in found.defer("sealed", "salt", "body_mac")[: most + 1]]
    more = len(rows) > most and most < MORE
    return {"number": number, "lately": rows[:most], "more": more, "lately_columns": shown.LATELY_COLUMNS}


def _agreed_with(actor: Actor) -> QuerySet[Feed]:
    """What was agreed with the actor's agency, what holds longest first."""
    own = scope(actor, Feed).filter(agency_id=actor.agency)
    return own.select_related("agency", "service_agreed_by", "governance_agreed_by").order_by(
        "-expires", "pk"
    )


def _kinds_agreed(actor: Actor) -> list[SignalKind]:
    """The kinds for which an agreement holds today."""
    held = {kind for feed in agreements.feeds_in_force(actor.agency, clock.today()) for kind in feed.kinds}
    return [each for each in noticing().kinds if each.code in held]


@POSTS
def give(request: HttpRequest) -> HttpResponse:
    """Give one signal."""
    actor = _giver(request)
    kinds = _kinds_agreed(actor)
    school = School.objects.filter(agency_id=actor.agency).exists()
    form = GiveForm(request.POST or None, kinds=kinds, of_a_school=school, initial=_begun(request, actor))
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        with same_time_for_all():
            outcome = take(actor.agency, [_row(form.cleaned_data)], actor)
        if not outcome.refused:
            messages.success(
                request,
                "Taken. It is put before the family support team of the area. "
                "Was something in it wrong? Take it back below.",
            )
            return redirect("signals:given")
        refused = Refused(outcome.refused[0].because, "Change it and give it again.")
    return page(
        request, "signals/give.jinja", title="Give a signal", form=form, refused=refused, kinds=kinds,
        ask="" if kinds else shown.whom_to_ask(list(_agreed_with(actor))), back=reverse("signals:given"),
    )  # fmt: skip


def _begun(request: HttpRequest, actor: Actor) -> dict[str, object]:
    """An empty form; for one that is given again as it is, what kind it was and of which day."""
    number, begun = request.GET.get("instead", ""), {"once": str(uuid4())}
    before = scope(actor, GivenSignal).filter(pk=number).first() if number.isdecimal() else None
    return begun | ({"kind": before.kind, "noticed": before.noticed} if before else {})


def _row(said: dict[str, Any]) -> dict[str, object]:
    """The form as a row; pressed twice it carries the same id, so it is taken once."""
    row: dict[str, object] = {name: said[name] for name in FIELDS if said.get(name)}
    row["sender_id"] = f"form-{said['once'] or uuid4()}"
    return row


@POSTS
def give_file(request: HttpRequest) -> HttpResponse:
    """Give a file of signals; each of its rows is accounted for."""
    actor = _giver(request)
    form = FileForm(request.POST or None, request.FILES or None)
    outcome, refused = None, None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            with same_time_for_all(1 + upload.size // A_STEP_HOLDS):
                outcome = take_file(actor.agency, upload.read(), upload.size, actor)
        except FileRefused as why:
            refused = Refused("Nothing of the file was taken.", str(why))
    return page(
        request,
        "signals/give_file.jinja",
        title="Give a file of signals",
        form=form,
        refused=refused,
        outcome=shown.outcome_words(outcome) if outcome else None,
        refused_columns=shown.REFUSED_COLUMNS,
        refused_rows=shown.refused_rows(outcome) if outcome else [],
        kinds=_kinds_agreed(actor),
        field_columns=shown.FIELD_COLUMNS,
        field_rows=shown.field_rows(),
        ask=shown.whom_to_ask(list(_agreed_with(actor))),
        back=reverse("signals:given"),
    )


@require_safe
def columns(request: HttpRequest) -> HttpResponse:
    """An empty file with the names of the columns."""
    _giver(request)
    answer = HttpResponse(columns_file(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="signals.csv"'
    return answer


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Every agreement, those that need somebody first."""
    actor, today = actor_in(request), clock.today()
    found = scope(actor, Feed).select_related("agency", "service_agreed_by", "governance_agreed_by")
    rows = sorted(found, key=lambda feed: (_group(feed), feed.expires, feed.agency.name))
    return page(
        request,
        "signals/feeds.jinja",
        title="Feeds of signals",
        columns=shown.FEED_COLUMNS,
        rows=[shown.feed_row(feed, today, linked=True) for feed in rows],
    )


def _group(feed: Feed) -> int:
    code, _ = agreements.why_not(feed, clock.today())
    return {"not agreed by two": 0, "": 1, "not begun": 1}.get(code, 2)


def _feed(actor: Actor, number: int) -> Feed:
    found = scope(actor, Feed).select_related("agency", "service_agreed_by", "governance_agreed_by")
    row = found.filter(pk=number).first()
    if row is None:
        raise NotAllowed
    return row


@POSTS
def feed(request: HttpRequest, feed: int) -> HttpResponse:
    """One agreement: agree for one's own side, or end it."""
    actor = actor_in(request)
    row = _feed(actor, feed)
    ends = request.POST.get("do") == "end"
    form, refused = EndFeedForm(request.POST if ends else None), None
    try:
        if ends and form.is_valid():
            agreements.end_feed(feed=row, because=form.cleaned_data["because"], by=actor)
            messages.success(request, "Ended. What nobody took up is deleted today.")
            return redirect("signals:feed", row.pk)
        if request.POST.get("do") == "agree":
            agreements.agree(feed=row, by=actor)
            messages.success(request, "Agreed for your side.")
            return redirect("signals:feed", row.pk)
    except Refused as why:
        refused = why
    tallies = list(scope(actor, Tally).filter(agency=row.agency_id, kind__in=[*row.kinds, "unknown"]))
    return page(
        request,
        "signals/feed.jinja",
        title="Feed of signals",
        said=shown.feed_page(row, tallies, actor.role, clock.today()),
        form=form,
        refused=refused,
        back=reverse("signals:feeds"),
    )


@POSTS
def feed_new(request: HttpRequest, renews: int = 0) -> HttpResponse:
    """Make an agreement, or renew one with its words."""
    actor = actor_in(request)
    before = _feed(actor, renews) if renews else None
    agencies = on_day(Agency.objects.filter(kind__in=SIGNALS_THAT_AGENCIES_GIVE), clock.today()).order_by(
        "name"
    )
    form = FeedForm(
        request.POST or None, agencies=list(agencies), kinds=noticing().kinds, initial=_as_before(before)
    )
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said["agency"] = Agency.objects.get(pk=said["agency"])
        try:
            made = agreements.make_feed(**said, by=actor, renews=before)
        except Refused as why:
            refused = why
        else:
            messages.success(
                request, "Written down, and agreed for your side. The other side agrees on its own."
            )
            return redirect("signals:feed", made.pk)
    return page(
        request, "signals/feed_new.jinja", title="Renew a feed" if before else "New feed", form=form, refused=refused,
        before=before, back=reverse("signals:feeds"),
    )  # fmt: skip


def _as_before(feed: Feed | None) -> dict[str, object]:
    if feed is None:
        return {}
    return {
        "agency": feed.agency_id, "kinds": feed.kinds, "lawful_basis": feed.lawful_basis, "purpose": feed.purpose,
        "retention_days": feed.retention_days, "begins": max(feed.ends or feed.expires, clock.today()),
    }  # fmt: skip
