"""The administrator's pages of partners' systems. A token or key is shown once, on the page that made it."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.gateways.api import presenters, tokens
from rightplace.gateways.api.forms import TokenForm, WebhookForm
from rightplace.gateways.api.models import ApiToken, Delivery, Webhook
from rightplace.gateways.api.webhooks import keeping

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def systems(request: HttpRequest) -> HttpResponse:
    """Every token and webhook in use, and whether they work."""
    return page(
        request, "systems/systems.jinja", title="Partners’ systems",
        found=presenters.overview(actor_in(request), clock.now()),
        token_columns=presenters.TOKENS, webhook_columns=presenters.WEBHOOKS,
    )  # fmt: skip


@never_cache
@GET_POST
def make_token(request: HttpRequest) -> HttpResponse:
    """Make a token, and show it this once."""
    form, refused = TokenForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            row, token = tokens.make_token(
                agency=Agency.objects.get(pk=said["agency"]), name=said["name"], purposes=said["purposes"],
                ends=end_of(said["ends"]), by=actor_in(request),
            )  # fmt: skip
        except Refused as why:
            refused = why
        else:
            return _shown(request, "token", token, f"{row.agency.name}: {row.name}", "systems:token", row.pk)
    return page(
        request, "systems/make.jinja", title="Make a token", form=form, refused=refused, back=reverse("systems:systems"),
        heading="Make a token", button="Make the token",
    )  # fmt: skip


@never_cache
@GET_POST
def token(request: HttpRequest, number: int) -> HttpResponse:
    """One token: its use; rotating and ending it."""
    actor = actor_in(request)
    row = get_object_or_404(scope(actor, ApiToken).select_related("agency", "made_by"), pk=number)
    refused = None
    if request.method == "POST":
        try:
            if request.POST.get("do") == "rotate":
                fresh, shown = tokens.rotate_token(token=row, by=actor)
                return _shown(
                    request, "token", shown, f"{row.agency.name}: {row.name}", "systems:token", fresh.pk
                )
            tokens.end_token(token=row, by=actor)
            messages.success(request, "The token opens nothing any more.")
            return redirect("systems:token", number=row.pk)
        except Refused as why:
            refused = why
    return page(
        request, "systems/token.jinja", title=f"Token {row.pk}", refused=refused, back=reverse("systems:systems"),
        found=presenters.token_page(row, clock.now()), columns=presenters.USES,
    )  # fmt: skip


@never_cache
@GET_POST
def make_webhook(request: HttpRequest) -> HttpResponse:
    """Register a webhook, and show its key this once."""
    form, refused = WebhookForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            row, key = keeping.register_webhook(
                agency=Agency.objects.get(pk=said["agency"]), address=said["address"], events=said["events"],
                by=actor_in(request),
            )  # fmt: skip
        except Refused as why:
            refused = why
        else:
            return _shown(
                request, "key", key, f"{row.agency.name}: webhook {row.pk}", "systems:webhook", row.pk
            )
    return page(
        request, "systems/make.jinja", title="Register a webhook", form=form, refused=refused,
        back=reverse("systems:systems"), heading="Register a webhook", button="Register the webhook",
    )  # fmt: skip


@never_cache
@GET_POST
def webhook(request: HttpRequest, number: int) -> HttpResponse:
    """One webhook: what became of each delivery; trying it out, rotating its key, ending it."""
    actor = actor_in(request)
    row = get_object_or_404(scope(actor, Webhook).select_related("agency", "made_by"), pk=number)
    if request.method == "POST":
        if request.POST.get("do") == "rotate":
            key = keeping.rotate_key(webhook=row, by=actor)
            return _shown(
                request, "key", key, f"{row.agency.name}: webhook {row.pk}", "systems:webhook", row.pk
            )
        messages.success(request, _done(request.POST.get("do", ""), row, actor))
        return redirect("systems:webhook", number=row.pk)
    return page(
        request, "systems/webhook.jinja", title=f"Webhook {row.pk}", back=reverse("systems:systems"),
        found=presenters.webhook_page(actor, row, clock.now()), columns=presenters.DELIVERIES,
    )  # fmt: skip


def _done(do: str, row: Webhook, actor: Actor) -> str:
    if do == "try":
        keeping.try_out(webhook=row, by=actor)
        return "A ping is on its way; look here again in a few seconds."
    if do.startswith("again-") and do[6:].isascii() and do[6:].isdecimal() and len(do) < 24:
        again = get_object_or_404(scope(actor, Delivery), webhook=row, pk=int(do[6:]))
        keeping.send_again(delivery=again, by=actor)
        return "It is sent again, from the first attempt on."
    keeping.end_webhook(webhook=row, by=actor)
    return "The webhook is told nothing any more."


def end_of(day: date | None) -> datetime | None:
    """The moment when a day has ended here."""
    if day is None:
        return None
    return datetime.combine(day, time.max.replace(microsecond=0), ZoneInfo(settings.TIME_ZONE))


def _shown(
    request: HttpRequest, what: str, secret: str, heading: str, then: str, number: int
) -> HttpResponse:
    return page(
        request, "systems/shown.jinja", title=f"The new {what}", what=what, secret=secret, heading=heading,
        then=reverse(then, args=[number]),
    )  # fmt: skip
