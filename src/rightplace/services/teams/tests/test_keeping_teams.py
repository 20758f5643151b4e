"""Teams, people and memberships are kept by an administrator: dated, with an author, and never without a manager."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.models import User
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Area, Membership, Team, TeamArea, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.teams import actions
from rightplace.services.teams.models import TeamChange
from rightplace.testing.organisation import MORNING, SmallCity, sign_in, small_city

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 3)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


def opened(city: SmallCity, **changed: object) -> Team:
    said = {
        "name": "Area 5 family support", "kind": "family_support", "begins": TODAY, "area": Area.objects.get(pk=5),
        "phone": "0121 496 0105", "manager": city.family_support_worker.worker, "by": city.administrator.actor,
    }  # fmt: skip
    return actions.open_team(**(said | changed))


def test_a_team_opens_with_its_named_manager(city):
    team = opened(city)
    assert queries.manager_of(team.pk, TODAY) == city.family_support_worker.worker
    assert team.recorded_by == city.administrator.worker
    with pytest.raises(Refused, match="named manager from its first day"):
        opened(city, manager=None)


def test_a_desk_is_a_partners_and_every_other_team_the_councils(city):
    with pytest.raises(Refused, match="belongs to a partner"):
        opened(city, agency=city.police.team.agency)
    with pytest.raises(Refused, match="belongs to a partner"):
        opened(city, kind="partner_desk", manager=None)
    desk = opened(city, kind="partner_desk", manager=None, agency=city.police.team.agency, area=None)
    assert desk.kind == "partner_desk"


def test_the_last_manager_stays_until_the_next_is_named(city):
    manager = city.family_support_manager
    end = {"membership": manager.membership, "on": TOMORROW, "by": city.administrator.actor}
    with pytest.raises(Refused, match="no named manager from 4 March 2026") as why:
        actions.take_out(**end)
    assert "put the next manager" in why.value.instead
    actions.put_in(
        worker=city.family_support_worker.worker, team=manager.team, role=RoleCode.FAMILY_SUPPORT_MANAGER,
        begins=TOMORROW, by=city.administrator.actor,
    )  # fmt: skip
    actions.take_out(**end)
    assert queries.manager_of(manager.team.pk, TOMORROW) == city.family_support_worker.worker
    row = Membership.objects.get(pk=manager.membership.pk)
    assert row.end_recorded_by == city.administrator.worker


def test_somebody_who_manages_a_team_leaves_only_when_it_has_another_manager(city):
    leaving = {"worker": city.assessment_manager.worker, "on": TODAY, "by": city.administrator.actor}
    with pytest.raises(Refused, match="no named manager"):
        actions.let_go(**leaving)
    assert User.objects.get(worker=city.assessment_manager.worker).is_active
    actions.let_go(worker=city.social_worker.worker, on=TODAY, by=city.administrator.actor)
    assert not User.objects.get(worker=city.social_worker.worker).is_active
    assert queries.has_left(city.social_worker.worker.pk, TODAY)


def test_nobody_gives_a_role_to_themselves(city):
    with pytest.raises(Refused, match="to themselves") as why:
        actions.put_in(
            worker=city.administrator.worker, team=city.head_of_service.team, role=RoleCode.HEAD_OF_SERVICE,
            begins=TODAY, by=city.administrator.actor,
        )  # fmt: skip
    assert "Promise 6" in why.value.source
    with pytest.raises(Refused, match="This is you"):
        actions.let_go(worker=city.administrator.worker, on=TODAY, by=city.administrator.actor)
    with pytest.raises(Refused, match="your own account"):
        actions.close(user=city.administrator.user, by=city.administrator.actor)


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ({"role": RoleCode.SOCIAL_WORKER}, "no such role"),
        ({"begins": date(1999, 1, 1)}, "not there on that day"),
    ],
)
def test_a_role_fits_the_team_and_the_day(city, changed, because):
    said = {
        "worker": city.social_worker.worker, "team": city.family_support, "role": RoleCode.FAMILY_SUPPORT_WORKER,
        "begins": TODAY, "by": city.administrator.actor,
    }  # fmt: skip
    with pytest.raises(Refused, match=because):
        actions.put_in(**(said | changed))
    with pytest.raises(Refused, match="works for another agency"):
        actions.put_in(**(said | {"worker": city.police.worker}))
    assert actions.put_in(**said).recorded_by == city.administrator.worker


def test_somebody_new_has_a_team_a_role_and_an_account_and_signs_in(city):
    added = actions.take_on(
        name="Zadie Marlow", email="zadie@example.invalid", phone="", team=city.family_support,
        role=RoleCode.FAMILY_SUPPORT_WORKER, begins=TODAY, username="zadie", by=city.administrator.actor,
    )  # fmt: skip
    assert added.worker.kind == Worker.Kind.STAFF and len(added.password) >= 19
    assert User.objects.get(worker=added.worker).check_password(added.password)
    assert Client().login(username="zadie", password=added.password)
    again = actions.renew_password(user=User.objects.get(username="zadie"), by=city.administrator.actor)
    assert not Client().login(username="zadie", password=added.password)
    assert Client().login(username="zadie", password=again)
    with pytest.raises(Refused, match="Somebody else signs in"):
        actions.give_account(worker=city.social_worker.worker, username="ZADIE", by=city.administrator.actor)


def test_a_partners_colleague_is_added_to_the_partners_desk(city):
    added = actions.take_on(
        name="Otis Fell", email="", phone="", team=city.police.team, role=RoleCode.PROFESSIONAL_REFERRER,
        begins=TODAY, by=city.administrator.actor,
    )  # fmt: skip
    assert (added.worker.kind, added.worker.agency) == ("partner", city.police.team.agency)
    assert added.password == "" and not User.objects.filter(worker=added.worker).exists()


def test_only_who_manages_the_organisation_does_any_of_it(city):
    with pytest.raises(NotAllowed):
        opened(city, by=city.head_of_service.actor)
    for name in ("teams", "people", "team-new", "person-new"):
        assert sign_in(Client(), city.head_of_service).get(reverse(f"teams:{name}")).status_code == 404


def test_the_pages_do_the_whole_job(city):
    browser = sign_in(Client(), city.administrator)
    said = {
        "name": "Area 5 family support", "kind": "family_support", "agency": city.authority.pk, "area": 5,
        "phone": "0121 496 0105", "begins_day": 3, "begins_month": 3, "begins_year": 2026,
        "manager": city.family_support_worker.worker.name,
    }  # fmt: skip
    assert "named manager" in browser.post(reverse("teams:team-new"), said | {"manager": ""}).content.decode()
    assert browser.post(reverse("teams:team-new"), said).status_code == 302
    team = Team.objects.get(name="Area 5 family support")
    own = reverse("teams:team", args=[team.pk])
    assert "Ada Pike" in browser.get(own).content.decode()
    new = {
        "team": team.pk, "name": "Zadie Marlow", "email": "", "phone": "", "role": 20, "username": "zadie",
        "begins_day": 3, "begins_month": 3, "begins_year": 2026,
    }  # fmt: skip
    told = browser.post(reverse("teams:person-new"), new).content.decode()
    assert "First password" in told and "Zadie Marlow" in browser.get(own).content.decode()
    assert "Zadie Marlow" in browser.get(reverse("teams:people"), {"q": "zad marl"}).content.decode()
    manages = Membership.objects.get(team=team, role=RoleCode.FAMILY_SUPPORT_MANAGER)
    end = reverse("teams:membership-end", args=[manages.pk])
    answer = browser.post(end, {"on_day": 4, "on_month": 3, "on_year": 2026})
    assert answer.status_code == 422 and "put the next manager" in answer.content.decode()
    ending = reverse("teams:team-end", args=[team.pk])
    fifth = {"on_day": 5, "on_month": 3, "on_year": 2026}
    assert "would find nobody" in browser.post(ending, fifth).content.decode()
    takes = {"area": 5, "begins_day": 5, "begins_month": 3, "begins_year": 2026}
    browser.post(reverse("teams:take-area", args=[city.family_support.pk]), takes)
    assert browser.post(ending, fifth).status_code == 302
    team.refresh_from_db()
    assert team.ends == date(2026, 3, 5) and team.end_recorded_by == city.administrator.worker


def test_an_account_is_closed_and_opened_again_on_its_page(city):
    browser, worker = sign_in(Client(), city.administrator), city.social_worker.worker
    address = reverse("teams:account", args=[worker.pk])
    assert browser.post(address, {"do": "close"}).status_code == 302
    assert not User.objects.get(worker=worker).is_active
    assert "Open the account again" in browser.get(address).content.decode()
    browser.post(address, {"do": "reopen"})
    assert User.objects.get(worker=worker).is_active
    assert "First password" in browser.post(address, {"do": "password"}).content.decode()


def test_a_team_that_answers_for_a_child_does_not_end(city, monkeypatch):
    from rightplace.foundation.organisation import hooks

    monkeypatch.setattr(hooks, "_team_guards", [lambda team, on: 2])
    with pytest.raises(Refused, match="still answers for 2 children") as why:
        actions.end_team(team=city.assessment, on=TOMORROW, by=city.administrator.actor)
    assert "Hand each child over" in why.value.instead


def test_a_team_takes_the_area_of_one_that_ends_on_its_page(city):
    browser = sign_in(Client(), city.administrator)
    team = opened(city)
    address = reverse("teams:take-area", args=[team.pk])
    assert "For an area whose own team ends" in browser.get(address).content.decode()
    typed = {"area": 9, "begins_day": 4, "begins_month": 3, "begins_year": 2026}
    browser.post(address, typed)
    row = TeamArea.objects.get(team=team)
    assert (row.area_id, row.begins, row.recorded_by) == (9, TOMORROW, city.administrator.worker)
    shown = browser.get(reverse("teams:team", args=[team.pk])).content.decode()
    assert "Areas that it took besides its own" in shown
    browser.post(address, typed)
    assert TeamArea.objects.filter(team=team).count() == 1
    end = reverse("teams:area-end", args=[row.pk])
    browser.post(end, {"on_day": 9, "on_month": 3, "on_year": 2026})
    row.refresh_from_db()
    assert row.ends == date(2026, 3, 9)
    with pytest.raises(NotAllowed):
        actions.take_area(team=team, area=Area.objects.get(pk=2), begins=TODAY, by=city.head_of_service.actor)


def test_no_rule_and_no_public_form_is_among_the_people(city):
    browser = sign_in(Client(), city.administrator)
    rule = Worker.objects.filter(kind=Worker.Kind.RULE).first()
    assert rule is not None
    assert browser.get(reverse("teams:person", args=[rule.pk])).status_code == 404


def test_a_teams_name_and_telephone_change_from_now_on_and_what_they_were_is_kept(city):
    team, by = city.family_support, city.administrator.actor
    before = (team.name, team.phone)
    said = {"team": team, "name": "North family support", "phone": "0121 496 0199", "by": by}
    with pytest.raises(NotAllowed):
        actions.change_team(**(said | {"by": city.head_of_service.actor}))
    actions.change_team(**said)
    team.refresh_from_db()
    assert (team.name, team.phone) == ("North family support", "0121 496 0199")
    kept = TeamChange.objects.get(team=team)
    assert (kept.was_name, kept.was_phone) == before
    assert (kept.recorded_by, kept.recorded_at) == (city.administrator.worker, MORNING)
    with pytest.raises(Refused, match="its name and its telephone now"):
        actions.change_team(**said)
    shown = sign_in(Client(), city.administrator).get(reverse("teams:team", args=[team.pk])).content.decode()
    assert before[0] in shown and "What was changed" in shown


def test_a_team_that_ended_keeps_its_name(city):
    team = opened(city, area=Area.objects.get(pk=1))
    actions.end_team(team=team, on=TODAY, by=city.administrator.actor)
    with pytest.raises(Refused, match="has ended"):
        actions.change_team(team=team, name="Another", phone="", by=city.administrator.actor)


def test_a_first_password_is_changed_before_anything_opens(city):
    added = actions.take_on(
        name="Otis Fell", email="", phone="", team=city.police.team, role=RoleCode.PROFESSIONAL_REFERRER,
        begins=TODAY, username="otis", by=city.administrator.actor,
    )  # fmt: skip
    browser, change = Client(), reverse("account_change_password")
    browser.post(reverse("account_login"), {"login": "otis", "password": added.password})
    assert browser.get("/our-page/").headers["Location"] == change
    assert "Somebody gave you the password" in browser.get(change).content.decode()
    same = {"oldpassword": added.password, "password1": added.password, "password2": added.password}
    assert "another password than the one that you were given" in browser.post(change, same).content.decode()
    assert browser.get("/our-page/").status_code == 302
    own = "four-quiet-lanterns-7"
    answer = browser.post(change, same | {"password1": own, "password2": own})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert browser.get("/our-page/").status_code == 200
    actions.renew_password(user=User.objects.get(username="otis"), by=city.administrator.actor)
    assert browser.get("/our-page/").status_code == 302
    assert User.objects.get(username="otis").password_is_first
