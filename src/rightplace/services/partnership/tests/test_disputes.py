"""A dispute between two agencies: raised by either side, answered, taken a step up on a clock, settled by another."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.services.partnership import actions, steps
from rightplace.services.partnership.models import Dispute, DisputeWord
from rightplace.services.partnership.sealing import opened
from rightplace.testing.organisation import SmallCity, sign_in, small_city
from tests.telling import after

pytestmark = pytest.mark.django_db
SECRET = "Zebedee must not go home tonight"


@pytest.fixture
def city() -> SmallCity:
    with after(-24):
        return small_city()


@pytest.fixture
def now(city):
    with after(0) as moment:
        yield moment


def raised(city: SmallCity, by=None, against=None) -> Dispute:
    return actions.raise_dispute(
        against=against or city.authority,
        about="case",
        subject="threshold",
        words=SECRET,
        by=(by or city.school).actor,
    )


def test_each_step_has_its_clock_in_working_days(city, now):
    """Tuesday 3 March 2026: two working days are Thursday; five more from Tuesday are the Tuesday after."""
    dispute = raised(city)
    assert dispute.words.get().due == date(2026, 3, 5)
    up = actions.take_a_step_up(dispute=dispute, words="No answer.", by=city.school.actor)
    assert (up.step, up.due) == (2, date(2026, 3, 10))
    actions.take_a_step_up(dispute=dispute, words="Still none.", by=city.school.actor)
    with pytest.raises(Refused, match="no step above"):
        actions.take_a_step_up(dispute=dispute, words="More.", by=city.school.actor)
    assert len(steps.steps().step) == 3 and not steps.steps().checked


def test_either_side_raises_and_either_side_answers(city, now):
    from_us = raised(city, by=city.social_worker, against=city.housing.team.agency)
    actions.answer_dispute(dispute=from_us, words="We will see them.", by=city.housing.actor)
    with pytest.raises(NotAllowed):
        actions.answer_dispute(dispute=from_us, words="And we?", by=city.police.actor)
    with pytest.raises(Refused, match="between two agencies"):
        raised(city, against=city.school.team.agency)


def test_what_was_said_is_sealed_and_read_by_its_two_sides_alone(city, now):
    dispute = raised(city)
    word = DisputeWord.objects.get()
    assert SECRET.encode() not in bytes(word.sealed) and opened(word) == SECRET
    address = reverse("partnership:dispute", args=[dispute.pk])
    assert SECRET in sign_in(Client(), city.school).get(address).content.decode()
    for other in (city.police, city.other_school, city.front_door_worker):
        assert sign_in(Client(), other).get(address).status_code == 404
    assert set(scope(city.police.actor, Dispute)) == set()
    assert set(scope(city.head_of_service.actor, Dispute)) == {dispute}


def test_nobody_settles_what_they_raised_and_an_ended_dispute_stays_so(city, now):
    dispute = raised(city, by=city.head_of_service, against=city.police.team.agency)
    said = {"outcome": "changed", "words": "We look again.", "learned": "Ring first."}
    with pytest.raises(Refused, match="raised this dispute yourself") as why:
        actions.settle_dispute(dispute=dispute, by=city.head_of_service.actor, **said)
    assert "Promise 6" in why.value.source
    with pytest.raises(NotAllowed):
        actions.settle_dispute(dispute=dispute, by=city.police_lead.actor, **said)
    actions.settle_dispute(dispute=dispute, by=city.director.actor, **said)
    with pytest.raises(Refused, match="has ended"):
        actions.answer_dispute(dispute=dispute, words="But", by=city.police.actor)


def test_only_the_side_that_raised_it_withdraws_it(city, now):
    dispute = raised(city, against=city.police.team.agency)
    with pytest.raises(Refused, match="Only the side"):
        actions.withdraw_dispute(dispute=dispute, words="Enough.", by=city.police.actor)
    actions.withdraw_dispute(dispute=dispute, words="We have spoken.", by=city.school.actor)
    dispute.refresh_from_db()
    assert dispute.outcome == Dispute.Outcome.WITHDRAWN


def test_a_dispute_goes_its_whole_way_on_its_pages(city, now):
    school, director = sign_in(Client(), city.school), sign_in(Client(), city.director)
    said = {"agency": city.authority.name, "about": "practice", "subject": "answer", "words": "Two weeks."}
    assert school.post(reverse("partnership:dispute-new"), {"agency": city.authority.name}).status_code == 422
    assert school.post(reverse("partnership:dispute-new"), said).status_code == 302
    dispute = Dispute.objects.get()
    own = reverse("partnership:dispute", args=[dispute.pk])
    assert school.post(own, {"do": "rise", "words": "Nobody answered."}).status_code == 302
    assert "heads of service" in school.get(own).content.decode()
    end = reverse("partnership:dispute-settle", args=[dispute.pk])
    ends = {"outcome": "another_way", "words": "A named colleague answers.", "learned": "Say who answers."}
    assert director.post(end, ends).status_code == 302
    assert "another way was found" in director.get(reverse("partnership:board")).content.decode()
    assert director.get(own).status_code == 404
