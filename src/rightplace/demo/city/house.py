"""Who works where, as plain values that a process of its own can take along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from rightplace.demo.material import agencies as invented
from rightplace.demo.simulated.benches import STAGES
from rightplace.demo.simulated.log import BEGINS
from rightplace.demo.simulated.sitting import Sittings
from rightplace.foundation.access.actor import ONLINE_FORM_WORKER, RULES_WORKER
from rightplace.foundation.organisation.models import Agency, Area, Membership, Pilot, Team
from rightplace.foundation.organisation.pilots import covers
from rightplace.foundation.organisation.places.places import areas
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.foundation.organisation.serving import areas_of

FOR_EVER = 10**7
NEVER = 10**7


class Hand(NamedTuple):
    """Who signs: a worker in a role and a team."""

    worker: int
    role: int
    team: int


class Post(NamedTuple):
    """Somebody in a team between two days."""

    worker: int
    role: int
    team: int
    begins: int
    ends: int
    name: str

    @property
    def hand(self) -> Hand:
        """The same, as who signs."""
        return Hand(self.worker, self.role, self.team)


@dataclass(slots=True)
class Place:
    """A team with its people."""

    id: int
    kind: str
    agency: int
    areas: tuple[int, ...] = ()
    name: str = ""
    workers: list[Post] = field(default_factory=list)
    managers: list[Post] = field(default_factory=list)

    def worker(self, day: int, rng: Random, but: int = 0) -> Post:
        """Somebody who works there on a day; another than the one who is named, where there is one."""
        found = [p for p in self.workers if p.begins <= day < p.ends]
        others = [p for p in found if p.worker != but]
        return rng.choice(others or found or self.managers)

    def manager(self, day: int, rng: Random, but: int = 0) -> Post:
        """A manager of that day, another than the one who is named where there are two."""
        found = [p for p in self.managers if p.begins <= day < p.ends] or self.managers
        others = [p for p in found if p.worker != but]
        return rng.choice(others or found)


@dataclass(slots=True)
class Desk:
    """A partner's desk: who tells and who answers there."""

    agency: int
    kind: str
    name: str
    place: Place
    youngest: int = 0
    oldest: int = 0


class Joint(NamedTuple):
    """A pilot of joint response: where and since when, and which agencies sit in the room."""

    pilot: int
    way: str
    begins: int
    areas: frozenset[int]
    agencies: tuple[int, ...]


@dataclass(slots=True)
class House:
    """The whole organisation."""

    front_door: Place
    night: Place
    chairs: Place
    leaving: Place
    heads: list[Post]
    officers: list[Post]
    by_area: dict[tuple[str, int], Place]
    by_quarter: dict[tuple[str, str], list[Place]]
    desks: dict[str, Desk]
    schools: dict[int, list[Desk]]
    practices: dict[int, list[Desk]]
    quarters: dict[int, str]
    joint: Joint | None = None
    seats: dict[tuple[int, int], Post] = field(default_factory=dict)
    """Who sat in a seat of the engine, by the seat and the how manyeth who sat there."""

    def sat(self, seat: int, generation: int) -> Post | None:
        """Who that was."""
        return self.seats.get((seat, generation))

    def together(self, area: int, day: int) -> Joint | None:
        """The joint response that holds for an area on a day."""
        joint = self.joint
        return joint if joint is not None and area in joint.areas and joint.begins <= day else None

    def team(self, kind: str, area: int, rng: Random) -> Place:
        """The team of a kind that serves an area."""
        own = self.by_area.get((kind, area))
        return own if own is not None else rng.choice(self.by_quarter[(kind, self.quarters[area])])

    def neighbour(self, kind: str, area: int, rng: Random) -> Place:
        """Another team of the same kind: in the same quarter, where there is one."""
        own = self.by_area[(kind, area)]
        others = [(a, self.by_area[(kind, a)]) for a in self.quarters if self.by_area[(kind, a)] is not own]
        near = [place for a, place in others if self.quarters[a] == self.quarters[area]]
        return rng.choice(near or [place for _, place in others])


ONLINE = Hand(ONLINE_FORM_WORKER, int(RoleCode.PUBLIC_REFERRER), 0)


