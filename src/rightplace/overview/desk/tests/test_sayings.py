"""Every kind of entry has a line that a person can read."""

import types
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from rightplace.domain.practice.entries import KINDS, Body, Entry
from rightplace.domain.practice.entries.base import kind_named
from rightplace.domain.practice.entries.contact import TeamLoad
from rightplace.domain.practice.entries.identity import Identifier
from rightplace.overview.desk.correcting import correctable
from rightplace.overview.desk.naming import Names
from rightplace.overview.desk.sayings import heading_of, saying_of
from rightplace.overview.desk.sayings.kinds import CODED, HEADINGS, LEFT_OUT

NAMES = Names({7: "Joan Achterberg"}, {7: "South"}, {7: "Lark Hill Primary"})
DAY = date(2026, 3, 3)


def filled(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return filled(next(each for each in get_args(hint) if each is not type(None)))
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        return (filled(inner[0]),) if inner[-1] is Ellipsis else tuple(filled(each) for each in inner)
    if get_origin(hint) is dict:
        return {"what": "words"}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and hint not in (Identifier, TeamLoad):
        hints = get_type_hints(hint)
        return hint(**{name: filled(hints[name]) for name in hint.__struct_fields__})
    made = {
        bool: True,
        int: 7,
        str: "words",
        date: DAY,
        Identifier: Identifier("nhs", "1"),
        TeamLoad: TeamLoad(children=1),
    }
    return datetime(2026, 3, 3, 10, tzinfo=UTC) if hint is datetime else made[hint]


def a_full(kind: type[Body]) -> Entry:
    hints = get_type_hints(kind)
    body = kind(**{name: filled(hints[name]) for name in kind.__struct_fields__})
    return Entry(1, 1, 1, kind.number, 1, DAY.toordinal(), None, 1, 7, 30, 7, 0, 0, 0, (), body)


def an_empty(kind: type[Body]) -> Entry:
    hints = get_type_hints(kind)
    needed = {f.name: filled(hints[f.name]) for f in __import__("msgspec").structs.fields(kind) if f.required}
    return Entry(1, 1, 1, kind.number, 1, DAY.toordinal(), None, 1, 7, 30, 7, 0, 0, 0, (), kind(**needed))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.kind)
def test_every_kind_is_said_in_words(kind):
    for entry in (a_full(kind), an_empty(kind)):
        saying = saying_of(entry, NAMES)
        assert saying.heading
        assert not set("{}_") & set(saying.heading), saying.heading


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.kind)
def test_nothing_that_was_filled_is_left_unsaid(kind):
    saying = saying_of(a_full(kind), NAMES)
    said = f"{saying.heading} {saying.whole}"
    hints = get_type_hints(kind)
    texts = [
        n
        for n in kind.__struct_fields__
        if hints[n] is str and (n not in LEFT_OUT or (kind.kind, n) in CODED)
    ]
    if texts and kind.kind not in ("visit.made",):
        assert "words" in said


def test_every_kind_has_a_heading_of_its_own():
    assert set(HEADINGS) == {kind.kind for kind in KINDS.values()}


def test_a_kind_without_a_heading_is_said_from_its_name_and_fields(monkeypatch):
    monkeypatch.delitem(HEADINGS, "coregroup.met")
    entry = a_full(kind_named("coregroup.met"))
    assert saying_of(entry, NAMES).heading == "Coregroup met"
    assert "words" in saying_of(entry, NAMES).whole


def test_a_kind_that_nobody_knows_is_still_named():
    assert heading_of(32_000) == "An entry of a kind that is not known here"


def test_a_code_is_said_as_what_it_means():
    entry = a_full(kind_named("legal.changed"))
    import msgspec

    coded = msgspec.structs.replace(entry, body=msgspec.structs.replace(entry.body, legal="C2"))
    assert saying_of(coded, NAMES).heading == "Legal status changed: Full care order"


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.kind)
def test_every_kind_can_be_corrected_in_a_form(kind):
    assert not set(correctable(kind)) & LEFT_OUT
