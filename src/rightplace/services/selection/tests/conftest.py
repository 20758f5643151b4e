"""A small restructure: eight people of two professions, three old posts kinds, six new places in two teams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions, people
from rightplace.foundation.organisation.establishment.tables import Post
from rightplace.foundation.organisation.programme import actions as programmes
from rightplace.foundation.organisation.programme import hooks
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.selection import pooling, preferring, scoring
from rightplace.services.selection.models import Assessment, Exercise, Job, Member, Panel, Pool, ScoreSheet
from rightplace.services.selection.scoring import Given, Weighed
from rightplace.testing.organisation import LONG_AGO, MORNING, Colleague, SmallCity, colleague, small_city

CRITERIA = (Weighed("families", "Work with whole families", 3), Weighed("partners", "Work with partners", 1))
NAMES = ("Ada Birch", "Bo Calder", "Cleo Dunn", "Dev Elms", "Efe Fenn", "Gil Hart", "Hal Ince", "Ira Jay")


class Hand:
    """The clock, moved by hand."""

    def __init__(self) -> None:
        self.now = MORNING

    def on(self, day: date) -> None:
        self.now = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)

    def moves(self, days: int) -> None:
        self.now += timedelta(days=days)


@pytest.fixture
def hand() -> Iterator[Hand]:
    held = Hand()
    clock.set_clock(lambda: held.now)
    yield held
    clock.set_clock(None)


@dataclass
class Restructure:
    """The small city with a programme, and those who work on its selection."""

    city: SmallCity
    hand: Hand
    programme: Programme
    people: list[Colleague]
    old: list[Post]
    new: list[Post]
    exercise: Exercise = field(init=False)

    @property
    def hr(self):  # type: ignore[no-untyped-def]
        return self.city.human_resources.actor

    @property
    def head(self):  # type: ignore[no-untyped-def]
        return self.city.head_of_service.actor

    def member(self, place: int) -> Member:
        return Member.objects.get(exercise=self.exercise, worker=self.people[place].worker)

    def job(self, place: int = 0) -> Job:
        return list(Job.objects.filter(exercise=self.exercise).order_by("name"))[place]

    def wish(self, place: int, *jobs: Job) -> None:
        preferring.say_preferences(member=self.member(place), jobs=jobs, by=self.people[place].actor)

    def panel(self) -> Panel:
        """A panel for all jobs, of two managers, with both trained."""
        managers = [self.city.assessment_manager, self.city.other_assessment_manager]
        for who in [*managers, self.city.family_support_manager, self.city.other_family_support_manager]:
            scoring.record_training(
                worker=who.worker, on=LONG_AGO, what="Fair selection, one day", by=self.hr
            )
        return scoring.make_panel(
            exercise=self.exercise, title="Family workers", jobs=list(Job.objects.filter(exercise=self.exercise)),
            criteria=CRITERIA, scorers=[who.worker for who in managers], by=self.hr,
        )  # fmt: skip

    def assessed(self, panel: Panel, place: int) -> Assessment:
        managers = [self.city.assessment_manager, self.city.other_assessment_manager]
        return scoring.assess(
            panel=panel, member=self.member(place), scorers=[who.worker for who in managers], by=self.hr
        )

    def marked(
        self, assessment: Assessment, first: tuple[int, int], second: tuple[int, int] | None = None
    ) -> None:
        """Both scorers save and sign: points for families and for partners."""
        sheets = ScoreSheet.objects.filter(assessment=assessment, turn=assessment.turn).order_by("scorer")
        for sheet, (families, partners) in zip(sheets, (first, second or first), strict=True):
            self.sign(sheet, families, partners)

    def sign(self, sheet: ScoreSheet, families: int, partners: int) -> None:
        by = self.actor_of(sheet.scorer_id)
        marks = {"families": Given(families, "Said how"), "partners": Given(partners, "Named two")}
        scoring.save_sheet(sheet=sheet, marks=marks, by=by)
        scoring.sign_sheet(sheet=sheet, no_conflict=True, by=by)

    def actor_of(self, worker: int):  # type: ignore[no-untyped-def]
        each = [value for value in vars(self.city).values() if isinstance(value, Colleague)]
        return next(who.actor for who in [*each, *self.people] if who.worker.pk == worker)


@pytest.fixture
def gate_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every earlier stage of the programme has its evidence."""
    monkeypatch.setattr(hooks, "_gates", [lambda programme, on: ()])


