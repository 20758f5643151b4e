"""Early help: family support below the social care threshold, by agreement, with the whole family.

One occasion stands in the file of each child of the family; `support` is the beginning in that child's own file.
"""

from datetime import date
from typing import Any, ClassVar

import msgspec

from rightplace.domain.practice.entries.base import Body, Nature, kind, upcast

NUMBERS = frozenset({"child", "worker", "number"})


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of what an entry of family support says."""

    @property
    def in_words(self) -> str:
        """The same in words, for a reader: numbers of files and of workers left out."""
        said = {name: getattr(self, name) for name in self.__struct_fields__ if name not in NUMBERS}
        return ", ".join(v.isoformat() if isinstance(v, date) else str(v) for v in said.values() if v)


class Agreement(Part, frozen=True):
    """One person's answer to working together. `child` is a child's file; an adult has none."""

    who: str
    child: int = 0
    part: str = ""
    answer: str = "agrees"
    words: str = ""
    on: date | None = None


class Finding(Part, frozen=True):
    """What was found of one person under one outcome headline, in the family's own words too."""

    headline: str
    who: str
    child: int = 0
    needs: str = ""
    strengths: str = ""
    words: str = ""


class Measure(Part, frozen=True):
    """Where one person stands under one headline. An empty value: asked, and not known."""

    headline: str
    who: str
    child: int = 0
    value: str = ""


class Goal(Part, frozen=True):
    """One goal of a plan: what should be different, who does what by when, and how it stands.

    The number stays with the goal from plan to plan. `worker` is 0 where somebody of the family does it.
    """

    number: int
    want: str
    does: str = ""
    doer: str = ""
    worker: int = 0
    by: date | None = None
    headline: str = ""
    state: str = "open"
    note: str = ""


@kind
class FamilySupportBegan(Body, frozen=True):
    """A family support team works with the family, with their agreement."""

    kind: ClassVar[str] = "familysupport.began"
    number: ClassVar[int] = 60
    version: ClassVar[int] = 2
    rank: ClassVar[int] = 46
    agreed_by: str = ""
    lead: int = 0
    agreements: tuple[Agreement, ...] = ()
    purpose: str = ""


@kind
class WholeFamilyAssessed(Body, frozen=True):
    """The whole family's needs and strengths, written with them; its measures are the baseline."""

    kind: ClassVar[str] = "familysupport.assessed"
    number: ClassVar[int] = 61
    version: ClassVar[int] = 2
    rank: ClassVar[int] = 50
    naming: ClassVar[tuple[str, ...]] = ("support",)
    support: int
    summary: str = ""
    needs: tuple[str, ...] = ()
    framework: str = ""
    family_words: str = ""
    child_words: str = ""
    strengths: str = ""
    found: tuple[Finding, ...] = ()
    measures: tuple[Measure, ...] = ()


@kind
class FamilyPlanMade(Body, frozen=True):
    """What the team around the family will do, who, by when."""

    kind: ClassVar[str] = "familysupport.planned"
    number: ClassVar[int] = 62
    version: ClassVar[int] = 2
    rank: ClassVar[int] = 52
    naming: ClassVar[tuple[str, ...]] = ("support",)
    support: int
    goals: tuple[Goal, ...] = ()
    family_words: str = ""


@kind
class FamilyPlanReviewed(Body, frozen=True):
    """The team around the family looked at the plan again."""

    kind: ClassVar[str] = "familysupport.reviewed"
    number: ClassVar[int] = 63
    version: ClassVar[int] = 2
    rank: ClassVar[int] = 54
    naming: ClassVar[tuple[str, ...]] = ("support",)
    support: int
    outcome: str = ""
    came: tuple[str, ...] = ()
    family_words: str = ""
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    goes_on: str = ""


@kind
class FamilySupportEnded(Body, frozen=True):
    """The family support ended, with what changed."""

    kind: ClassVar[str] = "familysupport.ended"
    number: ClassVar[int] = 64
    version: ClassVar[int] = 2
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 80
    naming: ClassVar[tuple[str, ...]] = ("support",)
    support: int
    outcome: str = ""
    reasons: str = ""
    changed: str = ""
    family_words: str = ""
    stays: str = ""
    measures: tuple[Measure, ...] = ()


@kind
class FamilyAnswered(Body, frozen=True):
    """Somebody of the family agreed, did not agree, or took the agreement back."""

    kind: ClassVar[str] = "familysupport.answered"
    number: ClassVar[int] = 65
    rank: ClassVar[int] = 47
    naming: ClassVar[tuple[str, ...]] = ("support",)
    support: int
    agreement: Agreement


@kind
class LeadNamed(Body, frozen=True):
    """Who leads the work with the family from now on; 0 says that nobody does yet, and the age of that counts."""

    kind: ClassVar[str] = "familysupport.led"
    number: ClassVar[int] = 66
    rank: ClassVar[int] = 48
    naming: ClassVar[tuple[str, ...]] = ("support",)
    support: int
    worker: int = 0
    reasons: str = ""


@kind
class FamilyTeamJoined(Body, frozen=True):
    """Somebody joined the team around the family, or left it; for a partner, what is shared, why and on what basis."""

    kind: ClassVar[str] = "familysupport.joined"
    number: ClassVar[int] = 67
    rank: ClassVar[int] = 51
    naming: ClassVar[tuple[str, ...]] = ("support",)
    support: int
    name: str
    worker: int = 0
    role: str = ""
    agency: int = 0
    agency_name: str = ""
    contact: str = ""
    shared: tuple[int, ...] = ()
    basis: str = ""
    purpose: str = ""
    left: bool = False


@kind
class FamilyTeamMet(Body, frozen=True):
    """The team around the family met: who came, what was said and decided."""

    kind: ClassVar[str] = "familysupport.met"
    number: ClassVar[int] = 68
    rank: ClassVar[int] = 53
    naming: ClassVar[tuple[str, ...]] = ("support",)
    support: int
    came: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    summary: str = ""
    family_words: str = ""


@kind
class GoalActed(Body, frozen=True):
    """Whoever does a part of the plan says what was done, or will be."""

    kind: ClassVar[str] = "familysupport.acted"
    number: ClassVar[int] = 69
    rank: ClassVar[int] = 53
    naming: ClassVar[tuple[str, ...]] = ("support",)
    support: int
    goal: int
    done: bool = False
    words: str = ""


def _as_it_was(fields: dict[str, Any]) -> dict[str, Any]:
    return fields


for _lifted in (FamilySupportBegan, WholeFamilyAssessed, FamilyPlanReviewed, FamilySupportEnded):
    upcast(_lifted, 1)(_as_it_was)


@upcast(FamilyPlanMade, 1)
def _goals_were_texts(fields: dict[str, Any]) -> dict[str, Any]:
    goals = [{"number": place, "want": want} for place, want in enumerate(fields.get("goals", ()), 1)]
    return {**fields, "goals": goals}
