"""Assurance for the manager of managers, one supervisor, who supervises whom otherwise, and a child's workers. Thin."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.caseflow.children import children_of, identity_of
from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Column
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.supervision import cadence_on
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.foundation.journal import reading
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Person
from rightplace.services.supervision import actions, assuring, continuity
from rightplace.services.supervision.forms import LineForm, ObservedForm, TrainedForm
from rightplace.services.supervision.lines import chart
from rightplace.services.supervision.models import Line, Trained
from rightplace.services.supervision.presenters import assuring as shown

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
LINE_COLUMNS = (Column("Who"), Column("Why"), Column("Since"))


@require_safe
def assurance(request: HttpRequest) -> HttpResponse:
    """Whether supervision happens among those below: figures, and what is known of each supervisor."""
    actor = actor_in(request)
    told = shown.AssurancePage(clock.now(), assuring.assurance(actor, clock.today()))
    return page(
        request, "supervision/assurance.jinja", title="Assurance of supervision", told=told, columns=shown,
        cadence=cadence_on(clock.today()),
    )  # fmt: skip


@GET_OR_POST
def supervisor(request: HttpRequest, worker: int) -> HttpResponse:
    """One supervisor: training, and sessions that one sat in on."""
    actor, refused = actor_in(request), None
    person = next((p for p in assuring.below(chart(clock.today()), actor) if p.worker == worker), None)
    if person is None:
        raise NotAllowed
    act = request.POST.get("act", "")
    observed = ObservedForm(request.POST if act == "observed" else None)
    trained = TrainedForm(request.POST if act == "trained" else None)
    try:
        if act == "observed" and observed.is_valid():
            said = observed.cleaned_data
            assuring.record_observed(supervisor=worker, on=said["on"], words=said["words"], by=actor)
            messages.success(request, "Written down. The supervisor reads it on My supervision.")
            return redirect("supervision:supervisor", worker)
        if act == "trained" and trained.is_valid():
            said = trained.cleaned_data
            assuring.record_trained(supervisor=worker, course=said["course"], on=said["day"], by=actor)
            messages.success(request, "Written down.")
            return redirect("supervision:supervisor", worker)
    except Refused as why:
        refused = why
    courses = Trained.objects.filter(worker=worker).order_by("-on")
    return page(
        request, "supervision/supervisor.jinja", title="A supervisor", person=person, refused=refused,
        form=observed if act == "observed" else trained if act == "trained" else None, observed=observed, trained=trained,
        courses=[(Trained.Course(each.course).label, words.plain_day(each.on)) for each in courses],
        seen=assuring.observations_of(actor, worker), back=reverse("supervision:assurance"),
    )  # fmt: skip


@GET_OR_POST
def lines(request: HttpRequest) -> HttpResponse:
    """Who is supervised by somebody else than usual, and saying so."""
    actor, refused = actor_in(request), None
    known = chart(clock.today())
    everybody = sorted(known.people.values(), key=lambda each: (each.name, each.worker))
    people = [(each.worker, f"{each.name}, {each.team_name}") for each in everybody]
    holders = [
        (each.worker, f"{each.name}, {each.team_name}") for each in everybody if known.may_hold(each.worker)
    ]
    form = LineForm(request.POST or None, people=people, holders=holders)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.say_line(
                worker=int(said["worker"]), supervisor=int(said["supervisor"]), because=said["because"],
                begins=said["begins"], by=actor,
            )  # fmt: skip
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Written down, from that day.")
            return redirect("supervision:lines")
    standing = Line.objects.filter(ends=None, worker__in=list(known.people)).order_by("begins", "id")
    groups = shown.line_groups(known, list(standing))
    return page(
        request, "supervision/lines.jinja", title="Who supervises whom", form=form, refused=refused, groups=groups,
        columns=LINE_COLUMNS, back=reverse("supervision:assurance"),
    )  # fmt: skip


@require_safe
def workers(request: HttpRequest, file: int) -> HttpResponse:
    """Who has had a child, for the team that answers and for leaders."""
    actor = actor_in(request)
    person = reading.person_of(file) or 0
    finds = scope(actor, Person).filter(person=person).exists()
    if not finds or not continuity.open_to(actor, person).exists():
        raise NotAllowed
    child = children_of(actor, [file])[0]
    told = shown.WorkersPage(clock.now(), continuity.workers_of(person, clock.now()))
    return disclose(
        actor,
        lambda: page(
            request, "supervision/workers.jinja", title="Workers so far", identity=identity_of(child), told=told,
            columns=shown.WORKER_COLUMNS, back=child.story,
        ),
        files=[file],
        what="supervision:workers",
        request_id=getattr(request, "request_id", ""),
    )  # fmt: skip
