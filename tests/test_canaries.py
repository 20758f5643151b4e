"""Words planted in what is restricted, sealed, labelled or withdrawn; then every page is asked for as everybody.

None is found by those who may not: not on a page, in a search, in the API, in an error, a title, a header or a log.
"""

from __future__ import annotations

import html
import json
import logging
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from rightplace.foundation.organisation import clock
from rightplace.gateways.api.tokens import make_token
from rightplace.logs import JsonLines
from rightplace.services.supervision.tests import test_found_nowhere as supervised
from rightplace.testing.organisation import MORNING, session_of
from tests import scene_of_today as today
from tests.addresses import LINES
from tests.reading_rules import LABELS_READ
from tests.scene import LABELLED, RELATIONS, Scene, build, label_words, withdraw
from tests.scene_of_help import KEPT, SHARED
from tests.who_may import DOOR, HEAD, READ_STORIES, SUPPORT, TOLD_BY_THE_SCHOOL, finds, told_of

pytestmark = pytest.mark.promise
FOLLOWED = 15
PERSONAL, PREPARED = "personal part of a supervision:", "what somebody prepares for a supervision"
SUPERVISED = {"social worker"}
LOOKED_FOR = ("own", "other team", "restricted", "sealed")
AS_IT_WAS = "?on_day=3&on_month=3&on_year=2026&known=then"
NOT_WALKED = ("account_", "mfa_", "web:leave", "api:", "demo:")
LINK = re.compile(r'(?:href|action|src)="([^"]+)"')
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


class Kept(logging.Handler):
    """Every line that the program writes to its log, as it is written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@dataclass
class Crawl:
    """What everybody was answered, searched for the planted words as it came."""

    scene: Scene
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    found: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    outside: list[str] = field(default_factory=list)
    where: dict[tuple[str, str], str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    links: set[str] = field(default_factory=set)
    session: int = 0

    def ask(self, who: str, key: str, address: str, posted: dict[str, str] | None = None) -> str:
        self.client.cookies = SimpleCookie()
        if key:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = key
        answer = self.client.get(address) if posted is None else self.client.post(address, posted)
        return self.look(who, address, answer)

    def look(self, who: str, address: str, answer: HttpResponse) -> str:
        """Search one answer; what stands outside its text may hold no planted word at all."""
        self.met["answers"] += 1
        if answer.status_code >= 500 and answer.status_code != 503:
            self.failed.append(f"{who}: {address} ({answer.status_code})")
        text = html.unescape(answer.content.decode("utf-8", "replace"))
        heads = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
        title = TITLE.search(text)
        self.links = set(LINK.findall(text))
        aside = " ".join([heads, title.group(1) if title else "", *self.links])
        folded, folded_aside = text.casefold(), aside.casefold()
        for kind, word in self.scene.planted.items():
            if word.casefold() in folded:
                self.found[kind].add(who)
                self.where.setdefault((kind, who), address)
            if word.casefold() in folded_aside:
                self.outside.append(f"{kind} stands in a title, address or header: {address}, for {who}")
        return text


@pytest.fixture(scope="module")
def crawled(kept_rows: str) -> Iterator[tuple[Crawl, list[str]]]:
    with clock.clock_at(MORNING):
        crawl, kept = Crawl(build()), Kept()
        crawl.session = say_in_supervision(crawl.scene)
    with clock.clock_at(MORNING + timedelta(hours=1)):
        today.go_on(crawl.scene)
    with clock.clock_at(MORNING + timedelta(days=1)):
        withdraw(crawl.scene)
        root, levels = logging.getLogger(), {}
        root.addHandler(kept)
        for name in ("", "django.request", "rightplace.request", "rightplace.security", "rightplace.outbox"):
            logger = logging.getLogger(name)
            levels[name] = logger.level
            logger.setLevel(logging.DEBUG if name else logging.INFO)
        try:
            for who, person in crawl.scene.people.items():
                walk(crawl, who, session_of(person))
            walk(crawl, "nobody", "")
            ask_the_api(crawl)
        finally:
            root.removeHandler(kept)
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)
        yield crawl, kept.lines


def say_in_supervision(scene: Scene) -> int:
    """A supervision with a word in each kind of its personal part, and one that is being prepared. Gives its number."""
    session = supervised.planted(scene.city, scene.children["own"].file)
    scene.planted |= {f"{PERSONAL} {kind}": word for kind, word in supervised.SAID.items()}
    scene.planted[PREPARED] = supervised.DRAFTED
    return int(session.pk)


def walk(crawl: Crawl, who: str, key: str) -> None:
    """Give a reason for every child, ask for every page, search for everybody, follow what pages lead to."""
    scene, asked, leads = crawl.scene, set(), set()
    for known in scene.children.values():
        crawl.ask(who, key, reverse("access:reason", args=[known.file]), {"why": "cover"})
    for name, line in LINES.items():
        if name.startswith(NOT_WALKED):
            continue
        for known in scene.children.values():
            arguments = line.takes(scene, known)
            if arguments is not None and (who in line.who or line.public):
                address = reverse(name, kwargs=arguments)
                if address in asked:
                    continue
                asked.add(address)
                crawl.ask(who, key, address)
                leads |= {urlsplit(link)._replace(fragment="").geturl() for link in crawl.links}
    pages = sorted(
        link for link in leads - asked if link.startswith("/") and not link.startswith(("/static/", "/leave"))
    )
    for address in pages[:FOLLOWED]:
        crawl.ask(who, key, html.unescape(address))
    for address in (
        reverse("frontdoor:contact", args=[scene.neighbours]),
        reverse("frontdoor:decide", args=[scene.neighbours]),
        reverse("desk:entry", args=[scene.children["own"].file, scene.misfiled]),
        reverse("desk:story", args=[scene.children["own"].file]) + AS_IT_WAS,
        reverse("disclosure:of-child", args=[scene.children["own"].file]),
        *(reverse("protection:" + name, args=[scene.strategy]) for name in ("one", "minutes", "asked-one")),
        reverse("schools:question", args=[scene.question]),
        reverse("schools:answer", args=[scene.question]),
        reverse("supervision:session", args=[crawl.session]) + "?personal=read",
        reverse("supervision:session", args=[crawl.session + 1]),
    ):
        crawl.ask(who, key, address)
    search(crawl, who, key)
    go_wrong(crawl, who, key)


def search(crawl: Crawl, who: str, key: str) -> None:
    """Search for each child by name and by street. What one typed oneself is on the page, and is no find."""
    for relation in LOOKED_FOR if who in LINES["desk:find"].who else LOOKED_FOR[-1:]:
        for kind in (f"family name {relation}", f"street {relation}"):
            word = crawl.scene.planted[kind]
            for name in ("desk:find", "frontdoor:telephone"):
                held = {each: set(whom) for each, whom in crawl.found.items()}
                crawl.ask(who, key, reverse(name), {"words": word})
                if who not in held.get(kind, set()):
                    crawl.found[kind].discard(who)


def go_wrong(crawl: Crawl, who: str, key: str) -> None:
    """Error pages: of addresses that are not there, methods that are not taken, and numbers out of range."""
    for address in (
        f"/no-such-page/?q={who}",
        reverse("desk:story", args=[2**63]),
        "/child/x/",
        "/figures/no-such/",
    ):
        crawl.ask(who, key, address)
    for known in (crawl.scene.children[relation] for relation in ("own", "sealed")):
        crawl.ask(who, key, reverse("desk:note", args=[known.file]), {"text": ""})
        crawl.ask(who, key, reverse("caseflow:close", args=[known.file]), {"reasons": ""})
        crawl.ask(who, key, reverse("frontdoor:decide", args=[known.concern]), {"do": "decide"})


def ask_the_api(crawl: Crawl) -> None:
    """Each agency's own system, asking for every receipt there is."""
    city = crawl.scene.city
    for who in ("professional referrer", "other school", "police"):
        agency = crawl.scene.people[who].team.agency
        _, token = make_token(agency=agency, name="System", by=city.administrator.actor)
        headers = {"Authorization": f"Bearer {token}"}
        for known in crawl.scene.children.values():
            address = reverse("api:contact", kwargs={"receipt": known.receipt})
            crawl.look(who, address, Client().get(address, headers=headers))
        wrong = Client().post(reverse("api:contacts"), "{", content_type="application/json", headers=headers)
        crawl.look(who, "api:contacts", wrong)


