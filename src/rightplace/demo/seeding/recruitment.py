"""Recruitment in the demonstration: three years of leavers and joiners, vacancies on their way, interviews, two initiatives.

Those who left before the demonstration's people came are people of their own, in seats of posts that stand empty now.
Everything is written by the same actions as on the pages; candidates are walked to their step in `recruitment_ways`.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from django.db import transaction

from rightplace.demo.finishing import holders, someone
from rightplace.demo.material.names import different_staff_names
from rightplace.demo.material.strip import strip
from rightplace.demo.seeding.recruitment_voices import hear
from rightplace.demo.seeding.recruitment_ways import (
    CARRIERS,
    Course,
    Seeding,
    before,
    filled_by,
    nine,
    on_its_way,
    working,
)
from rightplace.foundation.access.actor import RULES, actor_of
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import people
from rightplace.foundation.organisation.establishment.tables import Freeze, Kept, Occupancy, Post, Seat
from rightplace.foundation.organisation.models import Membership, Team, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.recruitment import candidates, initiatives, leavings, voices
from rightplace.services.recruitment.models import Initiative, Notice
from rightplace.services.recruitment.queries import fillable

REASONS = ("1", "1", "1", "1", "5", "8", "9")
WAYS_AT_ONCE = 14
STAY_HERE = 5
NEW_HERE = timedelta(days=70)
"""Who came longer ago would have families by now, and those are with the people whom the city's history knows."""
THREE_YEARS, TWO_YEARS = timedelta(days=1_050), timedelta(days=730)
COURSES = 12
"""So many ways are drawn for somebody who came: one of them may be short enough for the time for which the seat was empty."""
PLANS = (
    ("A study day each month", 400, ("assessment", "safeguarding"), 3, 3_600_000, "Four fewer leavers a year in these teams.",
     "Exit interviews named workload and no next step."),
    ("A mentor in the first year", 75, ("family_support",), 4, 1_850_000, "One fewer leaver in a first year.",
     "Two of three who left in their first year had nobody to ask."),
)  # fmt: skip


@transaction.atomic
def seed(population: int, seed: int) -> None:
    """Once: those who came and went, the vacancies, the interviews, the initiatives."""
    if Initiative.objects.exists():
        return
    heads = [actor_of(row) for row in (*holders(RoleCode.HEAD_OF_SERVICE), *holders(RoleCode.DIRECTOR))]
    dice = Random(f"{seed}:recruitment")  # noqa: S311  (a demonstration, not a secret)
    known = set(Worker.objects.values_list("name", flat=True))
    own_dice = Random(f"{seed}:recruitment:names")  # noqa: S311
    names = (name for name in different_staff_names(own_dice) if name not in known)
    seeding = Seeding(dice, someone(RoleCode.HUMAN_RESOURCES), heads, clock.today(), names)
    already = list(Occupancy.objects.filter(kind="substantive").values_list("pk", flat=True))
    begin_initiatives(seeding)
    came_and_went(seeding)
    how_they_came(seeding, already)
    fill_vacancies(seeding)
    give_notice(seeding)
    hear(seeding)
    candidates.delete_due()


