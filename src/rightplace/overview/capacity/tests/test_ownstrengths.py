"""What our own record says is worked out once a day, by one worker, before anybody asks; and a page never waits for it."""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from rightplace.domain.simulation.teams import structure_of
from rightplace.overview.capacity import engine, ownrecord, ownstrengths, reading, starting, tasks, working
from rightplace.overview.capacity.lookingback import LookedBack, Said
from rightplace.overview.capacity.models import OwnStrengths, Run
from rightplace.overview.capacity.tests.conftest import answered
from rightplace.testing.organisation import MORNING

pytest.importorskip("numba", reason="the capacity model is not installed")
TODAY = MORNING.date()
OURS = structure_of(starting.INVENTED)
OUR_OWN = SimpleNamespace(own=SimpleNamespace(on=TODAY), structure=OURS, census=(), unknown=())


@pytest.fixture
def learning(city, monkeypatch):
    """Each time that it is learnt, and looked back with so many threads; what comes of it is the least that there can be."""
    from rightplace.domain.simulation.published.own import OwnFit

    def learnt_of(*of):
        times.append("learnt")
        return OwnFit(400, {}, (), ("need.down",), {}, (1.0,))

    def looked_back(whole, threads):
        times.append(threads)
        return LookedBack("3 September 2025", (Said("open in all", 10, 20, 15),))

    times = []
    monkeypatch.setattr(ownrecord, "learnt_of", learnt_of)
    monkeypatch.setattr(ownstrengths, "looked_back", looked_back)
    return times


def whole():
    return SimpleNamespace(
        own=SimpleNamespace(on=TODAY), structure=structure_of(starting.INVENTED), census=None
    )


def test_it_is_worked_out_once_a_day_and_then_read(learning):
    assert ownstrengths.found(TODAY) is None
    made = ownstrengths.kept(TODAY, whole)
    again = ownstrengths.kept(TODAY, lambda: pytest.fail("it is there"))
    assert (made.fit.days, again.fit.days, again.fit.silent, again.looked) == (400, 400, ["need.down"], False)
    back = ownstrengths.looked(TODAY, whole, 2)
    assert ownstrengths.looked(TODAY, lambda: pytest.fail("it is there")) == back
    assert ownstrengths.found(TODAY) == ownstrengths.Kept(again.fit, back, True)
    assert learning == ["learnt", 2]


def test_where_nobody_was_open_then_it_is_not_looked_for_again(learning, monkeypatch):
    ownstrengths.kept(TODAY, whole)
    monkeypatch.setattr(ownstrengths, "looked_back", lambda whole, threads: None)
    assert ownstrengths.looked(TODAY, whole) is None
    assert ownstrengths.looked(TODAY, lambda: pytest.fail("it was looked for")) is None


# the first answer ----------------------------------------------------------------------------------------------------


def first_asked(monkeypatch, **more):
    """A question of our own service, whose pieces are given; and what is kept after each."""
    monkeypatch.setattr(reading, "whole", lambda day: OUR_OWN)
    pieces = iter([engine.Piece(4, b"q", gathered=b"g"), engine.Piece(8, b"q", gathered=b"g", is_last=True)])
    monkeypatch.setattr(engine, "_what_if", lambda run, question: pieces)
    text = 'name = "As things are"\nbegins = 2026-03-09\ndays = 364\n'
    return Run(
        asked={"scenarios": [text], "day": str(TODAY), "own": True} | more, seed=7, total=8, what="what_if"
    )


def test_the_first_answer_waits_for_no_look_back_and_is_followed_by_it(learning, monkeypatch):
    run = first_asked(monkeypatch)
    pieces = engine.pieces(run)
    assert next(pieces).done == 4
    assert learning == ["learnt"]
    assert not any("Tried on ourselves" in each for each in run.asked["ours"])
    told = next(pieces)
    assert told.asked["ours"][0].startswith("Tried on ourselves") and "looks_back" not in told.asked
    assert learning == ["learnt", engine.threads()]
    assert [(piece.done, piece.is_last) for piece in pieces] == [(8, True)]


