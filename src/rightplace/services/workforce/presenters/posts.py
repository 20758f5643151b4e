"""Posts as pages show them: a service's figures, a team's posts, one post with its history and lineage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.charts import Bar, BarChart, Caption
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.organisation.establishment.oddities import Oddity
from rightplace.foundation.organisation.establishment.standing import (
    STATES,
    PostStanding,
    SeatStanding,
    State,
    by_team,
    total,
)
from rightplace.foundation.organisation.establishment.tables import (
    Freeze,
    Kept,
    Lineage,
    Occupancy,
    Post,
    Profession,
)
from rightplace.foundation.organisation.models import Team
from rightplace.services.workforce.suppressing import LEAST, suppressed

WORDS = {
    State.FILLED: "filled", State.COVERED: "covered", State.AGENCY: "agency", State.KEPT: "kept, nobody covers",
    State.FROZEN: "frozen", State.VACANT: "vacant",
}  # fmt: skip
TEAM_COLUMNS = (
    Column("Team"), Column("Posts", number=True), Column("Whole-time", number=True), Column("Filled", number=True),
    Column("The rest"),
)  # fmt: skip
COUNT_COLUMNS = (
    Column("Kind of team"), Column("Seats", number=True), Column("Filled", number=True), Column("The rest"),
)  # fmt: skip
REST = tuple(state for state in STATES if state is not State.FILLED)
POST_COLUMNS = (
    Column("Post"), Column("Grade"), Column("Profession"), Column("Hours", number=True), Column("Who sits there"),
    Column("State"),
)  # fmt: skip
SEAT_COLUMNS = (Column("Seat"), Column("Hours", number=True), Column("Who sits there"), Column("State"))
HISTORY_COLUMNS = (
    Column("Who"),
    Column("How"),
    Column("Hours", number=True),
    Column("From"),
    Column("Until"),
)
LINEAGE_COLUMNS = (Column("Before"), Column("After"), Column("From"), Column("What happened"))
ODD_COLUMNS = (Column("Who or what"), Column("What is odd about it"))
KIND_WORDS = dict(Team.Kind.choices)
LEFT_OUT = "left out"


def in_hours(hours: Decimal) -> str:
    """Hours as they are written down: 37, 18.5."""
    return f"{float(hours):g}"


def whole(posts: Decimal) -> str:
    """Whole-time posts as they are read: 4, 2.6."""
    return f"{float(posts):g}"


def state_tag(state: State, *, frozen: bool = False) -> Tag:
    """What a seat is: word, shape and colour; red is for harm only, so a vacancy is not red."""
    if frozen and state is State.VACANT:
        return tags.sealed("frozen")
    if state in (State.FILLED, State.COVERED):
        return tags.met(WORDS[state])
    return tags.still_open(WORDS[state]) if state is State.AGENCY else tags.due_soon(WORDS[state])


def who_sits(seat: SeatStanding) -> Cell:
    """Who sits in a seat and how, and for whom it is kept."""
    kept = f"kept for {seat.kept_for_name}: {Kept.Why(seat.kept_why).label}" if seat.kept_why else ""
    if seat.name is None or seat.kind is None:
        return Lines("nobody", kept)
    until = f"until {words.plain_day(seat.until)}" if seat.until else ""
    how = Occupancy.Kind(seat.kind).label
    more = "; ".join(each for each in (how if how != "substantive" else "", until, kept) if each)
    return Lines(seat.name, more)


@dataclass(frozen=True, kw_only=True)
class Establishment:
    """How every post stands on a day, team by team, in whole-time posts."""

    now: datetime
    posts: Sequence[PostStanding]
    open_teams: bool

    @property
    def sentences(self) -> list[str]:
        found = total(self.posts)
        if not found.posts:
            return ["No post is written down."]
        rate = found.vacancy_rate or 0.0
        said = words.listed(
            [f"{whole(found.whole_time(state))} {WORDS[state]}" for state in STATES if found.hours(state)]
        )
        return [
            f"There are {words.count_words(found.posts, 'post')}, {whole(found.whole_time())} whole-time: {said}.",
            f"Of every 100 budgeted hours {rate * 100:.0f} have nobody of our own staff: agency, kept, frozen or vacant.",
        ]

    @property
    def chart(self) -> BarChart | None:
        """The whole-time posts by state, as a picture."""
        found = total(self.posts)
        if not found.posts:
            return None
        gone = found.whole_time(State.VACANT) + found.whole_time(State.FROZEN)
        filled = f"{whole(found.whole_time(State.FILLED))} of {whole(found.whole_time())}"
        finding = f"{filled} whole-time posts are filled; {whole(gone)} are vacant or frozen."
        bars = [
            Bar(words.capitalised(WORDS[state]), float(found.whole_time(state)), state is State.FILLED)
            for state in STATES
        ]
        caption = Caption(self.now, found.posts, "posts", "A whole-time post has 37 hours.")
        return BarChart(
            finding=finding, bars=bars, caption=caption, heading="State", figure="Whole-time posts"
        )

    @property
    def rows(self) -> list[Row]:
        """One line a team, in whole-time posts; they add up to the whole."""
        return [self._row(posts) for posts in by_team(self.posts).values()]

    def _row(self, posts: Sequence[PostStanding]) -> Row:
        found, first = total(posts), posts[0]
        name: Cell = (
            Link(first.team_name, reverse("workforce:team-posts", args=[first.team]))
            if self.open_teams
            else first.team_name
        )
        rest = [f"{whole(found.whole_time(state))} {WORDS[state]}" for state in REST if found.hours(state)]
        numbers = (found.posts, whole(found.whole_time()), whole(found.whole_time(State.FILLED)))
        return Row((name, *numbers, ", ".join(rest) or "–"))


@dataclass(frozen=True, kw_only=True)
class CountsOnly:
    """The same for whoever sees figures only: seats counted by kind of team, small numbers left out."""

    now: datetime
    posts: Sequence[PostStanding]
    kinds: Mapping[int, str]

    @property
    def chart(self) -> BarChart | None:
        """Filled seats of each kind of team against the seats that there are."""
        lines = self._lines()
        if not lines:
            return None
        shown = [(name, seats, line[STATES.index(State.FILLED)]) for name, seats, line in lines]
        bars = [Bar(name, filled, True, own=seats) for name, seats, filled in shown]
        caption = Caption(self.now, sum(seats or 0 for _, seats, _ in shown), "seats that are shown")
        return BarChart(
            finding="How many seats of each kind of team are filled", bars=bars, caption=caption, heading="Kind of team",
            figure="Filled seats", own="Seats that there are", missing=LEFT_OUT, drawn="seats",
        )  # fmt: skip

    @property
    def rows(self) -> list[Row]:
        """One line a kind of team; a number that is left out is said to be, and nought is not named."""
        return [
            Row((name, LEFT_OUT if seats is None else seats, self._of(line, State.FILLED), self._rest(line)))
            for name, seats, line in self._lines()
        ]

    def _lines(self) -> list[tuple[str, int | None, list[int | None]]]:
        names, table = self._counted()
        shown = suppressed(table)
        return [
            (name, sum(raw) if sum(raw) >= LEAST else None, line)
            for name, raw, line in zip(names, table, shown, strict=True)
        ]

    @staticmethod
    def _of(line: Sequence[int | None], state: State) -> Cell:
        number = line[STATES.index(state)]
        return LEFT_OUT if number is None else number

    def _rest(self, line: Sequence[int | None]) -> str:
        said = [(self._of(line, state), WORDS[state]) for state in REST]
        known = [f"{number} {what}" for number, what in said if number not in (0, LEFT_OUT)]
        hidden = [what for number, what in said if number == LEFT_OUT]
        return "; ".join([*known, *([f"{LEFT_OUT}: {', '.join(hidden)}"] if hidden else [])]) or "–"

    def _counted(self) -> tuple[list[str], list[list[int]]]:
        counts: dict[str, list[int]] = {}
        for post in self.posts:
            line = counts.setdefault(self.kinds.get(post.team, ""), [0] * len(STATES))
            for seat in post.seats:
                state = State.FROZEN if post.frozen and seat.state is State.VACANT else seat.state
                line[STATES.index(state)] += 1
        names = sorted(counts)
        return [words.capitalised(KIND_WORDS.get(name, "another team")) for name in names], [
            counts[n] for n in names
        ]


@dataclass(frozen=True, kw_only=True)
class TeamPosts:
    """The posts of one team."""

    team: Team
    posts: Sequence[PostStanding]
    odd: Sequence[Oddity]

    @property
    def sentences(self) -> list[str]:
        found = total(self.posts)
        if not found.posts:
            return [f"{self.team.name} has no post written down."]
        said = words.listed(
            [f"{in_hours(found.hours(state))} {WORDS[state]}" for state in STATES if found.hours(state)]
        )
        number = words.count_words(found.posts, "post")
        return [f"{self.team.name} has {number} with {in_hours(found.budgeted)} hours a week: {said}."]

    @property
    def rows(self) -> list[Row]:
        return [row for post in self.posts for row in self._rows(post)]

    def _rows(self, post: PostStanding) -> Iterable[Row]:
        name = Link(post.title, reverse("workforce:post", args=[post.id]), post.reference)
        what = (post.grade, Profession(post.profession).label)
        if not post.seats:
            state = state_tag(State.VACANT, frozen=post.frozen)
            yield Row((name, *what, in_hours(post.hours), Lines("nobody", "no seat"), state))
        for seat in post.seats:
            yield Row(
                (name, *what, in_hours(seat.hours), who_sits(seat), state_tag(seat.state, frozen=post.frozen))
            )

    @property
    def odd_rows(self) -> list[Row]:
        return [Row((each.who, each.says)) for each in self.odd]


@dataclass(frozen=True, kw_only=True)
class PostPage:
    """One post: what it is, who sits there, who sat there, what it came of and what became of it."""

    post: Post
    now: datetime
    standing: PostStanding | None
    history: Sequence[Occupancy]
    lineage: Sequence[Lineage]
    freezes: Sequence[Freeze]

    @property
    def sentences(self) -> list[str]:
        post = self.post
        funding = f"paid from {post.funding}" if post.funding else "its funding is not known"
        what = f"{in_hours(post.hours)} hours a week, grade {post.grade}, {Profession(post.profession).label}, {funding}."
        since = f"In {post.team.name} since {words.plain_day(post.begins)}"
        until = f", until {words.plain_day(post.ends)}." if post.ends else "."
        frozen = [
            f"Frozen from {words.plain_day(each.begins)}: {each.because}"
            for each in self.freezes
            if _holds(each, self.now.date())
        ]
        return [f"{words.capitalised(role_of(post.role).name)}. {what}", since + until, *frozen]

    @property
    def seat_rows(self) -> list[Row]:
        if self.standing is None:
            return []
        return [
            Row(
                (
                    str(seat.number),
                    in_hours(seat.hours),
                    who_sits(seat),
                    state_tag(seat.state, frozen=self.standing.frozen),
                )
            )
            for seat in self.standing.seats
        ]

    @property
    def history_rows(self) -> list[Row]:
        return [
            Row((row.worker.name, Occupancy.Kind(row.kind).label, in_hours(row.hours), words.plain_day(row.begins),
                 words.plain_day(row.ends) if row.ends else "still"))
            for row in self.history
        ]  # fmt: skip

    @property
    def lineage_rows(self) -> list[Row]:
        return [
            Row((self._named(row.before), self._named(row.after), words.plain_day(row.on),
                 Lines(Lineage.Kind(row.kind).label, row.because)))
            for row in self.lineage
        ]  # fmt: skip

    def _named(self, post: Post) -> Cell:
        if post.pk == self.post.pk:
            return Lines("This post", post.reference)
        return Link(
            post.title, reverse("workforce:post", args=[post.pk]), f"{post.reference}, {post.team.name}"
        )


def _holds(row: Freeze, on: date) -> bool:
    return row.begins <= on and (row.ends is None or on < row.ends)
