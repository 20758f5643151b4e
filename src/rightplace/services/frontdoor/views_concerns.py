"""A colleague of another agency raises a concern in three minutes, and follows it."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rightplace.common.documents import attachments
from rightplace.common.questions import drafts
from rightplace.common.questions.asking import Asked
from rightplace.common.questions.checking import sections
from rightplace.common.questions.models import Draft
from rightplace.common.questions.sets import question_set
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Pages
from rightplace.common.web.steady import same_time_for_all
from rightplace.common.web.words import clock_time
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.services.frontdoor import following, telling
from rightplace.services.frontdoor.actions import disagree
from rightplace.services.frontdoor.answering import Answered, parts, shown, stays, take_post
from rightplace.services.frontdoor.examples import example_for
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.queries import own_contacts
from rightplace.services.frontdoor.told import told_by_professional

SET = "concern-professional"
TITLE = "Raise a concern about a child"
ON_A_PAGE = 25
MOST_WORDS = 4_000


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a concern, or go on with one that was begun."""
    actor = actor_in(request)
    unsent = drafts.unsent(actor, SET)
    waiting = [each for each in unsent if each.is_touched]
    if request.method == "GET" and unsent and not waiting and not request.GET.get("example"):
        return HttpResponseRedirect(reverse("frontdoor:concern-form", args=[unsent[0].pk]))
    if request.method == "POST" or not waiting or request.GET.get("example"):
        prefill = {"your_phone": [_phone(actor.worker)]}
        draft, _ = drafts.begin(SET, by=actor, typed=example_for(request, SET) or prefill)
        return HttpResponseRedirect(reverse("frontdoor:concern-form", args=[draft.pk]))
    return page(request, "frontdoor/telling/begin.jinja", title=TITLE, waiting=waiting)


def _phone(worker: int) -> str:
    from rightplace.foundation.organisation.models import Worker

    return Worker.objects.values_list("phone", flat=True).get(pk=worker)


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The whole form on one page."""
    kept = drafts.of_worker(actor_in(request), draft, set_id=SET)
    if kept.sent is not None:
        return HttpResponseRedirect(reverse("frontdoor:concern-sent", args=[draft]))
    if request.method != "POST":
        filled = example_for(request, SET)
        if filled is not None:
            drafts.replace_typed(kept, filled)
            return HttpResponseRedirect(request.path)
        return _form_page(request, Answered(kept, drafts.typed_of(kept)), bound=bool(request.GET.get("look")))
    answered = take_post(request, kept)
    if answered.do == "throw-away":
        drafts.discard(kept)
        return HttpResponseRedirect(reverse("frontdoor:first"))
    if stays(answered):
        return _form_page(request, answered, bound=False)
    asked = Asked(question_set(SET).question, answered.typed, bound=True)
    if not asked.is_valid():
        return _form_page(request, answered, bound=True)
    return HttpResponseRedirect(reverse("frontdoor:concern-check", args=[draft]))


def _form_page(request: HttpRequest, answered: Answered, *, bound: bool) -> HttpResponse:
    asked = Asked(question_set(SET).question, answered.typed, bound=bound)
    if bound:
        asked.is_valid()
    more = shown(asked, answered, parts=parts(SET), saved=clock_time(answered.draft.saved))
    return page(request, "frontdoor/telling/concern.jinja", title=TITLE, heading=TITLE, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Check what was typed, and send it."""
    actor = actor_in(request)
    kept = drafts.of_worker(actor, draft, set_id=SET)
    if kept.sent is not None:
        return HttpResponseRedirect(reverse("frontdoor:concern-sent", args=[draft]))
    answered = Answered(kept, drafts.typed_of(kept))
    asked = Asked(question_set(SET).question, answered.typed, bound=True)
    address = reverse("frontdoor:concern-form", args=[draft])
    if not asked.is_valid():
        return HttpResponseRedirect(f"{address}?look=1")
    if request.method == "POST":
        with same_time_for_all():
            telling.send(kept, lambda files: told_by_professional(asked, actor, files), actor)
        return HttpResponseRedirect(reverse("frontdoor:concern-sent", args=[draft]))
    lines = sections(asked, lambda field: f"{address}#{field}")
    more = shown(asked, answered, sections=lines, back=address)
    return page(request, "frontdoor/telling/check.jinja", title="Check and send", **more)