def test_while_another_worker_looks_back_the_question_goes_on_and_waits_at_its_end_alone(
    learning, monkeypatch
):
    run, looks = first_asked(monkeypatch), iter([True, False])
    monkeypatch.setattr(starting, "others_look", lambda day: next(looks))
    monkeypatch.setattr(
        engine,
        "_what_if",
        lambda run, question: iter(engine.Piece(n, b"q", is_last=n == 12) for n in (4, 8, 12)),
    )
    run.asked["looks_back"] = True
    monkeypatch.setattr(engine, "_question", lambda run: None)
    ownstrengths._learnt(whole())
    told = [(piece.done, piece.asked is not None) for piece in engine.pieces(run)]
    assert told == [(4, False), (8, False), (8, True), (12, False)]


def test_another_worker_is_at_it_only_while_it_is_not_there_and_somebody_holds_it(learning):
    other = connection.copy()
    try:
        assert not ownstrengths.others_look(TODAY), "nothing was learnt yet"
        ownstrengths._learnt(whole())
        assert not ownstrengths.others_look(TODAY), "nobody is at it"
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ownstrengths.LOCK])
        assert ownstrengths.others_look(TODAY)
        ownstrengths._looked(TODAY, whole(), 1)
        assert not ownstrengths.others_look(TODAY), "it is there"
    finally:
        other.close()


def test_what_was_stopped_before_its_look_back_has_it_after_it_goes_on(learning, monkeypatch):
    """Also where only the last piece is left: it is the last once the look back is there."""
    run = first_asked(monkeypatch)
    next(engine.pieces(run))
    monkeypatch.setattr(engine, "_question", lambda run: None)
    (four, _, last) = engine.pieces(first_asked(monkeypatch, **run.asked))
    assert (four.done, last.is_last) == (4, True)
    monkeypatch.setattr(engine, "_what_if", lambda run, question: iter([engine.Piece(8, b"q", is_last=True)]))
    once = first_asked(monkeypatch, **run.asked)
    monkeypatch.setattr(engine, "_what_if", lambda run, question: iter([engine.Piece(8, b"q", is_last=True)]))
    first, second = engine.pieces(once)
    assert (first.is_last, second.is_last) == (False, True)
    assert second.asked["ours"][0].startswith("Tried on ourselves")


def test_a_look_back_that_fails_takes_no_answer_away(learning, monkeypatch, caplog):
    def cannot(whole, threads):
        raise LookupError("no team then")

    monkeypatch.setattr(ownstrengths, "looked_back", cannot)
    found = list(engine.pieces(first_asked(monkeypatch)))
    assert found[-1].is_last and "could not be tried" in caplog.text


def test_what_the_look_back_says_is_kept_with_a_run_that_has_begun(learning, city, monkeypatch):
    run = answered(city, state=Run.State.RUNNING, question=b"kept")
    assert working._kept(run, engine.Piece(4, b"kept", asked=run.asked | {"ours": ["Tried on ourselves."]}))
    run.refresh_from_db()
    assert run.asked["ours"] == ["Tried on ourselves."]


def test_where_it_is_kept_the_forms_opening_reads_nothing_else(learning, monkeypatch):
    """A form is opened often, and our whole service takes long to read."""
    ownstrengths.kept(TODAY, whole)
    for name in ("whole", "structure", "census", "own_service"):
        monkeypatch.setattr(reading, name, lambda on: pytest.fail("nobody needs it"))
    starting.learn()


def test_where_it_is_not_kept_it_is_learnt_on_all_threads(learning, monkeypatch):
    monkeypatch.setattr(starting, "start", lambda on: SimpleNamespace(own=True))
    monkeypatch.setattr(reading, "whole", lambda on: whole())
    engine.look_back()
    assert learning == [], "it is tried with what was learnt"
    for _ in range(2):
        engine.learn()
        engine.look_back()
    assert learning == ["learnt", engine.threads()]


def test_what_was_written_down_in_another_shape_is_worked_out_anew(learning, caplog):
    made = ownstrengths.kept(TODAY, whole)
    row = OwnStrengths.objects.get()
    row.told["fit"]["children"] = "of another program"
    row.save()
    assert ownstrengths.found(TODAY) is None
    OwnStrengths.objects.update(told={"otherwise": 1})
    assert ownstrengths.kept(TODAY, whole).fit.days == made.fit.days
    assert ownstrengths.found(TODAY) is not None
    assert len(learning) == 2


