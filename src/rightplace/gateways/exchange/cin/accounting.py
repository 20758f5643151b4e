"""Accounts for each child of an import, and keeps the account: a row for the return, a row for each child in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from rightplace.gateways.exchange.cin.account import Account, Refusal
from rightplace.gateways.exchange.cin.children import ReadChild
from rightplace.gateways.exchange.cin.continuing import FOUND
from rightplace.gateways.exchange.cin.findings import Finding, Weight
from rightplace.gateways.exchange.cin.mapping import UNTOLD, Return, untold
from rightplace.gateways.exchange.models import Import, ImportedChild

SENTENCES = UNTOLD | FOUND
ERASED = "The child's file here was erased, so nothing can be put into it."
ROWS_AT_ONCE = 2_000


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came of an import. children = taken + refused, and `taken` includes `with_doubts`.

    `manager` is whose desk the imported children are on, None when the organisation has nobody to name.
    """

    children: int = 0
    taken: int = 0
    with_doubts: int = 0
    refused: int = 0
    entries: int = 0
    seconds: float = 0.0
    refusals: list[Refusal] = field(default_factory=list)
    authority: str = ""
    year: int = 0
    manager: int | None = None
    before: bool = False
    number: int = 0

    @property
    def balanced(self) -> bool:
        """Whether every child is accounted for, once."""
        return self.children == self.taken + self.refused and len(self.refusals) == self.refused


class Accounting:
    """The account of one import while it runs."""

    def __init__(self, of: Return) -> None:
        self.of = of
        self.account = Account()
        self._rows: dict[int, ImportedChild] = {}

    def add(self, child: ReadChild) -> None:
        """A child was read: taken so far, or refused."""
        self.account.add(child)
        found = [_stored(finding) for finding in child.findings]
        if child.refused:
            outcome, file = ImportedChild.Outcome.REFUSED, 0
        else:
            outcome, file = ImportedChild.Outcome.TAKEN, self.of.numbers(child).file
        row = ImportedChild(number=child.number, line=child.line, outcome=outcome, file=file, findings=found)
        self._rows[child.number] = row
        if not child.refused:
            if child.doubts:
                row.outcome = ImportedChild.Outcome.DOUBTS
            self.continued({child.number: untold(child)})

    def continued(self, found: Mapping[int, Iterable[str]]) -> None:
        """More doubts about children who are taken: what a file cannot hold, what differs from earlier returns."""
        for number, codes in found.items():
            row = self._rows[number]
            for code in sorted(codes):
                row.findings.append(_stored(Finding(code, Weight.DOUBT, SENTENCES[code], row.line)))
                self.account.doubts[code] += 1
                if row.outcome == ImportedChild.Outcome.TAKEN:
                    row.outcome = ImportedChild.Outcome.DOUBTS
                    self.account.with_doubts += 1

    def refuse(self, erased: Iterable[int]) -> None:
        """Children who could be read but not filed: their files were erased."""
        for number in erased:
            row = self._rows[number]
            self.account.taken -= 1
            self.account.with_doubts -= row.outcome == ImportedChild.Outcome.DOUBTS
            self.account.refused += 1
            self.account.refusals.append(Refusal(number, row.line, "erased", ERASED))
            row.outcome, row.file = ImportedChild.Outcome.REFUSED, 0
            row.findings.append(_stored(Finding("erased", Weight.REFUSED, ERASED, row.line)))

    @transaction.atomic
    def record(self, row: Import, findings: Sequence[Finding]) -> None:
        """Keep the account, whole or not at all."""
        for name in ("children", "taken", "with_doubts", "refused"):
            setattr(row, name, getattr(self.account, name))
        row.findings = [_stored(found) for found in findings]
        row.absent = self._absent()
        row.save(force_insert=True)
        rows = list(self._rows.values())
        for child in rows:
            child.of = row
        ImportedChild.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)

    def _absent(self) -> int:
        """How many children of the authority's return before this one are not in it."""
        before = Import.objects.filter(authority=self.of.authority, reference__lt=self.of.reference)
        last = before.order_by("-reference", "-id").first()
        if last is None:
            return 0
        there = set(last.rows.exclude(file=0).values_list("file", flat=True))
        return len(there - {row.file for row in self._rows.values()})


def _stored(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code,
        "weight": str(found.weight),
        "sentence": found.sentence,
        "line": found.line,
        "about": found.about,
    }


def stored(row: Import) -> Outcome:
    """The outcome of an import that ran before: the same counts, and nothing written."""
    refusals = []
    for child in row.rows.filter(outcome=ImportedChild.Outcome.REFUSED):
        why = next(found for found in child.findings if found["weight"] == Weight.REFUSED)
        refusals.append(Refusal(child.number, why["line"], why["code"], why["sentence"]))
    return Outcome(
        children=row.children,
        taken=row.taken,
        with_doubts=row.with_doubts,
        refused=row.refused,
        refusals=refusals,
        authority=row.authority,
        year=row.year,
        manager=row.manager,
        before=True,
        number=row.pk,
    )
