"""Who opens which page, what a worker sees first, and what the pages cost."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rightplace.common.caseflow.models import SeenFigures
from rightplace.foundation.organisation import clock
from rightplace.services.performance import objectives
from rightplace.services.performance.models import Thanks
from rightplace.services.performance.tests.conftest import ACCOUNT, CANARY, informal, later
from rightplace.testing import pace
from rightplace.testing.organisation import sign_in

OWN = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def page_of(who, name, *numbers):
    return sign_in(Client(), who).get(reverse(f"performance:{name}", args=numbers))


def text_of(who, name, *numbers):
    answer = page_of(who, name, *numbers)
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_both_read_the_same_step_and_a_colleague_manager_finds_nothing(city):
    matter = informal(city)
    for who in (city.social_worker, city.assessment_manager, city.head_of_service):
        text = text_of(who, "matter", matter.pk)
        assert CANARY in text
        assert ACCOUNT in text
    for who in (city.other_assessment_manager, city.human_resources, city.director, city.front_door_worker):
        assert page_of(who, "matter", matter.pk).status_code == 404
        assert page_of(who, "step", matter.pk, "ended_well").status_code == 404
    assert page_of(city.administrator, "matter", matter.pk).status_code == 404


def test_a_figure_about_a_worker_is_refused_until_the_worker_has_seen_it_and_then_is_the_same(city):
    worker, manager = city.social_worker, city.assessment_manager
    refused = page_of(manager, "figures", worker.worker.pk)
    assert refused.status_code == 422
    assert "has not opened it yet" in refused.content.decode()
    text_of(worker, "my-figures")
    row = SeenFigures.objects.get()
    assert (row.worker_id, row.period) == (worker.worker.pk, date(2026, 2, 1))
    # what the worker saw is what is shown, also when the files say something else by now
    SeenFigures.objects.update(figures={"in_time": 41, "late": 1, "not_known": 2})
    assert "Done in time: 41." in text_of(manager, "figures", worker.worker.pk)
    assert page_of(city.other_assessment_manager, "figures", worker.worker.pk).status_code == 404
    with clock.clock_at(later(31)):
        assert page_of(manager, "figures", worker.worker.pk).status_code == 422


def test_a_manager_begins_support_and_the_worker_answers_on_the_page(city):
    worker, manager = city.social_worker, city.assessment_manager
    begun = sign_in(Client(), manager).post(
        reverse("performance:begin", args=[worker.worker.pk]), {"words": "This.", "help": "That."}
    )
    assert begun.status_code == 302
    mine = text_of(worker, "mine")
    assert "Support with your work" in mine
    assert "read it and answer" in mine
    answered = sign_in(Client(), worker).post(
        begun["Location"], {"act": "sign", "stand": "differs", "account": ""}
    )
    assert "Say how you see it." in answered.content.decode()
    sign_in(Client(), worker).post(begun["Location"], {"act": "sign", "stand": "agrees", "account": ""})
    assert "Nothing waits for you here." in text_of(worker, "mine")
    assert page_of(city.other_assessment_manager, "begin", worker.worker.pk).status_code == 404


def thank_page(who, name="", to=""):
    client, address = sign_in(Client(), who), reverse("performance:thank")
    answer = client.post(address, {"act": "find", "name": name}) if name else client.get(address, {"to": to})
    assert answer.status_code == 200
    return answer.content.decode()


def test_anybody_who_works_here_can_be_thanked_found_by_a_piece_of_the_name(city):
    """Of any team and any role: a worker thanks the director, the director an administrator, a manager a worker."""
    pairs = {
        "social_worker": "director",
        "director": "administrator",
        "assessment_manager": "front_door_worker",
    }
    for by, whom in pairs.items():
        who = getattr(city, whom).worker
        assert who.name not in thank_page(getattr(city, by))
        assert who.name in thank_page(getattr(city, by), name=who.name[1:5].upper())
        said = {"worker": who.pk, "source": "colleague", "words": "You kept your word."}
        assert (
            sign_in(Client(), getattr(city, by)).post(reverse("performance:thank"), said).status_code == 302
        )
        assert Thanks.objects.filter(worker=who).count() == 1
    assert "You kept your word." in text_of(city.front_door_worker, "mine")


def test_whom_a_link_names_is_chosen_already_and_the_own_team_stands_there_at_once(city):
    worker, manager = city.social_worker.worker, city.assessment_manager
    shown = thank_page(manager, to=worker.pk)
    assert re.search(rf'value="{worker.pk}"[^>]*checked', shown)
    assert worker.name in thank_page(manager)
    for nobody in (manager.worker.name, city.police.worker.name, "zzz"):
        assert "Nobody who works here has that in the name." in thank_page(manager, name=nobody)


def test_every_page_of_thanks_and_objectives_is_shown(city):
    made = objectives.propose_objective(
        worker=city.social_worker.worker, words="Lead a group", support="A day a month", review_by=date(2026, 6, 1),
        by=city.assessment_manager.actor,
    )  # fmt: skip
    worker, manager, number = city.social_worker, city.assessment_manager, city.social_worker.worker.pk
    matter = informal(city)
    for who, name, numbers, said in (
        (worker, "propose", (), "Propose an objective"), (manager, "propose-for", (number,), "Propose an objective to"),
        (worker, "objective", (made.pk,), "I agree to this objective"), (manager, "objective", (made.pk,), "End the objective"),
        (manager, "worker", (number,), "Begin support"), (manager, "begin", (number,), "Read by the two of you"),
        (worker, "my-figures", (), "My month in figures"), (manager, "step", (matter.pk, "looked_at"), "Looked at together"),
        (worker, "team-thanks", (), "Nobody of the team has shared thanks yet."),
    ):  # fmt: skip
        assert said in text_of(who, name, *numbers), (name, said)


@pytest.mark.parametrize(
    ("who", "name"),
    [("social_worker", "thank"), ("social_worker", "mine"), ("social_worker", "team-thanks"), ("assessment_manager", "team"),
     ("head_of_service", "team"), ("human_resources", "formal"), ("head_of_service", "formal")],
)  # fmt: skip
def test_a_page_asks_few_questions_and_keeps_its_time(city, who, name):
    informal(city)
    objectives.propose_objective(
        worker=city.social_worker.worker, words="Lead a group", support="", review_by=date(2026, 6, 1),
        by=city.assessment_manager.actor,
    )  # fmt: skip
    client, address = sign_in(Client(), getattr(city, who)), reverse(f"performance:{name}")
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    own = [
        q["sql"]
        for q in asked.captured_queries
        if not q["sql"].startswith(OWN) and "set_config" not in q["sql"]
    ]
    assert len(own) <= 10, "\n".join(own)
    assert pace.keeps(0.015, lambda: client.get(address))
