"""Who sees which page, that names stay where they belong, that readings are recorded, and what the pages cost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.organisation import clock
from rightplace.services.recruitment import candidates, initiatives, leavings, voices
from rightplace.services.recruitment.models import Candidate, Initiative, Vacancy, Voice
from rightplace.services.recruitment.tests.conftest import TODAY, advertised, ago, seated
from rightplace.testing import pace
from rightplace.testing.organisation import sign_in

OWN = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def page_of(who, name, *numbers):
    return sign_in(Client(), who).get(reverse(f"recruitment:{name}", args=numbers))


def text_of(who, name, *numbers):
    answer = page_of(who, name, *numbers)
    assert answer.status_code == 200, name
    return answer.content.decode()


def day(name, on=TODAY):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_names_of_candidates_are_seen_by_their_manager_and_human_resources_and_it_is_recorded(
    city, vacancy, applied
):
    candidate = applied()
    before = ReadAudit.objects.count()
    for who in (city.human_resources, city.assessment_manager, city.head_of_service):
        assert "Perdita Swann" in text_of(who, "vacancy", vacancy.pk)
        assert "Perdita Swann" in text_of(who, "candidate", candidate.pk)
    assert ReadAudit.objects.count() == before + 6
    assert "Perdita" not in text_of(city.director, "vacancy", vacancy.pk)
    assert page_of(city.director, "candidate", candidate.pk).status_code == 404
    for who in (city.other_assessment_manager, city.social_worker, city.union_observer, city.analyst):
        assert page_of(who, "vacancy", vacancy.pk).status_code == 404
        assert page_of(who, "candidate", candidate.pk).status_code == 404


def test_the_pipeline_shows_a_manager_the_own_vacancies(city, vacancy):
    advertised(city, city.family_support)
    assert "2 vacancies are on the way" in text_of(city.human_resources, "pipeline")
    assert "1 vacancy is on the way" in text_of(city.assessment_manager, "pipeline")
    assert "No vacancy is on its way" in text_of(city.other_assessment_manager, "pipeline")


def test_human_resources_takes_a_candidate_through_by_the_pages(city, vacancy):
    client = sign_in(Client(), city.human_resources)
    address = reverse("recruitment:vacancy", args=[vacancy.pk])
    client.post(
        address, {"act": "candidate", "name": "Orla Fenn", "contact": "", **day("on"), "sex": "female"}
    )
    candidate = Candidate.objects.get()
    own = reverse("recruitment:candidate", args=[candidate.pk])
    assert client.post(own, {"act": "step", **day("on")}).status_code == 302
    one = client.post(own, {"act": "panel", "workers": [city.assessment_manager.worker.pk], **day("on")})
    assert one.status_code == 422
    assert "at least 2" in one.content.decode()
    both = [city.assessment_manager.worker.pk, city.head_of_service.worker.pk]
    assert client.post(own, {"act": "panel", "workers": both, **day("on")}).status_code == 302
    for who in (city.assessment_manager, city.head_of_service):
        assert "Orla Fenn" in text_of(who, "panels")
        said = {"act": "word", "appointable": "yes", "reasons": "Knows the work."}
        assert sign_in(Client(), who).post(own, said).status_code == 302
    for _ in range(2):
        assert client.post(own, {"act": "step", **day("on")}).status_code == 302
    assert client.post(own, {"act": "check", "code": "dbs", **day("on")}).status_code == 302
    assert client.post(own, {"act": "lost", "because": "check_slow", **day("on")}).status_code == 302
    assert "A check took too long (1)" in text_of(city.director, "pipeline")
    assert sign_in(Client(), city.assessment_manager).post(own, {"act": "lost"}).status_code in (404, 422)


def test_a_worker_answers_the_own_interview_and_nobody_else_opens_it(city):
    voices.offer_interview(
        worker=city.social_worker.worker,
        kind="exit",
        answer_by=TODAY + timedelta(7),
        by=city.human_resources.actor,
    )
    voice = Voice.objects.get()
    client, own = sign_in(Client(), city.social_worker), reverse("recruitment:my-interview", args=[voice.pk])
    assert "Ingrid Voss reads it, and nobody else" in text_of(city.social_worker, "my-interview", voice.pk)
    assert client.post(own, {"act": "answer", "answer_0": "Nights.", "quote": ""}).status_code == 302
    assert "Nights." in text_of(city.social_worker, "my-interview", voice.pk)
    assert "Nights." in text_of(city.human_resources, "interview", voice.pk)
    for who in (city.director, city.head_of_service, city.assessment_manager, city.information_governance):
        assert page_of(who, "interview", voice.pk).status_code == 404
        assert page_of(who, "my-interview", voice.pk).status_code == 404
    hr = sign_in(Client(), city.human_resources)
    address = reverse("recruitment:interview", args=[voice.pk])
    assert hr.post(address, {"act": "code", "themes": ["workload"], "quote_under": ""}).status_code == 302
    assert "Workload" not in text_of(city.director, "themes").split("<main", 1)[1]
    assert client.post(own, {"act": "back"}).status_code == 302
    assert "Nights." not in text_of(city.social_worker, "my-interview", voice.pk)


def test_notice_hands_over_and_the_last_day_frees_the_seat(city):
    seated(city, city.social_worker)
    client = sign_in(Client(), city.human_resources)
    client.post(reverse("recruitment:leavers"), {"act": "notice", "worker": city.social_worker.worker.pk, "reason": "1",
                                                 **day("given_on", ago(20)), **day("last_day", ago(0))})  # fmt: skip
    told = text_of(city.assessment_manager, "leavers")
    number = int(re.search(r'href="/leavers/(\d+)/"', told)[1])
    assert "Children allocated" in text_of(city.assessment_manager, "leaver", number)
    assert page_of(city.other_assessment_manager, "leaver", number).status_code == 404
    own = reverse("recruitment:leaver", args=[number])
    assert client.post(own, {"act": "exit"}).status_code == 302
    assert client.post(own, {"act": "last"}).status_code == 302
    assert "The last day is recorded" in text_of(city.human_resources, "leaver", number)


def test_an_initiative_that_cannot_be_compared_fairly_says_so(city):
    by = city.head_of_service.actor
    initiatives.begin_initiative(
        title="A day of study", aim="keep", begins=ago(30), cost=500_000, expected="Two fewer leavers a year",
        because="Leavers named it", teams=[city.assessment], by=by,
    )  # fmt: skip
    told = text_of(city.director, "initiative", Initiative.objects.get().pk)
    assert "cannot be compared fairly" in told
    assert "£5,000 a year" in told
    assert page_of(city.social_worker, "initiatives").status_code == 404
    assert "Begin the initiative" not in text_of(city.assessment_manager, "initiatives")


def test_lists_behind_figures_show_a_manager_the_own_team_only(city):
    for who in (city.social_worker, city.front_door_worker):
        seated(city, who)
        notice = leavings.take_notice(worker=who.worker, given_on=ago(30), last_day=ago(2), reason="1",
                                      by=city.human_resources.actor)  # fmt: skip
        leavings.record_last_day(notice=notice, by=city.human_resources.actor)
    assert city.front_door_worker.worker.name in text_of(city.human_resources, "retention-list", "turnover")
    own = text_of(city.assessment_manager, "retention-list", "turnover")
    assert city.social_worker.worker.name in own
    assert city.front_door_worker.worker.name not in own
    assert page_of(city.human_resources, "retention-list", "anything").status_code == 404


@pytest.mark.parametrize(
    ("who", "name"),
    [("human_resources", "pipeline"), ("assessment_manager", "pipeline"), ("director", "retention"),
     ("head_of_service", "initiatives"), ("human_resources", "leavers"), ("human_resources", "interviews"),
     ("social_worker", "my-interviews"), ("director", "themes"), ("assessment_manager", "panels")],
)  # fmt: skip
def test_a_page_asks_ten_questions_and_keeps_its_time(city, vacancy, applied, who, name):
    applied(upto="accepted")
    seated(city, city.social_worker)
    client, address = sign_in(Client(), getattr(city, who)), reverse(f"recruitment:{name}")
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    own = [
        q["sql"] for q in asked.captured_queries
        if not q["sql"].startswith(OWN) and "set_config" not in q["sql"] and "access_read_audit" not in q["sql"]
    ]  # fmt: skip
    assert len(own) <= 10, "\n".join(own)
    assert pace.keeps(0.015, lambda: client.get(address))


def test_a_spreadsheet_goes_out_and_every_row_comes_back(city, vacancy, applied):
    from rightplace.services.recruitment import sheets

    candidate = applied()
    by = city.human_resources.actor
    out = page_of(city.human_resources, "candidates-sheet").content
    told = sheets.take_sheet(out, by=by)
    assert [row.outcome for row in told.rows] == ["known already"]
    assert b"PK" in page_of(city.assessment_manager, "sheet").content
    assert page_of(city.assessment_manager, "candidates-sheet").status_code == 404
    lines = [
        "Candidate,Vacancy,Name,Applied,Shortlisted,Offered,Lost on,Lost because",
        f"{candidate.pk},,,,{ago(20)},,,",
        f",{vacancy.pk},Orla Fenn,{ago(10)},,,{ago(1)},Withdrew: pay",
        f",{vacancy.pk},=cmd(),{ago(90)},,,,",
        "999999,,,,,,,",
        f"{candidate.pk},,,,,{ago(2)},,",
    ]
    told = sheets.take_sheet("\n".join(lines).encode(), by=by, trial=True)
    assert [row.outcome for row in told.rows] == ["taken", "taken", "refused", "refused", "refused"]
    assert Candidate.objects.count() == 1
    sheets.take_sheet("\n".join(lines).encode(), by=by)
    assert Candidate.objects.count() == 2
    assert all(row.says for row in told.rows if row.outcome == "refused")


def test_vacancies_come_in_from_a_spreadsheet(city):
    from rightplace.services.recruitment import sheets
    from rightplace.services.recruitment.tests.conftest import post_in

    post = post_in(city, city.assessment)
    text = f"Reference,Seat,Opened,Because\n{post.reference},1,{ago(5)},A worker left\nP99999,1,{ago(5)},x\n"
    told = sheets.take_sheet(text.encode(), by=city.human_resources.actor)
    assert [row.outcome for row in told.rows] == ["taken", "refused"]
    assert Vacancy.objects.get().opened_on == ago(5)
    assert [row.outcome for row in sheets.take_sheet(text.encode(), by=city.human_resources.actor).rows] == [
        "known already", "refused",
    ]  # fmt: skip


def test_a_deleted_candidate_has_no_name_on_any_page(city, vacancy, applied):
    candidate = applied()
    candidates.lose_candidate(
        candidate=candidate, because="withdrew_pay", on=TODAY, by=city.human_resources.actor
    )
    with clock.clock_at(clock.now() + timedelta(days=200)):
        assert "Perdita" not in text_of(city.human_resources, "vacancy", vacancy.pk)
        assert "Perdita" not in text_of(city.human_resources, "candidate", candidate.pk)
