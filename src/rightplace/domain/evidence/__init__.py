"""Outcome statistics: fair comparison, its uncertainty, small numbers. Pure Python, no Django, no clock."""

from rightplace.domain.evidence.comparing import Comparison, Measure, Trend, difference_in_differences
from rightplace.domain.evidence.refusing import TooFew
from rightplace.domain.evidence.sharing import Piece, apportion, shared_out
from rightplace.domain.evidence.smallnumbers import THRESHOLD, Published, suppress, suppress_together

__all__ = [
    "THRESHOLD",
    "Comparison",
    "Measure",
    "Piece",
    "Published",
    "TooFew",
    "Trend",
    "apportion",
    "difference_in_differences",
    "shared_out",
    "suppress",
    "suppress_together",
]
