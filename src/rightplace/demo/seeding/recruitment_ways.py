"""How a vacancy is filled in the demonstration: step by step, with candidates who are lost on the way and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Occupancy, Seat
from rightplace.foundation.organisation.models import Membership, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.services.recruitment import candidates, filling
from rightplace.services.recruitment.models import Candidate, Vacancy

CARRIERS: Final = (RoleCode.SOCIAL_WORKER, RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.FRONT_DOOR_WORKER)
LOST: Final = (
    ("shortlisted", "not_shortlisted"), ("shortlisted", "not_shortlisted"), ("shortlisted", "not_shortlisted"),
    ("interviewed", "withdrew_elsewhere"), ("interviewed", "withdrew_slow"), ("offered", "not_appointable"),
    ("offered", "not_appointable"), ("accepted", "withdrew_pay"), ("checked", "check_slow"),
)  # fmt: skip
WHY_OPEN: Final = (
    "A worker left and the work stays.",
    "The team has carried this seat’s families for two months.",
    "Left at the end of a fixed term; the schools ask who comes.",
    "An agency worker goes in spring; the seat is to be filled for good.",
)
FOUND: Final = (
    "Listens well, and asked what becomes of a child after closing. Court work was asked about.",
    "Told of a plan that did not work, and what was changed. Would need a term to learn our forms.",
    "Knows two of the area’s schools. Clear on what is shared and on whose word.",
)
NOT_FOUND: Final = (
    "Good with parents; could not say when to go back to social care.",
    "Two of the five questions were not answered with an example of their own.",
)
STEPS: Final = ("shortlisted", "interviewed", "offered", "accepted", "checked")


@dataclass(frozen=True)
class Course:
    """How many days after its opening each step of one vacancy is."""

    days: dict[str, int]

    @classmethod
    def of(cls, dice: Random) -> Course:
        """A course with its own luck: some are approved in three days, some checks take six weeks."""
        spans = {
            "approved": (2, 12), "advertised": (2, 9), "closed": (14, 24), "shortlisted": (2, 9), "interviewed": (5, 14),
            "offered": (1, 4), "accepted": (2, 9), "checked": (18, 45), "started": (3, 24),
        }  # fmt: skip
        found, day = {}, 0
        for code, (least, most) in spans.items():
            day += dice.randint(least, most)
            found[code] = day
        return cls(found)

    @property
    def first_day(self) -> int:
        return self.days["started"]

    def day(self, opened: date, code: str) -> date:
        """The day of a step: a working day."""
        return working(opened + timedelta(days=self.days[code]))


@dataclass
class Seeding:
    """What is at hand."""

    dice: Random
    by: Actor
    heads: list[Actor]
    today: date
    names: Iterator[str]
    here: int = 0
    """How many of those who came stay."""


def working(day: date) -> date:
    """The same day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def before(day: date) -> date:
    """The same day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def nine(day: date) -> datetime:
    return datetime.combine(day, time(9, 15), UTC)


def open_and_advertise(seeding: Seeding, seat: Seat, opened: date, course: Course, head: Actor) -> Vacancy:
    """A vacancy as far as its days allow: another person approves it."""
    with clock.clock_at(nine(opened)):
        made = filling.open_vacancy(
            seat=seat, on=opened, because=seeding.dice.choice(WHY_OPEN), by=seeding.by
        )
    for code in ("approved", "advertised", "closed"):
        on = course.day(opened, code)
        if on <= seeding.today:
            with clock.clock_at(nine(on)):
                filling.record_vacancy_step(
                    vacancy=made, code=code, on=on, by=head if code == "approved" else seeding.by
                )
    return made


def on_its_way(seeding: Seeding, seat: Seat, free: date, wanted: date, place: int) -> None:
    """One vacancy as far as its days allow, with candidates at several steps; of every fourth the interviews are near."""
    course = Course.of(seeding.dice)
    if place % 4 == 0:
        wanted = seeding.today - timedelta(days=course.days["shortlisted"] + 3)
    opened = working(max(free, wanted))
    made = open_and_advertise(seeding, seat, opened, course, seeding.heads[place % len(seeding.heads)])
    for person in range(seeding.dice.randint(2, 5)):
        upto, lost = ("started", "") if person == 0 else seeding.dice.choice(LOST)
        walk(seeding, made, opened, course, upto, lost)


def walk(
    seeding: Seeding, vacancy: Vacancy, opened: date, course: Course, upto: str, lost: str
) -> Candidate | None:
    """One candidate from applying on, as far as the days allow, or to the step at which the candidate was lost."""
    days, dice = course.days, seeding.dice
    applied = working(opened + timedelta(days=dice.randint(days["advertised"] + 1, days["closed"])))
    if applied > seeding.today:
        return None
    name = next(seeding.names)
    with clock.clock_at(nine(applied)):
        made = candidates.add_candidate(
            vacancy=vacancy, name=name, contact=f"{name.split()[0].lower()}@post.example", on=applied, by=seeding.by,
            equality={"sex": dice.choice(("female", "female", "female", "male"))},
        )  # fmt: skip
    for code in STEPS:
        on = course.day(opened, code)
        if on > seeding.today:
            if code == "interviewed":
                _name_panel(seeding, made, on)
            return made
        with clock.clock_at(nine(on)):
            if code == upto and lost:
                candidates.lose_candidate(candidate=made, because=lost, on=on, by=seeding.by)
                return None
            _one_step(seeding, made, code, on, would=lost != "not_appointable")
    return made


def _one_step(seeding: Seeding, made: Candidate, code: str, on: date, *, would: bool) -> None:
    found = Candidate.objects.select_related("vacancy__seat__post__team").get(pk=made.pk)
    if code == "interviewed":
        _interview(seeding, found, on, would=would)
    elif code == "checked":
        for back, check in enumerate(reversed(candidates.checks_for(found))):
            seen = max(on - timedelta(days=4 * back), found.steps.latest("on").on)
            candidates.see_check(candidate=found, code=check.code, on=seen, by=seeding.by)
    else:
        candidates.record_step(candidate=found, code=code, on=on, by=seeding.by)


def _name_panel(seeding: Seeding, found: Candidate, on: date) -> list[Actor]:
    """The team's manager and a head of service; where a team has none, two heads of service."""
    team = found.vacancy.seat.post.team_id
    rows = Membership.objects.filter(holding(clock.today()), team=team, role__in=MANAGES_A_TEAM)
    own = rows.select_related("worker", "team").first()
    panel = list(([actor_of(own)] if own else []) + seeding.heads)[:2]
    workers = list(Worker.objects.filter(pk__in=[each.worker for each in panel]))
    candidates.name_panel(candidate=found, workers=workers, on=on, by=seeding.by)
    return panel


def _interview(seeding: Seeding, found: Candidate, on: date, *, would: bool) -> None:
    for each in _name_panel(seeding, found, on):
        reasons = seeding.dice.choice(FOUND if would else NOT_FOUND)
        candidates.say_word(candidate=found, appointable=would, reasons=reasons, by=each)


def filled_by(seeding: Seeding, row: Occupancy, opened: date, course: Course) -> None:
    """The vacancy before a first day, with those who were lost on the way, as it was then."""
    made = open_and_advertise(seeding, row.seat, opened, course, seeding.heads[0])
    chosen = walk(seeding, made, opened, course, "started", "")
    for _ in range(seeding.dice.randint(1, 3)):
        walk(seeding, made, opened, course, *seeding.dice.choice(LOST))
    assert chosen is not None
    with clock.clock_at(nine(row.begins)):
        for other in Candidate.objects.filter(vacancy=made, ended_on=None).exclude(pk=chosen.pk):
            candidates.lose_candidate(candidate=other, because="other_chosen", on=row.begins, by=seeding.by)
        candidates.sits_already(candidate=Candidate.objects.get(pk=chosen.pk), occupancy=row, by=seeding.by)
