"""Schools in the demonstration: two years of the national list, five of attendance, questions at every stage, absences.

Everything goes through the actions of `services/schools`, each in its own time; names, numbers and words are invented.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from rightplace.common.caseflow.queries import held_at
from rightplace.demo.finishing import someone
from rightplace.demo.material import agencies as invented
from rightplace.demo.material.strip import strip
from rightplace.demo.seeding.joining import first_year, joins
from rightplace.demo.seeding.schools_said import SAID, Exchange
from rightplace.domain.practice.entries.questions import ComesNext, Topic
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.linkpeople import link_book
from rightplace.foundation.organisation.models import Absence, LinkPerson, Membership, School, Team, Worker
from rightplace.foundation.organisation.places import places
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.schools import actions, reporting, taking
from rightplace.services.schools.listing import (
    AUTHORITY,
    KIND,
    MEALS,
    NAME,
    NUMBER,
    OLDEST,
    OPENED,
    PHASE,
    PHONE,
    POSTCODE,
    PUPILS,
    STATUS,
    URN,
    YOUNGEST,
)  # fmt: skip
from rightplace.services.schools.projections import Question

OURS = "399"
"""A number that no authority has."""
LISTS = (date(2024, 10, 1), date(2025, 10, 1))
YEARS = range(2021, 2026)
PUPILS_ABOUT = {
    "nursery": 80,
    "primary": 330,
    "secondary": 960,
    "special": 110,
    "all_through": 1_150,
    "college": 1_400,
}
ABSENT = {
    "primary": 0.061,
    "secondary": 0.088,
    "special": 0.12,
    "nursery": 0.09,
    "all_through": 0.078,
    "college": 0.1,
}
SUSPENDED = {"primary": 0.036, "secondary": 0.17, "all_through": 0.12, "special": 0.11}
STORY_PUPILS = 412
HELPED = 0.011
"""By so much of all sessions absence fell where pupils had been helped for a year, give or take half of it."""
PHASES = {"primary": "Primary", "secondary": "Secondary", "nursery": "Nursery", "college": "16 plus"}
QUESTIONS = 54


def seed(population: int, seed: int) -> None:
    """The list, the figures, who is away, then what schools asked."""
    rng = Random(f"{seed}:schools")  # noqa: S311  (a demonstration, not a secret)
    schools = list(School.objects.select_related("agency", "area").order_by("urn"))
    lists(rng, schools)
    figures(rng, schools)
    away(rng)
    one_leaves()
    ask_and_answer(rng, schools)


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of a working day."""
    return datetime.combine(day, time(hour, minute), UTC)


def lists(rng: Random, schools: Sequence[School]) -> None:
    """Two years of the national list, as an administrator took them in."""
    by = someone(RoleCode.ADMINISTRATOR)
    ages = {each.name: (each.youngest, each.oldest) for each in invented.schools()}
    pupils = {s.pk: max(30, round(PUPILS_ABOUT[s.phase] * rng.uniform(0.6, 1.5))) for s in schools}
    meals = {s.pk: round(min(68.0, max(6.0, rng.gauss(33, 13))), 1) for s in schools}
    for listed in LISTS:
        rows: list[dict[str, object]] = [
            {
                URN: s.urn, AUTHORITY: OURS, NUMBER: 2000 + place, NAME: s.agency.name, STATUS: "Open", OPENED: "",
                KIND: "Community special school" if s.phase == "special" else "Community school",
                PHASE: PHASES.get(s.phase, "Not applicable"),
                YOUNGEST: ages.get(s.agency.name, ("", ""))[0], OLDEST: ages.get(s.agency.name, ("", ""))[1],
                PUPILS: pupils[s.pk], MEALS: meals[s.pk], POSTCODE: postcode(s, place), PHONE: f"01632 {961000 + place}",
            }
            for place, s in enumerate(schools)
        ]  # fmt: skip
        with clock.clock_at(at(listed + timedelta(days=6))):
            taking.take_schools(as_csv(rows), by=by, listed=listed, authority=OURS)
        pupils = {pk: max(30, number + rng.randint(-12, 12)) for pk, number in pupils.items()}


def postcode(school: School, place: int) -> str:
    """A real postcode of the school's area."""
    codes = [
        c
        for area in places.areas()
        if area.number == school.area_id
        for s in area.squares
        for c in places.postcodes_in(s)
    ]
    return codes[place * 7 % len(codes)]


