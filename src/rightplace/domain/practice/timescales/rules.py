"""A rule as a pack writes it: what starts it, how long there is, what meets it, and who says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum

from rightplace.domain.practice.calendars import Calendar
from rightplace.domain.practice.durations import Duration
from rightplace.domain.practice.officehours import OfficeHours

ALWAYS = 10**7
"""The last day of force of a rule without an end."""

_FORM = re.compile(
    r"([a-z0-9_.]+|(?:met|excused|back):[A-Za-z0-9-]+)(?:\[([a-z0-9_ ,'-]+)\])?", re.IGNORECASE
)


class Clause(StrEnum):
    """What kind of a rule it is."""

    WITHIN = "within"
    FLOOR = "floor"
    GATE = "gate"
    EXPIRY = "expiry"
    COHORT = "cohort"
    SWITCH = "switch"


class Layer(IntEnum):
    """Who may make the rule. A later layer may be stricter than an earlier one, never laxer."""

    STATUTE = 1
    STATUTORY_GUIDANCE = 2
    LOCAL_POLICY = 3
    PLAN = 4

    @property
    def words(self) -> str:
        return self.name.lower().replace("_", " ")


class Seen(StrEnum):
    """What was seen of the source; it covers the number and the trigger, not every exception."""

    NATIONAL = "N"
    QUOTED = "Q"
    LOCAL = "L"
    WELSH = "W"
    MEMORY = "M"
    SAMPLE = "S"


@dataclass(frozen=True, slots=True)
class Pattern:
    """An event by name, with tags that it must have and tags that it must not have: `visit.made[seen,-alone]`."""

    name: str
    tags: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """Read a pattern. Raises ValueError with the form that is wanted."""
        form = _FORM.fullmatch(text.strip())
        if form is None:
            raise ValueError(f"“{text}” is not an event such as “visit.made” or “visit.made[seen,-alone]”")
        tags = [tag.strip() for tag in (form[2] or "").split(",") if tag.strip()]
        wanted = frozenset(tag for tag in tags if not tag.startswith("-"))
        return cls(form[1], wanted, frozenset(tag[1:] for tag in tags if tag.startswith("-")))

    def fits(self, tags: frozenset[str]) -> bool:
        return self.tags <= tags and self.without.isdisjoint(tags)

    def __str__(self) -> str:
        tags = [*sorted(self.tags), *(f"-{tag}" for tag in sorted(self.without))]
        return f"{self.name}[{','.join(tags)}]" if tags else self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One version of one rule. `from_day` and `to_day` are its days of force: the trigger's day decides."""

    id: str
    title: str
    clause: Clause
    triggers: tuple[Pattern, ...]
    met_by: tuple[Pattern, ...] = ()
    met_by_all: bool = False
    within: Duration | None = None
    plan: str = ""
    floor: Duration | None = None
    anchor: str = "trigger"
    statistics: Pattern | None = None
    scope: str = "process"
    process: str = ""
    ends: tuple[Pattern, ...] = ()
    blocks: tuple[Pattern, ...] = ()
    already: tuple[Pattern, ...] = ()
    stays: bool = False
    guards: bool = False
    age_from: int | None = None
    age_under: int | None = None
    age_skips_unknown: bool = False
    legal: frozenset[str] = frozenset()
    year: str = ""
    set: str = ""
    switches_off: tuple[str, ...] = ()
    switches_on: tuple[str, ...] = ()
    until: tuple[Pattern, ...] = ()
    owner: str = ""
    amber: Duration | None = None
    layer: Layer
    from_day: int = 0
    to_day: int = ALWAYS
    source: str
    seen: Seen
    checked: bool = False
    sample: bool = False
    nation: str = "England"
    calendar: str
    hours: str = "office"
    on: bool = True
    supersedes: str = ""
    note: str = ""
    pack: str = ""

    def in_force(self, day: int) -> bool:
        return self.from_day <= day <= self.to_day

    def as_planned(self, interval: str) -> Rule | None:
        """The rule with the interval that this child's own plan sets; None where it sets none that can be read."""
        try:
            return replace(self, within=Duration.parse(interval), layer=Layer.PLAN)
        except ValueError:
            return None


@dataclass(frozen=True, eq=False)
class RuleBook:
    """Every rule that may apply, with the calendars and office hours that it counts by. Never changes."""

    rules: tuple[Rule, ...]
    calendars: Mapping[str, Calendar]
    hours: Mapping[str, OfficeHours]
    version: str
    by_id: Mapping[str, tuple[Rule, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.id, []).append(rule)
        ordered = {name: tuple(sorted(r, key=lambda v: (v.layer, v.from_day))) for name, r in found.items()}
        object.__setattr__(self, "by_id", ordered)

    def versions(self, name: str) -> tuple[Rule, ...]:
        """Every version of a rule, by layer and era. Raises KeyError for a rule that no pack has."""
        return self.by_id[name]

    def in_force(self, name: str, day: int) -> Rule | None:
        """The version that counts on a day: the last layer that has one switched on."""
        found = [rule for rule in self.by_id.get(name, ()) if rule.on and rule.in_force(day)]
        return found[-1] if found else None

    def rule(self, name: str, version_from: int) -> Rule:
        """The version that a stored timescale was made by. Raises KeyError when no pack has it any more."""
        for rule in reversed(self.by_id[name]):
            if rule.from_day == version_from and rule.on:
                return rule
        raise KeyError((name, version_from))

    def titles(self) -> dict[str, str]:
        """What each rule says, for pages and refusals."""
        return {name: rules[-1].title for name, rules in self.by_id.items()}
