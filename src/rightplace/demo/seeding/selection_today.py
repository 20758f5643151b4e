"""A small selection of today, in the week of its interviews: two advanced practitioners among social workers of the south.

There are as many places as people, so nobody loses their work. The story's social worker is one of them; the manager of
the team and a family support manager score; one colleague appeals against the pool and is heard this week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction

from rightplace.demo.finishing import holders, someone
from rightplace.demo.material.strip import strip
from rightplace.demo.seeding.selection_scores import ADJUSTED, CRITERIA, EVIDENCE, HIGHEST_MARK, MOST_APART
from rightplace.domain.restructuring import shipped_stages
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions as posts
from rightplace.foundation.organisation.establishment.tables import Occupancy, Post
from rightplace.foundation.organisation.models import Area, Membership, Team, Worker
from rightplace.foundation.organisation.programme import actions as programmes
from rightplace.foundation.organisation.programme.stages import roles_of
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.recruitment.models import Notice
from rightplace.services.restructure import actions, consulting
from rightplace.services.selection import appealing, pooling, preferring, scoring
from rightplace.services.selection.models import Exercise, Job, Member, Pool, ScoreSheet
from rightplace.services.selection.scoring import Given

TITLE: Final = "Advanced practitioners in assessment"
BEGAN, TOLD, APPEALED, CLOSED, FIRST_DAY = (
    date(2026, 1, 19), date(2026, 2, 17), date(2026, 2, 24), date(2026, 2, 27), date(2026, 5, 4),
)  # fmt: skip
HEARING: Final = date(2026, 3, 5)
INTERVIEWS: Final = date(2026, 3, 2)
SLOTS: Final = (time(13), time(13, 45), time(14, 30), time(15, 15))
LEAST: Final = 4
MOST: Final = 12
STEPS: Final = (
    (
        "flaw",
        date(2026, 1, 20),
        "Whoever becomes good at assessments leaves them: the next grade is a manager’s.",
    ),
    ("cause", date(2026, 1, 20), "There is no step between a social worker and a manager."),
    ("change", date(2026, 1, 29), "Two advanced practitioners who go on working with families, and teach."),
    ("measure", date(2026, 1, 29), "Social workers who stay in assessment for three years."),
)
SHOWN: Final = (
    ("case", date(2026, 1, 20), "Board paper 3"), ("structure", date(2026, 1, 29), "Structure 1.0"),
    ("equality", date(2026, 2, 2), "Equality 2026/4"), ("authority", date(2026, 2, 5), "Delegated decision 2026/9"),
    ("consultation", date(2026, 2, 16), "Joint minutes of 16 February 2026"),
    ("profiles", date(2026, 2, 16), "Career steps, page 4"),
)  # fmt: skip
EVALUATED: Final = "job evaluated"
STEP_UP: Final = "Advanced practitioner"
DISMISSING: Final = ("section 188 statement given", "HR1 received")
NOT_ASKED: Final = "Not asked for: nobody is to be dismissed"
GROUNDS: Final = "I have been lent to the front door since January. Ask me where I belong before you put me into this pool."


@dataclass
class Hands:
    """Who keeps it, and who scores."""

    hr: Actor
    scorers: Sequence[Membership]


def nine(day: date) -> datetime:
    return datetime.combine(day, time(9, 20), UTC)


@transaction.atomic
def seed(population: int, seed: int) -> None:
    """Once; where the story's people are not there, nothing."""
    held = _seats()
    scorers = _scorers()
    if len(held) < LEAST or len(scorers) < 2 or Programme.objects.filter(title=TITLE).exists():
        return
    hands = Hands(someone(RoleCode.HUMAN_RESOURCES), scorers)
    programme = _programme(hands, [each.seat.post for each in held])
    exercise = _pool(programme, hands, [each.seat.post for each in held])
    members = list(
        Member.objects.filter(exercise=exercise).select_related("worker", "exercise").order_by("pk")
    )
    _wishes(exercise, members, hands)
    _appeal(members, hands)
    _interviews(exercise, members, hands)


def _seats() -> list[Occupancy]:
    """Social workers of the assessment teams of the story's quarter, in a small town of all, in posts of their own for good."""
    quarter = Area.objects.get(key=strip().area).quarter
    today = clock.today()
    rows = Occupancy.objects.filter(
        holding(today), seat__post__team__kind=Team.Kind.ASSESSMENT, seat__post__role=RoleCode.SOCIAL_WORKER,
        kind=Occupancy.Kind.SUBSTANTIVE, worker__user__is_active=True,
    )  # fmt: skip
    rows = rows.exclude(worker__in=_leaving()).select_related("seat__post__team", "worker").order_by("id")
    near = rows.filter(seat__post__team__area__quarter=quarter)
    found = near if near.count() >= LEAST else rows
    story = {each.name for each in strip().people}
    alone = {each.seat.post_id: each for each in found}
    return sorted(alone.values(), key=lambda each: (each.worker.name not in story, each.pk))[:MOST]


def _leaving() -> list[int]:
    """Who gave notice is no part of it."""
    return list(Notice.objects.filter(taken_back_on=None).values_list("worker", flat=True))


