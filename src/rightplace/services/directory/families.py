"""The family that a service is looked for: the children's ages and their square kilometre, and never an address."""

from __future__ import annotations

from dataclasses import dataclass

from rightplace.foundation.access import reach
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.foundation.journal.models import File
from rightplace.foundation.journal.reading import files_with
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.places.places import Square, square_of
from rightplace.foundation.people.projections import Person, Relation
from rightplace.foundation.people.queries import age_of

SIBLINGS = ("brother", "sister", "sibling", "twin")


class ReasonFirst(Exception):
    """The file is outside one's own work: a reason is asked first."""


@dataclass(frozen=True)
class Family:
    """The child of a file with the brothers and sisters at home whom the reader may see."""

    file: int
    person: Person
    children: tuple[Person, ...]
    ages: tuple[float, ...]
    square: Square | None
    why_no_square: str

    @property
    def files(self) -> list[int]:
        """The files that a page about this family shows something of."""
        return [self.file, *(child.person for child in self.children)]


def family_of(actor: Actor, file: int) -> Family:
    """Open a family. Raises NotAllowed where there is nothing for this reader, ReasonFirst where a reason is asked."""
    files = files_with(file)
    person = scope(actor, Person).filter(person__in={row.person for row in files.values()}).first()
    if person is None:
        raise NotAllowed
    found = reach.opening(actor, list(files))
    if found is reach.Opening.NOT_THERE:
        raise NotAllowed
    if found is reach.Opening.ASK_REASON:
        raise ReasonFirst
    children = (person, *_siblings(actor, person))
    today = clock.today()
    ages = tuple(float(age) for child in children if (age := age_of(child, today)) is not None and age < 18)
    protected = any(child.protected for child in children)
    square = None if protected else square_of(person.postcode) if person.postcode else None
    why = "" if square else _why(protected, person)
    return Family(file, person, children, ages, square, why)


def _siblings(actor: Actor, person: Person) -> list[Person]:
    related = {
        row.other
        for row in scope(actor, Relation).filter(person=person.person, other__gt=0)
        if any(word in row.relation.lower() for word in SIBLINGS) and row.same_household is not False
    }
    if not related:
        return []
    numbers = File.objects.filter(id__in=related).values("person")
    rows = scope(actor, Person).filter(person__in=numbers, died__isnull=True).exclude(person=person.person)
    return list(rows.order_by("born", "person"))


def _why(protected: bool, person: Person) -> str:
    if protected:
        return "The family’s address is protected, so distance is left out."
    if not person.postcode:
        return "Where the family lives is not known, so distance is left out."
    return "The family’s postcode is not one of the city’s, so distance is left out."
