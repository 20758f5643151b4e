"""The small city on the demonstration's Tuesday, with an agreement and an hour's price."""

import pytest

from rightplace.foundation.organisation import clock
from rightplace.services.funding.tests.families import agreed, priced, school_named
from rightplace.testing.organisation import MORNING, small_city


@pytest.fixture
def city(db):
    with clock.clock_at(MORNING):
        yield small_city()


@pytest.fixture
def lark_hill(city):
    return school_named("Lark Hill Primary")


@pytest.fixture
def mill_lane(city):
    return school_named("Mill Lane Academy")


@pytest.fixture
def agreement(city, lark_hill):
    priced(city)
    return agreed(city, lark_hill)
