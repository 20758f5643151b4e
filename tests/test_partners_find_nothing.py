"""What is sealed, restricted or labelled is found by no partner: on no page, in no file, by no API, no count, no time.

Every partner asks for everything there is for them before a word is planted and again after. A word that stands in an
answer is a leak, and so is an answer that is another than before: a count, a line, an hour more.
"""

from __future__ import annotations

import html
import io
import json
import re
import statistics
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from rightplace.domain.evidence import THRESHOLD
from rightplace.domain.practice.entries import KINDS
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import School
from rightplace.gateways.api.purposes import PURPOSES
from rightplace.gateways.api.tests.telling import System, notice
from rightplace.services.directory.tests.offering import directory
from rightplace.services.familysupport.tests import siblings
from rightplace.services.funding import counting, working
from rightplace.services.funding.models import TermCounted
from rightplace.services.funding.tests.families import child_of, gave, priced
from rightplace.services.funding.tests.test_statements import pdf_text
from rightplace.services.protection.tests import discussed
from rightplace.services.schools import actions as schools
from rightplace.services.signals.taking import take
from rightplace.services.signals.tests.giving import agreed as signals_agreed
from rightplace.services.signals.tests.giving import row
from rightplace.testing.organisation import MORNING, Colleague, postcode_in, session_of
from tests.addresses import LINES, WITH_A_TOKEN
from tests.scene import NOT_THERE, Known, Scene, build
from tests.sealed_words import NOT_PLANTED, WORD, Secrets, body_with_words, plant

pytestmark = pytest.mark.promise
NOT_ASKED = ("account_", "mfa_", "web:", "demo:", "questions:", "access:role")
DEEP = 2
SPRING_IS_TOLD = MORNING + timedelta(days=40)
LINK = re.compile(r'href="(/[^"#]*)')
NEVER_THE_SAME = re.compile(
    rb'(csrfmiddlewaretoken"[^>]*value=")[^"]*|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}'
)
PARTNERS = ("professional referrer", "other school", "head teacher", "police", "partner lead", "health", "housing",
            "provider")  # fmt: skip
ANYBODY = "anybody"


@dataclass
class Asking:
    """Every partner in front of the site, and their systems in front of the API."""

    scene: Scene
    people: dict[str, Colleague]
    systems: dict[str, System]
    keys: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=Client)

    def ask(self, who: str, address: str) -> HttpResponse:
        """One page, as that person or as anybody."""
        self.client.cookies = SimpleCookie()
        if who in self.people:
            if who not in self.keys:
                self.keys[who] = session_of(self.people[who])
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.keys[who]
        answer: Any = self.client.get(address)
        return answer

    def everything(self, who: str, more: tuple[Known, ...] = ()) -> dict[str, bytes]:
        """What everything there is says to somebody, and everything to which that leads."""
        found: dict[str, bytes] = {}
        waiting = list(addresses_of(self.scene, who, more))
        for _ in range(DEEP):
            leads: list[str] = []
            for address in dict.fromkeys(waiting):
                if address in found:
                    continue
                answer = self.ask(who, address)
                found[address] = said(answer)
                if answer.status_code == 200:
                    leads += [html.unescape(each) for each in LINK.findall(found[address].decode())]
            waiting = [each for each in leads if is_a_page(each)]
        return found

    def by_system(self, name: str, more: tuple[Known, ...] = ()) -> dict[str, bytes]:
        """What every operation answers to one token."""
        found: dict[str, bytes] = {}
        for line in sorted(WITH_A_TOKEN):
            for known in (*self.scene.children.values(), *more):
                arguments = LINES[line].takes(self.scene, known) or {}
                if "receipt" in arguments and known.receipt:
                    arguments = {"receipt": known.receipt}
                try:
                    address = reverse(line, kwargs=arguments)
                except Exception:  # an address that takes a number which this child has not
                    continue
                for method in ("get", "post"):
                    if address in found and method == "get":
                        continue
                    answer = self.systems[name].client.generic(
                        method.upper(), address, "{}", "application/json"
                    )
                    found[f"{method} {address}"] = said(answer)
        return found


def is_a_page(address: str) -> bool:
    """Whether a link is one to follow: of this site, and none that ends a session or hurries away."""
    return urlsplit(address).path.startswith("/") and not address.startswith(
        ("/static/", "/leave", "/account", "/role", "/save")
    )


def addresses_of(scene: Scene, who: str, more: tuple[Known, ...]) -> Iterator[str]:
    """Every address that there is, for every child there is."""
    for name, line in LINES.items():
        if name.startswith(NOT_ASKED) or name in WITH_A_TOKEN:
            continue
        for known in (*scene.children.values(), *more):
            arguments = line.takes(scene, known)
            if arguments is not None and (known in more or who in line.who or line.public):
                yield reverse(name, kwargs=arguments)


