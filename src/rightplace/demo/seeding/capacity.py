"""Three kept answers of the capacity model, and scenarios to compare, so that Capacity is alive without the model installed.

The answers were recorded from the engine (`overview/capacity/recorded`); who asked is somebody of the demonstration.
"""

from __future__ import annotations

from datetime import timedelta

from rightplace.demo.finishing import someone
from rightplace.domain.simulation.scenarios import Change, Scenario, write
from rightplace.domain.simulation.scenarios.answer import Answer
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.overview.capacity.models import KeptScenario, Run, half_a_year_on
from rightplace.overview.capacity.presenters.headlines import headline
from rightplace.overview.capacity.recorded import ASKED, SEED, Asked, recorded

START = "an invented service of four areas with 12,000 children each"


def seed(population: int, seed: int) -> None:
    """Once: the recorded answers, shared by whoever asked, and two scenarios."""
    if Run.objects.exists():
        return
    now = clock.now()
    for days, asked in enumerate(ASKED, 1):
        with clock.clock_at(now - timedelta(days=2 * days, hours=days)):
            _answered(asked)
    by = someone(RoleCode.HEAD_OF_SERVICE).worker
    for scenario in _scenarios():
        KeptScenario.objects.create(name=scenario.name, text=write(scenario), by_id=by, at=now)


def _answered(asked: Asked) -> None:
    kept = recorded(asked.key)
    answer = Answer.from_builtins(kept["answer"])
    texts = [write(each) for each in asked.scenarios]
    Run.objects.create(
        what=Run.What.WHAT_IF, title=asked.title, asked={"scenarios": texts, "day": clock.today().isoformat(), "own": False},
        by_id=someone(RoleCode[asked.role]).worker, at=clock.now(), seed=SEED, version=kept["version"], start=START,
        state=Run.State.DONE, done=answer.replicates, total=answer.replicates, answer=kept["answer"],
        headline=headline(answer), answered=clock.now(), shared=True, example=True, deleted_on=half_a_year_on(),
    )  # fmt: skip


def _scenarios() -> list[Scenario]:
    """About whatever service is there: places that every service has."""
    begins = clock.today() + timedelta(days=-clock.today().weekday() % 7)
    return [
        Scenario(
            "Five managers fewer", begins, 364, note="The saving that was proposed in January.",
            changes=(Change(begins + timedelta(weeks=4), "managers", "all", -5.0),),
        ),
        Scenario(
            "A tenth more families from schools", begins, 364, note="After training of all designated leads.",
            changes=(Change(begins + timedelta(weeks=6), "demand", "school", 1.1),),
        ),
    ]  # fmt: skip
