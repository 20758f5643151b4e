"""Where a run begins: our own establishment and our own open cases on a day, as the capacity model takes them.

    structure(on)   areas, teams, workers and managers, from teams, posts and contacts
    census(on)      open families and seats, from the projections of open cases; needs the model's extra
    unknown(on)     what neither of them can know from our records, in sentences
    whole(on)       all three, read at one moment

A row for each family goes in: stage, area, who told of it, how many children, the seat of its worker, since when, reviews and
until when. No name and no file. The rows are kept with a question while it can go on (`actions.GOES_ON_FOR`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from rightplace.domain.practice.calendars import calendar
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.domain.simulation.names import (
    ASSESSMENT,
    CARE,
    DOOR,
    ENQUIRY,
    FAMILY,
    HEALTH,
    NEED,
    OTHER,
    POLICE,
    PROTECTION,
    SCHOOL,
    SUPPORT,
)
from rightplace.domain.simulation.teams import Structure
from rightplace.foundation.organisation.establishment import queries as establishment
from rightplace.overview.capacity.ownteams import Own, Seat, own_service

if TYPE_CHECKING:
    from rightplace.domain.simulation.census import Census

STAGES: Final = (
    ("care", CARE),
    ("protection_plan", PROTECTION),
    ("pre_proceedings", PROTECTION),
    ("section47", ENQUIRY),
    ("strategy", ENQUIRY),
    ("assessment", ASSESSMENT),
    ("referral", ASSESSMENT),
    ("cin_plan", NEED),
    ("private_fostering", NEED),
    ("family_support", SUPPORT),
    ("contact", DOOR),
    ("plan_pending", NEED),
)
"""By which open process a child is at a stage; the first that is found."""
BEGAN: Final[Mapping[int, tuple[str, ...]]] = {
    DOOR: ("contact.received",),
    SUPPORT: ("familysupport.began", "team.accepted"),
    ASSESSMENT: ("referral.accepted",),
    ENQUIRY: ("enquiry.began", "referral.accepted"),
    NEED: ("needplan.began", "assessment.authorised"),
    PROTECTION: ("protectionplan.began",),
    CARE: ("care.began",),
}
"""Which happening began a stage: the last of the first kind that the child has since it was opened."""
REVIEWS: Final = {PROTECTION: "RCPC-", CARE: "CLA-R"}
CONFERENCE: Final = "ICPC-1"
SOURCES: Final[Mapping[str, int]] = {"1": FAMILY, "2": SCHOOL, "3": HEALTH, "6": POLICE}
"""By the first figure of the census's code of a referral's source."""
OPEN_CHILDREN: Final = """
SELECT s.person, s.team, s.worker, s.processes, s.opened, coalesce(a.quarter, '')
FROM journal_span s LEFT JOIN people_person p ON p.person = s.person LEFT JOIN organisation_area a ON a.id = p.area
WHERE s.open AND s.begins <= %(now)s AND (s.ends IS NULL OR s.ends > %(now)s) AND s.team = ANY(%(teams)s)
"""
HAPPENED: Final = """
SELECT person, name, max(at), (array_agg(outcome ORDER BY at DESC))[1] FROM journal_happening
WHERE person = ANY(%(people)s) AND name = ANY(%(names)s) AND at <= %(now)s GROUP BY person, name
"""
OWED: Final = """
SELECT person, rule, begins, due, met FROM journal_timescale
WHERE person = ANY(%(people)s) AND begins <= %(now)s AND (rule = %(conference)s OR rule LIKE 'RCPC-%%' OR rule LIKE 'CLA-R%%')
  AND (overtaken IS NULL OR overtaken > %(now)s) AND (not_required_from IS NULL OR not_required_from > %(now)s)
"""
TOGETHER: Final = """
SELECT DISTINCT c.children FROM frontdoor_contact c CROSS JOIN unnest(c.children) AS told(person)
JOIN unnest(%(people)s::bigint[]) AS wanted(person) USING (person)
WHERE cardinality(c.children) > 1 AND c.received <= %(now)s
"""
"""Joined, since to hold each contact of a city against all its open children takes half a minute."""
UNKNOWN_EXPERIENCE: Final = 150
"""Weeks in the profession of somebody of whom it is not written down: past the first year, not yet experienced."""
FIRST_YEAR: Final = 52


def structure(on: date) -> Structure:
    """Our own service on a day. `problems()` says what the model would miss: a kind of team that some area has not."""
    return own_service(on).structure


def filled(on: date) -> dict[str, int]:
    """How many posts for workers of each of the model's teams somebody is in."""
    own = own_service(on)
    sit = Counter(own.team_of[seat.team] for seat in own.seats if seat.worker and not seat.managing)
    return {team.name: sit[nth] for nth, team in enumerate(own.structure.teams)}


