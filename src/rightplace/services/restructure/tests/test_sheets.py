"""Both sides go out as a spreadsheet and come in again: each row is taken, known already or refused with its reason."""

from __future__ import annotations

from rightplace.common.documents.spreadsheets import rows_of
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Lineage, Post
from rightplace.services.restructure import sheets
from rightplace.services.restructure.structure import structure_of
from rightplace.services.restructure.tests.conftest import ROLE


def out(change):
    return sheets.as_spreadsheet("Structure", structure_of(change.programme.pk), clock.now())


def csv(*lines):
    return "\n".join([",".join(each.lower() for each in sheets.COLUMNS), *lines]).encode()


def take(change, sent, **more):
    return sheets.take_sheet(change.programme, sent, by=change.city.human_resources.actor, **more)


def test_what_was_taken_out_is_known_when_it_comes_in(change):
    told = take(change, out(change))
    assert len(told) == len(change.old) + len(change.new)
    assert {each.outcome for each in told} == {sheets.KNOWN}


def test_no_name_of_anybody_is_in_the_sheet(change):
    cells = {cell for row in rows_of(out(change)) for cell in row}
    assert change.old[0].reference in cells
    assert not cells & {each.name for each in change.workers}


def test_each_row_is_accounted_for_and_a_refused_one_leaves_nothing(change):
    from rightplace.foundation.organisation.programme import actions

    actions.set_first_day(
        programme=change.programme, on=change.team.begins, by=change.city.human_resources.actor
    )
    change.programme.refresh_from_db()
    free = change.old[20].reference
    row = f"new,N-1,{ROLE},GR4,family support,family_support_worker,Family help,37,{free},changed,,One team"
    lines = (
        row,
        "old,NOBODY,,,,,,,,,,",
        f"new,N-2,{ROLE},GR4,family support,family_support_worker,No such team,37,,,,",
        f"new,N-3,{ROLE},GR4,family support,family_support_worker,Family help,37,{free} NOBODY,merged,,x",
        f"old,{change.old[21].reference},,,,,,,,,,Calls that end",
        "sideways,N-4,,,,,,,,,,",
    )
    trial = take(change, csv(*lines), trial=True)
    assert Post.objects.filter(reference="N-1").count() == 0
    told = take(change, csv(*lines))
    assert [each.outcome for each in told] == [each.outcome for each in trial]
    assert [each.outcome for each in told] == ["taken", "refused", "refused", "refused", "taken", "refused"]
    assert all(each.says for each in told)
    assert Lineage.objects.get(after__reference="N-1").before == change.old[20]
    assert not Post.objects.filter(reference__in=("N-2", "N-3", "N-4")).exists()


def test_every_post_is_accounted_for_or_named(change):
    found = structure_of(change.programme.pk)
    assert [each for each in found.unaccounted if change.old[20].reference in each] == [
        f"Nobody has said what becomes of {change.old[20].reference}."
    ]
    assert found.unpriced == ("GR4",)
    assert (found.totals.before.places, found.totals.after.places) == (24, 16)
