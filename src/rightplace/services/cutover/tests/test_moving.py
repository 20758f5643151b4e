"""From plan to finish: nothing moves without acceptance, every child has one team, and the days stand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.domain.practice.entries.caseflow import WorkerAllocated
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.models import Entry
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.organisation import actions, clock
from rightplace.services.cutover import planning, receiving, running
from rightplace.services.cutover.models import FamilyMove
from rightplace.services.cutover.tests.families import (
    MIDNIGHT,
    Scene,
    accepted,
    begun,
    now_of,
    planned,
    rehearsed,
    rows_of,
)
from rightplace.testing.organisation import sign_in


def test_each_open_child_of_the_old_team_is_in_one_family_of_the_plan(scene: Scene):
    cutover = planned(scene)
    rows = rows_of(cutover)
    assert sorted(child for row in rows for child in row.children) == sorted(scene.children)
    assert {tuple(sorted(row.children)) for row in rows} == {tuple(sorted(each)) for each in scene.families}
    assert {row.to_team_id for row in rows} == {scene.new.pk}


def test_a_worker_who_moves_along_keeps_the_family(scene: Scene):
    cutover = planned(scene)
    row = cutover.families.get(children__contains=[scene.families[0][0]])
    assert row.worker_id == scene.along.worker.pk
    assert "The family keeps its worker." in row.reasons


def test_until_a_manager_accepts_nothing_moves(scene: Scene):
    cutover = planned(scene)
    planning.offer_families(cutover=cutover, by=scene.city.head_of_service.actor)
    assert rehearsed(scene, cutover)
    running.begin_run(cutover=cutover, by=scene.city.head_of_service.actor)
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        cutover.refresh_from_db()
        ran = running.run_batch(cutover)
        assert (ran.families, ran.left) == (0, 3)
        assert {now_of(child).team for child in scene.children} == {scene.old.pk}
        with pytest.raises(Refused, match="still answers for 4 children"):
            actions.end_team(team=scene.old, on=clock.today(), by=scene.city.administrator.actor)


def test_before_the_first_day_nothing_moves(scene: Scene):
    cutover = begun(scene)
    with clock.clock_at(MIDNIGHT - timedelta(microseconds=1)):
        assert running.run_batch(cutover).families == 0
    assert not Entry.objects.filter(kind=WorkerAllocated.number, team=scene.new.pk).exists()


def test_on_the_first_day_every_child_moves_at_midnight_and_the_old_team_can_end(scene: Scene):
    cutover = begun(scene)
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        ran = running.run_batch(cutover)
        assert (ran.families, ran.children, ran.refused, ran.left) == (3, 4, 0, 0)
        for child in scene.children:
            span = now_of(child)
            assert (span.team, span.begins) == (scene.new.pk, MIDNIGHT)
            assert span.worker
        cutover.refresh_from_db()
        assert cutover.finished_at is not None
        actions.end_team(team=scene.old, on=clock.today(), by=scene.city.administrator.actor)


def test_why_the_worker_changed_is_recorded_by_the_statutory_code_and_only_where_it_changed(scene: Scene):
    cutover = begun(scene)
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        running.run_batch(cutover)
    changed = {}
    with reading.folding():
        for family in scene.families:
            for file, entries in reading.entries_of(reading.files_of_persons([family[0]])).items():
                last = [e.body for e in entries if isinstance(e.body, WorkerAllocated)][-1]
                changed[file] = (last.worker, last.change_reason)
    kept, other = scene.families[0][0], scene.families[1][0]
    assert changed[kept] == (scene.along.worker.pk, "")
    assert changed[other][1] == "ORGRST"


def test_brothers_and_sisters_move_in_one_occasion_signed_by_who_offered_and_who_accepted(scene: Scene):
    cutover = begun(scene)
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        running.run_batch(cutover)
    row = cutover.families.get(children__contains=[scene.families[0][0]])
    signed = Entry.objects.filter(occasion=row.occasion)
    assert set(signed.values_list("file", flat=True)) == set(scene.families[0])
    assert set(signed.values_list("kind", "author")) == {
        (40, scene.city.head_of_service.worker.pk), (42, scene.manager.worker.pk), (46, scene.manager.worker.pk)
    }  # fmt: skip


def test_every_day_on_which_something_was_due_stands(scene: Scene):
    key = ("person", "rule", "trigger", "about", "due", "due_statistics")
    before = set(Timescale.objects.filter(person__in=scene.children).values_list(*key))
    cutover = begun(scene)
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        running.run_batch(cutover)
    after = set(Timescale.objects.filter(person__in=scene.children).values_list(*key))
    assert before
    assert before <= after
    still_open = Timescale.objects.filter(person__in=scene.children, met=None, not_required_from=None)
    assert {row.rule for row in still_open}.isdisjoint({"OFFER", "ALLOCATE", "OFFER-READ-WORKER"})


def test_a_plan_that_was_not_rehearsed_does_not_run(scene: Scene):
    cutover = planned(scene)
    accepted(scene, cutover)
    head = scene.city.head_of_service.actor
    with pytest.raises(Refused, match="not been rehearsed"):
        running.begin_run(cutover=cutover, by=head)
    assert rehearsed(scene, cutover)
    row = cutover.families.exclude(worker=scene.new_worker.worker).first()
    assert row is not None
    planning.choose(family=row, team=scene.new, worker=scene.new_worker.worker, by=head)
    with pytest.raises(Refused, match="not been rehearsed"):
        running.begin_run(cutover=cutover, by=head)


def test_a_rehearsal_leaves_nothing_behind(scene: Scene):
    cutover = planned(scene)
    before = (Entry.objects.count(), sorted(map(str, FamilyMove.objects.values_list())))
    assert rehearsed(scene, cutover)
    assert (Entry.objects.count(), sorted(map(str, FamilyMove.objects.values_list()))) == before
    report = cutover.rehearsals.get()
    assert (report.families, report.children) == (3, 4)
    assert report.instants >= 4 * 4
    assert report.timescales > 0


def test_a_child_who_waits_for_another_teams_answer_is_told_by_the_rehearsal_and_the_offer_is_taken_back_there(
    scene: Scene,
):
    from rightplace.common.caseflow.actions import offer_child

    cutover = planned(scene)
    child, head = scene.families[1][0], scene.city.head_of_service.actor
    offer_child(
        file=child, team=scene.city.assessment.pk, for_what="assessment", reasons="Worse.",
        by=scene.city.family_support_manager.actor,
    )  # fmt: skip
    assert not rehearsed(scene, cutover)
    report = cutover.rehearsals.get()
    row = cutover.families.get(children__contains=[child])
    assert report.refusals == [[row.pk, "The child is already offered to a team that has not answered."]]
    with pytest.raises(Refused, match="has reasons"):
        planning.withdraw_offers(family=row, reasons=" ", by=head)
    with pytest.raises(NotAllowed):
        planning.withdraw_offers(family=row, reasons="It moves.", by=scene.manager.actor)
    shown = sign_in(Client(), scene.city.head_of_service).get(reverse("cutover:family", args=[row.pk]))
    assert "Area 1 assessment was asked on" in shown.content.decode()
    planning.withdraw_offers(family=row, reasons="The new team decides it with you.", by=head)
    assert planning.offers_elsewhere(row) == []
    assert now_of(child).team == scene.old.pk
    assert rehearsed(scene, cutover)


def test_a_family_that_is_sent_back_waits_for_another_place_and_is_planned_again(scene: Scene):
    cutover = planned(scene)
    planning.offer_families(cutover=cutover, by=scene.city.head_of_service.actor)
    row = cutover.families.filter(state="offered").first()
    assert row is not None
    receiving.send_family_back(family=row, why="conflict", by=scene.manager.actor)
    assert not rehearsed(scene, cutover)
    planning.choose(
        family=row, team=scene.new, worker=scene.new_worker.worker, by=scene.city.head_of_service.actor
    )
    row.refresh_from_db()
    assert (row.state, row.why) == ("proposed", "")


def test_nobody_but_the_receiving_manager_accepts_and_nobody_their_own_offer(scene: Scene):
    from rightplace.foundation.access.scope import NotAllowed

    cutover = planned(scene)
    planning.offer_families(cutover=cutover, by=scene.city.head_of_service.actor)
    rows = list(cutover.families.values_list("pk", flat=True))
    with pytest.raises((Refused, NotAllowed)):
        receiving.accept_families(
            cutover=cutover, from_team=scene.old, families=rows, spoke_with=scene.manager.worker,
            spoke_on=clock.today(), by=scene.city.family_support_manager.actor,
        )  # fmt: skip
    FamilyMove.objects.update(offered_by=scene.manager.membership)
    with pytest.raises(NotAllowed):
        receiving.accept_families(
            cutover=cutover, from_team=scene.old, families=rows, spoke_on=clock.today(), by=scene.manager.actor,
            spoke_with=scene.city.family_support_manager.worker,
        )  # fmt: skip


def test_what_happened_since_midnight_keeps_its_place_and_the_family_moves_now(scene: Scene):
    from rightplace.common.caseflow.actions import allocate

    cutover = begun(scene)
    child = scene.families[1][0]
    with clock.clock_at(MIDNIGHT + timedelta(hours=2)):
        allocate(file=child, worker=scene.along.worker.pk, by=scene.city.family_support_manager.actor)
    now = MIDNIGHT + timedelta(hours=6)
    with clock.clock_at(now):
        assert running.run_batch(cutover).refused == 0
        assert (now_of(child).team, now_of(child).begins) == (scene.new.pk, now)


def test_a_child_who_was_closed_meanwhile_is_left_out_and_the_family_moves(scene: Scene):
    from rightplace.common.caseflow.actions import place_child

    cutover = begun(scene)
    gone, stays = scene.families[0]
    place_child(
        file=gone, team=scene.city.assessment.pk, for_what="assessment", reasons="Worse.",
        by=scene.city.head_of_service.actor,
    )  # fmt: skip
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        running.run_batch(cutover)
        assert now_of(gone).team == scene.city.assessment.pk
        assert now_of(stays).team == scene.new.pk
    assert cutover.families.get(children__contains=[gone]).moved_children == [stays]


def test_a_run_that_is_stopped_goes_on_where_it_was(scene: Scene):
    cutover, head = begun(scene), scene.city.head_of_service.actor
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        ran = running.run_batch(cutover, told=lambda ran: running.stop_run(cutover=cutover, by=head))
        assert ran.families == 1
        cutover.refresh_from_db()
        assert running.run_batch(cutover).families == 0
        running.begin_run(cutover=cutover, by=head)
        cutover.refresh_from_db()
        assert running.run_batch(cutover).families == 2


def test_the_pace_is_kept(scene: Scene):
    cutover, head = begun(scene), scene.city.head_of_service.actor
    running.set_pace(cutover=cutover, pace=30, by=head)
    rested: list[float] = []
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        running.run_batch(cutover, rest=rested.append)
    assert len(rested) == 3
    assert all(1.0 < each <= 2.0 for each in rested)