def _scorers() -> list[Membership]:
    """The manager of the story's assessment team, and the story's family support manager."""
    area = strip().area
    own = [row for row in holders(RoleCode.TEAM_MANAGER)
           if row.team.kind == Team.Kind.ASSESSMENT and row.team.area and row.team.area.key == area]  # fmt: skip
    names = {each.name for each in strip().people}
    other = [row for row in holders(RoleCode.FAMILY_SUPPORT_MANAGER) if row.worker.name in names]
    return [*own[:1], *other[:1]]


def _programme(hands: Hands, old: Sequence[Post]) -> Programme:
    """The posts of today on one side; on the other the same number, two of them for advanced practitioners."""
    by = hands.hr
    with clock.clock_at(nine(BEGAN)):
        made = programmes.begin_programme(
            title=TITLE, purpose="Whoever knows assessment best can stay in it, and teach it.",
            lead=Worker.objects.get(pk=someone(RoleCode.HEAD_OF_SERVICE).worker), begins=BEGAN, by=by,
        )  # fmt: skip
        programmes.set_first_day(programme=made, on=FIRST_DAY, by=by)
        made.refresh_from_db()
        for place, before in enumerate(old):
            programmes.put_post(programme=made, post=before, side="old", by=by)
            leads = place < 2
            after = posts.open_post(
                title=STEP_UP if leads else before.title, grade="GR6" if leads else before.grade,
                profession=before.profession, role=before.role, team=before.team, funding=before.funding,
                hours=Decimal(before.hours), begins=FIRST_DAY, by=by, reference=f"AP26-{place + 1:02d}",
            )  # fmt: skip
            programmes.put_post(programme=made, post=after, side="new", by=by)
            posts.say_lineage(
                before=before, after=after, on=FIRST_DAY, kind="changed", by=by,
                because="The post goes on, in the new career step",
            )  # fmt: skip
    _consult(made, by)
    _evidence(made, by)
    line = None
    for kind, on, words in STEPS:
        with clock.clock_at(nine(on)):
            said = actions.say_reason(
                programme=made, kind=kind, words=words, on=on, by=by, figure="", line=line
            )
            line = said.line
    return made


def _consult(programme: Programme, by: Actor) -> None:
    """Two meetings with the union, and a question that was answered in a week."""
    with clock.clock_at(nine(date(2026, 2, 6))):
        body = consulting.add_body(
            programme=programme, name="Unison branch, children’s services", kind="union",
            speaks_for="Social workers in assessment", by=by,
        )  # fmt: skip
        consulting.record_meeting(
            programme=programme, kind="proposal", on=date(2026, 2, 6), bodies=[body], by=by,
            words="The proposal and the career steps were handed over; there is a place for everybody.",
        )  # fmt: skip
        asked = consulting.record_asked(
            programme=programme, kind="question", body=body, on=date(2026, 2, 6), words="Who covers while a step up is learnt?",
            owner=Worker.objects.get(pk=by.worker), by=by,
        )  # fmt: skip
    with clock.clock_at(nine(date(2026, 2, 13))):
        words = "The team keeps its hours: one family fewer for each of the two in the first half-year."
        consulting.answer_asked(asked=asked, answer=words, outcome="answered", by=by)
    with clock.clock_at(nine(date(2026, 2, 16))):
        consulting.record_meeting(
            programme=programme, kind="meeting", on=date(2026, 2, 16), bodies=[body], by=by,
            words="Pool and criteria agreed; the union names an observer for the interviews.",
        )  # fmt: skip


def _evidence(programme: Programme, by: Actor) -> None:
    """What shows that the stages before the pools are done; nobody is to be dismissed, so two papers were not asked for."""
    shipped = {each.id: each for each in shipped_stages()}
    roles = roles_of(programme.pk)
    for stage, on, reference in SHOWN:
        with clock.clock_at(nine(on)):
            for kind in shipped[stage].evidence:
                said = NOT_ASKED if kind in DISMISSING else reference
                for role in roles if shipped[stage].each else ("",):
                    if kind == EVALUATED:
                        _evaluate(programme, role, on, by)
                        continue
                    actions.show_stage(
                        programme=programme, stage=stage, kind=kind, of=role, on=on, reference=said, by=by
                    )


def _evaluate(programme: Programme, role: str, on: date, by: Actor) -> None:
    grade, points = ("GR6", 512) if role == STEP_UP else ("GR5", 448)
    actions.record_evaluation(
        programme=programme, role=role, grade=grade, points=points, on=on, by=by, equal_pay=True,
        evaluators="One evaluator of human resources, one of the unions, both trained", reference=f"JE-2026-{points}",
        equal_pay_words="Held against work of equal value in adult care: the same points, the same grade.",
    )  # fmt: skip


