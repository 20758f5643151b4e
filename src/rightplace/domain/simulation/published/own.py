"""An authority's own journal as strengths of the model: shares of what was decided, with ranges, and what cannot be told apart.

Each strength is a share of one thing that became another, read child by child from what happened. Brothers and sisters go
together and months differ more than chance, so a range is as wide as so many fewer children would give. Nothing about a
child leaves this module: it counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.stats import beta, gamma

from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.parameters import Parameters

YEAR: Final = 365
MONTH: Final = 30
RANGE: Final = (0.025, 0.5, 0.975)
FEWEST: Final = 10
"""Of what a share is taken; of fewer it says nothing."""
WIDE: Final = 1.0
ALIKE: Final = 0.8
CONTACTS: Final = "demand.contacts"
COMPOSED: Final[Mapping[str, tuple[str, ...]]] = {
    **{f"door.{to}.{source}": ("threshold.level",) for to in ("enquire", "assess") for source in SOURCES},
    "support.escalates": ("support.effect", "return.drift"),
    **{f"return.{stage}": ("return.drift",) for stage in ("contact", "support", "assessment", "plan")},
}
"""Strengths that show themselves only together with others: what is counted is the product."""


class Happened(NamedTuple):
    """One thing that happened to a child: the day, its kind and its outcome."""

    day: int
    name: str
    outcome: str = ""


class Decided(NamedTuple):
    """Contacts of one month: from which source they came, where they led, and how many."""

    month: int
    source: int
    route: str
    many: int


@dataclass
class Share:
    """How many became something, of how many, by month."""

    of: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    passed: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, day: int, passed: bool, many: int = 1) -> None:
        """Count something of a day."""
        self.of[day // MONTH] += many
        self.passed[day // MONTH] += many if passed else 0


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

    def values(self) -> dict[str, float]:
        """The strengths as the journal has them, for `Parameters.having`."""
        return {name: one.middle for name, one in self.learnt.items() if name != CONTACTS}

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


def learnt_from(
    given: Parameters,
    lives: Iterable[Sequence[Happened]],
    decided: Iterable[Decided],
    families: Sequence[int],
    first: int,
    last: int,
) -> OwnFit:
    """Fit the strengths to what happened from a first day on to a last. `families` are the children of each contact."""
    shares: dict[str, Share] = defaultdict(Share)
    contacts = Share()
    for life in lives:
        _walk(life, shares, contacts, first, last)
    _doors(decided, shares)
    together = _together(families)
    found = {
        name: _learnt(given, name, share, 1.0 if name.startswith("door.") else together)
        for name, share in sorted(shares.items())
        if sum(share.of.values()) >= FEWEST
    }
    found[CONTACTS] = _demand(given, contacts, together, last - first)
    silent = [name for name in sorted({*shares, *STRENGTHS}) if name not in found]
    return OwnFit(last - first, found, _confused(found), silent)


# what happened ----------------------------------------------------------------------

NEXT: Final[Mapping[str, Mapping[str, str]]] = {
    "assessment": {
        "enquiry.began": "assessment.enquiry",
        "needplan.began": "assessment.need",
        "step.down": "assessment.support",
        "case.closed": "",
    },
    "enquiry": {
        "conference.initial": "enquiry.conference",
        "care.began": "enquiry.care",
        "needplan.began": "enquiry.need",
        "case.closed": "",
    },
    "conference": {"protectionplan.began": "conference.plan", "needplan.began": ""},
    "support": {"referral.accepted": "support.escalates", "case.closed": "", "contact.received": ""},
    "need": {"enquiry.began": "need.escalates", "step.down": "need.down", "case.closed": ""},
    "care ended": {"needplan.began": "care.down", "case.closed": ""},
}
"""After each of these, what comes next and which share it adds to."""
BEGINS: Final[Mapping[str, str]] = {
    "enquiry.began": "enquiry",
    "conference.initial": "conference",
    "familysupport.began": "support",
    "needplan.began": "need",
    "care.ended": "care ended",
}
CLOSED_FROM: Final[Mapping[str, str]] = {"support": "return.support", "assessment": "return.assessment",
                                         "enquiry": "return.assessment"}  # fmt: skip
STRENGTHS: Final = tuple(
    sorted(
        {name for after in NEXT.values() for name in after.values() if name}
        | {f"return.{stage}" for stage in ("contact", "support", "assessment", "plan")}
    )
)


def _walk(life: Sequence[Happened], shares: dict[str, Share], contacts: Share, first: int, last: int) -> None:
    """One child's life: what each thing became."""
    at, before = "", -1
    closed: tuple[int, str] | None = None
    for happened in life:
        if happened.name == "contact.received":
            if closed is None and before < 0 and first <= happened.day < last:
                contacts.add(happened.day, True)
            _returned(closed, happened.day, shares, first, last)
            closed, before = None, happened.day
        outcome = NEXT.get(at, {}).get(happened.name)
        if outcome is not None:
            for name in NEXT[at].values():
                if name and happened.day >= first:
                    shares[name].add(happened.day, name == outcome)
        if happened.name == "case.closed" or (
            happened.name == "contact.decided" and happened.outcome == "no further action"
        ):
            from_door = happened.name == "contact.decided"
            closed = (happened.day, "return.contact" if from_door else CLOSED_FROM.get(at, "return.plan"))
            at = ""
        elif happened.name == "assessment.authorised" and at not in ("enquiry", "conference"):
            at = "assessment"
        elif happened.name in BEGINS:
            at = BEGINS[happened.name]
        elif outcome is not None:
            at = ""
    _returned(closed, None, shares, first, last)


