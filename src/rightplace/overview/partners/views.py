"""A partner's own page: a school's, or another agency's. Thin; what stands on it is asked of the apps that own it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.disclosure import queries as disclosure
from rightplace.common.web.frame import links
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Row
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, School
from rightplace.overview.partners import presenters, waiting
from rightplace.overview.partners.queries import A_YEAR, concerns_told, joined, times_of
from rightplace.services.frontdoor import following
from rightplace.services.funding.presenters.statement import StatementPage
from rightplace.services.funding.queries import statement_of
from rightplace.services.funding.years import year_of
from rightplace.services.schools.comparing import compare
from rightplace.services.schools.presenters import questions as asked
from rightplace.services.schools.queries import own_school, questions, times_of_questions
from rightplace.services.schools.views import card_of

SHOWN = 5


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The page of one's own school or agency."""
    actor = actor_in(request)
    if not actor.is_partner or not actor.agency:
        raise NotAllowed
    school = own_school(actor)
    return _of_school(request, actor, school) if school else _of_agency(request, actor)


def _disclosed(request: HttpRequest, template: str, files: list[int], **more: Any) -> HttpResponse:
    return disclose(
        actor_in(request),
        lambda: page(request, template, **more),
        files=files,
        what="our page",
        request_id=getattr(request, "request_id", ""),
    )


@dataclass(frozen=True)
class Raised:
    """What a partner raised: the last of it, and how fast all of the last year was answered."""

    files: list[int]
    rows: list[Row]
    times: list[str]


def _raised(actor: Actor) -> Raised:
    now = clock.now()
    if not may(actor, "follow.own_contact"):
        return Raised([], [], presenters.concern_words(times_of([], now)))
    told = concerns_told(actor)
    last = told[:SHOWN]
    link = reverse("frontdoor:concern", args=[0]).replace("/0/", "/{concern}/")
    rows = following.own_rows(actor, last, now, link) if last else []
    return Raised([each.concern for each in last], rows, presenters.concern_words(times_of(told, now)))


def _of_school(request: HttpRequest, actor: Actor, school: School) -> HttpResponse:
    """A school's page: raise a concern, ask the link person, what became of it, how fast, and at what cost."""
    now = clock.now()
    raised = _raised(actor)
    waits = waiting.waiting_for(actor, now)
    own_questions = list(questions(actor).filter(asked__gt=now - A_YEAR))
    share = None
    if may(actor, "statement.see"):
        told = statement_of(actor, school.agency, year_of(clock.today()))
        share = presenters.share_said(StatementPage(told)) if told.ever_agreed else None
    return _disclosed(
        request, "partners/school.jinja", [*raised.files, *waits.files], title="Our school’s page", school=school.agency.name,
        card=card_of(school), concerns=raised.rows, concern_columns=following.COLUMNS,
        questions=asked.own_rows(own_questions[:SHOWN], now), question_columns=asked.OWN_COLUMNS,
        door=raised.times,
        link=asked.times_words(times_of_questions(own_questions, now), "your link person"),
        share=share, share_columns=presenters.SHARE_COLUMNS,
        waits=waits, waiting_columns=waiting.COLUMNS, also_columns=waiting.ALSO,
    )  # fmt: skip


def _of_agency(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Another agency's page: what waits for it, what it was given and gave, and where it works."""
    now = clock.now()
    raised = _raised(actor)
    waits = waiting.waiting_for(actor, now)
    given, gave = disclosure.how_often(actor, actor.agency)
    return _disclosed(
        request, "partners/agency.jinja", [*raised.files, *waits.files], title="Our agency’s page",
        agency=Agency.objects.get(pk=actor.agency).name, concerns=raised.rows, concern_columns=following.COLUMNS,
        waits=waits, waiting_columns=waiting.COLUMNS, also_columns=waiting.ALSO, given=given, gave=gave,
        door=raised.times,
        places=[each for each in links(request) if each.href != request.path],
    )  # fmt: skip


@require_safe
def compared(request: HttpRequest) -> HttpResponse:
    """Attendance and suspensions against comparable schools: a sentence with its interval, never a bare difference."""
    actor, now = actor_in(request), clock.now()
    school = own_school(actor)
    if school is None:
        raise NotAllowed
    years = joined()
    found = compare(school.pk, years) if school.pk in years else []
    return page(
        request, "partners/compared.jinja", title="Attendance and suspensions, compared", school=school.agency.name,
        found=[presenters.compared_said(each, school.agency.name, now) for each in found],
        back=reverse("partners:own"),
    )  # fmt: skip
