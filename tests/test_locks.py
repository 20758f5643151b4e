"""Writers at the same moment: nobody waits for ever, nothing is lost, and the order of recording only grows.

Without locks in order of id, writers on siblings deadlock (142 times in a trial of twelve seconds).
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from django.db import connection

from rightplace.domain.practice.entries.assessment import VisitMade
from rightplace.domain.practice.entries.caseflow import TeamAccepted
from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal import actions, linking
from rightplace.foundation.journal.models import Entry, File
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.journal.tests.telling import (
    DOOR,
    TEAM,
    decided,
    draft,
    new_child,
    open_with_team,
    visited,
)
from rightplace.foundation.journal.writing import new_id, write
from tests.together import at_once, chains_are_whole, differences

NOTES = 12
WRITERS = 5


@pytest.fixture(autouse=True)
def own(fresh_database, django_db_blocker):
    """A database of this module's own, and no transaction around a test: threads have to see each other's rows."""
    with django_db_blocker.unblock():
        yield
        connection.close()


def notes(files: list[int], number: int, times: int = NOTES) -> None:
    """Write one occasion in several files, named in another order each time."""
    chance = random.Random(number)
    for _ in range(times):
        chosen = chance.sample(files, k=chance.randint(2, len(files)))
        occasion = new_id()
        write(
            [draft(file, NoteWritten(text=f"by {number}"), occasion=occasion) for file in chosen],
            by=TEAM,
            may="note.write",
        )


def written_by(number: int, files: list[int], times: int = NOTES) -> int:
    """How many entries `notes` writes."""
    chance = random.Random(number)
    return sum(len(chance.sample(files, k=chance.randint(2, len(files)))) for _ in range(times))


def test_writers_on_brothers_and_sisters_never_wait_in_a_circle_and_lose_nothing():
    files = [new_child(name)[0] for name in ("Asha", "Ben", "Chidi", "Dot")]
    wrong = at_once([lambda n=n: notes(files, n) for n in range(WRITERS)])
    assert wrong == [], wrong[0]
    expected = sum(written_by(n, files) for n in range(WRITERS))
    assert Entry.objects.filter(file__in=files, kind=NoteWritten.number).count() == expected
    chains_are_whole(files)
    assert differences(files) == []


def test_writers_on_the_two_files_of_one_child_never_wait_in_a_circle():
    """Each write locks both files, whichever it names: in order, or two writers hold what the other wants."""
    first, second = new_child("Asha")[0], new_child("Asha")[0]
    linking.link(file=first, other=second, reasons="One child.", by=TEAM)

    def only(file: int) -> None:
        for _ in range(NOTES):
            write([draft(file, NoteWritten(text="note"))], by=TEAM, may="note.write")

    wrong = at_once([lambda f=f: only(f) for f in (first, second, first, second)])
    assert wrong == [], wrong[0]
    assert Entry.objects.filter(file__in=(first, second), kind=NoteWritten.number).count() == 4 * NOTES
    chains_are_whole([first, second])
    assert differences([first]) == []


def test_linking_and_parting_while_others_write_loses_nothing_and_leaves_no_half_person():
    pairs = [(new_child("Asha")[0], new_child("Asha")[0]) for _ in range(2)]
    files = [file for pair in pairs for file in pair]
    parted: Counter[str] = Counter()

    def link_and_part(pair: tuple[int, int]) -> None:
        for _ in range(4):
            linking.link(file=pair[0], other=pair[1], reasons="One child.", by=TEAM)
            linking.unlink(
                file=pair[0], leaving=pair[1], reasons="Two after all.", stays=(), goes=(), by=TEAM
            )
            parted["times"] += 1

    works = [lambda p=p: link_and_part(p) for p in pairs]
    works += [lambda n=n: notes(files, 100 + n, 6) for n in range(2)]
    wrong = at_once(works)
    assert wrong == [], wrong[0]
    assert parted["times"] == 8
    assert all(File.objects.get(pk=file).person == file for file in files)
    expected = sum(written_by(100 + n, files, 6) for n in range(2))
    assert Entry.objects.filter(file__in=files, kind=NoteWritten.number).count() == expected
    chains_are_whole(files)
    assert differences(files) == []


def test_two_who_link_the_same_files_at_once_make_one_person_and_one_is_told_so():
    for _ in range(3):
        first, second = new_child("Asha")[0], new_child("Asha")[0]
        refused: list[str] = []

        def link(one: int, other: int, refused: list[str] = refused) -> None:
            try:
                linking.link(file=one, other=other, reasons="One child.", by=TEAM)
            except Refused as why:
                refused.append(why.because)

        wrong = at_once([lambda f=first, s=second: link(f, s), lambda f=first, s=second: link(s, f)])
        assert wrong == [], wrong[0]
        assert len(refused) == 1
        assert set(File.objects.filter(pk__in=(first, second)).values_list("person", flat=True)) == {
            min(first, second)
        }
        assert differences([first]) == []


def test_of_two_who_correct_one_entry_at_once_one_wins_and_the_other_is_told():
    file = open_with_team()
    visit = visited(file, 20)[0]
    told: Counter[str] = Counter()

    def correct(number: int) -> None:
        try:
            actions.correct_entry(
                file=file, entry=visit.id, seen=visit.id, said=VisitMade(seen=True, note=f"{number}"),
                day=visit.day, at=visit.at, reasons="Misread.", by=TEAM,
            )  # fmt: skip
        except Refused:
            told["refused"] += 1
        else:
            told["corrected"] += 1

    wrong = at_once([lambda n=n: correct(n) for n in range(4)])
    assert wrong == [], wrong[0]
    assert told == {"corrected": 1, "refused": 3}
    chains_are_whole([file])


def test_an_entry_that_two_withdraw_at_once_stands_once_where_it_belongs():
    file, other = open_with_team(), open_with_team("Ben")
    visit = visited(file, 20)[0]
    officer = Actor(worker=1050, name="Governance", role=62, team=150)
    told: Counter[str] = Counter()

    def withdraw() -> None:
        try:
            actions.withdraw_entry(
                file=file, entry=visit.id, belongs_in=other, reasons="Another family.", by=officer
            )
        except Refused:
            told["refused"] += 1
        else:
            told["withdrawn"] += 1

    wrong = at_once([withdraw] * 3)
    assert wrong == [], wrong[0]
    assert told == {"withdrawn": 1, "refused": 2}
    assert Entry.objects.filter(file=other, kind=VisitMade.number, day=visit.day, at=visit.at).count() == 1
    chains_are_whole([file, other])


def test_of_two_managers_who_accept_one_offer_at_once_one_does():
    file, contact = new_child()
    offer = write(decided(file, contact), by=DOOR, may="contact.decide")[3].id
    told: Counter[str] = Counter()

    def accept() -> None:
        try:
            write([draft(file, TeamAccepted(offer=offer), 2)], by=TEAM, may="offer.answer")
        except Refused:
            told["refused"] += 1
        else:
            told["accepted"] += 1

    wrong = at_once([accept] * 4)
    assert wrong == [], wrong[0]
    assert told == {"accepted": 1, "refused": 3}
    assert Span.objects.filter(person=file, open=True).latest("begins").team == TEAM.team
    assert differences([file]) == []
    chains_are_whole([file])
