"""What workers said of their work: that they are full, with what was answered, and whom they know otherwise than by work."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from rightplace.common.caseflow.load import loads
from rightplace.common.caseflow.queries import open_spans
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Team
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.services.workforce import full
from rightplace.services.workforce.allocating import conflicts
from rightplace.services.workforce.models import FullSaid

if TYPE_CHECKING:
    from rightplace.demo.seeding.workforce import Seeding

CARRIERS = (RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.SOCIAL_WORKER)
"""Who carries families."""
SAID = (
    "Two families came in one week and a report for the court is due.",
    "Since a colleague went on leave I visit her families too.",
    "I write up at night; visits are in time, the records are not.",
    "Three first visits fall into the same week as two reviews.",
    "I have no hour left for the families that are new to me.",
)
ANSWERS = (
    ("arrangement", "A colleague takes the two reviews with you, and nothing new comes to you.", 28),
    ("relief", "One family goes to a colleague next week; I introduce her.", 0),
    ("disagreement", "Two of your families close this month. We look again together on Friday.", 0),
)


def say_to_be_full(seeding: Seeding) -> None:
    """Those who carry most said so: three were answered, one waits, one has climbed."""
    rows = Membership.objects.filter(holding(seeding.today), role__in=CARRIERS, worker__user__is_active=True)
    found = {
        row.worker_id: row
        for row in rows.select_related("worker", "team").order_by("-id")
        if row.worker.name not in seeding.story
    }
    known = loads(list(found))
    most = sorted(found.values(), key=lambda row: (-(known[row.worker_id].over or -99), row.pk))[: len(SAID)]
    for place, row in enumerate(most):
        answered = place < len(ANSWERS)
        days = 21 - 4 * place if answered else (1, 6)[place - len(ANSWERS)]
        said_on = datetime.combine(seeding.today - timedelta(days=days), time(14, 10), UTC)
        with clock.clock_at(said_on):
            said = full.say_full(
                because=SAID[place], wishes="No new family for four weeks.", by=actor_of(row)
            )
        manager = Membership.objects.filter(
            holding(seeding.today), team=row.team, role__in=MANAGES_A_TEAM
        ).first()
        if answered and manager is not None:
            answer_one(said, actor_of(manager), actor_of(row), place)


def answer_one(said: FullSaid, manager: Actor, worker: Actor, place: int) -> None:
    """The manager answers the next morning; the worker replies, unless it is the last."""
    kind, words, days = ANSWERS[place]
    with clock.clock_at(said.recorded_at + timedelta(hours=20)):
        until = clock.today() + timedelta(days=days) if days else None
        answer = full.answer_full(said=said, kind=kind, words=words, until=until, by=manager)
    with clock.clock_at(said.recorded_at + timedelta(hours=23)):
        full.reply_to_answer(answer=answer, accepted=kind != "disagreement", words="Thank you." if place < 2 else
                             "The figures of this week say otherwise.", by=worker)  # fmt: skip


CONFLICTS = ("The mother is my cousin.", "We live in the same street and our children share a class.")


def declare_conflicts(seeding: Seeding) -> None:
    """Two workers know a family of their team otherwise than by work, and say so."""
    teams = Team.objects.filter(kind=Team.Kind.FAMILY_SUPPORT).order_by("id")[: len(CONFLICTS)]
    for team, words in zip(teams, CONFLICTS, strict=False):
        rows = Membership.objects.filter(holding(seeding.today), team=team, role__in=CARRIERS)
        row = rows.select_related("worker", "team").order_by("-id").first()
        by = actor_of(row) if row else seeding.by
        child = open_spans(by).filter(team=team.pk).exclude(worker=by.worker).order_by("person").first()
        if row is not None and child is not None:
            conflicts.declare_conflict(person=child.person, words=words, by=by)
