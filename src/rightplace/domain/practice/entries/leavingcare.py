"""Leaving care: needs assessment, pathway plan, accommodation, personal adviser. Screens come later."""

from typing import ClassVar

from rightplace.domain.practice.entries.base import Body, kind


@kind
class LeavingCareBegan(Body, frozen=True):
    """The young person is owed leaving-care duties: `standing` is eligible, relevant, former relevant or qualifying."""

    kind: ClassVar[str] = "leavingcare.began"
    number: ClassVar[int] = 140
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 84
    standing: str = "eligible"


@kind
class LeavingCareAssessed(Body, frozen=True):
    """The needs assessment was completed."""

    kind: ClassVar[str] = "leavingcare.assessed"
    number: ClassVar[int] = 141
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 85
    naming: ClassVar[tuple[str, ...]] = ("leaving",)
    leaving: int


@kind
class PathwayPlanned(Body, frozen=True):
    """The pathway plan was made."""

    kind: ClassVar[str] = "pathway.planned"
    number: ClassVar[int] = 142
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 86
    naming: ClassVar[tuple[str, ...]] = ("leaving",)
    leaving: int


@kind
class PathwayReviewed(Body, frozen=True):
    """The pathway plan was reviewed."""

    kind: ClassVar[str] = "pathway.reviewed"
    number: ClassVar[int] = 143
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 87
    naming: ClassVar[tuple[str, ...]] = ("leaving",)
    leaving: int


@kind
class AccommodationProvided(Body, frozen=True):
    """The authority first provides the young person's accommodation."""

    kind: ClassVar[str] = "accommodation.provided"
    number: ClassVar[int] = 144
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 85
    naming: ClassVar[tuple[str, ...]] = ("leaving",)
    leaving: int
    where: str = ""


@kind
class AdviserVisited(Body, frozen=True):
    """The personal adviser visited."""

    kind: ClassVar[str] = "adviser.visited"
    number: ClassVar[int] = 145
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 50
    naming: ClassVar[tuple[str, ...]] = ("leaving",)
    leaving: int
    note: str = ""


@kind
class LeavingCareEnded(Body, frozen=True):
    """Leaving-care duties ended."""

    kind: ClassVar[str] = "leavingcare.ended"
    number: ClassVar[int] = 146
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 88
    naming: ClassVar[tuple[str, ...]] = ("leaving",)
    leaving: int
    reason: str = ""
