"""Every address × every role × every relation to a child: opened to those whom the rules name, and not there for others.

The addresses come from the router, the expectations from `addresses.py`: an address without a line there, or one that
says nothing of who may open it, fails. What one may not see is answered byte for byte as if there were nothing.
"""

from __future__ import annotations

import os
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import takewhile
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from django.urls.resolvers import RegexPattern

from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.access.routes import Open
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.tokens import make_token
from rightplace.testing.organisation import MORNING, session_of
from tests.addresses import LINES, WITH_A_TOKEN
from tests.scene import RELATIONS, Scene, build, without_tokens
from tests.who_may import Line, every

pytestmark = pytest.mark.promise
NOBODY_SIGNS_IN = {"member of the public", "rule", "import"}
ANONYMOUS = "nobody"
EVERY_CELL = os.environ.get("PROOF") == "1"
OPENED = {200, 302, 400, 405, 409, 422}


def addresses(resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """The full name of every address that the router knows, and what its view says of who may open it."""
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLResolver):
            yield from addresses(found, (*spaces, found.namespace) if found.namespace else spaces)
        else:
            assert isinstance(found, URLPattern)
            yield (
                ":".join([*spaces, found.name or f"({found.pattern})"]),
                getattr(found.callback, "may", None),
            )


NAMES = sorted({name for name, _ in addresses()})


@dataclass
class Walk:
    """The scene, and everybody in front of it with a browser of their own."""

    scene: Scene
    keys: dict[str, str]
    other_keys: dict[str, str]
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))
    met: Counter[str] = field(default_factory=Counter)
    nothing: dict[tuple[str, str, str], bytes] = field(default_factory=dict)

    def is_as_nothing(self, who: str, method: str, address: str, answer: HttpResponse) -> bool:
        """Whether an answer is the one at an address beside it that nobody knows."""
        # what the frame shows of the address itself, which menu place it is under, tells of nothing that is there
        named = [*takewhile(lambda part: not part.isdigit(), address.strip("/").split("/"))]
        named = named[:-1] if len(named) == address.strip("/").count("/") + 1 else named
        beside = "/".join(("", *named, "no-such-page", ""))
        place = (who, method, beside)
        if place not in self.nothing:
            self.nothing[place] = without_tokens(self.ask(who, method, beside, anew=True))
        return answer.status_code == 404 and without_tokens(answer) == self.nothing[place]

    def ask(self, who: str, method: str, address: str, *, anew: bool = False) -> HttpResponse:
        """One request of that person, in a session of its own where no notice of an earlier answer may wait."""
        self.client.cookies = SimpleCookie()
        if who in self.keys:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = (self.other_keys if anew else self.keys)[who]
        self.met["requests"] += 1
        return getattr(self.client, method)(address)


@pytest.fixture(scope="module")
def walk(kept_rows: str) -> Iterator[Walk]:
    with clock.clock_at(MORNING):
        scene = build()
        yield Walk(
            scene, *({who: session_of(person) for who, person in scene.people.items()} for _ in range(2))
        )


def test_every_address_says_who_may_open_it_and_has_a_line_here():
    silent = [name for name, may in addresses() if may is None]
    assert silent == [], "these addresses say nothing of who may open them"
    assert set(NAMES) - set(LINES) == set(), "these addresses have no line in tests/addresses.py"
    assert set(LINES) - set(NAMES) == set(), "these lines have no address"
    public = {name for name, may in addresses() if may is Open.PUBLIC}
    assert public == {name for name, line in LINES.items() if line.public}


def test_every_role_that_signs_in_walks(walk):
    roles = {person.membership.role for person in walk.scene.people.values()}
    assert {role.name for code, role in ROLES.items() if code not in roles} == NOBODY_SIGNS_IN


@pytest.mark.parametrize("name", NAMES)
def test_an_address_opens_to_those_whom_the_rules_name_and_is_not_there_for_others(walk, name, figure):
    wrong = [fault for who in (*walk.scene.people, ANONYMOUS) for fault in faults(walk, name, who)]
    assert wrong == [], "\n".join(wrong)
    if name == NAMES[-1]:
        met = walk.met
        figure(
            f"routes: {len(NAMES)} addresses × {len(walk.scene.people) + 1} people × {len(RELATIONS)} relations: "
            f"{met['cells']:,} cells, {met['refused']:,} of them not there, {met['requests']:,} requests; 0 wrong"
        )


def faults(walk: Walk, name: str, who: str) -> Iterator[str]:
    """What is not as the rules say when this person asks for this address, for every child."""
    line = LINES[name]
    for relation, known in walk.scene.children.items():
        # who lacks the permission is stopped before the view: one relation shows it, and make proof asks all
        if who not in line.who and not line.public and relation != "own" and not EVERY_CELL:
            continue
        arguments = line.takes(walk.scene, known)
        if arguments is None:
            continue
        walk.met["cells"] += 1
        address = reverse(name, kwargs=arguments)
        if is_opened_to(line, who, relation, bool(arguments)):
            yield from _not_opened(walk, line, name, who, address, relation)
        elif who == ANONYMOUS and not line.public:
            answer = walk.ask(who, "get", address)
            if not _sent_to_sign_in(name, answer):
                yield f"{who} asks {name} ({relation}): {answer.status_code}"
        else:
            walk.met["refused"] += 1
            yield from _shown(walk, name, who, address, relation)


