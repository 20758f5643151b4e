"""A few invented children, one in each relation to the people of the small city, with words that give a leak away.

own           open with the social worker's team, allocated to the social worker; a school told of the child
other team    open with the same kind of team in another area; the same school told of the child
other agency  told of by another school, waiting at the front door, another agency asked
offered       offered to the family support team of area 1
restricted    open with the social worker's team, and only the head of service may open the file
sealed        the same, sealed, with the concern's file too
closed        told of by the school, advised, let go
helped        in early help with the family support team of area 1; the school is in the team around the family
not there     no such number
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.common.questions import drafts
from rightplace.domain.practice.entries import Body, Draft, Label
from rightplace.domain.practice.entries.contact import ContactReceived, Level, Route
from rightplace.domain.practice.entries.identity import (
    IdentityRecorded,
    PossibleDuplicateFound,
    ProtectedAddressRecorded,
    RelationshipRecorded,
)
from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access import reach
from rightplace.foundation.access.actor import ONLINE_FORM, Actor
from rightplace.foundation.journal import actions as journal
from rightplace.foundation.journal.projections import Doubt, Timescale
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.people.actions import located
from rightplace.foundation.people.projections import Duplicate
from rightplace.services.directory import requests
from rightplace.services.directory.models import Intake
from rightplace.services.directory.tests import offering
from rightplace.services.frontdoor import actions as frontdoor
from rightplace.services.frontdoor.deciding import ChildDecision, Decision, Feedback, decide_contact
from rightplace.services.frontdoor.intake import ChildTold, Told, raise_concern
from rightplace.services.frontdoor.projections import Check, Contact
from rightplace.services.frontdoor.vignettes import vignettes
from rightplace.services.funding.models import Contribution
from rightplace.services.funding.tests.families import agreed
from rightplace.testing.organisation import Colleague, SmallCity, colleague, postcode_in, small_city
from tests.scene_of_help import is_helped

RELATIONS = (
    "own",
    "other team",
    "other agency",
    "offered",
    "restricted",
    "sealed",
    "closed",
    "helped",
    "not there",
)
NOT_THERE = 4_611_686_018_427_387_905


@dataclass
class Known:
    """One child of the scene and the numbers that addresses carry."""

    relation: str
    file: int = NOT_THERE
    concern: int = NOT_THERE
    receipt: str = "2222-2222"
    entry: int = NOT_THERE
    family: int = NOT_THERE
    offer: int = NOT_THERE
    check: int = NOT_THERE
    due: int = NOT_THERE
    doubt: int = NOT_THERE
    duplicate: int = NOT_THERE
    request: int = NOT_THERE


@dataclass
class Scene:
    """The people by the names of their roles, the children by their relation, and the planted words."""

    city: SmallCity
    people: dict[str, Colleague]
    children: dict[str, Known] = field(default_factory=dict)
    drafts: dict[str, UUID] = field(default_factory=dict)
    case: str = ""
    misfiled: int = NOT_THERE
    neighbours: int = NOT_THERE
    strategy: int = NOT_THERE
    question: int = NOT_THERE
    service: int = NOT_THERE
    intake: int = NOT_THERE
    agreement: int = NOT_THERE
    contribution: int = NOT_THERE
    planted: dict[str, str] = field(default_factory=dict)
    """What was planted where: the kind of secret, and the word."""

    def plant(self, kind: str) -> str:
        """A word that stands nowhere else."""
        return self.planted.setdefault(kind, "Zq" + kind.replace(" ", "").capitalize() + "vexillum")


def build() -> Scene:
    """Make it all, with the clock where the test holds it."""
    city = small_city()
    chair = colleague("Iris Penhallow", city.assessment, RoleCode.CONFERENCE_CHAIR)
    scene = Scene(city, people_of(city, chair))
    for relation in RELATIONS[:-1]:
        scene.children[relation] = _child(scene, relation)
    scene.children["not there"] = Known("not there")
    _plant_in_own(scene)
    _join(scene)
    _ask_for_a_place(scene)
    _share_the_cost(scene)
    _restrict(scene)
    for known in scene.children.values():
        _numbers(known)
    scene.drafts |= {
        "school": drafts.begin("concern-professional", by=city.school.actor)[0].pk,
        "front door": drafts.begin("concern-telephone", by=city.front_door_worker.actor)[0].pk,
        "nobody": UUID(int=7),
    }
    scene.case = vignettes.vignettes()[0].id
    return scene


def _share_the_cost(scene: Scene) -> None:
    """The head teacher's school and the partner lead's agency have agreed to pay a share."""
    made = [agreed(scene.city, who.team.agency) for who in (scene.city.head_teacher, scene.city.police_lead)]
    scene.agreement = made[0].pk
    scene.contribution = Contribution.objects.filter(agreement=made[0]).order_by("pk")[0].pk


def people_of(city: SmallCity, chair: Colleague) -> dict[str, Colleague]:
    """One person for each role that signs in, and some in another team or agency."""
    return {
        "professional referrer": city.school, "front door worker": city.front_door_worker,
        "front door manager": city.front_door_manager, "family support worker": city.family_support_worker,
        "family support manager": city.family_support_manager, "social worker": city.social_worker,
        "team manager": city.assessment_manager, "conference chair": chair, "head of service": city.head_of_service,
        "director": city.director, "lead member": city.lead_member, "analyst": city.analyst, "auditor": city.auditor,
        "information governance officer": city.information_governance, "administrator": city.administrator,
        "other team manager": city.other_assessment_manager, "other school": city.other_school, "police": city.police,
        "head teacher": city.head_teacher, "partner lead": city.police_lead, "provider": city.provider,
        "human resources officer": city.human_resources, "union observer": city.union_observer,
    }  # fmt: skip


def _child(scene: Scene, relation: str) -> Known:
    city = scene.city
    teller = city.other_school if relation == "other agency" else city.school
    area = 9 if relation == "other team" else 1
    given, family = scene.plant(f"given name {relation}"), scene.plant(f"family name {relation}")
    contact = ContactReceived(
        team=0, source="2A", channel="form", agency=teller.team.agency_id, saw=scene.plant(f"what was seen {relation}"),
        referrer_name=teller.worker.name,
    )  # fmt: skip
    place = RELATIONS.index(relation)
    told = ChildTold(
        identity=IdentityRecorded(given=given, family=family, born=date(2011 + place, 4, 2 + place), sex="F"),
        address=located(f"{place + 1} {scene.plant(f'street {relation}')} Row", postcode_in(area, place)),
    )
    receipt = raise_concern(Told(children=[told], contact=contact), by=teller.actor)
    row = Contact.objects.get(concern=receipt.concern)
    known = Known(relation, row.children[0], row.concern, receipt.number)
    if relation in ("own", "other agency"):
        asked = city.police if relation == "own" else city.housing
        known.check = _ask(scene, row, asked, answered=relation == "own")
    _go_on(scene, known)
    return known


def _ask(scene: Scene, row: Contact, asked: Colleague, *, answered: bool) -> int:
    city = scene.city
    frontdoor.ask_check(
        contact=row, agency=asked.team.agency_id, question="What is known?", basis="public task", purpose="To decide",
        sent="The child's name", by=city.front_door_worker.actor,
    )  # fmt: skip
    check = Check.objects.get(concern=row.concern)
    if answered:
        said = scene.plant("answer of the police")
        frontdoor.answer_check(check=check, known="known", answer=said, by=asked.actor)
    return check.pk


ROUTES = {"offered": Route.FAMILY_SUPPORT, "helped": Route.FAMILY_SUPPORT, "closed": Route.ADVICE}


def _go_on(scene: Scene, known: Known) -> None:
    """Decide the contact, and let the team accept."""
    if known.relation == "other agency":
        return
    city = scene.city
    route = ROUTES.get(known.relation, Route.ASSESSMENT)
    child = ChildDecision(
        file=known.file, level=Level.ADDITIONAL, indicators=("parenting.health.unwell",), route=route,
        reasons=scene.plant(f"reasons {known.relation}"), alternatives="Advice.", unseen_reason="Seen at school today.",
    )  # fmt: skip
    decision = Decision(
        children=[child], lawful_basis="public task", family_told="told and agrees",
        feedback=Feedback(outcome="A team will help", text=scene.plant(f"text for the referrer {known.relation}")),
    )  # fmt: skip
    contact = Contact.objects.get(concern=known.concern)
    decide_contact(contact=contact, decision=decision, by=city.front_door_worker.actor)
    offer = Offer.objects.filter(file=known.file).first()
    known.offer = offer.pk if offer else NOT_THERE
    if known.relation in ("offered", "closed"):
        return
    if known.relation == "helped":
        is_helped(scene, known)
        return
    manager = city.other_assessment_manager if known.relation == "other team" else city.assessment_manager
    caseflow.accept_child(file=known.file, offer=known.offer, by=manager.actor)
    if known.relation != "other team":
        caseflow.allocate(file=known.file, worker=city.social_worker.worker.pk, by=manager.actor)
    known.entry = say(known.file, NoteWritten(text=scene.plant(f"note {known.relation}")), manager.actor)


def say(file: int, body: Body, by: Actor, label: int = -1) -> int:
    """Sign one entry, with a label of its own; returns its number."""
    at = from_datetime(clock.now())
    draft = Draft(file=file, body=body, day=day_of(at), at=at, label=label)
    return write([draft], by=by, may="note.write")[0].id


LABELLED = (
    Label.ADOPTION, Label.ALLEGATION, Label.INFORMANT, Label.THIRD_PARTY, Label.PRIVATE_SUPERVISION, Label.STAFF_VOICE,
)  # fmt: skip


def label_words(label: Label) -> str:
    """The label as the rules of reading call it."""
    return label.name.lower().replace("_", " ")


def _plant_in_own(scene: Scene) -> None:
    """In the file that most people may open: entries that only some of them may read."""
    file, by = scene.children["own"].file, scene.city.assessment_manager.actor
    for label in LABELLED:
        say(file, NoteWritten(text=scene.plant(label_words(label))), by, int(label))
    hidden = ProtectedAddressRecorded(
        line=f"17 {scene.plant('protected address')} Lane", postcode="", reason="Danger."
    )
    first = say(file, hidden, by)
    moved = ProtectedAddressRecorded(
        line=f"18 {scene.plant('corrected protected address')} Lane", reason="Danger."
    )
    _correct(first, file, moved, by)
    scene.misfiled = say(file, NoteWritten(text=scene.plant("withdrawn")), by)
    _correct(scene.misfiled, file, NoteWritten(text=scene.plant("withdrawn correction")), by)
    _anonymous(scene)


def _correct(entry: int, file: int, said: Body, by: Actor) -> None:
    journal.correct_entry(
        file=file, entry=entry, seen=entry, said=said, day=clock.today().toordinal(), at=from_datetime(clock.now()),
        reasons="Misread.", by=by,
    )  # fmt: skip


def withdraw(scene: Scene) -> None:
    """Somebody notices that one entry of the own child is another family's."""
    file, by = scene.children["own"].file, scene.city.assessment_manager.actor
    journal.withdraw_entry(file=file, entry=scene.misfiled, belongs_in=0, reasons="Another family.", by=by)