def unknown(on: date) -> tuple[str, ...]:
    """What our records do not say and what therefore stands for it."""
    own = own_service(on)
    _people(own)
    _families(own)
    return tuple(own.unknown)


def census(on: date) -> Census:
    """The open families and the seats of our own service on a day."""
    return _census(own_service(on))


@dataclass(frozen=True)
class Whole:
    """All that a run begins from."""

    own: Own
    structure: Structure
    census: Census
    unknown: tuple[str, ...]


def whole(on: date) -> Whole:
    """Our own service on a day, read at one moment: its seats and its cases are those of the same teams."""
    with _one_moment():
        own = own_service(on)
        return Whole(own, own.structure, _census(own), tuple(own.unknown))


@contextmanager
def _one_moment() -> Iterator[None]:
    """Every question is answered from the same state of the record; whoever is in a transaction already has chosen."""
    chosen = connection.in_atomic_block
    with transaction.atomic():
        if not chosen:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _census(own: Own) -> Census:
    import numpy as np

    from rightplace.domain.simulation.census import FAMILY as A_FAMILY
    from rightplace.domain.simulation.census import PERSON, Census

    people = _people(own)
    families = _families(own)
    return Census(np.array(families, A_FAMILY), np.array(people, PERSON))


# people ------------------------------------------------------------------------


def in_order(own: Own) -> list[Seat]:
    """The seats by the model's team, its workers before its managers."""
    return sorted(own.seats, key=lambda seat: (own.team_of[seat.team], seat.managing))


