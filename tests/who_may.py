"""Who opens an address, of which child, and what the address takes: the words in which `addresses.py` is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.scene import NOT_THERE, Known, Scene

# who, by the names of roles (and some people of another team or agency) ---------------------------------------------

PARTNERS = frozenset({"professional referrer", "other school", "police"})
DOOR = frozenset({"front door worker", "front door manager"})
SUPPORT = frozenset({"family support worker", "family support manager"})
TEAMS = frozenset({"social worker", "team manager", "other team manager"})
MANAGERS = frozenset({"front door manager", "family support manager", "team manager", "other team manager"})
HEAD, CHAIR, OFFICER = (
    frozenset({name}) for name in ("head of service", "conference chair", "information governance officer")
)
DIRECTOR, MEMBER, ANALYST, AUDITOR, ADMINISTRATOR = (
    frozenset({name}) for name in ("director", "lead member", "analyst", "auditor", "administrator")
)
CASEWORK = DOOR | SUPPORT | TEAMS | CHAIR | HEAD
READ_STORIES = CASEWORK | DIRECTOR | AUDITOR
PERSONNEL, UNION = frozenset({"human resources officer"}), frozenset({"union observer"})
STAFF = READ_STORIES | MEMBER | ANALYST | OFFICER | ADMINISTRATOR | PERSONNEL | UNION
EVERYBODY = STAFF | PARTNERS | {"head teacher", "partner lead", "provider"}
NOBODY: frozenset[str] = frozenset()
PROVIDER = frozenset({"provider"})
PLANS = HEAD | DIRECTOR | ANALYST | PERSONNEL
KEEP_SERVICES = frozenset({"family support manager"}) | ADMINISTRATOR
GIVE = frozenset({"professional referrer", "other school", "police", "head teacher", "partner lead"})
"""Colleagues of agencies that may have an agreement; a provider has none."""

AT_A_DESK = PARTNERS | {"head teacher", "partner lead"}
PAYS_A_SHARE = frozenset({"head teacher", "partner lead"})
SEES_FUNDING = frozenset({"family support manager"}) | HEAD | DIRECTOR | ANALYST | ADMINISTRATOR
BOARD = HEAD | DIRECTOR | MEMBER | ANALYST | {"head teacher", "partner lead"}
EVERY_PARTNER = PARTNERS | {"head teacher", "partner lead", "provider"}
LOOK_UP = EVERY_PARTNER | CASEWORK | DIRECTOR | MEMBER | ANALYST | ADMINISTRATOR

TOLD_BY_THE_SCHOOL = frozenset({"own", "other team", "offered", "restricted", "sealed", "closed", "helped"})
HIDDEN = frozenset({"restricted", "sealed"})
OWN_WORK: Mapping[str, frozenset[str]] = {
    "social worker": frozenset({"own"}),
    "team manager": frozenset({"own"}),
    "other team manager": frozenset({"other team"}),
    "family support worker": frozenset({"offered", "helped"}),
    "family support manager": frozenset({"offered", "helped"}),
    "front door worker": frozenset({"offered", "other agency"}),
    "front door manager": frozenset({"offered", "other agency"}),
}
TEAM_ANSWERS: Mapping[str, frozenset[str]] = OWN_WORK | dict.fromkeys(SUPPORT, frozenset({"helped"}))

# which, by relation --------------------------------------------------------------------------------------------------


def finds(who: str, relation: str) -> bool:
    """Every child who is not restricted; family support the children that its team has or is offered."""
    if relation in HIDDEN:
        return who in HEAD
    return relation in OWN_WORK[who] if who in SUPPORT else True


def finds_both(who: str, relation: str) -> bool:
    """Whoever finds the child and the one who waits at the front door."""
    return who not in SUPPORT and finds(who, relation)


def team_answers(who: str, relation: str) -> bool:
    """The team that has the child now."""
    return relation in TEAM_ANSWERS.get(who, NOBODY)


def had_by(who: str, relation: str) -> bool:
    """An open child, for the manager of the team that has it, and for leaders who find it."""
    if relation == "closed":
        return False
    return finds(who, relation) if who in HEAD | DIRECTOR else team_answers(who, relation)


def helped(who: str, relation: str) -> bool:
    """A family in early help, as whoever sees early help finds it."""
    return relation == "helped"


def around_the_family(who: str, relation: str) -> bool:
    """The one colleague of a partner who was taken into the team around the family."""
    return who == "professional referrer" and relation == "helped"


def is_open(who: str, relation: str) -> bool:
    return relation != "closed" and finds(who, relation)


def offered_to(who: str, relation: str) -> bool:
    """The team that was offered the child, whether or not it has answered."""
    return relation in {"team manager": {"own"}, "other team manager": {"other team"}}.get(
        who, OWN_WORK[who] if who in SUPPORT else set()
    )


def offered_by(who: str, relation: str) -> bool:
    """The team that made the offer: the front door, of children who are not hidden from it."""
    return who in DOOR and relation not in HIDDEN


def told_of(who: str, relation: str) -> bool:
    """The agency that told."""
    if who in ("professional referrer", "head teacher"):
        return relation in TOLD_BY_THE_SCHOOL
    return who == "other school" and relation == "other agency"


def asked(who: str, relation: str) -> bool:
    """The agency that was asked, and the front door."""
    return who in DOOR or (who in ("police", "partner lead") and relation == "own")


def every(who: str, relation: str) -> bool:
    return True


def nobody(who: str, relation: str) -> bool:
    return False


def at_a_school(who: str, relation: str) -> bool:
    """Only a school has a link person to ask."""
    return who in {"professional referrer", "head teacher", "other school"}


# what an address takes -----------------------------------------------------------------------------------------------

Takes = Callable[[Scene, Known], dict[str, Any] | None]


def _of(**names: str) -> Takes:
    """Numbers of the child by the names of `Known`; a child without one of them is passed over."""

    def take(scene: Scene, known: Known) -> dict[str, Any] | None:
        found = {argument: getattr(known, name) for argument, name in names.items()}
        lacking = NOT_THERE in found.values() and known.relation != "not there"
        return None if lacking else found

    return take


def _with_waiting(argument: str) -> Takes:
    def take(scene: Scene, known: Known) -> dict[str, Any] | None:
        other = scene.children["other agency"].file
        return None if known.file == other else {"file": known.file, argument: other}

    return take


def _draft(owner: str) -> Takes:
    def take(scene: Scene, known: Known) -> dict[str, Any] | None:
        return (
            {"draft": scene.drafts[owner if known.relation == "own" else "nobody"]}
            if known.relation in DRAFTS
            else None
        )

    return take


DRAFTS = ("own", "not there")


def always(**arguments: Any) -> Takes:
    """The same each time: the address is about no child."""
    return lambda scene, known: dict(arguments) if known.relation == "own" else None


def _of_scene(**names: str) -> Takes:
    """Numbers of the scene by their names: about no child."""

    def take(scene: Scene, known: Known) -> dict[str, Any] | None:
        own = known.relation == "own"
        return {argument: getattr(scene, name) for argument, name in names.items()} if own else None

    return take


def _own_school(**more: Any) -> Takes:
    return lambda scene, known: (
        {"agency": scene.city.head_teacher.actor.agency, **more} if known.relation == "own" else None
    )


def in_the_family(**more: Any) -> Takes:
    """The number of the child's family; the child's own number, which is no family's, where nothing has begun."""
    return lambda scene, known: {
        "family": known.file if known.family == NOT_THERE else known.family,
        **more,
    }


CHILD, CONTACT = _of(file="file"), _of(concern="concern")
FAMILY = in_the_family()
NOTHING = always()


@dataclass(frozen=True)
class Line:
    """One address: who holds its permission, what it takes, and to whom it opens which child."""

    who: frozenset[str]
    takes: Takes = NOTHING
    opens: Callable[[str, str], bool] = every
    public: bool = False
    library: bool = False
    """A page of allauth, which hides itself where it has nothing to do."""