@require_safe
def sent(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The receipt."""
    actor = actor_in(request)
    kept: Draft = drafts.of_worker(actor, draft)
    receipt = telling.sent_as(kept)
    if receipt is None:
        return HttpResponseRedirect(reverse("frontdoor:raise"))
    contact = Contact.objects.get(concern=receipt.concern)
    return page(
        request, "frontdoor/telling/sent.jinja", title="We have received it", number=receipt.number, contact=contact,
        team=Team.objects.filter(pk=contact.team).first(), hear_by=following.answer_by(receipt.concern),
        read_by=following.read_by(receipt.concern), may_follow=may(actor, "follow.own_contact", contact),
        spoken=kept.question_set == "concern-telephone", contact_page=contact_page(receipt.concern),
    )  # fmt: skip


def contact_page(concern: int) -> str:
    """The front door's own page of a contact, where this installation has it."""
    from django.urls import NoReverseMatch

    try:
        return reverse("frontdoor:contact", args=[concern])
    except NoReverseMatch:
        return ""


@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    """What somebody, or a colleague of the same team, has raised."""
    actor = actor_in(request)
    found = Paginator(own_contacts(actor), ON_A_PAGE).get_page(request.GET.get("page"))
    contacts = list(found)
    link = reverse("frontdoor:concern", args=[0]).replace("/0/", "/{concern}/")
    rows = following.own_rows(actor, contacts, clock.now(), link)
    record_reading(
        actor, [each.concern for each in contacts], "own concerns", request_id=_request_id(request)
    )
    pages = Pages(found.number, found.paginator.num_pages, "?page={page}")
    waiting = [each for each in drafts.unsent(actor, SET) if each.is_touched]
    return page(
        request, "frontdoor/telling/concerns.jinja", title="Concerns you raised", rows=rows, columns=following.COLUMNS,
        pages=pages, waiting=waiting,
    )  # fmt: skip


@require_safe
def concern(request: HttpRequest, concern: int) -> HttpResponse:
    """One concern, for the one who raised it."""
    return _concern_page(request, _own(request, concern))


@require_POST
def say_disagree(request: HttpRequest, concern: int) -> HttpResponse:
    """Say that one disagrees with the outcome, and why; a clock starts."""
    actor = actor_in(request)
    contact = _own(request, concern)
    require(actor, "disagree", contact)
    because = request.POST.get("because", "").replace("\r\n", "\n").strip()
    said = _wrong_words(because)
    if said:
        return _concern_page(request, contact, because=because, problem=said)
    try:
        disagree(contact=contact, because=because, by=actor)
    except Refused as why_not:
        return _concern_page(request, contact, because=because, refused=why_not)
    return HttpResponseRedirect(reverse("frontdoor:concern", args=[concern]))


def _wrong_words(because: str) -> str:
    if not because:
        return "Write why you disagree."
    if "\0" in because or "\ufffd" in because:
        return "Some letters did not arrive as they were typed. Type or paste them again as plain text."
    return f"Write {MOST_WORDS:,} characters at most." if len(because) > MOST_WORDS else ""


def _concern_page(
    request: HttpRequest,
    contact: Contact,
    *,
    because: str = "",
    problem: str = "",
    refused: Refused | None = None,
) -> HttpResponse:
    actor = actor_in(request)
    told = following.follow(actor, contact, clock.now())
    record_reading(actor, [contact.concern], "own concern", request_id=_request_id(request))
    problems = [{"text": problem, "href": "#because"}] if problem else []
    return page(
        request, "frontdoor/telling/follow.jinja", title=f"Concern {contact.receipt}", follow=told, because=because,
        problem=problem, problems=problems, refused=refused, back=reverse("frontdoor:concerns"),
        attached=attachments.of_file(contact.concern, told.attachments)
        if told.attachments and contact.told_by == actor.worker
        else [],
    )  # fmt: skip


def _own(request: HttpRequest, concern: int) -> Contact:
    """Somebody's own contact, or 404 in the same way as for one that is not there."""
    actor = actor_in(request)
    contact = get_object_or_404(scope(actor, Contact), concern=concern)
    require(actor, "follow.own_contact", contact)
    return contact


def _request_id(request: HttpRequest) -> str:
    return str(getattr(request, "request_id", ""))
