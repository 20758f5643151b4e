"""The one write: judged, chained, projected; a refusal leaves nothing behind."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from rightplace.domain.practice.entries.assessment import VisitMade
from rightplace.domain.practice.entries.caseflow import CaseClosed, TeamAccepted
from rightplace.domain.practice.entries.contact import ContactDecided, Level, Route
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.journal import actions, reading, writing
from rightplace.foundation.journal.models import Entry, File, Outbox
from rightplace.foundation.journal.projections import Span, Timescale
from rightplace.foundation.journal.tests.telling import (
    DOOR,
    MORNING,
    OTHER_TEAM,
    TEAM,
    decided,
    draft,
    new_child,
    open_with_team,
    visited,
)
from rightplace.foundation.organisation.clock import clock_at

pytestmark = pytest.mark.django_db


def no_further_action(file: int, contact: int) -> list[writing.Draft]:
    body = ContactDecided(
        contact=contact, level=Level.UNIVERSAL, indicators=(), route=Route.NO_FURTHER_ACTION, reasons="Nothing.",
        alternatives="",
    )  # fmt: skip
    return [draft(file, body, 1)]


def test_the_front_door_answers_until_the_team_accepts() -> None:
    file, contact = new_child()
    offer = writing.write(decided(file, contact), by=DOOR, may="contact.decide")[3].id
    assert reading.journey(file).state_at(draft(file, VisitMade(seen=True), 1).at or 0).team == DOOR.team
    writing.write([draft(file, TeamAccepted(offer=offer), 2)], by=TEAM, may="offer.answer")
    span = Span.objects.filter(person=file, open=True).latest("begins")
    assert (span.team, span.worker, span.parts) == (TEAM.team, 0, ["assessment"])


def test_a_refused_decision_writes_nothing() -> None:
    file, contact = new_child()
    before = (Entry.objects.count(), Outbox.objects.count(), File.objects.get(pk=file).head_seq)
    with pytest.raises(Refused) as refused:
        writing.write(
            no_further_action(file, contact),
            by=DOOR,
            may="contact.decide",
            then=[writing.Later("x", {"a": 1})],
        )
    assert refused.value.instead
    assert (Entry.objects.count(), Outbox.objects.count(), File.objects.get(pk=file).head_seq) == before


def test_only_the_offered_team_accepts() -> None:
    file, contact = new_child()
    offer = writing.write(decided(file, contact), by=DOOR, may="contact.decide")[3].id
    with pytest.raises(Refused, match="another team"):
        writing.write([draft(file, TeamAccepted(offer=offer), 2)], by=OTHER_TEAM, may="offer.answer")


def test_nobody_writes_what_the_role_may_not() -> None:
    file, _ = new_child()
    with pytest.raises(NotAllowed):
        writing.write([draft(file, VisitMade(seen=True), 1)], by=DOOR, may="erase.body")


def test_a_case_with_something_guarding_open_is_not_closed_and_says_what() -> None:
    file = open_with_team()
    close = CaseClosed(reasons="Done.", closure_reason="RC7")
    with pytest.raises(Refused, match="Still open"):
        writing.write([draft(file, close, 5)], by=TEAM, may="case.close")


def test_what_is_recorded_only_grows_even_when_the_clock_goes_back() -> None:
    with clock_at(MORNING):
        file = open_with_team()
        visited(file)
        visited(file, hours=-3)
    recorded = list(Entry.objects.filter(file=file).order_by("seq").values_list("recorded", flat=True))
    assert recorded == sorted(set(recorded))


def test_the_difference_that_was_projected_equals_a_rebuild_from_nothing() -> None:
    file = open_with_team()
    visited(file, 30)
    from rightplace.foundation.journal.folding import fold_person
    from rightplace.foundation.journal.projecting import PROJECTIONS

    with reading.folding():
        files = reading.files_of_persons([file])
        folded = fold_person(file, 1, reading.entries_of(files))
    for projection in PROJECTIONS:
        columns = ", ".join(projection.columns)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {projection.table} WHERE {projection.person} = %s", [file])
            stored = {tuple(map(str, row)) for row in cursor.fetchall()}
        assert stored == {tuple(map(str, row)) for row in projection.keyed(folded).values()}, projection.table


def test_a_correction_that_names_an_older_version_is_a_conflict() -> None:
    file = open_with_team()
    visit = visited(file)[0]
    said = VisitMade(seen=False, note="Nobody was there.")
    actions.correct_entry(
        file=file,
        entry=visit.id,
        seen=visit.id,
        said=said,
        day=visit.day,
        at=visit.at,
        reasons="Misread.",
        by=TEAM,
    )
    with pytest.raises(Refused, match="corrected this entry while you wrote"):
        actions.correct_entry(
            file=file,
            entry=visit.id,
            seen=visit.id,
            said=said,
            day=visit.day,
            at=visit.at,
            reasons="Again.",
            by=TEAM,
        )


def test_a_corrected_visit_counts_as_it_is_now_said() -> None:
    file = open_with_team()
    seen_before = reading.journey(file).now.seen
    visit = visited(file, hours=20)[0]
    assert reading.journey(file).state_at(visit.at or 0).seen == visit.at
    said = VisitMade(seen=False, note="Nobody was there.")
    actions.correct_entry(
        file=file,
        entry=visit.id,
        seen=visit.id,
        said=said,
        day=visit.day,
        at=visit.at,
        reasons="Misread.",
        by=TEAM,
    )
    assert reading.journey(file).state_at(visit.at or 0).seen == seen_before


def test_a_visit_to_two_siblings_is_corrected_as_one() -> None:
    ayla, joe = open_with_team(), open_with_team("Joe")
    told = VisitMade(seen=True, where="At school", child_said="I like it here.")
    written = actions.record_visit(
        files=(ayla, joe), visit=told, by=TEAM, happened=MORNING + timedelta(hours=20)
    )
    first, second = written
    said = msgspec.structs.replace(told, where="At home")
    corrected = actions.correct_entry(
        file=joe,
        entry=second.id,
        seen=second.id,
        said=said,
        day=second.day,
        at=second.at,
        reasons="Wrong.",
        by=TEAM,
    )
    assert {entry.file for entry in corrected} == {ayla, joe}
    assert len({entry.occasion for entry in corrected}) == 1
    with reading.folding():
        now = {e.id: e.body for e in standing(reading.entries_of(reading.file_rows([ayla]))[ayla]).entries}
    assert now[first.id] == said
    again = msgspec.structs.replace(said, seen=False)
    actions.correct_entry(
        file=ayla, entry=first.id, seen=corrected[1 if corrected[1].file == ayla else 0].id, said=again,
        day=first.day, at=first.at, reasons="Nobody was seen.", by=TEAM,
    )  # fmt: skip
    assert reading.journey(joe).state_at(second.at or 0).seen != second.at


def test_a_withdrawn_entry_is_struck_here_and_stands_where_it_belongs() -> None:
    file, other = open_with_team(), open_with_team("Ben")
    visit = visited(file, hours=20)[0]
    governance = writing.Actor(worker=1050, name="Governance", role=62, team=150)
    actions.withdraw_entry(
        file=file, entry=visit.id, belongs_in=other, reasons="Another family.", by=governance
    )
    assert reading.journey(file).state_at(visit.at or 0).seen != visit.at
    assert reading.journey(other).state_at(visit.at or 0).seen == visit.at


def test_the_application_role_changes_and_removes_no_entry() -> None:
    open_with_team()
    for sql in (
        "UPDATE journal_entry SET author = 1",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry_body",
        "UPDATE journal_seal SET minute = 1",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "SELECT journal_erase(1)",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_words_are_not_stored_in_the_clear() -> None:
    file, _ = new_child("Zephyrine")
    with reading.folding(), connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM journal_entry_body WHERE file = %s", [file])
        sealed = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert b"Zephyrine" not in sealed and b"What was seen" not in sealed


def test_a_rule_that_nobody_met_is_due_and_never_marked_late_in_the_row() -> None:
    file = open_with_team()
    row = Timescale.objects.get(person=file, rule="ASM-1")
    assert row.met is None and row.due is not None
    assert not [f.name for f in Timescale._meta.get_fields() if "late" in f.name or "age" in f.name]
