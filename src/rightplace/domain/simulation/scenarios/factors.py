"""What nobody has measured, in words: each named strength, or several that stand or fall together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Factor:
    """Strengths that are moved over their ranges together."""

    name: str
    words: str
    strengths: tuple[str, ...]


def _door(name: str) -> tuple[str, ...]:
    return tuple(f"door.{name}.{source}" for source in SOURCES)


TOGETHER: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "door.enquire": ("how many contacts lead to an enquiry at once", _door("enquire")),
    "door.assess": ("how many contacts lead to an assessment", _door("assess")),
    "door.support": ("how many contacts lead to family support", _door("support")),
    "door.urgent": ("how many contacts are urgent", _door("urgent")),
    "leaving": (
        "how many workers leave at a usual load",
        ("leaving.newly", "leaving.early", "leaving.experienced"),
    ),
}
WORDS: Final[Mapping[str, str]] = {
    "support.escalates": "how many families come further after family support",
    "assessment.support": "how many assessments lead to family support",
    "enquiry.care": "how many enquiries end in care",
    "enquiry.need": "how many enquiries end in a plan for a child in need",
    "review.care": "how many reviews of a plan end in care",
    "plan.down": "how many plans are followed by a plan for a child in need",
    "need.escalates": "how many children in need come to an enquiry",
    "need.down": "how many children in need go on to family support",
    "care.down": "how many children leave care for a plan at home",
    "return.contact": "how many families come back after a contact alone",
    "return.support": "how many families come back after family support",
    "return.plan": "how many families come back after a plan",
    "return.drift": "how much more often families come back who were turned away or closed early",
    "threshold.shortage": "how far a shortage of people raises thresholds",
    "early.shortage": "how far a shortage of people closes plans early",
    "waiting.closed": "how much waiting work is closed unseen when people are short",
    "waiting.weeks": "after how many weeks waiting work may be closed unseen",
    "shortage.memory": "how soon a shortage is felt",
    "load.ceiling": "how far above a full load a team goes before work waits",
    "load.slows": "how much overload slows work",
    "load.leaving": "how much overload makes people leave",
    "load.absence": "how much overload makes people ill",
    "pace.newly": "how much longer work takes in the first year",
    "pace.experienced": "how much quicker the experienced are",
    "experienced.weeks": "after how long somebody counts as experienced",
    "leaving.agency": "how long agency staff stay",
    "leaving.manager": "how many managers leave",
    "absence.spells": "how often people are ill",
    "handover.days": "from how long an absence on families are given to others",
    "reading_in.days": "how long it takes to read oneself into a family's file",
    "recruit.agency": "how many vacancies are filled by agency staff",
    "recruit.newly": "how many who join are newly qualified",
    "recruit.part_time": "how many who join work part of the week",
    "part_time.share": "how much of the week part-time staff work",
    "back.share": "how many assessments managers send back",
    "back.unsupervised": "how much more is sent back when supervision is missed",
    "back.newly": "how much more is sent back in the first year",
    "manager.share": "how much of the week managers have for decisions and supervision",
    "manager.turn": "how many decisions managers take before a supervision",
    "manager.contact": "how long a manager's decision on a contact takes",
    "manager.enquiry": "how long a manager's decision on an enquiry takes",
    "manager.assessment": "how long a manager's sign-off takes",
    "manager.closing": "how long a manager's decision on closing takes",
    "manager.supervision": "how long a supervision takes",
    "manager.family": "how much longer a supervision takes for each family",
    "manager.review": "how long a manager takes over a plan after its review",
    "manager.asked": "how much workers ask their managers between supervisions",
    "manager.kept": "how much time managers keep for decisions however much they are asked",
    "winter.absence": "how much more absence a bad winter brings",
    "hurry.days": "how late an assessment may become and still be hurried",
    "hurry.before": "how long before its last day an assessment is written",
    "hurry.window": "over how many days hurried assessments are finished",
    "review.postponed": "how far a postponed review is put off",
    "visit.weeks.support": "how often family support visits",
    "visit.weeks.enquiry": "how often a family in an enquiry is visited",
    "hours.door": "how many hours contacts take at the front door",
    "hours.enquiry": "how many hours a week an enquiry takes",
    "hours.practice": "how much of the hours in the table of weights families take in practice",
    "cost.worker": "what a worker costs",
    "cost.manager": "what a manager costs",
    "cost.agency": "how much more agency staff cost",
    "cost.care": "what a placement in care costs",
}


def factors(given: Parameters, with_costs: bool) -> list[Factor]:
    """Every strength whose source is the word *assumed*, with words; rates of cost only where cost is asked about.

    By name: a question that was kept has its strengths in another order, and a study that goes on must move the same ones.
    """
    found = []
    taken = {name for _, strengths in TOGETHER.values() for name in strengths}
    for name, (words, strengths) in TOGETHER.items():
        if any(given.strengths[each].is_assumed for each in strengths):
            found.append(Factor(name, words, strengths))
    for name, strength in sorted(given.strengths.items()):
        moves = strength.is_assumed and strength.low < strength.high and name not in taken
        if moves and (with_costs or not name.startswith("cost.")):
            found.append(Factor(name, WORDS.get(name, name), (name,)))
    return found


def within_ranges(given: Parameters, shares: Mapping[str, float]) -> Parameters:
    """The same with each of these strengths at such a share of its range."""
    values = {}
    for name, share in shares.items():
        strength = given.strengths[name]
        values[name] = strength.low + share * (strength.high - strength.low)
    return given.having(values)