def is_opened_to(line: Line, who: str, relation: str, about_something: bool) -> bool:
    """What is not there is opened to nobody."""
    if line.public and (not about_something or line.opens is every):
        return True
    return relation != "not there" and who in line.who and line.opens(who, relation)


def _not_opened(walk: Walk, line: Line, name: str, who: str, address: str, relation: str) -> Iterator[str]:
    method, answer = "get", walk.ask(who, "get", address)
    if answer.status_code == 405:
        method, answer = "post", walk.ask(who, "post", address)
    sent_away = answer.get("Location", "").startswith(reverse("account_login"))
    fine = {*OPENED, 404} if line.library or name.startswith("demo:") else OPENED
    if answer.status_code not in fine or (sent_away and not line.library):
        yield f"{who} asks {method} {name} ({relation}): {answer.status_code}"


def _shown(walk: Walk, name: str, who: str, address: str, relation: str) -> Iterator[str]:
    for method in ("get", "post") if who in LINES[name].who or EVERY_CELL else ("get",):
        answer = walk.ask(who, method, address, anew=True)
        if name in WITH_A_TOKEN:
            fine = answer.status_code in (401, 405)
        else:
            fine = answer.status_code == 405 or walk.is_as_nothing(who, method, address, answer)
        if not fine:
            yield f"{who} asks {method} {name} ({relation}): {answer.status_code}, and not as where there is nothing"


def _sent_to_sign_in(name: str, answer: HttpResponse) -> bool:
    if name in WITH_A_TOKEN:
        return answer.status_code in (401, 405)
    return answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))


# time, tokens, and what would be caught -----------------------------------------------------------------------------

PAIRS = (
    ("social worker", "desk:story", "file", ("restricted", "sealed")),
    ("social worker", "access:reason", "file", ("sealed",)),
    ("team manager", "caseflow:worker", "file", ("restricted",)),
    ("other school", "frontdoor:concern", "concern", ("own",)),
)
TIMES = 15


def test_what_is_hidden_takes_as_long_as_what_is_not_there(walk, figure):
    worst = 0.0
    for who, name, argument, relations in PAIRS:
        for relation in relations:
            numbers = [getattr(walk.scene.children[each], argument) for each in (relation, "not there")]
            hidden, nothing = (reverse(name, args=[number]) for number in numbers)
            pairs = [(_seconds(walk, who, hidden), _seconds(walk, who, nothing)) for _ in range(TIMES)]
            apart = statistics.median(one - other for one, other in pairs)
            usual = statistics.median(other for _, other in pairs)
            assert abs(apart) < max(0.004, usual / 2), (
                f"{name} ({relation}) takes {apart * 1000:+.1f} ms for {who}"
            )
            worst = max(worst, abs(apart))
    figure(
        f"routes: what is hidden and what is not there differ by {worst * 1000:.1f} ms at most, in {TIMES} pairs each"
    )


def _seconds(walk: Walk, who: str, address: str) -> float:
    began = time.perf_counter()
    assert walk.ask(who, "get", address).status_code == 404
    return time.perf_counter() - began


def test_a_token_opens_what_its_agency_told_and_nothing_else(walk):
    city, children = walk.scene.city, walk.scene.children
    _, token = make_token(agency=city.school.team.agency, name="System", by=city.administrator.actor)

    def ask(receipt: str) -> HttpResponse:
        headers = {"Authorization": f"Bearer {token}"}
        return Client().get(reverse("api:contact", kwargs={"receipt": receipt}), headers=headers)

    assert ask(children["own"].receipt).status_code == 200
    other, nothing = ask(children["other agency"].receipt), ask(children["not there"].receipt)
    assert (other.status_code, other.content) == (nothing.status_code, nothing.content)
    assert other.status_code == 404
    assert dict(other.headers) == dict(nothing.headers)


def test_a_scope_that_hides_nobody_is_caught(walk, monkeypatch):
    from rightplace.foundation.journal import policy
    from rightplace.foundation.journal.models import File

    monkeypatch.setattr(policy, "hidden_persons", lambda actor: File.objects.none().values("person"))
    assert list(faults(walk, "caseflow:worker", "team manager"))


def test_an_address_with_another_permission_is_caught(walk, monkeypatch):
    from rightplace.foundation.access.roles import Analyst

    monkeypatch.setattr(Analyst, "permissions", Analyst.permissions | {"team.see"})
    assert list(faults(walk, "desk:teams", "analyst"))


def test_an_address_that_says_nothing_is_caught():
    resolver = URLResolver(RegexPattern(r"^/"), [path("new/", lambda request: HttpResponse(), name="new")])
    assert list(addresses(resolver)) == [("new", None)]
    assert "new" not in LINES
