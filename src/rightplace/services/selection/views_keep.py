"""Human resources' pages: a selection, its pools, panels and people; and what each of them asks to be done."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Column, Link, Pages, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.programme.queries import at_risk, programmes
from rightplace.services.selection import (
    forms,
    matching,
    placing,
    pooling,
    publishing,
    queries,
    tasks,
)
from rightplace.services.selection.models import (
    Appeal,
    Exercise,
    Job,
    Pool,
    PoolPost,
)
from rightplace.services.selection.policy import KEEP, MODERATE
from rightplace.services.selection.presenters import keeping
from rightplace.services.selection.presenters.doing import to_do
from rightplace.services.selection.presenters.sections import Act, Section
from rightplace.services.selection.showing import GET_OR_POST, sent, shown, tried

MOST = 100


def keeper(request: HttpRequest) -> Actor:
    """The reader, who keeps or moderates selections; nobody else gets further."""
    actor = actor_in(request)
    if not (may(actor, KEEP) or may(actor, MODERATE)):
        raise NotAllowed
    return actor


def exercise_of(request: HttpRequest, number: int) -> tuple[Actor, Exercise]:
    actor = keeper(request)
    return actor, get_object_or_404(scope(actor, Exercise).select_related("programme"), pk=number)


@GET_OR_POST
def exercises(request: HttpRequest) -> HttpResponse:
    """Every selection; human resources begin one for a programme. Who only scores is sent to the own sheets."""
    actor = actor_in(request)
    if not (may(actor, KEEP) or may(actor, MODERATE)):
        return redirect("selection:sheets")
    rows = list(scope(actor, Exercise).select_related("programme").order_by("-pk"))
    open_ones = [
        each for each in programmes(clock.today()) if each.pk not in {row.programme_id for row in rows}
    ]
    form = forms.BeginForm(sent(request, "begin"), programmes=[(each.pk, each.title) for each in open_ones])
    named = {str(each.pk): each for each in open_ones}

    def begin(typed: dict[str, Any]) -> None:
        made = pooling.begin_exercise(
            programme=named[typed["programme"]], opens=typed["opens"], closes=typed["closes"], by=actor
        )
        pooling.make_jobs(exercise=made, by=actor)

    done, refused = tried(
        request, form, "begin", begin, "The selection has begun, with a job of each kind of new post."
    )
    if done:
        return redirect("selection:exercises")
    listed = [
        Row((Link(row.programme.title, reverse("selection:exercise", args=[row.pk])), words.plain_day(row.closes),
             words.plain_day(row.published_at) if row.published_at else "not yet"))
        for row in rows
    ]  # fmt: skip
    columns = (Column("Programme"), Column("Preferences close"), Column("Results out"))
    waiting, about = to_do(actor)
    parts = [
        *waiting,
        Section("Selections", "selections", columns=columns, rows=listed, empty="There is none."),
    ]
    if may(actor, KEEP) and open_ones:
        parts.append(
            Section("Begin one", "begin", acts=[Act("begin", "Begin the selection", form, main=True)])
        )
    return shown(
        request, actor, title="Selection", sections=parts, what="exercises", about=about, refused=refused
    )


@GET_OR_POST
def exercise(request: HttpRequest, number: int) -> HttpResponse:
    """One selection: where it stands, what stands in the way, its pools, panels, runs and appeals."""
    actor, found = exercise_of(request, number)
    if request.method == "POST" and not may(actor, KEEP):
        raise NotAllowed
    agreed = forms.AgreedForm(sent(request, "agree"))
    done, refused = _did(request, found, agreed, actor)
    if done:
        return redirect("selection:exercise", number)
    panels = found.panels.annotate(
        people=Count("assessments", distinct=True),
        settled=Count("assessments__results__assessment", distinct=True),
    )
    told = keeping.Overview(
        exercise=found,
        now=clock.now(),
        counts=queries.counts(found),
        pools=list(queries.pools(found)),
        panels=list(panels),
        runs=queries.runs(found),
        appeals=list(Appeal.objects.filter(member__exercise=found).select_related("member__worker")),
    )
    parts = [
        told.stands(),
        told.waits(),
        *([_next(found, agreed, told)] if may(actor, KEEP) else []),
        told.run_section(),
        told.pool_section(),
        told.panel_section(),
        told.appeal_section(),
    ]
    return shown(
        request, actor, title="Selection", heading=f"Selection: {found.programme.title}", sections=parts, what="exercise",
        purpose=f"selection {found.pk}", refused=refused, back=reverse("selection:exercises"),
    )  # fmt: skip


def _next(found: Exercise, agreed: forms.AgreedForm, told: keeping.Overview) -> Section:
    """What human resources can do next, as far as the selection has come; what is too early is refused with its reason."""
    links, acts = [], []
    if found.told_on is None:
        links = [Link("Make a pool", reverse("selection:pool-new", args=[found.pk]))]
        acts = [Act("fill", "Put everybody into the pool of the own post")]
        if found.pools_agreed_on is None:
            acts.append(Act("agree", "Record that the pools were agreed", agreed, main=True))
        else:
            acts.append(Act("tell", "Tell everybody the own pool", main=True))
    if found.published_at is None:
        links.append(Link("Make a panel, record training", reverse("selection:panel-new", args=[found.pk])))
    if found.told_on is not None and found.published_at is None:
        acts.append(
            Act(
                "match",
                "Match now",
                main=True,
                before="What it is worked out from is kept. Nobody is placed by it.",
            )
        )
    if found.published_at is not None:
        acts += _after_the_results(told)
    empty = "" if links or acts else "Everything is done: everybody who has a place sits in it."
    return Section("What can be done", "next", links=links, acts=acts, empty=empty)


def _after_the_results(told: keeping.Overview) -> list[Act]:
    """Letters that an appeal made necessary, and the seats; an appeal's own page leads to a new matching."""
    acts = []
    if told.counts.letters:
        letters = words.count_words(told.counts.letters, "letter", "letters")
        acts.append(
            Act("letters", f"Send {letters} of those for whom an appeal changed something", main=True)
        )
    if told.counts.to_seat:
        people = words.count_words(told.counts.to_seat, "person", "people")
        acts.append(
            Act(
                "seat",
                f"Seat {people} from the first day",
                main=not acts,
                before="One by one: it can be taken up again.",
            )
        )
    return acts


