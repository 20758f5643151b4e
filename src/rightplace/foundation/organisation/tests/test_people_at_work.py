"""Who is away, who covers, who is on the rota and who is a school's link person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import Http404

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import actions, queries
from rightplace.foundation.organisation.models import Area, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode

TODAY = date(2026, 3, 3)
TOMORROW = TODAY + timedelta(days=1)


def as_administrator(city):
    worker = city.worker("Ada Pike")
    return city.signed_by(worker, RoleCode.ADMINISTRATOR)


def test_somebody_away_is_covered_by_whom_they_named(city):
    away, cover = city.worker("Wendell Ashby", city.north), city.worker("Tamsin Reeve", city.north)
    absence = actions.record_absence(worker=away, begins=TODAY, cover=cover, by=as_administrator(city))
    assert queries.is_away(away.pk, TODAY) and queries.cover_for(away.pk, TODAY) == cover
    assert queries.workers_away([away.pk, cover.pk], TODAY) == {away.pk}
    actions.end_absence(absence=absence, on=TOMORROW, by=as_administrator(city))
    assert not queries.is_away(away.pk, TOMORROW)
    assert queries.cover_for(away.pk, TOMORROW) is None


def test_everybody_may_say_that_they_are_away_themselves_but_not_that_another_is(city):
    one, other = city.worker("Wendell Ashby"), city.worker("Tamsin Reeve")
    by = city.signed_by(one, RoleCode.SOCIAL_WORKER)
    assert actions.record_absence(worker=one, begins=TODAY, by=by).worker == one
    with pytest.raises(Http404):
        actions.record_absence(worker=other, begins=TODAY, by=by)


def test_nobody_covers_for_themselves(city):
    worker = city.worker("Wendell Ashby")
    with pytest.raises(Refused):
        actions.record_absence(worker=worker, begins=TODAY, cover=worker, by=as_administrator(city))


def test_the_rota_says_who_takes_calls_at_an_instant(city, morning):
    by = as_administrator(city)
    team = actions.open_team(
        agency=city.authority, name="Out of hours", kind="out_of_hours", begins=TODAY, by=by
    )
    worker = city.worker("Wendell Ashby", team)
    ends = morning + timedelta(hours=8)
    actions.put_on_rota(team=team, worker=worker, begins_at=morning, ends_at=ends, by=by)
    assert queries.who_is_on_rota(morning) == [worker]
    assert queries.who_is_on_rota(ends) == []
    with pytest.raises(Refused, match="already on the rota"):
        actions.put_on_rota(
            team=team, worker=worker, begins_at=morning + timedelta(hours=1), ends_at=ends, by=by
        )
    with pytest.raises(Refused, match="Only the out-of-hours team"):
        actions.put_on_rota(team=city.north, worker=worker, begins_at=morning, ends_at=ends, by=by)


def test_a_school_is_never_without_a_link_person_once_it_had_one(city):
    agency = actions.add_agency(name="Lark Hill Primary", kind="education", begins=TODAY, by=city.by)
    school = actions.add_school(
        agency=agency, urn=999001, phase="primary", area=Area.objects.get(id=1), by=city.by
    )
    one = city.worker("Wendell Ashby", city.north, RoleCode.FAMILY_SUPPORT_WORKER)
    two = city.worker("Tamsin Reeve", city.north, RoleCode.FAMILY_SUPPORT_WORKER)
    actions.set_link_person(school=school, worker=one, begins=TODAY, by=city.by)
    actions.set_link_person(school=school, worker=two, begins=TOMORROW, by=city.by)
    assert queries.link_person(school.pk, TODAY) == one
    assert queries.link_person(school.pk, TOMORROW) == two
    assert list(queries.link_schools(two.pk, TOMORROW)) == [school]
    with pytest.raises(Refused, match="family support"):
        actions.set_link_person(school=school, worker=city.worker("Ned Low"), begins=TOMORROW, by=city.by)


def test_only_who_may_manage_changes_the_organisation(city):
    by = city.signed_by(city.worker("Ned Low"), RoleCode.SOCIAL_WORKER)
    with pytest.raises(Http404):
        actions.open_team(agency=city.authority, name="Mine", kind="care", begins=TODAY, by=by)


def test_rules_sign_too_so_they_are_workers(db):
    assert {w.pk: w.name for w in Worker.objects.filter(pk__lt=1000)} == {
        1: "Online form", 2: "Rules of Rightplace", 3: "CIN import",
    }  # fmt: skip


def test_imported_children_have_a_team_made_once(city):
    by = city.signed_by(Worker.objects.get(pk=3), RoleCode.IMPORT)
    team = actions.imported_team(by=by)
    assert (team.kind, team.agency) == ("imported", city.authority)
    assert actions.imported_team(by=by) == team


def test_a_postcode_lies_in_one_of_sixteen_areas_and_another_in_none(db):
    assert Area.objects.count() == 16
    assert queries.area_of_square(409, 299).pk == 1
    assert queries.area_of_square(1, 1) is None
    assert queries.area_of_postcode("ZZ1 1ZZ") is None
