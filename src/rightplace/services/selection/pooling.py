"""Rounds, jobs, pools and who is in them, and rights to be offered a vacancy first. The only writers of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from rightplace.domain.matching import Ground
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.queries import particulars_of
from rightplace.foundation.organisation.establishment.tables import (
    FOUR_PROFESSIONS,
    Contract,
    Kept,
    Occupancy,
    Post,
    Profession,
)
from rightplace.foundation.organisation.programme.queries import at_risk, posts_on
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.selection.models import Exercise, Job, JobPost, Member, Offer, Pool, PoolPost
from rightplace.services.selection.policy import KEEP
from rightplace.services.selection.sealing import sealed

SLOT_IN_RULE = "Slotting in: one holder, most duties in one new job, a similar level, no other claimant"
REGULATION_10 = "Maternity and Parental Leave etc. Regulations 1999, regulation 10, and its like"


@transaction.atomic
def begin_exercise(*, programme: Programme, opens: date, closes: date, by: Actor) -> Exercise:
    """Begin the selection of a programme, with the days between which people say what they would like."""
    require(by, KEEP)
    if closes < opens:
        raise Refused("Preferences close before they open.", "Give a later closing day.")
    if Exercise.objects.filter(programme=programme).exists():
        raise Refused("This programme has its selection already.", "Go on with that one.")
    return Exercise.objects.create(programme=programme, opens=opens, closes=closes, **recorded(by))


@transaction.atomic
def make_jobs(*, exercise: Exercise, by: Actor, threshold: int = 0) -> int:
    """Make a job of every kind of new post in a team: same title, hours and profession. Posts already in one stay."""
    require(by, KEEP)
    taken = set(JobPost.objects.filter(job__exercise=exercise).values_list("post", flat=True))
    jobs = {job.name: job for job in Job.objects.filter(exercise=exercise)}
    alike: dict[str, list[Post]] = defaultdict(list)
    for post in posts_on(exercise.programme_id, "new"):
        if post.pk not in taken:
            alike[_named(post)].append(post)
    new = [
        Job(
            exercise=exercise, name=name, title=posts[0].title, team=posts[0].team, professions=_professions(posts[0]),
            minutes=int(posts[0].hours * 60), threshold=threshold, **recorded(by),
        )
        for name, posts in alike.items() if name not in jobs
    ]  # fmt: skip
    jobs |= {job.name: job for job in Job.objects.bulk_create(new)}
    JobPost.objects.bulk_create(
        JobPost(job=jobs[name], post=post) for name, posts in alike.items() for post in posts
    )
    return len(new)


def _professions(post: Post) -> list[str]:
    """Who may hold a post: its own profession; a team is led by somebody of any of the four."""
    leads = post.profession == Profession.MANAGEMENT
    return [*FOUR_PROFESSIONS, Profession.MANAGEMENT] if leads else [post.profession]


def _named(post: Post) -> str:
    part_time = "" if post.hours >= 35 else f" ({float(post.hours):g} hours)"
    return f"{post.title}, {post.team.name}{part_time}"


@transaction.atomic
def set_threshold(*, jobs: Collection[Job], points: int, by: Actor) -> None:
    """Say from which score a job may be given, in hundredths of a point. Before anybody is matched."""
    require(by, KEEP)
    if not 0 <= points <= 10_000:
        raise Refused("A threshold lies between 0 and 100 points.", "Give it in hundredths of a point.")
    for job in jobs:
        if job.exercise.runs.exists():
            raise Refused("People were matched already.", "What is asked for is said before that.")
        job.threshold = points
        job.save(update_fields=["threshold"])


@transaction.atomic
def make_pool(
    *,
    exercise: Exercise,
    name: str,
    kind: str,
    because: str,
    posts: Collection[Post],
    jobs: Sequence[Job],
    by: Actor,
    majority_of_duties: bool = False,
    similar_level: bool = False,
) -> Pool:
    """Make a pool of old posts. Slotting in needs its four conditions, each stated; two of them are looked up."""
    require(by, KEEP)
    chosen = Pool.Kind(kind)
    if not because.strip() or not posts:
        raise Refused("A pool has posts, and says why they are together.", "Fill in what is missing.")
    if PoolPost.objects.filter(post__in=posts).exists():
        raise Refused("One of these posts is in another pool.", "A post is in one pool only.")
    if chosen is not Pool.Kind.OPEN and not jobs:
        raise Refused("The pool has a claim to no job.", "Name the new jobs, or make it an open one.")
    if chosen is Pool.Kind.SLOT_IN:
        _may_slot_in(posts, jobs, majority_of_duties, similar_level)
    elif Pool.objects.filter(kind=Pool.Kind.SLOT_IN, jobs__in=jobs).exists():
        raise Refused(
            "Somebody slots into one of these jobs.",
            "With another claimant it is a ring-fence: end that first.",
        )
    made = Pool.objects.create(
        exercise=exercise, name=name.strip(), kind=chosen, because=because.strip(), majority_of_duties=majority_of_duties,
        similar_level=similar_level, **recorded(by),
    )  # fmt: skip
    made.jobs.set(jobs)
    PoolPost.objects.bulk_create(PoolPost(pool=made, post=post) for post in posts)
    return made


def _may_slot_in(posts: Collection[Post], jobs: Sequence[Job], majority: bool, level: bool) -> None:
    otherwise = "Make it a ring-fence: then those in it compete among themselves."
    if not majority or not level:
        raise Refused("Nobody said that most duties and the level are alike.", otherwise, SLOT_IN_RULE)
    holders = len(holders_of(posts, clock.today()))
    places = JobPost.objects.filter(job__in=jobs).count()
    if holders > places:
        raise Refused(
            f"{holders} people hold these posts and there are {places} places.", otherwise, SLOT_IN_RULE
        )
    if Pool.objects.filter(jobs__in=jobs).exists():
        raise Refused("Another pool has a claim to one of these jobs.", otherwise, SLOT_IN_RULE)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post for good, and where the person is meanwhile."""

    worker: int
    post: Post
    away: str = ""
    acting_in: int | None = None