def _did(
    request: HttpRequest, found: Exercise, agreed: forms.AgreedForm, by: Actor
) -> tuple[bool, Refused | None]:
    """Do the one thing of this page that was asked for."""
    acts = {
        "fill": (
            lambda _: pooling.fill_pools(exercise=found, by=by),
            "Everybody who holds a post at risk is in.",
        ),
        "tell": (
            lambda _: pooling.tell_pools(exercise=found, by=by),
            "Everybody reads the own pool. Appeals count from today.",
        ),
        "match": (
            lambda _: tasks.begin_working_out(matching.ask_run(exercise=found, by=by)),
            "Being worked out.",
        ),
        "letters": (lambda _: publishing.publish_changes(found), "The letters are out."),
    }
    if sent(request, "seat") is not None:
        return tried(
            request, None, "seat", lambda _: _seated(found, by), "Everybody who could be seated is seated."
        )
    for name, (do, done) in acts.items():
        if sent(request, name) is not None:
            return tried(request, None, name, do, done)
    return tried(
        request, agreed, "agree",
        lambda typed: pooling.agree_pools(exercise=found, reference=typed["reference"], by=by), "Recorded.",
    )  # fmt: skip


def _seated(found: Exercise, by: Actor) -> None:
    told = placing.seat_everybody(exercise=found, by=by)
    if told.not_done:
        reasons = " ".join(dict.fromkeys(why for _, why in told.not_done))
        raise Refused(
            f"{told.done} were seated, {len(told.not_done)} were not: {reasons}",
            "Put that right and seat again.",
        )


