"""Child and family assessments, child in need plans, and the visits that every process shares."""

from datetime import date
from typing import ClassVar

from rightplace.domain.practice.entries.base import Body, Nature, kind


@kind
class AssessmentBegan(Body, frozen=True):
    """An assessment under section 17 (or 47) began."""

    kind: ClassVar[str] = "assessment.began"
    number: ClassVar[int] = 70
    rank: ClassVar[int] = 47
    naming: ClassVar[tuple[str, ...]] = ("referral",)
    referral: int = 0
    form: str = "single"
    review_by: date | None = None
    review_form: str = ""
    focus: str = ""


@kind
class AssessmentWritten(Body, frozen=True):
    """The assessment as its writer signed it: three sides, the child's own words, an analysis, a proposed decision.

    It waits until somebody else authorises it or sends it back (promise 6). Sides: Framework for the Assessment of
    Children in Need and their Families (2000), as Working Together keeps it.
    """

    kind: ClassVar[str] = "assessment.written"
    number: ClassVar[int] = 78
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 55
    naming: ClassVar[tuple[str, ...]] = ("assessment",)
    assessment: int
    development: str = ""
    parenting: str = ""
    environment: str = ""
    child_words: str = ""
    child_wishes: str = ""
    family_view: str = ""
    analysis: str = ""
    level: str = ""
    indicators: tuple[str, ...] = ()
    pack: str = ""
    factors: tuple[str, ...] = ()
    proposes: str = ""
    goals: tuple[str, ...] = ()
    visit_every: str = ""
    to_agency: int = 0
    to_send: str = ""
    to_send_for: str = ""
    lawful_basis: str = ""
    family_told: str = ""
    not_told_reason: str = ""
    reasons: str = ""
    dissent: str = ""


@kind
class AssessmentSentBack(Body, frozen=True):
    """Whoever was to authorise the assessment sent it back, and said what is missing."""

    kind: ClassVar[str] = "assessment.sent_back"
    number: ClassVar[int] = 79
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 56
    naming: ClassVar[tuple[str, ...]] = ("assessment", "written")
    assessment: int
    written: int
    what_is_missing: str


@kind
class AssessmentAuthorised(Body, frozen=True):
    """A manager, never the author, authorised the assessment and its decision (promise 6)."""

    kind: ClassVar[str] = "assessment.authorised"
    number: ClassVar[int] = 71
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 56
    naming: ClassVar[tuple[str, ...]] = ("assessment", "written")
    assessment: int
    written_by: int = 0
    factors: tuple[str, ...] = ()
    outcome: str = ""
    in_need: bool | None = None
    reasons: str = ""
    over_time_reasons: str = ""
    written: int = 0
    """What was authorised. 0 in a return, which does not carry the words."""


@kind
class AssessmentReviewed(Body, frozen=True):
    """The internal review point that was agreed at the start."""

    kind: ClassVar[str] = "assessment.reviewed"
    number: ClassVar[int] = 72
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 55
    naming: ClassVar[tuple[str, ...]] = ("assessment",)
    assessment: int
    note: str = ""


@kind
class NeedPlanBegan(Body, frozen=True):
    """A child in need plan began."""

    kind: ClassVar[str] = "needplan.began"
    number: ClassVar[int] = 73
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 58
    goals: tuple[str, ...] = ()
    visit_every: str = ""


@kind
class NeedPlanReviewed(Body, frozen=True):
    """A child in need plan was reviewed."""

    kind: ClassVar[str] = "needplan.reviewed"
    number: ClassVar[int] = 74
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 59
    naming: ClassVar[tuple[str, ...]] = ("plan",)
    plan: int
    outcome: str = ""


@kind
class NeedPlanEnded(Body, frozen=True):
    """A child in need plan ended."""

    kind: ClassVar[str] = "needplan.ended"
    number: ClassVar[int] = 75
    nature: ClassVar[Nature] = Nature.DECISION
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 80
    naming: ClassVar[tuple[str, ...]] = ("plan",)
    plan: int
    reasons: str = ""


@kind
class VisitMade(Body, frozen=True):
    """A worker was there; whether the child was seen, and seen alone, is said each time."""

    kind: ClassVar[str] = "visit.made"
    number: ClassVar[int] = 76
    rank: ClassVar[int] = 50
    seen: bool
    alone: bool | None = None
    where: str = ""
    statutory: bool = True
    bedroom_seen: bool | None = None
    child_said: str = ""
    note: str = ""


@kind
class VisitAttempted(Body, frozen=True):
    """Nobody answered, or the child was not there. An attempt is not a visit."""

    kind: ClassVar[str] = "visit.attempted"
    number: ClassVar[int] = 77
    rank: ClassVar[int] = 50
    why_not: str = ""
    note: str = ""