def said(answer: HttpResponse) -> bytes:
    """All that an answer says: its headers, its text, and the text in a file. What is another each time is left out."""
    body: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    heads = " ".join(
        f"{name}: {value}" for name, value in sorted(answer.headers.items()) if name in ("Location", "Content-Disposition")
    )  # fmt: skip
    if body[:5] == b"%PDF-":
        body = pdf_text(body).encode()
    elif body[:2] == b"PK":
        packed = zipfile.ZipFile(io.BytesIO(body))
        body = b"\n".join(packed.read(name) for name in sorted(packed.namelist()) if "docProps" not in name)
    return f"{answer.status_code} {heads}\n".encode() + NEVER_THE_SAME.sub(rb"\1", body)


def words_in(answers: dict[str, bytes], secrets: Secrets) -> list[str]:
    """The planted words that stand in answers, with where they were planted."""
    return [
        f"{secrets.words[word]} stands at {address}"
        for address, answer in answers.items()
        for word in sorted(set(WORD.findall(html.unescape(answer.decode("utf-8", "replace")).casefold())))
        if word in secrets.words
    ]


def partners_at_work(scene: Scene) -> None:
    """Partners have something to look at: families around whom they work, questions, requests, what they pay and gave."""
    city = scene.city
    family = siblings.begun(city)
    assert family is not None
    discussed.held(city)
    directory()
    lark_hill = city.school.team.agency
    priced(city)
    for _ in range(THRESHOLD + 2):
        gave(city, [child_of(city, lark_hill.pk)], 90)
    counted_again()
    signals_agreed(city, city.school)
    take(lark_hill.pk, [row()], city.school.actor)
    school = School.objects.get(agency=lark_hill)
    schools.ask(school=school, topic="attendance", question="What can we do?", by=city.school.actor)


def counted_again() -> None:
    """As if the year's terms were told for the first time now: what was planted since would show."""
    TermCounted.objects.all().delete()
    with clock.clock_at(SPRING_IS_TOLD):
        counting.count_terms()


@dataclass
class Found:
    """What partners were answered before the words were planted, and after."""

    asking: Asking
    secrets: Secrets
    before: dict[str, dict[str, bytes]]
    after: dict[str, dict[str, bytes]]


@pytest.fixture(scope="module")
def found(kept_rows: str) -> Iterator[Found]:
    with clock.clock_at(MORNING - timedelta(days=1)):
        scene = build()
    with clock.clock_at(MORNING):
        partners_at_work(scene)
    with clock.clock_at(MORNING + timedelta(hours=5)):
        asking = _asking(scene)
        before = everybody_asks(asking)
        secrets = plant(scene.city)
        counted_again()
        after = everybody_asks(asking, tuple(secrets.children))
        yield Found(asking, secrets, before, after)


def _asking(scene: Scene) -> Asking:
    city = scene.city
    people = {who: scene.people[who] for who in PARTNERS if who in scene.people}
    people |= {"health": city.health, "housing": city.housing}
    systems = {}
    for purpose, each in PURPOSES.items():
        owner = city.provider if each.permission == "request.answer" else city.school
        systems[f"{owner.team.agency.name}’s system: {purpose}"] = System(owner, purpose)
    systems["police’s system"] = System(city.police, "contacts:read", "checks:read", "outcomes:read")
    return Asking(scene, people, systems)


def everybody_asks(asking: Asking, hidden: tuple[Known, ...] = ()) -> dict[str, dict[str, bytes]]:
    """Every partner, anybody, and every system; of hidden children too, once there are any."""
    asked = {who: asking.everything(who, hidden) for who in (*PARTNERS, ANYBODY)}
    return asked | {name: asking.by_system(name, hidden) for name in asking.systems}


def test_a_hundred_entries_of_every_kind_with_text_were_planted(found):
    secrets = found.secrets
    could = {
        kind.kind
        for kind in KINDS.values()
        if kind.kind not in NOT_PLANTED and body_with_words(kind, Secrets(), "")
    }
    assert secrets.entries >= 100
    assert could - secrets.kinds == set(), "\n".join(secrets.refused)


def test_no_partner_finds_a_planted_word(found, figure):
    leaks = [
        f"{who}: {leak}" for who, answers in found.after.items() for leak in words_in(answers, found.secrets)
    ]
    assert leaks == [], "\n".join(leaks[:40])
    answers = sum(map(len, found.after.values()))
    figure(
        f"partners: {len(found.secrets.words):,} words in {found.secrets.entries} entries of {len(found.secrets.kinds)} "
        f"kinds; {answers:,} answers to {len(found.after)} partners and systems; 0 found"
    )


def test_every_count_and_every_line_is_as_it_was_before(found):
    other = [
        f"{who} is told something else at {address}"
        for who, answers in found.before.items()
        for address, answer in answers.items()
        if found.after[who].get(address) != answer and not address.startswith("post ")
    ]
    other += [
        f"{who} is led on to {address}"
        for who, answers in found.after.items()
        for address in sorted(set(answers) - set(found.before[who]))
        if answers[address].startswith(b"200") or b" 200 " in answers[address][:20]
    ]
    assert other == [], "\n".join(other[:40])


