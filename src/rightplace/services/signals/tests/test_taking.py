"""Each row is taken once, the same as before, or refused with its reason; nothing is lost and nothing doubled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.services.signals import feeds, taking
from rightplace.services.signals.models import Family, Feed, Signal, SignalKey, Tally
from rightplace.services.signals.taking import take
from rightplace.services.signals.tests import giving
from rightplace.services.signals.tests.giving import agreed, brother, proposed, row
from rightplace.testing.organisation import MORNING, SmallCity, postcode_in


def refusals(city: SmallCity, *rows: dict[str, object]) -> list[str]:
    return [each.because for each in giving.given(city, *rows).refused]


def tally(city: SmallCity, what: str) -> int:
    rows = Tally.objects.filter(agency=city.school.team.agency_id, what=what)
    return sum(rows.values_list("number", flat=True))


def test_a_signal_is_taken_once_however_often_it_is_sent(city, feed):
    assert giving.given(city, row()) == taking.Outcome(taken=1)
    assert giving.given(city, row(), row()) == taking.Outcome(same=2)
    assert Signal.objects.count() == 1
    assert (tally(city, "taken"), tally(city, "same")) == (1, 2)


def test_another_body_under_the_same_id_is_refused_and_changes_nothing(city, feed):
    giving.given(city, row())
    assert refusals(city, row(words="Away for a month.")) == [
        "The same sender_id was sent before with other words; give it a new one."
    ]
    assert Signal.objects.count() == 1


def test_two_agencies_may_use_the_same_id(city, feed):
    agreed(city, city.other_school)
    giving.given(city, row())
    outcome = take(
        city.other_school.team.agency_id, [row(given="Ida", family="Quince")], city.other_school.actor
    )
    assert outcome.taken == 1


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 11), st.booleans()), max_size=9), min_size=1, max_size=6),
    st.integers(1, 4),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_retries_and_duplicates_lose_none_and_double_none(city, feed, calls, together):
    """Whatever is sent how often and in what pieces: one signal for each id that was ever taken."""
    SignalKey.objects.all().delete()
    Signal.objects.all().delete()
    Family.objects.all().delete()
    before, taking.TOGETHER = taking.TOGETHER, together
    ever: dict[int, bool] = {}
    try:
        for call in calls:
            outcome = giving.given(
                city, *(row(n, words="Other words." if other else "Words.") for n, other in call)
            )
            assert outcome.rows == len(call)
            fresh = {n for n, _ in call} - set(ever)
            assert outcome.taken == len(fresh)
            for n, other in call:
                ever.setdefault(n, other)
            assert len(outcome.refused) == sum(ever[n] != other for n, other in call)
    finally:
        taking.TOGETHER = before
    assert sorted(Signal.objects.values_list("sender_id", flat=True)) == sorted(f"row-{n}" for n in ever)


def test_without_an_agreement_nothing_is_taken_and_the_refusal_is_counted(city):
    assert refusals(city, row()) == ["There is no agreement with your agency for signals of this kind."]
    assert Signal.objects.count() == 0
    assert tally(city, "refused: no agreement") == 1


def test_an_agreement_of_one_side_takes_nothing(city):
    proposed(city, city.school)
    assert refusals(city, row()) == ["The agreement still needs the head of service."]


def test_an_agreement_that_expired_ended_or_has_not_begun_takes_nothing(city):
    today = clock.today()
    with clock.clock_at(MORNING - timedelta(days=80)):
        past = agreed(city, city.school, lasts=60)
    assert refusals(city, row()) == [f"The agreement expired on {past.expires:%d %B %Y}."]
    agreed(city, city.school, begins=today + timedelta(days=9), lasts=30)
    assert refusals(city, row()) == [f"The agreement begins on {today + timedelta(days=9):%d %B %Y}."]
    ended = agreed(city, city.school, lasts=340)
    assert giving.given(city, row()).taken == 1
    feeds.end_feed(feed=ended, because="The school left.", by=city.information_governance.actor)
    assert refusals(city, row(9)) == [f"The agreement was ended on {today:%d %B %Y}."]
    assert tally(city, "refused: agreement expired") == tally(city, "refused: not begun") == 1


def test_an_agreement_takes_only_the_kinds_that_it_names(city, feed):
    assert refusals(city, row(kind="police.notice")) == [
        "There is no agreement with your agency for signals of this kind."
    ]


def test_one_agreement_named_by_itself_is_the_only_one_asked(city, feed):
    other = proposed(city, city.school)
    assert take(other, [row()], city.school.actor).refused
    assert take(feed, [row()], city.school.actor).taken == 1


def test_nobody_gives_for_another_agency_nor_without_the_permission(city, feed):
    for by in (city.police, city.family_support_manager, city.provider):
        with pytest.raises(NotAllowed):
            take(city.school.team.agency_id, [row()], by.actor)


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"kind": "school.haircut"}, "no such kind"),
        ({"noticed": "2026-03-04"}, "in the future"),
        ({"noticed": "31/02/2026"}, "no day"),
        ({"noticed": "2025-06-01"}, "older than the 60 days"),
        ({"sender_id": "a b"}, "sender_id may hold"),
        ({"words": ""}, "Nothing is written under words"),
        ({"words": "x" * 2_001}, "longer than 2,000"),
        ({"given": "Ma\x00isie"}, "no writing"),
        ({"given": ""}, "not named"),
        ({"postcode": "nowhere"}, "postcode is no postcode"),
        ({"sex": "yes"}, "sex is"),
        ({"born": "", "postcode": "", "address": ""}, "too little"),
        ({"likelihood": "0.9"}, "not known here"),
        ({"words": 7}, "is not text"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_what_to_change(city, feed, change, because):
    (said,) = refusals(city, row() | change)
    assert because in said


def test_what_is_refused_does_not_repeat_what_was_said_of_a_child(city, feed):
    for change in ({"kind": "Maisie"}, {"noticed": "Maisie"}, {"Maisie": "x"}, {"postcode": "Maisie"}):
        assert "Maisie" not in refusals(city, row() | change)[0]


def test_a_child_of_no_known_address_goes_to_the_area_of_the_school(city, feed):
    giving.given(city, row(postcode="", address=""))
    assert giving.the_family().area == 1


def test_a_signal_that_no_team_could_look_at_is_refused(city):
    agreed(city, city.health, "health.visitor-concern")
    said = row(kind="health.visitor-concern", postcode="EH1 1AA")
    outcome = take(city.health.team.agency_id, [said], city.health.actor)
    assert "no team could look at it" in outcome.refused[0].because


def test_a_household_may_be_given_without_naming_a_child(city):
    agreed(city, city.housing, "housing.arrears")
    said = row(kind="housing.arrears", given="", family="", born="", words="Eleven weeks of rent.")
    assert take(city.housing.team.agency_id, [said], city.housing.actor).taken == 1


def test_names_and_words_lie_sealed_and_a_day_is_in_the_clear(city, feed):
    giving.given(city, row(), brother())
    stored = bytearray()
    with connection.cursor() as cursor:
        for table in ("signals_signal", "signals_family", "signals_key", "signals_noted", "signals_tally"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            stored += " ".join(found for (found,) in cursor.fetchall()).encode()
    stored += b"".join(bytes(each) for each in Signal.objects.values_list("sealed", flat=True))
    for word in ("Maisie", "Thornbury", "Linnet", "Carla", "Mondays", postcode_in(1), "2017-05-09"):
        assert word.encode() not in stored
        assert word.encode().hex().encode() not in stored
    assert Signal.objects.first().delete_on == MORNING.date() + timedelta(days=55)


def test_no_kind_is_kept_longer_than_it_may_be_however_long_the_agreement_says(city):
    agreed(city, city.housing, "housing.arrears", days=90)
    said = row(kind="housing.arrears", noticed="2026-03-03")
    take(city.housing.team.agency_id, [said], city.housing.actor)
    assert Signal.objects.get().delete_on == MORNING.date() + timedelta(days=90)
    assert Feed.objects.count() == 1


def test_sixty_signals_ask_no_more_of_the_database_than_six(city, feed):
    """What each is joined to, kept as and counted under is asked and written for all together."""

    def asked_for(numbers: range) -> int:
        rows = [row(n, family=f"Alder {n // 2}", adults="", address=f"{n // 2} Linnet Row") for n in numbers]
        with CaptureQueriesContext(connection) as asked:
            assert giving.given(city, *rows).taken == len(rows)
        return len(asked)

    asked_for(range(2))
    assert asked_for(range(100, 106)) == asked_for(range(200, 260))
