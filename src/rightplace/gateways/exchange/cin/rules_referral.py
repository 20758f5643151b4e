"""What may be odd about a referral: its dates and codes, its closing, and what was done after no further action."""

from typing import Final

from rightplace.gateways.exchange.cin.children import Module, Referral
from rightplace.gateways.exchange.cin.findings import Weight
from rightplace.gateways.exchange.cin.rule import Around, Rule, days, overlapping, spans, together, weekend


def _long_before_birth(x: Referral, a: Around) -> bool:
    born = a.child.birth_date or a.child.expected_birth_date
    return bool(born and x.referral_date < born - days(280))


def _not_completed(x: Referral, _: Around) -> list[Module]:
    return [s47 for s47 in x.section47s if not (s47.icpc_date or s47.icpc_not_required)]


def _plans_left_open(x: Referral, _: Around) -> list[Module]:
    if x.closure_date is None:
        return []
    return [
        *(plan for plan in x.cin_plans if plan.end is None),
        *(plan for plan in x.protection_plans if plan.end is None),
    ]


def _outside_conference(x: Referral, a: Around) -> list[Module]:
    if a.first_day is None:
        return []
    return [
        plan for plan in x.protection_plans if plan.start >= a.first_day and plan.start not in x.conferences
    ]


def _more_than_assessed(x: Referral) -> bool:
    return bool(x.section47s or x.cin_plans or x.protection_plans or x.date_of_initial_cpc)


def _no_factors_other_closing(x: Referral, _: Around) -> bool:
    return (
        len(x.assessments) == 1 and "21" in x.assessments[0].factors and x.closure_reason not in ("", "RC8")
    )


def _enquiries_overlap(x: Referral, _: Around) -> list[Module]:
    ends = ((s47, s47.icpc_date or (s47.start if s47.icpc_not_required else None)) for s47 in x.section47s)
    return overlapping(spans((s47, s47.start, end) for s47, end in ends))


def _protection_overlaps(x: Referral, _: Around) -> list[Module]:
    return overlapping(spans((each, each.start, each.end) for each in x.protection_plans), touching=True)


def _begun_beside(x: Referral) -> list[Module]:
    return together(
        spans((plan, plan.start, plan.end) for plan in x.cin_plans),
        spans((plan, plan.start, plan.end) for plan in x.protection_plans),
    )


def _reviewed_beside(x: Referral) -> list[Module]:
    plans = [plan for plan in x.cin_plans if plan.end]
    return [
        each
        for each in x.protection_plans
        if any(plan.start < day < plan.end for day in each.reviews for plan in plans if plan.end)
    ]


# One rule, its condition and its sentence stand together.
# fmt: off
BEGINNING: Final[tuple[Rule[Referral], ...]] = (
    Rule("referred_after_return", "8600", lambda x, a: a.after_return(x.referral_date),
         "The referral is dated after the day up to which the return tells."),
    Rule("referred_long_before_birth", "8606", _long_before_birth,
         "The referral is dated more than 40 weeks before the child's birth."),
    Rule("referred_after_death", "8555", lambda x, a: a.after_death(x.referral_date),
         "The referral is dated after the child's death."),
    Rule("source_missing", "8866", lambda x, a: not x.referral_source,
         "It is not said who referred the child."),
    Rule("source_unknown", "8866", lambda x, a: a.unknown("referral_source", x.referral_source),
         "The source of the referral is not a code of that year."),
    Rule("need_missing", "8610", lambda x, a: x.referral_nfa is False and not x.primary_need,
         "The primary need is not given, though the referral went on."),
    Rule("need_unknown", "8650", lambda x, a: a.unknown("primary_need", x.primary_need),
         "The primary need is not a code of that year."),
    Rule("nfa_missing", "8568", lambda x, a: x.referral_nfa is None,
         "It is not said whether the referral went on; it was taken as going on."),
)

CLOSING: Final[tuple[Rule[Referral], ...]] = (
    Rule("closed_before_referral", "8630", lambda x, a: a.before_referral(x.closure_date),
         "The case is closed before it was referred."),
    Rule("closed_after_return", "8620", lambda x, a: a.after_return(x.closure_date),
         "The closing is dated after the day up to which the return tells."),
    Rule("closed_before_year", "8620", lambda x, a: a.before_year(x.closure_date),
         "The case was closed before the year of the return.", Weight.NOTE),
    Rule("closed_without_reason", "8805", lambda x, a: bool(x.closure_date) and not x.closure_reason,
         "The case is closed without a reason."),
    Rule("reason_without_closing", "8810", lambda x, a: bool(x.closure_reason) and not x.closure_date,
         "There is a reason for closing but no closing date; the case was taken as open."),
    Rule("closure_reason_unknown", "8640", lambda x, a: a.unknown("closure_reason", x.closure_reason),
         "The reason for closing is not a code of that year."),
    Rule("closed_as_died", "8585Q", lambda x, a: x.closure_reason == "RC2" and not a.child.death_date,
         "The case is closed because the child died, but no date of death is given."),
    Rule("closed_unassessed", "8825Q", lambda x, a: x.closure_reason in ("RC8", "RC9") and not x.assessments,
         "The case is closed after an assessment, but there is no assessment."),
    Rule("closed_with_more_done", "2990",
         lambda x, a: x.closure_reason == "RC8" and _more_than_assessed(x),
         "The case is closed as nothing further after assessment, but more was done than an assessment."),
    Rule("closed_not_authorised", "8867",
         lambda x, a: [each for each in x.assessments if not each.authorisation] if x.closure_date else [],
         "The case is closed while this assessment is not authorised."),
    Rule("closed_in_enquiry", "8868", lambda x, a: _not_completed(x, a) if x.closure_date else [],
         "The case is closed while this section 47 enquiry has neither a conference nor word that none was needed."),
    Rule("closed_in_plan", "8565", _plans_left_open, "The case is closed while this plan is open."),
    Rule("no_factors_other_closing", "8873",
         _no_factors_other_closing,
         "The only assessment found no factors, but the case is closed for another reason than that."),
    Rule("open_after_death", "",
         lambda x, a: x.closure_date is None and not x.referral_nfa and a.after_death(a.last_day),
         "The case is open although the child has died."),
)

