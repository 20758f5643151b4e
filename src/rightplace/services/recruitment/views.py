"""Vacancies and candidates: the pipeline, one vacancy, one candidate, panels, spreadsheets."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.documents.spreadsheets import Unreadable
from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.domain.practice.recruiting import local_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import NoAudit, disclose, not_now
from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Occupancy, Seat
from rightplace.foundation.organisation.models import Membership, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.services.recruitment import candidates as way
from rightplace.services.recruitment import filling, forms, queries, sealing, sheets, waits
from rightplace.services.recruitment.models import Candidate, PanelWord, Vacancy
from rightplace.services.recruitment.policy import OF_EVERY_TEAM
from rightplace.services.recruitment.presenters import pipeline as shown
from rightplace.services.recruitment.presenters.sheets import Asked, Sheet
from rightplace.services.recruitment.trying import TEMPLATE, Act, about_people, sent, there, tried

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PANEL_LIST = (Column("Candidate"), Column("Post"), Column("Interview on"))


def covers_of(found: list[Vacancy], today: date) -> dict[int, shown.Cover]:
    """Agency workers in the seats of these vacancies, by seat. One query."""
    by_seat = {each.seat_id: each for each in found}
    local = local_on(today)
    rows = Occupancy.objects.filter(holding(today), seat__in=by_seat.keys(), kind=Occupancy.Kind.AGENCY)
    return {
        row.seat_id: shown.cover_of(row, by_seat[row.seat_id].seat.post.grade, by_seat[row.seat_id].opened_on, today, local)
        for row in rows
    }  # fmt: skip


@require_safe
def pipeline(request: HttpRequest) -> HttpResponse:
    """Every vacancy on its way, what waits with whom, and what is lost at each step."""
    actor, today = actor_in(request), clock.today()
    year, local = today - timedelta(days=365), local_on(today)
    found = list(queries.vacancies(actor).filter(ended_on=None))
    own = queries.ways(scope(actor, Candidate), year)
    opened = queries.vacancy_steps(scope(actor, Vacancy).filter(opened_on__gte=year))
    told = shown.Pipeline(
        now=clock.now(), open=found, ways=own, times=queries.step_times(own, opened, local), local=local,
        covers=covers_of(found, today), waits=waits.with_whom(actor),
    )  # fmt: skip
    keeps = may(actor, "recruitment.keep")
    links = [
        Link("Take vacancies out as a spreadsheet", reverse("recruitment:sheet")),
        Link("Interviews in which I sit", reverse("recruitment:panels")),
    ]
    if keeps:
        links += [
            Link("Take candidates’ steps out", reverse("recruitment:candidates-sheet")),
            Link("Take in a spreadsheet", reverse("recruitment:take")),
            Link("Begin to fill a seat", reverse("recruitment:open")),
        ]
    parts = [
        Sheet(key="open", heading="Vacancies on their way", sentences=told.sentences, columns=shown.VACANCY_COLUMNS,
              rows=told.rows, none="No vacancy is on its way.", links=links),
        Sheet(key="flow", heading="The last year, from applying to a first day", charts=[c for c in [told.chart] if c],
              sentences=[] if told.chart else ["Nobody applied in the last year."],
              columns=shown.TIME_COLUMNS, rows=told.time_rows),
    ]  # fmt: skip
    return page(request, TEMPLATE, title="Vacancies", heading="Vacancies", sheets=parts)


@GET_OR_POST
def open_seat(request: HttpRequest) -> HttpResponseBase:
    """Beginning to fill a seat that is vacant, or in which an agency worker sits."""
    actor, today = actor_in(request), clock.today()
    offered = [
        (seat.id, f"{post.title}, {post.team_name} ({post.reference}, {float(seat.hours):g} hours"
         f"{', agency' if seat.kind else ''})")
        for post, seat in queries.fillable(today)
    ]  # fmt: skip
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
    part = Sheet(key="seat", heading="A seat to fill", asked=asked if offered else (), none="" if offered else
                 "Every seat that may be filled is being filled.")  # fmt: skip
    return page(request, TEMPLATE, title="Begin to fill a seat", heading="Begin to fill a seat", sheets=[part],
                more_forms=[form], refused=refused, back=reverse("recruitment:pipeline"))  # fmt: skip


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
        vacancy=found, now=clock.now(), local=local, candidates=rows, names=names,
        cover=covers_of([found], today).get(found.seat_id),
    )  # fmt: skip
    words_of = {"step": f"Record: {filling.title_of(local, found.next_step)}", "candidate": "Add the candidate",
                "withdraw": "Withdraw the vacancy"}  # fmt: skip
    asked = {act: Asked(each.form, words_of[act], act, main=act == "step") for act, each in acts.items()}
    parts = [
        Sheet(key="steps", heading="Steps of the vacancy", sentences=told.sentences, columns=shown.STEP_COLUMNS,
              rows=told.step_rows, asked=[asked["step"]] if "step" in asked else ()),
        Sheet(key="candidates", heading="Candidates", columns=shown.CANDIDATE_COLUMNS, rows=told.candidate_rows,
              none="Nobody has applied, or their names are not for you."),
    ]  # fmt: skip
    for act, heading in (("candidate", "Somebody applied"), ("withdraw", "The seat is not to be filled")):
        if act in asked:
            parts.append(Sheet(key=act, heading=heading, asked=[asked[act]]))
    return about_people(
        request, actor, what="candidates of a vacancy", found=len(rows), title=f"Vacancy {found.pk}",
        heading=found.seat.post.title, sheets=parts, refused=refused, more_forms=[each.form for each in acts.values()],
        back=reverse("recruitment:pipeline"),
    )  # fmt: skip


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


@GET_OR_POST
def candidate(request: HttpRequest, number: int) -> HttpResponseBase:
    """One candidate's way: the next step, the panel, checks as seen, or the loss with its reason."""
    actor = actor_in(request)
    found = get_object_or_404(queries.candidates(actor), pk=number)
    panel = list(found.panel.select_related("worker").order_by("worker__name"))
    acts = _candidate_acts(request, found, panel, actor)
    done, refused = tried(request, acts)
    if done:
        return there("candidate", number)
    given = way.particulars(found)
    seen = {row.code: (row.on, row.recorded_by.name) for row in found.checks.select_related("recorded_by")}
    local = local_on(found.vacancy.opened_on)
    told = shown.CandidatePage(
        candidate=found, name=given.name if given else None, contact=given.contact if given else "", now=clock.now(),
        local=local, panel=[(word, _reasons(found, word)) for word in panel], seen=seen,
        asked=[(check.code, check.title) for check in way.checks_for(found)],
    )  # fmt: skip
    parts = [
        Sheet(key="steps", heading="Steps", sentences=told.sentences, columns=shown.STEP_COLUMNS, rows=told.step_rows,
              asked=_asked(acts, ("step", "begin"), local.step(found.next_step).title if local.step(found.next_step) else "")),  # type: ignore[union-attr]
        Sheet(key="panel", heading="The panel", columns=shown.PANEL_COLUMNS, rows=told.panel_rows,
              none="Nobody has interviewed yet.", asked=_asked(acts, ("panel", "word"))),
        Sheet(key="checks", heading="Checks, as seen", columns=shown.CHECK_COLUMNS, rows=told.check_rows,
              asked=_asked(acts, ("check",))),
    ]  # fmt: skip
    if "lost" in acts:
        parts.append(
            Sheet(key="lost", heading="The candidate goes no further", asked=_asked(acts, ("lost",)))
        )
    return about_people(
        request, actor, what="a candidate", found=1, title=f"Candidate {found.pk}", heading=told.heading, sheets=parts,
        refused=refused, more_forms=[each.form for each in acts.values()],
        back=reverse("recruitment:vacancy", args=[found.vacancy_id])
        if scope(actor, Vacancy).filter(pk=found.vacancy_id).exists() else reverse("recruitment:panels"),
    )  # fmt: skip


