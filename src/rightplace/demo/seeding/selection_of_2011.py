"""The selection of 2011 in shape: 500 people for 350 places, from pools to two people's decision; letters wait for the gate.

What came after publication, the two appeals and the first day, is in `selection_after`. What is made for hundreds is
written in bulk as actions would write it; matching, the tie, the decision and the letters are the real ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from django.db import transaction

from rightplace.demo.finishing import someone
from rightplace.demo.seeding.restructure import TITLE, morning_of, signer
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import FOUR_PROFESSIONS, Post, Profession
from rightplace.foundation.organisation.models import Membership, Team, Worker
from rightplace.foundation.organisation.programme.queries import posts_on
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.recording import recorded
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.selection import deciding, matching, pooling, preferring, scoring
from rightplace.services.selection.models import (
    Assessment,
    Exercise,
    Job,
    Member,
    Offer,
    Panel,
    Pool,
    PreferenceList,
    Result,
    Run,
    ScoreSheet,
    Training,
)
from rightplace.services.selection.scoring import Weighed
from rightplace.services.selection.sealing import sealed

POOLED, TOLD, CLOSES = date(2011, 4, 18), date(2011, 4, 20), date(2011, 5, 16)
SCORED, JUDGED, ANSWERED = date(2011, 5, 27), date(2011, 6, 6), date(2011, 6, 9)
MATCHED, SETTLED, DECIDED = date(2011, 6, 14), date(2011, 6, 15), date(2011, 6, 16)
THRESHOLD: Final = 4_000
CRITERIA: Final = (
    Weighed("families", "Work with whole families", 4, 20, 4), Weighed("plans", "Plans that change something", 3, 20, 4),
    Weighed("partners", "Work with schools and health", 2, 20, 4), Weighed("equality", "Fairness and inclusion", 1, 20, 4),
)  # fmt: skip
EVIDENCE: Final = (
    "Told of a family where school and nursery met in one plan; named what changed.",
    "Written example: three visits, a plan with days, reviewed with the parents.",
    "Knew the thresholds, less sure of how a plan ends.",
    "Clear on consent and on what is shared with schools.",
    "Worked with fathers too; could say how it was noticed.",
)
POOL_WORDS: Final = {
    Profession.YOUTH_WORK: "Youth workers", Profession.CAREERS: "Careers advisers",
    Profession.FAMILY_SUPPORT: "Family support workers", Profession.EARLY_YEARS: "Early years workers",
}  # fmt: skip
LEADERS: Final = "Managers of the four services"
SCORERS: Final = ("Philippa Marchbanks", "Desmond Oyelaran", "Harriet Quillfeather", "Tobias Wrenshaw")


@dataclass
class Hands:
    """Who signs in those years: human resources, a head of service, four scorers."""

    hr: Actor
    head: Actor
    scorers: list[Worker]


@transaction.atomic
def seed(population: int, seed: int) -> None:
    """Once, for the redesign of 2011."""
    programme = Programme.objects.filter(title=TITLE).first()
    if programme is None or Exercise.objects.filter(programme=programme).exists():
        return
    dice = Random(f"{seed}:selection")  # noqa: S311  (a demonstration, not a secret)
    hands = hands_of_2011(programme)
    exercise = pooled(programme, hands)
    named = wish(exercise, hands, dice)
    panels = assess(exercise, hands, dice, named)
    offer(exercise, hands)
    decide(exercise, hands, panels)


def hands_of_2011(programme: Programme) -> Hands:
    """The invented people of those years who sign, beside the two whom the redesign brought."""
    hr = signer(programme, RoleCode.HUMAN_RESOURCES)
    team = Team.objects.get(pk=hr.team)
    noted = {"recorded_at": programme.recorded_at, "recorded_by_id": hr.worker}
    names = ("Cordelia Banbridge", *SCORERS)
    people = Worker.objects.bulk_create(
        Worker(name=name, kind="staff", agency=team.agency, begins=team.begins, ends=team.ends, **noted)
        for name in names
    )
    Membership.objects.bulk_create(
        Membership(
            worker=worker, team=team, begins=team.begins, ends=team.ends, **noted,
            role=RoleCode.HEAD_OF_SERVICE if place == 0 else RoleCode.FAMILY_SUPPORT_MANAGER,
        )
        for place, worker in enumerate(people)
    )  # fmt: skip
    head = replace(
        someone(RoleCode.HEAD_OF_SERVICE), worker=people[0].pk, name=people[0].name, team=team.pk, team_kind=team.kind,
        team_name=team.name,
    )  # fmt: skip
    with clock.clock_at(morning_of(POOLED)):
        Training.objects.bulk_create(
            Training(worker=worker, on=date(2011, 3, 9), what="Fair selection, two days", **recorded(hr))
            for worker in people[1:]
        )
    return Hands(hr, head, people[1:])


def pooled(programme: Programme, hands: Hands) -> Exercise:
    """A pool for each profession and one for managers, agreed and told; who is away is in, and reached."""
    with clock.clock_at(morning_of(POOLED)):
        exercise = pooling.begin_exercise(programme=programme, opens=TOLD, closes=CLOSES, by=hands.hr)
        pooling.make_jobs(exercise=exercise, by=hands.hr, threshold=THRESHOLD)
        jobs = list(Job.objects.filter(exercise=exercise))
        posts = list(posts_on(programme.pk, "old"))
        for profession in FOUR_PROFESSIONS:
            _pool(exercise, hands, POOL_WORDS[profession], [p for p in posts if p.profession == profession and not _leads(p)],
                  [j for j in jobs if j.professions == [profession]])  # fmt: skip
        _pool(
            exercise,
            hands,
            LEADERS,
            [p for p in posts if _leads(p)],
            [j for j in jobs if len(j.professions) > 1],
        )
        pooling.fill_pools(exercise=exercise, by=hands.hr)
        pooling.agree_pools(exercise=exercise, reference="Joint minutes 2011/11", by=hands.hr)
    with clock.clock_at(morning_of(TOLD)):
        pooling.tell_pools(exercise=exercise, by=hands.hr)
    Member.objects.filter(exercise=exercise).exclude(away="").update(
        reached_on=date(2011, 4, 21), reached="Letter, and a call by the manager on the same day"
    )
    exercise.refresh_from_db()
    return exercise


def _leads(post: Post) -> bool:
    return post.role == RoleCode.FAMILY_SUPPORT_MANAGER


def _pool(exercise: Exercise, hands: Hands, name: str, posts: Sequence[Post], jobs: Sequence[Job]) -> None:
    pooling.make_pool(
        exercise=exercise, name=name, kind=Pool.Kind.RING_FENCE, posts=posts, jobs=jobs, by=hands.hr,
        because="More people hold such posts than there are new places, and most duties go on in them.",
    )  # fmt: skip


def wish(exercise: Exercise, hands: Hands, dice: Random) -> dict[int, list[Job]]:
    """Up to eight places each, near ones first; a few on paper, a few nothing."""
    jobs = list(Job.objects.filter(exercise=exercise).order_by("team", "pk"))
    members = list(Member.objects.filter(exercise=exercise).select_related("pool").order_by("pk"))
    named: dict[int, list[Job]] = {}
    rows = []
    for place, member in enumerate(members):
        if place % 71 == 70:
            continue
        open_to = [
            job
            for job in jobs
            if member.profession in job.professions and (len(job.professions) > 1) == _managed(member)
        ]
        near = dice.randrange(len(open_to))
        mine = sorted(open_to, key=lambda job: (abs(open_to.index(job) - near) + dice.random() * 6, job.pk))
        named[member.pk] = mine[: dice.choice((5, 6, 7, 8, 8, 8))]
        on_paper = place % 23 == 5
        said = datetime.combine(
            TOLD + timedelta(days=dice.randrange(1, 24)), time(12, dice.randrange(60)), UTC
        )
        rows.append(
            PreferenceList(
                member=member, jobs=[job.pk for job in named[member.pk]], paper_of=said.date() if on_paper else None,
                recorded_at=said, recorded_by_id=hands.hr.worker if on_paper else member.worker_id,
            )
        )  # fmt: skip
    PreferenceList.objects.bulk_create(rows)
    _share([each for each in members if each.pk in named and not each.away], hands)
    return named


def _share(members: Sequence[Member], hands: Hands) -> None:
    """Those who share a post today ask for one place together again."""
    alone: dict[int, Member] = {}
    with clock.clock_at(morning_of(CLOSES)):
        for member in members:
            other = alone.pop(member.post_id, None)
            if other is None:
                alone[member.post_id] = member
            elif member.minutes + other.minutes <= 2220:
                preferring.share_place(first=other, second=member, by=hands.hr)


def _managed(member: Member) -> bool:
    return member.pool is not None and member.pool.name == LEADERS


def assess(exercise: Exercise, hands: Hands, dice: Random, named: dict[int, list[Job]]) -> list[Panel]:
    """A panel for each pool; two sheets for everybody, written and signed alone; a third settles where two are apart."""
    panels = []
    with clock.clock_at(morning_of(SCORED)):
        for pool in Pool.objects.filter(exercise=exercise):
            panel = scoring.make_panel(
                exercise=exercise, title=f"Panel for {pool.name.lower()}", jobs=list(pool.jobs.all()), criteria=CRITERIA,
                scorers=hands.scorers[:2], by=hands.hr,
            )  # fmt: skip
            members = list(pool.members.order_by("pk"))
            _sheets(panel, [each for each in members if each.pk in named], hands, dice)
            panels.append(panel)
    return panels


def _sheets(panel: Panel, members: Sequence[Member], hands: Hands, dice: Random) -> None:
    noted = recorded(hands.hr)
    made = Assessment.objects.bulk_create(
        Assessment(
            panel=panel, member=member, interview_at=datetime.combine(date(2011, 5, 18), time(9 + place % 7, 15), UTC) +
            timedelta(days=place // 60), **(sealed({"adjustments": ADJUSTED}) if place % 37 == 4 else {}), **noted,
        )
        for place, member in enumerate(members)
    )  # fmt: skip
    sheets, results = [], []
    for place, assessment in enumerate(made):
        able = dice.gauss(12.8, 3)
        if place % 12 != 7:  # everybody twelfth is as good as the one before: some are level where it matters
            marks = [_marks(able, dice) for _ in range(2)]
        apart = [code for code in marks[0] if abs(marks[0][code][0] - marks[1][code][0]) > 4]
        for scorer, mark in zip(hands.scorers[:2], marks, strict=True):
            sheets.append(
                ScoreSheet(
                    assessment=assessment, scorer=scorer, no_conflict_at=clock.now(), signed_at=clock.now(),
                    **sealed({"marks": mark}), **noted,
                )
            )  # fmt: skip
        results.append(_result(assessment, marks, apart, hands))
    ScoreSheet.objects.bulk_create(sheets)
    Result.objects.bulk_create(results)


ADJUSTED: Final = "A ground-floor room, and the questions in writing ten minutes before."


def _marks(able: float, dice: Random) -> dict[str, list[object]]:
    return {
        each.code: [min(20, max(0, round(dice.gauss(able, 2)))), dice.choice(EVIDENCE)] for each in CRITERIA
    }


def _result(
    assessment: Assessment, marks: list[dict[str, list[object]]], apart: list[str], hands: Hands
) -> Result:
    """The settled score by the same rule that the panels' own signing uses."""
    from rightplace.domain import restructuring as rules

    criteria = [
        rules.Criterion(id=each.code, weight=each.weight, most=each.most, apart=each.apart)
        for each in CRITERIA
    ]
    numbers = [scorer.pk for scorer in hands.scorers[:2]]
    given = [
        rules.Mark(criterion=code, scorer=number, points=int(str(points)), evidence=str(evidence))
        for number, mark in zip(numbers, marks, strict=True) for code, (points, evidence) in mark.items()
    ]  # fmt: skip
    settled = [
        rules.Moderated(
            criterion=code, points=int(str(marks[0][code][0])), reasons="Both read the written example again."
        )
        for code in apart
    ]
    found = rules.scored(criteria, given, frozenset(numbers), settled)
    said = [[each.criterion, each.points, each.reasons] for each in settled]
    by = hands.head if apart else replace(hands.hr, worker=numbers[1])
    return Result(
        assessment=assessment,
        moderated=bool(apart),
        **sealed({"score": found.score, "moderated": said}),
        **recorded(by),
    )


