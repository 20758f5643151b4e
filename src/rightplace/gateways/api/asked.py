"""What an agency is asked, whatever it is asked: its own alone, a page at a time, each answer done once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from ninja import Status

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require, scope
from rightplace.gateways.api.gate import canonical_in
from rightplace.gateways.api.once import OTHER_BODY, OtherBody, once
from rightplace.gateways.api.schema import Wrong, number_in

A_PAGE = 100
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Desk(Generic[M]):
    """One kind of thing that agencies are asked: its rows, by which number, and who may answer."""

    model: type[M]
    key: str
    permission: str

    def rows(self, actor: Actor) -> QuerySet[M]:
        """What this agency is asked."""
        return scope(actor, self.model)

    def own(self, actor: Actor, number: str) -> list[M]:
        """The agency's own rows of that number. Another's is answered like one that was never asked."""
        found = list(self.rows(actor).filter(**{self.key: number_in(number)}).order_by("pk"))
        if not found:
            raise Http404
        for row in found:
            require(actor, self.permission, row)
        return found

    def one(self, actor: Actor, number: str) -> M:
        """The same where a number is one row."""
        return self.own(actor, number)[0]


def a_page(rows: QuerySet[M]) -> tuple[list[M], bool]:
    """Up to a hundred of them, and whether there are more."""
    found = list(rows[: A_PAGE + 1])
    return found[:A_PAGE], len(found) > A_PAGE


def opened(request: HttpRequest, files: list[int], what: str) -> None:
    """Record that a system fetched what it was sent, before it goes out."""
    record_reading(actor_in(request), files, what, request_id=getattr(request, "request_id", ""))


def answered_once(request: HttpRequest, what: str, sender_id: str, do: Callable[[], dict[str, Any]]) -> Any:
    """Take an answer once: sent again it is the same, with other content 409 and nothing is written."""
    try:
        code, told = once(
            agency=actor_in(request).agency, what=what, sender_id=sender_id, body=canonical_in(request), do=do
        )
    except OtherBody:
        return Status(409, Wrong(said=OTHER_BODY))
    return Status(code, told)
