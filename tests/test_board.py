"""The board: seats, attendance, commitments, answer times; and nothing about a named child on its pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor import actions as frontdoor
from rightplace.services.frontdoor.projections import Check
from rightplace.services.partnership import actions, queries
from rightplace.services.partnership.models import Progress
from rightplace.services.partnership.presenters import board
from rightplace.testing.organisation import LONG_AGO, SmallCity, sign_in, small_city
from tests.telling import after, told

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 3)


@pytest.fixture
def city() -> SmallCity:
    with after(-24):
        return small_city()


@pytest.fixture
def now(city):
    with after(0) as moment:
        yield moment


def seat(city: SmallCity, who, **more: object):
    said = {"sits": who.worker.name, "begins": LONG_AGO, "by": city.head_of_service.actor} | more
    return actions.give_seat(agency=who.team.agency, **said)


def commitment(city: SmallCity, **more: object):
    said = {
        "agency": city.police.team.agency, "owner": "Superintendent Beck", "what": "Answer red checks within 2 hours",
        "measure": "Nine in ten in time", "due": TODAY + timedelta(days=30), "by": city.director.actor,
    } | more  # fmt: skip
    return actions.commit_to(**said)


def test_statutory_and_voluntary_agencies_sit_alike_and_their_coming_is_counted(city, now):
    for who in (city.police, city.provider, city.health):
        seat(city, who)
    police, voluntary = city.police.team.agency_id, city.provider.team.agency_id
    actions.hold_meeting(
        on=TODAY, title="Spring", decided="", came=[police, voluntary], by=city.director.actor
    )
    held, came = queries.meetings(city.analyst.actor, TODAY)
    assert (came[police].came, came[voluntary].came, came[city.health.team.agency_id].came) == (1, 1, 0)
    assert {each.of for each in came.values()} == {1}
    assert [(each.came, each.of) for each in held] == [(2, 3)]


def test_who_has_no_seat_did_not_come_and_no_meeting_lies_ahead(city, now):
    seat(city, city.police)
    by = city.director.actor
    with pytest.raises(Refused, match="no seat"):
        actions.hold_meeting(on=TODAY, title="x", decided="", came=[city.health.team.agency_id], by=by)
    with pytest.raises(Refused, match="once it was held"):
        actions.hold_meeting(on=TODAY + timedelta(days=1), title="x", decided="", came=[], by=by)


def test_a_commitment_has_an_owner_and_a_measure_and_its_last_word_holds(city, now):
    with pytest.raises(Refused, match="owner and a measure"):
        commitment(city, owner=" ")
    made = commitment(city)
    for state in ("on_course", "behind"):
        actions.say_progress(commitment=made, state=state, said="Eight in ten", by=city.director.actor)
    assert [(c.pk, p.state) for c, p in queries.commitments(city.analyst.actor)] == [
        (made.pk, Progress.State.BEHIND)
    ]


def test_only_who_keeps_the_board_writes_and_only_who_sees_it_reads(city, now):
    with pytest.raises(NotAllowed):
        commitment(city, by=city.police_lead.actor)
    commitment(city)
    assert len(queries.commitments(city.police_lead.actor)) == 1
    assert queries.commitments(city.police.actor) == []
    assert sign_in(Client(), city.police).get(reverse("partnership:board")).status_code == 404


def asked_and_answered(city: SmallCity, given: str) -> None:
    contact = told(city.school, given=given)
    frontdoor.ask_check(
        contact=contact, agency=city.police.team.agency_id, question="?", basis="public task", purpose="To decide",
        sent=given, by=city.front_door_worker.actor,
    )  # fmt: skip
    check = Check.objects.get(concern=contact.concern)
    with clock.clock_at(clock.now() + timedelta(hours=1)):
        frontdoor.answer_check(check=check, known="nothing", answer="", by=city.police.actor)


def test_answer_times_are_counted_by_agency_and_small_counts_are_withheld(city, now):
    for place in range(7):
        asked_and_answered(city, f"Ayla{place}")
    with after(3):
        assert [(each.asked, each.hours) for each in queries.answer_times(TODAY)] == [(None, None)]
    asked_and_answered(city, "Eighth")
    with after(3):
        found = queries.answer_times(TODAY)
    assert [(each.agency, each.asked, each.answered, each.in_time) for each in found] == [
        (city.police.team.agency_id, 8, 8, 8)
    ]
    assert found[0].hours == pytest.approx(1.0, abs=0.01)


def test_the_board_names_no_child_and_keeps_its_budget(city, now, django_assert_max_num_queries):
    asked_and_answered(city, "Xanthippe")
    seat(city, city.police)
    actions.hold_meeting(on=TODAY, title="Spring", decided="", came=[], by=city.director.actor)
    for _ in range(3):
        commitment(city)
    actions.raise_dispute(
        against=city.authority,
        about="case",
        subject="threshold",
        words="Xanthippe is not safe.",
        by=city.police.actor,
    )
    client = sign_in(Client(), city.police_lead)
    client.get(reverse("partnership:board"))
    with django_assert_max_num_queries(10):
        page = client.get(reverse("partnership:board")).content.decode()
    assert "How fast schools’ questions are answered" in page
    assert "Xanthippe" not in page and "Answer red checks within 2 hours" in page


def test_the_board_is_kept_on_its_pages(city, now):
    client = sign_in(Client(), city.head_of_service)
    police, named = city.police.team.agency_id, city.police.team.agency.name
    day = {"begins_day": "1", "begins_month": "1", "begins_year": "2026"}
    assert (
        client.post(reverse("partnership:seat"), {"agency": named, "sits": "Noor Beck", **day}).status_code
        == 302
    )
    held = {
        "on_day": "2",
        "on_month": "3",
        "on_year": "2026",
        "title": "Spring",
        "came": [police],
        "decided": "Go on.",
    }
    assert client.post(reverse("partnership:meeting"), held).status_code == 302
    promise = {
        "agency": named, "what": "Answer", "owner": "Noor Beck", "measure": "In time", "due_day": "1", "due_month": "6",
        "due_year": "2026",
    }  # fmt: skip
    assert client.post(reverse("partnership:commit"), promise).status_code == 302
    made, _ = queries.commitments(city.head_of_service.actor)[0]
    one = reverse("partnership:commitment", args=[made.pk])
    assert client.post(one, {"state": "kept", "said": "All in time"}).status_code == 302
    assert client.post(one, {"state": "kept"}).status_code == 422
    page = client.get(reverse("partnership:board")).content.decode()
    assert "1 of 1" in page and "kept" in page
    assert sign_in(Client(), city.head_teacher).post(one, {"state": "behind", "said": "x"}).status_code == 404
    assert sign_in(Client(), city.police_lead).post(one, {"state": "behind", "said": "x"}).status_code == 302


def test_an_agency_says_how_its_own_commitment_stands_and_no_other(city, now):
    own, other = commitment(city), commitment(city, agency=city.health.team.agency)
    said = {"state": "behind", "said": "Seven in ten", "by": city.police_lead.actor}
    assert actions.say_progress(commitment=own, **said).recorded_by == city.police_lead.worker
    with pytest.raises(NotAllowed):
        actions.say_progress(commitment=other, **said)
    with pytest.raises(NotAllowed):
        actions.say_progress(commitment=own, **(said | {"by": city.police.actor}))


def test_what_became_of_commitments_is_counted_by_agency(city, now):
    head = city.head_of_service.actor
    commitment(city, due=TODAY - timedelta(days=3))
    actions.say_progress(commitment=commitment(city), state="kept", said="All in time", by=head)
    commitment(city, agency=city.health.team.agency)
    rows = {
        str(row.cells[0]): row.cells[1:] for row in board.kept_rows(queries.commitments(head), clock.now())
    }
    assert rows == {"Example City Police": [1, 1, 0, 1, 0], "Example City Health Visiting": [1, 0, 0, 0, 0]}


def test_nobody_sits_twice_and_one_chairs(city, now):
    seat(city, city.police, chairs=True)
    with pytest.raises(Refused, match="already"):
        seat(city, city.police)
    with pytest.raises(Refused, match="Somebody else chairs"):
        seat(city, city.health, chairs=True)


def test_a_meeting_says_who_came_and_who_did_not(city, now):
    for who in (city.police, city.health):
        seat(city, who)
    held = actions.hold_meeting(
        on=TODAY, title="Spring", decided="Go on.", came=[city.police.team.agency_id], by=city.director.actor
    )
    page = sign_in(Client(), city.police_lead).get(reverse("partnership:meeting-held", args=[held.pk]))
    told = page.content.decode()
    assert told.index("Example City Police") < told.index("Who did not") < told.index("Health Visiting")
    assert sign_in(Client(), city.police).get(page.request["PATH_INFO"]).status_code == 404
