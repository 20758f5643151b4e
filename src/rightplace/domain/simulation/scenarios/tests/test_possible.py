"""How far a strength may go: whatever is accepted can be run to its end, and what the engine would cut off is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rightplace.domain.simulation.names import MEASURES
from rightplace.domain.simulation.order import VALUES
from rightplace.domain.simulation.parameters import Strength, parameters
from rightplace.domain.simulation.scenarios import CannotBe, Change, EarlyHelp, Scenario, check, read
from rightplace.domain.simulation.teams import structure_of

BEGINS = date(2026, 4, 6)
AREAS = (("Hamlet", 3_000),)
HEAD = 'name = "X"\nbegins = 2026-04-06\ndays = 364\n[areas]\nHamlet = 3000\n'
SERVICE = parameters(structure_of(AREAS), BEGINS)
STRENGTHS = SERVICE.strengths


def test_every_strength_says_how_far_it_may_go_and_a_share_goes_from_nothing_to_all():
    for strength in STRENGTHS.values():
        assert 0 <= strength.least <= strength.low <= strength.high <= strength.most < 20_000, strength.name
        assert strength.unit != "share" or strength.high > 1 or strength.most == 1, strength.name
        assert not strength.whole or strength.least == int(strength.least), strength.name


def test_nobody_works_no_part_of_their_week_and_nothing_is_slower_than_never():
    part = ("manager.share", "manager.kept", "worker.share", "part_time.share", "load.ceiling")
    assert all(STRENGTHS[name].least > 0 for name in part)
    assert STRENGTHS["shortage.memory"].most == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("manager.share", "0", "0 is not between 0.05 and 1"),
        ("manager.share", "2.4", "2.4 is not between 0.05 and 1"),
        ("manager.kept", "0", "0 is not between 0.05 and 1"),
        ("shortage.memory", "2.5", "2.5 is not between 0 and 1"),
        ("supervision.weeks", "5.9", "5.9 is not whole, and this is counted in whole weeks"),
        ("visit.weeks.need", "4.5", "4.5 is not whole"),
        ("review.months.later", "5.5", "counted in whole months"),
    ],
)
def test_what_is_not_possible_is_refused_with_its_line_from_the_first_day_and_from_a_later_one(
    name, value, words
):
    at_first = f'{HEAD}[strengths]\n"{name}" = {value}\n'
    later = f'{HEAD}[[change]]\nday = 2026-06-01\nwhat = "{name}"\namount = {value}\n'
    for text, line in ((at_first, 7), (later, 9)):
        if name.startswith("review.months") and text is later:
            continue
        with pytest.raises(CannotBe) as refused:
            read(text)
        assert refused.value.line == line, refused.value
        assert words in refused.value.because


def test_a_standard_that_would_be_run_otherwise_than_it_is_told_is_refused():
    asked = f'{HEAD}[[change]]\nday = 2026-06-01\nwhat = "standard.supervision"\namount = 5.9\n'
    with pytest.raises(CannotBe, match=r"line 9, change 1, amount: 5\.9 is not whole"):
        read(asked)
    assert check(read(asked.replace("5.9", "5"))).changes[0].amount == 5


@pytest.mark.parametrize("what", ["early_help", "support.effect"])
def test_early_help_that_is_told_twice_for_the_first_day_is_refused(what):
    change = f'[[change]]\nday = 2026-04-06\nwhat = "{what}"\namount = 0.1\n'
    with pytest.raises(CannotBe, match="early_help sets the same from 2026-04-06 on; say it once") as refused:
        read(f"{HEAD}[early_help]\neffect = 0.3\n{change}")
    assert refused.value.line == 10
    assert read(f"{HEAD}[early_help]\neffect = 0.3\n{change.replace('04-06', '05-04')}")


def test_a_strength_of_the_first_day_is_not_set_again_on_it_but_for_a_place_or_some_weeks():
    change = '[[change]]\nday = 2026-04-06\nwhat = "load.slows"\namount = 0.1\n'
    start = f'{HEAD}[strengths]\n"load.slows" = 0.7\n'
    with pytest.raises(CannotBe, match="strengths sets the same"):
        read(start + change)
    assert read(f'{start}{change}where = "Hamlet assessment"\n')
    assert read(f"{start}{change}weeks = 4\n")


def test_a_change_of_no_place_is_refused():
    with pytest.raises(CannotBe, match="line 8, change 1, where: name a place"):
        read(f'{HEAD}[[change]]\nday = 2026-06-01\nwhere = ""\nwhat = "leave"\namount = 1\n')


def values_of(strength: Strength) -> st.SearchStrategy[float]:
    """The ends of what is possible, anything between them, and what lies just outside."""
    ends = [strength.least, strength.most, strength.low, strength.high]
    between = st.floats(strength.least, strength.most)
    if strength.whole:
        between = st.integers(int(strength.least), int(strength.most)).map(float)
    return st.one_of(
        st.sampled_from([*ends, strength.least - 0.5, strength.most * 1.5 + 0.1]), between, between
    )


SET = st.sampled_from(sorted(STRENGTHS)).flatmap(lambda n: st.tuples(st.just(n), values_of(STRENGTHS[n])))


@settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.filter_too_much]
)
@given(
    st.lists(SET, min_size=1, max_size=6, unique_by=lambda told: told[0]),
    st.lists(SET, max_size=4, unique_by=lambda told: told[0]),
    st.sampled_from([None, EarlyHelp(1.0), EarlyHelp(0.5, date(2026, 5, 4))]),
)  # fmt: skip
def test_whatever_is_accepted_runs_to_its_end_and_every_number_is_one(at_first, later, help_):
    pytest.importorskip("numba")
    from rightplace.domain.simulation import run
    from rightplace.domain.simulation.scenarios import Question

    day = BEGINS + timedelta(weeks=3)
    scenario = Scenario(
        "X", BEGINS, 56, areas=AREAS, strengths=tuple(at_first), early_help=help_,
        changes=tuple(Change(day, name, "all", value) for name, value in later if name in VALUES),
    )  # fmt: skip
    try:
        question = Question.of(scenario)
    except CannotBe:
        assume(False)
    told = question.told[0]
    weeks = run(told.given, told.census, told.changes, 56, 2, seed=3)
    assert weeks.numbers.min() >= 0
    assert weeks.numbers.max() < 1 << 30
    assert weeks.numbers[:, :, MEASURES.index("shortage"), :-1].max() <= 1_000, "of a whole shortage"


@pytest.mark.parametrize("end", ["least", "most"])
@pytest.mark.parametrize("name", sorted(STRENGTHS))
def test_the_ends_of_what_is_possible_are_accepted_each_alone(name, end):
    check(Scenario("X", BEGINS, 56, areas=AREAS, strengths=alone(name, getattr(STRENGTHS[name], end))))


def alone(name: str, value: float) -> tuple[tuple[str, float], ...]:
    """With it, nothing else from the same point goes on."""
    from rightplace.domain.simulation.scenarios.branching import POINTS

    others = {each for _, ways in POINTS if name in ways for each in ways} - {name}
    return ((name, value), *((each, 0.0) for each in sorted(others)))


@pytest.mark.parametrize("end", ["least", "most"])
def test_a_service_in_which_everything_is_at_one_end_of_what_is_possible_runs(end):
    pytest.importorskip("numba")
    from rightplace.domain.simulation import run
    from rightplace.domain.simulation.scenarios import Question
    from rightplace.domain.simulation.scenarios.branching import POINTS

    kept = {name for _, ways in POINTS for name in ways}
    told = tuple((name, getattr(each, end)) for name, each in STRENGTHS.items() if name not in kept)
    asked = Question.of(Scenario("X", BEGINS, 91, areas=AREAS, strengths=told)).told[0]
    weeks = run(asked.given, asked.census, asked.changes, 91, 2, seed=3)
    assert 0 <= weeks.numbers.min() <= weeks.numbers.max() < 1 << 30
    assert weeks.numbers[:, :, MEASURES.index("shortage"), :-1].max() <= 1_000


def test_what_a_standard_may_be_a_later_day_may_set():
    """The engine had a limit of its own, three times what is held possible: of a pack's clock that was three days."""
    text = f'{HEAD}[[change]]\nday = 2026-06-01\nwhat = "standard.decision"\namount = 5\n'
    assert [each.amount for each in check(read(text)).changes] == [5.0]
