"""Each kind of clause, and how a timescale of it stands before, at and after its moments."""

from pathlib import Path

from rightplace.domain.practice.londontime import DAY, HOUR, MINUTE, end_of_day, start_of_day
from rightplace.domain.practice.timescales.tests.histories import History, book_of, day_number, instant

WITHIN = """
id = "W"
title = "Do it"
trigger = "referral.accepted"
within = "5 working days"
met_by = { any = ["assessment.authorised"] }
guards = true
"""


def test_within_is_open_then_due_on_its_day_then_late(tmp_path: Path) -> None:
    book, history = book_of(tmp_path, WITHIN), History()
    began = instant("2026-03-02")
    history.begins("referral", "referral.accepted", began)
    scale = history.only(book, "W")
    assert scale.due == end_of_day(day_number("2026-03-09"))
    assert scale.standing(began - 1) == "not yet"
    assert scale.standing(began) == "open"
    assert scale.standing(start_of_day(day_number("2026-03-09"))) == "due"
    assert scale.standing(scale.due) == "due"
    assert scale.standing(scale.due + 1) == "late"


def test_met_at_the_last_instant_is_met_and_a_microsecond_on_is_met_late(tmp_path: Path) -> None:
    book = book_of(tmp_path, WITHIN)
    last = end_of_day(day_number("2026-03-09"))
    for when, said in ((last, "met"), (last + 1, "met late")):
        history = History()
        referral = history.begins("referral", "referral.accepted", instant("2026-03-02"))
        by = history.said("assessment.authorised", when, referral)
        scale = history.only(book, "W")
        assert (scale.met, scale.met_by) == (when, by)
        assert scale.standing(when) == said
        assert scale.standing(when - 2 * DAY) == "open"


def test_an_event_about_something_else_meets_nothing(tmp_path: Path) -> None:
    history = History()
    history.begins("referral", "referral.accepted", instant("2026-03-02"))
    history.said("assessment.authorised", instant("2026-03-03"), about=1)
    assert history.only(book_of(tmp_path, WITHIN), "W").met is None


def test_within_the_childs_scope_any_event_of_the_name_meets(tmp_path: Path) -> None:
    history = History()
    history.begins("referral", "referral.accepted", instant("2026-03-02"))
    history.said("assessment.authorised", instant("2026-03-03"), about=1)
    assert history.only(book_of(tmp_path, WITHIN + 'scope = "child"'), "W").met is not None


def test_all_is_met_when_the_last_of_all_has_come_in_any_order(tmp_path: Path) -> None:
    rule = """
id = "ALL"
title = "Decide and tell"
trigger = "contact.received"
within = "1 working day"
met_by = { all = ["contact.decided", "referrer.told"] }
"""
    book = book_of(tmp_path, rule)
    for order in (("contact.decided", "referrer.told"), ("referrer.told", "contact.decided")):
        history = History()
        contact = history.begins("contact", "contact.received", instant("2026-03-02"))
        history.said(order[0], instant("2026-03-02", 11), contact)
        assert history.only(book, "ALL").met is None
        history.said(order[0], instant("2026-03-02", 12), contact)
        assert history.only(book, "ALL").met is None
        history.said(order[1], instant("2026-03-03", 9), contact)
        assert history.only(book, "ALL").met == instant("2026-03-03", 9)


def test_hours_run_by_the_clock_and_office_hours_while_the_office_is_open(tmp_path: Path) -> None:
    rule = 'title = "x"\ntrigger = "contact.received"\nmet_by = { any = ["contact.decided"] }\n'
    book = book_of(
        tmp_path, f'id = "C"\nwithin = "4 hours"\n{rule}', f'id = "O"\nwithin = "4 office hours"\n{rule}'
    )
    history = History()
    history.begins("contact", "contact.received", instant("2026-03-06", 15.25))
    assert history.only(book, "C").due == instant("2026-03-06", 19.25)
    assert history.only(book, "O").due == instant("2026-03-09", 11.75)


def test_hours_from_a_day_without_an_hour_run_from_the_end_of_the_day(tmp_path: Path) -> None:
    rule = """
id = "C"
title = "x"
trigger = "missing.ended"
within = "72 hours"
met_by = { any = ["returninterview.held"] }
"""
    history = History()
    history.said("missing.ended", start_of_day(day_number("2026-03-02")), 7)
    due = history.only(book_of(tmp_path, rule), "C").due
    assert due == end_of_day(day_number("2026-03-02")) + 72 * HOUR


