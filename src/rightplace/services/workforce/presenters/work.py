"""A worker's own work, a team's, and every team's: hours first, children and families beside, never only a mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from rightplace.common.caseflow.waits import Waiting
from rightplace.common.web import words
from rightplace.common.web.charts import Bar, BarChart, Caption
from rightplace.common.web.frame import story_address
from rightplace.common.web.pieces import Cell, Column, Group, Lines, Link, Row
from rightplace.domain.practice.workload import Family, Load, Weights, hours_words, spread
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.people.projections import Person
from rightplace.services.workforce.models import FullSaid
from rightplace.services.workforce.presenters.line import (
    WORKER_COLUMNS,
    distributions,
    half,
    hours_chart,
    spread_words,
    worker_row,
)
from rightplace.services.workforce.queries import Coming, TeamLoad

FAMILY_COLUMNS = (
    Column("Family"),
    Column("Children", number=True),
    Column("Work"),
    Column("Hours a week", number=True),
)
WEEK_COLUMNS = (Column("Your week"), Column("Hours", number=True))
__all__ = ["WORKER_COLUMNS"]
TEAM_COLUMNS = (
    Column("Team"), Column("Workers", number=True), Column("Families take"), Column("Has for families"),
    Column("Least, middle and most of a worker"), Column("Said to be full", number=True),
)  # fmt: skip
PARTS = {
    "front_door": "front door", "family_support": "family support", "family_help": "family help",
    "assessment": "assessment", "child_in_need": "child in need", "child_protection": "child protection",
    "in_care": "in care", "leaving_care": "leaving care",
}  # fmt: skip
TO_SIGN = frozenset({"assessments"})
"""What waits for a manager’s signature, of all that waits."""
UNSEEN = "A family whose file is restricted"


def full_words(number: int) -> str:
    """How many wait for an answer."""
    return words.count_words(
        number, "worker has said to be full and waits for an answer.", "workers have said to be full and wait for an answer."
    )  # fmt: skip


def part_words(part: str) -> str:
    return PARTS.get(part, part.replace("_", " "))


@dataclass(frozen=True, kw_only=True)
class MyWork:
    """What one worker carries, shown first to that worker."""

    now: datetime
    load: Load
    weights: Weights | None
    people: Mapping[int, Person]
    coming: Sequence[Coming]
    full: FullSaid | None
    earlier: Sequence[FullSaid]
    managing: Managing | None = None
    others_see: Row | None = None
    """The line that others read of this worker, made by the function that makes theirs."""
    counts: str = ""
    """How many hours a suggestion counts this worker with."""

    @property
    def sentences(self) -> list[str]:
        """Where the worker stands, in hours first."""
        load = self.load
        if not load.families and load.besides.leading and load.week is not None:
            besides = hours_words(load.besides.leading + load.besides.supervision_given)
            return [
                f"Of your {hours_words(load.week)} this week {besides} are to lead and supervise. You have no family."
            ]
        families = words.count_words(len(load.families), "family", "families", none="no family")
        children = words.count_words(load.children, "child", "children", none="no child")
        takes = f"You have {families} with {children}. This week they take {hours_words(load.takes)}."
        if load.has is None:
            return [
                takes,
                "How many hours you have is not known: nobody has written down your post and hours.",
            ]
        there = f"Of your {hours_words(load.week or 0)} this week {hours_words(load.has)} are for families."
        if load.over and load.over > 0:
            return [takes, f"{there} Your families take {hours_words(load.over)} more than that."]
        return [takes, f"{there} {hours_words(-(load.over or 0))} are free."]

    @property
    def family_rows(self) -> list[Row]:
        return [self._family(family) for family in self.load.families]

    def _family(self, family: Family) -> Row:
        known = [self.people[child.person] for child in family.children if child.person in self.people]
        parts = words.listed(sorted({part_words(child.part) for child in family.children}))
        first = family.children[0]
        name: Cell = (
            Link(words.listed([each.name for each in known]), story_address(first.person))
            if known and first.person in self.people
            else UNSEEN
        )
        early = f"week {first.weeks + 1}" if first.weeks is not None and first.weeks < 26 else ""
        return Row((name, len(family.children), Lines(parts, early), f"{family.hours:g}"))

    @property
    def week_rows(self) -> list[Row]:
        """The hours of the week, one by one: they add up to what is left for families."""
        held = self.load.besides
        if self.load.week is None or self.load.has is None:
            return []
        lines = (
            ("Hours of your posts, at most of your contract", self.load.week),
            ("Away this week", -held.away),
            ("Annual leave and bank holidays, spread over the year", -held.leave),
            ("Your own supervision", -held.supervision_taken),
            ("Supervision that you give", -held.supervision_given),
            ("Learning", -held.learning),
            ("Team meetings and the office", -held.team),
            ("Protected time of a supported first year", -held.protected),
            ("Leading the team", -held.leading),
        )
        shown = [Row((what, f"{hours:g}".replace("-", "−"))) for what, hours in lines if hours]
        return [
            *shown,
            Row(
                ("Left for families", f"{self.load.has:g}"), late=bool(self.load.over and self.load.over > 0)
            ),
        ]

    @property
    def week_chart(self) -> BarChart | None:
        """What the families take against what there is for them."""
        load = self.load
        if load.has is None or not load.families:
            return None
        over = load.over or 0.0
        finding = "Your week is too full." if over > 0 else "There is room in your week."
        bars = [
            Bar("Your families take", half(load.takes), over > 0),
            Bar("You have for families", half(load.has)),
        ]
        caption = Caption(self.now, len(load.families), "families" if len(load.families) > 1 else "family")
        return BarChart(finding=finding, bars=bars, caption=caption, heading="This week", figure="Hours")

    @property
    def coming_chart(self) -> BarChart | None:
        """Next month's load from what is due, week by week; a week in which nothing is due stands there too."""
        if not self.coming:
            return None
        known = {each.monday: each for each in self.coming}
        first = min(known)
        weeks = [first + timedelta(weeks=n) for n in range((max(known) - first).days // 7 + 1)]
        most = max(each.hours for each in self.coming)
        bars = [
            Bar(f"From {words.plain_day(day, year=False)}", hours, subject=hours == most)
            for day in weeks
            for hours in (half(known[day].hours) if day in known else 0.0,)
        ]
        due = sum(each.things for each in self.coming)
        caption = Caption(self.now, due, "thing due" if due == 1 else "things due")
        return BarChart(
            finding=self.coming_words,
            bars=bars,
            caption=caption,
            heading="Week",
            figure="Hours of work that fall due",
        )

    @property
    def coming_words(self) -> str:
        things, hours = sum(each.things for each in self.coming), sum(each.hours for each in self.coming)
        if not things:
            return "Nothing falls due for your children in the next four weeks, as far as is known."
        due = words.count_words(things, "thing falls", "things fall")
        return f"{due} due for your children in the next four weeks, about {hours_words(hours)} of work."

    @property
    def full_words(self) -> str:
        if self.full is None:
            return ""
        who = (
            "your manager"
            if self.now < self.full.answer_by
            else "the head of service, since nobody answered in time"
        )
        said, due = words.when(self.full.recorded_at), words.when(self.full.answer_by)
        return f"You said so {said}. An answer is due by {due}; it is with {who}."


@dataclass(frozen=True, kw_only=True)
class Managing:
    """What a manager has besides families: how many to supervise, in how many hours, what waits for a decision."""

    worker: int
    name: str
    supervises: int
    hours: float
    waiting: Sequence[Waiting]

    def words(self, who: str = "You") -> str:
        """In a sentence or two, about the reader or about somebody."""
        you = who == "You"
        people = words.count_words(self.supervises, "person", "people", none="nobody")
        span = f"{who} supervise{'' if you else 's'} {people}, {hours_words(self.hours)} a week."
        signs = sum(each.number for each in self.waiting if each.of.key in TO_SIGN)
        all_of_them, late = sum(each.number for each in self.waiting), sum(each.late for each in self.waiting)
        if not all_of_them:
            return f"{span} Nothing waits for {'your' if you else 'a'} decision."
        waits = words.count_words(all_of_them, "thing waits", "things wait")
        whose = f"for {'your' if you else 'a'} decision"
        return f"{span} {waits} {whose}, {signs or 'none'} of them to be signed off, {late or 'none'} late."


@dataclass(frozen=True, kw_only=True)
class TeamWork:
    """What a team carries, worker by worker."""

    now: datetime
    found: TeamLoad
    managers: Sequence[Managing] = ()

    @property
    def pictures(self) -> list[BarChart]:
        return distributions(list(self.found.loads.values()), self.now)

    @property
    def managing(self) -> list[str]:
        """What each manager of the team has besides: span, supervision, what waits to be signed or decided."""
        return [each.words(each.name) for each in self.managers]

    @property
    def sentences(self) -> list[str]:
        found = self.found
        takes = f"The team’s families take {hours_words(found.takes)} this week."
        has = f"It has {hours_words(found.has)} for families." if found.has is not None else (
            "How many hours it has is not known: some posts and hours are not written down."
        )  # fmt: skip
        waits = sum(family.hours for family in found.waiting)
        waiting = words.count_words(len(found.waiting), "family waits", "families wait")
        return [
            f"{takes} {has}",
            f"{waiting} for a worker and would take {hours_words(waits)} more." if found.waiting else "",
            spread_words(list(found.loads.values())),
            full_words(len(found.full)) if found.full else "",
        ]

    @property
    def rows(self) -> list[Row]:
        """Who is most over first; who is not known last. Who leads and has no family stands below, with what waits."""

        def order(member: Membership) -> tuple[bool, float, str]:
            over = self.found.loads[member.worker_id].over
            return over is None, -(over or 0), member.worker.name

        seen = {member.worker_id: member for member in sorted(self.found.members, key=lambda m: -m.role)}
        told = {each.worker for each in self.managers if not self.found.loads[each.worker].families}
        return [
            self._row(member) for member in sorted(seen.values(), key=order) if member.worker_id not in told
        ]

    def _row(self, member: Membership) -> Row:
        load = self.found.loads[member.worker_id]
        due = self.found.coming.get(member.worker_id, ())
        return worker_row(member.worker.name, member.role, load, due, member.worker_id in self.found.full)

    @property
    def chart(self) -> BarChart | None:
        """Hours that families take, worker by worker, against each one's own."""
        names = {member.worker_id: member.worker.name for member in self.found.members}
        return hours_chart(list(self.found.loads.values()), names, self.now)


@dataclass(frozen=True, kw_only=True)
class EveryTeam:
    """What every team carries, for heads of service and the director."""

    now: datetime
    found: Sequence[TeamLoad]
    in_all: float

    @property
    def pictures(self) -> list[BarChart]:
        return distributions([load for team in self.found for load in team.loads.values()], self.now)

    @property
    def sentences(self) -> list[str]:
        loads = [load for team in self.found for load in team.loads.values()]
        full = sum(len(team.full) for team in self.found)
        return [
            f"All families with a worker take {self.in_all:,.2f} hours this week: the sum of the workers’ own lists.",
            spread_words(loads),
            full_words(full) if full else "Nobody who said to be full waits for an answer.",
        ]  # fmt: skip

    @property
    def groups(self) -> list[Group]:
        """The teams that carry more than they have, those of whom it is not known, and the others by name."""
        over = [team for team in self.found if team.has is not None and team.takes > team.has]
        over.sort(key=lambda team: (team.has or 0) - team.takes)
        unknown = [team for team in self.found if team.has is None]
        others = [team for team in self.found if team.has is not None and team.takes <= team.has]
        named = (("late", "More than the team has", over), ("open", "How much the team has is not known", unknown),
                 ("later", "No more than the team has", others))  # fmt: skip
        return [
            Group(key, heading, [self._row(team) for team in found]) for key, heading, found in named if found
        ]

    def _row(self, team: TeamLoad) -> Row:
        found = spread(load.takes for load in team.loads.values() if load.families)
        said = f"{found.least:.0f}, {found.middle:.0f} and {found.most:.0f} hours" if found else "no families"
        link = Link(team.team.name, reverse("workforce:team-load", args=[team.team.pk]))
        over = team.has is not None and team.takes > team.has
        return Row(
            (link, len(team.loads), hours_words(team.takes), hours_words(team.has) if team.has is not None else None,
             said, len(team.full)),
            late=over,
        )  # fmt: skip
