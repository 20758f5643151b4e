"""Django finds the app's tables here; they are all worked out from the journal."""

from rightplace.foundation.people.projections import Person, PersonKey, Relation

__all__ = ["Person", "PersonKey", "Relation"]
