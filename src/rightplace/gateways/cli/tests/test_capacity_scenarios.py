"""`rightplace capacity run`, `compare` and `search`: JSON of a fixed shape, a refusal with its line and exit code 2."""

import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from rightplace.domain.simulation.scenarios.promises import BY_CODE
from rightplace.gateways.cli import capacity_scenarios
from rightplace.gateways.cli.main import build_app
from rightplace.gateways.cli.room import DoesNotHold, UsedWrongly
from rightplace.overview.capacity import engine

HAMLET = 'name = "As now"\nbegins = 2026-04-06\ndays = {days}\n[areas]\nHamlet = 3000\n'
LEAVE = '[[change]]\nday = 2026-06-01\nwhat = "leave"\nwhere = "Hamlet"\namount = 2\n'


@pytest.fixture
def files(tmp_path) -> tuple[Path, Path]:
    base, other = tmp_path / "base.toml", tmp_path / "other.toml"
    base.write_text(HAMLET.format(days=182), encoding="utf-8")
    other.write_text(HAMLET.format(days=182).replace("As now", "Two leave") + LEAVE, encoding="utf-8")
    return base, other


def told(*words: object):
    found = CliRunner().invoke(build_app(), ["capacity", *map(str, words)], catch_exceptions=False)
    assert found.exit_code == 0, found.stderr
    return found.stdout


def test_two_scenarios_are_compared_in_json_of_a_fixed_shape(files):
    pytest.importorskip("numba")
    found = json.loads(told("compare", *files, "--futures", 4, "--hangs-on", 0, "--json"))
    assert list(found) == [
        "edition", "title", "replicates", "seed", "begins", "days", "weeks", "first_change", "places", "promises",
        "scenarios", "pairs", "caveats", "hangs_on", "hangs_sentence",
    ]  # fmt: skip
    assert [each["name"] for each in found["scenarios"]] == ["As now", "Two leave"]
    assert list(found["scenarios"][0]) == [
        "name",
        "note",
        "changes",
        "pictures",
        "workload",
        "cost",
        "summary",
    ]
    assert list(found["pairs"][0]) == [
        "base", "other", "differences", "savings", "chance_saved", "summary", "luck", "span", "years",
    ]  # fmt: skip
    assert list(found["pairs"][0]["differences"][0]) == [
        "code", "place", "title", "unit", "before", "after", "mean", "low", "high", "told_apart", "variance_ratio",
        "sentence", "weekly", "chance_before", "chance_after", "before_weekly",
    ]  # fmt: skip
    codes = {each["code"] for each in found["scenarios"][0]["pictures"]}
    assert set(BY_CODE) <= codes
    assert all(each["sentence"] for each in found["scenarios"][0]["pictures"])


def test_one_scenario_is_told_with_small_fans_and_a_sentence_under_each(files):
    pytest.importorskip("numba")
    found = told("run", files[0], "--futures", 3)
    assert found.startswith("3 simulated futures of 182 days from 6 April 2026")
    assert re.search(r"│[ ░█─]+\n.*Assessments finished late", found)
    assert "this hangs most on" in found
    assert "which nobody has measured" in found
    assert "nothing here is about a child who lives" in found


def test_a_text_is_the_same_question_on_the_command_line_and_on_the_page(files):
    pytest.importorskip("numba")
    texts = [file.read_text(encoding="utf-8") for file in files]
    run = SimpleNamespace(question=None, asked={"scenarios": texts}, seed=7)
    ours, theirs = capacity_scenarios._question(list(files), 7, None), engine._question(run)
    assert ours.to_bytes() == theirs.to_bytes()
    assert ours.given.demand.known_before > 0, "its first year is no quiet one"


def test_where_nothing_is_counted_the_command_line_says_so_and_draws_nothing(files):
    pytest.importorskip("numba")
    asked = ("run", files[0], "--futures", 2, "--hangs-on", 0, "--where", "Hamlet front door")
    text = told(*asked)
    assert "\n\nAssessments finished late in Hamlet front door: nothing to count here.\n" in text
    pictures = json.loads(told(*asked, "--json"))["scenarios"][0]["pictures"]
    found = next(p for p in pictures if (p["code"], p["place"]) == ("assessment", "Hamlet front door"))
    assert (found["chance"], found["last_year"]) == (None, None)


def searched_in_json(file: Path) -> dict[str, Any]:
    """A short search after supervision, as a program would read it."""
    few = ("--futures", 8, "--at-most", 6, "--check", 16, "--hangs-on", 0)
    found: dict[str, Any] = json.loads(told("search", file, "--keep", "supervision", *few, "--json"))
    return found


def test_a_search_answers_in_json_with_what_it_did_not_try(tmp_path):
    pytest.importorskip("numba")
    file = tmp_path / "town.toml"
    file.write_text(HAMLET.format(days=560), encoding="utf-8")
    found = searched_in_json(file)
    assert list(found) == [
        "type", "edition", "where", "who", "keep", "possible", "can_keep", "blocked", "before", "posts", "kinds", "kept",
        "futures", "chance", "chance_low", "chance_high", "asked", "checked", "promises", "cost", "tried", "ended_early",
        "sentence", "said", "looked_at", "not_tried", "hangs",
    ]  # fmt: skip
    assert list(found["said"]) == ["blocks", "helps", "check", "worse", "stays", "cost"]
    assert {each["code"] for each in found["promises"]} == set(BY_CODE)
    assert len(found["tried"]) <= 6
    assert any("managers" in each for each in found["not_tried"])


