"""The pages of assessment: a team's list, what waits for a name, one assessment, start, authorise or send back. Thin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.caseflow.children import children_of
from rightplace.common.caseflow.queries import open_spans
from rightplace.common.caseflow.siblings import family_with_the_team
from rightplace.common.web import words
from rightplace.common.web.frame import story_address
from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import calendar
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, require, scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.writing import Written
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation import queries as organisation
from rightplace.foundation.organisation.models import Team
from rightplace.services.assessment import actions, queries
from rightplace.services.assessment.forms import AuthoriseForm, GoingDown, SendBackForm, StartForm
from rightplace.services.assessment.presenters import (
    COLUMNS,
    WAITING,
    AssessmentPage,
    assessment_page,
    list_page,
)
from rightplace.services.assessment.projections import Assessment
from rightplace.services.assessment.words import Outcome

POSTS = require_http_methods(["GET", "HEAD", "POST"])
HALF_WAY = 20
"""Working days after which an assessment is looked at, where nobody says otherwise."""


def shown(request: HttpRequest, template: str, files: Any, what: str, **context: Any) -> HttpResponse:
    """Answer with a page about these files: the reading recorded first."""
    return disclose(
        actor_in(request),
        lambda: page(request, f"assessment/{template}.jinja", **context),
        files=list(files),
        what=what,
        request_id=getattr(request, "request_id", ""),
    )


def assessment_of(actor: Actor, number: int, permission: str) -> Assessment:
    """An assessment that the actor may write, or authorise. Raises NotAllowed."""
    row = scope(actor, Assessment).filter(id=number).annotate(clock=queries.CLOCK).first()
    if row is None:
        raise NotAllowed
    require(actor, permission, row)
    return row


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """The team's assessments, the next due first; above them, for a manager, what waits for the manager's name."""
    actor = actor_in(request)
    signs = may(actor, "assessment.authorise")
    waiting = queries.to_authorise(actor)[: queries.SHOWN] if signs else ()
    found = list_page(actor, queries.of_the_team(actor)[: queries.SHOWN], waiting)
    return shown(
        request, "list", found.files, "assessments", title="Assessments", found=found, columns=COLUMNS,
        waiting_columns=WAITING, signs=signs, team=actor.team_name,
    )  # fmt: skip


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's name: of the team, or for a head of service what a manager wrote."""
    actor = actor_in(request)
    found = list_page(actor, (), queries.to_authorise(actor)[: queries.SHOWN])
    return shown(
        request, "waiting", found.files, "assessments to authorise", title="Assessments to authorise", found=found,
        waiting_columns=WAITING,
    )  # fmt: skip


@require_safe
def one(request: HttpRequest, assessment: int) -> HttpResponse:
    """One assessment: how far it is, what was written, what was decided and what comes next."""
    actor = actor_in(request)
    row = assessment_of(actor, assessment, "assessment.write")
    said = assessment_page(actor, row)
    return shown(
        request, "one", said.files, "assessment", title=f"Assessment: {said.initials}", said=said,
        identity=said.identity, back=story_address(row.person),
    )  # fmt: skip


@POSTS
def of_child(request: HttpRequest, file: int) -> HttpResponse:
    """The child's assessment; where none is open, starting one, for brothers and sisters together."""
    actor = actor_in(request)
    person = reading.person_of(file) or 0
    if not open_spans(actor).filter(person=person, team=actor.team).exists():
        raise NotAllowed
    there = queries.open_of(actor, [person])
    if there:
        return redirect("assessment:one", there[0].id)
    family = family_with_the_team(actor, person)
    assessed = {row.person for row in queries.open_of(actor, family)}
    known = children_of(actor, [each for each in family if each not in assessed])
    day = calendar().add_working_days(clock.today().toordinal(), HALF_WAY)
    form = StartForm(
        request.POST or None,
        children=[(child.file, f"{child.name}, {child.age}") for child in known],
        initial={"children": [child.file for child in known], "review_by": clock.today().fromordinal(day)},
    )
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            signed = _started(actor, form)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Started. What you type from now on is kept as you type it.")
            return redirect("assessment:one", signed.entries[-1].id)
    return shown(
        request, "start", [file, *(child.number for child in known)], "start an assessment",
        title=f"Start an assessment: {words.initials(known[0].name)}", form=form, refused=refused,
        names=words.listed(child.name for child in known), back=story_address(person),
    )  # fmt: skip


