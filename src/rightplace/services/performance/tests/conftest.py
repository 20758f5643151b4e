"""The small city on the demonstration's Tuesday, and support that goes on with its social worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from rightplace.foundation.organisation import clock
from rightplace.services.performance import supporting
from rightplace.services.performance.lock import opened_for
from rightplace.services.performance.models import Matter, Step
from rightplace.services.performance.supporting import Said
from rightplace.testing.organisation import MORNING, SmallCity, colleague, small_city

CANARY = "zaffre pelican"
ACCOUNT = "cerulean heron"


@pytest.fixture
def city(db: None) -> Iterator[SmallCity]:
    with clock.clock_at(MORNING):
        yield small_city()


def steps_of(matter: Matter, who) -> list[Step]:
    with opened_for(who.actor):
        return list(Step.objects.filter(matter=matter).order_by("number"))


def signed(matter: Matter, who, account: str = ACCOUNT) -> None:
    """The worker reads the last step and says how it looks from there."""
    supporting.sign_step(step=steps_of(matter, who)[-1], stand="differs", account=account, by=who.actor)


def later(days: float) -> datetime:
    return MORNING + timedelta(days=days)


def informal(city: SmallCity, days: float = 0) -> Matter:
    """Support that has begun, was answered, and was looked at together once."""
    with clock.clock_at(later(days)):
        matter = supporting.begin_support(
            worker=city.social_worker.worker, words=f"Write up visits in two days. {CANARY}", help="A morning a week.",
            by=city.assessment_manager.actor,
        )  # fmt: skip
        signed(matter, city.social_worker)
    with clock.clock_at(later(days + 20)):
        supporting.take_step(
            matter=matter, said=Said(stage="looked_at", words="Half of it."), by=city.assessment_manager.actor
        )
        signed(matter, city.social_worker)
    return matter


@pytest.fixture
def formal(city: SmallCity) -> Callable[[], Matter]:
    """The same, with human resources brought in and a meeting announced for day 35."""

    def make() -> Matter:
        matter = informal(city)
        with clock.clock_at(later(21)):
            supporting.ask_for_formal(
                matter=matter, hr_owner=city.human_resources.worker, by=city.assessment_manager.actor
            )
            supporting.take_step(
                matter=matter, by=city.human_resources.actor,
                said=Said(stage="notice", words="A meeting.", adjustments="None was asked for.", due=later(35).date()),
            )  # fmt: skip
            signed(matter, city.social_worker)
        return matter

    return make


@pytest.fixture
def second_head(city: SmallCity):
    return colleague("Corin Blythe", city.head_of_service.team, city.head_of_service.membership.role)
