"""Kinds of signal and first conversations: complete, refused whole when wrong, and never a number about a child."""

from dataclasses import fields
from pathlib import Path

import pytest

from rightplace.domain.practice.need import sample_pack
from rightplace.domain.practice.need.noticing import PACKS, Conversation, SignalKind, load, noticing
from rightplace.domain.practice.packfiles import PackRefused

KINDS, TALKS = PACKS / "signals.toml", PACKS / "conversations.toml"


def test_every_kind_says_what_it_can_show_and_how_a_conversation_begins():
    pack = noticing()
    assert pack.sample
    assert {
        "school.attendance",
        "school.exclusion",
        "police.notice",
        "health.visitor-concern",
        "housing.arrears",
    } <= {each.code for each in pack.kinds}
    for kind in pack.kinds:
        assert pack.shown_by([kind.code])
        assert pack.suggested([kind.code])


def test_indicators_come_in_the_order_of_the_pack_however_the_signals_came():
    one = noticing().shown_by(["housing.arrears", "school.attendance", "housing.arrears"])
    other = noticing().shown_by(["school.attendance", "housing.arrears"])
    assert one == other
    ids = [each.id for each in sample_pack().indicators]
    shown = [each.id for each, _ in one]
    assert shown == sorted(shown, key=ids.index)


def test_what_must_be_said_safely_comes_first():
    first, *_ = noticing().suggested(["school.attendance", "police.notice"])
    assert first.id == "police"
    assert "danger" in first.not_so


def test_the_only_number_is_how_long_a_signal_is_kept():
    numbers = [
        each.name
        for one in (SignalKind, Conversation)
        for each in fields(one)
        if each.type in ("int", "float")
    ]
    assert numbers == ["keep_days"]


@pytest.mark.parametrize(
    ("was", "becomes", "because"),
    [
        ('"child.learning.slipping"', '"child.no.such"', "no indicator"),
        ("keep_days = 120", "keep_days = 4000", "keep_days"),
        ('code = "school.exclusion"', 'code = "school.attendance"', "twice"),
        ("household = true", "weight = 3", "unknown field"),
    ],
)
def test_a_wrong_pack_is_refused_whole(tmp_path: Path, was: str, becomes: str, because: str):
    wrong = tmp_path / "signals.toml"
    said = KINDS.read_text(encoding="utf-8")
    assert was in said
    wrong.write_text(said.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(PackRefused, match=because):
        load(wrong, TALKS, sample_pack())


def test_a_kind_without_a_conversation_is_refused(tmp_path: Path):
    wrong = tmp_path / "conversations.toml"
    wrong.write_text(
        TALKS.read_text(encoding="utf-8").replace('"health.checks-missed"]', "]"), encoding="utf-8"
    )
    with pytest.raises(PackRefused, match=r"health\.checks-missed"):
        load(KINDS, wrong, sample_pack())
