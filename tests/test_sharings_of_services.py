"""What services share in the course of their work stands in the agency's list and on the child's page (promise 7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.common.disclosure import queries
from rightplace.common.disclosure.passing import OF_A_CHILD
from rightplace.common.disclosure.projections import Sharing, sharing_rows
from rightplace.common.disclosure.saying import SAYING, Said
from rightplace.common.disclosure.words import words_of
from rightplace.domain.practice.entries.directory import Answer
from rightplace.domain.practice.entries.familysupport import FamilyTeamJoined
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.folding import fold_person
from rightplace.foundation.organisation import clock
from rightplace.services.directory import requests
from rightplace.services.directory.tests.offering import directory
from rightplace.services.directory.tests.test_requests import asked as place_asked
from rightplace.services.familysupport import actions as early_help
from rightplace.services.familysupport.family import family_shared
from rightplace.services.familysupport.tests import siblings
from rightplace.services.protection import actions as protection
from rightplace.services.protection.projections import Action
from rightplace.services.protection.tests import discussed
from rightplace.services.schools.tests import test_questions as schools
from rightplace.testing.organisation import MORNING, Colleague, SmallCity, sign_in, small_city

pytestmark = [pytest.mark.django_db, pytest.mark.promise]


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


def list_of(who: Colleague) -> list[tuple[str, Said]]:
    """An agency's own list, the oldest first, each with its words as the agency reads them."""
    own = who.actor
    rows = [*queries.given_to(own, own.agency), *queries.given_by(own, own.agency)]
    said = words_of(own, rows)
    return [(row.way, said[row.pk]) for row in sorted(rows, key=lambda row: (row.at, row.entry))]


def accounted(found: list[tuple[str, Said]]) -> bool:
    """Whether each has its basis, its purpose and its words."""
    return all(said.basis and said.purpose and (said.sent or said.why_not) for _, said in found)


def test_a_strategy_discussion_stands_in_each_called_agencys_list(city):
    rows = discussed.held(city)
    police, health, housing = (list_of(each) for each in (city.police, city.health, city.housing))
    assert [(way, said.what) for way, said in police[::2]] == [
        ("given", "A call to a strategy discussion"), ("received", "Said at a strategy discussion"),
        ("given", "Told of a strategy discussion"),
    ]  # fmt: skip
    assert accounted(police) and accounted(health) and housing == []
    told = [said.sent for _, said in police if said.what.startswith("Told")]
    assert (
        told[0] == "We see the children today.\n\nAgreed that you do: Check the log of calls, by 2026-03-04"
    )
    assert "Check the log" not in " ".join(said.sent for _, said in health), "another agency's part"
    own = Action.objects.filter(number=rows[0].number, agency=city.police.team.agency_id)
    protection.say_done(rows=list(own), by=city.police.actor, note="Two calls, both in May.")
    assert list_of(city.police)[-1][1].sent == "Done: Check the log of calls\n\nTwo calls, both in May."


def test_an_agency_that_does_not_share_at_a_discussion_is_listed_with_its_reason(city):
    rows = discussed.called(city)
    discussed.answered(
        rows, city.police, known="refused", knows="", refused_because="A court has forbidden it."
    )
    way, said = list_of(city.police)[-1]
    assert (way, said.why_not, said.sent) == ("withheld", "A court has forbidden it.", "")


def test_a_place_that_is_asked_for_its_answer_and_its_withdrawal_stand_in_the_providers_list(city):
    directory()
    row = place_asked(city)
    requests.open_request(request=row, by=city.provider.actor)
    with clock.clock_at(MORNING + timedelta(hours=1)):
        row.refresh_from_db()
        requests.answer_request(request=row, answer=Answer.WAITING, by=city.provider.actor)
    with clock.clock_at(MORNING + timedelta(hours=2)):
        row.refresh_from_db()
        requests.withdraw_request(
            request=row, reasons="They have another course.", by=city.social_worker.actor
        )
        found = list_of(city.provider)
    assert [way for way, _ in found] == ["given", "received", "given"], "opening it gives nothing"
    assert accounted(found) and "They have another course." in found[-1][1].sent


def test_each_kind_that_passes_in_a_childs_file_has_its_words():
    assert set(SAYING) == OF_A_CHILD


def test_a_question_of_a_school_and_its_answer_stand_in_the_schools_list(city):
    question = schools.asked(city, about_pupil=True, pupil="Maya, class 3")
    with clock.clock_at(MORNING + timedelta(hours=1)):
        schools.answered(city, question, "Ring us at ten.")
    found = list_of(city.school)
    assert [(way, said.sent) for way, said in found] == [
        ("received", "May a family come straight to you?\n\nMaya, class 3"), ("given", "Ring us at ten.")
    ]  # fmt: skip
    assert accounted(found) and list_of(city.other_school) == []


def joined(city: SmallCity, **more: object) -> FamilyTeamJoined:
    said = {
        "support": 0, "name": "Ruth Okafor", "worker": city.school.worker.pk, "agency": city.school.worker.agency_id,
        "agency_name": "Lark Hill", "basis": "public task", "purpose": "School mornings", "shared": (2,),
    }  # fmt: skip
    return FamilyTeamJoined(**said | more)  # type: ignore[arg-type]


def test_the_parts_of_a_familys_plan_that_a_partner_sees_stand_in_its_list_as_often_as_they_change(city):
    school, by = city.school, city.family_support_worker.actor
    family = siblings.planned(city, worker=school.worker.pk, doer="Ruth Okafor")
    hours = iter(range(1, 9))

    def later():
        return clock.clock_at(MORNING + timedelta(hours=next(hours)))

    with later():
        early_help.invite(family=family, member=joined(city), by=by)
    with later():
        shared = family_shared(school.actor, family.number)
        early_help.say_own_done(
            family=shared, goal=1, done=True, words="At the gate at 8.40.", by=school.actor
        )
    with later():
        goals = [goal for goal in siblings.again(by).record.goals if goal.number == 2]
        early_help.plan(family=siblings.again(by), goals=goals, family_words="Yes.", by=by)
    with later():
        early_help.leave(family=siblings.again(by), member=joined(city), by=by)
    with later():
        early_help.plan(family=siblings.again(by), goals=goals, family_words="Yes.", by=by)
    with later():
        found = list_of(school)[::2]
    assert [(way, said.what) for way, said in found] == [
        ("given", "Sent"), ("received", "Said of a part of a family plan"), ("given", "Parts of a family plan")
    ]  # fmt: skip
    assert "Maya is at school on time" in found[0][1].sent and "The rent is paid" in found[0][1].sent
    assert found[1][1].sent.endswith("At the gate at 8.40.") and "school on time" not in found[2][1].sent
    assert accounted(found)


def test_a_childs_page_lists_them_all_and_the_rows_made_anew_agree(city):
    rows = discussed.held(city)
    client = sign_in(Client(), city.social_worker)
    address = reverse("disclosure:of-child", args=[rows[0].file])
    client.get(address)
    page = client.get(address).content.decode()
    for what in (
        "A call to a strategy discussion",
        "Said at a strategy discussion",
        "Told of a strategy discussion",
    ):
        assert what in page
    file = rows[0].file
    with reading.folding():
        files = reading.files_with(file)
        entries = {number: found for number, found in reading.entries_of(files).items() if found}
    made = [
        (row[0], row[6], row[5])
        for row in sharing_rows(fold_person(files[file].person, files[file].kind, entries))
    ]
    kept = Sharing.objects.filter(file=file).order_by("at", "pk").values_list("entry", "agency", "way")
    assert len(made) == 5 and sorted(kept) == sorted(made)
