"""A child as the census tells it: identifiers, characteristics, referrals and what followed each, with lines.

Nothing is mended here: a value is as written, or absent. Codes are upper case; sex is M, F or U.
"""

from datetime import date
from typing import Protocol

import msgspec

from rightplace.gateways.exchange.cin.findings import Finding, Weight


class Module(Protocol):
    """Whatever stands in a line of the file."""

    @property
    def line(self) -> int: ...


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """An assessment: begun, looked at inside, authorised, and the factors that it found."""

    line: int
    start: date
    internal_review: date | None = None
    authorisation: date | None = None
    factors: tuple[str, ...] = ()


class CinPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A child in need plan."""

    line: int
    start: date
    end: date | None = None


class Section47(msgspec.Struct, frozen=True, kw_only=True):
    """A section 47 enquiry and its initial child protection conference."""

    line: int
    start: date
    target: date | None = None
    icpc_date: date | None = None
    icpc_not_required: bool | None = None


class ProtectionPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A child protection plan with its reviews."""

    line: int
    start: date
    end: date | None = None
    initial_category: str = ""
    latest_category: str = ""
    previous_plans: int | None = None
    reviews: tuple[date, ...] = ()


class PreProceedings(msgspec.Struct, frozen=True, kw_only=True):
    """Pre-proceedings and family group decision making, from the census of 2026/27."""

    line: int
    start: date | None = None
    letter_sent: date | None = None
    meeting_offered: bool | None = None
    meeting_held: bool | None = None
    first_meeting: date | None = None
    review_meetings: int | None = None
    step_decision: date | None = None
    outcome: str = ""
    court_application: date | None = None
    letter_initiating: date | None = None


class Referral(msgspec.Struct, frozen=True, kw_only=True):
    """One referral and all that came of it: the census's CINdetails."""

    line: int
    referral_date: date
    referral_source: str = ""
    primary_need: str = ""
    closure_date: date | None = None
    closure_reason: str = ""
    date_of_initial_cpc: date | None = None
    referral_nfa: bool | None = None
    assessments: tuple[Assessment, ...] = ()
    cin_plans: tuple[CinPlan, ...] = ()
    section47s: tuple[Section47, ...] = ()
    protection_plans: tuple[ProtectionPlan, ...] = ()
    pre_proceedings: tuple[PreProceedings, ...] = ()

    @property
    def conferences(self) -> tuple[date, ...]:
        """The days of initial conferences, from wherever the file gives them, each once."""
        days = {s47.icpc_date for s47 in self.section47s if s47.icpc_date}
        if self.date_of_initial_cpc:
            days.add(self.date_of_initial_cpc)
        return tuple(sorted(days))


class ReadChild(msgspec.Struct, frozen=True, kw_only=True):
    """One child of the return, and all that was found about the child.

    `number` counts the children of the file from 1, `line` is where this one begins.
    """

    number: int
    line: int
    la_child_id: str = ""
    upn: str = ""
    former_upn: str = ""
    upn_unknown: str = ""
    birth_date: date | None = None
    expected_birth_date: date | None = None
    sex: str = ""
    sex_as_written: str = ""
    death_date: date | None = None
    ethnicity: str = ""
    disabilities: tuple[str, ...] = ()
    referrals: tuple[Referral, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> Finding | None:
        """Why the child cannot be filed; None for a child who is taken."""
        return next((found for found in self.findings if found.weight is Weight.REFUSED), None)

    @property
    def doubts(self) -> tuple[Finding, ...]:
        """What somebody must settle."""
        return tuple(found for found in self.findings if found.weight is Weight.DOUBT)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What is worth knowing and needs nobody."""
        return tuple(found for found in self.findings if found.weight is Weight.NOTE)

    @property
    def unborn(self) -> bool:
        """Whether the file knows the child only by an expected day of birth."""
        return self.birth_date is None and self.expected_birth_date is not None
