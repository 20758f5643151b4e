"""The redesign of 2011 from its first flaw to the end of consultation, and a small programme of today.

Results wait in `restructure_results`, until the selection has seeded who was placed. Everything goes through actions,
but the posts and people, which are written in bulk.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from random import Random
from typing import Final

from django.db import transaction

from rightplace.demo.finishing import someone
from rightplace.demo.seeding.restructure_posts import (
    BEGAN,
    ENDED,
    FIRST_DAY,
    LATER,
    LONG_BEFORE,
    NOTED,
    Redesign,
    make_posts,
)
from rightplace.demo.seeding.restructure_today import seed_today
from rightplace.demo.seeding.restructure_words import (
    ASKED,
    COSTS,
    EARLY,
    MEETINGS,
    REASONS,
    TERMS,
    UNIONS,
)
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Kept, Occupancy
from rightplace.foundation.organisation.models import Agency, Membership, Team, Worker
from rightplace.foundation.organisation.programme import actions as programmes
from rightplace.foundation.organisation.programme.stages import roles_of
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.restructure import actions, consulting, declaring, papers
from rightplace.services.restructure.models import GradeCost, Unlinked

TITLE: Final = "The right child at the right place (2011)"
POINTS: Final = {"GR6": 545, "GR4+": 402}


def morning_of(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), UTC)


@transaction.atomic
def seed(population: int, seed: int) -> None:
    """Once: the redesign of 2011, then today's small programme."""
    if not Programme.objects.filter(title=TITLE).exists():
        seed_2011(Random(f"{seed}:restructure"))  # noqa: S311  (a demonstration, not a secret)
    seed_today(Random(f"{seed}:restructure today"))  # noqa: S311


def seed_2011(dice: Random) -> None:
    """Programme, posts and people; then what was said, asked and decided, each on its day."""
    agency = Agency.objects.filter(kind="authority").order_by("id")[0]
    hr, director = leaders_of_2011(agency, dice)
    with clock.clock_at(morning_of(BEGAN)):
        programme = programmes.begin_programme(
            title=TITLE, purpose="One family support team for each area, so that a child meets one team and one plan.",
            lead=Worker.objects.get(pk=director.worker), begins=BEGAN, by=hr,
        )  # fmt: skip
        programmes.set_first_day(programme=programme, on=FIRST_DAY, by=hr)
    programme.refresh_from_db()
    make_posts(Redesign(programme, hr.worker, dice, agency))
    protect_what_works(programme)
    say_what_was_said(programme, hr)
    evaluate(programme, hr)
    declare_all(programme, dice)
    show(programme, hr, EARLY)
    with clock.clock_at(morning_of(ENDED)):
        programmes.end_programme(programme=programme, on=ENDED, by=hr)


def leaders_of_2011(agency: Agency, dice: Random) -> tuple[Actor, Actor]:
    """The two who sign: human resources and the director of those years, invented as everybody here."""
    noted = {"recorded_at": NOTED, "recorded_by_id": someone(RoleCode.ADMINISTRATOR).worker}
    team = Team.objects.create(
        agency=agency,
        name="Directorate (2011)",
        kind=Team.Kind.LEADERSHIP,
        begins=LONG_BEFORE,
        ends=LATER,
        **noted,
    )
    found = []
    for name, role in (
        ("Rosalind Achterberg", RoleCode.HUMAN_RESOURCES),
        ("Clive Winterbourne", RoleCode.DIRECTOR),
    ):
        worker = Worker.objects.create(
            name=name, kind="staff", agency=agency, begins=LONG_BEFORE, ends=LATER, **noted
        )
        Membership.objects.create(
            worker=worker, team=team, role=role, begins=LONG_BEFORE, ends=LATER, **noted
        )
        like = someone(role)
        found.append(
            replace(like, worker=worker.pk, name=name, team=team.pk, team_kind=team.kind, team_name=team.name)
        )
    return found[0], found[1]


def signer(programme: Programme, role: RoleCode) -> Actor:
    """Who signed for the redesign in a role, in its years."""
    row = Membership.objects.select_related("worker", "team").get(team__name="Directorate (2011)", role=role)
    return replace(someone(role), worker=row.worker_id, name=row.worker.name, team=row.team_id)


def protect_what_works(programme: Programme) -> None:
    """What works is named: two teams whose way of working was taken over by all sixteen."""
    ends = Unlinked.objects.filter(programme=programme).values("post")
    rows = programme.posts.filter(side="old", post__team__name__startswith="Family support service 3")
    rows.exclude(post__in=ends).update(
        protected=True, because="One worker for the whole family, without a second assessment"
    )


