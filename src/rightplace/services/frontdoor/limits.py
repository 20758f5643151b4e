"""How often somebody may begin or guess, for pages that ask for no sign-in.

Counted in the memory of the web process, by a digest that nobody can turn back: where an anonymous visitor came from is
never stored. It slows a machine down; it is no lock.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict

from django.http import HttpRequest

from rightplace.common.web.origin import origin

_SALT = secrets.token_bytes(16)
_MOST_KEPT = 10_000
_counts: OrderedDict[tuple[str, bytes, int], int] = OrderedDict()
_lock = threading.Lock()


def too_often(request: HttpRequest, what: str, per_minute: int) -> bool:
    """Count one more of this from where the request comes from, and say whether it is more than is usual."""
    place = hashlib.blake2b(origin(request).encode(), key=_SALT, digest_size=8).digest()
    key = (what, place, int(time.monotonic() // 60))
    with _lock:
        _counts[key] = _counts.get(key, 0) + 1
        while len(_counts) > _MOST_KEPT:
            _counts.popitem(last=False)
        return _counts[key] > per_minute


def forget() -> None:
    """Begin to count anew; for tests."""
    with _lock:
        _counts.clear()
