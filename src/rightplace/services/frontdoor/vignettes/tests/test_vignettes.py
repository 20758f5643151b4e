"""Sixty cases: complete, of a readable length, of many kinds, and about nobody real."""

import re
from typing import Any

import pytest

from rightplace.services.frontdoor.vignettes.vignettes import (
    Vignette,
    VignetteWrong,
    vignette,
    vignette_of,
    vignettes,
)

# First names or surnames by which cases of public reviews are known.
WELL_KNOWN = (
    "Climbi|Connelly|Pelka|Ishaq|Labinjo|Hobson|Sharif|Colwell|Beckford|Mwangi|Boden|Titford|Hamzah|Rudakubana|Keanu"
    "|Khyra|Victoria|Daniel|Arthur|Star|Sara|Logan|Finley|Baby P|Alfie Steele|Jasmine|Tyra|Ayeeshia|Evha|Poppi|Axel"
)
THEMES_ASKED_FOR = (
    "neglect", "domestic abuse", "criminal exploitation", "child sexual exploitation", "self-harm", "young carer",
    "disability", "parental mental health", "housing", "unborn", "religion and culture", "female genital mutilation",
    "forced marriage", "online harm", "harmful sexual behaviour, siblings", "allegation against staff",
    "private fostering", "missing", "malicious, perhaps", "drift", "poverty, not neglect", "radicalisation",
    "fabricated or induced illness", "elective home education", "contradictory accounts", "missing information",
)  # fmt: skip


def everything(case: Vignette) -> str:
    """All that is written in a case."""
    checks = [part for check in case.checks for part in (check.who, check.said)]
    return " ".join(
        (
            case.title,
            case.tells,
            *case.children,
            case.told,
            *checks,
            *case.not_known,
            *case.discuss,
            case.teaches,
        )
    )


def raw(**changes: Any) -> dict[str, Any]:
    """A case that can be used, but for what is changed."""
    row: dict[str, Any] = {
        "id": "case-99",
        "title": "A title",
        "theme": "neglect",
        "tells": "A school",
        "children": ["Nell, 4"],
        "told": "word " * 100,
        "checks": [{"who": "Police", "said": "Nothing held."}],
        "not_known": ["Who lives there."],
        "discuss": ["What first?"],
        "teaches": "To ask.",
    }
    return row | changes


def test_there_are_sixty_and_each_is_its_own() -> None:
    assert [case.id for case in vignettes()] == [f"case-{number:02d}" for number in range(1, 61)]
    assert len({case.title for case in vignettes()}) == 60
    assert len({case.told for case in vignettes()}) == 60
    assert len({case.teaches for case in vignettes()}) == 60


@pytest.mark.parametrize("case", vignettes(), ids=lambda case: case.id)
def test_a_case_can_be_read_in_a_minute_and_leaves_something_open(case: Vignette) -> None:
    assert 90 <= case.words <= 180
    assert len(case.checks) >= 2
    assert len(case.not_known) >= 2
    assert len(case.discuss) >= 2
    assert all(point.endswith(("?", ".")) for point in case.discuss)


def test_nobody_is_named_after_a_child_of_a_public_review() -> None:
    found = {case.id: re.findall(rf"\b(?:{WELL_KNOWN})\b", everything(case)) for case in vignettes()}
    assert {name: words for name, words in found.items() if words} == {}


def test_a_title_names_nobody_and_gives_nothing_away() -> None:
    for case in vignettes():
        names = {word for child in case.children for word in re.findall(r"\b[A-Z][a-z]{2,}\b", child)}
        assert not names - {"Unborn", "Four", "Two"} & set(re.findall(r"\w+", case.title))
        assert case.theme.split(",")[0] not in case.id


@pytest.mark.parametrize("theme", THEMES_ASKED_FOR)
def test_the_hard_themes_are_there(theme: str) -> None:
    assert theme in {case.theme for case in vignettes()}


def test_neighbouring_cases_are_of_different_themes() -> None:
    same = [
        (one.id, two.id)
        for one, two in zip(vignettes(), vignettes()[1:], strict=False)
        if one.theme == two.theme
    ]
    assert same == []


def test_a_case_is_found_by_its_id() -> None:
    assert vignette("case-07") is vignettes()[6]
    assert vignette("case-61") is None


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (raw(answer="assessment"), "too much"),
        ({key: value for key, value in raw().items() if key != "teaches"}, "lacks"),
        (raw(not_known=[]), "not_known is empty"),
        (raw(told="Too short."), "words"),
        (raw(told="word " * 300), "words"),
    ],
)
def test_a_case_with_a_fault_is_refused_by_name(row: dict[str, Any], why: str) -> None:
    with pytest.raises(VignetteWrong, match=why) as refused:
        vignette_of(row)
    assert "case-99" in str(refused.value)
    assert vignette_of(raw()).id == "case-99"
