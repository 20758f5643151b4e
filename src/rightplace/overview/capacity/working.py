"""One slice of working out a question: from what has been gathered, a little further, kept after each piece.

Whoever kills the worker loses one piece; whoever changes the model, all of them: the run begins anew with the new one.
One worker at a time has a run: the database's own lock says so, and lets go with the connection, so that a killed worker
holds nothing. A run that kills its worker again and again is given up.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, transaction

from rightplace.foundation.organisation import clock
from rightplace.overview.capacity import engine
from rightplace.overview.capacity.care import CAREFUL
from rightplace.overview.capacity.looking import MOST_TRIALS
from rightplace.overview.capacity.models import GOING, NOTHING_TO_GO_ON_FROM, Run

SLICE: Final = 12.0
MOST_TRIES: Final = 3
GIVEN_UP: Final = (
    f"It stopped the program {MOST_TRIES} times without coming any further, and was given up. Ask for less at once: "
    "fewer years, or fewer scenarios."
)
LOCKS: Final = 0x0CAFAC17
log = logging.getLogger("rightplace.capacity")


@contextmanager
def alone_with(number: int) -> Iterator[bool]:
    """Whether nobody else is working on this run now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKS, number])
        mine = bool(cursor.fetchone()[0])
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, number])


def go_on(number: int, seconds: float = SLICE) -> bool:
    """Work on a run until the slice is over; whether there is more to do."""
    with alone_with(number) as mine:
        run = _taken(number) if mine else None
        if run is None:
            return False
        try:
            return _slice(run, time.monotonic() + seconds)
        except engine.ImpossibleScenario as why:
            _failed(run, f"{why.where}: {why.because}")
        except engine.NoEngine as why:
            _failed(run, str(why))
        except Exception:
            _failed(
                run,
                "The model stopped with a fault of its own. Whoever runs the program finds it in the log.",
            )
            log.exception("capacity run failed", extra={"number": number})
        return False


@transaction.atomic
def _taken(number: int) -> Run | None:
    run = Run.objects.select_for_update().filter(pk=number, state__in=GOING).first()
    if run is None:
        return None
    if run.stop_asked:
        Run.objects.filter(pk=number).update(state=Run.State.STOPPED)
        return None
    if run.tries >= MOST_TRIES:
        _failed(run, GIVEN_UP)
        return None
    taken = {"state": Run.State.RUNNING, "beat": clock.now(), "tries": run.tries + 1, **_anew(run)}
    for name, value in taken.items():
        setattr(run, name, value)
    run.save(update_fields=list(taken))
    return run


def _anew(run: Run) -> dict[str, Any]:
    """Nothing of what another edition of the model had found, so that no answer is half of one; the page says so."""
    if not engine.is_there() or run.version == engine.version():
        return {}
    begun = {"asked": {**run.asked, "anew": True}} if run.question is not None else {}
    nothing = dict.fromkeys(("question", "gathered", "progress", "answer", "answered"))
    return {"version": engine.version(), "done": 0, "headline": "", **nothing, **begun}


def _failed(run: Run, why: str) -> None:
    Run.objects.filter(pk=run.pk).update(state=Run.State.FAILED, fault=why[:300])


def _slice(run: Run, until: float) -> bool:
    """Piece by piece; after each, what was gathered is kept, and somebody may have stopped it."""
    for piece in engine.pieces(run):
        if not _kept(run, piece):
            return False
        if piece.is_last:
            return False
        if time.monotonic() >= until:
            return True
    Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).update(state=Run.State.DONE, tries=0)
    return False


def _cannot_go_on(run: Run, piece: engine.Piece) -> bool:
    """Whether nobody can have it made more careful, or look further: then what it began from is not kept either."""
    if run.what == Run.What.SMALLEST:
        return piece.progress is None or run.total >= MOST_TRIALS
    return run.total >= CAREFUL


def _kept(run: Run, piece: engine.Piece) -> bool:
    """Write one piece; whether to go on. A run that was deleted meanwhile has nothing to be written to."""
    with transaction.atomic():
        held = Run.objects.select_for_update().only("pk", "stop_asked", "state").filter(pk=run.pk).first()
        if held is None:
            return False
        stops = held.stop_asked and not piece.is_last
        changed: dict[str, Any] = {
            "done": piece.done,
            "beat": clock.now(),
            "progress": piece.progress,
            "tries": 0,
        }
        if run.question is None:
            changed |= {"question": piece.question, "asked": run.asked}
        if piece.asked is not None:
            changed["asked"] = piece.asked
        if piece.gathered is not None:
            changed["gathered"] = piece.gathered
        if piece.answer is not None:
            changed |= {"answer": piece.answer, "headline": piece.headline[:300], "answered": clock.now()}
        if piece.is_last or stops:
            changed["state"] = Run.State.STOPPED if stops else Run.State.DONE
        if piece.is_last and _cannot_go_on(run, piece):
            changed |= NOTHING_TO_GO_ON_FROM
        Run.objects.filter(pk=run.pk).update(**changed)
    return not stops
