"""The three questions, and each figure with its definition, how it went, and its list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web import tags
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Pages, Progress
from rightplace.domain.practice.figures import Counted, Figure
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation import queries as organisation
from rightplace.foundation.organisation.models import AreaSquare, Team
from rightplace.overview.desk.opening import shown_page
from rightplace.overview.desk.queries import climbed_above
from rightplace.overview.desk.views import CHILDRENS_TEAMS
from rightplace.overview.leadership import actions, counting, queries, tasks, trends
from rightplace.overview.leadership.counting import Asked
from rightplace.overview.leadership.forms import NarrowForm, NoteForm
from rightplace.overview.leadership.models import LeaderNote
from rightplace.overview.leadership.presenters import director as three
from rightplace.overview.leadership.presenters import figures as shown
from rightplace.overview.leadership.presenters.director import DirectorPage
from rightplace.overview.leadership.presenters.figures import Filtered, Listed

LINES_A_PAGE = 50
MANY_ENTRIES = 50_000
"""Above so many entries a past moment is built by the background worker, not while somebody waits."""


@require_safe
def director(request: HttpRequest) -> HttpResponse:
    """What do we know, how do we know it, what are we doing: in sentences, each opening its list."""
    actor = actor_in(request)
    asked = counting.asked_now()
    told = DirectorPage(
        asked=asked,
        figures=counting.figures(),
        counted=counting.numbers(actor, list(counting.figures().values()), asked),
        known=queries.how_we_know(),
        done=queries.done(actor),
        unread=climbed_above(actor),
        areas=queries.children_by_area(actor, asked),
        squares=list(AreaSquare.objects.all()),
        names=three.area_names(),
        notes=list(scope(actor, LeaderNote).select_related("by")[:12]),
    )
    figure = counting.figures()["unallocated"]
    weeks = trends.trend(actor, figure, asked)
    return page(
        request,
        "leadership/director.jinja",
        title="What do we know?",
        told=told,
        red=tags.late("red"),
        chart=shown.chart(figure, weeks, asked, told.counted["unallocated"]),
        note_columns=three.NOTE_COLUMNS,
        area_columns=three.AREA_COLUMNS,
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a reader asked of one figure."""

    form: NarrowForm
    filtered: Filtered
    asked: Asked
    said: str


@require_http_methods(["GET", "HEAD", "POST"])
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """One figure: its sentence, how it went, what it counts, what is done about it, and its list."""
    actor = actor_in(request)
    found = counting.figures().get(name)
    if found is None:
        raise Http404
    note, refused = NoteForm(request.POST or None), None
    if request.method == "POST":
        require(actor, "figures.note")
        refused = _write(request, found, note, actor)
        if refused is None and note.is_valid():
            return HttpResponseRedirect(request.path)
    wanted = _wanted(request)
    if not counting.is_ready(wanted.asked) and _many():
        return _building(request, found, wanted)
    return _one(request, actor, found, wanted, note, refused)


def _write(request: HttpRequest, found: Figure, note: NoteForm, actor: Actor) -> Refused | None:
    if note.is_valid():
        try:
            actions.note_done(figure=found.id, text=note.cleaned_data["text"], by=actor)
            messages.success(request, "What is being done was written down.")
        except Refused as why_not:
            return why_not
    return None


def _one(
    request: HttpRequest,
    actor: Actor,
    found: Figure,
    wanted: _Wanted,
    note: NoteForm,
    refused: Refused | None,
) -> HttpResponse:
    may = role_of(actor.role).permissions
    counted = counting.count(actor, found, wanted.asked)
    listed, pages, files = None, None, []
    if "figures.list" in may:
        listed, pages = _list(request, actor, found, wanted, counted)
        files = [] if found.key == ("concern",) else sorted({each[0] for each in listed.ids})
    weeks = trends.trend(actor, found, wanted.asked) if trends.has_trend(found) else ()
    return shown_page(
        request,
        "leadership/figure.jinja",
        files=files,
        what="leadership:figure",
        found=counted.n,
        title=found.title,
        back=reverse("leadership:director"),
        listed=listed,
        pages=pages,
        chart=shown.chart(found, weeks, wanted.asked, counted) if weeks else None,
        has_trend=trends.has_trend(found),
        **_said(found, wanted, counted, request.path),
        **_noted(actor, found, note, refused),
    )


