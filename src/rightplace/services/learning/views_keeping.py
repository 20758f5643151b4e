"""Learning of teams, its effect, and what human resources keeps: courses, who was there, spreadsheets."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.documents.spreadsheets import Unreadable
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Column, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM
from rightplace.services.learning import actions, firstyear, queries
from rightplace.services.learning import presenters as shown
from rightplace.services.learning.asking import rules_on
from rightplace.services.learning.due import asked_of
from rightplace.services.learning.forms import BookOthersForm, Choices, CourseForm, FirstYearForm, SheetForm
from rightplace.services.learning.models import Booking, Course
from rightplace.services.learning.sheets import SheetTold, as_spreadsheet, take_sheet
from rightplace.services.learning.views import GET_OR_POST, told

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 20_000
TAKEN_COLUMNS = (Column("Row"), Column("What became of it"), Column("Why"))


def _teams(actor: Actor) -> list[Team]:
    found = Team.objects.filter(holding(clock.today()), agency=actor.agency).order_by("name", "id")
    return list(found.filter(pk=actor.team) if actor.role in MANAGES_A_TEAM else found)


def _workers() -> Choices:
    return [
        (str(row.worker_id), f"{row.worker.name}, {row.team.name}") for row in queries.members(clock.today())
    ]


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """What is due for everybody of a team, by name."""
    actor, now, today = actor_in(request), clock.now(), clock.today()
    teams = _teams(actor)
    asked = request.GET.get("team", "")
    chosen = next((each for each in teams if str(each.pk) == asked), None)
    chosen = (
        chosen
        or next((each for each in teams if each.pk == actor.team), None)
        or (teams[0] if teams else None)
    )
    rows = []
    if chosen is not None:
        require(actor, "learning.see", chosen)
        rules = rules_on(today)
        learners = queries.learners(queries.members(today, team=chosen.pk), today)
        rows = [shown.team_row(each, asked_of(each, rules, today), now) for each in learners]
    return told(
        request, actor, "team", title="Learning of a team", what="learning:team", rows=rows, teams=teams, chosen=chosen,
        late=sum(1 for each in rows if each.late), keeps=may(actor, "learning.keep"),
    )  # fmt: skip


@require_safe
def effect(request: HttpRequest) -> HttpResponse:
    """Trained and gone: of those who took a course in a year, who is still here; small numbers left out."""
    actor, now = actor_in(request), clock.now()
    require(actor, "learning.see")
    this = clock.today().year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and this - 10 <= int(asked or 0) <= this else this - 1
    found = queries.trained_in(year)
    return page(
        request, "learning/effect.jinja", title="What became of training", year=year,
        rows=[shown.effect_row(each, now) for each in found], columns=shown.effect_columns(found),
        chart=shown.effect_chart(found, year, now), years=range(this, this - 6, -1), back=reverse("learning:team"),
    )  # fmt: skip


@GET_OR_POST
def courses(request: HttpRequest) -> HttpResponse:
    """What is offered, offering another, and beginning a first year."""
    actor, refused, today = actor_in(request), None, clock.today()
    rules, act = rules_on(today), request.POST.get("act")
    form = CourseForm(request.POST if act == "course" else None, kinds=rules.kinds, initial={"begins": today})
    year = FirstYearForm(
        request.POST if act == "year" else None, workers=_workers(), initial={"first_day": today}
    )
    try:
        if request.method == "POST" and _courses_done(form, year, actor):
            messages.success(request, "Written down.")
            return redirect("learning:courses")
    except Refused as why:
        refused = why
    rows = [shown.course_row(each, dict(rules.kinds), keeps=True) for each in queries.courses(today)]
    return page(
        request, "learning/courses.jinja", title="Courses", form=form, year=year, more_forms=[year], refused=refused,
        rows=rows, columns=shown, rules=rules,
    )  # fmt: skip


def _courses_done(form: CourseForm, year: FirstYearForm, actor: Actor) -> bool:
    if form.is_bound and form.is_valid():
        said = dict(form.cleaned_data)
        pounds = said.pop("pounds")
        actions.add_course(**said, cost_pence=None if pounds is None else int(pounds * 100), by=actor)
        return True
    if year.is_bound and year.is_valid():
        worker, supervisor = (
            Worker.objects.get(pk=year.cleaned_data[name]) for name in ("worker", "supervisor")
        )
        firstyear.begin_first_year(
            worker=worker, supervisor=supervisor, begins=year.cleaned_data["first_day"], by=actor
        )
        return True
    return False


@GET_OR_POST
def course(request: HttpRequest, number: int) -> HttpResponse:
    """One course: who is booked, who was there."""
    actor, refused = actor_in(request), None
    found = get_object_or_404(scope(actor, Course), pk=number)
    act = request.POST.get("act", "")
    form = BookOthersForm(request.POST if act == "book" else None, workers=_workers())
    if request.method == "POST":
        try:
            if _course_done(request, act, found, form, actor):
                messages.success(request, "Written down.")
                return redirect("learning:course", number)
        except Refused as why:
            refused = why
    rows = (
        scope(actor, Booking)
        .filter(course=found)
        .select_related("worker")
        .order_by("-on", "worker__name")[:200]
    )
    booked = sorted((each for each in rows if each.state == Booking.State.BOOKED), key=lambda each: each.on)
    past = [shown.taken_row(each) for each in rows if each.state != Booking.State.BOOKED]
    return told(
        request, actor, "course", title="A course", what="learning:course", course=found, booked=booked, past=past, form=form,
        refused=refused, today=clock.today(), back=reverse("learning:courses"),
    )  # fmt: skip


def _course_done(request: HttpRequest, act: str, found: Course, form: BookOthersForm, actor: Actor) -> bool:
    if act == "book" and form.is_valid():
        worker = Worker.objects.get(pk=form.cleaned_data["worker"])
        actions.book(worker=worker, course=found, on=form.cleaned_data["on"], by=actor)
    elif act == "end":
        actions.end_course(course=found, by=actor)
    elif act in (Booking.State.ATTENDED, Booking.State.MISSED, Booking.State.CANCELLED):
        row = get_object_or_404(Booking, course=found, pk=_number(request))
        actions.say_how_it_went(booking=row, state=act, by=actor)
    else:
        return False
    return True


def _number(request: HttpRequest) -> int:
    sent = request.POST.get("booking", "")
    return int(sent) if sent.isdecimal() and len(sent) < 18 else 0


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """Who took what, as a spreadsheet: as far as the reader may see it. Reflections are in no sheet."""
    actor = actor_in(request)
    require(actor, "learning.see")
    rows = list(
        scope(actor, Booking)
        .select_related("worker", "course")
        .defer("sealed_reflection")
        .order_by("-on", "pk")[:MOST]
    )
    record_reading(
        actor, [], "learning:sheet", found=len(rows), request_id=str(getattr(request, "request_id", ""))
    )
    response = HttpResponse(as_spreadsheet(rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="learning-{clock.today().isoformat()}.xlsx"'
    return response


@GET_OR_POST
def take(request: HttpRequest) -> HttpResponse:
    """Taking in a spreadsheet of who took what."""
    actor, refused = actor_in(request), None
    form = SheetForm(request.POST or None, request.FILES or None)
    found: SheetTold | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = take_sheet(form.cleaned_data["file"].read(), by=actor, trial=form.cleaned_data["trial"])
        except Unreadable as why:
            refused = Refused(str(why), "Take out a sheet here and fill it, then send it again.")
    return page(
        request, "learning/take.jinja", title="Take in a spreadsheet of learning", form=form, refused=refused, told=found,
        lines=[Row((f"Line {each.line}", each.outcome, each.says)) for each in found.rows] if found else [],
        columns=TAKEN_COLUMNS, back=reverse("learning:courses"),
    )  # fmt: skip
