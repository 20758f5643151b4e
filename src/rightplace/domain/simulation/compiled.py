"""Loops that numba compiles when they are first called, and keeps compiled in one's own cache, or beside the code.

numba compiles what is called into what calls it, and its store looks only at the file of the caller. A change of a number in
`names.py` would leave old code running unseen, so what is kept here also carries a digest of all the engine's files.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numba
from numba.core.caching import IndexDataCacheFile

_OPTIONS: Final[dict[str, Any]] = {"cache": True, "nogil": True, "_nrt": False}
"""Kept; without the interpreter's lock; and nothing is counted by reference, since nothing is made."""

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


def _only_ours(folder: Path) -> bool:
    """Whether nobody else can change what lies in it, nor put another folder in its place, anywhere on the way to it."""
    mine = os.getuid()
    told = folder.lstat()
    if told.st_uid != mine or not stat.S_ISDIR(told.st_mode) or told.st_mode & 0o022:
        return False
    above = [each.stat() for each in folder.parents]
    return all(
        each.st_uid in (0, mine) and (not each.st_mode & 0o022 or each.st_mode & stat.S_ISVTX)
        for each in above
    )


def _shelf() -> Path | None:
    """A folder of one's own for what is compiled of these files, shared by every copy of the program that has the same files;
    nothing where there is none that others cannot write, or where somebody told numba where to keep it."""
    if os.environ.get("NUMBA_CACHE_DIR"):
        return None
    try:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        shelf = home.resolve() / "rightplace" / f"engine-{DIGEST[:16]}"
        for folder in (shelf.parent, shelf):
            folder.mkdir(mode=0o700, exist_ok=True)
        return shelf if _only_ours(shelf) else None
    except (OSError, RuntimeError, AttributeError):
        return None


SHELF: Final = _shelf()


def _kept(loop: Loop) -> Loop:
    """The loop, whose store is of use only to the same files of the engine; to them wherever they lie."""
    store: Any = getattr(loop, "_cache", None)
    file: Any = getattr(store, "_cache_file", None)
    if not hasattr(file, "_source_stamp"):
        return loop
    of_the_engine = Path(cast(Any, loop).py_func.__code__.co_filename).parent == Path(__file__).parent
    if not of_the_engine:
        file._source_stamp = (file._source_stamp, DIGEST)
    elif SHELF is None:
        file._source_stamp = DIGEST
    else:
        store._cache_path = str(SHELF)
        base = store._impl.filename_base
        store._cache_file = IndexDataCacheFile(str(SHELF), base, DIGEST)  # type: ignore[no-untyped-call]
    return loop


def compiled(loop: Loop) -> Loop:
    """The loop, compiled without the interpreter's lock; typed as what was written."""
    return _kept(cast(Loop, numba.njit(**_OPTIONS)(loop)))


def within(loop: Loop) -> Loop:
    """A small step, compiled into whatever takes it: handing over all the arrays would cost more than the step."""
    return _kept(cast(Loop, numba.njit(**_OPTIONS, forceinline=True)(loop)))
