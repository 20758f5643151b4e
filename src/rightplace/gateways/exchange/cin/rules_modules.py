"""What may be odd about an assessment, a plan, an enquiry, a protection plan, pre-proceedings, each by itself."""

from datetime import date
from typing import Final

from rightplace.gateways.exchange.cin.children import (
    Assessment,
    CinPlan,
    PreProceedings,
    ProtectionPlan,
    Section47,
)
from rightplace.gateways.exchange.cin.findings import Weight
from rightplace.gateways.exchange.cin.rule import Around, Rule, weekend


def _factors_missing(x: Assessment, a: Around) -> bool:
    return bool(x.authorisation and not x.factors and not a.before_year(x.authorisation))


def _disability_without_factor(x: Assessment, a: Around) -> bool:
    disabled = any(code != "NONE" for code in a.child.disabilities)
    return bool(disabled and x.authorisation and x.factors and not {"5A", "6A"} & set(x.factors))


def _earlier(first: date | None, then: date | None) -> bool:
    """Whether `then` comes before `first`, both being known."""
    return first is not None and then is not None and then < first


# One rule, its condition and its sentence stand together.
# fmt: off
ASSESSMENT: Final[tuple[Rule[Assessment], ...]] = (
    Rule("assessed_before_referral", "1103", lambda x, a: a.before_referral(x.start),
         "The assessment begins before the referral."),
    Rule("assessed_after_return", "8736", lambda x, a: a.after_return(x.start),
         "The assessment begins after the day up to which the return tells."),
    Rule("authorised_before_start", "8608", lambda x, a: _earlier(x.start, x.authorisation),
         "The assessment is authorised before it begins."),
    Rule("authorised_after_return", "8696", lambda x, a: a.after_return(x.authorisation),
         "The authorisation is postdated: after the day up to which the return tells."),
    Rule("authorised_before_year", "8696", lambda x, a: a.before_year(x.authorisation),
         "The assessment was authorised before the year of the return.", Weight.NOTE),
    Rule("looked_at_before_start", "", lambda x, a: _earlier(x.start, x.internal_review),
         "The assessment's internal review is before it begins."),
    Rule("looked_at_after_authorisation", "", lambda x, a: _earlier(x.internal_review, x.authorisation),
         "The assessment's internal review is after its authorisation."),
    Rule("assessed_after_closing", "8565",
         lambda x, a: a.after_closing(x.start) or a.after_closing(x.authorisation),
         "The assessment begins or ends after the case was closed."),
    Rule("assessed_after_death", "", lambda x, a: a.after_death(x.start),
         "The assessment begins after the child's death."),
    Rule("factors_missing", "8897", _factors_missing, "The assessment is authorised but gives no factors."),
    Rule("factors_unfinished", "8614", lambda x, a: bool(x.factors) and not x.authorisation,
         "Factors are given for an assessment that is not authorised."),
    Rule("factor_unknown", "8617",
         lambda x, a: any(a.unknown("assessment_factors", code) for code in x.factors),
         "A factor of the assessment is not a code of that year."),
    Rule("factor_twice", "8898", lambda x, a: len(set(x.factors)) < len(x.factors),
         "The same factor is given twice."),
    Rule("factors_and_none", "8869", lambda x, a: "21" in x.factors and len(set(x.factors)) > 1,
         "It is said that no factors were found, and also that there are some."),
    Rule("disability_without_factor", "8899Q", _disability_without_factor,
         "The child has a disability, but the assessment names no factor for one.", Weight.NOTE),
)

CIN_PLAN: Final[tuple[Rule[CinPlan], ...]] = (
    Rule("plan_before_referral", "4015", lambda x, a: a.before_referral(x.start),
         "The child in need plan begins before the referral."),
    Rule("plan_after_return", "4010", lambda x, a: a.after_return(x.start),
         "The child in need plan begins after the day up to which the return tells."),
    Rule("plan_ends_before_start", "4011", lambda x, a: _earlier(x.start, x.end),
         "The child in need plan ends before it begins."),
    Rule("plan_of_a_day", "4012Q", lambda x, a: x.start == x.end,
         "The child in need plan ends on its first day."),
    Rule("plan_ends_after_return", "4013", lambda x, a: a.after_return(x.end),
         "The child in need plan ends after the day up to which the return tells."),
    Rule("plan_after_closing", "8565", lambda x, a: a.after_closing(x.start) or a.after_closing(x.end),
         "The child in need plan begins or ends after the case was closed."),
    Rule("plan_after_death", "4008", lambda x, a: a.after_death(x.start),
         "The child in need plan begins after the child's death."),
    Rule("plan_runs_after_death", "4009", lambda x, a: a.after_death(x.end),
         "The child in need plan ends after the child's death."),
)

