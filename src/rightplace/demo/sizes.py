"""How large a city can be, and what a larger one needs."""

from __future__ import annotations

from enum import StrEnum


class Size(StrEnum):
    """How large a city."""

    TINY = "tiny"
    AREA = "area"
    CITY = "city"


NEEDED = ("numpy", "numba")
NEEDS = (
    "What happens in a city of this size is simulated, which needs numpy and numba: install rightplace[capacity] "
    "(in a checkout: `make capacity`). The size tiny needs neither."
)
