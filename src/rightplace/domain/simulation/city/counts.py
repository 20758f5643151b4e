"""What the model itself counts of each figure: from its weekly numbers where it has them, else from its log.

Nothing here reads an entry. It is held against what the database counts of the same city (the bridge).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from rightplace.domain.practice.calendars import add_months
from rightplace.domain.practice.londontime import DAY as TWENTY_FOUR_HOURS
from rightplace.domain.practice.londontime import day_of, end_of_day
from rightplace.domain.practice.timescales.wrongplace import BACK, FIRST_REVIEW, NOT_IN_NEED, WITHIN_DAYS
from rightplace.domain.simulation.city.bodies import CLOSED_AS, ROUTES
from rightplace.domain.simulation.city.outline import City
from rightplace.domain.simulation.city.reading import Reader
from rightplace.domain.simulation.names import (
    CARE,
    DAY,
    DOOR,
    ENQUIRY,
    ENTRIES,
    NEED,
    NOBODY,
    SAID_ACCEPTED,
    SAID_ALLOCATED,
    SAID_AUTHORISED,
    SAID_CARE,
    SAID_CLOSED,
    SAID_CONFERENCE,
    SAID_DECIDED,
    SAID_ENQUIRY,
    SAID_PLAN,
    SAID_PLAN_ENDED,
    SAID_RECEIVED,
    SAID_SUPPORT,
    SAID_TEAM,
    SAID_TOOK_OVER,
    SAID_VISIT,
    SAID_WORKER_ENDED,
)
from rightplace.domain.simulation.parameters import PROMISES
from rightplace.domain.simulation.weeks import Weeks

PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "front_door": ("open_front_door",),
    "family_support": ("open_support",),
    "assessment": ("open_assessment", "open_enquiry"),
    "child_in_need": ("open_need",),
    "child_protection": ("open_protection",),
    "in_care": ("open_care",),
}
"""The parts of the service model of England 2023, in the stages of the model."""
OPEN: Final = tuple(name for names in PARTS.values() for name in names)
SIX_WEEKS: Final = 42 * TWENTY_FOUR_HOURS
SEVEN_DAYS: Final = 7 * TWENTY_FOUR_HOURS


class Moment(NamedTuple):
    """When a figure is asked for: the week that has just been written down, the instant, and the figure's period."""

    week: int
    now: int
    since: int
    until: int


class Said(NamedTuple):
    """A line about a family: when, what, of whom, by which team; and the seat of who had it when another took the work over."""

    at: int
    tick: int
    kind: int
    case: int
    children: int
    team: int
    about: int
    worker: int = NOBODY


@dataclass(frozen=True)
class Count:
    """How many, of how many where it is a share, and by what, of one team or of all."""

    n: int
    of: int | None = None
    groups: Mapping[str, int] | None = None


Counting = Callable[["Counts", Moment, int | None], Count]


@dataclass(slots=True)
class Standing:
    """How a family stands at a moment: who answers, since when it is open, when it was last seen, what is owed."""

    children: int
    team: int
    stage: int
    received: int
    seen: int | None = None
    decided: bool = False
    worker: int = NOBODY
    """The seat of whoever had the family when another team took the work over, until somebody takes it up."""
    owed: dict[str, int] = field(default_factory=dict)
    """Rules that are running, with the tick from which they are counted."""


