"""From when on an answer counts: its promises, its differences, its savings and what it hangs on have one first change."""

from dataclasses import replace
from datetime import date

import pytest

pytest.importorskip("numba")

from rightplace.domain.simulation.scenarios import Change, Merge, Question, Scenario, hanging
from rightplace.domain.simulation.scenarios.about import about
from rightplace.domain.simulation.scenarios.scenario import EarlyHelp

BASE = Scenario("As now", date(2026, 4, 6), 364, areas=(("North", 2_000), ("South", 2_000)))
AUTUMN = Change(date(2026, 10, 5), "posts", "assessment", 1)
SUMMER = Change(date(2026, 6, 15), "demand", "all", 1.2)
FROM_FIRST = {
    "early help": {"early_help": EarlyHelp(0.2)},
    "a strength": {"strengths": (("leaving.early", 0.2),)},
    "what people cost": {"strengths": (("cost.worker", 900.0),)},
    "areas that are one": {"merges": (Merge(("North", "South"), "Both"),)},
}


def weeks(base: Scenario, *others: Scenario) -> tuple[int, list[int]]:
    """From which week an answer counts, and what each scenario saves."""
    told = about(Question.of(base, others))
    return told.first_change, [each.first_change for each in told.scenarios[1:]]


@pytest.mark.parametrize("more", FROM_FIRST.values(), ids=FROM_FIRST)
def test_what_is_changed_from_the_first_day_counts_from_the_first_day(more):
    other = replace(BASE, name="Other", changes=(AUTUMN,), **more)
    assert weeks(BASE, other) == (0, [0])


@pytest.mark.parametrize("more", FROM_FIRST.values(), ids=FROM_FIRST)
def test_what_holds_in_both_from_the_first_day_is_no_change(more):
    both = replace(BASE, **more)
    assert weeks(both, replace(both, name="Other", changes=(AUTUMN,))) == (26, [26])


def test_what_changes_in_one_of_two_only_counts_from_there_whichever_it_is():
    dear = replace(BASE, changes=(SUMMER,))
    assert weeks(dear, replace(BASE, name="Other", changes=(AUTUMN,))) == (10, [10])
    assert weeks(BASE, replace(BASE, name="Other", changes=(AUTUMN, SUMMER))) == (10, [10])


def test_of_several_the_answer_counts_from_the_first_and_each_saving_from_its_own():
    first, second = (replace(BASE, name=each.what, changes=(each,)) for each in (AUTUMN, SUMMER))
    assert weeks(BASE, first, second) == (10, [26, 10])


def test_alone_a_scenario_counts_from_what_it_says_is_changed():
    assert weeks(replace(BASE, early_help=EarlyHelp(0.2), changes=(AUTUMN,))) == (0, [])
    assert weeks(replace(BASE, strengths=(("leaving.early", 0.2),), changes=(AUTUMN,))) == (26, [])
    assert weeks(BASE) == (0, [])


def test_what_an_answer_hangs_on_counts_from_the_same_week_as_the_answer(monkeypatch):
    seen = set()
    monkeypatch.setattr(hanging, "_one", lambda *told: float(seen.add(told[-1]) or len(seen)))
    for more in ({"early_help": EarlyHelp(0.2)}, {}):
        question = Question.of(BASE, [replace(BASE, name="Other", changes=(AUTUMN,), **more)])
        list(hanging.sensitivity(question, "open", trajectories=2))
        assert seen == {about(question).first_change}
        seen.clear()
