"""When a trigger counts: what was there before, age, legal status, the year of an arrangement, the open process."""

from rightplace.domain.practice.londontime import DAY, end_of_day
from rightplace.domain.practice.timescales import rulebook
from rightplace.domain.practice.timescales.tests.histories import History, day_number, instant

BOOK = rulebook()
START = instant("2026-03-02")


def rules_of(history: History) -> list[str]:
    return [scale.rule for scale in history.read(BOOK)]


def test_a_care_plan_made_before_the_placement_needs_no_clock() -> None:
    for planned in (True, False):
        history = History()
        care = history.begins("care", "care.began", START, {"full_regime"})
        if planned:
            history.said("careplan.made", START, care)
        history.begins("placement", "placement.began", START + DAY, {"placed", "first"}, parent=care)
        assert ("CLA-CP" in rules_of(history)) is not planned


def test_a_care_plan_of_an_earlier_stay_does_not_count_for_this_one() -> None:
    history = History()
    before = history.begins("care", "care.began", START, {"full_regime"})
    history.said("careplan.made", START, before)
    history.ends(before, START + DAY)
    care = history.begins("care", "care.began", START + 100 * DAY, {"full_regime"})
    history.begins("placement", "placement.began", START + 100 * DAY, {"placed", "first"}, parent=care)
    scale = history.only(BOOK, "CLA-CP")
    assert scale.about == care
    history.said("careplan.made", START + 105 * DAY, care)
    assert history.only(BOOK, "CLA-CP").met == START + 105 * DAY


def test_health_is_assessed_twice_a_year_under_five_and_yearly_from_five() -> None:
    for born, rule, due in (
        ("2021-03-03", "HA-2-UNDER-5", "2026-09-02"),
        ("2021-03-02", "HA-2", "2027-03-02"),
    ):
        history = History(born=born)
        care = history.begins("care", "care.began", instant("2026-01-05"), {"full_regime"})
        history.said("health.assessed", START, care, {"initial"})
        scale = history.only(BOOK, rule)
        assert scale.due == end_of_day(day_number(due))
        assert sum(each.startswith("HA-2") for each in rules_of(history)) == 1


def test_a_child_at_home_is_visited_as_the_legal_status_of_that_day_asks() -> None:
    for legal, rule in (("C1", "CLA-V5-HOME"), ("C2", "CLA-V6-LATER"), ("V2", None)):
        history = History()
        history.legal("V2", START - 10 * DAY)
        history.legal(legal, START)
        history.legal("V2", START + 10 * DAY)
        care = history.begins("care", "care.began", START, {"full_regime"})
        placement = history.begins(
            "placement", "placement.began", START, {"placed", "with_parents"}, parent=care
        )
        tags = {"seen", "statutory", "placed", "first_year", "with_parents", "before_first_review"}
        history.said("visit.made", START + 3 * DAY, 0, tags)
        chained = [s for s in history.read(BOOK) if s.begins == START + 3 * DAY]
        assert [(s.rule, s.about) for s in chained] == ([(rule, placement)] if rule else [])


def test_a_privately_fostered_child_is_visited_less_often_after_the_first_year() -> None:
    history = History()
    history.begins("private_fostering", "privatefostering.known", START, {"existing"})
    history.said("visit.made", instant("2027-03-01"), 0, {"seen"})
    history.said("visit.made", instant("2027-03-02"), 0, {"seen"})
    found = [(s.rule, s.due) for s in history.read(BOOK) if s.rule.startswith("PF-2")]
    assert found == [
        ("PF-2", end_of_day(day_number("2026-04-13"))),
        ("PF-2", end_of_day(day_number("2027-04-12"))),
        ("PF-2-LATER", end_of_day(day_number("2027-05-25"))),
    ]


def test_a_visit_belongs_to_the_plan_that_is_open_then_and_to_none_after_it() -> None:
    history = History()
    one = history.begins("protection_plan", "protectionplan.began", START)
    history.ends(one, START + 5 * DAY)
    two = history.begins("protection_plan", "protectionplan.began", START + 6 * DAY)
    history.said("visit.made", START + 7 * DAY, 0, {"seen"})
    history.ends(two, START + 8 * DAY)
    history.said("visit.made", START + 9 * DAY, 0, {"seen"})
    found = [(s.about, s.begins) for s in history.read(BOOK) if s.rule == "CP-VISIT"]
    assert found == [(one, START), (two, START + 6 * DAY), (two, START + 7 * DAY)]


def test_a_temporary_approval_is_extended_once_to_twenty_four_weeks_from_the_placement() -> None:
    history = History()
    placement = history.begins("placement", "placement.began", START, {"placed", "temporary_approval"})
    history.said("approval.extended", START + 100 * DAY, placement)
    found = {s.rule: s for s in history.read(BOOK) if s.rule.startswith("TA-")}
    assert found["TA-24"].standing(START + 365 * DAY) == "not required"
    assert found["TA-24-EXTENDED"].due == end_of_day(day_number("2026-03-02") + 24 * 7)
    assert found["TA-24-EXTENDED"].standing(START + 365 * DAY) == "expired"