class Counts:
    """The model's counts of one city whose numbers are kept by team."""

    def __init__(self, city: City, found: Weeks) -> None:
        self.city, self.found = city, found
        self.teams = [team.name for team in city.given.structure.teams]
        self.at_the_door = [DOOR in team.stages for team in city.given.structure.teams]
        self._standing: dict[int, list[Standing]] = {}

    def stock(self, measure: str, week: int, team: int | None) -> int:
        """What stands as a week ends."""
        column = "all" if team is None else self.teams[team]
        return int(self.found.of(measure, column)[0, week])

    def teams_of(self, team: int | None) -> Iterable[int]:
        """One team, or all of them."""
        return range(len(self.teams)) if team is None else (team,)

    @cached_property
    def said(self) -> list[Said]:
        """Every line about a family, in order, with what lay before the first day."""
        log, at = self.city.log, self.city.moments.at
        found = [said for number in range(len(self.city.census.families)) for said in self._before(number)]
        found.sort()
        for line in log[log["case"] >= 0].tolist():
            tick, kind, children, case, worker, _, team, _, _, about = line
            had = worker if kind == SAID_TOOK_OVER else NOBODY
            found.append(Said(at(tick), tick, kind, case, children, team, about, had))
        return found

    def _before(self, number: int) -> Iterable[Said]:
        told = Reader(self.city, number).read(())
        for event in told.events:
            if event.kind in ENTRIES:
                kind = ENTRIES.index(event.kind)
                yield Said(event.at, event.tick, kind, number, told.children, event.team, event.about)

    def is_kept(self, each: Standing, week: int) -> bool:
        """Whether a worker of another team has a family as a week ends, until somebody of the team that answers has room."""
        tick = self.city.moments.next_week(week) - 1
        return each.worker >= 0 and self.city.seats.team(each.worker, tick) != each.team

    @cached_property
    def lives(self) -> dict[int, list[Said]]:
        """The lines of each family."""
        found: dict[int, list[Said]] = defaultdict(list)
        for said in self.said:
            found[said.case].append(said)
        return found

    def during(self, kind: int, asked: Moment, team: int | None) -> Iterable[Said]:
        """The lines of a kind in a period."""
        return (said for said in self.said if said.kind == kind and _counts(said, asked, team))

    def due(self, owed: str, tick: int) -> int:
        """The instant by which something is due: the end of the last working day that the promise gives."""
        days = int(self.city.given.strengths[f"promise.{owed}"].value)
        return end_of_day(self.city.moments.day(tick + days * DAY))

    def standing(self, asked: Moment) -> list[Standing]:
        """Every family that is open at a moment."""
        if asked.now not in self._standing:
            found = (_standing(life, asked.now) for life in self.lives.values())
            self._standing[asked.now] = [each for each in found if each is not None]
        return self._standing[asked.now]


def _counts(said: Said, asked: Moment, team: int | None) -> bool:
    return asked.since <= said.at < asked.until and (team is None or said.team == team)


def _standing(life: Iterable[Said], now: int) -> Standing | None:
    """How a family stands: nothing when it is not open."""
    found: Standing | None = None
    for said in life:
        if said.at > now:
            break
        if said.kind == SAID_RECEIVED:
            found = Standing(said.children, said.team, DOOR, said.at, owed={"decision": said.tick})
        elif said.kind == SAID_CLOSED:
            found = None
        elif found is not None:
            _goes_on(found, said)
    return found


def _goes_on(found: Standing, said: Said) -> None:
    if said.kind == SAID_TEAM:
        if found.stage == ENQUIRY:
            found.owed.pop("assessment", None)
            found.owed.pop("conference", None)
        found.team, found.stage = said.team, said.about
        if said.about == ENQUIRY:
            found.owed["conference"] = said.tick
    elif said.kind == SAID_TOOK_OVER:
        found.team, found.worker = said.team, said.worker
    elif said.kind in (SAID_ALLOCATED, SAID_WORKER_ENDED):
        found.worker = NOBODY
    elif said.kind == SAID_DECIDED:
        found.decided = True
        found.owed.pop("decision")
    elif said.kind == SAID_ACCEPTED:
        found.owed["assessment"] = said.tick
    elif said.kind == SAID_AUTHORISED:
        found.owed.pop("assessment", None)
    elif said.kind == SAID_VISIT:
        found.seen = said.at
    elif said.kind == SAID_CONFERENCE and not said.about:
        found.owed.pop("conference", None)


# the figures -----------------------------------------------------------------


