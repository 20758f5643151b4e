"""A word of its own in every text of an entry of every kind, in files that partners may know nothing of.

The entries are the stored examples of `tests/golden`: every kind that there is, with each of its texts filled in, so a
kind that is added tomorrow is planted tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
from django.db import DataError, IntegrityError, transaction

from rightplace.domain.practice.entries import KINDS, Body, Draft, Label, read_body
from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.domain.practice.entries.schooling import SchoolRecorded
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access import reach
from rightplace.foundation.access.actor import ONLINE_FORM
from rightplace.foundation.journal import writing
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.actions import located
from rightplace.services.frontdoor.intake import ChildTold, Told, raise_concern
from rightplace.services.frontdoor.projections import Contact
from rightplace.testing.organisation import SmallCity, postcode_in
from tests.scene import LABELLED, Known

GOLDEN = Path(__file__).parent / "golden"
WORD = re.compile(r"zq\d{4}vx")
NOT_PLANTED = {"school.asked", "school.answered"}
"""Their own file is no child's: a school reads what it asked and was answered."""

CODES = {"legal", "sex", "source"}
"""Texts that are codes of the returns, of one to four characters."""


@dataclass
class Secrets:
    """The children of whom partners may know nothing, and in which kind of entry each word was planted."""

    children: list[Known] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    entries: int = 0
    refused: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    def word(self, where: str) -> str:
        """A word that stands nowhere else."""
        made = f"zq{len(self.words):04}vx"
        self.words[made] = where
        return made


def with_text(kind: type[Body]) -> dict[str, Any]:
    """The stored example of a kind."""
    path = GOLDEN / f"{kind.kind}.v{kind.version}.json"
    found: dict[str, Any] = msgspec.json.decode(path.read_bytes())
    return found | ({"legal": "C2"} if "legal" in found else {})


def texts(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where words stand in an example; a code is none."""
    if isinstance(value, str):
        if place[-1] not in CODES:
            yield place
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from texts(each, (*place, name))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from texts(each, (*place, number))


def put(whole: Any, place: tuple[str | int, ...], words: str) -> str:
    """Set one text; gives the one that stood there."""
    *way, last = place
    for step in way:
        whole = whole[step]
    before: str = whole[last]
    whole[last] = words
    return before


def body_with_words(kind: type[Body], secrets: Secrets, where: str) -> Body | None:
    """The example with a planted word in each text that takes any words; None where a kind has no such text."""
    said, planted = with_text(kind), 0
    for place in list(texts(said)):
        word = f"zq{len(secrets.words):04}vx"
        before = put(said, place, word)
        if _taken(kind, said) is None:
            put(said, place, before)
        else:
            secrets.word(f"{kind.kind}, {where}")
            planted += 1
    return _taken(kind, said) if planted else None


def _taken(kind: type[Body], said: dict[str, Any]) -> Body | None:
    try:
        return read_body(kind.number, kind.version, msgspec.json.encode(said))
    except (msgspec.ValidationError, ValueError):
        return None


def plant(city: SmallCity) -> Secrets:
    """A sealed, a restricted and a labelled child, told of by nobody's agency, each with an entry of every kind.

    Whether a decision may be taken is not judged here: what stands in a file is what must not be found.
    """
    with mock.patch.object(writing, "refusal", lambda *about: None):
        return _plant(city)


def _plant(city: SmallCity) -> Secrets:
    secrets = Secrets()
    for where in ("sealed", "restricted", "labelled"):
        known = _told_of(city, secrets, where)
        for number, kind in enumerate(KINDS.values()):
            label = LABELLED[number % len(LABELLED)] if where == "labelled" else None
            if kind.kind not in NOT_PLANTED:
                _sign(city, secrets, known, kind, where, label)
        secrets.children.append(known)
    head = city.head_of_service
    for known, level in zip(secrets.children, (2, 1), strict=False):
        for file in (known.file, known.concern):
            reach.restrict(
                file=file, kind=level, reason="Invented.", may_open=[head.worker.pk], by=head.actor
            )
    return secrets


def _told_of(city: SmallCity, secrets: Secrets, where: str) -> Known:
    contact = ContactReceived(
        team=0, source="1D", channel="online", saw=secrets.word(f"what was seen, {where}")
    )
    said = IdentityRecorded(
        given=secrets.word(f"given name, {where}"), family=secrets.word(f"family name, {where}"),
        born=date(2014, 5, 6), sex="M",
    )  # fmt: skip
    child = ChildTold(
        identity=said, address=located(f"9 {secrets.word(f'street, {where}')} Row", postcode_in(1, 40))
    )
    receipt = raise_concern(Told(children=[child], contact=contact), by=ONLINE_FORM)
    row = Contact.objects.get(concern=receipt.concern)
    known = Known(where, row.children[0], row.concern, receipt.number)
    _append(city, known.file, SchoolRecorded(school=city.school.team.agency_id))
    return known


def _sign(
    city: SmallCity, secrets: Secrets, known: Known, kind: type[Body], where: str, label: Label | None
) -> None:
    body = body_with_words(kind, secrets, where)
    if body is None:
        return
    try:
        with transaction.atomic():
            _append(city, known.file, body, -1 if label is None else int(label))
    except (Refused, DataError, IntegrityError, LookupError) as why:
        secrets.refused.append(f"{kind.kind}, {where}: {type(why).__name__} {why}"[:160])
        return
    secrets.entries += 1
    secrets.kinds.add(kind.kind)


def _append(city: SmallCity, file: int, body: Body, label: int = -1) -> None:
    at = from_datetime(clock.now())
    draft = Draft(file=file, body=body, day=day_of(at), at=at, label=label)
    write([draft], by=city.assessment_manager.actor, may="note.write")
