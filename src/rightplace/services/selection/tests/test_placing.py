"""Matching to the first day: ties, two people, letters behind the gate, appeals that succeed and fail, trials, seats."""

from __future__ import annotations

from datetime import date

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation.establishment.tables import Occupancy
from rightplace.foundation.organisation.programme import hooks
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.selection import (
    appealing,
    deciding,
    evidence,
    matching,
    placing,
    publishing,
    scoring,
)
from rightplace.services.selection.models import (
    Appeal,
    AppealWord,
    Letter,
    Placement,
    Redeployment,
    Run,
    ScoreSheet,
)

REASONS = "Nobody can say that a higher score lost to a lower one."
FURTHER = "The panel read both supervision files again on 9 December with the union present."


def matched(made) -> Run:
    run = matching.ask_run(exercise=made.exercise, by=made.hr)
    matching.work_out(run)
    return run


@pytest.fixture
def settled(scored, jobs):
    """The tie went back to the panel, which ordered the two on further evidence; matched anew."""
    run = matched(scored)
    pair = [scored.people[2].worker.pk, scored.people[3].worker.pk]
    matching.settle_tie(run=run, job=jobs[0], people=pair, evidence=FURTHER, by=scored.head)
    scored.run = matched(scored)
    return scored


@pytest.fixture
def decided(settled):
    proposal = deciding.propose(run=settled.run, method="stable", reasons=REASONS, by=settled.hr)
    named = settled.city.human_resources.worker
    deciding.confirm(decision=proposal, reasons="Agreed", named=named, by=settled.head)
    return settled


@pytest.fixture
def published(decided, gate_open):
    decided.hand.on(date(2026, 1, 12))
    hooks.say_published(decided.programme.pk, decided.city.director.actor)
    return decided


def test_level_people_are_a_question_and_nothing_is_decided_by_lot(scored, jobs):
    run = matched(scored)
    result = run.results.get(method="stable")
    assert result.questions == 1
    asked = result.said["questions"][0]
    pair = [scored.people[2].worker.pk, scored.people[3].worker.pk]
    assert sorted(asked["people"]) == sorted(pair)
    with pytest.raises(Refused, match="question to a panel"):
        deciding.propose(run=run, method="stable", reasons=REASONS, by=scored.hr)
    with pytest.raises(Refused, match="further evidence"):
        matching.settle_tie(run=run, job=jobs[0], people=pair, evidence="a coin", by=scored.head)
    with pytest.raises(NotAllowed):
        matching.settle_tie(run=run, job=jobs[0], people=pair, evidence=FURTHER, by=scored.hr)
    matching.settle_tie(run=run, job=jobs[0], people=pair, evidence=FURTHER, by=scored.head)
    after = matched(scored).results.get(method="stable")
    assert after.questions == 0
    assert after.holds


def test_a_run_replays_to_the_same_bytes_and_a_touched_one_does_not(settled):
    result = settled.run.results.get(method="stable")
    assert matching.replays(result)
    result.run.inputs = "0" * 64
    assert not matching.replays(result)


def test_both_methods_stand_side_by_side(settled):
    assert {each.method for each in settled.run.results.all()} == {"stable", "best placed"}


def test_a_decision_is_of_two_people_with_reasons(settled):
    with pytest.raises(NotAllowed):
        deciding.propose(run=settled.run, method="stable", reasons=REASONS, by=settled.head)
    proposal = deciding.propose(run=settled.run, method="stable", reasons=REASONS, by=settled.hr)
    with pytest.raises(NotAllowed):
        deciding.confirm(decision=proposal, reasons="Agreed", named=None, by=settled.hr)
    with pytest.raises(Refused, match="nobody to seek one"):
        deciding.confirm(decision=proposal, reasons="Agreed", named=None, by=settled.head)
    assert not Placement.objects.exists()


def test_who_has_no_place_has_a_named_person_and_no_notice(decided):
    without = Placement.objects.filter(job=None)
    assert {row.member.worker for row in without} == {decided.people[4].worker, decided.people[5].worker}
    named = {row.named for row in Redeployment.objects.all()}
    assert named == {decided.city.human_resources.worker}
    said = str(Letter.objects.get(placement=without[0]).said["parts"])
    assert "not a dismissal" in said
    assert "found" in Redeployment.Outcome.values
    assert not [code for code in Redeployment.Outcome.values if "dismiss" in code]