def test_the_partners_pages_are_really_shown(found):
    """Else they show nothing at all, and the tests above prove nothing."""
    shown = {
        who: sum(each.startswith(b"200") for each in answers.values()) for who, answers in found.after.items()
    }
    assert min(shown[who] for who in PARTNERS) >= 5, shown
    whole = b" ".join(found.after["head teacher"].values())
    assert any(address.endswith(("pdf/", "sheet/")) for address in found.after["head teacher"])
    assert b"Lark Hill" in whole
    assert any(b"Fernley" in answer for answer in found.after["police"].values())


# time ---------------------------------------------------------------------------------------------------------------

TIMES = 9


def test_what_is_sealed_is_answered_as_soon_as_what_is_not_there(found, figure):
    asking, sealed = found.asking, found.secrets.children[0]
    worst = 0.0
    with clock.clock_at(MORNING + timedelta(hours=5)):
        for who, name, one, other in (
            ("professional referrer", "frontdoor:concern", sealed.concern, NOT_THERE),
            ("head teacher", "familysupport:shared", sealed.file, NOT_THERE),
            ("police", "frontdoor:concern", sealed.concern, NOT_THERE),
        ):
            addresses = [reverse(name, args=[number]) for number in (one, other)]
            pairs = [[_seconds(asking.ask, [], who, a) for a in addresses] for _ in range(TIMES)]
            worst = max(worst, _apart(pairs))
        system = asking.systems["police’s system"]
        receipts = [sealed.receipt, "2222-2222"]
        pairs = [[_seconds(system.state, [], r) for r in receipts] for _ in range(TIMES)]
        worst = max(worst, _apart(pairs))
    figure(f"partners: what is sealed and what is not there differ by {worst * 1000:.1f} ms at most")


def test_telling_of_a_sealed_child_takes_as_long_as_telling_of_a_stranger(found):
    """Also signals: what is told of a sealed child is answered in the same words and the same time."""
    city, words = found.asking.scene.city, {where: word for word, where in found.secrets.words.items()}
    name = {
        "given": words["given name, sealed"],
        "family": words["family name, sealed"],
        "born": "2014-05-06",
    }
    strange = {"given": "Vesper", "family": "Quillfeather", "born": "2014-05-06"}
    address = {"line": f"9 {words['street, sealed']} Row", "postcode": postcode_in(1, 40)}
    contacts, signals = System(city.police), System(city.school, "signals:write")
    pairs, answers = [], []
    for number in range(5):
        pair = []
        for child in (name, strange):
            sent = notice(sender_id=f"n{number}{child['family']}", children=[child], address=address)
            given = row(
                f"{number}{child['family']}", **child, address=address["line"], postcode=address["postcode"]
            )
            pair.append(_seconds(contacts.send, answers, sent))
            pair.append(_seconds(signals.give, answers, "signals", {"signals": [given]}))
        pairs += [[pair[0], pair[2]], [pair[1], pair[3]]]
    assert {answer.status_code for answer in answers} == {200, 201}
    assert len({json.dumps(sorted(json.loads(answer.content))) for answer in answers}) == 2
    assert abs(statistics.median(one - other for one, other in pairs)) < 0.125, pairs


def _seconds(ask: Callable[..., Any], answers: list[Any], *what: Any) -> float:
    began = time.perf_counter()
    answers.append(ask(*what))
    return time.perf_counter() - began


def _apart(pairs: list[list[float]]) -> float:
    apart = abs(statistics.median(one - other for one, other in pairs))
    usual = statistics.median(other for _, other in pairs)
    assert apart < max(0.004, usual / 2), f"{apart * 1000:+.1f} ms"
    return apart


# what would be caught -----------------------------------------------------------------------------------------------


def asked_again(found: Found, who: str, name: str, **arguments: int) -> dict[str, bytes]:
    """One page as it answers now."""
    address = reverse(name, kwargs=arguments)
    with clock.clock_at(MORNING + timedelta(hours=5)):
        return {address: said(found.asking.ask(who, address))}


def test_hours_of_sealed_children_in_a_schools_share_are_caught(found, monkeypatch):
    everybody = counting.OF_SCHOOL.replace(working.AT_SCHOOL, "s.person = t.person")
    monkeypatch.setattr(counting, "OF_SCHOOL", everybody)
    counted_again()
    answers = asked_again(found, "head teacher", "funding:own-year", year=2025)
    (address,) = answers
    assert answers[address] != found.before["head teacher"][address]


def test_a_word_in_a_file_or_a_header_is_caught():
    secrets = Secrets()
    word = secrets.word("name, sealed")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr("sheet1.xml", f"<v>{word.upper()}</v>")
    for answer in (
        HttpResponse(packed.getvalue()),
        HttpResponse(headers={"Content-Disposition": f'filename="{word}.pdf"'}),
        HttpResponse(f"<p>{word}</p>"),
    ):
        assert words_in({"/": said(answer)}, secrets) == ["name, sealed stands at /"]
