"""What a partner already knew, once a person took it up. A signal that nobody takes up never becomes an entry."""

from datetime import date
from typing import ClassVar

from rightplace.domain.practice.entries.base import Body, Nature, kind


@kind
class SignalTakenUp(Body, frozen=True):
    """A worker took up a family's signals: what was told, what it can show, and why now.

    Of a child for whom nobody answers, the worker's team answers from this moment; its manager accepts by an offer that
    names this entry. Of a child whom a team has already, nothing changes hands.
    """

    kind: ClassVar[str] = "signal.taken_up"
    number: ClassVar[int] = 170
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 35
    told: tuple[str, ...]
    kinds: tuple[str, ...]
    first_noticed: date
    last_noticed: date
    reasons: str
    indicators: tuple[str, ...] = ()
    conversation: str = ""
    lawful_basis: str = ""
    purpose: str = ""
    family_told: str = ""
    family_told_reason: str = ""
