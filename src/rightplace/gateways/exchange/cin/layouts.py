"""The census's layouts, collection by collection, as tables: which element means what, in which order, since when.

Source: the census's XML schemas of the collections of 2025 and 2026 and what changed before them: until 2021 the
header lists levels; 2022 brought the dates of plans; 2025 brought Sex for GenderCurrent; 2027 brings the block on
pre-proceedings and family group decision making.
"""

from enum import Enum
from typing import Final

import msgspec

FIRST_YEAR: Final = 2021
LAST_YEAR: Final = 2027
"""The collections whose layout is known: the census of 2026/27 is the collection of 2027."""

ALWAYS: Final = (0, 9999)


class Form(Enum):
    """How an element's text is to be read."""

    TEXT = "text"
    CODE = "code"
    DAY = "day"
    FLAG = "flag"
    COUNT = "count"
    SEX = "sex"
    INSTANT = "instant"
    SKIP = "skip"


class Leaf(msgspec.Struct, frozen=True):
    """An element with one value. `into` is the field that it fills."""

    element: str
    into: str
    form: Form = Form.TEXT
    years: tuple[int, int] = ALWAYS


class Several(msgspec.Struct, frozen=True):
    """An element that holds the same element several times, as disabilities, factors and reviews do."""

    element: str
    inner: str
    into: str
    form: Form = Form.CODE
    years: tuple[int, int] = ALWAYS


class Inner(msgspec.Struct, frozen=True):
    """A module inside a module, any number of times; without `needs` it says nothing and is left out."""

    element: str
    into: str
    block: "Block"
    needs: str = ""
    about: str = ""
    years: tuple[int, int] = ALWAYS


class Block(msgspec.Struct, frozen=True):
    """The elements of one module in the schema's order."""

    parts: tuple[Leaf | Several | Inner, ...]


COLLECTION: Final = Block(
    (
        Leaf("Collection", "collection"),
        Leaf("Year", "year", Form.COUNT),
        Leaf("ReferenceDate", "reference_date", Form.DAY),
    )
)
SOURCE: Final = Block(
    (
        Leaf("SourceLevel", "source_level"),
        Leaf("LEA", "lea"),
        Leaf("SoftwareCode", "software"),
        Leaf("Release", "release"),
        Leaf("SerialNo", "serial"),
        Leaf("DateTime", "made", Form.INSTANT),
    )
)
HEADER: Final = Block(
    (
        Inner("CollectionDetails", "collections", COLLECTION),
        Inner("Source", "sources", SOURCE),
        Leaf("Content", "", Form.SKIP),
    )
)

IDENTIFIERS: Final = Block(
    (
        Leaf("LAchildID", "la_child_id"),
        Leaf("UPN", "upn", Form.CODE),
        Leaf("FormerUPN", "former_upn", Form.CODE),
        Leaf("UPNunknown", "upn_unknown", Form.CODE),
        Leaf("PersonBirthDate", "birth_date", Form.DAY),
        Leaf("ExpectedPersonBirthDate", "expected_birth_date", Form.DAY),
        Leaf("GenderCurrent", "sex", Form.SEX, (0, 2024)),
        Leaf("Sex", "sex", Form.SEX, (2025, 9999)),
        Leaf("PersonDeathDate", "death_date", Form.DAY),
    )
)
CHARACTERISTICS: Final = Block(
    (
        Leaf("Ethnicity", "ethnicity", Form.CODE),
        Several("Disabilities", "Disability", "disabilities"),
    )
)
ASSESSMENT: Final = Block(
    (
        Leaf("AssessmentActualStartDate", "start", Form.DAY),
        Leaf("AssessmentInternalReviewDate", "internal_review", Form.DAY),
        Leaf("AssessmentAuthorisationDate", "authorisation", Form.DAY),
        Several("FactorsIdentifiedAtAssessment", "AssessmentFactors", "factors"),
    )
)
CIN_PLAN: Final = Block(
    (
        Leaf("CINPlanStartDate", "start", Form.DAY),
        Leaf("CINPlanEndDate", "end", Form.DAY),
    )
)
SECTION_47: Final = Block(
    (
        Leaf("S47ActualStartDate", "start", Form.DAY),
        Leaf("InitialCPCtarget", "target", Form.DAY),
        Leaf("DateOfInitialCPC", "icpc_date", Form.DAY),
        Leaf("ICPCnotRequired", "icpc_not_required", Form.FLAG),
    )
)
PROTECTION_PLAN: Final = Block(
    (
        Leaf("CPPstartDate", "start", Form.DAY),
        Leaf("CPPendDate", "end", Form.DAY),
        Leaf("InitialCategoryOfAbuse", "initial_category", Form.CODE),
        Leaf("LatestCategoryOfAbuse", "latest_category", Form.CODE),
        Leaf("NumberOfPreviousCPP", "previous_plans", Form.COUNT),
        Several("Reviews", "CPPreviewDate", "reviews", Form.DAY),
    )
)
PRE_PROCEEDINGS: Final = Block(
    (
        Leaf("PPStartDate", "start", Form.DAY),
        Leaf("LBPSentDate", "letter_sent", Form.DAY),
        Leaf("FGDMMeetingOffer", "meeting_offered", Form.FLAG),
        Leaf("FGDMMeetingFac", "meeting_held", Form.FLAG),
        Leaf("InitialPPMeetingDate", "first_meeting", Form.DAY),
        Leaf("ReviewMeetingsCount", "review_meetings", Form.COUNT),
        Leaf("StepDecisionDate", "step_decision", Form.DAY),
        Leaf("PPOutcome", "outcome", Form.CODE),
        Leaf("CourtAppDate", "court_application", Form.DAY),
        Leaf("LetterInitCPDate", "letter_initiating", Form.DAY),
    )
)
REFERRAL: Final = Block(
    (
        Leaf("CINreferralDate", "referral_date", Form.DAY),
        Leaf("ReferralSource", "referral_source", Form.CODE),
        Leaf("PrimaryNeedCode", "primary_need", Form.CODE),
        Leaf("CINclosureDate", "closure_date", Form.DAY),
        Leaf("ReasonForClosure", "closure_reason", Form.CODE),
        Leaf("DateOfInitialCPC", "date_of_initial_cpc", Form.DAY),
        Inner("Assessments", "assessments", ASSESSMENT, "start", "assessment"),
        Inner("CINPlanDates", "cin_plans", CIN_PLAN, "start", "child in need plan", (2022, 9999)),
        Inner("Section47", "section47s", SECTION_47, "start", "section 47 enquiry"),
        Leaf("ReferralNFA", "referral_nfa", Form.FLAG),
        Inner("ChildProtectionPlans", "protection_plans", PROTECTION_PLAN, "start", "child protection plan"),
        Inner(
            "PreProceedingsandFGDM", "pre_proceedings", PRE_PROCEEDINGS, "", "pre-proceedings", (2027, 9999)
        ),
    )
)
CHILD: Final = Block(
    (
        Inner("ChildIdentifiers", "identifiers", IDENTIFIERS),
        Inner("ChildCharacteristics", "characteristics", CHARACTERISTICS),
        Inner("CINdetails", "referrals", REFERRAL, "referral_date", "referral"),
    )
)

SEX_CODES: Final = {"Sex": "sex", "GenderCurrent": "gender_current"}
"""The code list that each of the two elements takes. Both are read as M, F or U (unknown)."""


def in_layout(years: tuple[int, int], year: int) -> bool:
    """Whether a collection's layout has an element. Year 0, not known, has them all."""
    return not year or years[0] <= year <= years[1]