def _pool(programme: Programme, hands: Hands, old: Sequence[Post]) -> Exercise:
    by = hands.hr
    with clock.clock_at(nine(TOLD)):
        exercise = pooling.begin_exercise(programme=programme, opens=TOLD, closes=CLOSED, by=by)
        pooling.make_jobs(exercise=exercise, by=by, threshold=5_000)
        jobs = list(Job.objects.filter(exercise=exercise))
        pooling.make_pool(
            exercise=exercise, name="Social workers in assessment, south", kind=Pool.Kind.RING_FENCE, posts=list(old),
            jobs=jobs, because="There is a place for each of you; two of the places are a step up.", by=by,
        )  # fmt: skip
        pooling.fill_pools(exercise=exercise, by=by)
        pooling.agree_pools(exercise=exercise, reference="Joint minutes of 16 February 2026", by=by)
        pooling.tell_pools(exercise=exercise, by=by)
    exercise.refresh_from_db()
    return exercise


def _wishes(exercise: Exercise, members: Sequence[Member], hands: Hands) -> None:
    """Most name a step up first, then the team in which they are; one named nothing."""
    jobs = list(Job.objects.filter(exercise=exercise).order_by("pk"))
    for place, member in enumerate(members):
        if place == len(members) - 1 or member.away:
            continue
        post = Post.objects.get(pk=member.post_id)
        mine = [job for job in jobs if job.team_id == post.team_id]
        up = [job for job in jobs if job.title == STEP_UP] if place % 3 != 2 else []
        wanted = list(dict.fromkeys([*up, *mine, *jobs]))[:5]
        with clock.clock_at(nine(TOLD + timedelta(days=2 + place % 8))):
            preferring.say_preferences(member=member, jobs=wanted, by=_own(member))


def _own(member: Member) -> Actor:
    row = Membership.objects.filter(
        holding(clock.today()), worker=member.worker_id, role=RoleCode.SOCIAL_WORKER
    )
    return actor_of(row.select_related("worker", "team").order_by("id")[0])


def _appeal(members: Sequence[Member], hands: Hands) -> None:
    """One appeals against the pool; a head of service who took no part hears it this week."""
    story = {each.name for each in strip().people}
    member = next(each for each in reversed(members) if each.worker.name not in story)
    with clock.clock_at(nine(APPEALED)):
        appeal = appealing.raise_appeal(member=member, about="pool", grounds=GROUNDS, by=_own(member))
        hearer = Worker.objects.get(pk=someone(RoleCode.HEAD_OF_SERVICE).worker)
        appealing.appoint_hearer(appeal=appeal, hearer=hearer, hearing_on=HEARING, by=hands.hr)


def _interviews(exercise: Exercise, members: Sequence[Member], hands: Hands) -> None:
    """Four were heard yesterday, the story's worker is heard today; one scorer has a last sheet of them to sign."""
    by, jobs = hands.hr, list(Job.objects.filter(exercise=exercise))
    workers = [row.worker for row in hands.scorers]
    with clock.clock_at(nine(TOLD + timedelta(days=3))):
        for worker in workers:
            scoring.record_training(
                worker=worker, on=date(2025, 10, 14), what="Fair selection, one day", by=by
            )
        scoring.say_marks(exercise=exercise, highest=HIGHEST_MARK, apart=MOST_APART, by=by)
        panel = scoring.make_panel(
            exercise=exercise,
            title="Panel for assessment, south",
            jobs=jobs,
            criteria=CRITERIA,
            scorers=workers,
            by=by,
        )
        story = {each.name for each in strip().people}
        first = [each for each in members if each.worker.name not in story]
        order = [*first[: len(SLOTS)], *(each for each in members if each not in first), *first[len(SLOTS) :]]
        for place, member in enumerate(order):
            day, slot = divmod(place, len(SLOTS))
            at = datetime.combine(INTERVIEWS + timedelta(days=day), SLOTS[slot], UTC)
            scoring.assess(
                panel=panel, member=member, scorers=workers, interview_at=at, by=by,
                adjustments=ADJUSTED[0] if place == len(SLOTS) + 1 else "",
            )  # fmt: skip
    for scorer, row in enumerate(hands.scorers):
        sheets = ScoreSheet.objects.filter(scorer=row.worker, assessment__panel=panel).order_by(
            "assessment__interview_at"
        )
        for place, sheet in enumerate(sheets[: len(SLOTS)]):
            with clock.clock_at(
                datetime.combine(INTERVIEWS, SLOTS[place], UTC) + timedelta(minutes=36 + 2 * scorer)
            ):
                _score(sheet, place, scorer, actor_of(row))


def _score(sheet: ScoreSheet, place: int, scorer: int, by: Actor) -> None:
    """Two are apart on one mark, which waits for a third; the last sheet of the second scorer is begun and not signed."""
    marks = {
        each.code: Given(
            13 + (place + at) % 4 - (6 if (place, scorer, at) == (1, 1, 0) else 0),
            EVIDENCE[each.code][scorer],
        )
        for at, each in enumerate(CRITERIA)
    }
    last = place == len(SLOTS) - 1 and scorer == 1
    if last:
        marks.pop(CRITERIA[-1].code)
    scoring.save_sheet(sheet=sheet, marks=marks, by=by)
    if not last:
        scoring.sign_sheet(sheet=sheet, no_conflict=True, by=by)
