"""Django finds the app's tables here; they are worked out from the journal."""

from rightplace.common.caseflow.projections import Offer

__all__ = ["Offer"]
