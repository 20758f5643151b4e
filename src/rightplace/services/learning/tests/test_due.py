"""What is due is worked out, what nobody knows is not known, and what stays is counted without telling who."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.evidence import THRESHOLD
from rightplace.domain.practice.packfiles import PackRefused
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.learning.asking import PACKS, read, rules_on
from rightplace.services.learning.career import Known, Met, next_step, steps_for
from rightplace.services.learning.due import How, Learner, asked_of
from rightplace.services.learning.staying import stayed

TODAY = date(2026, 3, 3)


def learner(**more) -> Learner:
    said = {
        "worker": 1, "name": "Ned Low", "role": int(RoleCode.SOCIAL_WORKER), "since": date(2025, 1, 1), "registered": True,
        "attended": {}, "booked": {},
    }  # fmt: skip
    return Learner(**(said | more))


def stands(who: Learner) -> dict[str, How]:
    return {each.of.id: each.how for each in asked_of(who, rules_on(TODAY), TODAY)}


def test_of_whom_nothing_was_ever_written_down_nothing_is_late():
    assert set(stands(learner()).values()) == {How.UNKNOWN}


def test_a_refresher_runs_out_and_what_was_never_taken_is_late_after_its_time():
    taken = {"safeguarding": [date(2022, 3, 1)]}
    found = stands(learner(attended=taken))
    assert found == {"safeguarding": How.LATE, "information": How.LATE, "cpd": How.DUE}
    fresh = stands(learner(attended={"safeguarding": [date(2023, 3, 4)]}, since=date(2026, 3, 1)))
    assert fresh == {"safeguarding": How.HELD, "information": How.DUE, "cpd": How.DUE}


def test_two_pieces_between_december_and_november_keep_a_registration():
    days = {"court": [date(2025, 12, 1)], "cpd": [date(2026, 2, 1)]}
    assert stands(learner(attended=days))["cpd"] is How.HELD
    assert stands(learner(attended=days | {"court": [date(2025, 11, 30)]}))["cpd"] is How.DUE
    assert stands(learner(attended=days, registered=None))["cpd"] is How.UNKNOWN
    assert "cpd" not in stands(learner(attended=days, registered=False))


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.tuples(
            st.dates(date(2022, 1, 1), date(2025, 12, 31)),
            st.none() | st.integers(1, 900).map(lambda n: timedelta(days=n)),
        ),
        max_size=40,
    )
)
def test_no_small_number_of_those_who_stayed_or_left_can_be_worked_out(spells):
    found = stayed([(on, on + after if after else None) for on, after in spells], TODAY)
    for each in found:
        if each.here is None:
            continue
        for number in (each.counted, each.here, each.counted - each.here):
            assert number == 0 or number >= THRESHOLD
        assert 0 <= each.low <= each.here / each.counted <= each.high <= 1
    told = [each.here for each in found if each.here is not None]
    assert all(abs(a - b) == 0 or abs(a - b) >= THRESHOLD for a, b in pairwise(told))


def test_the_next_step_says_what_is_met_and_never_decides():
    known = Known(
        "social_work", date(2023, 7, 1), True, date(2023, 7, 1), True, {"court": [date(2025, 1, 1)]}
    )
    steps = steps_for(known, rules_on(TODAY), TODAY)
    following = next_step(steps)
    assert following is not None
    assert following.of.grade == "Experienced social worker"
    assert [met for _, met in following.asks] == [Met.MET, Met.MET, Met.NOT_YET, Met.PEOPLE]
    unknown = Known("social_work", None, None, None, None, {})
    assert {met for each in steps_for(unknown, rules_on(TODAY), TODAY) for _, met in each.asks} == {
        Met.UNKNOWN, Met.PEOPLE,
    }  # fmt: skip


def test_rules_that_name_what_is_not_there_are_refused_whole(tmp_path):
    text = next(PACKS.glob("*.toml")).read_text()
    wrong = tmp_path / "wrong.toml"
    for old, new in (('kinds = ["information"]', 'kinds = ["nothing"]'), ('"course:court"', '"score:9"')):
        wrong.write_text(text.replace(old, new, 1))
        with pytest.raises(PackRefused):
            read(wrong)