def offer(exercise: Exercise, hands: Hands) -> None:
    """Who is on family leave, and one who is pregnant, is offered a suitable place before anybody competes."""
    jobs = list(Job.objects.filter(exercise=exercise).order_by("pk"))
    with clock.clock_at(morning_of(JUDGED)):
        other = Member.objects.filter(
            exercise=exercise, away="", pool__name=POOL_WORDS[Profession.EARLY_YEARS]
        ).order_by("pk")[3]
        pooling.open_right(member=other, ground="redeployment", by=hands.hr)
        offers = list(Offer.objects.filter(member__exercise=exercise).select_related("member").order_by("pk"))
        for place, each in enumerate(offers):
            open_to = [
                job
                for job in jobs
                if job.professions == [each.member.profession] and job.minutes >= each.member.minutes
            ]
            pooling.judge_offer(
                offer=each, suitable=open_to[place % 3 : place % 3 + 3], by=hands.hr,
                evidence="Held against the role profile by the manager and human resources, 3 June 2011.",
            )  # fmt: skip
    Offer.objects.filter(pk__in=[each.pk for each in offers]).update(
        answer=Offer.Answer.ACCEPTED, answered_on=ANSWERED
    )


def decide(exercise: Exercise, hands: Hands, panels: Sequence[Panel]) -> None:
    """Matched; level people went back to the panel until none was level; matched again, proposed, confirmed."""
    run = _run(exercise, hands, MATCHED)
    for attempt in range(30):
        questions = run.results.get(method="stable").said["questions"]
        if not questions:
            break
        with clock.clock_at(morning_of(SETTLED) + timedelta(minutes=10 * attempt)):
            for each in questions:
                matching.settle_tie(
                    run=run, job=Job.objects.get(exercise=exercise, name=each["role"]), people=each["people"], by=hands.head,
                    evidence="The panel met again on 15 June 2011 and read each one’s two latest case summaries against the "
                    "criteria; what it found is in panel note 21.",
                )  # fmt: skip
        run = _run(exercise, hands, SETTLED, minutes=10 * attempt + 5)
    with clock.clock_at(morning_of(DECIDED)):
        proposal = deciding.propose(
            run=run, method="stable", by=hands.hr,
            reasons="Nobody can say that a higher score lost to a lower one. The other result gives more first choices, at "
            "the price of claims that we could not answer.",
        )  # fmt: skip
        deciding.confirm(
            decision=proposal, named=Worker.objects.get(pk=hands.hr.worker), by=hands.head,
            reasons="Held against the checker’s note and the panels’ book. Each person without a place has a named one.",
        )  # fmt: skip


def _run(exercise: Exercise, hands: Hands, on: date, minutes: int = 0) -> Run:
    with clock.clock_at(morning_of(on) + timedelta(minutes=minutes)):
        run = matching.ask_run(exercise=exercise, by=hands.hr)
        matching.work_out(run)
    run.refresh_from_db()
    return run