def _returned(
    closed: tuple[int, str] | None, back: int | None, shares: dict[str, Share], first: int, last: int
) -> None:
    """Whether who was closed came back within a year; of those who were closed a year ago or before."""
    if closed is not None and first <= closed[0] < last - YEAR:
        shares[closed[1]].add(closed[0], back is not None and back - closed[0] <= YEAR + MONTH)


ROUTES: Final = {
    "strategy discussion": "enquire",
    "assessment": "assess",
    "family support team": "support",
}


def _doors(decided: Iterable[Decided], shares: dict[str, Share]) -> None:
    """Where contacts of each source led."""
    for month, source, route, many in decided:
        for words, name in ROUTES.items():
            shares[f"door.{name}.{SOURCES[source]}"].add(month * MONTH, words == route, many)


# ranges -----------------------------------------------------------------------------


def _together(families: Sequence[int]) -> float:
    """By how much brothers and sisters who go together widen a range: the mean of squares over the mean."""
    if not families:
        return 1.0
    sizes = np.array(families, float)
    return float((sizes**2).mean() / sizes.mean())


def _wider(share: Share, together: float) -> float:
    """By how much months differ more than chance gives, at the least what families do."""
    of = np.array([n for n in share.of.values() if n], float)
    passed = np.array([share.passed[month] for month, n in share.of.items() if n], float)
    whole = passed.sum() / of.sum()
    if len(of) < 6 or not 0 < whole < 1:
        return together
    spread = ((passed - of * whole) ** 2 / (of * whole * (1 - whole))).sum() / (len(of) - 1)
    return max(together, min(float(spread), 5.0))


def _learnt(given: Parameters, name: str, share: Share, together: float) -> Learnt:
    of, passed = sum(share.of.values()), sum(share.passed.values())
    wider = _wider(share, together)
    others = COMPOSED.get(name, ())
    product = _product(given, others)
    low, middle, high = (
        float(beta.ppf(level, 0.5 + passed / wider, 0.5 + (of - passed) / wider)) / product for level in RANGE
    )
    return Learnt(name, low, min(middle, 1.0), min(high, 1.0), of, given.value(name), others)


def _product(given: Parameters, others: Sequence[str]) -> float:
    """What the strengths that show only together with one make of it, as they came."""
    made = 1.0
    for other in others:
        if other == "support.effect":
            made *= 1.0 - given.value(other)
        elif other == "threshold.level":
            made *= given.value(other)
    return made


def _demand(given: Parameters, contacts: Share, together: float, days: int) -> Learnt:
    """Children of whom a contact told for the first time, in a year."""
    demand = given.demand
    assert demand is not None
    many = sum(contacts.of.values())
    a_year = YEAR / max(days, 1)
    low, middle, high = (
        float(gamma.ppf(level, 0.5 + many / together)) * together * a_year for level in RANGE
    )
    children = sum(number for _, number in given.structure.children)
    before = demand.contacts_per_10k * demand.first * children / 10_000
    return Learnt(CONTACTS, low, middle, high, many, before)


def _confused(found: Mapping[str, Learnt]) -> list[tuple[str, str, float]]:
    """Fisher's information of what was counted, in logs: a product says nothing of its factors apart."""
    learnt = [one for one in found.values() if one.together_with]
    names = [*(one.name for one in learnt), *sorted({other for one in learnt for other in one.together_with})]
    if not names:
        return []
    place = {name: nth for nth, name in enumerate(names)}
    information = np.eye(len(names)) / WIDE**2
    for one in learnt:
        row = np.zeros(len(names))
        row[[place[one.name], *(place[other] for other in one.together_with)]] = 1.0
        error = max((one.high - one.low) / (4 * max(one.middle, 1e-6)), 0.01)
        information += np.outer(row, row) / error**2
    cover = np.linalg.inv(information)
    spread = np.sqrt(np.diag(cover))
    alike = cover / np.outer(spread, spread)
    return [
        (one.name, other, float(alike[place[one.name], place[other]]))
        for one in learnt
        for other in one.together_with
        if abs(alike[place[one.name], place[other]]) >= ALIKE
    ]