def by_rule(team: int) -> Hand:
    """A named rule, on behalf of a team."""
    return Hand(RULES_WORKER, int(RoleCode.RULE), team)


def survey(sittings: Sittings | None = None) -> House:
    """Read the organisation as it was seeded, with who sat in each seat of the engine."""
    places = _places()
    of_kind: dict[str, list[Place]] = defaultdict(list)
    for place in places.values():
        of_kind[place.kind].append(place)
    everybody = [post for place in places.values() for post in (*place.workers, *place.managers)]
    by_quarter: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in (*of_kind["safeguarding"], *of_kind["care"]):
        by_quarter[(place.kind, place.name.split()[0].lower())].append(place)
    desks, schools, practices = _desks(places)
    return House(
        front_door=of_kind["front_door"][0],
        night=of_kind["out_of_hours"][0],
        chairs=of_kind["conference_chairs"][0],
        leaving=of_kind["leaving_care"][0],
        heads=[p for p in everybody if p.role == RoleCode.HEAD_OF_SERVICE],
        officers=[p for p in everybody if p.role == RoleCode.INFORMATION_GOVERNANCE],
        by_area={(p.kind, area): p for p in places.values() if p.managers for area in p.areas},
        by_quarter=dict(by_quarter),
        desks=desks,
        schools=schools,
        practices=practices,
        quarters={area.number: area.quarter for area in areas()},
        joint=_joint(),
        seats=_seats(places.values(), sittings or {}),
    )


def _seats(places: Iterable[Place], sittings: Sittings) -> dict[tuple[int, int], Post]:
    """The posts in the order in which they were filled: team by team, seat by seat, one person after another."""
    came = {place.name: iter(place.workers) for place in places if place.kind in STAGES}
    by_chair = {
        chair: [(each.generation, next(came[chair.team])) for each in sittings[chair]]
        for chair in sorted(sittings, key=lambda chair: chair.nth)
    }
    return {(seat, nth): post for seat, chair in enumerate(sittings) for nth, post in by_chair[chair]}


def _joint() -> Joint | None:
    pilot = Pilot.objects.filter(way=Pilot.Way.JOINT_RESPONSE).select_related("area").order_by("id").first()
    if pilot is None:
        return None
    there = frozenset(area.pk for area in Area.objects.all() if covers(pilot, area))
    agencies = Agency.objects.filter(kind__in=pilot.agency_kinds).order_by("id").values_list("pk", flat=True)
    return Joint(pilot.pk, pilot.way, pilot.begins.toordinal(), there, tuple(agencies))


def _places() -> dict[int, Place]:
    places = {
        team.pk: Place(team.pk, team.kind, team.agency_id, tuple(areas_of(team, BEGINS)), team.name)
        for team in Team.objects.order_by("id")
    }
    for row in Membership.objects.select_related("worker").order_by("id"):
        ends = row.ends.toordinal() if row.ends else FOR_EVER
        post = Post(row.worker_id, row.role, row.team_id, row.begins.toordinal(), ends, row.worker.name)
        place = places[row.team_id]
        (place.managers if row.role in MANAGES_A_TEAM else place.workers).append(post)
    return places


def _desks(
    places: dict[int, Place],
) -> tuple[dict[str, Desk], dict[int, list[Desk]], dict[int, list[Desk]]]:
    at = {place.agency: place for place in places.values() if place.kind == "partner_desk"}
    agencies = {agency.name: agency for agency in Agency.objects.select_related("school")}
    numbers = {area.key: area.number for area in areas()}
    desks = {
        each.key: Desk(agencies[each.name].pk, each.kind, each.name, at[agencies[each.name].pk])
        for each in invented.agencies()
    }
    schools: dict[int, list[Desk]] = defaultdict(list)
    for each in invented.schools():
        pk = agencies[each.name].pk
        schools[numbers[each.area]].append(Desk(pk, "school", each.name, at[pk], each.youngest, each.oldest))
    practices: dict[int, list[Desk]] = defaultdict(list)
    for practice in invented.practices():
        pk = agencies[practice.name].pk
        practices[numbers[practice.area]].append(Desk(pk, "practice", practice.name, at[pk]))
    return desks, dict(schools), dict(practices)