def test_an_impossible_scenario_ends_with_code_2_and_names_line_and_reason(files):
    files[1].write_text(
        files[1].read_text(encoding="utf-8").replace('"Hamlet"\n', '"Hamlett"\n'), encoding="utf-8"
    )
    command = [
        sys.executable,
        "-c",
        "from rightplace.gateways.cli.main import main; main()",
        "capacity",
        "run",
        files[1],
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert (
        "line 9, change 1, where: there is no team, area or kind of team Hamlett; did you mean Hamlet?"
        in ended.stderr
    )


def test_scenarios_that_begin_on_different_days_are_not_compared(files):
    pytest.importorskip("numba")
    files[1].write_text(
        files[1].read_text(encoding="utf-8").replace("2026-04-06", "2026-04-13"), encoding="utf-8"
    )
    with pytest.raises(UsedWrongly, match="must say the same"):
        told("compare", *files)


def test_without_the_extra_the_command_says_what_to_install(monkeypatch, files):
    monkeypatch.setattr(capacity_scenarios, "find_spec", lambda name: name != "numba")
    with pytest.raises(DoesNotHold, match=r"numba: install rightplace\[capacity\]"):
        told("run", files[0])


def test_the_help_names_every_promise():
    assert ", ".join(BY_CODE) == capacity_scenarios.PROMISES


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (LEAVE.replace("Hamlet", "Hamlot"), 9, "did you mean Hamlet?"),
        (LEAVE.replace("amount = 2", "amount = 10"), 10, "filled by then; at most 7"),
        (
            LEAVE.replace("amount = 2", "amount = two"),
            10,
            "amount: it must be a number, as 8 or 1.15, without quotes, not two",
        ),
    ],
)
def test_what_the_second_file_says_is_refused_with_that_file_and_its_line(files, change, line, words):
    pytest.importorskip("numba")
    base, other = files
    text = f"{HAMLET.format(days=182).replace('As now', 'Other')}{change}"
    other.write_text(text, encoding="utf-8")
    with pytest.raises(UsedWrongly) as refused:
        told("compare", base, other, "--futures", 2, "--hangs-on", 0)
    assert str(refused.value).startswith(f"{other}: line {line}, ")
    assert words in str(refused.value)


def test_managers_are_searched_alone_when_asked(tmp_path):
    pytest.importorskip("numba")
    file = tmp_path / "town.toml"
    file.write_text(HAMLET.format(days=560), encoding="utf-8")
    asked = (
        "--keep",
        "supervision",
        "--futures",
        8,
        "--at-most",
        3,
        "--check",
        8,
        "--who",
        "managers",
        "--json",
    )
    found = json.loads(told("search", file, *asked))
    assert all(kind.startswith("managers of ") for kind in found["posts"])
    assert "Other numbers of workers: they stay as they are." in found["not_tried"]


def test_a_search_is_told_in_text_with_the_answer_first_and_every_promise_beside_now(tmp_path):
    pytest.importorskip("numba")
    file = tmp_path / "town.toml"
    file.write_text(HAMLET.format(days=560), encoding="utf-8")
    text = told("search", file, "--keep", "supervision", "--futures", 8, "--at-most", 6, "--check", 16)
    found = searched_in_json(file)
    assert text.startswith(found["sentence"])
    order = (
        "Who\n===",
        "Every promise, now and then",
        "[chosen, ",
        "What was looked at",
        "What was not",
        "a child who lives",
    )
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert all(
        sentence in text for sentence in (found["said"]["check"], *found["looked_at"], *found["not_tried"])
    )


@pytest.mark.parametrize(
    ("keep", "more", "why"),
    [
        ("decisions", (), "there is no promise decisions; did you mean decision?"),
        ("decision", ("--where", "Hamlett"), "no team, area or kind of team Hamlett; did you mean Hamlet?"),
        ("decision", ("--where", "assessment"), "the teams in assessment decide no contacts"),
        ("visit", ("--who", "all"), "it must be one of workers, managers, both"),
    ],
)
def test_an_impossible_wish_is_refused_with_the_reason(tmp_path, keep, more, why):
    pytest.importorskip("numba")
    file = tmp_path / "town.toml"
    file.write_text(HAMLET.format(days=560), encoding="utf-8")
    with pytest.raises(UsedWrongly) as refused:
        told("search", file, "--keep", keep, *more)
    assert why in str(refused.value)


def test_a_file_that_begins_with_a_byte_order_mark_is_read(tmp_path):
    file = tmp_path / "as-now.toml"
    file.write_text(HAMLET.format(days=182), encoding="utf-8-sig")
    assert capacity_scenarios._read(file).name == "As now"
