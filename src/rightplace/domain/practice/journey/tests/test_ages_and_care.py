"""What the law ends, and the dates that follow from a birth date and from time in care."""

from datetime import date, timedelta

import pytest

from rightplace.domain.practice.entries.assessment import VisitMade
from rightplace.domain.practice.entries.care import (
    CareBegan,
    CareEnded,
    CareReviewed,
    HealthAssessed,
    LegalStatusChanged,
    PlacementBegan,
)
from rightplace.domain.practice.entries.caseflow import CaseClosed, TeamOffered
from rightplace.domain.practice.entries.identity import IdentityRecorded, PersonDied
from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.domain.practice.entries.leavingcare import LeavingCareBegan
from rightplace.domain.practice.entries.protection import ConferenceHeld
from rightplace.domain.practice.journey.tests.telling import DOOR, SOUTH, File, codes
from rightplace.domain.practice.workdays import start_of_day


def born(when: date) -> File:
    file = File()
    file.say(IdentityRecorded(given="Ash", born=when))
    return file.with_south()


def in_care(file: File, *, since: date | None = None, short_breaks: bool = False) -> File:
    if since is not None:
        file.on(since)
    file.say(CareBegan(legal="C2", short_breaks=short_breaks), team=SOUTH)
    return file


def days(file: File, name: str) -> list[date]:
    return [date.fromordinal(e.day) for e in file.journey().events if e.name == name]


def test_a_child_is_closed_by_law_on_the_eighteenth_birthday_and_not_a_day_before():
    journey = born(date(2008, 6, 10)).journey()
    eighteenth = start_of_day(date(2026, 6, 10).toordinal())
    assert journey.state_at(eighteenth - 1).open
    assert not journey.state_at(eighteenth).open
    assert [(d.code, d.at) for d in journey.doubts] == [("ended_by_law", eighteenth)]


def test_a_birthday_still_to_come_leaves_all_as_it_was_told():
    """A child whose birth date is known is not closed, unoffered and nobody's for being born."""
    file = in_care(born(date(2008, 6, 10)))
    offer = file.say(TeamOffered(team=DOOR, for_what="assessment"), team=SOUTH)
    journey = file.journey()
    assert (journey.open, journey.team, journey.legal) == (True, SOUTH, "C2")
    assert journey.offers[offer.id].state == "open"
    assert [p.kind for p in journey.still_open()] == ["care"]
    assert journey.care_periods == [(offer.day, None)]
    assert journey.at == offer.at
    assert not journey.now.open


def test_what_is_told_after_the_birthday_is_read_after_it():
    file = born(date(2006, 6, 10))
    file.on(date(2024, 6, 9)).say(VisitMade(seen=True), team=SOUTH)
    seen = file.entries[-1]
    file.on(date(2024, 6, 10)).say(VisitMade(seen=True), team=SOUTH)
    journey = file.journey()
    assert journey.state_at(seen.at).seen == seen.at
    assert {d.entry for d in journey.doubts if d.code == "fact_while_closed"} == {file.entries[-1].id}


def test_a_birthday_after_a_closing_says_nothing_whatever_is_told_later():
    file = born(date(2006, 6, 10))
    file.say(CaseClosed(reasons="Well", unseen_reason="Seen at school"), team=SOUTH, author=21)
    without = file.journey().events
    file.on(date(2025, 1, 6)).say(NoteWritten(text="A letter came"))
    assert file.journey().events == without


def test_leaving_care_goes_on_at_eighteen_and_all_else_ends():
    file = in_care(born(date(2006, 6, 10)))
    file.say(LeavingCareBegan(), team=SOUTH)
    now = file.journey().now
    assert (now.open, now.processes, now.legal) == (True, ("leaving_care",), "")


def test_nobody_comes_of_age_after_a_death():
    file = in_care(born(date(2008, 6, 10)))
    file.on(date(2024, 9, 2)).say(PersonDied())
    file.on(date(2027, 1, 4)).say(NoteWritten(text="The review was published"))
    journey = file.journey()
    assert "turned.18" not in {e.name for e in journey.events}
    assert days(file, "care.year") == []
    assert "after_death" not in codes(journey)


def test_a_visit_after_a_death_is_a_doubt():
    file = born(date(2008, 6, 10))
    file.on(date(2024, 9, 2)).say(PersonDied())
    file.later(1).say(VisitMade(seen=True), team=SOUTH)
    assert "after_death" in codes(file.journey())


def test_care_that_a_closing_ends_counts_no_further():
    file = in_care(born(date(2012, 6, 10)), since=date(2024, 3, 25))
    file.on(date(2025, 6, 2)).say(CaseClosed(reasons="Returned", unseen_reason="Seen"), team=SOUTH, author=21)
    journey = file.journey()
    assert journey.care_periods == [(date(2024, 3, 25).toordinal(), date(2025, 6, 2).toordinal())]
    assert days(file, "care.year") == [date(2025, 3, 31)]


