"""Who stays and who leaves: stays from times in seats, the census' figures, leaving by grade and experience. Pure.

The capacity model takes retention from `Retention`; what a council's own list of steps holds is in `recruiting`.
"""

from rightplace.domain.practice.retention.census import Census, CountedShare, England, census_of, england_on
from rightplace.domain.practice.retention.overtime import TimeHazard, hazards_over_time
from rightplace.domain.practice.retention.retention import (
    Hazard,
    StepTime,
    hazards,
    pooled,
    quarter_of,
    team_quarters,
)
from rightplace.domain.practice.retention.staying import (
    BANDS,
    Employment,
    Left,
    Sat,
    band_of,
    cohorts,
    employments,
    people_on,
    sits_on,
)
from rightplace.domain.practice.retention.taken import Retention

__all__ = [
    "BANDS",
    "Census",
    "CountedShare",
    "Employment",
    "England",
    "Hazard",
    "Left",
    "Retention",
    "Sat",
    "StepTime",
    "TimeHazard",
    "band_of",
    "census_of",
    "cohorts",
    "employments",
    "england_on",
    "hazards",
    "hazards_over_time",
    "people_on",
    "pooled",
    "quarter_of",
    "sits_on",
    "team_quarters",
]
