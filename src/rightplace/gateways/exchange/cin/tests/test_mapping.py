"""A child of a return becomes entries: what the census says, on its days, and nothing more."""

import time
from collections.abc import Iterator
from datetime import date

import pytest

from rightplace.domain.practice.entries.identity import Identifier, IdentityRecorded, ImportTaken
from rightplace.domain.practice.journey import Journey, fold
from rightplace.domain.practice.londontime import start_of_day
from rightplace.domain.practice.timescales import RuleBook, Timescale, rulebook, timescales
from rightplace.gateways.exchange.cin import read
from rightplace.gateways.exchange.cin.tests.oddities import each_in_turn
from rightplace.gateways.exchange.cin.tests.returns import IDENTITY, around, of
from rightplace.gateways.exchange.cin.tests.told import TEAM, file_of, one, return_of
from rightplace.gateways.exchange.cin.tests.write_sample import a_return


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return rulebook()


def referral(inside: str = "", day: str = "2025-05-01", nfa: str = "0") -> str:
    return (
        f"<CINdetails><CINreferralDate>{day}</CINreferralDate><ReferralSource>6</ReferralSource>"
        f"<PrimaryNeedCode>N1</PrimaryNeedCode>{inside}<ReferralNFA>{nfa}</ReferralNFA></CINdetails>"
    )


def assessment(began: str, authorised: str = "") -> str:
    end = f"<AssessmentAuthorisationDate>{authorised}</AssessmentAuthorisationDate>" if authorised else ""
    factors = "<FactorsIdentifiedAtAssessment><AssessmentFactors>4A</AssessmentFactors></FactorsIdentifiedAtAssessment>"
    return (
        f"<Assessments><AssessmentActualStartDate>{began}</AssessmentActualStartDate>{end}"
        f"{factors if authorised else ''}</Assessments>"
    )


def closed(day: str, reason: str = "RC1") -> str:
    return f"<CINclosureDate>{day}</CINclosureDate><ReasonForClosure>{reason}</ReasonForClosure>"


def plan(began: str, end: str = "") -> str:
    ending = f"<CINPlanEndDate>{end}</CINPlanEndDate>" if end else ""
    return f"<CINPlanDates><CINPlanStartDate>{began}</CINPlanStartDate>{ending}</CINPlanDates>"


def enquiry(began: str, held: str = "", not_required: str = "0") -> str:
    conference = f"<DateOfInitialCPC>{held}</DateOfInitialCPC>" if held else ""
    return (
        f"<Section47><S47ActualStartDate>{began}</S47ActualStartDate>{conference}"
        f"<ICPCnotRequired>{not_required}</ICPCnotRequired></Section47>"
    )


def protection(began: str, end: str = "", latest: str = "NEG", *reviews: str) -> str:
    ending = f"<CPPendDate>{end}</CPPendDate>" if end else ""
    held = "".join(f"<CPPreviewDate>{day}</CPPreviewDate>" for day in reviews)
    return (
        f"<ChildProtectionPlans><CPPstartDate>{began}</CPPstartDate>{ending}"
        f"<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>{latest}</LatestCategoryOfAbuse>"
        f"<NumberOfPreviousCPP>0</NumberOfPreviousCPP><Reviews>{held}</Reviews></ChildProtectionPlans>"
    )


def journey(details: str, identity: str = IDENTITY) -> Journey:
    return fold(file_of(*one(details, identity=identity)))


def at(day: str) -> int:
    return start_of_day(date.fromisoformat(day).toordinal())


def codes(found: Journey) -> set[str]:
    return {doubt.code for doubt in found.doubts} - {"ended_by_law", "import_finding"}


def standing(found: Journey, book: RuleBook, rule: str, on: str) -> list[str]:
    return [scale.standing(at(on)) for scale in timescales(found, book) if scale.rule == rule]


# who the child is ----------------------------------------------------------------


def test_a_child_has_numbers_and_no_name() -> None:
    entries = file_of(*one(referral()))
    who = next(e.body for e in entries if isinstance(e.body, IdentityRecorded))
    assert who.name_not_supplied
    assert (who.given, who.family, who.source) == ("", "", "CIN census 2026")
    assert who.identifiers == (Identifier("la_child_id", "INV1", "330"), Identifier("upn", "C330200000000"))
    assert (who.born, who.sex, who.ethnicity, who.disabilities) == (date(2015, 1, 9), "F", "WBRI", ("NONE",))


