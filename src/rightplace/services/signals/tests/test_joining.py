"""Signals are joined per family as a suggestion with its reason, which a person can part."""

from __future__ import annotations

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed
from rightplace.services.signals import deciding, queries
from rightplace.services.signals.models import Family, Noted, Signal
from rightplace.services.signals.taking import take
from rightplace.services.signals.tests.giving import agreed, brother, given, row, the_family
from rightplace.testing.organisation import postcode_in

FAR = {"address": "3 Otter Close", "postcode": postcode_in(1, 40)}
OTIS = {"given": "Otis", "born": "2019-11-30"}


def why(sender: str) -> tuple[int, str]:
    found = Signal.objects.get(sender_id=sender)
    return found.family_id, found.why


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"given": "Maisy"} | FAR, "child"),
        ({"born": "", "given": "MAISIE"}, "child"),
        (
            {"upn": "B801200001017", "given": "Mai", "born": "", "family": "Thorn", "adults": ""} | FAR,
            "first",
        ),
        (OTIS, "home"),
        (OTIS | {"family": "Dunmore"}, "home"),
        (OTIS | FAR, "adult"),
        (OTIS | FAR | {"adults": ""}, "first"),
        (OTIS | {"address": "16 Linnet Row", "adults": ""}, "first"),
        (OTIS | {"address": "Flat 2, 14 Linnet Row", "adults": ""}, "first"),
        ({"given": "Ana", "family": "Khan", "born": "2016-01-01", "adults": ""} | FAR, "first"),
    ],
)
def test_a_signal_meets_the_same_child_the_same_home_or_the_same_adult(city, feed, change, reason):
    given(city, row(1), row(2, **change))
    first_family, _ = why("row-1")
    family, found = why("row-2")
    assert found == reason
    assert (family == first_family) == (reason != "first")


def test_rent_owed_at_the_address_meets_the_child_who_lives_there(city, feed):
    agreed(city, city.housing, "housing.arrears")
    given(city, row())
    owed = row("rent", kind="housing.arrears", given="", family="", born="", words="Eleven weeks.")
    take(city.housing.team.agency_id, [owed], city.housing.actor)
    found = queries.opened_families(city.family_support_worker.actor, [the_family()])[0]
    assert [child.name for child in found.children] == ["Maisie Thornbury"]
    assert [each.given.words for each in found.household] == ["Eleven weeks."]


def test_a_batch_and_one_by_one_make_the_same_families(city, feed):
    rows = [
        row(1),
        brother(2),
        row(3, given="Ana", family="Khan", born="2016-01-01", adults="", **FAR),
        row(4),
    ]
    given(city, *rows)
    together = [why(f"row-{n}")[1] for n in (1, 2, 3, 4)]
    Signal.objects.all().delete()
    Family.objects.all().delete()
    for each in rows:
        given(city, each)
    assert [why(f"row-{n}")[1] for n in (1, 2, 3, 4)] == together == ["first", "home", "first", "child"]
    assert Family.objects.count() == 2


def test_a_person_parts_what_does_not_belong_together(city, feed):
    given(city, row(), brother())
    family = the_family()
    moved = Signal.objects.get(sender_id="row-2")
    by = city.family_support_worker.actor
    made = deciding.part(family=family.pk, signals=[moved.pk], words="Two families of one name.", by=by)
    assert (why("row-1")[0], why("row-2")) == (family.pk, (made.pk, "person"))
    assert made.parted_from == family.pk
    assert Noted.objects.get(what="parted").worker == by.worker
    given(city, row(3), brother(4))
    assert why("row-3")[0] == family.pk
    assert why("row-4")[0] == made.pk


def test_parting_needs_some_that_stay_a_reason_and_the_right_area(city, feed):
    given(city, row(), brother())
    family, by = the_family().pk, city.family_support_worker.actor
    everything = list(Signal.objects.values_list("pk", flat=True))
    with pytest.raises(Refused, match="stay"):
        deciding.part(family=family, signals=everything, words="All.", by=by)
    with pytest.raises(Refused, match="reasons"):
        deciding.part(family=family, signals=everything[:1], words=" ", by=by)
    with pytest.raises(NotAllowed):
        deciding.part(
            family=family, signals=everything[:1], words="No.", by=city.other_family_support_manager.actor
        )


def test_something_new_puts_a_decided_family_before_a_person_again(city, feed):
    given(city, row())
    by = city.family_support_worker.actor
    deciding.decline(family=the_family().pk, because="explained", words="", by=by)
    assert not queries.waiting(by).exists()
    given(city, brother())
    assert list(queries.waiting(by)) == [the_family()]
