"""A figure as a sentence: no tiles, no dials. A share is said with its range, for small numbers say little."""

from __future__ import annotations

from collections.abc import Mapping

from rightplace.domain.evidence import wilson
from rightplace.domain.practice.figures.counting import Counted
from rightplace.domain.practice.figures.figure import Figure
from rightplace.domain.practice.londontime import DAY, HOUR, MINUTE


def range_of(n: int, of: int) -> tuple[float, float] | None:
    """The range in which 19 of 20 such shares lie; nothing when there is nothing to share."""
    return wilson(n, of) if of > 0 else None


def sentence(figure: Figure, counted: Counted, now: int, titles: Mapping[str, str] | None = None) -> str:
    """What a figure says, with ** around what is counted. A share of nothing is *not known*.

    `titles` are the words for the groups, such as the titles of rules.
    """
    if counted.of is not None and counted.of == 0:
        return f"{figure.title}: not known, for there were none to count among."
    if counted.n == 0 and figure.none:
        return figure.none.format(of=counted.of)
    words = titles or {}
    text = figure.one if counted.n == 1 and figure.one else figure.sentence
    low, high = range_of(counted.n, counted.of or 0) or (0.0, 0.0)
    return text.format(
        n=f"{counted.n:,}",
        of=f"{counted.of or 0:,}",
        share=_percent(counted.share or 0.0),
        low=_percent(low),
        high=_percent(high),
        oldest=age(now - counted.oldest) if counted.oldest is not None else "a time that is not known",
        groups=", ".join(
            f"{words.get(name, name) or 'not said'} {number:,}" for name, number in counted.groups
        ),
    )


def age(length: int) -> str:
    """How long, in the one unit that says enough."""
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        number = length // unit
        if number >= 1:
            return f"{number:,} {name}{'' if number == 1 else 's'}"
    return "less than a minute"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
