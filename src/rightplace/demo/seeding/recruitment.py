"""Recruitment in the demonstration: three years of leavers and joiners, vacancies on their way, interviews, two initiatives.

Those who left before the demonstration's people came are people of their own, in seats of posts that stand empty now or
that somebody fills since. Everything is written by the same actions as on the pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db import transaction

from rightplace.demo.finishing import holders, someone
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import RULES, Actor, actor_of
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import people
from rightplace.foundation.organisation.establishment.tables import Freeze, Kept, Occupancy, Post, Seat
from rightplace.foundation.organisation.models import Membership, Team, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.services.recruitment import candidates, filling, initiatives, leavings, voices
from rightplace.services.recruitment.models import Candidate, Notice, Vacancy, Voice

FIRST = (
    "Adaeze",
    "Bryn",
    "Carys",
    "Dominic",
    "Elspeth",
    "Farhan",
    "Gwen",
    "Hari",
    "Isla",
    "Jonah",
    "Kezia",
    "Mina",
    "Nadia",
    "Owain",
    "Pippa",
    "Rowan",
    "Sunniva",
    "Tariq",
    "Una",
    "Viktor",
    "Wren",
    "Yusra",
)
LAST = (
    "Abara",
    "Blythe",
    "Calder",
    "Dunmore",
    "Ellery",
    "Farrow",
    "Gantry",
    "Hollis",
    "Ivens",
    "Jessop",
    "Kettle",
    "Marlow",
    "Nettleton",
    "Orchard",
    "Penhale",
    "Quillan",
    "Rusk",
    "Sedge",
    "Thorley",
    "Upwood",
    "Vane",
)
CARRIERS = (RoleCode.SOCIAL_WORKER, RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.FRONT_DOOR_WORKER)
REASONS = ("1", "1", "1", "1", "5", "8", "9")
LOST = (
    ("shortlisted", "not_shortlisted"),
    ("shortlisted", "not_shortlisted"),
    ("interviewed", "withdrew_elsewhere"),
    ("interviewed", "withdrew_slow"),
    ("offered", "not_appointable"),
    ("accepted", "withdrew_pay"),
    ("checked", "check_slow"),
)
EXIT = (
    (
        "workload",
        "Two court cases at once and nobody to take one.",
        "Nobody can do two court cases at once well.",
    ),
    ("workload", "I wrote records at night for a year.", ""),
    ("supervision", "Supervision was moved four times.", ""),
    ("pay", "The next authority pays more for the same grade.", ""),
    ("career", "There was no next step for me here.", ""),
)
STAY = (
    ("team", "My colleagues. We eat together on Fridays."),
    ("flexible", "I start late on two days for school."),
    ("workload", "Fewer families and I would stay for good."),
)


@dataclass
class Seeding:
    """What is at hand."""

    dice: Random
    by: Actor
    heads: list[Actor]
    today: date
    number: int = 0

    def name(self) -> str:
        self.number += 1
        return f"{FIRST[self.number % len(FIRST)]} {LAST[self.number * 5 % len(LAST)]}"


def nine(day: date) -> datetime:
    return datetime.combine(day, time(9, 15), UTC)


@transaction.atomic
def seed(population: int, seed: int) -> None:
    """Those who came and went, the vacancies, the interviews, the initiatives."""
    today = clock.today()
    heads = [actor_of(row) for row in (*holders(RoleCode.HEAD_OF_SERVICE), *holders(RoleCode.DIRECTOR))]
    dice = Random(f"{seed}:recruitment")  # noqa: S311  (a demonstration, not a secret)
    seeding = Seeding(dice, someone(RoleCode.HUMAN_RESOURCES), heads, today)
    begin_initiatives(seeding)
    gone = came_and_went(seeding)
    fill_vacancies(seeding)
    give_notice(seeding)
    hear(seeding, gone)


def begin_initiatives(seeding: Seeding) -> None:
    """One that is old enough to compare, one that is not."""
    teams = list(
        Team.objects.filter(holding(seeding.today), kind__in=("assessment", "safeguarding")).order_by("id")
    )
    support = list(Team.objects.filter(holding(seeding.today), kind="family_support").order_by("id"))
    head = seeding.heads[0]
    plans = (
        (
            "A study day each month",
            400,
            teams[: max(2, len(teams) // 3)],
            3_600_000,
            "Four fewer leavers a year in these teams.",
        ),
        (
            "A mentor in the first year",
            75,
            support[: max(1, len(support) // 4)],
            1_850_000,
            "One fewer leaver in a first year.",
        ),
    )
    for title, days, chosen, cost, expected in plans:
        on = seeding.today - timedelta(days=days)
        if chosen:
            with clock.clock_at(nine(on)):
                initiatives.begin_initiative(
                    title=title,
                    aim="keep",
                    begins=on,
                    cost=cost,
                    expected=expected,
                    teams=chosen,
                    by=head,
                    because="Exit interviews named workload and no next step.",
                )


def came_and_went(seeding: Seeding) -> list[Worker]:
    """Seats that were filled and left again in the last three years: some by now empty, others before those who sit there."""
    found: list[Worker] = []
    posts = Post.objects.filter(
        holding(seeding.today), role__in=CARRIERS, begins__lt=seeding.today - timedelta(days=200)
    )
    for post in posts.prefetch_related("seats").order_by("id"):
        seat = next(iter(post.seats.all()), None)
        empty = (
            seat is not None
            and not Occupancy.objects.filter(seat=seat).exists()
            and not Kept.objects.filter(seat=seat).exists()
        )
        if seat is None or not empty or Freeze.objects.filter(post=post).exists():
            continue
        begins = max(seat.begins, seeding.today - timedelta(days=1_050)) + timedelta(
            days=seeding.dice.randint(5, 60)
        )
        while begins < seeding.today - timedelta(days=130):
            days = int(seeding.dice.expovariate(1 / 420)) + 60
            ends = min(
                begins + timedelta(days=days), seeding.today - timedelta(days=seeding.dice.randint(20, 90))
            )
            if ends <= begins + timedelta(days=30):
                break
            row = stayed(seeding, seat, begins, ends)
            filled_by(seeding, row, begins - timedelta(days=seeding.dice.randint(86, 98)))
            found.append(row.worker)
            begins = ends + timedelta(days=seeding.dice.randint(100, 160))
    return found


def stayed(seeding: Seeding, seat: Seat, begins: date, ends: date) -> Occupancy:
    """Somebody who came on one day and left on another."""
    by, post = seeding.by, seat.post
    with clock.clock_at(nine(begins)):
        worker = organisation.add_worker(
            name=seeding.name(), kind="staff", begins=begins, agency=post.team.agency, by=RULES
        )
        organisation.join_team(worker=worker, team=post.team, role=post.role, begins=begins, by=RULES)
        row = people.seat_worker(seat=seat, worker=worker, kind="substantive", begins=begins, by=by)
        people.say_contract(worker=worker, hours=seat.hours, begins=begins, by=by)
        since = begins - timedelta(days=seeding.dice.choice((20, 60, 300, 700, 1_500, 3_000)))
        people.say_particulars(
            worker=worker, profession=post.profession, begins=begins, in_profession_since=since, by=by
        )
    last = ends - timedelta(days=1)
    with clock.clock_at(nine(max(begins, last - timedelta(days=28)))):
        notice = leavings.take_notice(
            worker=worker, given_on=clock.today(), last_day=last, reason=seeding.dice.choice(REASONS), by=by
        )
    with clock.clock_at(nine(ends)):
        leavings.record_last_day(notice=notice, by=by)
    return row


def fill_vacancies(seeding: Seeding) -> None:
    """Most empty seats are on their way, each a little further than the next; some were filled before."""
    from rightplace.services.recruitment.queries import fillable

    for place, (_, standing) in enumerate(fillable(seeding.today)[:14]):
        seat = Seat.objects.select_related("post__team").get(pk=standing.id)
        if place % 5 == 4:
            continue
        free = max(
            [
                seat.begins,
                *Occupancy.objects.filter(seat=seat, ends__isnull=False).values_list("ends", flat=True),
            ]
        )
        opened = max(free, seeding.today - timedelta(days=18 + 13 * (place % 7)))
        on_its_way(seeding, seat, opened, place)


def on_its_way(seeding: Seeding, seat: Seat, opened: date, place: int) -> None:
    """One vacancy as far as its days allow, with candidates at several steps."""
    by, head = seeding.by, seeding.heads[place % len(seeding.heads)]
    with clock.clock_at(nine(opened)):
        made = filling.open_vacancy(seat=seat, on=opened, because="A worker left and the work stays", by=by)
    for code, days, who in (("approved", 6, head), ("advertised", 11, by), ("closed", 32, by)):
        on = opened + timedelta(days=days)
        if on <= seeding.today:
            with clock.clock_at(nine(on)):
                filling.record_vacancy_step(vacancy=made, code=code, on=on, by=who)
    applied = opened + timedelta(days=16)
    for person in range(seeding.dice.randint(2, 5)):
        if applied + timedelta(days=person) <= seeding.today:
            upto, lost = ("started", "") if person == 0 else seeding.dice.choice(LOST)
            walk(seeding, made, applied + timedelta(days=person), upto, lost)


STEPS = (("shortlisted", 18), ("interviewed", 27), ("offered", 30), ("accepted", 35), ("checked", 66))


def walk(seeding: Seeding, vacancy: Vacancy, applied: date, upto: str, lost: str) -> Candidate | None:
    """One candidate from applying on, as far as the days allow, or to the step at which the candidate was lost."""
    by, end = seeding.by, seeding.today
    with clock.clock_at(nine(applied)):
        equality = {"sex": seeding.dice.choice(("female", "female", "female", "male"))}
        made = candidates.add_candidate(
            vacancy=vacancy,
            name=seeding.name(),
            contact="answered by email",
            on=applied,
            equality=equality,
            by=by,
        )
    for code, days in STEPS:
        on = applied + timedelta(days=days)
        if on > end:
            return made
        with clock.clock_at(nine(on)):
            if code == upto and lost:
                candidates.lose_candidate(candidate=made, because=lost, on=on, by=by)
                return None
            one_step(seeding, made, code, on, would=lost != "not_appointable")
    return made


def one_step(seeding: Seeding, made: Candidate, code: str, on: date, *, would: bool) -> None:
    found = Candidate.objects.select_related("vacancy__seat__post__team").get(pk=made.pk)
    if code == "interviewed":
        team = found.vacancy.seat.post.team_id
        own = (
            Membership.objects.filter(holding(on), team=team, role__in=MANAGES_A_TEAM)
            .select_related("worker", "team")
            .first()
        )
        panel = list(([actor_of(own)] if own else []) + seeding.heads)[:2]
        workers = list(Worker.objects.filter(pk__in=[each.worker for each in panel]))
        candidates.name_panel(candidate=found, workers=workers, on=on, by=seeding.by)
        for each in panel:
            candidates.say_word(
                candidate=found,
                appointable=would,
                reasons="Listens well; court work was asked about.",
                by=each,
            )
    elif code == "checked":
        for check in candidates.checks_for(found):
            candidates.see_check(candidate=found, code=check.code, on=on, by=seeding.by)
    else:
        candidates.record_step(candidate=found, code=code, on=on, by=seeding.by)


def filled_by(seeding: Seeding, row: Occupancy, opened: date) -> None:
    """The vacancy before a first day, with those who were lost on the way, as it was then."""
    by, local = seeding.by, timedelta(days=1)
    with clock.clock_at(nine(opened)):
        made = filling.open_vacancy(seat=row.seat, on=opened, because="A worker left", by=by)
    for code, days, who in (("approved", 6, seeding.heads[0]), ("advertised", 11, by), ("closed", 32, by)):
        with clock.clock_at(nine(opened + timedelta(days=days))):
            filling.record_vacancy_step(vacancy=made, code=code, on=clock.today(), by=who)
    applied = opened + timedelta(days=16)
    chosen = walk(seeding, made, applied, "started", "")
    for _ in range(seeding.dice.randint(1, 3)):
        walk(seeding, made, applied + local, *seeding.dice.choice(LOST))
    for other in Candidate.objects.filter(vacancy=made, ended_on=None).exclude(pk=chosen.pk if chosen else 0):
        candidates.lose_candidate(candidate=other, because="other_chosen", on=row.begins, by=by)
    if chosen is not None:
        with clock.clock_at(nine(row.begins)):
            candidates.sits_already(candidate=Candidate.objects.get(pk=chosen.pk), occupancy=row, by=by)


def give_notice(seeding: Seeding) -> None:
    """Two who are going, and one who stays after all; never one of the story's people."""
    from rightplace.demo.material.strip import strip

    story = {person.name for person in strip().people}
    rows = (
        Membership.objects.filter(
            holding(seeding.today),
            role__in=CARRIERS,
            worker__occupancies__kind="substantive",
            worker__occupancies__ends=None,
        )
        .select_related("worker")
        .order_by("id")
    )
    able = [row.worker for row in rows if row.worker.name not in story][::7][:3]
    for place, worker in enumerate(able):
        given = seeding.today - timedelta(days=9 + 5 * place)
        with clock.clock_at(nine(given)):
            notice = leavings.take_notice(
                worker=worker,
                given_on=given,
                last_day=seeding.today + timedelta(days=20 + 4 * place),
                reason="1",
                by=seeding.by,
            )
            if place == 2:
                leavings.take_notice_back(notice=Notice.objects.get(pk=notice.pk), on=given, by=seeding.by)
            else:
                voices.offer_interview(worker=worker, kind="exit", answer_by=notice.last_day, by=seeding.by)