def _asked(acts: dict[str, Act], names: tuple[str, ...], step: str = "") -> list[Asked]:
    button = {"step": f"Record: {step}", "begin": "Record the first day", "panel": "Name the panel",
              "word": "Say this as one of the panel", "check": "Record that it was seen", "lost": "Record the loss"}  # fmt: skip
    main = ("step", "begin", "panel", "word", "check")
    return [Asked(acts[name].form, button[name], name, main=name in main) for name in names if name in acts]


def _reasons(found: Candidate, word: PanelWord) -> str:
    if word.sealed is None or way.particulars(found) is None or found.salt is None:
        return ""
    return sealing.text(bytes(found.salt), sealing.REASONS, bytes(word.sealed))


def _candidate_acts(
    request: HttpRequest, found: Candidate, panel: list[PanelWord], actor: Actor
) -> dict[str, Act]:
    acts: dict[str, Act] = {}
    if found.ended_on:
        return acts
    today = clock.today()
    own = next((word for word in panel if word.worker_id == actor.worker), None)
    if own is not None and own.appointable is None and own.on <= today:
        acts["word"] = Act(
            forms.WordForm(sent(request, "word")),
            lambda said: way.say_word(
                candidate=found, appointable=said["appointable"] == "yes", reasons=said["reasons"], by=actor
            ),
        )
    if may(actor, "recruitment.keep"):
        acts |= _personnel_acts(request, found, panel, actor)
    return acts