def holders_of(posts: Collection[Post], on: date) -> list[Holder]:
    """Who holds these posts for good on a day: also who is away, and who acts up elsewhere. Cover holds nothing."""
    wanted = {post.pk: post for post in posts}
    kept = Kept.objects.filter(holding(on), seat__post__in=wanted).values_list("worker", "seat__post", "why")
    sits = Occupancy.objects.filter(holding(on), seat__post__in=wanted, kind=Occupancy.Kind.SUBSTANTIVE)
    rights = {worker: (post, why) for worker, post, why in kept}
    acting = Occupancy.objects.filter(holding(on), kind=Occupancy.Kind.ACTING_UP).values_list(
        "worker", "seat__post"
    )
    acts = dict(acting)
    elsewhere = set(Kept.objects.filter(holding(on)).values_list("worker", flat=True)) - set(rights)
    held = {
        worker: (post, "") for worker, post in sits.values_list("worker", "seat__post")
        if worker not in rights and worker not in elsewhere
    }  # fmt: skip
    return [
        Holder(worker, wanted[post], why, acts.get(worker))
        for worker, (post, why) in sorted((held | rights).items())
    ]


@transaction.atomic
def fill_pools(*, exercise: Exercise, by: Actor) -> int:
    """Put everybody who holds a post at risk, or one in a pool, into that pool, with the reasons. Who is away is in.

    Who is on family leave gets an open right to be offered a vacancy, so that nobody is forgotten.
    """
    require(by, KEEP)
    on = clock.today()
    pools = {
        row.post_id: row.pool
        for row in PoolPost.objects.filter(pool__exercise=exercise).select_related("pool")
    }
    risky = set(at_risk(exercise.programme_id).values_list("pk", flat=True))
    known = set(Member.objects.filter(exercise=exercise).values_list("worker", flat=True))
    posts = [post for post in posts_on(exercise.programme_id, "old") if post.pk in pools or post.pk in risky]
    found = [each for each in holders_of(posts, on) if each.worker not in known]
    workers = [each.worker for each in found]
    brought = particulars_of(workers, on)
    hours = dict(Contract.objects.filter(holding(on), worker__in=workers).values_list("worker", "hours"))
    made = Member.objects.bulk_create(
        Member(
            exercise=exercise, worker_id=each.worker, pool=pools.get(each.post.pk), post=each.post,
            acting_in_id=each.acting_in, minutes=int(hours.get(each.worker, each.post.hours) * 60), away=each.away,
            profession=brought[each.worker].profession if each.worker in brought else each.post.profession,
            because=why_in(each, pools.get(each.post.pk)), **recorded(by),
        )
        for each in found
    )  # fmt: skip
    Offer.objects.bulk_create(
        Offer(member=member, **sealed({"ground": Ground.MATERNITY.value}), **recorded(by))
        for member in made if member.away == Kept.Why.FAMILY_LEAVE
    )  # fmt: skip
    return len(made)


