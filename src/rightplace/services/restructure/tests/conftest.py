"""A small city with a programme of change: two family support teams of which one becomes; the clock at the morning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from rightplace.domain.restructuring import shipped_stages
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions, people
from rightplace.foundation.organisation.establishment.tables import Post
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.programme import actions as programmes
from rightplace.foundation.organisation.programme.stages import roles_of
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.services.restructure import actions as own
from rightplace.testing.organisation import LONG_AGO, MORNING, SmallCity, small_city

BEGAN = date(2026, 1, 5)
FIRST = date(2026, 9, 1)
ROLE = "Family help worker"


@dataclass
class Change:
    """A programme with its sides, and the city it is in."""

    city: SmallCity
    programme: Programme
    old: list[Post]
    new: list[Post]
    workers: list[Worker]
    team: Team


@pytest.fixture
def city(db: None) -> Iterator[SmallCity]:
    with clock.clock_at(MORNING):
        yield small_city()


@pytest.fixture
def change(city: SmallCity) -> Change:
    return build(city)


def build(city: SmallCity, many: int = 24, places: int = 16) -> Change:
    """A programme of so many old posts with their people for so many new ones; the first old post is the colleague's."""
    by = city.human_resources.actor
    programme = programmes.begin_programme(
        title="One family help team", purpose="Families tell their story once.", lead=city.director.worker,
        begins=BEGAN, by=by,
    )  # fmt: skip
    team = organisation.open_team(
        agency=city.authority, name="Family help", kind="family_support", begins=FIRST, by=by_admin(city)
    )

    def post(title: str, where: Team, begins: date) -> Post:
        return actions.open_post(
            title=title, grade="GR4", profession="family_support", role=21, team=where, funding="core",
            hours=Decimal(37), begins=begins, by=by,
        )  # fmt: skip

    old = [post("Family support worker", city.family_support, LONG_AGO) for _ in range(many)]
    new = [post(ROLE, team, FIRST) for _ in range(places)]
    workers = [city.family_support_worker.worker]
    workers += [
        organisation.add_worker(
            name=f"Person {n}", kind="staff", begins=LONG_AGO, agency=city.authority, by=by_admin(city)
        )
        for n in range(1, many)
    ]
    for each, worker in zip(old, workers, strict=True):
        people.seat_worker(seat=each.seats.get(), worker=worker, kind="substantive", begins=LONG_AGO, by=by)
        programmes.put_post(programme=programme, post=each, side="old", by=by)
    for each in new:
        programmes.put_post(programme=programme, post=each, side="new", by=by)
    for before, after in zip(old, new, strict=False):
        actions.say_lineage(
            before=before, after=after, on=FIRST, kind="changed", because="One role for both teams", by=by
        )
    programmes.say_team_lineage(
        programme=programme, before=city.family_support, after=team, kind="changed", because="One team", by=by
    )
    return Change(city, programme, old, new, workers, team)


def by_admin(city: SmallCity):
    return city.administrator.actor


@pytest.fixture
def shown(change: Change) -> Callable[..., None]:
    """Gives every piece of evidence of the stages before results, but those that are named."""

    def give(*but: str) -> None:
        evidence(change, but)

    return give


def evidence(change: Change, but: tuple[str, ...] = ()) -> None:
    """Evidence of every stage before results, in order, a day apart."""
    by, roles = change.city.human_resources.actor, roles_of(change.programme.pk)
    for place, stage in enumerate(shipped_stages()):
        if stage.id == own.RESULTS:
            return
        on = BEGAN + timedelta(days=place)
        for kind in (each for each in stage.evidence if each not in but):
            for of in roles if stage.each else ("",):
                if kind == "job evaluated":
                    evaluate(change, of, on)
                else:
                    own.show_stage(
                        programme=change.programme,
                        stage=stage.id,
                        kind=kind,
                        on=on,
                        reference="D/1",
                        of=of,
                        by=by,
                    )


def evaluate(change: Change, role: str = ROLE, on: date = BEGAN, equal_pay: bool = True) -> None:
    own.record_evaluation(
        programme=change.programme, role=role, grade="GR5", points=412, on=on, evaluators="Two trained evaluators",
        reference="JE/1", equal_pay=equal_pay, equal_pay_words="Held against work of equal value: the same.",
        by=change.city.human_resources.actor,
    )  # fmt: skip
