"""Who the child is: names, birth, address, relationships, identifiers. Journal entries like all else."""

from datetime import date
from typing import ClassVar

import msgspec

from rightplace.domain.practice.entries.base import Body, Label, Nature, kind


class Identifier(msgspec.Struct, frozen=True, omit_defaults=True):
    """A number that another body gave: `kind` is nhs, upn, former_upn, la_child_id or other."""

    kind: str
    number: str
    issuer: str = ""


@kind
class IdentityRecorded(Body, frozen=True):
    """What is known of who the child is. A provisional person has a description instead of a name."""

    kind: ClassVar[str] = "identity.recorded"
    number: ClassVar[int] = 1
    rank: ClassVar[int] = 10
    given: str = ""
    middle: str = ""
    family: str = ""
    also_known_as: tuple[str, ...] = ()
    born: date | None = None
    expected: date | None = None
    age_about: int | None = None
    sex: str = ""
    ethnicity: str = ""
    disabilities: tuple[str, ...] = ()
    language: str = ""
    identifiers: tuple[Identifier, ...] = ()
    provisional: bool = False  # type: ignore[misc]  # the person is; on other kinds the word is the kind's own
    described: str = ""
    name_not_supplied: bool = False
    source: str = ""


@kind
class AddressRecorded(Body, frozen=True):
    """Where the child lives or lived, and since when it was checked. `square` is east and north in kilometres."""

    kind: ClassVar[str] = "address.recorded"
    number: ClassVar[int] = 2
    rank: ClassVar[int] = 11
    line: str = ""
    postcode: str = ""
    square: tuple[int, int] | None = None
    area: int = 0
    use: str = "home"
    verified: bool = False
    source: str = ""


@kind
class ProtectedAddressRecorded(Body, frozen=True):
    """An address that must not be found out. It lives in this sealed field and nowhere else."""

    kind: ClassVar[str] = "address.protected"
    number: ClassVar[int] = 3
    rank: ClassVar[int] = 11
    label: ClassVar[Label] = Label.PROTECTED_ADDRESS
    line: str
    postcode: str = ""
    area: int = 0
    from_whom: str = ""
    reason: str = ""


@kind
class RelationshipRecorded(Body, frozen=True):
    """Somebody in the child's life: another child's file, or an adult who has no file of their own."""

    kind: ClassVar[str] = "relationship.recorded"
    number: ClassVar[int] = 4
    rank: ClassVar[int] = 12
    relation: str
    other_file: int = 0
    name: str = ""
    phone: str = ""
    parental_responsibility: bool | None = None
    same_household: bool | None = None
    danger: bool = False
    source: str = ""


@kind
class RelationshipEnded(Body, frozen=True):
    """A relationship that is no longer so."""

    kind: ClassVar[str] = "relationship.ended"
    number: ClassVar[int] = 5
    rank: ClassVar[int] = 13
    naming: ClassVar[tuple[str, ...]] = ("relationship",)
    relationship: int
    reason: str = ""


@kind
class PersonDied(Body, frozen=True):
    """The child has died. Ends every track on its day."""

    kind: ClassVar[str] = "person.died"
    number: ClassVar[int] = 6
    rank: ClassVar[int] = 95
    source: str = ""


@kind
class PossibleDuplicateFound(Body, frozen=True):
    """Two files may be about one child. Somebody must decide; nothing is linked by the system."""

    kind: ClassVar[str] = "duplicate.found"
    number: ClassVar[int] = 7
    rank: ClassVar[int] = 14
    other_file: int
    why: tuple[str, ...] = ()


@kind
class PossibleDuplicateSettled(Body, frozen=True):
    """A person decided whether the two are one child, and why."""

    kind: ClassVar[str] = "duplicate.settled"
    number: ClassVar[int] = 8
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 15
    naming: ClassVar[tuple[str, ...]] = ("duplicate",)
    duplicate: int
    same_child: bool
    reasons: str


@kind
class ImportTaken(Body, frozen=True):
    """A return of another system was taken into this file; `carried` are the events that such a return can tell.

    It tells of the year from `since` to `reference`; what came of older referrals and plans before, it does not say.
    """

    kind: ClassVar[str] = "import.taken"
    number: ClassVar[int] = 9
    rank: ClassVar[int] = 1
    source: str
    authority: str
    reference: date
    carried: tuple[str, ...]
    team: int
    child_number: str = ""
    findings: tuple[str, ...] = ()
    since: date | None = None
