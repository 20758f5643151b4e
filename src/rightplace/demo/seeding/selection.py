"""The selection of 2011 in shape: 500 people for 350 places, from pools to two people's decision; letters wait for the gate.

Everything is done by the actions of the pages, but the thousand score sheets (`selection_scores`), which are written in
bulk. What came after publication, the two appeals and the first day, is in `selection_after`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from django.db import transaction

from rightplace.demo.finishing import someone
from rightplace.demo.material.names import staff_names
from rightplace.demo.seeding.restructure import TITLE, morning_of, signer
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import FOUR_PROFESSIONS, Post, Profession
from rightplace.foundation.organisation.models import Membership, Team, Worker
from rightplace.foundation.organisation.programme.queries import posts_on
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.selection import deciding, matching, mixing, pooling, preferring, scoring
from rightplace.services.selection.models import Exercise, Job, Member, Offer, Pool, Run

POOLED, TOLD, REACHED, CLOSES = date(2011, 4, 18), date(2011, 4, 20), date(2011, 4, 21), date(2011, 5, 16)
JUDGED, ANSWERED = date(2011, 6, 6), date(2011, 6, 9)
MATCHED, SETTLED, DECIDED = date(2011, 6, 10), date(2011, 6, 15), date(2011, 6, 16)
TRAINED: Final = (date(2011, 3, 9), date(2011, 3, 23))
THRESHOLD: Final = 4_000
POOL_WORDS: Final = {
    Profession.YOUTH_WORK: "Youth workers", Profession.CAREERS: "Careers advisers",
    Profession.FAMILY_SUPPORT: "Family support workers", Profession.EARLY_YEARS: "Early years workers",
}  # fmt: skip
LEADERS: Final = "Managers of the four services"
HEAD: Final = "Cordelia Banbridge"
SCORERS: Final = 24
"""Two by two they hear five hundred people in eight working days, eight a day; the last two wait for an appeal."""
FURTHER: Final = (
    (
        "The panel met again on 15 June 2011, with the union’s observer, and read two more case summaries of each. The one put "
        "first had reviewed the plan with the child and could say what changed. Panel note 21."
    ),
    (
        "The panel heard the last supervisor of each on 15 June 2011, by the same three questions. The one put first had "
        "brought school and parents to one table twice in a year. Panel note 22."
    ),
    (
        "The panel read the answers of both to the written exercise again on 15 June 2011, without names, and asked each one "
        "more question by telephone. The one put first was clearer on when to go back to social care. Panel note 23."
    ),
)


@dataclass
class Hands:
    """Who signs in those years: human resources, a head of service, those who score."""

    hr: Actor
    head: Actor
    scorers: list[Worker]


@transaction.atomic
def seed(population: int, seed: int) -> None:
    """Once, for the redesign of 2011."""
    from rightplace.demo.seeding.selection_scores import score_everybody

    programme = Programme.objects.filter(title=TITLE).first()
    if programme is None or Exercise.objects.filter(programme=programme).exists():
        return
    dice = Random(f"{seed}:selection")  # noqa: S311  (a demonstration, not a secret)
    hands = hands_of_2011(programme, Random(f"{seed}:selection:names"))  # noqa: S311
    exercise = pooled(programme, hands)
    named = wish(exercise, hands, dice)
    score_everybody(exercise, hands, dice, named)
    offer(exercise, hands, named)
    decide(exercise, hands, dice)


def acting(worker: Worker, role: RoleCode) -> Actor:
    """Somebody of 2011 as an actor, in a role of theirs."""
    return replace(someone(role), worker=worker.pk, name=worker.name, role=role, labels=role_of(role).labels)


def hands_of_2011(programme: Programme, dice: Random) -> Hands:
    """The invented people of those years who sign, beside the two whom the redesign brought.

    They have dice of their own: how many names are taken must not change how anybody scored.
    """
    hr = signer(programme, RoleCode.HUMAN_RESOURCES)
    team = Team.objects.get(pk=hr.team)
    noted = {"recorded_at": programme.recorded_at, "recorded_by_id": hr.worker}
    known = set(Worker.objects.values_list("name", flat=True))
    names = [name for name in staff_names(dice, SCORERS + len(known)) if name not in known][:SCORERS]
    people = Worker.objects.bulk_create(
        Worker(name=name, kind="staff", agency=team.agency, begins=team.begins, ends=team.ends, **noted)
        for name in (HEAD, *names)
    )
    Membership.objects.bulk_create(
        Membership(
            worker=worker, team=team, begins=team.begins, ends=team.ends, **noted,
            role=RoleCode.HEAD_OF_SERVICE if place == 0 else RoleCode.FAMILY_SUPPORT_MANAGER,
        )
        for place, worker in enumerate(people)
    )  # fmt: skip
    head = replace(
        someone(RoleCode.HEAD_OF_SERVICE), worker=people[0].pk, name=HEAD, team=team.pk, team_kind=team.kind,
        team_name=team.name,
    )  # fmt: skip
    for place, worker in enumerate(people[1:]):
        on = TRAINED[place % len(TRAINED)]
        with clock.clock_at(morning_of(on + timedelta(days=1))):
            scoring.record_training(worker=worker, on=on, what="Fair selection, two days", by=hr)
    return Hands(hr, head, people[1:])


def pooled(programme: Programme, hands: Hands) -> Exercise:
    """A pool for each profession and one for managers, agreed and told; who is away is in, and reached."""
    with clock.clock_at(morning_of(POOLED)):
        exercise = pooling.begin_exercise(programme=programme, opens=TOLD, closes=CLOSES, by=hands.hr)
        pooling.make_jobs(exercise=exercise, by=hands.hr, threshold=THRESHOLD)
        _mix(exercise, hands)
        jobs = list(Job.objects.filter(exercise=exercise))
        posts = list(posts_on(programme.pk, "old"))
        for profession in FOUR_PROFESSIONS:
            _pool(exercise, hands, POOL_WORDS[profession], [p for p in posts if p.profession == profession and not _leads(p)],
                  [j for j in jobs if j.professions == [profession]])  # fmt: skip
        led = [job for job in jobs if len(job.professions) > 1]
        _pool(exercise, hands, LEADERS, [post for post in posts if _leads(post)], led)
        pooling.fill_pools(exercise=exercise, by=hands.hr)
        pooling.agree_pools(exercise=exercise, reference="Joint minutes 2011/11", by=hands.hr)
    with clock.clock_at(morning_of(TOLD)):
        pooling.tell_pools(exercise=exercise, by=hands.hr)
    with clock.clock_at(morning_of(REACHED) + timedelta(hours=7)):
        for member in Member.objects.filter(exercise=exercise).exclude(away="").order_by("pk"):
            how = "Letter, and a call by the manager on the same day"
            pooling.record_reached(member=member, how=how, on=REACHED, by=hands.hr)
    exercise.refresh_from_db()
    return exercise


def _mix(exercise: Exercise, hands: Hands) -> None:
    """Each of the sixteen teams keeps all four professions: one place may stay empty, a manager comes on top."""
    places: dict[tuple[Team, str], int] = {}
    for job in Job.objects.filter(exercise=exercise).select_related("team").prefetch_related("posts"):
        if len(job.professions) == 1:
            places[job.team, job.professions[0]] = len(job.posts.all())
    for (team, profession), number in places.items():
        mixing.say_mix(
            exercise=exercise,
            team=team,
            profession=profession,
            least=number - 1,
            most=number + 3,
            by=hands.hr,
        )


def _leads(post: Post) -> bool:
    return post.role == RoleCode.FAMILY_SUPPORT_MANAGER


def _pool(exercise: Exercise, hands: Hands, name: str, posts: Sequence[Post], jobs: Sequence[Job]) -> None:
    pooling.make_pool(
        exercise=exercise, name=name, kind=Pool.Kind.RING_FENCE, posts=posts, jobs=jobs, by=hands.hr,
        because="More people hold such posts than there are new places, and most duties go on in them.",
    )  # fmt: skip


def open_to(member: Member, jobs: Sequence[Job]) -> list[Job]:
    """For which jobs somebody could be considered: of the own profession, or those that lead."""
    leads = member.pool is not None and member.pool.name == LEADERS
    return [
        job for job in jobs if member.profession in job.professions and (len(job.professions) > 1) == leads
    ]


def wish(exercise: Exercise, hands: Hands, dice: Random) -> dict[int, list[Job]]:
    """Up to eight places each, near ones first; a few on paper, a few nothing; who shares a post asks to share again."""
    jobs = list(Job.objects.filter(exercise=exercise).order_by("team", "pk"))
    members = list(
        Member.objects.filter(exercise=exercise).select_related("pool", "worker", "exercise").order_by("pk")
    )
    like = acting(members[0].worker, RoleCode.FAMILY_SUPPORT_WORKER)
    named: dict[int, list[Job]] = {}
    for place, member in enumerate(members):
        if place % 71 == 70:
            continue
        able = open_to(member, jobs)
        near = dice.randrange(len(able))
        far = {job.pk: abs(number - near) + dice.random() * 6 for number, job in enumerate(able)}
        mine = sorted(able, key=lambda job: (far[job.pk], job.pk))[: dice.choice((5, 6, 7, 8, 8, 8))]
        said = datetime.combine(
            TOLD + timedelta(days=dice.randrange(1, 24)), time(12, dice.randrange(60)), UTC
        )
        on_paper = bool(member.away) or place % 23 == 5
        with clock.clock_at(said):
            preferring.say_preferences(
                member=member, jobs=mine, paper_of=said.date() if on_paper else None,
                by=hands.hr if on_paper else replace(like, worker=member.worker_id, name=member.worker.name),
            )  # fmt: skip
        named[member.pk] = mine
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
                preferring.share_place(
                    first=other, second=member, by=hands.hr, reference="Letter of both, 13 May 2011"
                )


def offer(exercise: Exercise, hands: Hands, named: dict[int, list[Job]]) -> None:
    """Who is on family leave, who is pregnant and who is redeployed is offered a suitable place before anybody competes."""
    jobs = list(Job.objects.filter(exercise=exercise).order_by("pk"))
    here = Member.objects.filter(exercise=exercise, away="").order_by("pk")
    with clock.clock_at(morning_of(JUDGED)):
        for profession, ground in (
            (Profession.FAMILY_SUPPORT, "pregnancy"),
            (Profession.EARLY_YEARS, "redeployment"),
        ):
            pooling.open_right(
                member=here.filter(pool__name=POOL_WORDS[profession])[3], ground=ground, by=hands.hr
            )
        offers = list(
            Offer.objects.filter(member__exercise=exercise).select_related("member__pool", "member__worker").order_by("pk")
        )  # fmt: skip
        for each in offers:
            suitable = named.get(each.member_id) or open_to(each.member, jobs)
            pooling.judge_offer(
                offer=each, suitable=[job for job in suitable if job.minutes >= each.member.minutes][:3], by=hands.hr,
                evidence="Held against the role profile by the manager and human resources, 3 June 2011.",
            )  # fmt: skip
    with clock.clock_at(morning_of(ANSWERED)):
        for place, each in enumerate(offers):
            by = hands.hr if each.member.away else acting(each.member.worker, RoleCode.FAMILY_SUPPORT_WORKER)
            pooling.answer_offer(offer=each, answer="declined" if place == 5 else "accepted", by=by)


def decide(exercise: Exercise, hands: Hands, dice: Random) -> None:
    """Matched; level people went back to the panel until none was level; matched again, proposed, confirmed."""
    run = _run(exercise, hands, MATCHED)
    workers = list(Member.objects.filter(exercise=exercise).order_by("pk").values_list("worker", flat=True))
    read_again = dict(zip(workers, dice.sample(range(len(workers)), len(workers)), strict=True))
    for attempt in range(12):
        questions = run.results.get(method="stable").said["questions"]
        if not questions:
            break
        with clock.clock_at(morning_of(SETTLED) + timedelta(minutes=40 * attempt)):
            for place, each in enumerate(questions):
                matching.settle_tie(
                    run=run, job=Job.objects.get(exercise=exercise, name=each["role"]),
                    people=sorted(each["people"], key=read_again.__getitem__), by=hands.head,
                    evidence=FURTHER[(attempt + place) % len(FURTHER)],
                )  # fmt: skip
        run = _run(exercise, hands, SETTLED, minutes=40 * attempt + 25)
    with clock.clock_at(morning_of(DECIDED)):
        proposal = deciding.propose(
            run=run, method="stable", by=hands.hr,
            reasons="Nobody can say that a higher score lost to a lower one. The other result leaves open which of several "
            "equally good placings is meant, and none of them is to be picked by lot.",
        )  # fmt: skip
    with clock.clock_at(morning_of(DECIDED) + timedelta(hours=5, minutes=20)):
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
