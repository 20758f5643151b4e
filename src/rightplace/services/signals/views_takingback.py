"""Taking back what one's agency gave, and reading what was taken back after it was acted on. Thin."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from rightplace.common.web.pages import page
from rightplace.common.web.steady import same_time_for_all
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.services.signals import takingback
from rightplace.services.signals.forms import TakeBackForm
from rightplace.services.signals.models import GivenSignal, TakenBack
from rightplace.services.signals.presenters import takenback as shown
from rightplace.services.signals.views_giving import POSTS, _giver

AGAIN = "Taken back. Nobody acts on it from now. Now give it again, put right."
DONE = "Taken back. Nobody acts on it from now, and whoever acted on it reads why."


@POSTS
def take(request: HttpRequest, signal: int) -> HttpResponse:
    """One signal that one's own agency gave: take it back, with the reason."""
    actor = _giver(request)
    row = scope(actor, GivenSignal).filter(pk=signal).defer("sealed", "salt", "body_mac").first()
    if row is None:
        raise NotAllowed
    form, refused = TakeBackForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            with same_time_for_all():
                takingback.take_back(signals=[row.pk], **said, by=actor)
        except Refused as why:
            refused = why
        else:
            again = said["because"] == "a fact"
            messages.success(request, AGAIN if again else DONE)
            address = reverse("signals:give") + f"?instead={row.pk}" if again else reverse("signals:given")
            return redirect(address)
    return page(
        request, "signals/take_back.jinja", title="Take a signal back", form=form, refused=refused,
        facts=shown.facts(row), over=row.taken_back is not None, back=reverse("signals:given"),
    )  # fmt: skip


@POSTS
def to_read(request: HttpRequest) -> HttpResponse:
    """What agencies took back after the team had acted on it, the oldest first."""
    actor = actor_in(request)
    if request.method == "POST":
        number = request.POST.get("taken_back", "")
        takingback.read_it(taken_back=int(number) if number.isdecimal() else 0, by=actor)
        messages.success(request, "Noted that you have read it.")
        return redirect("signals:taken-back")
    rows = list(scope(actor, TakenBack).filter(read__isnull=True).order_by("at", "pk")[:50])
    found = shown.to_read(actor, rows)
    return disclose(
        actor,
        lambda: page(
            request, "signals/taken_back.jinja", title="Taken back", rows=found,
            back=reverse("signals:families"),
        ),
        files=[file for row in rows for file in row.files],
        what="signals taken back",
        request_id=getattr(request, "request_id", ""),
    )  # fmt: skip