def as_csv(rows: Sequence[dict[str, object]]) -> bytes:
    """Rows as a list is published."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def figures(rng: Random, schools: Sequence[School]) -> None:
    """Five school years of attendance and suspensions. Absence fell more at schools that joined; not at each alike."""
    story = strip().person("school").works_at
    joined = {pk: first_year(begins) for pk, begins in joins(schools).items()}
    rows: list[dict[str, object]] = []
    for school in schools:
        number = max(30, round(PUPILS_ABOUT[school.phase] * rng.uniform(0.6, 1.5)))
        if school.agency.name == story:
            number = STORY_PUPILS
        rows += reports(rng, school, number, joined.get(school.pk, max(YEARS) + 1))
    with clock.clock_at(at(date(2025, 11, 18))):
        reporting.take_figures(as_csv(rows), by=someone(RoleCode.ADMINISTRATOR))


def reports(rng: Random, school: School, number: int, since: int) -> Iterator[dict[str, object]]:
    """What one school reports for each year; from the year in which it joined fewer sessions are missed."""
    level = ABSENT[school.phase] * rng.uniform(0.8, 1.25)
    often = SUSPENDED.get(school.phase, 0.004) * rng.uniform(0.7, 1.4)
    fell = HELPED * rng.uniform(0.4, 1.4)
    for year in YEARS:
        share = level + {2021: 0.004, 2022: 0.009, 2023: 0.006}.get(year, 0.002) + rng.gauss(0, 0.0012)
        share -= fell if year >= since else 0.0
        sessions = number * 380
        suspended = round(number * often * rng.uniform(0.85, 1.15) * (0.8 if year >= since else 1.0))
        yield {
            "URN": school.urn, "Year": f"{year - 1}/{year % 100:02d}", "Pupils": number, "Sessions": sessions,
            "Missed": round(sessions * share), "Suspensions": "c" if 0 < suspended < 8 else suspended,
            "Exclusions": "c" if school.phase in SUSPENDED else 0,
        }  # fmt: skip
        number = max(30, number + rng.randint(-8, 8))


def away(rng: Random) -> None:
    """In some teams a link person is away, once with a cover who fell ill in turn. Nobody of the story."""
    story = {person.name for person in strip().people}
    starts = strip().starts.date()
    teams = list(queries.on_day(Team.objects.filter(kind=Team.Kind.FAMILY_SUPPORT), starts).order_by("id"))
    for place, team in enumerate(teams[4:7] or teams[3:]):
        gone = set(Absence.objects.filter(queries.holding(starts)).values_list("worker_id", flat=True))
        there = [
            m for m in queries.members(team.pk, starts, RoleCode.FAMILY_SUPPORT_WORKER)
            if m.worker_id not in gone and m.worker.name not in story
        ]  # fmt: skip
        linking = LinkPerson.objects.filter(queries.holding(starts)).values_list("worker_id", flat=True)
        there.sort(key=lambda m: (m.worker_id not in set(linking), m.pk))
        manager = manager_of(team)
        if len(there) < 2 or manager is None:
            continue
        with clock.clock_at(at(starts - timedelta(days=5 - place), 9)):
            actions.say_away(
                worker=there[0].worker, cover=there[1].worker, begins=starts - timedelta(days=4 - place),
                ends=starts + timedelta(days=rng.randint(2, 9)), by=manager,
            )  # fmt: skip
            if place == 0:
                third = there[2].worker if len(there) > 2 else Worker.objects.get(pk=manager.worker)
                actions.say_away(
                    worker=there[1].worker, cover=third, begins=starts - timedelta(days=1),
                    ends=starts + timedelta(days=2), by=manager,
                )  # fmt: skip


def manager_of(team: Team) -> Actor | None:
    """A team's manager, ready to act."""
    found = Membership.objects.filter(
        queries.holding(strip().starts.date()), team=team, role=RoleCode.FAMILY_SUPPORT_MANAGER
    )
    row = found.select_related("worker", "team").order_by("begins").first()
    return actor_of(row) if row else None


