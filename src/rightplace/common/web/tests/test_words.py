"""Days, ages and counts read as a person would say them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rightplace.common.web import words

NOW = datetime(2026, 3, 3, 10, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 3), "Tue 3 Mar 2026, today"),
        (date(2026, 3, 4), "Wed 4 Mar 2026, tomorrow"),
        (date(2026, 3, 2), "Mon 2 Mar 2026, yesterday"),
        (date(2026, 3, 6), "Fri 6 Mar 2026, in 3 working days"),
        (date(2026, 2, 26), "Thu 26 Feb 2026, 3 working days ago"),
    ],
)
def test_a_day_says_how_far_it_is(day, said):
    assert words.day_words(day, NOW) == said


def test_a_sunday_seen_from_friday_is_counted_in_days_since_no_working_day_lies_between():
    friday = datetime(2026, 3, 6, 12, tzinfo=UTC)
    assert words.distance(date(2026, 3, 8), friday) == "in 2 days"


def test_easter_is_left_out_of_working_days():
    maundy_thursday = datetime(2026, 4, 2, 12, tzinfo=UTC)
    assert words.distance(date(2026, 4, 8), maundy_thursday) == "in 2 working days"


def test_an_instant_is_shown_by_londons_clock():
    assert words.when(datetime(2026, 7, 1, 9, 20, tzinfo=UTC)) == "Wed 1 Jul 2026, 10:20"


def test_late_on_a_summer_evening_it_is_already_tomorrow_in_london():
    assert words.when(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "Wed 1 Jul 2026, 00:30"


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (None, "age not known"),
        (date(2026, 4, 1), "unborn, expected Wed 1 Apr 2026"),
        (date(2026, 3, 1), "under a week"),
        (date(2026, 2, 1), "4 weeks"),
        (date(2025, 1, 3), "14 months"),
        (date(2019, 3, 4), "6 years"),
        (date(2019, 3, 3), "7 years"),
    ],
)
def test_an_age_is_told_in_weeks_months_or_years(born, said):
    assert words.age(born, NOW) == said


@pytest.mark.parametrize(
    ("lasted", "said"),
    [
        (timedelta(seconds=30), "under a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(hours=48), "2 days"),
    ],
)
def test_a_length_is_told_in_what_a_person_would_count(lasted, said):
    assert words.length(lasted) == said


def test_counts_agree_with_their_nouns():
    assert words.count_words(1, "child", "children") == "1 child"
    assert words.count_words(1204, "child", "children") == "1,204 children"
    assert words.count_words(0, "child", "children") == "no children"


def test_a_title_gets_initials_and_never_a_name():
    assert words.initials("maya lindqvist-osei") == "M.L.O."
    assert words.initials("") == "Name not known"


def test_names_stand_in_a_sentence_as_people_say_them():
    assert words.listed(["Ayla", "Joe", "Sam"]) == "Ayla, Joe and Sam"
    assert words.listed(["Ayla"]) == "Ayla"
    assert words.listed([], none="No child is named") == "No child is named"
