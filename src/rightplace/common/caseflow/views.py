"""The pages of a hand-over: what is offered, accept or send back, place, close. Thin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rightplace.common.caseflow import actions
from rightplace.common.caseflow.advice import COST_COLUMNS, OUT_COLUMNS, advice_for
from rightplace.common.caseflow.forms import (
    AcceptForm,
    CloseForm,
    OfferOnForm,
    PlaceForm,
    ReasonsForm,
    SendBackForm,
)
from rightplace.common.caseflow.onpages import child_links
from rightplace.common.caseflow.presenters import (
    BACK_COLUMNS,
    OFFER_COLUMNS,
    PLACE_COLUMNS,
    HandOver,
    hand_over,
    offers_page,
)
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import came_back, held_at, loads, offered_together, team_load
from rightplace.common.web.frame import story_address
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Link
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, require, scope
from rightplace.foundation.journal.models import File
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.rolecodes import RoleCode

POSTS = require_http_methods(["GET", "POST"])
TAKES_CHILDREN = (
    Team.Kind.FAMILY_SUPPORT,
    Team.Kind.ASSESSMENT,
    Team.Kind.SAFEGUARDING,
    Team.Kind.CARE,
    Team.Kind.LEAVING_CARE,
)


def _shown(request: HttpRequest, template: str, said: HandOver, title: str, **more: Any) -> HttpResponse:
    """Answer with a page about one child, its reading recorded first."""
    return disclose(
        actor_in(request),
        lambda: page(
            request,
            f"caseflow/{template}.jinja",
            title=f"{title}: {said.initials}",
            said=said,
            identity=said.identity,
            **more,
        ),
        files=[said.child.file, said.child.number, *more.pop("also", ())],
        what=title.lower(),
        request_id=getattr(request, "request_id", ""),
    )


def _tried(
    request: HttpRequest, form: forms.Form, act: Callable[[], object], done: str
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


def _child(actor: Actor, file: int, *, own: bool = True) -> Span:
    """The child's span now, if the actor may see the child; with `own`, if the actor's team answers."""
    behind = File.objects.filter(id=file).values("person")
    span = scope(actor, Span).filter(held_at(clock.now()), person__in=behind, open=True).first()
    if span is None or (own and span.team != actor.team):
        raise NotAllowed
    return span


def offers(request: HttpRequest) -> HttpResponse:
    """What waits for the team's answer."""
    actor = actor_in(request)
    found = offers_page(actor)
    return disclose(
        actor,
        lambda: page(
            request,
            "caseflow/offers.jinja",
            title="Offers",
            found=found,
            columns=OFFER_COLUMNS,
            back_columns=BACK_COLUMNS,
            place_columns=PLACE_COLUMNS,
            places=actor.role == RoleCode.HEAD_OF_SERVICE,
        ),
        files=found.files,
        what="offers",
        request_id=getattr(request, "request_id", ""),
    )


def _offer(actor: Actor, offer: int) -> Offer:
    found = scope(actor, Offer).filter(id=offer).first()
    if found is None:
        raise NotAllowed
    return found


@POSTS
def offer(request: HttpRequest, offer: int) -> HttpResponse:
    """One offer. Opening it is said, so that it climbs no further; the team accepts or sends back."""
    actor = actor_in(request)
    row = _offer(actor, offer)
    require(actor, "offer.answer", row)
    if row.state == "open" and row.read is None:
        actions.open_offer(file=row.file, offer=row.id, by=actor)
    sends = request.POST.get("do") == "send back"
    also = offered_together(actor, row)
    together = [row.person, *(each.person for each in also)]
    advice = advice_for(actor, together) if row.state == "open" else None
    accept = AcceptForm(
        None if sends else request.POST or None,
        loads=loads(actor.team, clock.today()),
        also=also,
        advice=advice,
    )
    back = SendBackForm(request.POST if sends else None, also=also, auto_id="id_back_%s")
    done, refused = _sent_back(request, row, back) if sends else _accepted(request, row, accept)
    if done:
        # a child who was sent back is no longer this team's to look at
        return redirect("caseflow:offers") if sends else redirect("caseflow:offer", row.id)
    return _shown(
        request,
        "offer",
        hand_over(actor, row.file, row, also),
        "Offer",
        form=back if sends else accept,
        accept=accept,
        send_back=back,
        refused=refused,
        advice=advice,
        advice_columns=(COST_COLUMNS, OUT_COLUMNS),
        back=reverse("caseflow:offers"),
        next_steps=_next_steps(actor, row),
    )


def _sent_back(request: HttpRequest, row: Offer, form: SendBackForm) -> tuple[bool, Refused | None]:
    return _tried(
        request,
        form,
        lambda: actions.send_back_children(
            offers=_with(row, form.together), by=actor_in(request), **form.words
        ),
        "Sent back, with your reasons. The team that has the child answers on.",
    )


