"""Strategy discussion, section 47 enquiry, conference, protection plan, core group, pre-proceedings."""

from datetime import date, datetime
from typing import ClassVar, Final

import msgspec

from rightplace.domain.practice.entries.base import Body, Nature, kind

QUORUM: Final = ("authority", "police", "health")
"""Kinds of agency without which a talk is no strategy discussion (Working Together: at the least social care, police
and health)."""


@kind
class StrategyDecided(Body, frozen=True):
    """Somebody found reasonable cause to suspect significant harm and asked for a strategy discussion."""

    kind: ClassVar[str] = "strategy.decided"
    number: ClassVar[int] = 80
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 46
    reasons: str = ""
    called: tuple[int, ...] = ()
    meets: datetime | None = None
    where: str = ""
    sent: str = ""
    basis: str = ""
    purpose: str = ""
    family_told: str = ""
    not_told_reason: str = ""


@kind
class StrategyAnswered(Body, frozen=True):
    """An agency that was called answered: who comes, and what it knows, on which basis and for what (promise 7)."""

    kind: ClassVar[str] = "strategy.answered"
    number: ClassVar[int] = 98
    rank: ClassVar[int] = 47
    naming: ClassVar[tuple[str, ...]] = ("strategy",)
    strategy: int
    agency: int
    answer: str
    who: str = ""
    known: str = ""
    knows: str = ""
    basis: str = ""
    purpose: str = ""
    refused_because: str = ""


@kind
class StrategyCalledIn(Body, frozen=True):
    """An agency that was not called at first is called in too: it is sent the words of the call, and why it is asked.

    On the basis and for the purpose of the call that it names (promise 7). Once it was held, nobody is called in.
    """

    kind: ClassVar[str] = "strategy.called_in"
    number: ClassVar[int] = 100
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 47
    naming: ClassVar[tuple[str, ...]] = ("strategy",)
    strategy: int
    agency: int
    because: str


class Attended(msgspec.Struct, frozen=True, omit_defaults=True):
    """One who took part: of which agency, of what kind, who, and how."""

    agency: int
    kind: str
    who: str
    how: str = ""