def test_a_year_in_care_is_all_of_it():
    assert date(2025, 3, 31) in days(in_care(born(date(2012, 6, 10)), since=date(2024, 4, 1)), "care.year")
    late = days(in_care(born(date(2012, 6, 10)), since=date(2024, 4, 2)), "care.year")
    assert late[0] == date(2026, 3, 31)
    over_a_leap_day = days(in_care(born(date(2020, 6, 10)), since=date(2027, 4, 2)), "care.year")
    assert over_a_leap_day[0] == date(2029, 3, 31)


def test_short_breaks_are_no_years_in_care_and_earn_no_leaving_care():
    file = in_care(born(date(2008, 6, 10)), since=date(2024, 3, 25), short_breaks=True)
    assert days(file, "care.year") == []
    assert days(file, "leavingcare.eligible") == []


def test_who_is_looked_after_cannot_become_so_again():
    file = in_care(in_care(born(date(2008, 6, 10))).later(10))
    file.later(20).say(CareEnded(), team=SOUTH)
    journey = file.journey()
    assert "began_again" in codes(journey)
    assert len(journey.care_periods) == 1
    assert journey.care_periods[0][1] is not None


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2024, 4, 1), None, date(2024, 6, 30)),  # the ninety-first day, the first counted
        (date(2024, 4, 1), date(2024, 6, 30), None),  # ended on it: ninety days
        (date(2024, 4, 1), date(2024, 7, 1), date(2024, 6, 30)),
    ],
)
def test_thirteen_weeks_since_fourteen_make_a_sixteen_year_old_eligible(since, until, expected):
    file = in_care(born(date(2008, 1, 10)), since=since)
    if until is not None:
        file.on(until).say(CareEnded(), team=SOUTH)
    assert days(file, "leavingcare.eligible") == ([expected] if expected else [])


def test_thirteen_weeks_before_sixteen_count_from_the_sixteenth_birthday():
    file = in_care(born(date(2008, 9, 10)), since=date(2024, 4, 1))
    assert days(file, "leavingcare.eligible") == [date(2024, 9, 10)]


def test_thirteen_weeks_are_counted_over_stays():
    file = in_care(born(date(2008, 1, 10)), since=date(2024, 4, 1))
    file.on(date(2024, 5, 1)).say(CareEnded(), team=SOUTH)
    in_care(file, since=date(2024, 8, 1))
    assert days(file, "leavingcare.eligible") == [date(2024, 8, 1) + timedelta(days=91 - 30 - 1)]


def test_what_follows_from_ages_does_not_move_the_time_of_the_doubts():
    file = in_care(born(date(2016, 6, 10)), since=date(2024, 3, 25))
    file.say(VisitMade(seen=True), timed=False)
    file.say(VisitMade(seen=False), timed=False)
    unsure = [d for d in file.journey().doubts if d.code == "order_unknown"]
    assert {d.at for d in unsure} == {start_of_day(date(2024, 3, 25).toordinal())}
    assert len(unsure) == 2


def test_events_are_told_in_order():
    file = in_care(born(date(2008, 6, 10)), since=date(2024, 3, 25))
    file.on(date(2025, 7, 7)).say(CareReviewed(), team=SOUTH)
    found = [e.at for e in file.journey().events]
    assert found == sorted(found)


def test_under_five_ends_on_the_fifth_birthday():
    file = in_care(born(date(2019, 3, 20)))
    for day in (date(2024, 3, 19), date(2024, 3, 20)):
        file.on(day).say(HealthAssessed(), team=SOUTH)
    found = [
        e.tags & {"under_five", "five_or_over"} for e in file.journey().events if e.name == "health.assessed"
    ]
    assert found == [{"under_five"}, {"five_or_over"}]


def test_the_first_year_of_a_placement_ends_on_its_anniversary():
    file = in_care(born(date(2012, 3, 20)))
    file.on(date(2024, 4, 1)).say(PlacementBegan(), team=SOUTH)
    for day in (date(2025, 3, 31), date(2025, 4, 1)):
        file.on(day).say(VisitMade(seen=True), team=SOUTH)
    found = ["first_year" in e.tags for e in file.journey().events if e.name == "visit.made"]
    assert found == [True, False]


def test_an_adopted_child_is_closed_by_law_even_when_care_was_never_told():
    file = born(date(2023, 3, 20))
    file.say(CareEnded(adopted=True), team=SOUTH)
    assert not file.journey().now.open


def test_a_court_order_on_a_child_nobody_answers_for_is_a_doubt_and_changes_no_track():
    file = File()
    file.say(LegalStatusChanged(legal="C2"))
    journey = file.journey()
    assert "fact_while_closed" in codes(journey)
    assert not journey.states


def test_the_legal_status_ends_with_the_file():
    file = File().with_south()
    file.say(LegalStatusChanged(legal="S1"), team=SOUTH)
    file.later(1).say(CaseClosed(reasons="Well", unseen_reason="Seen"), team=SOUTH, author=21)
    assert file.journey().now.legal == ""


def test_a_review_conference_without_a_plan_is_a_doubt():
    file = File().with_south()
    file.say(ConferenceHeld(form="review"), team=SOUTH)
    assert "ended_before_begun" in codes(file.journey())
