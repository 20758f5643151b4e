"""The pages of assessment: few queries however long the list, kept while typed, and not there for another team."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.organisation import clock
from rightplace.services.assessment.projections import Assessment
from rightplace.services.assessment.tests.assessed import NIA, TOM, begun, waiting, with_the_team
from rightplace.testing.organisation import MORNING, sign_in, small_city
from rightplace.testing.pace import keeps
from tests.scene import without_tokens

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


def queries_of(client, django_assert_max_num_queries, address, most):
    client.get(address)
    with django_assert_max_num_queries(most) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_the_lists_ask_as_often_for_one_child_as_for_many(client, city, django_assert_max_num_queries):
    waiting(city)
    sign_in(client, city.assessment_manager)
    few = {name: queries_of(client, django_assert_max_num_queries, reverse(f"assessment:{name}"), 25)
           for name in ("list", "to-authorise")}  # fmt: skip
    for _ in range(3):
        begun(city, *with_the_team(city, NIA, TOM))
    for name, count in few.items():
        assert queries_of(client, django_assert_max_num_queries, reverse(f"assessment:{name}"), 25) == count


def test_a_list_keeps_to_ten_queries_of_its_own_and_fifteen_milliseconds(client, city):
    """Beside what each request asks: session, account, membership, and the committed audit."""
    waiting(city)
    sign_in(client, city.assessment_manager)
    assert keeps(0.015 * 3, lambda: client.get("/assessments/"))


def test_one_assessment_is_in_the_read_audit_before_it_is_shown(client, city):
    row = waiting(city)
    sign_in(client, city.social_worker)
    assert client.get(reverse("assessment:one", args=[row.id])).status_code == 200
    last = ReadAudit.objects.order_by("-id").first()
    assert row.file in last.files
    assert last.worker == city.social_worker.worker.pk


def test_what_is_typed_is_kept_and_is_nobody_elses(client, city):
    (row,) = begun(city, *with_the_team(city))
    sign_in(client, city.social_worker)
    keep = reverse("assessment:keep", args=[row.id])
    assert client.post(keep, {"analysis": "Half a thought."}).json()["saved"]
    assert b"Half a thought." in client.get(reverse("assessment:write", args=[row.id])).content
    sign_in(client, city.assessment_manager)
    assert b"Half a thought." not in client.get(reverse("assessment:write", args=[row.id])).content
    assert b"Half a thought." not in client.get(reverse("assessment:one", args=[row.id])).content
    assert Assessment.objects.get(id=row.id).waits == 0


def test_nothing_is_kept_once_it_is_signed(client, city):
    row = waiting(city)
    sign_in(client, city.social_worker)
    assert client.post(reverse("assessment:keep", args=[row.id]), {"analysis": "More."}).status_code == 409


def test_what_lacks_a_part_is_said_and_not_signed(client, city):
    (row,) = begun(city, *with_the_team(city))
    sign_in(client, city.social_worker)
    answer = client.post(
        reverse("assessment:write", args=[row.id]), {"do": "sign", "analysis": "All is well."}
    )
    assert answer.status_code == 422
    assert b"Choose at least one indicator" in answer.content
    assert b"All is well." in answer.content


def test_the_writer_is_offered_no_way_to_authorise(client, city):
    """Promise 6: neither a button nor an address."""
    row = waiting(city, by=city.assessment_manager)
    sign_in(client, city.assessment_manager)
    said = client.get(reverse("assessment:one", args=[row.id])).content.decode()
    assert "You wrote this, so somebody else authorises it: it is on the desk of a head of service." in said
    address = reverse("assessment:authorise", args=[row.id])
    assert address not in said
    assert client.get(address).status_code == 404
    assert sign_in(client, city.head_of_service).get(address).status_code == 200


def test_another_team_gets_what_there_is_for_nothing_there(client, city):
    row = waiting(city)
    sign_in(client, city.other_assessment_manager)
    for name in ("one", "write", "authorise"):
        answer = client.get(reverse(f"assessment:{name}", args=[row.id]))
        assert answer.status_code == 404
        assert without_tokens(answer) == without_tokens(client.get("/assessments/no-such-page/"))


def test_my_day_leads_the_manager_to_what_waits(client, city):
    waiting(city)
    sign_in(client, city.assessment_manager)
    assert "Read and authorise" in client.get("/my-day/").content.decode()


def test_no_title_and_no_address_carries_a_name(client, city):
    """Promise 8."""
    row = waiting(city)
    sign_in(client, city.assessment_manager)
    for name in ("one", "authorise"):
        address = reverse(f"assessment:{name}", args=[row.id])
        title = client.get(address).content.decode().partition("<title>")[2].partition("</title>")[0]
        assert "N.H." in title
        assert "Harrow" not in title + address
