"""The command's manners: one line of JSON, and an exit code that tells."""

import json
import os
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from rightplace import __version__
from rightplace.gateways.cli import main as command
from rightplace.gateways.cli.room import DoesNotHold, UsedWrongly, answer


def run(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "rightplace.gateways.cli.main", *words],
        capture_output=True, text=True, check=False, env=os.environ | environment,
    )  # fmt: skip


def test_the_version_is_told() -> None:
    assert run("--version").stdout == f"{__version__}\n"


def test_json_is_one_line_and_nothing_else() -> None:
    told = run("db", "status", "--json").stdout
    assert told.count("\n") == 1
    assert {"up", "in_use", "folder"} <= json.loads(told).keys()


@pytest.mark.parametrize("words", [("nonsense",), ("db", "nonsense"), ("serve", "--port", "none")])
def test_a_command_that_is_used_wrongly_ends_with_2(words: tuple[str, ...]) -> None:
    ended = run(*words)
    assert (ended.returncode, ended.stdout) == (2, "")


def test_the_superusers_address_is_not_told_in_production() -> None:
    ended = run("db", "url", RIGHTPLACE_MODE="production")
    assert (ended.returncode, ended.stdout) == (2, "")


def test_production_does_not_serve_without_its_secrets() -> None:
    ended = run(
        "serve", RIGHTPLACE_MODE="production", DATABASE_URL="postgresql://rightplace_app@db/rightplace"
    )
    assert ended.returncode == 1
    assert "key_file is not set" in ended.stderr


def test_the_demo_is_served_on_this_machine_only() -> None:
    ended = run("serve", "--host", "0.0.0.0", RIGHTPLACE_MODE="demo")
    assert ended.returncode == 2
    assert "127.0.0.1 only" in ended.stderr


def test_settings_that_are_not_right_are_named() -> None:
    ended = run("db", "status", RIGHTPLACE_WEB_THREADS="many")
    assert ended.returncode == 2
    assert "web_threads" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(("raised", "code"), [(DoesNotHold("no"), 1), (UsedWrongly("no"), 2)])
def test_what_a_command_raises_becomes_an_exit_code(
    raised: Exception, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = typer.Typer()

    @app.command()
    def fails() -> None:
        raise raised

    monkeypatch.setattr(command, "build_app", lambda: app)
    monkeypatch.setattr(sys, "argv", ["rightplace"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == code
    assert capsys.readouterr() == ("", "no\n")


def test_every_command_says_what_it_does() -> None:
    told = CliRunner().invoke(command.build_app(), ["--help"]).output
    for name in ("db", "serve", "manage"):
        assert f"  {name} " in told


def test_an_answer_is_json_or_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    answer({"rows": 0}, True, "Nothing differs.")
    answer({"rows": 0}, False, "Nothing differs.")
    assert capsys.readouterr().out == '{"rows": 0}\nNothing differs.\n'
