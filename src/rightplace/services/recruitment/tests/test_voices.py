"""What staff say is theirs: who reads it, what others are told, and that no difference tells of one person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.organisation import clock
from rightplace.services.recruitment import voices
from rightplace.services.recruitment.models import Voice, VoiceAnswer, VoiceQuote, VoiceTheme
from rightplace.services.recruitment.tests.conftest import TODAY
from rightplace.testing.organisation import MORNING

NEXT_HALF = MORNING + timedelta(days=150)
PEOPLE = (
    "social_worker",
    "front_door_worker",
    "front_door_worker_2",
    "family_support_worker",
    "night_worker",
)


def offered(city, who, kind="exit"):
    return voices.offer_interview(
        worker=who.worker, kind=kind, answer_by=clock.today() + timedelta(14), by=city.human_resources.actor
    )


def answered(city, who, words="Too many families.", quote="", kind="exit"):
    voice = offered(city, who, kind)
    voices.answer_interview(voice=voice, answers=[("Why?", words)], quote=quote, by=who.actor)
    return voice


def coded(city, who, themes=("workload",), quote="", kind="exit"):
    voice = answered(city, who, quote=quote, kind=kind)
    under = themes[0] if quote else ""
    voices.code_themes(voice=voice, themes=themes, quote_under=under, by=city.human_resources.actor)
    return voice


def reads(who, model=VoiceAnswer, purpose=""):
    with reading_as(who.actor, purpose=purpose):
        return model.objects.count()


def test_row_security_shows_an_answer_to_its_person_and_the_named_reader_only(city):
    voice = answered(city, city.social_worker)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            pytest.skip("this role passes row security")
    assert reads(city.social_worker) == 1
    assert reads(city.human_resources) == 1
    for who in (city.director, city.head_of_service, city.assessment_manager, city.information_governance):
        assert reads(who) == 0
        assert reads(who, purpose="themes") == 0
    assert VoiceAnswer.objects.count() == 0
    with reading_as(city.director.actor):
        assert voices.words_of(voice).answers == ()


def test_the_words_lie_sealed(city):
    answered(city, city.social_worker, "My manager shouted.")
    with reading_as(city.social_worker.actor):
        assert b"shouted" not in bytes(VoiceAnswer.objects.get().sealed)


def test_only_the_person_answers_and_only_the_named_reader_codes(city):
    voice = offered(city, city.social_worker)
    with pytest.raises(Refused, match="Only whoever was asked"):
        voices.answer_interview(voice=voice, answers=[("Why?", "x")], by=city.front_door_worker.actor)
    voices.answer_interview(voice=voice, answers=[("Why?", "x")], by=city.social_worker.actor)
    voice.reader_id = city.director.worker.pk
    Voice.objects.filter(pk=voice.pk).update(reader=city.director.worker)
    with pytest.raises(Refused, match="Another person"):
        voices.code_themes(voice=voice, themes=["workload"], quote_under="", by=city.human_resources.actor)


def test_a_theme_is_told_when_its_half_year_is_over_and_five_people_named_it(city):
    for name in PEOPLE:
        coded(city, getattr(city, name), ("workload", "pay") if name == "social_worker" else ("workload",))
    by = city.director.actor
    assert voices.themes_told(by) == []
    with clock.clock_at(NEXT_HALF):
        (told,) = voices.themes_told(by)
    assert (told.theme, told.people, told.kind) == ("workload", 5, "exit")


def test_four_people_are_not_told_whatever_the_kinds_together(city):
    for name in PEOPLE[:4]:
        coded(city, getattr(city, name))
    coded(city, city.night_worker, kind="stay")
    with clock.clock_at(NEXT_HALF):
        assert voices.themes_told(city.director.actor) == []


def test_what_was_told_of_an_ended_half_year_never_changes(city):
    """Nobody finds out what one person said by looking before and after that person's answer or withdrawal."""
    held = [coded(city, getattr(city, name)) for name in PEOPLE]
    with clock.clock_at(NEXT_HALF):
        before = [(t.half, t.theme, t.people) for t in voices.themes_told(city.director.actor)]
        coded(city, city.front_door_manager)
        voices.take_back_answer(voice=held[0], by=city.social_worker.actor)
        assert [(t.half, t.theme, t.people) for t in voices.themes_told(city.director.actor)] == before


def test_taken_back_in_the_same_half_year_nothing_is_left(city):
    voice = coded(city, city.social_worker, quote="I loved the team.")
    voices.take_back_answer(voice=voice, by=city.social_worker.actor)
    assert [reads(city.social_worker, model) for model in (VoiceAnswer, VoiceTheme, VoiceQuote)] == [0, 0, 0]


def test_a_quote_is_shown_with_leave_under_a_theme_that_is_told_and_goes_when_taken_back(city):
    held = [coded(city, getattr(city, name), quote="The day is too short." if name == "social_worker" else "")
            for name in PEOPLE]  # fmt: skip
    with clock.clock_at(NEXT_HALF):
        assert voices.themes_told(city.director.actor)[0].quotes == ("The day is too short.",)
        voices.take_back_answer(voice=held[0], by=city.social_worker.actor)
        assert voices.themes_told(city.director.actor)[0].quotes == ()


def test_saying_no_is_one_tap_and_nobody_asks_why(city):
    voice = offered(city, city.social_worker)
    voices.decline_interview(voice=voice, by=city.social_worker.actor)
    assert Voice.objects.get().declined_on == TODAY
    with pytest.raises(Refused):
        voices.answer_interview(voice=voice, answers=[("Why?", "x")], by=city.social_worker.actor)


def test_nobody_reads_their_own_interview(city):
    with pytest.raises(Refused, match="own interview"):
        offered(city, city.human_resources)
