"""Asking a provider for a place, and the provider's own desk. Thin."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.web.pages import page
from rightplace.domain.practice.entries.directory import Answer
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, require, scope
from rightplace.services.directory import requests
from rightplace.services.directory.families import Family
from rightplace.services.directory.forms import AnswerForm, AskForm, BackForm
from rightplace.services.directory.models import Service
from rightplace.services.directory.needs import title_of
from rightplace.services.directory.prefilled import least_to_send
from rightplace.services.directory.presenters import asked as said_of
from rightplace.services.directory.presenters.one import service_page
from rightplace.services.directory.projections import ServiceRequest
from rightplace.services.directory.views import POSTS, opened, service_of


@POSTS
def ask(request: HttpRequest, file: int, number: int) -> HttpResponse:
    """Ask for a place; what is sent is looked at before it goes."""
    actor = actor_in(request)
    row = service_of(actor, number)
    family = opened(request, file)
    if isinstance(family, HttpResponse):
        return family
    start = {
        "sent": least_to_send(family, actor), "purpose": "To find out whether there is a place for this child",
        "need": title_of(row.needs[0]) if row.needs else "",
    }  # fmt: skip
    form = AskForm(request.POST or None, initial=start)
    preview, refused = None, None
    if request.method == "POST" and form.is_valid():
        try:
            if _asks(request, form, family, row):
                messages.success(
                    request, "The provider is asked. You will see the answer under Places asked for."
                )
                return redirect("directory:asked")
            preview = form.cleaned_data | {"seen": _seen(form)}
        except Refused as why:
            refused = why
    said = service_page(row)
    back = reverse("directory:service_for", args=[file, number])
    return disclose(
        actor,
        lambda: page(
            request, "directory/ask.jinja", title="Ask for a place", form=form, refused=refused, preview=preview,
            said=said, family=family, back=back,
        ),
        files=family.files, what="asking for a place", request_id=getattr(request, "request_id", ""),
    )  # fmt: skip


def _asks(request: HttpRequest, form: AskForm, family: Family, row: Service) -> bool:
    """Whether it was sent: only what was looked at, word for word. Raises Refused, with every word still there."""
    asking = requests.Asking(**form.cleaned_data)
    looked_at = request.POST.get("seen", "").replace("\r", "") == _seen(form)
    if request.POST.get("do") != "send" or not looked_at:
        requests.may_be_sent(family, asking)
        return False
    requests.ask_for_place(family=family, service=row, asking=asking, by=actor_in(request))
    return True


def _seen(form: AskForm) -> str:
    """Everything that the provider reads, as it was shown."""
    return "\n".join(str(said) for said in form.cleaned_data.values()).replace("\r", "")


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What the provider was asked: what is due first stands first."""
    actor = actor_in(request)
    found = said_of.desk_page(actor)
    own = may(actor, "directory.keep_own")
    return disclose(
        actor,
        lambda: page(
            request, "directory/desk.jinja", title="Places asked of you", found=found, own=own,
            columns=said_of.DESK_COLUMNS, listed_columns=said_of.LISTED_COLUMNS,
        ),
        files=found.files, what="places asked of a provider", request_id=getattr(request, "request_id", ""),
    )  # fmt: skip


def request_of(actor: Actor, entry: int) -> ServiceRequest:
    """The request of an address, if it is for this reader."""
    found = scope(actor, ServiceRequest).filter(entry=entry).first()
    if found is None:
        raise NotAllowed
    return found


@POSTS
def answer(request: HttpRequest, entry: int) -> HttpResponse:
    """The provider opens one request and answers it."""
    actor = actor_in(request)
    row = request_of(actor, entry)
    require(actor, "request.answer", row)
    if requests.open_request(request=row, by=actor) is not None:
        row = request_of(actor, entry)
    gives_back = row.answer == Answer.ACCEPTED
    form: AnswerForm | BackForm = (BackForm if gives_back else AnswerForm)(request.POST or None)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            _answer(form, row, actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, _thanks(actor, row, form))
            return redirect("directory:desk")
    return _shown(request, row, "directory/answer.jinja", form, refused, reverse("directory:desk"))


def _thanks(actor: Actor, row: ServiceRequest, form: AnswerForm | BackForm) -> str:
    """What happens next, for the provider."""
    said = said_of.request_page(actor, row)
    thanks = f"Thank you. {said.ring or 'Whoever asked'} sees your answer now."
    if form.cleaned_data.get("answer") == Answer.ACCEPTED:
        return f"{thanks} Ring {said.asked_phone or 'them'} to arrange the first time."
    return thanks


def _answer(form: AnswerForm | BackForm, row: ServiceRequest, actor: Actor) -> None:
    said = form.cleaned_data
    chosen = Answer(said["answer"]) if "answer" in said else Answer.ENDED
    requests.answer_request(
        request=row, answer=chosen, by=actor, starts=said.get("starts"), reasons=said.get("reasons", "")
    )


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What the worker and the team asked for, and what came of it."""
    actor = actor_in(request)
    found = said_of.asked_page(actor)
    return disclose(
        actor,
        lambda: page(
            request, "directory/asked.jinja", title="Places asked for", found=found, columns=said_of.OWN_COLUMNS,
            done_columns=said_of.DONE_COLUMNS,
        ),
        files=found.files, what="places asked for", request_id=getattr(request, "request_id", ""),
    )  # fmt: skip


@POSTS
def one_request(request: HttpRequest, entry: int) -> HttpResponse:
    """One request as the worker sees it: what was sent, what was answered, and taking it back."""
    actor = actor_in(request)
    row = request_of(actor, entry)
    form = BackForm(request.POST or None)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            requests.withdraw_request(request=row, reasons=form.cleaned_data["reasons"], by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Taken back. The provider sees it.")
            return redirect("directory:asked")
    return _shown(request, row, "directory/request.jinja", form, refused, reverse("directory:asked"))


def _shown(
    request: HttpRequest, row: ServiceRequest, template: str, form: AnswerForm | BackForm, refused: Refused | None, back: str
) -> HttpResponse:  # fmt: skip
    actor = actor_in(request)
    said = said_of.request_page(actor, row)
    over = row.answer in (Answer.DECLINED, Answer.WITHDRAWN, Answer.ENDED)
    theirs = actor.is_partner or may(actor, "request.make", row)
    return disclose(
        actor,
        lambda: page(
            request, template, title="A place asked for", form=form, refused=refused, said=said, over=over,
            theirs=theirs, back=back,
        ),
        files=[row.file], what="a place asked for", request_id=getattr(request, "request_id", ""),
    )  # fmt: skip
