"""Human resources' pages: a selection, its pools, panels and people; and what each of them asks to be done."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.web import tags, words
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Column, Link, Pages, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.programme.hooks import stands_against_results
from rightplace.foundation.organisation.programme.queries import at_risk, programmes
from rightplace.services.selection import (
    forms,
    matching,
    placing,
    pooling,
    publishing,
    queries,
    scoring,
    tasks,
)
from rightplace.services.selection.models import (
    Appeal,
    Exercise,
    Job,
    Panel,
    Pool,
    PoolPost,
    Run,
)
from rightplace.services.selection.policy import KEEP, MODERATE
from rightplace.services.selection.presenters import keeping
from rightplace.services.selection.presenters.sections import Act, Section
from rightplace.services.selection.scoring import Weighed
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
    parts = [Section("Selections", "selections", columns=columns, rows=listed, empty="There is none.")]
    if may(actor, KEEP) and open_ones:
        parts.append(
            Section("Begin one", "begin", acts=[Act("begin", "Begin the selection", form, main=True)])
        )
    return page(
        request, "selection/page.jinja", title="Selection", heading="Selection", sections=parts, refused=refused,
        more_forms=[form] if form.is_bound else [],
    )  # fmt: skip


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
        runs=list(
            Run.objects.filter(exercise=found).prefetch_related("results", "decisions").defer("sealed")
        ),
        appeals=list(Appeal.objects.filter(member__exercise=found).select_related("member__worker")),
        against=[] if found.published_at else stands_against_results(found.programme_id, clock.today()),
    )
    parts = [
        told.stands(),
        told.waits(),
        told.run_section(),
        told.pool_section(),
        told.panel_section(),
        told.appeal_section(),
    ]
    if may(actor, KEEP):
        parts.append(_next(found, agreed, told))
    return shown(
        request, actor, title="Selection", heading=f"Selection: {found.programme.title}", sections=parts, what="exercise",
        purpose=f"selection {found.pk}", refused=refused, back=reverse("selection:exercises"),
    )  # fmt: skip


def _next(found: Exercise, agreed: forms.AgreedForm, told: keeping.Overview) -> Section:
    """What human resources can do next; each is refused with its reason where it is too early."""
    links = [
        Link("Make a pool", reverse("selection:pool-new", args=[found.pk])),
        Link("Make a panel, record training", reverse("selection:panel-new", args=[found.pk])),
    ]
    acts = [Act("fill", "Put everybody into the pool of the own post")]
    if found.pools_agreed_on is None:
        acts.append(Act("agree", "Record that the pools were agreed", agreed))
    elif found.told_on is None:
        acts.append(Act("tell", "Tell everybody the own pool"))
    else:
        acts = [
            Act(
                "match",
                "Match now",
                main=True,
                before="What it is worked out from is kept. Nobody is placed by it.",
            )
        ]
    if found.published_at is not None:
        acts.append(Act("letters", "Send the letters of those for whom an appeal changed something"))
        acts.append(
            Act("seat", "Seat everybody from the first day", before="One by one: it can be taken up again.")
        )
    return Section("What can be done", "next", links=links, acts=acts)


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
        "Who is in it", "people", columns=(Column("Who"), Column("Own post"), Column("Why", whole=True)),
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


@GET_OR_POST
def panel_new(request: HttpRequest, number: int) -> HttpResponse:
    """Making a panel of trained scorers, and recording who was trained."""
    actor, found = exercise_of(request, number)
    if not may(actor, KEEP):
        raise NotAllowed
    trained = {each.pk: each for each in queries.trained_workers()}
    staff = {each.pk: each for each in queries.who_may_score()}
    titles = sorted(set(Job.objects.filter(exercise=found).values_list("title", flat=True)))
    form = forms.PanelForm(
        sent(request, "panel"), jobs=[(each, each) for each in titles],
        people=[(pk, each.name) for pk, each in trained.items()],
    )  # fmt: skip
    training = forms.TrainingForm(
        sent(request, "training"), people=[(pk, each.name) for pk, each in staff.items()]
    )

    def make(typed: dict[str, Any]) -> None:
        criteria = [
            Weighed(f"c{place}", said, weight) for place, (weight, said) in enumerate(typed["criteria"], 1)
        ]
        scoring.make_panel(
            exercise=found, title=typed["title"], jobs=list(Job.objects.filter(exercise=found, title__in=typed["jobs"])),
            criteria=criteria, scorers=[trained[int(pk)] for pk in typed["scorers"]], by=actor,
        )  # fmt: skip

    done, refused = tried(request, form, "panel", make, "The panel is made.")
    if not done and refused is None:
        done, refused = tried(
            request, training, "training",
            lambda typed: scoring.record_training(
                worker=staff[int(typed["worker"])], on=typed["on"], what=typed["what"], by=actor
            ),
            "The training is recorded.",
        )  # fmt: skip
    if done:
        return redirect("selection:panel-new", number)
    parts = [
        Section("A panel", "panel", acts=[Act("panel", "Make this panel", form, main=True)],
                says=["At least two scorers, each trained. Nobody scores who competes for one of the jobs."]),
        Section("Training", "training", acts=[Act("training", "Record this training", training)]),
    ]  # fmt: skip
    return page(
        request, "selection/page.jinja", title="Make a panel", heading="Make a panel", sections=parts, refused=refused,
        more_forms=[each for each in (form, training) if each.is_bound], back=reverse("selection:exercise", args=[number]),
    )  # fmt: skip


@require_safe
def panel(request: HttpRequest, number: int) -> HttpResponse:
    """One panel: its criteria and scorers, and how each assessment stands. Marks are on the assessments' own pages."""
    actor = keeper(request)
    found = get_object_or_404(Panel.objects.select_related("exercise"), pk=number)
    total = found.assessments.count()
    last = max(1, -(-total // MOST))
    asked = request.GET.get("page", "1")
    here = min(max(1, int(asked)) if asked.isdecimal() else 1, last)
    listed = queries.assessments_of(number, (here - 1) * MOST, MOST)
    scorers = words.listed(found.scorers.order_by("worker__name").values_list("worker__name", flat=True))
    criteria = [
        Row((each.title, str(each.weight), str(each.most), str(each.apart))) for each in found.criteria.all()
    ]
    columns = (
        Column("Criterion"),
        Column("Weight", number=True),
        Column("Most", number=True),
        Column("Allowed apart", number=True),
    )
    parts = [
        Section("Criteria", "criteria", says=[f"Scorers: {scorers}."], columns=columns, rows=criteria),
        Section("Assessments", "assessments", columns=keeping.ASSESSMENT_COLUMNS, rows=[_assessed(row) for row in listed],
                empty="Nobody is before this panel yet."),
    ]  # fmt: skip
    return shown(
        request, actor, title=f"Panel {number}", heading=found.title, sections=parts, what="panel",
        about=[row.member.worker_id for row in listed], purpose=f"panel {number}",
        pages=Pages(here, last, f"{request.path}?page={{page}}", f"{total} people"),
        back=reverse("selection:exercise", args=[found.exercise_id]),
    )  # fmt: skip


def _assessed(row) -> Row:  # type: ignore[no-untyped-def]
    signed = [sheet for sheet in row.sheets.all() if sheet.turn == row.turn and sheet.signed_at]
    of = [sheet for sheet in row.sheets.all() if sheet.turn == row.turn]
    settled = next((each for each in row.results.all() if each.turn == row.turn), None)
    tag = tags.still_open(f"{len(signed)} of {len(of)} signed")
    if settled is not None:
        tag = tags.met("settled by a third" if settled.moderated else "settled")
    elif of and len(signed) == len(of):
        tag = tags.due_soon("to moderate")
    link = Link(
        row.member.worker.name,
        reverse("selection:assessment", args=[row.pk]),
        "scored anew" if row.turn > 1 else "",
    )
    return Row((link, words.when(row.interview_at) if row.interview_at else None, tag))
