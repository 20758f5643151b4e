"""One entry as a heading and a text, with its fields in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

import msgspec

from rightplace.common.web import words
from rightplace.domain.practice.entries import KINDS, Body, Entry
from rightplace.domain.practice.entries.assessment import VisitMade
from rightplace.domain.practice.entries.contact import TeamLoad
from rightplace.domain.practice.entries.familysupport import Part
from rightplace.domain.practice.entries.identity import IdentityRecorded, RelationshipRecorded
from rightplace.domain.practice.need.indicators import sample_pack
from rightplace.domain.practice.vocabulary import code_lists, label
from rightplace.foundation.journal.folding import rules
from rightplace.overview.desk.naming import AGENCY_FIELDS, TEAM_FIELDS, WORKER_FIELDS, Names
from rightplace.overview.desk.sayings.kinds import CODED, HEADINGS, LABELS, LEFT_OUT, MAIN


@dataclass(frozen=True, slots=True)
class Saying:
    """What an entry says: a heading, what somebody wrote, and the other fields as label and words."""

    heading: str
    text: str
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> str:
        """The text with the facts after it, for a timeline."""
        facts = [f"{name}: {said}" for name, said in self.facts]
        return " · ".join([self.text, *facts] if self.text else facts)


def saying_of(entry: Entry, names: Names) -> Saying:
    """Say an entry. Fields that nobody filled are left out; nothing that was filled is."""
    body = entry.body
    said = fields_said(entry, names)
    main = [said.pop(name) for name in MAIN if said.get(name)]
    heading = _OWN.get(type(body), _heading)(body, {**_plain(entry, names), **said})
    used = _named_in(body.kind)
    facts = tuple((field_words(name), text) for name, text in said.items() if name not in used)
    return Saying(
        heading, " ".join(main), facts if body.kind in HEADINGS else facts or ((body.kind, "recorded"),)
    )


def fields_said(entry: Entry, names: Names) -> dict[str, str]:
    """Each field of an entry in words, those that say nothing left out."""
    body = entry.body
    kept: dict[str, str] = {}
    for name, default in _fields(type(body)):
        value = getattr(body, name)
        if value == default or (value in ("", None, (), 0, {}) and not isinstance(value, bool)):
            continue
        kept[name] = said_value(body.kind, name, value, names, entry.day)
    return kept


@cache
def _fields(kind: type[Body]) -> tuple[tuple[str, Any], ...]:
    """The fields of a kind that are said, each with what it is when nobody says anything."""
    found = msgspec.structs.fields(kind)
    return tuple((f.name, f.default) for f in found if f.name not in LEFT_OUT or (kind.kind, f.name) in CODED)


def said_value(kind: str, name: str, value: Any, names: Names, day: int) -> str:
    """One value in words."""
    codes = CODED.get((kind, name))
    if codes is not None:
        coded = value if isinstance(value, tuple) else (value,)
        return ", ".join(_code(codes, each, day) for each in coded)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return _number(name, value, names)
    if isinstance(value, datetime):
        return words.when(value)
    if isinstance(value, date):
        return words.plain_day(value)
    if name == "indicators":
        pack = sample_pack()
        return "; ".join(found.text if (found := pack.find(each)) else each for each in value)
    if name == "rule":
        return rules().titles().get(str(value), str(value))
    return _plain_value(value)


def _number(name: str, value: int, names: Names) -> str:
    for fields, say in (
        (WORKER_FIELDS, names.worker), (TEAM_FIELDS, names.team), (AGENCY_FIELDS, names.agency),
    ):  # fmt: skip
        if name in fields:
            return say(value)
    return f"{value:,}"


def _code(codes: str, value: str, day: int) -> str:
    if codes not in code_lists() or not value:
        return value
    return label(codes, value, day)


def _plain_value(value: Any) -> str:
    if isinstance(value, TeamLoad):
        return (
            f"{value.children} children, {value.unallocated} without a worker, {value.late} things late, "
            f"{value.workers} workers"
        )
    if isinstance(value, Mapping):
        return "; ".join(f"{words_of(key)}: {each}" for key, each in value.items())
    if isinstance(value, Part):
        return value.in_words
    if isinstance(value, msgspec.Struct):
        # numbers in such a group are those of other rows
        said = (v for v in msgspec.structs.astuple(value) if v and not isinstance(v, int))
        return ", ".join(words.plain_day(v) if isinstance(v, date) else str(v) for v in said)
    if isinstance(value, tuple | list):
        return "; ".join(_plain_value(each) for each in value)
    return str(value)


def field_words(name: str) -> str:
    """What a field is called on a page."""
    return LABELS.get(name, words_of(name))


def words_of(name: str) -> str:
    plain = name.replace("_", " ").replace(".", " ")
    return plain[:1].upper() + plain[1:]


class _Said(dict[str, str]):
    """What a heading asks for: as said; what is left unsaid because it is the usual, from the body itself."""

    def __init__(self, said: Mapping[str, str], body: Body) -> None:
        super().__init__(said)
        self.body = body

    def __missing__(self, key: str) -> str:
        value = getattr(self.body, key, "")
        return str(value) if value else "not said"


def _plain(entry: Entry, names: Names) -> dict[str, str]:
    return {"by_team": names.team(entry.team), "by_worker": names.worker(entry.author)}


@cache
def _named_in(kind: str) -> set[str]:
    pattern = HEADINGS.get(kind, "")
    return {part.split("}")[0] for part in pattern.split("{")[1:]} | _SAID_IN_HEADING.get(kind, set())


def heading_of(kind: int) -> str:
    """What a kind is called when nothing of it may be read."""
    name = KINDS[kind].kind if kind in KINDS else ""
    return words_of(name) if name else "An entry of a kind that is not known here"


def _heading(body: Body, said: Mapping[str, str]) -> str:
    pattern = HEADINGS.get(body.kind)
    return pattern.format_map(_Said(said, body)) if pattern else words_of(body.kind)


def _visit(body: Body, said: Mapping[str, str]) -> str:
    assert isinstance(body, VisitMade)
    if not body.seen:
        return "Visit; the child was not seen"
    alone = {True: ", alone", False: ", not alone", None: "; whether alone was not said"}[body.alone]
    return f"Visit: the child was seen{alone}"


def _identity(body: Body, said: Mapping[str, str]) -> str:
    assert isinstance(body, IdentityRecorded)
    if body.provisional and body.described:
        return f"Somebody not yet identified: {body.described}"
    return "Who the child is"


def _relationship(body: Body, said: Mapping[str, str]) -> str:
    assert isinstance(body, RelationshipRecorded)
    relation = words_of(body.relation) or "Somebody"
    if body.name:
        return f"{relation}: {body.name}"
    return f"{relation}, who has a file" if body.other_file else f"{relation}; the name was not said"


_SAID_IN_HEADING: Final = {"visit.made": {"seen", "alone"}, "identity.recorded": {"described", "provisional"}}
_OWN: Final[Mapping[type[Body], Callable[[Body, Mapping[str, str]], str]]] = {
    VisitMade: _visit,
    IdentityRecorded: _identity,
    RelationshipRecorded: _relationship,
}
