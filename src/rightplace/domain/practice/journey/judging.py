"""What a decision would break: the breaches with it, less the breaches without it, over the whole person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rightplace.domain.practice.entries.base import IMPORT_ROLE, KINDS, Entry, Nature
from rightplace.domain.practice.journey.journey import Journey
from rightplace.domain.practice.journey.refusals import Refused, refused
from rightplace.domain.practice.journey.state import Breach
from rightplace.domain.practice.timescales.engine import Timescale


def breaches(journey: Journey, timescales: Sequence[Timescale]) -> set[Breach]:
    """Every promise that the file breaks as it stands."""
    return set(journey.breaches) | set(_guards(journey, timescales))


def _guards(journey: Journey, timescales: Sequence[Timescale]) -> Iterable[Breach]:
    """A closing is guarded by what has begun on or before its day and is not met, not required or overtaken by then."""
    for closing in journey.closings:
        if closing.role == IMPORT_ROLE:
            continue
        for scale in timescales:
            if scale.guards and scale.open_at(closing.at) and _belongs(journey, scale.about, closing.about):
                yield Breach("guard_open", closing.entry, scale.rule)


def _belongs(journey: Journey, about: int, closing: int) -> bool:
    """A contact's closing is guarded by what hangs on that contact; a file's closing by everything."""
    if closing == 0 or about == closing:
        return True
    process = journey.processes.get(about)
    return process is not None and process.parent == closing


def refusal(
    written: Sequence[Entry],
    before: set[Breach],
    after: set[Breach],
    titles: dict[str, str],
) -> Refused | None:
    """Why the write is refused, or None. Facts alone are always taken; what they break becomes a doubt."""
    if not any(is_decision(entry) for entry in written):
        return None
    added = sorted(after - before)
    if not added:
        return None
    first = min(added, key=lambda b: (b.code == "guard_open", b.code, b.detail))
    if first.code == "guard_open":
        open_now = sorted({titles.get(b.detail, b.detail) for b in added if b.code == "guard_open"})
        return refused("guard_open", "Still open: " + "; ".join(open_now) + ".")
    return refused(first.code)


def is_decision(entry: Entry) -> bool:
    """Whether this entry may be refused. A row of an import is a fact, whatever its kind."""
    return KINDS[entry.kind].nature is Nature.DECISION and entry.role != IMPORT_ROLE
