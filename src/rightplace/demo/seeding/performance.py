"""Objectives, thanks and support in the demonstration: what a team has in an ordinary year, and one formal stage."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db import transaction

from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.services.performance import objectives, supporting, thanking
from rightplace.services.performance.lock import opened_for
from rightplace.services.performance.models import Matter, Step
from rightplace.services.performance.supporting import Said

CARRIERS = (RoleCode.FRONT_DOOR_WORKER, RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.SOCIAL_WORKER)
A_QUARTER = timedelta(days=90)
"""Whoever came later has no objective agreed and no thanks yet: what is seeded lies further back."""
AIMS = (
    (
        "Lead the parenting group with a colleague from the spring on.",
        "Two mornings to prepare, and the group’s course.",
    ),
    ("Write visits up within two working days.", "One protected morning a week, and dictation."),
    ("Take a student along from September.", "The practice educator’s first module."),
    ("Know the schools of the area: visit each once this term.", "A list of them, and half a day a month."),
    ("Bring children’s own words into each plan.", "A session with the participation team."),
)
THANKS = (
    ("colleague", "You stayed with me until the emergency order was made. I will not forget it."),
    ("family", "She told us straight what worried her, and she rang when she said she would."),
    ("child", "You asked me first. Nobody did before."),
    ("partner", "The clearest plan that our school has had from anybody."),
    ("colleague", "Thank you for taking the two visits while I was ill."),
)


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour, 5), UTC)


@transaction.atomic
def seed(population: int, seed: int) -> None:
    """Each team: objectives, some agreed and some waiting; thanks, some shared; in two teams support."""
    dice = Random(f"{seed}:performance")  # noqa: S311  (a demonstration, not a secret)
    today = clock.today()
    rows = Membership.objects.filter(
        holding(today),
        holding(today, "worker__"),
        holding(today, "team__"),
        role__in=(*CARRIERS, *MANAGES_A_TEAM),
        begins__lte=today - A_QUARTER,
    )
    teams: dict[int, list[Membership]] = {}
    for row in rows.select_related("worker", "team").order_by("team_id", "-role", "begins", "id"):
        teams.setdefault(row.team_id, []).append(row)
    supported = 0
    for members in teams.values():
        lead = next((each for each in members if each.role in MANAGES_A_TEAM), None)
        workers = [each for each in members if each.role in CARRIERS]
        if lead is None or not workers:
            continue
        for place, row in enumerate(workers[:4]):
            aim(dice, actor_of(row), row, actor_of(lead), place)
        thank(dice, workers)
        there = [each for each in workers if each.begins <= today - timedelta(days=90)]
        if len(workers) > 2 and there and supported < 3:
            support(there[-1], actor_of(lead), supported)
            supported += 1


def aim(dice: Random, worker: Actor, row: Membership, lead: Actor, place: int) -> None:
    """One objective, agreed two months ago; or proposed last week, waiting for the other."""
    words, help_ = dice.choice(AIMS)
    today = clock.today()
    agreed = place % 3 != 2
    look = today + timedelta(days=dice.randint(-4, 90) if agreed else 120)
    look -= timedelta(days=max(look.weekday() - 4, 0))
    with clock.clock_at(at(today - timedelta(days=60 if agreed else 4))):
        made = objectives.propose_objective(
            worker=row.worker, words=words, support=help_, by=worker if place % 2 else lead,
            review_by=look,
        )  # fmt: skip
        if agreed:
            objectives.agree_objective(objective=made, by=lead if place % 2 else worker)
    if agreed and place == 0:
        with clock.clock_at(at(today - timedelta(days=12))):
            objectives.review_objective(objective=made, words="It has begun and goes well.", by=worker)


def thank(dice: Random, workers: list[Membership]) -> None:
    for place in range(min(3, len(workers))):
        source, words = dice.choice(THANKS)
        giver = workers[(place + 1) % len(workers)]
        if giver.worker_id == workers[place].worker_id:
            continue
        day = max(clock.today() - timedelta(days=dice.randint(2, 80)), workers[place].begins)
        if day > clock.today() - timedelta(days=2):
            continue  # came yesterday: nobody has thanked them yet
        with clock.clock_at(at(day, 15)):
            given = thanking.give_thanks(
                worker=workers[place].worker, source=source, words=words, consent=True, by=actor_of(giver)
            )
            if place != 1:
                thanking.share_thanks(thanks=given, shared=True, by=actor_of(workers[place]))


def answer(matter: Matter, worker: Actor, account: str) -> None:
    """The worker signs the last step, with an account of the own."""
    with opened_for(worker):
        last = Step.objects.filter(matter=matter).order_by("-number").first()
    if last is not None:
        supporting.sign_step(step=last, stand="differs" if account else "agrees", account=account, by=worker)


def support(row: Membership, lead: Actor, which: int) -> None:
    """One that ended well, one that goes on, one with a formal meeting before it."""
    worker, today = actor_of(row), clock.today()
    with clock.clock_at(at(today - timedelta(days=70))):
        matter = supporting.begin_support(
            worker=row.worker, words="Visits are written up within two working days by the end of the month.",
            help="One protected morning a week, dictation, and a colleague who reads the first ones with you.", by=lead,
        )  # fmt: skip
        answer(
            matter, worker, "The two court reports came in the same weeks. With the morning it can be done."
        )
    with clock.clock_at(at(today - timedelta(days=42))):
        supporting.take_step(
            matter=matter,
            said=Said(stage="looked_at", words="Half are in time. The morning helped."),
            by=lead,
        )
        if which == 1:
            return
        answer(matter, worker, "")
    if which == 0:
        with clock.clock_at(at(today - timedelta(days=14))):
            supporting.take_step(
                matter=matter, said=Said(stage="ended_well", words="All are in time now."), by=lead
            )
            answer(matter, worker, "Thank you for the morning. I would like to keep it.")
        return
    formal(matter, worker, lead)


def formal(matter: Matter, worker: Actor, lead: Actor) -> None:
    """Human resources announces a meeting; the worker names who comes along."""
    today = clock.today()
    hr = (
        Membership.objects.filter(holding(today), role=RoleCode.HUMAN_RESOURCES)
        .select_related("worker", "team")
        .first()
    )
    friend = (
        Membership.objects.filter(holding(today), team=worker.team, role__in=CARRIERS)
        .exclude(worker=worker.worker)
        .select_related("worker")
        .first()
    )
    if hr is None or friend is None:
        return
    with clock.clock_at(at(today - timedelta(days=5))):
        supporting.ask_for_formal(matter=matter, hr_owner=hr.worker, by=lead)
        said = Said(
            stage="notice", words="A meeting about late records of visits; the list is attached to the letter.",
            adjustments="A quiet room, and the papers a week before, as asked.", due=today + timedelta(days=9),
        )  # fmt: skip
        supporting.take_step(matter=matter, said=said, by=actor_of(hr))
        supporting.name_companion(matter=matter, name="", worker=friend.worker, reads=True, by=worker)