def _open(counts: Counts, asked: Moment, team: int | None) -> Count:
    return Count(sum(counts.stock(name, asked.week, team) for name in OPEN))


def _parts(counts: Counts, asked: Moment, team: int | None) -> Count:
    groups = {
        part: sum(counts.stock(name, asked.week, team) for name in names) for part, names in PARTS.items()
    }
    return Count(sum(groups.values()), groups={part: n for part, n in groups.items() if n})


def _unallocated(counts: Counts, asked: Moment, team: int | None) -> Count:
    """Those who wait and whom nobody has kept; where contacts are taken the model's weeks have all who wait."""
    doors = [each for each in counts.teams_of(team) if counts.at_the_door[each]]
    others = [each for each in counts.teams_of(team) if not counts.at_the_door[each]]
    n = sum(counts.stock("unallocated", asked.week, each) for each in others)
    if doors:
        n += sum(counts.stock("waiting", asked.week, each) for each in doors)
        there = (each for each in counts.standing(asked) if each.team in doors)
        n -= sum(each.children for each in there if counts.is_kept(each, asked.week))
    return Count(n)


def _one_stock(measure: str) -> Counting:
    return lambda counts, asked, team: Count(counts.stock(measure, asked.week, team))


def _standing_where(holds: Callable[[Standing, Moment], bool], families: bool = False) -> Counting:
    def counting(counts: Counts, asked: Moment, team: int | None) -> Count:
        found = [s for s in counts.standing(asked) if (team is None or s.team == team) and holds(s, asked)]
        return Count(sum(1 if families else each.children for each in found))

    return counting


def _routes(counts: Counts, asked: Moment, team: int | None) -> Count:
    groups = Counter(str(ROUTES[said.about][0]) for said in counts.during(SAID_DECIDED, asked, team))
    return Count(sum(groups.values()), groups=groups)


def _referrals(counts: Counts, asked: Moment, team: int | None) -> Count:
    return Count(sum(said.children for said in counts.during(SAID_ACCEPTED, asked, team)))


def _again(kind: int, within: int) -> Counting:
    """Those before which the same family had another: within so many months, or ever."""

    def counting(counts: Counts, asked: Moment, team: int | None) -> Count:
        n = of = 0
        for life in counts.lives.values():
            before: Said | None = None
            for said in life:
                if said.kind != kind:
                    continue
                if _counts(said, asked, team):
                    of += said.children
                    n += said.children if before and _is_again(before, said, within) else 0
                before = said
        return Count(n, of)

    return counting


def _is_again(before: Said, said: Said, months: int) -> bool:
    return not months or day_of(said.at) <= add_months(day_of(before.at), months)


def _closings(counts: Counts, asked: Moment, team: int | None) -> Count:
    groups: Counter[str] = Counter()
    for said in counts.during(SAID_CLOSED, asked, team):
        if said.about != DOOR:
            groups[CLOSED_AS[said.about]] += said.children
    return Count(sum(groups.values()), groups=groups)


def _wrong_places(counts: Counts, asked: Moment, team: int | None) -> Count:
    groups: Counter[str] = Counter()
    of = 0
    for life in counts.lives.values():
        for judged, because in _judged(life):
            if _counts(judged, asked, team):
                of += judged.children
                if because:
                    groups[because] += judged.children
    return Count(sum(groups.values()), of, groups)


