"""Everything open that names a team, kind by kind: it is there before a cut-over, and names no ended team after it.

Each registered kind needs an example here, and each column that names a team is registered: one that is not fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from rightplace.common.caseflow import moving
from rightplace.common.caseflow.actions import accept_child, offer_child, place_child
from rightplace.common.caseflow.moving import counted, movings
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.tests.children_offered import at_the_front_door, offered
from rightplace.common.questions.models import Draft as FormBegun
from rightplace.domain.practice.entries import Body, Draft, FileKind
from rightplace.domain.practice.entries.caseflow import TeamOffered
from rightplace.domain.practice.entries.contact import (
    ContactDecided,
    ContactReceived,
    Level,
    ReferrerTold,
    Route,
)
from rightplace.domain.practice.entries.directory import ServiceRequested
from rightplace.domain.practice.entries.familysupport import FamilySupportBegan
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.domain.practice.entries.protection import StrategyDecided
from rightplace.domain.practice.entries.questions import Topic
from rightplace.domain.practice.entries.signals import SignalTakenUp
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import RULES, Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.models import Entry
from rightplace.foundation.journal.projections import Span, Timescale
from rightplace.foundation.journal.writing import NewFile, new_id, write
from rightplace.foundation.organisation import actions, clock, serving
from rightplace.foundation.organisation.models import Area, Rota, School, Team
from rightplace.foundation.organisation.programme.actions import (
    begin_programme,
    say_team_lineage,
    set_first_day,
)
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.cutover import planning, receiving, running
from rightplace.services.cutover.models import Cutover
from rightplace.services.cutover.rehearsing import teams_moved
from rightplace.services.cutover.tests.families import FIRST_DAY, MIDNIGHT, Scene, now_of, rehearsed, scene_of
from rightplace.services.frontdoor.following import who_answers
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.partnership.actions import raise_dispute
from rightplace.services.schools.actions import ask
from rightplace.services.schools.projections import Question
from rightplace.services.signals.models import Family as Noticed
from rightplace.services.signals.policy import decides_for_the_area
from rightplace.services.supervision.actions import plan_session
from rightplace.services.supervision.models import Session
from rightplace.services.workforce.full import say_full
from rightplace.services.workforce.models import FullSaid
from rightplace.testing.organisation import MORNING, Colleague, colleague, small_city

TAKEN_UP = SignalTakenUp(
    told=("Away on Mondays",), kinds=("attendance",), first_noticed=date(2026, 2, 1), last_noticed=date(2026, 3, 1),
    reasons="Seldom at school.",
)  # fmt: skip
SIX = MIDNIGHT + timedelta(hours=6)


@dataclass
class Ending:
    """A family support team and a front door that both go on in another, and the people of the new front door."""

    scene: Scene
    door: Team
    door_manager: Colleague
    door_worker: Colleague
    undecided: int = 0

    def sign(self, file: int, *bodies: Body, by: Actor | None = None, new: bool = False) -> list[int]:
        at, ids = from_datetime(clock.now()), [new_id() for _ in bodies]
        drafts = [
            Draft(file=file, body=body, day=day_of(at), at=at, id=number)
            for body, number in zip(bodies, ids, strict=True)
        ]
        by = by or self.scene.city.family_support_manager.actor
        write(drafts, by=by, may="offer.place", opening=[NewFile(file)] if new else ())
        return ids


@pytest.fixture
def ending(db: None) -> Iterator[Ending]:
    with clock.clock_at(MORNING):
        yield _ending(scene_of(small_city()))


def _ending(scene: Scene) -> Ending:
    city = scene.city
    door = actions.open_team(
        agency=city.authority, name="Front door two", kind="front_door", begins=clock.today(), by=RULES
    )
    manager = colleague("Della Wick", door, RoleCode.FRONT_DOOR_MANAGER)
    worker = colleague("Joss Marl", door, RoleCode.FRONT_DOOR_WORKER)
    return Ending(scene, door, manager, worker)


def a_contact(ending: Ending) -> None:
    """A concern that the front door has still to decide, and its child."""
    city, concern, child = ending.scene.city, new_id(), new_id()
    said = ContactReceived(
        team=city.front_door.pk, source="2A", channel="online", saw="Often hungry.", children=(child,)
    )
    at = from_datetime(clock.now())
    own = IdentityRecorded(given="Nia", family="Rowbotham", born=date(2017, 3, 1))
    write(
        [
            Draft(file=concern, body=said, day=day_of(at), at=at, filekind=FileKind.CONCERN),
            Draft(file=child, body=own, day=day_of(at), at=at),
            Draft(file=child, body=said, day=day_of(at), at=at, concern=concern),
        ],
        by=city.front_door_manager.actor, may="contact.decide",
        opening=[NewFile(concern, FileKind.CONCERN), NewFile(child)],
    )  # fmt: skip
    ending.undecided = child


def a_question(ending: Ending) -> None:
    city = ending.scene.city
    school = School.objects.get(area_id=1)
    actions.set_link_person(
        school=school,
        worker=ending.scene.old_worker.worker,
        begins=clock.today(),
        by=city.administrator.actor,
    )
    ask(
        school=school,
        topic=Topic.FAMILY,
        question="Who helps the family of Form 3?",
        by=city.head_teacher.actor,
    )


def begins_support(ending: Ending) -> None:
    for child in ending.scene.families[0]:
        ending.sign(child, FamilySupportBegan(agreed_by="mother", lead=ending.scene.along.worker.pk))


def a_strategy(ending: Ending) -> None:
    ending.sign(ending.scene.families[0][0], StrategyDecided(reasons="Bruises.", called=()))


def a_place(ending: Ending) -> None:
    body = ServiceRequested(
        service=1, agency=ending.scene.city.provider.team.agency_id or 0, need="Sleep", sent="One child.",
        basis="consent", purpose="support", agreed_by="mother",
    )  # fmt: skip
    ending.sign(ending.scene.families[0][1], body)


def a_dispute(ending: Ending) -> None:
    city = ending.scene.city
    dispute = raise_dispute(
        against=city.police.team.agency, about="case", subject="answer", words="It came late.",
        by=city.head_teacher.actor,
    )  # fmt: skip
    type(dispute).objects.filter(pk=dispute.pk).update(raised_in_team=ending.scene.old.pk)


def a_full_worker(ending: Ending) -> None:
    say_full(because="Two court cases.", by=ending.scene.along.actor)


def a_session(ending: Ending) -> None:
    manager = ending.scene.city.family_support_manager.actor
    for who in (ending.scene.along, ending.scene.old_worker):
        plan_session(worker=who.worker.pk, on=FIRST_DAY + timedelta(days=2), by=manager)


def nothing(ending: Ending) -> None:
    """The scene has it."""


def an_offer_out(ending: Ending) -> None:
    offer_child(
        file=ending.scene.families[2][0], team=ending.scene.city.assessment.pk, for_what="assessment",
        reasons="Worse.", by=ending.scene.city.family_support_manager.actor,
    )  # fmt: skip


def an_offer_in(ending: Ending) -> None:
    city = ending.scene.city
    with clock.clock_at(clock.now() - timedelta(minutes=1)):
        child = at_the_front_door(city)
    place_child(
        file=child, team=city.assessment.pk, for_what="assessment", reasons="Worse.",
        by=city.head_of_service.actor,
    )  # fmt: skip
    with clock.clock_at(clock.now() + timedelta(seconds=1)):
        offer_child(
            file=child, team=ending.scene.old.pk, for_what="family support", reasons="Better.",
            by=city.assessment_manager.actor,
        )  # fmt: skip


def a_spell(ending: Ending) -> None:
    Rota.objects.create(
        team=ending.scene.old, worker=ending.scene.along.worker, begins_at=MIDNIGHT, ends_at=SIX + timedelta(hours=3),
        recorded_at=clock.now(), recorded_by=ending.scene.along.worker,
    )  # fmt: skip


def a_form(ending: Ending) -> None:
    now = clock.now()
    FormBegun.objects.create(
        worker=ending.scene.old_worker.worker.pk, question_set="x", version=1, begun=now, saved=now,
        expires=now + timedelta(days=60),
    )  # fmt: skip


def an_area_taken(ending: Ending) -> None:
    serving.take_area(
        team=ending.scene.old, area=Area.objects.get(pk=2), begins=clock.today(),
        by=ending.scene.city.administrator.actor,
    )  # fmt: skip


EXAMPLES: dict[str, Callable[[Ending], None]] = {
    "Contacts to decide, with their checks": a_contact,
    "Questions of schools to answer": a_question,
    "Family support that goes on": begins_support,
    "Strategy discussions": a_strategy,
    "Places asked for": a_place,
    "Disputes with other agencies": a_dispute,
    "Workers who said to be full": a_full_worker,
    "Supervision that is planned": a_session,
    "Children and their timescales": nothing,
    "Offers to other teams": an_offer_out,
    "Areas that the old teams served": nothing,
    "Areas that the old teams had taken": an_area_taken,
    "Areas that no team of the kind goes on with": nothing,
    "Schools’ link persons": nothing,
    "Offers that wait for an answer": an_offer_in,
    "Spells on the rota": a_spell,
    "Forms begun and not signed": a_form,
    "Posts of the old teams": nothing,
}
ONLY_PEOPLE = {"Forms begun and not signed", "Posts of the old teams"}
NOT_HERE = {"Posts of the old teams", "Areas that no team of the kind goes on with"}


def cut_over(ending: Ending) -> Cutover:
    """Planned, accepted by both managers, rehearsed, begun."""
    scene, head = ending.scene, ending.scene.city.head_of_service
    programme = begin_programme(
        title="Two teams fewer", purpose="One of each.", lead=head.worker, begins=clock.today(), by=head.actor
    )
    set_first_day(programme=programme, on=FIRST_DAY, by=head.actor)
    for before, after in ((scene.old, scene.new), (scene.city.front_door, ending.door)):
        say_team_lineage(
            programme=programme, before=before, after=after, kind="merged", because="One team.", by=head.actor
        )
    programme.refresh_from_db()
    cutover = planning.begin_cutover(programme=programme, by=head.actor)
    planning.make_plan(cutover=cutover, by=head.actor)
    for row in cutover.families.filter(state="unplaced"):
        new = scene.new if row.from_team_id == scene.old.pk else ending.door
        worker = scene.new_worker if new == scene.new else ending.door_worker
        planning.choose(family=row, team=new, worker=worker.worker, by=head.actor)
    planning.offer_families(cutover=cutover, by=head.actor)
    for before, manager, spoke in (
        (scene.old, scene.manager, scene.city.family_support_manager),
        (scene.city.front_door, ending.door_manager, scene.city.front_door_manager),
    ):
        rows = list(cutover.families.filter(from_team=before).values_list("pk", flat=True))
        if not rows:
            continue
        receiving.accept_families(
            cutover=cutover, from_team=before, families=rows, spoke_with=spoke.worker, spoke_on=clock.today(),
            by=manager.actor,
        )  # fmt: skip
    return cutover


def settle_offers_out(ending: Ending) -> None:
    """The other team answers first: a child who is offered elsewhere moves there, and not with the team."""
    waiting = Offer.objects.get(
        state="open", from_team=ending.scene.old.pk, team=ending.scene.city.assessment.pk
    )
    accept_child(file=waiting.file, offer=waiting.id, by=ending.scene.city.assessment_manager.actor)


@pytest.fixture
def everything(ending: Ending) -> Iterator[tuple[Ending, Cutover, dict[str, int]]]:
    """One of each kind; the cut-over is ready to run."""
    for build in EXAMPLES.values():
        build(ending)
    with clock.clock_at(clock.now() + timedelta(minutes=1)):
        yield _ready(ending)


def _ready(ending: Ending) -> tuple[Ending, Cutover, dict[str, int]]:
    cutover = cut_over(ending)
    before = counted(teams_moved(cutover))
    settle_offers_out(ending)
    head = ending.scene.city.head_of_service.actor
    planning.make_plan(cutover=cutover, by=head)
    assert rehearsed(ending.scene, cutover)
    running.begin_run(cutover=cutover, by=head)
    cutover.refresh_from_db()
    return ending, cutover, before


def test_each_registered_kind_has_an_example():
    assert {each.name for each in movings()} == set(EXAMPLES)


def test_each_column_that_names_a_team_says_what_becomes_of_it():
    assert moving.unregistered() == set()
    assert len(moving.columns_of_teams()) > 30


@isolate_apps("rightplace.services.workforce")
def test_a_new_model_with_a_team_that_registers_nothing_is_found():
    class NewThing(models.Model):
        """A service's next table."""

        team = models.ForeignKey("organisation.Team", on_delete=models.PROTECT, related_name="+")
        asked_in_team = models.BigIntegerField()
        teams_told = models.ManyToManyField("organisation.Team")
        name = models.CharField(max_length=5)

        __module__ = "rightplace.services.workforce.models"

        class Meta:
            app_label = "workforce"

    names = {f"workforce.NewThing.{each}" for each in ("team", "asked_in_team", "teams_told")}
    assert moving.unregistered([NewThing, FullSaid]) == names