# who may see which word ---------------------------------------------------------------------------------------------


def may_see(kind: str, who: str) -> bool:
    """The rules of reading, for each kind of planted word."""
    if kind.startswith("withdrawn"):
        return False
    if kind.startswith(PERSONAL):
        return who in SUPERVISED | {"team manager", "head of service"}
    if kind == PREPARED:
        return who in SUPERVISED
    role = "team manager" if who == "other team manager" else who
    reads_own = who in READ_STORIES and finds(who, "own")
    if kind in ("protected address", "corrected protected address"):
        return reads_own and "protected address" in LABELS_READ[role]
    if kind in {label_words(label) for label in LABELLED}:
        return reads_own and kind in LABELS_READ[role]
    if kind.startswith("informant "):
        return who in DOOR | HEAD
    if kind in today.TOLD_TO_THE_POLICE or kind == today.SAID_BY_THE_POLICE:
        return reads_own or who in ("police", "partner lead")
    if kind in today.WITHIN:
        return reads_own
    if kind == today.ASKED_OF_THE_LINK:
        return who in SUPPORT | HEAD or who in ("professional referrer", "head teacher")
    if kind == "answer of the police":
        return who in DOOR | HEAD or who in ("police", "partner lead")
    what, relation = next((kind.removesuffix(f" {r}"), r) for r in RELATIONS if kind.endswith(f" {r}"))
    return may_see_of_child(what, relation, who)


FINDS_ONLY = {"information governance officer"}