def _judged(life: Sequence[Said]) -> Iterable[tuple[Said, str]]:
    """Each decision about where a family belongs, and what speaks against it."""
    stage, team, reviews = DOOR, NOBODY, 0
    for place, said in enumerate(life):
        if said.kind in (SAID_TEAM, SAID_CLOSED) and stage == ENQUIRY:
            in_need = said.kind == SAID_TEAM
            yield said._replace(team=team), "" if in_need else NOT_IN_NEED
        if said.kind == SAID_AUTHORISED and stage != ENQUIRY:
            to = next(each for each in life[place + 1 :] if each.kind in (SAID_TEAM, SAID_CLOSED))
            yield said, "" if to.kind == SAID_TEAM and to.about in (NEED, ENQUIRY, CARE) else NOT_IN_NEED
        elif said.kind == SAID_PLAN_ENDED:
            yield said, FIRST_REVIEW if reviews == 1 else ""
        elif said.kind == SAID_DECIDED:
            yield said, BACK if said.about == DOOR and _taken_up(life, place) else ""
        elif said.kind == SAID_CLOSED and said.about != DOOR:
            yield said, BACK if _taken_up(life, place) else ""
        if said.kind in (SAID_TEAM, SAID_RECEIVED):
            stage, team = (said.about if said.kind == SAID_TEAM else DOOR), said.team
        elif said.kind == SAID_TOOK_OVER:
            team = said.team
        elif said.kind == SAID_CLOSED:
            stage = NOBODY
        reviews = 0 if said.kind == SAID_PLAN else reviews + (said.kind == SAID_CONFERENCE and said.about > 0)


def _taken_up(life: Sequence[Said], place: int) -> bool:
    """Whether something was done for the family within so many days after all."""
    let_go = life[place]
    for said in life[place + 1 :]:
        if day_of(said.at) - day_of(let_go.at) > WITHIN_DAYS:
            return False
        decided = said.kind == SAID_DECIDED and said.about != DOOR
        if decided or said.kind in (SAID_ACCEPTED, SAID_SUPPORT, SAID_ENQUIRY, SAID_PLAN, SAID_CARE):
            return True
    return False


def _owed(late: bool) -> Counting:
    """What runs by the clocks that the model has, by rule: late, or due in the next seven days."""

    def counting(counts: Counts, asked: Moment, team: int | None) -> Count:
        groups: Counter[str] = Counter()
        for each in counts.standing(asked):
            if team is not None and each.team != team:
                continue
            for owed, tick in each.owed.items():
                due = counts.due(owed, tick)
                if due < asked.now if late else asked.now <= due < asked.now + SEVEN_DAYS:
                    groups[PROMISES[f"promise.{owed}"]] += each.children
        return Count(sum(groups.values()), groups=groups)

    return counting


FIGURES: Final[Mapping[str, Counting]] = {
    "open_children": _open,
    "children_by_part": _parts,
    "unallocated": _unallocated,
    "unseen": _standing_where(lambda each, asked: each.seen is None),
    "unseen_six_weeks": _standing_where(
        lambda each, asked: each.seen is not None and each.seen <= asked.now - SIX_WEEKS
    ),
    "protection_plans": _one_stock("open_protection"),
    "looked_after": _one_stock("open_care"),
    "contacts_undecided": _standing_where(lambda each, asked: not each.decided, families=True),
    "contacts_by_route": _routes,
    "referrals": _referrals,
    "rereferrals": _again(SAID_ACCEPTED, 12),
    "second_plans": _again(SAID_PLAN, 0),
    "closings": _closings,
    "wrong_place": _wrong_places,
}
"""What the model counts of each figure that it has."""
BY_RULE: Final[Mapping[str, Counting]] = {"late": _owed(True), "due_week": _owed(False)}
"""Figures that are counted by rule: the model has the three clocks of its promises, and of the others it knows nothing."""
NOT_IN_THE_MODEL: Final[Mapping[str, str]] = {
    "doubts": "the model writes nothing odd; a simulated city has none before anybody grows up",
    "contacts_late": "counted by the local clocks of each grade in office hours; the model has the national clock of a "
    "decision, which stands under `late`",
    "timescales_unknown": "rests on facts that are missing; the model leaves out whole processes instead",
    "family_plans": "the model has no plans inside family support",
    "family_reviews_late": "the model has no plans inside family support",
    "offers_unanswered": "in the model the next team answers at once, and families wait for a worker instead",
    "sent_back_twice": "in the model no team sends a family back",
}
"""Figures of which the model knows nothing, and why."""
