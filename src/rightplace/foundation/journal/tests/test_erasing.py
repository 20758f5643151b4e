"""Two people erase; the tombstone stays and the chain still verifies. Nobody else's erasure does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal import erasing, reading, verifying
from rightplace.foundation.journal.models import Entry
from rightplace.foundation.journal.parallel import HIGHEST, LOWEST
from rightplace.foundation.journal.tests.telling import open_with_team, visited

ONE = Actor(worker=1061, name="One", role=62, team=150)
TWO = Actor(worker=1062, name="Two", role=62, team=150)


@pytest.fixture
def room(fresh_database: str, django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield
        connection.close()


def bodies(file: int) -> int:
    with reading.folding(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry_body WHERE file = %s", [file])
        return int(cursor.fetchone()[0])


def test_one_person_does_not_erase(room: None) -> None:
    file = open_with_team()
    with pytest.raises(Refused, match="two people"):
        erasing.erase(file=file, entries=(1,), authority="Retention", by=ONE, second=ONE)


def test_an_erased_word_is_gone_and_the_chain_verifies(room: None) -> None:
    file = open_with_team()
    visit = visited(file, 20)[0]
    before = bodies(file)
    assert (
        erasing.erase(file=file, entries=(visit.id,), authority="Order of a court", by=ONE, second=TWO) == 1
    )
    assert bodies(file) == before  # one gone, the erasure's own added
    assert Entry.objects.filter(pk=visit.id).exists()
    assert verifying.verify_files(LOWEST, HIGHEST).bad == []
    assert reading.journey(file).state_at(visit.at or 0).seen != visit.at


def test_a_file_whose_key_was_erased_cannot_be_read_by_anybody(room: None) -> None:
    file = open_with_team("Ben")
    erasing.erase(file=file, whole_file=True, authority="Retention ended", by=ONE, second=TWO)
    assert bodies(file) == 1
    assert verifying.verify_files(LOWEST, HIGHEST).bad == []
    assert reading.journey(file).states == []
