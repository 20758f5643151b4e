"""What an answer hangs on: every assumption has words, what was set is not moved, and the same runs give the same ranking."""

from dataclasses import replace
from datetime import date

import pytest

pytest.importorskip("numba")
pytest.importorskip("SALib")

from rightplace.domain.simulation.parameters import parameters
from rightplace.domain.simulation.scenarios import CannotBe, Question, Scenario
from rightplace.domain.simulation.scenarios.factors import WORDS, factors
from rightplace.domain.simulation.scenarios.finding import Found, Future, Hanging, Progress
from rightplace.domain.simulation.scenarios.hanging import sensitivity
from rightplace.domain.simulation.scenarios.promises import BY_CODE as PROMISED
from rightplace.domain.simulation.scenarios.searching import smallest
from rightplace.domain.simulation.scenarios.trials import Trials
from rightplace.domain.simulation.teams import structure_of

HAMLET = Scenario("Hamlet", date(2026, 4, 6), 182, areas=(("Hamlet", 3_000),))


@pytest.fixture(scope="module")
def question() -> Question:
    return Question.of(HAMLET)


@pytest.fixture(scope="module")
def told(question) -> list[Progress | Hanging]:
    return list(sensitivity(question, "open", trajectories=2))


def test_every_assumption_of_the_model_is_moved_and_has_words():
    given = parameters(structure_of([("Hamlet", 3_000)]), date(2026, 4, 6))
    moved = {name for factor in factors(given, with_costs=True) for name in factor.strengths}
    assumed = {
        name
        for name, strength in given.strengths.items()
        if strength.is_assumed and strength.low < strength.high
    }
    assert assumed <= moved
    assert all(factor.words != factor.name for factor in factors(given, with_costs=True))
    assert set(WORDS) <= set(given.strengths)


def test_the_answer_hangs_on_what_moves_it_most_and_nobody_has_measured_it(told):
    found = told[-1]
    assert isinstance(found, Hanging)
    sizes = [each.moves for each in found.hangs_on]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(each.share for each in found.hangs_on) == pytest.approx(1, abs=0.01)
    assert found.hangs_on[0].words in found.sentence
    assert "which nobody has measured" in found.sentence
    assert not any(each.name.startswith("cost.") for each in found.hangs_on)


def test_a_study_that_was_stopped_goes_on_to_the_same_end(question, told):
    half = told[len(told) // 2]
    assert isinstance(half, Progress)
    rest = list(sensitivity(question, "open", trajectories=2, before=half))
    assert rest[-1] == told[-1]
    assert len(rest) < len(told)


def test_an_unknown_measure_is_refused(question):
    with pytest.raises(CannotBe, match="there is no measure"):
        next(sensitivity(question, "happiness"))


def test_a_search_says_what_it_hangs_on_and_a_stopped_one_comes_to_the_same():
    hamlet = Question.of(replace(HAMLET, days=560))
    asked = {"keep": ["unallocated"], "chance": 0.6, "replicates": 8, "checked": 8, "hangs_on": 2}
    told = list(smallest(hamlet, **asked))
    found = told[-1]
    assert isinstance(found, Found)
    assert found.hangs.startswith(f"For {PROMISED['unallocated'].words} this hangs most on ")
    half = next(each for each in told if isinstance(each, Progress) and len(each.moves) == 7)
    rest = list(smallest(hamlet, **asked, before=half))
    assert rest[-1] == found
    assert 0 < sum(isinstance(each, Progress) for each in rest) < len(told) - 7


def test_a_search_that_looks_further_says_what_other_people_hang_on(monkeypatch):
    """Fewer people are found then: what was run for the first says nothing of them."""
    hamlet = Question.of(replace(HAMLET, days=560))
    least = {kind: 2 * now // 3 for kind, now in Trials(hamlet).named(Trials(hamlet).now).items()}

    def futures(self, posts, seed, first, many):
        holds = all(posts >= least[kind] for kind, posts in self.named(posts).items())
        broken = [limit * (0.5 if holds else 2) for limit in self.limits]
        return [Future(broken, broken, 1e6, 1.0) for _ in range(many)]

    ran = []

    def year_where(self, posts, code, shares):
        ran.append(posts)
        return sum(posts) * shares["load.leaving"]

    monkeypatch.setattr(Trials, "futures", futures)
    monkeypatch.setattr(Trials, "year_where", year_where)
    asked = {"keep": ["unallocated"], "replicates": 8, "checked": 8, "hangs_on": 2}
    *_, half, early = smallest(hamlet, **asked, at_most=4)
    assert isinstance(half, Progress) and isinstance(early, Found)
    assert early.ended_early and half.moves and early.hangs
    ran.clear()
    *_, further = smallest(hamlet, **asked, before=half)
    *_, whole = smallest(hamlet, **asked)
    assert isinstance(further, Found) and isinstance(whole, Found)
    assert sum(further.posts.values()) < sum(early.posts.values())
    assert ran and {sum(posts) for posts in ran} == {sum(further.posts.values())}
    assert further.hangs == whole.hangs != early.hangs


def test_a_question_that_was_kept_moves_the_same_assumptions_in_the_same_order(question):
    kept = Question.from_bytes(question.to_bytes())
    assert factors(kept.given, with_costs=True) == factors(question.given, with_costs=True)