class StrategyAction(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was agreed: what, who does it, of which agency, by when."""

    what: str
    who: str = ""
    agency: int = 0
    worker: int = 0
    due: date | None = None


@kind
class StrategyHeld(Body, frozen=True):
    """Children's services, police and health spoke together; who was there, what was said and decided is recorded.

    That they met is always taken, without quorum too: then it is in doubt. Refused is only to begin an enquiry when
    one of the three was missing.
    """

    kind: ClassVar[str] = "strategy.held"
    number: ClassVar[int] = 81
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 48
    naming: ClassVar[tuple[str, ...]] = ("strategy",)
    agencies: tuple[str, ...] = ()
    begins_enquiry: bool = False
    decision: str = ""
    actions: tuple[str, ...] = ()
    strategy: int = 0
    attended: tuple[Attended, ...] = ()
    minutes: str = ""
    reasons: str = ""
    without_quorum: str = ""
    partners_told: str = ""
    basis: str = ""
    purpose: str = ""
    agreed_actions: tuple[StrategyAction, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The kinds of agency that had to be there and were not; nothing where nobody wrote down who was there."""
        there = {each.kind for each in self.attended}
        return tuple(kind for kind in QUORUM if kind not in there) if self.strategy or there else ()


@kind
class StrategyActionDone(Body, frozen=True):
    """Something that a strategy discussion agreed is done."""

    kind: ClassVar[str] = "strategy.action_done"
    number: ClassVar[int] = 99
    rank: ClassVar[int] = 50
    naming: ClassVar[tuple[str, ...]] = ("held",)
    held: int
    place: int
    note: str = ""


@kind
class EnquiryBegan(Body, frozen=True):
    """A section 47 enquiry began: the strategy discussion at which it was initiated."""

    kind: ClassVar[str] = "enquiry.began"
    number: ClassVar[int] = 82
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 49
    naming: ClassVar[tuple[str, ...]] = ("strategy",)
    strategy: int = 0
    conference_target: date | None = None


@kind
class EnquiryEnded(Body, frozen=True):
    """The enquiry ended, with its outcome and whether a conference is needed."""

    kind: ClassVar[str] = "enquiry.ended"
    number: ClassVar[int] = 83
    nature: ClassVar[Nature] = Nature.DECISION
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 57
    naming: ClassVar[tuple[str, ...]] = ("enquiry",)
    enquiry: int
    outcome: str = ""
    conference_needed: bool = False
    reasons: str = ""


@kind
class TransferInNotified(Body, frozen=True):
    """Another authority told us that a child on its plan has moved here."""

    kind: ClassVar[str] = "transfer.notified"
    number: ClassVar[int] = 84
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 46
    authority: str = ""


@kind
class ConferenceHeld(Body, frozen=True):
    """A child protection conference: `form` is initial, review or transfer in."""

    kind: ClassVar[str] = "conference.held"
    number: ClassVar[int] = 85
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 60
    naming: ClassVar[tuple[str, ...]] = ("about",)
    form: str
    about: int = 0
    chair: int = 0
    decision: str = ""
    category: str = ""
    attended: tuple[str, ...] = ()


@kind
class ProtectionPlanBegan(Body, frozen=True):
    """The child is subject to a child protection plan."""

    kind: ClassVar[str] = "protectionplan.began"
    number: ClassVar[int] = 86
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 62
    naming: ClassVar[tuple[str, ...]] = ("conference",)
    category: str
    conference: int = 0
    previous_plans: int = 0
    visit_every: str = ""


@kind
class ProtectionCategoryChanged(Body, frozen=True):
    """The category of abuse was changed at a review."""

    kind: ClassVar[str] = "protectionplan.category"
    number: ClassVar[int] = 87
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 63
    naming: ClassVar[tuple[str, ...]] = ("plan",)
    plan: int
    category: str


@kind
class CoreGroupMet(Body, frozen=True):
    """The core group met."""

    kind: ClassVar[str] = "coregroup.met"
    number: ClassVar[int] = 88
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 64
    naming: ClassVar[tuple[str, ...]] = ("plan",)
    plan: int
    note: str = ""


@kind
class ProtectionPlanEnded(Body, frozen=True):
    """The child protection plan ended, at a review conference."""

    kind: ClassVar[str] = "protectionplan.ended"
    number: ClassVar[int] = 89
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 80
    naming: ClassVar[tuple[str, ...]] = ("plan",)
    plan: int
    reasons: str = ""


@kind
class PreProceedingsBegan(Body, frozen=True):
    """Pre-proceedings began: letter before proceedings, and the offer of a family group decision-making meeting."""

    kind: ClassVar[str] = "preproceedings.began"
    number: ClassVar[int] = 90
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 65
    letter_sent: date | None = None


@kind
class FamilyMeetingAnswered(Body, frozen=True):
    """The family group decision-making meeting: offered, accepted, declined, held, or not in the child's interests."""

    kind: ClassVar[str] = "familymeeting.answered"
    number: ClassVar[int] = 91
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 66
    naming: ClassVar[tuple[str, ...]] = ("preproceedings",)
    state: str
    reasons: str = ""
    preproceedings: int = 0


@kind
class CourtApplied(Body, frozen=True):
    """An application for an order was issued at court."""

    kind: ClassVar[str] = "court.applied"
    number: ClassVar[int] = 92
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 67
    order: str = "care"


@kind
class CourtDisposed(Body, frozen=True):
    """The court disposed of the application."""

    kind: ClassVar[str] = "court.disposed"
    number: ClassVar[int] = 93
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 68
    naming: ClassVar[tuple[str, ...]] = ("application",)
    application: int
    outcome: str = ""


@kind
class PreProceedingsEnded(Body, frozen=True):
    """Pre-proceedings ended."""

    kind: ClassVar[str] = "preproceedings.ended"
    number: ClassVar[int] = 94
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 80
    naming: ClassVar[tuple[str, ...]] = ("preproceedings",)
    preproceedings: int
    outcome: str = ""


@kind
class AllegationMade(Body, frozen=True):
    """An allegation against somebody who works with children."""

    kind: ClassVar[str] = "allegation.made"
    number: ClassVar[int] = 95
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 46
    note: str = ""


@kind
class AllegationConcluded(Body, frozen=True):
    """What came of the allegation."""

    kind: ClassVar[str] = "allegation.concluded"
    number: ClassVar[int] = 96
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 80
    naming: ClassVar[tuple[str, ...]] = ("allegation",)
    allegation: int
    outcome: str = ""


@kind
class EmergencyOrderMade(Body, frozen=True):
    """Police protection (`PPP`), emergency protection order (`EPO`) or child assessment order (`CAO`)."""

    kind: ClassVar[str] = "emergencyorder.made"
    number: ClassVar[int] = 97
    provisional: ClassVar[bool] = True
    rank: ClassVar[int] = 69
    order: str
    extended: bool = False
    note: str = ""
