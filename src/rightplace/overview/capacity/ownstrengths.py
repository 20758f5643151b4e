"""What our own record says of the model's strengths, and how well the model would have known us: worked out once a day.

    found(on)              as it was worked out on this day; nothing, where nobody has yet
    kept(on, read)         what was learnt; worked out now where nobody has
    looked(on, read)       how the model would have known us; the same

The first answer needs only what was learnt; how the model would have known us is worked out after it. Only the background work
asks for what is not worked out yet: a city's record is long, and no page waits for it.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from django.db import connection

from rightplace.domain.simulation import edition as engines
from rightplace.domain.simulation.parameters import parameters
from rightplace.overview.capacity import ownrecord
from rightplace.overview.capacity.lookingback import LookedBack, looked_back
from rightplace.overview.capacity.models import OwnStrengths
from rightplace.overview.capacity.reading import Whole

if TYPE_CHECKING:
    from rightplace.domain.simulation.published.own import OwnFit

_PUBLISHED: Final = Path(engines.__file__).parent / "published"
_HERE: Final = Path(__file__).parent
DECIDES: Final = (
    (_PUBLISHED, ("own*.py", "lives.py", "stays.py", "loaded.py")),
    (_HERE, ("own*.py", "reading.py", "lookingback.py")),
)
"""Which files, beside the engine's, decide what is learnt and how it is written down."""
LOCK: Final = 0x0CAFAC18
LOOKS_AGAIN: Final = 0.5
log = logging.getLogger("rightplace.capacity")


@dataclass(frozen=True)
class Kept:
    """What was learnt, and what the model would have said of today half a year ago, once it has been looked at."""

    fit: OwnFit
    back: LookedBack | None = None
    looked: bool = False


@cache
def key() -> str:
    """A digest of the engine's edition and of every file that decides what is learnt; nothing of them is loaded."""
    digest = hashlib.sha256(engines.edition().encode())
    for folder, names in DECIDES:
        for file in sorted({file for name in names for file in folder.glob(name)}):
            told = file.read_bytes()
            digest.update(f"{folder.name}/{file.name} {len(told)}\n".encode())
            digest.update(told)
    return digest.hexdigest()


def found(on: date) -> Kept | None:
    """As it was worked out on this day by these files; nothing, where it was not, or was written down in another shape."""
    from rightplace.domain.simulation.published.own import OwnFit

    row = OwnStrengths.objects.filter(day=on, version=key()).first()
    if row is None:
        return None
    try:
        told = (row.told["fit"], row.told.get("back"))
        fit, back = msgspec.convert(told, tuple[OwnFit, LookedBack | None])
    except (msgspec.ValidationError, KeyError, TypeError):
        log.warning("kept strengths have another shape and are worked out anew")
        return None
    return Kept(fit, back, "back" in row.told)


def kept(on: date, read: Callable[[], Whole]) -> Kept:
    """As it was worked out today, else worked out now from the service that is read, by one worker at a time.

    Whoever comes meanwhile looks again until it is there; a worker that is killed lets go with its connection.
    """
    while (there := found(on)) is None:
        with _alone() as mine:
            if mine:
                return found(on) or _learnt(read())
        time.sleep(LOOKS_AGAIN)
    return there


def looked(on: date, read: Callable[[], Whole], threads: int = 1) -> LookedBack | None:
    """How the model would have known us, as it was worked out today, else worked out now in the same way."""
    while (there := found(on)) is None or not there.looked:
        with _alone() as mine:
            if mine:
                there = found(on)
                return there.back if there and there.looked else _looked(on, read(), threads)
        time.sleep(LOOKS_AGAIN)
    return there.back


def others_look(on: date) -> bool:
    """Whether another worker is at it: who has more to do before need not wait."""
    there = found(on)
    if there is None or there.looked:
        return False
    with _alone() as mine:
        return not mine


def _learnt(whole: Whole) -> Kept:
    """Learnt and written down. What was worked out on other days is thrown away."""
    on = whole.own.on
    fit = ownrecord.learnt_of(whole.own, parameters(whole.structure, on), whole.census)
    OwnStrengths.objects.filter(day__lt=on).delete()
    told = {"fit": msgspec.to_builtins(fit)}
    OwnStrengths.objects.update_or_create(day=on, version=key(), defaults={"told": told})
    return Kept(fit)


def _looked(on: date, whole: Whole, threads: int) -> LookedBack | None:
    """Looked back from a day and written down beside what was learnt, where that is still there."""
    back = looked_back(whole, threads=threads)
    row = OwnStrengths.objects.filter(day=on, version=key()).first()
    if row is not None:
        row.told["back"] = msgspec.to_builtins(back)
        row.save(update_fields=["told"])
    return back


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else is working it out now. Tried and not waited for, so that no question to the database lasts long."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