SECTION_47: Final[tuple[Rule[Section47], ...]] = (
    Rule("enquiry_before_referral", "2889", lambda x, a: a.before_referral(x.start),
         "The section 47 enquiry begins before the referral."),
    Rule("enquiry_after_return", "8740", lambda x, a: a.after_return(x.start),
         "The section 47 enquiry begins after the day up to which the return tells."),
    Rule("enquiry_after_closing", "8565", lambda x, a: a.after_closing(x.start) or a.after_closing(x.icpc_date),
         "The section 47 enquiry or its conference is dated after the case was closed."),
    Rule("enquiry_after_death", "", lambda x, a: a.after_death(x.start) or a.after_death(x.icpc_date),
         "The section 47 enquiry or its conference is dated after the child's death."),
    Rule("enquiry_after_conference", "8615", lambda x, a: _earlier(x.start, x.icpc_date),
         "The initial conference is before the section 47 enquiry."),
    Rule("conference_before_referral", "1104", lambda x, a: a.before_referral(x.icpc_date),
         "The initial conference is dated before the referral."),
    Rule("conference_after_return", "8715", lambda x, a: a.after_return(x.icpc_date),
         "The initial conference is dated after the day up to which the return tells."),
    Rule("conference_at_weekend", "8875", lambda x, a: weekend(x.icpc_date),
         "The initial conference is dated on a Saturday or Sunday."),
    Rule("target_at_weekend", "8870Q", lambda x, a: weekend(x.target),
         "The day by which the conference was due is a Saturday or Sunday."),
    Rule("target_before_start", "", lambda x, a: _earlier(x.start, x.target),
         "The day by which the conference was due is before the enquiry began."),
    Rule("conference_not_required_but_held", "", lambda x, a: bool(x.icpc_not_required and x.icpc_date),
         "It is said that no conference was needed, but there was one."),
    Rule("conference_not_required_missing", "", lambda x, a: x.icpc_not_required is None,
         "It is not said whether a conference was needed."),
)

PROTECTION_PLAN: Final[tuple[Rule[ProtectionPlan], ...]] = (
    Rule("protected_before_referral", "1105", lambda x, a: a.before_referral(x.start),
         "The child protection plan begins before the referral."),
    Rule("protected_after_return", "8720", lambda x, a: a.after_return(x.start),
         "The child protection plan begins after the day up to which the return tells."),
    Rule("protection_ends_before_start", "8925", lambda x, a: _earlier(x.start, x.end),
         "The child protection plan ends before it begins."),
    Rule("protection_of_a_day", "8840", lambda x, a: x.start == x.end,
         "The child protection plan ends on its first day."),
    Rule("protection_ends_after_return", "8930", lambda x, a: a.after_return(x.end),
         "The child protection plan ends after the day up to which the return tells."),
    Rule("protected_after_closing", "8565", lambda x, a: a.after_closing(x.start) or a.after_closing(x.end),
         "The child protection plan begins or ends after the case was closed."),
    Rule("protected_after_death", "8915", lambda x, a: a.after_death(x.start),
         "The child protection plan begins after the child's death."),
    Rule("protection_runs_after_death", "8920", lambda x, a: a.after_death(x.end),
         "The child protection plan ends after the child's death."),
    Rule("initial_category_unknown", "8905",
         lambda x, a: not x.initial_category or a.unknown("category_of_abuse", x.initial_category),
         "The first category of abuse is missing, or not a code of that year."),
    Rule("latest_category_unknown", "8910",
         lambda x, a: not x.latest_category or a.unknown("category_of_abuse", x.latest_category),
         "The latest category of abuse is missing, or not a code of that year."),
    Rule("previous_plans_missing", "", lambda x, a: x.previous_plans is None,
         "It is not said how many child protection plans there were before."),
    Rule("reviewed_before_start", "8841", lambda x, a: any(day <= x.start for day in x.reviews),
         "A review of the child protection plan is on or before its first day."),
    Rule("reviewed_after_end", "", lambda x, a: any(_earlier(day, x.end) for day in x.reviews),
         "A review of the child protection plan is after its end."),
    Rule("reviewed_after_return", "", lambda x, a: any(a.after_return(day) for day in x.reviews),
         "A review of the child protection plan is after the day up to which the return tells."),
    Rule("review_twice", "", lambda x, a: len(set(x.reviews)) < len(x.reviews),
         "The same review of the child protection plan is given twice."),
)

PRE_PROCEEDINGS: Final[tuple[Rule[PreProceedings], ...]] = (
    Rule("outcome_unknown", "9011", lambda x, a: a.unknown("preproceedings_outcome", x.outcome),
         "The outcome of pre-proceedings is not a code of the census."),
    Rule("pre_proceedings_undated", "9000Q", lambda x, a: x.start is None,
         "It is not said when pre-proceedings began.", Weight.NOTE),
    Rule("pre_proceedings_after_return", "9005", lambda x, a: a.after_return(x.start),
         "Pre-proceedings begin after the day up to which the return tells."),
    Rule("letter_before_start", "9006", lambda x, a: _earlier(x.start, x.letter_sent),
         "The letter before proceedings was sent before they were decided on."),
    Rule("offer_without_letter", "9007", lambda x, a: x.meeting_offered is not None and x.letter_sent is None,
         "A family group meeting was offered or not, but no letter before proceedings is given."),
    Rule("step_before_start", "9009", lambda x, a: _earlier(x.start, x.step_decision),
         "The decision to step up or down is before pre-proceedings began."),
    Rule("court_before_decision", "9012", lambda x, a: _earlier(x.step_decision, x.court_application),
         "The application to the court is before the decision to go there."),
    Rule("letter_before_court", "9013", lambda x, a: _earlier(x.court_application, x.letter_initiating),
         "The letter on care proceedings is before the application to the court."),
)
# fmt: on
