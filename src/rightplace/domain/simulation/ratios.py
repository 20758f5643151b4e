"""Measures that are worked out from two others, and what is not added up: names alone, for who shows or asks without arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rightplace.domain.simulation.names import DAY

ALL: Final = "all"
RATIOS: Final[Mapping[str, tuple[str, str, float]]] = {
    "decisions_late_share": ("decisions_late", "decisions", 1.0),
    "decision_days": ("decision_ticks", "decisions", 1.0 / DAY),
    "assessments_late_share": ("assessments_late", "assessments", 1.0),
    "assessment_mean_days": ("assessment_days", "assessments", 1.0),
    "conferences_late_share": ("conferences_late", "conferences", 1.0),
    "reviews_late_share": ("reviews_late", "reviews", 1.0),
    "visits_on_time_share": ("visits_on_time", "visits_due", 1.0),
    "supervision_missed_share": ("supervision_missed", "supervision_due", 1.0),
    "sent_back_share": ("sent_back", "signed_off", 1.0),
    "repeat_share": ("repeat_contacts", "contacts", 1.0),
    "allocation_mean_days": ("allocation_days", "allocations", 1.0),
    "manager_wait_days": ("manager_wait_ticks", "manager_tasks", 1.0 / DAY),
}
"""Measures that are worked out from two others, over any span of weeks."""
NOT_SUMS: Final = ("load_percent", "load_median", "load_p90")
"""Measures that are not added up over columns: the last column holds them for the whole service."""
