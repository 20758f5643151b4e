"""Journeys made of events alone, so that the engine is tested without the fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from rightplace.domain.practice.journey.journey import Journey
from rightplace.domain.practice.journey.state import Closing, Event, Process, State
from rightplace.domain.practice.londontime import HOUR, MINUTE, day_of, start_of_day
from rightplace.domain.practice.timescales import RuleBook, Timescale, load_book, timescales

FIRST = 1000
"""Entries number from here, so that no process is mistaken for a small count."""


def instant(day: str | date | int, hour: float = 10.0) -> int:
    """A time of day in London, in winter or summer."""
    number = date.fromisoformat(day).toordinal() if isinstance(day, str) else day
    number = number.toordinal() if isinstance(number, date) else number
    return start_of_day(number) + int(hour * 60) * MINUTE


def day_number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


class History:
    """A file told in events: each call is the next thing that happened."""

    def __init__(self, *, born: str | None = None) -> None:
        self.journey = Journey()
        self.journey.born = day_number(born) if born else None
        self._next = FIRST

    def said(
        self,
        name: str,
        at: int,
        about: int = 0,
        tags: Iterable[str] = (),
        *,
        entry: int | None = None,
        label: int = 0,
    ) -> int:
        """An event; its entry's number."""
        if entry is None:
            self._next += 1
            entry = self._next
        self.journey.events.append(Event(name, at, day_of(at), about, entry, frozenset(tags), label))
        self.journey.at = at
        return entry

    def begins(
        self,
        kind: str,
        name: str,
        at: int,
        tags: Iterable[str] = (),
        *,
        parent: int = 0,
        imported: bool = False,
    ) -> int:
        """A process begins with an event about itself; its number."""
        self._next += 1
        process = Process(
            kind=kind, id=self._next, opened=at, day=day_of(at), parent=parent, imported=imported
        )
        self.journey.processes[process.id] = process
        return self.said(name, at, process.id, tags, entry=process.id)

    def ends(self, about: int, at: int, *, by_law: bool = False, entry: int | None = None) -> None:
        self.journey.processes[about].closed = at
        self.said("process.ended", at, about, {"by_law"} if by_law else (), entry=entry)

    def closes(self, at: int, *, by_law: bool = False) -> int:
        """The file is closed by a decision (or by law), as the reducer of closings tells it."""
        self._next += 1
        entry = 0 if by_law else self._next
        if not by_law:
            self.journey.closings.append(Closing(entry, at, day_of(at), 0, 1))
            self.said("case.closed", at, entry=entry)
        for process in list(self.journey.processes.values()):
            if process.closed is None:
                self.ends(process.id, at, by_law=by_law, entry=entry)
        self.said("child.closed", at, 0, {"by_law"} if by_law else (), entry=entry)
        return entry

    def legal(self, legal: str, at: int) -> None:
        """From now on the legal status is this."""
        self.journey.states.append(
            State(at, 0, legal, (), 1, 0, True, None, None, None, None, 0)
        )  # fmt: skip

    def excuses(self, rule: str, trigger: int, at: int, outcome: str = "not_practicable") -> int:
        self.journey.excused[(rule, trigger)] = outcome
        return self.said("timescale.excused", at, trigger, {rule, outcome})

    def read(self, book: RuleBook) -> list[Timescale]:
        return timescales(self.journey, book)

    def only(self, book: RuleBook, rule: str) -> Timescale:
        """The one timescale of a rule."""
        found = [scale for scale in self.read(book) if scale.rule == rule]
        assert len(found) == 1, found
        return found[0]


OFFICIAL = """
owner = "team manager"
layer = "statute"
source = "An Act, section 1"
seen = "N"
checked = true
"""


def book_of(folder: Path, *rules: str, name: str = "test.toml") -> RuleBook:
    """A book of the rules written here; what every rule needs and these do not test is filled in."""
    file = folder / name
    text = 'pack = "test"\nnation = "England"\ntitle = "Test"\n'
    for rule in rules:
        lines = [line for line in OFFICIAL.strip().splitlines() if line.split(" =")[0] not in _fields(rule)]
        text += "\n[[timescale]]\n" + "\n".join(lines) + "\n" + rule + "\n"
    file.write_text(text, encoding="utf-8")
    return load_book([file])


def _fields(rule: str) -> set[str]:
    return {line.split("=")[0].strip() for line in rule.splitlines() if "=" in line}


__all__ = ["HOUR", "History", "book_of", "day_number", "instant"]
