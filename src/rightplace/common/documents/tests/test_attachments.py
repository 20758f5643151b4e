"""What is attached is sealed with the file's key, has no name in the clear, and is never changed afterwards."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from rightplace.common.documents import attachments
from rightplace.common.documents.models import Attachment
from rightplace.common.documents.refusing import NotTaken
from rightplace.common.questions import drafts, sets
from rightplace.domain.practice.entries import Draft as EntryDraft
from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.foundation.journal.writing import NewFile, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.testing.organisation import MORNING, small_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


@pytest.fixture
def draft(city, monkeypatch):
    asked = sets.QuestionSet(
        id="test",
        version=1,
        title="Test",
        question=(sets.Question(key="saw", words="What?", kind="longtext"),),
    )
    monkeypatch.setitem(sets._sets, "test", asked)
    return drafts.begin("test", by=city.school.actor)[0]


def upload(name="Mia Doyle.txt", words=b"She said that she was hungry."):
    return SimpleUploadedFile(name, words)


def a_file(city):
    number = new_id()
    note = EntryDraft(file=number, body=NoteWritten(text="A note."), day=MORNING.toordinal())
    write([note], by=city.front_door_worker.actor, may="note.write", opening=[NewFile(number)])
    return number


def test_neither_name_nor_words_stand_in_the_database(city, draft):
    row = attachments.add_to_draft(draft, upload())
    file = a_file(city)
    for stored in (row, attachments.move_to_file(draft, file) or Attachment.objects.get(pk=row.pk)):
        assert b"Mia" not in bytes(stored.sealed_name) and b"hungry" not in bytes(stored.sealed)
    told, words = attachments.opened(file, row.pk)
    assert (told.name, words) == ("Mia Doyle.txt", b"She said that she was hungry.")
    assert attachments.of_draft(draft) == []


def test_it_opens_with_no_other_file(city, draft):
    row = attachments.add_to_draft(draft, upload())
    attachments.move_to_file(draft, a_file(city))
    assert attachments.opened(a_file(city), row.pk) is None
    assert attachments.opened(0, row.pk) is None


def test_once_in_a_file_it_is_neither_changed_nor_removed(city, draft):
    row = attachments.add_to_draft(draft, upload())
    attachments.move_to_file(draft, a_file(city))
    for sql in ("UPDATE documents_attachment SET size = 1", "DELETE FROM documents_attachment"):
        with (
            pytest.raises(DatabaseError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"{sql} WHERE id = %s", [row.pk])


def test_six_are_the_most_and_one_can_be_taken_out(draft):
    rows = [attachments.add_to_draft(draft, upload(f"{n}.txt")) for n in range(6)]
    with pytest.raises(NotTaken, match="6 files are the most"):
        attachments.add_to_draft(draft, upload())
    attachments.remove_from_draft(draft, rows[0].pk)
    attachments.add_to_draft(draft, upload("last.txt"))
    assert sorted(each.name for each in attachments.of_draft(draft)) == [
        "1.txt",
        "2.txt",
        "3.txt",
        "4.txt",
        "5.txt",
        "last.txt",
    ]


def test_a_refused_one_leaves_nothing_behind(draft):
    with pytest.raises(NotTaken):
        attachments.add_to_draft(draft, upload("drawing.svg", b"<svg/>"))
    assert not Attachment.objects.exists()


def test_names_lose_their_folders_and_whatever_is_no_letter(draft):
    attachments.add_to_draft(draft, upload("C:\\notes\\..\\body\x07map.txt"))
    assert attachments.of_draft(draft)[0].name == "bodymap.txt"


def test_an_expired_draft_takes_what_was_attached_with_it(city, draft):
    attachments.add_to_draft(draft, upload())
    with clock.clock_at(MORNING + drafts.FOR_WORKERS):
        assert drafts.purge() == 1
    assert not Attachment.objects.exists()