def test_after_a_cut_over_nothing_open_names_a_team_that_ended(everything):
    ending, cutover, before = everything
    assert {name for name, number in before.items() if not number} <= NOT_HERE, before
    with clock.clock_at(SIX):
        ran = running.run_batch(cutover)
        cutover.refresh_from_db()
        assert (ran.refused, ran.left) == (0, 0), cutover.families.values("refused", "state")
        after = counted(teams_moved(cutover))
        assert {name for name, number in after.items() if number} <= ONLY_PEOPLE, after
        assert cutover.finished_at is not None
        for team in (ending.scene.old, ending.scene.city.front_door):
            actions.end_team(team=team, on=clock.today(), by=ending.scene.city.administrator.actor)
        there = who_answers(ending.scene.city.front_door.pk)
        assert there == ending.door, "whoever told of a concern reads a team that is there, and its telephone"


def test_no_column_of_an_open_row_names_a_team_that_ended(everything):
    """The tables themselves are asked, not the kinds: whoever forgets a state of a row is caught here."""
    ending, cutover, _ = everything
    ended = {ending.scene.old.pk, ending.scene.city.front_door.pk}
    with clock.clock_at(SIX):
        running.run_batch(cutover)
    new = {ending.scene.new.pk, ending.door.pk, ending.scene.city.assessment.pk}
    still_open = {
        "frontdoor_contact": "decided IS NULL", "schools_question": "answered IS NULL", "directory_request": "true",
        "protection_strategy": "held IS NULL", "familysupport_support": "ended IS NULL",
        "supervision_session": "held_on IS NULL AND put_off_at IS NULL", "caseflow_offer": "state = 'open'",
        "workforce_fullsaid": "answered_at IS NULL", "organisation_rota": "true",
    }  # fmt: skip
    with connection.cursor() as cursor:
        for table, where in still_open.items():
            column = "team_id" if table.startswith(("supervision", "workforce", "organisation")) else "team"
            cursor.execute(f"SELECT {column} FROM {table} WHERE {where}")
            found = {row[0] for row in cursor.fetchall()}
            assert found, table
            assert not found & ended, table
            assert found <= new, table


