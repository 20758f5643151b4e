"""A figure as a sentence that opens its list; a list as lines; how a figure went as a chart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from markupsafe import Markup, escape

from rightplace.common.web import tags, words
from rightplace.common.web.charts import Caption, LineChart, Series
from rightplace.common.web.pieces import Cell, Column, Definition, Link, Row
from rightplace.common.web.pieces import Figure as Sentence
from rightplace.domain.practice.figures import Counted, Figure
from rightplace.domain.practice.rows import ContactRow, DoubtRow, HappeningRow, SpanRow, TimescaleRow
from rightplace.domain.practice.workdays import to_date
from rightplace.foundation.journal.projections import Doubt
from rightplace.overview.desk.presenters import due
from rightplace.overview.desk.presenters.story import age_words, doubt_words, part_title
from rightplace.overview.leadership.counting import Asked, said, words_of_groups
from rightplace.overview.leadership.queries import Behind
from rightplace.overview.leadership.trends import Week, finding

FEW_GROUPS = 3
BOLD = re.compile(r"\*\*(.+?)\*\*")
LEAVES_OUT = {
    SpanRow: "Children for whom nobody answers now, and children of whom nobody has told us.",
    TimescaleRow: "What is not known is never counted as late; it has its own figure.",
    HappeningRow: "What happened and was not recorded, or is recorded outside the time that is counted.",
    DoubtRow: "Doubts that somebody has settled.",
    ContactRow: "Contacts that were told and not recorded.",
}


@dataclass(frozen=True, slots=True)
class Filtered:
    """What a reader narrowed a figure to, as it stands in an address: numbers and times only."""

    team: int = 0
    area: int = 0
    at: str = ""

    def query(self, **more: object) -> str:
        wanted = {"team": self.team, "area": self.area, "at": self.at} | more
        told = urlencode({name: value for name, value in wanted.items() if value})
        return f"?{told}" if told else ""


def sentence(figure: Figure, counted: Counted, asked: Asked, filtered: Filtered | None = None) -> Sentence:
    """A figure as a page says it: the number first where the sentence begins with one."""
    text = said(figure, replace(counted, groups=_most(figure, counted)), asked)
    href = reverse("leadership:figure", args=[figure.id]) + (filtered or Filtered()).query()
    number, rest = "", text
    first = BOLD.match(text)
    if first:
        number, rest = first[1], text[first.end() :].lstrip()
    lead, then = _first_sentence(rest)
    return Sentence(number, bold(lead), href, bold(then), definition(figure))


def _most(figure: Figure, counted: Counted) -> tuple[tuple[Any, int], ...]:
    """Of many rules only those with the most; the figure's own page names all."""
    if figure.by != "rule" or len(counted.groups) <= FEW_GROUPS + 1:
        return counted.groups
    rest = sum(number for _, number in counted.groups[FEW_GROUPS:])
    return (*counted.groups[:FEW_GROUPS], ("and other things", rest))


def _first_sentence(text: str) -> tuple[str, str]:
    """The link takes what is said first; what follows a full stop or a colon stands beside it."""
    places = [place for mark in (". ", ": ") if (place := text.find(mark)) >= 0]
    return (text, "") if not places else (text[: min(places) + 1], text[min(places) + 2 :])


