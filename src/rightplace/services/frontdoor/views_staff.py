"""The front door's working pages: the inbox, a contact, its grade. Thin."""

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
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.forms import ScreenForm
from rightplace.services.frontdoor.presenters.contact import ContactPage, contact_page
from rightplace.services.frontdoor.presenters.inbox import COLUMNS, inbox_page
from rightplace.services.frontdoor.presenters.narrowing import FILTERS
from rightplace.services.frontdoor.projections import Contact

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
