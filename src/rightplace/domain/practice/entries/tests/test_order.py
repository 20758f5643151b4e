"""The order of a file: day, time, rank, id; an unknown time follows lower ranks; what is named comes first."""

from rightplace.domain.practice.entries import Body, Entry, in_order
from rightplace.domain.practice.entries.assessment import VisitMade
from rightplace.domain.practice.entries.caseflow import CaseClosed, TeamAccepted, TeamSentBack
from rightplace.domain.practice.entries.contact import CheckAnswered, CheckAsked, ContactReceived, Grade
from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.domain.practice.entries.order import rests_on_unknown_time
from rightplace.domain.practice.workdays import HOUR, start_of_day

DAY = 739_000


def entry(number: int, body: Body, hour: int | None = None, day: int = DAY) -> Entry:
    at = None if hour is None else start_of_day(day) + hour * HOUR
    return Entry(1, number, number, body.number, 1, day, at, number, 5, 1, 1, 0, 0, 0, body.named(), body)


def contact() -> ContactReceived:
    return ContactReceived(team=1, source="1A", channel="form")


def asked(about: int) -> CheckAsked:
    return CheckAsked(
        contact=about, agency=2, question="?", grade=Grade.RED, basis="b", purpose="p", sent="s"
    )


def order(*entries: Entry) -> list[int]:
    assert [e.id for e in in_order(reversed(entries))] == [e.id for e in in_order(entries)]
    return [e.id for e in in_order(entries)]


def test_known_times_go_before_ranks():
    """A child is closed at nine and comes back at two: rank before time would close the child who came back."""
    assert order(entry(1, contact(), 14), entry(2, CaseClosed(reasons="Well"), 9)) == [2, 1]


def test_within_one_instant_rank_decides():
    assert order(entry(1, CaseClosed(reasons="Well"), 9), entry(2, contact(), 9)) == [2, 1]


def test_within_one_instant_and_rank_the_id_decides_and_it_does_not_matter_who_arrived_first():
    assert order(entry(2, contact(), 9), entry(1, contact(), 9)) == [1, 2]


def test_an_unknown_time_takes_the_latest_known_time_of_a_lower_rank():
    closing, morning, evening = (
        entry(1, CaseClosed(reasons="Well")),
        entry(2, contact(), 9),
        entry(3, contact(), 19),
    )
    assert order(closing, morning, evening) == [2, 3, 1]


def test_an_unknown_time_with_nothing_of_a_lower_rank_comes_first_that_day():
    assert order(entry(1, contact()), entry(2, contact(), 9), entry(3, NoteWritten(text="n"), 8)) == [1, 3, 2]


def test_what_is_named_comes_before_what_names_it():
    first, second = entry(1, contact(), 9), entry(2, contact(), 14)
    question, answer = entry(3, asked(1)), entry(4, CheckAnswered(check=3, known="yes"), 10)
    assert order(first, second, question, answer) == [1, 3, 4, 2]


def test_two_entries_that_name_each_other_stay_in_the_order_they_had():
    assert order(entry(1, CheckAnswered(check=2, known="no"), 9), entry(2, asked(1), 9)) == [1, 2]


def test_days_go_before_all():
    assert order(entry(1, CaseClosed(reasons="Well"), day=DAY), entry(2, contact(), 1, day=DAY + 1)) == [1, 2]


def unsure(*entries: Entry) -> set[int]:
    return rests_on_unknown_time(entries)


def test_only_like_entries_of_one_day_are_doubtful_and_only_those_without_a_time():
    visit = VisitMade(seen=True)
    assert unsure(entry(1, visit), entry(2, visit)) == {1, 2}
    assert unsure(entry(1, visit), entry(2, visit, 9)) == {1}
    assert unsure(entry(1, visit), entry(2, visit, day=DAY + 1)) == set()
    assert unsure(entry(1, visit), entry(2, CaseClosed(reasons="Well"))) == set()
    assert unsure(entry(1, visit), entry(2, NoteWritten(text="n"))) == set()


def test_two_answers_to_one_offer_on_one_day_are_doubtful():
    yes, no = TeamAccepted(offer=7), TeamSentBack(offer=7, reasons="Not ours")
    assert unsure(entry(1, yes), entry(2, no)) == {1, 2}
    assert unsure(entry(1, yes), entry(2, TeamSentBack(offer=8, reasons="Not ours"))) == set()


def test_of_two_that_a_name_joins_the_order_is_known():
    assert unsure(entry(1, CheckAnswered(check=2, known="no")), entry(2, asked(1))) == set()
