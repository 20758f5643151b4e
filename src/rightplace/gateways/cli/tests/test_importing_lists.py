"""The commands for lists of schools, tokens and webhooks: one line of JSON, and an exit code that tells."""

from __future__ import annotations

import json
import socket
from contextlib import nullcontext
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rightplace.foundation.organisation import clock
from rightplace.gateways.cli import importing, tokens, webhooks
from rightplace.gateways.cli.main import build_app
from rightplace.gateways.cli.room import UsedWrongly
from rightplace.services import schools
from rightplace.services.schools.models import ListTaken
from rightplace.testing.organisation import MORNING, small_city

pytestmark = pytest.mark.django_db
SAMPLES = Path(schools.__file__).parent / "samples"


@pytest.fixture
def run(monkeypatch):
    for module in (importing, tokens, webhooks):
        monkeypatch.setattr(module, "open_room", nullcontext)
    with clock.clock_at(MORNING):
        small_city()
        yield lambda *words: CliRunner().invoke(build_app(), list(map(str, words)))


def one_line(answer) -> dict:
    assert answer.stdout.count("\n") == 1, answer.stdout
    return json.loads(answer.stdout)


def test_a_list_of_schools_is_taken_in_once_and_every_row_is_accounted_for(run):
    words = ("import", "schools", SAMPLES / "schools.csv", "--authority", "399", "--json")
    dry = run(*words, "--dry-run")
    assert dry.exit_code == 0 and one_line(dry)["dry_run"] and not ListTaken.objects.exists()
    told = one_line(run(*words))
    assert told["taken"] == one_line(dry)["taken"] > 0 and told["refused"] >= 0
    counts = [
        value
        for name, value in told.items()
        if isinstance(value, int) and name not in ("rows", "before", "dry_run")
    ]
    assert sum(counts) == told["rows"]
    assert ListTaken.objects.count() == 1
    assert one_line(run(*words))["before"], "the same list again changes nothing"


def test_figures_are_taken_in_after_their_schools(run):
    run("import", "schools", SAMPLES / "schools.csv", "--authority", "399")
    answer = run("import", "figures", SAMPLES / "figures.csv", "--json")
    told = one_line(answer)
    assert answer.exit_code == 0 and told["taken"] > 0 and {"rows", "refused", "to_look_at"} <= told.keys()


@pytest.mark.parametrize("kind", ["schools", "figures"])
def test_what_is_no_such_list_is_refused_with_what_to_do(run, tmp_path, kind):
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    answer = run("import", kind, file, "--json")
    assert answer.exit_code == 1 and set(one_line(answer)) == {"refused", "instead"}
    assert run("import", kind, tmp_path / "none.csv", "--json").exit_code == 2


def test_a_token_is_made_listed_followed_and_ended(run):
    made = one_line(run("tokens", "add", "Example City Police", "--for", "signals:write", "--json"))
    assert made["token"] and made["purposes"] == ["signals:write"]
    after = one_line(run("tokens", "rotate", made["id"], "--json"))
    assert run("tokens", "revoke", after["id"], "--json").exit_code == 0
    answer = run("tokens", "list", "--json")
    listed = {row["id"]: row for row in one_line(answer)["tokens"]}
    assert listed[after["id"]]["ended"] and made["token"] not in answer.stdout
    assert run("tokens", "add", "Example City Police", "--for", "nonsense:write").exit_code == 1
    assert isinstance(run("tokens", "revoke", 999_999).exception, UsedWrongly)


def test_a_webhook_is_registered_listed_and_ended(run, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.216.34", 443))])
    made = one_line(run("webhooks", "add", "Example City Police", "https://police.example/told", "--json"))
    assert made["key"] and made["events"]
    assert one_line(run("webhooks", "rotate", made["id"], "--json"))["key"] != made["key"]
    listed = run("webhooks", "list", "--json")
    assert [row["address"] for row in one_line(listed)["webhooks"]] == ["https://police.example/told"]
    assert made["key"] not in listed.stdout
    assert one_line(run("webhooks", "end", made["id"], "--json")) == {"id": made["id"], "ended": True}
    assert isinstance(run("webhooks", "end", 999_999).exception, UsedWrongly)
