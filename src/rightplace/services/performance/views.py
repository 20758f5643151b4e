"""Objectives and thanks. Thin: what is about somebody is recorded as read before it is shown."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.services.performance import figures, objectives, queries, thanking
from rightplace.services.performance import presenters as shown
from rightplace.services.performance.forms import EndForm, ObjectiveForm, ReviewForm, ThanksForm
from rightplace.services.performance.models import Thanks
from rightplace.services.performance.presenters import ObjectiveShown, ThanksShown

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def told(
    request: HttpRequest, actor: Actor, template: str, *, title: str, what: str, **context: Any
) -> HttpResponse:
    """A page about somebody who works here: who reads it is recorded before a byte leaves."""
    return disclose(
        actor,
        lambda: page(request, f"performance/{template}.jinja", title=title, columns=shown, **context),
        files=[],
        what=what,
        request_id=getattr(request, "request_id", ""),
    )


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own objectives, thanks and support, with what waits first."""
    actor, now = actor_in(request), clock.now()
    thanks = [ThanksShown(each) for each in queries.thanks(actor, own=True)]
    support = queries.matters(actor)
    waiting = queries.waiting(actor, now, support, {each.of.pk for each in thanks})
    if any(each.of.seen_at is None for each in thanks):
        thanking.read_thanks(by=actor)
    return told(
        request, actor, "mine", title="My objectives", what="performance:mine", waiting=waiting, thanks=thanks,
        rows=[each.row for each in queries.objectives_of(actor, actor.worker, now)],
        support=[shown.matter_row(each, now, actor.worker) for each in support if each.worker_id == actor.worker],
        parts=[shown.matter_row(each, now, actor.worker) for each in support if each.worker_id != actor.worker],
    )  # fmt: skip


@GET_OR_POST
def share(request: HttpRequest, number: int) -> HttpResponse:
    """Letting the team read thanks, or no longer."""
    actor = actor_in(request)
    found = scope(actor, Thanks).filter(pk=number, worker=actor.worker).first()
    if found is not None and request.method == "POST":
        thanking.share_thanks(thanks=found, shared=found.shared_at is None, by=actor)
        messages.success(request, "Done. Only you decide who reads it.")
    return redirect("performance:mine")


