"""The tables of protection: only what is worked out from the journal."""

from rightplace.services.protection.projections import Action, Called, Strategy

__all__ = ["Action", "Called", "Strategy"]
