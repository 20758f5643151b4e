"""Looking for the smallest establishment, piece by piece: what was tried is kept, so that a stopped search goes on."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from math import ceil
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from rightplace.common.web import words
from rightplace.domain.simulation.scenarios.finding import Found, Progress
from rightplace.overview.capacity import care
from rightplace.overview.capacity.engine import Piece, threads
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.presenters.found import headline
from rightplace.overview.capacity.starting import Start

TRIALS: Final = 120
"""Establishments that a search may look at before it asks whether to go on."""
MOST_TRIALS: Final = 5 * TRIALS
"""After so many it looks at no more."""
ASK_FOR_LESS: Final = "Ask for less at once: fewer promises, one area, or workers and managers apart."
USUAL: Final = "0.8"
SECONDS_A_CHILD: Final = 1.0e-3
"""Of a search, on two cores that others use too: about 3,000 futures of a year and a half, measured on 24,000 children."""


def pieces(run: Run, question: Any) -> Iterator[Piece]:
    """One establishment after another, then the check; the last piece holds what was found.

    How many are allowed is what was asked, however many a failed check has added.
    """
    from rightplace.domain.simulation.scenarios import smallest

    kept = question.to_bytes()
    before = msgspec.convert(run.progress, Progress) if run.progress else None
    asked = run.asked
    chance, who = float(asked.get("often", USUAL)), asked.get("who", "workers")
    for told in smallest(
        question,
        asked["keep"],
        asked["where"],
        chance,
        threads=threads(),
        at_most=run.total,
        before=before,
        who=who,
        hangs_on=care.trajectories(care.USUAL) if find_spec("SALib") else 0,
    ):
        if isinstance(told, Progress):
            before, said = told, f"So far: {told.said}."
            yield Piece(
                told.done, kept, answer={"short": [said]}, headline=said, progress=msgspec.to_builtins(told)
            )
        else:
            yield _last(told, kept, before)


def _last(told: Found, kept: bytes, before: Progress | None) -> Piece:
    """What was found; where the search ended early with all that it needs to look further."""
    answer = {"found": msgspec.to_builtins(_lighter(told))}
    progress = msgspec.to_builtins(before) if told.ended_early and before else None
    return Piece(
        len(told.tried), kept, answer=answer, headline=headline(told), progress=progress, is_last=True
    )


def _lighter(told: Found) -> Found:
    """Without what broke in each single future, which no page shows."""
    return replace(told, tried=[replace(each, broken=[]) for each in told.tried])


def how_long(start: Start) -> str:
    """About how long a search of our service takes, as the form says it."""
    seconds = SECONDS_A_CHILD * sum(children for _, children in start.structure.children)
    about = (
        "less than a minute" if seconds < 45 else f"about {words.count_words(ceil(seconds / 60), 'minute')}"
    )
    return (
        f"For the whole service it takes {about}, for one area as long, since everybody else is played through, too. "
        "You see how far it is, can stop it and go on later, and can leave the page."
    )
