"""Leavers and what they hand over, interviews of staff, initiatives with what they cost and changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from rightplace.common.caseflow.handover import HandOver
from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.domain.evidence.comparing import Comparison
from rightplace.domain.evidence.refusing import TooFew
from rightplace.domain.practice.recruiting import Local
from rightplace.domain.practice.vocabulary.codes import code_list, collection_year
from rightplace.services.recruitment.models import Initiative, Notice, Voice
from rightplace.services.recruitment.voices import ThemeTold, half_words

NOTICE_COLUMNS = (Column("Who"), Column("Notice"), Column("Last day"), Column("Why"), Column("How it stands"))
HAND_COLUMNS = (Column("What"), Column("How many", number=True), Column("Who takes it over"))
VOICE_COLUMNS = (Column("Who"), Column("Which"), Column("Offered"), Column("How it stands"))
OWN_COLUMNS = (Column("Which"), Column("Offered"), Column("Read by"), Column("How it stands"))
THEME_COLUMNS = (Column("Theme"), Column("Interviews"), Column("People", number=True))
INITIATIVE_COLUMNS = (
    Column("What is done"), Column("What for"), Column("Teams", number=True), Column("Since"), Column("A year", number=True)
)  # fmt: skip


def reason_words(code: str, on: date) -> str:
    """A reason for leaving, in the words of the census' list."""
    found = code_list("leaving_reason").find(code, collection_year(on))
    return found.label if found else "not known"


def notice_row(each: Notice, now: datetime) -> Row:
    today = words.london(now).date()
    state: Cell = tags.due_tag(each.last_day, now)
    if each.taken_back_on:
        state = tags.met("stays after all")
    elif each.leaver_id:
        state = tags.plain("left")
    name = Link(each.worker.name, reverse("recruitment:leaver", args=[each.pk]))
    late = each.leaver_id is None and each.taken_back_on is None and each.last_day < today
    return Row((name, words.plain_day(each.given_on), words.plain_day(each.last_day), reason_words(each.reason, each.last_day),
                state), late=late)  # fmt: skip


def hand_rows(found: Sequence[HandOver]) -> list[Row]:
    return [
        Row((words.capitalised(each.what), "not known" if each.number is None else each.number, each.by_whom))
        for each in found
    ]


def voice_row(each: Voice, *, own: bool) -> Row:
    """An interview in a list. Of others only the named reader sees this."""
    state: Cell = tags.still_open("not answered")
    if each.taken_back_on:
        state = tags.plain("taken back")
    elif each.coded_on:
        state = tags.met("read")
    elif each.answered_on:
        state = (
            tags.due_soon("answered, not read yet") if not own else tags.still_open("answered, not read yet")
        )
    elif each.declined_on:
        state = tags.plain("declined")
    kind = words.capitalised(Voice.Kind(each.kind).label)
    offered = words.plain_day(each.recorded_at.date())
    if own:
        return Row(
            (
                Link(kind, reverse("recruitment:my-interview", args=[each.pk])),
                offered,
                each.reader.name,
                state,
            )
        )
    return Row(
        (Link(each.worker.name, reverse("recruitment:interview", args=[each.pk])), kind, offered, state)
    )


def theme_rows(told: Sequence[ThemeTold], half: int, local: Local) -> list[Row]:
    return [
        Row((local.theme(each.theme), words.capitalised(Voice.Kind(each.kind).label), each.people))
        for each in told if each.half == half
    ]  # fmt: skip


def quotes_of(told: Sequence[ThemeTold], half: int) -> list[str]:
    return [f"“{quote}”" for each in told if each.half == half for quote in each.quotes]


def halves(told: Sequence[ThemeTold]) -> list[tuple[int, str]]:
    return [(half, half_words(half)) for half in sorted({each.half for each in told}, reverse=True)]


def initiative_row(each: Initiative, teams: int) -> Row:
    since: Cell = words.plain_day(each.begins)
    if each.ends:
        since = Lines(words.plain_day(each.begins), f"until {words.plain_day(each.ends)}")
    return Row((Link(each.title, reverse("recruitment:initiative", args=[each.pk])), Initiative.Aim(each.aim).label, teams,
                since, f"£{each.cost / 100:,.0f}"))  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class InitiativePage:
    """One initiative: what it costs, what was expected, what changed against teams without it."""

    initiative: Initiative
    teams: Sequence[str]
    today: date
    compared: Comparison | TooFew
    staff_of_teams: float

    @property
    def sentences(self) -> list[str]:
        it = self.initiative
        until = f" until {words.plain_day(it.ends)}: {it.ended_because}" if it.ends else ""
        return [
            (f"{words.capitalised(Initiative.Aim(it.aim).label)}, since {words.plain_day(it.begins)}{until}. "
            f"It costs £{it.cost / 100:,.0f} a year."),
            f"In {words.listed(self.teams)}.", f"Expected: {it.expected}", f"Because: {it.because}",
        ]  # fmt: skip

    @property
    def found(self) -> list[str]:
        """What may honestly be said, and no more."""
        if isinstance(self.compared, TooFew):
            return [f"This cannot be compared fairly. {self.compared.because} {self.compared.instead}"]
        told = self.compared
        return [told.finding, told.uncertainty, told.trend, f"Compared: {told.counted}", self.price]

    @property
    def price(self) -> str:
        """The price of one leaver avoided, with its range; not said where none may have been avoided."""
        assert isinstance(self.compared, Comparison)
        told = self.compared
        if (told.before and told.before.unlike) or told.high >= 0 or self.staff_of_teams <= 0:
            return "What one leaver avoided cost cannot be said: the range includes none avoided."
        a_year = [-each * 4 / 100 * self.staff_of_teams for each in (told.high, told.estimate, told.low)]
        high, middle, low = (self.initiative.cost / 100 / each for each in a_year)
        return f"One leaver avoided cost about £{middle:,.0f}, between £{low:,.0f} and £{high:,.0f}."
