"""An agreement is complete, made by two of different sides, ended with a reason, looked at again within a year."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.signals import feeds
from rightplace.services.signals.models import Feed, Signal
from rightplace.services.signals.tests.giving import PURPOSE, agreed, given, proposed, row
from rightplace.testing.organisation import MORNING, SmallCity, colleague


def make(city: SmallCity, **more):
    today = clock.today()
    said = {
        "agency": city.school.team.agency, "kinds": ["school.attendance"], "lawful_basis": "public task",
        "purpose": PURPOSE, "retention_days": 60, "begins": today, "expires": today + timedelta(days=200),
        "by": city.head_of_service.actor,
    } | more  # fmt: skip
    return feeds.make_feed(**said)


def holds(feed: Feed) -> bool:
    return Feed.objects.filter(feeds.in_force(clock.today()), pk=feed.pk).exists()


def test_it_holds_when_both_sides_agreed_and_not_before(city):
    feed = proposed(city, city.school)
    assert not holds(feed)
    feeds.agree(feed=feed, by=city.head_of_service.actor)
    assert holds(feed)


def test_one_side_never_agrees_twice_and_nobody_for_both(city):
    feed = proposed(city, city.school)
    with pytest.raises(Refused, match="Your side"):
        feeds.agree(feed=feed, by=city.information_governance_2.actor)
    both = colleague("Edda Marsh", city.head_of_service.team, RoleCode.HEAD_OF_SERVICE)
    feeds.agree(feed=feed, by=both.actor)
    other = make(city, by=both.actor)
    as_officer = both.actor.__class__(
        worker=both.worker.pk, name="Edda Marsh", role=RoleCode.INFORMATION_GOVERNANCE, team=both.team.pk
    )
    with pytest.raises(Refused, match="other side"):
        feeds.agree(feed=other, by=as_officer)


@pytest.mark.parametrize(
    "lacking",
    [
        {"kinds": []},
        {"kinds": ["police.notice", "housing.arrears"]},
        {"lawful_basis": ""},
        {"lawful_basis": "because"},
        {"purpose": "  "},
        {"retention_days": 0},
        {"retention_days": 121},
        {"expires": MORNING.date()},
        {"expires": MORNING.date() + timedelta(days=400)},
    ],
)
def test_what_lacks_basis_purpose_kind_or_expiry_is_no_agreement(city, lacking):
    with pytest.raises(Refused):
        make(city, **lacking)
    assert not Feed.objects.exists()


def test_only_those_who_may_agree(city):
    feed = proposed(city, city.school)
    for by in (city.family_support_manager, city.head_teacher, city.director, city.administrator):
        with pytest.raises(NotAllowed):
            feeds.agree(feed=feed, by=by.actor)
        with pytest.raises(NotAllowed):
            make(city, by=by.actor)


def test_an_ending_has_a_reason_and_takes_away_what_nobody_took_up(city, feed):
    given(city, row())
    with pytest.raises(Refused):
        feeds.end_feed(feed=feed, because=" ", by=city.head_of_service.actor)
    feeds.end_feed(feed=feed, because="The school left.", by=city.head_of_service.actor)
    assert not holds(feed)
    assert Signal.objects.get().delete_on == clock.today()
    with pytest.raises(Refused, match="over"):
        feeds.end_feed(feed=feed, because="Again.", by=city.head_of_service.actor)
    with pytest.raises(Refused, match="over"):
        feeds.agree(feed=feed, by=city.head_of_service.actor)


def test_a_renewal_is_an_agreement_of_its_own_that_names_the_one_before(city, feed):
    renewed = make(city, renews=feed, by=city.information_governance.actor)
    assert renewed.renews == feed
    assert not holds(renewed)
    assert holds(feed)


def test_an_agency_sees_its_own_agreements_and_those_who_agree_see_all(city, feed):
    other = agreed(city, city.police, "police.notice", days=30)
    assert set(scope(city.school.actor, Feed)) == {feed}
    assert set(scope(city.police_lead.actor, Feed)) == {other}
    for by in (city.head_of_service, city.information_governance):
        assert set(scope(by.actor, Feed)) == {feed, other}
    for by in (city.provider, city.family_support_manager, city.director, city.analyst):
        assert not scope(by.actor, Feed).exists()
