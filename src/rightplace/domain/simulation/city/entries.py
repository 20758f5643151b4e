"""Outlines as entries: the files of a family and of its concerns, for `journal.bulk`, judged there like any other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Final, NamedTuple, Protocol

from rightplace.domain.practice.entries import Body, Draft, FileKind
from rightplace.domain.practice.entries.contact import ContactReceived, ReferrerTold
from rightplace.domain.practice.entries.identity import AddressRecorded, IdentityRecorded
from rightplace.domain.practice.londontime import day_of
from rightplace.domain.simulation.city.bodies import WRITTEN, Told
from rightplace.domain.simulation.city.outline import Event, Outline
from rightplace.domain.simulation.city.seats import Person
from rightplace.domain.simulation.names import DOOR

IN_THE_CONCERN: Final = frozenset({"contact.screened", "contact.decided", "concern.passed_on"})
IN_NO_CHILDS_FILE: Final = frozenset({"concern.passed_on"})
OLDEST: Final = 8
"""Nobody is older on the first day, so that nobody grows up while a simulated city runs."""


class Hand(NamedTuple):
    """Who signs: a worker in a role."""

    worker: int
    role: int


class Staff(Protocol):
    """The teams and people of an organisation who stand for those of the model."""

    def team(self, team: int) -> int:
        """The number of a team of the model in the organisation."""

    def hand(self, person: Person | None, team: int) -> Hand:
        """Who sits there; with nobody, the head of service who answers for the team."""

    def area(self, area: int) -> int:
        """The number of an area of the model in the organisation; nought where it has none."""


@dataclass(slots=True)
class Filed:
    """One file from nothing, as `journal.bulk.Story` takes it: what was signed in one moment is one write."""

    file: int
    kind: FileKind
    salt: bytes
    drafts: list[Draft] = field(default_factory=list)
    told: Told = field(default_factory=Told)

    @property
    def writes(self) -> list[list[Draft]]:
        found: list[list[Draft]] = []
        for draft in self.drafts:
            if found and found[-1][0].recorded == draft.recorded:
                found[-1].append(draft)
            else:
                found.append([draft])
        return found


def entries(outline: Outline, staff: Staff, seed: int = 1, until: int | None = None) -> list[Filed]:
    """The files of a family: its children, then its concerns. Nothing from the instant `until` on is in them."""
    return _Pen(outline, staff, seed).write(until)


class _Pen:
    def __init__(self, outline: Outline, staff: Staff, seed: int) -> None:
        self.outline, self.staff = outline, staff
        self.rng = Random(f"{seed}:{outline.number}")  # noqa: S311  (a simulation, not a secret)
        self.children = [self._file(FileKind.PERSON) for _ in range(outline.children)]
        self.concerns: list[Filed] = []
        self.occasion = 0

    def write(self, until: int | None) -> list[Filed]:
        """Every event up to then, in every file that it belongs to."""
        for event in self.outline.events:
            if until is not None and event.at >= until:
                break
            if event.kind in WRITTEN:
                self._event(event)
        return [file for file in (*self.children, *self.concerns) if file.drafts]

    def _file(self, kind: FileKind) -> Filed:
        return Filed(self.rng.getrandbits(62) | 1, kind, self.rng.randbytes(16))

    def _event(self, event: Event) -> None:
        hand = self.staff.hand(event.person, event.team)
        named = {"team": self.staff.team(event.team)}
        if event.whom is not None:
            named["whom"] = self.staff.hand(event.whom, event.team).worker
        signing = self._offering(event)
        if event.kind == "contact.received":
            self._contact(event, hand, signing)
        self.occasion = self._number() if len(event.children) > 1 else 0
        write = WRITTEN[event.kind]
        for nth in event.children if event.kind not in IN_NO_CHILDS_FILE else ():
            file = self.children[nth]
            body = write(self.outline, event, file.told, named)
            file.told.refs[event.kind] = self._say(file, body, event.at, hand, signing)
            self._remember(event, file, hand, signing)
        if event.kind in IN_THE_CONCERN:
            concern = self.concerns[-1]
            body = write(self.outline, event, concern.told, named)
            self._say(concern, body, event.at, hand, signing)
            if event.kind == "contact.decided":
                self._tell(concern, event, hand, signing)

    def _offering(self, event: Event) -> int:
        """The team in whose name it is signed: an offer is signed by the team that answers, not by the one it is made to."""
        if event.kind != "team.offered":
            self._answers = event.team
        return self.staff.team(self._answers)

    _answers = 0

    def _contact(self, event: Event, hand: Hand, team: int) -> None:
        """A concern has a file of its own, which names the children."""
        if not self.children[0].drafts:
            self._identities(event, hand, team)
        concern = self._file(FileKind.CONCERN)
        self.concerns.append(concern)
        body = WRITTEN["contact.received"](self.outline, event, concern.told, {"team": team})
        assert isinstance(body, ContactReceived)
        told = ContactReceived(
            team=body.team,
            source=body.source,
            channel=body.channel,
            professional=body.professional,
            children=tuple(file.file for file in self.children),
        )
        concern.told.refs["contact.received"] = self._say(concern, told, event.at, hand, team)
        for file in self.children:
            file.told.refs["door"] = 1

    def _identities(self, event: Event, hand: Hand, team: int) -> None:
        first, area = day_of(event.at), self.staff.area(self.outline.area)
        for file in self.children:
            born = date.fromordinal(first - self.rng.randint(30, OLDEST * 365))
            body = IdentityRecorded(given="Child", family="Simulated", born=born, source="contact")
            self._say(file, body, event.at, hand, team, concern=0)
            if area:
                self._say(file, AddressRecorded(area=area, source="contact"), event.at, hand, team, concern=0)

    def _remember(self, event: Event, file: Filed, hand: Hand, team: int) -> None:
        """What an event leaves behind in a file besides its own entry."""
        if event.kind == "contact.decided":
            self._tell(file, event, hand, team)
            if event.about == DOOR:
                file.told.refs["door"] = 0
        elif event.kind in ("team.accepted", "team.placed") and event.about != DOOR:
            file.told.refs["door"] = 0

    def _tell(self, file: Filed, event: Event, hand: Hand, team: int) -> None:
        body = ReferrerTold(contact=file.told.of("contact.received"), outcome=str(event.about), text="")
        self._say(file, body, event.at, hand, team)

    def _say(
        self, file: Filed, body: Body, at: int, hand: Hand, team: int, concern: int | None = None
    ) -> int:
        number = self._number()
        about = self.concerns[-1].file if concern is None and self.concerns else 0
        file.drafts.append(
            Draft(
                file=file.file,
                body=body,
                day=day_of(at),
                at=at,
                id=number,
                concern=about,
                occasion=self.occasion,
                author=hand.worker,
                role=hand.role,
                team=team,
                recorded=at,
                filekind=file.kind,
            )
        )
        return number

    def _number(self) -> int:
        return self.rng.getrandbits(62) | 1


def all_entries(
    outlines: Iterator[Outline], staff: Staff, seed: int = 1, until: int | None = None
) -> Iterator[Filed]:
    """The files of many families."""
    for outline in outlines:
        yield from entries(outline, staff, seed, until)
