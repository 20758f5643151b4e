"""A cut-over, stopped and killed by chance: at every instant each open child has one team, and no day is lost.

Random cities and random points at which the run is killed; then real processes that are killed without warning. The
mutant says that a family moved in another transaction than the entries, and is caught.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connections

from rightplace.common.caseflow.actions import place_child
from rightplace.common.caseflow.queries import held_at
from rightplace.domain.practice.workdays import from_datetime
from rightplace.foundation.journal import reading, verifying
from rightplace.foundation.journal.models import Entry
from rightplace.foundation.journal.parallel import HIGHEST, LOWEST
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.services.cutover import keeping, moving, running
from rightplace.services.cutover.models import Cutover, FamilyMove
from rightplace.services.cutover.tests.families import MIDNIGHT, Scene, begun, scene_of
from rightplace.testing.organisation import MORNING, small_city
from tests.test_promise_1 import someone_answers
from tests.together import chains_are_whole, differences

pytestmark = pytest.mark.promise
SIX = MIDNIGHT + timedelta(hours=6)
ALLOCATED = 46


class Killed(BaseException):
    """The run ends here, without a word."""


def due_days(children: list[int]) -> set[tuple[object, ...]]:
    return {(*key, *row[:4]) for key, row in keeping.due_of(children).items()}


def open_now(children: list[int]) -> set[int]:
    now = clock.now()
    rows = Span.objects.filter(person__in=children, open=True, begins__lte=now).exclude(ends__lte=now)
    return set(rows.values_list("person", flat=True))


def one_team_at_every_instant(scene: Scene, children: list[int]) -> int:
    """From the plan to the end, looked at on each side of every change in every file, and between them."""
    instants = 0
    first, last = from_datetime(MORNING), from_datetime(SIX + timedelta(hours=2))
    for child in children:
        journey = reading.journey(child)
        someone_answers(journey)
        changes = (
            {s.begins for s in journey.states}
            | {e.at for e in journey.events}
            | {first, last, from_datetime(MIDNIGHT)}
        )
        around = {change + step for change in changes for step in (-1, 0, 1)}
        for at in sorted(at for at in around if first <= at <= last):
            state = journey.state_at(at)
            holding = [s for s in journey.states if s.begins <= at]
            assert state.open, "an open child was closed"
            assert state.team in (scene.old.pk, scene.new.pk), "a child with another team"
            assert holding[-1].team == state.team
            instants += 1
    return instants


def nothing_lost_nothing_doubled(cutover: Cutover, scene: Scene, children: list[int]) -> None:
    rows = list(cutover.families.all())
    moved = [child for row in rows for child in row.moved_children if row.state == FamilyMove.State.MOVED]
    assert sorted(moved) == sorted(children), (
        "a family moved and its row does not say so, or the other way round"
    )
    signed = Counter(
        Entry.objects.filter(kind=ALLOCATED, team=scene.new.pk, file__in=children).values_list(
            "file", flat=True
        )
    )
    assert signed == Counter(children), "a child was allocated twice, or never"
    has = dict(
        Span.objects.filter(held_at(clock.now()), person__in=children, open=True).values_list(
            "person", "team"
        )
    )
    assert has == dict.fromkeys(children, scene.new.pk)


def run_until_done(
    cutover: Cutover, chance: random.Random, monkeypatch: pytest.MonkeyPatch, met: Counter[str]
) -> None:
    """Let the run go on and be killed, at one of the steps of some family, until it is finished."""
    points = ("hold", "due_of", "write", "held_to", "_say_moved")
    real = {name: getattr(moving, name) for name in points}

    def deadly(name: str) -> Callable[..., object]:
        def step(*args: object, **more: object) -> object:
            if chance.random() < 0.12:
                met[f"killed at {name}"] += 1
                raise Killed
            found = real[name](*args, **more)
            if chance.random() < 0.04:
                met[f"killed after {name}"] += 1
                raise Killed
            return found

        return step

    for name in points:
        monkeypatch.setattr(moving, name, deadly(name))
    for turn in range(200):
        with clock.clock_at(SIX + timedelta(seconds=turn)):
            cutover.refresh_from_db()
            if cutover.finished_at is not None:
                return
            try:
                running.run_batch(cutover)
            except Killed:
                met["kills"] += 1
    raise AssertionError("the run never ends")


def a_cut_over(seed: int, monkeypatch: pytest.MonkeyPatch, met: Counter[str]) -> int:
    """One random city, planned, accepted, rehearsed, run with kills, and held against all that it must keep."""
    chance = random.Random(seed)
    with clock.clock_at(MORNING):
        scene = scene_of(small_city(), [chance.choice([1, 1, 2, 3]) for _ in range(chance.randint(4, 8))])
        before, had = due_days(scene.children), open_now(scene.children)
        cutover = begun(scene)
        gone = chance.sample(scene.children, chance.choice([0, 1]))
        for child in gone:
            place_child(
                file=child, team=scene.city.assessment.pk, for_what="assessment", reasons="Worse.",
                by=scene.city.head_of_service.actor,
            )  # fmt: skip
    run_until_done(cutover, chance, monkeypatch, met)
    children = [child for child in scene.children if child not in gone]
    met["children"] += len(children)
    with clock.clock_at(SIX + timedelta(hours=1)):
        assert open_now(scene.children) == had, "the open children are not the same"
        assert before <= due_days(scene.children), "a day on which something was due is lost"
        nothing_lost_nothing_doubled(cutover, scene, children)
        instants = one_team_at_every_instant(scene, children)
    chains_are_whole(scene.children)
    assert differences(scene.children) == []
    return instants


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(1, 6))
def test_at_every_instant_of_a_cut_over_each_open_child_has_one_team(seed, monkeypatch, figure):
    met: Counter[str] = Counter()
    instants = a_cut_over(seed, monkeypatch, met)
    assert met["kills"] >= 1, met
    figure(
        f"cut-over {seed}: {met['children']} children, {met['kills']} kills, {instants} instants: one team at each"
    )


@pytest.mark.django_db
def test_a_family_that_is_said_to_have_moved_in_another_transaction_is_caught(monkeypatch):
    whole = moving.move_family
    monkeypatch.setattr(running, "move_family", whole.__wrapped__)  # type: ignore[attr-defined]
    with pytest.raises(AssertionError):
        a_cut_over(2, monkeypatch, Counter())


@pytest.fixture(scope="module")
def committed(fresh_database: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield fresh_database
        connections.close_all()


def a_run_of_its_own(number: int) -> int:
    """Let a process of its own go on with the run; gives its number."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        with clock.clock_at(SIX):
            running.run_batch(Cutover.objects.get(pk=number))
    finally:
        os._exit(0)


