"""Frameworks are data, and the way from a baseline is told for one person and one headline at a time."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.outcomes import (
    Moved,
    Travelled,
    Where,
    framework,
    frameworks,
    load_frameworks,
)
from rightplace.domain.practice.outcomes import travelled as way
from rightplace.domain.practice.packfiles import PackRefused

TEN = framework("supporting-families")
HOW = framework("how-are-things")
assert TEN is not None
assert HOW is not None


def test_supporting_families_has_ten_headlines_and_was_national_until_march_2025():
    assert len(TEN.headlines) == 10
    assert TEN.used_nationally(date(2025, 3, 31))
    assert not TEN.used_nationally(date(2025, 4, 1))


def test_another_framework_has_its_own_headlines_and_scale():
    assert set(frameworks()) == {"supporting-families", "how-are-things"}
    assert [point.value for point in HOW.points] == [str(n) for n in range(11)]


def test_the_way_is_told_from_the_baseline():
    measured = [
        Where("Ida", "money", "need", 1),
        Where("Ida", "money", "better", 90),
        Where("Maya", "money", "kept", 1),
        Where("Maya", "money", "started", 90),
        Where("Ida", "education", "need", 1),
    ]
    told = {(line.person, line.headline): line.moved for line in way(TEN, measured)}
    assert told == {
        ("Ida", "education"): Moved.FIRST,
        ("Ida", "money"): Moved.FORWARD,
        ("Maya", "money"): Moved.BACK,
    }


@pytest.mark.parametrize("values", [("", "better"), ("need", ""), ("", "")])
def test_what_was_not_known_is_never_a_step_forward_or_back(values):
    (line,) = way(TEN, [Where("Ida", "money", value, day) for day, value in enumerate(values)])
    assert line.moved is Moved.NOT_KNOWN


def test_a_headline_of_another_framework_is_left_out():
    assert way(TEN, [Where("Ida", "at-home", "3", 1)]) == []


def test_there_is_nowhere_to_keep_a_sum():
    """Promise 5: no score of a child."""
    assert [field.name for field in fields(Travelled)] == ["person", "headline", "places", "moved"]


MEASURED = st.lists(
    st.builds(
        Where,
        person=st.sampled_from(["Ida", "Maya", "Jonas"]),
        headline=st.sampled_from([h.id for h in HOW.headlines]),
        value=st.sampled_from(["", *(p.value for p in HOW.points)]),
        day=st.integers(1, 200),
    ),
    max_size=20,
    unique_by=lambda one: (one.person, one.headline, one.day),
)


@given(MEASURED)
@settings(max_examples=60)
def test_no_persons_way_hangs_on_anybody_elses(measured):
    alone = {
        (line.person, line.headline): line
        for person in ("Ida", "Maya", "Jonas")
        for line in way(HOW, [one for one in measured if one.person == person])
    }
    assert {(line.person, line.headline): line for line in way(HOW, measured)} == alone


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (('code = "10"', 'code = "9"'), "twice"),
        (("from = 2020-01-01", "from = 2020-01-01\nto = 2019-01-01"), "ends before"),
        (('source = "Sample', 'sauce = "Sample'), "source is missing"),
    ],
)
def test_a_pack_that_is_wrong_is_refused_whole(tmp_path: Path, change, because):
    packs = Path(__file__).parent.parent / "packs"
    text = (packs / "how-are-things.toml").read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "wrong.toml").write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(PackRefused, match=because):
        load_frameworks(tmp_path)


def test_a_second_measuring_on_the_baselines_own_day_is_a_second_point():
    """The baseline is the first for ever: a review in the afternoon never takes the morning's place."""
    (line,) = way(
        TEN,
        [Where("Ida", "money", "need", 1, measuring=11), Where("Ida", "money", "better", 1, measuring=12)],
    )
    assert [day for day, _ in line.places] == [1, 1]
    assert (line.first, line.last) == (TEN.place("need"), TEN.place("better"))
    assert line.moved is Moved.FORWARD


def test_of_two_answers_in_one_measuring_the_later_told_counts():
    (line,) = way(
        TEN,
        [Where("Ida", "money", "need", 1, measuring=11), Where("Ida", "money", "started", 1, measuring=11)],
    )
    assert [place for _, place in line.places] == [TEN.place("started")]
