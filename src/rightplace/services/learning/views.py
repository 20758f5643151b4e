"""My learning, one's bookings and first year, the next step. Thin: what is read of somebody is recorded first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.documents.taking import BY_ENDING
from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose, record_reading
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Particulars
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.services.learning import actions, firstyear, queries
from rightplace.services.learning import presenters as shown
from rightplace.services.learning.asking import rules_on
from rightplace.services.learning.career import Known, next_step, steps_for
from rightplace.services.learning.due import asked_of
from rightplace.services.learning.forms import BookForm, CertificateForm, HeldForm, WordsForm
from rightplace.services.learning.models import Booking, Certificate, FirstYear
from rightplace.services.learning.sealing import CONTENT, NAME, REFLECTION, opened
from rightplace.services.learning.sealing import words as unsealed

LATEST = 6
"""So many of one's courses stand on the page; earlier ones are to be opened."""
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def told(
    request: HttpRequest, actor: Actor, template: str, *, title: str, what: str, **context: Any
) -> HttpResponse:
    """A page about somebody who works here: who reads it is recorded before a byte leaves."""
    return disclose(
        actor,
        lambda: page(request, f"learning/{template}.jinja", title=title, columns=shown, **context),
        files=[],
        what=what,
        request_id=getattr(request, "request_id", ""),
    )


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one's role asks for, one's courses, first years that are one's own or that one supervises."""
    actor, now, today = actor_in(request), clock.now(), clock.today()
    rules, courses, taken = rules_on(today), list(queries.courses(today)), list(queries.own_bookings(actor))
    member = queries.members(today, worker=actor.worker)
    asked = asked_of(queries.learner_of(member[0], taken, today), rules, today) if member else []
    offered = {each.kind: each for each in reversed(courses)}
    rows = [shown.booking_row(each, today) for each in taken]
    return told(
        request, actor, "mine", title="My learning", what="learning:mine",
        asked=[shown.asked_row(each, now, offered) for each in asked], bookings=rows[:LATEST], earlier=rows[LATEST:],
        years=[shown.year_row(each, now) for each in queries.years_of(actor)],
        offered=[shown.course_row(each, dict(rules.kinds), keeps=False) for each in courses],
    )  # fmt: skip


@require_safe
def career(request: HttpRequest) -> HttpResponse:
    """The steps of one's path, and what the next one asks."""
    actor, today = actor_in(request), clock.today()
    rules = rules_on(today)
    brings = Particulars.objects.filter(holding(today), worker=actor.worker).first()
    year = FirstYear.objects.filter(worker=actor.worker).prefetch_related("reviews").first()
    known = Known(
        profession=brings.profession if brings else None, qualified=brings.qualified if brings else None,
        registered=brings.registered if brings else None, since=brings.in_profession_since if brings else None,
        first_year=all(each.held_on for each in year.reviews.all()) if year else None,
        attended=queries.days_of(queries.own_bookings(actor), Booking.State.ATTENDED),
    )  # fmt: skip
    steps = steps_for(known, rules, today)
    offered = {each.kind: each for each in queries.courses(today)}
    path = [shown.StepShown(each, offered, next_step(steps)) for each in steps]
    return told(
        request, actor, "career", title="Steps of my career", what="learning:career", steps=path,
        next=next((each for each in path if each.is_next), None), known=brings is not None, rules=rules,
        back=reverse("learning:mine"),
    )  # fmt: skip


@GET_OR_POST
def book(request: HttpRequest, number: int) -> HttpResponse:
    """Booking oneself on a course."""
    actor, refused = actor_in(request), None
    course = get_object_or_404(queries.courses(clock.today()), pk=number)
    form = BookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.book(
                worker=Worker.objects.get(pk=actor.worker),
                course=course,
                on=form.cleaned_data["on"],
                by=actor,
            )
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Booked.")
            return redirect("learning:mine")
    return page(
        request, "learning/book.jinja", title="Book a course", form=form, refused=refused, course=course,
        back=reverse("learning:mine"),
    )  # fmt: skip


