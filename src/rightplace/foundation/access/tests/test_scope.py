"""Rows and objects: denied by default, and told apart from a fault of the program."""

from __future__ import annotations

import pytest
from django.db.models import Q

from rightplace.foundation.access import scope as gate
from rightplace.foundation.access.actor import CIN_IMPORT, ONLINE_FORM, RULES, Actor
from rightplace.foundation.access.models import DemoMarker
from rightplace.foundation.access.permissions import Undeclared
from rightplace.foundation.access.tests import people
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode


@pytest.fixture
def registers(monkeypatch):
    monkeypatch.setattr(gate, "_scopes", {})
    monkeypatch.setattr(gate, "_relations", {})


def test_a_table_without_a_scope_shows_nothing_to_anybody_and_says_so(registers):
    with pytest.raises(Undeclared, match="DemoMarker has no scope"):
        gate.scope(RULES, DemoMarker)


def test_a_scope_narrows_every_question_to_the_rows_of_the_actor(db, registers):
    own, other = people.team(), people.team("care")
    gate.register_scope(Team, lambda actor: Q(pk=actor.team))
    actor = people.actor(RoleCode.SOCIAL_WORKER, own)
    assert list(gate.scope(actor, Team)) == [own]
    assert not gate.scope(actor, Team).filter(pk=other.pk).exists()


def test_nothing_and_everything_are_what_they_say(db, registers):
    people.team()
    gate.register_scope(Team, lambda actor: gate.EVERYTHING if actor.role == 50 else gate.NOTHING)
    head = Actor(worker=1, name="a", role=50)
    assert gate.scope(head, Team).count() == Team.objects.count() > 0
    assert gate.scope(Actor(worker=1, name="b", role=51), Team).count() == 0


def test_a_scope_is_registered_once(registers):
    gate.register_scope(Team, lambda actor: Q())
    with pytest.raises(ValueError, match="already has a scope"):
        gate.register_scope(Team, lambda actor: Q(pk=1))


def test_a_permission_for_an_object_needs_a_rule_that_somebody_registered(db, registers):
    own, other = people.team(), people.team("care")
    manager = people.actor(RoleCode.TEAM_MANAGER, own)
    with pytest.raises(Undeclared, match="register a relation"):
        gate.may(manager, "team.see", own)
    gate.register_relation(Team, "team.see", lambda actor, team: team.pk == actor.team)
    assert gate.may(manager, "team.see", own)
    assert not gate.may(manager, "team.see", other)
    with pytest.raises(gate.NotAllowed):
        gate.require(manager, "team.see", other)


def test_a_rule_for_an_object_gives_nothing_to_a_role_without_the_permission(db, registers):
    team = people.team()
    gate.register_relation(Team, "team.see", lambda actor, team: True)
    assert not gate.may(people.actor(RoleCode.LEAD_MEMBER, team), "team.see", team)


def test_a_rule_for_an_unknown_permission_is_a_fault(registers):
    with pytest.raises(Undeclared):
        gate.register_relation(Team, "team.burn", lambda actor, team: True)


def test_named_rules_are_workers_with_their_names(db):
    for rule in (ONLINE_FORM, RULES, CIN_IMPORT):
        assert Worker.objects.get(pk=rule.worker).name == rule.name
    assert RULES.is_rule and CIN_IMPORT.is_rule and not ONLINE_FORM.is_rule


def test_an_actor_is_a_worker_in_a_role_and_team_at_that_moment(db):
    team = people.team("front_door")
    actor = people.actor(RoleCode.FRONT_DOOR_WORKER, team)
    assert (actor.team, actor.team_kind, actor.agency) == (team.pk, "front_door", team.agency_id)
    assert (actor.role_name, actor.worker_kind) == ("front door worker", "staff")
    assert actor.in_team(5).team == 5
