"""An answer's own page: progress while it is worked out, pictures and sentences as they come, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may
from rightplace.overview.capacity import actions, asking, engine, queries, spreadsheet
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.policy import ASK
from rightplace.overview.capacity.presenters.answer import AnswerPage

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Act = Callable[[Run, Actor], str]


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """What was asked, how far it is, and what came out so far."""
    actor, refused = actor_in(request), None
    run = _found(actor, number)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        try:
            return HttpResponseRedirect(_done(request, act, run, actor))
        except Refused as why_not:
            refused = why_not
        except engine.ImpossibleScenario as why:
            refused = _cannot_be(why)
    return page(
        request, "capacity/answer.jinja", title=run.title, back=reverse("capacity:first"), refused=refused,
        told=AnswerPage(
            run, own=may(actor, ASK, run), may_ask=may(actor, ASK), there=engine.is_there(),
            opened=request.GET.get("all") == "1",
        ),
    )  # fmt: skip


def _cannot_be(why: engine.ImpossibleScenario) -> Refused:
    """What was asked once and cannot be asked any more, as a refusal that a page shows."""
    because = f"{why.where}: {why.because}" if why.where else why.because
    return Refused(f"{because.rstrip('.')}.", "Ask anew with what holds today. This answer stays as it is.")


def _found(actor: Actor, number: int) -> Run:
    run = queries.one_run(actor, number)
    if run is None:
        raise Http404
    return run


def _done(request: HttpRequest, act: Act, run: Run, actor: Actor) -> str:
    said = act(run, actor)
    if said.startswith("/"):
        return said
    messages.success(request, said)
    return reverse("capacity:first") if act is _delete else reverse("capacity:answer", args=[run.pk])


def _stop(run: Run, by: Actor) -> str:
    actions.stop(run=run, by=by)
    return "It stops after what is being worked out just now. What was found stays."


def _go_on(run: Run, by: Actor) -> str:
    actions.go_on(run=run, by=by)
    return "It goes on where it was."


def _carefully(run: Run, by: Actor) -> str:
    actions.go_on_carefully(run=run, by=by)
    return "It is being worked out more carefully. You can go on reading, or come back later."


def _further(run: Run, by: Actor) -> str:
    actions.look_further(run=run, by=by)
    return "It looks further from where it ended. You can go on reading, or come back later."


def _share(run: Run, by: Actor) -> str:
    actions.share(run=run, shared=True, by=by)
    return "Everybody who may see capacity can now open it at this page's address."


def _close(run: Run, by: Actor) -> str:
    actions.share(run=run, shared=False, by=by)
    return "It is yours alone again."


def _longer(run: Run, by: Actor) -> str:
    actions.keep_longer(run=run, by=by)
    run.refresh_from_db(fields=["deleted_on"])
    return f"It is kept until {words.plain_day(run.deleted_on)}."


def _delete(run: Run, by: Actor) -> str:
    actions.delete(run=run, by=by)
    return "The question and its answer are deleted."


def _keep(run: Run, by: Actor) -> str:
    kept = actions.keep_scenario(name=run.title, text=run.asked["scenarios"][-1], by=by)
    return f"The scenario is kept. Compare it with others under Compare scenarios: it is number {kept.pk}."


def _again(run: Run, by: Actor) -> str:
    return reverse("capacity:answer", args=[asking.ask_again(run, by).pk])


ACTS: dict[str, Act] = {
    "stop": _stop, "go-on": _go_on, "carefully": _carefully, "further": _further, "share": _share, "close": _close,
    "longer": _longer, "delete": _delete, "keep": _keep, "again": _again,
}  # fmt: skip


@require_safe
def numbers(request: HttpRequest, number: int) -> HttpResponse:
    """The numbers behind the pictures, as a spreadsheet."""
    run = _found(actor_in(request), number)
    if run.answer is None:
        raise Http404
    found = HttpResponse(spreadsheet.as_spreadsheet(run), content_type=SHEET)
    found["Content-Disposition"] = f'attachment; filename="capacity-{run.pk}.xlsx"'
    return found
