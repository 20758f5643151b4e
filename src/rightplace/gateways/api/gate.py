"""What stands in front of the API: token, rate, size, letters and depth; and every refusal in JSON with its reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, URLResolver
from django.views.decorators.csrf import csrf_exempt

from rightplace.foundation.access.audit import NoAudit
from rightplace.foundation.access.routes import PUBLIC, May, gated
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.tokens import bearer_of, used_too_often

LARGEST = 512 * 1024
DEEPEST = 12
NOT_THERE = "There is no such thing of yours."
TRY_AGAIN = "This cannot be done just now. Nothing is lost if you send it again with the same sender_id."


class TokenUser(AnonymousUser):
    """Who asks: a system with a token, for the gate of the routes."""

    is_authenticated = True  # type: ignore[assignment]


class NotRead(ValueError):
    """A body that cannot be read; the sentence says why, the code how HTTP says it."""

    def __init__(self, said: str, code: int = 400) -> None:
        super().__init__(said)
        self.code = code


def behind_gate(urls: Sequence[URLPattern | URLResolver], may: dict[str, May]) -> list[URLPattern]:
    """The addresses of the API, each under its permission; one that is not named is left out."""
    return [
        URLPattern(url.pattern, _with_token(url.callback, may[url.name]), url.default_args, url.name)
        for url in urls
        if isinstance(url, URLPattern) and url.name in may
    ]


def refused(said: str, code: int, problems: list[dict[str, str]] | None = None) -> JsonResponse:
    """A refusal in JSON."""
    return JsonResponse({"said": said, "problems": problems or []}, status=code)


def _with_token(view: Callable[..., Any], may: May) -> Callable[..., Any]:
    inner = gated(view, may)

    @wraps(inner)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            stopped = None if may is PUBLIC else _stopped(request)
            return stopped if stopped is not None else cast(HttpResponseBase, inner(request, *args, **kwargs))
        except NotRead as why_not:
            return refused(str(why_not), why_not.code)
        except Http404:
            return refused(NOT_THERE, 404)
        except (NoAudit, OperationalError, InterfaceError):
            return _wait(refused(TRY_AGAIN, 503), 30)

    return csrf_exempt(answer)


def _stopped(request: HttpRequest) -> HttpResponse | None:
    """Know who asks, and read what was sent; a refusal for whoever may not go on."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    found = bearer_of(token.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        response = refused("A token is needed: Authorization: Bearer …", 401)
        response["WWW-Authenticate"] = 'Bearer realm="contacts"'
        return response
    row, actor = found
    if used_too_often(row, clock.now()):
        return _wait(refused("Too much in one minute. Wait, and send it again.", 429), 60)
    request.user = TokenUser()
    request.actor, request.needs_second_factor = actor, False  # type: ignore[attr-defined]
    if request.method == "POST":
        request.canonical = canonical(request)  # type: ignore[attr-defined]
    return None


def _wait(response: JsonResponse, seconds: int) -> JsonResponse:
    response["Retry-After"] = str(seconds)
    return response


def canonical(request: HttpRequest) -> bytes:
    """What was sent, checked and written in one way, so that the same content is the same bytes. Raises NotRead."""
    if request.content_type != "application/json":
        raise NotRead("Send JSON: Content-Type: application/json.", 415)
    too_large = f"This is larger than {LARGEST // 1024} kB."
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > LARGEST:
        raise NotRead(too_large, 413)
    try:
        body = request.body
    except RequestDataTooBig:
        raise NotRead(too_large, 413) from None
    if len(body) > LARGEST:
        raise NotRead(too_large, 413)
    return written_alike(body)


def written_alike(body: bytes) -> bytes:
    """JSON in one way of writing it. Raises NotRead for what is no plain JSON."""
    if not body.strip():
        raise NotRead("Nothing was sent.")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotRead(f"The text is not UTF-8, from byte {error.start} on.") from None
    if _depth(text) > DEEPEST:
        raise NotRead(f"The JSON is nested deeper than {DEEPEST} levels.")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise NotRead(f"This is no JSON: {error.msg}, line {error.lineno}, column {error.colno}.") from None
    except (ValueError, RecursionError) as error:
        raise NotRead(str(error) if isinstance(error, NotRead) else "This JSON cannot be read.") from None
    if not isinstance(found, dict):
        raise NotRead("One object is expected.")
    return json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"?')


def _depth(text: str) -> int:
    """How deep objects and lists are nested, told before anything is read."""
    depth = deepest = 0
    for sign in _STRINGS.sub("", text):
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotRead("A name stands twice in one object.")
    return found


def _no_number(constant: str) -> Any:
    raise NotRead(f"{constant} is no number.")
