"""What is kept is what the engine makes, and its lines are read as they were meant. Nothing here needs the database."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from itertools import pairwise

import pytest

from rightplace.demo.material.volumes import volumes
from rightplace.demo.simulated.benches import STAGES, benches
from rightplace.demo.simulated.courses import OPEN, Course, courses, instant
from rightplace.demo.simulated.log import BEGINS, ENDS, KEPT, Log, kept, plain, read
from rightplace.demo.simulated.sitting import seats, sittings
from rightplace.domain.practice.workdays import day_of, start_of_day
from rightplace.domain.simulation.names import ASSESSMENT, CARE, ENQUIRY, ENTRIES, NEED, PROTECTION, SUPPORT

TINY = volumes().sizes["tiny"]
FOLLOWS = {
    SUPPORT: {ASSESSMENT},
    ASSESSMENT: {ENQUIRY, NEED, SUPPORT},
    ENQUIRY: {PROTECTION, NEED, CARE},
    NEED: {ENQUIRY, SUPPORT},
    PROTECTION: {CARE, NEED},
    CARE: {NEED},
}


@pytest.fixture(scope="module")
def town() -> list[Course]:
    return list(courses(kept()))


MADE_ANEW = (
    "The engine, its strengths or the council's posts have changed since the small town was recorded. "
    "Make it anew: rightplace capacity city --record"
)


def digest(log: Log) -> str:
    """Of all that the log tells."""
    return sha256(plain(log)).hexdigest()


def test_the_kept_town_is_what_the_engine_makes_today():
    pytest.importorskip("numba", reason="the engine needs rightplace[capacity]")
    from rightplace.demo.simulated.running import simulated

    assert digest(simulated(TINY)) == digest(kept()), MADE_ANEW


@pytest.mark.parametrize("size", ["area", "city"])
def test_a_larger_citys_front_door_keeps_up(size):
    """A contact that waits for months is a city that nobody would believe; the journal refuses some of it."""
    pytest.importorskip("numba", reason="the engine needs rightplace[capacity]")
    from rightplace.demo.simulated.running import simulated

    lines = simulated(volumes().sizes[size]).lines
    received, decided = (ENTRIES.index(f"contact.{what}") for what in ("received", "decided"))
    came, waited = dict[int, int](), list[int]()
    for tick, kind, case in zip(lines["tick"], lines["kind"], lines["case"], strict=True):
        if kind == received:
            came[case] = tick
        elif kind == decided and case in came:
            waited.append(day_of(instant(tick)) - day_of(instant(came.pop(case))))
    assert len(came) < 0.005 * len(waited), "still undecided at the end"
    assert max(waited) < 45


def test_what_is_kept_is_small_and_read_as_it_was_written():
    assert KEPT.stat().st_size < 200_000
    assert plain(read(plain(kept()))) == plain(kept())


def test_a_part_of_the_log_holds_the_same_families(town):
    log = kept()
    part = list(courses(log.cut(700, 900), 700))
    assert part == [course for course in town if 700 <= course.number < 900]


def test_each_family_goes_from_stage_to_stage_without_a_gap(town):
    stays = [turn.stays for course in town for turn in course.turns]
    for row in stays:
        for stay, after in pairwise(row):
            assert after.stage in FOLLOWS[stay.stage]
            assert stay.until == after.at
        assert all(stay.at <= stay.until for stay in row)
    assert Counter(stay.stage for row in stays for stay in row).keys() == FOLLOWS.keys()


def test_nobody_has_a_family_whom_they_have_let_go(town):
    held = [each for course in town for turn in course.turns for stay in turn.stays for each in stay.held]
    assert all(each.at <= each.until for each in held)
    assert sum(each.until == OPEN for each in held) > 50, "some are held today"


def test_who_was_open_on_the_first_day_came_from_somewhere(town):
    before = [c.turns[0] for c in town if c.turns[0].at < start_of_day(BEGINS.toordinal())]
    assert 120 < len(before) < 260
    assert all(turn.stays and turn.decided <= turn.stays[0].at for turn in before)


def test_everything_happens_within_the_three_years(town):
    moments = [turn.at for course in town for turn in course.turns[1:]]
    assert BEGINS.toordinal() <= day_of(min(moments)) and day_of(max(moments)) < ENDS.toordinal()


@pytest.mark.parametrize("size", ["tiny", "area", "city"])
def test_each_area_has_one_bench_for_each_stage_and_every_post_one_seat(size):
    found = benches(volumes().sizes[size])
    served = Counter((area, stage) for bench in found for area in bench.areas for stage in STAGES[bench.kind])
    assert len(served) == 16 * 7
    assert set(served.values()) == {1}
    assert len(set(seats(volumes().sizes[size]))) == len(seats(volumes().sizes[size]))
    assert max(len(bench.chairs) for bench in found) <= 56


def test_seats_are_held_by_one_after_another():
    for row in sittings(kept()).values():
        assert [each.generation for each in row] == sorted({each.generation for each in row})
        for each, later in pairwise(row):
            assert each.ends is not None and later.begins is not None and each.ends <= later.begins
        assert all(
            each.ends is None or each.ends > (each.begins or BEGINS) or each.begins is None for each in row
        )