def _started(actor: Actor, form: StartForm) -> Written:
    said = form.cleaned_data
    return actions.start_assessment(
        files=said["children"], focus=said["focus"], review_form=said["review_form"], review_by=said["review_by"],
        by=actor,
    )  # fmt: skip


@POSTS
def authorise(request: HttpRequest, assessment: int) -> HttpResponse:
    """Read what somebody else wrote, and put one's name under it, or send it back with what is missing."""
    actor = actor_in(request)
    row = assessment_of(actor, assessment, "assessment.authorise")
    said = assessment_page(actor, row)
    if not said.may_authorise:
        return redirect("assessment:list" if may(actor, "assessment.write") else "assessment:to-authorise")
    sends = request.POST.get("do") == "send back"
    form = _authorise_form(request, said, sends)
    back = SendBackForm(request.POST if sends else None)
    refused = None
    if request.method == "POST" and (back if sends else form).is_valid():
        try:
            done = _sent_back(actor, said, back) if sends else _authorised(actor, said, form)
        except Refused as why:
            refused = why
        else:
            messages.success(request, done)
            return redirect(*_after(actor, row, sends))
    return shown(
        request, "authorise", said.files, "authorise an assessment", title=f"Authorise: {said.initials}", said=said,
        identity=said.identity, form=back if sends else form, authorise=form, send_back=back, refused=refused,
        back=reverse("assessment:to-authorise"),
    )  # fmt: skip


def _after(actor: Actor, row: Assessment, sends: bool) -> tuple[Any, ...]:
    if sends or not may(actor, "assessment.write"):
        return ("assessment:to-authorise",)
    return ("assessment:one", row.id)


def _authorise_form(request: HttpRequest, said: AssessmentPage, sends: bool) -> AuthoriseForm:
    """The form for a name; where children step down, with the conversation in which that was agreed."""
    late = any(each.row.due is not None and each.row.due < clock.now() for each in said.children)
    given = None if sends else request.POST or None
    return AuthoriseForm(given, late=late, down=_going_down(actor_in(request), said))


def _going_down(actor: Actor, said: AssessmentPage) -> GoingDown | None:
    """The children who step down together: their names, the teams, the team of their area, what goes along."""
    down = [each for each in said.children if each.said and each.said.proposes == Outcome.EARLY_HELP]
    if not down:
        return None
    today = clock.today()
    area = next((each.child.person.area for each in down if each.child.person and each.child.person.area), 0)
    near = organisation.team_for(area, Team.Kind.FAMILY_SUPPORT, today) if area else None
    goals = dict.fromkeys(goal for each in down if each.said for goal in each.said.goals)
    return GoingDown(
        names=words.listed(each.child.name for each in down),
        teams=list(organisation.teams(today, [Team.Kind.FAMILY_SUPPORT])),
        near=near.pk if near else 0,
        by=actor.name,
        carried="\n".join(goals),
    )


def _authorised(actor: Actor, said: AssessmentPage, form: AuthoriseForm) -> str:
    actions.authorise(
        written={each.row: each.said for each in said.children if each.said is not None},
        reasons=form.cleaned_data["reasons"],
        over_time_reasons=form.cleaned_data.get("over_time_reasons", ""),
        step_down=form.step_down,
        by=actor,
    )
    return "Authorised, with your reasons."


def _sent_back(actor: Actor, said: AssessmentPage, form: SendBackForm) -> str:
    rows = [each.row for each in said.children]
    actions.send_back(rows=rows, what_is_missing=form.cleaned_data["what_is_missing"], by=actor)
    return "Sent back, with what is missing. The child’s time runs on."
