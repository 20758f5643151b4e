"""The front door's working pages: the inbox, a contact, its grade, the agencies asked. Thin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rightplace.common.caseflow.presenters import BACK_COLUMNS
from rightplace.common.web.pages import page
from rightplace.domain.practice.entries.contact import Grade
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.queries import on_day
from rightplace.services.frontdoor import actions, queries
from rightplace.services.frontdoor.forms import AnswerForm, AskForm, ScreenForm, least_to_send
from rightplace.services.frontdoor.presenters.checks import check_page, checks_page
from rightplace.services.frontdoor.presenters.contact import ContactPage, contact_page
from rightplace.services.frontdoor.presenters.inbox import COLUMNS, inbox_page
from rightplace.services.frontdoor.presenters.narrowing import FILTERS
from rightplace.services.frontdoor.projections import Check, Contact

POSTS = require_http_methods(["GET", "POST"])


def contact_of(actor: Actor, concern: int) -> Contact:
    """The contact of an address, if the actor may see it."""
    found = scope(actor, Contact).filter(concern=concern).first()
    if found is None:
        raise NotAllowed
    return found


def of_contact(
    request: HttpRequest, template: str, said: ContactPage, *, title: str = "", **more: Any
) -> HttpResponse:
    """Answer with a page about a contact, its reading recorded first."""
    return disclose(
        actor_in(request),
        lambda: page(request, template, title=title or said.title, said=said, **more),
        files=said.files,
        what="contact",
        request_id=getattr(request, "request_id", ""),
    )


def inbox(request: HttpRequest) -> HttpResponse:
    """What waits at the front door, the next due first."""
    actor = actor_in(request)
    given = {name: request.GET.get(name, "") for name, _ in FILTERS}
    asked = {name: value for name, value in given.items() if value.isalpha()}
    number = request.GET.get("page", "1")
    found = inbox_page(actor, asked, int(number) if number.isdecimal() else 1)
    return disclose(
        actor,
        lambda: page(
            request,
            "frontdoor/inbox.jinja",
            title="Inbox",
            inbox=found,
            columns=COLUMNS,
            back_columns=BACK_COLUMNS,
        ),
        files=found.files,
        what="front door inbox",
        request_id=getattr(request, "request_id", ""),
    )


def contact(request: HttpRequest, concern: int) -> HttpResponse:
    """One contact. Opening it is said to the sender, once."""
    actor = actor_in(request)
    row = contact_of(actor, concern)
    if actions.open_contact(contact=row, by=actor) is not None:
        row = contact_of(actor, concern)
    said = contact_page(actor, row)
    return of_contact(request, "frontdoor/contact.jinja", said, back=reverse("frontdoor:inbox"))


@POSTS
def screen(request: HttpRequest, concern: int) -> HttpResponse:
    """Grade a contact; a repeat within a week is raised a grade, and the page says so beforehand."""
    actor = actor_in(request)
    row = contact_of(actor, concern)
    require(actor, "contact.screen", row)
    form = ScreenForm(request.POST or None, initial={"grade": row.grade or None})
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.screen(
                contact=row,
                grade=Grade(form.cleaned_data["grade"]),
                reasons=form.cleaned_data["reasons"],
                by=actor,
            )
        except Refused as why:
            refused = why
        else:
            given = contact_of(actor, concern)
            raised = ", raised because it was told again within a week" if given.raised else ""
            messages.success(request, f"Graded {given.grade}{raised}.")
            return redirect("frontdoor:contact", concern)
    repeats = actions.repeats_of(row)
    return of_contact(
        request,
        "frontdoor/screen.jinja",
        contact_page(actor, row),
        title="Grade a contact",
        form=form,
        refused=refused,
        repeats=repeats,
        back=reverse("frontdoor:contact", args=[concern]),
    )


@POSTS
def ask(request: HttpRequest, concern: int) -> HttpResponse:
    """Ask an agency what it knows; what is sent is looked at before it goes."""
    actor = actor_in(request)
    row = contact_of(actor, concern)
    require(actor, "check.ask", row)
    said = contact_page(actor, row)
    names = "; ".join(
        f"{c.name}, {c.age}, {c.person.address} {c.person.postcode}".strip(" ,")
        for c in said.children
        if c.person
    )
    start = {
        "sent": least_to_send(names, row),
        "question": "What do you know about this child and the family?",
        "purpose": "To decide what help or protection the child needs",
        "basis": "public task",
    }
    agencies = on_day(Agency.objects.exclude(kind=Agency.Kind.AUTHORITY), clock.today()).order_by(
        "kind", "name"
    )
    form = AskForm(request.POST or None, initial=start, agencies=agencies)
    refused, preview = None, None
    if request.method == "POST" and form.is_valid():
        preview = {
            **form.cleaned_data,
            "agency": agencies.get(pk=form.cleaned_data["agency"]).name,
            "seen": _seen(form),
        }
        if request.POST.get("do") == "send" and request.POST.get("seen", "").replace("\r", "") == _seen(form):
            try:
                _ask(row, form, actor)
            except Refused as why:
                refused = why
            else:
                messages.success(request, f"{preview['agency']} is asked.")
                return redirect("frontdoor:contact", concern)
    return of_contact(
        request,
        "frontdoor/ask.jinja",
        said,
        title="Ask an agency",
        form=form,
        refused=refused,
        preview=preview,
        back=reverse("frontdoor:contact", args=[concern]),
    )


def _seen(form: AskForm) -> str:
    """What was shown of a question before it went: the same words are sent, or they are shown again."""
    return " ".join(f"{form.cleaned_data[name]}" for name in ("agency", "sent", "question")).replace("\r", "")


def _ask(row: Contact, form: AskForm, actor: Actor) -> None:
    said = form.cleaned_data
    actions.ask_check(
        contact=row,
        agency=said["agency"],
        question=said["question"],
        basis=said["basis"],
        purpose=said["purpose"],
        sent=said["sent"],
        family_told=said["family_told"],
        not_told_reason=said["family_why"],
        by=actor,
    )


def checks(request: HttpRequest) -> HttpResponse:
    """What the actor's agency was asked and has not answered; the front door sees what every agency owes."""
    actor = actor_in(request)
    found = checks_page(actor, queries.checks_asked(actor))
    return disclose(
        actor,
        lambda: page(request, "frontdoor/checks.jinja", title="Checks asked", found=found),
        files=found.files,
        what="checks asked",
        request_id=getattr(request, "request_id", ""),
    )


@POSTS
def check(request: HttpRequest, check: int) -> HttpResponse:
    """Answer one check: by the agency itself, or written down here when it was answered by telephone."""
    actor = actor_in(request)
    row = scope(actor, Check).filter(id=check).first()
    if row is None:
        raise NotAllowed
    require(actor, "check.answer", row)
    start = {"answered_by": actor.name} if actor.is_partner else {}
    form = AnswerForm(request.POST or None, initial=start, by_telephone=not actor.is_partner)
    refused = None
    after = (
        reverse("frontdoor:checks") if actor.is_partner else reverse("frontdoor:contact", args=[row.concern])
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_check(check=row, by=actor, **form.cleaned_data)
        except Refused as why:
            refused = why
        else:
            messages.success(
                request, "Thank you. The front door has your answer." if actor.is_partner else "Written down."
            )
            return redirect(after)
    found = check_page(actor, row)
    return disclose(
        actor,
        lambda: page(
            request,
            "frontdoor/check.jinja",
            title="Answer a check",
            form=form,
            refused=refused,
            found=found,
            back=after,
        ),
        files=[row.concern],
        what="check",
        request_id=getattr(request, "request_id", ""),
    )
