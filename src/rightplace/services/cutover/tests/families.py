"""Invented families with a team that dissolves, written straight into the journal; by chance, and the same for a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from rightplace.common.caseflow.queries import held_at
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.caseflow import TeamAccepted, TeamOffered, WorkerAllocated
from rightplace.domain.practice.entries.contact import ContactDecided, ContactReceived, Level, Route
from rightplace.domain.practice.entries.identity import IdentityRecorded, RelationshipRecorded
from rightplace.domain.practice.workdays import MINUTE, day_of, from_datetime
from rightplace.foundation.access.actor import RULES
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.journal.writing import NewFile, new_id, write
from rightplace.foundation.organisation import actions, clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.programme.actions import (
    begin_programme,
    say_team_lineage,
    set_first_day,
)
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.cutover import planning, receiving, rehearsing, running
from rightplace.services.cutover.models import Cutover, FamilyMove
from rightplace.testing.organisation import LONG_AGO, MORNING, Colleague, SmallCity, colleague

FIRST_DAY = date(2026, 4, 1)
MIDNIGHT = datetime.fromisoformat("2026-04-01T00:00:00+01:00")
GIVEN = ("Asha", "Ben", "Chidi", "Dot", "Ewa", "Finn", "Gita", "Hal")


@dataclass
class Scene:
    """A family support team that goes on in another, its people, and its families (each a list of files)."""

    city: SmallCity
    old: Team
    new: Team
    old_worker: Colleague
    along: Colleague
    new_worker: Colleague
    families: list[list[int]]

    @property
    def children(self) -> list[int]:
        return [child for family in self.families for child in family]

    @property
    def manager(self) -> Colleague:
        return self.city.other_family_support_manager


def scene_of(city: SmallCity, families: Sequence[int] = (2, 1, 1)) -> Scene:
    """So many children in each family; one worker moves along, one stays behind, one waits in the new team."""
    old, new = city.family_support, city.other_family_support
    along = colleague("Piotr Wren", old, RoleCode.FAMILY_SUPPORT_WORKER)
    fresh = colleague("Ottilie Grange", new, RoleCode.FAMILY_SUPPORT_WORKER)
    actions.join_team(
        worker=along.worker, team=new, role=RoleCode.FAMILY_SUPPORT_WORKER, begins=FIRST_DAY, by=RULES
    )
    scene = Scene(city, old, new, city.family_support_worker, along, fresh, [])
    chance = Random(len(families))
    for number, size in enumerate(families):
        worker = (scene.along, scene.old_worker, None)[number % 3]
        scene.families.append(family_with(scene, size, worker, chance))
    return scene


def family_with(scene: Scene, size: int, worker: Colleague | None, chance: Random) -> list[int]:
    """Brothers and sisters whom the front door offered and the old team accepted, some days ago."""
    city, files = scene.city, [new_id() for _ in range(size)]
    at = from_datetime(clock.now() - timedelta(days=chance.randint(3, 60), minutes=chance.randint(0, 600)))
    door, manager = city.front_door_manager.actor, city.family_support_manager.actor
    for place, file in enumerate(files):
        contact, offer = new_id(), new_id()
        told: list[tuple[Body, int, int]] = [
            (
                IdentityRecorded(
                    given=GIVEN[place % 8], family="Thornbury", born=date(2016 + place % 6, 2, 1)
                ),
                0,
                0,
            ),
            (
                ContactReceived(team=city.front_door.pk, source="2A", channel="online", saw="Often hungry."),
                contact,
                0,
            ),
            (_decided(contact), 0, MINUTE),
            (
                TeamOffered(team=scene.old.pk, for_what="family support", because_of=contact),
                offer,
                2 * MINUTE,
            ),
        ]
        if place:
            told.append((RelationshipRecorded(relation="brother or sister", other_file=files[0]), 0, 0))
        _sign(file, told, at, door, opening=True)
        held: list[tuple[Body, int, int]] = [(TeamAccepted(offer=offer), 0, 3 * MINUTE)]
        if worker is not None:
            held.append((WorkerAllocated(worker=worker.worker.pk), 0, 4 * MINUTE))
        _sign(file, held, at, manager)
    return files


def _decided(contact: int) -> ContactDecided:
    return ContactDecided(
        contact=contact, level=Level.ADDITIONAL, indicators=("parenting.health.unwell",),
        route=Route.FAMILY_SUPPORT, reasons="The mother is unwell.", alternatives="Advice.",
        lawful_basis="public task", family_told="told and agrees",
    )  # fmt: skip


def _sign(
    file: int, told: Sequence[tuple[Body, int, int]], at: int, by: object, opening: bool = False
) -> None:
    drafts = [
        Draft(file=file, body=body, day=day_of(at + later), at=at + later, id=number)
        for body, number, later in told
    ]
    write(drafts, by=by, may="offer.place", opening=[NewFile(file)] if opening else ())  # type: ignore[arg-type]


def a_programme(scene: Scene) -> Programme:
    """The programme in which the old team goes on in the new one, with its first day."""
    head = scene.city.head_of_service
    programme = begin_programme(
        title="One family support team", purpose="One team.", lead=head.worker, begins=LONG_AGO, by=head.actor
    )
    set_first_day(programme=programme, on=FIRST_DAY, by=head.actor)
    say_team_lineage(
        programme=programme,
        before=scene.old,
        after=scene.new,
        kind="merged",
        because="One team.",
        by=head.actor,
    )
    programme.refresh_from_db()
    return programme


def planned(scene: Scene) -> Cutover:
    """The programme, its cut-over, and a first plan."""
    head = scene.city.head_of_service
    cutover = planning.begin_cutover(programme=a_programme(scene), by=head.actor)
    planning.make_plan(cutover=cutover, by=head.actor)
    return cutover


def accepted(scene: Scene, cutover: Cutover) -> None:
    """Confirmed by the head of service and accepted by the new team's manager, after one conversation."""
    planning.offer_families(cutover=cutover, by=scene.city.head_of_service.actor)
    waiting = list(cutover.families.filter(state="offered").values_list("pk", flat=True))
    receiving.accept_families(
        cutover=cutover, from_team=scene.old, families=waiting, by=scene.manager.actor,
        spoke_with=scene.city.family_support_manager.worker, spoke_on=clock.today(),
    )  # fmt: skip


def rehearsed(scene: Scene, cutover: Cutover) -> bool:
    head = scene.city.head_of_service.actor
    found = rehearsing.rehearse(rehearsing.ask_for_rehearsal(cutover=cutover, by=head), head)
    if not found.succeeded:
        print(found.missing, found.refusals, found.moved_besides)
    return found.succeeded


def begun(scene: Scene) -> Cutover:
    """Ready to run: planned, accepted, rehearsed and begun."""
    cutover, head = planned(scene), scene.city.head_of_service.actor
    for row in cutover.families.filter(state="unplaced"):
        planning.choose(family=row, team=scene.new, worker=scene.new_worker.worker, by=head)
    accepted(scene, cutover)
    assert rehearsed(scene, cutover), cutover.rehearsals.values("missing", "refusals", "moved_besides")
    running.begin_run(cutover=cutover, by=head)
    cutover.refresh_from_db()
    return cutover


def now_of(file: int) -> Span:
    return Span.objects.get(held_at(clock.now()), person=file)


def rows_of(cutover: Cutover) -> list[FamilyMove]:
    return list(cutover.families.order_by("family"))


__all__ = ["MORNING"]
