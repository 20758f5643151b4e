"""Loops that numba compiles when they are first called, and keeps compiled beside the code where it may write.

numba compiles what is called into what calls it, and its store looks only at the file of the caller. A change of a number in
`names.py` would leave old code running unseen, so what is kept here also carries a digest of all the engine's files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numba

_OPTIONS: Final[dict[str, Any]] = {"cache": True, "nogil": True, "_nrt": False}
"""Kept beside the code; without the interpreter's lock; and nothing is counted by reference, since nothing is made."""

_READ_BY_THE_ENGINE: Final = ("compiled", "layout", "names", "order", "reach")
"""Compiled in without a loop of their own: numbers of things, and how an array is reached."""

Loop = TypeVar("Loop", bound=Callable[..., object])


def _digest() -> str:
    """Of every file that is compiled, or holds numbers that are compiled in."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        text = file.read_bytes()
        if b"simulation.compiled import" in text or file.stem in _READ_BY_THE_ENGINE:
            digest.update(text)
    return digest.hexdigest()


DIGEST: Final = _digest()


def _kept(loop: Loop) -> Loop:
    """The loop, whose store is of use only to the same files of the engine; to them wherever they lie and whenever they were
    written there, so that a copy of the program may take the store of another."""
    store: Any = getattr(getattr(loop, "_cache", None), "_cache_file", None)
    if hasattr(store, "_source_stamp"):
        of_the_engine = Path(cast(Any, loop).py_func.__code__.co_filename).parent == Path(__file__).parent
        store._source_stamp = DIGEST if of_the_engine else (store._source_stamp, DIGEST)
    return loop


def compiled(loop: Loop) -> Loop:
    """The loop, compiled without the interpreter's lock; typed as what was written."""
    return _kept(cast(Loop, numba.njit(**_OPTIONS)(loop)))


def within(loop: Loop) -> Loop:
    """A small step, compiled into whatever takes it: handing over all the arrays would cost more than the step."""
    return _kept(cast(Loop, numba.njit(**_OPTIONS, forceinline=True)(loop)))