@GET_OR_POST
def propose(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Proposing an objective, for oneself or for somebody whom one leads."""
    actor, refused = actor_in(request), None
    worker = queries.led_worker(actor, number) if number else Worker.objects.get(pk=actor.worker)
    form = ObjectiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = objectives.propose_objective(worker=worker, by=actor, **form.cleaned_data)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Proposed. It holds when both have agreed.")
            return redirect("performance:objective", made.pk)
    return page(
        request, "performance/propose.jinja", title="Propose an objective", form=form, refused=refused, worker=worker,
        own=not number, back=reverse("performance:team" if number else "performance:mine"),
    )  # fmt: skip


@GET_OR_POST
def objective(request: HttpRequest, number: int) -> HttpResponse:
    """One objective: agree, say how it goes, end it."""
    actor, now, refused = actor_in(request), clock.now(), None
    found = queries.objective(actor, number)
    act = request.POST.get("act", "")
    review = ReviewForm(request.POST if act == "review" else None)
    end = EndForm(request.POST if act == "end" else None)
    if request.method == "POST":
        try:
            if _objective_done(act, found, review, end, actor):
                messages.success(request, "Written down.")
                return redirect("performance:objective", number)
        except Refused as why:
            refused = why
    line = ObjectiveShown(found, now, found.worker_id == actor.worker)
    return told(
        request, actor, "objective", title="An objective", what="performance:objective", line=line, review=review, end=end,
        more_forms=[review, end], refused=refused, form=None, reviews=line.reviews,
        back=reverse("performance:mine" if line.own else "performance:team"),
    )  # fmt: skip


def _objective_done(act: str, found: Any, review: ReviewForm, end: EndForm, actor: Actor) -> bool:
    if act == "agree":
        objectives.agree_objective(objective=found, by=actor)
    elif act == "review" and review.is_valid():
        objectives.review_objective(objective=found, words=review.cleaned_data["words"], by=actor)
    elif act == "end" and end.is_valid():
        objectives.end_objective(objective=found, came=end.cleaned_data["came"], by=actor)
    else:
        return False
    return True


@GET_OR_POST
def thank(request: HttpRequest) -> HttpResponse:
    """Thanking anybody who works here: the own team at once, everybody else by a piece of the name or of the team's."""
    actor, refused = actor_in(request), None
    asked, to = queries.name_asked(request.POST), request.GET.get("to", "")
    found = queries.colleagues(actor, asked, also=[to, request.POST.get("worker", "")])
    initial = {"worker": to} if to in dict(found.people) else None
    form = ThanksForm(None if asked else request.POST or None, workers=found.people, initial=initial)
    if form.is_bound and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            thanking.give_thanks(worker=Worker.objects.get(pk=said.pop("worker")), by=actor, **said)
        except Refused as why:
            refused = why
        else:
            messages.success(
                request, "Thank you. They read it on their own page, and decide whether the team does."
            )
            return redirect("performance:team-thanks")
    return page(
        request, "performance/thank.jinja", title="Thank somebody", form=form, refused=refused, asked=asked, found=found,
        team=actor.team_name, back=reverse("performance:mine"),
    )  # fmt: skip


@require_safe
def team_thanks(request: HttpRequest) -> HttpResponse:
    """What the team shared of the thanks it got."""
    actor = actor_in(request)
    found = [ThanksShown(each) for each in queries.thanks(actor, own=False)]
    return told(
        request, actor, "team_thanks", title="Thanks in the team", what="performance:team-thanks", thanks=found,
        team=actor.team_name,
    )  # fmt: skip


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """Whom one leads: objectives that stand, and support in which one has a part."""
    actor, now = actor_in(request), clock.now()
    found = queries.led(actor, now)
    return told(
        request, actor, "team", title="Objectives of your team", what="performance:team", rows=found.rows,
        support=[shown.matter_row(each, now, actor.worker) for each in queries.of_others(actor)],
    )  # fmt: skip


@require_safe
def worker(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody whom one leads: their objectives, and what may be begun."""
    actor, now = actor_in(request), clock.now()
    found = queries.led_worker(actor, number)
    with_them = [each for each in queries.of_others(actor) if each.worker_id == number]
    return told(
        request, actor, "worker", title="Somebody whom you lead", what="performance:worker", worker=found,
        rows=[each.row for each in queries.objectives_of(actor, number, now)],
        support=[shown.matter_row(each, now, actor.worker) for each in with_them], back=reverse("performance:team"),
    )  # fmt: skip


def month_sentences(begins: Any, found: Any) -> list[str]:
    """A month's deadlines as sentences, in the same words for both."""
    total = sum(found.values())
    if not total:
        return [
            f"In the month of {words.plain_day(begins)} nothing fell due for these children, as far as the files say."
        ]
    return [
        f"In the month that began on {words.plain_day(begins)}, {words.count_words(total, 'thing', 'things')} fell due.",
        f"Done in time: {found['in_time']}. Late, or not done yet: {found['late']}. Not known: {found['not_known']}.",
        "This counts what the files say, not how good the work was. Nobody is compared with anybody.",
    ]


@require_safe
def my_figures(request: HttpRequest) -> HttpResponse:
    """What is worked out about one's own month: the worker opens it before anybody else can."""
    actor = actor_in(request)
    begins, found = figures.own_month(actor)
    return told(
        request, actor, "figures", title="My month in figures", what="performance:my-figures", own=True,
        sentences=month_sentences(begins, found), seen=None, worker=None, back=reverse("performance:mine"),
    )  # fmt: skip


@require_safe
def worker_figures(request: HttpRequest, number: int) -> HttpResponse:
    """The same for who leads the worker: what the worker has seen, and refused until then."""
    actor, refused, sentences, seen = actor_in(request), None, [], ""
    found = queries.led_worker(actor, number)
    try:
        row = figures.month_as_seen(found, actor)
        sentences, seen = month_sentences(row.period, row.figures), words.when(row.last_seen)
    except Refused as why:
        refused = why
    return told(
        request, actor, "figures", title="A worker’s month in figures", what="performance:figures", own=False,
        sentences=sentences, seen=seen, worker=found, refused=refused, form=None,
        back=reverse("performance:worker", args=[number]),
    )  # fmt: skip
