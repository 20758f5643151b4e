"""Asking a provider for a place for a child: what was sent, and what the provider said."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from rightplace.domain.practice.entries.base import Body, Nature, kind


class Answer(StrEnum):
    """How far a request for a place has come."""

    READ = "read"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


@kind
class ServiceRequested(Body, frozen=True):
    """A worker asked a provider for a place, with the family's agreement: basis, purpose, and what was sent."""

    kind: ClassVar[str] = "service.requested"
    number: ClassVar[int] = 175
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 52
    service: int
    agency: int
    need: str
    sent: str
    basis: str
    purpose: str
    agreed_by: str
    agreed_how: str = ""


@kind
class ServiceAnswered(Body, frozen=True):
    """The provider opened the request, gave a place, put the child on its list, or declined with a reason.

    Also how it ended: the worker withdrew it, or the place was given back. A place has the day from which it holds.
    """

    kind: ClassVar[str] = "service.answered"
    number: ClassVar[int] = 176
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 53
    naming: ClassVar[tuple[str, ...]] = ("request",)
    request: int
    answer: Answer
    starts: date | None = None
    reasons: str = ""
    answered_by: str = ""
