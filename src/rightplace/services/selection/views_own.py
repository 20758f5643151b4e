"""A person's own pages: pool, wishes, right, letter, scores, appeal. Nobody else's; each reading is recorded."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, require, scope
from rightplace.foundation.organisation import clock
from rightplace.services.selection import appealing, interviews, pooling, preferring
from rightplace.services.selection.forms import AnswerForm, AppealForm, WishForm, WordsForm
from rightplace.services.selection.letters import named_for
from rightplace.services.selection.models import (
    Appeal,
    Criterion,
    Job,
    Letter,
    Member,
    Offer,
    Result,
    ScoreSheet,
)
from rightplace.services.selection.paper import as_pdf
from rightplace.services.selection.policy import PREFER, RAISE
from rightplace.services.selection.presenters import own as presented
from rightplace.services.selection.presenters.sections import Act, Section
from rightplace.services.selection.showing import GET_OR_POST, sent, shown, tried

PLACE_COLUMNS = (
    Column("Job"),
    Column("Team"),
    Column("Places", number=True),
    Column("Hours a week", number=True),
)
WITH = ("exercise__programme", "pool", "post", "worker")


def _own(request: HttpRequest, number: int, may: str = PREFER) -> tuple[Any, Member]:
    """The reader and the reader's own line; nobody else's, whatever the role."""
    actor = actor_in(request)
    member = get_object_or_404(scope(actor, Member).select_related(*WITH), pk=number)
    require(actor, may, member)
    return actor, member


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The reader's own place in the latest selection, or that there is none."""
    actor = actor_in(request)
    member = Member.objects.filter(worker=actor.worker).order_by("-pk").first()
    if member is not None:
        return redirect("selection:own", member.pk)
    part = Section(
        "You are in no selection", "none", says=["Your post is not under review in any programme."]
    )
    return page(request, "selection/page.jinja", title="My place", heading="My place", sections=[part])


@GET_OR_POST
def own(request: HttpRequest, number: int) -> HttpResponse:
    """Pool and reasons, wishes, a right that comes first, what was decided, appeals."""
    actor, member = _own(request, number)
    offer = Offer.objects.filter(member=member).first()
    form = AnswerForm(sent(request, "answer"))
    needs = WordsForm(
        sent(request, "ask"), label="What do you need so that the interview is fair to you?",
        hint="A room that you can reach, a time of day, questions in writing. Sealed; the panel reads what is agreed.",
    )  # fmt: skip
    done, refused = tried(
        request, form, "answer",
        lambda typed: pooling.answer_offer(offer=offer, answer=typed["answer"], by=actor) if offer else None,
        "Your answer is recorded.",
    )  # fmt: skip
    if not done and refused is None:
        done, refused = tried(
            request, needs, "ask", lambda typed: interviews.ask_adjustment(member=member, words=typed["words"], by=actor),
            "Asked. Human resources answer here.",
        )  # fmt: skip
    if done:
        return redirect("selection:own", number)
    letter = (
        scope(actor, Letter)
        .filter(placement__member=member, published_at__isnull=False)
        .order_by("-pk")
        .first()
    )
    told = presented.OwnPlace(
        member=member,
        now=clock.now(),
        wishes=member.preferences.select_related("recorded_by").first(),
        jobs=dict(Job.objects.filter(exercise=member.exercise_id).values_list("pk", "name")),
        offer=offer,
        letter=letter,
        appeals=list(member.appeals.all()),
        named=named_for([member.pk]).get(member.pk) if letter else None,
        interviews=list(
            member.assessments.select_related("panel")
            .prefetch_related("sheets__scorer")
            .order_by("interview_at")
        ),
        adjustment=member.adjustments.select_related("answered_by").first(),
        share=preferring.shared_with(member),
    )
    waits = offer is not None and offer.judged_on is not None and not offer.answer
    act = Act("answer", "Give this answer", form, main=True) if waits else None
    return shown(
        request,
        actor,
        title="My place",
        sections=told.sections(act, None if letter else Act("ask", "Ask for this", needs)),
        what="own",
        about=[actor.worker],
        refused=refused,
    )


@GET_OR_POST
def wishes(request: HttpRequest, number: int) -> HttpResponse:
    """Naming up to eight places, the best first."""
    actor, member = _own(request, number)
    found = (
        Job.objects.filter(exercise=member.exercise_id, professions__contains=[member.profession])
        .select_related("team")
        .annotate(places=Count("posts"))
    )
    jobs = list(found.order_by("name"))
    held = member.preferences.first()
    first = {f"job_{place}": job for place, job in enumerate(held.jobs, 1)} if held else {}
    form = WishForm(sent(request, "wish"), jobs=[(job.pk, job.name) for job in jobs], initial=first)
    named = {job.pk: job for job in jobs}
    done, refused = tried(
        request, form, "wish",
        lambda _: preferring.say_preferences(member=member, jobs=[named[pk] for pk in form.chosen()], by=actor),
        "What you would like is recorded. You can change it until the closing day.",
    )  # fmt: skip
    if done:
        return redirect("selection:own", number)
    parts = [
        Section(
            "The places that your profession can hold", "places", columns=PLACE_COLUMNS,
            rows=[Row((job.title, job.team.name, getattr(job, "places", 0), f"{job.minutes / 60:g}")) for job in jobs],
            empty="No new place is open to your profession. Speak with human resources.",
        ),
        Section(
            "What you would like", "wish", says=["The best first, at most eight. Name only what you would take."],
            acts=[Act("wish", "Record what I would like", form, main=True)] if jobs else [],
        ),
    ]  # fmt: skip
    return shown(
        request, actor, title="What I would like", sections=parts, what="wishes", about=[actor.worker], refused=refused,
        back=reverse("selection:own", args=[number]),
    )  # fmt: skip


