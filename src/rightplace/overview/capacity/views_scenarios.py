"""Scenarios as text: written or brought as a file, kept under a name, read, asked, compared."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Pages
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.simulation.scenarios import ImpossibleScenario, read
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require
from rightplace.overview.capacity import actions, asking, engine, forms, forms_kept, queries, starting
from rightplace.overview.capacity.models import KeptScenario
from rightplace.overview.capacity.policy import ASK
from rightplace.overview.capacity.presenters import lists

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
A_PAGE = 30
AROUND = 3


@GET_OR_POST
def scenarios(request: HttpRequest) -> HttpResponse:
    """The scenarios that were kept; two or three of them are compared."""
    actor, refused = actor_in(request), None
    kept = queries.scenarios(actor)
    found = list(kept.defer("text"))
    may_ask = may(actor, ASK)
    form = _compare(request, found, actor) if may_ask and len(found) > 1 else None
    if request.method == "POST":
        require(actor, ASK)
        if form is not None and form.is_valid():
            chosen = kept.filter(pk__in=form.cleaned_data["chosen"])
            try:
                run = asking.ask_kept(list(chosen), starting.start(), actor)
                return HttpResponseRedirect(reverse("capacity:answer", args=[run.pk]))
            except (Refused, ImpossibleScenario) as why_not:
                refused = _said(why_not)
    here = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return page(
        request, "capacity/scenarios.jinja", title="Compare scenarios", back=reverse("capacity:first"),
        form=form, rows=lists.scenario_rows(here.object_list), columns=lists.SCENARIO_COLUMNS,
        pages=Pages(here.number, here.paginator.num_pages, "?page={page}"), there=engine.is_there(), may_ask=may_ask,
        refused=refused, opened="page" in request.GET,
    )  # fmt: skip


def _compare(request: HttpRequest, found: list[KeptScenario], actor: Actor) -> forms_kept.Compare:
    """What was ticked is to be compared; or only kept ticked, while a name is looked for."""
    if "find" in request.POST:
        sought, ticked = request.POST.get("words", "")[:100], request.POST.getlist("chosen")
        return forms_kept.Compare(found=found, own=actor.worker, find=sought, ticked=ticked)
    return forms_kept.Compare(request.POST or None, found=found, own=actor.worker)


def _said(why_not: Refused | ImpossibleScenario) -> Refused:
    """What cannot be, as a refusal that a page shows."""
    if isinstance(why_not, Refused):
        return why_not
    because = f"{why_not.where}: {why_not.because}." if why_not.where else f"{why_not.because}."
    return Refused(because, "Open the scenario, mend it and keep it anew.")


@GET_OR_POST
def scenario(request: HttpRequest, number: int) -> HttpResponse:
    """One kept scenario: its text, asking it, deleting it."""
    actor, refused = actor_in(request), None
    kept = queries.scenarios(actor).filter(pk=number).first()
    if kept is None:
        raise Http404
    if request.method == "POST":
        try:
            return HttpResponseRedirect(_acted(request, kept, actor))
        except (Refused, ImpossibleScenario) as why_not:
            refused = _said(why_not)
    return page(
        request, "capacity/scenario.jinja", title=kept.name, back=reverse("capacity:scenarios"), kept=kept,
        own=may(actor, ASK, kept), may_ask=may(actor, ASK) and engine.is_there(), refused=refused,
    )  # fmt: skip


def _acted(request: HttpRequest, kept: KeptScenario, actor: Actor) -> str:
    require(actor, ASK)
    if "delete" in request.POST:
        actions.delete_scenario(scenario=kept, by=actor)
        messages.success(request, "The scenario is deleted.")
        return reverse("capacity:scenarios")
    return reverse("capacity:answer", args=[asking.ask_kept([kept], starting.start(), actor).pk])


@dataclass(frozen=True)
class Line:
    """One line of a text, and what is wrong in it."""

    number: int
    text: str
    why: str = ""


def _lines(text: str, why: ImpossibleScenario) -> list[Line]:
    """The text with the reason beside its line, and a few lines around it."""
    at = getattr(why, "line", None) or 1
    told = enumerate(text.splitlines() or [""], 1)
    return [
        Line(n, line, words.capitalised(why.because) if n == at else "")
        for n, line in told
        if abs(n - at) <= AROUND
    ]


@GET_OR_POST
def write(request: HttpRequest) -> HttpResponse:
    """A scenario as text or as a file: asked, or kept. What is wrong stands beside its line."""
    actor, start, refused = actor_in(request), starting.start(), None
    form = forms.Typed(request.POST or None, request.FILES or None, initial={"text": asking.example(start)})
    lines: list[Line] = []
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            read(text)
            if "keep" in request.POST:
                kept = actions.keep_scenario(name=read(text).name, text=text, by=actor)
                return HttpResponseRedirect(reverse("capacity:scenario", args=[kept.pk]))
            run = asking.ask_text(text, int(form.cleaned_data["care"]), start, actor)
            return HttpResponseRedirect(reverse("capacity:answer", args=[run.pk]))
        except ImpossibleScenario as why:
            lines = _lines(text, why)
            said = f"{why.where}: {why.because}" if why.where else why.because
            form.add_error("text", words.capitalised(said))
            form.data = form.data.copy() | {"text": text} if hasattr(form.data, "copy") else form.data
        except Refused as why_not:
            refused = why_not
    return page(
        request, "capacity/write.jinja", title="Write a scenario", back=reverse("capacity:first"), form=form,
        lines=lines, start=start, there=engine.is_there(), refused=refused,
        places=[*start.structure.areas, *(team.name for team in start.structure.teams)],
    )  # fmt: skip
