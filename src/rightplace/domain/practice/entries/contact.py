"""The front door: one telling of a concern, what was asked of others, what was decided and who was told."""

from enum import StrEnum
from typing import Any, ClassVar

import msgspec

from rightplace.domain.practice.entries.base import Body, Nature, kind, upcast


class Grade(StrEnum):
    """How fast a contact must be decided; the times are local policy."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Level(StrEnum):
    """The level of need, always with the indicators that say so."""

    UNIVERSAL = "universal"
    UNIVERSAL_PLUS = "universal plus"
    ADDITIONAL = "additional"
    COMPLEX = "complex/significant"


class Route(StrEnum):
    """Where a contact leads. The last three end it at the front door."""

    FAMILY_SUPPORT = "family support team"
    ASSESSMENT = "assessment"
    STRATEGY = "strategy discussion"
    ALREADY_OPEN = "to the team that has the child"
    ANOTHER_AGENCY = "another agency"
    ADVICE = "advice"
    NO_FURTHER_ACTION = "no further action"


ENDS_AT_THE_FRONT_DOOR = frozenset({Route.ANOTHER_AGENCY, Route.ADVICE, Route.NO_FURTHER_ACTION})
OFFERS_THE_CHILD = frozenset({Route.FAMILY_SUPPORT, Route.ASSESSMENT, Route.STRATEGY})


class TeamLoad(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the team carried at that moment, stamped on each closing (promise 2)."""

    children: int = 0
    unallocated: int = 0
    late: int = 0
    workers: int = 0


@kind
class ContactReceived(Body, frozen=True):
    """A concern was told. One entry in the concern's file and one in each child's, one occasion."""

    kind: ClassVar[str] = "contact.received"
    number: ClassVar[int] = 20
    rank: ClassVar[int] = 20
    team: int
    source: str
    channel: str
    agency: int = 0
    children: tuple[int, ...] = ()
    saw: str = ""
    wants: str = ""
    referrer_name: str = ""
    referrer_role: str = ""
    referrer_phone: str = ""
    referrer_email: str = ""
    anonymous: bool = False
    professional: bool = True
    family_told: str = ""
    family_told_reason: str = ""
    lawful_basis: str = ""
    danger_now: str = ""
    answers: dict[str, str] = {}
    attachments: tuple[int, ...] = ()
    receipt: str = ""


@kind
class ContactRead(Body, frozen=True):
    """A person at the front door opened the contact. The sender is told that it has been read."""

    kind: ClassVar[str] = "contact.read"
    number: ClassVar[int] = 21
    rank: ClassVar[int] = 21
    naming: ClassVar[tuple[str, ...]] = ("contact",)
    contact: int


@kind
class ContactScreened(Body, frozen=True):
    """First look: grade, what kind of need, and whether a strategy discussion is to be thought of."""

    kind: ClassVar[str] = "contact.screened"
    number: ClassVar[int] = 22
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 22
    naming: ClassVar[tuple[str, ...]] = ("contact",)
    contact: int
    grade: Grade
    reasons: str = ""
    raised_because: str = ""


class AskedRelative(msgspec.Struct, frozen=True, omit_defaults=True):
    """One grown-up or other child of the family whom a question names beside the child, and why it must."""

    relation: int
    because: str
    name: str = ""


@kind
class CheckAsked(Body, frozen=True):
    """Another agency was asked what it knows, under a stated basis and for a stated purpose.

    Version 2 names the relatives who were asked about beside the child, each with its reason.
    """

    kind: ClassVar[str] = "check.asked"
    number: ClassVar[int] = 23
    version: ClassVar[int] = 2
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 24
    naming: ClassVar[tuple[str, ...]] = ("contact",)
    contact: int
    agency: int
    question: str
    grade: Grade
    basis: str
    purpose: str
    sent: str
    family_told: str = ""
    not_told_reason: str = ""
    relatives: tuple[AskedRelative, ...] = ()


@kind
class CheckAnswered(Body, frozen=True):
    """What the agency answered, or that it holds nothing, or refuses with its reason.

    Version 2 keeps the answers to its kind of agency's own questions, and under which set they were asked; version 3
    the numbers of the files that the agency attached.
    """

    kind: ClassVar[str] = "check.answered"
    number: ClassVar[int] = 24
    version: ClassVar[int] = 3
    rank: ClassVar[int] = 25
    naming: ClassVar[tuple[str, ...]] = ("check",)
    check: int
    known: str
    answer: str = ""
    refused_because: str = ""
    answered_by: str = ""
    questions: str = ""
    questions_version: int = 0
    answers: dict[str, str] = {}
    attachments: tuple[int, ...] = ()


@upcast(CheckAsked, 1)
@upcast(CheckAnswered, 1)
@upcast(CheckAnswered, 2)
def _as_it_was(fields: dict[str, Any]) -> dict[str, Any]:
    """Older versions said nothing of relatives, a form's own answers or files: what is left out is empty."""
    return fields


