"""Asking for a place and answering: with agreement, once, seen by the provider asked and by nobody else of its kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rightplace.domain.practice.entries.directory import Answer
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.folding import fold_person
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.directory import owning, requests
from rightplace.services.directory.models import Places, Service
from rightplace.services.directory.projections import OWN, ServiceRequest, request_rows
from rightplace.services.directory.tests.offering import ASKING, child, directory, family, named
from rightplace.testing.organisation import MORNING, SmallCity, partner, sign_in, small_city

pytestmark = pytest.mark.django_db
COURSE = "Evening parenting course"


@pytest.fixture(autouse=True)
def morning():
    with clock.clock_at(MORNING):
        yield


@pytest.fixture
def city() -> SmallCity:
    found = small_city()
    directory()
    return found


def asked(city: SmallCity, asking=ASKING) -> ServiceRequest:
    own = family(city.social_worker, child(city))
    written = requests.ask_for_place(
        family=own, service=named(COURSE), asking=asking, by=city.social_worker.actor
    )
    return ServiceRequest.objects.get(entry=written[0].id)


def rows_made_anew(file: int) -> list[tuple]:
    with reading.folding():
        files = reading.files_with(file)
        entries = {number: found for number, found in reading.entries_of(files).items() if found}
    return list(request_rows(fold_person(files[file].person, files[file].kind, entries)))


def again(row: ServiceRequest) -> ServiceRequest:
    return ServiceRequest.objects.get(entry=row.entry)


def answered(city: SmallCity, row: ServiceRequest, answer: Answer, **said) -> ServiceRequest:
    with clock.clock_at((row.answered or row.asked) + timedelta(hours=1)):
        requests.answer_request(request=row, answer=answer, by=city.provider.actor, **said)
    return again(row)


def test_a_request_is_in_the_childs_file_with_basis_purpose_and_the_words_sent(city):
    row = asked(city)
    assert (row.agency, row.answer, row.read) == (city.provider.team.agency_id, "", None)
    due = {s.rule: s for s in Timescale.objects.filter(person=row.person, rule__startswith="PLACE")}
    assert set(due) == {"PLACE-READ", "PLACE-READ-WORKER", "PLACE-READ-MANAGER", "PLACE-ANSWER"}
    assert row.due == due["PLACE-ANSWER"].due
    assert due["PLACE-READ"].due < due["PLACE-READ-WORKER"].due < due["PLACE-READ-MANAGER"].due


@pytest.mark.parametrize("lacks", ["agreed_by", "sent", "basis", "purpose"])
def test_without_agreement_basis_purpose_or_words_nothing_is_sent(city, lacks):
    with pytest.raises(Refused):
        asked(city, replace(ASKING, **{lacks: " "}))
    assert not ServiceRequest.objects.exists()


def test_where_nobody_answers_nothing_is_sent_into_the_void(city):
    own = family(city.social_worker, child(city))
    with pytest.raises(Refused) as why:
        requests.ask_for_place(
            family=own, service=named("Parents’ club"), asking=ASKING, by=city.social_worker.actor
        )
    assert "Ring or write" in why.value.instead


def test_the_same_child_is_asked_for_once_until_it_is_answered(city):
    own = family(city.social_worker, child(city))
    one = {"family": own, "service": named(COURSE), "asking": ASKING, "by": city.social_worker.actor}
    requests.ask_for_place(**one)
    with pytest.raises(Refused):
        requests.ask_for_place(**one)


def test_opening_it_stops_what_climbs_and_is_no_answer(city):
    row = asked(city)
    assert requests.open_request(request=row, by=city.provider.actor) is not None
    row = again(row)
    assert row.read == MORNING and row.answer == ""
    assert requests.open_request(request=row, by=city.provider.actor) is None
    met = dict(
        Timescale.objects.filter(person=row.person, rule__startswith="PLACE").values_list("rule", "met")
    )
    assert met["PLACE-READ"] and met["PLACE-READ-MANAGER"] and not met["PLACE-ANSWER"]


def test_a_place_that_is_given_is_one_fewer_and_given_back_one_more(city):
    row = answered(city, asked(city), Answer.ACCEPTED, starts=date(2026, 3, 16))
    assert (row.answer, row.starts) == ("accepted", date(2026, 3, 16))
    assert named(COURSE).places == 1
    row = answered(city, row, Answer.ENDED, reasons="They moved away.")
    assert named(COURSE).places == 2
    assert [p.why for p in Places.objects.order_by("id")] == ["said", "taken", "back"]


def test_places_never_go_under_none_and_unknown_stays_unknown(city):
    Service.objects.filter(name=COURSE).update(places=None)
    answered(city, asked(city), Answer.ACCEPTED, starts=date(2026, 3, 16))
    assert named(COURSE).places is None


def test_the_waiting_list_is_an_answer_with_a_clock_of_its_own_and_can_become_a_place(city):
    row = answered(city, asked(city), Answer.WAITING, reasons="Full until Easter.")
    assert row.answer == "waiting"
    assert Timescale.objects.filter(person=row.person, rule="PLACE-WAITING", met=None).exists()
    assert answered(city, row, Answer.ACCEPTED, starts=date(2026, 4, 20)).answer == "accepted"
    assert not Timescale.objects.filter(person=row.person, rule="PLACE-WAITING", met=None).exists()


@pytest.mark.parametrize("answer", [Answer.DECLINED, Answer.ACCEPTED])
def test_no_needs_a_reason_and_yes_a_day(city, answer):
    with pytest.raises(Refused):
        answered(city, asked(city), answer)


def test_what_is_declined_is_not_answered_again(city):
    row = answered(city, asked(city), Answer.DECLINED, reasons="Not for this age.")
    with pytest.raises(Refused):
        answered(city, row, Answer.ACCEPTED, starts=date(2026, 3, 16))
    assert named(COURSE).places == 2


def test_a_worker_takes_a_request_back(city):
    row = asked(city)
    requests.withdraw_request(request=row, reasons="An aunt helps.", by=city.social_worker.actor)
    assert again(row).answer == "withdrawn"
    with pytest.raises(NotAllowed):
        requests.withdraw_request(request=row, reasons="Mine too.", by=city.other_assessment_manager.actor)


def test_a_provider_sees_only_what_it_was_asked_and_only_what_was_sent(city, client):
    row = asked(city)
    other = partner("Far Clubs", "voluntary", "Bo Lark", role=RoleCode.PROVIDER)
    assert list(scope(city.provider.actor, ServiceRequest)) == [row]
    assert not scope(other.actor, ServiceRequest).exists()
    with pytest.raises(NotAllowed):
        requests.answer_request(request=row, answer=Answer.DECLINED, reasons="x", by=other.actor)
    assert sign_in(client, other).get(f"/places/{row.entry}/").status_code == 404
    page = sign_in(client, city.provider).get(f"/places/{row.entry}/").content.decode()
    assert "Ayla (8). Please ring." in page
    for word in ("Brookfield", "Cedar Row", "worry"):
        assert word not in page
    assert sign_in(client, city.police).get(f"/places/{row.entry}/").status_code == 404


def test_a_request_is_no_part_of_the_system_and_holds_no_file_open(city):
    file = child(city)
    before = reading.journey(file)
    own = family(city.social_worker, file)
    requests.ask_for_place(family=own, service=named(COURSE), asking=ASKING, by=city.social_worker.actor)
    after = reading.journey(file)
    assert [p.kind for p in after.still_open()] == [p.kind for p in before.still_open()]
    assert after.states == before.states


def test_a_rebuild_from_nothing_finds_the_same_requests(city):
    row = answered(city, asked(city), Answer.WAITING, reasons="Full.")
    assert rows_made_anew(row.file) == list(ServiceRequest.objects.values_list(*OWN[0].columns))


def test_a_provider_keeps_its_own_entries_and_no_others(city, client):
    said = {"name": "Course for parents", "words": "New words.", "days": [3], "places": 4, "amount": 0,
            "languages": "Urdu, Polish", "headings": "Parenting courses"}  # fmt: skip
    owning.keep_service(service=named(COURSE), said=said, by=city.provider.actor)
    row = named("Course for parents")
    assert (row.places, row.assured, set(row.languages)) == (4, clock.today(), {"Urdu", "Polish"})
    assert row.openings.filter(days=[3]).exists()
    owning.keep_service(service=row, said={**said, "languages": "Polish"}, by=city.provider.actor)
    assert named("Course for parents").languages == ["Polish"]
    with pytest.raises(NotAllowed):
        owning.keep_service(service=named("Parents’ club"), said=said, by=city.provider.actor)
    client = sign_in(client, city.provider)
    assert client.get(f"/services/own/{named('Parents’ club').pk}/").status_code == 404
    assert client.get(f"/services/own/{row.pk}/").status_code == 200
    owning.keep_service(service=named("Parents’ club"), said=said, by=city.family_support_manager.actor)


def test_a_provider_adds_a_service_that_is_found(city):
    said = {"name": "Saturday kitchen", "words": "Cooking together.", "days": [6], "phone": "01632 960411",
            "postcode": "", "address": "3 Larch Road", "access": "Level access", "places": 6, "amount": 0}  # fmt: skip
    row = owning.add_service(said=said, by=city.provider.actor)
    assert row.organisation.agency_id == city.provider.team.agency_id
    assert (row.places, row.free, row.phone, row.sites.get().step_free) == (6, True, "01632 960411", True)
    assert requests.has_desk(named("Saturday kitchen"))


@pytest.mark.parametrize("address", ["/places/", "/places-asked/", "/services/own/"])
def test_lists_cost_at_most_ten_queries(city, client, address):
    """What a transaction and the reader's name cost is no query of the page's own."""
    asked(city)
    sign_in(client, city.social_worker if "asked" in address else city.provider)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    own = [
        q["sql"]
        for q in seen
        if not q["sql"].removeprefix("RELEASE ").startswith(("SAVEPOINT", "SELECT set_config"))
    ]
    assert len(own) <= 10, own


def test_unread_requests_are_late_for_the_manager_after_five_working_days(city):
    row = asked(city)
    with clock.clock_at(MORNING + timedelta(days=8)):
        late = Timescale.objects.filter(person=row.person, met=None, due__lt=clock.now())
        assert "PLACE-READ-MANAGER" in set(late.values_list("rule", flat=True))


def test_the_desk_says_whom_each_request_is_for_as_far_as_it_was_sent(city, client):
    asked(city)
    page = sign_in(client, city.provider).get("/places/").content.decode()
    assert "Ayla (8)" in page and "Brookfield" not in page
