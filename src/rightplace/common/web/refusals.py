"""A refusal on a page: why, what to do instead, and where the rule is written."""

from dataclasses import dataclass
from typing import Protocol


class RefusedLike(Protocol):
    """Anything that says why it refused; the domain's `Refused` does."""

    @property
    def because(self) -> str: ...
    @property
    def instead(self) -> str: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True)
class RefusalSummary:
    """What the page says at its top when something was refused. Nothing was written and nothing typed is lost."""

    title: str
    because: str
    instead: str
    source: str


NOTHING_WRITTEN = "This was not done, and nothing you typed is lost"


def refusal_summary(refused: RefusedLike, title: str = NOTHING_WRITTEN) -> RefusalSummary:
    """Turn a refusal into the summary that the page shows first and reads out."""
    return RefusalSummary(title, _sentence(refused.because), _sentence(refused.instead), refused.source)


def _sentence(text: str) -> str:
    words = text.strip()
    if not words:
        return words
    return words[0].upper() + words[1:] + ("" if words[-1] in ".?!" else ".")