def test_a_floor_is_not_met_by_what_comes_before_it(tmp_path: Path) -> None:
    rule = """
id = "F"
title = "Not before 28 days"
clause = "floor"
trigger = "accommodation.provided"
floor = "28 days beginning with the day"
met_by = { any = ["pathway.reviewed"] }
"""
    book, history = book_of(tmp_path, rule), History()
    history.said("accommodation.provided", instant("2026-03-02"), 5)
    history.said("pathway.reviewed", instant("2026-03-29", 20), 5)
    scale = history.only(book, "F")
    assert scale.floor == start_of_day(day_number("2026-03-30"))
    assert scale.met is None
    assert scale.due is None
    assert scale.standing(scale.floor - 1) == "not yet"
    assert scale.standing(scale.floor) == "open"
    history.said("pathway.reviewed", scale.floor, 5)
    assert history.only(book, "F").met == scale.floor


GATE = """
id = "G"
title = "Not before it is offered"
clause = "gate"
trigger = "preproceedings.began"
blocks = ["court.applied"]
met_by = { any = ["familymeeting.answered[held]", "familymeeting.answered[declined]"] }
"""


def test_a_gate_is_open_until_met_and_late_when_what_it_forbids_happens_first(tmp_path: Path) -> None:
    book, history = book_of(tmp_path, GATE), History()
    about = history.begins("pre_proceedings", "preproceedings.began", instant("2026-03-02"))
    assert history.only(book, "G").standing(instant("2030-01-01")) == "open"
    history.said("familymeeting.answered", instant("2026-03-03"), about, {"offered"})
    history.begins("application", "court.applied", instant("2026-04-01"))
    scale = history.only(book, "G")
    assert scale.standing(instant("2026-03-31")) == "open"
    assert scale.standing(instant("2026-04-01")) == "late"
    history.said("familymeeting.answered", instant("2026-05-01"), about, {"held"})
    assert history.only(book, "G").standing(instant("2026-05-02")) == "met late"


def test_a_gate_that_was_met_lets_through(tmp_path: Path) -> None:
    book, history = book_of(tmp_path, GATE), History()
    about = history.begins("pre_proceedings", "preproceedings.began", instant("2026-03-02"))
    history.said("familymeeting.answered", instant("2026-03-03"), about, {"declined"})
    history.begins("application", "court.applied", instant("2026-04-01"))
    assert history.only(book, "G").standing(instant("2026-04-02")) == "met"


def test_a_gate_with_a_floor_lapses_when_it_ends_before_its_time(tmp_path: Path) -> None:
    rule = """
id = "G"
title = "Approve before ceasing"
clause = "gate"
trigger = "care.began"
floor = "20 working days"
blocks = ["care.ended[-adopted]"]
met_by = { any = ["care.ceasing_approved"] }
"""
    book = book_of(tmp_path, rule)
    for day, standing in (("2026-03-10", "not required"), ("2026-06-10", "late")):
        history = History()
        care = history.begins("care", "care.began", instant("2026-03-02"))
        history.said("care.ended", instant(day), care)
        assert history.only(book, "G").standing(instant("2026-07-01")) == standing
    history = History()
    care = history.begins("care", "care.began", instant("2026-03-02"))
    history.said("care.ended", instant("2026-06-10"), care, {"adopted"})
    assert history.only(book, "G").standing(instant("2026-07-01")) == "open"


def test_an_expiry_is_due_soon_as_its_pack_says_and_then_expired_never_late(tmp_path: Path) -> None:
    rule = """
id = "E"
title = "Approval ends"
clause = "expiry"
trigger = "placement.began[temporary_approval]"
within = "16 weeks"
amber = "4 weeks"
met_by = { any = ["carer.approved"] }
"""
    book, history = book_of(tmp_path, rule), History()
    history.begins("placement", "placement.began", instant("2026-03-02"))
    assert not history.read(book)
    placement = history.begins("placement", "placement.began", instant("2026-03-03"), {"temporary_approval"})
    scale = history.only(book, "E")
    assert scale.due == end_of_day(day_number("2026-06-23"))
    assert scale.standing(start_of_day(day_number("2026-05-26")) - 1) == "open"
    assert scale.standing(start_of_day(day_number("2026-05-26"))) == "due"
    assert scale.standing(scale.due + 1) == "expired"
    history.said("carer.approved", instant("2026-06-01"), placement)
    assert history.only(book, "E").standing(scale.due + 1) == "met"


COHORT = """
id = "S"
title = "Once in the year"
clause = "cohort"
trigger = "care.year"
scope = "child"
age = { from = 4, under = 17 }
met_by = { any = ["health.sdq"] }
"""


