"""The first page, the ready questions, the smallest establishment and thresholds. Thin: nothing here names a child."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Pages
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require
from rightplace.foundation.organisation import clock
from rightplace.overview.capacity import (
    asking,
    drifting,
    engine,
    forms,
    looking,
    queries,
    starting,
    tasks,
    wishes,
)
from rightplace.overview.capacity.policy import ASK
from rightplace.overview.capacity.presenters import lists
from rightplace.overview.capacity.presenters.thresholds import ThresholdsPage

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
LATEST, A_PAGE = 4, 30


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """What happens if …? Questions that are ready, and what was asked before."""
    actor = actor_in(request)
    runs = list(queries.runs(actor)[: LATEST + 1])
    return page(
        request, "capacity/first.jinja", title="What happens if …?",
        questions=lists.questions(), may_ask=may(actor, ASK), there=engine.is_there(),
        asked=lists.asked(runs[:LATEST], actor), more=len(runs) > LATEST,
        sees_thresholds=may(actor, "figures.see"),
    )  # fmt: skip


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Everything that was asked, as far as one may read it."""
    actor = actor_in(request)
    here = Paginator(queries.runs(actor), A_PAGE).get_page(request.GET.get("page"))
    pages = Pages(here.number, here.paginator.num_pages, "?page={page}", f"{here.paginator.count} in all.")
    return page(
        request, "capacity/answers.jinja", title="What was asked", back=reverse("capacity:first"),
        asked=lists.asked(here.object_list, actor), pages=pages,
    )  # fmt: skip


@GET_OR_POST
def ask(request: HttpRequest, name: str) -> HttpResponse:
    """One ready question: a small form, and then its answer's page."""
    actor, ready = actor_in(request), wishes.READY.get(name)
    if ready is None:
        raise Http404
    today, start = clock.today(), starting.start()
    places, refused = start.places, None
    form = ready.form(request.POST or None, today=today, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            run = asking.ask_wish(ready.read(form.cleaned_data, places, today), start, actor)
            return HttpResponseRedirect(reverse("capacity:answer", args=[run.pk]))
        except engine.ImpossibleScenario as why:
            may_say = why.fields if isinstance(why, asking.NotPossible) else [why.where]
            form.add_error(next((name for name in may_say if name in form.fields), None), why.because)
        except Refused as why_not:
            refused = why_not
    elif engine.is_there():
        tasks.ask_to_warm()
    return page(
        request, "capacity/ask.jinja", title=ready.asks, back=reverse("capacity:first"), form=form, ready=ready,
        start=start, there=engine.is_there(), refused=refused,
    )  # fmt: skip


@GET_OR_POST
def smallest(request: HttpRequest) -> HttpResponse:
    """The fewest people who keep what is chosen."""
    actor, start, refused = actor_in(request), starting.start(), None
    chosen = request.GET.dict() | {"keep": request.GET.getlist("keep")}
    form = forms.Smallest(
        request.POST or None, initial=chosen, promises=engine.promises(), places=start.places.choices
    )
    if request.method == "POST" and form.is_valid():
        try:
            run = asking.ask_smallest(form.cleaned_data, start, actor)
            return HttpResponseRedirect(reverse("capacity:answer", args=[run.pk]))
        except engine.ImpossibleScenario as why:
            told = f"{why.because[:1].upper()}{why.because[1:]}."
            form.add_error(why.where if why.where in form.fields else None, told)
        except Refused as why_not:
            refused = why_not
    elif engine.is_there():
        tasks.ask_to_warm()
    return page(
        request, "capacity/smallest.jinja", title="The smallest establishment that keeps …", form=form, start=start,
        back=reverse("capacity:first"), there=engine.is_there(), refused=refused,
        explained=engine.explained(), how_long=looking.how_long(start),
    )  # fmt: skip


@require_safe
def thresholds(request: HttpRequest) -> HttpResponse:
    """Whether what it takes to be helped has moved, and whether people were short when it did."""
    actor = actor_in(request)
    require(actor, "figures.see")
    told = ThresholdsPage(drifting.thresholds(actor), clock.now())
    return page(
        request, "capacity/thresholds.jinja", title="Have our thresholds moved?", back=reverse("capacity:first"),
        told=told,
    )  # fmt: skip
