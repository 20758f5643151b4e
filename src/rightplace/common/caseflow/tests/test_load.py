"""How full all weeks are together, as a table: hours of families and of workers in, one answer out that names nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from rightplace.common.caseflow import load
from rightplace.common.caseflow.load import Fullness, Week, fullness
from rightplace.domain.practice.workload import Child, Family, Weights

AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
# a whole week of 40 hours leaves 32 for families, one of 20 hours leaves 15.5
TABLE = Weights(
    date(2020, 1, 1), {}, 2.0, 0.5, 40.0, 0.8, "invented", leave=4.0, learning=2.0, team=1.0, supervision_taken=1.0
)  # fmt: skip
ANN, BEN, CAL, DEE = 1, 2, 3, 4


def takes(*hours: float) -> tuple[Family, ...]:
    return tuple(Family((Child(nth, "assessment"),), each) for nth, each in enumerate(hours))


@pytest.mark.parametrize(
    ("weeks", "families", "found"),
    [
        pytest.param([], {}, Fullness(0, 0, 0, 0), id="nobody"),
        pytest.param([Week(ANN, 40)], {}, Fullness(0, 32, 0, 1), id="an empty week is known"),
        pytest.param([Week(ANN, 40)], {ANN: (10, 6)}, Fullness(16, 32, 0, 1), id="half a week"),
        pytest.param([Week(ANN, 40)], {ANN: (30, 18)}, Fullness(48, 32, 0.5, 1), id="half a week too much"),
        pytest.param([Week(ANN, 20)], {ANN: (31,)}, Fullness(31, 15.5, 1, 1), id="twice a short week"),
        pytest.param(
            [Week(ANN, 40), Week(BEN, 40)], {ANN: (48,), BEN: (16,)}, Fullness(64, 64, 0.25, 2),
            id="room of one is no relief of another",
        ),
        pytest.param([Week(ANN, 40, present=0.2)], {ANN: (16,)}, Fullness(16, 32, 0, 1), id="as with nobody away"),
        pytest.param(
            [Week(ANN, 40), Week(BEN), Week(CAL, 37, leads=True)], {ANN: (16,), BEN: (9,), CAL: (5,)},
            Fullness(16, 32, 0, 1), id="whose hours nobody said, and who leads, are left out with their families",
        ),
        pytest.param([Week(ANN, 40)], {ANN: (16,), 0: (9,), DEE: (8,)}, Fullness(16, 32, 0, 1), id="of these workers alone"),
    ],
)  # fmt: skip
def test_the_weeks_of_workers_together(monkeypatch, weeks, families, found):
    by_worker = {week.worker: week for week in weeks}
    monkeypatch.setattr(load, "weights_on", lambda on: TABLE)
    monkeypatch.setattr(load, "weeks_of", lambda workers, on: {each: by_worker[each] for each in workers})
    monkeypatch.setattr(load, "families_at", lambda at, workers: {w: takes(*h) for w, h in families.items()})
    assert fullness(list(by_worker), AT) == found