def test_letters_wait_for_the_gate_and_are_out_on_one_day(decided):
    assert not Letter.objects.exclude(published_at=None).exists()
    decided.hand.on(date(2026, 1, 12))
    publishing.publish_letters(decided.programme.pk, decided.city.director.actor)
    assert {letter.appeal_by for letter in Letter.objects.all()} == {date(2026, 1, 26)}


def test_an_appeal_is_heard_by_somebody_who_took_no_part(published):
    appeal = appealing.raise_appeal(
        member=published.member(4),
        about="result",
        grounds="My evidence was not read.",
        by=published.people[4].actor,
    )
    day = date(2026, 1, 20)
    for who in (published.city.head_of_service, published.city.assessment_manager):
        with pytest.raises(Refused):
            appealing.appoint_hearer(appeal=appeal, hearer=who.worker, hearing_on=day, by=published.hr)
    appealing.appoint_hearer(
        appeal=appeal, hearer=published.city.director.worker, hearing_on=day, by=published.hr
    )
    with pytest.raises(NotAllowed):
        appealing.decide_appeal(
            appeal=appeal,
            outcome="upheld",
            reasons="So",
            heard_on=published.hand.now.date(),
            by=published.head,
        )


def test_an_appeal_is_made_in_time(published):
    published.hand.on(date(2026, 1, 27))
    with pytest.raises(Refused, match="last day"):
        appealing.raise_appeal(
            member=published.member(4), about="result", grounds="Late.", by=published.people[4].actor
        )


def heard(made, place, about, outcome, reasons, assessment=None) -> Appeal:
    """One appeal from its grounds to its decision."""
    made.hand.on(date(2026, 1, 14))
    appeal = appealing.raise_appeal(
        member=made.member(place), about=about, grounds="My evidence on partners was not read.",
        by=made.people[place].actor,
    )  # fmt: skip
    appealing.appoint_hearer(
        appeal=appeal, hearer=made.city.director.worker, hearing_on=date(2026, 1, 20), by=made.hr
    )
    made.hand.on(date(2026, 1, 21))
    appealing.decide_appeal(
        appeal=appeal, outcome=outcome, reasons=reasons, heard_on=date(2026, 1, 20), by=made.city.director.actor,
        assessment=assessment,
    )  # fmt: skip
    return Appeal.objects.get(pk=appeal.pk)


def test_a_restructure_with_an_appeal_that_succeeds_and_one_that_fails(published):
    """The story: who appealed in vain reads why; who succeeded is scored anew, and whom it moves is shown first."""
    made = published
    failed = heard(made, 5, "result", "not_upheld", "All evidence had been read; the marks follow from it.")
    why = AppealWord.objects.get(appeal=failed, kind="decided")
    assert why.said["words"].startswith("All evidence had been read")
    assert deciding.current(made.exercise)[made.member(5).pk].job is None

    assessment = made.member(4).assessments.get()
    won = heard(made, 4, "score", "upheld", "Two pages were missing.", assessment)
    again = [made.city.family_support_manager.worker, made.city.other_family_support_manager.worker]
    for worker in again:
        scoring.appoint_scorer(panel=assessment.panel, worker=worker, by=made.hr)
    with pytest.raises(Refused, match="scored before"):
        appealing.carry_out(appeal=won, scorers=[made.city.assessment_manager.worker, again[0]], by=made.hr)
    appealing.carry_out(appeal=won, scorers=again, by=made.hr)
    assessment.refresh_from_db()
    made.marked(assessment, (5, 4))
    assert ScoreSheet.objects.filter(assessment=assessment).count() == 4

    run = matching.ask_run(exercise=made.exercise, by=made.hr, appeal=won)
    matching.work_out(run)
    affected = {
        change.member.worker_id: (change.before, change.after) for change in deciding.changes(run, "stable")
    }
    assert made.people[4].worker.pk in affected
    assert affected[made.people[4].worker.pk][0] == ""
    assert len(affected) > 1
    before = Placement.objects.count()
    proposal = deciding.propose(run=run, method="stable", reasons="The new score.", by=made.hr)
    assert Placement.objects.count() == before
    named = made.city.human_resources.worker
    deciding.confirm(decision=proposal, reasons="Agreed", named=named, by=made.head)
    assert publishing.publish_changes(made.exercise) == len(affected)
    assert deciding.current(made.exercise)[made.member(4).pk].job is not None
    posts = [row.post_id for row in deciding.current(made.exercise).values() if row.post_id]
    assert len(posts) == len(set(posts))
    assert Redeployment.objects.get(member=made.member(4)).outcome == "placed"


