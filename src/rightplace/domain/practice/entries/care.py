"""Looked after: into and out of care, legal status, placement, plans, reviews, health, education, missing."""

from datetime import date
from typing import ClassVar

from rightplace.domain.practice.entries.base import Body, Nature, kind


@kind
class CareBegan(Body, frozen=True):
    """The child becomes looked after."""

    kind: ClassVar[str] = "care.began"
    number: ClassVar[int] = 110
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 70
    legal: str
    reason: str = ""
    emergency: bool = False
    short_breaks: bool = False


@kind
class LegalStatusChanged(Body, frozen=True):
    """The child's legal status changed: a court order, or section 20."""

    kind: ClassVar[str] = "legal.changed"
    number: ClassVar[int] = 111
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 71
    legal: str
    order_date: date | None = None
    note: str = ""


@kind
class PlacementBegan(Body, frozen=True):
    """The child lives here from now: `placement` and `provider` are codes of the looked-after return.

    `terms` may name: with_parents, temporary_approval, long_term, adoptive, out_of_area, emergency.
    """

    kind: ClassVar[str] = "placement.began"
    number: ClassVar[int] = 112
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 72
    placement: str = ""
    provider: str = ""
    terms: tuple[str, ...] = ()
    area: int = 0
    note: str = ""


@kind
class PlacementEnded(Body, frozen=True):
    """The child no longer lives there."""

    kind: ClassVar[str] = "placement.ended"
    number: ClassVar[int] = 113
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 71
    naming: ClassVar[tuple[str, ...]] = ("placement",)
    placement: int
    reason: str = ""
    notice_given: bool = True


@kind
class CarePlanMade(Body, frozen=True):
    """The care plan was made or changed."""

    kind: ClassVar[str] = "careplan.made"
    number: ClassVar[int] = 114
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 74
    permanence: str = ""
    note: str = ""


@kind
class PlacementPlanMade(Body, frozen=True):
    """The placement plan was agreed and signed."""

    kind: ClassVar[str] = "placementplan.made"
    number: ClassVar[int] = 115
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 74
    naming: ClassVar[tuple[str, ...]] = ("placement",)
    placement: int


@kind
class PlacementNotified(Body, frozen=True):
    """The listed persons were given written notice of the placement; `out_of_area` to the other authority."""

    kind: ClassVar[str] = "placement.notified"
    number: ClassVar[int] = 116
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 74
    naming: ClassVar[tuple[str, ...]] = ("placement",)
    placement: int
    out_of_area: bool = False
    of_ending: bool = False


@kind
class CareReviewed(Body, frozen=True):
    """A review of the child's case, chaired by an independent reviewing officer."""

    kind: ClassVar[str] = "care.reviewed"
    number: ClassVar[int] = 117
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 76
    chair: int = 0
    took_part: str = ""
    decisions: tuple[str, ...] = ()


@kind
class CareEnded(Body, frozen=True):
    """The child is no longer looked after: returned, adopted, special guardianship, turned eighteen."""

    kind: ClassVar[str] = "care.ended"
    number: ClassVar[int] = 118
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 82
    reason: str = ""
    adopted: bool = False


@kind
class CeasingApproved(Body, frozen=True):
    """A nominated officer approved that the authority ceases to look after the child."""

    kind: ClassVar[str] = "care.ceasing_approved"
    number: ClassVar[int] = 119
    nature: ClassVar[Nature] = Nature.DECISION
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 81
    reasons: str = ""


@kind
class HealthAssessed(Body, frozen=True):
    """A health assessment: `form` is initial or review."""

    kind: ClassVar[str] = "health.assessed"
    number: ClassVar[int] = 120
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 75
    form: str = "initial"
    note: str = ""


@kind
class StrengthsScored(Body, frozen=True):
    """A strengths and difficulties questionnaire was completed."""

    kind: ClassVar[str] = "health.sdq"
    number: ClassVar[int] = 121
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 75
    score: int | None = None
    not_done_reason: str = ""


@kind
class EducationPlanned(Body, frozen=True):
    """A personal education plan was made or reviewed."""

    kind: ClassVar[str] = "education.planned"
    number: ClassVar[int] = 122
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 75
    form: str = "initial"
    note: str = ""


@kind
class WentMissing(Body, frozen=True):
    """The child is missing or away without authority."""

    kind: ClassVar[str] = "missing.began"
    number: ClassVar[int] = 123
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 50
    form: str = "missing"


@kind
class WasFound(Body, frozen=True):
    """The child was found or came back."""

    kind: ClassVar[str] = "missing.ended"
    number: ClassVar[int] = 124
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 51
    naming: ClassVar[tuple[str, ...]] = ("missing",)
    missing: int = 0


@kind
class ReturnInterviewHeld(Body, frozen=True):
    """An independent return interview was held, or the child did not want one."""

    kind: ClassVar[str] = "returninterview.held"
    number: ClassVar[int] = 125
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 52
    naming: ClassVar[tuple[str, ...]] = ("missing",)
    missing: int = 0
    accepted: bool = True
    note: str = ""


@kind
class ApprovalExtended(Body, frozen=True):
    """The temporary approval of a connected person was extended, once."""

    kind: ClassVar[str] = "approval.extended"
    number: ClassVar[int] = 126
    nature: ClassVar[Nature] = Nature.DECISION
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 77
    naming: ClassVar[tuple[str, ...]] = ("placement",)
    placement: int
    reasons: str = ""


@kind
class CarerApproved(Body, frozen=True):
    """The connected person was fully approved as a foster carer."""

    kind: ClassVar[str] = "carer.approved"
    number: ClassVar[int] = 127
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 77
    naming: ClassVar[tuple[str, ...]] = ("placement",)
    placement: int


@kind
class PrivateFosteringKnown(Body, frozen=True):
    """We became aware that the child is, or will be, privately fostered."""

    kind: ClassVar[str] = "privatefostering.known"
    number: ClassVar[int] = 128
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 46
    proposed: bool = False


@kind
class PrivateFosteringEnded(Body, frozen=True):
    """The private fostering arrangement ended."""

    kind: ClassVar[str] = "privatefostering.ended"
    number: ClassVar[int] = 129
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 80
    naming: ClassVar[tuple[str, ...]] = ("arrangement",)
    arrangement: int


@kind
class ChildDetained(Body, frozen=True):
    """The child lost looked-after status by being detained, or was remanded."""

    kind: ClassVar[str] = "detained.began"
    number: ClassVar[int] = 130
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 83
    form: str = "detained"
