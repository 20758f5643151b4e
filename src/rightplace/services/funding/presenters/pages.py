"""What the staff pages of funding say: who owes what, what was agreed, what each pound bought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.services.funding.models import Agreement, Budget, Contribution, Payment, Share, UnitCost
from rightplace.services.funding.presenters.statement import state_of, time_of
from rightplace.services.funding.queries import DueOf
from rightplace.services.funding.statement import GRADES, WORK
from rightplace.services.funding.working import NO_SCHOOL, YearOfWork
from rightplace.services.funding.years import percent, pounds, year_words

DUE_COLUMNS = (
    Column("Agency"), Column("Due by"), Column("Due", number=True), Column("Paid", number=True), Column("State"),
)  # fmt: skip
AGREEMENT_COLUMNS = (
    Column("Agency"), Column("From"), Column("Share this year", number=True), Column("Agreed by"), Column("State"),
)  # fmt: skip
TERM_COLUMNS = (
    Column("Term"), Column("Due by"), Column("Due", number=True), Column("Paid", number=True), Column("State"),
)  # fmt: skip
SHARE_COLUMNS = (Column("Year"), Column("Share", number=True), Column("Why"), Column("Said by"))
PAYMENT_COLUMNS = (Column("On"), Column("Amount", number=True), Column("Reference"), Column("Written by"))
PRICE_COLUMNS = (
    Column("Grade"), Column("From"), Column("An hour", number=True), Column("Source"), Column("Said by"),
)  # fmt: skip
BUDGET_COLUMNS = (Column("Team"), Column("Budget", number=True), Column("Source"), Column("Said by"))
TEAM_COLUMNS = (
    Column("Team"), Column("Budget", number=True), Column("Hours", number=True), Column("Their cost", number=True),
    Column("Of the budget", number=True),
)  # fmt: skip
SCHOOL_COLUMNS = (
    Column("School"), Column("Children", number=True), Column("Hours", number=True), Column("Cost", number=True),
    Column("Its share", number=True), Column("Due", number=True),
)  # fmt: skip


@dataclass(frozen=True)
class DuePage:
    """All contributions of a year: what is late first, then what comes next."""

    year: int
    dues: Sequence[DueOf]
    now: datetime

    @property
    def late(self) -> list[DueOf]:
        return [each for each in self.dues if each.left and _is_over(each, self.now)]

    @property
    def sentences(self) -> list[str]:
        due = sum(each.contribution.pence for each in self.dues)
        paid = sum(each.paid for each in self.dues)
        if not self.dues:
            return [f"No contribution is due for {year_words(self.year)}."]
        found = [f"Of {pounds(due)} due for {year_words(self.year)}, {pounds(paid)} was paid."]
        if self.late:
            left = sum(each.left for each in self.late)
            agencies = len({each.contribution.agreement.agency_id for each in self.late})
            found.append(f"{pounds(left)} of {words.count_words(agencies, 'agency', 'agencies')} is late.")
        else:
            found.append("Nothing is late.")
        paid_up = sum(not each.left for each in self.dues)
        found.append(f"{words.count_words(paid_up, 'contribution')} of {len(self.dues):,} paid in full.")
        return found

    @property
    def rows(self) -> list[Row]:
        """What is still owed: late first, then what comes next. What is paid is counted, and stands in its agreement."""
        late = set(map(id, self.late))
        owed = sorted((each for each in self.dues if each.left), key=lambda each: id(each) not in late)
        return [_due_row(each, self.now, id(each) in late) for each in owed]


def _is_over(due: DueOf, now: datetime) -> bool:
    return tags.is_late(due.contribution.due, now)


def _due_row(each: DueOf, now: datetime, late: bool) -> Row:
    made = each.contribution
    name = made.agreement.agency.name
    link = Link(name, reverse("funding:contribution", args=[made.pk]), words.capitalised(term_of(made)))
    state = state_of(made.pence, each.paid, made.due, now)
    return Row([link, words.plain_day(made.due), pounds(made.pence), pounds(each.paid), state], late=late)


def term_of(contribution: Contribution) -> str:
    return str(Contribution.Term(contribution.term).label)


def agreement_rows(
    found: Sequence[Agreement], shares: Mapping[tuple[int, int], Share], year: int, now: datetime
) -> list[Row]:
    """Every agreement with its share of the year."""
    return [
        Row(
            [
                Link(each.agency.name, reverse("funding:agreement", args=[each.pk]), each.what_for),
                words.plain_day(each.begins),
                percent(shares[each.pk, year].hundredths) if (each.pk, year) in shares else "none",
                each.recorded_by.name,
                tags.plain("ended")
                if each.ends and tags.is_late(each.ends, now)
                else tags.still_open("runs"),
            ]
        )
        for each in found
    ]


def term_rows(dues: Sequence[DueOf], now: datetime) -> list[Row]:
    """One agreement's terms, the latest last."""
    return [
        Row(
            [
                Link(
                    f"{year_words(each.contribution.year)}, {term_of(each.contribution)}",
                    reverse("funding:contribution", args=[each.contribution.pk]),
                ),
                words.plain_day(each.contribution.due),
                pounds(each.contribution.pence),
                pounds(each.paid),
                state_of(each.contribution.pence, each.paid, each.contribution.due, now),
            ]
        )
        for each in dues
    ]


