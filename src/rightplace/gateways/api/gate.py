"""What stands in front of the API: token, purpose, rate and body; and every refusal in JSON with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, URLResolver
from django.views.decorators.csrf import csrf_exempt

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.audit import NoAudit
from rightplace.foundation.access.routes import PUBLIC, gated
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.bodies import NotRead, canonical
from rightplace.gateways.api.models import ApiToken
from rightplace.gateways.api.mounting import Needs
from rightplace.gateways.api.purposes import PURPOSES
from rightplace.gateways.api.rates import count_use
from rightplace.gateways.api.tokens import bearer_of

NOT_THERE = "There is no such thing of yours."
TRY_AGAIN = "This cannot be done just now. Nothing is lost if you send it again with the same sender_id."
TOO_MUCH = "Too much in one minute. Wait, and send it again."
NEVER_REFUSED = frozenset({"contacts:write"})
"""A concern is never refused for being one of many: above the rate it is queued (queueing.py)."""


class TokenUser(AnonymousUser):
    """Who asks: a system with a token, for the gate of the routes."""

    is_authenticated = True  # type: ignore[assignment]
    password_is_first = False


def behind_gate(urls: Sequence[URLPattern | URLResolver], needed: dict[str, Needs]) -> list[URLPattern]:
    """The addresses of the API, each behind what it needs; one of which nobody said what it needs is left out."""
    return [
        URLPattern(url.pattern, _with_token(url.callback, needed[url.name]), url.default_args, url.name)
        for url in urls
        if isinstance(url, URLPattern) and url.name in needed
    ]


def refused(said: str, code: int, problems: list[dict[str, str]] | None = None) -> JsonResponse:
    """A refusal in JSON."""
    return JsonResponse({"said": said, "problems": problems or []}, status=code)


def _with_token(view: Callable[..., Any], needs: Needs) -> Callable[..., Any]:
    inner = gated(view, needs.permission)

    @wraps(inner)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            stopped = None if needs.permission is PUBLIC else _stopped(request, needs)
            return stopped if stopped is not None else cast(HttpResponseBase, inner(request, *args, **kwargs))
        except NotRead as why_not:
            return refused(str(why_not), why_not.code)
        except Refused as why_not:
            return refused(" ".join(filter(None, (why_not.because, why_not.instead))), 422)
        except Http404:
            return refused(NOT_THERE, 404)
        except (NoAudit, OperationalError, InterfaceError):
            return wait(refused(TRY_AGAIN, 503), 30)

    return csrf_exempt(answer)


def _stopped(request: HttpRequest, needs: Needs) -> HttpResponse | None:
    """Know who asks and for what, and read what was sent; a refusal for whoever may not go on."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    found = bearer_of(token.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        response = refused("A token is needed: Authorization: Bearer …", 401)
        response["WWW-Authenticate"] = 'Bearer realm="rightplace"'
        return response
    row, actor = found
    purpose = needs.purpose(request.method or "")
    if purpose and purpose not in row.purposes:
        return refused(f"This token is not for this. It needs the purpose {purpose}: {_words(purpose)}.", 403)
    stopped = _too_much(request, row, purpose)
    if stopped is not None:
        return stopped
    request.user = TokenUser()
    request.actor, request.needs_second_factor = actor, False  # type: ignore[attr-defined]
    request.token = row  # type: ignore[attr-defined]
    if request.method in ("POST", "PUT", "PATCH") and purpose:
        request.canonical = canonical(request, needs.largest)  # type: ignore[attr-defined]
    return None


def _too_much(request: HttpRequest, token: ApiToken, purpose: str) -> HttpResponse | None:
    seconds = count_use(token, purpose, clock.now())
    request.seconds_over = seconds  # type: ignore[attr-defined]
    if seconds and purpose not in NEVER_REFUSED:
        return wait(refused(TOO_MUCH, 429), seconds)
    return None


def _words(purpose: str) -> str:
    sentence = PURPOSES[purpose].sentence
    return sentence[0].lower() + sentence[1:]


def wait(response: JsonResponse, seconds: int) -> JsonResponse:
    """An answer that says when to come again."""
    response["Retry-After"] = str(seconds)
    return response


def token_in(request: HttpRequest) -> ApiToken:
    """The token behind this request. The gate has let it through."""
    return cast(ApiToken, request.token)  # type: ignore[attr-defined]


def canonical_in(request: HttpRequest) -> bytes:
    """What was sent, written in one way."""
    return cast(bytes, request.canonical)  # type: ignore[attr-defined]
