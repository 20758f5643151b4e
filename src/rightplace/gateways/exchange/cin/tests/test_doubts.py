"""Each rule about a child is met by a case, and a sound child meets none."""

from datetime import date
from typing import Any

import msgspec
import pytest

from rightplace.gateways.exchange.cin.children import (
    Assessment,
    CinPlan,
    PreProceedings,
    ProtectionPlan,
    ReadChild,
    Referral,
    Section47,
)
from rightplace.gateways.exchange.cin.doubts import RULES, Around, examine
from rightplace.gateways.exchange.cin.findings import Weight
from rightplace.gateways.exchange.cin.rules_child import check_letter

CONFERENCE = date(2025, 5, 20)


def on(month: int, day: int, year: int = 2025) -> date:
    return date(year, month, day)


def ass(**changes: Any) -> Assessment:
    sound = {"line": 11, "start": on(5, 1), "authorisation": on(6, 2), "factors": ("3B",)}
    return Assessment(**sound | changes)


def plan(**changes: Any) -> CinPlan:
    return CinPlan(**{"line": 12, "start": on(10, 1), "end": on(12, 1)} | changes)


def s47(**changes: Any) -> Section47:
    sound = {
        "line": 13,
        "start": on(5, 6),
        "target": on(5, 27),
        "icpc_date": CONFERENCE,
        "icpc_not_required": False,
    }
    return Section47(**sound | changes)


def cpp(**changes: Any) -> ProtectionPlan:
    sound = {
        "line": 14,
        "start": CONFERENCE,
        "end": on(9, 30),
        "initial_category": "NEG",
        "latest_category": "NEG",
    }
    return ProtectionPlan(**sound | {"previous_plans": 0, "reviews": (on(8, 4),)} | changes)


def pp(**changes: Any) -> PreProceedings:
    sound = {"line": 15, "start": on(6, 2), "letter_sent": on(6, 9), "meeting_offered": True, "outcome": "A"}
    return PreProceedings(**sound | {"step_decision": on(9, 1), "court_application": on(9, 8)} | changes)


def ref(**changes: Any) -> Referral:
    sound: dict[str, Any] = {
        "line": 10,
        "referral_date": on(5, 1),
        "referral_source": "2A",
        "primary_need": "N1",
    }
    sound |= {"referral_nfa": False, "assessments": (ass(),), "section47s": (s47(),)}
    return Referral(**sound | {"protection_plans": (cpp(),), "cin_plans": (plan(),)} | changes)


def nfa(**changes: Any) -> Referral:
    sound = {"line": 20, "referral_date": on(5, 1), "referral_source": "6", "referral_nfa": True}
    return Referral(**sound | changes)


def child(*referrals: Referral, **changes: Any) -> ReadChild:
    sound: dict[str, Any] = {
        "number": 1,
        "line": 1,
        "la_child_id": "INV1",
        "upn": "C330200000000",
        "sex": "F",
    }
    sound |= {"birth_date": on(1, 9, 2015), "ethnicity": "WBRI", "disabilities": ("NONE",)}
    return ReadChild(**sound | {"referrals": referrals or (ref(),)} | changes)


def closed(**changes: Any) -> Referral:
    return ref(**{"closure_date": on(2, 2, 2026), "closure_reason": "RC7"} | changes)


def one(kind: str, module: Any, **changes: Any) -> ReadChild:
    return child(ref(**{kind: (module,)} | changes))


UNBORN = {
    "birth_date": None,
    "expected_birth_date": on(5, 1, 2026),
    "upn": "",
    "sex": "U",
    "disabilities": (),
}
LATE_REF = ref(
    line=30, referral_date=on(3, 2, 2026), assessments=(), section47s=(), protection_plans=(), cin_plans=()
)
OVERLAP_AT = on(5, 12)

