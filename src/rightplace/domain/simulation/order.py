"""Where each named value and each table of durations lies in the arrays of the engine."""

from __future__ import annotations

from typing import Final

from rightplace.domain.simulation.names import SOURCES

_BY_SOURCE: Final = ("door.support", "door.assess", "door.enquire", "door.urgent")
_STAGE_WORDS: Final = ("door", "support", "assessment", "enquiry", "need", "protection", "care")

VALUES: Final = (
    *(f"{name}.{source}" for name in _BY_SOURCE for source in SOURCES),
    "support.escalates",
    "support.effect",
    "assessment.enquiry",
    "assessment.need",
    "assessment.support",
    "enquiry.conference",
    "enquiry.care",
    "enquiry.need",
    "conference.plan",
    "review.care",
    "review.ends.1",
    "review.ends.2",
    "review.ends.3",
    "review.ends.4",
    "plan.down",
    "need.escalates",
    "need.down",
    "care.down",
    "return.contact",
    "return.support",
    "return.assessment",
    "return.plan",
    "return.drift",
    "threshold.level",
    "threshold.shortage",
    "early.shortage",
    "waiting.closed",
    "waiting.weeks",
    "shortage.memory",
    "load.ceiling",
    "load.slows",
    "load.leaving",
    "load.absence",
    "pace.newly",
    "pace.experienced",
    "experienced.weeks",
    "worker.share",
    "newly.share",
    "newly.weeks",
    "leaving.newly",
    "leaving.early",
    "leaving.experienced",
    "leaving.agency",
    "leaving.manager",
    "absence.spells",
    "absence.season",
    "handover.days",
    "reading_in.days",
    "recruit.agency",
    "recruit.newly",
    "recruit.part_time",
    "part_time.share",
    "supervision.weeks",
    "supervision.newly_until",
    "supervision.newly_weeks",
    "back.share",
    "back.unsupervised",
    "back.newly",
    "manager.share",
    "manager.turn",
    "manager.contact",
    "manager.enquiry",
    "manager.assessment",
    "manager.closing",
    "manager.supervision",
    "manager.family",
    "manager.review",
    "manager.asked",
    "manager.kept",
    "promise.decision",
    "promise.assessment",
    "promise.conference",
    "promise.care_review",
    "hurry.days",
    "hurry.before",
    "hurry.window",
    "review.postponed",
    *(f"visit.weeks.{stage}" for stage in _STAGE_WORDS),
    *(f"hours.{stage}" for stage in _STAGE_WORDS),
    "hours.child",
    "hours.practice",
    "cost.worker",
    "cost.manager",
    "cost.agency",
    "cost.care",
)

GIVEN: Final = (
    "review.months.first",
    "review.months.later",
    "review.months.care_second",
    "review.months.care_later",
    "winter.absence",
)
"""Strengths that are read when a run is made ready, and never by the engine while it runs."""

TABLES: Final = (
    "screening",
    "screening.urgent",
    "support",
    "assessment",
    "rewriting",
    "enquiry",
    "conference",
    "review.lead",
    "need",
    "care",
    "return",
    "absence",
    "filling",
    "filling.agency",
    "experience",
)
KNOTS: Final = 64
"""A table of durations is cut into so many parts of equal chance; within a part it is a straight line."""


def value_at(name: str) -> int:
    """The place of a named value."""
    return VALUES.index(name)


def table_at(name: str) -> int:
    """The place of a table of durations."""
    return TABLES.index(name)
