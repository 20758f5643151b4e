"""Whatever is sent to whatever address, the answer is a refusal in JSON: never a fault of ours."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rightplace.foundation.access.roles import role_of
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.gateways.api.operations import purposes_by_operation
from rightplace.gateways.api.purposes import PURPOSES
from rightplace.gateways.api.tests.telling import NOTICE, System, notice
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.signals.tests.giving import agreed

pytestmark = pytest.mark.django_db
MANY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
EVERY = sorted((path, method) for (path, method), purpose in purposes_by_operation().items() if purpose)
WRITES = [(path, method) for path, method in EVERY if method != "GET"]
ASKS = [path for path, method in EVERY if method == "GET"]
odd = st.text(max_size=40) | st.sampled_from(
    ["\x00", "\ud800", "🦊", "'; DROP TABLE", "9" * 40, "-1", "1e999", "a" * 5000]
)
plain = st.none() | st.booleans() | st.integers() | st.floats() | odd
anything = st.recursive(
    plain, lambda one: st.lists(one, max_size=4) | st.dictionaries(odd, one, max_size=4), max_leaves=12
)
KEYS = st.sampled_from([
    "sender_id", "children", "saw", "signals", "known", "answer", "answered_by", "name", "content", "attachments",
    "referrer", "lawful_basis", "kind", "noticed", "words", "given", "family", "address",
])  # fmt: skip
bodies = st.dictionaries(KEYS | odd, anything, max_size=8)


@pytest.fixture
def systems(city) -> dict[str, System]:
    agreed(city, city.school)
    school = role_of(RoleCode.PROFESSIONAL_REFERRER).permissions
    own = [name for name, purpose in PURPOSES.items() if purpose.permission not in school]
    rest = [name for name in PURPOSES if name not in own]
    return dict.fromkeys(own, System(city.provider, *own)) | dict.fromkeys(rest, System(city.school, *rest))


def system_for(systems: dict[str, System], path: str, method: str) -> System:
    return systems[purposes_by_operation()[path, method]]


def is_refused_in_json(answer) -> bool:
    if answer.status_code < 300:
        return True
    told = json.loads(answer.content)
    return answer.status_code < 500 and set(told) == {"said", "problems"} and bool(told["said"])


@pytest.mark.parametrize(("path", "method"), WRITES)
@MANY
@given(body=bodies, number=odd)
def test_any_json_is_answered(systems, path, method, body, number):
    system = system_for(systems, path, method)
    address = "/api/v1/" + re.sub(r"\{[^}]*\}", "7", path)
    try:
        text = json.dumps(body)
    except ValueError:
        return
    answer = getattr(system.client, method.lower())(address, text, content_type="application/json")
    assert is_refused_in_json(answer), (answer.status_code, text)


@pytest.mark.parametrize(("path", "method"), WRITES)
@MANY
@given(body=st.binary(max_size=300))
def test_any_bytes_are_answered(systems, path, method, body):
    address = "/api/v1/" + re.sub(r"\{[^}]*\}", "7", path)
    client = system_for(systems, path, method).client
    answer = getattr(client, method.lower())(address, body, content_type="application/json")
    assert is_refused_in_json(answer) and answer.status_code >= 400


@pytest.mark.parametrize("path", ASKS)
@MANY
@given(
    number=odd,
    query=st.dictionaries(st.sampled_from(["since", "waiting", "sender_id", "page", "q"]), odd, max_size=3),
)
def test_any_question_is_answered(systems, path, number, query):
    from urllib.parse import quote

    address = "/api/v1/" + re.sub(
        r"\{[^}]*\}", lambda _: quote(number.encode("utf-8", "replace"), safe=""), path
    )
    said = {key: value.encode("utf-8", "replace").decode() for key, value in query.items()}
    answer = system_for(systems, path, "GET").client.get(address, said)
    assert answer.status_code < 500, (address, said)


@pytest.mark.parametrize(("path", "method"), WRITES)
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000, b'{"a":' * 5_000 + b"1" + b"}" * 5_000, b'{"a": "' + b"x" * 12_000_000 + b'"}', b"{}" * 9,
        b'{"a": 1' + b"0" * 5_000 + b"}", b'{"a": 1e5000}', b"\xff\xfe{}", b'{"sender_id": "\\ud83e"}', b"null", b"1",
    ],
    ids=["lists", "objects", "large", "two", "number", "power", "utf16", "half", "null", "one"],
)  # fmt: skip
def test_what_is_deep_large_or_broken_is_refused(systems, path, method, body):
    address = "/api/v1/" + re.sub(r"\{[^}]*\}", "7", path)
    client = system_for(systems, path, method).client
    answer = getattr(client, method.lower())(address, body, content_type="application/json")
    assert is_refused_in_json(answer) and 400 <= answer.status_code < 500


@MANY
@given(place=st.sampled_from(sorted(NOTICE)), value=anything)
def test_a_notice_with_one_thing_odd_is_taken_whole_or_refused(systems, place, value):
    system = systems["contacts:write"]
    before = Contact.objects.count()
    try:
        text = json.dumps(notice() | {place: value})
    except ValueError:
        return
    answer = system.client.post("/api/v1/contacts", text, content_type="application/json")
    assert is_refused_in_json(answer), (answer.status_code, text)
    assert Contact.objects.count() == before + (answer.status_code == 201)