CASES: dict[str, ReadChild] = {
    "no_number": child(la_child_id=""),
    "number_endless": child(la_child_id="A" * 101),
    "no_referral": msgspec.structs.replace(child(), referrals=()),
    "number_too_long": child(la_child_id="A" * 21),
    "number_not_alphanumeric": child(la_child_id="INV/1"),
    "upn_malformed": child(upn="C33020000000"),
    "upn_check_letter": child(upn="D330200000000"),
    "former_upn_malformed": child(former_upn="X1"),
    "upn_and_reason": child(upn_unknown="UN2"),
    "upn_reason_unknown": child(upn="", upn_unknown="UN99"),
    "upn_reason_no_action": child(upn="", upn_unknown="UN7"),
    "upn_missing": child(upn=""),
    "two_births": child(expected_birth_date=on(3, 1)),
    "no_birth": child(birth_date=None),
    "born_after_return": child(birth_date=on(4, 1, 2026)),
    "expected_oddly": child(LATE_REF, **UNBORN | {"expected_birth_date": on(5, 1, 2028)}),
    "sex_missing": child(sex=""),
    "sex_of_unborn": child(LATE_REF, **UNBORN | {"sex": "M"}),
    "ethnicity_missing": child(ethnicity=""),
    "ethnicity_unknown": child(ethnicity="XXXX"),
    "disability_missing": child(disabilities=()),
    "disability_unknown": child(disabilities=("XX",)),
    "disability_and_none": child(disabilities=("NONE", "LD")),
    "disability_twice": child(disabilities=("LD", "LD")),
    "died_before_birth": child(death_date=on(1, 1, 2014)),
    "died_after_return": child(death_date=on(5, 1, 2026)),
    "died_before_year": child(death_date=on(3, 1)),
    "over_25": child(birth_date=on(1, 9, 1999)),
    "two_open_referrals": child(ref(), LATE_REF),
    "open_but_not_latest": child(ref(), LATE_REF),
    "referrals_overlap": child(ref(), LATE_REF),
    "referral_twice": child(closed(), closed(line=31)),
    "referred_after_return": child(ref(referral_date=on(4, 2, 2026))),
    "referred_long_before_birth": child(birth_date=on(3, 3, 2026)),
    "referred_after_death": child(death_date=on(4, 30)),
    "source_missing": child(ref(referral_source="")),
    "source_unknown": child(ref(referral_source="11")),
    "need_missing": child(ref(primary_need="")),
    "need_unknown": child(ref(primary_need="N11")),
    "nfa_missing": child(ref(referral_nfa=None)),
    "closed_before_referral": child(closed(closure_date=on(4, 30))),
    "closed_after_return": child(closed(closure_date=on(4, 30, 2026))),
    "closed_before_year": child(closed(closure_date=on(3, 30))),
    "closed_without_reason": child(closed(closure_reason="")),
    "reason_without_closing": child(closed(closure_date=None)),
    "closure_reason_unknown": child(closed(closure_reason="RC77")),
    "closed_as_died": child(closed(closure_reason="RC2")),
    "closed_unassessed": child(closed(closure_reason="RC9", assessments=())),
    "closed_with_more_done": child(closed(closure_reason="RC8")),
    "closed_not_authorised": child(closed(assessments=(ass(authorisation=None, factors=()),))),
    "closed_in_enquiry": child(closed(section47s=(s47(icpc_date=None),))),
    "closed_in_plan": child(closed(cin_plans=(plan(end=None),))),
    "no_factors_other_closing": child(closed(assessments=(ass(factors=("21",)),))),
    "open_after_death": child(death_date=on(12, 24)),
    "nfa_assessed": child(nfa(assessments=(ass(),))),
    "nfa_enquired": child(nfa(section47s=(s47(),))),
    "nfa_conference": child(nfa(date_of_initial_cpc=CONFERENCE)),
    "nfa_planned": child(nfa(cin_plans=(plan(),))),
    "nfa_protected": child(nfa(protection_plans=(cpp(),))),
    "nfa_long_ago": child(nfa(referral_date=on(1, 1))),
    "conference_given_twice": child(ref(date_of_initial_cpc=CONFERENCE)),
    "conference_before_referral": child(ref(date_of_initial_cpc=on(4, 8))),
    "conference_after_return": child(ref(date_of_initial_cpc=on(4, 8, 2026))),
    "conference_after_closing": child(closed(date_of_initial_cpc=on(3, 3, 2026))),
    "conference_after_death": child(ref(date_of_initial_cpc=CONFERENCE), death_date=on(5, 19)),
    "conference_at_weekend": one("section47s", s47(icpc_date=on(5, 24))),
    "two_open_assessments": child(
        ref(assessments=(ass(authorisation=None), ass(line=16, authorisation=None)))
    ),
    "assessments_overlap": child(ref(assessments=(ass(), ass(line=16, start=OVERLAP_AT)))),
    "two_open_plans": child(ref(cin_plans=(plan(end=None), plan(line=16, end=None)))),
    "plans_overlap": child(ref(cin_plans=(plan(), plan(line=16, start=on(11, 1))))),
    "two_open_enquiries": child(
        ref(section47s=(s47(), s47(line=16, icpc_date=None), s47(line=17, icpc_date=None)))
    ),
    "enquiries_overlap": child(ref(section47s=(s47(), s47(line=16, start=OVERLAP_AT)))),
    "enquiry_unassessed": child(ref(assessments=())),
    "two_open_protection_plans": child(ref(protection_plans=(cpp(end=None), cpp(line=16, end=None)))),
    "protection_plans_overlap": child(ref(protection_plans=(cpp(), cpp(line=16, start=on(9, 30), end=None)))),
    "plan_beside_protection": one("cin_plans", plan(start=on(9, 1))),
    "review_beside_plan": one("cin_plans", plan(start=on(8, 1), end=on(8, 30))),
    "protected_without_conference": one("protection_plans", cpp(start=on(5, 21))),
    "assessed_before_referral": one("assessments", ass(start=on(4, 30))),
    "assessed_after_return": one("assessments", ass(start=on(4, 3, 2026), authorisation=None, factors=())),
    "authorised_before_start": one("assessments", ass(authorisation=on(4, 30))),
    "authorised_after_return": one("assessments", ass(authorisation=on(4, 30, 2026))),
    "authorised_before_year": one("assessments", ass(authorisation=on(3, 30))),
    "looked_at_before_start": one("assessments", ass(internal_review=on(4, 30))),
    "looked_at_after_authorisation": one("assessments", ass(internal_review=on(6, 30))),
    "assessed_after_closing": child(closed(assessments=(ass(authorisation=on(3, 3, 2026)),))),
    "assessed_after_death": child(death_date=on(4, 30)),
    "factors_missing": one("assessments", ass(factors=())),
    "factors_unfinished": one("assessments", ass(authorisation=None)),
    "factor_unknown": one("assessments", ass(factors=("8A",))),
    "factor_twice": one("assessments", ass(factors=("3B", "3B"))),
    "factors_and_none": one("assessments", ass(factors=("3B", "21"))),
    "disability_without_factor": child(disabilities=("LD",)),
    "plan_before_referral": one("cin_plans", plan(start=on(4, 30))),
    "plan_after_return": one("cin_plans", plan(start=on(4, 30, 2026), end=None)),
    "plan_ends_before_start": one("cin_plans", plan(end=on(9, 30))),
    "plan_of_a_day": one("cin_plans", plan(end=on(10, 1))),
    "plan_ends_after_return": one("cin_plans", plan(end=on(4, 1, 2026))),
    "plan_after_closing": child(closed(cin_plans=(plan(end=on(2, 3, 2026)),))),
    "plan_after_death": child(death_date=on(9, 30)),
    "plan_runs_after_death": child(death_date=on(11, 1)),
    "enquiry_before_referral": one("section47s", s47(start=on(4, 30))),
    "enquiry_after_return": one("section47s", s47(start=on(4, 1, 2026), icpc_date=None)),
    "enquiry_after_closing": child(closed(section47s=(s47(start=on(2, 3, 2026)),))),
    "enquiry_after_death": child(death_date=on(5, 5)),
    "enquiry_after_conference": one("section47s", s47(start=on(5, 21))),
    "target_at_weekend": one("section47s", s47(target=on(5, 25))),
    "target_before_start": one("section47s", s47(target=on(5, 5))),
    "conference_not_required_but_held": one("section47s", s47(icpc_not_required=True)),
    "conference_not_required_missing": one("section47s", s47(icpc_not_required=None)),
    "protected_before_referral": one("protection_plans", cpp(start=on(4, 30))),
    "protected_after_return": one("protection_plans", cpp(start=on(4, 1, 2026))),
    "protection_ends_before_start": one("protection_plans", cpp(end=on(5, 19))),
    "protection_of_a_day": one("protection_plans", cpp(end=CONFERENCE)),
    "protection_ends_after_return": one("protection_plans", cpp(end=on(4, 1, 2026))),
    "protected_after_closing": child(closed(protection_plans=(cpp(end=on(2, 3, 2026)),))),
    "protected_after_death": child(death_date=on(5, 19)),
    "protection_runs_after_death": child(death_date=on(9, 29)),
    "initial_category_unknown": one("protection_plans", cpp(initial_category="ABC")),
    "latest_category_unknown": one("protection_plans", cpp(latest_category="")),
    "previous_plans_missing": one("protection_plans", cpp(previous_plans=None)),
    "reviewed_before_start": one("protection_plans", cpp(reviews=(CONFERENCE,))),
    "reviewed_after_end": one("protection_plans", cpp(reviews=(on(10, 1),))),
    "reviewed_after_return": one("protection_plans", cpp(end=None, reviews=(on(4, 1, 2026),))),
    "review_twice": one("protection_plans", cpp(reviews=(on(8, 4), on(8, 4)))),
    "outcome_unknown": one("pre_proceedings", pp(outcome="Z")),
    "pre_proceedings_undated": one("pre_proceedings", pp(start=None)),
    "pre_proceedings_after_return": one("pre_proceedings", pp(start=on(4, 30, 2026))),
    "letter_before_start": one("pre_proceedings", pp(letter_sent=on(6, 1))),
    "offer_without_letter": one("pre_proceedings", pp(letter_sent=None)),
    "step_before_start": one("pre_proceedings", pp(step_decision=on(6, 1))),
    "court_before_decision": one("pre_proceedings", pp(court_application=on(8, 1))),
    "letter_before_court": one("pre_proceedings", pp(letter_initiating=on(9, 7))),
}


