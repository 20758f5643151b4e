"""Stored bytes: canonical, read back as they were said, lifted from old versions, refused when nobody knows them."""

import inspect
from typing import ClassVar

import msgspec
import pytest

from rightplace.domain.practice.entries import KINDS, Body, base, body_bytes, kind_named, read_body
from rightplace.domain.practice.entries.assessment import VisitMade
from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.domain.practice.entries.identity import IdentityRecorded


def test_bytes_are_short_and_in_the_order_of_the_class():
    assert (
        body_bytes(VisitMade(note="Well", alone=True, seen=True))
        == b'{"seen":true,"alone":true,"note":"Well"}'
    )


def test_answers_typed_in_another_order_are_the_same_bytes():
    one, other = ({"b": "1", "a": "2"}, {"a": "2", "b": "1"})
    said = [body_bytes(ContactReceived(team=1, source="1A", channel="form", answers=a)) for a in (one, other)]
    assert said[0] == said[1]


def test_a_version_or_kind_that_nobody_knows_is_refused():
    with pytest.raises(KeyError):
        read_body(VisitMade.number, VisitMade.version + 1, b'{"seen":true}')
    with pytest.raises(KeyError):
        read_body(999, 1, b"{}")


def test_a_field_that_nobody_knows_is_refused():
    with pytest.raises(msgspec.ValidationError):
        read_body(VisitMade.number, 1, b'{"seen":true,"mood":"fine"}')


def test_old_bytes_are_lifted_version_by_version(monkeypatch):
    for name in ("KINDS", "_BY_NAME", "_DECODERS", "_UPCASTS"):
        monkeypatch.setattr(base, name, dict(getattr(base, name)))

    @base.kind
    class Weighed(Body, frozen=True):
        kind: ClassVar[str] = "child.weighed"
        number: ClassVar[int] = 9_001
        version: ClassVar[int] = 3
        grams: int
        by: str = ""

    base.upcast(Weighed, 1)(lambda fields: {"kilos": fields["weight"]})
    base.upcast(Weighed, 2)(lambda fields: {"grams": int(fields["kilos"] * 1000), "by": "a nurse"})
    assert read_body(9_001, 1, b'{"weight":3.5}') == Weighed(grams=3500, by="a nurse")
    assert read_body(9_001, 2, b'{"kilos":4}') == Weighed(grams=4000, by="a nurse")
    assert read_body(9_001, 3, b'{"grams":4100}') == Weighed(grams=4100)


def test_a_number_or_name_is_taken_once():
    with pytest.raises(ValueError, match="already taken"):
        base.kind(VisitMade)


def test_a_kind_is_found_by_its_name_and_says_what_it_is():
    for cls in KINDS.values():
        assert kind_named(cls.kind) is cls
        assert inspect.getdoc(cls), cls.kind
        assert cls.kind.islower()
        assert 0 < cls.number < 2**15
        assert all(field in cls.__struct_fields__ for field in cls.naming), cls.kind


def test_what_an_entry_names_is_read_without_its_body():
    assert kind_named("check.answered")(check=7, known="yes").named() == (7,)
    assert kind_named("entry.erased")(entries=(3, 4), authority="court", second_person=9).named() == (3, 4)
    assert kind_named("team.placed")(team=2).named() == (), "nothing is named by nought"


def test_every_version_below_today_s_can_be_lifted():
    for cls in KINDS.values():
        for version in range(1, cls.version):
            assert (cls.number, version) in base._UPCASTS, f"{cls.kind} {version}"


def test_a_provisional_person_is_not_a_provisional_kind():
    assert IdentityRecorded(provisional=True).provisional
    assert IdentityRecorded.provisional is not True
