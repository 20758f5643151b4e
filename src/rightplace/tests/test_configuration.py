"""Production starts with nothing that a demo made; outside it nothing need be chosen."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from rightplace import configuration
from rightplace.configuration import MADE_FOR_DEMO, Configuration, Mode, faults


def key(folder: Path, name: str, words: str = "k" * 64, mode: int = 0o600) -> Path:
    file = folder / name
    file.write_text(words)
    file.chmod(mode)
    return file


@pytest.fixture
def good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    for name in os.environ:
        if name.startswith(("RIGHTPLACE_", "DATABASE_")):
            monkeypatch.delenv(name)
    return {
        "mode": Mode.PRODUCTION,
        "database_url": "postgresql://rightplace_app@db/rightplace",
        "key_file": key(tmp_path, "journal.key"),
        "secret_key_file": key(tmp_path, "web.key"),
        "allowed_hosts": ("children.example",),
    }


def test_a_production_installation_with_everything_chosen_has_no_fault(good: dict[str, object]) -> None:
    assert faults(Configuration(**good)) == []


def test_a_demo_needs_nothing() -> None:
    assert faults(Configuration(mode=Mode.DEMO)) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"database_url": ""}, "database_url is not set"),
        ({"key_file": None}, "key_file is not set"),
        ({"secret_key_file": None}, "secret_key_file is not set"),
        ({"key_file": Path("/nowhere/key")}, "which is not there"),
        ({"allowed_hosts": ("*",)}, "allowed_hosts holds *"),
    ],
)
def test_production_refuses(good: dict[str, object], changed: dict[str, object], sentence: str) -> None:
    assert any(sentence in fault for fault in faults(Configuration(**(good | changed))))


@pytest.mark.parametrize(
    ("words", "mode", "sentence"),
    [
        (MADE_FOR_DEMO + "0" * 64, 0o600, "made for a demo"),
        ("k" * 64, 0o644, "may be read or written by others"),
        ("short", 0o600, "fewer than 32 bytes"),
    ],
)
def test_production_refuses_a_secret(
    good: dict[str, object], tmp_path: Path, words: str, mode: int, sentence: str
) -> None:
    good["key_file"] = key(tmp_path, "other.key", words, mode)
    assert any(sentence in fault for fault in faults(Configuration(**good)))


def test_production_refuses_one_file_for_both_keys(good: dict[str, object]) -> None:
    good["secret_key_file"] = good["key_file"]
    assert any("the same file" in fault for fault in faults(Configuration(**good)))


def test_a_secret_that_was_made_here_is_marked_and_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(configuration, "home", lambda: tmp_path / "home")
    made = configuration.secret(None, "journal.key")
    assert made.read_text().startswith(MADE_FOR_DEMO)
    assert made.stat().st_mode & 0o077 == 0
    assert configuration.secret(None, "journal.key").read_bytes() == made.read_bytes()


def test_the_environment_speaks_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "rightplace.toml"
    file.write_text('mode = "demo"\nauthority = "Northam"\nweb_threads = 7\n')
    monkeypatch.setenv("RIGHTPLACE_SETTINGS", str(file))
    monkeypatch.setenv("RIGHTPLACE_WEB_THREADS", "3")
    monkeypatch.setenv("RIGHTPLACE_MODE", "development")
    chosen = Configuration()
    assert (chosen.mode, chosen.authority, chosen.web_threads) == (Mode.DEVELOPMENT, "Northam", 3)


def test_a_setting_that_does_not_exist_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "rightplace.toml"
    file.write_text('athority = "Northam"\n')
    monkeypatch.setenv("RIGHTPLACE_SETTINGS", str(file))
    with pytest.raises(ValidationError, match="athority"):
        Configuration()


def test_a_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = Configuration(mode=Mode.PRODUCTION, database_url="postgresql://app:hush@db/rightplace")
    monkeypatch.setattr(configuration, "current", lambda: chosen)
    assert configuration.in_force()["database_url"] == "postgresql://app:…@db/rightplace"
