"""In a large city every chance meets every other; nobody is closed while something is due that guards a closing."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from rightplace.demo.building import HOUSE_SEED
from rightplace.demo.city import absences, arrivals, life
from rightplace.demo.city.house import House, survey
from rightplace.demo.city.people import Family
from rightplace.demo.city.scene import Scene
from rightplace.demo.material.strip import strip
from rightplace.demo.organisation import seed_organisation
from rightplace.demo.simulated.courses import Held, Stay, Turn
from rightplace.demo.simulated.log import kept
from rightplace.demo.simulated.sitting import sittings
from rightplace.domain.practice.entries.contact import Route
from rightplace.domain.practice.workdays import DAY, MINUTE, calendar, start_of_day
from rightplace.domain.simulation.names import ASSESSMENT, CARE, ENQUIRY
from rightplace.foundation.organisation import clock

TOLD = calendar().next_working(strip().starts.toordinal() - 400)
AT = start_of_day(TOLD) + 600 * MINUTE
WAITED, TOOK = 50, 80
"""Days until a worker had them, and until the assessment was over: the late end of what happens."""


@pytest.fixture
def house(db) -> House:
    who = sittings(kept())
    with clock.clock_at(strip().starts):
        seed_organisation(2_000, HOUSE_SEED, who)
        return survey(who)


def files_of(house: House, chance: int, route: Route, stays: list[Stay], eighteen: int) -> list[list[str]]:
    """What the files of two children say, of whom one turns eighteen so many days after they were told of."""
    turn = Turn(AT, AT, False, stays[0].at, stays[0].stage, stays=stays, closed=stays[-1].until)
    rng = Random(chance)
    scene = Scene(rng, house, Family(rng, TOLD, count=2), arrivals.starts_at())
    grown = date.fromordinal(TOLD + eighteen)
    scene.family.children[0].born = grown.replace(year=grown.year - 18).toordinal()
    life.told(scene, arrivals.Arrival(AT, TOLD, "school", route, turn), scene.family.children)
    return [
        [draft.body.kind for draft in sorted(child.file.drafts, key=lambda draft: draft.recorded)]
        for child in scene.family.children
    ]


@pytest.mark.parametrize(("stage", "route"), [(ASSESSMENT, Route.ASSESSMENT), (ENQUIRY, Route.STRATEGY)])
def test_whoever_turns_eighteen_before_an_assessment_ends_is_not_closed_over_it(house, stage, route):
    over, worker = AT + TOOK * DAY, Held(0, 0, AT + WAITED * DAY)
    closed = 0
    for eighteen in range(38, TOOK + 20):
        stay = Stay(stage, AT + 60 * MINUTE, until=over, ended=over, held=[worker])
        for said in files_of(house, eighteen, route, [stay], eighteen):
            assert "referral.accepted" in said
            if "case.closed" in said:
                closed += 1
                assert "assessment.authorised" in said[: said.index("case.closed")], eighteen
    assert closed > TOOK + 20 - 38, "the brother or sister at least, and whoever is still young at the end"


def test_whoever_went_missing_is_asked_why_before_care_and_all_else_ends(house, monkeypatch):
    monkeypatch.setattr(absences, "EVER", 1.0)
    monkeypatch.setattr(absences, "A_YEAR", 3_000.0)
    asked = 0
    for chance in range(150):
        ends = AT + (100 + chance) * DAY
        stays = [
            Stay(ENQUIRY, AT + 60 * MINUTE, until=AT + 9 * DAY, ended=AT + 9 * DAY),
            Stay(CARE, AT + 9 * DAY, until=ends, held=[Held(0, 0, AT + 10 * DAY)]),
        ]
        for said in files_of(house, chance, Route.STRATEGY, stays, 4 * 365):
            if "missing.began" in said and "case.closed" in said:
                asked += 1
                assert "returninterview.held" not in said[said.index("case.closed") :], chance
    assert asked > 10
