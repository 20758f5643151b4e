"""Outcomes: frameworks of headlines as data, and how far somebody has come from the baseline. Never a score of a child.

Pure: no Django, no clock, no database.
"""

from rightplace.domain.practice.outcomes.frameworks import (
    Framework,
    Headline,
    Point,
    framework,
    frameworks,
    load_frameworks,
)
from rightplace.domain.practice.outcomes.travelled import Moved, Travelled, Where, travelled

__all__ = [
    "Framework",
    "Headline",
    "Moved",
    "Point",
    "Travelled",
    "Where",
    "framework",
    "frameworks",
    "load_frameworks",
    "travelled",
]
