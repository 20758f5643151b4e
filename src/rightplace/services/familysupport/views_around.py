"""A partner in the team around a family: only what is shared with them, and what they did of their own part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.domain.practice.entries.familysupport import FamilyTeamJoined, Goal
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.services.familysupport import actions, queries
from rightplace.services.familysupport.family import Family, families_shared, family_shared
from rightplace.services.familysupport.forms import ActForm
from rightplace.services.familysupport.opening import tried
from rightplace.services.familysupport.presenters import GOAL_COLUMNS, goal_rows
from rightplace.services.familysupport.views import GET_OR_POST

AROUND_COLUMNS = (Column("Family"), Column("In it since"), Column("Your parts that are open", number=True))


@dataclass(frozen=True)
class SharedPage:
    """A family as a partner of its team sees it: names, who leads, the parts of the plan that are shared."""

    family: Family
    member: FamilyTeamJoined
    actor: Actor
    lead: str
    now: datetime

    @property
    def goals(self) -> list[Goal]:
        """The parts that are shared with this partner, and the partner's own."""
        return [g for g in self.family.record.goals if g.number in self.member.shared or self._own(g)]

    def _own(self, goal: Goal) -> bool:
        return bool(goal.worker) and goal.worker == self.actor.worker

    @property
    def own(self) -> list[tuple[Goal, str]]:
        """The partner's own parts that are open, each with where to say what was done."""
        return [
            (goal, reverse("familysupport:own-act", args=[self.family.number, goal.number]))
            for goal in self.goals
            if self._own(goal) and goal.state == "open"
        ]

    @property
    def plan_rows(self) -> list[Row]:
        return goal_rows(self.goals, self.now)

    @property
    def said(self) -> list[str]:
        """What this partner said before of the own parts."""
        return [
            f"{words.plain_day(act.day)}: {'done' if act.done else 'goes on'}. {act.words}"
            for act in self.family.record.acts
            if act.author == self.actor.worker
        ]


def _shared(actor: Actor, number: int) -> SharedPage:
    found = _pages(actor, [family_shared(actor, number)])
    if not found:
        raise NotAllowed
    return found[0]


def _pages(actor: Actor, families: Sequence[Family]) -> list[SharedPage]:
    """What each of these families shares with the reader, where the work goes on and the reader is in its team."""
    leads = {one.number: lead.worker for one in families if (lead := one.record.lead) is not None}
    named = queries.workers_named(set(leads.values()))
    now = clock.now()
    return [
        SharedPage(one, member, actor, named.get(leads.get(one.number, 0), ""), now)
        for one in families
        if one.going_on and (member := _member(actor, one)) is not None
    ]


def _member(actor: Actor, family: Family) -> FamilyTeamJoined | None:
    return next((each for each in family.record.members if each.worker == actor.worker), None)


@require_safe
def around(request: HttpRequest) -> HttpResponse:
    """The families to whose team the reader belongs."""
    actor = actor_in(request)
    invited = list(queries.invitations(actor))
    since = {row.family: row.since for row in invited}
    pages = _pages(actor, families_shared(actor, invited))
    rows = [
        Row(
            [
                Link(one.family.name, reverse("familysupport:shared", args=[one.family.number])),
                words.plain_day(since[one.family.number]),
                len(one.own),
            ]
        )
        for one in pages
    ]
    return disclose(
        actor,
        lambda: page(
            request,
            "familysupport/around.jinja",
            title="Teams around families",
            rows=rows,
            columns=AROUND_COLUMNS,
        ),
        files=sorted({file for one in pages for file in one.family.files}),
        what="familysupport:around",
        purpose="team around the family",
        request_id=getattr(request, "request_id", ""),
    )


def _answer(request: HttpRequest, shown: SharedPage, template: str, title: str, **more: Any) -> HttpResponse:
    return disclose(
        shown.actor,
        lambda: page(
            request, f"familysupport/{template}.jinja", title=f"{title}: {shown.family.initials}", shown=shown,
            columns=GOAL_COLUMNS, **more,
        ),
        files=sorted(shown.family.files),
        what=f"familysupport:{template}",
        purpose="team around the family",
        request_id=getattr(request, "request_id", ""),
    )  # fmt: skip


@require_safe
def shared(request: HttpRequest, family: int) -> HttpResponse:
    """One family, as far as it is shared with the reader, and on what basis."""
    shown = _shared(actor_in(request), family)
    return _answer(request, shown, "shared", "Team around a family", back=reverse("familysupport:around"))


@GET_OR_POST
def own_act(request: HttpRequest, family: int, goal: int) -> HttpResponse:
    """Say what one did, or will do, of one's own part."""
    actor = actor_in(request)
    shown = _shared(actor, family)
    of = next((each for each, _ in shown.own if each.number == goal), None)
    if of is None:
        raise NotAllowed
    form = ActForm(request.POST or None)

    def act() -> None:
        said = form.cleaned_data
        actions.say_own_done(
            family=shown.family, goal=goal, done=said["done"] == "yes", words=said["words"], by=actor
        )

    done, refused = tried(request, form, act, "Thank you: the team sees it now.")
    back = reverse("familysupport:shared", args=[family])
    if done:
        return HttpResponseRedirect(back)
    return _answer(
        request, shown, "own_act", "Your part of the plan", form=form, refused=refused, goal=of, back=back
    )
