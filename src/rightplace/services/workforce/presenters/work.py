"""A worker's own work, a team's, and every team's: hours first, children and families beside, never only a mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from rightplace.common.caseflow.waits import Waiting
from rightplace.common.web import tags, words
from rightplace.common.web.charts import Bar, BarChart, Caption
from rightplace.common.web.frame import story_address
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.domain.practice.workload import Family, Load, Weights, hours_words, spread
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.people.projections import Person
from rightplace.services.workforce.models import FullSaid
from rightplace.services.workforce.queries import Coming, TeamLoad

FAMILY_COLUMNS = (
    Column("Family"),
    Column("Children", number=True),
    Column("Work"),
    Column("Hours a week", number=True),
)
WEEK_COLUMNS = (Column("Your week"), Column("Hours", number=True))
COMING_COLUMNS = (Column("Week of"), Column("Things due", number=True), Column("Hours", number=True))
WORKER_COLUMNS = (
    Column("Worker"), Column("Families", number=True), Column("Children", number=True), Column("Families take"),
    Column("Has for families"), Column("Due in four weeks"), Column("Now"),
)  # fmt: skip
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
FEWEST = 4
"""A distribution of fewer workers is their list."""
UNSEEN = "A family whose file is restricted"


def part_words(part: str) -> str:
    return PARTS.get(part, part.replace("_", " "))


def over_tag(load: Load) -> Cell:
    """Whether the week is full: a word, a shape and a colour; not known where nobody said how long the worker works."""
    if load.over is None:
        return tags.not_known()
    if load.besides.leading and not load.families:
        return tags.plain("leads the team")
    if load.over > 0:
        return tags.late(f"{hours_words(load.over)} over")
    return tags.due_soon("nearly full") if load.over > -3 else tags.met(f"{hours_words(-load.over)} free")


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

    @property
    def sentences(self) -> list[str]:
        """Where the worker stands, in hours first."""
        load = self.load
        families = words.count_words(len(load.families), "family", "families", none="no family")
        children = words.count_words(load.children, "child", "children", none="no child")
        takes = f"You have {families} with {children}. This week they take {hours_words(load.takes)}."
        if load.has is None:
            return [
                takes,
                "How many hours you have is not known: nobody has written down your post and hours.",
            ]
        left = (
            f"That is {hours_words(load.over)} more than you have."
            if load.over and load.over > 0
            else f"{hours_words(-(load.over or 0))} are free."
        )
        return [
            takes,
            f"Of your {hours_words(load.week or 0)} this week {hours_words(load.has)} are for families. {left}",
        ]

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
        shown = [Row((what, f"{hours:g}")) for what, hours in lines if hours]
        return [
            *shown,
            Row(
                ("Left for families", f"{self.load.has:g}"), late=bool(self.load.over and self.load.over > 0)
            ),
        ]

    @property
    def coming_rows(self) -> list[Row]:
        return [Row((words.plain_day(each.monday), each.things, f"{each.hours:g}")) for each in self.coming]

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
    coming: Mapping[int, Sequence[Coming]]
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
            f"{words.count_words(len(found.full), 'worker has', 'workers have')} said to be full and waits for an answer."
            if found.full
            else "",
        ]

    @property
    def rows(self) -> list[Row]:
        """Who is most over first; who is not known last."""

        def order(member: Membership) -> tuple[bool, float, str]:
            over = self.found.loads[member.worker_id].over
            return over is None, -(over or 0), member.worker.name

        seen = {member.worker_id: member for member in sorted(self.found.members, key=lambda m: -m.role)}
        return [self._row(member) for member in sorted(seen.values(), key=order)]

    def _row(self, member: Membership) -> Row:
        load = self.found.loads[member.worker_id]
        due = self.coming.get(member.worker_id, ())
        hours = sum(each.hours for each in due)
        coming = f"{sum(each.things for each in due)} things, {hours_words(hours)}" if due else "nothing"
        full = tags.late("said to be full") if member.worker_id in self.found.full else over_tag(load)
        return Row(
            (
                Lines(member.worker.name, role_of(member.role).name), len(load.families), load.children,
                hours_words(load.takes), hours_words(load.has) if load.has is not None else None, coming, full,
            ),
            late=member.worker_id in self.found.full or bool(load.over and load.over > 0),
        )  # fmt: skip

    @property
    def chart(self) -> BarChart | None:
        """Hours that families take, worker by worker, the most first."""
        names = {member.worker_id: member.worker.name for member in self.found.members}
        loads = sorted(self.found.loads.values(), key=lambda load: (-load.takes, names[load.worker]))
        carrying = [load for load in loads if load.families]
        if not carrying:
            return None
        over = sum(1 for load in loads if load.over and load.over > 0)
        finding = (
            f"{words.count_words(over, 'worker carries', 'workers carry')} more than the week holds."
            if over
            else "Nobody carries more than the week holds, as far as it is known."
        )
        bars = [
            Bar(names[load.worker], load.takes, subject=bool(load.over and load.over > 0))
            for load in carrying
        ]
        caption = Caption(self.now, len(carrying), "workers with families")
        return BarChart(finding=finding, bars=bars, caption=caption, heading="Worker", figure="Hours a week")


def distribution(values: Sequence[int], what: str, step: int, now: datetime) -> BarChart | None:
    """How many workers have how many: a bar for each step, the empty ones too. Never only a mean."""
    found = spread(values)
    if found is None:
        return None
    counts: dict[int, int] = {}
    for value in values:
        counts[value // step] = counts.get(value // step, 0) + 1
    bars = [
        Bar(f"{place * step} to {place * step + step - 1}" if step > 1 else str(place), counts.get(place, 0), place >= high)
        for high in (int(found.three_quarters) // step,)
        for place in range(max(counts) + 1)
    ]  # fmt: skip
    finding = f"Half of the workers have {found.quarter:g} to {found.three_quarters:g} {what}; one has {found.most:g}."
    caption = Caption(now, found.workers, "workers with families")
    return BarChart(
        finding=finding, bars=bars, caption=caption, heading=words.capitalised(what), figure="Workers"
    )


def distributions(loads: Sequence[Load], now: datetime) -> list[BarChart]:
    """The pictures of children and of families, side by side, of everybody who has any."""
    carrying = [load for load in loads if load.families]
    if len(carrying) < FEWEST:
        return []
    made = (
        distribution([len(load.families) for load in carrying], "families", 2, now),
        distribution([load.children for load in carrying], "children", 4, now),
    )
    return [each for each in made if each is not None]


def spread_words(loads: Sequence[Load]) -> str:
    """How unequal it is: hours, families and children, from the least to the most."""
    carrying = [load for load in loads if load.families]
    hours, families = spread(load.takes for load in carrying), spread(len(load.families) for load in carrying)
    children = spread(load.children for load in carrying)
    if hours is None or families is None or children is None:
        return "No worker has a family."
    return (
        f"Of {words.count_words(hours.workers, 'worker', 'workers')} with families one has {hours.least:.0f} hours, the "
        f"middle one {hours.middle:.0f}, one {hours.most:.0f}; families from {families.least:g} to {families.most:g} "
        f"(middle {families.middle:g}), "
        f"children from {children.least:g} to {children.most:g} (middle {children.middle:g})."
    )


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
            f"{words.count_words(full, 'worker has', 'workers have')} said to be full and waits for an answer." if full else
            "Nobody who said to be full waits for an answer.",
        ]  # fmt: skip

    @property
    def rows(self) -> list[Row]:
        return [self._row(team) for team in self.found]

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


def within_month(now: datetime) -> str:
    return f"until {words.plain_day((now + timedelta(days=28)).date())}"
