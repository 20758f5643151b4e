"""Loops that numba compiles when they are first called, and keeps compiled beside the code where it may write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

import numba

_OPTIONS: Final[dict[str, Any]] = {"cache": True, "nogil": True, "_nrt": False}
"""Kept beside the code; without the interpreter's lock; and nothing is counted by reference, since nothing is made."""

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """The loop, compiled without the interpreter's lock; typed as what was written."""
    return cast(Loop, numba.njit(**_OPTIONS)(loop))


def within(loop: Loop) -> Loop:
    """A small step, compiled into whatever takes it: handing over all the arrays would cost more than the step."""
    return cast(Loop, numba.njit(**_OPTIONS, forceinline=True)(loop))
