"""Pages on which a school asks, and those on which its link person answers. Thin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.domain.practice.entries.questions import ComesNext, Topic
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.linkpeople import link_book
from rightplace.foundation.organisation.models import School
from rightplace.services.schools import actions
from rightplace.services.schools.forms import AnswerForm, AskForm
from rightplace.services.schools.presenters import questions as said
from rightplace.services.schools.projections import Question
from rightplace.services.schools.queries import answer_times, own_school, waiting
from rightplace.services.schools.queries import questions as all_questions

POSTS = require_http_methods(["GET", "HEAD", "POST"])
SHOWN, LAST = 60, 12


def school_of(actor: Actor) -> School:
    """The school that somebody works at; for anybody else there is nothing here."""
    school = own_school(actor)
    if school is None:
        raise NotAllowed
    require(actor, "question.ask", school)
    return school


def question_of(actor: Actor, concern: int, may: str) -> Question:
    """A question that the actor may see and do this with."""
    found = scope(actor, Question).filter(concern=concern).first()
    if found is None:
        raise NotAllowed
    require(actor, may, found)
    return found


def card_of(school: School) -> said.LinkCard | None:
    """Whom a school asks today."""
    book = link_book([school], clock.today(), clock.today())
    return said.link_card(book.on(school.pk, clock.today()), book)


def _disclosed(request: HttpRequest, template: str, files: list[int], what: str, **more: Any) -> HttpResponse:
    """Answer with a page that shows words of questions, the reading recorded first."""
    return disclose(
        actor_in(request),
        lambda: page(request, template, **more),
        files=files,
        what=what,
        request_id=getattr(request, "request_id", ""),
    )


@POSTS
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the school's link person."""
    actor = actor_in(request)
    school = school_of(actor)
    form, refused = AskForm(request.POST or None, initial={"about_pupil": "no"}), None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            concern = actions.ask(
                school=school, topic=Topic(typed["topic"]), question=typed["question"], by=actor,
                about_pupil=typed["about_pupil"] == "yes", pupil=typed["pupil"],
            )  # fmt: skip
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Your question has been sent.")
            return redirect("schools:question", concern)
    return page(
        request, "schools/ask.jinja", title="Ask your link person", form=form, refused=refused, card=card_of(school),
        school=school.agency.name, back=reverse("schools:own"),
    )  # fmt: skip


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What the school asked, and how fast it was answered."""
    actor = actor_in(request)
    school = school_of(actor)
    rows = list(all_questions(actor)[:SHOWN])
    times = answer_times(all_questions(actor), clock.now())
    return page(
        request, "schools/own.jinja", title="What you asked your link person", columns=said.OWN_COLUMNS,
        rows=said.own_rows(rows, clock.now()), times=said.times_words(times, "your link person"),
        card=card_of(school),
    )  # fmt: skip


@require_safe
def question(request: HttpRequest, concern: int) -> HttpResponse:
    """One question, for the school that asked it."""
    actor = actor_in(request)
    row = question_of(actor, concern, "question.ask")
    asked = said.asked_page(actor, row, clock.now())
    return _disclosed(
        request, "schools/question.jinja", [concern], "own question", title="A question to your link person",
        asked=asked, back=reverse("schools:own"),
    )  # fmt: skip


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What schools ask, the next due first; what nobody opened has climbed to whoever reads this."""
    actor, now = actor_in(request), clock.now()
    rows = list(waiting(actor)[:SHOWN])
    last = list(all_questions(actor).filter(answered__isnull=False).order_by("-answered")[:LAST])
    found = said.asked_list(actor, rows, last, now)
    return page(
        request, "schools/asked.jinja", title="What schools ask", found=found, columns=said.ASKED_COLUMNS,
        times=said.times_words(answer_times(all_questions(actor), now), "the link people of these schools"),
    )  # fmt: skip


@POSTS
def answer(request: HttpRequest, concern: int) -> HttpResponse:
    """Open what a school asks, and answer it. Opening is said to the school, once."""
    actor = actor_in(request)
    row = question_of(actor, concern, "question.answer")
    if actions.open_question(question=row, by=actor) is not None:
        row = question_of(actor, concern, "question.answer")
    form, refused = AnswerForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.answer(
                question=row, text=typed["answer"], comes_next=ComesNext(typed["comes_next"]), by=actor,
                known_because=typed.get("known_because", ""),
            )  # fmt: skip
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Answered. The school can read it.")
            return redirect("schools:asked")
    if not row.about_pupil:
        del form.fields["known_because"]
    shown = said.asked_page(actor, row, clock.now(), ours=True)
    return _disclosed(
        request, "schools/answer.jinja", [concern], "question of a school", title="A school asks", asked=shown,
        form=form, refused=refused, back=reverse("schools:asked"),
    )  # fmt: skip