def hear(seeding: Seeding, gone: list[Worker]) -> None:
    """Exit interviews of those who left, stay interviews of those who are here; most are read and coded."""
    for place, worker in enumerate(gone[-24:]):
        row = Membership.objects.filter(worker=worker).select_related("worker", "team").first()
        if row is None or row.ends is None:
            continue
        theme, words, quote = EXIT[place % len(EXIT)] if place % 3 else EXIT[0]
        said(seeding, actor_of(row), "exit", row.ends - timedelta(days=3), theme, words, quote)
    stays = (
        Membership.objects.filter(holding(seeding.today), role__in=CARRIERS)
        .select_related("worker", "team")
        .order_by("id")
    )
    for place, row in enumerate(stays[2:26:2]):
        theme, words = STAY[place % len(STAY)] if place % 4 else STAY[2]
        on = date(2025, 10, 6) + timedelta(days=3 * place)
        if row.begins < on:
            said(seeding, actor_of(row), "stay", on, theme, words, "")


def said(seeding: Seeding, worker: Actor, kind: str, on: date, theme: str, words: str, quote: str) -> None:
    """One interview: offered, answered two days later, read the day after."""
    try:
        with clock.clock_at(nine(on - timedelta(days=2))):
            who = Worker.objects.get(pk=worker.worker)
            made: Voice = voices.offer_interview(worker=who, kind=kind, answer_by=on, by=seeding.by)
        with clock.clock_at(nine(on)):
            asked = "What made you begin to look elsewhere?" if kind == "exit" else "What makes you stay?"
            voices.answer_interview(voice=made, answers=[(asked, words)], quote=quote, by=worker)
        with clock.clock_at(nine(on + timedelta(days=1))):
            voices.code_themes(voice=made, themes=[theme], quote_under=theme if quote else "", by=seeding.by)
    except Refused:
        return  # somebody with an interview of this kind already