def test_codes_that_cannot_be_codes_are_left_out_and_stay_doubts() -> None:
    child, of_ = one(
        referral(), identity=IDENTITY.replace("WBRI", "W" * 40).replace("C330200000000", "C" * 40)
    )
    who = next(e.body for e in file_of(child, of_) if isinstance(e.body, IdentityRecorded))
    assert who.ethnicity == ""
    assert [n.kind for n in who.identifiers] == ["la_child_id", "other"]
    assert {"ethnicity_unknown", "upn_malformed"} <= {found.code for found in child.doubts}


def test_a_return_names_its_source_its_team_and_what_is_odd() -> None:
    entries = file_of(*one(referral(closed("2025-06-01", ""))))
    taken = entries[0].body
    assert isinstance(taken, ImportTaken)
    assert (taken.source, taken.authority, taken.reference) == ("CIN census 2026", "330", date(2026, 3, 31))
    assert (taken.team, taken.child_number, taken.findings) == (TEAM, "INV1", ("closed_without_reason",))


def test_older_returns_do_not_carry_what_their_layouts_do_not_have() -> None:
    carried = [one(referral(), year)[1].carried for year in (2021, 2026, 2027)]
    assert "needplan.ended" not in carried[0]
    assert "needplan.ended" in carried[1]
    assert "familymeeting.answered" not in carried[1]
    assert "familymeeting.answered" in carried[2]
    assert all("visit.made" not in each and "coregroup.met" not in each for each in carried)


def test_one_child_has_the_same_ids_in_every_return_of_its_authority_and_no_other() -> None:
    (child, this), (_, later) = one(referral()), one(referral(), 2027)
    assert this.numbers(child).file == later.numbers(child).file
    other = child.__class__(number=1, line=1, la_child_id="INV2")
    assert this.numbers(child).file != this.numbers(other).file
    elsewhere = return_of(
        read(of(around(f"<Child>{IDENTITY}{referral()}</Child>").replace(">330<", ">331<")))
    )
    assert elsewhere.numbers(child).file != this.numbers(child).file


# the path --------------------------------------------------------------------------


def test_an_open_child_is_answered_for_by_the_imports_team_from_the_referral_on() -> None:
    found = journey(referral(assessment("2025-05-02")))
    state = found.state_at(at("2026-03-31"))
    assert (state.open, state.team, state.worker, state.processes) == (True, TEAM, 0, ("assessment",))
    assert not found.state_at(at("2025-04-30")).open
    assert codes(found) == set()


def test_a_closed_child_is_closed_on_its_day() -> None:
    found = journey(referral(closed("2025-07-01") + assessment("2025-05-02", "2025-06-02")))
    assert found.state_at(at("2025-06-30")).open
    assert not found.state_at(at("2025-07-02")).open
    assert codes(found) == set()
    assert [h.outcome for h in found.happenings if h.name == "case.closed"] == ["RC1"]


def test_a_referral_without_further_action_leaves_nobody_open(book: RuleBook) -> None:
    found = journey(referral(nfa="1"))
    assert not found.state_at(at("2025-05-02")).open
    assert {h.name for h in found.happenings} >= {"referral.accepted", "referral.no_further_action"}
    assert "late" not in {scale.standing(at("2027-01-01")) for scale in timescales(found, book)}
    assert codes(found) == set()


def test_no_further_action_on_an_open_child_closes_nothing_and_asks_for_no_assessment(book: RuleBook) -> None:
    first = referral(assessment("2025-05-02", "2025-05-20") + plan("2025-05-21"))
    found = journey(first + referral(day="2025-08-01", nfa="1"))
    assert "cin_plan" in found.state_at(at("2025-09-01")).processes
    assert standing(found, book, "ASM-1", "2027-01-01") == ["met", "not required"]


def test_closed_and_referred_again_on_one_day_stays_open_and_says_so() -> None:
    first = referral(closed("2025-07-01") + assessment("2025-05-02", "2025-06-02"))
    entries = file_of(*one(first + referral(assessment("2025-07-01"), day="2025-07-01")))
    found = fold(entries)
    assert found.state_at(at("2025-07-02")).open
    assert not [e for e in entries if e.body.kind == "case.closed"]
    (note,) = [e for e in entries if e.body.kind == "note.written"]
    assert note.day == date(2025, 7, 1).toordinal()


def test_a_child_referred_again_later_is_opened_again() -> None:
    found = journey(referral(closed("2025-07-01")) + referral(day="2025-09-01"))
    assert [found.state_at(at(day)).open for day in ("2025-06-30", "2025-08-01", "2025-09-02")] == [
        True,
        False,
        True,
    ]
    assert [h.again for h in found.happenings if h.name == "referral.accepted"] == [False, True]


