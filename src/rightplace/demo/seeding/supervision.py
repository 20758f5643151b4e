"""Supervision in the demonstration: half a year of sessions, some late, some put off, one to prepare and one to sign.

Managers are shared among the heads of service; one worker is supervised by another manager for a conflict of interest.
Everything said is invented, and general.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db import transaction

from rightplace.demo.material.strip import strip
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.supervision import cadence_on
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Absence, Membership
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.services.supervision import actions, assuring, personal
from rightplace.services.supervision.lines import SUPERVISED, Chart, Supervised, chart
from rightplace.services.supervision.models import Session, Trained, View
from rightplace.services.supervision.queries import children_now
from rightplace.services.supervision.releasing import answer_release, ask_release

WELLBEING = (
    "Well, after a hard autumn. The team helps.",
    "Sleeps badly before court days; we look at the diary together.",
    "Glad to be back from leave, and rested.",
    "Tired. Two families moved away in one week, and that stays with the worker.",
)
FEELINGS = (
    "A child’s drawing has stayed in mind; we talked about why.",
    "Worried about being disliked by a father, and found words for the next visit.",
    "Proud of a step down that was right.",
    "Angry about a delay that nobody explained; less so after saying it.",
)
DEVELOPMENT = (
    "Wants to watch a conference chair at work.",
    "Would like to learn more about domestic abuse and coercion.",
    "Ready to support a student next year.",
)
AGREED = (
    "One afternoon a week without visits until Easter.",
    "We visit together once this month.",
    "A course day in April; the manager books it.",
)
POINTS = "How the visits in the evening go, and whether I may swap one afternoon."
ACCOUNT = "I see one thing otherwise: the week was not calm for me, and I would like that to stand here."
DECISIONS = (
    ("See the child at school before the next review.", "The child has been seen at home only.", "Ring the school for a day"),
    ("Meet both parents together.", "Each tells it differently; nobody asked them together.", "Write to both parents"),
    ("Ask the health visitor to the next visit.", "The baby’s weight was not mentioned for weeks.", "Ring the health visitor"),
)  # fmt: skip
SEEN = "She began with how the worker was, and waited. Next time: come back to last month’s actions sooner."


@dataclass
class Seeding:
    """What one run needs at hand."""

    today: date
    dice: Random
    known: Chart
    story: frozenset[str]
    actors: dict[int, Actor]
    away: dict[int, list[tuple[date, date | None]]] = field(default_factory=dict)

    def is_away(self, worker: int, on: date) -> bool:
        return any(begins <= on and (ends is None or on < ends) for begins, ends in self.away.get(worker, ()))


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 5), UTC)


@transaction.atomic
def seed(population: int, seed: int) -> None:
    """Lines, half a year of sessions, what is planned, who was observed and trained, and one release."""
    today = clock.today()
    rows = Membership.objects.filter(holding(today), role__in=SUPERVISED).select_related("worker", "team")
    actors = {}
    for row in rows.order_by("-role", "id"):
        if row.worker_id not in actors or row.role in MANAGES_A_TEAM:
            actors[row.worker_id] = actor_of(row)
    seeding = Seeding(today, Random(seed), chart(today), _story(), actors)  # noqa: S311
    for worker, begins, ends in Absence.objects.values_list("worker_id", "begins", "ends"):
        seeding.away.setdefault(worker, []).append((begins, ends))
    share_managers(seeding)
    seeding.known = chart(today)
    for person in sorted(seeding.known.people.values(), key=lambda each: each.worker):
        if person.supervisor and person.worker in actors and person.supervisor in actors:
            half_a_year(seeding, person)
    assure(seeding)
    release(seeding)


def _story() -> frozenset[str]:
    return frozenset(person.name for person in strip().people)


def share_managers(seeding: Seeding) -> None:
    """The heads of service share the managers; one worker has another supervisor than usual."""
    heads = seeding.known.heads
    directors = [actor for actor in seeding.actors.values() if actor.role == RoleCode.DIRECTOR]
    if not heads or not directors:
        return
    begins = seeding.today - timedelta(days=300)
    managers = [each for each in seeding.known.people.values() if each.role in MANAGES_A_TEAM]
    for place, person in enumerate(sorted(managers, key=lambda each: (each.team_name, each.worker))):
        head = heads[place % len(heads)]
        if head != person.supervisor:
            say(person.worker, head, "shared", max(begins, person.since), directors[0])
    workers = [each for each in seeding.known.people.values() if each.role == RoleCode.SOCIAL_WORKER]
    if workers and len(managers) > 1:
        one = min(
            (each for each in workers if each.name not in seeding.story),
            key=lambda each: each.worker,
            default=None,
        )
        other = next(
            (m for m in managers if one and m.worker != one.supervisor and m.role == RoleCode.TEAM_MANAGER),
            None,
        )
        if one and other:
            say(one.worker, other.worker, "conflict", max(begins, one.since, other.since), directors[0])


def say(worker: int, supervisor: int, because: str, begins: date, by: Actor) -> None:
    with clock.clock_at(at(begins, 9)):
        try:
            actions.say_line(worker=worker, supervisor=supervisor, because=because, begins=begins, by=by)
        except Refused:
            return


def half_a_year(seeding: Seeding, person: Supervised) -> None:
    """Sessions about as often as the table says, then what is planned next."""
    cadence = cadence_on(seeding.today)
    rule = cadence.days(RoleCode(person.role).name, person.qualified, seeding.today) if cadence else None
    if rule is None or cadence is None:
        return
    late_one = seeding.dice.random() < 0.2 and person.name not in seeding.story
    days = rule[0]
    last = seeding.today - timedelta(
        days=days + seeding.dice.randint(3, 40) if late_one else seeding.dice.randint(4, days - 1)
    )
    held = [last - timedelta(days=n * (days + seeding.dice.choice((0, 0, 0, 7)))) for n in range(4)]
    begun = max(person.since, cadence.recorded_from)
    for place, day in enumerate(sorted(day for day in held if day >= begun)):
        hold(seeding, person, weekday(day), place, last=day == last)
    if seeding.dice.random() < 0.6 or person.name in seeding.story:
        plan(seeding, person)


def weekday(day: date) -> date:
    """The same day, or the Friday before a weekend; nobody meets at Christmas."""
    if (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1):
        day = date(day.year if day.month == 12 else day.year - 1, 12, 22)
    return day - timedelta(days=max(day.weekday() - 4, 0))


def hold(seeding: Seeding, person: Supervised, day: date, place: int, *, last: bool) -> None:
    """One session as it was held; of the last, some wait for the worker to sign."""
    worker, manager = seeding.actors[person.worker], seeding.actors[person.supervisor]
    if seeding.is_away(person.worker, day) or seeding.is_away(person.supervisor, day):
        return
    dice = seeding.dice
    with clock.clock_at(at(day, 13)):
        try:
            row = actions.plan_session(worker=person.worker, on=day, by=manager, known=seeding.known)
        except Refused:
            return
        if dice.random() < 0.06:
            actions.put_off(session=row, because=dice.choice(Session.PutOff.values), by=manager)
            return
        if dice.random() < 0.3:
            actions.share_points(session=row, words=POINTS, by=worker)
    with clock.clock_at(at(day, 15)):
        said = dict(zip(("wellbeing", "feelings", "development", "agreed"), map(dice.choice, (
            WELLBEING, FEELINGS, DEVELOPMENT, AGREED)), strict=True))  # fmt: skip
        actions.sign_as_supervisor(
            session=row, held_on=day, minutes=dice.choice((45, 60, 75, 90)), words=said, by=manager
        )
    if last and (person.name in seeding.story or dice.random() < 0.15):
        return
    with clock.clock_at(at(day, 16)):
        themes = dice.sample(View.Theme.values, dice.randint(1, 3)) if dice.random() < 0.6 else []
        account = ACCOUNT if dice.random() < 0.05 else ""
        actions.sign_as_worker(session=row, by=worker, account=account, themes=themes)


def plan(seeding: Seeding, person: Supervised) -> None:
    """The next session; for the story's people on the day itself or soon, with a decision written already."""
    manager = seeding.actors[person.supervisor]
    own = person.name in seeding.story
    on = seeding.today if own else weekday(seeding.today + timedelta(days=seeding.dice.randint(1, 20)))
    try:
        row = actions.plan_session(
            worker=person.worker, on=max(on, seeding.today), by=manager, known=seeding.known
        )
    except Refused:
        return
    if own:
        personal.keep_draft(seeding.actors[person.worker], row, {"points": POINTS})
    children = list(children_now(manager, person.worker)[:2])
    if not own and children and seeding.dice.random() < 0.3:
        decide(seeding, row, [child.person for child in children][:1], manager)


