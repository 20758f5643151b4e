"""Next year's return corrects and continues; what a worker wrote stands, and nothing vanishes unsaid."""

from datetime import date

import pytest

from rightplace.domain.practice.entries import Draft, Entry
from rightplace.domain.practice.entries.assessment import AssessmentAuthorised, VisitMade
from rightplace.domain.practice.entries.caseflow import CaseClosed
from rightplace.domain.practice.entries.identity import IdentityRecorded, ImportTaken
from rightplace.domain.practice.entries.keeping import EntryWithdrawn
from rightplace.domain.practice.journey import fold
from rightplace.domain.practice.journey.standing import correction_of, standing
from rightplace.gateways.exchange.cin import ReadChild, read
from rightplace.gateways.exchange.cin.mapping import Return, told_of
from rightplace.gateways.exchange.cin.tests.oddities import each_in_turn
from rightplace.gateways.exchange.cin.tests.returns import IDENTITY, of
from rightplace.gateways.exchange.cin.tests.test_mapping import (
    assessment,
    at,
    closed,
    enquiry,
    plan,
    protection,
    referral,
)
from rightplace.gateways.exchange.cin.tests.told import SOMEBODY, file_of, next_return, one, return_of, signed
from rightplace.gateways.exchange.cin.tests.write_sample import a_return

OPEN = referral(assessment("2025-05-02") + enquiry("2025-05-05", "2025-05-20") + protection("2025-05-20"))


def then(
    before: list[Entry], details: str, year: int = 2027, identity: str = IDENTITY
) -> tuple[list[Entry], set[str]]:
    """The file after another return, and what was found."""
    more = next_return(before, *one(details, year, identity))
    return signed(before, more.drafts), set(more.found)


def kinds(entries: list[Entry], since: int = 0) -> list[str]:
    return sorted(e.body.kind for e in entries[since:])


def day_of(entries: list[Entry], kind: str) -> date:
    (found,) = [e for e in standing(entries).entries if e.body.kind == kind]
    return date.fromordinal(found.day)


def by_somebody(before: list[Entry], draft: Draft) -> list[Entry]:
    return signed(before, [draft], SOMEBODY)


def test_the_same_return_again_says_nothing() -> None:
    child, this = one(OPEN)
    entries = file_of(child, this)
    assert next_return(entries, child, this) == ([], frozenset())


def test_a_later_return_that_says_the_same_only_says_that_it_was_taken() -> None:
    entries = file_of(*one(OPEN))
    after, found = then(entries, OPEN)
    assert kinds(after, len(entries)) == ["import.taken"]
    assert not found
    assert fold(after).reference_day == date(2027, 3, 31).toordinal()


def test_what_was_open_is_ended_and_what_is_new_is_added() -> None:
    entries = file_of(*one(OPEN))
    later = referral(
        closed("2026-09-01", "RC8")
        + assessment("2025-05-02", "2025-06-10")
        + enquiry("2025-05-05", "2025-05-20")
        + protection("2025-05-20", "2026-07-01")
        + plan("2026-07-01", "2026-08-20")
    )
    after, found = then(entries, later)
    assert kinds(after, len(entries)) == [
        "assessment.authorised", "case.closed", "import.taken", "needplan.began", "needplan.ended",
        "protectionplan.ended",
    ]  # fmt: skip
    assert not found
    assert not fold(after).state_at(at("2026-09-02")).open


def test_a_changed_value_is_a_correction_at_its_place() -> None:
    first = referral(assessment("2025-05-02", "2025-06-10"))
    entries = file_of(*one(first))
    changed = first.replace("2025-06-10", "2025-06-20").replace("N1", "N2")
    after, found = then(entries, changed, 2026)
    assert kinds(after, len(entries)) == ["entry.corrected", "entry.corrected"]
    assert not found
    assert day_of(after, "assessment.authorised") == date(2025, 6, 20)
    again, _ = then(after, changed.replace("2025-06-20", "2025-06-25"), 2026)
    assert day_of(again, "assessment.authorised") == date(2025, 6, 25)
    assert then(again, changed.replace("2025-06-20", "2025-06-25"), 2026)[0] == again


def test_an_ending_that_is_no_longer_said_is_struck_and_doubted_and_can_be_said_again() -> None:
    ended, going_on = referral(closed("2025-09-01")), referral()
    entries = file_of(*one(ended))
    reopened, found = then(entries, going_on)
    assert "no_longer_said" in found
    assert fold(reopened).state_at(at("2026-01-01")).open
    assert "import_finding" in {d.code for d in fold(reopened).doubts if d.detail == "no_longer_said"}
    closed_again, _ = then(reopened, ended)
    assert not fold(closed_again).state_at(at("2026-01-01")).open
    assert then(closed_again, ended)[0] == closed_again


def test_a_module_outside_the_new_returns_year_may_be_missing() -> None:
    first = referral(closed("2025-07-01") + assessment("2025-05-02", "2025-06-10"))
    entries = file_of(*one(first))
    after, found = then(entries, referral(day="2026-06-01"))
    assert not found
    assert kinds(after, len(entries)) == ["import.taken", "referral.accepted"]


@pytest.mark.parametrize(
    "missing", [assessment("2025-05-02"), enquiry("2025-05-05"), plan("2025-06-01"), protection("2025-05-20")]
)
def test_a_module_that_should_be_in_the_new_return_is_a_doubt_and_stays(missing: str) -> None:
    entries = file_of(*one(referral(missing)))
    after, found = then(entries, referral())
    assert found == {"module_missing_now"}
    taken = after[-1].body
    assert isinstance(taken, ImportTaken)
    assert "module_missing_now" in taken.findings
    assert not [e for e in after if isinstance(e.body, EntryWithdrawn)]


