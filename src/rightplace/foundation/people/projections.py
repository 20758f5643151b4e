"""Who a person is, as the files say last: worked out from identity, address and relationship entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models

from rightplace.domain.practice.entries.identity import (
    AddressRecorded,
    IdentityRecorded,
    PossibleDuplicateFound,
    PossibleDuplicateSettled,
    ProtectedAddressRecorded,
    RelationshipEnded,
    RelationshipRecorded,
)
from rightplace.domain.practice.entries.keeping import DoubtSettled, EntryCorrected, EntryWithdrawn
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.workdays import start_of_day, to_datetime
from rightplace.foundation.journal.projecting import Folded, Projected, Row
from rightplace.foundation.journal.projections import Projection
from rightplace.foundation.people.finding.identity import KnownIdentity
from rightplace.foundation.people.finding.keys import keys


class Person(Projection):
    """One child as known: names, birth, where the child lives. The person is the smallest of its files."""

    person = models.BigIntegerField(primary_key=True)
    given = models.CharField(max_length=120)
    middle = models.CharField(max_length=120)
    family = models.CharField(max_length=120)
    others = ArrayField(models.CharField(max_length=240))
    born = models.DateField(null=True)
    expected = models.DateField(null=True)
    died = models.DateField(null=True)
    age_about = models.SmallIntegerField(null=True)
    age_on = models.DateField(null=True)
    sex = models.CharField(max_length=2)
    ethnicity = models.CharField(max_length=8)
    language = models.CharField(max_length=60)
    postcode = models.CharField(max_length=10)
    address = models.CharField(max_length=200)
    area = models.BigIntegerField()
    upn = models.CharField(max_length=20)
    nhs = models.CharField(max_length=20)
    la_child_id = models.CharField(max_length=40)
    provisional = models.BooleanField()
    described = models.CharField(max_length=200)
    name_not_supplied = models.BooleanField()
    protected = models.BooleanField()

    class Meta:
        db_table = "people_person"

    @property
    def name(self) -> str:
        """The name as people say it, or what stands in its place."""
        said = f"{self.given} {self.family}".strip()
        if said:
            return said
        if self.described:
            return self.described
        return "Name not supplied" if self.name_not_supplied else "Name not known"

    @property
    def initials(self) -> str:
        """For page titles, which stay in a browser's history."""
        return "".join(word[0] for word in (self.given, self.family) if word).upper() or "?"


class PersonKey(Projection):
    """One key under which the search looks; never shown."""

    id = models.BigAutoField(primary_key=True)
    person = models.BigIntegerField()
    key = models.CharField(max_length=40, db_collation="C")

    class Meta:
        db_table = "people_key"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="people_key_place")]
        indexes = [models.Index(fields=["key", "person"], name="people_key_key")]


class Relation(Projection):
    """Somebody in the child's life. `other` is another child's file; an adult without a file has only the entry."""

    id = models.BigAutoField(primary_key=True)
    person = models.BigIntegerField()
    entry = models.BigIntegerField()
    other = models.BigIntegerField(db_index=True)
    relation = models.CharField(max_length=60)
    same_household = models.BooleanField(null=True)
    responsible = models.BooleanField(null=True)
    danger = models.BooleanField()
    label = models.SmallIntegerField()

    class Meta:
        db_table = "people_relation"
        constraints = [models.UniqueConstraint(fields=["person", "entry"], name="people_relation_place")]


class Duplicate(Projection):
    """Two files that may be about one child, and whether somebody has decided."""

    entry = models.BigIntegerField(primary_key=True)
    person = models.BigIntegerField(db_index=True)
    file = models.BigIntegerField()
    other = models.BigIntegerField(db_index=True)
    found = models.DateTimeField()
    concern = models.BigIntegerField()
    settled = models.BooleanField()
    same_child = models.BooleanField()
    label = models.SmallIntegerField()

    class Meta:
        db_table = "people_duplicate"


class Known:
    """What a person's identity entries say together, the last saying winning field by field."""

    __slots__ = ("address", "described_on", "died", "identity", "postcodes", "protected", "relations", "who")

    def __init__(self) -> None:
        self.who = IdentityRecorded()
        self.described_on: int | None = None
        self.address: AddressRecorded | None = None
        self.postcodes: list[str] = []
        self.protected = False
        self.relations: dict[int, tuple[RelationshipRecorded, int]] = {}
        self.identity: dict[str, str] = {}


def known(folded: Folded) -> Known:
    """What the identity entries of a person say together."""
    found = folded.worked_out.get("people")
    if not isinstance(found, Known):
        found = folded.worked_out["people"] = _known(folded)
    return found


IDENTITY = frozenset(
    kind.number
    for kind in (
        IdentityRecorded,
        AddressRecorded,
        ProtectedAddressRecorded,
        RelationshipRecorded,
        RelationshipEnded,
        PossibleDuplicateFound,
        PossibleDuplicateSettled,
        EntryCorrected,
        EntryWithdrawn,
        DoubtSettled,
    )
)


