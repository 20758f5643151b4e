"""The commands for directories: a sentence or one line of JSON, and what was taken in comes out valid."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from rightplace.gateways.cli import directories
from rightplace.gateways.cli.main import build_app
from rightplace.gateways.exchange.directory.tests.invented import SERVICE
from rightplace.services.directory.models import Intake

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr(directories, "open_room", nullcontext)
    return lambda *words: CliRunner().invoke(build_app(), list(map(str, words)))


def test_a_directory_is_taken_in_and_written_out(run, tmp_path):
    file = tmp_path / "theirs.json"
    file.write_text(json.dumps([SERVICE, {"id": "x", "status": "active"}]))
    dry = run("import", "directory", file, "--dry-run", "--json")
    assert json.loads(dry.stdout)["taken"] == 16
    assert not Intake.objects.exists()
    told = json.loads(run("import", "directory", file, "--json").stdout)
    assert (told["rows"], told["taken"], told["refused"]) == (17, 16, 1)
    assert told["refusals"] == [
        {"table": "service", "id": "x", "where": "theirs.json#/1", "because": "Refused: it has no name."}
    ]
    assert "16 unchanged" in run("import", "directory", file).stdout
    for form in ("json", "csv"):
        answer = run("export", "directory", "--out", tmp_path / form, "--format", form, "--json")
        assert answer.exit_code == 0
        assert (tmp_path / form / f"services.{form}").is_file()
    assert run("export", "directory", "--out", tmp_path / "one.json").exit_code == 0
    assert json.loads((tmp_path / "one.json").read_text())[0]["name"] == "Evening parenting course"


def test_what_cannot_be_read_is_refused_with_what_to_do(run, tmp_path):
    file = tmp_path / "broken.json"
    file.write_text("{")
    answer = run("import", "directory", file, "--json")
    assert answer.exit_code == 1
    assert set(json.loads(answer.stdout)) == {"refused", "instead"}
