"""The section 188 statement and the HR1: made from the programme, refused while something is missing, each kept.

A version holds its fields as they were; page and PDF show those, and never what the programme says later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from rightplace.common.web.words import listed, plain_day
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.restructuring import (
    AdvanceNotice,
    Section188Statement,
    advance_notice,
    section_188_statement,
)
from rightplace.domain.restructuring import Programme as Proposal
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.restructure.actions import KEEP
from rightplace.services.restructure.models import Paper
from rightplace.services.restructure.proposing import latest_terms, proposal

Part = dict[str, Any]
SOURCES = {
    Paper.Kind.STATEMENT: "Trade Union and Labour Relations (Consolidation) Act 1992, section 188(4)",
    Paper.Kind.NOTICE: "Trade Union and Labour Relations (Consolidation) Act 1992, section 193(4)",
}
TO_SAY = "what is proposed (the reasons, the days, how people are selected)"


def missing_in(told: Proposal | None, kind: str) -> tuple[str, ...]:
    """What the law asks for in this paper and nobody has said."""
    return (TO_SAY,) if told is None else _made(told, kind).missing


def _made(told: Proposal, kind: str) -> Section188Statement | AdvanceNotice:
    return section_188_statement(told) if kind == Paper.Kind.STATEMENT else advance_notice(told)


@transaction.atomic
def make_paper(*, programme: Programme, kind: str, by: Actor) -> Paper:
    """Make the next version of a paper. Refused while something that the law asks for is missing."""
    require(by, KEEP)
    chosen = Paper.Kind(kind)
    Programme.objects.select_for_update().get(pk=programme.pk)
    terms = latest_terms(programme.pk)
    made = _made(proposal(programme, terms), chosen) if terms else None
    missing = (TO_SAY,) if made is None else made.missing
    if made is None or missing:
        raise Refused(
            f"The {chosen.label} is not given half: {listed(missing)} is missing.",
            "Say what is proposed first; the missing fields are named on this page.",
            SOURCES[chosen],
        )
    last = Paper.objects.filter(programme=programme, kind=chosen).aggregate(last=Max("version"))["last"] or 0
    parts = _statement(made) if isinstance(made, Section188Statement) else _notice(made)
    return Paper.objects.create(
        programme=programme, kind=chosen, version=last + 1, fields={"parts": parts, "source": SOURCES[chosen]},
        **recorded(by),
    )  # fmt: skip


def _part(
    heading: str, *words: str, columns: Sequence[str] = (), rows: Sequence[Sequence[str | int]] = ()
) -> Part:
    return {
        "heading": heading,
        "words": list(words),
        "columns": list(columns),
        "rows": [list(row) for row in rows],
    }


def _statement(made: Section188Statement) -> list[Part]:
    """The parts of a section 188 statement, each with the letter of subsection (4) that asks for it."""
    numbers = [
        (title, employed, dict(made.numbers_and_descriptions)[title]) for title, employed in made.employed
    ]
    agency = [f"{each.number} in {each.part}: {each.work}." for each in made.agency]
    return [
        _part("To", *made.representatives),
        _part("(a) Why", made.reasons),
        _part(
            "(b), (c) How many, and of which description",
            f"At most {made.total:,} dismissals are proposed. Volunteers and redeployment come off this number.",
            columns=("Description", "Employed there", "Proposed to be dismissed at most"), rows=numbers,
        ),
        _part("(d) How people are selected", made.selecting),
        _part("(e) How and over which time", made.carrying_out,
              f"From {_day(made.first_dismissal)} to {_day(made.last_dismissal)}."),
        _part("(f) How payments are worked out", made.payments),
        _part("(g), (h), (i) Agency workers", *(agency or ["There are none."])),
    ]  # fmt: skip


def _notice(made: AdvanceNotice) -> list[Part]:
    """The parts of an HR1."""
    clocks = made.clocks
    shown = [each for each in (clocks.consultation, clocks.notification) if each is not None]
    return [
        _part("Employer and establishment", made.employer, made.establishment),
        _part("Why", made.reasons),
        _part(
            "How many, and of which description", f"{made.employed:,} are employed there; {made.total:,} may be dismissed.",
            columns=("Description", "Employed there", "May be dismissed"), rows=made.groups,
        ),
        _part("Days", f"Consultation began on {_day(made.consultation_began)}.",
              f"First notice of dismissal: {_day(made.first_notice)}.",
              f"Dismissals from {_day(made.first_dismissal)} to {_day(made.last_dismissal)}."),
        _part("How people are selected", made.selecting),
        _part("Representatives, who have a copy", *made.representatives),
        _part("The clocks of the law", *(f"{each.sentence} Source: {each.rule.source}." for each in shown),
              *clocks.wrong),
    ]  # fmt: skip


def _day(number: int | None) -> str:
    return plain_day(number) if number is not None else "a day that is not known"
