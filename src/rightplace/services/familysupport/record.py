"""What the files of one family say of its early help, worked out from entries. Pure: no database, no clock.

One occasion stands in the file of each child; it is read once. What one child's file alone says counts as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from rightplace.domain.practice.entries import Body, Entry, in_order
from rightplace.domain.practice.entries import familysupport as said
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.outcomes import Framework, Travelled, Where, framework, travelled

AGREES = "agrees"
SUPPORTING = (
    said.FamilySupportBegan, said.WholeFamilyAssessed, said.FamilyPlanMade, said.FamilyPlanReviewed,
    said.FamilySupportEnded, said.FamilyAnswered, said.LeadNamed, said.FamilyTeamJoined, said.FamilyTeamMet,
    said.GoalActed,
)  # fmt: skip
B = TypeVar("B", bound=Body)


@dataclass(frozen=True)
class Said:
    """One thing that was said of the family, on its day."""

    body: Body
    day: int
    at: int | None
    author: int
    id: int

    def after(self, other: Said) -> bool:
        """Whether this was said after the other; what was told at one time is in the order of its telling."""
        return (self.day, self.at or 0, self.id) > (other.day, other.at or 0, other.id)


@dataclass(frozen=True)
class Lead:
    """Who leads the work from a moment on; worker 0: nobody, and since when."""

    worker: int
    at: int | None
    day: int


@dataclass(frozen=True)
class Act:
    """What somebody said of their own part of the plan."""

    goal: int
    done: bool
    words: str
    author: int
    day: int


@dataclass(frozen=True)
class FamilyRecord:
    """A family's early help as its files tell it."""

    supports: Mapping[int, int]
    """The beginning in each child's file, by file."""
    told: Sequence[Said] = field(default=())

    def of(self, kind: type[B]) -> list[tuple[B, Said]]:
        """What was said of one kind, in order."""
        return [(each.body, each) for each in self.told if isinstance(each.body, kind)]

    def last(self, kind: type[B]) -> tuple[B, Said] | None:
        """The last of one kind."""
        found = self.of(kind)
        return found[-1] if found else None

    @property
    def agreements(self) -> list[said.Agreement]:
        """Each person's last answer, in the order in which people were first asked."""
        answers: dict[object, said.Agreement] = {}
        for each in self.told:
            for one in _answers(each.body):
                answers[person_key(one.child, one.who)] = one
        return list(answers.values())

    @property
    def agrees(self) -> bool:
        """Whether somebody of the family agrees now: without that there is no family support."""
        return any(one.answer == AGREES for one in self.agreements)

    @property
    def goals(self) -> list[said.Goal]:
        """The plan as it stands: the last plan or review, with what was said to be done since."""
        goals: dict[int, said.Goal] = {}
        for each in self.told:
            body = each.body
            if isinstance(body, said.FamilyPlanMade):
                goals = {goal.number: goal for goal in body.goals}
            elif isinstance(body, said.FamilyPlanReviewed):
                goals |= {goal.number: goal for goal in body.goals if goal.number in goals}
            elif isinstance(body, said.GoalActed) and body.done and body.goal in goals:
                goals[body.goal] = _done(goals[body.goal])
        return list(goals.values())

    @property
    def acts(self) -> list[Act]:
        """What people said of their own parts of the plan, the last first."""
        found = [
            Act(body.goal, body.done, body.words, each.author, each.day)
            for body, each in self.of(said.GoalActed)
        ]
        return found[::-1]

    @property
    def members(self) -> list[said.FamilyTeamJoined]:
        """Who is in the team around the family now."""
        members: dict[object, said.FamilyTeamJoined] = {}
        for body, _ in self.of(said.FamilyTeamJoined):
            key = body.worker or body.name.casefold()
            if body.left:
                members.pop(key, None)
            else:
                members[key] = body
        return list(members.values())

    @property
    def lead(self) -> Lead | None:
        """Who leads the work; None where nothing was ever said of it."""
        lead: Lead | None = None
        for each in self.told:
            body = each.body
            if isinstance(body, said.FamilySupportBegan):
                lead = Lead(body.lead, each.at, each.day)
            elif isinstance(body, said.LeadNamed):
                lead = Lead(body.worker, each.at, each.day)
        return lead

    @property
    def framework(self) -> Framework | None:
        """The framework in which the baseline was taken."""
        found = self.last(said.WholeFamilyAssessed)
        return framework(found[0].framework) if found else None

    @property
    def measures(self) -> list[tuple[said.Measure, Said]]:
        """Every measure with what was signed when it was taken: baseline, reviews, end."""
        kinds = (said.WholeFamilyAssessed, said.FamilyPlanReviewed, said.FamilySupportEnded)
        return [
            (one, each) for each in self.told if isinstance(each.body, kinds) for one in each.body.measures
        ]

    @property
    def travelled(self) -> list[Travelled]:
        """How far each person has come under each headline: one line each, never put together."""
        used = self.framework
        if used is None:
            return []
        where = [
            Where(person_key(m.child, m.who), m.headline, m.value, signed.day, signed.id)
            for m, signed in self.measures
        ]
        return travelled(used, where)

    @property
    def names(self) -> dict[object, str]:
        """How each person is called, by the key under which the person is measured."""
        found: dict[object, str] = {}
        for one in self.agreements:
            found[person_key(one.child, one.who)] = one.who
        for measure, _ in self.measures:
            found.setdefault(person_key(measure.child, measure.who), measure.who)
        return found

    @property
    def ended(self) -> Said | None:
        """The end, if family support has ended."""
        found = self.last(said.FamilySupportEnded)
        return found[1] if found else None


def person_key(child: int, who: str) -> object:
    """A person of the family: a child by the file, an adult by the name as it was said."""
    return child or who.strip().casefold()


def family_record(entries: Iterable[Sequence[Entry]], supports: Mapping[int, int]) -> FamilyRecord:
    """Read each child's entries; an occasion that stands in several files is read once."""
    wanted = set(supports.values())
    seen: set[tuple[int, int]] = set()
    kept: list[Entry] = []
    for own in entries:
        for entry in standing(own).entries:
            if isinstance(entry.body, SUPPORTING) and _about(entry) in wanted:
                key = (entry.kind, entry.occasion or entry.id)
                if key not in seen:
                    seen.add(key)
                    kept.append(entry)
    told = [Said(e.body, e.day, e.at, e.author, e.id) for e in in_order(kept)]
    return FamilyRecord(dict(supports), tuple(told))


def _about(entry: Entry) -> int:
    return (
        entry.id
        if isinstance(entry.body, said.FamilySupportBegan)
        else int(getattr(entry.body, "support", 0))
    )


def _answers(body: Body) -> Sequence[said.Agreement]:
    if isinstance(body, said.FamilyAnswered):
        return (body.agreement,)
    if not isinstance(body, said.FamilySupportBegan):
        return ()
    if not body.agreements and body.agreed_by:
        return (said.Agreement(who=body.agreed_by, part="parent"),)
    return body.agreements


def _done(goal: said.Goal) -> said.Goal:
    return msgspec.structs.replace(goal, state="done")