def _personnel_acts(
    request: HttpRequest, found: Candidate, panel: list[PanelWord], actor: Actor
) -> dict[str, Act]:
    today, acts = {"on": clock.today()}, dict[str, Act]()
    if found.next_step in way.BY_A_PERSON:
        acts["step"] = Act(
            forms.DayForm(sent(request, "step"), initial=today),
            lambda said: way.record_step(candidate=found, code=found.next_step, on=said["on"], by=actor),
        )
    if found.next_step == "interviewed" and not panel:
        acts["panel"] = Act(
            forms.PanelForm(sent(request, "panel"), choices={"workers": _may_sit(found)}, initial=today),
            lambda said: way.name_panel(
                candidate=found,
                workers=list(Worker.objects.filter(pk__in=said["workers"])),
                on=said["on"],
                by=actor,
            ),
        )
    if found.next_step == "checked":
        seen = set(found.checks.values_list("code", flat=True))
        left = [(check.code, check.title) for check in way.checks_for(found) if check.code not in seen]
        acts["check"] = Act(
            forms.CheckForm(sent(request, "check"), choices={"code": left}, initial=today),
            lambda said: way.see_check(candidate=found, code=said["code"], on=said["on"], by=actor),
        )
    if found.next_step == "started":
        acts["begin"] = Act(
            forms.BeginForm(sent(request, "begin"), choices={"worker": without_seat()}, initial=today),
            lambda said: way.begin(
                candidate=found, on=said["on"], by=actor,
                worker=Worker.objects.get(pk=said["worker"]) if said["worker"] else None,
            ),
        )  # fmt: skip
    reasons = [(each.code, each.title) for each in local_on(found.vacancy.opened_on).lost]
    acts["lost"] = Act(
        forms.LostForm(sent(request, "lost"), choices={"because": reasons}, initial=today),
        lambda said: way.lose_candidate(candidate=found, because=said["because"], on=said["on"], by=actor),
    )
    return acts


