"""What the pages of funding say, to whom, and at what price."""

from __future__ import annotations

from datetime import date

import pytest

from rightplace.domain.practice.entries.identity import RelationshipRecorded
from rightplace.foundation.access import reach
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.people.actions import record_relationship
from rightplace.services.funding import actions
from rightplace.services.funding.models import Agreement, Budget, Contribution, Payment, UnitCost
from rightplace.services.funding.projections import FINENESS
from rightplace.services.funding.tests.families import THIS_YEAR, child_of, gave
from rightplace.services.funding.working import year_of_work
from rightplace.testing import pace
from rightplace.testing.organisation import sign_in


def text(answer):
    return answer.content.decode()


def test_what_is_late_stands_first_as_word_shape_and_colour(client, city, agreement):
    first = agreement.contributions.get(term=1)
    actions.record_payment(
        contribution=first, on=date(2025, 6, 20), pence=first.pence, reference="A1", by=city.director.actor
    )
    said = text(sign_in(client, city.head_of_service).get("/funding/"))
    assert "£2,000.00 of 1 agency is late." in said
    assert said.index("late by 123 days") < said.index("late by 3 days")
    assert "rp-tag--late" in said
    assert "1 contribution of 3 paid in full." in said
    assert f"/funding/due/{first.pk}/" not in said


def test_an_analyst_and_a_manager_see_and_do_not_agree(client, city, agreement):
    due = agreement.contributions.get(term=1)
    for person in (city.analyst, city.family_support_manager):
        client = sign_in(client, person)
        for address in ("/funding/", "/funding/agreements/", f"/funding/agreements/{agreement.pk}/", f"/funding/due/{due.pk}/",
                        "/funding/costs/", "/funding/bought/"):  # fmt: skip
            assert client.get(address).status_code == 200
        assert client.get("/funding/agree/").status_code == 404
        assert client.post(f"/funding/due/{due.pk}/", {"act": "pay"}).status_code == 404
        assert "Write down a payment" not in text(client.get(f"/funding/due/{due.pk}/"))


@pytest.mark.parametrize("who", ["social_worker", "school", "front_door_manager", "lead_member"])
def test_nobody_else_finds_funding(client, city, agreement, lark_hill, who):
    client = sign_in(client, getattr(city, who))
    for address in ("/funding/", f"/funding/agreements/{agreement.pk}/", "/funding/bought/", "/our-share/",
                    f"/funding/statements/{lark_hill.pk}/{THIS_YEAR}/"):  # fmt: skip
        assert client.get(address).status_code == 404


def test_a_head_teacher_finds_the_own_statement_and_no_page_of_the_staff(client, city, agreement, lark_hill):
    client = sign_in(client, city.head_teacher)
    said = text(client.get("/our-share/"))
    assert "Lark Hill Primary: its share of family support" in said
    assert client.get("/our-share/2024/").status_code == 200
    for address in ("/funding/", f"/funding/agreements/{agreement.pk}/", "/our-share/1200/",
                    f"/funding/statements/{lark_hill.pk}/{THIS_YEAR}/"):  # fmt: skip
        assert client.get(address).status_code == 404


def test_a_school_without_an_agreement_has_no_share_to_see(client, city):
    head = sign_in(client, city.head_teacher)
    assert "Our share" not in text(head.get("/concerns/"))
    assert head.get("/our-share/").status_code == 404
    assert head.get(f"/our-share/{THIS_YEAR}/pdf/").status_code == 404


def test_an_agreement_is_made_on_the_page(client, city, mill_lane):
    client = sign_in(client, city.head_of_service)
    said = {
        "agency": mill_lane.name, "what_for": "Family support", "begins_day": "1", "begins_month": "4", "begins_year": "2026",
        "share_0": "", "because": "Schools Forum.",
    }  # fmt: skip
    assert client.post("/funding/agree/", said).status_code == 422
    answer = client.post(
        "/funding/agree/", said | {"share_1": "50", "share_2": "33.33", "pence_1": "£1,250.50"}
    )
    made = Agreement.objects.get()
    assert answer.url == f"/funding/agreements/{made.pk}/"
    assert dict(made.shares.values_list("year", "hundredths")) == {2026: 5_000, 2027: 3_333}
    assert sum(made.contributions.values_list("pence", flat=True)) == 125_050


def test_a_payment_is_written_down_taken_back_and_said_anew_on_the_page(client, city, agreement):
    client = sign_in(client, city.head_of_service)
    due = agreement.contributions.get(term=3)
    address = f"/funding/due/{due.pk}/"
    pay = {
        "act": "pay",
        "pay-on_day": "2",
        "pay-on_month": "3",
        "pay-on_year": "2026",
        "pay-pence": "400",
        "pay-reference": "B7",
    }
    assert client.post(address, pay).status_code == 302
    assert "part paid, late by 3 days" in text(client.get(address))
    assert client.post(address, pay).status_code == 422  # the same reference again
    assert client.post(address, {"act": "reverse", "reverse-because": "Wrong school."}).status_code == 302
    assert Payment.objects.count() == 2
    change = {"act": "change", "change-due_day": "31", "change-due_month": "3", "change-due_year": "2026",
              "change-pence": "900", "change-because": "Fewer pupils."}  # fmt: skip
    answer = client.post(address, change)
    assert answer.url != address
    assert "Fewer pupils." in text(client.get(answer.url))
    assert client.get(address).status_code == 404
    assert Contribution.objects.get(pk=due.pk).pence == 100_000