def test_an_enquiry_ends_at_its_conference_and_the_plan_names_it() -> None:
    entries = file_of(*one(referral(enquiry("2025-05-05", "2025-05-20") + protection("2025-05-20"))))
    found = fold(entries)
    assert found.state_at(at("2025-05-10")).processes == ("section47",)
    assert found.state_at(at("2025-05-21")).processes == ("protection_plan",)
    conference = next(e for e in entries if e.body.kind == "conference.held")
    begun = next(e for e in entries if e.body.kind == "protectionplan.began")
    assert begun.names == (conference.id,)
    assert codes(found) == set()


def test_an_enquiry_without_need_of_a_conference_is_never_late(book: RuleBook) -> None:
    found = journey(
        referral(assessment("2025-05-02", "2025-06-01") + enquiry("2025-05-05", not_required="1"))
    )
    assert standing(found, book, "ICPC-1", "2025-12-01") == ["not required"]
    assert standing(found, book, "ICPC-1", "2025-05-06") == ["not required"]


def test_a_conference_by_itself_is_a_transfer_in_and_else_the_waiting_enquirys() -> None:
    alone = "<DateOfInitialCPC>2025-05-20</DateOfInitialCPC>"
    forms = [
        [h.outcome for h in journey(referral(alone + waiting)).happenings if h.name == "conference.held"]
        for waiting in ("", enquiry("2025-05-05"), enquiry("2025-05-05", "2025-05-20"), enquiry("2025-06-05"))
    ]
    assert forms == [["transfer in"], ["initial"], ["initial"], ["transfer in"]]


def test_a_protection_plan_takes_the_place_of_a_need_plan_without_a_doubt() -> None:
    found = journey(
        referral(
            plan("2025-05-10", "2025-06-20") + enquiry("2025-06-05", "2025-06-20") + protection("2025-06-20")
        )
    )
    assert found.state_at(at("2025-06-21")).processes == ("protection_plan",)
    assert codes(found) == set()


def test_a_step_down_ends_the_one_plan_and_begins_the_other_on_one_day() -> None:
    assessed = assessment("2025-05-02", "2025-06-01")
    plans = protection("2025-05-20", "2025-11-20", "NEG", "2025-08-08") + plan("2025-11-20")
    found = journey(referral(assessed + plans))
    assert found.state_at(at("2025-11-21")).processes == ("cin_plan",)
    assert codes(found) == set()
    assert [h.outcome for h in found.happenings if h.name == "protectionplan.ended"] == ["at first review"]


def test_a_review_belongs_to_its_own_plan_even_where_two_overlap(book: RuleBook) -> None:
    one_reviewed = protection("2025-05-20", "", "NEG", "2025-07-01") + protection("2025-06-02")
    found = journey(referral(assessment("2025-05-02", "2025-06-01") + one_reviewed))
    assert sorted(standing(found, book, "RCPC-1", "2026-02-01")) == ["late", "met"]


def test_a_child_with_hundreds_of_plans_and_reviews_is_read_in_a_moment(book: RuleBook) -> None:
    plans = "".join(
        protection(f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}", "", "NEG", "2025-12-30") for n in range(500)
    )
    entries = file_of(*one(referral(plans)))
    began = time.process_time()
    timescales(fold(entries), book)
    assert time.process_time() - began < 5


def test_a_change_of_category_is_known_by_the_end_or_the_returns_date() -> None:
    for end, day in (("", date(2026, 3, 31)), ("2025-12-01", date(2025, 12, 1))):
        entries = file_of(*one(referral(protection("2025-05-20", end, "EMO"))))
        (changed,) = [e for e in entries if e.body.kind == "protectionplan.category"]
        assert changed.day == day.toordinal()


def test_a_death_ends_everything_on_its_day() -> None:
    died = IDENTITY.replace("<Sex>F</Sex>", "<Sex>F</Sex><PersonDeathDate>2025-08-01</PersonDeathDate>")
    found = journey(referral(closed("2025-08-01", "RC2") + assessment("2025-05-02", "2025-06-01")), died)
    assert not found.state_at(at("2025-08-02")).open
    assert codes(found) == set()


