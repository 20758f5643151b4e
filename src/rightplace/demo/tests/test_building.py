"""What the journal refuses of a city is told, and only of a large one is a little of it left out."""

from __future__ import annotations

import logging

import pytest

from rightplace.demo import building

ONE = (7, "case.closed", "Something that is due is not done.")


@pytest.mark.parametrize(("refused", "families"), [(1, 1_900), (1, 9_999), (6, 50_000)])
def test_a_small_town_is_refused_nothing_and_a_city_not_much(refused, families):
    with pytest.raises(
        building.Refusing, match=f"{refused} writes were refused; the first: case.closed of 7"
    ):
        building._accept([ONE] * refused, families)


def test_what_is_left_out_of_a_city_is_told(caplog):
    with caplog.at_level(logging.WARNING, "rightplace.demo"):
        building._accept([ONE] * 2, 60_000)
    assert (
        caplog.messages
        == ["the journal refused case.closed, which is not in the city: Something that is due is not done."]
        * 2
    )
