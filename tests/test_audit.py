"""No reading without a trace: each name that a page shows stands in the audit before a byte leaves, or nothing is shown.

The names are those planted in the children of the scene, so nothing here asks the program what it thinks it showed.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from rightplace.dbserver import Server
from rightplace.foundation.access import audit
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.journal import sealed_minutes
from rightplace.foundation.journal.verifying import Verified, verify_seals_and_audit
from rightplace.foundation.organisation import clock
from rightplace.testing.organisation import MORNING, session_of
from tests.addresses import LINES
from tests.scene import RELATIONS, Scene, build

pytestmark = pytest.mark.promise
READERS = (
    "social worker", "front door worker", "front door manager", "family support manager", "team manager", "head of service",
    "conference chair", "director", "auditor", "information governance officer", "professional referrer", "police",
)  # fmt: skip
NOT_WALKED = ("account_", "mfa_", "web:leave", "api:", "demo:")
OWN_DRAFT = {"questions:save", "frontdoor:concern-form", "frontdoor:concern-check", "frontdoor:concern-sent"}


class Reader:
    """One person in front of the site."""

    def __init__(self, scene: Scene, who: str) -> None:
        self.scene, self.who = scene, who
        self.worker = scene.people[who].worker.pk
        self.key = session_of(scene.people[who])
        self.client = Client(raise_request_exception=False)

    def ask(self, address: str, posted: dict[str, str] | None = None) -> HttpResponse:
        self.client.cookies = SimpleCookie()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = self.key
        return self.client.get(address) if posted is None else self.client.post(address, posted)

    def pages(self) -> Iterator[str]:
        """Every address that opens to this person's role, for every child, the reason given."""
        for known in self.scene.children.values():
            self.ask(reverse("access:reason", args=[known.file]), {"why": "cover"})
        told: set[str] = set()
        for name, line in LINES.items():
            if self.who not in line.who or name.startswith(NOT_WALKED) or name in OWN_DRAFT:
                continue
            for known in self.scene.children.values():
                arguments = line.takes(self.scene, known)
                if arguments is not None and (address := reverse(name, kwargs=arguments)) not in told:
                    told.add(address)
                    yield address


def named(scene: Scene, answer: HttpResponse) -> set[str]:
    """The children whose names stand in an answer."""
    text = html.unescape(answer.content.decode("utf-8", "replace"))
    return {relation for relation in RELATIONS[:-1] if scene.planted[f"family name {relation}"] in text}


@pytest.fixture(scope="module")
def scene(kept_rows: str) -> Iterator[Scene]:
    with clock.clock_at(MORNING):
        yield build()


def untraced(scene: Scene, reader: Reader, met: Counter[str]) -> Iterator[str]:
    """Names that were shown and of whose files the audit of that moment says nothing."""
    last = ReadAudit.objects.order_by("-id").values_list("id", flat=True).first() or 0
    for address in reader.pages():
        answer = reader.ask(address)
        rows = list(ReadAudit.objects.filter(id__gt=last, worker=reader.worker).values_list("id", "files"))
        last = max([last, *(number for number, _ in rows)])
        traced = {file for _, files in rows for file in files}
        for relation in named(scene, answer):
            known = scene.children[relation]
            met["names shown"] += 1
            if not traced & {known.file, known.concern}:
                yield f"{reader.who} saw the name of {relation} at {address}, and no trace says so"


def test_every_name_that_a_page_shows_is_in_the_audit(scene, figure):
    met: Counter[str] = Counter()
    wrong = [fault for who in READERS for fault in untraced(scene, Reader(scene, who), met)]
    assert wrong == [], "\n".join(wrong)
    assert met["names shown"] > 200, met
    figure(
        f"audit: {met['names shown']} names of children shown to {len(READERS)} readers; 0 without a trace"
    )


