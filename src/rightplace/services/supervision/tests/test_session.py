"""A session from planning to both signatures; what is decided goes to the child's file, what is said stays sealed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.foundation.journal import reading
from rightplace.services.supervision import actions, personal
from rightplace.services.supervision.actions import Agreed
from rightplace.services.supervision.lines import chart
from rightplace.services.supervision.models import Session, Word
from rightplace.services.supervision.queries import agenda, decisions, standings
from rightplace.services.supervision.tests.child import child_with
from rightplace.services.supervision.tests.held import TODAY, WORDS, held, planned, signed


def words_of(session, who):
    return [said.words for said in personal.opened(who.actor, session)]


def test_a_supervisor_plans_with_own_workers_only_and_one_at_a_time(city):
    planned(city.social_worker, city.assessment_manager)
    with pytest.raises(Refused, match="planned already"):
        planned(city.social_worker, city.assessment_manager)
    for worker in (city.family_support_worker, city.assessment_manager):
        with pytest.raises(NotAllowed):
            planned(worker, city.assessment_manager)
    assert planned(city.assessment_manager, city.head_of_service).over_id == city.director.worker.pk


def test_a_worker_s_points_are_the_worker_s_own_until_they_are_signed(city):
    session = planned(city.social_worker, city.assessment_manager)
    personal.keep_draft(city.social_worker.actor, session, {"points": "I am afraid of the dog."})
    assert personal.draft_of(city.social_worker.actor, session) == {"points": "I am afraid of the dog."}
    assert personal.draft_of(city.assessment_manager.actor, session) == {}
    assert words_of(session, city.assessment_manager) == []
    actions.share_points(session=session, words="I am afraid of the dog.", by=city.social_worker.actor)
    assert words_of(session, city.assessment_manager) == ["I am afraid of the dog."]
    assert personal.draft_of(city.social_worker.actor, session) == {}


def test_both_sign_and_an_account_and_a_correction_stand_beside_what_was_said(city):
    session = held(city.social_worker, city.assessment_manager)
    assert words_of(session, city.social_worker) == list(WORDS.values())
    actions.sign_as_worker(session=session, by=city.social_worker.actor, account="I was not frightened.")
    first = personal.opened(city.assessment_manager.actor, session)[0]
    with pytest.raises(Refused, match="Somebody else"):
        actions.correct(session=session, word=first.number, words="x", by=city.social_worker.actor)
    actions.correct(
        session=session, word=first.number, words="Tired since May.", by=city.assessment_manager.actor
    )
    told = personal.opened(city.social_worker.actor, session)
    assert [each.words for each in told] == [*WORDS.values(), "I was not frightened.", "Tired since May."]
    assert told[-1].corrects == first.number
    session.refresh_from_db()
    assert session.supervisee_signed_at is not None


def test_nobody_signs_before_it_is_held_nor_twice_nor_for_the_other(city):
    session = planned(city.social_worker, city.assessment_manager)
    with pytest.raises(Refused, match="has not signed"):
        actions.sign_as_worker(session=session, by=city.social_worker.actor)
    done = {"held_on": TODAY, "minutes": 60, "words": WORDS}
    with pytest.raises(NotAllowed):
        actions.sign_as_supervisor(session=session, **done, by=city.other_assessment_manager.actor)
    with pytest.raises(Refused, match="still to come"):
        actions.sign_as_supervisor(
            session=session, **done | {"held_on": TODAY + timedelta(days=1)}, by=city.assessment_manager.actor
        )
    actions.sign_as_supervisor(session=session, **done, by=city.assessment_manager.actor)
    with pytest.raises(Refused, match="have signed"):
        actions.sign_as_supervisor(session=session, **done, by=city.assessment_manager.actor)
    with pytest.raises(NotAllowed):
        actions.sign_as_worker(session=session, by=city.assessment_manager.actor)


def test_a_decision_about_a_child_stands_in_the_child_s_file_signed_by_the_supervisor(city):
    nia = child_with(city)
    session = planned(city.social_worker, city.assessment_manager)
    due = TODAY + timedelta(days=7)
    actions.decide(
        session=session, file=nia, decision="Visit the school.", reasons="Nobody has asked Nia there.",
        agreed=[Agreed("Ring the school", due, city.social_worker.worker.pk)], by=city.assessment_manager.actor,
    )  # fmt: skip
    entries = reading.file_rows([nia])
    with reading.folding():
        last = reading.entries_of(entries)[nia][-1]
    assert (last.author, last.body.decision) == (city.assessment_manager.worker.pk, "Visit the school.")
    assert last.body.agreed[0].due == due
    told = decisions(city.social_worker.actor, [session.pk])[0]
    assert (told.decision, told.actions[0].done) == ("Visit the school.", None)
    actions.say_what_became(
        session=session, entry=told.entry, action="Ring the school", done=True, words="", by=city.social_worker.actor
    )  # fmt: skip
    assert decisions(city.assessment_manager.actor, [session.pk])[0].actions[0].done is True
    assert decisions(city.other_family_support_manager.actor, [session.pk]) == []


def test_a_decision_is_about_a_child_of_that_worker_and_has_reasons(city):
    nia = child_with(city)
    session = planned(city.social_worker, city.assessment_manager)
    with pytest.raises(Refused):
        actions.decide(
            session=session, file=nia, decision="Close.", reasons=" ", by=city.assessment_manager.actor
        )
    with pytest.raises(NotAllowed):
        actions.decide(
            session=session, file=nia + 1, decision="a", reasons="b", by=city.assessment_manager.actor
        )
    with pytest.raises(NotAllowed):
        actions.decide(session=session, file=nia, decision="a", reasons="b", by=city.social_worker.actor)


def test_the_agenda_says_what_is_late_stuck_and_unseen(city, monkeypatch):
    from rightplace.foundation.organisation import clock

    nia = child_with(city)
    now = clock.now()
    assert [
        each.calls
        for each in agenda(city.assessment_manager.actor, city.social_worker.worker.pk, now).children
    ] == [False]
    late = now + timedelta(days=60)
    found = agenda(city.assessment_manager.actor, city.social_worker.worker.pk, late)
    child = found.children[0]
    assert (child.person.person, child.unseen, child.stuck, bool(child.late)) == (nia, True, True, True)
    assert agenda(city.other_family_support_manager.actor, city.social_worker.worker.pk, late).hidden == 1


def test_what_is_due_is_worked_out_from_what_was_held(city):
    people = chart(TODAY).supervisees_of(city.assessment_manager.worker.pk)
    assert standings(people, TODAY)[city.social_worker.worker.pk].due.late(TODAY) > 0
    signed(city.social_worker, city.assessment_manager, days_ago=10)
    standing = standings(people, TODAY)[city.social_worker.worker.pk]
    assert standing.due.day == TODAY + timedelta(days=18)
    assert standing.planned is None


def test_a_session_that_was_put_off_is_neither_held_nor_in_the_way(city):
    session = planned(city.social_worker, city.assessment_manager)
    actions.put_off(session=session, because="crisis", by=city.assessment_manager.actor)
    with pytest.raises(Refused, match="put off"):
        actions.sign_as_supervisor(
            session=session, held_on=TODAY, minutes=5, words=WORDS, by=city.assessment_manager.actor
        )
    planned(city.social_worker, city.assessment_manager)


def test_only_the_two_and_the_supervisor_s_manager_know_of_a_session(city):
    session = signed(city.social_worker, city.assessment_manager)
    knows = {city.social_worker.worker.pk, city.assessment_manager.worker.pk, city.head_of_service.worker.pk}
    for field in vars(city).values():
        if hasattr(field, "actor"):
            found = scope(field.actor, Session).filter(pk=session.pk).exists()
            assert found == (field.worker.pk in knows), field.worker.name


def test_words_are_sealed_at_rest_and_nobody_changes_them(city):
    session = held(city.social_worker, city.assessment_manager)
    with personal.reading_as(city.assessment_manager.actor):
        rows = list(Word.objects.filter(session=session))
        assert len(rows) == len(WORDS)
        assert all(word.encode() not in bytes(row.sealed) for row in rows for word in WORDS.values())
        assert Word.objects.filter(session=session).update(kind="account") == 0
        assert Word.objects.filter(session=session).delete()[0] == 0
    assert words_of(session, city.social_worker) == list(WORDS.values())
