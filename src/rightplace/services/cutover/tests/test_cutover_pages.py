"""Who sees which page of a cut-over, what it says, and what it costs."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.foundation.access.models import ReadAudit
from rightplace.services.cutover import planning
from rightplace.services.cutover.models import Cutover, FamilyMove
from rightplace.services.cutover.tests.families import Scene, accepted, planned, rehearsed
from rightplace.testing.organisation import Colleague, sign_in


def at(name: str, *args: int) -> str:
    return reverse(f"cutover:{name}", args=args)


def told(who: Colleague, address: str, code: int = 200) -> str:
    answer = sign_in(Client(), who).get(address)
    assert answer.status_code == code, answer.content.decode()[-2000:]
    return str(answer.content.decode())


def offered(scene: Scene):
    cutover = planned(scene)
    planning.offer_families(cutover=cutover, by=scene.city.head_of_service.actor)
    return cutover


def test_a_head_of_service_takes_a_cut_over_from_the_programme_to_a_plan(scene: Scene):
    cutover = planned(scene)
    programme = cutover.programme
    FamilyMove.objects.all().delete()
    cutover.delete()
    client = sign_in(Client(), scene.city.head_of_service)
    page = client.post(at("all"), {"programme": programme.pk}, follow=True).content.decode()
    assert "There is no plan yet" in page
    number = Cutover.objects.get(programme=programme).pk
    page = client.post(at("cutover", number), {"act": "plan"}, follow=True).content.decode()
    assert "Offer 3 families to the new teams" in page
    page = client.post(at("cutover", number), {"act": "offer"}, follow=True).content.decode()
    assert "3 families: waiting for the new team’s manager." in page
    refused = client.post(at("cutover", number), {"act": "begin"})
    assert refused.status_code == 422
    assert "This plan has not been rehearsed." in refused.content.decode()


def test_the_receiving_manager_accepts_the_list_in_one_conversation(scene: Scene):
    cutover = offered(scene)
    client = sign_in(Client(), scene.manager)
    address = at("receive", cutover.pk, scene.old.pk)
    page = client.get(address).content.decode()
    assert "Accept 3 families" in page
    assert "Asha Thornbury" in page
    empty = client.post(address, {})
    assert "Say with whom of the old team you spoke." in empty.content.decode()
    spoke = {"spoke_with": scene.city.family_support_manager.worker.pk, "spoke_on_day": "3", "spoke_on_month": "3",
             "spoke_on_year": "2026"}  # fmt: skip
    done = client.post(address, spoke, follow=True).content.decode()
    assert "Your team answers for them from" in done
    assert set(cutover.families.values_list("state", flat=True)) == {"accepted"}


def test_one_family_is_sent_back_from_its_own_page_and_the_others_wait_on(scene: Scene):
    cutover = offered(scene)
    row = cutover.families.first()
    assert row is not None
    client = sign_in(Client(), scene.manager)
    empty = client.post(at("family", row.pk), {"act": "back"})
    assert "Say why your team cannot take the family." in empty.content.decode()
    client.post(at("family", row.pk), {"act": "back", "why": "hours"})
    assert sorted(cutover.families.values_list("state", flat=True)) == ["offered", "offered", "sent_back"]
    page = told(scene.city.head_of_service, at("families", cutover.pk))
    assert "The worker has no room for the family." in page


def test_whoever_plans_chooses_another_worker_and_it_is_offered_again(scene: Scene):
    cutover = offered(scene)
    row = cutover.families.exclude(worker=scene.new_worker.worker).first()
    assert row is not None
    client = sign_in(Client(), scene.city.head_of_service)
    place = f"{scene.new.pk}-{scene.new_worker.worker.pk}"
    client.post(at("family", row.pk), {"act": "choose", "place": place})
    row.refresh_from_db()
    assert (row.state, row.worker_id) == ("proposed", scene.new_worker.worker.pk)


def test_what_names_children_is_written_in_the_audit(scene: Scene):
    cutover = offered(scene)
    row = cutover.families.get(children__contains=[scene.families[0][0]])
    told(scene.manager, at("family", row.pk))
    found = ReadAudit.objects.filter(what="cutover:family").last()
    assert found is not None
    assert set(found.files) == set(scene.families[0])


def test_another_manager_and_a_worker_find_nothing_there(scene: Scene):
    cutover = offered(scene)
    row = cutover.families.first()
    assert row is not None
    for who in (scene.city.assessment_manager, scene.city.family_support_worker, scene.city.analyst):
        for address in (
            at("cutover", cutover.pk),
            at("family", row.pk),
            at("receive", cutover.pk, scene.old.pk),
        ):
            told(who, address, 404)


def test_a_manager_sees_what_is_proposed_only_once_it_is_offered(scene: Scene):
    cutover = planned(scene)
    told(scene.manager, at("cutover", cutover.pk), 404)
    planning.offer_families(cutover=cutover, by=scene.city.head_of_service.actor)
    assert "waiting for the new team’s manager" in told(scene.manager, at("cutover", cutover.pk))


def test_a_worker_reads_on_my_day_that_families_come_and_names_only_of_those_already_known(scene: Scene):
    cutover = planned(scene)
    accepted(scene, cutover)
    FamilyMove.objects.update(worker=scene.new_worker.worker)
    assert "Your families in the new structure" in told(scene.new_worker, reverse("desk:my-day"))
    page = told(scene.new_worker, at("coming"))
    assert "1 child" in page
    assert "Thornbury" not in page


def test_a_rehearsal_report_says_what_was_looked_at(scene: Scene):
    cutover = planned(scene)
    assert rehearsed(scene, cutover)
    report = cutover.rehearsals.get()
    page = told(scene.city.head_of_service, at("rehearsal", report.pk))
    assert "always exactly one team" in page
    assert "every family moved" in page


@pytest.mark.parametrize("name", ["all", "cutover", "families", "receive", "mine", "family"])
def test_each_page_keeps_its_budget_of_questions(scene: Scene, name: str, django_assert_max_num_queries):
    cutover = offered(scene)
    row = cutover.families.first()
    assert row is not None
    args = {
        "cutover": [cutover.pk],
        "families": [cutover.pk],
        "receive": [cutover.pk, scene.old.pk],
        "family": [row.pk],
    }
    manages = name in ("receive", "mine")
    client = sign_in(Client(), scene.manager if manages else scene.city.head_of_service)
    client.get(at(name, *args.get(name, [])))
    with django_assert_max_num_queries(15 if name == "cutover" else 12):
        assert client.get(at(name, *args.get(name, []))).status_code == 200