@require_safe
def people(request: HttpRequest, number: int) -> HttpResponse:
    """Everybody under review, with pool, wishes and how many scores are settled."""
    actor, found = exercise_of(request, number)
    total = found.members.count()
    last = max(1, -(-total // MOST))
    asked = request.GET.get("page", "1")
    here = min(max(1, int(asked)) if asked.isdecimal() else 1, last)
    rows = queries.people_of(found, (here - 1) * MOST, MOST)
    part = Section(
        "By name", "people", columns=keeping.PEOPLE_COLUMNS, rows=[keeping.people_row(row) for row in rows],
        empty="Nobody is under review yet.",
    )  # fmt: skip
    pages = Pages(here, last, f"{request.path}?page={{page}}", f"{total} people")
    return shown(
        request, actor, title="Everybody under review", sections=[part], what="people",
        about=[row.worker_id for row in rows], purpose=f"selection {found.pk}", pages=pages,
        back=reverse("selection:exercise", args=[number]),
    )  # fmt: skip


@GET_OR_POST
def pool_new(request: HttpRequest, number: int) -> HttpResponse:
    """Making a pool of old posts, with its claim to new jobs."""
    actor, found = exercise_of(request, number)
    if not may(actor, KEEP):
        raise NotAllowed
    taken = PoolPost.objects.filter(pool__exercise=found).values("post")
    posts = {post.pk: post for post in at_risk(found.programme_id).exclude(pk__in=taken)[:MOST]}
    jobs = {job.pk: job for job in Job.objects.filter(exercise=found)}
    form = forms.PoolForm(
        sent(request, "pool"), posts=[(pk, f"{post.title} {post.reference}, {post.team.name}") for pk, post in posts.items()],
        jobs=[(pk, job.name) for pk, job in jobs.items()],
    )  # fmt: skip

    def make(typed: dict[str, Any]) -> None:
        chosen = {
            name: typed[name] for name in ("name", "kind", "because", "majority_of_duties", "similar_level")
        }
        pooling.make_pool(
            exercise=found, posts=[posts[int(pk)] for pk in typed["posts"]], by=actor,
            jobs=[jobs[int(pk)] for pk in typed["jobs"]], **chosen,
        )  # fmt: skip

    done, refused = tried(request, form, "pool", make, "The pool is made.")
    if done:
        return redirect("selection:exercise", number)
    part = Section(
        "Who is in it, and why", "pool", acts=[Act("pool", "Make this pool", form, main=True)],
        says=["Slotting in needs one holder, most duties in one new job, a similar level, and no other claimant."],
        quiet=f"At most {MOST} posts are listed at a time.",
    )  # fmt: skip
    return page(
        request, "selection/page.jinja", title="Make a pool", heading="Make a pool", sections=[part], refused=refused,
        more_forms=[form] if form.is_bound else [], back=reverse("selection:exercise", args=[number]),
    )  # fmt: skip


@require_safe
def pool(request: HttpRequest, number: int) -> HttpResponse:
    """One pool: why, its claim, and who is in it."""
    actor = keeper(request)
    found = get_object_or_404(Pool.objects.select_related("exercise"), pk=number)
    members = list(
        found.members.select_related("worker", "pool", "post").order_by("worker__name")[: MOST * 3]
    )
    jobs = [job.name for job in found.jobs.all()]
    about = Section(
        "Why these posts are together",
        "why",
        says=[found.because, f"Its claim: {words.listed(jobs, 'to no job')}."],
    )
    listed = Section(
        "Who is in it", "people", columns=(Column("Who"), Column("Own post"), Column("Why")),
        rows=[
            Row((Link(row.worker.name, reverse("selection:person", args=[row.pk])), row.post.reference, row.because))
            for row in members
        ],
        empty="Nobody yet.",
    )  # fmt: skip
    return shown(
        request, actor, title=f"Pool {number}", heading=found.name, sections=[about, listed], what="pool",
        about=[row.worker_id for row in members], purpose=f"pool {number}",
        back=reverse("selection:exercise", args=[found.exercise_id]),
    )  # fmt: skip
