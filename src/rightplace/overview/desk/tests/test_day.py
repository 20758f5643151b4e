"""My day, for each role that has one; what climbs; where the day begins."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.organisation import clock
from rightplace.overview.desk import queries
from rightplace.overview.desk.home import home_of
from rightplace.overview.desk.presenters.day import _same
from rightplace.overview.desk.presenters.families import by_family
from rightplace.overview.desk.tests.city import Route, child, decide, told
from rightplace.services.familysupport.tests import siblings
from rightplace.services.frontdoor.intake import raise_concern
from rightplace.services.frontdoor.projections import Contact
from rightplace.testing.organisation import MORNING, sign_in


def day(client, person):
    answer = sign_in(client, person).get("/my-day/")
    assert answer.status_code == 200
    return answer.content.decode()


def raised(city, days, given="Noor"):
    from datetime import date

    with clock.clock_at(MORNING - timedelta(days=days)):
        raise_concern(told(child(given, "Haddad", date(2017, 1, 2), 5)), by=city.school.actor)
    return Contact.objects.latest("received")


def test_a_contact_that_nobody_opens_climbs_to_the_manager_and_the_head(client, city):
    """Promise 3: nothing unread."""
    contact = raised(city, 1)
    assert [s.rule for s in queries.climbed_to(city.front_door_manager.actor)] == ["READ-MANAGER"]
    assert [s.rule for s in queries.climbed_to(city.head_of_service.actor)] == ["READ-HEAD"]
    assert queries.climbed_to(city.social_worker.actor) == []
    said = day(client, city.front_door_manager)
    assert "Nobody opened it, so it came to you" in said
    assert f"/front-door/{contact.concern}/" in said or str(contact.concern) in said
    assert "Noor" not in said.split('aria-labelledby="climbed"')[1].split("</section>")[0]


def test_the_director_sees_only_how_many(client, city):
    raised(city, 2)
    said = day(client, city.director)
    assert "1 thing has been opened by nobody" in said
    assert "Haddad" not in said


def test_an_offer_that_the_team_does_not_open_climbs_inside_that_team_alone(client, city):
    contact = raised(city, 3)
    with clock.clock_at(MORNING - timedelta(days=2)):
        decide(city, contact, Route.FAMILY_SUPPORT, city.family_support.pk)
    assert {s.rule for s in queries.climbed_to(city.family_support_worker.actor)} == {"OFFER-READ-WORKER"}
    assert {s.rule for s in queries.climbed_to(city.family_support_manager.actor)} == {"OFFER-READ-MANAGER"}
    assert queries.climbed_to(city.other_family_support_manager.actor) == []
    assert "Ask the team" in day(client, city.family_support_worker)
    assert "Ask the team" not in day(client, city.family_support_manager)
    said = day(client, city.family_support_manager)
    assert "Offers that wait for your team" in said
    assert "nobody has opened it" in said
    assert "Noor Haddad" in said


def test_the_head_to_whom_an_unopened_offer_climbs_is_led_to_the_team_that_can_answer(client, city):
    contact = raised(city, 9)
    with clock.clock_at(MORNING - timedelta(days=8)):
        decide(city, contact, Route.FAMILY_SUPPORT, city.family_support.pk)
    climbed = queries.climbed_to(city.head_of_service.actor)
    assert [s.rule for s in climbed] == ["OFFER-READ-HEAD"]
    said = day(client, city.head_of_service)
    assert f'href="{reverse("desk:team", args=[city.family_support.pk])}">Ask the team' in said
    assert reverse("caseflow:offer", args=[climbed[0].trigger]) not in said


def test_an_offer_that_is_due_before_all_else_comes_first(client, city, two):
    contact = raised(city, 0, "Sami")
    with clock.clock_at(MORNING):
        decide(city, contact, Route.ASSESSMENT, city.assessment.pk)
    first = day(client, city.assessment_manager).split('id="first"')[1].split("</section>")[0]
    assert "Accept the child or send the offer back" in first
    assert "Sami Haddad" in first


def test_the_front_doors_day_begins_with_what_waits_there(client, city):
    raised(city, 0)
    for person in (city.front_door_worker, city.front_door_manager):
        first = day(client, person).split('id="first"')[1].split("</section>")[0]
        assert "/front-door/" in first and "1 contact</a> waits at the front door" in " ".join(first.split())


def test_a_new_concern_about_an_open_child_climbs_until_somebody_who_has_the_child_reads_it(
    client, city, two
):
    """Promise 3: nothing unread, also where no team is asked to accept."""
    with clock.clock_at(MORNING - timedelta(days=1)):
        known = child("Maya", "Lindqvist", two_born())
        raise_concern(told(replace(known, file=two.maya)), by=city.school.actor)
        decide(city, Contact.objects.latest("received"), Route.ALREADY_OPEN)
    for person in (city.family_support_manager, city.head_of_service):
        passed = [each.person for each in queries.passed_on(person.actor)]
        assert passed == [two.maya], person.worker.name
        assert "New concerns that nobody who has the child has read" in day(client, person)
    assert "a new concern" in day(client, city.family_support_worker)
    assert queries.passed_on(city.other_family_support_manager.actor) == []
    client.get(f"/child/{two.maya}/")
    with clock.clock_at(MORNING + timedelta(minutes=1)):
        assert not queries.passed_on(city.family_support_manager.actor)
        assert not queries.passed_on(city.head_of_service.actor)


def two_born():
    from datetime import date

    return date(2019, 4, 2)


def test_what_others_wrote_is_new_until_it_is_read(client, city, two):
    from rightplace.foundation.journal import actions as record

    record.write_note(file=two.maya, text="The school rang", by=city.family_support_manager.actor)
    assert (
        "Maya Lindqvist"
        in day(client, city.family_support_worker).split('aria-labelledby="unread"')[1].split("</section>")[0]
    )
    client.get(f"/child/{two.maya}/")
    with clock.clock_at(MORNING + timedelta(minutes=1)):
        assert (
            "Maya Lindqvist"
            not in day(client, city.family_support_worker)
            .split('aria-labelledby="unread"')[1]
            .split("</section>")[0]
        )


def test_ones_own_entries_are_not_news(city, two):
    from rightplace.foundation.journal import actions as record

    worker = city.family_support_worker.actor
    before = queries.unread(worker, [two.maya])
    record.write_note(file=two.maya, text="I rang the school", by=worker)
    assert queries.unread(worker, [two.maya]) == before
    assert NoteWritten.kind == "note.written"


@pytest.mark.parametrize(
    "who",
    ["front_door_worker", "social_worker", "assessment_manager", "head_of_service", "director", "auditor"],
)  # fmt: skip
def test_every_role_with_children_has_a_day(client, city, two, who):
    day(client, getattr(city, who))
    assert ReadAudit.objects.filter(what="desk:my-day").exists()


@pytest.mark.parametrize("who", ["school", "lead_member", "analyst", "administrator", "union_observer"])
def test_others_have_none(client, city, who):
    assert sign_in(client, getattr(city, who)).get("/my-day/").status_code == 404


@pytest.mark.parametrize(
    ("who", "home"),
    [
        ("school", "partners:own"), ("provider", "partners:own"), ("police_lead", "partners:own"),
        ("front_door_worker", "frontdoor:inbox"), ("social_worker", "desk:my-day"),
        ("head_of_service", "desk:my-day"), ("director", "leadership:director"), ("analyst", "leadership:director"),
        ("information_governance", "access:review"), ("administrator", "desk:what-waits"), ("auditor", "desk:my-day"),
        ("human_resources", "workforce:establishment"), ("union_observer", "workforce:establishment"),
    ],
)  # fmt: skip
def test_the_day_begins_where_the_work_is(client, city, who, home):
    assert home_of(getattr(city, who).actor) == home
    answer = sign_in(client, getattr(city, who)).get("/")
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200


def test_searches_are_audited_also_when_nobody_is_found(client, city, two):
    sign_in(client, city.social_worker).post("/find/", {"words": "zebediah nobody 2001"})
    assert ReadAudit.objects.filter(what="search", found=0).exists()
    assert sign_in(client, city.school).post("/find/", {"words": "maya"}).status_code == 404


def test_a_reason_given_stands_in_the_audit(client, city, two):
    sign_in(client, city.social_worker).post(f"/files/{two.maya}/reason/", {"why": "family"})
    client.get(f"/child/{two.maya}/")
    read = ReadAudit.objects.get(what="desk:story", worker=city.social_worker.worker.pk)
    assert read.reason == "A brother, sister or parent is in my work"
    sign_in(client, city.family_support_worker).get(f"/child/{two.maya}/")
    assert ReadAudit.objects.filter(what="desk:story", reason="own work").exists()


def section(said, key):
    return said.split(f'aria-labelledby="{key}"')[1].split("</section>")[0]


def test_brothers_and_sisters_stand_in_one_line_of_what_is_due_offered_unread_and_waiting(client, city):
    """A worker visits a family, not a list of children: one line, and each name leads to its own story."""
    two = siblings.accepted(city)
    said = day(client, city.family_support_worker)
    both = re.compile(r"/child/(\d+)/\"[^>]*>Maya</a> and <a[^>]*/child/(\d+)/\"[^>]*>Jonas Lindqvist</a>")
    assert {*map(int, both.search(section(said, "due")).groups())} == {two.maya, two.jonas}
    assert not re.search(r">Maya Lindqvist</a>", section(said, "due"))
    assert both.search(section(said, "unread"))
    later = siblings.offered(city)
    managing = day(client, city.family_support_manager)
    offers = section(managing, "offers")
    assert "(1)" in offers and all(f"/child/{file}/" in offers for file in later.files)


def test_what_is_due_on_another_day_or_is_another_thing_stands_in_a_line_of_its_own():
    scale = Timescale(rule="VISIT", person=1, due=MORNING, begins=MORNING)
    rows = [scale, *(replaced(scale, **more) for more in ({"person": 2}, {"person": 2, "rule": "PLAN"},
            {"person": 3}, {"person": 2, "due": MORNING + timedelta(days=1)}))]  # fmt: skip
    found = by_family(rows, [(1, 2)], person=lambda s: s.person, same=_same)
    assert [[each.person for each in line] for line in found] == [[1, 2], [2], [3], [2]]


def replaced(scale, **more):
    return Timescale(**{"rule": scale.rule, "person": 1, "due": scale.due, "begins": scale.begins, **more})
