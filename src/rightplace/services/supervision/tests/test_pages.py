"""Who opens which page, what the pages say, and what they cost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rightplace.foundation.organisation import clock
from rightplace.services.supervision import actions, personal
from rightplace.services.supervision.models import Opened, Release, Session
from rightplace.services.supervision.tests.child import child_with
from rightplace.services.supervision.tests.held import WORDS, held, planned, signed
from rightplace.testing import pace
from rightplace.testing.organisation import MORNING, sign_in

OWN = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def page_of(who, name, *numbers, **asked):
    return sign_in(Client(), who).get(reverse(f"supervision:{name}", args=numbers), asked)


def text_of(who, name, *numbers, **asked):
    answer = page_of(who, name, *numbers, **asked)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def post(who, name, *numbers, **said):
    return sign_in(Client(), who).post(reverse(f"supervision:{name}", args=numbers), said)


DAY = {"on_day": "6", "on_month": "3", "on_year": "2026"}
HELD = {
    "act": "hold",
    "held_on_day": "3",
    "held_on_month": "3",
    "held_on_year": "2026",
    "minutes": "80",
    **WORDS,
}


def test_a_worker_prepares_a_manager_holds_and_both_sign(city):
    worker, manager = city.social_worker, city.assessment_manager
    nia = child_with(city)
    assert "Plan a session" in text_of(manager, "team")
    assert post(manager, "plan", worker.worker.pk, **DAY).status_code == 302
    number = Session.objects.get().pk
    assert "Prepare this session" in text_of(worker, "mine")
    assert post(worker, "session", number, act="keep", points="The dog.").status_code == 302
    assert "The dog." in text_of(worker, "session", number)
    assert "The dog." not in text_of(manager, "session", number)
    assert post(worker, "session", number, act="share", points="The dog.").status_code == 302
    shown = text_of(manager, "session", number)
    assert "The dog." in shown
    assert "Nia Harrow" in shown
    answer = post(
        manager, "decide", number, nia, decision="Visit the school.", reasons="Nobody asked Nia.", what_1="Ring the school",
        by_1=worker.worker.pk, due_1_day="10", due_1_month="3", due_1_year="2026",
    )  # fmt: skip
    assert answer.status_code == 302
    assert post(manager, "session", number, **HELD).status_code == 302
    shown = text_of(worker, "session", number)
    assert all(word in shown for word in (*WORDS.values(), "Visit the school.", "Ring the school"))
    assert post(worker, "session", number, act="sign", account="", themes=["heard"]).status_code == 302
    assert "signed by both" in text_of(manager, "team")
    assert Session.objects.get().supervisee_signed_at == MORNING


def test_an_agreed_action_is_looked_at_again_and_said_to_be_done(city):
    worker, manager = city.social_worker, city.assessment_manager
    nia = child_with(city)
    first = planned(worker, manager)
    entry = actions.decide(
        session=first, file=nia, decision="Visit.", reasons="Unseen.",
        agreed=[actions.Agreed("Ring the school", MORNING.date(), worker.worker.pk)], by=manager.actor,
    )[0].id  # fmt: skip
    actions.sign_as_supervisor(
        session=first, held_on=MORNING.date(), minutes=60, words=WORDS, by=manager.actor
    )
    second = planned(worker, manager)
    assert "Ring the school" in text_of(worker, "session", second.pk)
    assert post(worker, "action", second.pk, entry, 0, done="no", words="").status_code == 422
    assert post(worker, "action", second.pk, entry, 0, done="yes", words="She rang.").status_code == 302
    assert "She rang." in text_of(manager, "session", second.pk)
    assert page_of(worker, "action", second.pk, entry, 1).status_code == 404


def test_the_words_open_to_the_manager_above_when_asked_and_the_worker_sees_who_read(city):
    session = signed(city.social_worker, city.assessment_manager)
    closed = text_of(city.head_of_service, "session", session.pk)
    assert WORDS["wellbeing"] not in closed
    assert not Opened.objects.filter(reader=city.head_of_service.worker).exists()
    assert WORDS["wellbeing"] in text_of(city.head_of_service, "session", session.pk, personal="read")
    assert city.head_of_service.worker.name in text_of(city.social_worker, "mine")


def test_for_everybody_else_there_is_no_such_session(city):
    session = signed(city.social_worker, city.assessment_manager)
    parties = {city.social_worker, city.assessment_manager, city.head_of_service}
    for who in (each for each in vars(city).values() if hasattr(each, "actor")):
        answer = page_of(who, "session", session.pk, personal="read")
        assert (answer.status_code == 200) == (who in parties), who.worker.name
        for name in ("put-off", "correct"):
            numbers = (session.pk,) if name == "put-off" else (session.pk, 1)
            assert who in parties or page_of(who, name, *numbers).status_code == 404


def test_what_is_typed_wrongly_keeps_every_word(city):
    session = planned(city.social_worker, city.assessment_manager)
    answer = post(city.assessment_manager, "session", session.pk, **HELD | {"minutes": ""})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Give how many minutes you talked." in shown
    assert WORDS["feelings"] in shown


def test_a_release_goes_from_who_asks_to_who_confirms_to_the_worker(city):
    session = signed(city.social_worker, city.assessment_manager)
    asks, confirms = city.human_resources, city.director
    listed = post(asks, "choose", worker=city.social_worker.worker.pk).content.decode()
    assert reverse("supervision:ask", args=[session.pk]) in listed
    assert post(asks, "ask", session.pk, because="A complaint.", hours="2").status_code == 302
    number = Release.objects.get().pk
    assert WORDS["feelings"] not in text_of(asks, "release", number, personal="read")
    assert "A complaint." in text_of(confirms, "release", number)
    assert post(confirms, "release", number, act="confirm").status_code == 302
    assert WORDS["feelings"] not in text_of(confirms, "release", number, personal="read")
    assert WORDS["feelings"] in text_of(asks, "release", number, personal="read")
    mine = text_of(city.social_worker, "mine")
    assert "Somebody was let into your supervision." in mine
    assert "A complaint." in mine
    assert post(city.social_worker, "mine", release=number).status_code == 302
    assert "Somebody was let into your supervision." not in text_of(city.social_worker, "mine")
    with clock.clock_at(MORNING + timedelta(hours=3)):
        assert WORDS["feelings"] not in text_of(asks, "release", number, personal="read")


def test_who_covers_is_said_to_the_worker_and_to_who_covers(city):
    from rightplace.services.supervision.tests.test_lines import away

    away(
        city.assessment_manager,
        MORNING.date(),
        MORNING.date() + timedelta(days=9),
        city.other_assessment_manager,
    )
    assert city.other_assessment_manager.worker.name in text_of(city.social_worker, "mine")
    assert "Whom you cover today" in text_of(city.other_assessment_manager, "team")
    assert page_of(city.other_assessment_manager, "plan", city.social_worker.worker.pk).status_code == 200
    assert page_of(city.other_family_support_manager, "plan", city.social_worker.worker.pk).status_code == 404


def test_a_supervisor_reads_the_line_that_the_own_manager_reads(city):
    """Hours given, sessions put off, training: the manager of managers sees nothing that the supervisor does not."""
    held(city.social_worker, city.assessment_manager, days_ago=9, minutes=90)
    name = city.assessment_manager.worker.name
    line = rf"{name}.*?</tr>"
    above = re.search(line, text_of(city.head_of_service, "assurance"), re.S)
    own = re.search(line, text_of(city.assessment_manager, "mine").partition("You as a supervisor")[2], re.S)
    assert above is not None
    assert own is not None
    cells = [re.findall(r"<td.*?</td>", found.group(0), re.S) for found in (above, own)]
    assert cells[0] == cells[1]
    assert "1.5" in "".join(cells[1])
    assert "You as a supervisor" not in text_of(city.social_worker, "mine")


def test_pages_that_are_opened_seldom_are_shown_too(city):
    session = signed(city.social_worker, city.assessment_manager)
    waits = planned(city.social_worker, city.assessment_manager)
    nia = child_with(city)
    first = personal.opened(city.assessment_manager.actor, session)[0]
    assert "Put it off" in text_of(city.assessment_manager, "session", waits.pk)
    assert "Put" in text_of(city.assessment_manager, "put-off", waits.pk)
    assert "Correct what you wrote" in text_of(city.assessment_manager, "correct", session.pk, first.number)
    assert "A decision about" in text_of(city.assessment_manager, "decide", waits.pk, nia)
    assert "Everybody is supervised as usual." in text_of(city.head_of_service, "lines")
    assert "Plan a session with Ned Low" in text_of(
        city.assessment_manager, "plan", city.social_worker.worker.pk
    )


def test_an_agenda_shows_the_children_who_call_and_keeps_the_others_to_be_opened(city):
    child_with(city)
    session = planned(city.social_worker, city.assessment_manager)
    today = text_of(city.assessment_manager, "session", session.pk)
    assert "Children to talk about first" not in today
    assert "1 more child: nothing late" in today
    with clock.clock_at(MORNING + timedelta(days=30)):
        later = text_of(city.assessment_manager, "session", session.pk)
    assert "Children to talk about first" in later
    assert "more child" not in later


def test_a_leader_says_who_supervises_and_writes_down_training_and_what_was_seen(city):
    head, manager = city.head_of_service, city.assessment_manager
    begins = {"begins_day": "4", "begins_month": "3", "begins_year": "2026", "because": "conflict"}
    said = {
        "worker": city.social_worker.worker.pk,
        "supervisor": city.other_assessment_manager.worker.pk,
        **begins,
    }
    assert post(head, "lines", **said).status_code == 302
    said = {
        "act": "observed",
        "words": "She waited for the answer.",
        "on_day": "2",
        "on_month": "3",
        "on_year": "2026",
    }
    assert post(head, "supervisor", manager.worker.pk, **said).status_code == 302
    day = {"day_day": "2", "day_month": "2", "day_year": "2026"}
    assert (
        post(head, "supervisor", manager.worker.pk, act="trained", course="first", **day).status_code == 302
    )
    assert "She waited for the answer." in text_of(manager, "mine")
    assert "She waited" not in text_of(city.director, "supervisor", manager.worker.pk)
    assert page_of(head, "supervisor", city.social_worker.worker.pk).status_code == 404


def test_a_child_s_workers_are_for_the_team_that_answers_and_for_leaders(city):
    nia = child_with(city)
    for who, code in (
        (city.assessment_manager, 200), (city.head_of_service, 200), (city.director, 200),
        (city.other_assessment_manager, 404), (city.social_worker, 404), (city.front_door_manager, 404),
    ):  # fmt: skip
        assert page_of(who, "workers", nia).status_code == code, who.worker.name
    assert "1 worker in twelve months, 1 in all" in text_of(city.assessment_manager, "workers", nia).replace(
        "One", "1"
    )


@pytest.mark.parametrize(
    ("who", "name"),
    [("social_worker", "mine"), ("assessment_manager", "team"), ("head_of_service", "releases"),
     ("head_of_service", "assurance"), ("director", "assurance")],
)  # fmt: skip
def test_a_page_asks_ten_questions_and_keeps_its_time(city, who, name):
    held(city.social_worker, city.assessment_manager, days_ago=9)
    client, address = sign_in(Client(), getattr(city, who)), reverse(f"supervision:{name}")
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    own = [
        q["sql"]
        for q in asked.captured_queries
        if not q["sql"].startswith(OWN) and "set_config" not in q["sql"]
    ]
    assert len(own) <= (13 if name == "assurance" else 10), "\n".join(own)
    assert pace.keeps(0.02 if name == "assurance" else 0.015, lambda: client.get(address))


def test_a_session_s_page_keeps_its_budget(city):
    for _ in range(3):
        child_with(city)
    session = planned(city.social_worker, city.assessment_manager)
    client = sign_in(Client(), city.assessment_manager)
    address = reverse("supervision:session", args=[session.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    own = [
        q["sql"]
        for q in asked.captured_queries
        if not q["sql"].startswith(OWN) and "set_config" not in q["sql"]
    ]
    assert len(own) <= 22, "\n".join(own)
