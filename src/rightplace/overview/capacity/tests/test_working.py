"""A question is worked out piece by piece: stopped, killed or gone on with, it comes to the very same answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import clock
from rightplace.overview.capacity import actions, engine, looking, tasks, working
from rightplace.overview.capacity.looking import MOST_TRIALS
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.presenters import found, lists
from rightplace.overview.capacity.presenters.answer import ANEW
from rightplace.overview.capacity.tests.conftest import answered
from rightplace.testing.organisation import MORNING, sign_in

pytest.importorskip("numba", reason="the capacity model is not installed")

SMALL = 'name = "{0}"\nbegins = 2026-03-09\ndays = 56\n[areas]\nSouth = 2000\n{1}'
LEAVE = '[[change]]\nday = 2026-03-16\nwhat = "leave"\nwhere = "South"\namount = 2\n'


@pytest.fixture
def small_pieces(monkeypatch):
    """Two futures at a time, so that there is something to stop between."""
    monkeypatch.setattr(engine, "FIRST_PIECE", 2)
    monkeypatch.setattr(engine, "_more", lambda many, took: 2)


def asked(city, total=6, **more):
    texts = [SMALL.format("As things are", ""), SMALL.format("Two leave", LEAVE)]
    return actions.ask(
        what=Run.What.WHAT_IF, title="What if two leave?", asked={"scenarios": texts, "day": "2026-03-03", "own": False},
        start="an invented service", total=total, by=city.head_of_service.actor, seed=7, **more,
    )  # fmt: skip


def worked_out(run):
    while working.go_on(run.pk, seconds=60):
        pass
    run.refresh_from_db()
    return run


def test_the_first_piece_is_an_answer_and_later_ones_refine_it(city, small_pieces):
    run = asked(city)
    assert working.go_on(run.pk, seconds=0)
    run.refresh_from_db()
    assert (run.state, run.done, run.answer["replicates"]) == (Run.State.RUNNING, 2, 2)
    assert run.headline
    whole = worked_out(run)
    assert (whole.state, whole.done, whole.answer["replicates"]) == (Run.State.DONE, 6, 6)


def test_stopped_and_gone_on_with_it_comes_to_the_same_answer(city, small_pieces):
    straight = worked_out(asked(city)).answer
    run, by = asked(city), city.head_of_service.actor
    working.go_on(run.pk, seconds=0)
    actions.stop(run=run, by=by)
    assert not working.go_on(run.pk, seconds=60)
    run.refresh_from_db()
    assert (run.state, run.done) == (Run.State.STOPPED, 2)
    actions.go_on(run=run, by=by)
    assert worked_out(run).answer == straight


def test_a_killed_worker_loses_one_piece_and_the_run_is_taken_up_again(city, small_pieces, monkeypatch):
    straight = worked_out(asked(city)).answer
    run = asked(city)
    real = engine.pieces

    def killed(of):
        for number, piece in enumerate(real(of)):
            if number == 1:
                raise SystemExit  # as a killed process: nothing is written any more
            yield piece

    monkeypatch.setattr(engine, "pieces", killed)
    with pytest.raises(SystemExit):
        working.go_on(run.pk, seconds=60)
    monkeypatch.setattr(engine, "pieces", real)
    run.refresh_from_db()
    assert (run.state, run.done) == (Run.State.RUNNING, 2)
    begun = []
    monkeypatch.setattr(tasks, "begin", lambda number, priority=0: begun.append(number))
    assert tasks.take_up(0) == 0
    with clock.clock_at(MORNING + timedelta(minutes=2)):
        assert tasks.take_up(0) == 1
    assert begun == [run.pk]
    assert worked_out(run).answer == straight


def test_two_workers_never_have_one_run(city, small_pieces):
    """The other one has a connection of its own, as another program has; what it works on is not taken from it."""
    run, lock = asked(city), "SELECT pg_try_advisory_lock(%s, %s)"
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(lock, [working.LOCKS, run.pk])
            assert cursor.fetchone() == (True,)
        assert not working.go_on(run.pk, seconds=60)
        run.refresh_from_db()
        assert (run.state, run.done, run.tries) == (Run.State.WAITING, 0, 0)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    assert working.go_on(run.pk, seconds=0), "what nobody holds is taken"


def test_nobody_else_has_a_run_while_it_is_worked_on_and_whoever_comes_after_may(city, monkeypatch):
    run, lock, tried = answered(city, state=Run.State.WAITING), "SELECT pg_try_advisory_lock(%s, %s)", []
    other = connection.copy()

    def tries(of=None):
        with other.cursor() as cursor:
            cursor.execute(lock, [working.LOCKS, run.pk])
            tried.append(cursor.fetchone()[0])
        return iter(())

    monkeypatch.setattr(engine, "pieces", tries)
    try:
        working.go_on(run.pk, seconds=60)
        tries()
    finally:
        other.close()
    assert tried == [False, True]


def test_a_run_that_is_deleted_meanwhile_is_left_alone(city, small_pieces):
    run = asked(city)
    working.go_on(run.pk, seconds=0)
    actions.delete(run=run, by=city.head_of_service.actor)
    assert not working.go_on(run.pk, seconds=60)
    assert not Run.objects.exists()


def test_what_cannot_be_simulated_fails_with_its_reason(city):
    run = asked(city)
    run.asked["scenarios"][1] = run.asked["scenarios"][1].replace("amount = 2", "amount = 2000")
    run.save()
    assert not working.go_on(run.pk, seconds=60)
    run.refresh_from_db()
    assert run.state == Run.State.FAILED
    assert "cannot leave" in run.fault


def test_more_carefully_goes_on_from_what_is_there(city, small_pieces):
    run = worked_out(asked(city, total=4))
    actions.go_on(run=run, by=city.head_of_service.actor, total=8)
    assert worked_out(run).answer["replicates"] == 8
    assert run.answer == worked_out(asked(city, total=8)).answer


def test_an_answer_of_another_model_is_not_gone_on_with(city, small_pieces):
    run = worked_out(asked(city, total=4))
    Run.objects.update(version="another")
    with pytest.raises(Refused, match="The model has changed"):
        actions.go_on(run=run, by=city.head_of_service.actor, total=8)


def test_what_an_older_model_had_half_worked_out_begins_anew_and_says_so(
    client, city, small_pieces, monkeypatch
):
    straight = worked_out(asked(city)).answer
    run = asked(city)
    working.go_on(run.pk, seconds=0)
    run.refresh_from_db()
    from rightplace.domain.simulation.scenarios import Gathered

    older = Gathered.from_bytes(bytes(run.gathered))
    for numbers in older.numbers.values():
        numbers += 1
    Run.objects.update(version="older", gathered=older.to_bytes(), total=8)
    assert working.go_on(run.pk, seconds=0)
    run.refresh_from_db()
    assert (run.version, run.done, run.total) == (engine.version(), 2, 8)
    Run.objects.update(total=6)
    assert worked_out(run).answer == straight, "nothing of the older model is in it"
    sign_in(client, city.head_of_service)
    assert ANEW in client.get(reverse("capacity:answer", args=[run.pk])).content.decode()


def test_a_run_that_had_not_begun_says_nothing_of_an_older_model(city, small_pieces):
    run = asked(city)
    Run.objects.update(version="older")
    done = worked_out(run)
    assert (done.version, done.asked.get("anew")) == (engine.version(), None)


def test_three_at_once_are_enough(city):
    for _ in range(3):
        asked(city)
    with pytest.raises(Refused, match="Three of your questions"):
        asked(city)


def test_answers_go_on_their_day(city):
    kept, old = answered(city), answered(city, deleted_on=clock.today())
    assert tasks.forget_old(0) == 1
    assert list(Run.objects.all()) == [kept]
    assert old.pk != kept.pk


def test_the_smallest_establishment_is_looked_for_and_goes_on_after_a_stop(city):
    text = SMALL.format("As things are", "").replace("days = 56", "days = 546")
    by = city.head_of_service.actor
    run = actions.ask(
        what=Run.What.SMALLEST, title="The smallest?", start="an invented service", total=80, by=by, seed=7,
        asked={"scenarios": [text], "day": "2026-03-03", "own": False, "keep": ["supervision"], "where": "all"},
    )  # fmt: skip
    assert working.go_on(run.pk, seconds=0)
    run.refresh_from_db()
    assert run.progress["tried"] and "So far" in run.headline
    done = worked_out(run)
    assert done.state == Run.State.DONE
    told = found.kept(done.answer)
    assert told is not None and told.checked is not None and told.checked.futures == 200
    assert told.keep == ["supervision"] and done.headline.startswith(told.sentence)


def test_a_search_in_slices_is_allowed_as_many_as_were_asked_and_finds_the_same(city, monkeypatch):
    from rightplace.domain.simulation.scenarios.finding import Future
    from rightplace.domain.simulation.scenarios.trials import Trials

    def futures(self, posts, seed, first, many):
        """A check that asks for more people than the search did."""
        needed = sum(self.now) * (6 if seed != self.question.seed else 3) // 5
        broken = sum(posts) < needed
        worst = [limit * (2 if broken else 0.5) for limit in self.limits]
        return [Future(worst, worst, 1e6, 1.0)] * many

    monkeypatch.setattr(Trials, "futures", futures)
    text = SMALL.format("As things are", "").replace("days = 56", "days = 546")
    asked = {"scenarios": [text], "day": "2026-03-03", "own": False, "keep": ["workload"], "where": "all"}
    straight, run = (
        actions.ask(
            what=Run.What.SMALLEST, title="The smallest?", start="an invented service", total=3, seed=7, asked=asked,
            by=city.head_of_service.actor,
        )
        for _ in range(2)
    )  # fmt: skip
    worked_out(straight)
    while working.go_on(run.pk, seconds=0):
        pass
    run.refresh_from_db()
    assert run.done > run.total == straight.total == 3
    assert run.answer == straight.answer
    run.state = Run.State.RUNNING
    assert f"{run.done} of {run.done}" in str(lists.state(run)), "never more than all"


def test_what_a_run_began_from_goes_two_weeks_after_it_was_last_worked_on(city, small_pieces):
    """Of our own service these are rows of families; what goes on keeps them, and what is kept longer does not."""
    done, going, shown = worked_out(asked(city, total=4)), asked(city), answered(city)
    working.go_on(going.pk, seconds=0)
    actions.keep_longer(run=shown, by=city.head_of_service.actor)
    for days, kept in ((13, True), (15, False)):
        with clock.clock_at(MORNING + timedelta(days=days)):
            tasks.forget_old(0)
        done.refresh_from_db()
        going.refresh_from_db()
        assert (done.question is not None, done.gathered is not None) == (kept, kept)
        assert going.question is not None
    assert done.answer["replicates"] == 4
    with pytest.raises(Refused, match="no longer kept"):
        actions.go_on(run=done, by=city.head_of_service.actor, total=8)


@pytest.mark.parametrize(
    ("what", "total", "progress", "kept"),
    [
        (Run.What.WHAT_IF, 60, None, True), (Run.What.WHAT_IF, 200, None, False),
        (Run.What.SMALLEST, 120, {"tried": 1}, True), (Run.What.SMALLEST, 120, None, False),
        (Run.What.SMALLEST, MOST_TRIALS, {"tried": 1}, False),
    ],
    ids=["may be made more careful", "careful", "ended early", "found", "looks at no more"],
)  # fmt: skip
def test_what_nobody_can_go_on_with_is_thrown_away_with_its_last_piece(city, what, total, progress, kept):
    run = answered(city, state=Run.State.RUNNING, what=what, total=total, question=b"rows", gathered=b"rows")
    assert working._kept(run, engine.Piece(total, b"rows", progress=progress, is_last=True))
    run.refresh_from_db()
    assert (run.state, run.question is not None, run.gathered is not None) == (Run.State.DONE, kept, kept)


def searched(city, **more):
    return answered(
        city, what=Run.What.SMALLEST, total=120, question=b"kept", version=engine.version(),
        answer={"found": {"ended_early": True}}, **more,
    )  # fmt: skip


def test_a_search_looks_further_only_where_it_ended_early_and_not_without_end(city):
    run, by = searched(city), city.head_of_service.actor
    for total in (240, 360, 480, looking.MOST_TRIALS):
        actions.look_further(run=run, by=by)
        run.refresh_from_db()
        assert (run.state, run.total) == (Run.State.WAITING, total)
        with pytest.raises(Refused, match="nothing to look further"):
            actions.look_further(run=run, by=by)
        Run.objects.update(state=Run.State.DONE)
    with pytest.raises(Refused, match="looks at no more"):
        actions.look_further(run=run, by=by)
    for other in (answered(city), searched(city, state=Run.State.STOPPED)):
        with pytest.raises(Refused, match="nothing to look further"):
            actions.look_further(run=other, by=by)
        assert Run.objects.get(pk=other.pk).total == other.total


def test_a_search_is_not_made_more_careful(city):
    with pytest.raises(Refused, match="not made more careful"):
        actions.go_on_carefully(run=searched(city), by=city.head_of_service.actor)


def test_an_answer_is_kept_for_two_years_from_its_question_at_most(city):
    run, by = answered(city), city.head_of_service.actor
    for months in range(5, 60, 5):
        with clock.clock_at(MORNING + timedelta(days=30 * months)):
            try:
                actions.keep_longer(run=run, by=by)
            except Refused as why:
                assert "as long as it can be" in why.because
        run.refresh_from_db()
    assert run.deleted_on == (MORNING + actions.LONGEST_KEPT).date()


@pytest.fixture
def looked_into(monkeypatch):
    """An answer of four futures ends with what it hangs on, looked for among four assumptions."""
    from rightplace.domain.simulation.scenarios import hanging

    known = hanging.factors
    monkeypatch.setattr(engine, "LOOKED_INTO", 4)
    monkeypatch.setattr(hanging, "factors", lambda given, with_costs: known(given, with_costs)[:4])


def test_an_answer_ends_with_what_it_hangs_on_also_when_it_was_stopped_in_between(
    city, small_pieces, looked_into
):
    pytest.importorskip("SALib")
    straight = worked_out(asked(city, total=4))
    assert straight.state == Run.State.DONE and len(straight.answer["hangs_on"]) == 4
    run, by = asked(city, total=4), city.head_of_service.actor
    for _ in range(4):
        assert working.go_on(run.pk, seconds=0)
    actions.stop(run=run, by=by)
    working.go_on(run.pk, seconds=60)
    run.refresh_from_db()
    assert (run.state, run.done, run.answer["hangs_on"]) == (Run.State.STOPPED, 4, [])
    actions.go_on(run=run, by=by)
    assert worked_out(run).answer == straight.answer


def test_what_is_finished_is_not_gone_on_with_and_takes_no_place(city, small_pieces):
    run, by = worked_out(asked(city, total=4)), city.head_of_service.actor
    for total in (None, 4):
        with pytest.raises(Refused, match="This is finished"):
            actions.go_on(run=run, by=by, total=total)
    run.refresh_from_db()
    assert run.state == Run.State.DONE


def test_where_nothing_is_left_to_work_out_the_run_is_done(city, monkeypatch):
    run = answered(city, state=Run.State.WAITING)
    monkeypatch.setattr(engine, "pieces", lambda of: iter(()))
    assert not working.go_on(run.pk, seconds=60)
    run.refresh_from_db()
    assert run.state == Run.State.DONE


def test_a_run_that_kills_its_worker_three_times_without_a_piece_is_given_up(city, monkeypatch):
    run = answered(city, state=Run.State.WAITING, done=2)

    def kills(of):
        raise SystemExit

    monkeypatch.setattr(engine, "pieces", kills)
    for _ in range(working.MOST_TRIES):
        with pytest.raises(SystemExit):
            working.go_on(run.pk, seconds=60)
    assert not working.go_on(run.pk, seconds=60)
    run.refresh_from_db()
    assert (run.state, run.fault) == (Run.State.FAILED, working.GIVEN_UP)


def test_a_piece_and_going_on_begin_the_count_of_tries_anew(city, monkeypatch):
    run, pieces = (
        answered(city, state=Run.State.WAITING, tries=2, question=b"kept", version=engine.version()),
        [],
    )
    monkeypatch.setattr(engine, "pieces", lambda of: iter(pieces))
    pieces.append(engine.Piece(4, b"kept"))
    assert working.go_on(run.pk, seconds=0)
    run.refresh_from_db()
    assert run.tries == 0
    Run.objects.update(state=Run.State.FAILED, tries=working.MOST_TRIES)
    actions.go_on(run=run, by=city.head_of_service.actor)
    run.refresh_from_db()
    assert (run.state, run.tries) == (Run.State.WAITING, 0)


def test_two_questions_sent_at_once_are_counted_one_after_the_other(city):
    with CaptureQueriesContext(connection) as caught:
        asked(city)
    told = [each["sql"] for each in caught]
    locked = next(
        n for n, sql in enumerate(told) if "organisation_worker" in sql and "FOR NO KEY UPDATE" in sql
    )
    counted = next(n for n, sql in enumerate(told) if "COUNT(*)" in sql and "capacity_run" in sql)
    assert locked < counted
