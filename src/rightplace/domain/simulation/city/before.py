"""What lay before the first day for a family that is open on it: as little as its place in the service must have had.

The census says where a family stands and since when; how it came there nobody knows, and nothing is counted from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rightplace.domain.simulation.city.seats import Person
from rightplace.domain.simulation.names import (
    ASSESSMENT,
    CARE,
    DAY,
    DOOR,
    ENQUIRY,
    NEED,
    PROTECTION,
    SUPPORT,
    VACANT,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from rightplace.domain.simulation.city.reading import Reader

OLDEST: Final = 2500 * DAY
"""Nobody is told of from longer before the first day than about ten years: children would be grown up by now."""
UNTIL_DECIDED: Final = DAY // 2
ASSESSED_IN: Final = 30 * DAY


def told_before(reader: Reader, family: npt.NDArray[np.void]) -> None:
    """The events of one open family that lead to where the first day finds it."""
    outline = reader.outline
    outline.known = True
    outline.area, outline.source = int(family["area"]), int(family["source"])
    outline.children = int(family["children"])
    stage = int(family["stage"])
    in_stage = -min(int(family["age"]) * DAY, OLDEST) - 1
    lead = ASSESSED_IN if stage >= NEED else 0
    received = in_stage - lead - (UNTIL_DECIDED if stage != DOOR else 0)
    _contact(reader, received)
    worker = _worker(reader, int(family["worker"]), stage)
    if stage == DOOR:
        if worker is not None:
            _allocate(reader, in_stage, worker, stage)
    elif stage == SUPPORT:
        _support(reader, in_stage, worker)
    else:
        first = stage if stage < NEED else ENQUIRY if stage == PROTECTION else ASSESSMENT
        _refer(reader, in_stage - lead, first)
        _work(reader, in_stage - lead, first, worker)
        if stage >= NEED:
            _later(reader, in_stage, stage, worker, int(family["reviews"]))
    reader.looked_until = 0


def _worker(reader: Reader, nth: int, stage: int) -> Person | None:
    """Who has the family on the first day; nobody where the seat is empty."""
    if nth < 0:
        return None
    city = reader.city
    team = city.route[reader.outline.area][stage]
    seat = int(city.inputs.first["teams"]["first"][team]) + nth
    return None if city.inputs.first["seats"]["state"][seat] == VACANT else Person(seat)


def _contact(reader: Reader, tick: int) -> None:
    reader.team = reader.city.route[reader.outline.area][DOOR]
    reader.stage = DOOR
    reader.say(tick, "contact.received", reader.one_of(reader.team, 0))


def _decide(reader: Reader, tick: int, stage: int) -> Person | None:
    by = reader.one_of(reader.team, 0)
    reader.say(tick, "contact.screened", by, int(stage == ENQUIRY))
    reader.say(tick, "contact.decided", by, stage)
    return by


def _take(reader: Reader, tick: int, stage: int, by: Person | None) -> None:
    team = reader.city.route[reader.outline.area][stage]
    if team != reader.team or reader.stage == DOOR:
        reader.hand_over(tick, team, stage, by, None)
    reader.stage = stage


def _allocate(reader: Reader, tick: int, worker: Person | None, stage: int) -> None:
    if worker is not None:
        by = reader.one_of(reader.team, 0)
        reader.say(tick, "worker.allocated", by, stage, whom=worker)
        reader.worker = worker


def _support(reader: Reader, tick: int, worker: Person | None) -> None:
    by = _decide(reader, tick, SUPPORT)
    _take(reader, tick, SUPPORT, by)
    _allocate(reader, tick, worker, SUPPORT)
    if worker is not None:
        reader.say(tick, "familysupport.began", worker)


def _refer(reader: Reader, tick: int, stage: int) -> None:
    by = _decide(reader, tick, stage)
    reader.say(tick, "referral.accepted", by, stage)
    _take(reader, tick, stage, by)


def _work(reader: Reader, tick: int, stage: int, worker: Person | None) -> None:
    """An assessment or an enquiry begins; where it is not over yet, its worker has it."""
    goes_on = reader.city.route[reader.outline.area][stage]
    mine = worker if worker is not None and reader.seats.team(worker.seat, tick) == goes_on else None
    _allocate(reader, tick, mine, stage)
    by = mine or reader.one_of(reader.team, 0)
    if stage == ENQUIRY:
        reader.say(tick, "enquiry.began", by)
        reader.say(tick, "assessment.began", by, 1)
    elif mine is not None or lead_is_over(reader, tick):
        reader.say(tick, "assessment.began", by)


def lead_is_over(reader: Reader, tick: int) -> bool:
    """Whether the assessment lies before the stage in which the first day finds the family."""
    family = reader.city.census.families[reader.outline.number]
    return int(family["stage"]) >= NEED and tick < 0


def _later(reader: Reader, tick: int, stage: int, worker: Person | None, reviews: int) -> None:
    """Assessed, and since then on a plan or in care, with the reviews that were held."""
    by = reader.one_of(reader.team, 0)
    if stage == PROTECTION:
        reader.say(tick, "enquiry.ended", by, 1)
        reader.say(tick, "conference.held", by, 0)
    reader.say(tick, "assessment.authorised", by, 1)
    _take(reader, tick, stage, by)
    _allocate(reader, tick, worker, stage)
    doer = worker or reader.one_of(reader.team, 0)
    began = {NEED: "needplan.began", PROTECTION: "protectionplan.began", CARE: "care.began"}[stage]
    reader.say(tick, began, doer)
    for nth in range(reviews if stage != NEED else 0):
        when = tick + (nth + 1) * (-tick) // (reviews + 1)
        held = "care.reviewed" if stage == CARE else "conference.held"
        reader.say(min(when, -1), held, doer, nth + 1 if stage == PROTECTION else 0)