def _people(own: Own) -> list[tuple[int, ...]]:
    """One row a seat, as `census.PERSON` has them."""
    seats = in_order(own)
    told = establishment.particulars_of([seat.worker for seat in seats if seat.worker], own.on)
    found: list[tuple[int, ...]] = []
    unsaid = 0
    for seat in seats:
        particulars = told.get(seat.worker or 0)
        since = particulars.in_profession_since if particulars else None
        weeks = (own.on - since).days // 7 if since else UNKNOWN_EXPERIENCE
        qualified = particulars.qualified if particulars else None
        newly = max(0, FIRST_YEAR - (own.on - qualified).days // 7) if qualified else 0
        unsaid += bool(seat.worker and not since)
        state = 1 if seat.worker else 0
        newly = 0 if seat.managing else newly
        found.append(
            (own.team_of[seat.team], int(seat.managing), state, seat.minutes, weeks, newly, int(seat.agency))
        )
    if unsaid:
        own.unknown.append(
            f"Of {unsaid} people it is not written down since when they are in the profession: "
            "they count as past their first year."
        )
    return found


# families ----------------------------------------------------------------------


@dataclass(slots=True)
class Child:
    """One open child, as far as the model needs it."""

    person: int
    team: int
    worker: int
    stage: int
    area: int
    age: int = 0
    reviews: int = 0
    due: int = 0
    source: int = OTHER


def _families(own: Own) -> list[tuple[int, ...]]:
    """One row a family, as `census.FAMILY` has them: brothers and sisters at one stage with one worker travel together."""
    children = _children(own)
    places = _places(own)
    found = []
    for family in _together(own, children):
        first = family[0]
        worker = places.get((first.team, first.worker), -1)
        age, due = max(child.age for child in family), min(child.due for child in family)
        reviews = min(63, max(child.reviews for child in family))
        size = min(len(family), 100)
        found.append((first.stage, first.area, first.source, size, worker, reviews, age, due))
    return sorted(found)


def _places(own: Own) -> dict[tuple[int, int], int]:
    """The place of each worker among the workers of the model's team."""
    found: dict[tuple[int, int], int] = {}
    many: dict[int, int] = defaultdict(int)
    for seat in in_order(own):
        if not seat.managing:
            team = own.team_of[seat.team]
            if seat.worker:
                found.setdefault((team, seat.worker), many[team])
            many[team] += 1
    return found


def _children(own: Own) -> list[Child]:
    rows = _rows(OPEN_CHILDREN, {"now": own.now, "teams": list(own.team_of)})
    people = [row[0] for row in rows]
    happened = _happened(people, own.now)
    owed = _owed(people, own.now)
    found, elsewhere, homeless = [], 0, 0
    for person, team, worker, processes, opened, quarter in rows:
        stage = _stage(processes, owed.get(person, ()))
        area = own.area_of(quarter, own.team_of[team], person)
        if stage is None:
            elsewhere += 1
            continue
        if area is None:
            homeless += 1
            area = _area_of_team(own, own.team_of[team])
        child = Child(person, _team_of_stage(own, area, stage), worker, stage, area)
        _since(child, own, happened.get(person, {}), opened)
        _reviewed(child, own, owed.get(person, ()))
        found.append(child)
    if homeless:
        own.unknown.append(
            f"Where {homeless} open children live is not known: they count where their team works."
        )
    if elsewhere:
        own.unknown.append(f"{elsewhere} open children are at no stage that the model has, as leaving care.")
    return found


def _stage(processes: Sequence[str], owed: Iterable[tuple[Any, ...]]) -> int | None:
    """Where a child is; after an enquiry it waits for its conference there."""
    stage = next((stage for process, stage in STAGES if process in processes), None)
    waits = any(rule == CONFERENCE and met is None for rule, _, _, met in owed)
    return ENQUIRY if waits and stage in (ASSESSMENT, NEED) else stage


def _area_of_team(own: Own, team: int) -> int:
    return own.structure.areas.index(own.structure.teams[team].areas[0])


def _team_of_stage(own: Own, area: int, stage: int) -> int:
    name = own.structure.areas[area]
    for nth, team in enumerate(own.structure.teams):
        if name in team.areas and stage in team.stages:
            return nth
    return -1


def _happened(people: Sequence[int], now: datetime) -> dict[int, dict[str, tuple[datetime, str]]]:
    names = sorted({name for names in BEGAN.values() for name in names} | {"contact.received"})
    found: dict[int, dict[str, tuple[datetime, str]]] = defaultdict(dict)
    for person, name, at, outcome in _rows(HAPPENED, {"people": list(people), "names": names, "now": now}):
        found[person][name] = (at, outcome)
    return found


def _owed(people: Sequence[int], now: datetime) -> dict[int, list[tuple[Any, ...]]]:
    """Conferences and reviews: the rule, since when, until when, and when it was held, as far as it has been by now."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    values = {"people": list(people), "now": now, "conference": CONFERENCE}
    for person, rule, begins, due, met in _rows(OWED, values):
        found[person].append((rule, begins, due, met if met is not None and met <= now else None))
    return found


def _since(child: Child, own: Own, happened: Mapping[str, tuple[datetime, str]], opened: datetime) -> None:
    """Working days in the stage, and who told of the child last."""
    since = next((happened[name][0] for name in BEGAN[child.stage] if name in happened), opened)
    began = opened if since < opened else since
    child.age = max(0, _working_days(began, own.now))
    code = happened["contact.received"][1] if "contact.received" in happened else ""
    child.source = SOURCES.get(code[:1], OTHER)


def _reviewed(child: Child, own: Own, owed: Iterable[tuple[Any, ...]]) -> None:
    """How many reviews were held, and how many working days there are until the next must be."""
    prefix = REVIEWS.get(child.stage)
    if prefix is None:
        return
    of_stage = [each for each in owed if each[0].startswith(prefix)]
    child.reviews = len({met for _, _, _, met in of_stage if met is not None})
    due = min((due for _, _, due, met in of_stage if met is None and due is not None), default=None)
    child.due = max(1, _working_days(own.now, due)) if due is not None else 1


def _working_days(start: datetime, end: datetime) -> int:
    return calendar().working_days_between(day_of(from_datetime(start)), day_of(from_datetime(end)))


def _together(own: Own, children: Sequence[Child]) -> list[list[Child]]:
    """Children of whom one contact told together, who are at one stage in one area with one worker."""
    of = {child.person: child for child in children}
    lead = {child.person: child.person for child in children}

    def top(person: int) -> int:
        while lead[person] != person:
            lead[person] = lead[lead[person]]
            person = lead[person]
        return person

    for (told,) in _rows(TOGETHER, {"now": own.now, "people": list(of)}):
        known = [person for person in told if person in of]
        for other in known[1:]:
            lead[top(other)] = top(known[0])
    found: dict[tuple[int, ...], list[Child]] = defaultdict(list)
    for child in children:
        found[top(child.person), child.stage, child.area, child.worker].append(child)
    return list(found.values())


def _rows(sql: str, values: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[Any] = cursor.fetchall()
        return found
