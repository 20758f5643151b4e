"""The establishment in the demonstration: a post for everybody who is there, and what is never tidy about posts.

Vacancies and freezes, agency workers, part-time and job share, cover for long leave, acting up, first years, a review
that moved posts, and some who said to be full. Everybody's post agrees with the team in which they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from rightplace.demo.finishing import someone
from rightplace.demo.material.strip import strip
from rightplace.demo.seeding.workforce_said import CARRIERS, declare_conflicts, say_to_be_full
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions, people
from rightplace.foundation.organisation.establishment.tables import (
    FOUR_PROFESSIONS,
    Contract,
    Kept,
    Lineage,
    Occupancy,
    Post,
    Profession,
    Seat,
)
from rightplace.foundation.organisation.models import Absence, Membership, Team
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode

FULL_TIME, HALF = Decimal(37), Decimal("18.5")
REVIEW = date(2025, 4, 1)
TITLES = {
    RoleCode.FRONT_DOOR_WORKER: ("Front door social worker", "GR5"),
    RoleCode.FRONT_DOOR_MANAGER: ("Front door manager", "GR6"),
    RoleCode.FAMILY_SUPPORT_WORKER: ("Family support worker", "GR4"),
    RoleCode.FAMILY_SUPPORT_MANAGER: ("Family support manager", "GR6"),
    RoleCode.SOCIAL_WORKER: ("Social worker", "GR5"),
    RoleCode.TEAM_MANAGER: ("Team manager", "GR6"),
    RoleCode.CONFERENCE_CHAIR: ("Conference chair", "GR6"),
    RoleCode.HEAD_OF_SERVICE: ("Head of service", "JNC1"),
    RoleCode.DIRECTOR: ("Director of children’s services", "JNC4"),
    RoleCode.ANALYST: ("Performance analyst", "GR5"),
    RoleCode.AUDITOR: ("Quality assurance officer", "GR5"),
    RoleCode.INFORMATION_GOVERNANCE: ("Information governance officer", "GR5"),
    RoleCode.ADMINISTRATOR: ("Systems administrator", "GR4"),
    RoleCode.HUMAN_RESOURCES: ("Human resources officer", "GR4"),
}
BY_PROFESSION = {
    Profession.YOUTH_WORK: "Youth and family worker",
    Profession.CAREERS: "Careers and family worker",
    Profession.FAMILY_SUPPORT: "Family support worker",
    Profession.EARLY_YEARS: "Early years family worker",
}
SKILLS = ("play", "domestic abuse", "autism", "court work", "motivational interviewing", "parenting groups")
LANGUAGES = ("Urdu", "Punjabi", "Polish", "Somali", "Romanian", "British Sign Language")
SOCIAL_WORKERS = (RoleCode.FRONT_DOOR_WORKER, RoleCode.SOCIAL_WORKER, RoleCode.CONFERENCE_CHAIR)
GONE = ("1", "1", "1", "5", "8", "9")


@dataclass
class Seeding:
    """What is at hand while posts are seeded."""

    dice: Random
    by: Actor
    today: date
    story: frozenset[str]
    reference: int = 0

    def next_reference(self) -> str:
        self.reference += 1
        return f"CS{self.reference:04d}"


@transaction.atomic
def seed(population: int, seed: int) -> None:
    """Team by team, then what the review changed, then who said to be full."""
    dice = Random(f"{seed}:workforce")  # noqa: S311  (a demonstration, not a secret)
    names = frozenset(person.name for person in strip().people)
    seeding = Seeding(dice, someone(RoleCode.HUMAN_RESOURCES), clock.today(), names)
    teams = Team.objects.filter(holding(seeding.today), agency__kind="authority").exclude(
        kind=Team.Kind.IMPORTED
    )
    for team in teams.order_by("id"):
        seed_team(seeding, team)
    long_leave(seeding)
    acting_up(seeding)
    reviewed(seeding)
    say_to_be_full(seeding)
    declare_conflicts(seeding)


def at_nine(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def seed_team(seeding: Seeding, team: Team) -> None:
    """Posts for those who are there and those who were before them, and some that stand empty."""
    rows = (
        Membership.objects.filter(team=team, role__in=list(TITLES))
        .select_related("worker")
        .order_by("begins", "id")
    )
    shared: list[Membership] = []
    for line in _after_each_other(rows):
        row = line[-1]
        alone = len(line) == 1 and (row.ends is None or row.ends > seeding.today)
        part_time = (
            alone
            and row.role in CARRIERS
            and row.worker.name not in seeding.story
            and seeding.dice.random() < 0.15
        )
        shared += [row] if part_time else []
        if not part_time:
            employ(seeding, line)
    for pair in (shared[place : place + 2] for place in range(0, len(shared), 2)):
        share(seeding, pair)
    workers = [row for row in rows if row.role in CARRIERS]
    if workers:
        stand_empty(seeding, team, workers[0])


def _after_each_other(rows: Iterable[Membership]) -> list[list[Membership]]:
    """Who sat in one seat one after the other: whoever comes sits down where somebody of the same role left last."""
    lines: list[list[Membership]] = []
    for row in rows:
        free = [
            line
            for line in lines
            if line[-1].role == row.role and line[-1].ends and line[-1].ends <= row.begins
        ]
        if free:
            max(free, key=lambda line: line[-1].ends or row.begins).append(row)
        else:
            lines.append([row])
    return lines


def open_post(
    seeding: Seeding,
    like: Membership,
    begins: date,
    seats: Sequence[Decimal] | None = None,
    hours: Decimal = FULL_TIME,
) -> Post:
    """A post in the team for this role; in family support one of the four professions."""
    role = RoleCode(like.role)
    title, grade = TITLES[role]
    profession = profession_of(seeding, role)
    with clock.clock_at(at_nine(begins)):
        return actions.open_post(
            title=BY_PROFESSION[profession] if role == RoleCode.FAMILY_SUPPORT_WORKER else title, grade=grade,
            profession=profession, role=role, team=like.team, hours=hours, begins=begins, seats=seats, by=seeding.by,
            funding="Families First grant" if seeding.dice.random() < 0.12 else "Council’s own budget",
            reference=seeding.next_reference(),
        )  # fmt: skip


def profession_of(seeding: Seeding, role: RoleCode) -> Profession:
    if role == RoleCode.FAMILY_SUPPORT_WORKER:
        return seeding.dice.choices(FOUR_PROFESSIONS, weights=(3, 1, 4, 3))[0]
    if role in SOCIAL_WORKERS:
        return Profession.SOCIAL_WORK
    managing = role in MANAGES_A_TEAM or role in (RoleCode.HEAD_OF_SERVICE, RoleCode.DIRECTOR)
    return Profession.MANAGEMENT if managing else Profession.OTHER


def employ(seeding: Seeding, after_each_other: Sequence[Membership]) -> None:
    """One post with those who sat in it one after the other."""
    post = open_post(seeding, after_each_other[0], after_each_other[0].begins)
    seat = post.seats.get()
    for row in after_each_other:
        agency = (
            row.role in SOCIAL_WORKERS
            and row.worker.name not in seeding.story
            and seeding.dice.random() < 0.11
        )
        kind = Occupancy.Kind.AGENCY if agency else Occupancy.Kind.SUBSTANTIVE
        sit(seeding, seat, row, FULL_TIME, kind)
        if row.ends is not None and row.ends <= seeding.today and not goes_on(row):
            with clock.clock_at(at_nine(row.ends)):
                people.record_leaver(
                    worker=row.worker, on=row.ends, reason=seeding.dice.choice(GONE), by=seeding.by
                )


def goes_on(row: Membership) -> bool:
    """Whether somebody only changed the team: nobody has left who works here afterwards."""
    return Membership.objects.filter(worker=row.worker, begins__gte=row.ends).exclude(pk=row.pk).exists()


def share(seeding: Seeding, pair: Sequence[Membership]) -> None:
    """Two who share one post, or one who works part of the week in a part-time post."""
    begins = min(row.begins for row in pair)
    hours = HALF * len(pair) if len(pair) > 1 else Decimal("22.2")
    post = open_post(seeding, pair[0], begins, [HALF] * 2 if len(pair) > 1 else [hours], hours)
    for row, seat in zip(pair, post.seats.order_by("number"), strict=True):
        sit(seeding, seat, row, seat.hours, Occupancy.Kind.SUBSTANTIVE)


def sit(seeding: Seeding, seat: Seat, row: Membership, hours: Decimal, kind: Occupancy.Kind) -> None:
    """Somebody sits down, with a contract and what the worker brings."""
    agency = kind == Occupancy.Kind.AGENCY
    with clock.clock_at(at_nine(row.begins)):
        people.seat_worker(
            seat=seat, worker=row.worker, kind=kind, begins=row.begins, by=seeding.by, hours=hours
        )
        if row.worker.name in seeding.story or seeding.dice.random() > 0.02:
            basis = Contract.Basis.AGENCY if agency else Contract.Basis.PERMANENT
            people.say_contract(worker=row.worker, hours=hours, begins=row.begins, by=seeding.by, basis=basis)
        brings(seeding, row, seat.post)


def brings(seeding: Seeding, row: Membership, post: Post) -> None:
    """Profession, registration, skills, languages, and for some the first year in it."""
    dice, social = seeding.dice, post.profession == Profession.SOCIAL_WORK
    new = row.role in CARRIERS and row.worker.name not in seeding.story and dice.random() < 0.07
    since = (
        seeding.today - timedelta(days=dice.randint(30, 330))
        if new
        else row.begins - timedelta(days=dice.randint(400, 9_000))
    )
    until = (
        date(2026, 11, 30) if dice.random() > 0.03 else seeding.today + timedelta(days=dice.randint(-20, 50))
    )
    people.say_particulars(
        worker=row.worker, profession=post.profession, begins=row.begins, by=seeding.by, in_profession_since=since,
        qualified=since if social or new else None, registered=social and dice.random() > 0.01,
        skills=dice.sample(SKILLS, dice.randint(0, 2)), languages=[dice.choice(LANGUAGES)] if dice.random() < 0.3 else [],
    )  # fmt: skip
    said = row.worker.particulars.order_by("-id").first()
    if said is not None and said.registered:
        said.registered_until = until
        said.save(update_fields=["registered_until"])


def stand_empty(seeding: Seeding, team: Team, like: Membership) -> None:
    """What every team has: a post that is advertised, one that is frozen, or neither."""
    if seeding.dice.random() < 0.3:
        open_post(seeding, like, seeding.today - timedelta(days=seeding.dice.randint(90, 900)))
    if seeding.dice.random() < 0.25:
        begins = seeding.today - timedelta(days=seeding.dice.randint(200, 900))
        post = open_post(seeding, like, begins)
        on = seeding.today - timedelta(days=seeding.dice.randint(20, 150))
        with clock.clock_at(at_nine(on)):
            actions.freeze_post(
                post=post, begins=on, because="Savings agreed for this year’s budget", by=seeding.by
            )


def long_leave(seeding: Seeding) -> None:
    """Who has been away for weeks without a last day keeps the seat; somebody of the team sits there meanwhile."""
    away = Absence.objects.filter(holding(seeding.today), ends__isnull=True).exclude(cover=None)
    for absence in away.select_related("worker", "cover").order_by("id")[:6]:
        own = one_seat(absence.worker_id, seeding.today)
        cover = one_seat(absence.cover_id or 0, seeding.today)
        if (
            own is None
            or cover is None
            or cover.worker.name in seeding.story
            or cover.seat.post.team_id != own.seat.post.team_id
        ):
            continue
        on = absence.begins + timedelta(days=1)
        if on > seeding.today or on <= max(own.begins, cover.begins):
            continue
        with clock.clock_at(at_nine(on)):
            people.leave_seat(occupancy=own, on=on, kept=Kept.Why.FAMILY_LEAVE, by=seeding.by)
            people.leave_seat(occupancy=cover, on=on, by=seeding.by)
            people.seat_worker(
                seat=own.seat, worker=cover.worker, kind=Occupancy.Kind.MATERNITY_COVER, begins=on, by=seeding.by,
                hours=min(own.seat.hours, cover.hours),
            )  # fmt: skip


def acting_up(seeding: Seeding) -> None:
    """Two managers act up: their own seats as workers are kept for them."""
    managers = Occupancy.objects.filter(holding(seeding.today), seat__post__role=RoleCode.TEAM_MANAGER)
    found = [
        row
        for row in managers.select_related("worker", "seat__post__team").order_by("id")
        if row.worker.name not in seeding.story
    ]
    on = seeding.today - timedelta(days=120)
    for row in [each for each in found if each.begins < on][-2:]:
        like = (
            Membership.objects.filter(team=row.seat.post.team, role=RoleCode.SOCIAL_WORKER)
            .select_related("team")
            .first()
        )
        if like is None:
            continue
        post = open_post(seeding, like, row.begins)
        with clock.clock_at(at_nine(row.begins)):
            own = people.seat_worker(
                seat=post.seats.get(),
                worker=row.worker,
                kind=Occupancy.Kind.SUBSTANTIVE,
                begins=row.begins,
                by=seeding.by,
            )
        with clock.clock_at(at_nine(on)):
            people.leave_seat(occupancy=own, on=on, kept=Kept.Why.ACTING_UP, by=seeding.by)
            people.leave_seat(occupancy=row, on=on, by=seeding.by)
            people.seat_worker(
                seat=row.seat, worker=row.worker, kind=Occupancy.Kind.ACTING_UP, begins=on, by=seeding.by,
                ends=seeding.today + timedelta(days=60),
            )  # fmt: skip


def one_seat(worker: int, on: date) -> Occupancy | None:
    """Where a worker sits, if in one seat only."""
    rows = list(
        Occupancy.objects.filter(holding(on), worker_id=worker).select_related("seat__post", "worker")
    )
    return rows[0] if len(rows) == 1 else None


def reviewed(seeding: Seeding) -> None:
    """The review of a year ago graded some posts anew: the old post ended, the new one goes on with its people."""
    rows = Post.objects.filter(begins__lt=REVIEW, ends=None, role=RoleCode.FAMILY_SUPPORT_WORKER).order_by(
        "id"
    )
    for post in list(rows[::5])[:6]:
        changing = Occupancy.objects.filter(seat__post=post, begins__gt=REVIEW)
        if changing.exists() or Occupancy.objects.filter(seat__post=post, ends__gt=REVIEW).exists():
            continue
        if post.freezes.exists() or Kept.objects.filter(seat__post=post).exists():
            continue
        with clock.clock_at(at_nine(REVIEW)):
            people.succeed_post(
                post=post, on=REVIEW, kind=Lineage.Kind.CHANGED, because="Graded anew after the review of 2025",
                by=seeding.by, grade="GR4+", reference=f"{post.reference}-R",
            )  # fmt: skip