def one_leaves() -> None:
    """A link person without children of their own leaves, or gives a school up: it is the manager's until the next is named."""
    story = {person.name for person in strip().people}
    starts = strip().starts.date()
    busy = set(Span.objects.filter(held_at(clock.now()), open=True).values_list("worker", flat=True))
    rows = LinkPerson.objects.filter(queries.holding(starts), ends__isnull=True)
    rows = rows.exclude(worker__name__in=story).select_related("worker", "school").order_by("pk")
    by, on = someone(RoleCode.ADMINISTRATOR), starts - timedelta(days=6)
    with clock.clock_at(at(starts - timedelta(days=12), 11)):
        for row in rows.exclude(worker__in=busy)[:1]:
            organisation.end_worker(worker=row.worker, on=on, by=by)
            return
    with clock.clock_at(at(on, 9)):
        for row in rows[:1]:
            team = queries.team_for(row.school.area_id, Team.Kind.FAMILY_SUPPORT, on)
            manager = manager_of(team) if team else None
            if manager is not None:
                taking_over = Worker.objects.get(pk=manager.worker)
                organisation.set_link_person(school=row.school, worker=taking_over, begins=on, by=by)


def ask_and_answer(rng: Random, schools: Sequence[School]) -> None:
    """What schools asked in a year: most answered in time, some late, some waiting, one that nobody opened."""
    starts = strip().starts
    story = next(s for s in schools if s.agency.name == strip().person("school").works_at)
    some = rng.sample([s for s in schools if s != story], 24)
    days = sorted(
        rng.choices(list(school_days(starts.date() - timedelta(days=330), starts.date())), k=QUESTIONS)
    )
    for number, day in enumerate(days):
        school = story if number % 9 == 0 else rng.choice(some)
        exchange(rng, school, at(day, rng.randint(8, 15), rng.randint(0, 59)), rng.choice(SAID), starts)
    waiting = ((story, timedelta(hours=1), SAID[0]), (story, timedelta(days=1, hours=1), SAID[1]))
    for school, before, said in waiting:
        exchange(rng, school, starts - before, said, starts, open_only=before > timedelta(hours=3))
    unread = next((s for s in some if s.area_id == story.area_id), some[0])
    exchange(rng, unread, starts - timedelta(days=4), SAID[2], starts, leave=True)


def school_days(first: date, last: date) -> Iterator[date]:
    """Weekdays outside August."""
    for number in range((last - first).days - 6):
        day = first + timedelta(days=number)
        if day.weekday() < 5 and day.month != 8:
            yield day


def exchange(
    rng: Random,
    school: School,
    asked: datetime,
    said: Exchange,
    until: datetime,
    *,
    open_only: bool = False,
    leave: bool = False,
) -> None:
    """One question, opened by whoever links the school that day and answered, each if it came before the beginning."""
    teacher = desk_of(school, asked.date(), rng)
    if teacher is None:
        return
    with clock.clock_at(asked):
        concern = actions.ask(
            school=school, topic=Topic(said.topic), question=said.question, by=teacher,
            about_pupil=bool(said.pupil), pupil=said.pupil,
        )  # fmt: skip
    opened = asked + timedelta(minutes=rng.randint(20, 150))
    worker = linker_of(school, opened.date())
    if leave or worker is None or opened >= until:
        return
    with clock.clock_at(opened):
        actions.open_question(question=Question.objects.get(concern=concern), by=worker)
    answered = opened + timedelta(
        hours=rng.choice((1, 2, 5, 20, 23, 26, 44, 70, 120)), minutes=rng.randint(0, 50)
    )
    if open_only or answered >= until:
        return
    with clock.clock_at(answered):
        actions.answer(
            question=Question.objects.get(concern=concern), text=said.answer, comes_next=ComesNext(said.comes_next),
            by=worker, known_because=said.known_because,
        )  # fmt: skip


def desk_of(school: School, on: date, rng: Random) -> Actor | None:
    """Somebody at the school's desk."""
    rows = Membership.objects.filter(queries.holding(on), team__agency_id=school.pk).select_related(
        "worker", "team"
    )
    found = list(rows.order_by("pk"))
    return actor_of(rng.choice(found)) if found else None


def linker_of(school: School, on: date) -> Actor | None:
    """Whoever links the school that day, ready to act."""
    linked = link_book([school], on, on).on(school.pk, on)
    if linked is None:
        return None
    row = Membership.objects.filter(
        queries.holding(on), worker_id=linked.worker, team__kind=Team.Kind.FAMILY_SUPPORT
    )
    found = row.select_related("worker", "team").first()
    return actor_of(found) if found else None
