"""Who uses the private server, told by locks that the kernel drops when a process dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def exclusive(file: Path) -> Iterator[None]:
    """Alone with what the file stands for; waits for the others."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class Share:
    """One user's share in something that the last user puts away."""

    def __init__(self, file: Path) -> None:
        self._descriptor: int | None = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def leave(self) -> "LastOne | None":
        """Give the share up; whoever was the last one gets the whole, to put it away and let go."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return None
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return LastOne(descriptor)
        os.close(descriptor)
        return None


class LastOne:
    """The last user, alone until done; newcomers wait."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __enter__(self) -> None:
        return None

    def __exit__(self, *failure: object) -> None:
        os.close(self._descriptor)


def others(file: Path) -> bool:
    """Whether anybody holds a share just now."""
    if not file.exists():
        return False
    descriptor = os.open(file, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)
