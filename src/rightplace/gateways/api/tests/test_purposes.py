"""A token opens the operations of its purposes and no other; each operation is walked with each purpose."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import RULES
from rightplace.foundation.access.permissions import PERMISSIONS
from rightplace.gateways.api.mounting import NEEDED, Needs, mount
from rightplace.gateways.api.operations import description, purposes_by_operation
from rightplace.gateways.api.purposes import PURPOSES, checked, role_for
from rightplace.gateways.api.tests.telling import System
from rightplace.gateways.api.tokens import make_token

pytestmark = pytest.mark.django_db
OPERATIONS = sorted((path, method, purpose) for (path, method), purpose in purposes_by_operation().items())


def answered(system: System, path: str, method: str) -> int:
    address = "/api/v1/" + re.sub(r"\{[^}]*\}", "1", path)
    sent = {} if method in ("GET", "DELETE") else {"data": "{}", "content_type": "application/json"}
    return getattr(system.client, method.lower())(address, **sent).status_code


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_purpose_opens_its_own_operations_and_no_other(city, purpose):
    system = System(
        {"requests": city.provider, "directory": city.provider, "questions": city.school}.get(
            purpose.partition(":")[0], city.police
        ),
        purpose,
    )
    for path, method, needed in OPERATIONS:
        code = answered(system, path, method)
        if not needed:
            assert code != 401, (path, method)
        elif needed == purpose:
            assert code in (200, 404, 422), (path, method, code)
        else:
            assert code == 403, (path, method, code)


def test_a_refusal_for_the_purpose_says_which_is_needed(city):
    answer = System(city.police, "signals:write").ask("contacts/ABCD-2345")
    assert answer.status_code == 403 and "contacts:read: see where" in answer.json()["said"]


def test_every_purpose_is_needed_somewhere_and_every_operation_says_its_own():
    needed = {purpose for _, _, purpose in OPERATIONS}
    assert needed - {""} == set(PURPOSES)
    paths = description()["paths"]
    for path, method, purpose in OPERATIONS:
        told = paths[f"/api/v1/{path}"][method.lower()]
        assert not purpose or (purpose in told["description"] and told["security"] == [{"token": []}])


def test_each_purpose_stands_on_a_permission_that_some_role_of_a_partner_holds():
    for name, purpose in PURPOSES.items():
        assert purpose.permission in PERMISSIONS
        assert role_for([name])


def test_what_no_one_role_permits_is_two_tokens(city):
    with pytest.raises(Refused, match="one role"):
        make_token(
            agency=city.provider.team.agency,
            name="All",
            by=RULES,
            purposes=["requests:answer", "signals:write"],
        )


def test_a_purpose_that_there_is_not_is_refused():
    with pytest.raises(Refused, match="no purpose children:read"):
        checked(["children:read"])
    with pytest.raises(Refused, match="something"):
        checked([])


def test_a_part_cannot_come_in_without_saying_what_it_needs():
    with pytest.raises(LookupError):
        Needs("contact.raise")
    with pytest.raises(LookupError):
        Needs("contact.raise", get="children:read")
    with pytest.raises(ValueError, match="named twice"):
        mount("again", dict([next(iter(NEEDED.items()))]))


def test_the_description_is_one_and_is_openapi_3_1():
    told = Client().get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    ids = [each["operationId"] for path in told["paths"].values() for each in path.values()]
    assert len(ids) == len(set(ids)) and {"tell", "checks", "answer_check"} <= set(ids)
    named = set(re.findall(r"#/components/schemas/(\w+)", str(told)))
    assert named <= set(told["components"]["schemas"])
