"""What a service promises, as the model counts it: each with the limit that it is held against, and where that comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SHARE, PERCENT_OF_LOAD = "share", "percent of a full load"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise: kept while the measure is at most the limit over a quarter of a year."""

    code: str
    words: str
    """What is to be rare, as it stands after "the share of"."""
    over: str
    """The measure; divided by `under` where there is one."""
    under: str
    limit: float
    unit: str
    source: str

    @property
    def is_share(self) -> bool:
        return self.unit == SHARE


_SETTLED: Final = "; the limit is for each service to settle"
PROMISES: Final = (
    Promise(
        "decision", "contacts decided late", "decisions_late", "decisions", 0.05, SHARE,
        "Working Together to Safeguard Children: a decision within one working day; one in twenty late is assumed" + _SETTLED,
    ),
    Promise(
        "assessment", "assessments finished late", "assessments_late", "assessments", 0.143, SHARE,
        "Working Together: within 45 working days; in England 14.3 in 100 were later, year to March 2025" + _SETTLED,
    ),
    Promise(
        "conference", "child protection conferences held late", "conferences_late", "conferences", 0.186, SHARE,
        "Working Together: within 15 working days of the strategy discussion; in England 18.6 in 100 were later,"
        " year to March 2025" + _SETTLED,
    ),
    Promise(
        "review", "review conferences and reviews in care held late", "reviews_late", "reviews", 0.05, SHARE,
        "Working Together and the Care Planning regulations 2010; one in twenty late is assumed" + _SETTLED,
    ),
    Promise(
        "visit", "visits not made in the week when they fell due", "visits_missed", "visits_due", 0.20, SHARE,
        "common local policy and the Care Planning regulations 2010, regulation 28; one in five is assumed" + _SETTLED,
    ),
    Promise(
        "supervision", "supervisions missed", "supervision_missed", "supervision_due", 0.14, SHARE,
        "a published local standard: at least every four weeks; Birmingham kept 86 in 100 in 2016" + _SETTLED,
    ),
    Promise(
        "unallocated", "children with an open case and no worker of their own", "unallocated", "open_children", 0.02, SHARE,
        "a published local policy: never allocated only to a team; one in fifty is assumed" + _SETTLED,
    ),
    Promise(
        "workload", "the load that one worker in ten is above", "load_p90", "", 110.0, PERCENT_OF_LOAD,
        "Standards for Employers of Social Workers, standard 3: safe workloads; a tenth more than full is assumed" + _SETTLED,
    ),
)  # fmt: skip
BY_CODE: Final = {each.code: each for each in PROMISES}
WITHIN_BUDGET: Final = "budget"
"""The promise that only a scenario with a budget has: a year of 52 weeks costs no more."""
