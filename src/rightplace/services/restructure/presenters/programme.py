"""A programme's page and the structure's: sentences, both sides, the chain from flaw to result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.charts import Caption
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.domain.practice.figures import FIGURES
from rightplace.domain.restructuring import Totals, became, came
from rightplace.foundation.organisation.establishment.tables import Post, Profession
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.services.restructure.becoming import ENDS, KEPT
from rightplace.services.restructure.models import Asked, GradeCost, ReasonStep
from rightplace.services.restructure.presenters.picture import FlowPicture, flows_of
from rightplace.services.restructure.structure import Structure, by_team

PROGRAMME_COLUMNS = (Column("Programme"), Column("Began"), Column("First day"), Column("Results"))
WAITING_COLUMNS = (Column("What was asked"), Column("By whom"), Column("Due"))
SIDE_COLUMNS = (
    Column("Side"), Column("Posts", number=True), Column("Hours a week", number=True), Column("Money a year", number=True),
)  # fmt: skip
TEAM_COLUMNS = (Column("Team"), Column("Posts", number=True), Column("What became of it"))
NEW_TEAM_COLUMNS = (Column("Team"), Column("Posts", number=True), Column("What it comes of"))
POST_COLUMNS = (
    Column("Post"),
    Column("Grade"),
    Column("Profession"),
    Column("Hours", number=True),
    Column("What becomes of it"),
)
COST_COLUMNS = (
    Column("Grade"), Column("A whole-time post a year", number=True), Column("Posts"), Column("How it is known"),
    Column("Said by"),
)  # fmt: skip
KEPT_COLUMNS = (Column("What works and stays"), Column("Posts", number=True), Column("Where"))
REASON_COLUMNS = tuple(Column(words.capitalised(kind.label)) for kind in ReasonStep.Kind)


def in_money(pence: int) -> str:
    return f"{'−' if pence < 0 else ''}£{abs(pence) / 100:,.0f}"


def in_hours(minutes: int) -> str:
    return f"{minutes / 60:,.0f}"


def programme_rows(programmes: Sequence[Programme], published: Mapping[int, date], name: str) -> list[Row]:
    """Programmes, the newest first, each leading to its page."""
    return [
        Row((
            Link(each.title, reverse(name, args=[each.pk]), "ended" if each.ends else ""),
            words.plain_day(each.begins),
            words.plain_day(each.first_day) if each.first_day else None,
            tags.met(f"published {words.plain_day(published[each.pk])}") if each.pk in published
            else tags.still_open("not published"),
        ))
        for each in programmes
    ]  # fmt: skip


def waiting_rows(asked: Sequence[Asked], now: datetime) -> list[Row]:
    """The questions that wait for the reader's answer, each leading to where it is given."""
    return [
        Row(
            (
                Link(each.words, reverse("restructure:asked", args=[each.programme_id, each.pk])),
                each.body.name if each.body else "staff", tags.due_tag(each.answer_by, now),
            ),
            late=each.answer_by < now.date(),
        )
        for each in asked
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ProgrammePage:
    """One programme: what it is for, what it changes, what it keeps, and why."""

    programme: Programme
    structure: Structure
    steps: Sequence[ReasonStep]
    published: date | None
    now: datetime
    sees_figures: bool

    @property
    def sentences(self) -> list[str]:
        first = self.programme.first_day
        if first is None:
            day = "Its first day is not set."
        elif first < self.now.date():
            day = f"Its first day was {words.plain_day(first)}."
        else:
            day = f"Its first day is {words.day_words(first, self.now)}."
        results = (
            f"Results were published on {words.plain_day(self.published)}."
            if self.published
            else "Results are not published."
        )
        return [self.programme.purpose, f"{self.programme.lead.name} answers for it. {day} {results}"]

    @property
    def picture(self) -> FlowPicture | None:
        flows = flows_of(self.structure)
        if not flows:
            return None
        before, after = len(self.structure.old), len(self.structure.after)
        old, new = len(by_team(self.structure.old)), len(by_team(self.structure.after))
        teams = f"{words.count_words(old, 'team')} {'becomes' if old == 1 else 'become'} {new}"
        finding = (
            f"{words.count_words(before, 'post')} {'becomes' if before == 1 else 'become'} {after}; {teams}."
        )
        source = "A post of which another comes counts once, under the first."
        return FlowPicture(
            flows=flows, finding=finding, caption=Caption(self.now, before, "old posts", source)
        )

    @property
    def side_rows(self) -> list[Row]:
        """Posts, hours and money before and after; money is not known while one grade has no cost."""
        totals = self.structure.totals
        return [
            self._side("Before", totals.before),
            self._side("After", totals.after),
            self._side("Change", totals.change),
        ]

    def _side(self, name: str, total: Totals) -> Row:
        money: Cell = None if self.structure.unpriced else in_money(total.pence)
        return Row(
            (name, f"{total.places:,}".replace("-", "−"), in_hours(total.minutes).replace("-", "−"), money)
        )

    @property
    def unpriced_words(self) -> str:
        grades = self.structure.unpriced
        return f"what a post of grade {words.listed(grades)} costs." if grades else ""

    @property
    def kept_rows(self) -> list[Row]:
        """What works and is protected, by reason."""
        teams: dict[tuple[str, str], int] = {}
        for post in self.structure.old:
            if post.pk in self.structure.protected:
                key = (self.structure.protected[post.pk], post.team.name)
                teams[key] = teams.get(key, 0) + 1
        return [Row((because, count, team)) for (because, team), count in teams.items()]

    @property
    def reason_rows(self) -> list[Row]:
        """From flaw to result, line by line; what is not there yet is not known."""
        lines: dict[int, dict[str, ReasonStep]] = {}
        for step in self.steps:
            lines.setdefault(step.line, {})[step.kind] = step
        return [
            Row([self._step(line.get(kind)) for kind in ReasonStep.Kind]) for _, line in sorted(lines.items())
        ]

    def _step(self, step: ReasonStep | None) -> Cell:
        if step is None:
            return tags.not_known("not yet known")
        signed = f"{words.plain_day(step.on)}, {step.recorded_by.name}"
        if step.figure in FIGURES and self.sees_figures:
            return Link(step.words, reverse("leadership:figure", args=[step.figure]), signed)
        return Lines(step.words, signed)

    @property
    def open_lines(self) -> list[tuple[int, str]]:
        """Lines that wait for their next step, for the form: number and what the flaw was."""
        found: dict[int, list[ReasonStep]] = {}
        for step in self.steps:
            found.setdefault(step.line, []).append(step)
        return [
            (line, f"{line}. {steps[0].words[:70]}")
            for line, steps in sorted(found.items())
            if len(steps) < len(ReasonStep.Kind)
        ]


@dataclass(frozen=True, kw_only=True)
class StructurePage:
    """Both sides team by team, and everything of which nobody has said what becomes of it."""

    programme: Programme
    structure: Structure

    @property
    def old_rows(self) -> list[Row]:
        return [self._team(posts, self._after(team)) for team, posts in by_team(self.structure.old).items()]

    @property
    def new_rows(self) -> list[Row]:
        return [
            self._team(posts, self._before(team)) for team, posts in by_team(self.structure.after).items()
        ]

    def _team(self, posts: Sequence[Post], lines: Cell) -> Row:
        team = posts[0].team
        return Row((
            Link(team.name, reverse("restructure:team", args=[self.programme.pk, team.pk])), len(posts), lines,
        ))  # fmt: skip

    def _after(self, team: int) -> Cell:
        found = [each for each in self.structure.teams if each.before_id == team]
        if not found:
            stays = any(post.team_id == team for post in self.structure.staying)
            return "stays; the posts named in the programme are protected" if stays else None
        return Lines(words.listed(each.after.name for each in found), found[0].because)

    def _before(self, team: int) -> Cell:
        found = [each for each in self.structure.teams if each.after_id == team]
        if not found:
            return "stays" if any(post.team_id == team for post in self.structure.staying) else None
        return Lines(words.listed(each.before.name for each in found), found[0].because)

    @property
    def gaps(self) -> Sequence[str]:
        return self.structure.unaccounted[:20]

    @property
    def gap_words(self) -> str:
        many = len(self.structure.unaccounted)
        return f"{words.count_words(many, 'post')} of which it is not said what becomes of it, or where it comes from."


@dataclass(frozen=True, kw_only=True)
class TeamPage:
    """The posts of one team in a programme, and what became of each. No name of anybody."""

    structure: Structure
    team: int

    @property
    def name(self) -> str:
        return next(
            (p.team.name for p in (*self.structure.old, *self.structure.new) if p.team_id == self.team), ""
        )

    @property
    def rows(self) -> list[Row]:
        old = [self._row(post, old=True) for post in self.structure.old if post.team_id == self.team]
        return old + [self._row(post, old=False) for post in self.structure.new if post.team_id == self.team]

    @property
    def of_old(self) -> bool:
        """Whether the team is one of the old structure."""
        return any(post.team_id == self.team for post in self.structure.old)

    @property
    def other_teams(self) -> list[tuple[int, str]]:
        """The teams of the other side of which nobody has said yet that this one goes with them."""
        said = {each.after_id for each in self.structure.teams if each.before_id == self.team}
        said |= {each.before_id for each in self.structure.teams if each.after_id == self.team}
        other = by_team(self.structure.new if self.of_old else self.structure.old)
        return [
            (team, posts[0].team.name)
            for team, posts in other.items()
            if team not in said and team != self.team
        ]

    @property
    def open_posts(self) -> list[tuple[int, str]]:
        """The team's posts of which nobody has said what becomes of them, for the form."""
        linked = {pk for a, b, _ in self.structure.links for pk in (a, b)}
        said = linked | set(self.structure.unlinked) | set(self.structure.protected)
        return [
            (post.pk, f"{post.title} {post.reference}")
            for post in (*self.structure.old, *self.structure.new)
            if post.team_id == self.team and post.pk not in said
        ]

    @property
    def becomes(self) -> list[tuple[object, str]]:
        """What can become of a post of this team: it ends or is kept, or one of the posts of the other side."""
        old = self.of_old
        other = self.structure.new if old else self.structure.old
        first: list[tuple[object, str]] = [
            (ENDS, "It ends, and nothing follows"),
            (KEPT, "It works and is protected"),
        ]
        if not old:
            first = [(ENDS, "It is new, and comes of no post")]
        return [*first, *((post.pk, f"{post.title} {post.reference}, {post.team.name}") for post in other)]

    def _row(self, post: Post, *, old: bool) -> Row:
        return Row((
            Lines(post.title, post.reference), post.grade, Profession(post.profession).label, f"{float(post.hours):g}",
            self._old(post) if old else self._new(post),
        ))  # fmt: skip

    def _old(self, post: Post) -> Cell:
        if post.pk in self.structure.unlinked:
            return Lines("ends", self.structure.unlinked[post.pk])
        if post in self.structure.staying:
            return Lines("stays, protected", self.structure.protected[post.pk])
        became_of = self._linked({b for a, b, _ in self.structure.links if a == post.pk})
        kept = self.structure.protected.get(post.pk, "")
        said = f"{became(self.structure.lineage, post.reference)}: {became_of}"
        return Lines(said, f"Kept: {kept}" if kept else "") if became_of else None

    def _new(self, post: Post) -> Cell:
        if post.pk in self.structure.unlinked:
            return Lines("new", self.structure.unlinked[post.pk])
        come = self._linked({a for a, b, _ in self.structure.links if b == post.pk})
        return f"{came(self.structure.lineage, post.reference)}: from {come}" if come else None

    def _linked(self, numbers: set[int]) -> str:
        posts = [p for p in (*self.structure.old, *self.structure.new) if p.pk in numbers]
        return words.listed(f"{p.reference}, {p.team.name}" for p in posts)


@dataclass(frozen=True, kw_only=True)
class CostsPage:
    """What a post of each grade costs, how it is known, and which grades nobody has priced."""

    structure: Structure
    costs: Sequence[GradeCost]

    @property
    def sentences(self) -> list[str]:
        grades = self.structure.unpriced
        if not grades:
            return (
                ["Every grade of the programme has its cost."]
                if self.costs
                else ["No post is in the programme yet."]
            )
        verb = "has" if len(grades) == 1 else "have"
        return [
            f"{words.listed(grades)} {verb} no cost yet: money before and after is not known before that."
        ]

    @property
    def rows(self) -> list[Row]:
        return [
            Row((each.grade, in_money(each.pence), self._posts(each.grade), each.source,
                 f"{each.recorded_by.name}, {words.plain_day(each.recorded_at)}"))
            for each in self.costs
        ]  # fmt: skip

    def _posts(self, grade: str) -> str:
        before = sum(1 for post in self.structure.old if post.grade == grade)
        after = sum(1 for post in self.structure.after if post.grade == grade)
        return f"{before} before, {after} after"
