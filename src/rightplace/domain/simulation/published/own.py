"""What is read of an authority's own record, and what it says of the strengths: ranges, sentences, the model with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from rightplace.domain.simulation.parameters import Demand, Parameters
from rightplace.domain.simulation.published.lives import Life
from rightplace.domain.simulation.published.stays import Stay, stretch

FEWEST: Final = 10
"""Of what a share is taken; of fewer it says nothing."""
CONTACTS: Final = "demand.contacts"
FIRST: Final = "demand.first"
LASTS: Final = "lasts."


class Sat(NamedTuple):
    """Somebody who sat in one of our seats: for how many years, by which strength they leave, and whether they left us."""

    years: float
    leaves_by: str
    left: bool


class Full(NamedTuple):
    """How full the weeks of our workers are: of the hours in the table of weights, so many are taken that the model's first day
    is as full as the pages say; by how much of a week workers are over it, on average; and of how many this is known."""

    practice: float
    over: float
    of: int


@dataclass(frozen=True)
class Record:
    """What is read of an authority's own record, from a first day on to a last."""

    lives: Iterable[Life]
    families: Sequence[int]
    """The children of each contact."""
    first: int
    last: int
    sat: Sequence[Sat] = ()
    empty: Sequence[Stay] = ()
    """How long seats stood empty, in working days."""
    full: Full | None = None


@dataclass(frozen=True)
class Learnt:
    """One strength: its middle and range, of how many it was learnt, and what it was before."""

    name: str
    low: float
    middle: float
    high: float
    of: int
    before: float
    together_with: tuple[str, ...] = ()

    def holds(self, value: float) -> bool:
        """Whether a value lies in the range."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class OwnFit:
    """What one journal says of the strengths, and what it cannot say."""

    days: int
    learnt: Mapping[str, Learnt]
    confused: Sequence[tuple[str, str, float]]
    silent: Sequence[str]
    shares: Mapping[str, float]
    """Of all contacts, how many came from each source."""
    children: tuple[float, ...]
    """Of all contacts, how many were about at most one child, two, three, and more."""

    def values(self) -> dict[str, float]:
        """The strengths as the journal has them, for `Parameters.having`."""
        return {
            name: one.middle
            for name, one in self.learnt.items()
            if name not in (CONTACTS, FIRST) and not name.startswith(LASTS)
        }

    def given_to(self, given: Parameters) -> Parameters:
        """The model with what the journal says in place of what it came with, ranges and sources included."""
        source = f"our own record of {self.days:,} days"
        strengths = {
            name: replace(
                given.strengths[name],
                value=one.middle,
                low=min(one.low, one.middle),
                high=max(one.high, one.middle),
                source=f"{source}, of {one.of:,}",
            )
            for name, one in self.learnt.items()
            if name in given.strengths
        }
        tables = {
            name.removeprefix(LASTS): stretch(
                given.tables[name.removeprefix(LASTS)],
                one.middle,
                f"{source}, of {one.of:,}: so many times as long",
            )
            for name, one in self.learnt.items()
            if name.startswith(LASTS)
        }
        return replace(
            given,
            strengths={**given.strengths, **strengths},
            tables={**given.tables, **tables},
            demand=self._demand(given, source),
        )

    def _demand(self, given: Parameters, source: str) -> Demand | None:
        """Contacts of a year for each 10,000 children, and how many of them are about families who are new."""
        demand, one = given.demand, self.learnt.get(CONTACTS)
        if demand is None or one is None:
            return demand
        first = self.learnt[FIRST].middle if FIRST in self.learnt else demand.first
        a_year = one.middle / first * 10_000 / max(1, sum(many for _, many in given.structure.children))
        return replace(
            demand, contacts_per_10k=a_year, first=first, shares=self.shares, children=self.children,
            source=f"{source}, of {one.of:,} children",
        )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "days": self.days,
            "strengths": {
                one.name: {"middle": one.middle, "low95": one.low, "high95": one.high, "of": one.of, "before": one.before}
                for one in self.learnt.values()
            },
            "cannot_tell_apart": [
                {"one": one, "other": other, "correlation": round(how, 3)} for one, other, how in self.confused
            ],
            "says_nothing_about": list(self.silent),
            "in_words": self.words(),
        }  # fmt: skip

    def said(self) -> str:
        """In words and a few columns."""
        lines = [f"Our own record of {self.days} days.", ""]
        for one in self.learnt.values():
            lines.append(
                f"{one.name:<26}{one.middle:>9.3g}  ({one.low:.3g} to {one.high:.3g}), of {one.of:,}; "
                f"it came with {one.before:.3g}"
            )
        return "\n".join([*lines, "", *self.words()])

    def sentences(self) -> tuple[str, ...]:
        """For whoever reads an answer that began from this record: what of it is ours, and what is not."""
        learnt = f"{len(self.learnt)} of the model's strengths are learnt from {self.days:,} days of our own record"
        found = [f"{learnt}; the others are England's, or assumed."]
        if self.silent:
            many = "one strength" if len(self.silent) == 1 else f"{len(self.silent)} strengths"
            found.append(f"Too little has happened here to learn {many} from it.")
        return tuple(found)

    def words(self) -> list[str]:
        """What cannot be told, in sentences."""
        together: dict[str, list[str]] = defaultdict(list)
        for one, other, _ in self.confused:
            together[other].append(one)
        found = [
            f"The record cannot tell {other} from {', '.join(ones)}: only their product shows. "
            f"{other} is taken as it came."
            for other, ones in together.items()
        ]
        if self.silent:
            found.append(f"Too little happened to say anything about: {', '.join(self.silent)}.")
        return found