def test_processes_that_are_killed_and_begun_again_move_every_family_once(committed, figure):
    chance, kills = random.Random(11), 0
    with clock.clock_at(MORNING):
        scene = scene_of(small_city(), [chance.choice([1, 2, 3]) for _ in range(24)])
        before = due_days(scene.children)
        cutover = begun(scene)
    began = time.monotonic()
    for _ in range(60):
        cutover.refresh_from_db()
        if cutover.finished_at is not None:
            break
        runs = [a_run_of_its_own(cutover.pk) for _ in range(chance.choice([1, 2]))]
        time.sleep(chance.uniform(0.05, 0.35))
        for run in runs:
            ended, _ = os.waitpid(run, os.WNOHANG)
            if not ended:
                os.kill(run, signal.SIGKILL)
                os.waitpid(run, 0)
                kills += 1
    else:
        with clock.clock_at(SIX):
            running.run_batch(cutover)
            cutover.refresh_from_db()
    assert cutover.finished_at is not None
    assert kills >= 3
    with clock.clock_at(SIX + timedelta(hours=1)):
        nothing_lost_nothing_doubled(cutover, scene, scene.children)
        one_team_at_every_instant(scene, scene.children)
        assert before <= due_days(scene.children)
    chains_are_whole(scene.children)
    assert differences(scene.children) == []
    assert verifying.verify_files(LOWEST, HIGHEST).bad == []
    figure(
        f"cut-over: {len(scene.children)} children of {len(scene.families)} families, {kills} processes killed: "
        f"0 lost, 0 doubled, 0 rows not as signed ({time.monotonic() - began:.0f} s)"
    )
