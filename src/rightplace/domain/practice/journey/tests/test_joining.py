"""Two files of one person: each keeps its own, one team answers, and two are a doubt until somebody settles it."""

from datetime import date

from hypothesis import given

from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.assessment import AssessmentBegan
from rightplace.domain.practice.entries.base import Label
from rightplace.domain.practice.entries.caseflow import CaseClosed, TeamPlaced
from rightplace.domain.practice.entries.identity import IdentityRecorded, ImportTaken
from rightplace.domain.practice.entries.keeping import DoubtSettled, PersonLinked, TimescaleExcused
from rightplace.domain.practice.journey import Journey, fold
from rightplace.domain.practice.journey.joining import join
from rightplace.domain.practice.journey.tests.histories import MODERATE, linked_histories
from rightplace.domain.practice.journey.tests.telling import DOOR, HEADS, SOUTH, SOUTH_MANAGER, File


def joined(*files: File) -> Journey:
    return join({file.number: file.journey() for file in files})


def two_open_files(linked: bool = True) -> tuple[File, File]:
    """An older file with South, and a newer one at the front door that says they are one child."""
    older, newer = File(500).with_south(), File(900).later(3)
    newer.contact()
    if linked:
        newer.say(PersonLinked(other_file=500, reasons="Same birth date and address"))
    return older, newer


def test_two_teams_are_a_doubt_at_the_link():
    older, newer = two_open_files()
    found = [d for d in joined(older, newer).doubts if d.code == "two_teams"]
    assert [(d.entry, d.settled) for d in found] == [(newer.entries[-1].id, False)]


def test_two_teams_are_seen_also_when_a_birthday_will_end_both():
    older, newer = two_open_files()
    for file in (older, newer):
        file.say(IdentityRecorded(given="Ash", born=date(2015, 1, 1)))
    assert "two_teams" in {d.code for d in joined(older, newer).doubts}


def test_the_doubt_is_gone_when_one_team_answers():
    older, newer = two_open_files()
    older.later(4).say(TeamPlaced(team=DOOR, reasons="Linked"), team=HEADS)
    assert "two_teams" not in {d.code for d in joined(older, newer).doubts}


def test_the_doubt_can_be_settled_in_either_file():
    older, newer = two_open_files()
    link = newer.entries[-1].id
    older.later(4).say(DoubtSettled(entry=link, code="two_teams", reasons="Both stay for a week"))
    assert [d.settled for d in joined(older, newer).doubts if d.code == "two_teams"] == [True]


def test_the_file_that_holds_the_link_leads():
    older, newer = two_open_files()
    assert joined(older, newer).now.team == DOOR
    older, newer = two_open_files(linked=False)
    assert joined(older, newer).now.team == SOUTH


def test_a_closing_closes_its_own_file():
    older, newer = two_open_files()
    closing = CaseClosed(reasons="Well", unseen_reason="Seen at school")
    older.later(9).say(closing, team=SOUTH, author=SOUTH_MANAGER)
    both = joined(older, newer)
    assert (both.now.open, both.now.team) == (True, DOOR)
    newer.later(9).say(closing, team=DOOR)
    assert not joined(older, newer).now.open


def test_processes_of_both_are_there_and_a_plan_is_pending_only_where_nothing_goes_on():
    older, newer = two_open_files()
    assert older.journey().now.processes == ("plan_pending",)
    assert joined(older, newer).now.processes == ("contact",)


def test_a_row_carries_the_label_of_its_own_entry_not_the_strictest():
    older, newer = File(500), File(900).later(1)
    older.contact(label=int(Label.ADOPTION))
    newer.say(AssessmentBegan())
    assert [s.label for s in joined(older, newer).states] == [Label.ADOPTION, Label.NONE]


def test_what_was_excused_or_an_import_could_carry_is_known_of_the_person():
    older, newer = two_open_files()
    older.say(TimescaleExcused(rule="REF-1", trigger=5, outcome="not_required", reasons="Moved away"))
    carried = ("referral.accepted",)
    newer.say(
        ImportTaken(source="cin", authority="330", reference=date(2024, 3, 31), carried=carried, team=SOUTH)
    )
    both = joined(older, newer)
    assert both.excused == {("REF-1", 5): "not_required"}
    assert both.carried == set(carried)
    assert both.reference_day == date(2024, 3, 31).toordinal()


def test_a_person_is_open_as_last_told_though_a_birthday_will_close_both_files():
    older, newer = two_open_files()
    older.say(IdentityRecorded(given="Ash", born=date(2015, 1, 1)))
    newer.say(IdentityRecorded(given="Ash", born=date(2015, 1, 1)))
    both = joined(older, newer)
    assert (both.open, both.team) == (True, DOOR)
    assert not both.now.open


@MODERATE
@given(linked_histories())
def test_joining_adds_and_loses_nothing(files: dict[int, list[Entry]]):
    parts = {file: fold(entries) for file, entries in files.items()}
    both = join(parts)
    for name in ("events", "happenings", "closings", "breaches"):
        assert sorted(getattr(both, name), key=repr) == sorted(
            [one for part in parts.values() for one in getattr(part, name)], key=repr
        )
    assert both.processes == parts[500].processes | parts[900].processes
    begins = [state.begins for state in both.states]
    assert begins == sorted(set(begins))


@MODERATE
@given(linked_histories())
def test_a_person_is_open_while_a_file_is_and_one_team_of_those_answers(files: dict[int, list[Entry]]):
    parts = [fold(entries) for entries in files.values()]
    both = join(dict(zip(files, parts, strict=True)))
    for at in {state.begins for part in parts for state in part.states}:
        teams = {part.state_at(at).team for part in parts if part.state_at(at).open}
        state = both.state_at(at)
        assert state.open == bool(teams)
        assert not teams or state.team in teams


@MODERATE
@given(linked_histories())
def test_the_order_in_which_files_are_joined_does_not_matter(files: dict[int, list[Entry]]):
    parts = {file: fold(entries) for file, entries in files.items()}
    one, other = join(parts), join(dict(reversed(parts.items())))
    assert (one.states, one.events, one.doubts) == (other.states, other.events, other.doubts)
