"""One family's lines of the log, read into events: what the log leaves out is told from the lines around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from rightplace.domain.simulation.city.before import told_before
from rightplace.domain.simulation.city.outline import City, Event, Outline
from rightplace.domain.simulation.city.seats import Person
from rightplace.domain.simulation.names import (
    ASSESSMENT,
    CARE,
    DOOR,
    ENTRIES,
    NEED,
    NOBODY,
    SAID_CLOSED,
    SAID_MANAGER,
    SAID_TEAM,
    SUPPORT,
)
from rightplace.domain.simulation.names import ENQUIRY as AN_ENQUIRY

IN_NEED: Final = (NEED, AN_ENQUIRY, CARE)


class Line(NamedTuple):
    """A line of the log."""

    tick: int
    kind: int
    children: int
    case: int
    worker: int
    generation: int
    team: int
    area: int
    source: int
    about: int


class Reader:
    """Reads one family."""

    def __init__(self, city: City, number: int, supervised: bool = True) -> None:
        self.city, self.seats, self.supervised = city, city.seats, supervised
        self.outline = Outline(number, 0, 0, 1)
        self.team = self.stage = NOBODY
        self.worker: Person | None = None
        self.manager: Person | None = None
        self.looked_until = 0
        self.lines: list[Line] = []
        self.place = 0
        self._nth = (0, 0)

    def read(self, places: Iterable[int]) -> Outline:
        """The outline of the family whose lines stand at these places of the log."""
        log, number = self.city.log, self.outline.number
        wanted = list(places)
        self.lines = [Line(*log[place].tolist()) for place in wanted]
        if number < len(self.city.census.families):
            told_before(self, self.city.census.families[number])
        elif self.lines:
            told = self.lines[0]
            self.outline.area, self.outline.source = told.area, told.source
            self.outline.children = told.children
        for place, (line, at) in enumerate(zip(self.lines, wanted, strict=True)):
            self.place = place
            self.manager = self._decider(at, line)
            self._supervisions(line.tick)
            name = ENTRIES[line.kind]
            reading = _READERS.get(name)
            if reading is not None:
                reading(self, line)
            else:
                self.say(line.tick, name, self._who(line), line.about)
        self._supervisions(len(self.city.moments.days.on) * 480)
        return self.outline

    # what readers use -------------------------------------------------------

    def say(
        self,
        tick: int,
        kind: str,
        person: Person | None,
        about: int = 0,
        whom: Person | None = None,
        team: int | None = None,
    ) -> None:
        """One event of all the children."""
        nth = self._nth[1] + 1 if self._nth[0] == tick else 0
        self._nth = (tick, nth)
        self.outline.events.append(
            Event(
                tick,
                self.city.moments.at(tick, nth),
                kind,
                tuple(range(self.outline.children)),
                self.team if team is None else team,
                person,
                about,
                whom,
            )
        )

    def one_of(self, team: int, tick: int, but: Person | None = None) -> Person | None:
        """A manager of a team; the same for a family as long as nothing changes."""
        return self.seats.manager(team, tick, self.outline.number, but)

    def decider(self, line: Line) -> Person | None:
        """The manager who decided what a line tells, or one who was there where no manager of the model did."""
        return self.manager or self.one_of(self.team, line.tick)

    def after(self, kinds: tuple[int, ...]) -> Line | None:
        """The next line of the same minute that is of one of these kinds."""
        tick = self.lines[self.place].tick
        for line in self.lines[self.place + 1 :]:
            if line.tick != tick:
                return None
            if line.kind in kinds:
                return line
        return None

    def just_told(self, kind: int) -> bool:
        """Whether the line before, of the same minute, is of a kind."""
        before = self.lines[self.place - 1] if self.place else None
        return before is not None and (before.tick, before.kind) == (self.lines[self.place].tick, kind)

    def hand_over(self, tick: int, team: int, stage: int, by: Person | None, kept: Person | None) -> None:
        """The next team answers from now on; whoever had the family keeps it until the team can take it."""
        offered_by = self.worker or by
        if team == self.team:
            self.say(tick, "team.placed", None, stage)
            return
        takes = self.one_of(team, max(0, tick), but=offered_by)
        self.say(tick, "team.offered", offered_by, stage, team=team)
        self.team, self.worker = team, None
        self.say(tick, "team.accepted", takes, stage)
        if kept is not None:
            self.say(tick, "worker.allocated", takes, stage, whom=kept)
            self.worker = kept

    def _who(self, line: Line) -> Person | None:
        """The worker whom a line names; a manager where there is none."""
        if line.worker >= 0:
            return Person(line.worker, line.generation)
        return self.worker or self.decider(line)

    def _decider(self, at: int, line: Line) -> Person | None:
        """The manager of whom the log tells just before, in the same minute and of this case."""
        log = self.city.log
        while at > 0:
            at -= 1
            told = log[at]
            if int(told["tick"]) != line.tick:
                return None
            if int(told["kind"]) == SAID_MANAGER:
                same = int(told["about"]) == self.outline.number
                return Person(int(told["worker"]), int(told["generation"])) if same else None
            if int(told["case"]) != self.outline.number:
                return None
        return None

    def _supervisions(self, tick: int) -> None:
        """What was decided in supervision about the family since the last line."""
        since, self.looked_until = self.looked_until, tick
        if not self.supervised or self.worker is None or self.stage == DOOR:
            return
        for when, manager in self.seats.supervisions.get(self.worker, ()):
            if since <= when < tick:
                by = self.seats.who(manager, when) or self.one_of(self.team, when)
                self.say(when, "supervision.decided", by, whom=self.worker)

    def end_enquiry_assessment(self, tick: int, in_need: bool, by: Person | None) -> None:
        """An enquiry is carried out by way of an assessment, which ends with it."""
        if self.worker is not None and self.worker != by:
            self.say(tick, "assessment.written", self.worker)
        self.say(tick, "assessment.authorised", by, int(in_need))


# one kind each --------------------------------------------------------------


def _received(reader: Reader, line: Line) -> None:
    reader.team, reader.stage, reader.worker = line.team, DOOR, None
    reader.say(line.tick, "contact.received", reader.one_of(line.team, line.tick), line.about)


def _decided(reader: Reader, line: Line) -> None:
    reader.say(line.tick, "contact.decided", reader.decider(line), line.about)


def _accepted(reader: Reader, line: Line) -> None:
    reader.say(line.tick, "referral.accepted", reader.decider(line), line.about)


def _team(reader: Reader, line: Line) -> None:
    """A family comes to a stage: offered and accepted where another team answers for it."""
    tick, by = line.tick, reader.decider(line)
    kept = Person(line.worker, line.generation) if line.worker >= 0 else None
    if reader.stage == AN_ENQUIRY:
        _enquiry_is_over(reader, line, True)
    if line.about == SUPPORT and reader.stage != DOOR:
        reader.say(tick, "step.down", by, SUPPORT)
    if line.team != reader.team or reader.stage == DOOR:
        reader.hand_over(tick, line.team, line.about, by, kept)
    reader.stage = line.about


def _took_over(reader: Reader, line: Line) -> None:
    """The work of its team went to another, and the family with it; whoever works with it stays, and at the front door whoever
    screened it. A contact that is not decided is passed on, too."""
    kept = Person(line.worker, line.generation) if line.worker >= 0 else reader.worker
    reader.hand_over(line.tick, line.team, reader.stage, reader.one_of(reader.team, line.tick), kept)
    if reader.stage == DOOR:
        reader.say(line.tick, "concern.passed_on", reader.one_of(reader.team, line.tick), DOOR)


def _enquiry_is_over(reader: Reader, line: Line, in_need: bool) -> None:
    reader.end_enquiry_assessment(line.tick, in_need, reader.decider(line))


def _allocated(reader: Reader, line: Line) -> None:
    whom = Person(line.worker, line.generation)
    reader.worker = whom
    reader.say(line.tick, "worker.allocated", reader.one_of(reader.team, line.tick), line.about, whom=whom)


def _worker_ended(reader: Reader, line: Line) -> None:
    """Who screened stays the one to ask until it is decided; a closing ends what it must."""
    if reader.team == NOBODY or reader.worker is None:
        return
    if reader.stage == DOOR and reader.just_told(_SCREENED):
        return
    whom, reader.worker = reader.worker, None
    reader.say(line.tick, "worker.ended", whom, whom=whom)


def _assessing(reader: Reader, line: Line) -> None:
    reader.say(line.tick, "assessment.began", reader._who(line))


def _authorised(reader: Reader, line: Line) -> None:
    to = reader.after((SAID_TEAM, SAID_CLOSED))
    in_need = to is not None and to.kind == SAID_TEAM and to.about in IN_NEED
    reader.say(line.tick, "assessment.authorised", reader.decider(line), int(in_need))


def _enquiry(reader: Reader, line: Line) -> None:
    reader.say(line.tick, "enquiry.began", reader._who(line))
    reader.say(line.tick, "assessment.began", reader._who(line), 1)


def _enquiry_ended(reader: Reader, line: Line) -> None:
    conference = reader.after((SAID_TEAM, SAID_CLOSED)) is None
    reader.say(line.tick, "enquiry.ended", reader.decider(line), int(conference))


def _closed(reader: Reader, line: Line) -> None:
    """At the front door the decision itself closes; elsewhere a manager does, and answers for what was never assessed."""
    if reader.stage == AN_ENQUIRY:
        _enquiry_is_over(reader, line, False)
    if reader.stage == ASSESSMENT and not reader.just_told(_AUTHORISED):
        reader.say(line.tick, "timescale.excused", reader.decider(line), line.about)
    if reader.stage != DOOR:
        reader.say(line.tick, "case.closed", reader.decider(line), line.about)
    reader.team, reader.worker = NOBODY, None


_AUTHORISED: Final = ENTRIES.index("assessment.authorised")
_SCREENED: Final = ENTRIES.index("contact.screened")
_READERS: Final[dict[str, Callable[[Reader, Line], None]]] = {
    "contact.received": _received,
    "contact.decided": _decided,
    "referral.accepted": _accepted,
    "team.accepted": _team,
    "team.took_over": _took_over,
    "worker.allocated": _allocated,
    "worker.ended": _worker_ended,
    "assessment.began": _assessing,
    "assessment.authorised": _authorised,
    "assessment.sent_back": lambda reader, line: reader.say(
        line.tick, "assessment.sent_back", reader.decider(line)
    ),
    "enquiry.began": _enquiry,
    "enquiry.ended": _enquiry_ended,
    "familysupport.ended": lambda reader, line: reader.say(
        line.tick, "familysupport.ended", reader.decider(line)
    ),
    "needplan.ended": lambda reader, line: reader.say(line.tick, "needplan.ended", reader.decider(line)),
    "case.closed": _closed,
}
