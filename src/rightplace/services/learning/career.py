"""The steps of a career: what the next one asks, and what of it is written down. Whether somebody takes it, people say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rightplace.domain.practice.calendars import add_months
from rightplace.foundation.organisation.establishment.tables import FOUR_PROFESSIONS, Profession
from rightplace.services.learning.asking import Rules, Step


class Met(StrEnum):
    """Whether something that a step asks is written down."""

    MET = "met"
    NOT_YET = "not yet"
    UNKNOWN = "not known"
    PEOPLE = "for people to say"


@dataclass(frozen=True)
class Known:
    """What is written down of a worker; None where nobody said."""

    profession: str | None
    qualified: date | None
    registered: bool | None
    since: date | None
    first_year: bool | None
    attended: Mapping[str, Sequence[date]]


@dataclass(frozen=True)
class StepSeen:
    """One step with how each thing that it asks stands."""

    of: Step
    asks: tuple[tuple[str, Met], ...]

    @property
    def is_met(self) -> bool:
        """Everything that can be written down is."""
        return all(met in (Met.MET, Met.PEOPLE) for _, met in self.asks)


def path_of(profession: str | None) -> str:
    """The path of a profession; none for those without one."""
    if profession == Profession.SOCIAL_WORK:
        return "Social work"
    return "Family support" if profession in FOUR_PROFESSIONS else ""


def steps_for(known: Known, rules: Rules, today: date) -> list[StepSeen]:
    """A worker's path, step by step."""
    path = path_of(known.profession)
    return [
        StepSeen(step, tuple((words, _met(how, known, today)) for how, words in step.asks))
        for step in rules.steps
        if step.path == path
    ]


def next_step(steps: Sequence[StepSeen]) -> StepSeen | None:
    """The first step of which something is known to be missing; else the first of which something is not known.

    What nobody wrote down of a step long past does not make that step the next one.
    """
    missing = next((each for each in steps if any(met is Met.NOT_YET for _, met in each.asks)), None)
    return missing or next((each for each in steps if not each.is_met), None)


def _met(how: str, known: Known, today: date) -> Met:
    name, _, what = how.partition(":")
    if name == "people":
        return Met.PEOPLE
    if name == "course":
        if not known.attended:
            return Met.UNKNOWN
        return Met.MET if known.attended.get(what) else Met.NOT_YET
    if name == "months":
        if known.since is None:
            return Met.UNKNOWN
        return Met.MET if add_months(known.since.toordinal(), int(what)) <= today.toordinal() else Met.NOT_YET
    if name == "qualified":
        return Met.MET if known.qualified is not None and known.qualified <= today else Met.UNKNOWN
    said = known.registered if name == "registered" else known.first_year
    return Met.UNKNOWN if said is None else Met.MET if said else Met.NOT_YET
