"""Whether supervision happens, in sentences and distributions; small numbers are left out, and said to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.web import words
from rightplace.common.web.charts import Bar, BarChart, Caption
from rightplace.common.web.pieces import Cell, Column, Group, Link, Row
from rightplace.domain.evidence.smallnumbers import Published
from rightplace.services.supervision.assuring import FEWEST, GAPS, IN_TIME, STATES, Assurance, SupervisorTold
from rightplace.services.supervision.continuity import HadBy, counted
from rightplace.services.supervision.lines import Chart
from rightplace.services.supervision.models import Line, View

SUPERVISOR_COLUMNS = (
    Column("Supervisor"), Column("Supervises", number=True), Column("Hours in twelve weeks", number=True),
    Column("Put off in twelve weeks", number=True), Column("Trained to supervise"), Column("Last observed"),
)  # fmt: skip
WORKER_COLUMNS = (Column("Worker"), Column("From"), Column("Until"))
WELL = frozenset({View.Theme.HEARD, View.Theme.CHILDREN, View.Theme.CLEAR, View.Theme.LEARNED})
WITHHELD = f"left out: under {FEWEST}, or it would tell"


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
        if found.supervisors:
            said.append(training_words(untrained, unseen))
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
        return Row((link, *supervisor_cells(told)))

    @property
    def charts(self) -> list[BarChart]:
        """By when each is due, and how long lies between two sessions."""
        found = self.found
        if not found.supervised:
            return []
        shown = sum(number or 0 for number in found.gaps.counts.values())
        states = BarChart(
            finding="When the next session of each is due", bars=_bars(found.states, STATES, {IN_TIME}),
            caption=Caption(self.now, found.supervised, "people"), heading="The next session is", figure="People",
            missing=WITHHELD, drawn="states",
        )  # fmt: skip
        gaps = BarChart(
            finding="How long lay between two sessions, in the last half year", bars=_bars(found.gaps, GAPS, set(GAPS[:2])),
            caption=Caption(self.now, shown, "times that are shown"), heading="Between two sessions", figure="Times",
            missing=WITHHELD, drawn="gaps",
        )  # fmt: skip
        return [states, gaps]

    @property
    def theme_chart(self) -> BarChart | None:
        """What people said of their sessions, what most said first."""
        found = sorted(self.found.themes.items(), key=lambda each: -each[1])
        if not found:
            return None
        bars = [
            Bar(View.Theme(theme).label.partition(",")[0], number, theme in WELL) for theme, number in found
        ]
        return BarChart(
            finding=f"Most often: {View.Theme(found[0][0]).label}.", bars=bars, heading="What people said", figure="People",
            caption=Caption(self.now, self.found.answers, "people who said something in a year"), drawn="themes",
        )  # fmt: skip

    @property
    def theme_words(self) -> str:
        if not self.found.answers:
            return f"Fewer than {FEWEST} people have said in a year how their sessions were, so nothing is shown."
        said = f"{self.found.answers} people said in a year how their sessions were."
        return f"{said} A theme shows when {FEWEST} or more share it."


def training_words(untrained: int, unseen: int) -> str:
    """How many supervisors are trained and were watched."""
    trained = (
        f"Of {untrained} no training to supervise is written down"
        if untrained
        else "All are trained to supervise"
    )
    watched = f"{unseen} were never observed" if unseen else "each was observed"
    return f"{trained}; {watched}."


def supervisor_cells(told: SupervisorTold) -> tuple[Cell, ...]:
    """What is known of one supervisor. The supervisor reads the same on My supervision."""
    trained: Cell = words.plain_day(told.trained) if told.trained else None
    observed: Cell = words.plain_day(told.observed) if told.observed else "never"
    return (told.span, f"{told.hours:g}", told.put_off, trained, observed)


def _bars(found: Published[str], order: Sequence[str], subject: set[str]) -> list[Bar]:
    """Each count, or that it is left out."""
    return [Bar(words.capitalised(key), found.counts[key], key in subject) for key in order]


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


def line_groups(known: Chart, said: Sequence[Line]) -> list[Group]:
    """Who is supervised by another than usual, supervisor by supervisor."""
    found: dict[int, list[Row]] = {}
    for row in said:
        why = Line.Because(row.because).label
        cells = (known.name(row.worker_id), why, words.plain_day(row.begins))
        found.setdefault(row.supervisor_id, []).append(Row(cells))
    named = sorted((known.name(supervisor), rows) for supervisor, rows in found.items())
    return [Group("later", f"By {name or 'somebody who has left'}", rows) for name, rows in named]
