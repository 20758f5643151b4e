"""Tables of early help: only what is worked out from the journal."""

from rightplace.services.familysupport.projections import Invited, Support

__all__ = ["Invited", "Support"]