def test_what_moves_keeps_its_day_and_its_words(everything):
    ending, cutover, _ = everything
    contact, question = Contact.objects.get(decided=None), Question.objects.get()
    clocks = set(Timescale.objects.filter(concern=True).values_list("person", "rule", "due", "met"))
    with clock.clock_at(SIX):
        running.run_batch(cutover)
    later, asked = Contact.objects.get(decided=None), Question.objects.get()
    assert (later.due, later.received, later.team) == (contact.due, contact.received, ending.door.pk)
    assert (asked.due, asked.climbs, asked.link) == (
        question.due,
        question.climbs,
        ending.scene.manager.worker.pk,
    )
    assert set(Timescale.objects.filter(concern=True).values_list("person", "rule", "due", "met")) == clocks


def test_supervision_with_another_supervisor_is_planned_anew_and_empty(everything):
    ending, cutover, _ = everything
    with clock.clock_at(SIX):
        running.run_batch(cutover)
    along = Session.objects.get(supervisee=ending.scene.along.worker, put_off_at=None)
    old = Session.objects.get(supervisee=ending.scene.along.worker, put_off="reorganised")
    assert (along.supervisor, along.planned_on) == (ending.scene.manager.worker, old.planned_on)
    assert not along.words.exists()
    assert bytes(along.salt) != bytes(old.salt)


