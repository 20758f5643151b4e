"""The local table is data: marked as a sample, replaceable, refused whole where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from rightplace.domain.allocation import children_sharing, read_table, sample
from rightplace.domain.allocation.model import Place, Question
from rightplace.domain.allocation.suggesting import suggest
from rightplace.domain.allocation.table import SAMPLE_FILE
from rightplace.domain.allocation.tests.inventing import DAY, family, somebody
from rightplace.domain.practice.packfiles import PackRefused
from rightplace.domain.practice.workload import TABLE
from rightplace.domain.practice.workload.hours import Child, child_hours, family_hours


def test_the_sample_says_that_it_is_one() -> None:
    assert not sample().checked
    assert "Sample, not policy" in sample().source


@pytest.mark.parametrize(
    ("was", "becomes", "because"),
    [
        ("continuity     = 360", "continuity = -1", "must not be negative"),
        ("minutes_an_hour = 10", "minutes_an_hour = -5", "must not be negative"),
        ("newly_qualified_percent   = 90", "newly_qualified_percent = 0", "between 1 and 100"),
        ("travel_a_km    = 6", "travel_a_mile = 6", "travel_a_km is missing"),
        ("ahead_days = 90", "ahead_days = 90\nluck = 3", "unknown field luck"),
    ],
)
def test_a_wrong_table_is_refused_with_the_reason(
    tmp_path: Path, was: str, becomes: str, because: str
) -> None:
    file = tmp_path / "local.toml"
    text = SAMPLE_FILE.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes), encoding="utf-8")
    with pytest.raises(PackRefused, match=because):
        read_table(file)


def test_another_council_weighs_otherwise_and_gets_another_answer(tmp_path: Path) -> None:
    file = tmp_path / "local.toml"
    text = SAMPLE_FILE.read_text(encoding="utf-8")
    file.write_text(text.replace("continuity     = 360", "continuity = 1"), encoding="utf-8")
    groups = (family(place=Place(0, 0), present=1),)
    workers = (somebody(1, place=Place(9_000, 0)), somebody(2, place=Place(0, 0)))
    assert suggest(Question(DAY, groups, workers)).each[0].worker == 1
    assert suggest(Question(DAY, groups, workers, read_table(file))).each[0].worker == 2


def test_children_share_a_familys_hours_as_the_workload_table_counts_them() -> None:
    parts = [(1, "child_in_need"), (2, "child_protection"), (3, "child_in_need")]
    weights = TABLE[0]
    children = children_sharing(
        [(key, part, child_hours(weights, Child(key, part))) for key, part in parts], weights.each_more_child
    )
    assert sum(child.minutes for child in children) == 60 * family_hours(weights, [part for _, part in parts])
    assert children[0].key == 2


def test_a_question_that_no_answer_could_be_checked_against_is_refused() -> None:
    with pytest.raises(ValueError, match="workers have the same key"):
        Question(DAY, (), (somebody(1), somebody(1)))
    with pytest.raises(ValueError, match="negative"):
        Question(DAY, (), (somebody(1, load=-1),))
