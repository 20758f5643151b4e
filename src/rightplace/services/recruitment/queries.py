"""Vacancies and candidates of a reader's scope, times in seats as the domain reads them, and retention in one read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import connection
from django.db.models import Count, Prefetch, Q, QuerySet

from rightplace.domain.evidence.survival import Stay, kaplan_meier, middle_of
from rightplace.domain.practice.recruiting import Local, local_on
from rightplace.domain.practice.retention import (
    Census,
    Employment,
    Left,
    Retention,
    Sat,
    StepTime,
    census_of,
    employments,
    hazards,
    hazards_over_time,
)
from rightplace.domain.practice.retention.retention import still_open
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation.establishment.queries import standing
from rightplace.foundation.organisation.establishment.standing import PostStanding, SeatStanding, State
from rightplace.foundation.organisation.establishment.tables import Profession
from rightplace.foundation.organisation.models import Absence
from rightplace.services.recruitment.models import Candidate, CandidateStep, Notice, Vacancy, VacancyStep

WINDOW: Final = 3 * 365
SOCIAL_WORK: Final = frozenset({str(Profession.SOCIAL_WORK)})
# a day as a number is the domain's: the first of January of the year 1 is day 1
SAT: Final = """
SELECT o.worker_id, p.team_id, p.grade, p.profession, o.kind = 'agency', o.hours::float8,
       o.begins - DATE '0001-01-01' + 1, o.ends - DATE '0001-01-01' + 1, w.since - DATE '0001-01-01' + 1
FROM organisation_occupancy o JOIN organisation_seat s ON s.id = o.seat_id JOIN organisation_post p ON p.id = s.post_id
LEFT JOIN (SELECT worker_id, min(in_profession_since) AS since FROM organisation_particulars GROUP BY 1) w
  ON w.worker_id = o.worker_id
UNION ALL
SELECT k.worker_id, p.team_id, p.grade, p.profession, false, s.hours::float8,
       k.begins - DATE '0001-01-01' + 1, k.ends - DATE '0001-01-01' + 1, w.since - DATE '0001-01-01' + 1
FROM organisation_kept k JOIN organisation_seat s ON s.id = k.seat_id JOIN organisation_post p ON p.id = s.post_id
LEFT JOIN (SELECT worker_id, min(in_profession_since) AS since FROM organisation_particulars GROUP BY 1) w
  ON w.worker_id = k.worker_id
