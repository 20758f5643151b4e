"""Whether supervision happens, in sentences and distributions; small numbers are left out, and said to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.web import words
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.domain.evidence.smallnumbers import Published
from rightplace.services.supervision.assuring import FEWEST, GAPS, IN_TIME, STATES, Assurance, SupervisorTold
from rightplace.services.supervision.continuity import HadBy, counted
from rightplace.services.supervision.models import View

SUPERVISOR_COLUMNS = (
    Column("Supervisor"), Column("Supervises", number=True), Column("Hours in twelve weeks", number=True),
    Column("Put off in twelve weeks", number=True), Column("Trained to supervise"), Column("Last observed"),
)  # fmt: skip
STATE_COLUMNS = (Column("The next session is"), Column("People", number=True))
GAP_COLUMNS = (Column("Between two sessions"), Column("Times", number=True))
THEME_COLUMNS = (Column("What people said of their sessions"), Column("People", number=True))
WORKER_COLUMNS = (Column("Worker"), Column("From"), Column("Until"))
WITHHELD = f"left out: fewer than {FEWEST}, or it would give one away"


@dataclass(frozen=True)
class AssurancePage:
    """Supervision among those below a leader."""

    now: datetime
    found: Assurance

    @property
    def sentences(self) -> list[str]:
        found = self.found
        who = words.count_words(
            len(found.supervisors), "supervisor supervises", "supervisors supervise", none="Nobody supervises"
        )
        said = [f"{who} {words.count_words(found.supervised, 'person', 'people', none='nobody')}."]
        in_time = found.states.counts[IN_TIME]
        if in_time is not None and found.states.total:
            said.append(f"For {in_time} of {found.states.total} the next session is in time.")
        untrained = sum(1 for each in found.supervisors if each.trained is None)
        unseen = sum(1 for each in found.supervisors if each.observed is None)
        said.append(
            f"Of {words.count_words(untrained, 'supervisor')} no training to supervise is written down; "
            f"{words.count_words(unseen, 'was', 'were', none='none was')} never observed."
        )
        if found.uncovered:
            people = words.count_words(found.uncovered, "person", "people")
            said.append(f"The supervisor of {people} is away today; somebody covers each.")
        return said

    @property
    def rows(self) -> list[Row]:
        return [self._row(each) for each in self.found.supervisors]

    def _row(self, told: SupervisorTold) -> Row:
        link = Link(
            told.person.name,
            reverse("supervision:supervisor", args=[told.person.worker]),
            told.person.team_name,
        )
        trained: Cell = words.plain_day(told.trained) if told.trained else None
        observed: Cell = words.plain_day(told.observed) if told.observed else "never"
        return Row((link, told.span, f"{told.hours:g}", told.put_off, trained, observed))

    @property
    def state_rows(self) -> list[Row]:
        return published(self.found.states, STATES)

    @property
    def gap_rows(self) -> list[Row]:
        return published(self.found.gaps, GAPS)

    @property
    def theme_rows(self) -> list[Row]:
        return [Row((View.Theme(theme).label, number)) for theme, number in self.found.themes.items()]

    @property
    def theme_words(self) -> str:
        if not self.found.answers:
            return f"Fewer than {FEWEST} people have said in a year how their sessions were, so nothing is shown."
        said = f"{self.found.answers} people said in a year how their sessions were."
        return f"{said} A theme shows when {FEWEST} or more share it."


def published(found: Published[str], order: Sequence[str]) -> list[Row]:
    """Each count, or that it is left out."""
    return [Row((key, WITHHELD if (n := found.counts[key]) is None else n)) for key in order]


@dataclass(frozen=True)
class WorkersPage:
    """Who had a child, one after the other."""

    now: datetime
    spells: Sequence[HadBy]

    @property
    def sentences(self) -> list[str]:
        lately, ever = counted(self.spells, self.now)
        if not ever:
            return ["No worker has had this child yet."]
        return [
            f"{words.capitalised(words.count_words(lately, 'worker', none='no worker'))} in twelve months, {ever} in all."
        ]

    @property
    def rows(self) -> list[Row]:
        return [
            Row((each.name or None, words.plain_day(each.begins), self._until(each.ends)))
            for each in self.spells
        ]

    @staticmethod
    def _until(ends: datetime | None) -> str:
        return words.plain_day(ends) if ends else "has the child now"


def line_row(name: str, supervisor: str, because: str, since: str) -> Row:
    """Somebody whom another than usual supervises."""
    return Row((name, supervisor, Lines(because, since)))
