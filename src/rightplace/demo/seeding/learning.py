"""Learning in the demonstration: courses, four years of who took them, first years with their reviews."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from rightplace.demo.finishing import someone
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Particulars
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.services.learning import actions, firstyear
from rightplace.services.learning.models import Booking, Course, FirstYear

COURSES = (
    ("Safeguarding together", "safeguarding", "Safeguarding partnership", "1", 9_500),
    ("Safeguarding for managers", "safeguarding_lead", "Safeguarding partnership", "0.5", None),
    ("Information and its protection", "information", "Own learning team", "0.3", 0),
    ("Writing for the court", "court", "Practice academy", "2", 31_000),
    ("Domestic abuse: the whole family", "domestic_abuse", "Open Hand Families", "1.5", 18_000),
    ("Giving supervision", "supervising", "Practice academy", "3", 42_000),
    ("Peer reflection circle", "cpd", "Own learning team", "0.5", 0),
    ("Your first weeks", "induction", "Own learning team", "2", 0),
)
WORK = (
    RoleCode.FRONT_DOOR_WORKER, RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.SOCIAL_WORKER, RoleCode.CONFERENCE_CHAIR,
    *MANAGES_A_TEAM, RoleCode.HEAD_OF_SERVICE, RoleCode.DIRECTOR, RoleCode.HUMAN_RESOURCES,
)  # fmt: skip
BEGAN = date(2021, 1, 4)


@transaction.atomic
def on_a_working_day(day: date) -> date:
    """Courses are given from Monday to Friday."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def seed(population: int, seed: int) -> None:
    """Courses first; then everybody's years, also of those who have left; then first years."""
    dice = Random(f"{seed}:learning")  # noqa: S311  (a demonstration, not a secret)
    by = someone(RoleCode.HUMAN_RESOURCES)
    offered = {
        kind: actions.add_course(
            title=title,
            kind=kind,
            provider=provider,
            days=Decimal(days),
            cost_pence=pence,
            begins=BEGAN,
            by=by,
        )
        for title, kind, provider, days, pence in COURSES
    }
    rows = Membership.objects.filter(role__in=WORK, worker__kind="staff").order_by("begins", "id")
    people = {row.worker_id: row for row in rows.select_related("worker", "team")}
    made: list[Booking] = []
    for row in people.values():
        made += years_of(dice, row, offered, by)
    Booking.objects.bulk_create(made, ignore_conflicts=True)
    reflect(dice)
    first_years(dice, people, by)


def years_of(dice: Random, row: Membership, offered: dict[str, Course], by: Actor) -> list[Booking]:
    """What somebody took: most have kept up, some are late, of a few nothing was ever written down."""
    if dice.random() < 0.05:
        return []
    today, found = clock.today(), []
    wanted = {"safeguarding": 1_000, "information": 360}
    for kind, share in (("court", 0.3), ("domestic_abuse", 0.4), ("cpd", 0.7), ("induction", 0.8)):
        if dice.random() < share:
            wanted[kind] = 2_000
    if row.role in MANAGES_A_TEAM and dice.random() < 0.8:
        wanted["supervising"] = 3_000
    last = min(row.ends, today) if row.ends else today
    for kind, every in wanted.items():
        day = max(row.begins, BEGAN) + timedelta(days=dice.randint(5, 90))
        while day < last:
            found.append(booking(row, offered[kind], day, Booking.State.ATTENDED, by))
            day += timedelta(days=every + dice.randint(-60, 45))
    if last == today and dice.random() < 0.3:
        ahead = today + timedelta(days=dice.randint(8, 60))
        found.append(
            booking(
                row, offered[dice.choice(("information", "cpd", "court"))], ahead, Booking.State.BOOKED, by
            )
        )
    return found


def booking(row: Membership, course: Course, on: date, state: Booking.State, by: Actor) -> Booking:
    on = on_a_working_day(on)
    # in bulk, since a city's years would take minutes one by one; the actions' own rules hold for each of these rows
    when = datetime.combine(min(on, clock.today()), time(16), UTC)
    return Booking(
        worker=row.worker, course=course, on=on, state=state, recorded_at=when, recorded_by_id=by.worker
    )


def reflect(dice: Random) -> None:
    """Some of the last months were reflected on."""
    since = clock.today() - timedelta(days=180)
    rows = Booking.objects.filter(state=Booking.State.ATTENDED, on__gte=since).select_related("worker")
    for row in rows.order_by("id")[::3]:
        member = (
            Membership.objects.filter(holding(clock.today()), worker=row.worker)
            .select_related("worker", "team")
            .first()
        )
        if member is not None:
            actions.reflect(
                booking=row, words="I ask the child first, and write down the words.", by=actor_of(member)
            )


def first_years(dice: Random, people: dict[int, Membership], by: Actor) -> None:
    """Whoever is in the first year has a supervisor of the own team; the reviews that were due were mostly held."""
    today = clock.today()
    new = Particulars.objects.filter(
        holding(today), qualified__gt=today - timedelta(days=330), worker__in=list(people)
    )
    for brings in new.select_related("worker").order_by("id")[:8]:
        row = people[brings.worker_id]
        team = [each for each in people.values() if each.team_id == row.team_id and each.ends is None]
        lead = next((each for each in team if each.role in MANAGES_A_TEAM), None)
        if lead is None or brings.qualified is None or FirstYear.objects.filter(worker=row.worker).exists():
            continue
        begins = max(brings.qualified, row.begins)
        year = firstyear.begin_first_year(worker=row.worker, supervisor=lead.worker, begins=begins, by=by)
        due = [each for each in year.reviews.order_by("month") if each.due < today - timedelta(days=6)]
        for review in due:
            with clock.clock_at(datetime.combine(review.due, time(11), UTC)):
                firstyear.hold_review(
                    review=review, words="Visits are prepared with care. The next step is a first plan of your own.",
                    on=review.due, by=actor_of(lead),
                )  # fmt: skip
                if dice.random() < 0.8:
                    firstyear.answer_review(
                        review=review, words="I agree, and I need the protected time.", by=actor_of(row)
                    )
