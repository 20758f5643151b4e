"""How many people each kind of team needs for a city of so many children, and who of the story sits where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from rightplace.demo.material.strip import PersonToBe, strip
from rightplace.demo.material.volumes import volumes
from rightplace.foundation.organisation.places.places import areas
from rightplace.foundation.organisation.rolecodes import RoleCode

CHILDREN_A_WORKER = {
    "family_support": 20,
    "assessment": 9,
    "safeguarding": 15,
    "care": 15,
    "leaving_care": 20,
}
"""How many children fill the week of a full-timer, by the sample table of weights; assessments take most."""
WORKERS_A_TEAM = 8
"""And for one manager."""
WORKERS_OF_AN_AREA = 4
"""Where each area would have fewer, one team serves the whole quarter: a team of one could not cover for itself."""
QUARTERS = ("north", "east", "south", "west")
PARTS_PER_10K = {"assessment": 61.0, "safeguarding": 205.0, "care": 80.0, "leaving_care": 30.0}
"""Children whom each kind of team carries, per 10,000: worked out from the stocks in volumes.toml."""


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A team to open: its kind, its name, whose area or quarter it serves, and how many of which role."""

    kind: str
    name: str
    roles: tuple[tuple[RoleCode, int], ...]
    area: int = 0
    quarter: str = ""
    phone: str = ""
    also: tuple[int, ...] = ()
    """The areas that it serves besides its own."""


def children_of(kind: str, population: int) -> float:
    """How many children all teams of a kind carry, in a city of so many."""
    stock = volumes().family_support["stock_per_10k"]
    return (stock if kind == "family_support" else PARTS_PER_10K[kind]) * population / 10_000


def workers_for(kind: str, children: float, least: int = 2) -> int:
    """How many workers so many children of a kind of team need."""
    return max(least, ceil(children / CHILDREN_A_WORKER[kind]))


def team_plans(population: int) -> Iterator[TeamPlan]:
    """Every team of the council, for a city of so many children."""
    yield from front_door_plans(population)
    for kind in AREA_TEAMS:
        for quarter in QUARTERS:
            yield from area_plans(kind, quarter, population)
    for quarter in QUARTERS:
        yield from quarter_plans(quarter, population)
    yield from whole_city_plans(population)


CHILDREN_FOR_ONE_WHO_DECIDES = 20_000
"""Every contact waits for a manager's decision: with fewer of them the contacts of a whole city wait for months."""


def front_door_plans(population: int) -> Iterator[TeamPlan]:
    """The front door, with two managers, and the out-of-hours team."""
    desks = max(4, ceil(population / 9_000))
    decide = max(2, ceil(population / CHILDREN_FOR_ONE_WHO_DECIDES))
    yield TeamPlan(
        "front_door",
        "Front door",
        ((RoleCode.FRONT_DOOR_MANAGER, decide), (RoleCode.FRONT_DOOR_WORKER, desks)),
        phone="01632 960100",
    )
    yield TeamPlan(
        "out_of_hours",
        "Out-of-hours team",
        ((RoleCode.FRONT_DOOR_MANAGER, 1), (RoleCode.FRONT_DOOR_WORKER, max(3, desks // 4))),
        phone="01632 960199",
    )


FOR_THE_STORY = 1
"""The guided story's quarter has somebody more, who has room for the families that the story brings there."""
AREA_TEAMS = {
    "family_support": (
        "family support",
        RoleCode.FAMILY_SUPPORT_MANAGER,
        RoleCode.FAMILY_SUPPORT_WORKER,
        300,
    ),
    "assessment": ("assessment", RoleCode.TEAM_MANAGER, RoleCode.SOCIAL_WORKER, 400),
}
"""The kinds that serve areas: their names, who manages and who works there, and the telephone numbers."""


def area_plans(kind: str, quarter: str, population: int) -> Iterator[TeamPlan]:
    """Family support or assessment: a team in every area, or one for the quarter where each would be very small.

    A large one has several managers: who supervises twenty has no hour left to decide in, and families stay for months.
    """
    name, manager, worker, phone = AREA_TEAMS[kind]
    here = sorted(
        (a for a in areas() if a.quarter == quarter), key=lambda a: (a.key != strip().area, a.number)
    )
    needed = workers_for(kind, children_of(kind, population) / len(QUARTERS))
    needed += FOR_THE_STORY if here[0].key == strip().area else 0
    parted = needed >= WORKERS_OF_AN_AREA * len(here)
    for group in [[area] for area in here] if parted else [here]:
        place = f"{quarter.capitalize()} {group[0].name}" if parted else quarter.capitalize()
        workers = ceil(needed * len(group) / len(here))
        yield TeamPlan(
            kind,
            f"{place} {name}",
            ((manager, max(1, round(workers / WORKERS_A_TEAM))), (worker, workers)),
            group[0].number,
            quarter,
            f"01632 960{phone + group[0].number}",
            tuple(area.number for area in group[1:]),
        )


def quarter_plans(quarter: str, population: int) -> Iterator[TeamPlan]:
    """Safeguarding and care: as many teams in each quarter as its children need."""
    names = {"safeguarding": "safeguarding", "care": "children in care"}
    for kind, name in names.items():
        needed = workers_for(kind, children_of(kind, population) / len(QUARTERS))
        count = ceil(needed / WORKERS_A_TEAM)
        for number in range(1, count + 1):
            title = f"{quarter.capitalize()} {name}" + (f" {number}" if count > 1 else "")
            roles = ((RoleCode.TEAM_MANAGER, 1), (RoleCode.SOCIAL_WORKER, ceil(needed / count)))
            yield TeamPlan(kind, title, roles, quarter=quarter, phone="01632 960500")


def whole_city_plans(population: int) -> Iterator[TeamPlan]:
    """Teams that serve the whole city, the leaders, and those who look whether it is so."""
    leaving = workers_for("leaving_care", children_of("leaving_care", population))
    yield TeamPlan(
        "leaving_care",
        "Leaving care",
        ((RoleCode.TEAM_MANAGER, max(1, leaving // 10)), (RoleCode.SOCIAL_WORKER, leaving)),
        phone="01632 960510",
    )
    chairs = max(3, ceil(population / 8_000))
    yield TeamPlan(
        "conference_chairs",
        "Conference chairs and reviewing officers",
        ((RoleCode.CONFERENCE_CHAIR, chairs),),
    )
    yield TeamPlan(
        "leadership",
        "Heads of service and the director",
        ((RoleCode.DIRECTOR, 1), (RoleCode.HEAD_OF_SERVICE, 4), (RoleCode.LEAD_MEMBER, 1)),
    )
    yield TeamPlan(
        "assurance",
        "Assurance",
        (
            (RoleCode.ANALYST, 2),
            (RoleCode.AUDITOR, 2),
            (RoleCode.INFORMATION_GOVERNANCE, 2),
            (RoleCode.ADMINISTRATOR, 1),
            (RoleCode.HUMAN_RESOURCES, 2),
            (RoleCode.UNION_OBSERVER, 1),
        ),
    )


SITS_IN = {
    "front door": "front_door",
    "family support": "family_support",
    "assessment": "assessment",
}
"""The kind of team that the story calls so; leaders sit by their role."""


def sits_in(person: PersonToBe, plan: TeamPlan, area: int) -> bool:
    """Whether somebody of the story sits in this team."""
    if person.works_at in SITS_IN:
        return plan.kind == SITS_IN[person.works_at] and plan.area in (0, area)
    role = RoleCode[person.role]
    return person.works_at == "leadership" and any(code == role for code, _ in plan.roles)