WHERE k.why <> 'acting_up'
"""
LEFT: Final = """SELECT worker_id, "on" - DATE '0001-01-01' + 1, reason FROM organisation_leaver"""


def sat_rows() -> list[Sat]:
    """Every time in a seat, and every time for which one was kept. One query."""
    with connection.cursor() as cursor:
        cursor.execute(SAT)
        return [Sat(*row) for row in cursor.fetchall()]


def left_rows() -> list[Left]:
    """Every leaving. One query."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT)
        return [Left(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Staff:
    """Times in seats and the stays made of them."""

    sat: Sequence[Sat]
    stays: Sequence[Employment]


def staff() -> Staff:
    """Everybody who ever sat in a seat. Two queries."""
    sat = sat_rows()
    return Staff(sat, employments(sat, left_rows()))


def vacancies(actor: Actor) -> QuerySet[Vacancy]:
    """Vacancies of the reader's scope, the open ones by what is due first."""
    steps = Prefetch("steps", VacancyStep.objects.order_by("on", "id"))
    found = scope(actor, Vacancy).select_related("seat__post__team").prefetch_related(steps)
    return found.annotate(
        running=Count("candidates", filter=Q(candidates__ended_on=None)),
        lost=Count("candidates", filter=~Q(candidates__lost_at="")),
    ).order_by("next_by", "id")  # fmt: skip


def fillable(today: date) -> list[tuple[PostStanding, SeatStanding]]:
    """Seats that nobody fills yet: vacant, or with an agency worker, in a post that is not frozen. Two queries."""
    taken = set(Vacancy.objects.filter(ended_on=None).values_list("seat_id", flat=True))
    return [
        (post, seat) for post in standing(today) if not post.frozen for seat in post.seats
        if seat.id not in taken and (seat.is_empty or (seat.kind == "agency" and seat.kept_for is None))
    ]  # fmt: skip


def candidates(actor: Actor) -> QuerySet[Candidate]:
    """Candidates of the reader's scope, those on their way by what is due first, then the others."""
    steps = Prefetch("steps", CandidateStep.objects.order_by("on", "id"))
    found = scope(actor, Candidate).select_related("vacancy__seat__post__team").prefetch_related(steps)
    return found.order_by("next_by", "id").distinct()


def notices(actor: Actor) -> QuerySet[Notice]:
    """Notices of the reader's scope, the latest last days first."""
    return scope(actor, Notice).select_related("worker", "leaver").order_by("-last_day", "-id").distinct()


@dataclass(frozen=True, slots=True)
class Way:
    """One candidate's way, without the candidate: the days of the steps, and where it ended and why."""

    steps: dict[str, date]
    ended: date | None
    lost_at: str
    because: str


def ways(of: QuerySet[Candidate], since: date) -> list[Way]:
    """The ways of the candidates who applied since a day. Two queries."""
    rows = of.filter(steps__code="applied", steps__on__gte=since).order_by().distinct()
    found = {
        number: Way({}, ended, lost, because)
        for number, ended, lost, because in rows.values_list("pk", "ended_on", "lost_at", "lost_because")
    }
    steps = (
        CandidateStep.objects.filter(candidate__in=found.keys()) if found else CandidateStep.objects.none()
    )
    for number, code, on in steps.values_list("candidate_id", "code", "on"):
        found[number].steps[code] = on
    return list(found.values())


def step_times(
    found: Iterable[Way], vacancies: Iterable[tuple[date, dict[str, date]]], local: Local
) -> list[StepTime]:
    """How long each step took and how many were lost at it, with the reasons, the commonest first."""
    days: dict[str, list[float]] = {step.code: [] for step in local.steps}
    lost: dict[str, Counter[str]] = {step.code: Counter() for step in local.steps}
    for opened, steps in vacancies:
        _add_days(days, opened, steps, [step.code for step in local.of("vacancy")])
    for way in found:
        order = [step.code for step in local.of("candidate")]
        if "applied" in way.steps:
            _add_days(days, way.steps["applied"], way.steps, order[1:])
        if way.lost_at in lost:
            lost[way.lost_at][way.because] += 1
    return [
        StepTime(step.code, step.title, len(days[step.code]), middle_of(days[step.code]), _slow(days[step.code]),
                 sum(lost[step.code].values()), tuple(lost[step.code].most_common()))
        for step in local.steps if step.code != "applied"
    ]  # fmt: skip


def _add_days(
    days: dict[str, list[float]], begins: date, steps: dict[str, date], order: Sequence[str]
) -> None:
    before = begins
    for code in order:
        if code in steps:
            days[code].append(float((steps[code] - before).days))
            before = steps[code]


def _slow(days: Sequence[float]) -> float | None:
    held = sorted(days)
    return held[min(len(held) - 1, int(0.8 * len(held)))] if held else None


def vacancy_steps(of: Iterable[Vacancy]) -> list[tuple[date, dict[str, date]]]:
    """The day on which each vacancy was opened and those of its steps. None with steps fetched beforehand."""
    return [(each.opened_on, {step.code: step.on for step in each.steps.all()}) for each in of]


def weekdays(begins: int, ends: int) -> int:
    """Mondays to Fridays from a day until before another."""

    def before(day: int) -> int:
        weeks, rest = divmod(day - 1, 7)  # day 1 was a Monday
        return weeks * 5 + min(rest, 5)

    return max(0, before(ends) - before(begins))


def days_away(on: date) -> dict[int, float]:
    """The working days on which each was away in the year until a day, for whatever reason. One query."""
    first = on - timedelta(days=365)
    rows = Absence.objects.filter(begins__lt=on).filter(Q(ends=None) | Q(ends__gt=first))
    found: dict[int, float] = {}
    for worker, begins, ends in rows.values_list("worker_id", "begins", "ends"):
        last = min(ends, on) if ends else on
        found[worker] = found.get(worker, 0) + weekdays(max(begins, first).toordinal(), last.toordinal())
    return found


def census(
    found: Staff, on: date, posts: Sequence[PostStanding], away: Mapping[int, float], *, social_work: bool
) -> Census:
    """The census' figures on a day: of social work posts as it counts them, or of every post."""
    held = [post for post in posts if not social_work or post.profession in SOCIAL_WORK]
    vacant = sum(float(post.by_state[State.VACANT] + post.by_state[State.AGENCY]) for post in held)
    return census_of(
        stays=found.stays, sat=found.sat, on=on.toordinal(), vacant_hours=vacant, days_away=away,
        professions=SOCIAL_WORK if social_work else None,
    )  # fmt: skip


def retention(today: date) -> Retention:
    """What the capacity model takes: leaving by grade and experience, time to fill by step, agency. One pure read."""
    since = today - timedelta(days=WINDOW)
    found, local = staff(), local_on(today)
    opened = Vacancy.objects.filter(opened_on__gte=since, opened_on__lte=today)
    curve = kaplan_meier(
        Stay(float(((ended or today) - began).days), outcome == Vacancy.Outcome.FILLED)
        for began, ended, outcome in opened.values_list("opened_on", "ended_on", "outcome")
    )
    steps = step_times(
        ways(Candidate.objects.all(), since), vacancy_steps(opened.prefetch_related("steps")), local
    )
    agency = census_of(stays=(), sat=found.sat, on=today.toordinal(), vacant_hours=0, days_away={}).shares[
        "agency"
    ]
    by_grade = hazards(found.stays, since.toordinal(), today.toordinal())
    return Retention(
        as_of=today, since=since, hazards=by_grade, steps=tuple(steps),
        over_time=hazards_over_time(found.stays, since.toordinal(), today.toordinal(), by_grade),
        filled=curve.leavers, days_to_fill=curve.median, still_open=still_open(curve, (30, 60, 90, 120, 180, 270, 365)),
        agency_share=agency.part / agency.whole if agency.whole else None,
        sources=("times in seats and leavers of the establishment", "steps of recruitment", local.source),
    )  # fmt: skip
