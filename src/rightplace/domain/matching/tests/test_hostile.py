"""Selections that nobody would wish to have: everybody level, no pools, nobody qualified, all on leave, odd halves.

Each is placed and certified, asked about, or refused in words that name what stands against it. Nothing else happens.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rightplace.domain.matching import (
    Assessed,
    Ground,
    JobShare,
    NoPlacing,
    NotReady,
    PanelOrder,
    Person,
    Role,
    Selection,
    SkillMix,
    StatutoryOffer,
    best_placed,
    check,
    fewest_envied,
    kept,
    replay,
    result_bytes,
    solvers_installed,
    stable,
    wrong_with,
)

from .test_stable import person, role

NAMES, OLD, KINDS = ("a", "b", "c"), ("old-1", "old-2", ""), ("youth_work", "careers")
HARD = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
needs_solvers = pytest.mark.skipif(not solvers_installed(), reason="the extra `allocation` is not installed")


@st.composite
def people(draw, number):
    wishes = tuple(draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=3)))
    assessed = [
        Assessed(role=name, score=draw(st.sampled_from((None, 0, 4499, 4500, 6000, 6000, 10_000))),
                 eligible=(fit := draw(st.integers(0, 9))) > 0, because="" if fit else "No licence to drive.")
        for name in draw(st.lists(st.sampled_from(NAMES), unique=True))
    ]  # fmt: skip
    return Person(
        id=number, profession=draw(st.sampled_from(KINDS)), minutes=draw(st.sampled_from((370, 925, 1110, 1295, 1850, 2220))),
        substantive=draw(st.sampled_from(OLD)), preferences=wishes, assessed=tuple(assessed),
        acting_in=draw(st.sampled_from(("", "old-1"))), at_risk=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def roles(draw, name):
    claims = draw(st.permutations(("old-1", "old-2")))
    return Role(
        id=name, team=draw(st.sampled_from(("north", "south"))), places=draw(st.integers(0, 3)),
        minutes=draw(st.sampled_from((1110, 2220))), threshold=draw(st.sampled_from((0, 4500, 10_001))),
        professions=tuple(draw(st.sets(st.sampled_from(KINDS), min_size=1))),
        ring_fence=tuple(claims[: draw(st.integers(0, 2))]), slot_in=("",) if draw(st.integers(0, 9)) == 0 else (),
    )  # fmt: skip


@st.composite
def hostile(draw):
    """Up to six people for up to three roles, with whatever may be odd about them."""
    folk = tuple(draw(people(number)) for number in range(1, draw(st.integers(0, 6)) + 1))
    jobs = tuple(draw(roles(name)) for name in NAMES)
    numbers = [each.id for each in folk]
    shares: tuple[JobShare, ...] = ()
    if len(folk) > 1 and draw(st.booleans()):
        first, second = draw(st.permutations(numbers))[:2]
        both = tuple(draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=3)))
        shares = (JobShare(first=first, second=second, preferences=both),)
    taken = {each for share in shares for each in share.people}
    away = [each for each in folk if each.id not in taken and draw(st.integers(0, 2)) == 0]
    offers = tuple(
        StatutoryOffer(person=each.id, ground=draw(st.sampled_from(Ground)), evidence="note",
                       suitable=tuple(draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=2))))
        for each in away
    )  # fmt: skip
    mixes = tuple(
        SkillMix(team=team, profession=kind, least=(least := draw(st.integers(0, 2))), most=least + draw(st.integers(0, 2)))
        for team in sorted({each.team for each in jobs}) for kind in KINDS if draw(st.integers(0, 3)) == 0
    )  # fmt: skip
    return Selection(people=folk, roles=jobs, shares=shares, offers=offers, mixes=mixes)


def answered(selection):
    """The selection once panels have answered every question, and its placing."""
    for _ in range(40):
        placing = stable(selection)
        if placing.final:
            return selection, placing
        orders = tuple(
            PanelOrder(role=each.role, people=each.people, evidence="a second work sample")
            for each in placing.questions
        )
        selection = replace(selection, orders=(*selection.orders, *orders))
        assume(not wrong_with(selection))
    raise AssertionError("panels answered forty times and were asked again")


def against(found, *but):
    return [each for each in found.findings if each.rule not in but]


@given(hostile())
@HARD
def test_each_is_placed_and_certified_asked_about_or_refused_in_words(selection):
    try:
        placing = stable(selection)
    except NotReady as why:
        assert why.wrong and all(each.because.strip() and each.instead.strip() for each in why.wrong)
        return
    for question in placing.questions:
        assert len(question.people) > 1
        assert not set(question.people) & {
            who for who in placing.placed if placing.placed[who] == question.role
        }
    settled, final = answered(selection)
    assert not against(check(kept(settled), result_bytes(final)), "skill mix")
    assert replay(kept(settled)) == result_bytes(final)
    sure = {
        who: held
        for who, held in placing.placed.items()
        if not any(q.before_matching for q in placing.questions)
    }
    assert all(final.placed[who] == held for who, held in sure.items())


@given(hostile(), st.data())
@HARD
def test_whoever_is_moved_in_a_certified_result_the_checker_notices_or_it_is_stable_all_the_same(
    selection, data
):
    assume(selection.people and not wrong_with(selection))
    settled, final = answered(selection)
    result = json.loads(result_bytes(final))
    placed = dict(result["placed"])
    who = data.draw(st.sampled_from(sorted(placed)))
    placed[who] = data.draw(st.sampled_from([name for name in (*NAMES, None) if name != placed[who]]))
    result["placed"] = sorted(placed.items())
    certificate = check(kept(settled), json.dumps(result).encode())
    if certificate.holds:
        assert plainly_stable(settled, placed, dict(result["offered"]))


def plainly_stable(selection, placed, offered):
    """The rules once more, as plainly as can be, for people who compete alone: a second opinion on the checker."""
    if selection.shares:
        return True
    jobs = {each.id: each for each in selection.roles}
    free = {name: job.places - sum(held == name for held in placed.values()) for name, job in jobs.items()}
    if min(free.values(), default=0) < 0:
        return False
    before = {
        (order.role, a, b)
        for order in selection.orders
        for at, a in enumerate(order.people)
        for b in order.people[at + 1 :]
    }

    def stands(each, name):
        job = jobs[name]
        claim = (
            0
            if each.substantive in job.slot_in
            else 1
            if each.substantive in job.ring_fence
            else 3 - each.at_risk
        )
        found = next((one for one in each.assessed if one.role == name), None)
        if (
            each.profession not in job.professions
            or each.minutes > job.minutes
            or (found and not found.eligible)
        ):
            return None
        if claim == 0:
            return 0, 0
        return (
            None
            if found is None or found.score is None or found.score < job.threshold
            else (claim, -found.score)
        )

    for each in selection.people:
        if each.id in offered:
            continue
        held = placed[each.id]
        if held is not None and (held not in each.preferences or stands(each, held) is None):
            return False
        liked = each.preferences[: each.preferences.index(held)] if held else each.preferences
        for name in liked:
            mine = stands(each, name)
            if mine is None:
                continue
            others = [one for one in selection.people if placed[one.id] == name and one.id not in offered]
            if free[name] or any(
                mine < stands(one, name)
                or (mine == stands(one, name) and (name, one.id, each.id) not in before)
                for one in others
            ):
                return False
    return True


@needs_solvers
@given(hostile())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_within_a_mix_the_result_keeps_it_or_the_lines_that_cannot_be_kept_are_named(selection):
    assume(not wrong_with(selection))
    settled, _ = answered(selection)
    for method in (best_placed, fewest_envied):
        try:
            found = method(settled)
        except NoPlacing as why:
            assert any(mix.team in why.because and mix.profession in why.because for mix in settled.mixes)
            assert why.instead
            continue
        certificate = check(kept(settled), result_bytes(found.placing), stable=False)
        assert not against(certificate, *(["complete"] if found.placing.questions else []))


@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)), hostile())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_bytes_are_called_a_result_the_checker_says_that_they_do_not_hold(bytes_, selection):
    assert not check(kept(selection), bytes_).holds
    assert not check(bytes_, bytes_).holds


@pytest.mark.parametrize(
    ("said", "rule"),
    [({"placed": [[1, "a"], [1, None], [2, None]]}, "complete"), ({"placed": [[1, "z"], [2, None]]}, "eligible"),
     ({"placed": [[1, "a"], [2, None], [99, "a"]]}, "complete"), ({"offered": [[99, "a"]]}, "complete"),
     ({"placed": [["one", "a"]]}, "complete"), ({"questions": None}, "complete")],
)  # fmt: skip
def test_a_result_about_people_and_roles_that_are_not_there_is_found(said, rule):
    selection = Selection(people=(person(1, 6000), person(2, 5000)), roles=(role(),))
    result = json.loads(result_bytes(stable(selection))) | said
    assert rule in {each.rule for each in check(kept(selection), json.dumps(result).encode()).findings}


def test_everybody_equal_is_one_question_and_the_panels_order_decides():
    selection = Selection(people=tuple(person(n, 6000) for n in range(1, 8)), roles=(role(places=3),))
    (question,) = stable(selection).questions
    assert (question.people, question.places) == (tuple(range(1, 8)), 3)
    settled, final = answered(selection)
    assert sum(held == "a" for held in final.placed.values()) == 3
    assert check(kept(settled), result_bytes(final)).holds


@pytest.mark.parametrize("folk", [(), (person(1),), (person(1, 4000), person(2, 10))])
def test_an_empty_pool_and_a_pool_without_anybody_qualified_place_nobody(folk):
    selection = Selection(people=folk, roles=(role(),))
    placing = stable(selection)
    assert placing.final and set(placing.placed.values()) <= {None}
    assert check(kept(selection), result_bytes(placing)).holds


def test_all_on_maternity_leave_for_one_place_is_a_question_before_any_matching():
    folk = tuple(person(number, 9000) for number in (1, 2, 3))
    offers = tuple(
        StatutoryOffer(person=number, ground=Ground.MATERNITY, suitable=("a",), evidence="note")
        for number in (1, 2, 3)
    )
    selection = Selection(people=folk, roles=(role(),), offers=offers)
    (question,) = stable(selection).questions
    assert question.before_matching and question.people == (1, 2, 3)
    settled, final = answered(selection)
    assert len(final.offered) == 1
    assert check(kept(settled), result_bytes(final)).holds


def test_a_right_is_given_by_the_persons_own_wish_and_the_checker_looks():
    mother = person(1, wishes="ba")
    offer = StatutoryOffer(person=1, ground=Ground.ADOPTION, suitable=("a", "b"), evidence="note")
    selection = Selection(people=(mother,), roles=(role(), role("b")), offers=(offer,))
    right = json.loads(result_bytes(stable(selection)))
    assert right["offered"] == [[1, "b"]]
    other = right | {"offered": [[1, "a"]], "placed": [[1, "a"]]}
    (found,) = check(kept(selection), json.dumps(other).encode()).findings
    assert found.rule == "statutory offers first" and "would rather" in found.sentence


def test_unequal_halves_count_by_their_hours_and_fit_or_do_not():
    small, large = person(1, 9000, minutes=370), person(2, 5000, minutes=1850)
    share = JobShare(first=1, second=2, preferences=("a",))
    alone = person(3, 5800)
    selection = Selection(people=(small, large, alone), roles=(role(),), shares=(share,))
    # (370 × 90 + 1850 × 50) / 2220 = 56.67: the one who asks alone stands above the pair
    assert stable(selection).placed == {1: None, 2: None, 3: "a"}
    longer = replace(selection, people=(replace(small, minutes=371), large, alone), roles=(role(places=2),))
    placing = stable(longer)
    assert placing.placed == {1: None, 2: None, 3: "a"}
    assert "37.0167 hours are more than the 37" in placing.not_considered[0].because


@needs_solvers
def test_lines_of_a_mix_that_contradict_each_other_are_named_and_the_others_are_not():
    folk = tuple(person(number, 6000 + number, profession=kind) for number, kind in enumerate(KINDS * 2, 1))
    job = role(places=2, professions=KINDS)
    needs = tuple(SkillMix(team="north", profession=kind, least=2, most=2) for kind in KINDS)
    easy = SkillMix(team="north", profession="early_years", least=0, most=1)
    with pytest.raises(NoPlacing) as why:
        best_placed(Selection(people=folk, roles=(job,), mixes=(*needs, easy)))
    assert "north asks for 2 to 2 of careers; north asks for 2 to 2 of youth_work" in why.value.because
    assert "early_years" not in why.value.because
