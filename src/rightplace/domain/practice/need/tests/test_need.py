"""Indicators say under which level they are listed, never a score, and people decide."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.need import IndicatorPack, Level, Side, sample_pack
from rightplace.domain.practice.need.indicators import SAMPLE
from rightplace.domain.practice.packfiles import PackRefused

SHIPPED = sample_pack()
TIRED, AWAY = "child.health.tired-hungry", "child.learning.away"
INJURY, WEAPON = "child.harm.injury", "child.harm.weapon"
choices = st.lists(st.sampled_from([each.id for each in SHIPPED.indicators]), max_size=12)


def test_the_sample_says_that_it_is_one_and_covers_every_level_and_side() -> None:
    assert SHIPPED.sample
    assert "not policy" in SAMPLE.read_text().lower()
    assert 55 <= len(SHIPPED.indicators) <= 70
    for side in Side:
        assert {each.level for each in SHIPPED.on_side(side)} == set(Level)
        assert all(each.id.startswith(f"{side}.") for each in SHIPPED.on_side(side))
    assert 10 <= sum(each.strong for each in SHIPPED.indicators) <= 20


@given(choices)
@settings(max_examples=100)
def test_the_highest_level_is_the_one_listed_highest_and_its_indicators_are_quoted(chosen: list[str]) -> None:
    explained = SHIPPED.suggested_levels(chosen)
    numbers = [SHIPPED.find(name).level.number for name in chosen]
    assert (explained.highest.number if explained.highest else 0) == max(numbers, default=0)
    for name in set(chosen):
        indicator = SHIPPED.find(name)
        quoted = any(f"“{indicator.text}”" in sentence for sentence in explained.sentences)
        assert quoted == (indicator.level is explained.highest)


@given(choices, choices)
@settings(max_examples=100)
def test_indicators_of_lower_levels_never_add_up_to_a_higher_one(chosen: list[str], more: list[str]) -> None:
    highest = SHIPPED.suggested_levels(chosen).highest
    if highest:
        lower = [name for name in more if SHIPPED.find(name).level.number <= highest.number]
        assert SHIPPED.suggested_levels(chosen + lower).highest is highest


def test_the_explanation_is_plain_sentences() -> None:
    injury = "“An injury that nobody can explain, or explained differently by different people”"
    assert SHIPPED.suggested_levels([TIRED, INJURY, AWAY, TIRED]).sentences == (
        f"{injury} is listed under complex/significant (level 4).",
        "1 more is listed under additional (level 3).",
        "1 more is listed under universal plus (level 2).",
        f"On its own, {injury} means significant harm.",
        "The list only says where things are listed. A person decides the level and gives the reasons.",
        "This is a sample list, not policy.",
    )


def test_without_indicators_the_list_says_nothing() -> None:
    explained = SHIPPED.suggested_levels([])
    assert explained.highest is None
    assert explained.sentences[0] == "No indicator was chosen, so the list says nothing about a level."
    assert not any(SHIPPED.differs(level, []) for level in Level)


def test_an_indicator_of_another_pack_is_named_and_not_guessed_at() -> None:
    explained = SHIPPED.suggested_levels(["local.something", TIRED])
    assert explained.not_in_pack == ("local.something",)
    assert explained.highest is Level.UNIVERSAL_PLUS
    assert "Not in this list: local.something." in explained.sentences
    assert not SHIPPED.differs("complex/significant", ["local.something"])


@pytest.mark.parametrize(
    ("level", "chosen", "expected"),
    [
        ("complex/significant", [INJURY], False),
        ("additional", [INJURY], True),
        ("additional", [WEAPON, TIRED], True),
        ("additional", [AWAY, TIRED], False),
        ("complex/significant", [TIRED], True),
        ("universal", [TIRED], True),
    ],
)
def test_a_decision_differs_when_the_highest_indicators_are_listed_elsewhere(
    level: str, chosen: list[str], expected: bool
) -> None:
    assert SHIPPED.differs(level, chosen) is expected
    assert bool(SHIPPED.difference(level, chosen)) is expected


def test_a_difference_is_told_with_the_indicators_it_is_about() -> None:
    assert SHIPPED.difference("universal plus", [AWAY, TIRED]) == (
        "Decided as universal plus (level 2), below the highest level of the chosen indicators, additional "
        "(level 3): “Misses half of school or more, or has been excluded again and again”."
    )
    assert "above the highest level" in SHIPPED.difference("complex/significant", [TIRED])


def test_levels_have_an_order_a_title_and_a_meaning() -> None:
    assert [level.number for level in Level] == [1, 2, 3, 4]
    assert [Level.numbered(number) for number in (1, 2, 3, 4)] == list(Level)
    assert [level.heading for level in Level] == [
        "Universal",
        "Universal plus",
        "Additional",
        "Complex/significant",
    ]
    assert len({level.meaning for level in Level}) == 4


GOOD = """
id = "city"
title = "Our city"
sample = false
from = 2024-04-01
source = "Threshold document of an invented city"
side = [
  { id = "child", indicators = [{ id = "child.tired", level = 2, text = "Comes tired" }] },
  { id = "parenting", indicators = [{ id = "parenting.hits", level = 4, strong = true, text = "Hits" }] },
  { id = "family", indicators = [{ id = "family.home", level = 1, text = "Has a home" }] },
]
"""


def test_a_council_s_pack_replaces_the_sample_and_does_not_call_itself_one(tmp_path: Path) -> None:
    (tmp_path / "city.toml").write_text(GOOD)
    city = IndicatorPack.load(tmp_path / "city.toml")
    assert city.version.startswith("city/") and city.version != SHIPPED.version
    assert not any("sample" in sentence for sentence in city.suggested_levels(["child.tired"]).sentences)


@pytest.mark.parametrize(
    ("good", "bad", "because"),
    [
        ("level = 2", "level = 5", "side child indicators child.tired: level must be 1, 2, 3 or 4"),
        ("level = 2", "level = true", "child.tired: level must be a whole number"),
        ("level = 2", "", "not well-formed TOML"),
        (
            "level = 4, strong",
            "level = 3, strong",
            "parenting.hits: a strong indicator means significant harm",
        ),
        ('"child.tired"', '"Child tired"', "id must be words in small letters with dots"),
        ('"child.tired"', '"child..tired"', "id must be words in small letters with dots"),
        ('"Comes tired"', '" "', "child.tired: text must be text that is not empty"),
        ('"Comes tired"', f'"{"x" * 101}"', "text is longer than 100 characters"),
        ('text = "Comes tired"', 'text = "Comes tired", weight = 3', "child.tired: unknown field weight"),
        ('"parenting.hits"', '"child.tired"', "side parenting: indicator child.tired is listed twice"),
        ('id = "family",', 'id = "house",', "side house: id must be one of child, parenting, family"),
        ('id = "family",', 'id = "child",', "it has no indicators on the side “Family and environment”"),
        ("from = 2024-04-01", "from = 2024", "from must be a date"),
        ("sample = false", "", "sample is missing"),
        ("sample = false", 'sample = "no"', "sample must be true or false"),
        ("sample = false", "sample = false\nscore = 1", "unknown field score"),
    ],
)
def test_a_bad_pack_is_refused_with_file_entry_and_reason(
    tmp_path: Path, good: str, bad: str, because: str
) -> None:
    file = tmp_path / "city.toml"
    file.write_text(GOOD.replace(good, bad, 1))
    with pytest.raises(PackRefused) as refused:
        IndicatorPack.load(file)
    assert because in str(refused.value)
    assert str(refused.value).startswith("city.toml")


def test_a_pack_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackRefused, match="cannot be opened"):
        IndicatorPack.load(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b'id = "\xff"')
    with pytest.raises(PackRefused, match="byte 6: it is not UTF-8"):
        IndicatorPack.load(tmp_path / "bytes.toml")
