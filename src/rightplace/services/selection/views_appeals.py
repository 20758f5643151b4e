"""Appeals: human resources appoint who hears and carry out what succeeded; the hearer reads, hears and decides."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.services.selection import appealing, forms, forms_panels, matching, queries, scoring, tasks
from rightplace.services.selection.models import Appeal, Assessment
from rightplace.services.selection.policy import HEAR
from rightplace.services.selection.presenters.own import appeal_sections, appeal_tag
from rightplace.services.selection.presenters.sections import Act, Section
from rightplace.services.selection.showing import GET_OR_POST, sent, shown, tried
from rightplace.services.selection.views_own import scores_of_member

COLUMNS = (Column("Who"), Column("Against"), Column("Hearing"), Column("How it stands"))
MOST = 100


@require_safe
def hearings(request: HttpRequest) -> HttpResponse:
    """The appeals to which the reader is appointed."""
    actor = actor_in(request)
    found = list(
        scope(actor, Appeal)
        .filter(hearer=actor.worker)
        .select_related("member__worker")
        .order_by("outcome", "-made_on")[:MOST]
    )
    rows = [
        Row((
            Link(each.member.worker.name, reverse("selection:hearing", args=[each.pk])), Appeal.About(each.about).label,
            words.plain_day(each.hearing_on) if each.hearing_on else None, appeal_tag(each, clock.today()),
        ))
        for each in found
    ]  # fmt: skip
    part = Section(
        "Appeals that you hear", "appeals", columns=COLUMNS, rows=rows, empty="You are appointed to none."
    )
    return shown(
        request,
        actor,
        title="Appeals",
        sections=[part],
        what="hearings",
        about=[each.member.worker_id for each in found],
    )


@GET_OR_POST
def hearing(request: HttpRequest, number: int) -> HttpResponse:
    """One appeal, for its hearer: what was said, the scores with their evidence, and the decision."""
    actor = actor_in(request)
    found = get_object_or_404(
        scope(actor, Appeal).select_related("member__worker", "member__exercise", "hearer"), pk=number
    )
    require(actor, HEAR, found)
    assessments = {
        each.pk: each for each in Assessment.objects.filter(member=found.member).select_related("panel")
    }
    form = forms.DecideAppealForm(
        sent(request, "decide"), assessments=[(pk, each.panel.title) for pk, each in assessments.items()]
    )
    more = forms.WordsForm(sent(request, "evidence"), label="What you heard or read")

    def decide(typed: dict[str, Any]) -> None:
        chosen = assessments.get(int(typed["assessment"])) if typed["assessment"] else None
        appealing.decide_appeal(
            appeal=found, outcome=typed["outcome"], reasons=typed["reasons"], heard_on=typed["heard_on"], by=actor,
            assessment=chosen,
        )  # fmt: skip

    done, refused = tried(request, form, "decide", decide, "Decided. The person reads your reasons.")
    if not done and refused is None:
        done, refused = tried(
            request,
            more,
            "evidence",
            lambda typed: appealing.add_evidence(appeal=found, words=typed["words"], by=actor),
            "Added.",
        )
    if done:
        return redirect("selection:hearing", number)
    parts = appeal_sections(found, list(found.words.all()), clock.now())
    if not found.outcome:
        acts = [
            Act("decide", "Give this decision", form, main=True),
            Act("evidence", "Add this to what was said", more),
        ]
        parts.append(Section("Your decision", "decide", acts=acts))
    parts += scores_of_member(found.member)
    return shown(
        request, actor, title=f"Appeal {number}", heading=f"Appeal of {found.member.worker.name}", sections=parts,
        what="hearing", about=[found.member.worker_id], refused=refused, back=reverse("selection:hearings"),
    )  # fmt: skip


@GET_OR_POST
def appeal(request: HttpRequest, number: int) -> HttpResponse:
    """One appeal, for human resources: who hears it, and what its success leads to."""
    actor = actor_in(request)
    found = get_object_or_404(
        scope(actor, Appeal).select_related(
            "member__worker", "member__exercise", "member__pool", "hearer", "assessment__panel"
        ),
        pk=number,
    )
    require(actor, "selection.keep")
    hearers = queries.who_may_hear()
    form = forms.HearerForm(sent(request, "appoint"), people=[(each.pk, each.name) for each in hearers])
    scorers = queries.trained_workers() if found.assessment_id else []
    again = forms_panels.ScorersForm(
        sent(request, "again"), people=[(each.pk, each.name) for each in scorers]
    )
    named = {str(each.pk): each for each in [*hearers, *scorers]}
    acts = [
        (form, "appoint", lambda typed: appealing.appoint_hearer(
            appeal=found, hearer=named[typed["hearer"]], hearing_on=typed["hearing_on"], by=actor), "Appointed."),
        (again, "again", lambda typed: _again(found, [named[typed[each]] for each in ("first", "second")], actor),
         "They score alone now."),
        (None, "match", lambda _: tasks.begin_working_out(
            matching.ask_run(exercise=found.member.exercise, by=actor, appeal=found)), "Being worked out."),
    ]  # fmt: skip
    for asked, act, do, said in acts:
        done, refused = tried(request, asked, act, do, said)
        if done:
            return redirect("selection:appeal", number)
        if refused is not None:
            break
    parts = appeal_sections(found, list(found.words.all()), clock.now())
    parts.append(_next(found, form, again))
    return shown(
        request, actor, title=f"Appeal {number}", heading=f"Appeal of {found.member.worker.name}", sections=parts,
        what="appeal", about=[found.member.worker_id], refused=refused,
        back=reverse("selection:exercise", args=[found.member.exercise_id]),
    )  # fmt: skip


def _again(found: Appeal, scorers: list[Worker], by: Any) -> None:
    assert found.assessment is not None
    on_it = set(found.assessment.panel.scorers.values_list("worker", flat=True))
    for worker in scorers:
        if worker.pk not in on_it:
            scoring.appoint_scorer(panel=found.assessment.panel, worker=worker, by=by)
    appealing.carry_out(appeal=found, scorers=scorers, by=by)


def _next(found: Appeal, form: forms.HearerForm, again: forms_panels.ScorersForm) -> Section:
    if not found.outcome:
        return Section("Who hears it", "appoint", acts=[Act("appoint", "Appoint", form, main=True)],
                       says=["Nobody who pooled, scored, moderated, proposed or confirmed may hear it."])  # fmt: skip
    if found.assessment is None:
        return Section(
            "What follows", "follows", says=["The decision and its reasons are on the person’s own page."]
        )
    if found.assessment.turn == 1:
        return Section("What follows", "follows", acts=[Act("again", "Have the person scored anew", again, main=True)],
                       says=["By two trained people who did not score before."])  # fmt: skip
    run = found.runs.first()
    if run is not None:
        link = Link(f"Run {run.number}", reverse("selection:run", args=[run.pk]))
        return Section(
            "What follows",
            "follows",
            says=["It was matched anew: whom it would move is shown there first."],
            links=[link],
        )
    return Section("What follows", "follows", acts=[Act("match", "Match anew with the new score", main=True)],
                   says=["Scored anew. Nothing changes before two people decide again."])  # fmt: skip