def _letter(request: HttpRequest, number: int) -> tuple[Any, Letter, list[Section]]:
    actor = actor_in(request)
    rows = scope(actor, Letter).select_related("placement__member__worker", "placement__job")
    letter = get_object_or_404(rows, pk=number)
    member = letter.placement.member
    return actor, letter, presented.letter_sections(letter, named_for([member.pk]).get(member.pk))


@require_safe
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """The letter: the person's own once published; human resources read what they wrote."""
    actor, found, sections = _letter(request, number)
    member = found.placement.member
    links = [
        Link("The letter as PDF", reverse("selection:letter-pdf", args=[number])),
        Link("What each scorer wrote", reverse("selection:own-scores", args=[member.pk])),
    ]
    own = member.worker_id == actor.worker
    sections.append(Section("More", "more", links=links if own else links[:1]))
    return shown(
        request, actor, title="Letter", heading="Your place in the new structure", sections=sections, what="letter",
        about=[member.worker_id], back=reverse("selection:own", args=[member.pk]) if own else "",
    )  # fmt: skip


@require_safe
def letter_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The letter on paper."""
    actor, found, sections = _letter(request, number)
    worker = found.placement.member.worker
    record_reading(actor, (), "selection:letter-pdf", found=1, purpose=f"staff {worker.pk}")
    body = as_pdf(found.pk, worker.name, found.published_at or found.recorded_at, sections)
    return HttpResponse(
        body, content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="letter-{found.pk}.pdf"', "Cache-Control": "no-store"},
    )  # fmt: skip


def scores_of_member(member: Member) -> list[Section]:
    """Every settled score of a person with its sheets."""
    results = list(Result.objects.filter(assessment__member=member).select_related("assessment__panel"))
    sheets = list(
        ScoreSheet.objects.filter(assessment__member=member, signed_at__isnull=False).order_by("id")
    )
    criteria: dict[int, list[Criterion]] = {}
    for each in Criterion.objects.filter(panel__in=[row.assessment.panel_id for row in results]):
        criteria.setdefault(each.panel_id, []).append(each)
    return presented.score_sections(results, sheets, criteria)


@require_safe
def scores(request: HttpRequest, number: int) -> HttpResponse:
    """What each scorer wrote about oneself, once the results are out."""
    actor, member = _own(request, number)
    if member.exercise.published_at is None:
        raise NotAllowed
    sections = scores_of_member(member) or [
        Section("No panel scored you", "none", says=["You were not assessed."])
    ]
    return shown(
        request, actor, title="My scores", sections=sections, what="own-scores", about=[actor.worker],
        back=reverse("selection:own", args=[number]),
    )  # fmt: skip


@GET_OR_POST
def appeal_new(request: HttpRequest, number: int) -> HttpResponse:
    """Appealing against the own pool, score or result."""
    actor, member = _own(request, number, RAISE)
    form = AppealForm(sent(request, "appeal"))
    made: list[Appeal] = []
    done, refused = tried(
        request, form, "appeal",
        lambda typed: made.append(
            appealing.raise_appeal(member=member, about=typed["about"], grounds=typed["grounds"], by=actor)
        ),
        "Your appeal is made. Somebody who took no part hears you.",
    )  # fmt: skip
    if done:
        return redirect("selection:own-appeal", made[0].pk)
    part = Section(
        "Your appeal", "appeal", acts=[Act("appeal", "Make this appeal", form, main=True)],
        says=["You may bring a trade union representative or a colleague to the hearing."],
    )  # fmt: skip
    return shown(
        request, actor, title="Appeal", sections=[part], what="appeal-new", about=[actor.worker], refused=refused,
        back=reverse("selection:own", args=[number]),
    )  # fmt: skip


@GET_OR_POST
def appeal(request: HttpRequest, number: int) -> HttpResponse:
    """The own appeal: its clocks, what was said, the decision; evidence can be added while it is open."""
    actor = actor_in(request)
    rows = scope(actor, Appeal).filter(member__worker=actor.worker)
    found = get_object_or_404(rows.select_related("member", "hearer"), pk=number)
    form = WordsForm(
        sent(request, "evidence"), label="More evidence", hint="What shows it, and where it can be read."
    )
    done, refused = tried(
        request, form, "evidence",
        lambda typed: appealing.add_evidence(appeal=found, words=typed["words"], by=actor), "Your evidence is added.",
    )  # fmt: skip
    if done:
        return redirect("selection:own-appeal", number)
    sections = presented.appeal_sections(found, list(found.words.all()), clock.now())
    if not found.outcome:
        sections.append(Section("Add evidence", "add", acts=[Act("evidence", "Add this evidence", form)]))
    return shown(
        request, actor, title="My appeal", sections=sections, what="own-appeal", about=[actor.worker], refused=refused,
        back=reverse("selection:own", args=[found.member_id]),
    )  # fmt: skip


__all__ = ["appeal", "appeal_new", "home", "letter", "letter_pdf", "own", "scores", "wishes"]
