"""Reads the local list that holds on a day: one file each, with the day from which it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from rightplace.domain.practice.packfiles import Table, read_pack

FOLDER: Final = Path(__file__).with_name("lists")


@dataclass(frozen=True)
class Named:
    """A code and its words."""

    code: str
    title: str


@dataclass(frozen=True)
class StepOf(Named):
    """A step: of the vacancy as a whole or of one candidate, the days it usually takes, and with whom it waits."""

    of: str
    usual_days: int
    waits_with: str


@dataclass(frozen=True)
class Check(Named):
    """Something that is seen before a first day. The document itself is never kept."""

    for_all: bool
    professions: tuple[str, ...]

    def asked_for(self, profession: str) -> bool:
        return self.for_all or profession in self.professions


@dataclass(frozen=True)
class Rate:
    """What an hour costs for a grade: through an agency, and employed with on-costs. In pence."""

    grade: str
    agency: int
    employed: int


@dataclass(frozen=True)
class Local:
    """What a council's own list says from a day on."""

    begins: date
    source: str
    sample: bool
    keep_days: int
    panel: int
    steps: tuple[StepOf, ...]
    checks: tuple[Check, ...]
    lost: tuple[Named, ...]
    themes: tuple[Named, ...]
    rates: tuple[Rate, ...]
    exit_asks: tuple[str, ...]
    stay_asks: tuple[str, ...]

    def of(self, what: str) -> tuple[StepOf, ...]:
        return tuple(step for step in self.steps if step.of == what)

    def step(self, code: str) -> StepOf | None:
        return next((step for step in self.steps if step.code == code), None)

    def place(self, code: str) -> int:
        return next((place for place, step in enumerate(self.steps) if step.code == code), -1)

    def theme(self, code: str) -> str:
        return next((each.title for each in self.themes if each.code == code), code)

    def reason(self, code: str) -> str:
        return next((each.title for each in self.lost if each.code == code), code)

    def rate(self, grade: str) -> Rate | None:
        """The rate of a grade; a grade marked with a plus has that of the grade without."""
        return next((rate for rate in self.rates if rate.grade == grade.rstrip("+")), None)


@cache
def _lists() -> tuple[Local, ...]:
    return tuple(sorted((_read(file) for file in FOLDER.glob("*.toml")), key=lambda each: each.begins))


def local_on(day: date) -> Local:
    """The list that holds on a day; before the first, the first."""
    held = [each for each in _lists() if each.begins <= day]
    return held[-1] if held else _lists()[0]


def _read(file: Path) -> Local:
    book = Table(file, "", read_pack(file))
    return Local(
        begins=book.day("begins"), source=book.text("source"), sample=book.flag("sample"),
        keep_days=book.number("keep_days"), panel=book.number("panel"),
        steps=tuple(_step(each) for each in book.tables("step")),
        checks=tuple(
            Check(each.text("code"), each.text("title"), each.flag("for_all", False), each.texts("professions"))
            for each in book.tables("check")
        ),
        lost=_named(book, "lost"), themes=_named(book, "theme"),
        rates=tuple(Rate(each.text("code"), each.number("agency"), each.number("employed")) for each in book.tables("rate")),
        exit_asks=book.texts("exit_asks"), stay_asks=book.texts("stay_asks"),
    )  # fmt: skip


def _step(table: Table) -> StepOf:
    of = table.text("of")
    if of not in ("vacancy", "candidate"):
        raise table.refuse("of is vacancy or candidate")
    return StepOf(
        table.text("code"), table.text("title"), of, table.number("usual_days"), table.text("waits_with")
    )


def _named(book: Table, field: str) -> tuple[Named, ...]:
    return tuple(Named(each.text("code"), each.text("title")) for each in book.tables(field))