def _anonymous(scene: Scene) -> None:
    """A neighbour tells of the same child; nobody beyond the front door and managers learns who it was."""
    file = scene.children["own"].file
    contact = ContactReceived(
        team=0, source="1D", channel="telephone", saw="A neighbour is worried.", professional=False,
        referrer_name=scene.plant("informant name"), referrer_phone=scene.plant("informant telephone"),
    )  # fmt: skip
    told = Told(children=[ChildTold(identity=IdentityRecorded(), file=file)], contact=contact)
    scene.neighbours = raise_concern(told, by=ONLINE_FORM).concern


def _join(scene: Scene) -> None:
    """The own child has a brother or sister whose file is restricted, and may be the same as a sealed one."""
    children, by = scene.children, scene.city.head_of_service.actor
    for relation in ("restricted", "sealed"):
        body = RelationshipRecorded(relation="brother or sister", other_file=children[relation].file)
        say(children["own"].file, body, by)
    flagged = PossibleDuplicateFound(other_file=children["closed"].file, why=("family name: alike",))
    children["other agency"].duplicate = say(children["other agency"].file, flagged, by)
    assert Duplicate.objects.filter(entry=children["other agency"].duplicate).exists()


def _ask_for_a_place(scene: Scene) -> None:
    """The own child is asked for at a service of the provider."""
    offering.directory()
    known, worker = scene.children["own"], scene.city.social_worker
    service = offering.named("Evening parenting course")
    written = requests.ask_for_place(
        family=offering.family(worker, known.file), service=service, asking=offering.ASKING, by=worker.actor
    )
    scene.service, known.request = service.pk, written[0].id
    scene.intake = Intake.objects.get().pk


def _restrict(scene: Scene) -> None:
    head = scene.city.head_of_service
    for relation, kind in (("restricted", 1), ("sealed", 2)):
        known = scene.children[relation]
        for file in (known.file, known.concern) if relation == "sealed" else (known.file,):
            reach.restrict(file=file, kind=kind, reason="Invented.", may_open=[head.worker.pk], by=head.actor)


def _numbers(known: Known) -> None:
    """The numbers of rows that are worked out."""
    if known.relation == "not there":
        return
    known.due = _first(Timescale, known.file)
    known.doubt = _first(Doubt, known.file)


def _first(model: type[Timescale] | type[Doubt], file: int) -> int:
    found = model.objects.filter(person=file).order_by("pk").values_list("pk", flat=True)
    return found.first() or NOT_THERE


def without_tokens(answer: Any) -> bytes:
    """What was answered, less the token against forged requests, which is another each time."""
    import re

    return re.sub(rb'(csrfmiddlewaretoken" value=")[^"]*', rb"\1", bytes(answer.content))