def cohort(history: History, march: str) -> None:
    """The reporting year to this 31 March, as the fold tells it: it begins on 1 April before."""
    day = day_number(march)
    year = int(march[:4]) - 1
    at = start_of_day(day_number(f"{year}-04-01"))
    history.said("care.year", at, entry=0)
    event = history.journey.events[-1]
    history.journey.events[-1] = event._replace(day=day)


def test_a_cohort_runs_from_april_to_march_and_counts_what_falls_inside(tmp_path: Path) -> None:
    book, history = book_of(tmp_path, COHORT), History(born="2015-06-01")
    history.said("health.sdq", instant("2025-03-31"), 3)
    cohort(history, "2026-03-31")
    scale = history.only(book, "S")
    assert scale.begins == start_of_day(day_number("2025-04-01"))
    assert scale.due == end_of_day(day_number("2026-03-31"))
    assert scale.trigger == -day_number("2026-03-31")
    assert scale.met is None
    history.said("health.sdq", instant("2026-03-31"), 3)
    assert history.only(book, "S").standing(instant("2026-04-01")) == "met"


def test_an_age_that_nobody_knows_is_unknown_and_never_late(tmp_path: Path) -> None:
    book = book_of(tmp_path, COHORT)
    for born, count in (
        (None, 1),
        ("2022-05-01", 0),
        ("2022-03-31", 1),
        ("2009-03-31", 0),
        ("2009-04-01", 1),
    ):
        history = History(born=born)
        cohort(history, "2026-03-31")
        assert len(history.read(book)) == count, born
    history = History()
    cohort(history, "2026-03-31")
    scale = history.only(book, "S")
    assert scale.unknown == "birth date not known"
    assert scale.standing(instant("2040-01-01")) == "not known"
    assert not scale.open_at(instant("2026-04-02"))


REVIEWS = (
    """
id = "SW"
title = "Adoption reviews take over"
clause = "switch"
trigger = "placement.adoptive"
switch = { off = ["care"], on = ["adoption"], until = ["placement.began[-adoptive]"] }
""",
    """
id = "R"
title = "Review"
trigger = ["care.reviewed", "back:SW"]
within = "6 months"
met_by = { any = ["care.reviewed"] }
set = "care"
""",
    """
id = "A1"
title = "First adoption review"
trigger = "placement.adoptive"
within = "4 weeks"
met_by = { any = ["care.reviewed"] }
set = "adoption"
""",
    """
id = "A2"
title = "Second adoption review"
trigger = "met:A1"
within = "3 months"
met_by = { any = ["care.reviewed"] }
set = "adoption"
""",
)


def test_a_switch_stops_one_set_and_starts_the_other(tmp_path: Path) -> None:
    book, history = book_of(tmp_path, *REVIEWS), History()
    care = history.begins("care", "care.began", instant("2026-01-05"))
    history.said("care.reviewed", instant("2026-02-02"), care)
    history.said("placement.adoptive", instant("2026-03-02"), care)
    history.said("care.reviewed", instant("2026-03-20"), care)
    found = {scale.rule: scale for scale in history.read(book)}
    assert sorted(found) == ["A1", "A2", "R"]
    assert (found["R"].not_required, found["R"].not_required_from) == ("switched", instant("2026-03-02"))
    assert found["A1"].met == instant("2026-03-20")
    assert found["A2"].due == end_of_day(day_number("2026-06-20"))
    assert found["A2"].about == care


def test_a_switch_goes_back_when_the_child_is_placed_otherwise(tmp_path: Path) -> None:
    book, history = book_of(tmp_path, *REVIEWS), History()
    care = history.begins("care", "care.began", instant("2026-01-05"))
    history.said("placement.adoptive", instant("2026-03-02"), care)
    history.begins("placement", "placement.began", instant("2026-03-10"), {"placed"})
    found = {scale.rule: scale for scale in history.read(book)}
    assert found["A1"].not_required == "switched"
    assert found["R"].begins == instant("2026-03-10")
    history.said("care.reviewed", instant("2026-04-01"), care)
    assert [scale.rule for scale in history.read(book)] == ["A1", "R", "R"]


def test_minutes_before_it_is_due_an_hours_clock_turns_amber(tmp_path: Path) -> None:
    rule = """
id = "R"
title = "Read it"
trigger = "contact.received"
within = "4 hours"
amber = "1 hour"
met_by = { any = ["contact.read"] }
"""
    history = History()
    at = instant("2026-03-03", 10 + 20 / 60)
    history.begins("contact", "contact.received", at)
    scale = history.only(book_of(tmp_path, rule), "R")
    assert scale.standing(at + 3 * HOUR - MINUTE) == "open"
    assert scale.standing(at + 3 * HOUR) == "due"