def begin_initiatives(seeding: Seeding) -> None:
    """One that is old enough to compare, one that is not; each in some of the teams of its kinds."""
    for title, days, kinds, part, cost, expected, because in PLANS:
        teams = list(Team.objects.filter(holding(seeding.today), kind__in=kinds).order_by("id"))
        on = seeding.today - timedelta(days=days)
        chosen = [team for team in teams[:: max(1, len(teams) // part)] if team.begins <= on]
        if chosen:
            with clock.clock_at(nine(on)):
                initiatives.begin_initiative(
                    title=title, aim="keep", begins=on, cost=cost, expected=expected, teams=chosen,
                    by=seeding.heads[0], because=because,
                )  # fmt: skip


def came_and_went(seeding: Seeding) -> None:
    """Seats that were filled and left again in the last three years, of posts in which nobody sits now."""
    posts = Post.objects.filter(
        holding(seeding.today), role__in=CARRIERS, begins__lt=seeding.today - timedelta(days=200)
    )
    for post in posts.select_related("team__area").prefetch_related("seats").order_by("id"):
        seat = next(iter(post.seats.all()), None)
        if seat is not None and not _ever_used(seat):
            _fill_and_leave(seeding, seat)


def how_they_came(seeding: Seeding, seated: list[int]) -> None:
    """Those whom the city's history seated in the last two years came by a vacancy, where their seat was empty long enough."""
    rows = Occupancy.objects.filter(
        pk__in=seated, begins__range=(seeding.today - TWO_YEARS, seeding.today), seat__post__role__in=CARRIERS
    )
    for row in rows.select_related("seat__post__team", "worker").order_by("begins", "id"):
        before_it = Occupancy.objects.filter(seat=row.seat, begins__lt=row.begins).values_list(
            "ends", flat=True
        )
        free = max([row.seat.begins, *(ends for ends in before_it if ends)])
        some = (Course.of(seeding.dice) for _ in range(COURSES))
        course = next((each for each in some if free <= _opened(row, each)), None)
        if course is not None:
            filled_by(seeding, row, _opened(row, course), course)


def _opened(row: Occupancy, course: Course) -> date:
    """When a vacancy was opened that ended with this first day; its other steps may fall on a Monday after a weekend."""
    return before(row.begins - timedelta(days=course.first_day + 4))


def _ever_used(seat: Seat) -> bool:
    return (
        Occupancy.objects.filter(seat=seat).exists()
        or Kept.objects.filter(seat=seat).exists()
        or Freeze.objects.filter(post=seat.post_id).exists()
    )


def _fill_and_leave(seeding: Seeding, seat: Seat) -> None:
    """One or two people after each other; each came by a vacancy that was open before."""
    dice = seeding.dice
    free = working(max(seat.begins, seeding.today - THREE_YEARS) + timedelta(days=dice.randint(0, 30)))
    while True:
        course = Course.of(dice)
        begins = course.day(free, "started")
        ends = before(begins + timedelta(days=int(dice.expovariate(1 / 300)) + 90)) + timedelta(days=1)
        if ends > seeding.today - timedelta(days=20):
            new = timedelta(days=12) <= seeding.today - begins <= NEW_HERE
            if new and _may_stay(seeding, seat):
                filled_by(seeding, came(seeding, seat, begins), free, course)
            return
        row = came(seeding, seat, begins)
        filled_by(seeding, row, free, course)
        went(seeding, row.worker, begins, ends)
        free = working(ends + timedelta(days=dice.randint(0, 14)))


def _may_stay(seeding: Seeding, seat: Seat) -> bool:
    """Some who came in the last weeks are here; in the story's area everybody is who was there before."""
    area = seat.post.team.area
    if seeding.here >= STAY_HERE or area is None or area.key == strip().area:
        return False
    seeding.here += 1
    return True


def came(seeding: Seeding, seat: Seat, begins: date) -> Occupancy:
    """Somebody new, in the directory, the team and the seat."""
    by, post = seeding.by, seat.post
    with clock.clock_at(nine(begins)):
        worker = organisation.add_worker(
            name=next(seeding.names), kind="staff", begins=begins, agency=post.team.agency, by=RULES
        )
        organisation.join_team(worker=worker, team=post.team, role=post.role, begins=begins, by=RULES)
        row = people.seat_worker(seat=seat, worker=worker, kind="substantive", begins=begins, by=by)
        people.say_contract(worker=worker, hours=seat.hours, begins=begins, by=by)
        since = begins - timedelta(days=seeding.dice.choice((20, 60, 300, 700, 1_500, 3_000)))
        people.say_particulars(
            worker=worker, profession=post.profession, begins=begins, in_profession_since=since, by=by
        )
    return row


def went(seeding: Seeding, worker: Worker, begins: date, ends: date) -> None:
    """The same, who left again, with notice."""
    last = ends - timedelta(days=1)
    with clock.clock_at(nine(before(max(begins, last - timedelta(days=28))))):
        notice = leavings.take_notice(
            worker=worker,
            given_on=clock.today(),
            last_day=last,
            reason=seeding.dice.choice(REASONS),
            by=seeding.by,
        )
    with clock.clock_at(nine(ends)):
        leavings.record_last_day(notice=notice, by=seeding.by)


def fill_vacancies(seeding: Seeding) -> None:
    """Most empty seats are on their way, each a little further than the next; every fifth waits to be opened."""
    found = fillable(seeding.today)
    own = set(Team.objects.filter(area__key=strip().area).values_list("name", flat=True))
    here = [each for each in found if each[0].team_name in own]
    others = [each for each in found if each not in here]
    spread = others[:: max(1, len(others) // WAYS_AT_ONCE)]
    for place, (_, standing) in enumerate([*here[:2], *spread][:WAYS_AT_ONCE]):
        if place % 5 == 4:
            continue
        seat = Seat.objects.select_related("post__team").get(pk=standing.id)
        ended = Occupancy.objects.filter(seat=seat, ends__isnull=False).values_list("ends", flat=True)
        wanted = seeding.today - timedelta(days=12 + 14 * (place % 8) + seeding.dice.randint(0, 9))
        on_its_way(seeding, seat, max([seat.begins, *ended]), wanted, place)


def give_notice(seeding: Seeding) -> None:
    """Two who are going, and one who stays after all; never one of the story's people."""
    story = {person.name for person in strip().people}
    seats = {"worker__occupancies__kind": "substantive", "worker__occupancies__ends": None}
    rows = Membership.objects.filter(holding(seeding.today), role__in=CARRIERS, **seats).exclude(
        worker__name__in=story
    )
    for place, row in enumerate(rows.select_related("worker").order_by("id")[1:22:7]):
        worker, given = row.worker, before(seeding.today - timedelta(days=9 + 5 * place))
        with clock.clock_at(nine(given)):
            last = before(seeding.today + timedelta(days=20 + 4 * place))
            notice = leavings.take_notice(
                worker=worker, given_on=given, last_day=last, reason="1", by=seeding.by
            )
            if place < 2:
                voices.offer_interview(worker=worker, kind="exit", answer_by=last, by=seeding.by)
        if place == 2:
            with clock.clock_at(nine(given + timedelta(days=6))):
                leavings.take_notice_back(
                    notice=Notice.objects.get(pk=notice.pk), on=given + timedelta(days=6), by=seeding.by
                )
