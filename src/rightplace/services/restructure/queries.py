"""What is asked of a programme: its chain of reasons, evidence, what stands against results, sides, lineage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rightplace.domain.restructuring import Missing
from rightplace.foundation.organisation.programme.stages import missing_for
from rightplace.services.restructure.models import Publication

RESULTS = "results"


def published_on(programme: int) -> date | None:
    """The day on which results were published; None while they are not."""
    return Publication.objects.filter(programme=programme).values_list("on", flat=True).first()


def missing_before_results(programme: int, on: date) -> Sequence[Missing]:
    return missing_for(programme, RESULTS, on)


def stands_against(programme: int, on: date) -> Sequence[str]:
    """Everything that stands against publishing results, as sentences."""
    return [each.because for each in missing_before_results(programme, on)]
