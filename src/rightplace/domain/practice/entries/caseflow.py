"""Who answers for the child: offer, accept, send back, allocate, step up and down, close. Every service uses these."""

from datetime import date
from typing import Any, ClassVar

import msgspec

from rightplace.domain.practice.entries.base import Body, Nature, kind, upcast
from rightplace.domain.practice.entries.contact import TeamLoad


@kind
class TeamOffered(Body, frozen=True):
    """The child is offered to a team. The team that has the child answers until the other accepts (promise 1)."""

    kind: ClassVar[str] = "team.offered"
    number: ClassVar[int] = 40
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 40
    naming: ClassVar[tuple[str, ...]] = ("because_of",)
    team: int
    for_what: str
    reasons: str = ""
    because_of: int = 0


@kind
class OfferRead(Body, frozen=True):
    """Somebody in the offered team opened the offer."""

    kind: ClassVar[str] = "offer.read"
    number: ClassVar[int] = 41
    rank: ClassVar[int] = 41
    naming: ClassVar[tuple[str, ...]] = ("offer",)
    offer: int


@kind
class TeamAccepted(Body, frozen=True):
    """The team answers for the child from now on."""

    kind: ClassVar[str] = "team.accepted"
    number: ClassVar[int] = 42
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 42
    naming: ClassVar[tuple[str, ...]] = ("offer",)
    offer: int
    note: str = ""


@kind
class TeamSentBack(Body, frozen=True):
    """The team did not accept, and says why and what instead. The second time it goes to the head of service."""

    kind: ClassVar[str] = "team.sent_back"
    number: ClassVar[int] = 43
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 42
    naming: ClassVar[tuple[str, ...]] = ("offer",)
    offer: int
    reasons: str
    instead: str = ""


@kind
class TeamPlaced(Body, frozen=True):
    """The head of service decided which team answers for the child; it needs no acceptance."""

    kind: ClassVar[str] = "team.placed"
    number: ClassVar[int] = 44
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 43
    naming: ClassVar[tuple[str, ...]] = ("offer",)
    team: int
    for_what: str = ""
    reasons: str = ""
    offer: int = 0


@kind
class OfferWithdrawn(Body, frozen=True):
    """The offer no longer stands."""

    kind: ClassVar[str] = "offer.withdrawn"
    number: ClassVar[int] = 45
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 42
    naming: ClassVar[tuple[str, ...]] = ("offer",)
    offer: int
    reasons: str


@kind
class WorkerAllocated(Body, frozen=True):
    """A worker of the accountable team is the child's worker; `capacity` is allocated, second, lead or another role.

    `suggested` and `suggestion` keep whom the programme suggested and why, as it was shown when a person decided; they
    explain this child's file and are no measure of who decided. `apart` says why brothers and sisters were parted.
    """

    kind: ClassVar[str] = "worker.allocated"
    number: ClassVar[int] = 46
    version: ClassVar[int] = 2
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 45
    worker: int
    capacity: str = "allocated"
    reasons: str = ""
    change_reason: str = ""
    suggested: int = 0
    suggestion: tuple[str, ...] = ()
    apart: str = ""


@kind
class WorkerEnded(Body, frozen=True):
    """The worker no longer has the child: left, away for long, changed. The child is unallocated from then."""

    kind: ClassVar[str] = "worker.ended"
    number: ClassVar[int] = 47
    rank: ClassVar[int] = 44
    worker: int
    capacity: str = "allocated"
    change_reason: str = ""
    reasons: str = ""


@kind
class SteppedUp(Body, frozen=True):
    """The child needs more than this part can give; offered onward in the same conversation.

    `spoke`, `spoke_on` and `agreed` keep that conversation; `carried` is the plan that goes along.
    """

    kind: ClassVar[str] = "step.up"
    number: ClassVar[int] = 48
    version: ClassVar[int] = 2
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 38
    from_part: str
    to_part: str
    reasons: str
    indicators: tuple[str, ...] = ()
    spoke: tuple[str, ...] = ()
    spoke_on: date | None = None
    agreed: str = ""
    carried: tuple[str, ...] = ()


@kind
class SteppedDown(Body, frozen=True):
    """The child needs less; handed over in one conversation with the plan that goes along, not let go."""

    kind: ClassVar[str] = "step.down"
    number: ClassVar[int] = 49
    version: ClassVar[int] = 2
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 38
    from_part: str
    to_part: str
    reasons: str
    indicators: tuple[str, ...] = ()
    spoke: tuple[str, ...] = ()
    spoke_on: date | None = None
    agreed: str = ""
    carried: tuple[str, ...] = ()


@kind
class CaseClosed(Body, frozen=True):
    """The team no longer answers for the child. Guarded, with reasons and the team's load; one child at a time."""

    kind: ClassVar[str] = "case.closed"
    number: ClassVar[int] = 50
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 90
    reasons: str
    closure_reason: str = ""
    unseen_reason: str = ""
    family_view: str = ""
    team_load: TeamLoad | None = None


@kind
class ConcernPassedOn(Body, frozen=True):
    """Another team looks after what was raised and is not yet decided or answered: its own ended. The clock runs on.

    `link` is the link person who answers a school's question from now on; 0 for a contact.
    """

    kind: ClassVar[str] = "concern.passed_on"
    number: ClassVar[int] = 54
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 46
    team: int
    link: int = 0
    reasons: str = ""


class AgreedAction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What somebody does for the child until a day, agreed in supervision. `by` is a worker."""

    what: str
    due: date | None = None
    by: int = 0


@kind
class SupervisionDecided(Body, frozen=True):
    """A decision made in supervision about this child. The personal part never comes here.

    `actions` are those without a day, as version 1 had them; `agreed` are those with one.
    """

    kind: ClassVar[str] = "supervision.decided"
    number: ClassVar[int] = 51
    version: ClassVar[int] = 2
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 60
    decision: str
    reasons: str = ""
    actions: tuple[str, ...] = ()
    agreed: tuple[AgreedAction, ...] = ()


@kind
class SupervisionActed(Body, frozen=True):
    """What became of an action that was agreed in supervision: done, or let go with the reason."""

    kind: ClassVar[str] = "supervision.acted"
    number: ClassVar[int] = 53
    rank: ClassVar[int] = 61
    naming: ClassVar[tuple[str, ...]] = ("entry",)
    entry: int
    action: str
    done: bool
    words: str = ""


def _as_it_was(fields: dict[str, Any]) -> dict[str, Any]:
    return fields


upcast(WorkerAllocated, 1)(_as_it_was)
upcast(SteppedUp, 1)(_as_it_was)
upcast(SteppedDown, 1)(_as_it_was)
upcast(SupervisionDecided, 1)(_as_it_was)
