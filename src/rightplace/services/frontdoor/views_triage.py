"""Joint triage of notices: the list of a table, one triage, opening one, deciding it. Thin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.domain.practice.entries.contact import Grade, Level
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.queries import on_day
from rightplace.services.frontdoor import decisiondrafts, triage
from rightplace.services.frontdoor.forms_checks import least_to_send
from rightplace.services.frontdoor.forms_triage import DecideForm, OpenForm, TellForm
from rightplace.services.frontdoor.presenters.contact import contact_page
from rightplace.services.frontdoor.presenters.triage import (
    COLUMNS,
    DONE_COLUMNS,
    TriagePage,
    notices_page,
    triage_page,
)
from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.views_staff import contact_of, of_contact

POSTS = require_http_methods(["GET", "HEAD", "POST"])
PURPOSE = "To find out together what the child needs after what happened"


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The joint triages at whose table the reader sits."""
    actor = actor_in(request)
    found = notices_page(actor)
    return disclose(
        actor,
        lambda: page(
            request, "frontdoor/notices.jinja", title="Joint triage", found=found, columns=COLUMNS,
            done_columns=DONE_COLUMNS,
        ),
        files=found.files, what="joint triages", request_id=getattr(request, "request_id", ""),
    )  # fmt: skip


@POSTS
def begin(request: HttpRequest, concern: int) -> HttpResponse:
    """Open a joint triage of a notice."""
    actor = actor_in(request)
    row = contact_of(actor, concern)
    require(actor, "notice.triage", row)
    if row.triage:
        return redirect("frontdoor:notice", row.triage)
    said = contact_page(actor, row)
    agencies = on_day(Agency.objects.exclude(kind=Agency.Kind.AUTHORITY), clock.today()).order_by(
        "kind", "name"
    )
    names = "; ".join(f"{c.name}, {c.age}" for c in said.children if c.person)
    start = {"sent": least_to_send(names, row), "purpose": PURPOSE, "grade": row.grade or "amber"}
    form = OpenForm(request.POST if request.method == "POST" else None, initial=start, agencies=agencies)
    refused = None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = triage.open_triage(
                contact=row, agencies=form.table, basis=typed["basis"], purpose=typed["purpose"], sent=typed["sent"],
                grade=Grade(typed["grade"]), family_told=typed["family_told"], not_told_reason=typed["family_why"],
                by=actor,
            )  # fmt: skip
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Each agency is asked to say what it knows.")
            return redirect("frontdoor:notice", made.entries[-1].id)
    return of_contact(
        request, "frontdoor/triage_begin.jinja", said, title="Open a joint triage", form=form, refused=refused,
        back=reverse("frontdoor:contact", args=[concern]),
    )  # fmt: skip


def _triage(actor: Actor, number: int) -> Triage:
    found = scope(actor, Triage).filter(id=number).first()
    if found is None:
        raise NotAllowed
    return found


@POSTS
def notice(request: HttpRequest, triage: int) -> HttpResponse:
    """One joint triage: what was sent, what each knows; one's own agency says what it knows."""
    actor = actor_in(request)
    row = _triage(actor, triage)
    require(actor, "notice.triage", row)
    said = triage_page(actor, row)
    form = TellForm(request.POST if request.method == "POST" else None, speakers=list(said.may_tell))
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            _tell(row, form.cleaned_data, actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Thank you. Everybody at the table can read it.")
            return redirect("frontdoor:notice", triage)
    return _shown(request, "notice", row, said, title="Joint triage", form=form, refused=refused)


def _tell(row: Triage, typed: dict[str, Any], by: Actor) -> None:
    triage.tell_triage(triage=row, by=by, **{"agency": 0} | typed)


@POSTS
def decide(request: HttpRequest, triage: int) -> HttpResponse:
    """Decide together, then decide the contact with the same level and reasons."""
    actor = actor_in(request)
    row = _triage(actor, triage)
    contact = contact_of(actor, row.concern)
    require(actor, "contact.decide", contact)
    if row.decided is not None:
        return redirect("frontdoor:notice", triage)
    said = triage_page(actor, row)
    schools = on_day(Agency.objects.filter(kind=Agency.Kind.EDUCATION), clock.today()).order_by("name")
    form = DecideForm(request.POST if request.method == "POST" else None, schools=schools)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            _decide(row, contact, form.cleaned_data, actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "The table has decided. Now decide where the contact goes.")
            return redirect("frontdoor:decide", row.concern)
    return _shown(
        request, "notice_decide", row, said, title="Decide the joint triage", form=form, refused=refused,
        back=reverse("frontdoor:notice", args=[triage]),
    )  # fmt: skip


def _decide(row: Triage, contact: Any, typed: dict[str, Any], by: Actor) -> None:
    """Write the decision, and put its level and reasons into the decision on the contact, ready to be signed."""
    triage.decide_triage(triage=row, contact=contact, by=by, **typed | {"level": Level(typed["level"])})
    kept = QueryDict(mutable=True)
    for name in ("level", "reasons", "dissent"):
        kept[f"all-{name}"] = str(typed[name])
    decisiondrafts.keep(by, row.concern, kept)


def _shown(request: HttpRequest, template: str, row: Triage, said: TriagePage, **more: Any) -> HttpResponse:
    back = more.pop("back", reverse("frontdoor:notices"))
    return disclose(
        actor_in(request),
        lambda: page(request, f"frontdoor/{template}.jinja", said=said, back=back, **more),
        files=[row.concern],
        what="joint triage",
        request_id=getattr(request, "request_id", ""),
    )
