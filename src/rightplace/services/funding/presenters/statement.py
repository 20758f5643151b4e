"""A statement as tables of words, money, hours and counts: the one form that page, PDF and spreadsheet show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.evidence import apportion
from rightplace.services.funding.models import Contribution
from rightplace.services.funding.statement import GRADES, OUTCOMES, RULE, SMALL, WORK, Due, Statement
from rightplace.services.funding.working import HOUR
from rightplace.services.funding.years import percent, pounds, year_words

WITHHELD = "not shown"
NOT_KNOWN = "not known"
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Money:
    """Whole pence."""

    pence: int

    def __str__(self) -> str:
        return pounds(self.pence)


@dataclass(frozen=True, slots=True)
class Time:
    """Time in hundredths of an hour."""

    hundredths: int

    @property
    def hours(self) -> float:
        return self.hundredths / 100

    def __str__(self) -> str:
        return f"{self.hours:,.2f}"


def time_of(parts: int) -> Time:
    """The fine parts of `working` as hundredths of an hour, half a hundredth up."""
    return Time((parts * 200 + HOUR) // (2 * HOUR))


Told = str | int | Money | Time | date | Tag


@dataclass(frozen=True, slots=True)
class Table:
    """One part of a statement. Columns that hold figures stand to the right."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Told, ...], ...]
    note: str = ""
    empty: str = ""

    @property
    def web_columns(self) -> list[Column]:
        return [Column(name, number=self._figures(place)) for place, name in enumerate(self.columns)]

    @property
    def web_rows(self) -> list[Row]:
        return [Row([each if isinstance(each, Tag) else in_words(each) for each in row]) for row in self.rows]

    def _figures(self, place: int) -> bool:
        return any(isinstance(row[place], int | Money | Time) for row in self.rows)


def in_words(told: Told) -> str:
    """A cell as words, the same on every kind of paper."""
    if isinstance(told, Tag):
        return told.word
    if isinstance(told, date):
        return words.plain_day(told)
    return f"{told:,}" if isinstance(told, int) else str(told)


@dataclass(frozen=True)
class StatementPage:
    """A statement as it is read: sentences first, then tables, then the rules by which it was worked out."""

    told: Statement

    @property
    def title(self) -> str:
        return f"Statement {year_words(self.told.year)}"

    @property
    def sentences(self) -> list[str]:
        """What it cost, whose share that is, what was paid: the whole statement in four sentences."""
        told = self.told
        found = [self._children_and_cost()]
        if told.share_pence is None:
            found.append("No share was agreed for this year, so nothing is owed from these hours.")
        else:
            assert told.agreed is not None
            found.append(
                f"The agreed share is {percent(told.agreed.share or 0)}: {pounds(told.share_pence)} of this cost."
            )
        if told.dues:
            found.append(
                f"Contributions due: {pounds(told.due)}. Paid: {pounds(told.paid)}. Left to pay: {pounds(told.left)}."
            )
        if told.share_pence is not None and told.dues:
            found.append(self._held_against())
        return found

    def _children_and_cost(self) -> str:
        told = self.told
        if not told.parts:
            return f"No time is recorded for children of {told.name} in {year_words(told.year)}."
        who = "" if told.children is None else f" of {told.children:,} children"
        few = " How many children is not shown, since they are few." if told.children is None else ""
        return f"{time_of(told.parts)} hours were given to families{who}, at a cost of {pounds(told.pence)}.{few}"

    def _held_against(self) -> str:
        gap = self.told.due - (self.told.share_pence or 0)
        if gap == 0:
            return "The contributions due are exactly the share of what was given so far."
        way = "more" if gap > 0 else "less"
        return f"The contributions due are {pounds(abs(gap))} {way} than the share of what was given so far."

    @property
    def unknown(self) -> str:
        """Time without a price: its cost is not known, never nought."""
        if not self.told.unpriced:
            return ""
        return f"what {time_of(self.told.unpriced)} hours cost: no unit cost is recorded for their grade on those days."

    @property
    def tables(self) -> list[Table]:
        return [self._contributions(), self._hours(), self._outcomes(), self._prices()]

    def _contributions(self) -> Table:
        rows = [(words.capitalised(term_words(d)), d.due, Money(d.pence), Money(d.paid), Money(d.left), self.state(d))
                for d in self.told.dues]  # fmt: skip
        return Table(
            "Contributions due and paid",
            ("Term", "Due by", "Due", "Paid", "Left to pay", "State"),
            tuple(rows),
            empty="No contribution is due for this year.",
        )

    def state(self, due: Due) -> Tag:
        return state_of(due.pence, due.paid, due.due, self.told.counted)

    def _hours(self) -> Table:
        told = self.told
        columns = ("What was done", "Hours", "Cost")
        if not told.parts:
            return Table("What the hours were", columns, (), empty="No time is recorded.")
        shown = told.hours if told.shows_hours else ()
        lasted = apportion(time_of(told.parts).hundredths, {each.doing: each.parts for each in told.hours})
        rows = [
            (
                WORK.get(each.doing, each.doing),
                Time(lasted[each.doing]),
                self._cost(each.pence, each.unpriced, each.parts),
            )
            for each in shown
        ]
        total = ("In all", time_of(told.parts), self._cost(told.pence, told.unpriced, told.parts))
        note = "" if told.shows_hours else f"How the hours were used is {WITHHELD}. {SMALL}"
        return Table("What the hours were", columns, (*rows, total), note=f"{RULE} {note}".strip())

    def _cost(self, pence: int, unpriced: int, parts: int) -> Told:
        return NOT_KNOWN if unpriced == parts else Money(pence)

    def _outcomes(self) -> Table:
        told = self.told
        if told.children == 0:
            return Table(
                "The children, and what came of it", ("How it stands", "Children"), (), empty="No child."
            )
        rows = [(words_, WITHHELD if told.outcomes[key] is None else told.outcomes[key] or 0)
                for key, words_ in OUTCOMES.items()]  # fmt: skip
        total = ("In all", WITHHELD if told.children is None else told.children)
        withheld = told.children is None or None in told.outcomes.values()
        return Table(
            "The children, and what came of it",
            ("How it stands", "Children"),
            (*rows, total),
            note=SMALL if withheld else "",
        )

    def _prices(self) -> Table:
        rows = [
            (words.capitalised(GRADES.get(p.grade, p.grade)), WORK.get(p.doing, "Whatever is done"), p.begins,
             Money(p.pence), f"{'Assumed: ' if p.assumed else ''}{p.source}")
            for p in self.told.prices
        ]  # fmt: skip
        return Table(
            "What an hour costs",
            ("Grade", "For", "From", "An hour", "Source"),
            tuple(rows),
            empty="No unit cost counts in this statement.",
        )


def term_words(due: Due) -> str:
    """The term in words."""
    return str(Contribution.Term(due.term).label)


def state_of(pence: int, paid: int, due: date, now: datetime) -> Tag:
    """Paid, part paid or nothing yet; late when its day has passed in London."""
    if paid >= pence:
        return tags.met("paid")
    over = words.day_number(now) - words.day_number(due)
    if over > 0:
        part = "part paid, " if paid > 0 else ""
        return tags.late(f"{part}late by {words.count_words(over, 'day')}")
    if paid > 0:
        return tags.due_soon("part paid")
    return tags.due_tag(due, now, soon=SOON)


def rows_of(tables: Sequence[Table]) -> list[tuple[str, ...]]:
    """Every cell of every table in words: what each kind of paper must hold."""
    return [tuple(in_words(each) for each in row) for table in tables for row in table.rows]