@pytest.fixture
def small(db: None, hand: Hand) -> Restructure:
    """Six family support workers in one old team and two youth workers in another; four and two new places."""
    hand.on(date(2025, 9, 1))
    city = small_city()
    by = city.human_resources.actor
    said = programmes.begin_programme(
        title="Family support teams", purpose="One team for each family", lead=city.head_of_service.worker,
        begins=date(2025, 9, 1), by=by,
    )  # fmt: skip
    made = Restructure(city, hand, said, [], [], [])
    for place, name in enumerate(NAMES):
        profession = "family_support" if place < 6 else "youth_work"
        who = colleague(name, city.family_support, RoleCode.FAMILY_SUPPORT_WORKER)
        made.people.append(who)
        made.old.append(_held(who, profession, place, by))
    for place in range(6):
        profession = "family_support" if place < 4 else "youth_work"
        made.new.append(
            actions.open_post(
                title=f"{'Family' if place < 4 else 'Youth'} worker", grade="GR4", profession=profession,
                role=RoleCode.FAMILY_SUPPORT_WORKER, funding="core", hours=Decimal(37), begins=date(2026, 4, 1), by=by,
                team=city.family_support if place < 2 or place == 4 else city.other_family_support,
            )
        )  # fmt: skip
    for side, posts in (("old", made.old), ("new", made.new)):
        for post in posts:
            programmes.put_post(programme=said, post=post, side=side, by=by)
    programmes.set_first_day(programme=said, on=date(2026, 4, 1), by=by)
    made.exercise = pooling.begin_exercise(
        programme=said, opens=date(2025, 11, 3), closes=date(2025, 11, 28), by=by
    )
    pooling.make_jobs(exercise=made.exercise, by=by)
    return made


def _held(who: Colleague, profession: str, place: int, by) -> Post:  # type: ignore[no-untyped-def]
    post = actions.open_post(
        title="Old worker", grade="GR4", profession=profession, role=RoleCode.FAMILY_SUPPORT_WORKER, team=who.team,
        funding="core", hours=Decimal(37), begins=LONG_AGO, by=by, reference=f"OLD-{place}",
    )  # fmt: skip
    people.say_contract(worker=who.worker, hours=Decimal(37), begins=LONG_AGO, by=by)
    people.say_particulars(worker=who.worker, profession=profession, begins=LONG_AGO, by=by)
    people.seat_worker(seat=post.seats.get(), worker=who.worker, kind="substantive", begins=LONG_AGO, by=by)
    return post


@pytest.fixture
def pooled(small: Restructure) -> Restructure:
    """Both professions ring-fenced to their jobs; agreed, told; preferences are open."""
    for kind, posts in (("Family", small.old[:6]), ("Youth", small.old[6:])):
        pooling.make_pool(
            exercise=small.exercise, name=f"{kind} workers", kind=Pool.Kind.RING_FENCE, because="Same duties.",
            posts=posts, jobs=list(Job.objects.filter(title=f"{kind} worker")), by=small.hr,
        )  # fmt: skip
    pooling.fill_pools(exercise=small.exercise, by=small.hr)
    pooling.agree_pools(exercise=small.exercise, reference="Minutes 12", by=small.hr)
    pooling.tell_pools(exercise=small.exercise, by=small.hr)
    small.hand.on(date(2025, 11, 10))
    return small


@pytest.fixture
def scored(pooled: Restructure) -> Restructure:
    """Everybody wished and was scored; the third and fourth family worker are level for the last place in area 1."""
    one, nine, young_one, young_nine = _jobs(pooled)
    for place in range(6):
        pooled.wish(place, one, nine)
    for place in (6, 7):
        pooled.wish(place, young_one, young_nine)
    pooled.hand.on(date(2025, 12, 8))
    panel = pooled.panel()
    for place, marks in enumerate([(5, 5), (3, 3), (4, 2), (4, 2), (2, 2), (1, 1), (5, 4), (4, 4)]):
        pooled.marked(pooled.assessed(panel, place), marks)
    return pooled


def _jobs(made: Restructure) -> list[Job]:
    found = {(job.title, job.team_id): job for job in Job.objects.filter(exercise=made.exercise)}
    one, nine = made.city.family_support.pk, made.city.other_family_support.pk
    return [found[title, team] for title in ("Family worker", "Youth worker") for team in (one, nine)]


@pytest.fixture
def jobs(pooled: Restructure) -> list[Job]:
    """Family worker in area 1 and 9, youth worker in area 1 and 9."""
    return _jobs(pooled)