def looked_over(read: ReadChild, year: int = 2026) -> ReadChild:
    return examine(read, Around(year, date(year - 1, 4, 1), date(year, 3, 31)))


def codes(read: ReadChild, year: int = 2026) -> set[str]:
    return {found.code for found in looked_over(read, year).findings}


@pytest.mark.parametrize(
    "sound",
    [child(), child(closed()), child(nfa()), child(LATE_REF, **UNBORN), child(closed(), LATE_REF)],
    ids=["protected", "closed", "no action", "unborn", "returned"],
)
def test_a_sound_child_raises_no_doubt(sound: ReadChild) -> None:
    assert codes(sound) == set()


def test_sound_pre_proceedings_raise_no_doubt_in_the_year_that_knows_them() -> None:
    assert codes(one("pre_proceedings", pp()), 2027) <= {"closed_before_year", "authorised_before_year"}


@pytest.mark.parametrize("code", sorted(CASES))
def test_what_is_odd_is_found(code: str) -> None:
    assert code in codes(CASES[code])


def test_every_rule_is_met_by_a_case() -> None:
    assert {rule.code for rule in RULES} == set(CASES)


def test_a_doubt_never_keeps_a_child_out() -> None:
    refusing = {rule.code for rule in RULES if rule.weight is Weight.REFUSED}
    refused = {code for code, read in CASES.items() if looked_over(read).refused}
    assert refused == refusing == {"no_number", "number_endless", "no_referral"}


