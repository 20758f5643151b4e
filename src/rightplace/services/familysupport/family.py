"""A family in early help: the children whose support began together, and what their files say. Scoped and audited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rightplace.common.caseflow.queries import ELDEST_FIRST
from rightplace.foundation.access import rls
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.foundation.journal import reading
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Person
from rightplace.services.familysupport.projections import Invited, Support
from rightplace.services.familysupport.record import FamilyRecord, family_record


@dataclass(frozen=True)
class Family:
    """Brothers and sisters in one family support, as far as the reader may see them."""

    number: int
    supports: Sequence[Support]
    record: FamilyRecord
    persons: Sequence[Person] = field(default=())
    files: frozenset[int] = frozenset()

    @property
    def going_on(self) -> list[Support]:
        """The children whose support has not ended."""
        now = clock.now()
        return [each for each in self.supports if each.ended is None or each.ended > now]

    @property
    def name(self) -> str:
        """How a page names the family: the children's first names and their surname."""
        surnames = list(dict.fromkeys(p.family for p in self.persons if p.family))
        given = [p.given or p.name for p in self.persons]
        first = (
            given[0]
            if len(given) == 1
            else f"{', '.join(given[:-1])} and {given[-1]}"
            if given
            else "A family"
        )
        return f"{first} {' and '.join(surnames)}".strip()

    @property
    def initials(self) -> str:
        """For page titles, which stay in browser histories."""
        return ", ".join(p.initials for p in self.persons) or "a family"


def family_of(actor: Actor, number: int) -> Family:
    """The family of that number, as its own team sees it. Raises NotAllowed where the reader sees no child of it."""
    supports = list(scope(actor, Support).filter(family=number).order_by("id"))
    if not supports:
        raise NotAllowed
    return _read(actor, number, supports, purpose="family support")


def family_shared(actor: Actor, number: int) -> Family:
    """The family of that number for a partner who was invited; what the partner sees of it is chosen by the page."""
    invited = scope(actor, Invited).filter(family=number)
    supports = list(Support.objects.filter(id__in=invited.values("support")).order_by("id"))
    if not supports:
        raise NotAllowed
    return _read(actor, number, supports, purpose="team around the family")


def _read(actor: Actor, number: int, supports: Sequence[Support], *, purpose: str) -> Family:
    persons = sorted({each.person for each in supports})
    with rls.reading_as(actor, purpose=purpose):
        files = reading.files_of_persons(persons)
        entries = reading.entries_of(files)
    record = family_record(entries.values(), {each.file: each.id for each in supports})
    people = list(Person.objects.filter(person__in=persons).order_by(*ELDEST_FIRST))
    place = {person.person: n for n, person in enumerate(people)}
    eldest_first = sorted(supports, key=lambda each: (place.get(each.person, len(place)), each.id))
    return Family(number, eldest_first, record, people, frozenset(files))
