"""The model behind the pages: whether it is there, which version, and one question worked out piece by piece.

The only place that names what needs the extra `capacity`. Without it kept answers are read, and asking is refused politely.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

import msgspec

from rightplace import __version__
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.simulation.edition import edition
from rightplace.domain.simulation.parameters import ImpossibleScenario
from rightplace.domain.simulation.scenarios import PROMISES, Scenario, read
from rightplace.domain.simulation.scenarios.answer import Answer
from rightplace.domain.simulation.scenarios.finding import Progress
from rightplace.domain.simulation.scenarios.places import TOGETHER, parts
from rightplace.domain.simulation.teams import Structure, teams_meant
from rightplace.overview.capacity import starting
from rightplace.overview.capacity.care import LOOKED_INTO, trajectories
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.presenters.headlines import hangs_on_code, headline
from rightplace.overview.capacity.presenters.surely import ALL, focus

NEEDED: Final = ("numpy", "numba")
HOW: Final = "Whoever runs the program installs its part capacity: make capacity, or pip install 'rightplace[capacity]'."
LEARNS: Final = "rightplace.domain.simulation.published.ownfit"
FIRST_PIECE: Final = 4
LONGEST_PIECE: Final = 32
SECONDS_A_PIECE: Final = 2.5
log = logging.getLogger("rightplace.capacity")

__all__ = ["ImpossibleScenario", "NoEngine", "Piece", "is_there", "learn", "pieces", "promises", "require_engine", "threads",
           "version", "warm"]  # fmt: skip


class NoEngine(RuntimeError):
    """The model is not installed."""


@dataclass(frozen=True)
class Piece:
    """What came out so far, to be kept: how far it is, what to go on from, and the answer where it was made anew."""

    done: int
    question: bytes
    gathered: bytes | None = None
    answer: Any = None
    headline: str = ""
    progress: Any = None
    """Of a search, or of what the answer hangs on."""
    is_last: bool = False
    asked: Mapping[str, Any] | None = None
    """What the page says of where it began, where that has become more."""


def is_there() -> bool:
    """Whether what the model needs is installed."""
    return all(find_spec(name) is not None for name in NEEDED)


def require_engine() -> None:
    if not is_there():
        raise Refused("The model itself is not installed here.", HOW)


@cache
def version() -> str:
    """The program's version and, where the model is there, a digest of its files; nothing of it is loaded, since pages ask."""
    if not is_there():
        return __version__
    return f"{__version__} {edition()[:12]}"


KEEPS: Final = {
    "decision": "Contacts are decided in time: at most {0} in 100 are late",
    "assessment": "Assessments are finished in time: at most {0} in 100 are late",
    "conference": "Conferences are held in time: at most {0} in 100 are late",
    "review": "Reviews are held in time: at most {0} in 100 are late",
    "visit": "Visits are made in the week they are due: at most {0} in 100 are not",
    "supervision": "Workers are supervised: at most {0} in 100 supervisions are missed",
    "unallocated": "Every child has a worker: at most {0} in 100 have none",
    "workload": "Workloads can be borne: at most one worker in ten above {0} per cent of a full load",
}


def promises() -> list[tuple[str, str]]:
    """What can be kept, for a form: each in plain words with its limit."""
    return [
        (each.code, KEEPS[each.code].format(f"{100 * each.limit if each.is_share else each.limit:.3g}"))
        for each in PROMISES
    ]


def explained() -> list[tuple[str, str]]:
    """Each promise that can be kept, and where its limit comes from."""
    return [
        (KEEPS[each.code].partition(":")[0], f"{each.source[:1].upper()}{each.source[1:]}.")
        for each in PROMISES
    ]


def warm() -> None:
    """Load what is compiled, on the smallest service there is, and what learns: the first question begins at once."""
    if not is_there():
        return
    from rightplace.domain.simulation.scenarios import Question, Scenario, steps

    small = Scenario("Warm", date(2026, 4, 6), 28, areas=(("South", 2_000),))
    for _ in steps(Question.of(small), 1, 1):
        break
    import_module(LEARNS)


def learn() -> None:
    """Read our own record before anybody asks. Where that fails the log says so, and the first question tries again."""
    _beforehand(starting.learn)


def look_back() -> None:
    """Try the model on ourselves before anybody asks; else the first answer is followed by it."""
    _beforehand(lambda: starting.look_back(threads()))


def _beforehand(read: Callable[[], None]) -> None:
    if not is_there():
        return
    try:
        read()
    except Exception:
        log.exception("our own record could not be read beforehand")


def threads() -> int:
    return max(1, min(2, os.cpu_count() or 1))


