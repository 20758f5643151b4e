"""An invented city of forty children in every state, known from what was done and not from any table.

Held beside it: who is restricted for whom, and whose glass is broken, each over, holding or to come.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.domain.practice.entries import Draft, Label
from rightplace.domain.practice.entries.contact import ContactReceived, Level, Route
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import CIN_IMPORT, ONLINE_FORM, RULES, Actor
from rightplace.foundation.access.models import BreakGlass, Restriction, RestrictionMember
from rightplace.foundation.journal import linking
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.people.actions import located
from rightplace.services.frontdoor import actions as frontdoor
from rightplace.services.frontdoor.deciding import ChildDecision, Decision, Feedback, decide_contact
from rightplace.services.frontdoor.intake import ChildTold, Told, raise_concern
from rightplace.services.frontdoor.projections import Check, Contact
from rightplace.testing.organisation import MORNING, Colleague, SmallCity, colleague, postcode_in, small_city

HOUR = timedelta(hours=1)
NOW = MORNING + timedelta(days=1)
CHILDREN = 40


@dataclass
class ChildInCity:
    """What the test itself did with one child: nothing here is read from a table of the program."""

    file: int
    concern: int
    told_by: Colleague
    agency: int
    asked: int = 0
    team: int = 0
    worker: int = 0
    offered_to: int = 0
    decided: bool = False
    linked: int = 0

    @property
    def person(self) -> int:
        return min(self.file, self.linked or self.file)


@dataclass
class City:
    """The children, the readers, and every restriction, name and broken glass, each as plain facts."""

    people: SmallCity
    readers: list[Actor]
    children: list[ChildInCity]
    restrictions: list[tuple[int, int, tuple[int, int | None]]] = field(default_factory=list)
    named: list[tuple[int, int, tuple[int, int | None]]] = field(default_factory=list)
    glass: list[tuple[int, int, int, tuple[int, int] | None]] = field(default_factory=list)

    def hidden(self, worker: int, file: int) -> bool:
        """Restricted or sealed for this worker: not named, and no glass broken that is still open."""
        for number, (of_file, kind, span) in enumerate(self.restrictions):
            if of_file != file or not holds(span):
                continue
            is_named = any(r == number and w == worker and holds(s) for r, w, s in self.named)
            broken = any(
                f == file
                and w == worker
                and o is not None
                and holds(o)
                and (k == 2 or (k == 1 and kind == 1))
                for f, k, w, o in self.glass
            )
            if not is_named and not broken:
                return True
        return False

    def hidden_person(self, worker: int, person: int) -> bool:
        """One hidden file hides the child, or the concern."""
        child = next((c for c in self.children if c.person == person), None)
        files = [person] if child is None else [child.file, *([child.linked] if child.linked else [])]
        return any(self.hidden(worker, file) for file in files)


def holds(span: tuple[int, int | None]) -> bool:
    """Spans are in hours from now."""
    return span[0] <= 0 and (span[1] is None or span[1] > 0)


# the city -----------------------------------------------------------------------------------------------------------


def build() -> City:
    chance = random.Random(20260304)
    with clock.clock_at(MORNING):
        people = small_city()
        chair = colleague("Iris Penhallow", people.assessment, RoleCode.CONFERENCE_CHAIR)
        children = [_child(people, number, chance) for number in range(CHILDREN)]
        _link_some(people, children)
        for child in children:
            _label(people, child.file)
    readers = [each.actor for each in vars(people).values() if isinstance(each, Colleague)]
    made = City(people, [*readers, chair.actor, ONLINE_FORM, RULES, CIN_IMPORT], children)
    _restrict(made, chance)
    return made


def _child(people: SmallCity, number: int, chance: random.Random) -> ChildInCity:
    """One child: told by somebody, perhaps asked about, decided, accepted, allocated or let go."""
    teller = chance.choice(
        [people.school, people.school_2, people.other_school, people.police, people.health]
    )
    area = chance.choice([1, 9])
    name = IdentityRecorded(
        given=f"Child{number:02}", family=f"Ofnumber{chance.randrange(10**6)}", born=_born(number)
    )
    contact = ContactReceived(
        team=0,
        source="2A",
        channel="form",
        agency=teller.team.agency_id,
        saw="Seen.",
        referrer_name="R",
        receipt="",
    )
    told = ChildTold(identity=name, address=located(f"{number} Cedar Row", postcode_in(area, number)))
    concern = raise_concern(Told(children=[told], contact=contact), by=teller.actor).concern
    row = Contact.objects.get(concern=concern)
    made = ChildInCity(row.children[0], concern, teller, teller.team.agency_id, team=people.front_door.pk)
    if number % 3 == 0:
        made.asked = chance.choice([people.police, people.health, people.housing]).team.agency_id
        _ask(people, row, made.asked)
    way = chance.choice(["waits", "offered", "accepted", "allocated", "let go"])
    if way != "waits":
        _decide(people, made, area, way, chance)
    return made


def _born(number: int) -> date:
    return date(2009, 3, 1) + timedelta(days=137 * number)


def _ask(people: SmallCity, row: Contact, agency: int) -> None:
    by = people.front_door_worker.actor
    frontdoor.ask_check(
        contact=row, agency=agency, question="?", basis="public task", purpose="care", sent="-", by=by
    )
    check = Check.objects.get(concern=row.concern)
    frontdoor.answer_check(check=check, known="nothing", answer="", by=people.front_door_manager.actor)


def _decide(people: SmallCity, child: ChildInCity, area: int, way: str, chance: random.Random) -> None:
    support = chance.random() < 0.5
    route = Route.ADVICE if way == "let go" else Route.FAMILY_SUPPORT if support else Route.ASSESSMENT
    decision = ChildDecision(
        file=child.file, level=Level.ADDITIONAL, indicators=("x",), route=route, reasons="Because.", alternatives="-",
        unseen_reason="Seen at school." if way == "let go" else "",
    )  # fmt: skip
    whole = Decision(
        children=[decision],
        lawful_basis="public task",
        family_told="yes",
        feedback=Feedback(outcome="o", text="t"),
    )
    decide_contact(
        contact=Contact.objects.get(concern=child.concern), decision=whole, by=people.front_door_worker.actor
    )
    child.decided = True
    if way == "let go":
        child.team = 0
        return
    team, manager = {
        (True, 1): (people.family_support, people.family_support_manager),
        (True, 9): (people.other_family_support, people.other_family_support_manager),
        (False, 1): (people.assessment, people.assessment_manager),
        (False, 9): (people.other_assessment, people.other_assessment_manager),
    }[(support, area)]
    if way == "offered":
        child.offered_to = team.pk
        return
    offer = Offer.objects.get(file=child.file, state="open")
    caseflow.accept_child(file=child.file, offer=offer.pk, by=manager.actor)
    child.team = team.pk
    if way == "allocated" and team == people.assessment:
        child.worker = people.social_worker.worker.pk
        caseflow.allocate(file=child.file, worker=child.worker, by=manager.actor)


def _link_some(people: SmallCity, children: list[ChildInCity]) -> None:
    """Three children have a second file, from another contact long ago and let go."""
    closed = [child for child in children if child.decided and not child.team]
    for child, other in zip(
        [c for c in children if c.team == people.assessment.pk][:3], closed, strict=False
    ):
        linking.link(file=child.file, other=other.file, reasons="One child.", by=people.head_of_service.actor)
        child.linked, other.linked = other.file, child.file
        other.team, other.worker, other.offered_to = child.team, child.worker, child.offered_to


def _label(people: SmallCity, file: int) -> None:
    """An entry of each label, signed by a named rule."""
    at = from_datetime(clock.now())
    notes = [
        Draft(file=file, body=NoteWritten(text=f"label {label}"), day=day_of(at), at=at, label=int(label))
        for label in Label
    ]
    write(notes, by=RULES, may="note.write")


def _restrict(city: City, chance: random.Random) -> None:
    """Restrictions, names and glass in every state of time: over, holding, to come."""

    def span() -> tuple[int, int | None]:
        begins = chance.choice([-5, -2, -1, 0, 1])
        return begins, chance.choice([None, None, begins + 1, begins + 4])

    files = [child.file for child in city.children] + [child.concern for child in city.children[:4]]
    workers = [reader.worker for reader in city.readers if reader.worker > 3]
    with clock.clock_at(NOW):
        for file in chance.sample(files, 24):
            kind, when = chance.choice([1, 2]), span()
            made = Restriction.objects.create(
                file=file, kind=kind, reason="invented", begins=_at(when[0]), ends=_at(when[1]), by_id=2,
                ended_by_id=2 if when[1] is not None else None,
            )  # fmt: skip
            city.restrictions.append((file, kind, when))
            for worker in chance.sample(workers, 5):
                named = span()
                RestrictionMember.objects.create(
                    restriction=made, worker_id=worker, begins=_at(named[0]), ends=_at(named[1]), by_id=2
                )
                city.named.append((len(city.restrictions) - 1, worker, named))
        for _ in range(240):
            file, kind, worker = chance.choice(files), chance.choice([1, 2, 3]), chance.choice(workers)
            begins = chance.choice([-3, -1, 0, 1])
            open_for = (
                None if kind != 1 and chance.random() < 0.3 else (begins, begins + chance.choice([1, 2]))
            )
            BreakGlass.objects.create(
                file=file, kind=kind, worker_id=worker, role=30, team=1, reason="invented", at=NOW,
                opens=open_for and _at(open_for[0]), until=open_for and _at(open_for[1]), review_due=NOW,
                confirmed_by_id=2 if kind != 1 and open_for else None,
            )  # fmt: skip
            city.glass.append((file, kind, worker, open_for))


def _at(hours: int | None):
    return None if hours is None else NOW + hours * HOUR
