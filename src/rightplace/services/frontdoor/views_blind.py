"""Deciding blind, to see where managers differ: invented cases, real contacts, and the comparison without names."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rightplace.common.web.pages import page
from rightplace.domain.practice.entries.contact import Level, Route
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.decisionform import BlindForm, typed_so_far
from rightplace.services.frontdoor.presenters import blind
from rightplace.services.frontdoor.presenters.contact import contact_page
from rightplace.services.frontdoor.views_staff import contact_of, of_contact
from rightplace.services.frontdoor.vignettes.vignettes import vignette as case_named

POSTS = require_http_methods(["GET", "POST"])


def cases(request: HttpRequest) -> HttpResponse:
    """The sixty invented cases."""
    rows = blind.case_rows(actor_in(request))
    return page(request, "frontdoor/cases.jinja", title="Decide blind", rows=rows, columns=blind.CASES)


@POSTS
def vignette(request: HttpRequest, name: str) -> HttpResponse:
    """One invented case: decided blind, then shown with what others decided and what it is there to teach."""
    actor = actor_in(request)
    case = case_named(name)
    if case is None:
        raise Http404
    own, others = blind.vignette_choices(name, actor)
    decides = request.POST.get("do") == "decide"
    form = BlindForm(request.POST if decides else None, initial=typed_so_far(request.POST))
    if request.method == "POST" and own is None and request.POST.get("do") == "decide" and form.is_valid():
        said = form.cleaned_data
        actions.decide_vignette(
            vignette=name,
            level=Level(said["level"]),
            indicators=tuple(said["indicators"]),
            route=Route(said["route"]),
            reasons=said["reasons"],
            by=actor,
        )
        messages.success(request, "Decided. Now you see what others chose.")
        return redirect("frontdoor:vignette", name)
    return page(
        request,
        "frontdoor/vignette.jinja",
        title=case.title,
        case=case,
        own=own,
        others=others,
        form=form if decides and own is None else None,
        typed=form,
        explained=request.method == "POST",
        looked_for=request.POST.get("find", "")[:60],
        texts=blind.indicator_texts,
        back=reverse("frontdoor:cases"),
    )


@POSTS
def contact(request: HttpRequest, concern: int) -> HttpResponse:
    """A real contact decided blind by a second manager, while nobody has decided it; it changes nothing."""
    actor = actor_in(request)
    row = contact_of(actor, concern)
    require(actor, "contact.decide", row)
    said = contact_page(actor, row)
    if row.decided is not None or any(entry.author == actor.worker for entry, _ in said.words.blind):
        messages.success(request, "You have decided this one blind, or it has been decided already.")
        return redirect("frontdoor:contact", concern)
    decides = request.POST.get("do") == "decide"
    form, refused = BlindForm(request.POST if decides else None, initial=typed_so_far(request.POST)), None
    if decides and form.is_valid():
        given = form.cleaned_data
        try:
            actions.decide_blind(
                contact=row,
                level=Level(given["level"]),
                indicators=tuple(given["indicators"]),
                route=Route(given["route"]),
                reasons=given["reasons"],
                by=actor,
            )
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Kept. You see it beside the decision when the contact is decided.")
            return redirect("frontdoor:contact", concern)
    return of_contact(
        request,
        "frontdoor/blind.jinja",
        said,
        title=said.title.replace("Contact", "Decide blind the contact"),
        form=form if decides else None,
        typed=form,
        refused=refused,
        explained=request.method == "POST",
        looked_for=request.POST.get("find", "")[:60],
        back=reverse("frontdoor:contact", args=[concern]),
    )


def compare(request: HttpRequest) -> HttpResponse:
    """Where people differ on the same cases: no names, no ranking."""
    actor = actor_in(request)
    real = request.GET.get("of") == "contacts"
    found = blind.blind_page(actor, real=real)
    return disclose(
        actor,
        lambda: page(
            request,
            "frontdoor/compare.jinja",
            title="Where we differ",
            found=found,
            real=real,
            columns=blind.DIFFER,
        ),
        files=found.files,
        what="blind decisions",
        request_id=getattr(request, "request_id", ""),
    )
