"""Promise 2. No file closes with a guarding timescale open, a possible duplicate undecided or the child unseen.

Unseen without a reason, that is. As known when it was recorded: what is found out later is a doubt on the decision.
"""

from collections import Counter

import pytest
from hypothesis import given

from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.base import IMPORT_ROLE
from rightplace.domain.practice.entries.contact import (
    CheckAnswered,
    CheckAsked,
    ContactDecided,
    Grade,
    ReferrerTold,
    Route,
)
from rightplace.domain.practice.journey import Journey, judging
from rightplace.domain.practice.journey.tests import slow_fold
from rightplace.domain.practice.journey.tests.histories import (
    EXAMPLES,
    MODERATE,
    Accepted,
    Step,
    accepted,
    long_histories,
)
from rightplace.domain.practice.journey.tests.telling import File, decision
from rightplace.domain.practice.timescales import Timescale
from rightplace.domain.practice.timescales.waiting import Reading
from tests.chance import caught, deaf_to, judged

pytestmark = pytest.mark.promise
ENDS_AT_THE_FRONT_DOOR = {"advice", "no further action", "another agency"}


def kept(found: Accepted) -> Counter[str]:
    """Hold each closing that was taken against the promise; closings and what refused others are counted."""
    met: Counter[str] = Counter()
    for step in found.steps:
        for entry in step.write:
            if not is_closing(entry):
                continue
            if not step.taken:
                met.update({breach.code for breach in step.added})
                continue
            whole = ends_the_file(step, entry)
            met["file closed" if whole else "contact ended"] += 1
            met.update(f"closed after {kind}" for kind in {e.body.kind for e in step.before} if whole)
            nothing_guarding_is_open(step, entry, whole)
            no_duplicate_is_undecided(step, entry)
            seen_or_a_reason(step, entry)
            if whole:
                nobody_was_asked_meanwhile(step, entry)
    return met


def is_closing(entry: Entry) -> bool:
    body = entry.body
    if entry.role == IMPORT_ROLE:
        return False
    return body.kind == "case.closed" or (
        body.kind == "contact.decided" and str(body.route) in ENDS_AT_THE_FRONT_DOOR
    )


def ends_the_file(step: Step, entry: Entry) -> bool:
    if entry.body.kind == "case.closed":
        return True
    seen = slow_fold.read([*step.before, *step.write])
    place = next(n for n, one in enumerate(seen) if one.entry == entry.id)
    return place > 0 and seen[place - 1].open and not seen[place].open


def nothing_guarding_is_open(step: Step, entry: Entry, whole: bool) -> None:
    """A file's closing is guarded by all; the end of one contact by its own clocks and those of its checks."""
    mine = {entry.body.contact} if not whole else set()
    mine |= {e.id for e in step.before if e.body.kind == "check.asked" and mine & set(e.names)}
    for scale in step.due:
        if scale.guards and (whole or scale.about in mine) and is_open(scale, entry):
            raise AssertionError(f"{entry.body.kind} while {scale.rule} is open")


def is_open(scale: Timescale, entry: Entry) -> bool:
    """Begun on or before the closing's day; not met, excused, ended or overtaken by then; and not unknown."""
    begun = scale.begins < slow_fold.midnight(entry.day + 1)
    over = [when for when in (scale.met, scale.not_required_from, scale.overtaken) if when is not None]
    return begun and not scale.unknown and not any(when <= entry.at for when in over)


def no_duplicate_is_undecided(step: Step, entry: Entry) -> None:
    undecided = set()
    for other in slow_fold.in_order(slow_fold.standing([*step.before, *step.write])):
        if other.id == entry.id:
            break
        if other.body.kind == "duplicate.found":
            undecided.add(other.id)
        elif other.body.kind == "duplicate.settled":
            undecided.discard(other.body.duplicate)
    assert not undecided, "a possible duplicate is undecided"


def seen_or_a_reason(step: Step, entry: Entry) -> None:
    if entry.body.unseen_reason.strip():
        return
    seen = slow_fold.read([*step.before, *step.write])
    place = next(n for n, one in enumerate(seen) if one.entry == entry.id)
    assert seen[place].child_seen, "nobody has seen the child, and no reason is given"


def nobody_was_asked_meanwhile(step: Step, entry: Entry) -> None:
    seen = slow_fold.read([*step.before, *step.write])
    place = next(n for n, one in enumerate(seen) if one.entry == entry.id)
    assert not seen[place - 1].offered, "a team still considers the child"


def test_no_file_closes_with_something_left_open():
    met: Counter[str] = Counter()

    @MODERATE
    @given(long_histories())
    def holds(writes):
        met.update(kept(accepted(writes)))

    holds()
    assert met["file closed"] >= EXAMPLES // 4, met


def test_closings_are_reached_and_refused_for_each_reason():
    """Else the promise would hold because nothing ever closes."""
    met: Counter[str] = Counter()
    for found in judged(60):
        met.update(kept(found))
    assert met["file closed"] >= 40, met
    assert met["contact ended"] >= 10, met
    for kind in (
        "signal.taken_up",
        "step.down",
        "familysupport.planned",
        "assessment.written",
        "service.requested",
    ):
        assert met[f"closed after {kind}"] >= 1, (kind, met)
    for code in (
        "guard_open",
        "duplicate_undecided",
        "unseen_without_reason",
        "offer_pending",
        "contact_undecided",
    ):
        assert met[code] >= 3, met


@pytest.mark.parametrize("code", ["duplicate_undecided", "unseen_without_reason", "offer_pending"])
def test_a_judge_who_is_deaf_to_it_is_caught(code, monkeypatch):
    monkeypatch.setattr(Journey, "breach", deaf_to(code))
    assert caught(kept)


def test_a_judge_who_looks_at_no_timescale_is_caught(monkeypatch):
    monkeypatch.setattr(judging, "_guards", lambda journey, timescales: [])
    assert caught(kept)


def test_a_file_s_closing_that_only_its_contact_guards_is_caught(monkeypatch):
    monkeypatch.setattr(judging, "_belongs", lambda journey, about, closing: about == closing)
    assert caught(kept)


def with_a_check_unanswered() -> tuple[File, ContactDecided]:
    """A contact that could end, were it not for an agency that has not answered."""
    file = File()
    contact = file.contact()
    file.say(
        CheckAsked(
            contact=contact.id, agency=5, question="What is known?", grade=Grade.RED, basis="public task",
            purpose="safeguarding", sent="The name",
        )
    )  # fmt: skip
    file.say(ReferrerTold(contact=contact.id, outcome="advice", text="We have read it"))
    return file, decision(contact, Route.ADVICE, "Seen at school today")


def test_a_closing_does_not_let_its_own_guard_go():
    """What a closing ends was open until then."""
    file, ending = with_a_check_unanswered()
    assert file.refused(ending) is not None
    asked = file.entries[1].id
    file.say(CheckAnswered(check=asked, known="yes"))
    assert file.refused(ending) is None


def test_an_engine_that_lets_the_closing_end_its_own_guard_is_caught(monkeypatch):
    monkeypatch.setattr(Reading, "_after_a_closing", lambda self, event: event.at)
    file, ending = with_a_check_unanswered()
    assert file.refused(ending) is None
