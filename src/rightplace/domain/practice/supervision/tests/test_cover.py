"""Nobody is without a supervisor on a working day, whoever is away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rightplace.domain.practice.supervision import How, answering

PEOPLE = st.integers(1, 12)


@given(
    PEOPLE, PEOPLE, st.sets(PEOPLE), st.none() | PEOPLE, st.lists(PEOPLE), st.lists(PEOPLE), st.lists(PEOPLE)
)
def test_somebody_who_is_there_answers_as_long_as_anybody_is(worker, own, away, named, team, above, others):
    found = answering(worker, own, away=away, named=named, team=team, above=above, others=others)
    could = {own, *([named] if named else []), *team, *above, *others} - away - {worker}
    if could:
        assert found.supervisor in could
        assert found.how is not How.NOBODY_THERE
    else:
        assert (found.supervisor, found.how) == (own, How.NOBODY_THERE)


def test_the_named_cover_comes_before_the_team_and_the_team_before_those_above():
    ladder = {"named": 3, "team": [4], "above": [5], "others": [6]}
    assert answering(1, 2, away=[], **ladder) == answering(1, 2, away=[9], **ladder)
    for gone, who, how in (
        ([2], 3, How.NAMED), ([2, 3], 4, How.TEAM), ([2, 3, 4], 5, How.ABOVE), ([2, 3, 4, 5], 6, How.OTHERS),
    ):  # fmt: skip
        found = answering(1, 2, away=gone, **ladder)
        assert (found.supervisor, found.how) == (who, how)


def test_nobody_supervises_oneself():
    assert answering(1, 1, away=[], above=[5]).supervisor == 5
    assert answering(1, 2, away=[2], named=1, above=[5]).supervisor == 5
