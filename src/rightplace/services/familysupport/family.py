"""A family in early help: the children whose support began together, and what their files say. Scoped and audited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from rightplace.common.caseflow.queries import birth_order
from rightplace.domain.practice.entries import Entry
from rightplace.foundation.access import rls
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.reading import FileRow
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
    supports = list(scope(actor, Support).filter(family=number))
    found = _read(actor, {number: supports}, scope(actor, Person), purpose="family support")
    if not found:
        raise NotAllowed
    return found[0]


def family_shared(actor: Actor, number: int) -> Family:
    """The family of that number for a partner who was invited; what the partner sees of it is chosen by the page."""
    found = families_shared(actor, scope(actor, Invited).filter(family=number).order_by("support"))
    if not found:
        raise NotAllowed
    return found[0]


def families_shared(actor: Actor, invited: Iterable[Invited]) -> list[Family]:
    """The families of these invitations, which the caller took from the reader's own, in their order."""
    places = {each.support: each.family for each in invited}
    supports = Support.objects.in_bulk(list(places))
    grouped: dict[int, list[Support]] = {}
    for support, family in places.items():
        if support in supports:
            grouped.setdefault(family, []).append(supports[support])
    return _read(actor, grouped, Person.objects.all(), purpose="team around the family")


def _read(
    actor: Actor, grouped: Mapping[int, Sequence[Support]], named: QuerySet[Person], *, purpose: str
) -> list[Family]:
    """Open the files of these families at once, however many there are, of the children whom the reader may name."""
    wanted = {each.person for supports in grouped.values() for each in supports}
    people = {p.person: p for p in named.filter(person__in=wanted)} if wanted else {}
    with rls.reading_as(actor, purpose=purpose):
        files = reading.files_of_persons(people)
        entries = reading.entries_of(files)
    kept = {n: [each for each in supports if each.person in people] for n, supports in grouped.items()}
    return [_family(n, supports, files, entries, people) for n, supports in kept.items() if supports]


def _family(
    number: int,
    supports: Sequence[Support],
    files: Mapping[int, FileRow],
    entries: Mapping[int, Sequence[Entry]],
    people: Mapping[int, Person],
) -> Family:
    """One family of those whose files were opened, brothers and sisters eldest first."""
    own = {each.person for each in supports}
    mine = [number for number, row in files.items() if row.person in own]
    record = family_record((entries[each] for each in mine), {each.file: each.id for each in supports})
    eldest_first = sorted(supports, key=lambda each: (birth_order(people.get(each.person)), each.id))
    named = sorted((people[each] for each in own if each in people), key=birth_order)
    return Family(number, eldest_first, record, named, frozenset(mine))
