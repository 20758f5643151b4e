"""The tables of assessment: only what is worked out from the journal."""

from rightplace.services.assessment.projections import Assessment

__all__ = ["Assessment"]