NO_ACTION: Final[tuple[Rule[Referral], ...]] = (
    Rule("nfa_assessed", "8831", lambda x, a: bool(x.referral_nfa and x.assessments),
         "No further action was taken on the referral, but there is an assessment."),
    Rule("nfa_enquired", "8831", lambda x, a: bool(x.referral_nfa and x.section47s),
         "No further action was taken on the referral, but there is a section 47 enquiry."),
    Rule("nfa_conference", "8831", lambda x, a: bool(x.referral_nfa and x.date_of_initial_cpc),
         "No further action was taken on the referral, but there was an initial conference."),
    Rule("nfa_planned", "4000", lambda x, a: bool(x.referral_nfa and x.cin_plans),
         "No further action was taken on the referral, but there is a child in need plan."),
    Rule("nfa_protected", "8832", lambda x, a: bool(x.referral_nfa and x.protection_plans),
         "No further action was taken on the referral, but there is a child protection plan."),
    Rule("nfa_long_ago", "8569",
         lambda x, a: bool(x.referral_nfa and a.first_day and x.referral_date < a.first_day - days(5)),
         "The referral without further action is older than the year of the return.", Weight.NOTE),
)

CONFERENCE: Final[tuple[Rule[Referral], ...]] = (
    Rule("conference_given_twice", "2884",
         lambda x, a: any(s47.icpc_date == x.date_of_initial_cpc for s47 in x.section47s if s47.icpc_date),
         "The same initial conference stands with the referral and with an enquiry; it was counted once."),
    Rule("conference_before_referral", "1104", lambda x, a: a.before_referral(x.date_of_initial_cpc),
         "The initial conference is dated before the referral."),
    Rule("conference_after_return", "8715", lambda x, a: a.after_return(x.date_of_initial_cpc),
         "The initial conference is dated after the day up to which the return tells."),
    Rule("conference_after_closing", "8565", lambda x, a: a.after_closing(x.date_of_initial_cpc),
         "The initial conference is dated after the case was closed."),
    Rule("conference_after_death", "", lambda x, a: a.after_death(x.date_of_initial_cpc),
         "The initial conference is dated after the child's death."),
    Rule("conference_at_weekend", "8875", lambda x, a: weekend(x.date_of_initial_cpc),
         "The initial conference is dated on a Saturday or Sunday."),
)

TOGETHER: Final[tuple[Rule[Referral], ...]] = (
    Rule("two_open_assessments", "8896",
         lambda x, a: [each for each in x.assessments if not each.authorisation][1:],
         "More than one assessment is open."),
    Rule("assessments_overlap", "8863",
         lambda x, a: overlapping(spans((each, each.start, each.authorisation) for each in x.assessments)),
         "This assessment begins while another is going on."),
    Rule("two_open_plans", "4004", lambda x, a: [each for each in x.cin_plans if not each.end][1:],
         "More than one child in need plan is open."),
    Rule("plans_overlap", "4014",
         lambda x, a: overlapping(spans((each, each.start, each.end) for each in x.cin_plans)),
         "This child in need plan begins while another runs."),
    Rule("two_open_enquiries", "8839", lambda x, a: _not_completed(x, a)[1:],
         "More than one section 47 enquiry is open."),
    Rule("enquiries_overlap", "8890",
         _enquiries_overlap,
         "This section 47 enquiry begins while another is going on."),
    Rule("enquiry_unassessed", "2991Q", lambda x, a: bool(x.section47s) and not x.assessments,
         "There is a section 47 enquiry but no assessment."),
    Rule("two_open_protection_plans", "8935",
         lambda x, a: [each for each in x.protection_plans if not each.end][1:],
         "More than one child protection plan is open."),
    Rule("protection_plans_overlap", "8940",
         _protection_overlaps,
         "This child protection plan begins while another runs."),
    Rule("plan_beside_protection", "4016", lambda x, a: _begun_beside(x),
         "This child in need plan runs at the same time as a child protection plan."),
    Rule("review_beside_plan", "4003", lambda x, a: _reviewed_beside(x),
         "This child protection plan was reviewed while a child in need plan ran."),
    Rule("protected_without_conference", "2885", _outside_conference,
         "This child protection plan does not begin on the day of an initial conference."),
)
# fmt: on
