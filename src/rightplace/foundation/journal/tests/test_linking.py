"""Two files are one child, or are not after all: nothing moves silently, and parting puts back what was."""

from __future__ import annotations

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.journal import linking, reading
from rightplace.foundation.journal.models import File
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.journal.tests.telling import TEAM, new_child, open_with_team, visited
from rightplace.foundation.journal.tests.test_bulk_equals_live import everything

pytestmark = pytest.mark.django_db


def test_linking_two_open_children_names_the_team_that_goes_on() -> None:
    open_file, (contact_file, _) = open_with_team(), new_child("Asha")
    with pytest.raises(Refused, match="which team answers"):
        linking.link(file=contact_file, other=open_file, reasons="Same birth date and address.", by=TEAM)
    linking.link(
        file=contact_file,
        other=open_file,
        reasons="Same birth date and address.",
        by=TEAM,
        team=TEAM.team,
        worker=1020,
    )
    person = min(open_file, contact_file)
    assert set(File.objects.filter(person=person).values_list("id", flat=True)) == {open_file, contact_file}
    span = Span.objects.filter(person=person).latest("begins")
    assert not Span.objects.filter(person=max(open_file, contact_file)).exists()
    now = reading.journey(contact_file).now
    assert {s.team for s in reading.journey(open_file).states if s.begins == now.begins} <= {TEAM.team, 0}
    assert span.person == person


def test_linking_a_child_to_itself_is_refused() -> None:
    file, _ = new_child()
    with pytest.raises(Refused):
        linking.link(file=file, other=file, reasons="x", by=TEAM)


def test_parting_puts_both_children_back_as_they_would_be_without_the_link() -> None:
    file, (other, _) = open_with_team(), new_child("Ben")
    before = {f: everything(f)["journal_span"] for f in (file, other)}
    linking.link(file=file, other=other, reasons="Thought so.", by=TEAM, team=TEAM.team, worker=1020)
    visit = visited(file, 40)[0]
    written = {e.id for e in linking.written_while_joined(file, other)}
    assert visit.id in written
    linking.unlink(file=file, leaving=other, reasons="Two children.", stays=(), goes=(visit.id,), by=TEAM)
    assert File.objects.get(pk=other).person == other and File.objects.get(pk=file).person == file
    assert reading.journey(other).now.seen is not None or reading.journey(other).states
    spans = {tuple(map(str, row))[3:9] for row in everything(file)["journal_span"]}
    assert spans >= {tuple(map(str, row))[3:9] for row in before[file]}


def test_a_withdrawn_visit_of_the_joined_time_stands_in_the_file_that_left() -> None:
    file, (other, _) = open_with_team(), new_child("Ben")
    linking.link(file=file, other=other, reasons="Thought so.", by=TEAM, team=TEAM.team, worker=1020)
    visit = visited(file, 40)[0]
    linking.unlink(file=file, leaving=other, reasons="Two children.", stays=(), goes=(visit.id,), by=TEAM)
    assert reading.journey(file).state_at(visit.at or 0).seen != visit.at
    assert reading.journey(other).state_at(visit.at or 0).seen == visit.at
