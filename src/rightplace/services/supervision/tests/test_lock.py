"""Both locks of the personal part: the gate in Python, and the database, which shows a row to those whom it names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.access.rls import folding, reading_as
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.services.supervision import personal
from rightplace.services.supervision.models import Opened, Word
from rightplace.services.supervision.releasing import answer_release, ask_release, reason_of, take_note
from rightplace.services.supervision.tests.held import WORDS, held, signed
from rightplace.testing.organisation import MORNING


def raw_words() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM supervision_word")
        return int(cursor.fetchone()[0])


def colleagues(city):
    return [each for each in vars(city).values() if hasattr(each, "actor")]


def test_the_database_shows_the_words_to_three_people_and_to_nobody_who_folds(city):
    held(city.social_worker, city.assessment_manager)
    assert raw_words() == 0
    with folding():
        assert raw_words() == 0
    three = {city.social_worker.worker.pk, city.assessment_manager.worker.pk, city.head_of_service.worker.pk}
    for who in colleagues(city):
        with reading_as(who.actor):
            assert raw_words() == (len(WORDS) if who.worker.pk in three else 0), who.worker.name
        if who.worker.pk in three:
            assert personal.opened(who.actor, held_session())
        else:
            with pytest.raises(NotAllowed):
                personal.opened(who.actor, held_session())


def held_session():
    from rightplace.services.supervision.models import Session

    return Session.objects.get()


def test_nobody_writes_in_another_s_name(city):
    session = held(city.social_worker, city.assessment_manager)
    with pytest.raises(NotAllowed):
        personal.add(city.head_of_service.actor, session, Word.Kind.WELLBEING, "x")
    values = {"session": session, "kind": "points", "sealed": b"x", "supervisor": 1, "supervisee": 2, "over": 3,
              "recorded_at": MORNING}  # fmt: skip
    with reading_as(city.director.actor), pytest.raises(DatabaseError), transaction.atomic():
        Word.objects.create(**values, recorded_by=city.director.worker)


def test_who_read_it_is_written_down_before_a_word_is_opened(city, monkeypatch):
    session = held(city.social_worker, city.assessment_manager)
    before = ReadAudit.objects.count()
    personal.opened(city.head_of_service.actor, session)
    assert ReadAudit.objects.count() == before + 1
    seen = Opened.objects.get(reader=city.head_of_service.worker)
    assert seen.session_id == session.pk

    def broken(*args: object, **more: object) -> None:
        raise personal.NotAllowed

    monkeypatch.setattr(personal, "record_reading", broken)
    opened = []
    monkeypatch.setattr(personal.sealing, "opened", lambda *args: opened.append(args))
    with pytest.raises(NotAllowed):
        personal.opened(city.head_of_service.actor, session)
    assert opened == []


def test_the_supervisor_s_manager_who_no_longer_manages_reads_nothing(city):
    from dataclasses import replace

    from rightplace.foundation.organisation.rolecodes import RoleCode

    session = held(city.social_worker, city.assessment_manager)
    with pytest.raises(NotAllowed):
        personal.opened(replace(city.head_of_service.actor, role=RoleCode.AUDITOR), session)


def test_a_release_takes_two_lasts_some_hours_and_is_told_to_the_worker(city):
    session = signed(city.social_worker, city.assessment_manager)
    asks, confirms = city.human_resources, city.director
    release = ask_release(session=session, because="A complaint names it.", hours=4, by=asks.actor)
    with pytest.raises(NotAllowed):
        personal.opened(asks.actor, session)
    with pytest.raises(NotAllowed):
        answer_release(release=release, confirms=True, by=asks.actor)
    answer_release(release=release, confirms=True, by=confirms.actor)
    assert [each.words for each in personal.opened(asks.actor, session)] == list(WORDS.values())
    with pytest.raises(NotAllowed):
        personal.opened(confirms.actor, session)
    assert Opened.objects.get(reader=asks.worker).release_id == release.pk
    assert reason_of(release) == "A complaint names it."
    with clock.clock_at(MORNING + timedelta(hours=4, minutes=1)):
        with pytest.raises(NotAllowed):
            personal.opened(asks.actor, session)
        with reading_as(asks.actor):
            assert raw_words() == 0
    with pytest.raises(NotAllowed):
        take_note(release=release, by=asks.actor)
    take_note(release=release, by=city.social_worker.actor)


def test_a_refused_release_opens_nothing_and_nobody_of_the_session_answers_it(city):
    session = signed(city.assessment_manager, city.head_of_service)
    release = ask_release(session=session, because="An audit.", hours=4, by=city.information_governance.actor)
    for who in (city.head_of_service, city.information_governance):
        with pytest.raises(NotAllowed):
            answer_release(release=release, confirms=True, by=who.actor)
    answer_release(release=release, confirms=False, by=city.information_governance_2.actor)
    with pytest.raises(NotAllowed):
        personal.opened(city.information_governance.actor, session)
    with pytest.raises(Refused):
        answer_release(release=release, confirms=True, by=city.human_resources.actor)


def test_who_reads_by_right_asks_for_nothing_and_others_need_the_permission(city):
    session = signed(city.social_worker, city.assessment_manager)
    for who in (city.head_of_service, city.other_assessment_manager, city.analyst):
        with pytest.raises(NotAllowed):
            ask_release(session=session, because="I want to.", hours=1, by=who.actor)


def test_the_database_itself_refuses_a_release_by_one(city):
    session = signed(city.social_worker, city.assessment_manager)
    release = ask_release(session=session, because="Alone.", hours=1, by=city.director.actor)
    release.answered_by, release.confirmed_at = city.director.worker, MORNING
    release.until = MORNING + timedelta(hours=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        release.save()


def test_a_view_is_read_by_the_worker_and_counted_by_one_function_only(city):
    from rightplace.services.supervision.models import View

    signed(city.social_worker, city.assessment_manager, themes=("heard", "clear"))
    for who in colleagues(city):
        with reading_as(who.actor):
            assert View.objects.exists() == (who.worker.pk == city.social_worker.worker.pk)