def test_a_finding_names_the_line_of_the_module_that_is_odd() -> None:
    found = looked_over(CASES["plans_overlap"]).doubts
    assert [(each.code, each.line, each.about) for each in found] == [("plans_overlap", 16, "referral")]


def test_codes_are_judged_by_the_year_of_the_return() -> None:
    by_early_help = child(closed(referral_source="5D", closure_reason="RC7"))
    assert "source_unknown" not in codes(by_early_help, 2026)
    assert "source_unknown" in codes(by_early_help, 2022)


def test_a_code_is_taken_in_any_year_when_the_return_does_not_say_which() -> None:
    around = Around(0, None, None)
    found = examine(child(ref(referral_source="5D", primary_need="N99")), around).findings
    assert {each.code for each in found} == {"need_unknown"}


def test_sentences_name_no_number_and_no_birth_date() -> None:
    for read in CASES.values():
        for found in looked_over(read).findings:
            assert "INV" not in found.sentence
            assert "2015" not in found.sentence


@pytest.mark.parametrize(
    ("rest", "letter"), [("330200000000", "C"), ("330200000001", "R"), ("33020000000A", "C")]
)
def test_the_check_letter_of_a_pupil_number_is_worked_out(rest: str, letter: str) -> None:
    assert check_letter("?" + rest) == letter


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (on(4, 8), "conference_before_referral"),
        (on(4, 8, 2026), "conference_after_return"),
        (on(5, 24), "conference_at_weekend"),
    ],
)
def test_a_conference_is_judged_the_same_wherever_the_file_gives_it(day: date, code: str) -> None:
    at_enquiry = one("section47s", s47(icpc_date=day))
    with_referral = one("section47s", s47(), date_of_initial_cpc=day)
    assert code in codes(at_enquiry)
    assert code in codes(with_referral)
