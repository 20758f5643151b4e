"""What our own record says is worked out once a day, by one worker, before anybody asks; and a page never waits for it."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from rightplace.domain.simulation.teams import structure_of
from rightplace.overview.capacity import engine, ownrecord, ownstrengths, reading, starting, tasks
from rightplace.overview.capacity.models import OwnStrengths
from rightplace.testing.organisation import MORNING

pytest.importorskip("numba", reason="the capacity model is not installed")
TODAY = MORNING.date()


@pytest.fixture
def learning(city, monkeypatch):
    """Each time that it is worked out, with how many threads; what comes of it is the least that can be learnt."""
    from rightplace.domain.simulation.published.own import OwnFit

    def looked_back(whole, threads):
        times.append(threads)

    times = []
    monkeypatch.setattr(ownrecord, "learnt_of", lambda *of: OwnFit(400, {}, (), ("need.down",), {}, (1.0,)))
    monkeypatch.setattr(ownstrengths, "looked_back", looked_back)
    return times


def whole():
    return SimpleNamespace(
        own=SimpleNamespace(on=TODAY), structure=structure_of(starting.INVENTED), census=None
    )


def test_it_is_worked_out_once_a_day_and_then_read(learning):
    assert ownstrengths.found(TODAY) is None
    made = ownstrengths.kept(TODAY, whole, 2)
    again = ownstrengths.kept(TODAY, lambda: pytest.fail("it is there"), 2)
    assert (made.fit.days, again.fit.days, again.fit.silent, again.back) == (400, 400, ["need.down"], None)
    assert learning == [2]


def test_where_it_is_kept_the_forms_opening_reads_nothing_else(learning, monkeypatch):
    """A form is opened often, and our whole service takes long to read."""
    ownstrengths.kept(TODAY, whole)
    for name in ("whole", "structure", "census", "own_service"):
        monkeypatch.setattr(reading, name, lambda on: pytest.fail("nobody needs it"))
    starting.learn()


def test_where_it_is_not_kept_it_is_learnt_on_all_threads(learning, monkeypatch):
    monkeypatch.setattr(starting, "start", lambda on: SimpleNamespace(own=True))
    monkeypatch.setattr(reading, "whole", lambda on: whole())
    engine.learn()
    engine.learn()
    assert learning == [engine.threads()]


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
    monkeypatch.setattr(ownstrengths.time, "sleep", lambda seconds: ownstrengths._worked_out(whole(), 1))
    there = ownstrengths.kept(TODAY, lambda: pytest.fail("another has made it"))
    assert there.fit.days == 400


def test_who_has_the_lock_looks_once_more_before_working_it_out(learning, monkeypatch):
    made = ownstrengths._worked_out(whole(), 1)
    looks = iter([None, made])
    monkeypatch.setattr(ownstrengths, "found", lambda on: next(looks))
    assert ownstrengths.kept(TODAY, lambda: pytest.fail("it was made just now")) is made


# beforehand ----------------------------------------------------------------------------------------------------------


def test_the_model_is_loaded_even_where_our_record_cannot_be_read(monkeypatch, caplog):
    from rightplace.domain.simulation import scenarios

    def cannot(threads):
        did.append("read")
        raise LookupError("a team has no area")

    did = []
    monkeypatch.setattr(scenarios, "steps", lambda *of: iter([did.append("compiled")]))
    monkeypatch.setattr(starting, "learn", cannot)
    with caplog.at_level(logging.ERROR):
        engine.warm()
    assert did == ["compiled", "read"]
    assert "could not be read beforehand" in caplog.text


def test_each_night_it_is_learnt_and_nothing_happens_without_the_extra(monkeypatch):
    did = []
    monkeypatch.setattr(starting, "learn", did.append)
    tasks.learn(0)
    assert did == [engine.threads()]
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    tasks.learn(0)
    assert len(did) == 1
    assert ("capacity.learn", "capacity.learn") in app.periodic_registry.periodic_tasks