def test_a_need_plan_that_a_protection_plan_replaced_is_not_missed() -> None:
    entries = file_of(*one(referral(plan("2025-05-02", "2025-06-20") + protection("2025-06-20"))))
    assert then(entries, referral(protection("2025-06-20")))[1] == set()


def test_a_review_of_the_year_that_is_gone_is_a_doubt() -> None:
    entries = file_of(*one(referral(protection("2025-05-20", "", "NEG", "2025-08-08"))))
    assert then(entries, referral(protection("2025-05-20")), 2026)[1] == {"review_missing_now"}
    assert then(entries, referral(protection("2025-05-20")), 2027)[1] == set()


def test_an_unborn_child_who_is_born_keeps_the_file() -> None:
    unborn = IDENTITY.replace(
        "PersonBirthDate>2015-01-09</PersonBirthDate",
        "ExpectedPersonBirthDate>2026-05-01</ExpectedPersonBirthDate",
    )
    born = IDENTITY.replace("2015-01-09", "2026-04-28")
    entries = file_of(*one(referral(), identity=unborn))
    after, found = then(entries, referral(), identity=born)
    assert kinds(after, len(entries)) == ["identity.recorded", "import.taken"]
    journey = fold(after)
    assert journey.born == date(2026, 4, 28).toordinal()
    assert "child.born" in {event.name for event in journey.events}
    assert not found
    assert then(after, referral(), identity=born)[0] == after
    mended, _ = then(after, referral(), identity=IDENTITY.replace("2015-01-09", "2026-04-27"))
    assert fold(mended).born == date(2026, 4, 27).toordinal()


def test_a_workers_own_entries_are_left_alone() -> None:
    child, this = one(OPEN)
    visit = Draft(
        file=this.numbers(child).file, body=VisitMade(seen=True, alone=True), day=date(2026, 5, 1).toordinal()
    )
    entries = by_somebody(file_of(child, this), visit)
    after, found = then(entries, OPEN)
    assert kinds(after, len(entries)) == ["import.taken"]
    assert not found


def test_a_workers_correction_stands_and_only_a_new_contradiction_is_a_doubt() -> None:
    said = referral(assessment("2025-05-02", "2025-06-10"))
    child, this = one(said)
    entries = file_of(child, this)
    (wrong,) = [e for e in entries if isinstance(e.body, AssessmentAuthorised)]
    mended = correction_of(wrong, wrong.id, wrong.body, date(2025, 6, 12).toordinal(), None, "Looked it up")
    entries = by_somebody(entries, Draft(file=wrong.file, body=mended, day=wrong.day))
    after, found = then(entries, said, 2026)
    assert after == entries
    assert not found
    after, found = then(entries, said.replace("2025-06-10", "2025-06-15"))
    assert found == {"corrected_here"}
    assert day_of(after, "assessment.authorised") == date(2025, 6, 12)
    agreed, found = then(entries, said.replace("2025-06-10", "2025-06-12"))
    assert not found
    assert kinds(agreed, len(entries)) == ["import.taken"]


def test_what_a_worker_struck_stays_struck_and_is_a_doubt() -> None:
    child, this = one(OPEN)
    entries = file_of(child, this)
    (authorised,) = [e for e in entries if e.body.kind == "protectionplan.began"]
    struck = EntryWithdrawn(entry=authorised.id, reasons="Another family's child")
    entries = by_somebody(entries, Draft(file=authorised.file, body=struck, day=authorised.day))
    after, found = then(entries, OPEN)
    assert found == {"struck_here"}
    assert "protectionplan.began" not in {e.body.kind for e in standing(after).entries}


def test_an_older_return_taken_later_adds_and_corrects_nothing() -> None:
    now = referral(closed("2025-09-01", "RC1"))
    entries = file_of(*one(now))
    older = referral(day="2023-05-01", nfa="1") + referral().replace("N1", "N4")
    after, found = then(entries, older, 2025)
    assert not found
    assert kinds(after, len(entries)) == ["case.closed", "import.taken", "referral.accepted"]
    assert sum(isinstance(e.body, CaseClosed) for e in standing(after).entries) == 2


def test_the_return_a_child_came_with_does_not_show_as_a_change_of_who_the_child_is() -> None:
    entries = file_of(*one(referral()))
    after, _ = then(entries, referral())
    who = [e.body for e in after if isinstance(e.body, IdentityRecorded)]
    assert [body.source for body in who] == ["CIN census 2026"]


def children(year: int, seed: int) -> tuple[list[ReadChild], Return]:
    sound = read(of(a_return(year, 84, seed=seed, odd=each_in_turn(4))))
    return [child for child in sound.children() if child.refused is None], return_of(sound)


@pytest.mark.parametrize("year", range(2021, 2027))
def test_after_any_two_returns_the_file_says_what_the_second_says(year: int) -> None:
    """Whatever the first return said of the same numbers: the second is read as if it had been the first, and holds."""
    first, this = children(year, 1)
    second, later = children(year + 1, 2)
    files = {this.numbers(child).file: file_of(child, this) for child in first}
    changed = 0
    for child in second:
        before = files.get(later.numbers(child).file)
        if before is None:
            continue
        after = signed(before, next_return(before, child, later).drafts)
        assert next_return(after, child, later).drafts == []
        changed += len(after) > len(before) + 1
        says = {(e.body.kind, e.day) for e in standing(after).entries}
        for told in told_of(child, later)[1:]:
            assert (told.body.kind, told.day) in says or told.body.kind == "protectionplan.category"
        assert not fold(after).breaches
    assert changed > 20
