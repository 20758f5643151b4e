"""Outcome statistics: fair comparison, its uncertainty, small numbers. Pure Python, no Django, no clock."""

from rightplace.domain.evidence.comparing import Comparison, Measure, Trend, difference_in_differences
from rightplace.domain.evidence.refusing import TooFew
from rightplace.domain.evidence.shares import Z_80, Z_95, wilson
from rightplace.domain.evidence.sharing import Piece, apportion, shared_out
from rightplace.domain.evidence.smallnumbers import THRESHOLD, Published, suppress, suppress_together
from rightplace.domain.evidence.survival import Curve, Rate, Stay, kaplan_meier, rate_of

__all__ = [
    "THRESHOLD",
    "Z_80",
    "Z_95",
    "Comparison",
    "Curve",
    "Measure",
    "Piece",
    "Published",
    "Rate",
    "Stay",
    "TooFew",
    "Trend",
    "apportion",
    "difference_in_differences",
    "kaplan_meier",
    "rate_of",
    "shared_out",
    "suppress",
    "suppress_together",
    "wilson",
]
