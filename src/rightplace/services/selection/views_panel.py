"""A panel member's own sheets, and what a third settles. A scorer sees no other sheet before all have signed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require, scope
from rightplace.foundation.organisation.models import Worker
from rightplace.services.selection import interviews, queries, scoring
from rightplace.services.selection.forms_panels import (
    InterviewForm,
    ModerateForm,
    ReplaceForm,
    ScoreForm,
    SignForm,
)
from rightplace.services.selection.models import Assessment, Criterion, ScoreSheet
from rightplace.services.selection.policy import KEEP, MODERATE, SCORE
from rightplace.services.selection.presenters.keeping import interview_cell
from rightplace.services.selection.presenters.sections import Act, Section
from rightplace.services.selection.scoring import Given
from rightplace.services.selection.showing import GET_OR_POST, sent, shown, tried
from rightplace.services.selection.views_own import scores_of_member

COLUMNS = (Column("Who"), Column("Panel"), Column("Interview"), Column("Your sheet"))
SPREAD_COLUMNS = (Column("Criterion"), Column("Scorer"), Column("Mark", number=True), Column("Evidence"))
MARK_COLUMNS = (Column("Criterion"), Column("Mark", number=True), Column("Evidence"))
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
    waiting = [each for each in found if each.signed_at is None and each.replaced_at is None]
    signed = [each for each in found if each.signed_at is not None]
    away = [each for each in found if each.replaced_at is not None]
    sections = [
        Section("To score", "waiting", columns=COLUMNS, rows=[_row(each) for each in waiting],
                empty="No sheet waits for you.", links=_as_spreadsheet(waiting)),
        Section("Signed", "signed", columns=COLUMNS, rows=[_row(each) for each in signed],
                empty="You have signed none yet."),
    ]  # fmt: skip
    if away:
        sections.append(
            Section("Given to somebody else", "away", columns=COLUMNS, rows=[_row(each) for each in away])
        )
    about = [each.assessment.member.worker_id for each in found]
    return shown(
        request,
        actor,
        title="Panels",
        heading="Your score sheets",
        sections=sections,
        what="sheets",
        about=about,
    )


def _as_spreadsheet(waiting: list[ScoreSheet]) -> list[Link]:
    """For each panel with open sheets, the template out and in again."""
    panels = {each.assessment.panel_id: each.assessment.panel.title for each in waiting}
    return [
        link
        for number, title in panels.items()
        for link in (
            Link(
                f"{title}: take your sheets out as a spreadsheet",
                reverse("selection:scores-out", args=[number]),
            ),
            Link(
                f"{title}: take your marks in from the spreadsheet",
                reverse("selection:scores-in", args=[number]),
            ),
        )
    ]


def _row(sheet: ScoreSheet) -> Row:
    assessment = sheet.assessment
    if sheet.replaced_at is not None:
        tag = tags.plain("not yours any more")
    else:
        tag = tags.met("signed") if sheet.signed_at else tags.due_soon("to score")
    name = assessment.member.worker.name
    link = Link(name, reverse("selection:sheet", args=[sheet.pk]), "scored anew" if sheet.turn > 1 else "")
    return Row((link, assessment.panel.title, interview_cell(assessment), tag))


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
    about = _about(found)
    return shown(
        request, actor, title=f"Score sheet {number}", sections=[about, _sheet_section(found, form, sign, criteria)],
        what="sheet", about=[member.worker_id], refused=refused, back=reverse("selection:sheets"),
    )  # fmt: skip


def _about(found: ScoreSheet) -> Section:
    """Whom the sheet is about, when and where they are met, and what the interview needs to be fair."""
    assessment = found.assessment
    says = [f"Panel “{assessment.panel.title}”."]
    if assessment.interview_at is not None:
        says.append(f"Interview {words.when(assessment.interview_at)}{_in_place(assessment)}.")
    adjustments = assessment.said.get("adjustments", "")
    if adjustments:
        says.append(f"Agreed for the interview: {adjustments}")
    if found.replaced_at is not None:
        says.append("This sheet was given to somebody else. What you wrote is kept, and does not count.")
        tag = tags.plain("not yours any more")
    else:
        tag = tags.met("signed") if found.signed_at else tags.due_soon("to score")
        says.append(
            "Score alone. Nobody reads your sheet before all scorers have signed, and then it cannot be changed."
        )
    return Section(assessment.member.worker.name, "who", tag, says)


def _in_place(assessment: Assessment) -> str:
    return f", {assessment.place}" if assessment.place else ""


def _first(sheet: ScoreSheet) -> dict[str, Any]:
    marks = sheet.said.get("marks", {})
    points = {f"points_{code}": points for code, (points, _) in marks.items()}
    return points | {f"evidence_{code}": evidence for code, (_, evidence) in marks.items()}


def _saved(
    request: HttpRequest,
    found: ScoreSheet,
    form: ScoreForm,
    sign: SignForm,
    criteria: list[Criterion],
    actor: Actor,
) -> tuple[bool, Refused | None]:
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
    if found.signed_at is not None or found.replaced_at is not None:
        quiet = f"Signed {words.when(found.signed_at)}." if found.signed_at else ""
        return Section(
            "What you found", "found", columns=MARK_COLUMNS, rows=_marks(found, criteria), quiet=quiet,
            empty="You had written nothing.",
        )  # fmt: skip
    form.fields["no_conflict"] = sign.fields["no_conflict"]
    return Section(
        "What you found", "found",
        acts=[Act("sign", "Sign this sheet", form, main=True, other=("save", "Keep for now"))],
    )  # fmt: skip


def _marks(sheet: ScoreSheet, criteria: list[Criterion]) -> list[Row]:
    marks = sheet.said.get("marks", {})
    return [
        Row((each.title, None if marks[each.code][0] is None else f"{marks[each.code][0]} of {each.most}",
             marks[each.code][1] or None))
        for each in criteria if each.code in marks
    ]  # fmt: skip


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
    return InterviewForm(sent(request, "move"), initial=first), ReplaceForm(
        sent(request, "replace"), sheets=[(each.pk, each.scorer.name) for each in open_ones],
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
        says.append(f"Interview {words.when(found.interview_at)}{_in_place(found)}.")
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
            columns=MARK_COLUMNS, rows=_marks(each, criteria), empty="Nothing was written before that.",
        )
        for each in found.sheets.all()
        if each.replaced_at is not None and each.turn == found.turn
    ]  # fmt: skip


def _kept(found: Assessment, move: InterviewForm, replace: ReplaceForm) -> list[Section]:
    open_ones = [each for each in scoring.counting(found) if each.signed_at is None]
    if not open_ones:
        return []
    parts = [
        Section("Replace a scorer", "replace", acts=[Act("replace", "Let this person score instead", replace)],
                says=["For a conflict of interest or an absence. The first sheet stays as it is; the second begins empty."]),
    ]  # fmt: skip
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
    allowed = words.listed(f"{each.title.lower()}: {each.apart}" for each in apart)
    says = [
        f"They may be apart by so many points: {allowed}.",
        "Say which mark holds, and why. The marks before it stay.",
    ]
    return Section(
        "Where the scorers are apart", "apart", says=says, columns=SPREAD_COLUMNS, rows=rows, acts=acts
    )
