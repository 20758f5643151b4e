"""Bookings, reflections, certificates, first years and spreadsheets."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rightplace.common.documents.spreadsheets import rows_of
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.services.learning import actions, firstyear, queries, sheets
from rightplace.services.learning.models import Booking, Certificate, FirstYear
from rightplace.services.learning.tests.conftest import took

AHEAD = date(2026, 4, 14)
SECRET = "vermilion otter"


def test_nobody_says_of_oneself_to_have_been_there(city, safeguarding):
    worker, hr = city.social_worker, city.human_resources
    row = actions.book(worker=worker.worker, course=safeguarding, on=AHEAD, by=worker.actor)
    with pytest.raises(NotAllowed):
        actions.say_how_it_went(booking=row, state="attended", by=worker.actor)
    with pytest.raises(Refused, match="has not come"):
        actions.say_how_it_went(booking=row, state="attended", by=hr.actor)
    own = actions.book(worker=hr.worker, course=safeguarding, on=date(2026, 3, 2), by=hr.actor)
    with pytest.raises(Refused, match="of oneself"):
        actions.say_how_it_went(booking=own, state="attended", by=hr.actor)
    with pytest.raises(NotAllowed):
        actions.book(worker=worker.worker, course=safeguarding, on=AHEAD, by=city.family_support_worker.actor)


def test_a_reflection_is_the_workers_own_and_lies_sealed(city, safeguarding):
    row = took(city, city.social_worker, safeguarding)
    for who in (city.human_resources, city.assessment_manager):
        with pytest.raises(NotAllowed):
            actions.reflect(booking=row, words="Mine", by=who.actor)
    actions.reflect(booking=row, words=SECRET, by=city.social_worker.actor)
    row.refresh_from_db()
    assert SECRET.encode() not in bytes(row.sealed_reflection)
    sheet = sheets.as_spreadsheet([row])
    assert SECRET.encode() not in sheet
    assert not any(SECRET in cell for line in rows_of(sheet) for cell in line)


def test_a_certificate_is_taken_in_by_its_content_and_seen_by_two(city, safeguarding):
    row = took(city, city.social_worker, safeguarding)
    with pytest.raises(Refused, match="program"):
        actions.add_certificate(
            booking=row, upload=SimpleUploadedFile("c.pdf", b"MZ\x00\x00"), by=city.social_worker.actor
        )
    kept = actions.add_certificate(
        booking=row, upload=SimpleUploadedFile("../My proof.txt", b"Attended."), by=city.social_worker.actor
    )
    assert b"My proof" not in bytes(kept.sealed_name)
    seen = {
        name for name in type(city).__dataclass_fields__
        if hasattr(getattr(city, name), "actor") and scope(getattr(city, name).actor, Certificate).exists()
    }  # fmt: skip
    assert seen == {"social_worker", "human_resources"}


def test_a_team_is_seen_by_its_own_manager_and_by_leaders(city, safeguarding):
    took(city, city.social_worker, safeguarding)
    seen = {
        name for name in type(city).__dataclass_fields__
        if hasattr(getattr(city, name), "actor") and scope(getattr(city, name).actor, Booking).exists()
    }  # fmt: skip
    assert seen == {"social_worker", "assessment_manager", "head_of_service", "director", "human_resources"}


def begun(city) -> FirstYear:
    return firstyear.begin_first_year(
        worker=city.social_worker.worker, supervisor=city.assessment_manager.worker, begins=date(2025, 11, 3),
        by=city.human_resources.actor,
    )  # fmt: skip


def test_a_first_year_has_four_reviews_each_with_two_words(city):
    year = begun(city)
    reviews = list(year.reviews.order_by("month"))
    assert [each.due for each in reviews] == [
        date(2026, 2, 3), date(2026, 5, 3), date(2026, 8, 3), date(2026, 11, 3),
    ]  # fmt: skip
    supervisor, worker = city.assessment_manager.actor, city.social_worker.actor
    with pytest.raises(Refused, match="earlier review"):
        firstyear.hold_review(review=reviews[1], words="Well", on=date(2026, 3, 2), by=supervisor)
    with pytest.raises(NotAllowed):
        firstyear.hold_review(
            review=reviews[0], words="Well", on=date(2026, 3, 2), by=city.head_of_service.actor
        )
    firstyear.hold_review(review=reviews[0], words="Goes well.", on=date(2026, 3, 2), by=supervisor)
    with pytest.raises(NotAllowed):
        firstyear.answer_review(review=reviews[0], words="I agree", by=supervisor)
    firstyear.answer_review(review=reviews[0], words="I agree", by=worker)
    with pytest.raises(Refused, match="own first year"):
        firstyear.begin_first_year(
            worker=city.social_worker.worker, supervisor=city.social_worker.worker, begins=date(2026, 1, 1),
            by=city.human_resources.actor,
        )  # fmt: skip


def test_the_supervisor_sees_the_load_of_a_first_year_after_the_worker(city):
    year = begun(city)
    found, unseen = firstyear.load_for(year, city.assessment_manager.actor)
    assert found is None
    assert "not opened it yet" in unseen.because
    own, _ = firstyear.load_for(year, city.social_worker.actor)
    assert firstyear.load_for(year, city.assessment_manager.actor) == (own, None)


def sheet_of(*lines: str) -> bytes:
    return "\n".join(["Worker number,Worker,Course,Date,Outcome", *lines]).encode()


def test_every_row_of_a_sheet_is_accounted_for(city, safeguarding):
    who, by = city.social_worker.worker, city.human_resources.actor
    good = f"{who.pk},{who.name},Safeguarding together,2025-05-06,attended"
    lines = (
        good, good, f"{who.pk},Somebody Else,Safeguarding together,2025-05-06,attended",
        f"{who.pk},,No such course,2025-05-06,attended", f"{who.pk},,Safeguarding together,soon,attended",
        f"{who.pk},,Safeguarding together,2025-06-06,brilliant", "0,,Safeguarding together,2025-05-06,attended",
        f"{who.pk},,Safeguarding together,2025-05-06,missed", f"{who.pk},,Safeguarding together,2026-05-06,attended",
    )  # fmt: skip
    trial = sheets.take_sheet(sheet_of(*lines), by=by, trial=True)
    assert Booking.objects.count() == 0
    told = sheets.take_sheet(sheet_of(*lines), by=by)
    assert [each.outcome for each in told.rows] == [each.outcome for each in trial.rows]
    assert (told.count("taken"), told.count("known already"), told.count("refused")) == (1, 1, 7)
    assert len(told.rows) == len(lines)
    assert all(each.says for each in told.rows if each.outcome == "refused")
    assert Booking.objects.get().state == "attended"


def test_a_sheet_that_was_taken_out_is_known_when_it_comes_back(city, safeguarding):
    took(city, city.social_worker, safeguarding)
    took(city, city.family_support_worker, safeguarding, date(2025, 3, 4))
    rows = Booking.objects.select_related("worker", "course")
    told = sheets.take_sheet(sheets.as_spreadsheet(rows), by=city.human_resources.actor)
    assert [each.outcome for each in told.rows] == ["known already", "known already"]
    with pytest.raises(NotAllowed):
        sheets.take_sheet(sheet_of(), by=city.assessment_manager.actor)


def test_who_took_a_course_twice_is_counted_once_and_a_later_service_may_tell_of_audits(
    city, safeguarding, monkeypatch
):
    took(city, city.social_worker, safeguarding, date(2025, 2, 3))
    took(city, city.social_worker, safeguarding, date(2025, 9, 3))
    assert [len(each.spells) for each in queries.trained_in(2025)] == [1]
    monkeypatch.setattr(queries, "_audits", [])
    assert queries.audits_of(safeguarding.pk) == []
    queries.register_practice_audits(lambda course: "Seven of nine files had it.")
    assert queries.audits_of(safeguarding.pk) == ["Seven of nine files had it."]
