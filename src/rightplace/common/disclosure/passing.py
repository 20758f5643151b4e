"""Which way something passed with an entry, and to or from which agency: one place that knows every such kind.

Pure. A kind that sends something to an agency, or takes something from one, stands in `OF_A_CONCERN` or in
`OF_A_CHILD`; `tests/test_promise_7.py` asks of every other kind that somebody has said why it passes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from rightplace.domain.practice.entries import Body, Entry
from rightplace.domain.practice.entries.contact import (
    CheckAnswered,
    CheckAsked,
    ContactReceived,
    DisagreementAnswered,
    ReferrerDisagreed,
    ReferrerTold,
    TriageOpened,
    TriageTold,
)
from rightplace.domain.practice.entries.directory import Answer, ServiceAnswered, ServiceRequested
from rightplace.domain.practice.entries.familysupport import (
    FamilyPlanMade,
    FamilyPlanReviewed,
    FamilyTeamJoined,
    Goal,
    GoalActed,
)
from rightplace.domain.practice.entries.keeping import InformationRefused, InformationShared
from rightplace.domain.practice.entries.protection import (
    StrategyAction,
    StrategyActionDone,
    StrategyAnswered,
    StrategyCalledIn,
    StrategyDecided,
    StrategyHeld,
)
from rightplace.domain.practice.entries.questions import SchoolAnswered, SchoolAsked
from rightplace.foundation.organisation.rolecodes import OF_A_PARTNER

GIVEN, RECEIVED, REFUSED, WITHHELD = "given", "received", "refused", "withheld"
"""We gave; they gave; we refused; they refused."""

Passed = tuple[str, int]
B = TypeVar("B", bound=Body)

OF_A_CONCERN: Final[frozenset[type[Body]]] = frozenset(
    {
        ContactReceived, ReferrerTold, ReferrerDisagreed, DisagreementAnswered, CheckAsked, CheckAnswered, TriageOpened,
        TriageTold, SchoolAsked, SchoolAnswered,
    }
)  # fmt: skip
OF_A_CHILD: Final[frozenset[type[Body]]] = frozenset(
    {
        InformationShared, InformationRefused, StrategyDecided, StrategyCalledIn, StrategyAnswered, StrategyHeld,
        StrategyActionDone, ServiceRequested, ServiceAnswered, FamilyPlanMade, FamilyPlanReviewed, GoalActed,
    }
)  # fmt: skip
BEGINS: Final[frozenset[int]] = frozenset(
    kind.number
    for kind in (InformationShared, InformationRefused, StrategyDecided, ServiceRequested, FamilyTeamJoined)
)
"""A child's file without one of these has passed nothing: all others follow one of them."""


class Concern:
    """What a later entry of a concern must know of an earlier one: who told it, who sits at its triage, who asks."""

    def __init__(self) -> None:
        self.told_by = 0
        self.asked: dict[int, int] = {}
        self.table: dict[int, tuple[int, ...]] = {}

    def passed(self, entry: Entry) -> Iterator[Passed]:
        """Which way something passed with an entry, and to or from whom."""
        body = entry.body
        if isinstance(body, ContactReceived):
            self.told_by = body.agency
            yield RECEIVED, body.agency
        elif isinstance(body, SchoolAsked):
            self.told_by = body.school
            yield RECEIVED, body.school
        elif isinstance(body, ReferrerTold | DisagreementAnswered | SchoolAnswered):
            yield GIVEN, self.told_by
        elif isinstance(body, ReferrerDisagreed):
            yield RECEIVED, self.told_by
        elif isinstance(body, CheckAsked):
            self.asked[entry.id] = body.agency
            yield GIVEN, body.agency
        elif isinstance(body, CheckAnswered):
            yield WITHHELD if body.refused_because else RECEIVED, self.asked.get(body.check, 0)
        else:
            yield from self._at_triage(entry)

    def _at_triage(self, entry: Entry) -> Iterator[Passed]:
        body = entry.body
        if isinstance(body, TriageOpened):
            self.table[entry.id] = body.agencies
            yield from ((GIVEN, agency) for agency in body.agencies)
        elif isinstance(body, TriageTold):
            yield WITHHELD if body.refused_because else RECEIVED, body.agency
            if not body.refused_because:
                others = self.table.get(body.triage, ())
                yield from ((GIVEN, agency) for agency in others if agency != body.agency)


