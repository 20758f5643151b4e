"""The pages on which a manager says which worker has a child, or that nobody has for now. Thin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from rightplace.common.caseflow import actions
from rightplace.common.caseflow.advice import COST_COLUMNS, OUT_COLUMNS, advice_for
from rightplace.common.caseflow.forms_worker import AllocateForm, EndWorkerForm
from rightplace.common.caseflow.presenters import hand_over
from rightplace.common.caseflow.queries import loads, open_spans, team_load
from rightplace.common.caseflow.siblings import family_with_the_team
from rightplace.common.caseflow.views import POSTS, _child, _shown, _tried
from rightplace.common.web.frame import story_address
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Person


@POSTS
def worker(request: HttpRequest, file: int) -> HttpResponse:
    """Say which worker has the child, with brothers and sisters, seeing what is suggested and what each carries."""
    actor = actor_in(request)
    span = _child(actor, file)
    family = _without_another_worker(actor, span)
    advice = advice_for(actor, list(family))
    form = AllocateForm(
        request.POST or None,
        loads=loads(actor.team, clock.today()),
        changes=bool(span.worker),
        advice=advice,
        also={person: name for person, (_, name) in family.items() if person != span.person},
    )
    done, refused = _tried(request, form, lambda: _allocated(actor, file, span, family, form), "Allocated.")
    if done:
        return redirect("caseflow:worker", file)
    return _shown(
        request,
        "worker",
        hand_over(actor, file),
        "Child’s worker",
        form=form,
        refused=refused,
        advice=advice,
        advice_columns=(COST_COLUMNS, OUT_COLUMNS),
        has_worker=bool(span.worker),
        carried=team_load(actor.team),
        back=story_address(file),
        also=list(family),
    )


def _without_another_worker(actor: Actor, span: Span) -> dict[int, tuple[int, str]]:
    """The child, and the brothers and sisters of the team who have the same worker or none: worker and name of each."""
    persons = family_with_the_team(actor, span.person)
    held = open_spans(actor).filter(person__in=persons, worker__in=(0, span.worker))
    workers = dict(held.values_list("person", "worker"))
    names = {each.person: each.name for each in scope(actor, Person).filter(person__in=list(workers))}
    known = {
        person: (workers[person], names[person])
        for person in persons
        if person in names and person in workers
    }
    return known or {span.person: (span.worker, "")}


def _allocated(
    actor: Actor, file: int, span: Span, family: dict[int, tuple[int, str]], form: AllocateForm
) -> object:
    typed = form.cleaned_data
    return actions.allocate_together(
        files={file: span.worker} | {other: family[other][0] for other in form.together},
        worker=typed["worker"],
        reasons=typed["reasons"],
        change_reason=typed.get("change_reason", ""),
        suggested=form.advice.suggested if form.advice else None,
        apart=typed.get("apart", ""),
        by=actor,
    )


@POSTS
def end_worker(request: HttpRequest, file: int) -> HttpResponse:
    """The worker no longer has the child, who is unallocated from now."""
    actor = actor_in(request)
    span = _child(actor, file)
    if not span.worker:
        return redirect("caseflow:worker", file)
    form = EndWorkerForm(request.POST or None)
    done, refused = _tried(
        request,
        form,
        lambda: actions.end_worker(file=file, worker=span.worker, by=actor, **form.cleaned_data),
        "The child has no worker now, and stands on the unallocated register.",
    )
    if done:
        return redirect("caseflow:worker", file)
    return _shown(
        request,
        "end_worker",
        hand_over(actor, file),
        "End a worker",
        form=form,
        refused=refused,
        back=reverse("caseflow:worker", args=[file]),
    )
