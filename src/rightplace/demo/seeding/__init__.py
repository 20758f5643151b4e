"""What the city's newer services hold in the demonstration: one module a service, each with `seed()`.

Called in this order once the city's history is written, with the clock at the demonstration's start.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

ORDER = (
    "schools",
    "partnership",
    "directory",
    "funding",
    "signals",
    "familysupport",
    "assessment",
    "protection",
    "desks",
    "workforce",
    "supervision",
    "recruitment",
    "performance",
    "learning",
    "restructure",
    "selection",
    "restructure_results",
    "selection_after",
    "selection_today",
    "systems",
    "cutover",
    "capacity",
)


def seed_services(population: int, seed: int) -> None:
    """Seed each service that has something to show."""
    for name in ORDER:
        if find_spec(f"{__name__}.{name}"):
            import_module(f"{__name__}.{name}").seed(population, seed)
