"""Moves of a random history at the front door and between teams."""

from __future__ import annotations

from rightplace.domain.practice.entries import (
    caseflow,
)
from rightplace.domain.practice.entries import contact as door
from rightplace.domain.practice.journey.tests.teller import (
    FRONT_DOOR,
    HEAD_OF_SERVICE,
    TEAMS,
    Said,
    Teller,
    manager_of,
    worker_of,
)
from rightplace.domain.practice.workdays import HOUR


def contact_received(t: Teller, how: int) -> list[Said]:
    t.begin("contact")
    body = door.ContactReceived(team=FRONT_DOOR, source="1A", channel="form", professional=how % 2 == 0)
    return [Said(body, FRONT_DOOR, worker_of(FRONT_DOOR))]


def contact_screened(t: Teller, how: int) -> list[Said]:
    contact = t.one("contact", how)
    grade = tuple(door.Grade)[how % 3]
    return [Said(door.ContactScreened(contact=contact, grade=grade), FRONT_DOOR)] if contact else []


def check_asked(t: Teller, how: int) -> list[Said]:
    contact = t.one("contact", how)
    if not contact:
        return []
    t.begin("check")
    body = door.CheckAsked(
        contact=contact, agency=5, question="What is known?", grade=tuple(door.Grade)[how % 3],
        basis="public task", purpose="safeguarding", sent="The name",
    )  # fmt: skip
    return [Said(body, FRONT_DOOR)]


def check_answered(t: Teller, how: int) -> list[Said]:
    check = t.one("check", how, end=True)
    return [Said(door.CheckAnswered(check=check, known="yes"), FRONT_DOOR)] if check else []


def decision(contact: int, route: door.Route, how: int, reasons: str = "Because") -> door.ContactDecided:
    unseen = "Seen at school today" if how % 3 else ""
    return door.ContactDecided(
        contact=contact, level=door.Level.ADDITIONAL, indicators=("sample-1",), route=route, reasons=reasons,
        alternatives="None better", unseen_reason=unseen,
    )  # fmt: skip


def told(contact: int) -> Said:
    return Said(door.ReferrerTold(contact=contact, outcome="decided", text="We have decided"), FRONT_DOOR)


def contact_routed(t: Teller, how: int) -> list[Said]:
    contact = t.one("contact", how, end=True)
    if not contact:
        return []
    route = (door.Route.ASSESSMENT, door.Route.FAMILY_SUPPORT, door.Route.STRATEGY, door.Route.ALREADY_OPEN)[
        how % 4
    ]
    said = [Said(decision(contact, route, how, "" if how == 255 else "Because"), FRONT_DOOR), told(contact)]
    if route is door.Route.ASSESSMENT:
        t.begin("referral", len(said))
        said.append(Said(door.ReferralAccepted(contact=contact, source="1A"), FRONT_DOOR))
    if how % 5:
        said.extend(team_offered(t, how, ahead=len(said)))
    return said


def contact_ended(t: Teller, how: int) -> list[Said]:
    contact = t.one("contact", how, end=how % 8 != 0)
    if not contact:
        return []
    route = (door.Route.NO_FURTHER_ACTION, door.Route.ADVICE, door.Route.ANOTHER_AGENCY)[how % 3]
    said = [Said(decision(contact, route, how), FRONT_DOOR)]
    return [*said, told(contact)] if how % 7 else said


def referral(t: Teller, how: int) -> list[Said]:
    t.begin("referral")
    contact = t.one("contact", how) if how % 2 else 0
    return [Said(door.ReferralAccepted(contact=contact, source="1A", no_further_action=how % 11 == 0))]


def disagreed(t: Teller, how: int) -> list[Said]:
    contact = t.one("contact", how)
    t.begin("disagreement")
    return [Said(door.ReferrerDisagreed(contact=contact, because="It is worse than that"), FRONT_DOOR)]


def disagreement_answered(t: Teller, how: int) -> list[Said]:
    named = t.one("disagreement", how, end=True)
    author = manager_of(FRONT_DOOR) if how % 2 else worker_of(FRONT_DOOR, 3)
    body = door.DisagreementAnswered(disagreement=named, upheld=False, text="We looked again")
    return [Said(body, FRONT_DOOR, author)] if named else []


def team_offered(t: Teller, how: int, ahead: int = 0) -> list[Said]:
    others = [team for team in (*TEAMS, FRONT_DOOR) if team != t.team or how % 32 == 0]
    team = others[how % len(others)]
    t.begin("offer", ahead)
    t.offer = (t.open["offer"][-1], team)
    return [Said(caseflow.TeamOffered(team=team, for_what="assessment"), t.team, worker_of(t.team))]


def _answering(t: Teller, how: int) -> tuple[int, int]:
    if t.offer is None or how % 16 == 0:
        return t.one("offer", how), TEAMS[how % 3]
    offer, team = t.offer
    return offer, team if how % 13 else TEAMS[how % 3]


def team_accepted(t: Teller, how: int) -> list[Said]:
    offer, team = _answering(t, how)
    if not offer:
        return []
    t.offer, t.team, t.worker = None, team, 0
    author = manager_of(team) if how % 17 else worker_of(t.team)
    return [Said(caseflow.TeamAccepted(offer=offer), team, author)]


def team_sent_back(t: Teller, how: int) -> list[Said]:
    offer, team = _answering(t, how)
    t.offer = None
    return (
        [Said(caseflow.TeamSentBack(offer=offer, reasons="Not ours" if how % 19 else ""), team)]
        if offer
        else []
    )


def offer_withdrawn(t: Teller, how: int) -> list[Said]:
    offer, _ = _answering(t, how)
    t.offer = None
    return [Said(caseflow.OfferWithdrawn(offer=offer, reasons="A mistake"))] if offer else []


def sent_back_twice(t: Teller, how: int) -> list[Said]:
    """Two teams in a row send the child back; what happens then is up to the head of service."""
    for place in (0, 1):
        said = team_offered(t, how + place)
        t.writes.append(tuple(t.sign(one) for one in said))
        t.now += HOUR
        assert t.offer is not None
        offer, team = t.offer
        back = Said(caseflow.TeamSentBack(offer=offer, reasons="Not ours"), team)
        t.writes.append((t.sign(back),))
        t.now += HOUR
    t.offer = None
    return team_placed(t, how) if how % 3 else team_offered(t, how)


def team_placed(t: Teller, how: int) -> list[Said]:
    team = (*TEAMS, FRONT_DOOR)[how % 4]
    t.worker = 0 if team != t.team else t.worker
    t.team, t.offer = team, None
    return [Said(caseflow.TeamPlaced(team=team, reasons="Decided"), HEAD_OF_SERVICE)]


def worker_allocated(t: Teller, how: int) -> list[Said]:
    team = t.team if how % 16 else TEAMS[how % 3]
    worker = worker_of(team, how % 3)
    capacity = "second" if how % 9 == 0 else "allocated"
    if capacity == "allocated":
        t.worker = worker
    return [Said(caseflow.WorkerAllocated(worker=worker, capacity=capacity), team)]


def worker_ended(t: Teller, how: int) -> list[Said]:
    worker = t.worker if how % 8 else worker_of(TEAMS[0], 7)
    t.worker = 0
    return (
        [Said(caseflow.WorkerEnded(worker=worker, change_reason="left"), timed=how % 4 != 0)]
        if worker
        else []
    )
