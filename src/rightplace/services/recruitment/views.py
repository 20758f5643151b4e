"""The pipeline, beginning to fill a seat, one vacancy."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Link
from rightplace.domain.practice.recruiting import local_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Occupancy, Seat
from rightplace.foundation.organisation.queries import holding
from rightplace.services.recruitment import candidates as way
from rightplace.services.recruitment import filling, forms, queries, waits
from rightplace.services.recruitment.models import Candidate, Vacancy
from rightplace.services.recruitment.policy import OF_EVERY_TEAM
from rightplace.services.recruitment.presenters import pipeline as shown
from rightplace.services.recruitment.presenters.sheets import Asked, Sheet
from rightplace.services.recruitment.rates import rates_on
from rightplace.services.recruitment.trying import TEMPLATE, Act, about_people, sent, there, tried

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def covers_of(found: list[Vacancy], today: date) -> dict[int, shown.Cover]:
    """Agency workers in the seats of these vacancies, by seat. One query."""
    by_seat = {each.seat_id: each for each in found}
    rates = rates_on(today)
    rows = Occupancy.objects.filter(holding(today), seat__in=by_seat.keys(), kind=Occupancy.Kind.AGENCY)
    return {
        row.seat_id: shown.cover_of(
            row, by_seat[row.seat_id].seat.post.grade, by_seat[row.seat_id].opened_on, today, rates
        )
        for row in rows
    }


@require_safe
def pipeline(request: HttpRequest) -> HttpResponse:
    """Every vacancy on its way, what waits with whom, and what is lost at each step."""
    actor, today = actor_in(request), clock.today()
    year, local = today - timedelta(days=365), local_on(today)
    held = list(queries.vacancies(actor).filter(Q(ended_on=None) | Q(opened_on__gte=year)))
    found = [each for each in held if each.ended_on is None]
    own = queries.ways(Candidate.objects.filter(vacancy__in=scope(actor, Vacancy)), year)
    opened = queries.vacancy_steps(each for each in held if each.opened_on >= year)
    told = shown.Pipeline(
        now=clock.now(),
        open=found,
        ways=own,
        times=queries.step_times(own, opened, local),
        local=local,
        covers=covers_of(found, today),
        waits=waits.with_whom(actor),
    )
    keeps = may(actor, "recruitment.keep")
    links = [
        Link("Take vacancies out as a spreadsheet", reverse("recruitment:sheet")),
        Link("Interviews in which I sit", reverse("recruitment:panels")),
        Link("What an hour costs", reverse("recruitment:rates")),
    ]
    if keeps:
        links.insert(0, Link("Begin to fill a seat", reverse("recruitment:open")))
        links += [
            Link("Take candidates’ steps out", reverse("recruitment:candidates-sheet")),
            Link("Take in a spreadsheet", reverse("recruitment:take")),
        ]
    parts = [
        Sheet(
            key="open",
            heading="Vacancies on their way",
            sentences=told.sentences,
            columns=shown.VACANCY_COLUMNS,
            rows=told.rows,
            none="No vacancy is on its way.",
            links=links,
        ),
        Sheet(
            key="flow",
            heading="The last year, from applying to a first day",
            charts=[c for c in [told.chart] if c],
            sentences=[] if told.chart else ["Nobody applied in the last year."],
            columns=shown.TIME_COLUMNS,
            rows=told.time_rows,
        ),
    ]
    return page(request, TEMPLATE, title="Vacancies", heading="Vacancies", sheets=parts)


@GET_OR_POST
def open_seat(request: HttpRequest) -> HttpResponseBase:
    """Beginning to fill a seat that is vacant, or in which an agency worker sits."""
    actor, today = actor_in(request), clock.today()
    offered = [
        (
            seat.id,
            (
                f"{post.title}, {post.team_name} ({post.reference}, {float(seat.hours):g} hours"
                f"{', agency' if seat.kind else ''})"
            ),
        )
        for post, seat in queries.fillable(today)
    ]
    form = forms.OpenForm(sent(request, "open"), choices={"seat": offered}, initial={"on": today})
    made: list[Vacancy] = []

    def does(said: dict[str, object]) -> None:
        seat = Seat.objects.get(pk=int(str(said["seat"])))
        made.append(filling.open_vacancy(seat=seat, on=said["on"], because=str(said["because"]), by=actor))  # type: ignore[arg-type]

    done, refused = tried(
        request, {"open": Act(form, does, "The vacancy is open. Somebody else approves it.")}
    )
    if done:
        return there("vacancy", made[0].pk)
    asked = [Asked(form, "Begin to fill the seat", "open", main=True)]
    part = Sheet(
        key="seat",
        heading="A seat to fill",
        asked=asked if offered else (),
        none="" if offered else "Every seat that may be filled is being filled.",
    )
    return page(
        request,
        TEMPLATE,
        title="Begin to fill a seat",
        heading="Begin to fill a seat",
        sheets=[part],
        more_forms=[form],
        refused=refused,
        back=reverse("recruitment:pipeline"),
    )


@GET_OR_POST
def vacancy(request: HttpRequest, number: int) -> HttpResponseBase:
    """One vacancy with its steps and candidates; human resources writes here, a head of service approves."""
    actor, today = actor_in(request), clock.today()
    found = get_object_or_404(queries.vacancies(actor), pk=number)
    local, acts = local_on(found.opened_on), _vacancy_acts(request, found, actor)
    done, refused = tried(request, acts)
    if done:
        return there("vacancy", number)
    rows = list(queries.candidates(actor).filter(vacancy=found))
    names = {each.pk: given.name if (given := way.particulars(each)) else None for each in rows}
    told = shown.VacancyPage(
        vacancy=found,
        now=clock.now(),
        local=local,
        candidates=rows,
        names=names,
        cover=covers_of([found], today).get(found.seat_id),
    )
    words_of = {
        "step": f"Record: {filling.title_of(local, found.next_step)}",
        "candidate": "Add the candidate",
        "withdraw": "Withdraw the vacancy",
    }
    asked = {act: Asked(each.form, words_of[act], act, main=act == "step") for act, each in acts.items()}
    parts = [
        Sheet(
            key="steps",
            heading="Steps of the vacancy",
            sentences=told.sentences,
            columns=shown.STEP_COLUMNS,
            rows=told.step_rows,
            asked=[asked["step"]] if "step" in asked else (),
        ),
        Sheet(
            key="candidates",
            heading="Candidates",
            columns=shown.CANDIDATE_COLUMNS,
            rows=told.candidate_rows,
            none="Nobody has applied, or their names are not for you.",
        ),
    ]
    for act, heading in (("candidate", "Somebody applied"), ("withdraw", "The seat is not to be filled")):
        if act in asked:
            parts.append(Sheet(key=act, heading=heading, asked=[asked[act]]))
    return about_people(
        request,
        actor,
        what="candidates of a vacancy",
        found=len(rows),
        title=f"Vacancy {found.pk}",
        heading=found.seat.post.title,
        sheets=parts,
        refused=refused,
        more_forms=[each.form for each in acts.values()],
        back=reverse("recruitment:pipeline"),
    )


def _vacancy_acts(request: HttpRequest, found: Vacancy, actor: Actor) -> dict[str, Act]:
    keeps, today = may(actor, "recruitment.keep"), clock.today()
    acts: dict[str, Act] = {}
    if found.ended_on:
        return acts
    approves = actor.role in OF_EVERY_TEAM and found.recorded_by_id != actor.worker
    if found.next_step and (approves if found.next_step == "approved" else keeps):
        acts["step"] = Act(
            forms.DayForm(sent(request, "step"), initial={"on": today}),
            lambda said: filling.record_vacancy_step(
                vacancy=found, code=found.next_step, on=said["on"], by=actor
            ),
        )
    if keeps and any(step.code == "advertised" for step in found.steps.all()):
        form = forms.CandidateForm(sent(request, "candidate"), initial={"on": today})
        acts["candidate"] = Act(
            form,
            lambda said: way.add_candidate(
                vacancy=found,
                name=said["name"],
                contact=said["contact"],
                on=said["on"],
                equality=form.equality,
                by=actor,
            ),
        )
    if keeps:
        acts["withdraw"] = Act(
            forms.DayForm(sent(request, "withdraw"), initial={"on": today}),
            lambda said: filling.withdraw_vacancy(vacancy=found, on=said["on"], by=actor),
        )
    return acts
