"""`rightplace import cin`: one line of JSON, exit 0 when every child is accounted for, 1 when the file is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from rightplace.gateways.cli import importing, main
from rightplace.gateways.exchange.cin.tests.oddities import each_in_turn
from rightplace.gateways.exchange.cin.tests.write_sample import a_return
from rightplace.gateways.exchange.models import Import


@contextmanager
def room() -> Iterator[None]:
    """The test's own database is up already."""
    yield


@pytest.fixture(autouse=True)
def in_the_tests_room(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(importing, "open_room", room)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main.build_app(), ["import", "cin", *arguments])


def a_file(folder: Path, content: bytes) -> str:
    path = folder / "return.xml"
    path.write_bytes(content)
    return str(path)


def test_json_is_one_line_with_every_child_accounted_for(tmp_path: Path) -> None:
    file = a_file(tmp_path, a_return(2026, 30, odd=each_in_turn(3)))
    ran = run(file, "--json")
    assert ran.exit_code == 0
    (line,) = ran.stdout.splitlines()
    told = json.loads(line)
    assert list(told) == ["children", "taken", "with_doubts", "refused", "entries", "seconds"]
    assert told["children"] == told["taken"] + told["refused"] == 30
    assert json.loads(run(file, "--json").stdout)["entries"] == 0


def test_a_dry_run_answers_alike_and_keeps_nothing(tmp_path: Path) -> None:
    file = a_file(tmp_path, a_return(2026, 5))
    told = json.loads(run(file, "--json", "--dry-run").stdout)
    assert told["taken"] == 5
    assert told["entries"] > 20
    assert not Import.objects.exists()


def test_a_refused_file_says_why_and_what_instead_and_the_line(tmp_path: Path) -> None:
    file = a_file(tmp_path, a_return(2026, 5)[:-30])
    ran = run(file, "--json")
    assert ran.exit_code == 1
    (line,) = ran.stdout.splitlines()
    told = json.loads(line)
    assert list(told) == ["refused", "instead", "line"]
    assert told["line"] > 10
    assert "cut off" in told["refused"]


def test_in_words_it_names_the_authority_and_each_refused_child(tmp_path: Path) -> None:
    ran = run(a_file(tmp_path, a_return(2025, 12, odd=each_in_turn(3))))
    assert "CIN census of 2025, authority 330: 12 children." in ran.stdout
    assert "child 1, line" in ran.stdout
    assert "name one" in ran.stdout


def test_used_wrongly_is_exit_code_2(tmp_path: Path) -> None:
    assert run(str(tmp_path / "nowhere.xml")).exit_code == 2
    assert run().exit_code == 2
