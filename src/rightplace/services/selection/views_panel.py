"""A panel member's own sheets, and what a third settles. A scorer sees no other sheet before all have signed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require, scope
from rightplace.services.selection import scoring
from rightplace.services.selection.forms import ModerateForm, ScoreForm, SignForm
from rightplace.services.selection.models import Assessment, Criterion, ScoreSheet
from rightplace.services.selection.policy import MODERATE, SCORE
from rightplace.services.selection.presenters.sections import Act, Section
from rightplace.services.selection.scoring import Given
from rightplace.services.selection.showing import GET_OR_POST, sent, shown, tried
from rightplace.services.selection.views_own import scores_of_member

COLUMNS = (Column("Who"), Column("Panel"), Column("Interview"), Column("Your sheet"))
SPREAD_COLUMNS = (
    Column("Criterion"),
    Column("Marks"),
    Column("Allowed apart", number=True),
    Column("Evidence", whole=True),
)
MOST = 200


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets that wait for the reader first, then those signed."""
    actor = actor_in(request)
    found = list(
        scope(actor, ScoreSheet)
        .select_related("assessment__member__worker", "assessment__panel")
        .order_by("signed_at", "assessment__interview_at", "assessment__member__worker__name")[:MOST]
    )
    waiting = [each for each in found if each.signed_at is None]
    signed = [each for each in found if each.signed_at is not None]
    sections = [
        Section(
            "To score",
            "waiting",
            columns=COLUMNS,
            rows=[_row(each) for each in waiting],
            empty="No sheet waits for you.",
        ),
        Section(
            "Signed",
            "signed",
            columns=COLUMNS,
            rows=[_row(each) for each in signed],
            empty="You have signed none yet.",
        ),
    ]
    about = [each.assessment.member.worker_id for each in found]
    return shown(request, actor, title="Panels", sections=sections, what="sheets", about=about)


def _row(sheet: ScoreSheet) -> Row:
    assessment = sheet.assessment
    at = assessment.interview_at
    tag = tags.met("signed") if sheet.signed_at else tags.due_soon("to score")
    name = assessment.member.worker.name
    link = Link(name, reverse("selection:sheet", args=[sheet.pk]), "scored anew" if sheet.turn > 1 else "")
    return Row((link, assessment.panel.title, words.when(at) if at else None, tag))


@GET_OR_POST
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """One's own sheet: marks with evidence, kept as one goes, then signed."""
    actor = actor_in(request)
    rows = scope(actor, ScoreSheet).select_related(
        "assessment__member__worker", "assessment__panel", "assessment__member__pool"
    )
    found = get_object_or_404(rows, pk=number)
    require(actor, SCORE, found)
    criteria = list(found.assessment.panel.criteria.all())
    form = ScoreForm(sent(request, "save") or sent(request, "sign"), criteria=criteria, initial=_first(found))
    sign = SignForm(sent(request, "sign"))
    done, refused = _saved(request, found, form, sign, criteria, actor)
    if done:
        signed = sent(request, "sign") is not None
        return redirect("selection:sheets") if signed else redirect("selection:sheet", number)
    member = found.assessment.member
    adjustments = found.assessment.said.get("adjustments", "")
    about = Section(
        member.worker.name, "who", tags.met("signed") if found.signed_at else tags.due_soon("to score"),
        says=[
            "Score alone. Nobody reads your sheet before all scorers have signed, and then it cannot be changed.",
            *([f"Adjustments for the interview: {adjustments}"] if adjustments else []),
        ],
    )  # fmt: skip
    return shown(
        request, actor, title=f"Score sheet {number}", sections=[about, _sheet_section(found, form, sign, criteria)],
        what="sheet", about=[member.worker_id], refused=refused, back=reverse("selection:sheets"),
    )  # fmt: skip


def _first(sheet: ScoreSheet) -> dict[str, Any]:
    marks = sheet.said.get("marks", {})
    points = {f"points_{code}": points for code, (points, _) in marks.items()}
    return points | {f"evidence_{code}": evidence for code, (_, evidence) in marks.items()}


