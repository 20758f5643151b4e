"""A statement as tables of words, money, hours and counts: the one form that page, PDF and spreadsheet show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rightplace.common.web import tags, words
from rightplace.common.web.charts import Bar, BarChart, Caption
from rightplace.common.web.pieces import Column, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.evidence import apportion
from rightplace.services.funding.models import Contribution
from rightplace.services.funding.statement import (
    COUNTED,
    GRADES,
    IN_MORE,
    OTHER_WORK,
    OUTCOMES,
    RULE,
    SMALL,
    WORK,
    Due,
    Hours,
    Statement,
    Term,
)
from rightplace.services.funding.working import HOUR
from rightplace.services.funding.years import (
    WRITTEN_UP,
    first_day,
    percent,
    pounds,
    term_ends,
    year_of,
    year_words,
)

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
        """What was given to how many, what came of it, what it cost, whose share that is, what was paid."""
        told = self.told
        found = [self._children_and_cost(), *(self._came_of(term) for term in told.terms)]
        if told.agreed is None or told.agreed.share is None:
            found.append("No share was agreed for this year, so nothing is owed from these hours.")
        else:
            share = f"{percent(told.agreed.share)}: {pounds(told.share_pence or 0)}"
            found.append(f"The agreed share is {share} of this cost. The council pays the rest.")
        if told.dues:
            found.append(
                f"Contributions due: {pounds(told.due)}. Paid: {pounds(told.paid)}. Left to pay: {pounds(told.left)}."
            )
        if told.share_pence is not None and told.dues and told.terms:
            found.append(self._held_against())
        return [each for each in (*found, self.waits) if each]

    def _children_and_cost(self) -> str:
        told = self.told
        if not told.terms:
            return f"No term of {year_words(told.year)} has been counted in which eight children or more were helped."
        until = words.plain_day(told.terms[-1].ends)
        return f"{time_of(told.parts)} hours were given to families until {until}, at a cost of {pounds(told.pence)}."

    def _came_of(self, term: Term) -> str:
        shown = [f"{count} {CAME[key]}" for key, count in term.outcomes.items() if count]
        came = f": at the end {words.listed(shown)}" if shown else ""
        return f"In the {span_words(term)}, {term.children:,} children were helped{came}."

    @property
    def waits(self) -> str:
        """What has not been counted yet, and when it will be."""
        ends = next((day for day in term_ends(self.told.year).values() if day > self._counted_to), None)
        if not self.told.waiting or ends is None:
            return ""
        ready = ends + WRITTEN_UP
        if ready <= words.london(self.told.counted).date():
            since = words.plain_day(self._counted_to)
            return f"The work since {since} was for few children so far; it is told with the next term."
        return f"The next term is counted on {words.plain_day(ready)}, when its work is written up."

    @property
    def _counted_to(self) -> date:
        return self.told.terms[-1].ends if self.told.terms else first_day(self.told.year)

    @property
    def chart(self) -> BarChart | None:
        """The hours by what was done: the picture that stands first."""
        told = self.told
        lasted = self._lasted()
        if not told.parts or len(lasted) < 2:
            return None
        most = max(lasted, key=lambda kind: lasted[kind])
        whole = time_of(told.parts)
        finding = f"{WORK.get(most, most)} took the most: {Time(lasted[most])} of {whole} hours."
        bars = [
            Bar(WORK.get(kind, kind), hundredths / 100, kind == most) for kind, hundredths in lasted.items()
        ]
        return BarChart(
            finding=finding, bars=bars, heading="What was done", figure="Hours", drawn="share",
            caption=Caption(told.terms[-1].counted, round(whole.hours), "hours in all"),
        )  # fmt: skip

    def _lasted(self) -> dict[str, int]:
        """Hundredths of an hour by kind of work; the same as the table's last column."""
        grid = self._hundredths()
        return {kind: sum(row) for kind, row in grid.items()}

    def _hundredths(self) -> dict[str, list[int]]:
        """Hundredths of an hour by kind and term, which add up to each term's whole."""
        found: dict[str, list[int]] = {kind: [] for kind in self.told.kinds}
        for term in self.told.terms:
            weights = {kind: each.parts if (each := term.of(kind)) else 0 for kind in self.told.kinds}
            for kind, hundredths in apportion(time_of(term.parts).hundredths, weights).items():
                found[kind].append(hundredths)
        return found

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
        return [self._children(), self._hours(), self._costs(), self._contributions(), self._prices()]

    @property
    def shown(self) -> list[Table]:
        """The tables of the page. Where nothing is counted yet, that is said once, and not under each heading."""
        children, hours, costs, contributions, prices = self.tables
        return [children, *(each for each in (hours, costs) if each.rows), contributions, prices]

    def _contributions(self) -> Table:
        rows = [(words.capitalised(term_words(d)), d.due, Money(d.pence), Money(d.paid), Money(d.left), self.state(d))
                for d in self.told.dues]  # fmt: skip
        told = self.told
        total = ("In all", "", Money(told.due), Money(told.paid), Money(told.left), "")
        return Table(
            "Contributions due and paid",
            ("Term", "Due by", "Due", "Paid", "Left to pay", "State"),
            (*rows, total) if rows else (),
            empty="No contribution is due for this year.",
        )

    def state(self, due: Due) -> Tag:
        return state_of(due.pence, due.paid, due.due, self.told.counted)

    def _terms(self, first: str, *more: str) -> tuple[str, ...]:
        return (first, *(words.capitalised(span_words(term)) for term in self.told.terms), *more)

    def _children(self) -> Table:
        terms = self.told.terms
        helped: tuple[Told, ...] = ("Children helped", *(term.children for term in terms))
        rows: list[tuple[Told, ...]] = [
            (said, *(WITHHELD if (count := term.outcomes[key]) is None else count for term in terms))
            for key, said in OUTCOMES.items()
        ]
        return Table(
            "The children, and how it stood when the term ended",
            self._terms("How it stood"),
            (*rows, helped) if terms else (),
            note=f"{IN_MORE} {SMALL}",
            empty=f"Nothing is shown. {COUNTED}",
        )

    def _hours(self) -> Table:
        told, grid = self.told, self._hundredths()
        rows: list[tuple[Told, ...]] = [
            (WORK.get(kind, kind), *self._cells(kind, [Time(each) for each in row]), Time(sum(row)))
            for kind, row in grid.items()
        ]
        by_term = [time_of(term.parts).hundredths for term in told.terms]
        total: tuple[Told, ...] = ("In all", *(Time(each) for each in by_term), Time(sum(by_term)))
        return Table(
            "The hours, by what was done and by term",
            self._terms("What was done", "In all"),
            (*rows, total) if told.terms else (),
            note=f"{RULE} {COUNTED}",
            empty="Nothing is shown.",
        )

    def _costs(self) -> Table:
        told = self.told
        rows: list[tuple[Told, ...]] = []
        for kind in told.kinds:
            of_kind = [term.of(kind) for term in told.terms]
            cells = self._cells(kind, [self._cost(each) for each in of_kind])
            whole = Hours(kind, sum(e.parts for e in of_kind if e), sum(e.pence for e in of_kind if e),
                          sum(e.unpriced for e in of_kind if e))  # fmt: skip
            rows.append((WORK.get(kind, kind), *cells, self._cost(whole)))
        rows.append(("In all", *(self._cost(term) for term in told.terms), self._cost(told)))
        if told.share_pence is not None and told.agreed is not None:
            share = (Money(each) for each in told.share_by_term)
            rows.append(
                (f"The school’s share, {percent(told.agreed.share or 0)}", *share, Money(told.share_pence))
            )
        return Table(
            "What the hours cost, and the share of it",
            self._terms("What was done", "In all"),
            tuple(rows) if told.terms else (),
            empty="Nothing is shown.",
        )

    def _cells(self, kind: str, cells: Sequence[Told]) -> list[Told]:
        """A kind's cells; where its work stands with other work in a term, that is said."""
        return [
            "with other work" if term.of(kind) is None and term.of(OTHER_WORK) is not None else cell
            for term, cell in zip(self.told.terms, cells, strict=True)
        ]

    def _cost(self, of: Hours | Term | Statement | None) -> Told:
        if of is None:
            return Money(0)
        return NOT_KNOWN if of.parts and of.unpriced == of.parts else Money(of.pence)

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


CAME = {
    "helped": "were still being helped",
    "ended": "needed no more help",
    "down": "had stepped down, to less help",
    "up": "had stepped up, to more help",
}


def span_words(term: Term) -> str:
    """The terms that were counted together, as “autumn term” or “summer and autumn terms”."""
    names = [
        (str(name.label).removesuffix(" term"), of)
        for of in range(year_of(term.begins), year_of(term.ends) + 1)
        for name, ends in term_ends(of).items()
        if term.begins <= ends <= term.ends
    ]
    said = [name if of == year_of(term.ends) else f"{name} {year_words(of)}" for name, of in names]
    return f"{words.listed(said)} {'term' if len(said) == 1 else 'terms'}"


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


def is_total(row: Sequence[Told]) -> bool:
    """Whether a row is the sum of those above, and is set in bold on paper."""
    return row[0] in ("In all", "Children helped")


def rows_of(tables: Sequence[Table]) -> list[tuple[str, ...]]:
    """Every cell of every table in words: what each kind of paper must hold."""
    return [tuple(in_words(each) for each in row) for table in tables for row in table.rows]