def bold(text: str) -> Markup:
    """What is counted, in bold."""
    parts = BOLD.split(text)
    return Markup("").join(
        Markup("<strong>{}</strong>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def definition(figure: Figure) -> Definition:
    """What it counts and leaves out. No figure has a target."""
    return Definition(
        counts=figure.definition,
        leaves_out=LEAVES_OUT[figure.rows],
        source=figure.source,
        not_known="What nobody has recorded. No figure here has a target.",
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a figure's list."""

    figure: Figure
    asked: Asked
    behind: Behind
    ids: Sequence[tuple[Any, ...]]

    @property
    def columns(self) -> tuple[Column, ...]:
        if self.figure.key == ("concern",):
            return (
                Column("Contact"),
                Column("Received"),
                Column("Team"),
                Column("By when"),
                Column("How it stands"),
            )
        more = {
            ("person",): (Column("Since"),),
            ("person", "rule", "trigger", "about"): (
                Column("What"),
                Column("By when"),
                Column("How it stands"),
            ),
            ("person", "code", "entry", "detail"): (Column("What is odd"),),
            ("person", "entry"): (Column("What happened"), Column("When")),
        }[self.figure.key]
        return (Column("Child"), Column("Where"), Column("Team"), Column("Worker"), *more)

    @property
    def rows(self) -> list[Row]:
        make = self._contact if self.figure.key == ("concern",) else self._child
        return [make(each) for each in self.ids]

    def _contact(self, key: tuple[Any, ...]) -> Row:
        contact = self.behind.contacts.get(key[0])
        if contact is None:
            return Row((f"contact {key[0]}", None, None, None, None))
        now = self.asked.now
        decided = contact.decided if contact.decided and contact.decided <= now else None
        state = tags.met(contact.route or "decided") if decided else tags.due_tag(contact.due, now)
        return Row(
            (
                f"contact {contact.receipt or contact.concern}",
                words.when(contact.received),
                self.behind.teams.get(contact.team),
                words.when(contact.due) if contact.due else None,
                state,
            ),
            late=state.css == "late",
        )

    def _child(self, key: tuple[Any, ...]) -> Row:
        span = self.behind.spans.get(key[0])
        here = span if span is not None and span.open else None
        team = self.behind.teams.get(here.team) if here else "nobody answers"
        worker: Cell = "–"
        if here is not None:
            worker = self.behind.workers.get(here.worker) if here.worker else "no worker"
        where = part_title(here) if here else "not open"
        return Row((self._who(key[0]), where, team, worker, *self._more(key)))

    def _who(self, person: int) -> Cell:
        """The name for whoever may list names of this child; the file's number for anybody else."""
        found = self.behind.people.get(person)
        if found is None:
            return f"file {person}"
        age = age_words(found, self.asked.now) or "age not known"
        return Link(found.name, reverse("desk:story", args=[person]), age)

    def _more(self, key: tuple[Any, ...]) -> tuple[Cell, ...]:
        if len(key) == 1:
            span = self.behind.spans.get(key[0])
            since = getattr(span, self.figure.oldest or "opened", None) if span is not None else None
            return (words.plain_day(since) if since else None,)
        if self.figure.key[1] == "rule":
            scale = self.behind.scales.get(key)
            if scale is None:
                return (due.title_of(key[1]), None, None)
            return (due.title_of(key[1]), due.by_words(scale), due.state(scale, self.asked.now))
        if self.figure.key[1] == "code":
            return (doubt_words(Doubt(code=key[1], detail=key[3])),)
        happening = self.behind.happenings.get((key[0], key[1]))
        if happening is None:
            return (None, None)
        outcome = words_of_groups(self.asked).get(happening.outcome, happening.outcome)
        return (outcome or happening.name.replace(".", " "), words.plain_day(happening.at))


def chart(figure: Figure, weeks: Sequence[Week], asked: Asked, counted: Counted) -> LineChart | None:
    """How a figure went; nothing where too little is known to draw."""
    if sum(week.value is not None for week in weeks) < 2:
        return None
    points = [(to_date(words.day_number(week.at)), week.value) for week in weeks]
    return LineChart(
        finding=finding(figure, weeks),
        series=[Series("%" if figure.of is not None else "now", points, subject=True)],
        caption=Caption(asked.now, counted.n, "now, with all that is known today about each week before"),
        unit="in every hundred" if figure.of is not None else "",
        drawn=f"trend-{figure.id}".replace("_", "-"),
    )


def group_links(figure: Figure, counted: Counted, asked: Asked) -> list[tuple[str, int]]:
    """The groups of a figure in words."""
    names: Mapping[str, str] = words_of_groups(asked)
    return [(names.get(name, name) or "not said", number) for name, number in counted.groups]


__all__ = ["Filtered", "Listed", "chart", "definition", "group_links", "sentence"]