def test_a_contact_of_the_old_front_door_is_decided_by_the_new_one_and_the_child_can_leave_there(everything):
    ending, cutover, _ = everything
    with clock.clock_at(SIX):
        running.run_batch(cutover)
        assert now_of(ending.undecided).team == ending.door.pk
        contact = Entry.objects.get(file=ending.undecided, kind=ContactReceived.number).id
        decided = ContactDecided(
            contact=contact, level=Level.UNIVERSAL, indicators=("parenting.health.unwell",),
            route=Route.NO_FURTHER_ACTION, reasons="All is well.", alternatives="None.", unseen_reason="A call.",
            lawful_basis="public task", family_told="told and agrees",
        )  # fmt: skip
        told = ReferrerTold(contact=contact, outcome="no further action", text="Thank you.")
        ending.sign(ending.undecided, decided, told, by=ending.door_manager.actor)
        assert not Span.objects.filter(
            person=ending.undecided, begins__lte=clock.now(), ends=None, open=True
        ).exists()


def test_what_was_taken_up_and_waits_for_the_old_manager_moves_with_the_family(ending: Ending):
    """The next manager's yes to the family is the yes that was asked of the old one."""
    file, old = new_id(), ending.scene.old
    worker = ending.scene.old_worker.actor
    own = IdentityRecorded(given="Ines", family="Rowbotham", born=date(2018, 3, 1))
    at, taken = from_datetime(clock.now()), new_id()
    asks = TeamOffered(team=old.pk, for_what="family support", because_of=taken)
    drafts = [
        Draft(file=file, body=body, day=day_of(at), at=at, id=taken if body is TAKEN_UP else 0)
        for body in (own, TAKEN_UP, asks)
    ]
    write(drafts, by=worker, may="signal.decide", opening=[NewFile(file)])
    assert Offer.objects.get(file=file).state == "open"
    cutover = cut_over(ending)
    assert rehearsed(ending.scene, cutover)
    running.begin_run(cutover=cutover, by=ending.scene.city.head_of_service.actor)
    cutover.refresh_from_db()
    with clock.clock_at(SIX):
        assert running.run_batch(cutover).refused == 0
        span = now_of(file)
    assert (span.team, span.begins) == (ending.scene.new.pk, MIDNIGHT)
    assert set(Offer.objects.filter(file=file).values_list("state", flat=True)) == {"withdrawn", "accepted"}


