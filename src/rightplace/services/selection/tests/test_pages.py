"""Who opens which page, that each reading is recorded, that scorers stay blind, and what pages cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.programme import hooks
from rightplace.services.selection import appealing, deciding, matching, pooling
from rightplace.services.selection.models import Letter, PreferenceList, Run, ScoreSheet
from rightplace.services.selection.tests.test_placing import FURTHER, REASONS, matched
from rightplace.testing import pace
from rightplace.testing.organisation import sign_in

OWN = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def page_of(who, name, *numbers):
    return sign_in(Client(), who).get(reverse(f"selection:{name}", args=numbers))


def text_of(who, name, *numbers):
    answer = page_of(who, name, *numbers)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def send(who, name, *numbers, **typed):
    return sign_in(Client(), who).post(reverse(f"selection:{name}", args=numbers), typed)


@pytest.fixture
def told(scored, jobs, gate_open):
    """Decided and published; the fifth has no place."""
    run = matched(scored)
    pair = [scored.people[2].worker.pk, scored.people[3].worker.pk]
    matching.settle_tie(run=run, job=jobs[0], people=pair, evidence=FURTHER, by=scored.head)
    scored.tied, scored.run = run, matched(scored)
    proposal = deciding.propose(run=scored.run, method="stable", reasons=REASONS, by=scored.hr)
    named = scored.city.human_resources.worker
    deciding.confirm(decision=proposal, reasons="Agreed", named=named, by=scored.head)
    hooks.say_published(scored.programme.pk, scored.city.director.actor)
    return scored


def test_a_person_reads_the_own_letter_scores_and_reasons_and_nobody_elses(told):
    who, other = told.people[4], told.people[0]
    letter = Letter.objects.get(placement__member=told.member(4))
    said = text_of(who, "letter", letter.pk)
    assert "not a dismissal" in said
    assert "until" in said
    assert "Said how" in text_of(who, "own-scores", told.member(4).pk)
    assert page_of(who, "letter-pdf", letter.pk).content.startswith(b"%PDF")
    assert page_of(other, "letter", letter.pk).status_code == 404
    assert page_of(other, "own", told.member(4).pk).status_code == 404
    assert page_of(told.city.assessment_manager, "own-scores", told.member(4).pk).status_code == 404
    assert page_of(told.city.director, "letter", letter.pk).status_code == 404


def test_a_letter_is_not_there_before_it_is_published(told):
    Letter.objects.update(published_at=None)
    assert (
        page_of(told.people[4], "letter", Letter.objects.get(placement__member=told.member(4)).pk).status_code
        == 404
    )


def test_each_reading_of_somebody_is_recorded(told):
    before = ReadAudit.objects.count()
    text_of(told.city.human_resources, "person", told.member(4).pk)
    row = ReadAudit.objects.order_by("-id").first()
    assert ReadAudit.objects.count() == before + 1
    assert row.purpose == f"staff {told.people[4].worker.pk}"


def test_scores_are_read_by_panel_human_resources_moderator_and_hearer_only(told):
    assessment = told.member(4).assessments.get()
    for who in (told.city.human_resources, told.city.head_of_service):
        assert "Said how" in text_of(who, "assessment", assessment.pk)
    for who in (
        told.city.family_support_manager,
        told.city.director,
        told.people[4],
        told.city.union_observer,
    ):
        assert page_of(who, "assessment", assessment.pk).status_code == 404
    appeal = appealing.raise_appeal(
        member=told.member(4), about="result", grounds="Not read.", by=told.people[4].actor
    )
    director = told.city.director
    assert page_of(director, "hearing", appeal.pk).status_code == 404
    appealing.appoint_hearer(appeal=appeal, hearer=director.worker, hearing_on=clock.today(), by=told.hr)
    assert "Said how" in text_of(director, "hearing", appeal.pk)
    assert page_of(told.city.head_of_service, "hearing", appeal.pk).status_code == 404


def test_a_scorer_sees_the_own_sheet_and_no_other_before_all_have_signed(pooled):
    assessment = pooled.assessed(pooled.panel(), 0)
    first, second = ScoreSheet.objects.filter(assessment=assessment).order_by("scorer")
    pooled.sign(first, 5, 5)
    mine = next(who for who in (pooled.city.assessment_manager, pooled.city.other_assessment_manager)
                if who.worker.pk == second.scorer_id)  # fmt: skip
    assert page_of(mine, "sheet", first.pk).status_code == 404
    assert "Said how" not in text_of(mine, "sheet", second.pk)
    assert page_of(mine, "assessment", assessment.pk).status_code == 404
    typed = {"points_families": 4, "evidence_families": "E1", "points_partners": 4, "evidence_partners": "E2"}
    assert send(mine, "sheet", second.pk, act="save", **typed).status_code == 302
    assert send(mine, "sheet", second.pk, act="sign", **typed).status_code == 422
    assert send(mine, "sheet", second.pk, act="sign", no_conflict="on", **typed).status_code == 302
    second.refresh_from_db()
    assert second.signed_at


def test_a_person_names_places_on_the_own_page(pooled, jobs):
    who, number = pooled.people[0], pooled.member(0).pk
    assert send(who, "own-wishes", number, act="wish", job_1=jobs[1].pk, job_2=jobs[0].pk).status_code == 302
    assert PreferenceList.objects.get().jobs == [jobs[1].pk, jobs[0].pk]
    assert jobs[1].team.name in text_of(who, "own", number)
    assert send(pooled.people[1], "own-wishes", number, act="wish", job_1=jobs[0].pk).status_code == 404


def test_a_question_names_places_and_people_only_to_whoever_settles_it(scored):
    run = matched(scored)
    level = scored.people[2].worker.name
    assert level not in text_of(scored.city.human_resources, "run", run.pk)
    assert page_of(scored.city.human_resources, "tie", run.pk, 0).status_code == 404
    assert level in text_of(scored.city.head_of_service, "tie", run.pk, 0)


def test_replay_is_on_the_page(told):
    who = sign_in(Client(), told.city.human_resources)
    answer = who.post(reverse("selection:run", args=[told.run.pk]), {"act": "replay"}, follow=True)
    assert "Replay gives the same bytes" in answer.content.decode()


def test_matching_now_asks_for_a_run_and_says_why_not(scored):
    offer = pooling.open_right(member=scored.member(5), ground="pregnancy", by=scored.hr)
    refused = send(scored.city.human_resources, "exercise", scored.exercise.pk, act="match")
    assert refused.status_code == 422
    assert "offered a vacancy first" in refused.content.decode()
    offer.delete()
    assert send(scored.city.human_resources, "exercise", scored.exercise.pk, act="match").status_code == 302
    assert Run.objects.get().state == Run.State.WAITING


EVERY = (
    "exercises",
    "exercise",
    "people",
    "pool",
    "panel",
    "person",
    "assessment",
    "run",
    "pool-new",
    "panel-new",
    "take",
)


def _pages(told):
    number = told.exercise.pk
    return [
        ("exercises",), ("exercise", number), ("people", number), ("pool", told.member(0).pool_id),
        ("panel", told.exercise.panels.get().pk), ("person", told.member(4).pk),
        ("assessment", told.member(0).assessments.get().pk), ("run", told.run.pk), ("pool-new", number), ("panel-new", number),
        ("take", number), ("sheet-wishes", number), ("sheet-scores", number),
    ]  # fmt: skip


def test_every_page_of_human_resources_is_there_for_them_and_for_no_manager_or_observer(told):
    for name, *numbers in _pages(told):
        assert page_of(told.city.human_resources, name, *numbers).status_code == 200, name
        for who in (told.city.other_assessment_manager,
                    told.city.union_observer, told.people[0], told.city.director):  # fmt: skip
            if name == "assessment" and who is told.city.other_assessment_manager:
                continue
            if name == "exercises" and who is told.city.other_assessment_manager:
                continue
            assert page_of(who, name, *numbers).status_code == 404, (name, who.worker.name)


WAITS = 11
"""A list of lists, as My day is: one question of each of six kinds of things that may wait for human resources."""


@pytest.mark.parametrize(
    ("who", "name", "most"),
    [("human_resources", "people", 10), ("human_resources", "exercise", 12), ("human_resources", "exercises", WAITS),
     ("head_of_service", "exercises", 10), ("human_resources", "panel", 12), ("human_resources", "shares", 10),
     ("human_resources", "mix", 12), ("human_resources", "person", 20), ("assessment_manager", "sheets", 10)],
)  # fmt: skip
def test_a_page_asks_few_questions_and_keeps_its_time(told, who, name, most):
    numbers = {"panel": told.exercise.panels.get().pk, "person": told.member(4).pk}
    client = sign_in(Client(), getattr(told.city, who))
    asked_of = [] if name in ("exercises", "sheets") else [numbers.get(name, told.exercise.pk)]
    address = reverse(f"selection:{name}", args=asked_of)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    own = [q["sql"] for q in asked if not q["sql"].startswith(OWN) and "set_config" not in q["sql"]]
    assert len(own) <= most, "\n".join(own)
    assert pace.keeps(0.030, lambda: client.get(address))


FIGURES = 26
"""What a union observer reads on one page: both structures with money and lineage (five), the evidence of twelve stages
from the rows of the selection (eleven), questions asked, what became of people, and three pools by characteristic."""


def test_a_programmes_figures_are_asked_once_each(told, monkeypatch):
    monkeypatch.setattr(
        "rightplace.services.restructure.queries.published_on", lambda programme: clock.today()
    )
    client = sign_in(Client(), told.city.union_observer)
    address = reverse("restructure:figures", args=[told.programme.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        said = client.get(address).content.decode()
    own = [q["sql"] for q in asked if not q["sql"].startswith(OWN) and "set_config" not in q["sql"]]
    assert len(own) <= FIGURES, "\n".join(own)
    assert len(set(own)) == len(own), "a question is asked twice"
    assert "eople under review" in said