def _saved(request, found, form, sign, criteria, actor):  # type: ignore[no-untyped-def]
    """Keep what was typed; sign it where that was asked."""

    def keep(typed: dict[str, Any]) -> None:
        marks = {
            each.code: Given(
                int(typed[f"points_{each.code}"]) if typed[f"points_{each.code}"] else None,
                typed[f"evidence_{each.code}"],
            )
            for each in criteria
        }
        scoring.save_sheet(sheet=found, marks=marks, by=actor)

    done, refused = tried(request, form, "save", keep, "Kept. Nobody else reads it.")
    if sent(request, "sign") is None or not form.is_valid() or not sign.is_valid():
        return done, refused

    def keep_and_sign(_: dict[str, Any]) -> None:
        keep(form.cleaned_data)
        scoring.sign_sheet(sheet=found, no_conflict=sign.cleaned_data["no_conflict"], by=actor)

    return tried(request, form, "sign", keep_and_sign, "Signed.")


def _sheet_section(found: ScoreSheet, form: ScoreForm, sign: SignForm, criteria: list[Criterion]) -> Section:
    if found.signed_at is not None:
        marks = found.said["marks"]
        rows = [
            Row((each.title, f"{marks[each.code][0]} of {each.most}", marks[each.code][1]))
            for each in criteria
        ]
        columns = (Column("Criterion"), Column("Mark", number=True), Column("Evidence", whole=True))
        return Section(
            "What you found",
            "found",
            columns=columns,
            rows=rows,
            quiet=f"Signed {words.when(found.signed_at)}.",
        )
    form.fields["no_conflict"] = sign.fields["no_conflict"]
    return Section(
        "What you found", "found",
        acts=[Act("sign", "Sign this sheet", form, main=True, other=("save", "Keep for now"))],
    )  # fmt: skip


@GET_OR_POST
def assessment(request: HttpRequest, number: int) -> HttpResponse:
    """One assessment for a third to settle, once all have signed; human resources read how it stands."""
    actor = actor_in(request)
    rows = (
        scope(actor, Assessment).select_related("member__worker", "panel").prefetch_related("sheets__scorer")
    )
    found = get_object_or_404(rows, pk=number)
    if not (may(actor, MODERATE) or may(actor, "selection.keep")):
        require(actor, MODERATE)
    standing = scoring.standing_of(found)
    criteria = {each.code: each for each in found.panel.criteria.all()}
    apart = [criteria[each.criterion] for each in standing.spreads if each.to_moderate] if standing else []
    settled = found.results.filter(turn=found.turn).exists()
    form = ModerateForm(sent(request, "moderate"), criteria=apart)
    done, refused = tried(
        request, form, "moderate",
        lambda typed: scoring.moderate(
            assessment=found, by=actor,
            settled={each.code: (int(typed[f"points_{each.code}"]), typed[f"reasons_{each.code}"]) for each in apart},
        ),
        "Settled, with your reasons.",
    )  # fmt: skip
    if done:
        return redirect("selection:assessment", number)
    sections = [_standing(found, settled)]
    if standing is not None and not settled and may(actor, MODERATE):
        act = [Act("moderate", "Settle these marks", form, main=True)] if may(actor, MODERATE, found) else []
        sections.append(_apart(found, apart, act))
    elif settled:
        sections += scores_of_member(found.member)
    return shown(
        request, actor, title=f"Assessment {number}", heading=found.member.worker.name, sections=sections,
        what="assessment", about=[found.member.worker_id], refused=refused,
        back=reverse("selection:exercise", args=[found.panel.exercise_id]),
    )  # fmt: skip


def _standing(found: Assessment, settled: bool) -> Section:
    sheets = [each for each in found.sheets.all() if each.turn == found.turn]
    signed = sum(1 for each in sheets if each.signed_at)
    tag = tags.met("settled") if settled else tags.still_open(f"{signed} of {len(sheets)} signed")
    names = words.listed(each.scorer.name for each in sheets)
    says = [f"Panel “{found.panel.title}”. Scorers: {names}."]
    if found.interview_at:
        says.append(f"Interview {words.when(found.interview_at)}.")
    adjustments = found.said.get("adjustments")
    return Section(
        "How it stands", "stands", tag, [*says, *([f"Adjustments: {adjustments}"] if adjustments else [])]
    )


def _apart(found: Assessment, apart: list[Criterion], acts: list[Act]) -> Section:
    sheets = [each for each in found.sheets.all() if each.turn == found.turn]
    rows = []
    for criterion in apart:
        marks = [each.said["marks"][criterion.code] for each in sheets]
        points = words.listed(str(mark[0]) for mark in marks)
        rows.append(
            Row((criterion.title, points, str(criterion.apart), " / ".join(mark[1] for mark in marks)))
        )
    return Section("Where the scorers are apart", "apart", columns=SPREAD_COLUMNS, rows=rows, acts=acts)
