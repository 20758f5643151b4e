"""The skill mix as a constraint: kept, refused in words where nobody can keep it, and beside it the fewest claims."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.domain.matching import solvers_installed
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.services.selection import deciding, matching, mixing
from rightplace.services.selection.models import Job, Run
from rightplace.services.selection.tests.test_placing import FURTHER, REASONS, matched
from rightplace.testing.organisation import sign_in

needs_solvers = pytest.mark.skipif(not solvers_installed(), reason="the extra `allocation` is not installed")


@pytest.fixture
def tied(scored, jobs):
    """The tie is settled; every job is open to both professions."""
    pair = [scored.people[2].worker.pk, scored.people[3].worker.pk]
    run = matched(scored)
    matching.settle_tie(run=run, job=jobs[0], people=pair, evidence=FURTHER, by=scored.head)
    Job.objects.update(professions=["family_support", "youth_work"])
    return scored


def test_a_mix_that_no_team_could_have_is_refused(pooled):
    team = pooled.city.family_support
    say = {"exercise": pooled.exercise, "team": team, "by": pooled.hr}
    with pytest.raises(Refused, match="has 3 places and would need 4"):
        mixing.say_mix(profession="youth_work", least=4, most=4, **say)
    mixing.say_mix(profession="youth_work", least=2, most=3, **say)
    with pytest.raises(Refused, match="4 people would be needed for 3 places"):
        mixing.say_mix(profession="family_support", least=2, most=3, **say)
    with pytest.raises(Refused, match="no new place"):
        mixing.say_mix(
            exercise=pooled.exercise,
            team=pooled.city.assessment,
            profession="careers",
            least=0,
            most=1,
            by=pooled.hr,
        )


@needs_solvers
def test_an_unfillable_mix_is_told_with_team_and_profession_and_nothing_can_be_taken_forward(tied):
    team = tied.city.family_support
    mixing.say_mix(exercise=tied.exercise, team=team, profession="careers", least=1, most=2, by=tied.hr)
    run = matched(tied)
    assert f"{team.name} needs 1 of careers and 0 could be considered" in run.stopped_because
    assert [(each.method, each.holds) for each in run.results.all()] == [("stable", False)]
    page = (
        sign_in(Client(), tied.city.human_resources)
        .get(reverse("selection:run", args=[run.pk]))
        .content.decode()
    )
    assert f"{team.name} has 0 of careers, not 1 to 2." in page
    with pytest.raises(Refused):
        deciding.propose(run=run, method="stable", reasons=REASONS, by=tied.hr)


@needs_solvers
def test_with_a_mix_the_result_with_the_fewest_claims_stands_beside_the_others(tied):
    team = tied.city.family_support
    mixing.say_mix(exercise=tied.exercise, team=team, profession="youth_work", least=0, most=0, by=tied.hr)
    run = matched(tied)
    found = {each.method: each for each in run.results.all()}
    assert set(found) == set(matching.METHODS)
    assert not found["stable"].holds
    assert not found["fewest envied"].said["findings"]
    keeping = [each for each in found.values() if not each.said["findings"]]
    counted = [each.figures["claims"] for each in keeping if each.figures["claims"] is not None]
    assert 0 < found["fewest envied"].figures["claims"] == min(counted)
    best = found["best placed"]
    assert best.figures["claims"] is not None or best.said["questions"], "counted, or waiting for the panel"
    assert "skill mix" not in {each["rule"] for each in found["best placed"].said["findings"]}
    assert matching.replays(found["fewest envied"])
    page = (
        sign_in(Client(), tied.city.human_resources)
        .get(reverse("selection:run", args=[run.pk]))
        .content.decode()
    )
    assert "“The skill mix, with the fewest claims” is for discussion only" in page
    with pytest.raises(Refused):
        deciding.propose(run=run, method="fewest envied", reasons=REASONS, by=tied.hr)


def test_what_was_used_to_place_people_is_not_changed_afterwards(tied):
    run = matched(tied)
    proposal = deciding.propose(run=Run.objects.get(pk=run.pk), method="stable", reasons=REASONS, by=tied.hr)
    deciding.confirm(
        decision=proposal, reasons="Agreed", named=tied.city.human_resources.worker, by=tied.head
    )
    with pytest.raises(Refused, match="were placed by this mix"):
        mixing.say_mix(
            exercise=tied.exercise,
            team=tied.city.family_support,
            profession="youth_work",
            least=0,
            most=1,
            by=tied.hr,
        )


def test_the_pages_of_mix_and_shares_are_for_those_who_keep_or_moderate(pooled):
    for name in ("mix", "shares"):
        address = reverse(f"selection:{name}", args=[pooled.exercise.pk])
        for who in (pooled.city.human_resources, pooled.city.head_of_service):
            assert sign_in(Client(), who).get(address).status_code == 200
        for who in (pooled.city.assessment_manager, pooled.city.union_observer, pooled.people[0]):
            assert sign_in(Client(), who).get(address).status_code == 404
    team = pooled.city.family_support.pk
    typed = {"act": "mix", "team": team, "profession": "youth_work", "least": 1, "most": 2}
    address = reverse("selection:mix", args=[pooled.exercise.pk])
    assert sign_in(Client(), pooled.city.head_of_service).post(address, typed).status_code == 404
    assert sign_in(Client(), pooled.city.human_resources).post(address, typed).status_code == 302
    assert pooled.exercise.mixes.get().least == 1
