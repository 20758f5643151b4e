"""Tokens are rotated without a gap, ended at once, and shown to nobody again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.models import ApiToken, ApiUse
from rightplace.gateways.api.tests.telling import System
from rightplace.gateways.api.tokens import end_token, make_token, rotate_token
from rightplace.testing.organisation import MORNING

pytestmark = pytest.mark.django_db


def opens(token: str) -> bool:
    return Client(headers={"Authorization": f"Bearer {token}"}).get("/api/v1/contacts/X").status_code == 404


def test_both_tokens_open_while_one_is_rotated_and_then_the_new_one_alone(city, police):
    fresh, token = rotate_token(token=police.row, by=city.administrator.actor)
    assert opens(police.token) and opens(token)
    assert (fresh.follows, fresh.purposes, fresh.membership) == (
        police.row,
        police.row.purposes,
        police.row.membership,
    )
    with clock.clock_at(MORNING + timedelta(days=7, minutes=1)):
        assert not opens(police.token) and opens(token)


def test_a_token_that_is_ended_in_its_overlap_opens_nothing_at_once(city, police):
    rotate_token(token=police.row, by=city.administrator.actor)
    end_token(token=police.row, by=city.administrator.actor)
    assert not opens(police.token)
    with pytest.raises(Refused, match="has ended"):
        rotate_token(token=police.row, by=city.administrator.actor)


def test_a_token_ends_by_itself_and_its_follower_lasts_as_long(city):
    by = city.administrator.actor
    row, token = make_token(
        agency=city.police.team.agency, name="A", by=by, ends=MORNING + timedelta(days=30)
    )
    with clock.clock_at(MORNING + timedelta(days=29)):
        assert opens(token)
        follower, _ = rotate_token(token=row, by=by)
        assert follower.ends == clock.now() + timedelta(days=30)
    with clock.clock_at(MORNING + timedelta(days=30, seconds=1)):
        assert not opens(token), "an overlap does not lengthen a token"
    with pytest.raises(Refused, match="ended already"):
        make_token(agency=city.police.team.agency, name="A", by=by, ends=MORNING - timedelta(days=1))


def test_only_the_administrator_makes_rotates_and_ends_tokens(city, police):
    for person in (city.head_of_service, city.police, city.social_worker):
        for act in (rotate_token, end_token):
            with pytest.raises(NotAllowed):
                act(token=police.row, by=person.actor)


def test_its_use_is_counted_by_purpose_and_the_last_is_known(police):
    police.state("X")
    police.state("X")
    police.send(b"{}")
    assert set(ApiUse.objects.values_list("purpose", "count")) == {
        ("contacts:read", 2),
        ("contacts:write", 1),
    }
    assert ApiToken.objects.get(pk=police.row.pk).last_used == MORNING


def test_a_call_outside_the_purpose_is_not_counted_as_use(city):
    system = System(city.police, "signals:write")
    system.ask("checks")
    assert not ApiUse.objects.exists()