def test_pre_proceedings_are_told_where_the_census_dates_them() -> None:
    inside = (
        "<PreProceedingsandFGDM><LBPSentDate>2026-06-05</LBPSentDate><FGDMMeetingOffer>1</FGDMMeetingOffer>"
        "<ReviewMeetingsCount>2</ReviewMeetingsCount><StepDecisionDate>2026-08-01</StepDecisionDate>"
        "<PPOutcome>A</PPOutcome><CourtAppDate>2026-08-10</CourtAppDate></PreProceedingsandFGDM>"
    )
    entries = file_of(
        *one(referral(day="2026-05-01").replace("</CINdetails>", f"{inside}</CINdetails>"), 2027)
    )
    kinds = {e.body.kind: date.fromordinal(e.day) for e in entries}
    assert kinds["preproceedings.began"] == kinds["familymeeting.answered"] == date(2026, 6, 5)
    assert kinds["preproceedings.ended"] == date(2026, 8, 1)
    assert kinds["court.applied"] == date(2026, 8, 10)


def test_pre_proceedings_without_any_day_are_a_doubt() -> None:
    inside = "<PreProceedingsandFGDM><PPOutcome>A</PPOutcome></PreProceedingsandFGDM>"
    entries = file_of(
        *one(referral(day="2026-05-01").replace("</CINdetails>", f"{inside}</CINdetails>"), 2027)
    )
    taken = entries[0].body
    assert isinstance(taken, ImportTaken)
    assert "pre_proceedings_without_day" in taken.findings
    assert "preproceedings.began" not in {e.body.kind for e in entries}


# what is due -------------------------------------------------------------------------


def test_an_open_assessment_that_was_due_before_the_return_is_honestly_late(book: RuleBook) -> None:
    found = journey(referral(assessment("2025-05-02")))
    assert standing(found, book, "ASM-1", "2026-04-01") == ["late"]


def test_what_the_census_does_not_carry_is_not_known_while_the_child_is_open(book: RuleBook) -> None:
    found = journey(referral(assessment("2025-05-02", "2025-06-01") + protection("2025-05-20")))
    for rule in ("SEEN", "CG-1", "CP-VISIT"):
        assert set(standing(found, book, rule, "2026-06-01")) == {"not known"}, rule
    assert standing(found, book, "RCPC-1", "2026-06-01") == ["late"]


def test_what_came_of_an_older_referral_before_the_returns_year_is_not_known(book: RuleBook) -> None:
    found = journey(
        referral(protection("2024-01-15", "", "NEG", "2025-06-10", "2025-11-10"), day="2023-11-01")
    )
    assert standing(found, book, "ASM-1", "2026-06-01") == ["not known"]
    assert standing(found, book, "RCPC-1", "2026-06-01") == ["not known"]
    assert standing(found, book, "RCPC-n", "2026-03-30") == ["met", "not known"]


def test_a_plan_older_than_the_return_did_not_end_at_its_first_review() -> None:
    found = journey(referral(protection("2024-01-15", "2025-06-10", "NEG", "2025-06-10"), day="2023-11-01"))
    assert [h.outcome for h in found.happenings if h.name == "protectionplan.ended"] == [""]


def invented(year: int) -> Iterator[tuple[Journey, list[Timescale], tuple[str, ...]]]:
    sound = read(of(a_return(year, 120, seed=year, odd=each_in_turn(3))))
    this = return_of(sound)
    book = rulebook()
    for child in sound.children():
        if child.refused is None:
            found = fold(file_of(child, this))
            yield found, timescales(found, book), this.carried


@pytest.mark.parametrize("year", range(2021, 2028))
def test_in_every_layout_nothing_is_late_on_what_the_return_does_not_carry(year: int, book: RuleBook) -> None:
    met_by = {rule.id: rule.met_by for rules in book.by_id.values() for rule in rules}
    late = 0
    for found, scales, carried in invented(year):
        assert not found.breaches
        for scale in scales:
            for month in range(3, 12, 4):
                if scale.standing(at(f"{year + 1}-{month:02}-01")) == "late":
                    late += 1
                    assert any(pattern.name in carried for pattern in met_by[scale.rule]), scale
    assert late, "some assessments and reviews of invented returns are late"


@pytest.mark.parametrize("year", range(2021, 2028))
def test_in_every_layout_each_thing_told_has_a_number_of_its_own(year: int) -> None:
    sound = read(of(a_return(year, 60, seed=9)))
    this = return_of(sound)
    ids = [entry.id for child in sound.children() for entry in file_of(child, this)]
    assert len(ids) == len(set(ids))
    assert all(0 < id_ < 2**63 for id_ in ids)
