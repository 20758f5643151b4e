"""Signals come in batches; each row is accounted for, and taken once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rightplace.foundation.organisation import clock
from rightplace.gateways.api.tests.telling import System
from rightplace.services.signals.models import Signal, Tally
from rightplace.services.signals.tests.giving import agreed
from rightplace.testing.organisation import MORNING, postcode_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(city) -> System:
    agreed(city, city.school)
    return System(city.school, "signals:write", "outcomes:read")


def signal(number: int, **other: str) -> dict[str, str]:
    return {
        "sender_id": f"s-{number}", "kind": "school.attendance", "noticed": "2026-02-27", "given": "Kaya", "family": "Doyle",
        "born": "2018-05-04", "postcode": postcode_in(1), "words": "Away on nine days of twenty.",
    } | other  # fmt: skip


def test_each_row_is_taken_the_same_or_refused_and_together_they_are_all(school):
    batch = {"signals": [signal(1), signal(2), signal(3, kind="horoscope"), signal(2)]}
    told = school.give("signals", batch).json()
    assert (told["taken"], told["same"]) == (2, 1)
    assert [(each["place"], each["sender_id"]) for each in told["refused"]] == [(3, "s-3")]
    assert "Kaya" not in str(told)
    again = school.give("signals", batch).json()
    assert (again["taken"], again["same"], len(again["refused"])) == (0, 3, 1)
    assert Signal.objects.count() == 2


def test_other_words_under_the_same_id_are_a_conflict_of_that_row(school):
    school.give("signals", {"signals": [signal(1)]})
    told = school.give("signals", {"signals": [signal(1, words="Else."), signal(2)]}).json()
    assert told["taken"] == 1 and "before with other words" in told["refused"][0]["because"]


def test_without_an_agreement_nothing_is_taken(city):
    told = System(city.other_school, "signals:write").give("signals", {"signals": [signal(1)]}).json()
    assert (
        told["taken"] == 0 and "no agreement" in told["refused"][0]["because"] and not Signal.objects.exists()
    )


@pytest.mark.parametrize(
    "body",
    [{}, {"signals": []}, {"signals": {}}, {"signals": [1]}, {"signals": [[]]}, {"signals": [{}] * 1001}],
)
def test_what_is_no_batch_is_not_read(school, body):
    assert school.give("signals", body).status_code == 422


def test_a_row_of_any_shape_is_refused_by_itself(school):
    rows = [
        {},
        {"sender_id": 3},
        {"sender_id": ["a"]},
        {"x": {}},
        signal(1, words="\x00"),
        signal(2, born="never"),
    ]
    told = school.give("signals", {"signals": [*rows, signal(3)]}).json()
    assert told["taken"] == 1 and len(told["refused"]) == len(rows)


def test_what_became_of_signals_is_told_by_kind_for_months_that_are_over_and_small_numbers_are_withheld(
    school,
):
    agency = school.agency.pk
    january, march = MORNING.date().replace(month=1, day=1), MORNING.date().replace(day=1)
    for what, number in (("taken", 60), ("looked at", 40), ("taken up", 3), ("not taken up", 20)):
        Tally.objects.create(agency=agency, kind="school.attendance", month=january, what=what, number=number)
    Tally.objects.create(agency=agency, kind="school.attendance", month=march, what="taken", number=500)
    Tally.objects.create(agency=agency + 1, kind="school.exclusion", month=january, what="taken", number=9)
    told = school.ask("outcomes/signals").json()
    (kind,) = told["kinds"]
    assert (told["begins"], told["ends"]) == ("2025-03-01", "2026-03-01")
    assert (kind["kind"], kind["given"]) == ("school.attendance", 60)
    assert kind["became"]["taken up"] is None and kind["became"]["looked at"] == 40
    assert kind["became"]["not taken up"] is None, "else three could be worked out"
    with clock.clock_at(MORNING + timedelta(days=31)):
        assert school.ask("outcomes/signals").json()["kinds"][0]["given"] == 560


def test_what_was_wrong_is_taken_back_by_the_senders_own_id(school):
    school.give("signals", {"signals": [signal(1), signal(2)]})
    back = [
        {"sender_id": name, "because": "not so", "words": "The register was misread."}
        for name in ("s-1", "s-9")
    ]
    told = school.give("signals/taken-back", {"signals": back}).json()
    assert told == {"taken_back": 1, "before": 0, "not_here": ["s-9"]}
    again = school.give("signals/taken-back", {"signals": back}).json()
    assert again == {"taken_back": 0, "before": 1, "not_here": ["s-9"]}
    assert Signal.objects.filter(taken_back__isnull=False).get().sealed is None
    wrong = [back[0] | {"because": "horoscope"}]
    assert school.give("signals/taken-back", {"signals": wrong}).status_code == 422


def test_nobody_takes_back_what_another_agency_gave(school, city):
    school.give("signals", {"signals": [signal(1)]})
    back = {"signals": [{"sender_id": "s-1", "because": "twice", "words": "Twice."}]}
    told = System(city.other_school, "signals:write").give("signals/taken-back", back).json()
    assert told == {"taken_back": 0, "before": 0, "not_here": ["s-1"]}