def share_rows(shares: Sequence[Share]) -> list[Row]:
    """Every share ever said, the last first: what was said before stays readable."""
    return [
        Row(
            [year_words(s.year), percent(s.hundredths), s.because, said_by(s.recorded_by.name, s.recorded_at)]
        )
        for s in shares
    ]


def said_by(name: str, at: datetime) -> Lines:
    return Lines(name, words.when(at))


def payment_rows(payments: Sequence[Payment]) -> list[Row]:
    """Money in and money taken back, the last first."""
    return [
        Row(
            [
                Lines(words.plain_day(p.on), f"Reversed: {p.because}" if p.reverses_id else ""),
                pounds(p.pence),
                p.reference or "none",
                said_by(p.recorded_by.name, p.recorded_at),
            ]
        )
        for p in payments
    ]


def price_rows(prices: Sequence[UnitCost]) -> list[Row]:
    """What an hour costs, and how that is known: what is assumed says so."""
    return [
        Row(
            [
                Lines(words.capitalised(GRADES.get(p.grade, p.grade)), WORK.get(p.doing, "Whatever is done")),
                words.plain_day(p.begins),
                pounds(p.pence),
                Lines(p.source, "Assumed" if p.assumed else ""),
                said_by(p.recorded_by.name, p.recorded_at),
            ]
        )
        for p in prices
    ]


def budget_rows(budgets: Sequence[Budget]) -> list[Row]:
    """What each team may spend, and how that is known."""
    return [
        Row(
            [
                each.team.name,
                pounds(each.pence),
                Lines(each.source, "Assumed" if each.assumed else ""),
                said_by(each.recorded_by.name, each.recorded_at),
            ]
        )
        for each in sorted(budgets, key=lambda budget: budget.team.name)
    ]


@dataclass(frozen=True)
class BoughtPage:
    """What each pound bought: hours and their cost by team, and by school with its children and its share."""

    work: YearOfWork
    budgets: Mapping[int, Budget]
    teams: Mapping[int, str]
    schools: Mapping[int, str]
    children: Mapping[int, int | None]
    shares: Mapping[int, int]
    due: Mapping[int, int]
    page_of_schools: Sequence[int] = ()

    @property
    def known_schools(self) -> list[int]:
        """Schools with a cost or a contribution, the dearest first."""
        known = [s for s in {*self.work.by_school, *self.due} if s in self.schools]
        return sorted(known, key=lambda s: (-self.work.by_school.get(s, 0), self.schools[s]))

    @property
    def sentences(self) -> list[str]:
        hours = time_of(sum(each.parts for each in self.work.worked))
        found = [f"{hours} hours were given to families, at a cost of {pounds(self.work.pence)}."]
        mine = self.work.by_school.get(NO_SCHOOL, 0)
        if mine:
            found.append(
                f"{pounds(mine)} of it was for children of no school, or of one that is not recorded: no school bears it."
            )
        unpriced = sum(each.parts for each in self.work.worked if each.price is None)
        if unpriced:
            found.append(
                f"What {time_of(unpriced)} hours cost is not known: no unit cost is recorded for them."
            )
        return found

    @property
    def team_rows(self) -> list[Row]:
        cost = self.work.by_team()
        return [
            self._team(team, cost.get(team, 0)) for team in sorted({*cost, *self.budgets}, key=self._name)
        ]

    def _name(self, team: int) -> str:
        return self.teams.get(team, "A team that has ended")

    def _team(self, team: int, pence: int) -> Row:
        budget = self.budgets.get(team)
        part: Cell = f"{100 * pence / budget.pence:.0f}%" if budget is not None and budget.pence else None
        said: Cell = (
            Lines(pounds(budget.pence), "Assumed" if budget.assumed else "") if budget is not None else None
        )
        hours = time_of(sum(each.parts for each in self.work.worked if each.team == team))
        return Row([self._name(team), said, str(hours), pounds(pence), part])

    @property
    def school_rows(self) -> list[Row]:
        return [self._school(school) for school in self.page_of_schools]

    def _school(self, school: int) -> Row:
        pence = self.work.by_school.get(school, 0)
        children = self.children.get(school, 0)
        hours = time_of(sum(each.parts for each in self.work.of_school(school)))
        href = reverse("funding:statement", args=[school, self.work.year])
        return Row(
            [
                Link(self.schools[school], href),
                "not shown" if children is None else children,
                str(hours),
                pounds(pence),
                pounds(self.shares[school]) if school in self.shares else "none agreed",
                pounds(self.due.get(school, 0)),
            ]
        )
