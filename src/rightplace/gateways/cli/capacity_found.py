"""A search's answer in a terminal: one sentence, what blocks, who, every promise now and then, what was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rightplace.domain.simulation.scenarios.finding import Found, Kind

WAY: Final = {1: "worse", -1: "better", 0: "no sure difference"}


def found_in_words(found: Found) -> str:
    """The whole of what was found."""
    return "\n".join(_lines(found))


def _lines(found: Found) -> Iterator[str]:
    yield found.sentence
    for sentence in found.sentences:
        yield from ("", sentence)
    yield from _under("Who")
    yield from (_kind(each) for each in found.kinds)
    if found.promises:
        yield from _under("Every promise, now and then")
        for then in found.promises:
            yield f"- [{'chosen, ' * then.chosen}{WAY[then.way]}] {then.sentence}"
    if found.hangs:
        yield from ("", found.hangs)
    yield from _under("What was looked at")
    yield from (f"- {each}" for each in found.looked_at)
    yield from _under("What was not")
    yield from (f"- {each}" for each in found.not_tried)
    yield from (
        "",
        "These are simulated futures of families that were drawn: nothing here is about a child who lives.",
    )


def _under(title: str) -> tuple[str, str, str]:
    return "", title, "=" * len(title)


def _kind(each: Kind) -> str:
    from rightplace.domain.simulation.scenarios.foundsaid import kind_said

    why = (
        "nothing chosen needs them"
        if each.stays
        else f"without them breaks: {', '.join(each.needed)}"
        if each.needed
        else ""
    )
    return f"- {kind_said(each.name)}: {each.found:,}, now {each.now:,}{f' ({why})' if why else ''}"