def test_a_child_offered_between_two_teams_that_end_is_offered_between_the_next(ending: Ending):
    child = offered(ending.scene.city, ending.scene.old).file
    cutover = cut_over(ending)
    assert rehearsed(ending.scene, cutover)
    running.begin_run(cutover=cutover, by=ending.scene.city.head_of_service.actor)
    cutover.refresh_from_db()
    with clock.clock_at(SIX):
        assert running.run_batch(cutover).refused == 0
        assert now_of(child).team == ending.door.pk
        waits = Offer.objects.get(file=child, state="open")
    assert (waits.team, waits.from_team) == (ending.scene.new.pk, ending.door.pk)


def test_a_team_cannot_end_while_something_waits_with_it(ending: Ending):
    a_full_worker(ending)
    team = actions.open_team(
        agency=ending.scene.city.authority, name="Spare", kind="assessment", begins=clock.today(), by=RULES
    )
    FullSaid.objects.update(team=team)
    with pytest.raises(Refused, match=r"Workers who said to be full \(1\)"):
        actions.end_team(team=team, on=clock.today(), by=ending.scene.city.administrator.actor)


def test_families_noticed_early_in_the_area_of_a_team_that_ended_find_the_team_that_goes_on(everything):
    """No signal falls to nobody: the next team sees it, may decide of it, and finds it on its pages."""
    ending, cutover, _ = everything
    noticed = Noticed.objects.create(pk=7, area=1, begun=clock.now(), salt=b"salt")
    manager = ending.scene.manager.actor
    assert not scope(manager, Noticed).filter(pk=7).exists()
    with clock.clock_at(SIX):
        running.run_batch(cutover)
        assert scope(manager, Noticed).filter(pk=7).exists()
        assert decides_for_the_area(manager, noticed)
    assert {1, 2} <= set(serving.areas_of(ending.scene.new, FIRST_DAY))
