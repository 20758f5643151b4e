"""What happened to one family, read from the lines of the log: each telling at the front door, and every stay that followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random

from rightplace.demo.simulated.benches import STAGES, benches
from rightplace.demo.simulated.log import BEGINS, DAYS, Line, Log
from rightplace.domain.practice.workdays import MINUTE, calendar, start_of_day
from rightplace.domain.simulation.names import (
    ASSESSMENT,
    CARE,
    ENQUIRY,
    ENTRIES,
    NEED,
    PROTECTION,
    SOURCES,
    SUPPORT,
)
from rightplace.domain.simulation.names import DAY as TICKS

NINE = 9 * 60
OPEN = 2**61
"""Not ended when the demonstration begins."""
BEGINNING = start_of_day(BEGINS.toordinal())
UNKNOWN = -1
ENDS_STAY = frozenset(
    {"familysupport.ended", "assessment.authorised", "protectionplan.ended", "needplan.ended", "care.ended"}
)


@dataclass(slots=True)
class Held:
    """Who had the family: a seat, the how manyeth who sat there, from when until when."""

    seat: int
    generation: int
    at: int
    until: int = OPEN


@dataclass(slots=True)
class Stay:
    """A stay at one stage; instants. `began` is when somebody took up its work, `ended` when an enquiry came to its end."""

    stage: int
    at: int
    until: int = OPEN
    began: int = 0
    ended: int = 0
    conference: int = 0
    held: list[Held] = field(default_factory=list)
    visits: list[tuple[int, bool]] = field(default_factory=list)
    reviews: list[int] = field(default_factory=list)
    sent_back: list[int] = field(default_factory=list)
    before_the_log: bool = False


@dataclass(slots=True)
class Turn:
    """One telling, and where it led."""

    at: int
    screened: int = 0
    urgent: bool = False
    decided: int = 0
    to: int = UNKNOWN
    desk: Held | None = None
    stays: list[Stay] = field(default_factory=list)
    closed: int = 0


@dataclass(slots=True)
class Course:
    """One family: how many children, where, who tells of it, and every telling."""

    number: int
    children: int
    area: int
    source: str
    turns: list[Turn] = field(default_factory=list)


@cache
def working_days() -> tuple[int, ...]:
    """The simulated days."""
    first = BEGINS.toordinal()
    return tuple(day for day in range(first, first + DAYS + 30) if calendar().is_working(day))


def instant(tick: int) -> int:
    """The moment of a tick: so many minutes after nine on a working day."""
    return start_of_day(working_days()[tick // TICKS]) + (NINE + tick % TICKS) * MINUTE


class _Reader:
    """Reads a family's lines, one after another."""

    def __init__(self, course: Course, bench_of: dict[tuple[int, int], int]) -> None:
        self.course = course
        self.bench_of = bench_of
        self.turn: Turn | None = None
        self.stay: Stay | None = None
        self.holder: Held | None = None

    def read(self, line: Line) -> None:
        said, at = ENTRIES[line.kind], instant(line.tick)
        if said == "contact.received":
            self.turn, self.stay = Turn(at), None
            self.course.turns.append(self.turn)
        elif self.turn is not None:
            self._of_turn(said, at, line, self.turn)

    def _of_turn(self, said: str, at: int, line: Line, turn: Turn) -> None:
        if said == "worker.allocated":
            self._allocated(at, line, turn)
        elif said == "worker.ended" and self.holder is not None:
            self.holder.until, self.holder = at, None
        elif said == "contact.screened":
            turn.screened, turn.urgent = at, bool(line.about)
        elif said == "contact.decided":
            turn.decided, turn.to = at, line.about
        elif said == "team.accepted":
            self._move(line.about, at)
        elif said == "case.closed":
            turn.closed = at
            if self.stay is not None:
                self.stay.until = min(self.stay.until, at)
            self.turn = self.stay = None
        elif self.stay is not None:
            self._of_stay(said, at, line, self.stay)

    def _of_stay(self, said: str, at: int, line: Line, stay: Stay) -> None:
        if said in ENDS_STAY:
            stay.until = at
        elif said in ("familysupport.began", "assessment.began"):
            stay.began = at
        elif said == "enquiry.ended":
            stay.ended = at
        elif said == "conference.held" and line.about == 0:
            stay.conference = at
        elif said in ("conference.held", "care.reviewed"):
            stay.reviews.append(at)
        elif said == "assessment.sent_back":
            stay.sent_back.append(at)
        elif said in ("visit.made", "visit.attempted"):
            stay.visits.append((at, said == "visit.made"))

    def _allocated(self, at: int, line: Line, turn: Turn) -> None:
        self.holder = Held(line.seat, line.generation, at)
        if self.stay is None:
            turn.desk = self.holder
        else:
            self.stay.held.append(self.holder)

    def _move(self, stage: int, at: int) -> None:
        """To the next stage; who had them keeps them there, where it is the same team's."""
        assert self.turn is not None
        before, area = self.stay, self.course.area
        self.stay = Stay(stage, at)
        self.turn.stays.append(self.stay)
        if before is not None:
            before.until = min(before.until, at)
            same = self.bench_of[area, stage] == self.bench_of[area, before.stage]
            if self.holder is not None and same:
                self.stay.held.append(self.holder)


