"""Addresses that say who may open them. A view without a declared permission is a fault that a test finds.

`route` stands in for Django's `path`. Who is not signed in is sent to sign in; who may not is answered as if there
were nothing there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import permission
from rightplace.foundation.access.scope import NotAllowed, may
from rightplace.foundation.access.signin import is_demo_session

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
security = logging.getLogger("rightplace.security")


class Open(Enum):
    """Who may open an address that asks for no permission."""

    PUBLIC = "anybody"
    SIGNED_IN = "whoever is signed in and in a role"
    ACCOUNT = "whoever is signed in, also before a second factor or a role"


PUBLIC, SIGNED_IN, ACCOUNT = Open.PUBLIC, Open.SIGNED_IN, Open.ACCOUNT
May = str | Open


@dataclass(frozen=True, slots=True)
class Declared:
    """One address of the site and who may open it; None where nobody said."""

    address: str
    name: str
    may: May | None


def route(pattern: str, view: Callable[..., Any], *, name: str, may: May) -> URLPattern:
    """An address with its view, its name and who may open it: a permission, PUBLIC, SIGNED_IN or ACCOUNT."""
    return path(pattern, gated(view, may), name=name)


def mounted(urls: Sequence[URLPattern], *, may: May | Mapping[str, May]) -> list[URLPattern]:
    """The addresses of a library behind the gate, each under `may`, or by its name where they differ.

    With names, an address that is not named there is left out.
    """
    if isinstance(may, Mapping):
        kept = [(url, may[url.name]) for url in urls if url.name and url.name in may]
    else:
        kept = [(url, may) for url in urls]
    return [
        URLPattern(url.pattern, gated(url.callback, each), url.default_args, url.name) for url, each in kept
    ]


def gated(view: Callable[..., Any], who: May) -> Callable[..., Any]:
    """A view behind the gate."""
    if isinstance(who, str):
        permission(who)

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        stopped = _stopped(request, who)
        return stopped if stopped is not None else cast(HttpResponseBase, view(request, *args, **kwargs))

    gate.may = who  # type: ignore[attr-defined]
    return gate


def _stopped(request: HttpRequest, who: May) -> HttpResponseBase | None:
    """Where somebody is sent instead; None for whoever may go on. Raises NotAllowed for whoever may not."""
    if who is PUBLIC:
        return None
    if not request.user.is_authenticated:
        return HttpResponseRedirect(
            f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
        )
    if who is ACCOUNT:
        return None
    if request.user.password_is_first and not is_demo_session(request):
        return HttpResponseRedirect(reverse("account_change_password"))
    if getattr(request, "needs_second_factor", True):
        return HttpResponseRedirect(reverse("mfa_index"))
    actor = getattr(request, "actor", None)
    if actor is None:
        return HttpResponseRedirect(reverse("access:role"))
    if isinstance(who, str) and not may(actor, who):
        security.warning("refused", extra={"route": _name(request), "user": request.user.pk})
        raise NotAllowed
    return None


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else "none"


def actor_in(request: HttpRequest) -> Actor:
    """Who acts in this request. Raises NotAllowed when nobody does."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        raise NotAllowed
    return actor


def declared_routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[Declared]:
    """Every address that the router knows, and who may open it."""
    for found in (resolver or get_resolver()).url_patterns:
        address = f"{before}{found.pattern}"
        if isinstance(found, URLResolver):
            yield from declared_routes(found, address)
        else:
            yield Declared(address, found.name or "", getattr(found.callback, "may", None))


def undeclared_routes(resolver: URLResolver | None = None) -> list[Declared]:
    """The addresses of which nobody said who may open them."""
    return [found for found in declared_routes(resolver) if found.may is None]