def test_when_the_audit_cannot_be_written_no_page_shows_a_name(scene, monkeypatch, figure):
    def full(**fields: object) -> None:
        raise OperationalError("no space left on device")

    readers = [
        Reader(scene, who)
        for who in ("social worker", "front door worker", "head of service", "professional referrer")
    ]
    pages = {reader.who: list(reader.pages()) for reader in readers}
    monkeypatch.setattr(ReadAudit.objects, "create", full)
    shown, stopped = [], 0
    for reader in readers:
        for address in pages[reader.who]:
            answer = reader.ask(address)
            stopped += answer.status_code == 503
            shown += [f"{reader.who} saw {relation} at {address}" for relation in named(scene, answer)]
    assert shown == []
    assert stopped > 60
    figure(f"audit: with the audit stopped {stopped} pages answered that nothing can be shown; 0 names")


def test_a_search_that_finds_nobody_leaves_its_trace(scene):
    reader = Reader(scene, "front door worker")
    for name in ("desk:find", "frontdoor:telephone"):
        before = ReadAudit.objects.filter(what="search", worker=reader.worker).count()
        answer = reader.ask(reverse(name), {"words": "Nobody Ofthatname"})
        assert answer.status_code == 200
        rows = ReadAudit.objects.filter(what="search", worker=reader.worker)
        assert rows.count() == before + 1
        assert (rows.latest("id").files, rows.latest("id").found) == ([], 0)


def test_a_search_for_a_sealed_child_leaves_the_same_trace_as_one_for_nobody(scene):
    reader = Reader(scene, "social worker")
    traces = []
    for words in (scene.planted["family name sealed"], "Nobody Ofthatname"):
        reader.ask(reverse("desk:find"), {"words": words})
        row = ReadAudit.objects.filter(what="search", worker=reader.worker).latest("id")
        traces.append((row.files, row.found))
    assert traces == [([], 0), ([], 0)]


def test_verify_names_a_row_of_the_audit_that_was_changed_or_removed(
    scene, kept_rows: str, database_server: Server
):
    """Also by a superuser with triggers off; the seals of the journal carry the audit's."""
    Reader(scene, "auditor").ask(reverse("desk:story", args=[scene.children["own"].file]))
    sealed_minutes.seal_minutes()
    first, second = ReadAudit.objects.order_by("id").values_list("id", flat=True)[5:7]
    assert faults() == {}
    with database_server.connect(database=kept_rows) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("UPDATE access_read_audit SET worker = worker + 1 WHERE id = %s", [first])
        assert "its contents were changed" in faults()[first]
        superuser.execute("UPDATE access_read_audit SET worker = worker - 1 WHERE id = %s", [first])
        assert faults() == {}
        superuser.execute("CREATE TABLE kept AS SELECT * FROM access_read_audit WHERE id = %s", [first])
        superuser.execute("DELETE FROM access_read_audit WHERE id = %s", [first])
        assert "missing" in faults()[second]
        superuser.execute("INSERT INTO access_read_audit OVERRIDING SYSTEM VALUE SELECT * FROM kept")
        superuser.execute("DROP TABLE kept")
    assert faults() == {}


def faults() -> dict[int, str]:
    """What `rightplace verify` says of the audit, by row."""
    return {bad.entry: bad.why for bad in verify_seals_and_audit(None, Verified()) if "read audit" in bad.why}


# what would be caught -----------------------------------------------------------------------------------------------


def test_a_page_that_forgets_its_trace_is_caught(scene, monkeypatch):
    from rightplace.overview.desk import opening

    monkeypatch.setattr(opening, "disclose", lambda actor, make, **said: make())
    assert list(untraced(scene, Reader(scene, "social worker"), Counter()))


def test_a_page_that_shows_all_the_same_is_caught(scene, monkeypatch):
    from rightplace.foundation.access import middleware

    monkeypatch.setattr(audit, "_append", lambda reading: None)
    assert list(untraced(scene, Reader(scene, "social worker"), Counter())), "an audit that writes nothing"
    assert middleware.not_now().status_code == 503