def _said(found: Figure, wanted: _Wanted, counted: Counted, path: str) -> dict[str, Any]:
    """The figure in words, and what it was narrowed to."""
    return {
        "form": wanted.form if wanted.form.is_bound else None,
        "narrow": wanted.form,
        "sentence": shown.sentence(found, counted, wanted.asked, wanted.filtered),
        "number": counted.n,
        "said": wanted.said,
        "definition": shown.definition(found),
        "groups": shown.group_links(found, counted, wanted.asked),
        "as_at": wanted.asked.seal is not None,
        "moment": wanted.asked.now,
        "now_href": path,
    }


def _noted(actor: Actor, found: Figure, note: NoteForm, refused: Refused | None) -> dict[str, Any]:
    """What is being done about a figure, and the form to say more."""
    notes = scope(actor, LeaderNote).filter(figure=found.id).select_related("by")[:20]
    return {
        "note": note,
        "more_forms": (note,),
        "refused": refused,
        "may_note": "figures.note" in role_of(actor.role).permissions,
        "note_columns": three.NOTE_COLUMNS,
        "note_rows": [three.note_row(each, counting.figures()) for each in notes],
    }


def _list(
    request: HttpRequest, actor: Actor, found: Figure, wanted: _Wanted, counted: Counted
) -> tuple[Listed, Pages]:
    """One page of the list. Everything counted is in it, who waits longest first, always in the same order."""
    ids = counted.ids if found.oldest else sorted(counted.ids)
    here = Paginator(ids, LINES_A_PAGE).get_page(request.GET.get("page"))
    on_page = list(here.object_list)
    listed = Listed(found, wanted.asked, queries.behind(actor, found, wanted.asked, on_page), on_page)
    query = wanted.filtered.query()
    href = f"{request.path}{query}{'&' if query else '?'}page={{page}}"
    return listed, Pages(here.number, here.paginator.num_pages, href, f"{counted.n:,} in this list.")


def _wanted(request: HttpRequest) -> _Wanted:
    """Which teams and which moment, from the address."""
    teams = list(organisation.teams(clock.today(), CHILDRENS_TEAMS))
    areas = three.area_names()
    asked_for = request.GET if any(request.GET.get(name) for name in NARROWING) else None
    form = NarrowForm(asked_for, areas=list(areas.items()), teams=[(team.pk, team.name) for team in teams])
    given: Mapping[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    moment = given.get("moment") or _typed(request.GET.get("at", ""))
    team, area = given.get("team") or 0, given.get("area") or 0
    chosen = _teams(teams, team, area)
    asked = counting.asked_as_at(moment, chosen) if moment else counting.asked_now(chosen)
    filtered = Filtered(team, area, moment.isoformat() if moment else "")
    names = [each.name for each in teams if each.pk == team] + ([areas[area]] if area in areas else [])
    return _Wanted(form, filtered, asked, ", ".join(names))


NARROWING = ("area", "team", "on_day", "on_month", "on_year", "clock")


def _teams(teams: list[Team], team: int, area: int) -> list[int] | None:
    """The teams that are asked for; None for all. An area is asked for by the teams that answer for it."""
    if not team and not area:
        return None
    return [
        each.pk
        for each in teams
        if (not team or each.pk == team) and (not area or each.area_id == area or area in each.took)  # type: ignore[attr-defined]
    ]


def _typed(at: str) -> datetime | None:
    """A moment in an address; what cannot be read, or is still to come, is now."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None and moment <= clock.now() else None


def _many() -> bool:
    """Whether the record is so large that nobody should wait while a past moment is built."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'journal_entry'::regclass"
        )
        return int(cursor.fetchone()[0]) > MANY_ENTRIES


def _building(request: HttpRequest, found: Figure, wanted: _Wanted) -> HttpResponse:
    """Long work on its way: what was known then is being put together."""
    assert wanted.asked.seal is not None
    tasks.begin_building(wanted.asked.seal)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_file")
        files = cursor.fetchone()[0]
    work = Progress("Putting together what was known then", 0, files, request.get_full_path())
    return page(request, "web/progress.jinja", title=found.title, work=work)
