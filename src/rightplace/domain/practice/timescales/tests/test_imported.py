"""Promise 4: what a return of another system could not tell is unknown, never late."""

from datetime import date
from pathlib import Path

import pytest

from rightplace.domain.practice.timescales import RuleBook
from rightplace.domain.practice.timescales.tests.histories import History, book_of, instant

SEEN = """
id = "V"
title = "See the child"
trigger = "referral.accepted"
within = "5 working days"
met_by = { any = ["visit.made[seen]"] }
scope = "child"
"""
ASSESSED = """
id = "A"
title = "Assess"
trigger = "referral.accepted"
within = "45 working days"
met_by = { any = ["assessment.authorised"] }
stays = true
"""
BOTH = """
id = "B"
title = "Decide and tell"
trigger = "referral.accepted"
within = "1 working day"
met_by = { all = ["contact.decided", "referrer.told"] }
"""
CARRIED = frozenset({"referral.accepted", "assessment.authorised", "contact.decided"})
LONG_AFTER = instant("2030-01-01")


def returned(history: History) -> History:
    history.journey.carried = CARRIED
    history.journey.reference_day = date(2026, 3, 31).toordinal()
    return history


@pytest.fixture
def book(tmp_path: Path) -> RuleBook:
    return book_of(tmp_path, SEEN, ASSESSED, BOTH)


def test_what_the_return_does_not_carry_is_not_known(book: RuleBook) -> None:
    history = returned(History())
    history.begins("referral", "referral.accepted", instant("2025-06-02"), imported=True)
    scale = history.only(book, "V")
    assert scale.unknown == "not carried by the return"
    assert scale.standing(LONG_AFTER) == "not known"
    assert not scale.open_at(LONG_AFTER)
    assert history.only(book, "B").unknown == "not carried by the return", "one of all is missing"


def test_what_it_carries_and_was_due_before_its_date_is_honestly_late(book: RuleBook) -> None:
    history = returned(History())
    history.begins("referral", "referral.accepted", instant("2025-06-02"), imported=True)
    assert history.only(book, "A").standing(LONG_AFTER) == "late"


def test_what_was_due_after_its_date_is_not_known(book: RuleBook) -> None:
    history = returned(History())
    history.begins("referral", "referral.accepted", instant("2026-03-20"), imported=True)
    assert history.only(book, "A").unknown == "after the return's date"


def test_what_was_met_all_the_same_is_met(book: RuleBook) -> None:
    history = returned(History())
    referral = history.begins("referral", "referral.accepted", instant("2026-03-20"), imported=True)
    history.said("visit.made", instant("2026-04-15"), 0, {"seen"})
    history.said("assessment.authorised", instant("2026-04-20"), referral)
    assert history.only(book, "V").standing(LONG_AFTER) == "met late"
    assert history.only(book, "A").standing(LONG_AFTER) == "met"


def test_what_began_after_the_return_or_was_written_here_is_judged_as_ever(book: RuleBook) -> None:
    history = returned(History())
    history.begins("referral", "referral.accepted", instant("2026-04-01"), imported=False)
    assert history.only(book, "V").standing(LONG_AFTER) == "late"
    history = returned(History())
    history.begins("referral", "referral.accepted", instant("2026-03-02"), imported=False)
    assert history.only(book, "V").standing(LONG_AFTER) == "late"


def test_what_the_return_dates_after_itself_is_not_known_either(book: RuleBook) -> None:
    history = returned(History())
    history.begins("referral", "referral.accepted", instant("2026-04-01"), imported=True)
    assert {history.only(book, rule).standing(LONG_AFTER) for rule in "VAB"} == {"not known"}


def test_what_a_birthday_ends_years_later_is_not_known_until_then(book: RuleBook) -> None:
    history = returned(History())
    history.begins("referral", "referral.accepted", instant("2025-06-02"), imported=True)
    history.said("child.closed", instant("2033-06-02"), 0, {"by_law"})
    scale = history.only(book, "V")
    assert scale.standing(LONG_AFTER) == "not known"
    assert scale.standing(instant("2033-06-03")) == "overtaken"


def test_what_a_closing_in_the_return_let_go_was_never_late(book: RuleBook) -> None:
    history = returned(History())
    history.begins("referral", "referral.accepted", instant("2025-06-02"), imported=True)
    history.said("child.closed", instant("2025-09-01"), 0)
    scale = history.only(book, "V")
    assert scale.standing(instant("2025-08-01")) == "not known"
    assert scale.standing(instant("2025-09-02")) == "not required"
    assert history.only(book, "A").standing(instant("2025-09-02")) == "late", (
        "its assessment is carried, and stays due"
    )


def told_since_april(history: History) -> History:
    history.journey.carried_since = date(2025, 4, 1).toordinal()
    return returned(history)


def test_what_a_referral_older_than_the_returns_year_had_before_is_not_known(book: RuleBook) -> None:
    history = told_since_april(History())
    history.begins("referral", "referral.accepted", instant("2024-06-03"), imported=True)
    assert history.only(book, "A").standing(LONG_AFTER) == "not known"


def test_an_assessment_years_after_such_a_referral_does_not_make_it_late(book: RuleBook) -> None:
    history = told_since_april(History())
    referral = history.begins("referral", "referral.accepted", instant("2022-06-06"), imported=True)
    history.begins("assessment", "assessment.began", instant("2025-06-02"), parent=referral, imported=True)
    history.said("assessment.authorised", instant("2025-07-01"), referral)
    scale = history.only(book, "A")
    assert (scale.standing(LONG_AFTER), scale.met, scale.met_by) == ("not known", None, 0)


def test_an_assessment_begun_in_time_and_still_open_is_late_however_old_the_referral(book: RuleBook) -> None:
    history = told_since_april(History())
    referral = history.begins("referral", "referral.accepted", instant("2025-03-10"), imported=True)
    history.begins("assessment", "assessment.began", instant("2025-03-11"), parent=referral, imported=True)
    assert history.only(book, "A").standing(LONG_AFTER) == "late"


def test_what_began_within_the_returns_year_is_judged_by_it(book: RuleBook) -> None:
    history = told_since_april(History())
    history.begins("referral", "referral.accepted", instant("2025-04-01"), imported=True)
    assert history.only(book, "A").standing(LONG_AFTER) == "late"


def test_without_a_return_nothing_is_unknown(book: RuleBook) -> None:
    history = History()
    history.begins("referral", "referral.accepted", instant("2025-06-02"))
    assert {scale.unknown for scale in history.read(book)} == {""}
