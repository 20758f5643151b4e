"""No reading without a trace: committed before a byte, chained, and nothing shown when it cannot be written."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from rightplace.foundation.access import audit, auditchain
from rightplace.foundation.access.audit import (
    LateQuery,
    NoAudit,
    audit_head,
    record_reading,
    shown,
    who_looked,
)
from rightplace.foundation.access.models import ReadAudit, ReadAuditSeal
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.access.tests import people
from rightplace.foundation.organisation.models import Area, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode


@pytest.fixture
def reader(db):
    return people.actor(RoleCode.SOCIAL_WORKER)


@pytest.fixture
def asked(reader):
    request = RequestFactory().get("/files/7/")
    request.actor = reader
    request.request_id = "abc"
    return request


@pytest.fixture
def render(monkeypatch):
    """Stands in for the template engine, so that what happens while a page is made can be chosen."""

    def choose(make):
        monkeypatch.setattr(audit, "render_to_string", lambda template, context, request: make(context))

    choose(lambda context: "the page")
    return choose


def test_a_page_is_shown_after_its_reading_is_recorded(asked, reader, render):
    render(lambda context: f"{ReadAudit.__name__} then page")
    answer = shown(asked, "any.jinja", {}, files=[9, 7, 7], what="desk:story", reason="cover", purpose="care")
    assert answer.status_code == 200
    row = ReadAudit.objects.get()
    assert (row.worker, row.role, row.team) == (reader.worker, reader.role, reader.team)
    assert (row.files, row.found, row.what) == ([7, 9], 2, "desk:story")
    assert (row.reason, row.purpose, row.request_id) == ("cover", "care", "abc")


def test_a_search_that_finds_nothing_leaves_a_trace(asked, render):
    shown(asked, "any.jinja", {}, files=[], what="search")
    row = ReadAudit.objects.get()
    assert (row.files, row.found, row.what) == ([], 0, "search")


def test_a_query_while_the_page_is_made_is_a_fault(asked, render):
    render(lambda context: str(list(context["areas"])))
    with pytest.raises(LateQuery):
        shown(asked, "any.jinja", {"areas": Area.objects.all()}, files=[7], what="desk:story")
    assert (
        shown(asked, "any.jinja", {"areas": list(Area.objects.all())}, files=[7], what="x").status_code == 200
    )


def test_the_database_is_open_again_after_a_page_that_failed(asked, render):
    def fail(context):
        raise ZeroDivisionError

    render(fail)
    with pytest.raises(ZeroDivisionError):
        shown(asked, "any.jinja", {}, files=[7], what="x")
    assert Area.objects.count() == 16


def test_when_the_reading_cannot_be_recorded_nothing_is_shown(asked, render, monkeypatch):
    made = []
    render(lambda context: made.append("a child's name"))

    def full(**fields):
        raise OperationalError("no space left on device")

    monkeypatch.setattr(ReadAudit.objects, "create", full)
    answer = shown(asked, "any.jinja", {"child": "Ivy Stone"}, files=[7], what="desk:story")
    assert answer.status_code == 503
    assert made == []
    assert b"Ivy" not in answer.content and b"cannot be shown just now" in answer.content


def test_without_an_actor_there_is_nothing_to_show(asked, render):
    asked.actor = None
    with pytest.raises(NotAllowed):
        shown(asked, "any.jinja", {}, files=[7], what="x")
    assert not ReadAudit.objects.exists()


def test_an_export_is_made_after_its_reading_and_with_the_database_shut(reader):
    assert audit.disclose(reader, lambda: ReadAudit.__name__, files=[7], what="export") == "ReadAudit"
    with pytest.raises(LateQuery):
        audit.disclose(reader, Area.objects.count, files=[7], what="export")
    assert ReadAudit.objects.count() == 2


def test_the_database_refuses_to_change_or_remove_a_trace(reader):
    record_reading(reader, [7], "search")
    for statement in (
        "UPDATE access_read_audit SET worker = 1",
        "DELETE FROM access_read_audit",
        "TRUNCATE access_read_audit",
        "TRUNCATE access_read_audit_seal",
        "DELETE FROM access_read_audit_seal",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
    assert ReadAudit.objects.count() == 1


def test_a_file_says_who_looked_newest_first(reader):
    other = people.actor(RoleCode.AUDITOR)
    record_reading(reader, [7, 8], "desk:story")
    record_reading(other, [7], "desk:story")
    record_reading(other, [9], "desk:story")
    assert [row.worker for row in who_looked([7])] == [other.worker, reader.worker]
    assert [row.worker for row in who_looked([8, 9])] == [other.worker, reader.worker]
    assert who_looked([1]) == []


def test_a_process_that_was_forked_begins_a_chain_of_its_own(reader, monkeypatch):
    record_reading(reader, [1], "x")
    monkeypatch.setattr(audit.os, "getpid", lambda: 1)
    record_reading(reader, [2], "x")
    assert ReadAudit.objects.values("chain").distinct().count() == 2
    assert list(auditchain.audit_faults()) == []


def test_a_reading_inside_somebody_elses_transaction_is_refused(fresh_database):
    with people_at_work() as reader, pytest.raises(RuntimeError), transaction.atomic():
        record_reading(reader, [7], "search")
    assert not ReadAudit.objects.filter(what="search").exists()


def people_at_work():
    from contextlib import nullcontext

    from rightplace.foundation.access.actor import Actor

    return nullcontext(Actor(worker=4, name="somebody", role=RoleCode.SOCIAL_WORKER))


class TestBehindTheApplicationsBack:
    """Rows changed by a superuser with triggers off are named."""

    @pytest.fixture
    def chain(self, fresh_database, database_server):
        with people_at_work() as reader:
            for file in range(1, 6):
                record_reading(reader, [file, 99], "desk:story", reason="invented")
        rows = list(ReadAudit.objects.order_by("-id").values_list("id", flat=True)[:5])[::-1]

        def behind(statement, *parameters):
            with database_server.connect(database=fresh_database) as superuser:
                superuser.execute("SET session_replication_role = replica")
                superuser.execute(statement, parameters)
                superuser.commit()

        already = {fault.row for fault in auditchain.audit_faults()}
        return rows, behind, lambda: {fault.row for fault in auditchain.audit_faults()} - already

    def test_nothing_is_said_of_rows_that_nobody_touched(self, chain):
        assert chain[2]() == set()

    @pytest.mark.parametrize(
        "change",
        [
            "worker = 1",
            "files = '{1}'",
            "at = at + interval '1 second'",
            "reason = ''",
            "found = 0",
            "what = 'x'",
        ],
    )
    def test_a_changed_row_is_named(self, chain, change):
        rows, behind, faults = chain
        behind(f"UPDATE access_read_audit SET {change} WHERE id = %s", rows[2])
        assert faults() == {rows[2]}

    def test_a_row_written_without_the_key_is_named(self, chain):
        rows, behind, faults = chain
        behind("UPDATE access_read_audit SET mac = sha256(mac) WHERE id = %s", rows[2])
        assert faults() == {rows[2]}

    def test_the_row_after_a_removed_one_is_named(self, chain):
        rows, behind, faults = chain
        behind("DELETE FROM access_read_audit WHERE id = %s", rows[2])
        assert faults() == {rows[3]}

    def test_rows_removed_from_the_end_are_found_once_they_were_sealed(self, chain):
        rows, behind, faults = chain
        audit_head()
        seal = ReadAuditSeal.objects.order_by("-id").first()
        behind("DELETE FROM access_read_audit WHERE id >= %s", rows[3])
        assert faults() == {seal.pk}

    def test_a_changed_seal_is_named(self, chain):
        _, behind, faults = chain
        audit_head()
        seal = ReadAuditSeal.objects.order_by("-id").first()
        behind("UPDATE access_read_audit_seal SET upto = upto + 1 WHERE id = %s", seal.pk)
        assert seal.pk in faults()


def test_a_seal_is_made_only_when_something_was_read_since(reader):
    record_reading(reader, [7], "x")
    first = audit_head()
    assert audit_head() == first
    record_reading(reader, [8], "x")
    second = audit_head()
    assert second != first and len(second) == 32
    assert ReadAuditSeal.objects.count() == 2
    assert list(auditchain.audit_faults()) == []


def test_threads_do_not_wait_for_each_other_and_each_keeps_a_chain(fresh_database):
    def read(number):
        with people_at_work() as reader:
            for file in range(20):
                record_reading(reader, [file], f"thread {number}")
        connections.close_all()

    threads = [threading.Thread(target=read, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = ReadAudit.objects.filter(what__startswith="thread")
    assert rows.count() == 80
    assert rows.values("chain").distinct().count() == 4
    named = {fault.row for fault in auditchain.audit_faults()}
    assert not named & set(rows.values_list("id", flat=True))


def test_the_middleware_answers_for_a_view_that_forgot(db):
    from rightplace.foundation.access.middleware import ActorMiddleware

    answer = ActorMiddleware(lambda request: HttpResponse()).process_exception(
        RequestFactory().get("/"), NoAudit("no")
    )
    assert answer.status_code == 503
    assert ActorMiddleware(lambda request: HttpResponse()).process_exception(None, KeyError()) is None
    assert Worker.objects.exists()
