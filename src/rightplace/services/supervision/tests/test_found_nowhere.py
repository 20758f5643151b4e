"""Words planted in personal parts are found in no other channel: no page, file, export, API, search, log, no other table.

Everybody asks for every page there is, as in the canary test of the whole site. Then the gate is opened once, and the
same search finds the words: what is proved is not that nothing was looked at.
"""

from __future__ import annotations

import html
import logging
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from rightplace.foundation.access.audit import begin_new_chain
from rightplace.foundation.organisation import clock
from rightplace.services.supervision import actions, personal, policy
from rightplace.services.supervision.models import Session
from rightplace.services.supervision.releasing import ask_release
from rightplace.services.supervision.tests.child import child_with
from rightplace.services.supervision.tests.held import TODAY, planned
from rightplace.testing.organisation import MORNING, SmallCity, session_of, small_city

SAID = {
    "points": "zorvaneth", "wellbeing": "quimbledar", "feelings": "ostrevayne", "development": "phelmirock",
    "agreed": "drathnoble", "account": "wexilmoor", "corrected": "hulvinquist",
}  # fmt: skip
DRAFTED, REASON = "yarnbecket", "ollerfane"
WORDS = (*SAID.values(), DRAFTED)
FILES = ("/posts/sheet/", "/api/v1/", "/api/v1/contacts/", "/figures/", "/board/")


@pytest.fixture(scope="module")
def told(
    fresh_database: str, django_db_blocker: pytest.FixtureRequest
) -> Iterator[tuple[SmallCity, Session, int]]:
    """A session with a planted word in each kind of the personal part, and one that is being prepared."""
    with django_db_blocker.unblock(), clock.clock_at(MORNING):  # type: ignore[attr-defined]
        begin_new_chain()
        city = small_city()
        nia = child_with(city)
        yield city, planted(city, nia), nia
        connections.close_all()
        begin_new_chain()


def planted(city: SmallCity, nia: int) -> Session:
    worker, manager = city.social_worker, city.assessment_manager
    row = planned(worker, manager)
    actions.share_points(session=row, words=SAID["points"], by=worker.actor)
    actions.decide(session=row, file=nia, decision="Visit.", reasons="Unseen.", by=manager.actor)
    said = {kind: SAID[kind] for kind in ("wellbeing", "feelings", "development", "agreed")}
    actions.sign_as_supervisor(session=row, held_on=TODAY, minutes=60, words=said, by=manager.actor)
    actions.sign_as_worker(session=row, by=worker.actor, account=SAID["account"], themes=["unsaid"])
    first = personal.opened(manager.actor, row)[1]
    actions.correct(session=row, word=first.number, words=SAID["corrected"], by=manager.actor)
    ask_release(session=row, because=REASON, hours=1, by=city.human_resources.actor)
    personal.keep_draft(worker.actor, planned(worker, manager), {"points": DRAFTED})
    row.refresh_from_db()
    return row


def addresses(session: Session, child: int) -> list[str]:
    """Every page that takes nothing, or a child; of this app every page of the session; and what hands out files."""
    found = {*FILES, f"/supervision/{session.pk}/?personal=read", f"/supervision/{session.pk + 1}/"}
    for name in _names():
        own = name.startswith("supervision:")
        tried = ([], [session.pk], [session.pk, child], [session.supervisee_id]) if own else ([], [child])
        for numbers in tried:
            try:
                found.add(reverse(name, args=numbers))
            except NoReverseMatch:
                continue
            if not own:
                break
    return sorted(found)


def _names() -> Iterator[str]:
    for space, (_, resolver) in get_resolver().namespace_dict.items():
        if space in ("demo", "api"):
            continue
        for name in resolver.reverse_dict:
            if isinstance(name, str) and name not in ("leave", "logout"):
                yield f"{space}:{name}"


def everybody(city: SmallCity) -> dict[int, str]:
    """One person of each role and kind of team, and those of the session: their sessions on the site."""
    people = [each for each in vars(city).values() if hasattr(each, "actor")]
    first = {(each.membership.role, each.team.kind): each for each in reversed(people)}
    named = (city.social_worker, city.assessment_manager, city.other_assessment_manager, city.head_of_service)
    return {each.worker.pk: session_of(each) for each in (*first.values(), *named)}


def heard(key: str, address: str) -> set[str]:
    """Which planted words one answer holds, in its text or its headers."""
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: key})
    answer = client.get(address)
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = html.unescape(whole.decode("utf-8", "replace")) + " ".join(f"{v}" for v in answer.headers.values())
    return {word for word in WORDS if word in text.casefold()}


def rightful(city: SmallCity, session: Session) -> dict[int, set[str]]:
    worker, manager, over = city.social_worker, city.assessment_manager, city.head_of_service
    shared = set(SAID.values())
    return {worker.worker.pk: shared | {DRAFTED}, manager.worker.pk: shared, over.worker.pk: shared}


@pytest.mark.promise
def test_no_word_of_a_personal_part_is_found_by_anybody_else_on_any_page(told, figure_of):
    city, session, nia = told
    may, asked, leaks, seen = rightful(city, session), 0, [], set()
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage() + str(record.__dict__))  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    pages = addresses(session, nia)
    try:
        for who, key in everybody(city).items():
            for address in pages:
                found = heard(key, address)
                asked += 1
                own = address.startswith("/supervision/")
                leaks += [(who, address, word) for word in found - (may.get(who, set()) if own else set())]
                seen |= {(who, word) for word in found}
    finally:
        logging.getLogger().removeHandler(handler)
    assert leaks == []
    assert seen == {(who, word) for who, words in may.items() for word in words}, "nobody was looked at"
    assert not [word for word in (*WORDS, REASON) for line in lines if word in line]
    figure_of(
        f"supervision: {len(WORDS)} planted words, {asked:,} answers to {len(everybody(city))} people; 0 leaks"
    )


@pytest.fixture
def figure_of(record_property):
    return lambda sentence: record_property("figure", sentence)


def dumped(word: str, using: str = "default") -> list[str]:
    """The tables in which a word stands, whoever may read them: asked as the owner, or as the application."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s OR t::text ILIKE %s',
                [f"%{word}%", f"%{word.encode().hex()}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_no_table_holds_a_word_in_clear_not_even_its_own(told):
    assert [found for word in (*WORDS, REASON) if (found := dumped(word, "owner"))] == []
    assert dumped("Ned Low", "owner") == ["organisation_worker"], "the dump was not looked at"


def test_a_broken_gate_is_found(told, monkeypatch):
    """The gate in Python opens to everybody: the second lock still shows nothing; with both open the words are found."""
    city, session, _ = told
    other = city.other_assessment_manager.actor

    def read() -> set[str]:
        told = repr(personal.opened(other, session)).casefold()
        return {word for word in WORDS if word in told}

    monkeypatch.setattr(policy, "reads_by_right", lambda *args: True)
    monkeypatch.setattr(personal, "reads_by_right", lambda *args: True)
    assert read() == set()
    with connections["owner"].cursor() as owner:
        owner.execute("CREATE POLICY broken ON supervision_word FOR SELECT USING (true)")
    try:
        assert read() == set(SAID.values())
    finally:
        with connections["owner"].cursor() as owner:
            owner.execute("DROP POLICY broken ON supervision_word")
    assert read() == set()