@GET_OR_POST
def booking(request: HttpRequest, number: int) -> HttpResponse:
    """One's own course: what one takes from it, and its certificate."""
    actor, refused = actor_in(request), None
    found = get_object_or_404(queries.own_bookings(actor), pk=number)
    act = request.POST.get("act", "")
    words = WordsForm(
        request.POST if act == "reflect" else None,
        initial={"words": unsealed(REFLECTION, found.pk, found.sealed_reflection)},
        label="What do you take from it?", hint="Nobody else reads this. Name no child.",
    )  # fmt: skip
    file = CertificateForm(
        request.POST if act == "certificate" else None, request.FILES if act == "certificate" else None
    )
    if request.method == "POST":
        try:
            if _booking_done(act, found, words, file, actor):
                messages.success(request, "Kept.")
                return redirect("learning:mine" if act == "cancel" else request.path)
        except Refused as why:
            refused = why
    kept = [
        (each.pk, opened(NAME, each.pk, each.sealed_name).decode())
        for each in found.certificates.defer("sealed")
    ]
    return told(
        request, actor, "booking", title="One of my courses", what="learning:booking", booking=found, words=words, file=file,
        kept=kept, tag=shown.booking_tag(found), more_forms=[words, file], form=None, refused=refused,
        back=reverse("learning:mine"),
    )  # fmt: skip


def _booking_done(act: str, found: Booking, words: WordsForm, file: CertificateForm, actor: Actor) -> bool:
    if act == "reflect" and words.is_valid():
        actions.reflect(booking=found, words=words.cleaned_data["words"], by=actor)
    elif act == "certificate" and file.is_valid():
        actions.add_certificate(booking=found, upload=file.cleaned_data["file"], by=actor)
    elif act == "cancel":
        actions.say_how_it_went(booking=found, state=Booking.State.CANCELLED, by=actor)
    else:
        return False
    return True


@require_safe
def certificate(request: HttpRequest, number: int) -> HttpResponse:
    """A certificate, to be saved under its number alone."""
    actor = actor_in(request)
    found = scope(actor, Certificate).filter(pk=number).first()
    if found is None:
        raise Http404
    record_reading(actor, [], "learning:certificate", request_id=str(getattr(request, "request_id", "")))
    kind = BY_ENDING[found.kind]
    response = HttpResponse(opened(CONTENT, found.pk, found.sealed), content_type=kind.media)
    response["Content-Disposition"] = f'attachment; filename="{number}.{kind.ending}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@GET_OR_POST
def first_year(request: HttpRequest, number: int) -> HttpResponse:
    """A supervised first year, as the worker and the supervisor both read it."""
    actor, refused = actor_in(request), None
    found = get_object_or_404(queries.years_of(actor), pk=number)
    load, unseen = firstyear.load_for(found, actor)
    own = found.worker_id == actor.worker
    rules = rules_on(found.begins).first_year
    year = shown.YearShown(found, rules, dict(load) if load else None, own, clock.now())  # type: ignore[arg-type]
    sent = request.POST or None
    form = (
        WordsForm(sent, label="Your own word to the review")
        if own
        else HeldForm(sent, label="What goes well, and what is needed")
    )
    if request.method == "POST" and form.is_valid():
        try:
            _year_done(year, form, own, actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Written down.")
            return redirect("learning:first-year", number)
    return told(
        request, actor, "first_year", title="A supervised first year", what="learning:first-year", year=year, unseen=unseen,
        form=form, refused=refused, may_see=may(actor, "learning.see"), back=reverse("learning:mine"),
    )  # fmt: skip


def _year_done(year: shown.YearShown, form: Any, own: bool, actor: Actor) -> None:
    said = form.cleaned_data
    if own and year.to_answer is not None:
        firstyear.answer_review(review=year.to_answer, words=said["words"], by=actor)
    elif not own and year.to_hold is not None:
        firstyear.hold_review(review=year.to_hold, words=said["words"], on=said["on"], by=actor)
