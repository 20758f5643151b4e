"""Verify names any row that a superuser with triggers off changed, removed, reordered or added."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from rightplace.dbserver import Server
from rightplace.foundation.journal import chain, sealed_minutes, verifying
from rightplace.foundation.journal.parallel import HIGHEST, LOWEST
from rightplace.foundation.journal.sealing import key_id
from rightplace.foundation.journal.tests.telling import MORNING, open_with_team, visited
from rightplace.foundation.organisation.clock import clock_at

TABLES = ("journal_file", "journal_file_salt", "journal_entry", "journal_entry_body", "journal_seal")


class City:
    """Three children, sealed, and one more entry that is not; with the superuser's connection beside."""

    def __init__(self, superuser: psycopg.Connection) -> None:
        self.superuser = superuser
        with clock_at(MORNING):
            self.files = [open_with_team(name) for name in ("Asha", "Ben", "Chidi")]
            sealed_minutes.seal_minutes()
            visited(self.files[0], 30)

    def entry(self, file: int, seq: int) -> int:
        row = self.superuser.execute(
            "SELECT id FROM journal_entry WHERE file = %s AND seq = %s", [file, seq]
        ).fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture(scope="module")
def city(fresh_database: str, database_server: Server, django_db_blocker: object) -> Iterator[City]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with database_server.connect(database=fresh_database) as superuser:
            superuser.autocommit = True
            made = City(superuser)
            superuser.execute("SET session_replication_role = replica")
            for table in TABLES:
                superuser.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")
            yield made
        connection.close()


@pytest.fixture
def broken(city: City) -> Iterator[City]:
    """The city, put back as it was after each test."""
    yield city
    for table in TABLES:
        city.superuser.execute(f"TRUNCATE {table}")
        city.superuser.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")


def bad(anchor: sealed_minutes.Anchor | None = None) -> list[verifying.Bad]:
    found = verifying.verify_files(LOWEST, HIGHEST)
    return [*found.bad, *verifying.verify_seals(anchor).bad]


def test_a_city_that_nobody_touched_verifies(broken: City) -> None:
    assert bad() == []


HEADER_CHANGES = {
    "author": "author = author + 1",
    "time": "at = at + 1000000",
    "day": "day = day - 1",
    "recorded": "recorded = recorded - 60000000",
    "team": "team = 103",
    "role": "role = 51",
    "kind": "kind = 154",
    "label": "label = 3",
    "concern": "concern = 5",
    "occasion": "occasion = 6",
    "names": "names = ARRAY[7::bigint]",
    "version": "version = 2",
    "digest": "digest = sha256('x')",
    "signature": "mac = sha256('x')",
}


@pytest.mark.parametrize("change", HEADER_CHANGES.values(), ids=list(HEADER_CHANGES))
def test_a_changed_header_is_named(broken: City, change: str) -> None:
    file = broken.files[1]
    entry = broken.entry(file, 3)
    broken.superuser.execute(f"UPDATE journal_entry SET {change} WHERE id = %s", [entry])
    assert entry in {b.entry for b in bad() if b.file == file}


def test_a_changed_word_is_named(broken: City) -> None:
    entry = broken.entry(broken.files[1], 4)
    broken.superuser.execute(
        "UPDATE journal_entry_body SET sealed = set_byte(sealed, 20, 255 - get_byte(sealed, 20)) WHERE id = %s",
        [entry],
    )
    assert [(b.file, b.entry) for b in bad()] == [(broken.files[1], entry)]


def test_a_word_that_is_gone_is_named(broken: City) -> None:
    entry = broken.entry(broken.files[1], 4)
    broken.superuser.execute("DELETE FROM journal_entry_body WHERE id = %s", [entry])
    assert [b.entry for b in bad()] == [entry]


def test_swapped_words_are_named(broken: City) -> None:
    one, two = broken.entry(broken.files[1], 4), broken.entry(broken.files[1], 5)
    broken.superuser.execute(
        "UPDATE journal_entry_body b SET sealed = o.sealed FROM journal_entry_body o "
        "WHERE (b.id = %s AND o.id = %s) OR (b.id = %s AND o.id = %s)",
        [one, two, two, one],
    )
    assert {b.entry for b in bad()} == {one, two}


def test_an_entry_removed_from_the_middle_is_missed(broken: City) -> None:
    file = broken.files[2]
    broken.superuser.execute("DELETE FROM journal_entry WHERE id = %s", [broken.entry(file, 4)])
    assert any(b.file == file and "4 to 4" in b.why for b in bad())


def test_a_sealed_tail_removed_with_the_head_set_back_is_missed(broken: City) -> None:
    file = broken.files[2]
    broken.superuser.execute("DELETE FROM journal_entry WHERE file = %s AND seq > 5", [file])
    broken.superuser.execute(
        "UPDATE journal_file f SET head_seq = 5, sealed_seq = 5, head = e.digest, head_recorded = e.recorded "
        "FROM journal_entry e WHERE e.file = f.id AND e.seq = 5 AND f.id = %s",
        [file],
    )
    assert any(b.file == file and "were sealed" in b.why for b in bad())


