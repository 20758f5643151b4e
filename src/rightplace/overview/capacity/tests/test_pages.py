"""Who sees which page of capacity, what it says, that no child is in it, and what it costs."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from rightplace.foundation.organisation import clock
from rightplace.overview.capacity import actions, engine
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.recorded import recorded
from rightplace.overview.capacity.tests.conftest import LEAVING, answered, get, text_of
from rightplace.testing import pace
from rightplace.testing.organisation import sign_in

OWN = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
OURS = 'name = "As things are"\nbegins = 2026-03-09\ndays = 364\n'


def test_whoever_plans_asks_whoever_decides_reads_and_nobody_else_finds_anything(city):
    run = answered(city, shared=True)
    plan = (city.head_of_service, city.director, city.analyst, city.human_resources)
    for who in plan:
        assert "Experienced people leave" in text_of(who, "first")
        assert get(who, "ask", "leaving").status_code == 200
    assert "Experienced people leave" not in text_of(city.lead_member, "first")
    assert get(city.lead_member, "ask", "leaving").status_code == 404
    for who in (*plan, city.lead_member):
        assert run.title in text_of(who, "answer", run.pk)
    for who in (city.social_worker, city.assessment_manager, city.union_observer, city.administrator, city.auditor,
                city.school, city.police_lead):  # fmt: skip
        for name, numbers in (("first", ()), ("answers", ()), ("answer", (run.pk,)), ("thresholds", ())):
            assert get(who, name, *numbers).status_code == 404, (who.worker.name, name)


def test_an_answer_is_its_askers_alone_until_it_is_shared(city):
    run = answered(city)
    assert get(city.director, "answer", run.pk).status_code == 404
    assert run.title not in text_of(city.director, "first")
    address = reverse("capacity:answer", args=[run.pk])
    assert sign_in(Client(), city.head_of_service).post(address, {"act": "share"}).status_code == 302
    assert run.title in text_of(city.director, "answer", run.pk)
    for act in ("close", "delete", "longer", "stop", "carefully"):
        assert sign_in(Client(), city.director).post(address, {"act": act}).status_code == 404
    assert Run.objects.filter(pk=run.pk, shared=True).exists()


def test_an_answer_says_the_finding_first_then_shows_pictures_with_tables_and_what_it_hangs_on(city):
    run = answered(city)
    said = text_of(city.head_of_service, "answer", run.pk)
    order = ("In short", "workers in post in South leave", "Worst for children in South", "At its worst, in the four weeks to",
             "Limits also passed more often", "Mostly because fewer people are in post", "This rests most on",
             "Promises that change", "more promises change", "stay as they are", "What the change brings", "How full",
             "What a year costs", "What was asked",
             "Eight of the most experienced workers leave in South, one after another", "How far to trust it")  # fmt: skip
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert "nobody has measured" in said
    assert said.count("<details open") + said.count('cap-fold" open') == 0
    opened = sign_in(Client(), city.head_of_service).get(
        reverse("capacity:answer", args=[run.pk]), {"all": "1"}
    )
    assert opened.content.decode().count('cap-fold" open') == said.count('cap-fold"') == 9
    assert "What this cannot say" in said and "Anything about a child" in said
    assert said.count("<desc") >= 3 * 6
    assert said.count("The same figures as a table") >= 6
    assert "style=" not in said


def test_an_invented_example_is_not_asked_again_from_today_but_of_our_own_service(city):
    said = text_of(city.head_of_service, "answer", answered(city).pk)
    assert "Ask again from today" not in said and "Ask this of our own service" in said
    ours = answered(
        city,
        asked={"scenarios": [OURS, OURS.replace("As things are", "Later")], "day": "2026-03-03", "own": True},
    )
    said = text_of(city.head_of_service, "answer", ours.pk)
    assert "Ask again from today" in said and "Ask this of our own service" not in said


def test_what_is_learnt_from_our_own_record_stands_where_the_answer_begins_and_not_with_what_it_cannot_say(
    city,
):
    run = answered(city)
    Run.objects.update(
        asked=run.asked | {"ours": ["Tried on ourselves: 9 of 10."], "unknown": ["Not known: where."]}
    )
    said = text_of(city.head_of_service, "answer", run.pk)
    order = (
        "It begins from",
        "What of this is learnt from our own record",
        "Tried on ourselves: 9 of 10.",
        "What was asked",
    )
    places = [said.index(words) for words in (*order, "What this cannot say", "Not known: where.")]
    assert places == sorted(places) and said.count("Tried on ourselves") == 1
    assert "learnt from our own record" not in text_of(city.head_of_service, "answer", answered(city).pk)


def test_it_is_said_how_sure_an_answer_is_and_whether_it_can_be_surer(city):
    said = text_of(city.head_of_service, "answer", answered(city).pk)
    assert (
        "possible futures over one year; more would not make it much surer." in said
        and "Work it out more carefully" not in said
    )
    usual = text_of(city.head_of_service, "answer", answered(city, "rising").pk)
    assert "from 60 possible futures over one year; 200 would be surer." in usual
    going = answered(city, "rising", state=Run.State.RUNNING, done=20)
    assert "More are being worked out, 60 in all" in text_of(city.head_of_service, "answer", going.pk)


def test_several_scenarios_stand_beside_each_other(city):
    said = text_of(city.head_of_service, "answer", answered(city, "either").pk)
    assert "A: Ten more in family support" in said
    assert "B: Ten more social workers" in said


def test_the_numbers_go_out_as_a_spreadsheet(city):
    run = answered(city)
    found = get(city.head_of_service, "numbers", run.pk)
    assert found["Content-Disposition"] == f'attachment; filename="capacity-{run.pk}.xlsx"'
    book = load_workbook(BytesIO(found.content), read_only=True)
    assert book.sheetnames == ["What was asked", "Weeks", "Chances", "Differences", "Cost", "Years"]
    weeks = next(book["Weeks"].iter_rows(values_only=True))
    assert "half of futures is below" in weeks and not any("in 100" in heading for heading in weeks)
    chances = list(book["Chances"].iter_rows(values_only=True))
    assert ("Eight experienced people leave", "South") in {row[:2] for row in chances}


def test_the_spreadsheet_holds_every_year_against_its_budget_and_its_saving(city):
    told = deepcopy(recorded("leaving")["answer"])
    year = {
        "begins": "2026-03-09",
        "weeks": 52,
        "pounds": {"low": 1e6, "middle": 2e6, "high": 3e6},
        "chance": 0.75,
    }
    for scenario in told["scenarios"]:
        scenario["cost"] |= {"budget": 2.5e6, "years": [year]}
    told["pairs"][0] |= {"savings": 4e5, "years": [year | {"begins": "2026-03-16", "weeks": 51}]}
    found = get(city.head_of_service, "numbers", answered(city, answer=told).pk)
    book = load_workbook(BytesIO(found.content), read_only=True)
    name = told["pairs"][0]["other"]
    assert list(book["Years"].iter_rows(values_only=True))[2:] == [
        (name, "spent", "2026-03-09", 52, 1e6, 2e6, 3e6, 2.5e6, 0.75),
        (name, "saved", "2026-03-16", 51, 1e6, 2e6, 3e6, 4e5, 0.75),
    ]


def test_without_the_model_answers_are_read_and_asking_is_refused_in_words(city, monkeypatch):
    monkeypatch.setattr(engine, "is_there", lambda: False)
    run = answered(city)
    first = text_of(city.head_of_service, "first")
    assert "The model is not installed here" in first and "make capacity" in first and run.title in first
    assert "In short" in text_of(city.head_of_service, "answer", run.pk)
    address = reverse("capacity:ask", args=["leaving"])
    found = sign_in(Client(), city.head_of_service).post(address, LEAVING)
    assert found.status_code == 422
    assert "make capacity" in found.content.decode()
    assert Run.objects.count() == 1


def test_a_question_is_kept_as_it_was_asked_and_its_page_waits_for_the_worker(city):
    address = reverse("capacity:ask", args=["leaving"])
    found = sign_in(Client(), city.head_of_service).post(address, LEAVING)
    run = Run.objects.get()
    assert found["Location"] == reverse("capacity:answer", args=[run.pk])
    assert run.title == "What happens in South if eight experienced people leave by Easter, Sun 5 Apr 2026?"
    assert (run.by_id, run.state, run.version) == (
        city.head_of_service.worker.pk,
        "waiting",
        engine.version(),
    )
    assert sum(line.startswith("amount") for line in run.asked["scenarios"][1].splitlines()) == 4
    said = text_of(city.head_of_service, "answer", run.pk)
    assert "A first answer is coming" in said
    assert '<meta http-equiv="refresh" content="3">' in said and 'hx-trigger="every 2s"' in said


def test_what_only_one_answer_needs_stands_below_it_and_money_is_folded(city):
    said = text_of(city.head_of_service, "ask", "leaving")
    order = (
        'value="another"',
        "cap-below--another",
        'name="day_day"',
        'name="ahead"',
        "Hold it against a budget",
    )
    places = [said.index(each) for each in order]
    assert places == sorted(places)
    assert '<details class="govuk-details" open>' not in said
    wrong = {"when": "another", "budget": "much"}
    refused = sign_in(Client(), city.head_of_service).post(
        reverse("capacity:ask", args=["leaving"]), LEAVING | wrong
    )
    assert '<details class="govuk-details" open>' in refused.content.decode()


def test_examples_are_called_so_and_stand_after_ones_own(city):
    example = answered(city, example=True, at=clock.now(), title="An invented question")
    own = answered(city, at=clock.now() - timedelta(days=9), title="Asked by me")
    other = answered(city, at=clock.now(), title="By a colleague", by_id=city.director.worker.pk, shared=True)
    said = text_of(city.head_of_service, "first")
    assert [said.index(each.title) for each in (own, other, example)] == sorted(
        said.index(each.title) for each in (own, other, example)
    )
    line = said[said.index(example.title) :]
    assert "An invented service, not ours: " in line and "An example" in line and "by you" not in line
    page = text_of(city.head_of_service, "answer", example.pk)
    assert "An example, to show what an answer looks like." in page
    assert "Delete it now" not in page and "Delete it now" in text_of(city.head_of_service, "answer", own.pk)


def test_a_budget_and_a_saving_are_answered_in_words(city):
    told = deepcopy(recorded("leaving")["answer"])
    for scenario, over in zip(told["scenarios"], (0.3, 0.9), strict=True):
        scenario["cost"] |= {"budget": 34.5e6, "chance_over": over}
    told["pairs"][-1] |= {"savings": 5e5, "chance_saved": 0.2}
    said = text_of(city.head_of_service, "answer", answered(city, answer=told).pk)
    assert (
        "The budget of £34.5 million a year is overspent in 9 of 10 futures, and in 3 of 10 futures as things are."
        in said
    )
    assert "The £500,000 a year to be saved are saved in 2 of 10 futures." in said


@pytest.mark.parametrize("who", ["head_of_service", "director", "analyst"])
def test_whoever_plans_finds_capacity_in_one_look(city, who):
    said = text_of(getattr(city, who), "answers")
    row = said[said.index("govuk-service-navigation") : said.index('id="main"')].partition("rp-further")[0]
    assert reverse("capacity:first") in row


def test_on_a_heads_day_and_beside_the_figures_the_question_is_one_tap_away(city):
    ask = reverse("capacity:ask", args=["leaving"])
    for who, name in ((city.head_of_service, "desk:my-day"), (city.director, "leadership:director")):
        assert ask in sign_in(Client(), who).get(reverse(name)).content.decode()
    assert ask not in sign_in(Client(), city.social_worker).get(reverse("desk:my-day")).content.decode()


def test_two_kept_scenarios_are_held_beside_things_as_they_are(city):
    by = city.head_of_service.actor
    text = 'name = "{0}"\nbegins = 2026-03-09\ndays = 364\n[[change]]\nday = 2026-04-01\nwhat = "managers"\namount = {1}\n'
    kept = [
        actions.keep_scenario(name=name, text=text.format(name, n), by=by).pk
        for name, n in (("Fewer", -2), ("More", 2))
    ]
    address = reverse("capacity:scenarios")
    client = sign_in(Client(), city.head_of_service)
    assert client.post(address, {"chosen": kept[:1]}).status_code == 422
    assert client.post(address, {"chosen": kept}).status_code == 302
    assert len(Run.objects.get().asked["scenarios"]) == 3


def asked_of_the_database(who, name, *numbers):
    client, address = sign_in(Client(), who), reverse(f"capacity:{name}", args=numbers)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return [each["sql"] for each in caught if not each["sql"].startswith(OWN)]


def test_lists_keep_to_ten_questions_and_fifteen_milliseconds(city):
    runs = [answered(city, shared=True) for _ in range(12)]
    for name in ("first", "answers", "scenarios"):
        assert len(asked_of_the_database(city.head_of_service, name)) <= 10, name
    assert len(asked_of_the_database(city.head_of_service, "answer", runs[0].pk)) <= 10
    client, address = sign_in(Client(), city.head_of_service), reverse("capacity:answers")
    assert pace.keeps(0.015, lambda: client.get(address))


def test_thresholds_say_when_there_is_too_little(city):
    said = text_of(city.head_of_service, "thresholds")
    assert "There is too little in the record yet" in said
    assert get(city.human_resources, "thresholds").status_code == 404
