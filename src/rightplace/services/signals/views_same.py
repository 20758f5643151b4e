"""The pages that ask whether a child taken up early is one whom we know. Thin."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may
from rightplace.services.signals import same as pairs
from rightplace.services.signals.forms import SameForm

TO_LINK = (
    "Noted: one child. Both are open with a team, so a manager links them and names the team that goes on."
)


@require_safe
def matches(request: HttpRequest) -> HttpResponse:
    """Every child taken up early who may be another, as far as the reader may see both."""
    actor = actor_in(request)
    found = pairs.undecided(actor)
    return disclose(
        actor,
        lambda: page(
            request,
            "signals/matches.jinja",
            title="Same child?",
            columns=pairs.COLUMNS,
            rows=pairs.lines(found),
        ),
        files=[file for each in found for file in (each.row.file, each.row.other)],
        what="possible same children",
        request_id=getattr(request, "request_id", ""),
    )


@require_http_methods(["GET", "POST"])
def same(request: HttpRequest, duplicate: int) -> HttpResponse:
    """Two children side by side; a person decides whether they are one."""
    actor = actor_in(request)
    pair = pairs.pair_of(actor, duplicate)
    if pair is None:
        raise NotAllowed
    form, refused = SameForm(request.POST or None), None
    if request.method == "POST" and form.is_valid() and not pair.row.settled:
        yes = form.cleaned_data["same_child"] == "yes"
        try:
            linked = pairs.settle(pair=pair, same_child=yes, reasons=form.cleaned_data["reasons"], by=actor)
        except Refused as why:
            refused = why
        else:
            return _done(request, pair, yes, linked, may(actor, "person.link"))
    return disclose(
        actor,
        lambda: page(
            request,
            "signals/same.jinja",
            title="Possible same child",
            form=form,
            refused=refused,
            pair=pair,
            columns=pairs.COMPARED,
            rows=pairs.compared(pair),
            back=reverse("signals:matches"),
        ),
        files=[pair.row.file, pair.row.other],
        what="possible same child",
        request_id=getattr(request, "request_id", ""),
    )


def _done(request: HttpRequest, pair: pairs.Pair, yes: bool, linked: bool, may_link: bool) -> HttpResponse:
    if yes and not linked:
        messages.success(request, TO_LINK)
        if may_link:
            return redirect("frontdoor:link", pair.row.file, pair.row.other)
    else:
        messages.success(request, "They are one child now." if yes else "They stay two children.")
    return redirect("signals:matches")
