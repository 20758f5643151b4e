"""One child's life as the record has it, walked through once: what each thing became, and how long each stay lasted.

Nothing about a child leaves this module: it counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from rightplace.domain.simulation.published.stays import Stay

YEAR: Final = 365
MONTH: Final = 30
WORKING: Final = 253 / 365
"""Working days in a day."""
SOON: Final = 14
"""Days within which what a review decided is written down."""
NFA: Final = ("no further action", "advice", "another agency")
"""What a contact is closed with at the front door."""


class Happened(NamedTuple):
    """One thing that happened to a child: the day, its kind and its outcome."""

    day: int
    name: str
    outcome: str = ""


class Life(NamedTuple):
    """What happened to a child, in order; of contacts, from which source.

    `waited` is from which day to which the child was open and had no worker; `until` the day on which a child who is not open
    any more was so last, whatever ended it: at eighteen no case is closed by anybody.
    """

    happened: Sequence[Happened]
    waited: Sequence[tuple[int, int]] = ()
    until: int | None = None


@dataclass
class Share:
    """How many became something, of how many, by month."""

    of: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    passed: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, day: int, passed: bool, many: int = 1) -> None:
        """Count something of a day."""
        self.of[day // MONTH] += many
        self.passed[day // MONTH] += many if passed else 0


@dataclass
class Counted:
    """What was counted of all lives between a first and a last day."""

    first: int
    last: int
    shares: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    stays: dict[str, list[Stay]] = field(default_factory=lambda: defaultdict(list))
    new: Share = field(default_factory=Share)
    """Children of whom was told who had not been known for a year."""
    again: Share = field(default_factory=Share)
    """Children of whom was told again within a year of being closed."""
    told_of: Share = field(default_factory=Share)
    """Children of whom was told while they were not open."""
    sources: Counter[str] = field(default_factory=Counter)

    @property
    def knows_who_is_new(self) -> bool:
        """Whether the record is long enough: of its first year nobody knows who was known before."""
        return self.last - self.first >= 2 * YEAR

    @property
    def new_from(self) -> int:
        """From when it is known who is new."""
        return self.first + YEAR


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
    "support": {"referral.accepted": "support.escalates", "case.closed": ""},
    "need": {"enquiry.began": "need.escalates", "step.down": "need.down", "case.closed": ""},
    "plan ended": {"needplan.began": "plan.down", "case.closed": ""},
    "care ended": {"needplan.began": "care.down", "case.closed": ""},
}
"""After each of these, what comes next and which share it adds to."""
BEGINS: Final[Mapping[str, str]] = {
    "enquiry.began": "enquiry",
    "conference.initial": "conference",
    "familysupport.began": "support",
    "needplan.began": "need",
    "protectionplan.ended": "plan ended",
    "care.ended": "care ended",
}
CLOSED_FROM: Final[Mapping[str, str]] = {
    "support": "return.support", "assessment": "return.assessment", "enquiry": "return.assessment",
}  # fmt: skip
RETURNS: Final = ("return.contact", "return.support", "return.assessment", "return.plan")
ROUTES: Final[Mapping[str, str]] = {
    "strategy discussion": "enquire",
    "assessment": "assess",
    "family support team": "support",
}
"""Where a contact leads, and the strengths that this adds to."""
REVIEWS: Final = ("review.ends.1", "review.ends.2", "review.ends.3", "review.ends.4")
TO_CARE: Final = "review.care"
STRENGTHS: Final = tuple(
    sorted(
        {name for after in NEXT.values() for name in after.values() if name} | {*RETURNS, *REVIEWS, TO_CARE}
    )
)
STAYS: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "familysupport.began": (
        "support",
        frozenset(("familysupport.ended", "referral.accepted", "case.closed")),
    ),
    "needplan.began": (
        "need",
        frozenset(("enquiry.began", "step.down", "case.closed", "protectionplan.began", "care.began")),
    ),
    "care.began": ("care", frozenset(("care.ended",))),
}
"""What begins a stay whose length the model has a table for, the table, and what ends it."""


def walk(life: Life, counted: Counted) -> None:
    """Count one child's life."""
    _ways(life.happened, counted)
    _stays(life, counted)
    _reviews(life.happened, counted)