def _may_sit(found: Candidate) -> list[tuple[int, str]]:
    """Who may sit on a panel: the team's own managers first, then the others."""
    able = [role.code for role in ROLES.values() if "recruitment.see" in role.permissions]
    rows = Membership.objects.filter(holding(clock.today()), role__in=able).select_related("worker", "team")
    team = found.vacancy.seat.post.team_id
    held = {row.worker_id: (row.team_id != team, row.worker.name, row.team.name) for row in rows}
    ordered = sorted(held.items(), key=lambda each: each[1])
    return [(worker, f"{name}, {where}") for worker, (_, name, where) in ordered[:40]]


def without_seat() -> list[tuple[int, str]]:
    """Staff of the directory who sit in no seat: somebody taken in already, or an agency worker who stays."""
    today = clock.today()
    sits = Occupancy.objects.filter(holding(today)).exclude(kind=Occupancy.Kind.AGENCY).values("worker")
    rows = Worker.objects.filter(holding(today), kind=Worker.Kind.STAFF).exclude(pk__in=sits)
    return list(rows.order_by("name").values_list("pk", "name")[:200])


@require_safe
def panels(request: HttpRequest) -> HttpResponseBase:
    """Interviews in which the reader sits and has not spoken."""
    actor = actor_in(request)
    words_due = PanelWord.objects.filter(worker=actor.worker, appointable=None, candidate__ended_on=None)
    rows = list(words_due.select_related("candidate__vacancy__seat__post__team").order_by("on", "id"))
    lines = [
        Row((Link(given.name if (given := way.particulars(each.candidate)) else f"Candidate {each.candidate_id}",
                  reverse("recruitment:candidate", args=[each.candidate_id])),
             each.candidate.vacancy.seat.post.title, words.plain_day(each.on)))
        for each in rows
    ]  # fmt: skip
    part = Sheet(key="panels", heading="Where you have not said what you think", columns=PANEL_LIST, rows=lines,
                 none="No panel waits for your word.")  # fmt: skip
    return about_people(request, actor, what="interviews of a panel", found=len(rows), title="My panels",
                        heading="Interviews in which I sit", sheets=[part], back=reverse("recruitment:pipeline"))  # fmt: skip


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The vacancies that the reader may see, as a spreadsheet. It names nobody."""
    actor, today = actor_in(request), clock.today()
    answer = HttpResponse(
        sheets.vacancies_sheet(list(queries.vacancies(actor)), clock.now()), content_type=XLSX
    )
    answer["Content-Disposition"] = f'attachment; filename="vacancies-{today:%Y-%m-%d}.xlsx"'
    return answer


@require_safe
def candidates_sheet(request: HttpRequest) -> HttpResponse:
    """Candidates' steps as a spreadsheet, with their names; the reading is recorded first."""
    actor, today = actor_in(request), clock.today()
    rows = list(queries.candidates(actor))
    try:
        made = disclose(actor, lambda: sheets.candidates_sheet(rows, clock.now()), files=[],
                        what="candidates as a spreadsheet", found=len(rows))  # fmt: skip
    except NoAudit:
        return not_now()
    answer = HttpResponse(made, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="candidates-{today:%Y-%m-%d}.xlsx"'
    return answer


@GET_OR_POST
def take(request: HttpRequest) -> HttpResponse:
    """Taking in a spreadsheet of vacancies or of candidates: each row is taken, known or refused, and says why."""
    actor, parts = actor_in(request), list[Sheet]()
    form = forms.SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = sheets.take_sheet(
                form.cleaned_data["file"].read(), by=actor, trial=form.cleaned_data["trial"]
            )
            parts.append(sheets.told_sheet(told))
        except Unreadable as why:
            form.add_error("file", str(why))
    parts.append(
        Sheet(
            key="take",
            heading="The spreadsheet",
            asked=[Asked(form, "Take in the spreadsheet", "take", main=True)],
        )
    )
    return page(request, TEMPLATE, title="Take in a spreadsheet", heading="Take in vacancies or candidates", sheets=parts,
                more_forms=[form], back=reverse("recruitment:pipeline"))  # fmt: skip
