"""`rightplace cutover` through its runner: rehearsed, run in pieces, stopped and gone on with; and how fast it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta

import pytest
from typer.testing import CliRunner, Result

from rightplace.foundation.journal.models import Entry
from rightplace.foundation.organisation import clock
from rightplace.gateways.cli import cutover as command
from rightplace.gateways.cli.main import build_app
from rightplace.services.cutover import running
from rightplace.services.cutover.models import Cutover
from rightplace.services.cutover.tests.families import MIDNIGHT, Scene, accepted, begun, planned, scene_of
from rightplace.testing.organisation import MORNING, small_city

LEAST_A_SECOND = 0.5
"""Families a second, on a machine that does other things too; what was measured is printed."""


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setattr(command, "open_room", nullcontext)
    with clock.clock_at(MORNING):
        yield scene_of(small_city(), [2, 1, 1, 3, 1, 2, 1, 1])


def said(*words: object) -> Result:
    return CliRunner().invoke(build_app(), ["cutover", *map(str, words)])


def as_json(*words: object) -> dict[str, object]:
    found = said(*words, "--json")
    assert found.exit_code in (0, 1), (found.output, found.exception)
    told: dict[str, object] = json.loads(found.stdout)
    return told


def test_a_rehearsal_leaves_nothing_and_says_how_fast_it_was(scene: Scene, figure):
    cutover, before = planned(scene), Entry.objects.count()
    told = as_json("rehearse", cutover.pk, "--as", scene.city.head_of_service.membership.pk)
    assert told["succeeded"] is True, told
    assert (told["families"], told["children"]) == (8, 12)
    assert Entry.objects.count() == before
    a_second = told["families_a_second"]
    assert isinstance(a_second, float)
    assert a_second > LEAST_A_SECOND
    figure(f"cut-over: {a_second:.0f} families a second rehearsed, each in a transaction of its own")


def test_nobody_rehearses_who_may_not_run_one(scene: Scene):
    found = said("rehearse", planned(scene).pk, "--as", scene.manager.membership.pk)
    assert found.exit_code != 0
    assert "may not run a cut-over" in str(found.exception)
    assert said("progress", 4_711).exit_code != 0


def test_before_it_is_begun_nothing_runs(scene: Scene):
    cutover = planned(scene)
    accepted(scene, cutover)
    found = said("run", cutover.pk)
    assert found.exit_code != 0
    assert "has not begun" in str(found.exception)
    assert as_json("progress", cutover.pk)["accepted"] == 8


def test_a_run_goes_on_where_it_was_stopped_and_says_how_fast_it_was(scene: Scene, figure):
    cutover = begun(scene)
    head = scene.city.head_of_service.actor
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        assert as_json("run", cutover.pk, "--seconds", 0)["families"] == 0
        running.stop_run(cutover=cutover, by=head)
        assert said("run", cutover.pk).exit_code != 0
        running.begin_run(cutover=Cutover.objects.get(pk=cutover.pk), by=head)
        told = as_json("run", cutover.pk)
        assert (told["families"], told["children"], told["left"]) == (8, 12, 0)
        progress = as_json("progress", cutover.pk)
    assert progress["moved"] == 8
    assert progress["finished"]
    a_second = told["families_a_second"]
    assert isinstance(a_second, float)
    assert a_second > LEAST_A_SECOND
    figure(f"cut-over: {a_second:.0f} families a second moved, looked at and committed one by one")


def test_in_words_it_says_the_same(scene: Scene):
    cutover = begun(scene)
    with clock.clock_at(MIDNIGHT + timedelta(hours=6)):
        words = said("run", cutover.pk).stdout
        assert "8 families with 12 children moved" in words
        assert "a second" in words
        assert "8 moved" in said("progress", cutover.pk).stdout