def why_in(holder: Holder, pool: Pool | None) -> str:
    """Why somebody is in a pool, in words for the person."""
    said = [f"Your own post is {holder.post.title} ({holder.post.reference})."]
    if holder.acting_in is not None:
        said.append("You act up in another post; your own post is the one that counts.")
    if holder.away and holder.away != Kept.Why.ACTING_UP:
        said.append("You are away and are included as everybody is.")
    if pool is None:
        said.append("This post is in no pool yet.")
    else:
        said.append(
            f"Posts like it are in the pool “{pool.name}”: {Pool.Kind(pool.kind).label}. {pool.because}"
        )
    return " ".join(said)


@transaction.atomic
def agree_pools(*, exercise: Exercise, reference: str, by: Actor) -> None:
    """Record that the pools were agreed with the trade unions, and where that can be read."""
    require(by, KEEP)
    if not reference.strip():
        raise Refused("Nobody can read the agreement.", "Give the reference of its minutes.")
    if Member.objects.filter(exercise=exercise, pool=None).exists():
        raise Refused("Somebody under review is in no pool.", "Put their posts into one first.")
    exercise.pools_agreed_on, exercise.pools_agreed = clock.today(), reference.strip()
    exercise.save(update_fields=["pools_agreed_on", "pools_agreed"])


@transaction.atomic
def tell_pools(*, exercise: Exercise, by: Actor) -> None:
    """Tell everybody the own pool and why. Appeals against it count from today."""
    require(by, KEEP)
    if exercise.pools_agreed_on is None:
        raise Refused("The pools are not agreed yet.", "Record the agreement with the trade unions first.")
    exercise.told_on = clock.today()
    exercise.save(update_fields=["told_on"])


@transaction.atomic
def record_reached(*, member: Member, how: str, on: date, by: Actor) -> None:
    """Record how somebody who is away was reached."""
    require(by, KEEP)
    if on > clock.today() or not how.strip():
        raise Refused("Say how and when the person was reached.", "Give a day that has been.")
    member.reached_on, member.reached = on, how.strip()
    member.save(update_fields=["reached_on", "reached"])


@transaction.atomic
def move_member(*, member: Member, pool: Pool, because: str, by: Actor) -> None:
    """Put somebody into another pool, with the reason that the person reads. Before preferences close."""
    require(by, KEEP)
    if not because.strip():
        raise Refused("The person will ask why.", "Write the reason.")
    if member.exercise.runs.exists():
        raise Refused("People were matched already.", "An appeal that succeeds leads to a new matching.")
    member.pool, member.because = pool, because.strip()
    member.save(update_fields=["pool", "because"])


@transaction.atomic
def open_right(*, member: Member, ground: str, by: Actor) -> Offer:
    """Record that somebody must be offered a suitable vacancy first. Nothing is matched while that is open."""
    require(by, KEEP)
    if Offer.objects.filter(member=member).exists():
        raise Refused("This right is recorded already.", "Judge which jobs are suitable.")
    return Offer.objects.create(member=member, **sealed({"ground": Ground(ground).value}), **recorded(by))


@transaction.atomic
def judge_offer(*, offer: Offer, suitable: Sequence[Job], evidence: str, by: Actor, ground: str = "") -> None:
    """Say which new jobs are suitable for the person, and on what evidence. Then the person answers."""
    require(by, KEEP)
    if not suitable or not evidence.strip():
        raise Refused(
            "An offer names suitable jobs, and who judged them so.", "Fill in what is missing.", REGULATION_10
        )
    if any(job.minutes < offer.member.minutes for job in suitable):
        raise Refused(
            "One of these jobs has fewer hours than the person.", "Offer another one.", REGULATION_10
        )
    offer.say(
        ground=Ground(ground or offer.said["ground"]).value, suitable=[job.name for job in suitable],
        evidence=evidence.strip(),
    )  # fmt: skip
    offer.judged_on, offer.answer, offer.answered_on = clock.today(), "", None
    offer.save()


@transaction.atomic
def answer_offer(*, offer: Offer, answer: str, by: Actor) -> None:
    """The person takes the offer or competes as everybody does; human resources write it down for who is away."""
    if offer.member.worker_id != by.worker:
        require(by, KEEP)
    else:
        require(by, "selection.prefer", offer.member)
    if offer.judged_on is None:
        raise Refused("Nobody has said yet which jobs are suitable.", "Judge that first.", REGULATION_10)
    offer.answer, offer.answered_on = Offer.Answer(answer), clock.today()
    offer.save(update_fields=["answer", "answered_on"])


def open_offers(exercise: Exercise) -> list[Offer]:
    """Rights that nobody has judged or answered yet: matching waits for them."""
    return list(Offer.objects.filter(member__exercise=exercise, answer="").select_related("member__worker"))
