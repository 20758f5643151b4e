"""Nothing is published before its evidence; scores by the stated rule; no unit lost; the statement's fields."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightplace.domain.restructuring import (
    AgencyWork,
    Became,
    Criterion,
    Description,
    Evidence,
    Lineage,
    Link,
    Mark,
    Moderated,
    Programme,
    Unit,
    advance_notice,
    became,
    before_and_after,
    came,
    may_begin,
    missing_before,
    scored,
    section_188_statement,
    shipped_stages,
    unaccounted,
)

EACH = {"role": ("link worker", "team manager")}


def whole(until="results"):
    """Evidence of every kind for every stage before this one, each stage a day after the last."""
    found = []
    for at, stage in enumerate(shipped_stages()):
        if stage.id == until:
            return found
        for of in EACH.get(stage.each, ("",)) if stage.each else ("",):
            found += [
                Evidence(stage=stage.id, kind=kind, day=100 + at, reference="D1", of=of)
                for kind in stage.evidence
            ]
    raise AssertionError(until)


def test_results_may_be_published_when_every_earlier_stage_has_dated_evidence():
    assert len(whole()) > 20
    assert may_begin("results", whole(), on=200, each=EACH)


@given(st.integers(0, len(whole()) - 1), st.sampled_from(["left out", "later", "no reference"]))
def test_without_any_single_piece_of_evidence_they_may_not(which, how):
    evidence = whole()
    lost = evidence.pop(which)
    if how == "later":
        evidence.append(replace(lost, day=201))
    elif how == "no reference":
        evidence.append(replace(lost, reference=" "))
    (gap,) = missing_before("results", evidence, on=200, each=EACH)
    assert (gap.stage, gap.kind, gap.of) == (lost.stage, lost.kind, lost.of)


def test_a_role_without_job_evaluation_stops_the_results():
    more = {"role": (*EACH["role"], "family support worker")}
    gaps = missing_before("results", whole(), on=200, each=more)
    assert {(gap.kind, gap.of) for gap in gaps if gap.stage == "profiles"} == {
        ("role profile agreed", "family support worker"),
        ("job evaluated", "family support worker"),
    }


def test_evidence_older_than_what_it_rests_on_is_out_of_order_but_offers_may_come_early():
    early = [replace(one, day=50) if one.stage == "matching" else one for one in whole()]
    gaps = missing_before("results", early, on=200, each=EACH)
    assert {gap.stage for gap in gaps} == {"matching"} and "dated before" in gaps[0].because
    offers = [replace(one, day=50) if one.stage == "offers" else one for one in whole()]
    assert may_begin("results", offers, on=200, each=EACH)


def test_a_stage_that_nobody_knows_is_an_error():
    with pytest.raises(ValueError, match="no stage"):
        missing_before("celebration", [], on=1)


CRITERIA = (Criterion(id="practice", weight=3, most=5), Criterion(id="leading", weight=1, most=5))


def marks(*points):
    """Practice by scorers 1 and 2, then leading by 1 and 2."""
    kinds = ("practice", "practice", "leading", "leading")
    return [
        Mark(criterion=kind, scorer=1 + at % 2, points=given, evidence="note")
        for at, (kind, given) in enumerate(zip(kinds, points, strict=True))
    ]


TRAINED = frozenset({1, 2})


def test_the_score_is_the_stated_rule():
    found = scored(CRITERIA, marks(4, 5, 3, 3), TRAINED)
    assert found.score == round(10_000 * (3 * 0.9 + 0.6) / 4)
    assert found.missing == ()


def test_scorers_who_are_apart_are_moderated_with_reasons():
    apart = marks(5, 2, 3, 3)
    assert scored(CRITERIA, apart, TRAINED).score is None
    assert scored(CRITERIA, apart, TRAINED).spreads[0].to_moderate
    settled = Moderated(criterion="practice", points=3, reasons="the second example was not the candidate's")
    assert scored(CRITERIA, apart, TRAINED, [settled]).score == 6_000
    assert scored(CRITERIA, apart, TRAINED, [replace(settled, reasons="")]).score is None


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda given: given[1:],
        lambda given: [replace(given[0], evidence=""), *given[1:]],
        lambda given: [replace(given[0], scorer=9), *given[1:]],
        lambda given: [replace(given[0], scorer=2), *given[1:]],
        lambda given: [replace(given[0], points=6), *given[1:]],
        lambda given: [*given, given[0]],
    ],
    ids=["one scorer", "no evidence", "untrained", "twice by one", "too many points", "marked twice"],
)
def test_a_score_without_two_trained_scorers_and_evidence_is_no_score(spoilt):
    good = marks(5, 5, 3, 3)
    assert scored(CRITERIA, good, TRAINED).score is not None
    found = scored(CRITERIA, spoilt(good), TRAINED)
    assert found.score is None and found.missing


def unit(name, places=1, minutes=2220, pence=100):
    return Unit(id=name, title=name, places=places, minutes=minutes, pence=pence)


LINEAGE = Lineage(
    old=tuple(map(unit, "abcdefg")),
    new=tuple(map(unit, "stuvwxyz")),
    links=(
        Link(old="a", new="s", same=True),
        Link(old="b", new="t"),
        Link(old="c", new="u"),
        Link(old="d", new="u"),
        Link(old="e", new="v"),
        Link(old="e", new="w"),
        Link(old="f", new="w"),
        Link(old="f", new="x"),
    ),
    ended=frozenset("g"),
    created=frozenset("yz"),
)


def test_what_became_of_each_follows_from_the_links():
    assert unaccounted(LINEAGE) == ()
    assert [became(LINEAGE, each).value for each in "abcdefg"] == [
        "unchanged", "changed", "merged", "merged", "split and merged", "split and merged", "ended",
    ]  # fmt: skip
    assert [came(LINEAGE, each).value for each in "stuvwxyz"] == [
        "unchanged", "changed", "merged", "split", "split and merged", "split", "new", "new",
    ]  # fmt: skip
    assert became(replace(LINEAGE, links=LINEAGE.links[:6]), "e") is Became.SPLIT


@given(st.integers(0, len(LINEAGE.links) - 1))
def test_a_unit_whose_last_link_is_lost_is_missed(which):
    lost = LINEAGE.links[which]
    rest = tuple(link for link in LINEAGE.links if link != lost)
    missed = unaccounted(replace(LINEAGE, links=rest))
    assert (f"Nobody has said what becomes of {lost.old}." in missed) == all(
        link.old != lost.old for link in rest
    )
    assert (f"Nobody has said where {lost.new} comes from." in missed) == all(
        link.new != lost.new for link in rest
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"ended": frozenset()},
        {"created": frozenset("y")},
        {"ended": frozenset("ga")},
        {"created": frozenset("yzs")},
        {"ended": frozenset("gq")},
        {"links": (*LINEAGE.links, LINEAGE.links[0])},
        {"new": (*LINEAGE.new, unit("s"))},
        {"new": (unit("s", minutes=1110), *LINEAGE.new[1:])},
    ],
)
def test_each_way_to_lose_or_double_a_unit_is_said(changes):
    assert unaccounted(replace(LINEAGE, **changes))


def test_hours_and_money_are_shown_before_and_after():
    found = before_and_after(LINEAGE)
    assert (found.before.pence, found.after.pence, found.change.pence) == (700, 800, 100)
    assert (found.change.places, found.change.minutes) == (1, 2220)


PROGRAMME = Programme(
    employer="A city council",
    establishment="Family support",
    reasons="Fewer managers, teams near families",
    descriptions=(
        Description(title="link worker", employed=300, posts_left=200),
        Description(title="family support worker", employed=200, posts_left=210),
    ),
    selecting="panels, two trained scorers",
    carrying_out="as agreed with the unions, over three months",
    payments="statutory",
    agency=(AgencyWork(number=4, part="north", work="duty"),),
    representatives=("a union",),
    proposed_on=734147,
    first_dismissal=734300,
    last_dismissal=734400,
    statement_given=734150,
)


def test_the_statement_counts_those_at_risk_and_not_the_posts_that_grow():
    found = section_188_statement(PROGRAMME)
    assert found.total == 100 and found.numbers_and_descriptions == (("link worker", 100),)
    assert found.employed == (("link worker", 300),)
    assert found.missing == ()


def test_the_hr1_brings_the_clock_of_its_day():
    found = advance_notice(PROGRAMME)
    assert (found.total, found.employed) == (100, 500)
    assert found.clocks.notification.rule.number == 90
    assert found.missing == ()
    assert "how people are selected" in advance_notice(replace(PROGRAMME, selecting=" ")).missing
    assert section_188_statement(replace(PROGRAMME, representatives=())).missing == ("the representatives",)