def _ways(life: Sequence[Happened], counted: Counted) -> None:
    """What each thing became, and who came back. A contact about a child who is open opens nothing, and closes nothing."""
    at, source, is_open, opening = "", "", False, False
    closed: tuple[int, str] | None = None
    for happened in life:
        if happened.name == "contact.received" and not is_open:
            _told_of(closed, happened, counted)
            opening, source, closed = True, happened.outcome, None
        is_open = is_open or happened.name != "contact.decided"
        outcome = NEXT.get(at, {}).get(happened.name)
        if outcome is not None and happened.day >= counted.first:
            for name in filter(None, NEXT[at].values()):
                counted.shares[name].add(happened.day, name == outcome)
        decided = happened.name == "contact.decided" and opening
        if decided and happened.day >= counted.first:
            for words, name in ROUTES.items():
                counted.shares[f"door.{name}.{source}"].add(happened.day, happened.outcome == words)
        from_door = decided and happened.outcome in NFA
        if happened.name == "case.closed" or from_door:
            closed = (happened.day, "return.contact" if from_door else CLOSED_FROM.get(at, "return.plan"))
            at, is_open = "", False
        elif happened.name == "assessment.authorised" and at not in ("enquiry", "conference"):
            at = "assessment"
        elif happened.name in BEGINS:
            at = BEGINS[happened.name]
        elif outcome is not None:
            at = ""
        opening = opening and not decided
    _returned(closed, None, counted)


def _told_of(closed: tuple[int, str] | None, happened: Happened, counted: Counted) -> None:
    """A contact about a child who is not open: new, or again."""
    _returned(closed, happened.day, counted)
    if counted.first <= happened.day < counted.last:
        counted.told_of.add(happened.day, True)
        counted.sources[happened.outcome] += 1
    if counted.new_from <= happened.day < counted.last:
        (counted.new if _is_new(closed, happened.day) else counted.again).add(happened.day, True)


def _is_new(closed: tuple[int, str] | None, day: int) -> bool:
    return closed is None or day - closed[0] > YEAR + MONTH


def _returned(closed: tuple[int, str] | None, back: int | None, counted: Counted) -> None:
    """Whether who was closed came back within a year; of those who were closed a year ago or before."""
    if closed is not None and counted.first <= closed[0] < counted.last - YEAR:
        came = back is not None and back - closed[0] <= YEAR + MONTH
        counted.shares[closed[1]].add(closed[0], came)


def _stays(life: Life, counted: Counted) -> None:
    """How long each stay lasted, as far as the record saw it. Days without a worker are left out: the model makes its own."""
    since: dict[str, int] = {}
    ends: dict[str, frozenset[str]] = {}
    for happened in life.happened:
        for table in [table for table in since if happened.name in ends[table]]:
            _stayed(table, since.pop(table), happened.day, True, life.waited, counted)
        if happened.name in STAYS:
            table, ends_it = STAYS[happened.name]
            since.setdefault(table, happened.day)
            ends[table] = ends_it
    for table, began in since.items():
        last = counted.last if life.until is None else min(counted.last, max(began, life.until))
        _stayed(table, began, last, False, life.waited, counted)


def _stayed(
    table: str, began: int, until: int, over: bool, waited: Sequence[tuple[int, int]], counted: Counted
) -> None:
    if until <= counted.first:
        return
    seen_from = max(began, counted.first)
    before = _worked(began, seen_from, waited)
    lasted = before + _worked(seen_from, until, waited)
    counted.stays[table].append(Stay(before * WORKING, lasted * WORKING, over))


def _worked(since: int, until: int, waited: Sequence[tuple[int, int]]) -> int:
    """Days between two on which there was a worker."""
    return until - since - sum(max(0, min(until, end) - max(since, start)) for start, end in waited)


def _reviews(life: Sequence[Happened], counted: Counted) -> None:
    """What each review of a plan decided: it goes on, it ends, or the child comes into care."""
    nth, held, ended = 0, -1, -1
    open_plan = False
    for happened in life:
        if happened.name == "protectionplan.began":
            open_plan, nth, held, ended = happened.day >= counted.first, 0, -1, -1
        elif happened.name == "care.began" and ended >= 0:
            _reviewed(nth, ended, TO_CARE if happened.day - ended <= SOON else REVIEWS[0], counted)
            ended = -1
        elif ended >= 0 and happened.name in ("needplan.began", "case.closed"):
            _reviewed(nth, ended, REVIEWS[0], counted)
            ended = -1
        elif not open_plan:
            continue
        elif happened.name == "conference.review":
            if held >= 0:
                _reviewed(nth, held, "", counted)
            nth, held = nth + 1, happened.day
        elif happened.name == "protectionplan.ended":
            ended = happened.day if held >= 0 and happened.day - held <= SOON else -1
            open_plan, held = False, -1
    if ended >= 0:
        _reviewed(nth, ended, REVIEWS[0], counted)
    elif open_plan and 0 <= held <= counted.last - SOON:
        _reviewed(nth, held, "", counted)


def _reviewed(nth: int, day: int, decided: str, counted: Counted) -> None:
    """The `nth` review of a plan: nothing decided, care, or (any other word) its end."""
    name = REVIEWS[min(nth, len(REVIEWS)) - 1]
    counted.shares[TO_CARE].add(day, decided == TO_CARE)
    counted.shares[name].add(day, decided == REVIEWS[0])
