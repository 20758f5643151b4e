"""Who tells a concern, and whom the front door asks: a desk of the right agency, or somebody of the public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from rightplace.demo.city.house import ONLINE, Desk, Hand, House
from rightplace.demo.city.people import Child, Family
from rightplace.demo.material import names
from rightplace.demo.material.agencies import referrer_titles
from rightplace.demo.material.volumes import volumes
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.frontdoor.told import NOT_BORN, child_words

SAYS = {
    "school": "the school",
    "education": "the education service",
    "police": "the police",
    "health": "the health service",
    "housing": "the housing officer",
    "voluntary": "the family worker",
    "authority": "a colleague of the council",
    "legal": "the court adviser",
    "family": "a relative",
    "public": "a neighbour",
    "anonymous": "a caller",
    "unknown": "a caller",
}
PUBLIC = frozenset({"family", "public", "anonymous", "unknown"})
DESKS = {
    "3C": ("school-nursing",),
    "3D": ("mental-health", "adult-mental-health", "drug-alcohol"),
    "3E": ("hospital-lindenhall", "hospital-st-bride", "hospital-northgate", "ambulance"),
    "3F": ("maternity", "mental-health"),
    "4": ("council-housing", "housing-kiln", "housing-harebeck", "housing-lodestone", "homelessness"),
    "5A": ("adult-care",),
    "5C": ("other-authority",),
    "6": ("police",),
    "7": ("legal", "probation", "youth-justice", "prison"),
    "8": (
        "domestic-abuse",
        "young-carers",
        "food",
        "exploitation",
        "disabled-children",
        "refugee",
        "youth",
        "faith",
    ),
    "2B": ("education-welfare",),
}
"""Which desks stand behind a source's code in the national returns."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells, and how."""

    hand: Hand
    code: str
    channel: str
    says: str
    agency: int = 0
    name: str = ""
    role: str = ""
    phone: str = ""
    professional: bool = True
    anonymous: bool = False


def school_of(house: House, child: Child, area: int, day: int) -> Desk | None:
    """The school of a child of this age; the same for the same child."""
    age = child.age(day)
    fitting = [s for s in house.schools[area] if s.youngest <= age < max(s.oldest, s.youngest + 1)]
    return fitting[child.file.id % len(fitting)] if fitting else None


def desk_for(house: House, code: str, family: Family, child: Child, day: int, rng: Random) -> Desk | None:
    """The desk that a source's code stands for, near the family."""
    area = family.home.area
    if code == "2A":
        return school_of(house, child, area, day)
    if code == "3A":
        found = house.practices[area]
        return found[child.file.id % len(found)]
    if code == "3B":
        return house.desks[f"health-visiting-{house.quarters[area]}"]
    keys = DESKS.get(code)
    return house.desks[rng.choice(keys)] if keys else None


def teller(
    house: House, family: Family, child: Child, source: str, day: int, rng: Random, night: bool
) -> Teller:
    """Somebody of this kind of source, who tells about this child."""
    code = volumes().codes[source].draw(rng)
    titles = referrer_titles()[source]
    if source in PUBLIC:
        return _public(house, source, code, rng.choice(titles), day, rng, night)
    desk = desk_for(house, code, family, child, day, rng)
    if desk is None:
        if code == "2A":
            return teller(house, family, child, "health", day, rng, night)
        return _by_telephone(house, source, code, rng.choice(titles), day, rng, night)
    person = desk.place.worker(day, rng)
    channel = "another system" if source == "police" and rng.random() < 0.75 else "online form"
    return Teller(
        person.hand, code, channel, SAYS[source], desk.agency, person.name, rng.choice(titles), "01632 960150"
    )


def _taker(house: House, day: int, rng: Random, night: bool) -> Hand:
    return (house.night if night else house.front_door).worker(day, rng).hand


def _by_telephone(
    house: House, source: str, code: str, title: str, day: int, rng: Random, night: bool
) -> Teller:
    """A colleague without a desk of their own here, who rings up."""
    name = names.grown_up(rng, "british", rng.choice(("woman", "man")))
    return Teller(
        _taker(house, day, rng, night), code, "telephone", SAYS[source], 0, name, title, "01632 960190"
    )


def _public(house: House, source: str, code: str, title: str, day: int, rng: Random, night: bool) -> Teller:
    """A member of the public, by the online form or the telephone; some do not give a name."""
    nameless = source == "anonymous" or rng.random() < 0.12
    hand, channel = (
        (ONLINE, "online form") if rng.random() < 0.45 else (_taker(house, day, rng, night), "telephone")
    )
    name = (
        "" if nameless else names.grown_up(rng, volumes().communities.draw(rng), rng.choice(("woman", "man")))
    )
    phone = "" if nameless else f"07700 900{rng.randrange(1000):03d}"
    return Teller(hand, code, channel, SAYS[source], 0, name, title, phone, False, source == "anonymous")


ASKS = (
    "police",
    "education",
    "health",
    "mental health",
    "housing",
    "voluntary",
    "adult care",
    "drug and alcohol",
    "probation",
)
ASKED_SHARES = (0.34, 0.24, 0.20, 0.06, 0.07, 0.03, 0.02, 0.02, 0.02)


def asked_desks(
    house: House, family: Family, child: Child, day: int, rng: Random, count: int
) -> list[tuple[str, Desk]]:
    """So many different agencies to ask what they know."""
    found: dict[str, Desk] = {}
    for _ in range(count * 3):
        kind = rng.choices(ASKS, weights=ASKED_SHARES)[0]
        desk = _desk_of(house, kind, family, child, day, rng)
        if desk is not None:
            found.setdefault(kind, desk)
        if len(found) == count:
            break
    return list(found.items())


def _desk_of(house: House, kind: str, family: Family, child: Child, day: int, rng: Random) -> Desk | None:
    area = family.home.area
    if kind == "education":
        return school_of(house, child, area, day)
    if kind == "health":
        if child.age(day) < 5:
            return house.desks[f"health-visiting-{house.quarters[area]}"]
        return desk_for(house, "3A", family, child, day, rng)
    keys = {
        "police": "police", "mental health": "mental-health", "housing": "council-housing",
        "voluntary": "domestic-abuse", "adult care": "adult-care", "drug and alcohol": "drug-alcohol",
        "probation": "probation",
    }  # fmt: skip
    return house.desks[keys[kind]]


def is_staff(hand: Hand) -> bool:
    """Whether it was taken by one of the council's own."""
    return hand.role not in (RoleCode.PROFESSIONAL_REFERRER, RoleCode.PUBLIC_REFERRER)


def as_told(children: Iterable[IdentityRecorded]) -> dict[str, str]:
    """The answer that keeps the children in their teller's own words, as the form writes it."""
    told = [
        {"given": c.given, "family": c.family, "born": c.born, "sex": NOT_BORN if c.expected else ""}
        for c in children
    ]
    return {"children as told": "; ".join(map(child_words, told))}
