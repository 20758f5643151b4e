"""Looking for the smallest establishment, piece by piece: what was tried is kept, so that a stopped search goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from rightplace.domain.simulation.scenarios.finding import OF_MANAGERS, Found, Progress
from rightplace.domain.simulation.teams import KIND_NAMES
from rightplace.overview.capacity.engine import Piece, threads
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.presenters.found import short


def pieces(run: Run, question: Any) -> Iterator[Piece]:
    """One establishment after another; the last piece holds what was found."""
    from rightplace.domain.simulation.scenarios import smallest

    kept = question.to_bytes()
    before = msgspec.convert(run.progress, Progress) if run.progress else None
    where, keep = run.asked["where"], run.asked["keep"]
    who = run.asked.get("who", "workers")
    for told in smallest(question, keep, where, threads=threads(), before=before, who=who):
        if isinstance(told, Progress):
            answer = {"short": [f"So far: {told.said}."], "kinds": [], "not_tried": []}
            progress = msgspec.to_builtins(told)
            yield Piece(
                told.done,
                kept,
                answer=answer,
                headline=answer["short"][0],
                progress=progress,
                total=told.at_most,
            )
        else:
            yield Piece(
                len(told.tried), kept, answer=_told(told), headline=short(_told(told))[0], is_last=True
            )


def _told(found: Found) -> dict[str, Any]:
    """What the page and the spreadsheet show."""
    kinds = [[_named(kind), found.before[kind], found.posts[kind]] for kind in found.posts]
    tried = [[each.posts, each.kept, each.futures] for each in found.tried]
    return {
        "short": [found.sentence], "kinds": kinds, "kept": found.kept, "futures": found.futures, "asked": found.asked,
        "not_tried": found.not_tried, "tried": tried, "possible": found.possible,
    }  # fmt: skip


def _named(kind: str) -> str:
    """A kind of team in words, or the managers of one."""
    team = kind.removeprefix(OF_MANAGERS)
    name = KIND_NAMES.get(team, team)
    return name if team == kind else f"{OF_MANAGERS}{name}"
