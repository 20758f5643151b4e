"""An agency's own desk: one check that it was asked, who has it, its answer with what is attached. Thin."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rightplace.common.documents import attachments
from rightplace.common.documents.serving import sent_to_be_saved
from rightplace.common.questions.asking import Asked
from rightplace.common.questions.sets import QuestionSet, question_set
from rightplace.common.questions.views import posted_fields
from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, require, scope
from rightplace.services.frontdoor import asking, checkfiles
from rightplace.services.frontdoor.forms_checks import AnswerForm
from rightplace.services.frontdoor.presenters.checks import CheckPage, check_page, colleagues_of
from rightplace.services.frontdoor.presenters.words import words_of
from rightplace.services.frontdoor.projections import Check, Contact

OWN_QUESTIONS = frozenset({"police", "health", "education", "housing", "probation", "voluntary"})


def _check(actor: Actor, number: int) -> Check:
    row = scope(actor, Check).filter(id=number).first()
    if row is None:
        raise NotAllowed
    require(actor, "check.answer", row)
    return row


@dataclass
class Answering:
    """An answer as it is typed: the words, the agency's own questions, and the files that wait."""

    request: HttpRequest
    actor: Actor
    row: Check
    found: CheckPage
    refused: Refused | None = None
    file_problems: list[str] = field(default_factory=list)

    @property
    def do(self) -> str:
        """What the posted form asks for: to send the answer, or only to add or take out a file."""
        return self.request.POST.get("do", "")

    @cached_property
    def judged(self) -> bool:
        """Whether the answer is to be sent: then what is missing is said."""
        return self.request.method == "POST" and not self.do.startswith(("add-", "remove-"))

    @cached_property
    def questions(self) -> QuestionSet:
        """The questions that an agency of this kind is asked beside its own words."""
        kind = self.found.kind
        return question_set(f"check-{kind if kind in OWN_QUESTIONS else 'other'}")

    @cached_property
    def beside(self) -> Asked:
        """Its own questions, with what was typed."""
        typed = posted_fields(self.request) if self.request.method == "POST" else None
        return Asked(self.questions.question, typed, bound=self.judged)

    @cached_property
    def form(self) -> AnswerForm:
        """The answer in words."""
        start = {"answered_by": self.actor.name} if self.actor.is_partner else {}
        typed = self.judged and self.beside.is_valid() and any(self.beside.answers().values())
        return AnswerForm(
            self.request.POST if self.judged else None, initial=start | self.request.POST.dict(),
            by_telephone=not self.actor.is_partner, answered_beside=typed,
        )  # fmt: skip

    def take_files(self) -> None:
        """Take in what was chosen, whatever else is wrong; take out what is no longer wanted."""
        uploads = self.request.FILES.getlist("files")
        self.file_problems = checkfiles.take(self.actor, self.row.id, uploads)
        number = self.do.removeprefix("remove-file-")
        if number != self.do and number.isascii() and number.isdigit() and len(number) < 20:
            checkfiles.take_out(self.actor, self.row.id, int(number))

    def is_sent(self) -> bool:
        """Send the answer. What is refused says why; no word and no file is lost."""
        if not (self.judged and self.form.is_valid() and self.beside.is_valid()) or self.file_problems:
            return False
        titles = {question.key: question.words for question in self.questions.question}
        answers = asking.kept_answers(titles, self.beside.answers())
        try:
            checkfiles.answer_check(
                check=self.row, by=self.actor, questions=self.questions.id if answers else "", answers=answers,
                **self.form.cleaned_data,
            )  # fmt: skip
        except Refused as why:
            self.refused = why
        return self.refused is None


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, check: int) -> HttpResponse:
    """Answer one check: by the agency itself, or written down here when it was answered by telephone."""
    actor = actor_in(request)
    row = _check(actor, check)
    if request.method == "GET" and asking.open_check(check=row, by=actor) is not None:
        row = _check(actor, check)
    typed = Answering(request, actor, row, check_page(actor, row))
    after = (
        reverse("frontdoor:checks") if actor.is_partner else reverse("frontdoor:contact", args=[row.concern])
    )
    if request.method == "POST":
        typed.take_files()
        if typed.is_sent():
            said = "Thank you. The front door has your answer." if actor.is_partner else "Written down."
            messages.success(request, said)
            return redirect(after)
    return _shown(request, typed, after)


def _shown(request: HttpRequest, typed: Answering, back: str) -> HttpResponse:
    actor = typed.actor
    said: dict[str, Any] = {
        "form": typed.form, "more_forms": [typed.beside.form], "refused": typed.refused, "found": typed.found,
        "beside": typed.beside, "heading": typed.questions.title, "file_problems": typed.file_problems,
        "desk": colleagues_of(actor) if actor.is_partner else [], "most_files": attachments.MOST,
        "attached": checkfiles.waiting(actor, typed.row.id), "typing": request.method == "POST",
    }  # fmt: skip
    if typed.file_problems:
        said["problems"] = [{"text": each, "href": "#files"} for each in typed.file_problems]
    return disclose(
        actor,
        lambda: page(request, "frontdoor/check.jinja", title="Answer a check", back=back, **said),
        files=[typed.row.concern],
        what="check",
        request_id=getattr(request, "request_id", ""),
    )


@require_safe
def attached(request: HttpRequest, check: int, number: int) -> HttpResponse:
    """What an agency attached to its answer: for whoever may read the answer, and nobody else."""
    actor = actor_in(request)
    row = scope(actor, Check).filter(id=check).first()
    if row is None:
        raise Http404
    contact = scope(actor, Contact).filter(concern=row.concern).first()
    reads = bool(contact) and may(actor, "contact.see", contact)
    if not (reads or may(actor, "check.answer", row)):
        raise Http404
    answers = words_of(actor, row.concern).answers.get(row.id, [])
    if all(number not in body.attachments for _, body in answers):
        raise Http404
    return sent_to_be_saved(request, actor, row.concern, number)


@require_POST
def take(request: HttpRequest, check: int) -> HttpResponse:
    """Say who of the desk has a check: oneself, a colleague, or nobody."""
    actor = actor_in(request)
    row = _check(actor, check)
    typed = request.POST.get("worker", "")
    worker = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else actor.worker
    try:
        asking.take_check(check=row, by=actor, worker=worker)
    except Refused as why:
        messages.error(request, f"{why.because} {why.instead}")
    else:
        said = {actor.worker: "You have this check.", 0: "Nobody has this check now."}
        messages.success(request, said.get(worker, "Your colleague has this check."))
    return redirect("frontdoor:check", check)
