"""A return into files: every child accounted for, answered for by a team, due as the census can tell, and provable."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from rightplace import dbserver
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import CIN_IMPORT
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.access.tests.people import actor, team
from rightplace.foundation.journal import past, rebuilding, verifying
from rightplace.foundation.journal.models import Doubt, Entry, File, Happening, Seal, Span, Timescale
from rightplace.foundation.journal.parallel import HIGHEST, LOWEST
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.queries import manager_of
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.people.models import Person
from rightplace.gateways.exchange.cin import RefusedFile, filing
from rightplace.gateways.exchange.cin.importing import IMPORTERS, import_return
from rightplace.gateways.exchange.cin.telling import Numbers
from rightplace.gateways.exchange.cin.tests.oddities import each_in_turn
from rightplace.gateways.exchange.cin.tests.returns import CHILD, IDENTITY
from rightplace.gateways.exchange.cin.tests.test_mapping import assessment, closed, protection, referral
from rightplace.gateways.exchange.cin.tests.write_sample import a_return
from rightplace.gateways.exchange.models import Import, ImportedChild
from rightplace.gateways.exchange.tests.conftest import TakeIn

UPN = "<UPN>C330200000000</UPN>"
FILE = Numbers("330", "INV1").file
SHARED = Path(os.environ.get("RIGHTPLACE_SHARED", Path(__file__).parents[6] / "shared")) / "data/returns/cin"
SAMPLES = sorted(SHARED.glob("sample-*.xml"))


def child(details: str, number: str = "INV1") -> str:
    who = IDENTITY if number == "INV1" else IDENTITY.replace("INV1", number).replace(UPN, "")
    return f"<Child>{who}{details}</Child>"


def record_holds() -> bool:
    """Whether every row is as it was signed, and the rows in use are those worked out again from nothing."""
    verified = verifying.verify_files(LOWEST, HIGHEST)
    assert verified.bad == []
    seal = Seal.objects.order_by("-n").values_list("n", flat=True)[0]
    past.build(seal)
    return rebuilding.compare(past.schema_of(seal)) == 0


def accounted_for(number: int) -> dict[str, int]:
    rows = ImportedChild.objects.filter(of_id=number)
    return {outcome: rows.filter(outcome=outcome).count() for outcome in ImportedChild.Outcome.values}


# what a return becomes ----------------------------------------------------------------


def test_every_child_of_a_return_is_taken_taken_with_doubts_or_refused(take_in: TakeIn) -> None:
    outcome = take_in(a_return(2026, 60, odd=each_in_turn(3)))
    assert outcome.balanced
    assert outcome.children == 60
    assert outcome.refused > 0 < outcome.with_doubts < outcome.taken
    rows = accounted_for(outcome.number)
    assert (rows["refused"], rows["doubts"]) == (outcome.refused, outcome.with_doubts)
    assert sum(rows.values()) == 60
    assert File.objects.count() == outcome.taken
    assert Entry.objects.count() == outcome.entries


def test_the_children_have_no_names_and_are_answered_for_by_the_imports_team(take_in: TakeIn) -> None:
    take_in(child(referral(assessment("2025-05-02"))))
    person = Person.objects.get()
    assert person.name_not_supplied
    assert (person.given, person.family, person.la_child_id, person.born) == (
        "",
        "",
        "INV1",
        date(2015, 1, 9),
    )
    span = Span.objects.filter(person=FILE, begins__lte=clock.now()).latest("begins")
    answering = Team.objects.get(pk=span.team)
    assert (answering.kind, answering.name) == ("imported", "Imported, to be confirmed")
    assert (span.open, span.worker, span.processes) == (True, 0, ["assessment"])


def test_the_team_has_a_named_manager_where_there_is_anybody_to_name(take_in: TakeIn) -> None:
    head = actor(RoleCode.HEAD_OF_SERVICE, team("leadership"))
    outcome = take_in(CHILD)
    answering = Team.objects.get(kind="imported")
    named = manager_of(answering.pk, clock.today())
    assert named is not None
    assert named.pk == head.worker == outcome.manager


def test_without_anybody_to_name_the_outcome_says_so(take_in: TakeIn) -> None:
    assert take_in(CHILD).manager is None


def test_doubts_of_the_return_are_doubts_in_the_childs_file(take_in: TakeIn) -> None:
    outcome = take_in(child(referral(closed("2025-06-01", ""))))
    assert outcome.with_doubts == 1
    assert set(Doubt.objects.filter(person=FILE, code="import_finding").values_list("detail", flat=True)) == {
        "closed_without_reason"
    }


def test_nothing_is_late_that_the_census_does_not_carry_and_what_it_carries_is(take_in: TakeIn) -> None:
    take_in(child(referral(assessment("2025-05-02") + protection("2025-05-20"))))
    rows = Timescale.objects.filter(person=FILE, due__lt=clock.now(), met__isnull=True)
    assert set(rows.filter(unknown="").values_list("rule", flat=True)) == {"ASM-1", "RCPC-1"}
    assert {"CP-VISIT", "SEEN"} <= set(rows.exclude(unknown="").values_list("rule", flat=True))


def test_another_authoritys_child_of_the_same_number_is_another_child(
    take_in: TakeIn, tmp_path: Path
) -> None:
    take_in(a_return(2026, 3))
    outcome = take_in(a_return(2026, 3).replace(b">330<", b">331<"))
    assert (outcome.authority, outcome.taken, File.objects.count()) == ("331", 3, 6)
    assert set(Import.objects.values_list("authority", flat=True)) == {"330", "331"}


def test_the_record_holds_after_an_import(take_in: TakeIn) -> None:
    take_in(a_return(2027, 84, odd=each_in_turn(3)))
    assert record_holds()


# again -----------------------------------------------------------------------------------


def test_importing_the_same_file_twice_changes_nothing(take_in: TakeIn) -> None:
    content = a_return(2026, 40, odd=each_in_turn(3))
    first = take_in(content)
    entries, heads = Entry.objects.count(), set(File.objects.values_list("id", "head_seq"))
    second = take_in(content)
    assert (second.before, second.entries, second.number) == (True, 0, first.number)
    assert [second.children, second.taken, second.with_doubts, second.refused] == [
        first.children, first.taken, first.with_doubts, first.refused,
    ]  # fmt: skip
    assert second.refusals == first.refusals
    assert Entry.objects.count() == entries
    assert set(File.objects.values_list("id", "head_seq")) == heads
    assert Import.objects.count() == 1


def test_a_broken_off_import_is_taken_up_again(take_in: TakeIn) -> None:
    """As if the process had died before it kept its account: the files are there, the import is not."""
    content = a_return(2026, 40)
    take_in(content)
    entries = Entry.objects.count()
    Import.objects.all().delete()
    again = take_in(content)
    assert (again.before, again.entries, again.taken) == (False, 0, 40)
    assert Entry.objects.count() == entries


def test_the_same_return_sent_in_other_words_changes_nothing_either(take_in: TakeIn) -> None:
    content = a_return(2026, 20)
    take_in(content)
    other = take_in(content.replace(b"<Children>\n", b"<Children>\n\n\n"))
    assert (other.before, other.entries, other.taken) == (False, 0, 20)


def test_next_years_return_corrects_and_continues(take_in: TakeIn) -> None:
    take_in(child(referral(assessment("2025-05-02"))) + child(referral(), "INV2"))
    before = Entry.objects.count()
    later = referral(closed("2026-05-20", "RC8") + assessment("2025-05-02", "2026-04-20")).replace("N1", "N2")
    outcome = take_in(child(later) + child(referral(day="2026-05-01"), "INV3"), 2027)
    assert (outcome.taken, outcome.with_doubts) == (2, 0)
    kinds = [entry.kind for entry in Entry.objects.filter(file=FILE).order_by("seq")][-4:]
    assert len(kinds) == 4
    assert Entry.objects.count() == before + outcome.entries
    assert not Span.objects.filter(person=FILE, begins__lte=clock.now()).latest("begins").open
    assert Happening.objects.get(person=FILE, name="case.closed").outcome == "RC8"
    row = Import.objects.get(pk=outcome.number)
    assert (row.new_files, row.absent) == (1, 1)
    assert record_holds()


def test_any_two_years_leave_a_record_that_holds(take_in: TakeIn) -> None:
    take_in(a_return(2025, 60, seed=1, odd=each_in_turn(4)))
    outcome = take_in(a_return(2026, 70, seed=2, odd=each_in_turn(5)))
    assert outcome.balanced
    assert outcome.with_doubts > 20, "what the second return no longer says is in doubt"
    assert record_holds()


def test_a_worker_who_took_the_child_over_is_not_overridden(take_in: TakeIn) -> None:
    take_in(child(referral()))
    worker = actor(RoleCode.TEAM_MANAGER)
    named = IdentityRecorded(given="Invented", family="Example")
    write([Draft(file=FILE, body=named, day=clock.today().toordinal())], by=worker, may="note.write")
    take_in(child(referral(assessment("2026-06-01"))), 2027)
    assert Person.objects.get().name == "Invented Example"
    assert Entry.objects.filter(file=FILE).exclude(author=CIN_IMPORT.worker).count() == 1


def test_the_import_signs_as_itself_in_the_team_that_answers(take_in: TakeIn) -> None:
    take_in(child(referral()))
    take_in(child(referral(assessment("2026-06-01"))), 2027)
    answering = Team.objects.get(kind="imported")
    signed = set(Entry.objects.values_list("author", "role", "team", "at"))
    assert signed == {(CIN_IMPORT.worker, int(RoleCode.IMPORT), answering.pk, None)}


def test_a_child_whose_file_was_erased_is_refused(take_in: TakeIn) -> None:
    take_in(child(referral()) + child(referral(), "INV2"))
    real = filing.reading.files_of_persons

    def without_salt(*args: object, **options: object) -> dict[int, object]:
        found = real(*args, **options)  # type: ignore[arg-type]
        found[FILE].salt = None
        return found  # type: ignore[return-value]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(filing.reading, "files_of_persons", without_salt)
        outcome = take_in(child(referral()) + child(referral(), "INV2"), 2027, dry_run=True)
    assert (outcome.taken, outcome.refused) == (1, 1)
    assert outcome.refusals[0].code == "erased"
    assert outcome.balanced


# what is not taken ---------------------------------------------------------------------------


def test_a_dry_run_counts_the_same_and_writes_nothing(take_in: TakeIn) -> None:
    take_in(a_return(2025, 20, seed=1))
    there = (Entry.objects.count(), File.objects.count(), Import.objects.count(), Seal.objects.count())
    content = a_return(2026, 40, seed=2, odd=each_in_turn(3))
    dry = take_in(content, dry_run=True)
    assert (
        Entry.objects.count(),
        File.objects.count(),
        Import.objects.count(),
        Seal.objects.count(),
    ) == there
    real = take_in(content)
    counts = ("children", "taken", "with_doubts", "refused", "entries", "refusals")
    assert [getattr(dry, name) for name in counts] == [getattr(real, name) for name in counts]


def test_a_dry_run_opens_no_team(take_in: TakeIn) -> None:
    assert take_in(CHILD, dry_run=True).taken == 1
    assert not Team.objects.filter(kind="imported").exists()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(a_return(2026, 5)[:-40], id="cut off"),
        pytest.param(
            b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Message>&e;</Message>", id="entity"
        ),
        pytest.param(b"not a return", id="no XML"),
        pytest.param(a_return(2026, 5).replace(b">CIN<", b">SSDA903<"), id="another collection"),
    ],
)
def test_a_file_that_cannot_be_taken_leaves_nothing_behind(take_in: TakeIn, content: bytes) -> None:
    with pytest.raises(RefusedFile):
        take_in(content)
    assert not File.objects.exists()
    assert not Import.objects.exists()
    assert not Team.objects.filter(kind="imported").exists()


def test_only_who_may_run_imports_runs_one(tmp_path: Path, db: None) -> None:
    path = tmp_path / "return.xml"
    path.write_bytes(a_return(2026, 1))
    with pytest.raises(NotAllowed):
        import_return(path, by=actor(RoleCode.SOCIAL_WORKER))
    assert import_return(path, by=actor(RoleCode.ADMINISTRATOR)).taken == 1


def test_one_import_runs_at_a_time(take_in: TakeIn, database_server: object) -> None:
    name = str(connection.settings_dict["NAME"])
    with psycopg.connect(dbserver.server.address("app", name)) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [IMPORTERS])
        with pytest.raises(Refused, match="Another import is running"):
            take_in(CHILD)
    assert take_in(CHILD).taken == 1


def test_a_return_without_a_header_is_taken_up_to_today(take_in: TakeIn) -> None:
    outcome = take_in(f"<Message><Children>{CHILD}</Children></Message>".encode())
    assert (outcome.taken, outcome.authority, outcome.year) == (1, "", 0)
    assert Import.objects.get().reference == clock.today()


# the samples ----------------------------------------------------------------------------------


@pytest.mark.skipif(not SAMPLES, reason="the sample returns are not beside this checkout (RIGHTPLACE_SHARED)")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_return_is_taken_whole(path: Path, db: None) -> None:
    outcome = import_return(path, by=CIN_IMPORT)
    assert outcome.balanced
    assert outcome.children == outcome.taken == path.read_text().count("<Child>")
    assert record_holds()
    later = datetime(2030, 1, 1, tzinfo=UTC)
    late = Timescale.objects.filter(
        due__lt=later, met=None, unknown="", not_required_from=None, overtaken=None
    )
    assert {row.rule for row in late} <= {"ASM-1", "IA-1", "CORE-1", "ICPC-1", "RCPC-1", "RCPC-n"}
