"""The fold: a file's entries to its journey. A function of the set of entries, not of how they arrived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

from rightplace.domain.practice.entries.base import Entry
from rightplace.domain.practice.entries.identity import IdentityRecorded, ImportTaken, PersonDied
from rightplace.domain.practice.entries.order import in_order, rests_on_unknown_time
from rightplace.domain.practice.journey import care as care_reducers
from rightplace.domain.practice.journey import directory, door, flow, questions, signals, who, work  # noqa: F401  (importing registers)
from rightplace.domain.practice.journey.journey import NO_TAGS, REDUCERS, Journey
from rightplace.domain.practice.journey.standing import Standing, standing
from rightplace.domain.practice.journey.state import Doubt, Event
from rightplace.domain.practice.workdays import age_on, birthday, start_of_day

IDENTITY = IdentityRecorded.number
IMPORT = ImportTaken.number
DIED = PersonDied.number
THIRTEEN_WEEKS = 91
AS_TOLD = (
    "open", "opened", "team", "worker", "unallocated_since", "legal", "placement", "pending", "at_the_door", "at",
    "day", "_open_kinds",
)  # fmt: skip
KEEPING = frozenset(number for number, reducer in REDUCERS.items() if reducer is who.told) | {
    IDENTITY,
    IMPORT,
}
"""Kinds that are rightly written after a death: they keep the record and say nothing that happened to the child."""


def fold(entries: Iterable[Entry], *, concern: bool = False) -> Journey:
    """Walk one file. Corrections, withdrawals and settled doubts are read first, then all in order.

    A concern's file is walked by the same reducers; what only a child can break is not asked there.
    """
    found = list(entries)
    stand = standing(found)
    ordered = in_order(stand.entries)
    journey = Journey(concern=concern)
    _known_beforehand(journey, ordered)
    eighteen = _birthday(journey.born, 18)
    for entry in ordered:
        if eighteen is not None and entry.day >= eighteen:
            _turn_eighteen(journey, eighteen)
            eighteen = None
        _read(journey, entry)
    if eighteen is not None and journey.open:
        _look_ahead(journey, eighteen)
    _derive(journey)
    _doubt_the_record(journey, stand, ordered)
    return journey


def _known_beforehand(journey: Journey, ordered: Sequence[Entry]) -> None:
    """What holds for the whole file whenever it was told: birth, death, what an import can carry."""
    for entry in ordered:
        body = entry.body
        if entry.kind == IDENTITY:
            assert isinstance(body, IdentityRecorded)
            journey.born = body.born.toordinal() if body.born else journey.born
            journey.expected = body.expected.toordinal() if body.expected else journey.expected
        elif entry.kind == IMPORT:
            assert isinstance(body, ImportTaken)
            journey.carried = journey.carried | frozenset(body.carried)
            reference = body.reference.toordinal()
            journey.reference_day = max(reference, journey.reference_day or reference)
            if body.since is not None:
                since = body.since.toordinal()
                journey.carried_since = min(since, journey.carried_since or since)
            journey.import_team = body.team
        elif entry.kind == DIED:
            journey.died = entry.day


def _read(journey: Journey, entry: Entry) -> None:
    at = entry.at if entry.at is not None else start_of_day(entry.day)
    journey.at = at if at > journey.at else journey.at
    journey.day = entry.day
    journey.entry = entry
    if journey.died is not None and entry.day > journey.died and entry.kind not in KEEPING:
        journey.doubt("after_death")
    reducer = REDUCERS.get(entry.kind)
    if reducer is None:
        journey.doubt("not_read_here")
        return
    reducer(journey, entry, entry.body)
    if journey.changed:
        journey.keep_state()


def _birthday(born: int | None, age: int) -> int | None:
    return None if born is None else birthday(born, age)


def _turn_eighteen(journey: Journey, day: int) -> None:
    """Childhood ends by law; leaving care goes on. What was open is looked at by a manager."""
    if not journey.open:
        return
    journey.entry = None
    journey.at = max(journey.at, start_of_day(day))
    journey.day = day
    journey.event("turned.18")
    ending = [p for p in journey.still_open() if p.kind != "leaving_care"]
    if ending or not journey.open_of("leaving_care"):
        journey.doubt("ended_by_law", "eighteenth birthday")
    if journey.open_of("leaving_care"):
        care_reducers.end_care(journey, by_law=True)
        for process in journey.still_open():
            if process.kind != "leaving_care":
                journey.end(process, by_law=True)
    else:
        if journey.open_of("care"):
            care_reducers.end_care(journey, by_law=True)
        journey.close_child(by_law=True)
    if journey.changed:
        journey.keep_state()


def _look_ahead(journey: Journey, eighteen: int) -> None:
    """The birthday is still to come: its states, events and doubt are written down, all else stays as last told.

    So whoever asks the journey what is open, offered or whose, is answered as things stand.
    """
    told = {name: getattr(journey, name) for name in AS_TOLD}
    periods = list(journey.care_periods)
    going_on = list(journey.still_open())
    offered = [offer for offer in journey.offers.values() if offer.state == "open"]
    _turn_eighteen(journey, eighteen)
    for process in going_on:
        process.closed, process.closed_by_law = None, False
    for offer in offered:
        offer.state = "open"
    journey.care_periods = periods
    for name, value in told.items():
        setattr(journey, name, value)


def _derive(journey: Journey) -> None:
    """Dates that follow from the whole file: ages, thirteen weeks in care since fourteen."""
    if journey.care_periods:
        found = [*_eligible_for_leaving_care(journey), *_care_years(journey)]
        if found:
            journey.events.extend(found)
            journey.events.sort(key=attrgetter("at"))


def _eligible_for_leaving_care(journey: Journey) -> Iterable[Event]:
    """Sixteen or seventeen, looked after for thirteen weeks since the fourteenth birthday."""
    fourteen, sixteen, eighteen = (_birthday(journey.born, years) for years in (14, 16, 18))
    if fourteen is None or sixteen is None or eighteen is None:
        return
    total = 0
    for began, ended in journey.care_periods:
        start, end = max(began, fourteen), min(ended or eighteen, eighteen)
        if end <= start:
            continue
        needed = THIRTEEN_WEEKS - total
        reached = start + max(needed - 1, 0)
        day = max(reached, sixteen, began)
        if total + (end - start) >= THIRTEEN_WEEKS and day < end:
            yield Event("leavingcare.eligible", start_of_day(day), day, 0, 0, NO_TAGS, 0)
            return
        total += end - start


def _care_years(journey: Journey) -> Iterable[Event]:
    """Each 31 March on which the child has been looked after for twelve months without a break.

    The event begins on 1 April before, so that there is a year to do what the year asks for.
    """
    eighteen = _birthday(journey.born, 18)
    for began, ended in journey.care_periods:
        end = min(x for x in (ended, eighteen, began + 18 * 366) if x is not None)
        year = date.fromordinal(began).year
        while (march := date(year, 3, 31).toordinal()) < end:
            april = date(year - 1, 4, 1).toordinal()
            if began <= april:
                tags = frozenset({_age_group(journey.born, march)})
                yield Event("care.year", start_of_day(april), march, 0, 0, tags, 0)
            year += 1


def _age_group(born: int | None, day: int) -> str:
    if born is None:
        return "age_unknown"
    return "four_to_sixteen" if 4 <= age_on(born, day) <= 16 else "other_age"


def _doubt_the_record(journey: Journey, stand: Standing, ordered: Sequence[Entry]) -> None:
    """What is odd about the record itself, each doubt at the entry that it is about; then what somebody settled."""
    for conflict in stand.conflicts:
        journey.doubts.append(Doubt("correction_conflict", conflict.id, conflict.recorded))
    if any(entry.at is None for entry in ordered):
        days = {entry.id: entry.day for entry in ordered}
        for unsure in sorted(rests_on_unknown_time(ordered)):
            journey.doubts.append(Doubt("order_unknown", unsure, start_of_day(days[unsure])))
    _settle(journey, stand.settled)


def _settle(journey: Journey, settled: set[tuple[int, str]]) -> None:
    journey.settled = settled
    if settled:
        journey.doubts = [
            Doubt(d.code, d.entry, d.at, d.detail, settled=(d.entry, d.code) in settled)
            for d in journey.doubts
        ]


def last_correction(entries: Sequence[Entry], entry: int) -> int:
    """The id that a further correction of `entry` must name as the last version."""
    return standing(entries).last_version.get(entry, entry)
