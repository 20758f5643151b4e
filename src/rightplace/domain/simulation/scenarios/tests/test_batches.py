"""Batches give the same bytes in whatever order, on however many threads; a job that was stopped goes on to the same end."""

from dataclasses import replace
from datetime import date

import pytest

pytest.importorskip("numba")

from rightplace.domain.simulation import edition as model
from rightplace.domain.simulation.scenarios import (
    Answer,
    Batch,
    Change,
    Gathered,
    ImpossibleScenario,
    Question,
    Scenario,
    asking,
    luck_of,
    steps,
)
from rightplace.domain.simulation.scenarios.answering import answer

BASE = Scenario("As now", date(2026, 4, 6), 182, areas=(("North", 5_000), ("South", 6_000)))
LEAVE = Scenario(
    "Four leave",
    date(2026, 4, 6),
    182,
    areas=BASE.areas,
    changes=(Change(date(2026, 6, 1), "leave", "South", 4),),
)


@pytest.fixture(scope="module")
def question() -> Question:
    return Question.of(BASE, [LEAVE])


@pytest.fixture(scope="module")
def whole(question) -> Gathered:
    gathered = Gathered.of(question)
    for batch in steps(question, 6, 6):
        gathered.add(batch)
    return gathered


def test_order_size_and_threads_of_batches_leave_the_same_bytes(question, whole):
    other = Gathered.of(question)
    for batch in reversed(list(steps(question, 6, 2, threads=2))):
        other.add(Batch.from_bytes(batch.to_bytes()))
    assert other.to_bytes() == whole.to_bytes()
    assert answer(other).to_json() == answer(whole).to_json()


def test_a_job_that_was_stopped_goes_on_elsewhere_to_the_same_bytes(question, whole):
    stopped = Gathered.of(question).add(next(steps(question, 6, 2)))
    again = Question.from_bytes(question.to_bytes())
    gathered = Gathered.from_bytes(stopped.to_bytes())
    rest = list(steps(again, 6, 3, done=gathered))
    assert [batch.first for batch in rest] == [2, 5]
    for batch in rest:
        gathered.add(batch)
    assert gathered.to_bytes() == whole.to_bytes()


def test_a_batch_of_another_question_is_refused(question, whole):
    other = Question.of(BASE, [LEAVE], seed=2)
    with pytest.raises(ImpossibleScenario, match="another question"):
        Gathered.of(other).add(Batch(question.digest, 0, whole.together()))


def test_what_another_edition_of_the_model_has_half_worked_out_is_not_gone_on_with(question, monkeypatch):
    kept, found = question.to_bytes(), Gathered.of(question).add(next(steps(question, 4, 2))).to_bytes()
    monkeypatch.setattr(asking, "edition", lambda: "newer")
    newer = Question.from_bytes(kept)
    with pytest.raises(ImpossibleScenario, match="another edition of the model"):
        next(steps(newer, 4, 2, done=Gathered.from_bytes(found)))
    with pytest.raises(ImpossibleScenario, match="another edition of the model"):
        Gathered.from_bytes(found).add(next(steps(newer, 4, 2)))


def test_a_file_that_decides_what_comes_out_makes_another_edition(tmp_path, monkeypatch):
    decides = tmp_path / "decides"
    decides.mkdir()
    monkeypatch.setattr(model, "_DECIDES", (decides,))
    found = []
    for name, words in (("a.py", "1"), ("a.py", "2"), ("b.toml", "2"), ("words.md", "3")):
        (decides / name).write_text(words)
        found.append(model.edition.__wrapped__())
    assert len(set(found)) == 3
    assert found[-1] == found[-2], "words decide nothing"
    monkeypatch.undo()
    read = {file.name for folder in model._DECIDES for file in folder.iterdir()}
    assert {"kernel.py", "england.toml", "handed.py", "resolving.py", "batches.py"} <= read


def test_an_answer_is_the_same_after_it_was_kept_as_json(whole):
    found = answer(whole)
    assert Answer.from_json(found.to_json()) == found
    assert Answer.from_builtins(found.to_builtins()) == found
    assert found.places == ["South", "all"]
    assert [each.name for each in found.scenarios] == ["As now", "Four leave"]
    assert len(found.weeks) == len(found.picture("As now", "assessment", "South").fan.p50) == 26


def test_before_the_first_change_both_futures_are_the_same(whole):
    numbers = whole.together()
    first = whole.about["first_change"]
    assert (numbers[0, :, :first] == numbers[1, :, :first]).all()
    assert (numbers[0] != numbers[1]).any()


def test_posts_that_are_added_in_one_team_leave_everybody_else_their_luck():
    more = Scenario(
        "More in family support",
        BASE.begins,
        BASE.days,
        areas=BASE.areas,
        changes=(Change(date(2026, 9, 1), "posts", "North family support", 2),),
    )
    question = Question.of(BASE, [more], where=("South",))
    numbers = Gathered.of(question).add(next(steps(question, 2, 2))).together()
    first = (date(2026, 9, 1) - BASE.begins).days // 7
    assert (numbers[0, :, :first] == numbers[1, :, :first]).all()


def test_as_things_are_is_the_same_to_the_last_digit_in_every_answer_about_the_same_beginning():
    """Whatever it is held against, and however many seats that opens; another beginning has other luck."""
    more = replace(LEAVE, name="More", changes=(Change(date(2026, 5, 4), "posts", "all", 9),))
    seed = luck_of(BASE.begins, BASE.structure())
    assert seed != luck_of(date(2026, 4, 13), BASE.structure())
    shown = []
    for others in ([LEAVE], [more], [LEAVE, more]):
        gathered = Gathered.of(Question.of(BASE, others, seed, where=("South",)))
        for batch in steps(Question.of(BASE, others, seed, where=("South",)), 4, 4):
            gathered.add(batch)
        shown.append([gathered.numbers[nth][0].tobytes() for nth in range(4)])
    assert shown[0] == shown[1] == shown[2]
