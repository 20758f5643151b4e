"""One selection: people, roles with their places, what the panels found, and who must be offered a post first.

Scores are hundredths of a point, hours are minutes a week: whole numbers, so that nothing depends on rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

MOST_PREFERENCES = 8


class Claim(IntEnum):
    """In which order a role is filled: who has the smaller claim number goes before every larger one.

    The order slot-in, ring-fence, restricted, internal is that of published council policies (Torridge, Falkirk).
    """

    SLOT_IN = 0
    RING_FENCE = 1
    AT_RISK = 2
    INTERNAL = 3

    @property
    def words(self) -> str:
        return ("slotted in", "ring-fenced", "at risk", "internal")[self]


class Ground(StrEnum):
    """Why somebody must be offered a suitable vacancy before anybody competes for it."""

    PREGNANCY = "pregnancy"
    MATERNITY = "maternity leave"
    ADOPTION = "adoption leave"
    SHARED_PARENTAL = "shared parental leave"
    REDEPLOYMENT = "redeployment"

    @property
    def by_law(self) -> bool:
        """The law's rights go before redeployment, which is the employer's own promise."""
        return self is not Ground.REDEPLOYMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What a panel found about one person for one role. Slotting in needs no score."""

    role: str
    score: int | None = None
    eligible: bool = True
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person whose post is under review.

    `substantive` is the old post that the person holds; `acting_in` is where they act up, which gives no claim.
    """

    id: int
    profession: str
    minutes: int
    substantive: str
    preferences: tuple[str, ...] = ()
    assessed: tuple[Assessed, ...] = ()
    acting_in: str = ""
    at_risk: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class JobShare:
    """Two people who hold one place together, with one list of preferences; neither is placed without the other."""

    first: int
    second: int
    preferences: tuple[str, ...]

    @property
    def people(self) -> tuple[int, int]:
        return self.first, self.second


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A new job with its places: who may hold it, from which score, and which old posts have a claim to it."""

    id: str
    team: str
    places: int
    minutes: int
    professions: tuple[str, ...]
    threshold: int = 0
    slot_in: tuple[str, ...] = ()
    ring_fence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillMix:
    """How many people of one profession a team needs at least, and takes at most."""

    team: str
    profession: str
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatutoryOffer:
    """A person with a right to be offered a suitable vacancy: the suitable roles and who judged them suitable.

    Maternity and Parental Leave etc. Regulations 1999, regulation 10, and its like for adoption and shared
    parental leave. A person who declined the offer has no line here and competes as everybody does.
    """

    person: int
    ground: Ground
    suitable: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelOrder:
    """How a panel ordered people who were level for a role, on further evidence that it names."""

    role: str
    people: tuple[int, ...]
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """All that a matching is worked out from. Nothing else counts: not the order of lists, not a number drawn."""

    people: tuple[Person, ...]
    roles: tuple[Role, ...]
    shares: tuple[JobShare, ...] = ()
    mixes: tuple[SkillMix, ...] = ()
    offers: tuple[StatutoryOffer, ...] = ()
    orders: tuple[PanelOrder, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotConsidered:
    """A preference that could not be considered, with the sentence that the person is told."""

    person: int
    role: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """People who are level for a role, where their order decides who gets a place: for the panel, never for a draw.

    `proved` is false where there were too many orders to try them all, and the question is asked to be on the safe
    side. `first` marks a question that arises whatever the answers to the others; the rest may fall away. Of a
    job share the smaller number stands for both.
    """

    role: str
    team: str
    people: tuple[int, ...]
    places: int
    before_matching: bool
    first: bool
    proved: bool

    @property
    def sentence(self) -> str:
        few = "One place" if self.places == 1 else f"{self.places} places"
        verb = "is" if self.places == 1 else "are"
        return (
            f"{len(self.people)} people are level for {self.role}. {few} there {verb} decided by their order. "
            "The panel needs further evidence."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Who gets which role. `placed` holds what is certain: a person missing there waits for a panel's answer.

    `None` is a person without a place. `offered` are those placed by a statutory offer, before any matching.
    """

    method: str
    placed: Mapping[int, str | None]
    offered: Mapping[int, str]
    questions: tuple[Question, ...]
    not_considered: tuple[NotConsidered, ...]
    inputs: str

    @property
    def final(self) -> bool:
        """No question is open. A placing that is not final may not be published."""
        return not self.questions
