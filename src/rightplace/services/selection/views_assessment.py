"""One person before one panel: what a third settles where scorers are apart, and what human resources keep of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require, scope
from rightplace.foundation.organisation.models import Worker
from rightplace.services.selection import interviews, queries, scoring
from rightplace.services.selection.forms_panels import InterviewForm, ModerateForm, ReplaceForm
from rightplace.services.selection.models import Assessment, Criterion, ScoreSheet
from rightplace.services.selection.policy import KEEP, MODERATE
from rightplace.services.selection.presenters.sections import Act, Section
from rightplace.services.selection.showing import GET_OR_POST, sent, shown, tried
from rightplace.services.selection.views_own import scores_of_member
from rightplace.services.selection.views_panel import MARK_COLUMNS, in_place, mark_rows

SPREAD_COLUMNS = (Column("Criterion"), Column("Scorer"), Column("Mark", number=True), Column("Evidence"))


@GET_OR_POST
def assessment(request: HttpRequest, number: int) -> HttpResponse:
    """One assessment: a third settles it once all have signed; human resources keep interview and scorers."""
    actor = actor_in(request)
    rows = (
        scope(actor, Assessment).select_related("member__worker", "panel").prefetch_related("sheets__scorer")
    )
    found = get_object_or_404(rows, pk=number)
    if not (may(actor, MODERATE) or may(actor, KEEP)):
        require(actor, MODERATE)
    standing = scoring.standing_of(found)
    criteria = {each.code: each for each in found.panel.criteria.all()}
    apart = [criteria[each.criterion] for each in standing.spreads if each.to_moderate] if standing else []
    settled = found.results.filter(turn=found.turn).exists()
    form = ModerateForm(sent(request, "moderate"), criteria=apart)
    move, replace = _keeping_forms(request, found, settled=settled)
    done, refused = _did(request, found, form, apart, (move, replace), actor)
    if done:
        return redirect("selection:assessment", number)
    keeps = may(actor, KEEP) and found.member.worker_id != actor.worker
    sections = [_standing(found, settled), *_replaced(found, list(criteria.values()))]
    if standing is not None and not settled and may(actor, MODERATE):
        act = [Act("moderate", "Settle these marks", form, main=True)] if may(actor, MODERATE, found) else []
        sections.append(_apart(found, apart, act))
    elif settled:
        sections += scores_of_member(found.member)
    if keeps and not settled:
        sections += _kept(found, move, replace)
    return shown(
        request, actor, title=f"Assessment {number}", heading=found.member.worker.name, sections=sections,
        what="assessment", about=[found.member.worker_id], refused=refused,
        back=reverse("selection:panel", args=[found.panel_id]),
    )  # fmt: skip


def _keeping_forms(
    request: HttpRequest, found: Assessment, *, settled: bool
) -> tuple[InterviewForm, ReplaceForm]:
    """What human resources type about one interview: another time or place, another scorer."""
    at = timezone.localtime(found.interview_at) if found.interview_at else None
    first = {"on": at.date(), "at": f"{at:%H:%M}", "place": found.place} if at else {}
    open_ones = [each for each in scoring.counting(found) if each.signed_at is None]
    had = {each.scorer_id for each in found.sheets.all()}
    people = [
        each
        for each in (() if settled else queries.trained_workers())
        if each.pk not in had and each.pk != found.member.worker_id
    ]
    away = [each.pk for each in open_ones if each.conflict_at is not None]
    return InterviewForm(sent(request, "move"), initial=first), ReplaceForm(
        sent(request, "replace"), initial={"sheet": away[0]} if away else {},
        sheets=[(each.pk, each.scorer.name) for each in open_ones],
        people=[(each.pk, each.name) for each in people],
    )  # fmt: skip


def _did(
    request: HttpRequest,
    found: Assessment,
    form: ModerateForm,
    apart: list[Criterion],
    keeping: tuple[InterviewForm, ReplaceForm],
    by: Actor,
) -> tuple[bool, Refused | None]:
    """The one thing of this page that was asked for."""
    move, replace = keeping

    def replaced(typed: dict[str, Any]) -> None:
        sheet = get_object_or_404(ScoreSheet, pk=typed["sheet"], assessment=found)
        worker = get_object_or_404(Worker, pk=typed["worker"])
        interviews.replace_scorer(sheet=sheet, worker=worker, because=typed["because"], by=by)

    acts: list[tuple[forms.Form, str, Any, str]] = [
        (form, "moderate", lambda typed: scoring.moderate(
            assessment=found, by=by,
            settled={each.code: (int(typed[f"points_{each.code}"]), typed[f"reasons_{each.code}"]) for each in apart},
        ), "Settled, with your reasons."),
        (move, "move", lambda typed: interviews.move_interview(
            assessment=found, on=typed["on"], at=typed["at"], place=typed["place"], by=by), "The interview is moved."),
        (replace, "replace", replaced, "Another scorer has an empty sheet. What the first wrote is kept, with your reason."),
    ]  # fmt: skip
    for asked, act, do, said in acts:
        done, refused = tried(request, asked, act, do, said)
        if done or refused is not None:
            return done, refused
    return False, None


def _standing(found: Assessment, settled: bool) -> Section:
    sheets = scoring.counting(found)
    signed = sum(1 for each in sheets if each.signed_at)
    tag = tags.met("settled") if settled else tags.still_open(f"{signed} of {len(sheets)} signed")
    names = words.listed(each.scorer.name for each in sheets)
    says = [f"Panel “{found.panel.title}”. Scorers: {names}."]
    if found.interview_at:
        says.append(f"Interview {words.when(found.interview_at)}{in_place(found)}.")
    adjustments = found.said.get("adjustments")
    return Section(
        "How it stands", "stands", tag, [*says, *([f"Agreed for it: {adjustments}"] if adjustments else [])]
    )


def _replaced(found: Assessment, criteria: list[Criterion]) -> list[Section]:
    """Scorers who were replaced: why, by whom, and what they had found, which does not count."""
    return [
        Section(
            f"{each.scorer.name} was replaced", f"replaced-{each.pk}", tags.plain("does not count"),
            [f"{words.when(each.replaced_at)}: {each.said['replaced']}"],
            columns=MARK_COLUMNS, rows=mark_rows(each, criteria), empty="Nothing was written before that.",
        )
        for each in found.sheets.all()
        if each.replaced_at is not None and each.turn == found.turn
    ]  # fmt: skip


def _kept(found: Assessment, move: InterviewForm, replace: ReplaceForm) -> list[Section]:
    open_ones = [each for each in scoring.counting(found) if each.signed_at is None]
    if not open_ones:
        return []
    conflicts = [each for each in open_ones if each.conflict_at is not None]
    says = [
        f"{each.scorer.name} said {words.when(each.conflict_at)} to be unable to score this person: “{each.said['conflict']}”"
        for each in conflicts
    ]
    says.append(
        "For a conflict of interest or an absence. The first sheet stays as it is; the second begins empty."
    )
    tag = tags.due_soon("a conflict of interest") if conflicts else None
    act = Act("replace", "Let this person score instead", replace, main=bool(conflicts))
    parts = [Section("Replace a scorer", "replace", tag, says, acts=[act])]
    if len(open_ones) == len(scoring.counting(found)):
        parts.insert(0, Section("Move the interview", "move", acts=[Act("move", "Move it", move)]))
    return parts


def _apart(found: Assessment, apart: list[Criterion], acts: list[Act]) -> Section:
    """Each mark on which they are apart, scorer by scorer with the evidence."""
    rows = []
    for criterion in apart:
        for each in scoring.counting(found):
            points, evidence = each.said["marks"][criterion.code]
            rows.append(Row((criterion.title, each.scorer.name, f"{points} of {criterion.most}", evidence)))
    most = sorted({each.apart for each in apart})
    allowed = f"{most[0]}" if len(most) == 1 else f"{most[0]} to {most[-1]}"
    says = [
        f"Two scorers may differ by {allowed} points at most. Here they are further apart.",
        "Say which mark holds, and why. The marks before it stay.",
    ]
    return Section(
        "Where the scorers are apart", "apart", says=says, columns=SPREAD_COLUMNS, rows=rows, acts=acts
    )
