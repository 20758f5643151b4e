"""What ends a timescale that was not met: its process, its child, the law, an excuse; and what guards a closing."""

from pathlib import Path

import pytest

from rightplace.domain.practice.londontime import DAY
from rightplace.domain.practice.timescales import Timescale, rulebook
from rightplace.domain.practice.timescales.tests.histories import History, book_of, instant

PLAIN = """
id = "P"
title = "Do it"
trigger = "needplan.began"
within = "3 months"
met_by = { any = ["needplan.reviewed"] }
guards = true
"""
BEGAN = instant("2026-03-02")
ENDED = instant("2026-04-01")
LATER = instant("2027-01-01")


@pytest.mark.parametrize(
    ("stays", "by_law", "standing"),
    [
        (False, False, "not required"),
        (True, False, "late"),
        (False, True, "overtaken"),
        (True, True, "overtaken"),
    ],
)
def test_the_end_of_a_process_ends_what_hangs_on_it(
    tmp_path: Path, stays: bool, by_law: bool, standing: str
) -> None:
    history = History()
    plan = history.begins("cin_plan", "needplan.began", BEGAN)
    history.ends(plan, ENDED, by_law=by_law)
    scale = history.only(book_of(tmp_path, PLAIN + f"stays = {str(stays).lower()}"), "P")
    assert scale.standing(LATER) == standing
    assert scale.standing(ENDED - DAY) == "open"
    assert scale.overtaken == (ENDED if by_law else None)


def test_the_end_of_another_process_ends_nothing(tmp_path: Path) -> None:
    history = History()
    history.begins("cin_plan", "needplan.began", BEGAN)
    other = history.begins("assessment", "assessment.began", BEGAN)
    history.ends(other, ENDED)
    assert history.only(book_of(tmp_path, PLAIN), "P").standing(LATER) == "late"


def test_the_eighteenth_birthday_overtakes_and_a_closing_lets_go(tmp_path: Path) -> None:
    rule = """
id = "V"
title = "Allocate"
trigger = "team.answers"
within = "2 working days"
scope = "child"
met_by = { any = ["worker.allocated"] }
"""
    book = book_of(tmp_path, rule)
    for by_law, standing in ((True, "overtaken"), (False, "not required")):
        history = History()
        history.said("team.answers", BEGAN)
        history.closes(ENDED, by_law=by_law)
        assert history.only(book, "V").standing(LATER) == standing


def test_an_excuse_ends_one_timescale_with_its_outcome_and_no_other(tmp_path: Path) -> None:
    book, history = book_of(tmp_path, PLAIN, PLAIN.replace('"P"', '"Q"')), History()
    plan = history.begins("cin_plan", "needplan.began", BEGAN)
    history.excuses("P", plan, ENDED, "not_practicable")
    found = {scale.rule: scale for scale in history.read(book)}
    assert (found["P"].not_required, found["P"].not_required_from) == ("not_practicable", ENDED)
    assert found["P"].standing(ENDED - 1) == "open"
    assert found["Q"].standing(LATER) == "late"


def test_what_was_excused_starts_what_comes_next_in_a_chain(tmp_path: Path) -> None:
    chain = """
id = "V"
title = "Visit"
trigger = ["protectionplan.began", "visit.made[seen]", "excused:V"]
process = "protection_plan"
scope = "child"
within = "10 working days"
met_by = { any = ["visit.made[seen]"] }
"""
    book, history = book_of(tmp_path, chain), History()
    plan = history.begins("protection_plan", "protectionplan.began", BEGAN)
    history.excuses("V", plan, BEGAN + DAY)
    history.said("visit.made", BEGAN + 5 * DAY, 0, {"seen"})
    found = history.read(book)
    assert [scale.begins for scale in found] == [BEGAN, BEGAN + DAY, BEGAN + 5 * DAY]
    assert all(scale.about == plan for scale in found)
    history.ends(plan, BEGAN + 6 * DAY)
    assert history.read(book)[-1].standing(LATER) == "not required"


def test_a_met_timescale_is_not_undone_by_what_comes_after(tmp_path: Path) -> None:
    history = History()
    plan = history.begins("cin_plan", "needplan.began", BEGAN)
    history.said("needplan.reviewed", BEGAN + DAY, plan)
    history.excuses("P", plan, ENDED)
    history.closes(ENDED)
    scale = history.only(book_of(tmp_path, PLAIN), "P")
    assert scale.standing(LATER) == "met"
    assert not scale.not_required


def guarded(tmp_path: Path, history: History, at: int) -> bool:
    return any(scale.guards and scale.open_at(at) for scale in history.read(book_of(tmp_path, PLAIN)))


def test_a_closing_does_not_let_go_of_what_guards_it(tmp_path: Path) -> None:
    """Promise 2: what the closing itself ends was still open when it was decided."""
    history = History()
    history.begins("cin_plan", "needplan.began", BEGAN)
    history.closes(ENDED)
    assert guarded(tmp_path, history, ENDED)
    assert history.only(book_of(tmp_path, PLAIN), "P").standing(ENDED + 1) == "not required"


def test_a_closing_is_free_once_the_guard_is_met_ended_or_excused_even_at_the_same_instant(
    tmp_path: Path,
) -> None:
    for way in ("met", "process ended", "excused"):
        history = History()
        plan = history.begins("cin_plan", "needplan.began", BEGAN)
        if way == "met":
            history.said("needplan.reviewed", ENDED, plan)
        elif way == "excused":
            history.excuses("P", plan, ENDED)
        else:
            history.ends(plan, ENDED)
        history.closes(ENDED)
        assert not guarded(tmp_path, history, ENDED), way


def test_a_guard_that_begins_after_the_closing_days_end_does_not_hold_it(tmp_path: Path) -> None:
    history = History()
    history.begins("cin_plan", "needplan.began", instant("2026-04-02", 9))
    assert guarded(tmp_path, history, instant("2026-04-02", 8))
    assert not guarded(tmp_path, history, instant("2026-04-01", 23))


def test_a_contact_cannot_be_closed_untold_and_can_be_when_told_in_the_same_write() -> None:
    for told, holds in ((False, True), (True, False)):
        history = History()
        contact = history.begins("contact", "contact.received", BEGAN, {"professional"})
        history.said("contact.decided", ENDED, contact, {"no further action"})
        history.ends(contact, ENDED)
        if told:
            history.said("referrer.told", ENDED, contact)
        scale = history.only(rulebook(), "REF-1")
        assert scale.open_at(ENDED) is holds


def keys(found: list[Timescale]) -> list[tuple[str, int, int]]:
    return [(scale.rule, scale.trigger, scale.about) for scale in found]


def test_one_entry_starts_a_rule_once_for_each_thing_it_is_about(tmp_path: Path) -> None:
    history = History()
    one = history.begins("cin_plan", "needplan.began", BEGAN)
    history.said("needplan.began", BEGAN, one, entry=one)
    history.said("needplan.began", BEGAN, 5, entry=one)
    assert keys(history.read(book_of(tmp_path, PLAIN))) == [("P", one, one), ("P", one, 5)]


def test_a_timescale_carries_the_label_of_what_started_it(tmp_path: Path) -> None:
    history = History()
    history.said("needplan.began", BEGAN, 3, label=2)
    assert history.only(book_of(tmp_path, PLAIN), "P").label == 2