def test_its_key_changes_with_every_file_that_decides_what_is_learnt(tmp_path, monkeypatch):
    names = {
        file.name for folder, kinds in ownstrengths.DECIDES for kind in kinds for file in folder.glob(kind)
    }
    assert names >= {
        "own.py", "lives.py", "stays.py", "loaded.py", "ownrecord.py", "ownpeople.py", "ownteams.py",
        "ownstrengths.py", "reading.py", "lookingback.py",
    }  # fmt: skip
    assert len(ownstrengths.key()) <= OwnStrengths._meta.get_field("version").max_length
    monkeypatch.setattr(ownstrengths, "DECIDES", ((tmp_path, ("own*.py",)),))
    keys = set()
    for name, told in (("ownfit.py", "1"), ("ownfit.py", "2"), ("owned.py", "2")):
        (tmp_path / name).write_text(told)
        keys.add(ownstrengths.key.__wrapped__())
    monkeypatch.setattr(ownstrengths.engines, "edition", lambda: "of another engine")
    keys.add(ownstrengths.key.__wrapped__())
    assert len(keys) == 4


# by one worker at a time ---------------------------------------------------------------------------------------------


def test_one_worker_at_a_time_works_it_out(learning):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ownstrengths.LOCK])
        with ownstrengths._alone() as mine:
            assert not mine
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ownstrengths.LOCK])
        with ownstrengths._alone() as mine:
            assert mine
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [ownstrengths.LOCK])
                assert cursor.fetchone() == (False,)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ownstrengths.LOCK])
            assert cursor.fetchone() == (True,)
    finally:
        other.close()


def test_whoever_comes_meanwhile_takes_what_the_other_made(learning, monkeypatch):
    @contextmanager
    def others():
        yield False

    monkeypatch.setattr(ownstrengths, "_alone", others)
    monkeypatch.setattr(ownstrengths.time, "sleep", lambda seconds: ownstrengths._learnt(whole()))
    there = ownstrengths.kept(TODAY, lambda: pytest.fail("another has made it"))
    assert there.fit.days == 400


def test_who_has_the_lock_looks_once_more_before_working_it_out(learning, monkeypatch):
    made = ownstrengths._learnt(whole())
    looks = iter([None, made])
    monkeypatch.setattr(ownstrengths, "found", lambda on: next(looks))
    assert ownstrengths.kept(TODAY, lambda: pytest.fail("it was made just now")) is made


# beforehand ----------------------------------------------------------------------------------------------------------


def test_the_model_is_loaded_first_and_our_record_read_behind_whoever_asks(monkeypatch, caplog):
    from rightplace.domain.simulation import scenarios

    def cannot():
        raise LookupError("a team has no area")

    did = []
    monkeypatch.setattr(scenarios, "steps", lambda *of: iter([did.append("compiled")]))
    monkeypatch.setattr(starting, "learn", cannot)
    monkeypatch.delitem(sys.modules, engine.LEARNS, raising=False)
    with app.replace_connector(InMemoryConnector()) as jobs:
        tasks.warm()
        with caplog.at_level(logging.ERROR):
            tasks.learn(0)
        asked = [(job["task_name"], job["priority"]) for job in jobs.connector.jobs.values()]
    assert did == ["compiled"] and engine.LEARNS in sys.modules
    assert asked == [("capacity.learn", tasks.AFTER_OTHERS), ("capacity.look_back", tasks.AFTER_OTHERS)]
    assert "could not be read beforehand" in caplog.text


def test_each_night_it_is_learnt_and_nothing_happens_without_the_extra(monkeypatch):
    did = []
    monkeypatch.setattr(tasks, "_once", lambda task, **more: None)
    monkeypatch.setattr(starting, "learn", lambda: did.append("learnt"))
    monkeypatch.setattr(starting, "look_back", did.append)
    for there in (True, False):
        monkeypatch.setattr(engine, "is_there", lambda there=there: there)
        tasks.learn(0)
        tasks.look_back()
    assert did == ["learnt", engine.threads()]
    assert ("capacity.learn", "capacity.learn") in app.periodic_registry.periodic_tasks
