"""What a dissolving team owns besides its children finds its owner: schools, offers, who leads a family."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rightplace.common.caseflow.actions import offer_child
from rightplace.common.caseflow.moving import ChildMoved, TeamsMoved, bodies_of
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.tests.children_offered import at_the_front_door
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import actions, clock, queries
from rightplace.foundation.organisation.models import School, Team
from rightplace.services.cutover import running
from rightplace.services.cutover.movings import areas_of_another_kind
from rightplace.services.cutover.tests.families import FIRST_DAY, MIDNIGHT, Scene, begun, now_of


def test_no_school_is_without_a_link_person_on_any_day(scene: Scene):
    school = School.objects.get(area_id=1)
    actions.set_link_person(
        school=school, worker=scene.old_worker.worker, begins=clock.today(), by=scene.city.administrator.actor
    )
    cutover = begun(scene)
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        running.run_batch(cutover)
        actions.end_team(team=scene.old, on=clock.today(), by=scene.city.administrator.actor)
    before = queries.link_person(school.pk, FIRST_DAY - timedelta(days=1))
    after = queries.link_person(school.pk, FIRST_DAY)
    assert before == scene.old_worker.worker
    assert after == scene.manager.worker
    days = [queries.link_person(school.pk, FIRST_DAY + timedelta(days=n)) for n in range(-5, 60)]
    assert None not in days


def test_an_area_whose_team_ends_is_served_by_the_team_that_goes_on(scene: Scene):
    """What is noticed, asked and offered in the area finds somebody on each day, and so do its schools."""
    city, old, new = scene.city, scene.old, scene.new
    Team.objects.filter(pk=new.pk).update(area=9)
    for each in Team.objects.filter(kind=old.kind, area=1).exclude(pk=old.pk):
        Team.objects.filter(pk=each.pk).update(area=5)
    cutover = begun(scene)
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        with pytest.raises(Refused):
            actions.end_team(team=old, on=clock.today(), by=city.administrator.actor)
        running.run_batch(cutover)
        actions.end_team(team=old, on=clock.today(), by=city.administrator.actor)
        manager = replace(scene.manager.actor, area=9)
        assert scope(manager, School).filter(area_id=1).exists()
    assert queries.team_for(1, old.kind, FIRST_DAY - timedelta(days=1)) == old
    assert queries.team_for(1, old.kind, FIRST_DAY) == new


def test_a_team_for_the_whole_city_asks_which_team_takes_each_area_and_stays_until_then(scene: Scene):
    city, old, new = scene.city, scene.old, scene.new
    Team.objects.filter(kind=old.kind).exclude(pk__in=(old.pk, new.pk)).delete()
    Team.objects.filter(pk=old.pk).update(area=None)
    Team.objects.filter(pk=new.pk).update(area=9)
    moved = TeamsMoved(after={old.pk: new.pk}, on=FIRST_DAY, managers={}, kinds={new.pk: new.kind})
    assert list(areas_of_another_kind(moved)) == [old]
    cutover = begun(scene)
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        running.run_batch(cutover)
        with pytest.raises(Refused, match="and 14 other areas: what comes to it would find nobody"):
            actions.end_team(team=old, on=clock.today(), by=city.administrator.actor)
        Team.objects.filter(pk=new.pk).update(area=None)
        assert not areas_of_another_kind(moved).exists()
        actions.end_team(team=old, on=clock.today(), by=city.administrator.actor)


def test_an_offer_that_waits_is_made_to_the_team_that_goes_on_while_the_front_door_answers(scene: Scene):
    child = at_the_front_door(scene.city)
    offer_child(
        file=child, team=scene.old.pk, for_what="family support", reasons="Of your area.",
        by=scene.city.front_door_worker.actor,
    )  # fmt: skip
    cutover = begun(scene)
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        running.run_batch(cutover)
        assert now_of(child).team == scene.city.front_door.pk
        assert list(Offer.objects.filter(file=child, state="open").values_list("team", flat=True)) == [
            scene.new.pk
        ]
        running.move_besides(cutover, scene.city.head_of_service.actor)
    assert Offer.objects.filter(file=child).count() == 2
    assert dict(cutover.besides.values_list("name", "number"))["Offers that wait for an answer"] == 1


def test_a_family_that_nobody_leads_has_nothing_to_hand_on(scene: Scene):
    child = scene.families[0][0]
    moved = ChildMoved(child, scene.old.pk, scene.new.pk, scene.along.worker.pk, scene.new_worker.worker.pk)
    assert bodies_of(moved) == []
