"""The tally of an import: every child of the file is taken or refused, and the sums must agree."""

from collections import Counter
from dataclasses import dataclass, field

from rightplace.gateways.exchange.cin.children import ReadChild
from rightplace.gateways.exchange.cin.findings import Weight


@dataclass(frozen=True)
class Refusal:
    """A child who was not taken: the child's place in the file, the line, and why."""

    number: int
    line: int
    code: str
    sentence: str


@dataclass
class Account:
    """Counts children as they are read. `taken` includes `with_doubts`; children = taken + refused."""

    children: int = 0
    taken: int = 0
    with_doubts: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    doubts: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    def add(self, child: ReadChild) -> None:
        """Counts one child, and what was found about a child who is taken."""
        self.children += 1
        refusal = child.refused
        if refusal:
            self.refused += 1
            self.refusals.append(Refusal(child.number, refusal.line, refusal.code, refusal.sentence))
            return
        self.taken += 1
        self.with_doubts += bool(child.doubts)
        for found in child.findings:
            (self.doubts if found.weight is Weight.DOUBT else self.notes)[found.code] += 1

    @property
    def balanced(self) -> bool:
        """Whether every child is accounted for, once."""
        return self.children == self.taken + self.refused and len(self.refusals) == self.refused