def may_see_of_child(what: str, relation: str, who: str) -> bool:
    told = told_of(who, relation)
    reads = who in READ_STORIES and finds(who, relation)
    if what in ("given name", "family name", "street"):
        return told or ((who in READ_STORIES or who in FINDS_ONLY) and finds(who, relation))
    if what == "note":
        # whoever may withdraw an entry reads it first
        return reads or (who in FINDS_ONLY and finds(who, relation))
    if what in (SHARED, KEPT):
        given = what == SHARED and who in ("professional referrer", "head teacher")
        return given or reads or (who in FINDS_ONLY and finds(who, relation))
    at_the_door = who in HEAD | DOOR and not (relation == "sealed" and who in DOOR)
    if what == "reasons":
        return reads or at_the_door
    return told or reads or at_the_door


def test_no_planted_word_is_found_by_who_may_not_see_it(crawled, figure):
    crawl, _ = crawled
    leaks = [
        f"{kind} was seen by {who}, at {crawl.where[kind, who]}"
        for kind, whom in sorted(crawl.found.items())
        for who in sorted(whom)
        if who == "nobody" or not may_see(kind, who)
    ]
    assert leaks == [], "\n".join(leaks)
    seen = sum(map(len, crawl.found.values()))
    figure(
        f"canaries: {len(crawl.scene.planted)} planted words, {crawl.met['answers']:,} answers to "
        f"{len(crawl.scene.people) + 1} people, {seen} rightful sightings; 0 leaks"
    )


NO_PAGE = {
    "staff voice": "no role reads it: its person does, and the one reader who was named before (row security)"
}


def test_the_words_are_found_by_somebody_who_may_see_them(crawled):
    """Else the pages show nothing at all, and the test above proves nothing."""
    crawl, _ = crawled
    people = set(crawl.scene.people)
    lacking = [
        kind
        for kind in crawl.scene.planted
        if not crawl.found.get(kind) and any(may_see(kind, who) for who in people) and kind not in NO_PAGE
    ]
    assert lacking == []
    for relation in TOLD_BY_THE_SCHOOL - {"sealed"}:
        assert "professional referrer" in crawl.found[f"text for the referrer {relation}"]
        assert "professional referrer" not in crawl.found[f"reasons {relation}"]


def test_no_page_failed_on_the_way(crawled):
    assert crawled[0].failed == []


def test_titles_addresses_and_headers_hold_no_planted_word(crawled):
    assert crawled[0].outside == []


def test_the_log_holds_no_name_no_words_no_address_and_no_query(crawled, figure):
    crawl, lines = crawled
    assert len(lines) > 500
    whole = "\n".join(lines).casefold()
    assert [kind for kind, word in crawl.scene.planted.items() if word.casefold() in whole] == []
    names = [person.worker.name for person in crawl.scene.people.values()]
    assert [name for name in names if name.casefold() in whole] == []
    told = [json.loads(line) for line in lines]
    requests = [line for line in told if line["from"] == "rightplace.request"]
    assert len(requests) > 500
    assert {key for line in requests for key in line} <= {
        "at", "level", "from", "event", "request", "route", "method", "code", "milliseconds", "user",
    }  # fmt: skip
    numbers = {str(known.file) for known in crawl.scene.children.values()}
    wrong = re.compile(r"\?|/child/|/front-door/|/concerns/|" + "|".join(numbers))
    assert [line for line in lines if wrong.search(line)] == []
    figure(f"log: {len(lines):,} lines of the crawl; no name, no words, no address, no query in any")


# what would be caught -----------------------------------------------------------------------------------------------


def test_a_page_that_names_a_hidden_child_is_caught(crawled):
    crawl, _ = crawled
    other = Crawl(crawl.scene)
    word = crawl.scene.planted["family name sealed"]
    other.look(
        "social worker", "/child/1/", HttpResponse(f"<title>A. B.</title><p>A sister: {word.upper()}</p>")
    )
    assert other.found == {"family name sealed": {"social worker"}}
    assert not may_see("family name sealed", "social worker")
    other.look("social worker", "/child/1/", HttpResponse(f"<title>{word}</title>"))
    other.look("social worker", "/child/1/", HttpResponse(f'<a href="/find/?q={word}">again</a>'))
    other.look(
        "social worker", "/child/1/", HttpResponse(headers={"Content-Disposition": f'filename="{word}.pdf"'})
    )
    assert len(other.outside) == 3


def test_a_story_that_names_a_brother_whose_file_is_sealed_is_caught(crawled, monkeypatch):
    from rightplace.foundation.people.projections import Person
    from rightplace.overview.desk import story

    crawl, _ = crawled
    everybody = {person.person: f"{person.given} {person.family}" for person in Person.objects.all()}
    monkeypatch.setattr(
        story, "_names_seen", lambda actor, persons: {f: everybody[p] for f, p in persons.items()}
    )
    other, person = Crawl(crawl.scene), crawl.scene.people["social worker"]
    with clock.clock_at(MORNING + timedelta(days=1)):
        other.ask(
            "social worker",
            session_of(person),
            reverse("desk:story", args=[crawl.scene.children["own"].file]),
        )
    assert other.found["family name sealed"] == {"social worker"}
