"""What the pages list; each starts from the reader's scope, support inside its lock."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from rightplace.common.web import tags
from rightplace.common.web.pieces import Link, Row
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Worker
from rightplace.services.performance.lock import opened_for
from rightplace.services.performance.models import Matter, Nudge, Objective, Review, Step, Thanks
from rightplace.services.performance.presenters import MatterShown, ObjectiveShown, StepShown, TeamLine
from rightplace.services.performance.stages import rules_on
from rightplace.services.performance.supporting import signs
from rightplace.services.performance.who import led_by, staff_now

PEOPLE = ("worker", "led_by", "next_manager", "hr_owner", "appeal_by", "companion")
SHOWN = 60
FOUND = 25


def objectives_of(actor: Actor, worker: int, now: datetime) -> list[ObjectiveShown]:
    """A worker's objectives as far as this reader may see them: those that stand first. One query."""
    rows = scope(actor, Objective).filter(worker=worker).order_by("-closed_at", "review_by", "pk")
    found = [ObjectiveShown(each, now, worker == actor.worker) for each in rows[:SHOWN]]
    return sorted(found, key=lambda each: (each.of.closed_at is not None, each.of.review_by, each.of.pk))


def objective(actor: Actor, number: int) -> Objective:
    """One objective with what was said of it, or nothing there."""
    reviews = Prefetch("reviews", Review.objects.select_related("recorded_by"))
    rows = scope(actor, Objective).select_related("worker", "led_by").prefetch_related(reviews)
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def thanks(actor: Actor, *, own: bool) -> QuerySet[Thanks]:
    """One's own thanks; or those that the own team shared, latest first, without a count of anybody."""
    rows = scope(actor, Thanks).select_related("worker", "recorded_by")
    if own:
        return rows.filter(worker=actor.worker).order_by("-recorded_at")[:SHOWN]
    return rows.filter(team=actor.team, shared_at__isnull=False).order_by("-shared_at")[:SHOWN]


@dataclass(frozen=True)
class Colleagues:
    """Who may be thanked, as far as they were asked for: number and name with the team, and how many more there are."""

    people: list[tuple[str, str]]
    more: int


def name_asked(sent: Mapping[str, str]) -> str:
    """The piece of a name by which somebody is looked for. It is posted: no name stands in an address."""
    return sent.get("name", "")[:80].strip() if sent.get("act") == "find" else ""


def colleagues(actor: Actor, asked: str, also: Collection[str] = ()) -> Colleagues:
    """Anybody who works here but the actor: the own team, or whom a piece of a name or of a team's name finds.

    With `also` these workers too, whatever was asked. One query.
    """
    numbers = [int(each) for each in also if each.isdecimal() and len(each) < 19]
    wanted = (
        Q(worker__name__icontains=asked) | Q(team__name__icontains=asked) if asked else Q(team=actor.team)
    )
    rows = staff_now(clock.today()).exclude(worker=actor.worker).filter(wanted | Q(worker__in=numbers))
    found: dict[int, str] = {}
    for row in rows:
        found.setdefault(row.worker_id, f"{row.worker.name}, {row.team.name}")
    first = [worker for worker in numbers if worker in found]
    order = [*dict.fromkeys(first), *(worker for worker in found if worker not in first)]
    return Colleagues([(str(worker), found[worker]) for worker in order[:FOUND]], max(len(order) - FOUND, 0))


def matters(actor: Actor) -> list[Matter]:
    """Support in which one has a part: one's own, and that of others. One query."""
    with opened_for(actor):
        return list(scope(actor, Matter).select_related("worker").order_by("due", "pk"))


def of_others(actor: Actor) -> list[Matter]:
    """Support of others in which one has a part."""
    return [each for each in matters(actor) if each.worker_id != actor.worker]


def matter_row_of(actor: Actor, number: int) -> Matter:
    """One matter, or nothing there for whoever is not named on it."""
    with opened_for(actor):
        found = scope(actor, Matter).select_related(*PEOPLE).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def matter(actor: Actor, number: int) -> MatterShown:
    """One matter with its steps, opened for this reader."""
    now, rules = clock.now(), rules_on(clock.today())
    found = matter_row_of(actor, number)
    with opened_for(actor):
        steps = list(Step.objects.filter(matter=found).select_related("recorded_by").order_by("number"))
    shown = [
        StepShown(each, rules.stages[each.stage], rules, now, found.worker.name.partition(" ")[0])
        for each in steps
    ]
    offered = [each for each in rules.next_after(steps[-1].stage) if signs(found, each, actor)]
    return MatterShown(found, shown, offered, found.worker_id == actor.worker, now)


def own_step(actor: Actor, number: int) -> Step:
    """A step of support with oneself."""
    with opened_for(actor):
        found = Step.objects.filter(pk=number, matter__worker=actor.worker).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Led:
    """Whom one leads, with how their objectives stand."""

    members: list[Membership]
    rows: list[Row]


def led(actor: Actor, now: datetime) -> Led:
    """Whom this reader leads, by name. Two queries."""
    members = list({row.worker_id: row for row in led_by(actor)}.values())
    stand: dict[int, list[Objective]] = {}
    open_ones = Objective.objects.filter(worker__in=[each.worker_id for each in members], closed_at=None)
    for each in open_ones.defer("sealed", "sealed_support"):
        stand.setdefault(each.worker_id, []).append(each)
    return Led(members, [TeamLine(each, stand.get(each.worker_id, []), now).row for each in members])


def led_worker(actor: Actor, number: int) -> Worker:
    """Somebody whom this reader leads, or nothing there."""
    found = Worker.objects.filter(pk=number).first()
    if found is None or not may(actor, "performance.lead", found):
        raise Http404
    return found


def waiting(actor: Actor, now: datetime, support: Collection[Matter], thanked: Collection[int]) -> list[Row]:
    """What waits for this reader here, each with where it is done. One query."""
    rows = list(scope(actor, Nudge).filter(done_at=None).order_by("due", "pk")[:SHOWN])
    of_support, found = {each.pk for each in support}, []
    for each in rows:
        if each.about in of_support:
            what = Link(
                "Support",
                reverse("performance:matter", args=[each.about]),
                "read it and answer, or go on with it",
            )
        elif each.about in thanked:
            what = Link("Somebody thanked you", "#thanks", "read it below")
        else:
            what = Link(
                "An objective",
                reverse("performance:objective", args=[each.about]),
                "agree to it, or look at it",
            )
        found.append(Row([what, tags.due_tag(each.due, now)], late=each.due < now.date()))
    return found
