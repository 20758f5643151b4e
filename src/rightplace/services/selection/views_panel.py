"""A panel member's own sheets. A scorer sees no other sheet before all have signed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require, scope
from rightplace.services.selection import interviews, scoring
from rightplace.services.selection.forms_panels import ConflictForm, ScoreForm, SignForm
from rightplace.services.selection.models import Assessment, Criterion, ScoreSheet
from rightplace.services.selection.policy import SCORE
from rightplace.services.selection.presenters.keeping import interview_cell
from rightplace.services.selection.presenters.sections import Act, Section
from rightplace.services.selection.scoring import Given
from rightplace.services.selection.showing import GET_OR_POST, sent, shown, tried

COLUMNS = (Column("Who"), Column("Panel"), Column("Interview"), Column("Your sheet"))
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
    waiting = [each for each in found if each.signed_at is None and not _is_away(each)]
    signed = [each for each in found if each.signed_at is not None]
    away = [each for each in found if _is_away(each) and each.signed_at is None]
    sections = [
        Section("To score", "waiting", columns=COLUMNS, rows=[_row(each) for each in waiting],
                empty="No sheet waits for you.", links=_as_spreadsheet(waiting)),
        Section("Signed", "signed", columns=COLUMNS, rows=[_row(each) for each in signed],
                empty="You have signed none yet."),
    ]  # fmt: skip
    if away:
        sections.append(
            Section("Somebody else scores", "away", columns=COLUMNS, rows=[_row(each) for each in away])
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


def _is_away(sheet: ScoreSheet) -> bool:
    return sheet.replaced_at is not None or sheet.conflict_at is not None


def _tag(sheet: ScoreSheet) -> tags.Tag:
    if sheet.replaced_at is not None:
        return tags.plain("not yours any more")
    if sheet.conflict_at is not None:
        return tags.still_open("another is named")
    return tags.met("signed") if sheet.signed_at else tags.due_soon("to score")


def _row(sheet: ScoreSheet) -> Row:
    assessment = sheet.assessment
    name = assessment.member.worker.name
    link = Link(name, reverse("selection:sheet", args=[sheet.pk]), "scored anew" if sheet.turn > 1 else "")
    return Row((link, assessment.panel.title, interview_cell(assessment), _tag(sheet)))


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
    sign, conflict = SignForm(sent(request, "sign")), ConflictForm(sent(request, "conflict"))
    done, refused = _saved(request, found, form, sign, criteria, actor)
    if not done and refused is None:
        done, refused = tried(
            request, conflict, "conflict",
            lambda typed: interviews.declare_conflict(sheet=found, words=typed["words"], by=actor),
            "Human resources are told, and name somebody else.",
        )  # fmt: skip
    if done:
        kept = sent(request, "save") is not None
        return redirect("selection:sheet", number) if kept else redirect("selection:sheets")
    member = found.assessment.member
    sections = [_about(found), _sheet_section(found, form, sign, criteria), *_cannot(found, conflict)]
    return shown(
        request, actor, title=f"Score sheet {number}", sections=sections, what="sheet", about=[member.worker_id],
        refused=refused, back=reverse("selection:sheets"),
    )  # fmt: skip


def _about(found: ScoreSheet) -> Section:
    """Whom the sheet is about, when and where they are met, and what the interview needs to be fair."""
    assessment = found.assessment
    says = [f"Panel “{assessment.panel.title}”."]
    if assessment.interview_at is not None:
        says.append(f"Interview {words.when(assessment.interview_at)}{in_place(assessment)}.")
    adjustments = assessment.said.get("adjustments", "")
    if adjustments:
        says.append(f"Agreed for the interview: {adjustments}")
    if found.replaced_at is not None:
        says.append("This sheet was given to somebody else. What you wrote is kept, and does not count.")
    elif found.conflict_at is not None:
        said = f"You said {words.when(found.conflict_at)} that you cannot score this person"
        says.append(f"{said}: “{found.said['conflict']}” Human resources name somebody else.")
    elif found.signed_at is not None:
        says.append("Nobody else reads your sheet before all scorers have signed.")
    else:
        says.append(
            "Score alone: nobody else reads your sheet before all scorers have signed. What you signed cannot be changed."
        )
    return Section(assessment.member.worker.name, "who", _tag(found), says)


def in_place(assessment: Assessment) -> str:
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
    if found.signed_at is not None or _is_away(found):
        quiet = f"Signed {words.when(found.signed_at)}." if found.signed_at else ""
        return Section(
            "What you found", "found", columns=MARK_COLUMNS, rows=mark_rows(found, criteria), quiet=quiet,
            empty="You had written nothing.",
        )  # fmt: skip
    if scoring.lies_ahead(found.assessment):
        return Section(
            "What you found", "found", says=["You can keep notes now, and sign once the interview has begun."],
            acts=[Act("save", "Keep for now", form, main=True)],
        )  # fmt: skip
    form.fields["no_conflict"] = sign.fields["no_conflict"]
    return Section(
        "What you found", "found",
        acts=[Act("sign", "Sign this sheet", form, main=True, other=("save", "Keep for now"))],
    )  # fmt: skip


def _cannot(found: ScoreSheet, form: ConflictForm) -> list[Section]:
    """The way out for whoever is kin or a friend of the person, or in dispute with them."""
    if found.signed_at is not None or _is_away(found):
        return []
    says = ["If you are kin or a friend of this person, or in dispute with them, somebody else scores."]
    return [
        Section(
            "You cannot score this person?",
            "cannot",
            says=says,
            acts=[Act("conflict", "Say that I cannot score this person", form)],
        )
    ]


def mark_rows(sheet: ScoreSheet, criteria: list[Criterion]) -> list[Row]:
    marks = sheet.said.get("marks", {})
    return [
        Row((each.title, None if marks[each.code][0] is None else f"{marks[each.code][0]} of {each.most}",
             marks[each.code][1] or None))
        for each in criteria if each.code in marks
    ]  # fmt: skip
