"""The best placing against every placing there is, its second solver, its mix, and the price of stability."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("scipy", reason="the extra `allocation` is not installed")
pytest.importorskip("ortools", reason="the extra `allocation` is not installed")

from rightplace.domain.matching import (
    NoPlacing,
    PanelOrder,
    Selection,
    SkillMix,
    best_placed,
    check,
    fewest_envied,
    figures,
    kept,
    price_of_stability,
    replay,
    result_bytes,
    stable,
)

from .invented import city
from .test_stable import person, role


@st.composite
def small(draw):
    """Up to four people of two professions for three roles of one team; some with a skill mix."""
    people = tuple(
        person(
            number,
            *(draw(st.sampled_from((4000, 5000, 6100, 7300))) for _ in range(3)),
            wishes=draw(st.permutations("abc"))[: draw(st.integers(1, 3))],
            profession=draw(st.sampled_from(("youth_work", "careers"))),
        )
        for number in range(1, draw(st.integers(1, 4)) + 1)
    )
    roles = tuple(
        role(name, places=draw(st.integers(0, 2)), professions=("youth_work", "careers")) for name in "abc"
    )
    mixes = (SkillMix(team="north", profession="careers", least=0, most=draw(st.integers(0, 3))),)
    return Selection(people=people, roles=roles, mixes=mixes if draw(st.booleans()) else ())


def every_placing(selection):
    """Every placing that keeps places, thresholds and mix, with its number of people and its worth."""
    options = []
    for each in selection.people:
        scores = {one.role: one.score for one in each.assessed}
        options.append(
            [
                (None, 0),
                *(
                    (wish, 1000 * (8 - at) + 2000 + scores[wish])
                    for at, wish in enumerate(each.preferences)
                    if scores[wish] >= 4500
                ),
            ]
        )
    for picked in product(*options):
        held = [name for name, _ in picked if name]
        if any(held.count(each.id) > each.places for each in selection.roles):
            continue
        careers = sum(
            bool(name)
            for (name, _), who in zip(picked, selection.people, strict=True)
            if who.profession == "careers"
        )
        if all(mix.least <= careers <= mix.most for mix in selection.mixes):
            placed = {who.id: name for (name, _), who in zip(picked, selection.people, strict=True)}
            yield (len(held), sum(worth for _, worth in picked)), placed


@given(small())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_placing_is_better_and_equally_good_ones_are_questions(selection):
    ranked = list(every_placing(selection))
    best = max(worth for worth, _ in ranked)
    equally = [placed for worth, placed in ranked if worth == best]
    found = best_placed(selection)
    assert found.proved and found.agreed
    alike = {who for who in equally[0] if all(each[who] == equally[0][who] for each in equally)}
    assert found.placing.placed == {who: equally[0][who] for who in alike}
    assert found.placing.final == (len(equally) == 1)


def test_level_people_are_a_question_to_the_panel_whose_evidence_settles_it():
    selection = Selection(people=(person(1, 6000), person(2, 6000)), roles=(role(),))
    (question,) = best_placed(selection).placing.questions
    assert (question.role, question.people, question.places) == ("a", (1, 2), 1)
    settled = replace(selection, orders=(PanelOrder(role="a", people=(2, 1), evidence="work sample"),))
    assert best_placed(settled).placing.placed == {1: None, 2: "a"}


def test_the_price_of_stability_is_first_choices_against_claims():
    """2 stands above 1 at a, but 1 can go nowhere else: the best placing has both, and 2 a justified claim."""
    selection = Selection(people=(person(1, 6000), person(2, 7000, 7000)), roles=(role(), role("b")))
    calm, best = stable(selection), best_placed(selection)
    price = price_of_stability(selection, calm, best.placing)
    assert (price.stable.placed, price.best.placed) == (1, 2)
    assert price.stable.envied == ()
    assert [(each.applicant, each.role, each.over) for each in price.best.envied] == [(2, "a", (1,))]
    assert price.claims_made == 1


def test_the_least_envied_placing_is_stable_where_that_is_possible():
    selection = replace(city(seed=3, people=60, roles=10, teams=4, places=40, step=1), mixes=(), offers=())
    found = fewest_envied(selection)
    assert found.publishable and found.standing == 0
    assert check(kept(selection), result_bytes(found.placing)).holds
    assert figures(selection, found.placing).placed == figures(selection, stable(selection)).placed


def test_with_a_skill_mix_stability_may_be_impossible_and_that_is_said():
    """The mix takes one youth worker at most; both stand above the careers adviser who then has the second place."""
    people = (person(1, 9000), person(2, 8000), person(3, 5000, profession="careers"))
    mix = SkillMix(team="north", profession="youth_work", least=0, most=1)
    job = role(places=2, professions=("youth_work", "careers"))
    found = fewest_envied(Selection(people=people, roles=(job,), mixes=(mix,)))
    assert found.placing.placed == {1: "a", 2: None, 3: "a"}
    assert found.standing == 1
    assert not found.publishable


def test_a_mix_that_nobody_can_fill_is_refused_with_the_team_and_the_profession():
    mix = SkillMix(team="north", profession="careers", least=1, most=2)
    with pytest.raises(NoPlacing, match="north needs 1 of careers and 0 could be considered"):
        best_placed(Selection(people=(person(1, 6000),), roles=(role(),), mixes=(mix,)))


def test_at_the_citys_size_it_is_proved_checked_and_replayed():
    selection = city(seed=2011, step=1)
    found = best_placed(selection)
    assert found.proved and found.agreed
    certificate = check(kept(selection), result_bytes(found.placing), stable=False)
    assert {each.rule for each in certificate.findings} <= (
        {"complete"} if found.placing.questions else set()
    )
    assert replay(kept(selection), "best placed") == result_bytes(found.placing)
    claims = {(each.applicant, each.role) for each in figures(selection, found.placing).envied}
    counted = check(kept(selection), result_bytes(found.placing)).findings
    assert claims and claims == {
        (each.people[0], each.role) for each in counted if each.rule == "blocking pairs"
    }