def say_what_was_said(programme: Programme, by: Actor) -> None:
    """From flaw to result, whom we consulted, what they asked, and the papers that the law asks for."""
    for line, steps in enumerate(REASONS, 1):
        for kind, on, words, figure in steps:
            with clock.clock_at(morning_of(on)):
                actions.say_reason(
                    programme=programme, kind=kind, words=words, on=on, by=by, figure=figure,
                    line=None if kind == "flaw" else line,
                )  # fmt: skip
    with clock.clock_at(morning_of(date(2011, 1, 10))):
        bodies = [
            consulting.add_body(programme=programme, name=name, kind=kind, speaks_for=speaks_for, by=by)
            for name, kind, speaks_for in UNIONS
        ]
        GradeCost.objects.bulk_create(
            GradeCost(programme=programme, grade=grade, pence=pence, source="Sample: budget book of the year, with "
                      "employer’s costs", recorded_at=clock.now(), recorded_by_id=by.worker)
            for grade, pence in COSTS
        )  # fmt: skip
        consulting.say_terms(programme=programme, by=by, **TERMS)
        for kind in ("s188", "hr1"):
            papers.make_paper(programme=programme, kind=kind, by=by)
    for kind, on, words in MEETINGS:
        with clock.clock_at(morning_of(on)):
            consulting.record_meeting(
                programme=programme, kind=kind, on=on, words=words, bodies=bodies, by=by
            )
    owner = Worker.objects.get(pk=by.worker)
    for place, (kind, on, words, answered, answer, outcome) in enumerate(ASKED):
        with clock.clock_at(morning_of(on)):
            asked = consulting.record_asked(
                programme=programme,
                kind=kind,
                body=bodies[place % len(bodies)],
                on=on,
                words=words,
                owner=owner,
                by=by,
            )
        with clock.clock_at(morning_of(answered)):
            consulting.answer_asked(asked=asked, answer=answer, outcome=outcome, by=by)


def evaluate(programme: Programme, by: Actor) -> None:
    """A job evaluation for each new role, with its equal pay check, and an agreed profile."""
    for place, role in enumerate(roles_of(programme.pk)):
        grade = "GR6" if "manager" in role else "GR4+"
        on = date(2011, 2, 14 + place)
        with clock.clock_at(morning_of(on)):
            actions.record_evaluation(
                programme=programme, role=role, grade=grade, points=POINTS[grade], on=on,
                evaluators="One evaluator of human resources, one of the unions, both trained",
                reference=f"JE-2011-{place + 1:02d}", equal_pay=True,
                equal_pay_words="Held against work of equal value in adult care and schools: the same points, the same grade.",
                by=by,
            )  # fmt: skip
            actions.show_stage(
                programme=programme, stage="profiles", kind="role profile agreed", of=role, on=on,
                reference=f"Role profile {place + 1}", by=by,
            )  # fmt: skip


ANSWERS: Final = {
    "sex": ((76, "woman"), (20, "man"), (4, "prefer not to say")),
    "age": ((14, "under 30"), (36, "30 to 44"), (38, "45 to 59"), (9, "60 or over"), (3, "prefer not to say")),
    "ethnicity": ((22, "Asian"), (16, "Black"), (6, "mixed"), (50, "white"), (1, "another group"), (5, "prefer not to say")),
    "disability": ((8, "disabled"), (82, "not disabled"), (10, "prefer not to say")),
    "caring": ((31, "carer"), (60, "no carer"), (9, "prefer not to say")),
}  # fmt: skip


def declare_all(programme: Programme, dice: Random) -> None:
    """Most people answered, of themselves; the table is sealed from then on, also from the demonstration."""
    for worker in sorted(people_of(programme)):
        if dice.random() < 0.12:
            continue
        answers = {
            kind: dice.choices([each for _, each in weights], weights=[n for n, _ in weights])[0]
            for kind, weights in ANSWERS.items()
        }
        declaring.seal(programme.pk, worker, answers)


def people_of(programme: Programme) -> set[int]:
    """Who had a post of the old side when the programme began, or the right to come back to one."""
    seats = {"seat__post__in_programmes__programme": programme, "seat__post__in_programmes__side": "old"}
    return {
        *Occupancy.objects.filter(**seats, begins__lte=BEGAN, ends__gt=BEGAN).values_list(
            "worker", flat=True
        ),
        *Kept.objects.filter(**seats).values_list("worker", flat=True),
    }


def show(programme: Programme, by: Actor, evidence: tuple[tuple[str, str, date, str], ...]) -> None:
    """Evidence of stages, each on its day."""
    for stage, kind, on, reference in evidence:
        with clock.clock_at(morning_of(on)):
            actions.show_stage(programme=programme, stage=stage, kind=kind, on=on, reference=reference, by=by)
