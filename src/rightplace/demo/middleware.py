"""The guided strip's place in a request: what it says is worked out before the page is made, since a page asks nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from rightplace.demo import examples, guiding
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.signin import demo_door_is_open, is_demo_session

CLOSED = "strip"


class Guiding:
    """Puts the strip beside the request, and the example into a form, where the demonstration's door is open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Before a page is made: where the story is, and what the form is filled with."""
        actor = getattr(request, "actor", None)
        if request.headers.get("HX-Request") or not isinstance(actor, Actor) or not is_demo_session(request):
            return
        if not demo_door_is_open(request):
            return
        name = request.resolver_match.view_name if request.resolver_match else ""
        examples.fill(request, name, actor, int(kwargs.get("concern", 0)))
        if request.method in ("GET", "POST") and request.COOKIES.get(CLOSED) != "closed":
            request.demo_guide = guiding.guide(actor.worker)  # type: ignore[attr-defined]
