"""Only what a person takes up becomes an entry, with one accountable team; what was decided is noted either way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import accountable_team
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.contact import ContactDecided, ContactReceived, Level, Route
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.domain.practice.entries.signals import SignalTakenUp
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.actions import excuse_timescale
from rightplace.foundation.journal.models import Entry, File
from rightplace.foundation.journal.projections import Span, Timescale
from rightplace.foundation.journal.writing import NewFile, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.actions import located
from rightplace.foundation.people.projections import Duplicate, Person, Relation
from rightplace.services.signals import deciding, deleting, queries, sources
from rightplace.services.signals.families import noticed
from rightplace.services.signals.models import Noted, Signal, Tally
from rightplace.services.signals.taking import take
from rightplace.services.signals.takingup import ChildChosen, TakingUp, take_up
from rightplace.services.signals.tests.giving import PURPOSE, agreed, brother, given, row, the_family
from rightplace.testing.organisation import MORNING, Colleague, SmallCity, postcode_in


def children() -> list[ChildChosen]:
    """Every child whom signals name, each with a new file."""
    family = the_family()
    found = noticed(family, Signal.objects.filter(family=family))
    return [ChildChosen(each.number) for each in found.children]


def decision(*chosen: ChildChosen, **more) -> TakingUp:
    said = {
        "indicators": ("child.learning.slipping",), "reasons": "Both are away, and nobody has asked why.",
        "conversation": "What makes mornings hard?", "family_told": "not told yet",
    } | more  # fmt: skip
    return TakingUp(children=chosen or children(), **said)


def taken(city: SmallCity, by: Colleague | None = None, *chosen: ChildChosen) -> list[int]:
    return take_up(
        family=the_family().pk, decision=decision(*chosen), by=(by or city.family_support_worker).actor
    )


def said_in(file: int) -> SignalTakenUp:
    with reading.folding():
        entries = reading.entries_of(reading.file_rows([file]))[file]
    return next(each.body for each in entries if isinstance(each.body, SignalTakenUp))


def test_it_becomes_an_entry_in_each_childs_file_with_source_basis_and_purpose(city, feed):
    given(city, row(), brother())
    files = taken(city)
    assert len(files) == 2
    maisie, otis = sorted((said_in(file) for file in files), key=lambda said: said.told)
    assert maisie.told == (
        "Away from school, from Lark Hill Primary, noticed Thu 26 Feb 2026: Away on six Mondays since Christmas.",
    )
    assert "Late on most days." in otis.told[0]
    assert (maisie.lawful_basis, maisie.purpose) == ("public task", PURPOSE)
    assert maisie.indicators == ("child.learning.slipping",)
    assert set(Person.objects.filter(person__in=files).values_list("given", flat=True)) == {"Maisie", "Otis"}
    assert Relation.objects.filter(person=files[0], other=files[1]).exists()
    entries = Entry.objects.filter(kind=SignalTakenUp.number)
    assert entries.values("occasion").distinct().count() == 1


def test_one_team_answers_at_every_instant_and_the_manager_accepts(city, feed):
    given(city, row())
    (file,) = taken(city)
    team = city.family_support.pk
    assert accountable_team(file) == team
    offer = Offer.objects.get(file=file, state="open")
    assert (offer.team, offer.from_team) == (team, team)
    with pytest.raises(NotAllowed):
        caseflow.accept_child(file=file, offer=offer.pk, by=city.family_support_worker.actor)
    with clock.clock_at(MORNING + timedelta(hours=2)):
        worker = city.family_support_worker.worker.pk
        caseflow.accept_child(file=file, offer=offer.pk, by=city.family_support_manager.actor, worker=worker)
        spans = Span.objects.filter(person=file, open=True).order_by("begins")
        assert {span.team for span in spans} == {team}
        assert {span.part for span in spans} == {"family_support"}
        assert list(spans)[-1].worker == worker


def test_a_managers_own_taking_up_needs_no_other_yes(city, feed):
    given(city, row())
    (file,) = taken(city, city.family_support_manager)
    assert accountable_team(file) == city.family_support.pk
    assert not Offer.objects.exists()


def test_what_was_taken_up_lives_on_in_the_journal_only(city, feed):
    given(city, row(), brother())
    taken(city)
    assert not Signal.objects.filter(sealed__isnull=False).exists()
    assert not queries.waiting(city.family_support_worker.actor).exists()
    assert given(city, row()).same == 1
    with clock.clock_at(MORNING + timedelta(days=55)):
        assert deleting.delete_due() == 0
        assert not Signal.objects.exists()
    assert not Noted.objects.filter(what="deleted").exists()
    assert Tally.objects.get(what="taken up").number == 2


def test_a_child_left_out_gets_no_file_and_the_signals_wait_for_their_day(city, feed):
    given(city, row(), brother())
    taken(city, None, children()[0])
    assert Person.objects.count() == 1
    assert Signal.objects.filter(taken_up=False).get().sender_id == "row-2"


def test_a_child_who_was_found_gets_no_second_file(city, feed):
    given(city, row(1))
    (file,) = taken(city)
    given(city, row(2, words="Away again."))
    again = children()[0]
    assert taken(city, None, ChildChosen(again.noticed, file)) == [file]
    assert Person.objects.count() == 1
    assert Offer.objects.filter(state="open").count() == 1


def test_a_child_who_may_be_another_is_flagged_for_a_person_and_never_joined(city, feed):
    given(city, row())
    taken(city)
    given(city, row(2, words="Again."))
    (second,) = taken(city)
    flagged = Duplicate.objects.get(file=second)
    assert not flagged.settled
    assert Person.objects.count() == 2


def test_a_number_made_up_is_nobody(city, feed):
    given(city, row())
    with pytest.raises(Refused, match="no such child"):
        taken(city, None, ChildChosen(children()[0].noticed, 12345))
    assert not File.objects.exists()


def test_a_household_is_taken_up_for_a_child_whom_the_worker_names(city):
    agreed(city, city.housing, "housing.arrears")
    owed = row(kind="housing.arrears", given="", family="", born="", words="Eleven weeks.")
    take(city.housing.team.agency_id, [owed], city.housing.actor)
    with pytest.raises(Refused, match="No child is named"):
        taken(city, None)
    named = ChildChosen(0, 0, "Otis", "Thornbury", date(2019, 11, 30))
    (file,) = taken(city, None, named)
    assert "Behind with the rent" in said_in(file).told[0]
    assert Person.objects.get(person=file).given == "Otis"


def test_it_needs_reasons_the_right_team_and_something_to_take_up(city, feed):
    given(city, row())
    family = the_family().pk
    with pytest.raises(Refused, match="reasons"):
        take_up(family=family, decision=decision(reasons=" "), by=city.family_support_worker.actor)
    for by in (city.other_family_support_manager, city.head_of_service, city.social_worker, city.school):
        with pytest.raises(NotAllowed):
            taken(city, by)
    chosen = children()
    taken(city)
    with pytest.raises(Refused, match="Nothing is left"):
        take_up(family=family, decision=decision(*chosen), by=city.family_support_worker.actor)
    assert Entry.objects.filter(kind=SignalTakenUp.number).count() == 1


def test_what_is_decided_otherwise_is_noted_with_author_reason_and_day(city, feed):
    given(city, row())
    family, by = the_family().pk, city.family_support_worker.actor
    again = clock.today() + timedelta(days=14)
    deciding.put_off(
        family=family, school_first=True, look_on=again, because="too little", words="Ask Ms Okafor.", by=by
    )
    noted = Noted.objects.get(what="school first")
    assert (noted.worker, noted.because, noted.look_on) == (by.worker, "too little", again)
    assert not queries.waiting(by).exists()
    assert list(queries.put_off(by)) == [the_family()]
    with clock.clock_at(MORNING + timedelta(days=14)):
        assert list(queries.waiting(by)) == [the_family()]
    assert not Entry.objects.exists()


@pytest.mark.parametrize("days", [0, -1, 91])
def test_the_day_to_look_again_is_to_come_and_soon(city, feed, days):
    given(city, row())
    with pytest.raises(Refused, match="look again"):
        deciding.put_off(
            family=the_family().pk, school_first=False, look_on=clock.today() + timedelta(days=days),
            because="too little", words="", by=city.family_support_worker.actor,
        )  # fmt: skip


def test_a_decision_has_a_reason(city, feed):
    given(city, row())
    by = city.family_support_worker.actor
    for because in ("", "capacity", "other"):
        with pytest.raises(Refused):
            deciding.decline(family=the_family().pk, because=because, words="", by=by)


def test_an_earlier_contact_of_our_own_is_a_signal_only_under_our_own_agreement(city, feed):
    file = _advised(city)
    assert sources.gather().rows == 0
    own = agreed(city, _authority(city), "door.earlier-contact", days=60)
    outcome = sources.gather()
    assert (outcome.taken, sources.gather().same) == (1, 1)
    told = queries.opened_families(city.family_support_worker.actor, [the_family()])[0].signals[0]
    assert (told.row.feed, told.given.given, told.given.words) == (
        own,
        "Perrin",
        "A contact ended with advice.",
    )
    assert file


def _authority(city: SmallCity) -> Colleague:
    """Somebody of the authority itself: its agreement is with itself."""
    return city.head_of_service


def _advised(city: SmallCity) -> int:
    at, file = from_datetime(clock.now()), new_id()
    identity = IdentityRecorded(given="Perrin", family="Hask", born=date(2015, 2, 1))
    bodies = [identity, located("5 Acre Walk", postcode_in(1))]
    drafts = [Draft(file=file, body=body, day=day_of(at), at=at) for body in bodies]
    by = city.front_door_manager.actor
    contact = ContactReceived(team=city.front_door.pk, source="2A", channel="form")
    written = write(
        [*drafts, Draft(file=file, body=contact, day=day_of(at), at=at)],
        by=by,
        may="contact.raise",
        opening=[NewFile(file)],
    )
    body = ContactDecided(
        contact=written[2].id, level=Level.UNIVERSAL, indicators=(), route=Route.ADVICE, reasons="Advised.",
        alternatives="None.", unseen_reason="Seen at school.",
    )  # fmt: skip
    for scale in Timescale.objects.filter(person=file, guards=True):
        excuse_timescale(
            file=file, rule=scale.rule, trigger=scale.trigger, outcome="not required", reasons="Known.", by=by
        )
    write([Draft(file=file, body=body, day=day_of(at), at=at)], by=by, may="contact.decide")
    return file
