"""Trained scorers, blind to each other, no conflict of interest, moderation by a third, scores that stay sealed."""

from __future__ import annotations

import pytest
from django.db import connection

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed
from rightplace.services.selection import scoring
from rightplace.services.selection.models import Result, ScoreSheet
from rightplace.services.selection.scoring import Given
from rightplace.services.selection.tests.conftest import CRITERIA


def test_nobody_scores_who_was_not_trained(pooled, jobs):
    panel = pooled.panel()
    with pytest.raises(Refused, match="not trained"):
        scoring.appoint_scorer(panel=panel, worker=pooled.city.front_door_manager.worker, by=pooled.hr)
    with pytest.raises(Refused, match="own training"):
        scoring.record_training(
            worker=pooled.city.human_resources.worker, on=pooled.hand.now.date(), what="One day", by=pooled.hr
        )


def test_a_panel_has_two_scorers_and_nobody_who_competes(pooled, jobs):
    panel = pooled.panel()
    who = pooled.people[0].worker
    scoring.record_training(worker=who, on=pooled.hand.now.date(), what="One day", by=pooled.hr)
    with pytest.raises(Refused, match="competes"):
        scoring.appoint_scorer(panel=panel, worker=who, by=pooled.hr)
    with pytest.raises(Refused, match="at least two"):
        scoring.make_panel(
            exercise=pooled.exercise, title="Alone", jobs=jobs, criteria=CRITERIA, by=pooled.hr,
            scorers=[pooled.city.assessment_manager.worker],
        )  # fmt: skip


def test_a_score_is_settled_when_both_signed_alone_and_are_not_apart(pooled):
    assessment = pooled.assessed(pooled.panel(), 0)
    first, second = ScoreSheet.objects.filter(assessment=assessment).order_by("scorer")
    pooled.sign(first, 4, 4)
    assert scoring.standing_of(assessment) is None
    assert not Result.objects.exists()
    pooled.sign(second, 5, 4)
    # families (4 + 5) / 2 of 5 weighs three times, partners 4 of 5 once
    assert Result.objects.get().said["score"] == round(10_000 * (3 * 0.9 + 0.8) / 4)


def test_a_scorer_signs_only_the_own_whole_sheet_and_without_a_conflict(pooled):
    assessment = pooled.assessed(pooled.panel(), 0)
    sheet = ScoreSheet.objects.filter(assessment=assessment).order_by("scorer").first()
    by = pooled.actor_of(sheet.scorer_id)
    other = pooled.city.assessment_manager, pooled.city.other_assessment_manager
    with pytest.raises(NotAllowed):
        stranger = next(who for who in other if who.worker.pk != sheet.scorer_id)
        scoring.save_sheet(sheet=sheet, marks={"families": Given(3, "Said how")}, by=stranger.actor)
    scoring.save_sheet(sheet=sheet, marks={"families": Given(3, "Said how"), "partners": Given(3, "")}, by=by)
    with pytest.raises(Refused, match="no evidence"):
        scoring.sign_sheet(sheet=sheet, no_conflict=True, by=by)
    with pytest.raises(Refused, match="neither kin"):
        scoring.sign_sheet(sheet=sheet, no_conflict=False, by=by)


def test_a_third_settles_where_two_are_apart_with_reasons(pooled):
    assessment = pooled.assessed(pooled.panel(), 0)
    pooled.marked(assessment, (1, 3), (4, 3))
    assert not Result.objects.exists()
    assert scoring.to_settle(pooled.exercise) == [assessment]
    with pytest.raises(NotAllowed):
        scoring.moderate(
            assessment=assessment, settled={"families": (3, "So")}, by=pooled.city.assessment_manager.actor
        )
    with pytest.raises(Refused, match="a mark and a reason"):
        scoring.moderate(assessment=assessment, settled={"families": (3, " ")}, by=pooled.head)
    with pytest.raises(Refused, match="a mark and a reason"):
        settled = {"families": (3, "Both read the file again"), "partners": (5, "As well")}
        scoring.moderate(assessment=assessment, settled=settled, by=pooled.head)
    scoring.moderate(
        assessment=assessment, settled={"families": (3, "Both read the file again")}, by=pooled.head
    )
    assert Result.objects.get().said["score"] == 6000
    assert scoring.to_settle(pooled.exercise) == []


def test_points_and_evidence_lie_in_no_clear_column(pooled):
    pooled.marked(pooled.assessed(pooled.panel(), 0), (4, 4))
    with connection.cursor() as cursor:
        for table in ("selection_score_sheet", "selection_result"):
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")
            for (row,) in cursor.fetchall():
                assert "Said how" not in row
                assert 'score"' not in row


def test_the_database_takes_no_signature_without_a_word_on_conflict(pooled):
    from django.db import IntegrityError, transaction

    assessment = pooled.assessed(pooled.panel(), 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreSheet.objects.filter(assessment=assessment).update(signed_at=pooled.hand.now)


def test_all_panels_of_a_programme_mark_alike_and_as_was_agreed_before_the_first(pooled):
    with pytest.raises(Refused, match="smaller than the highest"):
        scoring.say_marks(exercise=pooled.exercise, highest=4, apart=4, by=pooled.hr)
    with pytest.raises(NotAllowed):
        scoring.say_marks(exercise=pooled.exercise, highest=10, apart=2, by=pooled.head)
    scoring.say_marks(exercise=pooled.exercise, highest=10, apart=3, by=pooled.hr)
    panel = pooled.panel()
    assert set(panel.criteria.values_list("most", "apart")) == {(10, 3)}
    with pytest.raises(Refused, match="marks already"):
        scoring.say_marks(exercise=pooled.exercise, highest=5, apart=1, by=pooled.hr)
    assessment = pooled.assessed(panel, 0)
    first, second = assessment.sheets.order_by("pk")
    pooled.sign(first, 9, 10)
    pooled.sign(second, 6, 10)
    assert not Result.objects.get(assessment=assessment).moderated
