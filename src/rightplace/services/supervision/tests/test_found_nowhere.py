"""Words planted in personal parts are found in no other channel: no page, file, export, API, search, log, no other table.

Everybody asks for every page there is, as in the canary test of the whole site. Then the gate is opened once, and the
same search finds the words: what is proved is not that nothing was looked at.
"""

from __future__ import annotations

import html
import logging
import os
import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse

from rightplace import configuration
from rightplace.foundation.access.audit import begin_new_chain
from rightplace.foundation.journal import past
from rightplace.foundation.journal.sealed_minutes import seal_minutes
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


def written_to() -> tuple[str, int]:
    """How far the server has written its log of changes: in which file, and where in it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT file_name, file_offset FROM pg_walfile_name_offset(pg_current_wal_insert_lsn())"
        )
        name, place = cursor.fetchone()
    return name, place


@pytest.fixture(scope="module")
def log_from(fresh_database: str, django_db_blocker: pytest.FixtureRequest) -> tuple[str, int]:
    """Where the log of changes stood before a word was planted: what others wrote earlier proves nothing."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return written_to()


@pytest.fixture(scope="module")
def told(
    fresh_database: str, log_from: tuple[str, int], django_db_blocker: pytest.FixtureRequest
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


def heard(client: Client, key: str, address: str) -> set[str]:
    """Which planted words one answer holds, in its text or its headers."""
    client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: key})
    answer = client.get(address)
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = html.unescape(whole.decode("utf-8", "replace")) + " ".join(f"{v}" for v in answer.headers.values())
    folded = text.casefold()
    return {word for word in WORDS if word in folded}


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
    pages, client = addresses(session, nia), Client(raise_request_exception=False)
    try:
        for who, key in everybody(city).items():
            for address in pages:
                found = heard(client, key, address)
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


FORCED = "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relnamespace = 'public'::regnamespace"
OURS = (
    "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
)


def dumped(word: str) -> list[str]:
    """The tables in which a word stands, in every schema, with row security lifted: a dump sees every row."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(FORCED)
        for (table,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        cursor.execute(OURS)
        found = []
        for schema, table in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{schema}"."{table}" t WHERE t::text ILIKE %s OR t::text ILIKE %s OR t::text LIKE %s',
                [f"%{word}%", f"%{word.encode().hex()}%", f"%{b64encode(word.encode()).decode()[:-4]}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table if schema == "public" else f"{schema}.{table}")
        transaction.set_rollback(True, using="owner")
    return found


def rows_seen(table: str) -> int:
    """How many rows of a table a dump sees."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        seen = int(cursor.fetchone()[0])
        transaction.set_rollback(True, using="owner")
    return seen


def test_no_table_holds_a_word_in_clear_not_even_its_own(told):
    assert [found for word in (*WORDS, REASON) if (found := dumped(word))] == []
    assert rows_seen("supervision_word") >= len(SAID), "the rows behind the lock were not looked at"
    assert rows_seen("supervision_draft") == 1
    assert dumped("Ned Low") == ["organisation_worker"], "the dump was not looked at"


def test_a_past_day_s_schema_holds_no_word_and_has_no_table_of_supervision(told):
    """Figures as at a past moment are read from a schema of their own, built from entries alone."""
    if not seal_minutes():
        pytest.fail("nothing was sealed, so there is no past day to look at")
    seal = past.seal_for(clock.now() + timedelta(minutes=5))
    with connections["owner"].cursor():
        past.build(seal)
    schema = past.schema_of(seal)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
        tables = {row[0] for row in cursor.fetchall()}
    assert "journal_span" in tables, "no past day was built"
    assert not {table for table in tables if table.startswith("supervision")}
    assert [found for word in (*WORDS, REASON) if (found := dumped(word))] == []


def log_between(folder: Path, first: tuple[str, int], last: tuple[str, int]) -> bytes:
    """The log of changes between two places; a file that waits to be written again holds what is long past."""
    held = b""
    for file in sorted(folder.glob("0*")):
        if file.is_file() and first[0] <= file.name <= last[0]:
            begins = first[1] if file.name == first[0] else 0
            ends = last[1] if file.name == last[0] else None
            held += file.read_bytes()[begins:ends]
    return held


