"""Promise 4. Unknown is shown as unknown: what a return does not carry, or nobody told, is never late."""

from collections import Counter

import pytest
from hypothesis import given

from rightplace.domain.practice.entries.base import IMPORT_ROLE
from rightplace.domain.practice.journey import fold
from rightplace.domain.practice.journey.tests.histories import (
    EXAMPLES,
    MODERATE,
    Write,
    accepted,
    entries_of,
    imported_histories,
    long_histories,
)
from rightplace.domain.practice.timescales import Rule, Timescale, engine, rulebook, timescales
from rightplace.domain.practice.workdays import DAY, end_of_day

pytestmark = pytest.mark.promise
LATE = {"late", "expired", "met late"}


def kept(writes: list[Write]) -> Counter[str]:
    """Hold a file that began with a return against the promise."""
    met: Counter[str] = Counter()
    entries = entries_of(writes)
    journey = fold(entries)
    if journey.reference_day is None:  # somebody withdrew the return itself: then its rows are nobody's
        return met
    rows = {e.id for e in entries if e.role == IMPORT_ROLE}
    for scale in timescales(journey, rulebook()):
        rule = rulebook().rule(scale.rule, scale.version_from)
        met["of rows"] += scale.trigger in rows
        if (
            scale.trigger in rows
            and rule.met_by
            and not could_be_told(rule, journey.carried)
            and scale.met is None
        ):
            never_late(scale)
            met["not carried"] += 1
        if scale.trigger in rows and after_the_return(scale, journey.reference_day):
            never_late(scale)
        if scale.unknown:
            assert scale.met is None
            assert scale.standing(far(scale)) in ("not known", "overtaken", "not required")
            met["unknown"] += 1
    return met


def could_be_told(rule: Rule, carried: frozenset[str]) -> bool:
    """Whether the return tells enough to know that the rule was met."""
    names = [pattern.name for pattern in rule.met_by]
    return all(n in carried for n in names) if rule.met_by_all else any(n in carried for n in names)


def after_the_return(scale: Timescale, reference: int) -> bool:
    """Due after the last day that the return tells of, and nothing has told since."""
    ends = (scale.met, scale.not_required_from, scale.overtaken)
    return scale.due is not None and scale.due > end_of_day(reference) and all(end is None for end in ends)


def far(scale: Timescale) -> int:
    return max(scale.begins, scale.due or 0) + 3_650 * DAY


def never_late(scale: Timescale) -> None:
    for now in (scale.begins, (scale.due or scale.begins) + 1, far(scale)):
        assert scale.standing(now) not in LATE, (scale.rule, scale.standing(now))


def test_what_a_return_does_not_carry_is_never_late():
    met: Counter[str] = Counter()

    @MODERATE
    @given(imported_histories())
    def holds(writes):
        met.update(kept(writes))

    holds()
    assert met["not carried"] >= EXAMPLES // 10, met


def test_an_imported_child_is_answered_for_by_the_team_that_the_import_names_until_another_takes_it():
    met: Counter[str] = Counter()

    @MODERATE
    @given(imported_histories(moves=0))
    def holds(writes):
        journey = fold(entries_of(writes))
        team = next(e.body.team for e in entries_of(writes) if e.body.kind == "import.taken")
        assert {state.team for state in journey.states if state.open} <= {team}
        met["open"] += any(state.open for state in journey.states)

    holds()
    assert met["open"] >= EXAMPLES // 10, met


def test_a_return_is_never_refused_and_breaks_no_promise():
    @MODERATE
    @given(imported_histories(moves=0))
    def holds(writes):
        found = accepted(writes)
        assert all(step.taken for step in found.steps)
        assert not found.journey.breaches

    holds()


def test_an_age_that_nobody_knows_makes_nothing_late():
    """A rule for those under five is neither met nor late for a child whose birth date nobody told."""
    met: Counter[str] = Counter()

    @MODERATE
    @given(long_histories())
    def holds(writes):
        journey = fold(entries_of(writes))
        if journey.born is not None:
            return
        for scale in timescales(journey, rulebook()):
            rule = rulebook().rule(scale.rule, scale.version_from)
            if rule.age_from is not None or rule.age_under is not None:
                assert scale.due is None
                assert scale.standing(far(scale)) not in LATE
                met["asks an age"] += 1

    holds()


def test_a_fold_that_takes_what_is_not_carried_for_undone_is_caught(monkeypatch):
    monkeypatch.setattr(engine, "_with_unknowns", lambda journey, found: found)
    assert caught_on_returns()


def test_a_fold_that_forgets_what_a_row_is_is_caught(monkeypatch):
    """A row of a return read as if a worker here had written it."""
    monkeypatch.setattr("rightplace.domain.practice.journey.journey.IMPORT_ROLE", -1)
    assert caught_on_returns()


def caught_on_returns() -> bool:
    @MODERATE
    @given(imported_histories())
    def holds(writes):
        kept(writes)

    try:
        holds()
    except AssertionError:
        return True
    return False
