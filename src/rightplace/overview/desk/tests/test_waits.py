"""What waits on pages of several services stands on my day and on a partner's first page, asked all at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from rightplace.common.caseflow.waits import waits_for
from rightplace.domain.practice.entries.directory import Answer
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import LinkPerson
from rightplace.services.directory import requests
from rightplace.services.directory.tests.offering import directory
from rightplace.services.directory.tests.test_requests import asked as place_asked
from rightplace.services.protection.tests import discussed
from rightplace.services.schools.tests.test_questions import answered, asked
from rightplace.services.signals import feeds
from rightplace.testing.organisation import MORNING, Colleague, SmallCity, sign_in


def counts(who: Colleague) -> dict[str, int]:
    return {each.of.key: each.number for each in waits_for(who.actor)}


def page(who: Colleague, address: str) -> str:
    return sign_in(Client(), who).get(address).content.decode()


def test_a_question_of_a_school_waits_for_the_link_person_and_its_manager_and_for_the_head_once_it_climbed(
    city: SmallCity,
):
    question = asked(city)
    assert (
        counts(city.family_support_worker)["questions"]
        == counts(city.family_support_manager)["questions"]
        == 1
    )
    assert "questions" not in counts(city.head_of_service) and "questions" not in counts(city.social_worker)
    assert "Questions of schools to answer" in page(city.family_support_worker, "/my-day/")
    with clock.clock_at(MORNING + timedelta(days=10)):
        assert counts(city.head_of_service)["questions"] == 1
        assert [each.late for each in waits_for(city.family_support_worker.actor)] == [1]
    answered(city, question, "Yes, straight to us.")
    assert "questions" not in counts(city.family_support_worker)
    assert counts(city.school)["answers"] == 1


def test_brothers_and_sisters_are_one_discussion_that_waits_for_those_who_call_and_are_called(
    city: SmallCity,
):
    rows = discussed.called(city)
    assert counts(city.social_worker)["strategy"] == 1
    assert counts(city.police)["calls"] == counts(city.health)["calls"] == 1
    assert "calls" not in counts(city.housing)
    assert "Say who comes to a strategy discussion" in page(city.police, "/our-page/")
    assert "Strategy discussions to hold" in page(city.social_worker, "/my-day/")
    discussed.answered(rows, city.police)
    assert "calls" not in counts(city.police)


def test_an_answered_request_for_a_place_waits_for_whoever_asked(city: SmallCity):
    directory()
    row = place_asked(city)
    assert counts(city.provider)["places"] == 1 and "places-answered" not in counts(city.social_worker)
    with clock.clock_at(MORNING + timedelta(hours=1)):
        requests.answer_request(request=row, answer=Answer.WAITING, by=city.provider.actor)
        assert counts(city.social_worker)["places-answered"] == 1 and "places" not in counts(city.provider)


@pytest.mark.parametrize(
    "who", ["family_support_manager", "head_of_service", "police_lead", "head_teacher", "provider"]
)
def test_however_many_services_are_asked_it_is_one_query(city: SmallCity, who, django_assert_num_queries):
    actor = getattr(city, who).actor
    with django_assert_num_queries(1):
        assert waits_for(actor) == []


def test_a_teams_page_says_which_schools_it_serves_how_fast_it_answered_and_what_it_asked_for(
    city: SmallCity,
):
    question = asked(city)
    address = f"/team/{city.family_support.pk}/"
    told = page(city.family_support_manager, address)
    assert (
        "Schools that the team serves" in told and "1 question waits now." in told and "Tamsin Reeve" in told
    )
    with clock.clock_at(MORNING + timedelta(hours=3)):
        answered(city, question, "Yes, straight to us.")
        told = page(city.head_of_service, address)
    assert "1 of 1 were answered within their two working days." in told
    directory()
    place_asked(city)
    told = page(city.social_worker, f"/team/{city.social_worker.team.pk}/")
    assert "Places asked for, not answered yet" in told and "Schools that the team serves" not in told


def test_an_agreement_waits_for_the_other_side_and_one_that_runs_out_for_both(city: SmallCity):
    ours, theirs = city.information_governance, city.head_of_service
    feed = feeds.make_feed(
        agency=city.school.team.agency, kinds=["school.attendance"], lawful_basis="public task", purpose="Early help",
        retention_days=30, begins=clock.today(), expires=clock.today() + timedelta(days=60), by=ours.actor,
    )  # fmt: skip
    assert counts(theirs)["feeds-agree"] == 1 and "feeds-agree" not in counts(ours)
    assert "Agreements to signals that need your side" in page(theirs, "/my-day/")
    feeds.agree(feed=feed, by=theirs.actor)
    assert not {"feeds-agree", "feeds-expire"} & counts(theirs).keys()
    with clock.clock_at(MORNING + timedelta(days=45)):
        assert counts(theirs)["feeds-expire"] == counts(ours)["feeds-expire"] == 1


def test_the_administrators_first_page_says_which_schools_wait_for_a_link_person(city: SmallCity):
    """A school that is new, or whose link person left, has somebody at once; the next is named by a person."""
    handed_over = LinkPerson.objects.filter(ends__isnull=True, handed_over=True)
    assert counts(city.administrator)["link-people"] == handed_over.count() > 0
    assert "link-people" not in counts(city.social_worker)
    said = page(city.administrator, "/what-waits/")
    assert "Schools whose next link person is to be named" in said and "/link-people/" in said
    handed_over.update(handed_over=False)
    assert "Nothing waits for you." in page(city.administrator, "/what-waits/")
    assert sign_in(Client(), city.head_of_service).get("/what-waits/").status_code == 404
