"""The curve and the rates against examples worked out by hand, and what holds of every curve."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.evidence.survival import Curve, Stay, kaplan_meier, middle_of, rate_of

STAYS = st.lists(
    st.builds(
        lambda a, more, left: Stay(a + more, left, a), st.integers(0, 5), st.integers(1, 20), st.booleans()
    ),
    min_size=1,
    max_size=40,
)


def test_five_stays_worked_out_by_hand():
    # 5 at risk at 1: 4/5. One goes out of sight at 2. 3 at risk at 3, two leave: 4/5 x 1/3. The last is still there.
    stays = [Stay(1, True), Stay(2, False), Stay(3, True), Stay(3, True), Stay(4, False)]
    curve = kaplan_meier(stays)
    assert [(s.time, s.at_risk, s.left) for s in curve.steps] == [(1, 5, 1), (3, 3, 2)]
    assert [s.kept for s in curve.steps] == pytest.approx([0.8, 0.8 / 3])
    assert curve.median == 3
    assert curve.leavers == 3


def test_the_range_worked_out_by_hand():
    # ten stays, two leave at 1: kept 0.8, spread 2/(10x8) = 0.025, width 1.96 x sqrt(0.025)/0.22314 = 1.38879
    step = kaplan_meier([Stay(1, True)] * 2 + [Stay(2, False)] * 8).steps[0]
    width = 1.959963984540054 * math.sqrt(0.025) / -math.log(0.8)
    assert width == pytest.approx(1.38879, abs=1e-5)
    assert (step.low, step.high) == pytest.approx((0.8 ** math.exp(width), 0.8 ** math.exp(-width)))
    assert step.low == pytest.approx(0.409, abs=5e-4)
    assert step.high == pytest.approx(0.946, abs=5e-4)


def test_the_remissions_of_21_patients_come_out_as_published():
    # Freireich and others, Blood 21 (1963), as worked through in every textbook of the method
    left = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    seen = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    curve = kaplan_meier([Stay(t, True) for t in left] + [Stay(t, False) for t in seen])
    kept = [round(step.kept, 3) for step in curve.steps]
    assert kept == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert [step.at_risk for step in curve.steps] == [21, 17, 15, 12, 11, 7, 6]


def test_who_leaves_and_who_goes_out_of_sight_on_one_day_are_counted_in_that_order():
    assert kaplan_meier([Stay(5, True), Stay(5, False)]).steps[0].at_risk == 2


def test_who_was_there_before_counting_began_counts_from_then_on_only():
    # the long-stayer enters at 10 years: nothing is known of how many such people left before
    curve = kaplan_meier(
        [Stay(1, True), Stay(2, False), Stay(12, True, entered=10), Stay(13, False, entered=10)]
    )
    assert [(s.time, s.at_risk) for s in curve.steps] == [(1, 2), (12, 2)]


def test_nothing_is_said_beyond_the_longest_stay():
    curve = kaplan_meier([Stay(1, True), Stay(2, False)])
    assert curve.at(0.5).kept == 1
    assert curve.at(2).kept == 0.5
    assert curve.at(2.1) is None
    assert kaplan_meier([]) == Curve(0, 0, 0.0, ())


@settings(max_examples=150, deadline=None)
@given(STAYS)
def test_every_curve_falls_within_its_range_whatever_the_order(stays):
    curve = kaplan_meier(stays)
    kept = [1.0, *(step.kept for step in curve.steps)]
    assert all(a >= b - 1e-12 for a, b in pairwise(kept))
    assert all(0 <= s.low <= s.kept + 1e-9 and s.kept <= s.high + 1e-9 <= 1 + 2e-9 for s in curve.steps)
    assert kaplan_meier(reversed(stays)) == curve


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 15), min_size=1, max_size=30))
def test_where_everybody_is_seen_to_leave_it_is_the_plain_share(times):
    for step in kaplan_meier([Stay(time, True) for time in times]).steps:
        assert step.kept == pytest.approx(sum(1 for time in times if time > step.time) / len(times), abs=1e-9)


@settings(max_examples=80, deadline=None)
@given(STAYS, st.integers(1, 30))
def test_who_stays_on_longer_never_lowers_the_curve(stays, more):
    """Censoring on the right: seeing those who are still there for longer cannot make the others leave more."""
    longer = [s if s.left else Stay(s.seen + more, False, s.entered) for s in stays]
    before, after = kaplan_meier(stays), kaplan_meier(longer)
    assert all(b.kept >= a.kept - 1e-12 for a, b in zip(before.steps, after.steps, strict=True))


@pytest.mark.parametrize(
    ("events", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.390)]
)
def test_the_range_of_a_count_is_the_published_one(events, low, high):
    found = rate_of(events, 1.0)
    assert found.low == pytest.approx(low, abs=1e-3)
    assert found.high == pytest.approx(high, abs=1e-3)
    assert rate_of(events, 4.0).high == pytest.approx(high / 4, abs=1e-3)


def test_without_years_seen_a_rate_is_not_known():
    found = rate_of(0, 0.0)
    assert found.rate is None
    assert found.high is None
    assert middle_of([]) is None
    assert middle_of([3, 1, 2, 10]) == 2.5
