"""No result before its evidence: the action refuses with the list, and the database refuses whoever writes."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.restructuring import shipped_stages
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.programme import hooks
from rightplace.foundation.organisation.programme.tables import StageEvidence
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.restructure import actions
from rightplace.services.restructure.models import Evaluation, Publication
from rightplace.services.restructure.tests.conftest import BEGAN, ROLE, evaluate


def test_results_wait_for_every_earlier_stage_and_then_are_the_directors(change, shown):
    shown("moderated")
    director = change.city.director.actor
    with pytest.raises(actions.NotYet) as refused:
        actions.publish(programme=change.programme, words="Everybody has a letter.", by=director)
    assert refused.value.missing == (
        f"Assessment and interviews: no dated evidence of “moderated” for {ROLE}.",
    )
    actions.show_stage(
        programme=change.programme, stage="assessment", kind="moderated", on=clock.today(), reference="M/1", of=ROLE,
        by=change.city.human_resources.actor,
    )  # fmt: skip
    with pytest.raises(Http404):
        actions.publish(programme=change.programme, words="x", by=change.city.human_resources.actor)
    made = actions.publish(programme=change.programme, words="Everybody has a letter.", by=director)
    assert hooks.published_on(change.programme.pk) == made.on == clock.today()
    assert StageEvidence.objects.filter(stage="results", programme=change.programme).count() == 1
    with pytest.raises(Refused, match="already"):
        actions.publish(programme=change.programme, words="Again.", by=director)


def test_the_database_refuses_results_without_evidence_whoever_writes(change, shown):
    shown("checked independently")

    def write():
        with transaction.atomic():
            Publication.objects.create(
                programme=change.programme,
                on=clock.today(),
                words="x",
                **recorded(change.city.director.actor),
            )

    with pytest.raises(DatabaseError, match="matching: checked independently"):
        write()
    actions.show_stage(
        programme=change.programme, stage="matching", kind="checked independently", on=clock.today(), reference="C/1",
        by=change.city.human_resources.actor,
    )  # fmt: skip
    write()
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.update(words="other")
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.all().delete()


def test_the_database_asks_for_the_same_evidence_as_the_order_of_stages():
    required = import_module("rightplace.services.restructure.migrations.0002_kept").REQUIRED
    order = shipped_stages()
    before = order[: [each.id for each in order].index(actions.RESULTS)]
    assert {(s, k, e) for s, k, e in required} == {
        (stage.id, kind, bool(stage.each)) for stage in before for kind in stage.evidence
    }


def test_what_services_work_out_counts_and_is_kept_when_results_go_out(change, shown, monkeypatch):
    shown("pools agreed")
    source = hooks.Shown(stage="pools", kind="pools agreed", on=BEGAN + timedelta(days=6), reference="pool 7")
    monkeypatch.setattr(hooks, "_evidence", [lambda number: [source]])
    actions.publish(programme=change.programme, words="Letters are out.", by=change.city.director.actor)
    kept = StageEvidence.objects.get(programme=change.programme, what="pools agreed")
    assert (kept.on, kept.reference) == (source.on, "pool 7")


def test_evidence_is_of_a_kind_that_the_stage_asks_for_with_a_reference_and_never_of_a_day_ahead(change):
    by, programme = change.city.human_resources.actor, change.programme

    def show(**said):
        values = {"stage": "case", "kind": "flaws and causes", "on": BEGAN, "reference": "D/1"}
        actions.show_stage(programme=programme, by=by, **values | said)

    for wrong in ({"kind": "something else"}, {"reference": " "}, {"on": clock.today() + timedelta(days=1)},
                  {"stage": "results", "kind": "letter to everybody"},
                  {"stage": "profiles", "kind": "role profile agreed"},
                  {"stage": "profiles", "kind": "job evaluated", "of": ROLE}):  # fmt: skip
        with pytest.raises(Refused):
            show(**wrong)
    assert StageEvidence.objects.count() == 0
    show()
    with pytest.raises(Http404):
        actions.show_stage(
            programme=programme, stage="case", kind="flaws and causes", on=BEGAN, reference="D/1",
            by=change.city.family_support_manager.actor,
        )  # fmt: skip


def test_a_role_without_equal_pay_found_equal_has_no_job_evaluation(change):
    evaluate(change, equal_pay=False)
    assert Evaluation.objects.count() == 1
    assert not StageEvidence.objects.filter(stage="profiles").exists()
    evaluate(change)
    assert StageEvidence.objects.get(stage="profiles").what == f"job evaluated: {ROLE}"


def test_a_line_goes_from_flaw_to_result_in_order(change):
    by, programme = change.city.human_resources.actor, change.programme

    def say(kind, line=None, on=BEGAN, figure=""):
        return actions.say_reason(
            programme=programme, kind=kind, words=kind, on=on, by=by, line=line, figure=figure
        )

    with pytest.raises(Refused, match="comes the flaw"):
        say("cause", 1)
    line = say("flaw").line
    with pytest.raises(Refused, match="comes the change"):
        say("measure", line)
    with pytest.raises(Refused, match="no such figure"):
        say("cause", line, figure="made_up")
    say("cause", line, BEGAN + timedelta(days=5))
    with pytest.raises(Refused, match="dated before"):
        say("change", line, BEGAN)
    say("change", line, BEGAN + timedelta(days=6))
    say("measure", line, BEGAN + timedelta(days=6), figure="unallocated")
    with pytest.raises(Refused, match="already"):
        say("measure", line, BEGAN + timedelta(days=7))
    assert say("flaw").line == line + 1
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("UPDATE restructure_reasonstep SET words = 'other'")
