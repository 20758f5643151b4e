"""Finding a child: words are posted, never in an address; every search is audited, also one that finds nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.domain.practice.servicemodels import service_models
from rightplace.domain.practice.workdays import from_datetime
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.organisation import clock
from rightplace.foundation.people import queries
from rightplace.foundation.people.queries import FoundPerson
from rightplace.overview.desk.presenters.story import age_words

COLUMNS = (Column("Child"), Column("Where"), Column("Who answers"), Column("How sure"), Column("Why found"))
LONGEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Minimal identity, the accountable team and its telephone: enough to ring, not the file."""
    words = request.POST.get("words", "")[:LONGEST].strip()
    actor = actor_in(request)
    found = queries.find(actor, words, request_id=getattr(request, "request_id", "")) if words else []
    opens = "story.see" in role_of(actor.role).permissions
    return page(
        request,
        "desk/find.jinja",
        title="Find a child",
        words=words,
        columns=COLUMNS,
        lines=[line(each, opens) for each in found],
    )


def line(found: FoundPerson, opens: bool) -> Row:
    """One child who may be meant."""
    person = found.person
    age = age_words(person, clock.now()) or "age not known"
    who: Cell = Lines(person.name, age)
    if opens:
        who = Link(person.name, reverse("desk:story", args=[person.person]), age)
    where = _part(found.part) if found.part else "not open"
    team: Cell = "nobody answers now"
    if found.team is not None:
        team = Lines(found.team.name, found.team.phone or "telephone not known")
    return Row((who, where, team, str(found.band.value), found.why))


def _part(code: str) -> str:
    return service_models().model_at(from_datetime(clock.now())).part(code).title