def test_everybody_sits_in_the_new_post_from_the_first_day_and_it_can_be_taken_up_again(published):
    made = published
    placing.seat_everybody(exercise=made.exercise, by=made.hr)
    sits = Occupancy.objects.filter(begins=date(2026, 4, 1))
    placed = {row.member.worker_id for row in deciding.current(made.exercise).values() if row.job_id}
    assert set(sits.values_list("worker", flat=True)) == placed
    told = placing.seat_everybody(exercise=made.exercise, by=made.hr)
    assert (told.done, told.before, told.not_done) == (0, len(placed), ())
    assert Occupancy.objects.get(worker=made.people[5].worker).ends is None


def test_nobody_is_moved_before_results_are_out_or_while_an_appeal_is_open(decided, gate_open):
    with pytest.raises(Refused, match="not published"):
        placing.seat_everybody(exercise=decided.exercise, by=decided.hr)
    decided.hand.on(date(2026, 1, 12))
    hooks.say_published(decided.programme.pk, decided.city.director.actor)
    decided.exercise.refresh_from_db()
    appealing.raise_appeal(
        member=decided.member(4), about="result", grounds="Not read.", by=decided.people[4].actor
    )
    with pytest.raises(Refused, match="appeal is open"):
        placing.seat_everybody(exercise=decided.exercise, by=decided.hr)


def test_a_trial_is_four_weeks_and_longer_only_by_written_agreement_to_retrain(published):
    placement = deciding.current(published.exercise)[published.member(0).pk]
    with pytest.raises(Refused, match="retraining"):
        placing.begin_trial(placement=placement, by=published.hr, until=date(2026, 6, 30))
    trial = placing.begin_trial(placement=placement, by=published.hr)
    assert (trial.begins, trial.ends) == (date(2026, 4, 1), date(2026, 4, 28))
    published.hand.on(date(2026, 4, 15))
    with pytest.raises(Refused, match="not over"):
        placing.end_trial(
            trial=trial, outcome="confirmed", named_by=published.hr, because="Both are content."
        )
    placing.review_trial(trial=trial, on=date(2026, 4, 15), words="Going well.", by=published.hr)
    placing.end_trial(trial=trial, outcome="unsuitable", named_by=published.hr, because="Travel is too far.")
    assert Redeployment.objects.get(member=published.member(0)).ended_on is None


def test_what_is_sought_for_the_displaced_is_not_dated_before_the_appeals(published):
    """An appeal may displace somebody else: until it is answered nobody knows for whom another post is sought."""
    days = {each.kind: each.on for each in hooks.evidence_from_work(published.programme.pk)}
    assert days["redeployment sought for everybody displaced"] == days["appeals closed"] == date(2026, 1, 12)
    member = next(row.member for row in deciding.current(published.exercise).values() if row.job_id is None)
    Appeal.objects.create(
        member=member, about="result", letter_on=date(2026, 1, 12), made_on=date(2026, 1, 14), outcome="not_upheld",
        heard_on=date(2026, 1, 20), hearing_on=date(2026, 1, 20), hearer=published.city.director.worker,
        answered_on=date(2026, 1, 21), **recorded(published.hr),
    )  # fmt: skip
    days = {each.kind: each.on for each in hooks.evidence_from_work(published.programme.pk)}
    assert days["redeployment sought for everybody displaced"] == days["appeals closed"] == date(2026, 1, 21)


def test_the_programme_is_told_what_was_done_and_what_became_of_each(published):
    kinds = {(each.stage, each.kind) for each in hooks.evidence_from_work(published.programme.pk)}
    assert {
        ("matching", "decided by a person"),
        ("results", "letter to everybody"),
        ("assessment", "moderated"),
    } <= kinds
    known = evidence.outcomes(published.programme.pk)
    became = list(known.values())
    assert (became.count("placed"), became.count("displaced")) == (6, 2)
    (people, appeals) = evidence.figures(published.programme.pk, known)
    assert (people.says, sum(people.parts.values())) == ("people under review", 8)
    assert sum(appeals.parts.values()) == 0
