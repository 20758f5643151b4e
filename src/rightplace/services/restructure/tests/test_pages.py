"""Who sees which page, that nobody concerned is named on one, and what the pages cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rightplace.domain.restructuring import Outcome, impact
from rightplace.foundation.organisation.programme import actions as programmes
from rightplace.foundation.organisation.programme.hooks import Counted
from rightplace.services.restructure import actions, declaring
from rightplace.services.restructure.impacts import alike, impacts_of, protected_posts
from rightplace.services.restructure.models import ReasonStep
from rightplace.services.restructure.presenters.figures import LEFT_OUT, counted_rows
from rightplace.services.restructure.tests.conftest import BEGAN, ROLE
from rightplace.testing import pace
from rightplace.testing.organisation import sign_in

OWN = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
PAGES = ("programme", "structure", "stages", "evaluations", "equality", "consultation")


def page_of(who, name, *numbers):
    return sign_in(Client(), who).get(reverse(f"restructure:{name}", args=numbers))


def text_of(who, name, *numbers):
    answer = page_of(who, name, *numbers)
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_those_who_see_programmes_open_each_page_and_nobody_concerned_is_named(change):
    number, city = change.programme.pk, change.city
    concerned = [each.name for each in change.workers]
    for who in (city.director, city.human_resources, city.head_of_service, city.family_support_manager):
        for name in PAGES:
            said = text_of(who, name, number)
            assert not [each for each in concerned if each in said], name
    for who in (city.union_observer, city.lead_member, city.analyst, city.family_support_worker, city.school,
                city.assessment_manager):  # fmt: skip
        for name in PAGES:
            assert page_of(who, name, number).status_code == 404, (who.worker.name, name)


def test_a_manager_sees_the_programmes_that_touch_the_own_team(change):
    assert change.programme.title in text_of(change.city.family_support_manager, "programmes")
    assert change.programme.title not in text_of(change.city.assessment_manager, "programmes")


def test_figures_are_for_observers_without_names_and_without_the_other_pages(change):
    for who in (
        change.city.union_observer,
        change.city.lead_member,
        change.city.analyst,
        change.city.director,
    ):
        said = text_of(who, "figures", change.programme.pk)
        assert "24 posts become 16" in said
        assert not [each for each in change.workers if each.name in said]
    assert page_of(change.city.human_resources, "figures", change.programme.pk).status_code in (200, 404)
    assert page_of(change.city.family_support_worker, "figures", change.programme.pk).status_code == 404


def test_a_worker_reads_what_it_means_for_the_own_post_and_nobody_elses(change):
    own = text_of(change.city.family_support_worker, "own")
    assert change.old[0].reference in own
    assert f"Out of it comes: {ROLE} in Family help" in own
    assert "Results are not published" in own
    assert change.old[1].reference not in own
    assert "concerns your post" in text_of(change.city.social_worker, "own")
    assert page_of(change.city.social_worker, "declare", change.programme.pk).status_code == 404


def test_what_somebody_declares_is_never_shown_again_even_to_oneself(change):
    client = sign_in(Client(), change.city.family_support_worker)
    address = reverse("restructure:declare", args=[change.programme.pk])
    assert client.post(address, {"disability": "disabled"}).status_code == 302
    assert 'value="disabled" selected' not in client.get(address).content.decode()
    everybody = [each.pk for each in change.workers]
    assert declaring.counted(change.programme.pk, "disability", everybody, [])["disabled"] == (1, 0)
    said = text_of(change.city.director, "equality", change.programme.pk)
    assert "left out" in said
    assert ">1<" not in said


def test_the_director_is_refused_with_the_list_and_then_publishes(change, shown):
    client, address = (
        sign_in(Client(), change.city.director),
        reverse("restructure:publish", args=[change.programme.pk]),
    )
    assert sign_in(Client(), change.city.human_resources).get(address).status_code == 404
    answer = client.post(address, {"words": "Letters are out."})
    assert answer.status_code == 422
    assert "no dated evidence of “flaws and causes”" in answer.content.decode()
    shown()
    assert client.post(address, {"words": "Letters are out."}).status_code == 302
    assert "Letters are out." in text_of(change.city.family_support_worker, "own")


def test_human_resources_writes_a_step_and_its_evidence_on_the_pages(change):
    client, number = sign_in(Client(), change.city.human_resources), change.programme.pk
    day = {"on_day": "5", "on_month": "1", "on_year": "2026"}
    step = {"act": "reason", "kind": "flaw", "words": "Two teams.", "line": "", "figure": ""}
    assert client.post(reverse("restructure:programme", args=[number]), step | day).status_code == 302
    assert ReasonStep.objects.get().line == 1
    show = {"act": "show", "shows": "case|flaws and causes|", "reference": "D/1"}
    assert client.post(reverse("restructure:stages", args=[number]), show | day).status_code == 302
    assert "flaws and causes, Mon 5 Jan 2026 (D/1)" in text_of(change.city.director, "stages", number)
    manager = sign_in(Client(), change.city.family_support_manager)
    assert manager.post(reverse("restructure:stages", args=[number]), show | day).status_code == 404


def test_a_programme_is_begun_with_its_first_day_or_not_at_all(city):
    client = sign_in(Client(), city.human_resources)
    said = {
        "title": "One desk",
        "purpose": "One answer.",
        "begins_day": "3",
        "begins_month": "3",
        "begins_year": "2026",
    }
    wrong = {"first_day_day": "1", "first_day_month": "1", "first_day_year": "2026"}
    assert client.post(reverse("restructure:begin"), said | wrong).status_code == 422
    assert actions.Programme.objects.count() == 0
    assert client.post(reverse("restructure:begin"), said).status_code == 302
    assert actions.Programme.objects.get().title == "One desk"


@pytest.mark.parametrize(
    ("who", "name", "most"),
    [("director", "programmes", 10), ("director", "programme", 14), ("human_resources", "stages", 10),
     ("human_resources", "consultation", 15), ("director", "structure", 12), ("family_support_worker", "own", 15),
     ("director", "evaluations", 10), ("human_resources", "costs", 11), ("human_resources", "clock", 12),
     ("director", "equality", 15)],
)  # fmt: skip
def test_a_page_asks_few_questions_and_keeps_its_time(change, shown, who, name, most):
    shown("moderated")
    client = sign_in(Client(), getattr(change.city, who))
    address = reverse(
        f"restructure:{name}", args=[] if name in ("programmes", "own") else [change.programme.pk]
    )
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    own = [q["sql"] for q in asked if not q["sql"].startswith(OWN) and "set_config" not in q["sql"]]
    assert len(own) <= most, "\n".join(own)
    assert pace.keeps(0.03, lambda: client.get(address))


def test_what_is_left_out_at_one_stage_is_left_out_at_all_of_them():
    one = impact("x", {"a": Outcome(appointed=3, displaced=40), "b": Outcome(appointed=30, displaced=40),
                       "c": Outcome(appointed=50, displaced=40), "d": Outcome(appointed=60, displaced=60)})  # fmt: skip
    two = impact("x", {"a": Outcome(appointed=20, displaced=23), "b": Outcome(appointed=30, displaced=40),
                       "c": Outcome(appointed=50, displaced=40), "d": Outcome(appointed=60, displaced=60)})  # fmt: skip
    hidden = {line.group for line in one.lines if line.pool is None}
    assert "a" in hidden
    assert not [line for line in two.lines if line.pool is None]
    for each in alike([one, two]):
        assert {line.group for line in each.lines if line.pool is None} == hidden


def test_a_small_pool_shows_nothing_at_all(change):
    for each in change.programme.posts.filter(side="old")[:10]:
        each.delete()
    found = impacts_of(change.programme, protected_posts(change.programme), {})
    assert found and all(not each.impacts and "Fewer than 20" in each.none for each in found)


def test_a_programme_of_another_year_concerns_nobody_today(change):
    programmes.end_programme(
        programme=change.programme, on=BEGAN.replace(month=3, day=3), by=change.city.director.actor
    )
    assert "concerns your post" in text_of(change.city.family_support_worker, "own")


def test_a_small_part_cannot_be_worked_out_from_the_whole_and_the_other_parts():
    told = counted_rows(Counted(says="people under review", parts={"placed": 27, "sought": 3, "waiting": 0}))
    assert [row.cells[1] for row in told] == [30, LEFT_OUT, LEFT_OUT, 0]
    few = counted_rows(Counted(says="appeals made", parts={"that succeeded": 1, "that did not": 1}))
    assert [row.cells[1] for row in few] == [LEFT_OUT] * 3
    many = counted_rows(Counted(says="people under review", parts={"placed": 21, "sought": 9, "waiting": 0}))
    assert [row.cells[1] for row in many] == [30, 21, 9, 0]
