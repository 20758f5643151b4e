"""Django finds the app's tables here; they are all worked out from the journal."""

from rightplace.foundation.people.projections import Duplicate, Person, PersonKey, Relation
from rightplace.foundation.people.schooling import Schooling

__all__ = ["Duplicate", "Person", "PersonKey", "Relation", "Schooling"]
