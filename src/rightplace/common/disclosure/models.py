"""The one table of this app is worked out from the journal."""

from rightplace.common.disclosure.projections import Sharing

__all__ = ["Sharing"]
