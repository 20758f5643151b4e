"""Disputes between agencies: raise, answer, take a step up, withdraw, settle. Thin."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.common.web.trying import tried, typed
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.queries import authority
from rightplace.services.partnership import actions, queries
from rightplace.services.partnership.forms import DisputeForm, SettleForm, WordsForm
from rightplace.services.partnership.models import Dispute
from rightplace.services.partnership.presenters import disputes as presenters
from rightplace.services.partnership.views import agencies

POSTS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def disputes(request: HttpRequest) -> HttpResponse:
    """The disputes of one's own agency or team."""
    return _list(request, settles=False)


@require_safe
def to_settle(request: HttpRequest) -> HttpResponse:
    """Every dispute, for whoever settles them."""
    return _list(request, settles=True)


def _list(request: HttpRequest, *, settles: bool) -> HttpResponse:
    actor, now = actor_in(request), clock.now()
    found = list(queries.disputes(actor)[:100])
    waiting = [
        presenters.dispute_row(d, now, linked=True, settles=settles) for d in found if d.ended_at is None
    ]
    ended = [
        presenters.dispute_row(d, now, linked=True, settles=settles) for d in found if d.ended_at is not None
    ]
    return page(
        request, "partnership/disputes.jinja", title="Disputes", waiting=waiting, ended=ended,
        columns=presenters.DISPUTE_COLUMNS, may_raise=may(actor, "dispute.raise"),
    )  # fmt: skip


@POSTS
def raise_one(request: HttpRequest) -> HttpResponse:
    """Raise a dispute; a partner's is with the council unless another agency is chosen."""
    actor = actor_in(request)
    council = authority()
    start = {"agency": council.pk} if council and actor.is_partner else {}
    form = DisputeForm(typed(request), initial=start, agencies=agencies().exclude(pk=actor.agency))

    def act() -> object:
        said = dict(form.cleaned_data)
        return actions.raise_dispute(against=Agency.objects.get(pk=said.pop("agency")), by=actor, **said)

    done, refused = tried(request, form, act, "The other side is asked to answer.")
    if done:
        return redirect("partnership:disputes")
    return page(
        request, "partnership/form.jinja", title="Raise a dispute", heading="Raise a dispute", form=form,
        refused=refused, button="Raise it", back=reverse("partnership:disputes"),
        told="First speak with each other: most are settled that way. What is raised here has a clock on each step.",
    )  # fmt: skip


def _dispute(actor: Actor, number: int) -> Dispute:
    found = scope(actor, Dispute).filter(pk=number).select_related("raised_by", "against").first()
    if found is None:
        raise NotAllowed
    return found


DONE = {
    "answer": "The other side can read it.",
    "rise": "It is a step up now.",
    "withdraw": "It is withdrawn.",
}


@POSTS
def dispute(request: HttpRequest, dispute: int) -> HttpResponse:
    """One dispute, for its two sides."""
    actor = actor_in(request)
    row = _dispute(actor, dispute)
    form = WordsForm(typed(request))
    do = request.POST.get("do", "")
    refused = None
    if request.method == "POST" and do in DONE and form.is_valid():
        acts: dict[str, Callable[..., object]] = {
            "answer": actions.answer_dispute, "rise": actions.take_a_step_up, "withdraw": actions.withdraw_dispute,
        }  # fmt: skip
        try:
            acts[do](dispute=row, words=form.cleaned_data["words"], by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, DONE[do])
            return redirect("partnership:dispute", dispute)
    found = presenters.dispute_page(actor, row)
    return page(
        request, "partnership/dispute.jinja", title="A dispute", found=found, form=form, refused=refused,
        settles=False, back=reverse("partnership:disputes"),
    )  # fmt: skip


@POSTS
def settle(request: HttpRequest, dispute: int) -> HttpResponse:
    """One dispute, for whoever settles it."""
    actor = actor_in(request)
    row = _dispute(actor, dispute)
    form = SettleForm(typed(request))
    done, refused = tried(
        request,
        form,
        lambda: actions.settle_dispute(dispute=row, by=actor, **form.cleaned_data),
        "It is settled.",
    )
    if done:
        return redirect("partnership:disputes-to-settle")
    found = presenters.dispute_page(actor, row)
    return page(
        request, "partnership/dispute.jinja", title="A dispute", found=found, form=form, refused=refused,
        settles=row.ended_at is None, back=reverse("partnership:disputes-to-settle"),
    )  # fmt: skip