def _known(folded: Folded) -> Known:
    found = Known()
    said: dict[str, object] = {}
    others: list[str] = []
    for entry in in_order(standing([e for e in folded.entries if e.kind in IDENTITY]).entries):
        body = entry.body
        if isinstance(body, IdentityRecorded):
            _take_identity(found, said, others, body, entry.day)
        elif isinstance(body, AddressRecorded):
            if body.use == "home":
                found.address = body
            if body.postcode and body.postcode not in found.postcodes:
                found.postcodes.insert(0, body.postcode)
        elif isinstance(body, ProtectedAddressRecorded):
            found.protected = True
        elif isinstance(body, RelationshipRecorded):
            found.relations[entry.id] = (body, entry.label)
        elif isinstance(body, RelationshipEnded):
            found.relations.pop(body.relationship, None)
    if found.protected:
        found.address, found.postcodes = None, []
    found.who = IdentityRecorded(**said)  # type: ignore[arg-type]
    if others:
        aka = dict.fromkeys([*found.who.also_known_as, *others])
        found.who = IdentityRecorded(**{**said, "also_known_as": tuple(aka)})  # type: ignore[arg-type]
    return found


LAST_SAYING = (
    "given", "middle", "family", "also_known_as", "born", "expected", "age_about", "sex", "ethnicity",
    "disabilities", "language", "described",
)  # fmt: skip


def _take_identity(
    found: Known, said: dict[str, object], others: list[str], body: IdentityRecorded, day: int
) -> None:
    before = f"{said.get('given', '')} {said.get('family', '')}".strip()
    for field in LAST_SAYING:
        value = getattr(body, field)
        if value not in ("", None, ()):
            said[field] = value
    after = f"{said.get('given', '')} {said.get('family', '')}".strip()
    if before and before != after and before not in others:
        others.append(before)
    said["provisional"], said["name_not_supplied"] = body.provisional, body.name_not_supplied
    if body.age_about is not None:
        found.described_on = day
    for identifier in body.identifiers:
        found.identity[identifier.kind] = identifier.number


def person_rows(folded: Folded) -> Iterable[Row]:
    """One row a person."""
    found = known(folded)
    who, address = found.who, found.address
    died = folded.journey.died
    yield (
        folded.person, who.given, who.middle, who.family, list(who.also_known_as), who.born, who.expected,
        date.fromordinal(died) if died is not None else None, who.age_about,
        date.fromordinal(found.described_on) if found.described_on is not None else None,
        who.sex, who.ethnicity, who.language, address.postcode if address else "", address.line if address else "",
        address.area if address else 0, found.identity.get("upn", ""), found.identity.get("nhs", ""),
        found.identity.get("la_child_id", ""), who.provisional, who.described[:200], who.name_not_supplied,
        found.protected,
    )  # fmt: skip


def identity_of(person: int, found: Known) -> KnownIdentity:
    """What the search may see of a person."""
    who = found.who
    return KnownIdentity(
        person=person,
        given=who.given,
        middle=who.middle,
        family=who.family,
        others=who.also_known_as,
        birth=who.born.toordinal() if who.born else None,
        expected_birth=who.expected.toordinal() if who.expected else None,
        age=who.age_about,
        age_at=found.described_on,
        sex=who.sex,
        postcodes=tuple(found.postcodes),
        address=found.address.line if found.address else "",
        upn=found.identity.get("upn", ""),
        nhs=found.identity.get("nhs", ""),
        la_id=found.identity.get("la_child_id", ""),
    )


def key_rows(folded: Folded) -> Iterable[Row]:
    """The keys under which this person can be found."""
    for key in sorted(keys(identity_of(folded.person, known(folded)))):
        yield folded.person, key[:40]


def relation_rows(folded: Folded) -> Iterable[Row]:
    """Who belongs to this person."""
    for entry, (body, label) in known(folded).relations.items():
        yield (
            folded.person, entry, body.other_file, body.relation[:60], body.same_household,
            body.parental_responsibility, body.danger, label,
        )  # fmt: skip


def duplicate_rows(folded: Folded) -> Iterable[Row]:
    """Every likely match that was flagged, with what was decided."""
    settled: dict[int, bool] = {}
    flagged = []
    for entry in standing([e for e in folded.entries if e.kind in IDENTITY]).entries:
        body = entry.body
        if isinstance(body, PossibleDuplicateSettled):
            settled[body.duplicate] = body.same_child
        elif isinstance(body, PossibleDuplicateFound):
            flagged.append((entry, body))
    for entry, body in flagged:
        at = entry.at if entry.at is not None else start_of_day(entry.day)
        yield (
            entry.id, folded.person, entry.file, body.other_file, to_datetime(at), entry.concern, entry.id in settled,
            settled.get(entry.id, False), entry.label,
        )  # fmt: skip


OWN = (
    Projected(
        "people_person",
        (
            "person", "given", "middle", "family", "others", "born", "expected", "died", "age_about", "age_on", "sex",
            "ethnicity", "language", "postcode", "address", "area", "upn", "nhs", "la_child_id", "provisional",
            "described", "name_not_supplied", "protected",
        ),
        ("person",),
        person_rows,
    ),
    Projected("people_key", ("person", "key"), ("person", "key"), key_rows),
    Projected(
        "people_relation",
        ("person", "entry", "other", "relation", "same_household", "responsible", "danger", "label"),
        ("person", "entry"),
        relation_rows,
    ),
    Projected(
        "people_duplicate",
        ("entry", "person", "file", "other", "found", "concern", "settled", "same_child", "label"),
        ("entry",),
        duplicate_rows,
    ),
)  # fmt: skip