def pieces(run: Run) -> Iterator[Piece]:
    """The question piece by piece, from where it was left. Raises NoEngine where the model is not installed."""
    if not is_there():
        raise NoEngine(f"The model is not installed where questions are worked out. {HOW}")
    question = _question(run)
    if run.what == Run.What.SMALLEST:
        from rightplace.overview.capacity import looking

        worked = looking.pieces(run, question)
    else:
        worked = _what_if(run, question)
    for piece in worked:
        if not run.asked.get("looks_back") or (not piece.is_last and _others_look(run)):
            yield piece
            continue
        yield replace(piece, is_last=False)
        yield Piece(
            piece.done,
            piece.question,
            progress=piece.progress,
            asked=_tried_on_us(run),
            is_last=piece.is_last,
        )


def _others_look(run: Run) -> bool:
    return starting.others_look(date.fromisoformat(run.asked["day"]))


def _tried_on_us(run: Run) -> dict[str, Any]:
    """After the first answer, what else its page says: how what was learnt of us would have held. No answer fails by it."""
    asked: dict[str, Any] = run.asked
    del asked["looks_back"]
    try:
        back = starting.looked_back(date.fromisoformat(asked["day"]), threads())
        asked["ours"] = [*back, *asked["ours"]]
    except Exception:
        log.exception("the model could not be tried on our own record")
    return asked


def _question(run: Run) -> Any:
    """As it was begun; the first time from the scenarios and our own service on the day of asking."""
    from rightplace.domain.simulation.census import synthetic_census
    from rightplace.domain.simulation.scenarios import Question

    if run.question is not None:
        return Question.from_bytes(bytes(run.question))
    base, *others = [read(text) for text in run.asked["scenarios"]]
    if base.structure() is not None:
        return Question.of(base, others, run.seed)
    began = starting.as_asked(date.fromisoformat(run.asked["day"]), bool(run.asked.get("own")))
    given = replace(began.given, begins=base.begins)
    if began.census is None:
        return Question(
            given, synthetic_census(given), base, tuple(others), run.seed, told_alone(others, given.structure)
        )
    run.asked["unknown"], run.asked["ours"] = list(began.unknown), list(began.ours)
    run.asked.pop("looks_back", None)
    if began.looks_back:
        run.asked["looks_back"] = True
    return Question(given, began.census, base, tuple(others), run.seed, told_alone(others, given.structure))


def told_alone(others: Sequence[Scenario], structure: Structure) -> tuple[str, ...]:
    """The areas that merge and the teams between which work moves, told as one: they do the same work before and after.

    Where a change names a place by itself it is told of that place, as ever.
    """
    if any(change.where != ALL for each in others for change in each.changes):
        return ()
    areas = [area for each in others for merge in each.merges for area in merge.areas]
    teams = [team for each in others for move in each.moves for team in (move.team, move.to)]
    names = list(dict.fromkeys([*areas, *teams]))
    known = bool(names) and all(teams_meant(structure, name) for name in names)
    place = TOGETHER.join(names)
    return (place,) if known and parts(structure, place) == names else ()


def _what_if(run: Run, question: Any) -> Iterator[Piece]:
    """Replicate after replicate; the first few at once, then as many at a time as take a couple of seconds."""
    from rightplace.domain.simulation.scenarios import Gathered, answering, steps

    gathered = Gathered.from_bytes(bytes(run.gathered)) if run.gathered else Gathered.of(question)
    kept, many = question.to_bytes(), FIRST_PIECE
    while gathered.replicates < run.total:
        began = time.monotonic()
        wanted = min(run.total, gathered.replicates + many)
        for batch in steps(question, wanted, many, threads(), gathered):
            gathered.add(batch)
        found = answering.answer(gathered)
        is_last = gathered.replicates >= run.total and run.total < LOOKED_INTO
        yield Piece(
            gathered.replicates, kept, gathered.to_bytes(), found.to_builtins(), headline(found), is_last=is_last
        )  # fmt: skip
        many = _more(many, time.monotonic() - began)
    if run.total >= LOOKED_INTO:
        yield from _hangs_on(run, question, answering.answer(gathered), kept)


def _more(many: int, took: float) -> int:
    """Larger pieces where they are quick, smaller where they are slow."""
    if took > SECONDS_A_PIECE:
        return max(1, many // 2)
    return min(LONGEST_PIECE, many * 2) if took < SECONDS_A_PIECE / 2 else many


def _hangs_on(run: Run, question: Any, found: Answer, kept: bytes) -> Iterator[Piece]:
    """The end of a usual or careful run: what the answer hangs on, of what nobody has measured."""
    if find_spec("SALib") is None:
        yield Piece(found.replicates, kept, is_last=True)
        return
    from rightplace.domain.simulation.scenarios import sensitivity

    before = msgspec.convert(run.progress, Progress) if run.progress else None
    code, place = hangs_on_code(found), focus(found)
    for told in sensitivity(question, code, place, trajectories(run.total), threads=threads(), before=before):
        if isinstance(told, Progress):
            yield Piece(found.replicates, kept, progress=msgspec.to_builtins(told))
        else:
            whole = found.with_hanging(told.hangs_on, told.sentence)
            yield Piece(
                found.replicates, kept, answer=whole.to_builtins(), headline=headline(whole), is_last=True
            )
