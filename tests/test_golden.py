"""Every kind and version ever released has a stored example that still decodes and folds."""

import re
from pathlib import Path

import pytest

from rightplace.domain.practice.entries import KINDS, Entry, body_bytes, kind_named, read_body
from rightplace.domain.practice.entries.keeping import EntryCorrected, NoteWritten
from rightplace.domain.practice.journey import fold
from rightplace.domain.practice.timescales import rulebook, timescales
from rightplace.domain.practice.workdays import start_of_day

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(GOLDEN.glob("*.json"))
DAY = 739_000


def told_by(path: Path) -> tuple[str, int]:
    """The kind and version that a file's name says."""
    name = re.fullmatch(r"([a-z0-9._]+)\.v(\d+)\.json", path.name)
    assert name is not None, path.name
    return name[1], int(name[2])


def entry_of(path: Path, place: int = 1) -> Entry:
    kind, version = told_by(path)
    number = kind_named(kind).number
    body = read_body(number, version, path.read_bytes())
    return Entry(
        1, place, 10_000 + place, number, version, DAY + place, start_of_day(DAY + place), place, 5, 1, 1, 0, 0, 0,
        body.named(), body,
    )  # fmt: skip


def test_every_kind_and_version_has_its_example_and_no_example_lost_its_kind():
    wanted = {(cls.kind, version) for cls in KINDS.values() for version in range(1, cls.version + 1)}
    assert {told_by(path) for path in FILES} == wanted, "run tools/make_golden.py"


def test_the_provisional_kinds_are_listed():
    listed = (GOLDEN / "provisional.txt").read_text(encoding="utf-8").split()
    assert listed == sorted(cls.kind for cls in KINDS.values() if cls.provisional is True)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_stored_example_decodes_and_its_bytes_are_the_same_today(path: Path):
    kind, version = told_by(path)
    cls = kind_named(kind)
    body = read_body(cls.number, version, path.read_bytes())
    assert isinstance(body, cls)
    if version == cls.version:
        assert body_bytes(body) == path.read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_example_fills_in_every_field(path: Path):
    kind, version = told_by(path)
    cls = kind_named(kind)
    body = read_body(cls.number, version, path.read_bytes())
    said = path.read_text(encoding="utf-8")
    empty = [name for name in cls.__struct_fields__ if f'"{name}":' not in said and name != "said_version"]
    assert version != cls.version or not empty, f"{body.kind} leaves out {empty}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("concern", [False, True], ids=["child", "concern"])
def test_each_example_folds_by_itself(path: Path, concern: bool):
    journey = fold([entry_of(path)], concern=concern)
    timescales(journey, rulebook())
    assert "not_read_here" not in {doubt.code for doubt in journey.doubts}


def test_all_examples_fold_as_one_file():
    entries = [entry_of(path, place) for place, path in enumerate(FILES, start=1)]
    journey = fold(entries)
    assert timescales(journey, rulebook())
    assert len(journey.states) > 10


def test_the_example_of_a_correction_says_what_a_note_should_have_said():
    correction = entry_of(GOLDEN / "entry.corrected.v1.json").body
    assert isinstance(correction, EntryCorrected)
    assert NoteWritten(**correction.said).text