def bench_by_area(population: int) -> dict[tuple[int, int], int]:
    """The bench of each area (from nought) and stage."""
    return {
        (area - 1, stage): nth
        for nth, bench in enumerate(benches(population))
        for area in bench.areas
        for stage in STAGES[bench.kind]
    }


def courses(log: Log, first: int = 0) -> Iterator[Course]:
    """Every family of the log, with what happened to it; `first` is what its first family is numbered."""
    bench_of = bench_by_area(log.population)
    seats = seats_before(log.population)
    for case, lines in log.each():
        told = {name: column[case] for name, column in log.families.items()}
        course = Course(first + case, told["children"], told["area"], SOURCES[told["source"]])
        reader = _Reader(course, bench_of)
        if told["stage"] != UNKNOWN:
            _known_already(reader, told, seats[bench_of[course.area, told["stage"]]])
        for line in lines:
            reader.read(line)
        if course.turns:
            yield course


def seats_before(population: int) -> list[int]:
    """How many seats stand before the first of each bench."""
    found = [0]
    for bench in benches(population):
        found.append(found[-1] + len(bench.chairs))
    return found


LEADS_HERE = {
    SUPPORT: ((SUPPORT, 0),),
    ASSESSMENT: ((ASSESSMENT, 0),),
    ENQUIRY: ((ENQUIRY, 0),),
    NEED: ((ASSESSMENT, 34), (NEED, 0)),
    PROTECTION: ((ENQUIRY, 13), (PROTECTION, 0)),
    CARE: ((ENQUIRY, 12), (CARE, 0)),
}
"""How a family that was open on the first day had come to its stage, with the working days that this took."""
DOOR_TOOK = 5 * 60 * MINUTE


def _known_already(reader: _Reader, told: dict[str, int], first_seat: int) -> None:
    """What must have happened before the first day to a family that was open then."""
    course, stage = reader.course, told["stage"]
    dice = Random(f"{course.number}:{stage}:before")  # noqa: S311  (a demonstration, not a secret)
    way = LEADS_HERE[stage]
    day = calendar().add_working_days(BEGINS.toordinal(), -told["age"] - 1)
    moments = [start_of_day(day) + dice.randrange(10 * 60, 16 * 60) * MINUTE]
    for _, took in reversed(way[:-1]):
        day = calendar().add_working_days(day, -took - dice.randrange(-4, 5))
        moments.insert(0, start_of_day(day) + dice.randrange(14 * 60, 17 * 60) * MINUTE)
    turn = Turn(moments[0] - DOOR_TOOK, moments[0] - DOOR_TOOK // 2, False, moments[0], way[0][0])
    course.turns.append(turn)
    reader.turn = turn
    for (each, _), at in zip(way, moments, strict=True):
        stay = Stay(each, at, began=at, before_the_log=True)
        if turn.stays:
            turn.stays[-1].until = at
            turn.stays[-1].ended = at - 90 * MINUTE if stage == CARE else at - 24 * 60 * MINUTE
            turn.stays[-1].conference = at if each == PROTECTION else 0
        turn.stays.append(stay)
    reader.stay = turn.stays[-1]
    if told["worker"] >= 0:
        reader.holder = Held(first_seat + told["worker"], 0, moments[-1])
        reader.stay.held.append(reader.holder)
