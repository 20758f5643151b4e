"""The front door's working pages, from the inbox to an offer that a team accepts."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import held_at
from rightplace.common.questions.models import Draft
from rightplace.domain.practice.entries.contact import Grade
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.journal.models import Entry, File
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Duplicate
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.projections import Check
from rightplace.services.frontdoor.tests.telling_staff import AYLA, again, told
from rightplace.testing.organisation import MORNING, SmallCity, sign_in, small_city
from rightplace.testing.pace import keeps

pytestmark = pytest.mark.django_db

DECISION = {
    "all-level": "additional",
    "all-indicators": ["parenting.health.unwell"],
    "all-route": "family support team",
    "all-team": "",
    "all-to_agency": "",
    "all-primary_need": "",
    "all-reasons": "The mother is unwell and alone.",
    "all-alternatives": "An assessment; she asks for help herself.",
    "all-dissent": "",
    "all-unseen_reason": "",
    "lawful_basis": "public task",
    "family_told": "told and agrees",
    "family_why": "",
    "text": "",
    "next_steps": "",
    "to_do": "",
    "shared": "",
    "shared_purpose": "",
    "separately": "no",
    "do": "decide",
}


@pytest.fixture
def city() -> SmallCity:
    return small_city()


@pytest.fixture
def at_ten():
    with clock.clock_at(MORNING):
        yield


@pytest.fixture
def worker(city: SmallCity) -> Client:
    return sign_in(Client(), city.front_door_worker)


def at(name: str, *args: int) -> str:
    return reverse(f"frontdoor:{name}", args=args)


def answering(person: int) -> int:
    """The team that answers for a child at this moment."""
    return Span.objects.get(held_at(clock.now()), person=person).team


def test_the_whole_path_from_the_inbox_to_a_team_that_accepts(city: SmallCity, worker: Client):
    with clock.clock_at(MORNING):
        contact = told(city.school)
    with clock.clock_at(MORNING + timedelta(minutes=5)):
        assert "Ayla Brookfield, 8; Joe Brookfield, 5" in worker.get(at("inbox")).content.decode()
        opened = worker.get(at("contact", contact.concern))
        assert opened.status_code == 200
        assert "Came without a coat again." in opened.content.decode()
        assert again(contact).read_by == city.front_door_worker.worker.pk
        graded = worker.post(at("screen", contact.concern), {"grade": "amber", "reasons": "It goes on."})
        assert graded.status_code == 302
        assert again(contact).grade == "amber"
        asked = {
            "agency": city.police.team.agency_id,
            "question": "What do you know?",
            "sent": "Ayla Brookfield, 8",
            "basis": "public task",
            "purpose": "To decide",
            "family_told": "told and agrees",
            "family_why": "",
            "do": "send",
        }
        shown = worker.post(at("ask", contact.concern), asked)
        assert "Example City Police will see exactly this" in shown.content.decode()
        asked["seen"] = f"{city.police.team.agency_id} Ayla Brookfield, 8 What do you know?"
        assert worker.post(at("ask", contact.concern), asked).status_code == 302
    check = Check.objects.get(concern=contact.concern)
    with clock.clock_at(MORNING + timedelta(minutes=20)):
        refused = worker.post(
            at("decide", contact.concern),
            DECISION | {"all-route": "no further action", "all-unseen_reason": "The school sees them daily."},
        )
        said = refused.content.decode()
        assert refused.status_code == 422
        assert "Still open: Have the agency’s answer to the check" in said
        assert at("check", check.pk) in said
        assert "The mother is unwell and alone." in said
        answer = {"known": "nothing", "answer": "", "refused_because": "", "answered_by": "PC Ormond"}
        assert worker.post(at("check", check.pk), answer).status_code == 302
        decided = worker.post(at("decide", contact.concern), DECISION)
        assert decided.status_code == 302, decided.content.decode()
        offers = list(Offer.objects.order_by("id"))
        assert [offer.team for offer in offers] == [city.family_support.pk] * 2
        assert "Area 1 family support" in worker.get(at("contact", contact.concern)).content.decode()
        assert answering(offers[0].person) == city.front_door.pk
    with clock.clock_at(MORNING + timedelta(minutes=40)):
        caseflow.accept_child(file=offers[0].file, offer=offers[0].pk, by=city.family_support_manager.actor)
        assert answering(offers[0].person) == city.family_support.pk


def test_opening_a_contact_is_said_once_and_audited_each_time(city, worker, at_ten):
    contact = told(city.school)
    for _ in range(2):
        worker.get(at("contact", contact.concern))
    assert Entry.objects.filter(file=contact.concern, kind=21).count() == 1
    assert (
        ReadAudit.objects.filter(
            what="contact", files__contains=[contact.concern, contact.children[0]]
        ).count()
        == 2
    )


def test_a_repeat_within_a_week_is_raised_a_grade_and_the_page_says_so(city, worker):
    with clock.clock_at(MORNING - timedelta(days=2)):
        told(city.school, AYLA)
    with clock.clock_at(MORNING):
        contact = told(city.housing, source="4")
        assert "raised by one" in worker.get(at("screen", contact.concern)).content.decode()
        worker.post(at("screen", contact.concern), {"grade": "green", "reasons": "Much the same."})
    assert (again(contact).grade, again(contact).raised) == ("amber", True)


def test_a_possible_same_child_is_compared_and_settled_and_becomes_one(city, worker):
    with clock.clock_at(MORNING - timedelta(days=40)):
        first = told(city.school, AYLA)
        worker.post(
            at("decide", first.concern),
            DECISION | {"all-route": "advice", "all-unseen_reason": "Seen at school each day."},
        )
    with clock.clock_at(MORNING):
        contact = told(city.housing, AYLA, source="4")
        flagged = Duplicate.objects.get(file=contact.children[0])
        page = worker.get(at("same", contact.concern, flagged.entry)).content.decode()
        assert "Why we ask" in page
        closing = DECISION | {"all-route": "no further action", "all-unseen_reason": "Seen at school."}
        refused = worker.post(at("decide", contact.concern), closing)
        assert "This may be the same child as another one we know" in refused.content.decode()
        assert at("same", contact.concern, flagged.entry) in refused.content.decode()
        settled = worker.post(
            at("same", contact.concern, flagged.entry), {"same": "yes", "reasons": "Same birthday."}
        )
        assert settled.status_code == 302
        assert (
            File.objects.filter(id__in=[*first.children, *contact.children])
            .values("person")
            .distinct()
            .count()
            == 1
        )
        assert "Told before, in 12 months (1)" in worker.get(at("contact", contact.concern)).content.decode()
        assert worker.post(at("decide", contact.concern), DECISION).status_code == 302


def test_what_is_typed_of_a_decision_is_kept_until_it_is_signed(city, worker, at_ten):
    contact = told(city.school)
    typed = {
        "all-reasons": "Half a sentence",
        "all-indicators": ["parenting.health.unwell", "child.feelings.low"],
        "separately": "no",
    }
    assert worker.post(at("decide-keep", contact.concern), typed).json() == {"saved": "10:20"}
    again_open = worker.get(at("decide", contact.concern)).content.decode()
    assert "Half a sentence" in again_open and "govuk-error-message" not in again_open
    assert 'value="child.feelings.low" checked' in again_open
    other = sign_in(Client(), city.front_door_worker_2).get(at("decide", contact.concern)).content.decode()
    assert "Half a sentence" not in other
    worker.post(at("decide", contact.concern), DECISION)
    assert not Draft.objects.exists()


def test_siblings_can_be_decided_separately_and_nothing_typed_is_lost(city, worker, at_ten):
    contact = told(city.school)
    apart = worker.post(at("decide", contact.concern), DECISION | {"do": "apart"}).content.decode()
    assert apart.count("The mother is unwell and alone.") == 2
    each = {key.replace("all-", "c0-"): value for key, value in DECISION.items()}
    each |= {key.replace("all-", "c1-"): value for key, value in DECISION.items()}
    each |= {"separately": "yes", "c1-route": "advice", "c1-unseen_reason": "Seen by the health visitor."}
    assert worker.post(at("decide", contact.concern), each).status_code == 302
    assert Offer.objects.get().file == contact.children[0]
    assert again(contact).route == "family support team"


def test_the_page_says_where_the_level_is_another_than_the_indicators_and_where_a_text_repeats(
    city, worker, at_ten
):
    contact = told(city.school, AYLA)
    police = "The father was arrested on 3 May for assault."
    actions.ask_check(
        contact=contact, agency=city.police.team.agency_id, question="What?", basis="public task", purpose="To decide",
        sent="Ayla", by=city.front_door_worker.actor,
    )  # fmt: skip
    actions.answer_check(
        check=Check.objects.get(), known="known", answer=police, answered_by="PC Ormond", by=city.police.actor
    )
    typed = DECISION | {"all-level": "universal", "text": f"You know that {police}"}
    warned = worker.post(at("decide", contact.concern), typed)
    said = warned.content.decode()
    assert "The father was arrested on 3 May for assault" in said and "Look again before you sign" in said
    assert "below the highest level of the chosen indicators" in said.split("What we were told")[0]
    assert again(contact).decided is None
    assert worker.post(at("decide", contact.concern), typed | {"warned": "yes"}).status_code == 302


def test_another_agency_gets_what_is_written_for_it_with_its_basis(city, worker, at_ten):
    contact = told(city.school, AYLA)
    typed = DECISION | {
        "all-route": "another agency",
        "all-to_agency": city.health.team.agency_id,
        "all-unseen_reason": "Seen at school.",
    }  # fmt: skip
    refused = worker.post(at("decide", contact.concern), typed).content.decode()
    assert "Write what the other agency is sent." in refused
    sent = typed | {"shared": "Ayla is often hungry.", "shared_purpose": "A health visitor's call"}
    assert worker.post(at("decide", contact.concern), sent).status_code == 302
    assert Entry.objects.filter(file=contact.children[0], kind=158).count() == 1


def test_a_partner_answers_its_own_checks_and_nothing_else_is_there(city, worker, at_ten):
    contact = told(city.school, AYLA)
    actions.ask_check(
        contact=contact, agency=city.police.team.agency_id, question="What do you know?", basis="public task",
        purpose="To decide", sent="Ayla Brookfield, 8", by=city.front_door_worker.actor,
    )  # fmt: skip
    check = Check.objects.get()
    police, housing = sign_in(Client(), city.police), sign_in(Client(), city.housing)
    assert "(1)" in police.get(at("checks")).content.decode()
    asked = police.get(at("check", check.pk)).content.decode()
    assert "Ayla Brookfield, 8" in asked and "Came without a coat" not in asked
    assert housing.get(at("check", check.pk)).status_code == 404
    answer = {
        "known": "known",
        "answer": "Two calls in May.",
        "refused_because": "",
        "answered_by": "PC Ormond",
    }
    assert police.post(at("check", check.pk), answer).status_code == 302
    assert "Two calls in May." in worker.get(at("contact", contact.concern)).content.decode()
    for name in ("contact", "screen", "ask", "decide", "blind", "disagreement", "decide-keep"):
        assert police.get(at(name, contact.concern)).status_code == 404, name
    for name in ("inbox", "cases", "compare", "rota"):
        assert police.get(at(name)).status_code == 404, name


def test_the_least_is_sent_where_nothing_is_written_for_the_referrer(city, worker, at_ten):
    contact = told(city.school, AYLA)
    worker.post(at("decide", contact.concern), DECISION)
    page = worker.get(at("contact", contact.concern)).content.decode()
    assert "A family support team has been asked to work with the family." in page


def test_a_child_whom_a_team_sent_back_stands_first_in_the_inbox(city, worker, at_ten):
    contact = told(city.school)
    worker.post(at("decide", contact.concern), DECISION)
    offer = Offer.objects.filter(concern=contact.concern).first()
    assert offer is not None and "no team has taken the child" not in worker.get(at("inbox")).content.decode()
    manager = next(
        each
        for each in (city.family_support_manager, city.other_family_support_manager)
        if each.team.pk == offer.team
    )
    caseflow.send_back(
        file=offer.file, offer=offer.pk, reasons="Not ours.", instead="Another.", by=manager.actor
    )
    again_at = reverse("caseflow:offer-on", args=[offer.person])
    for page in (worker.get(at("inbox")), worker.get(at("contact", contact.concern))):
        assert again_at in page.content.decode()
    assert ReadAudit.objects.filter(what="front door inbox", files__contains=[offer.person]).exists()


def test_a_contact_leads_to_the_story_of_each_child(city, worker, at_ten):
    contact = told(city.school)
    page = worker.get(at("contact", contact.concern)).content.decode()
    assert all(f"/child/{file}/" in page for file in contact.children)
    assert "Ayla Brookfield and Joe Brookfield</h1>" in page


def test_a_check_says_whom_it_is_about_here_and_not_to_the_agency(city, worker, at_ten):
    contact = told(city.school)
    actions.ask_check(
        contact=contact, agency=city.police.team.agency_id, question="What do you know?", basis="public task",
        purpose="To decide", sent="Two children at 4 Alder Row", by=city.front_door_worker.actor,
    )  # fmt: skip
    assert "Ayla Brookfield and Joe Brookfield" in worker.get(at("checks")).content.decode()
    police = sign_in(Client(), city.police)
    assert "Brookfield" not in police.get(at("checks")).content.decode()
    own = police.get(at("check", Check.objects.get().pk)).content.decode()
    assert "We know nothing about the child or the family" in own and "They know nothing" not in own


def test_the_count_of_every_filter_is_the_length_of_its_list(city, worker, at_ten):
    told(city.school)
    told(city.police, AYLA, source="6", area=9)
    graded = told(city.housing, source="4", line="3 Mill Lane")
    actions.screen(contact=graded, grade=Grade.RED, reasons="x", by=city.front_door_worker.actor)
    page = worker.get(at("inbox")).content.decode()
    links = re.findall(
        r'<a class="govuk-link" href="(/front-door/[^"]*)"[^>]*>[^<]*<span>\((\d+)\)</span>', page
    )
    assert len(links) >= 8
    for href, count in links:
        listed = worker.get(unescape(href)).content.decode()
        assert len(re.findall(r'<th scope="row"', listed)) == int(count), href
    assert worker.get(at("inbox") + "?only=police").content.decode().count('<th scope="row"') == 1


def test_the_inbox_keeps_its_budget_however_much_waits(city, worker, at_ten):
    for number in range(30):
        told(city.school, line=f"{number} Cedar Row")
    worker.get(at("inbox"))
    with CaptureQueriesContext(connection) as asked:
        worker.get(at("inbox"))
    own = [
        each["sql"]
        for each in asked
        if not re.match(r"(RELEASE )?SAVEPOINT|BEGIN|COMMIT|SELECT set_config", each["sql"])
    ]
    assert len(own) <= 10, own
    assert keeps(0.015, lambda: worker.get(at("inbox")))


def test_two_open_files_with_two_teams_are_linked_by_a_manager_and_parted_again(city, worker):
    with clock.clock_at(MORNING - timedelta(days=40)):
        first = told(city.school, AYLA)
        worker.post(at("decide", first.concern), DECISION)
        offer = Offer.objects.get()
        caseflow.accept_child(file=offer.file, offer=offer.pk, by=city.family_support_manager.actor)
    with clock.clock_at(MORNING):
        contact = told(city.housing, AYLA, source="4")
        flagged = Duplicate.objects.get(file=contact.children[0])
        assert (
            "Both are open, with different teams."
            in worker.get(at("same", contact.concern, flagged.entry)).content.decode()
        )
        worker.post(at("same", contact.concern, flagged.entry), {"same": "yes", "reasons": "Same birthday."})
        assert answering(first.children[0]) == city.family_support.pk
        assert "A manager links them" in worker.get(at("contact", contact.concern)).content.decode()
        assert worker.get(at("link", flagged.file, flagged.other)).status_code == 404
    with clock.clock_at(MORNING + timedelta(minutes=5)):
        manager = sign_in(Client(), city.front_door_manager)
        assert (
            at("link", flagged.file, flagged.other)
            in manager.get(at("contact", contact.concern)).content.decode()
        )
        nobody = manager.post(at("link", flagged.file, flagged.other), {"reasons": "x", "worker": "0"})
        assert "Name the team that answers from now on." in nobody.content.decode()
        named = {"team": city.family_support.pk, "worker": "0", "reasons": "Same birthday."}
        assert manager.post(at("link", flagged.file, flagged.other), named).status_code == 302
        lead = min(flagged.file, flagged.other)
        assert answering(lead) == city.family_support.pk
    with clock.clock_at(MORNING + timedelta(minutes=10)):
        assert "Part the two files" in manager.get(at("unlink", flagged.other, flagged.file)).content.decode()
        assert (
            manager.post(at("unlink", flagged.other, flagged.file), {"reasons": "Two after all."}).status_code
            == 302
        )
        assert (
            File.objects.filter(id__in=[flagged.file, flagged.other]).values("person").distinct().count() == 2
        )
