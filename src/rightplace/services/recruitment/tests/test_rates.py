"""What an hour costs: said from a day on, the sample marked as such, and used where agency cover is counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.services.recruitment.models import AgencyRate
from rightplace.services.recruitment.rates import rates_on, say_rate
from rightplace.services.recruitment.tests.conftest import ago
from rightplace.testing.organisation import SmallCity, sign_in


def say(city: SmallCity, **more: object) -> AgencyRate:
    said = {
        "grade": "GR5",
        "agency": 4_500,
        "employed": 3_000,
        "begins": ago(10),
        "source": "Framework contract 12",
    }
    return say_rate(**{**said, **more}, by=city.human_resources.actor)  # type: ignore[arg-type]


def test_what_the_council_said_holds_before_the_sample(city):
    before = rates_on(clock.today()).rate("GR5")
    say(city)
    after = rates_on(clock.today())
    assert before is not None
    assert before.agency != 4_500
    assert (after.rate("GR5").agency, after.rate("GR5+").employed) == (4_500, 3_000)  # type: ignore[union-attr]
    assert after.rate("GR4") == rates_on(ago(400)).rate("GR4")
    assert after.rate("GR99") is None


def test_a_new_rate_ends_the_one_before_and_the_past_keeps_its_own(city):
    say(city)
    say(city, agency=4_800, begins=clock.today() + timedelta(days=5))
    assert rates_on(clock.today()).rate("GR5").agency == 4_500  # type: ignore[union-attr]
    assert rates_on(clock.today() + timedelta(days=5)).rate("GR5").agency == 4_800  # type: ignore[union-attr]
    with pytest.raises(Refused, match="was said already"):
        say(city, begins=ago(3))


def test_a_rate_has_a_source_and_costs_something_and_only_human_resources_say_it(city):
    with pytest.raises(Refused, match="source"):
        say(city, source=" ")
    with pytest.raises(Refused, match="costs something"):
        say(city, agency=0)
    with pytest.raises(NotAllowed):
        say_rate(grade="GR5", agency=1, employed=1, begins=ago(1), source="x", by=city.director.actor)


def test_human_resources_say_a_rate_on_its_page_and_others_read_it(city, django_assert_max_num_queries):
    client, address = sign_in(Client(), city.human_resources), reverse("recruitment:rates")
    page = client.get(address).content.decode()
    assert "Every rate is a sample, not yours: say what you pay." in page
    day = clock.today()
    typed = {"act": "rate", "grade": "GR5", "agency": "45.50", "employed": "30", "source": "Framework contract 12",
             "begins_day": day.day, "begins_month": day.month, "begins_year": day.year}  # fmt: skip
    assert client.post(address, {**typed, "source": ""}).status_code in (200, 422)
    page = client.post(address, typed, follow=True).content.decode()
    assert "£45.50" in page
    assert "Framework contract 12" in page
    assert "GR4 and GR6 are a sample" in page
    other = sign_in(Client(), city.director)
    with django_assert_max_num_queries(10):
        read = other.get(address).content.decode()
    assert "£15.50" in read
    assert "Say this rate" not in read
