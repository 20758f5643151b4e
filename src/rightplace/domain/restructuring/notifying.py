"""The section 188 statement and the HR1: the fields that the law asks for, worked out from the programme's numbers.

Trade Union and Labour Relations (Consolidation) Act 1992, sections 188(4) and 193(4); from memory, not checked
against the form in use. Documents are made elsewhere from these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rightplace.domain.restructuring.consultation import Clocks, Consultation, clocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """Employees of one description: how many there are at the establishment, and how many posts remain for them."""

    title: str
    employed: int
    posts_left: int

    @property
    def at_risk(self) -> int:
        """How many of them could be dismissed at most. Volunteers and redeployment come off later, never before."""
        return max(0, self.employed - self.posts_left)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyWork:
    """Agency workers at the establishment: how many, in which part, and doing what."""

    number: int
    part: str
    work: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What a programme knows of itself, in numbers and days. Days are none where nobody has entered them."""

    employer: str
    establishment: str
    reasons: str
    descriptions: tuple[Description, ...]
    selecting: str
    carrying_out: str
    payments: str
    agency: tuple[AgencyWork, ...]
    representatives: tuple[str, ...]
    proposed_on: int
    statement_given: int | None = None
    notified_on: int | None = None
    first_notice: int | None = None
    first_dismissal: int | None = None
    last_dismissal: int | None = None

    @property
    def dismissals(self) -> int:
        return sum(each.at_risk for each in self.descriptions)

    @property
    def consultation(self) -> Consultation:
        return Consultation(
            proposed_on=self.proposed_on,
            dismissals=self.dismissals,
            statement_given=self.statement_given,
            notified_on=self.notified_on,
            first_notice=self.first_notice,
            first_dismissal=self.first_dismissal,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Section188Statement:
    """What representatives are told in writing: each field with the letter of section 188(4) that asks for it."""

    reasons: str  # (a)
    numbers_and_descriptions: tuple[tuple[str, int], ...]  # (b)
    employed: tuple[tuple[str, int], ...]  # (c)
    selecting: str  # (d)
    carrying_out: str  # (e), with the period over which
    first_dismissal: int | None  # (e)
    last_dismissal: int | None  # (e)
    payments: str  # (f)
    agency: tuple[AgencyWork, ...]  # (g), (h), (i)
    representatives: tuple[str, ...]
    total: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceNotice:
    """The HR1 to the Secretary of State; a copy goes to the representatives."""

    employer: str
    establishment: str
    reasons: str
    groups: tuple[tuple[str, int, int], ...]
    total: int
    employed: int
    consultation_began: int | None
    first_notice: int | None
    first_dismissal: int | None
    last_dismissal: int | None
    selecting: str
    representatives: tuple[str, ...]
    clocks: Clocks
    missing: tuple[str, ...]


def section_188_statement(programme: Programme) -> Section188Statement:
    """The statement, with the names of what is still missing: it is not given half."""
    at_risk = [each for each in programme.descriptions if each.at_risk]
    return Section188Statement(
        reasons=programme.reasons,
        numbers_and_descriptions=tuple((each.title, each.at_risk) for each in at_risk),
        employed=tuple((each.title, each.employed) for each in at_risk),
        selecting=programme.selecting,
        carrying_out=programme.carrying_out,
        first_dismissal=programme.first_dismissal,
        last_dismissal=programme.last_dismissal,
        payments=programme.payments,
        agency=programme.agency,
        representatives=programme.representatives,
        total=programme.dismissals,
        missing=_missing(programme, ("payments", "carrying_out")),
    )


def advance_notice(programme: Programme) -> AdvanceNotice:
    """The HR1, with its clocks by the law of the day of the proposal."""
    at_risk = [each for each in programme.descriptions if each.at_risk]
    return AdvanceNotice(
        employer=programme.employer,
        establishment=programme.establishment,
        reasons=programme.reasons,
        groups=tuple((each.title, each.employed, each.at_risk) for each in at_risk),
        total=programme.dismissals,
        employed=sum(each.employed for each in programme.descriptions),
        consultation_began=programme.statement_given,
        first_notice=programme.first_notice,
        first_dismissal=programme.first_dismissal,
        last_dismissal=programme.last_dismissal,
        selecting=programme.selecting,
        representatives=programme.representatives,
        clocks=clocks(programme.consultation),
        missing=_missing(programme, ("employer", "establishment", "statement_given")),
    )


_WORDS = {
    "reasons": "the reasons",
    "selecting": "how people are selected",
    "carrying_out": "how dismissals are carried out",
    "payments": "how payments are worked out",
    "representatives": "the representatives",
    "first_dismissal": "the day of the first dismissal",
    "last_dismissal": "the day of the last dismissal",
    "employer": "the employer",
    "establishment": "the establishment",
    "statement_given": "the day on which consultation began",
}
_BOTH = ("reasons", "selecting", "representatives", "first_dismissal", "last_dismissal")


def _missing(programme: Programme, own: Sequence[str]) -> tuple[str, ...]:
    found = [_WORDS[name] for name in (*_BOTH, *own) if _empty(getattr(programme, name))]
    if not programme.descriptions:
        found.append("the numbers and descriptions of employees")
    return tuple(found)


def _empty(value: object) -> bool:
    return value is None or value == () or (isinstance(value, str) and not value.strip())