@kind
class ContactDecided(Body, frozen=True):
    """The front door decided what a contact needs, and why.

    A route to a team offers it the child; the front door stays accountable until the team accepts.
    A route that ends at the front door is a closing: it is guarded and stamped with the team's load (promise 2).
    """

    kind: ClassVar[str] = "contact.decided"
    number: ClassVar[int] = 25
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 30
    naming: ClassVar[tuple[str, ...]] = ("contact",)
    contact: int
    level: Level
    indicators: tuple[str, ...]
    route: Route
    reasons: str
    alternatives: str
    dissent: str = ""
    lawful_basis: str = ""
    family_told: str = ""
    family_not_told_reason: str = ""
    unseen_reason: str = ""
    to_agency: int = 0
    team_load: TeamLoad | None = None
    pack: str = ""


@kind
class ReferrerTold(Body, frozen=True):
    """The text that the referrer was sent: signed, of its own, never the internal reason."""

    kind: ClassVar[str] = "referrer.told"
    number: ClassVar[int] = 26
    rank: ClassVar[int] = 32
    naming: ClassVar[tuple[str, ...]] = ("contact",)
    contact: int
    outcome: str
    text: str
    next_steps: str = ""
    to_do: str = ""
    repeats: tuple[str, ...] = ()


@kind
class ReferrerDisagreed(Body, frozen=True):
    """The referrer does not agree with the outcome; a clock starts."""

    kind: ClassVar[str] = "referrer.disagreed"
    number: ClassVar[int] = 27
    rank: ClassVar[int] = 33
    naming: ClassVar[tuple[str, ...]] = ("contact",)
    contact: int
    because: str


@kind
class DisagreementAnswered(Body, frozen=True):
    """Somebody other than the one who decided looked again and answered."""

    kind: ClassVar[str] = "disagreement.answered"
    number: ClassVar[int] = 28
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 34
    naming: ClassVar[tuple[str, ...]] = ("disagreement",)
    disagreement: int
    upheld: bool
    text: str
    reasons: str = ""


@kind
class ReferralAccepted(Body, frozen=True):
    """A contact accepted as a request for services: a referral in the sense of the children in need census."""

    kind: ClassVar[str] = "referral.accepted"
    number: ClassVar[int] = 29
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 31
    naming: ClassVar[tuple[str, ...]] = ("contact",)
    contact: int = 0
    source: str = ""
    primary_need: str = ""
    no_further_action: bool = False
    team: int = 0


@kind
class BlindDecisionMade(Body, frozen=True):
    """A manager decided a contact without seeing the other's decision, to learn where they differ."""

    kind: ClassVar[str] = "blind.decided"
    number: ClassVar[int] = 30
    rank: ClassVar[int] = 29
    naming: ClassVar[tuple[str, ...]] = ("contact",)
    contact: int
    level: Level
    indicators: tuple[str, ...]
    route: Route
    reasons: str


@kind
class CheckRead(Body, frozen=True):
    """A colleague of the agency opened what it was asked. From then on it climbs no further."""

    kind: ClassVar[str] = "check.read"
    number: ClassVar[int] = 31
    rank: ClassVar[int] = 24
    naming: ClassVar[tuple[str, ...]] = ("check",)
    check: int


@kind
class CheckTaken(Body, frozen=True):
    """One colleague of the agency's desk has the check; nobody, when it was put back."""

    kind: ClassVar[str] = "check.taken"
    number: ClassVar[int] = 32
    rank: ClassVar[int] = 24
    naming: ClassVar[tuple[str, ...]] = ("check",)
    check: int
    worker: int = 0


@kind
class ContactPiloted(Body, frozen=True):
    """The contact is worked on under a pilot: which one, and which agencies sit in the room for it."""

    kind: ClassVar[str] = "contact.piloted"
    number: ClassVar[int] = 33
    rank: ClassVar[int] = 22
    naming: ClassVar[tuple[str, ...]] = ("contact",)
    contact: int
    pilot: int
    way: str
    agencies: tuple[int, ...] = ()


@kind
class TriageOpened(Body, frozen=True):
    """Several agencies look together at a notice: what each is sent, on which basis and for which purpose."""

    kind: ClassVar[str] = "triage.opened"
    number: ClassVar[int] = 34
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 24
    naming: ClassVar[tuple[str, ...]] = ("contact",)
    contact: int
    agencies: tuple[int, ...]
    grade: Grade
    basis: str
    purpose: str
    sent: str
    family_told: str = ""
    not_told_reason: str = ""


@kind
class TriageTold(Body, frozen=True):
    """One agency at a joint triage said what it knows and which level it sees; the others at the table read it."""

    kind: ClassVar[str] = "triage.told"
    number: ClassVar[int] = 35
    rank: ClassVar[int] = 25
    naming: ClassVar[tuple[str, ...]] = ("triage",)
    triage: int
    agency: int
    known: str
    told: str = ""
    level: str = ""
    refused_because: str = ""
    told_by: str = ""


@kind
class TriageDecided(Body, frozen=True):
    """The joint triage ended: the level that was found, why, and who saw it otherwise."""

    kind: ClassVar[str] = "triage.decided"
    number: ClassVar[int] = 36
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 28
    naming: ClassVar[tuple[str, ...]] = ("triage",)
    triage: int
    level: Level
    reasons: str
    dissent: str = ""
    school: int = 0
    without: tuple[int, ...] = ()
