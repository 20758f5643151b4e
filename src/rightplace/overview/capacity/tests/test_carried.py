"""What people had to carry: the same children for half the workers is twice as much; and from where a long record is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rightplace.domain.simulation.drift import Alarm, Count, Direction, Ratio, Strain, watch
from rightplace.foundation.access.actor import RULES
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation.establishment import people
from rightplace.foundation.organisation.models import Team
from rightplace.overview.capacity import carried, drifting
from rightplace.overview.capacity.drifting import Thresholds, Watched
from rightplace.overview.capacity.months import instant, month_of
from rightplace.overview.capacity.presenters.thresholds import ThresholdsPage
from rightplace.overview.capacity.tests.test_ownpeople import LONG_AGO, seated
from rightplace.overview.capacity.tests.test_ownpeople import posts as posts

FIRST, LAST = month_of(date(2025, 3, 1)), month_of(date(2026, 3, 1))
HALVED = date(2025, 12, 15)
SIXTY = 60


def open_children(team: Team, many: int) -> None:
    """So many children who are open with a team, one in ten without a worker."""
    plain = {
        "begins": instant(date(2024, 1, 8)), "entry": 0, "legal": "", "processes": ["assessment"], "parts": [], "part": "",
        "team": team.pk, "open": True, "label": 0,
    }  # fmt: skip
    Span.objects.bulk_create(Span(person=n, worker=n % 10, **plain) for n in range(many))


def told(posts) -> dict[str, dict[int, float]]:
    found = carried.pressures(posts.city.head_of_service.actor, FIRST, LAST)
    return {each.name: dict(each.values) for each in found}


def test_half_of_the_workers_gone_is_twice_as_much_to_carry_for_the_others(posts):
    """As many children as before: their number alone would say that nothing had changed."""
    open_children(posts.team, SIXTY)
    sits = [seated(posts, name, LONG_AGO)[1] for name in ("Ada Lane", "Bo Reed", "Cy Moss", "Di Pell")]
    for each in sits[:2]:
        people.leave_seat(occupancy=each, on=HALVED, by=RULES)
    found = told(posts)
    before, after = month_of(HALVED) - 1, month_of(HALVED) + 1
    assert (found["caseload"][before], found["caseload"][after]) == (SIXTY / 4, SIXTY / 2)
    assert (found["vacancies"][before], found["vacancies"][after]) == (0, 2)
    assert set(found["unallocated"].values()) == {SIXTY / 10}
    assert "open" not in found


def test_a_share_that_moved_when_half_of_the_workers_left_is_explained_by_it(posts):
    open_children(posts.team, SIXTY)
    for name in ("Ada Lane", "Bo Reed"):
        _, sits = seated(posts, name, LONG_AGO)
    people.leave_seat(occupancy=sits, on=HALVED, by=RULES)
    counts = [Count(at, 200, 100 + at % 3 if at < month_of(HALVED) else 50) for at in range(FIRST, LAST)]
    ratio = Ratio("referred", "Contacts that became a referral", Direction.FALLING, tuple(counts))
    actor = posts.city.head_of_service.actor
    (alarm,) = watch([ratio], carried.pressures(actor, FIRST, LAST), usual_periods=9)
    assert alarm.under_strain


def test_a_month_with_nobody_in_post_is_the_worst_and_not_left_out(posts):
    """As if one worker were there: no number would do, and leaving it out would hide it."""
    open_children(posts.team, SIXTY)
    sits = [seated(posts, name, LONG_AGO)[1] for name in ("Ada Lane", "Bo Reed")]
    for each in sits:
        people.leave_seat(occupancy=each, on=HALVED, by=RULES)
    actor = posts.city.head_of_service.actor
    found = {each.name: each for each in carried.pressures(actor, FIRST, LAST)}
    each_month = dict(found["caseload"].values)
    assert [each_month[month_of(HALVED) + months] for months in (-1, 0, 1)] == [SIXTY / 2, SIXTY, SIXTY]
    assert found["caseload"].title == f"{carried.CASELOAD} {carried.NOBODY}"


def test_without_posts_written_down_the_number_of_children_stands_in(posts, django_assert_max_num_queries):
    open_children(posts.team, SIXTY)
    with django_assert_max_num_queries(3):
        found = told(posts)
    assert set(found) == {"open", "unallocated"}
    assert set(found["open"].values()) == {SIXTY}


# from where ----------------------------------------------------------------------------------------------------------


def test_what_is_usual_stays_the_same_from_one_april_to_the_next():
    months = range(month_of(date(2026, 4, 1)), month_of(date(2027, 4, 1)))
    assert {drifting.looked_back_to(last) for last in months} == {month_of(date(2021, 4, 1))}
    assert drifting.looked_back_to(months.stop) == month_of(date(2022, 4, 1))


# said ----------------------------------------------------------------------------------------------------------------


def alarm(since: int, usual: float, now: float, *strains: Strain) -> Alarm:
    return Alarm(
        "again", "Families who come again", since + 2, since, Direction.RISING, usual, now, ("CUSUM",), strains,
        bool(strains),
    )  # fmt: skip


def page(*alarms: Alarm, cut: bool = False) -> ThresholdsPage:
    counts = tuple(Count(FIRST + month, 200.0, 40.0) for month in range(12))
    latest, *earlier = alarms
    ratio = Ratio("again", "Families who come again", Direction.RISING, counts)
    shares = (Watched(ratio, (0.1, 0.2, 0.3), latest, "", tuple(earlier)),)
    return ThresholdsPage(Thresholds(shares, date(2021, 4, 1), 59, 24, cut), datetime(2026, 3, 3, tzinfo=UTC))


def test_a_second_move_is_told_first_and_the_one_before_it_after_it():
    strain = Strain(carried.CASELOAD, 15.21, 15.84, True)
    share = page(alarm(LAST - 4, 0.3, 0.4, strain), alarm(FIRST, 0.2, 0.3)).shares[0]
    assert (
        share.sentence == "Families who come again: risen from 30 to 40 in every hundred since November 2025."
    )
    assert share.more[-1] == "Before that it had risen from 20 to 30 in every hundred since March 2025."
    assert "children for each worker in post went from 15.2 to 15.8" in share.more[1]


def test_the_line_of_what_is_usual_moves_with_what_has_become_usual():
    """The sentence says from 30 to 40; the line stood at 20, as in the first months."""
    chart = page(alarm(LAST - 4, 0.3, 0.4), alarm(FIRST + 3, 0.2, 0.3)).shares[0].chart
    (usual,) = (dict(each.points) for each in chart.series if each.name == "usual")
    told = [round(value) for _, value in sorted(usual.items())]
    assert told == [20, 20, 20, *[30] * 9]
    assert chart.limits.words == "usual for a month since June 2025"
    assert page(alarm(LAST - 4, 0.3, 0.4)).shares[0].chart.limits.words == "usual for a month"


def test_after_an_earlier_move_the_dashed_lines_are_of_the_months_between_both():
    shares = [20] * 24 + [60] * 20 + [110] * 12
    counts = tuple(Count(FIRST + at, 200, share + at % 3) for at, share in enumerate(shares))
    ratio = Ratio("again", "Families who come again", Direction.RISING, counts)
    alarms = watch([ratio], usual_periods=24)
    assert len(alarms) == 2
    found = drifting._watched(ratio, alarms, 24)
    low, usual, high = found.limits
    assert low < 0.3 < high and usual == pytest.approx(found.alarm.usual, abs=0.005)
    assert drifting._watched(ratio, alarms[:1], 24).limits == drifting._watched(ratio, [], 24).limits


@pytest.mark.parametrize("cut", [True, False])
def test_of_a_long_record_the_page_says_from_where_it_is_read(cut):
    said = replace(page(alarm(LAST - 4, 0.3, 0.4)), now=datetime(2026, 3, 3, tzinfo=UTC), found=page(
        alarm(LAST - 4, 0.3, 0.4), cut=cut).found).since  # fmt: skip
    assert said.startswith("We look back to April 2021" if cut else "The record is whole from April 2021")
    assert ("Each April the oldest year is left out" in said) is cut


def test_how_often_an_alarm_comes_of_nothing_is_said_with_its_range():
    said = page(alarm(LAST - 4, 0.3, 0.4)).false_calls
    assert "once in fifteen years" in said and "about once in four" in said and "after one usual year" in said
