"""Levels of need, and the indicators that say why a child is thought to be at one.

Words that people choose, and plain sentences about what was chosen, belong here.
A score, a weight, or anything that decides instead of a person does not (promise 5).
"""

from rightplace.domain.practice.need.indicators import (
    Explanation,
    Indicator,
    IndicatorPack,
    Side,
    sample_pack,
)
from rightplace.domain.practice.need.levels import Level

__all__ = ["Explanation", "Indicator", "IndicatorPack", "Level", "Side", "sample_pack"]
