"""Asking agencies what they know, and the list of what was asked. Thin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rightplace.common.web.pages import page
from rightplace.common.web.words import listed
from rightplace.domain.practice.entries.contact import AskedRelative
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.queries import on_day
from rightplace.services.frontdoor import asking, queries
from rightplace.services.frontdoor.forms_checks import AskForm, least_to_send
from rightplace.services.frontdoor.presenters.checks import (
    DONE_COLUMNS,
    checks_page,
)
from rightplace.services.frontdoor.presenters.contact import ContactPage, contact_page
from rightplace.services.frontdoor.presenters.relatives import relatives_of
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.views_staff import contact_of, of_contact

POSTS = require_http_methods(["GET", "POST"])


@POSTS
def ask(request: HttpRequest, concern: int) -> HttpResponse:
    """Ask agencies what they know; what is sent is looked at before it goes."""
    actor = actor_in(request)
    row = contact_of(actor, concern)
    require(actor, "check.ask", row)
    said = contact_page(actor, row)
    form = _ask_form(request, actor, row, said)
    refused, preview = None, None
    if request.method == "POST" and form.is_valid():
        preview = _preview(form)
        if (
            request.POST.get("do") == "send"
            and request.POST.get("seen", "").replace("\r", "") == preview["seen"]
        ):
            try:
                _ask(row, form, actor)
            except Refused as why:
                refused = why
            else:
                asked = "is asked" if len(form.asked) == 1 else "are asked"
                messages.success(request, f"{preview['agency']} {asked}.")
                return redirect("frontdoor:contact", concern)
    return of_contact(
        request, "frontdoor/ask.jinja", said, title="Ask an agency", form=form, refused=refused, preview=preview,
        back=reverse("frontdoor:contact", args=[concern]),
    )  # fmt: skip


def _ask_form(request: HttpRequest, actor: Actor, row: Contact, said: ContactPage) -> AskForm:
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
    relatives = relatives_of(actor, list(row.children))
    return AskForm(request.POST or None, initial=start, agencies=agencies, relatives=relatives)


def _preview(form: AskForm) -> dict[str, Any]:
    """What each agency will read, before it goes: the same words are sent, or they are shown again."""
    names = Agency.objects.in_bulk(form.asked)
    said = form.cleaned_data
    seen = " ".join(str(part) for part in (*form.asked, form.sent_words, said["question"])).replace("\r", "")
    named = [(each.words, why) for each, why in form.named]
    return {
        **said, "agency": listed(names[number].name for number in form.asked), "sent": form.sent_words, "seen": seen,
        "named": named, "left_out": [r.words for r in form.relatives if r.words not in dict(named)],
    }  # fmt: skip


def _ask(row: Contact, form: AskForm, actor: Actor) -> None:
    said = form.cleaned_data
    asking.ask_checks(
        contact=row, agencies=form.asked, question=said["question"], basis=said["basis"], purpose=said["purpose"],
        sent=form.sent_words, family_told=said["family_told"], not_told_reason=said["family_why"], by=actor,
        relatives=[AskedRelative(relation=r.entry, because=why, name=r.name) for r, why in form.named],
    )  # fmt: skip


def checks(request: HttpRequest) -> HttpResponse:
    """What the actor's agency was asked and has not answered; the front door sees what every agency owes."""
    actor = actor_in(request)
    found = checks_page(actor, list(queries.checks_asked(actor)[:200]))
    return disclose(
        actor,
        lambda: page(
            request, "frontdoor/checks.jinja", title="Checks asked", found=found, done_columns=DONE_COLUMNS
        ),
        files=found.files,
        what="checks asked",
        request_id=getattr(request, "request_id", ""),
    )
