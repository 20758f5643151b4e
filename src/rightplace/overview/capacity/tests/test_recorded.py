"""The answers that the demonstration shows are what the engine gives today."""

from __future__ import annotations

import pytest

from rightplace.domain.simulation.scenarios.answer import Answer
from rightplace.overview.capacity.presenters import headlines
from rightplace.overview.capacity.recorded import ASKED, SEED, recorded

MADE_ANEW = "Make them anew: python tools/make_capacity_answers.py"


@pytest.mark.parametrize("asked", ASKED, ids=lambda each: each.key)
def test_a_recorded_answer_is_what_the_engine_gives_today(asked):
    pytest.importorskip("numba", reason="the capacity model is not installed")
    from rightplace.domain.simulation.scenarios import Gathered, Question, answering, steps

    base, *others = asked.scenarios
    question = Question.of(base, others, SEED)
    gathered = Gathered.of(question)
    for batch in steps(question, asked.replicates, 20, 2):
        gathered.add(batch)
    kept = Answer.from_builtins(recorded(asked.key)["answer"])
    today = answering.answer(gathered).with_hanging(kept.hangs_on, kept.hangs_sentence)
    assert today == kept, MADE_ANEW


@pytest.mark.parametrize("asked", ASKED, ids=lambda each: each.key)
def test_a_recorded_answer_is_read_without_the_model(asked):
    answer = Answer.from_builtins(recorded(asked.key)["answer"])
    short = headlines.short(answer)
    assert 2 <= len(short) <= 5
    assert all(each.endswith((".", "?")) for each in short)