def of_child(entry: Entry, own: Sequence[Entry]) -> Iterable[Passed]:
    """The same in a child's file; `own` are its entries, in order."""
    body = entry.body
    if isinstance(body, InformationShared):
        return [(GIVEN, body.agency)]
    if isinstance(body, InformationRefused):
        return [(REFUSED, body.agency)]
    if isinstance(body, StrategyDecided):
        return [(GIVEN, agency) for agency in body.called]
    if isinstance(body, StrategyAnswered):
        return [(WITHHELD if body.refused_because else RECEIVED, body.agency)]
    if isinstance(body, StrategyCalledIn):
        return [(GIVEN, body.agency)]
    if isinstance(body, StrategyHeld):
        called = called_to(entry, own)
        return [(GIVEN, each) for each in called if body.partners_told or actions_of(body, each)]
    if isinstance(body, StrategyActionDone):
        agreed = agreed_at(body, own)
        return [(RECEIVED, agreed.agency)] if agreed and agreed.agency and by_a_partner(entry) else []
    if isinstance(body, ServiceRequested):
        return [(GIVEN, body.agency)]
    if isinstance(body, ServiceAnswered):
        return _of_a_place(entry, body, own)
    return _around_a_family(entry, own)


def by_a_partner(entry: Entry) -> bool:
    """Whether somebody of another agency signed it."""
    return entry.role in OF_A_PARTNER


def named(own: Iterable[Entry], kind: type[B], number: int) -> B | None:
    """The body of an entry that another names."""
    return next((each.body for each in own if each.id == number and isinstance(each.body, kind)), None)


def _of_a_place(entry: Entry, body: ServiceAnswered, own: Sequence[Entry]) -> Iterable[Passed]:
    request = named(own, ServiceRequested, body.request)
    if request is None or body.answer is Answer.READ:
        return []
    return [(RECEIVED if by_a_partner(entry) else GIVEN, request.agency)]


def call_of(entry: Entry, own: Sequence[Entry]) -> StrategyDecided | None:
    """The call to the discussion that was held: the one it names, or the last before it."""
    assert isinstance(entry.body, StrategyHeld)
    if entry.body.strategy:
        return named(own, StrategyDecided, entry.body.strategy)
    before = own[: next((at for at, each in enumerate(own) if each.id == entry.id), len(own))]
    return next((each.body for each in reversed(before) if isinstance(each.body, StrategyDecided)), None)


def called_to(entry: Entry, own: Sequence[Entry]) -> tuple[int, ...]:
    """The agencies that were called to the discussion that was held, at first or later."""
    assert isinstance(entry.body, StrategyHeld)
    call = call_of(entry, own)
    later = [each.body for each in own if isinstance(each.body, StrategyCalledIn)]
    named_there = [each.agency for each in later if each.strategy == entry.body.strategy]
    return tuple(dict.fromkeys((*(call.called if call else ()), *named_there)))


def actions_of(held: StrategyHeld, agency: int) -> list[StrategyAction]:
    """What a discussion agreed that an agency does."""
    return [each for each in held.agreed_actions if agency and each.agency == agency]


def agreed_at(done: StrategyActionDone, own: Sequence[Entry]) -> StrategyAction | None:
    """The action that is done."""
    held = named(own, StrategyHeld, done.held)
    return held.agreed_actions[done.place] if held and done.place < len(held.agreed_actions) else None


def team_around(entry: Entry, own: Sequence[Entry]) -> list[FamilyTeamJoined]:
    """The partners in the team around a family when an entry of its support was signed."""
    support, team = getattr(entry.body, "support", 0), dict[int | str, FamilyTeamJoined]()
    for each in own:
        if each.id == entry.id:
            break
        if isinstance(each.body, FamilyTeamJoined) and each.body.support == support:
            key = each.body.worker or each.body.name.casefold()
            team.pop(key, None)
            if not each.body.left:
                team[key] = each.body
    return [member for member in team.values() if member.agency and member.worker]


def parts_for(member: FamilyTeamJoined, goals: Iterable[Goal]) -> list[Goal]:
    """Of a plan, what a partner sees: what is shared, and what the partner does."""
    return [goal for goal in goals if goal.number in member.shared or goal.worker == member.worker]


def plan_before(entry: Entry, own: Sequence[Entry]) -> list[Goal]:
    """The plan of a support as it stood when an entry was signed."""
    support, goals = getattr(entry.body, "support", 0), dict[int, Goal]()
    for each in own:
        if each.id == entry.id:
            break
        body = each.body
        if isinstance(body, FamilyPlanMade | FamilyPlanReviewed) and body.support == support:
            kept = {} if isinstance(body, FamilyPlanMade) else goals
            goals = kept | {goal.number: goal for goal in body.goals}
    return list(goals.values())


def _around_a_family(entry: Entry, own: Sequence[Entry]) -> Iterable[Passed]:
    body = entry.body
    if isinstance(body, FamilyPlanMade | FamilyPlanReviewed):
        return [(GIVEN, each.agency) for each in team_around(entry, own) if parts_for(each, body.goals)]
    if not isinstance(body, GoalActed):
        return []
    of = [goal for goal in plan_before(entry, own) if goal.number == body.goal]
    team = team_around(entry, own)
    author = [each.agency for each in team if each.worker == entry.author]
    if author:
        return [(RECEIVED, author[0])]
    return [(GIVEN, each.agency) for each in team if body.done and parts_for(each, of)]