def test_reordered_entries_are_named(broken: City) -> None:
    file = broken.files[1]
    one, two = broken.entry(file, 4), broken.entry(file, 5)
    broken.superuser.execute("UPDATE journal_entry SET seq = 99 WHERE id = %s", [one])
    broken.superuser.execute("UPDATE journal_entry SET seq = 4 WHERE id = %s", [two])
    broken.superuser.execute("UPDATE journal_entry SET seq = 5 WHERE id = %s", [one])
    assert {one, two} <= {b.entry for b in bad()}


def test_an_added_row_with_right_digests_lacks_our_signature(broken: City) -> None:
    file = broken.files[1]
    row = broken.superuser.execute("SELECT * FROM journal_file WHERE id = %s", [file]).fetchone()
    assert row is not None
    seq, head = row[4] + 1, bytes(row[5])
    words = b"invented"
    body_digest = hashlib.sha256(words).digest()
    header = chain.header_bytes(
        file, seq, 99, 154, 1, 739678, None, row[6] + 1, 1, 1, 1, 0, 0, 0, row[1], row[3], None
    )
    digest = chain.entry_digest(head, header, body_digest)
    broken.superuser.execute(
        "INSERT INTO journal_entry (id, file, seq, kind, version, day, at, recorded, author, role, team, concern, "
        "occasion, label, names, body_digest, digest, mac) "
        "VALUES (99, %s, %s, 154, 1, 739678, NULL, %s, 1, 1, 1, 0, 0, 0, NULL, %s, %s, %s)",
        [file, seq, row[6] + 1, body_digest, digest, chain.signature(b"not our key" * 4, digest)],
    )
    broken.superuser.execute("INSERT INTO journal_entry_body VALUES (99, %s, 0, %s)", [file, words])
    broken.superuser.execute(
        "UPDATE journal_file SET head_seq = %s, head = %s WHERE id = %s", [seq, digest, file]
    )
    assert [(b.entry, "signature" in b.why) for b in bad()] == [(99, True)]


def test_a_file_put_with_another_person_is_named(broken: City) -> None:
    one, two, _ = sorted(broken.files)
    broken.superuser.execute("UPDATE journal_file SET person = %s WHERE id = %s", [one, two])
    assert [b.file for b in bad()] == [two]


def test_a_changed_key_is_named(broken: City) -> None:
    file = broken.files[0]
    broken.superuser.execute("UPDATE journal_file_salt SET salt = sha256('x') WHERE file = %s", [file])
    assert file in {b.file for b in bad()}
    broken.superuser.execute(
        "UPDATE journal_file SET key = %s WHERE id = %s", [key_id(hashlib.sha256(b"x").digest()), file]
    )
    assert file in {b.file for b in bad()}, "the header covers the id of the key"


def test_a_removed_seal_breaks_the_chain_of_seals(broken: City) -> None:
    with clock_at(MORNING):
        sealed_minutes.seal_minutes()
    broken.superuser.execute("DELETE FROM journal_seal WHERE n = 1")
    assert any("seal" in b.why for b in bad())


def test_a_sealed_file_that_is_gone_whole_is_named(broken: City) -> None:
    file = broken.files[2]
    for table, key in (("journal_entry_body", "file"), ("journal_entry", "file"), ("journal_file", "id")):
        broken.superuser.execute(f"DELETE FROM {table} WHERE {key} = %s", [file])
    assert file in {b.file for b in bad()}


def test_only_an_anchor_from_outside_finds_cut_seals_and_an_unsealed_file_removed(
    broken: City, tmp_path: Path
) -> None:
    out = tmp_path / "partner.anchor"
    with clock_at(MORNING):
        sealed_minutes.write_anchor(out, MORNING)
    anchor = sealed_minutes.read_anchor(out)
    assert bad(anchor) == []
    file = broken.files[2]
    broken.superuser.execute("DELETE FROM journal_seal")
    broken.superuser.execute("UPDATE journal_file SET sealed_seq = 0")
    for table, key in (("journal_entry_body", "file"), ("journal_entry", "file"), ("journal_file", "id")):
        broken.superuser.execute(f"DELETE FROM {table} WHERE {key} = %s", [file])
    assert bad() == [], "without the anchor nothing shows"
    with_anchor = bad(anchor)
    assert file in {b.file for b in with_anchor} and any("seal" in b.why for b in with_anchor)


def test_an_anchor_that_was_changed_is_no_anchor(broken: City, tmp_path: Path) -> None:
    out = tmp_path / "partner.anchor"
    with clock_at(MORNING):
        sealed_minutes.write_anchor(out, MORNING)
    written = bytearray(out.read_bytes())
    written[-80] ^= 1
    out.write_bytes(bytes(written))
    with pytest.raises(ValueError, match="changed"):
        sealed_minutes.read_anchor(out)
