"""Family support below the social care threshold. The screens come later; the kinds may still change."""

from typing import ClassVar

from rightplace.domain.practice.entries.base import Body, Nature, kind


@kind
class FamilySupportBegan(Body, frozen=True):
    """A family support team works with the family, with their agreement."""

    kind: ClassVar[str] = "familysupport.began"
    number: ClassVar[int] = 60
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 46
    agreed_by: str = ""
    lead: int = 0


@kind
class WholeFamilyAssessed(Body, frozen=True):
    """The whole family's needs and strengths, written with them."""

    kind: ClassVar[str] = "familysupport.assessed"
    number: ClassVar[int] = 61
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 50
    naming: ClassVar[tuple[str, ...]] = ("support",)
    support: int
    summary: str = ""
    needs: tuple[str, ...] = ()


@kind
class FamilyPlanMade(Body, frozen=True):
    """What the team around the family will do, who, by when."""

    kind: ClassVar[str] = "familysupport.planned"
    number: ClassVar[int] = 62
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 52
    naming: ClassVar[tuple[str, ...]] = ("support",)
    support: int
    goals: tuple[str, ...] = ()


@kind
class FamilyPlanReviewed(Body, frozen=True):
    """The team around the family looked at the plan again."""

    kind: ClassVar[str] = "familysupport.reviewed"
    number: ClassVar[int] = 63
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 54
    naming: ClassVar[tuple[str, ...]] = ("support",)
    support: int
    outcome: str = ""


@kind
class FamilySupportEnded(Body, frozen=True):
    """The family support ended, with what changed."""

    kind: ClassVar[str] = "familysupport.ended"
    number: ClassVar[int] = 64
    nature: ClassVar[Nature] = Nature.DECISION
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 80
    naming: ClassVar[tuple[str, ...]] = ("support",)
    support: int
    outcome: str = ""
    reasons: str = ""