def test_a_cost_and_a_budget_are_set_with_their_source_and_assumed_is_said(client, city, agreement):
    client = sign_in(client, city.head_of_service)
    day = {"price-begins_day": "1", "price-begins_month": "4", "price-begins_year": "2026"}
    price = {"act": "price", "price-grade": "youth_worker", "price-pence": "31.50", "price-source": "A guess",
             "price-assumed": "on", "price-because": "Until finance has one."} | day  # fmt: skip
    assert client.post("/funding/costs/", price).status_code == 302
    assert UnitCost.objects.get(grade="youth_worker").pence == 3_150
    budget = {"act": "budget", "budget-team": city.family_support.pk, "budget-pence": "250000",
              "budget-source": "Budget book", "budget-because": "As voted."}  # fmt: skip
    assert client.post("/funding/costs/?year=2025", budget).status_code == 302
    assert Budget.objects.get().pence == 25_000_000
    said = text(client.get("/funding/costs/?year=2025"))
    assert "Assumed" in said and "A guess" in said
    assert "the budget of Area 9 family support" in said


def test_what_each_pound_bought_adds_up_and_hides_few_children(client, city, agreement, lark_hill):
    for _ in range(3):
        gave(city, [child_of(city, lark_hill.pk)], 60)
    gave(city, [child_of(city, 0)], 30)
    said = text(sign_in(client, city.analyst).get("/funding/bought/"))
    assert "3.50 hours were given to families, at a cost of £140.00." in said
    assert "£20.00 of it was for children of no school" in said
    assert "not shown" in said and ">3<" not in said
    assert "£60.00" in said  # half of three hours


def test_the_pages_keep_their_budgets(client, city, agreement, lark_hill, django_assert_max_num_queries):
    for _ in range(9):
        gave(city, [child_of(city, lark_hill.pk)], 60)
    due = agreement.contributions.first()
    head = sign_in(client, city.head_of_service)
    for address in (
        "/funding/", "/funding/agreements/", f"/funding/agreements/{agreement.pk}/", f"/funding/due/{due.pk}/",
        "/funding/costs/",
    ):  # fmt: skip
        head.get(address)
        with django_assert_max_num_queries(10):
            assert head.get(address).status_code == 200
        assert pace.keeps(0.015, lambda at=address: head.get(at)), address
    with django_assert_max_num_queries(10):
        assert head.get("/funding/bought/").status_code == 200
    client = sign_in(client, city.head_teacher)
    with django_assert_max_num_queries(13):  # ten of its own, and the savepoints of the audit
        assert client.get("/our-share/").status_code == 200


def test_time_and_school_are_written_down_for_the_whole_family(client, city, agreement, lark_hill):
    child, sister = child_of(city, 0, "Asha"), child_of(city, 0, "Bess")
    related = RelationshipRecorded(relation="sister", other_file=sister, same_household=True)
    by = city.social_worker.actor
    record_relationship(file=child, relationship=related, by=by)
    reach.give_reason(file=child, why="other", words="Their worker is away.", by=by)
    client, address = sign_in(client, city.social_worker), f"/child/{child}/time/"
    said = text(client.get(address))
    assert "Bess Invented" in said
    assert "<title>Time and school, AI" in said
    both = {"act": "school", "school-school": lark_hill.pk, "school-children": [child, sister],
            "school-since_day": "5", "school-since_month": "1", "school-since_year": "2026"}  # fmt: skip
    assert client.post(address, both).status_code == 302
    given = {"act": "time", "time-on_day": "2", "time-on_month": "3", "time-on_year": "2026", "time-doing": "visit",
             "time-at_grade": "family_support_worker", "time-children": [child, sister]}  # fmt: skip
    assert "Write how many minutes." in text(client.post(address, given))
    assert client.post(address, given | {"time-lasted": "90"}).status_code == 302
    assert sum(each.parts for each in year_of_work(THIS_YEAR).of_school(lark_hill.pk)) == 90 * FINENESS
    assert ReadAudit.objects.filter(what="funding:time", files=sorted([child, sister])).exists()


def test_a_file_outside_ones_own_work_asks_for_a_reason_before_time_is_written(client, city):
    child = child_of(city, 0)
    answer = sign_in(client, city.social_worker).get(f"/child/{child}/time/")
    assert answer.status_code == 302
    assert "reason" in answer.url
    assert sign_in(client, city.family_support_worker).get(f"/child/{child}/time/").status_code == 404
    assert sign_in(client, city.head_teacher).get(f"/child/{child}/time/").status_code == 404