def test_the_files_that_a_base_copy_holds_have_no_word(told, log_from):
    """What a backup copies, byte by byte: this database's files and the log of every change."""
    folder = configuration.home() / "test-server"
    if not configuration.current().is_private or not os.access(folder / "db/pg_wal", os.R_OK | os.X_OK):
        pytest.skip("the server is not this checkout's own: its files are not ours to read")
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        number = cursor.fetchone()[0]
    files = (folder / "db/base" / str(number)).glob("*")
    held = {file.name: file.read_bytes() for file in files if file.is_file()}
    held["log of changes"] = log_between(folder / "db/pg_wal", log_from, written_to())
    assert b"Ned Low" in held["log of changes"], "the log was not looked at"
    leaks = [
        (name, word) for name, text in held.items() for word in (*WORDS, REASON) if word.encode() in text
    ]
    assert leaks == []


def answered(key: str, address: str, typed: dict[str, str] | None = None) -> tuple[int, str, int]:
    """One answer: its code, its text without what differs each time, and how many questions it asked of the database.

    Asked twice and counted the second time, since the first of a session does what is done once.
    """
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: key})
    for _ in range(2):
        with CaptureQueriesContext(connections["default"]) as asked:
            answer = client.get(address) if typed is None else client.post(address, typed)
    return answer.status_code, steady(answer.content.decode()), len(asked)


def steady(text: str) -> str:
    """A page without its tokens and nonces."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce|data-request|content)="[^"]*"', "", text)


def test_searching_for_a_word_answers_as_searching_for_one_that_nobody_said(told):
    city, _, _ = told
    fields = ("words", "given", "family", "name", "text")
    for who in (city.other_assessment_manager, city.human_resources, city.director):
        for address in ("/find/", "/telephone/", "/thanks/new/"):
            code, text, asked = (
                {word: answered(session_of(who), address, {**dict.fromkeys(fields, word), "act": "find"})[place]
                 for word in (SAID["feelings"], "brimstackle")}
                for place in range(3)
            )  # fmt: skip
            assert len(set(code.values())) == 1
            assert len({said.replace(word, "x") for word, said in text.items()}) == 1, address
            assert len(set(asked.values())) == 1, f"{address} asks the database otherwise"


def test_whether_there_is_a_session_cannot_be_told_from_the_answer_nor_from_its_cost(told):
    """For whoever it does not concern: the same 404, the same words, the same number of questions."""
    city, session, _ = told
    for who in (city.other_assessment_manager, city.human_resources, city.director, city.front_door_worker):
        for name in ("session", "put-off"):
            addresses_of = [reverse(f"supervision:{name}", args=[number]) for number in (session.pk, 987_654)]
            there, nothing = (answered(session_of(who), address) for address in addresses_of)
            assert there == nothing
            assert there[0] == 404


def pictures(city: SmallCity, pages: list[str], *who: str) -> dict[tuple[str, str], str]:
    """Every page as some of those read it whom the session does not concern."""
    found = {}
    for name in who:
        client = Client(raise_request_exception=False)
        client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session_of(getattr(city, name))})
        for address in pages:
            answer = client.get(address)
            if answer.status_code == 200 and not answer.streaming and b"<html" in answer.content:
                found[name, address] = steady(answer.content.decode())
    return found


def test_more_words_in_a_personal_part_change_no_page_no_count_and_no_figure_for_anybody_else(told):
    """What nobody may read cannot be worked out either: nothing anywhere moves when more is said."""
    city, session, nia = told
    pages, who = addresses(session, nia), ("human_resources", "other_assessment_manager")
    before, again = pictures(city, pages, *who), pictures(city, pages, *who)
    still = {page for page in before if before[page] == again.get(page)}
    assert len(still) > 60, "hardly a page stands still, so nothing is proved"
    actions.add_account(session=session, words=SAID["account"], by=city.social_worker.actor)
    personal.keep_draft(city.social_worker.actor, Session.objects.get(held_on=None), {"points": DRAFTED * 3})
    after = pictures(city, pages, *who)
    assert [page for page in still if after.get(page) != before[page]] == []
    ask_release(session=session, because=REASON, hours=2, by=city.director.actor)
    moved = pictures(city, ["/supervision/releases/"], "human_resources")
    page = ("human_resources", "/supervision/releases/")
    assert page in still
    assert moved[page] != before[page], "the comparison would not have seen anything"


def test_no_letter_and_no_job_in_the_background_holds_a_word(told):
    letters = [f"{each.subject} {each.body} {each.extra_headers}" for each in mail.outbox]
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        jobs = [row[0] for row in cursor.fetchall()]
    assert not [
        word for word in (*WORDS, REASON) for told_of in (*letters, *jobs) if word in told_of.casefold()
    ]


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