def _accepted(request: HttpRequest, row: Offer, form: AcceptForm) -> tuple[bool, Refused | None]:
    actor = actor_in(request)
    return _tried(
        request,
        form,
        lambda: actions.accept_children(
            offers=_with(row, form.together),
            by=actor,
            note=form.cleaned_data["note"],
            worker=form.cleaned_data["worker"] or 0,
            reasons=form.cleaned_data.get("because", ""),
            suggested=form.advice.suggested if form.advice else None,
        ),
        f"Accepted. {actor.team_name} answers for the child from now on.",
    )


def _with(row: Offer, together: Sequence[Offer]) -> dict[int, int]:
    """The offers that are answered in one act, by file."""
    return {each.file: each.id for each in (row, *together)}


def _next_steps(actor: Actor, row: Offer) -> list[Link]:
    """Once the team has accepted: the story, and what services offer for the child."""
    if row.state != "accepted":
        return []
    now = clock.now()
    span = (
        scope(actor, Span)
        .filter(person=row.person, begins__lte=now, open=True)
        .exclude(ends__lte=now)
        .first()
    )
    if span is None or span.team != actor.team:
        return []
    address = story_address(row.person)
    story = [Link("The child’s story", address)] if address else []
    return [*child_links(actor, row.file, span), *story]


@POSTS
def withdraw(request: HttpRequest, offer: int) -> HttpResponse:
    """Take back an offer that nobody has answered."""
    actor = actor_in(request)
    row = _offer(actor, offer)
    require(actor, "offer.place", row)
    form = ReasonsForm(request.POST or None)
    done, refused = _tried(
        request,
        form,
        lambda: actions.withdraw_offer(file=row.file, offer=row.id, by=actor, **form.cleaned_data),
        "Withdrawn. Your team answers for the child as before.",
    )
    if done:
        return redirect("/")
    return _shown(
        request,
        "withdraw",
        hand_over(actor, row.file, row),
        "Withdraw an offer",
        form=form,
        refused=refused,
        back=story_address(row.person),
    )


@POSTS
def offer_on(request: HttpRequest, file: int) -> HttpResponse:
    """A team did not take the child: offer the child to another, with what was told and decided."""
    actor = actor_in(request)
    span = _child(actor, file, own=False)
    last = next((each for each in came_back(actor) if each.person == span.person), None)
    if last is None:
        raise NotAllowed
    teams = [team for team in queries.teams(clock.today(), TAKES_CHILDREN) if team.pk != last.team]
    form = OfferOnForm(request.POST or None, teams=teams, initial={"for_what": last.for_what})
    done, refused = _tried(
        request,
        form,
        lambda: actions.offer_child(
            file=last.file, by=actor, because_of=last.because_of, concern=last.concern, **form.cleaned_data
        ),
        "Offered. Your team answers for the child until the other accepts.",
    )
    if done:
        return redirect("/")
    return _shown(
        request,
        "offer_on",
        hand_over(actor, file, last),
        "Offer a child again",
        form=form,
        refused=refused,
        back=story_address(file) or "/",
    )


@POSTS
def place(request: HttpRequest, file: int) -> HttpResponse:
    """The head of service says which team answers for a child whom two teams sent back."""
    actor = actor_in(request)
    if actor.role != RoleCode.HEAD_OF_SERVICE:
        raise NotAllowed
    span = _child(actor, file, own=False)
    last = Offer.objects.filter(person=span.person, state="sent back").order_by("-offered").first()
    teams = list(queries.teams(clock.today(), TAKES_CHILDREN))
    form = PlaceForm(request.POST or None, teams=teams, initial={"for_what": last.for_what if last else ""})
    done, refused = _tried(
        request,
        form,
        lambda: actions.place_child(file=file, by=actor, offer=last.id if last else 0, **form.cleaned_data),
        "Placed. The team answers for the child from now on.",
    )
    if done:
        return redirect("caseflow:offers")
    return _shown(
        request,
        "place",
        hand_over(actor, file, last),
        "Place a child",
        form=form,
        refused=refused,
        back=reverse("caseflow:offers"),
    )


@POSTS
def close(request: HttpRequest, file: int) -> HttpResponse:
    """Let one child go; refused while something guards the child, with what to do instead."""
    actor = actor_in(request)
    _child(actor, file)
    form = CloseForm(request.POST or None)
    done, refused = _tried(
        request,
        form,
        lambda: actions.close_case(file=file, by=actor, **form.cleaned_data),
        "Closed, with what your team carries at this moment.",
    )
    if done:
        return redirect("/")
    return _shown(
        request,
        "close",
        hand_over(actor, file),
        "Close a case",
        form=form,
        refused=refused,
        carried=team_load(actor.team),
        back=story_address(file),
    )