def decide(seeding: Seeding, row: Session, files: Sequence[int], manager: Actor) -> None:
    """A decision that was written down before the session is over, with what is done until a day."""
    for file in files:
        decision, reasons, what = seeding.dice.choice(DECISIONS)
        due = seeding.today + timedelta(days=seeding.dice.randint(3, 21))
        try:
            actions.decide(
                session=row, file=file, decision=decision, reasons=reasons,
                agreed=[actions.Agreed(what, due, row.supervisee_id)], by=manager,
            )  # fmt: skip
        except Refused:
            continue


def assure(seeding: Seeding) -> None:
    """Most supervisors were trained, some were observed by their own manager."""
    for person in sorted(seeding.known.people.values(), key=lambda each: each.worker):
        over = seeding.actors.get(person.supervisor)
        if over is None or person not in assuring.below(seeding.known, over):
            continue
        if seeding.dice.random() < 0.75:
            on = seeding.today - timedelta(days=seeding.dice.randint(60, 900))
            course = seeding.dice.choice(Trained.Course.values)
            assuring.record_trained(supervisor=person.worker, course=course, on=on, by=over)
        if seeding.dice.random() < 0.4:
            on = weekday(seeding.today - timedelta(days=seeding.dice.randint(10, 200)))
            assuring.record_observed(supervisor=person.worker, on=on, words=SEEN, by=over)


def release(seeding: Seeding) -> None:
    """One release was confirmed and is over; one waits for a second person."""
    personnel = next((a for a in seeding.actors.values() if a.role == RoleCode.HUMAN_RESOURCES), None)
    director = next((a for a in seeding.actors.values() if a.role == RoleCode.DIRECTOR), None)
    held = Session.objects.filter(supervisee_signed_at__isnull=False).exclude(
        supervisee__name__in=seeding.story
    )
    rows = list(held.filter(over__isnull=False).order_by("-held_on", "id")[:40])
    if personnel is None or director is None:
        return
    free = [row for row in rows if director.worker not in (row.supervisor_id, row.supervisee_id, row.over_id)
            and personnel.worker not in (row.supervisor_id, row.supervisee_id)]  # fmt: skip
    if len(free) < 2:
        return
    with clock.clock_at(at(seeding.today - timedelta(days=1), 9)):
        asked = ask_release(
            session=free[0], because="The worker’s complaint names what was agreed.", hours=4, by=personnel
        )
    with clock.clock_at(at(seeding.today - timedelta(days=1), 11)):
        answer_release(release=asked, confirms=True, by=director)
    ask_release(session=free[1], because="An appeal about support names this session.", hours=4, by=personnel)
