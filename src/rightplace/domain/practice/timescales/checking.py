"""What makes a rule or a book of rules unusable: said in words, so that its author can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from rightplace.domain.practice.calendars import Calendar
from rightplace.domain.practice.officehours import OfficeHours
from rightplace.domain.practice.packfiles import PackRefused
from rightplace.domain.practice.timescales.events import EVENTS
from rightplace.domain.practice.timescales.rules import Clause, Layer, Pattern, Rule, Seen

CHAINED: Final = ("met:", "excused:", "back:")
_NEEDS: Final[dict[Clause, tuple[str, ...]]] = {
    Clause.WITHIN: ("within", "met_by"),
    Clause.FLOOR: ("floor", "met_by"),
    Clause.GATE: ("blocks", "met_by"),
    Clause.EXPIRY: ("within",),
    Clause.COHORT: ("met_by",),
    Clause.SWITCH: ("switches_off",),
}


def check_rule(rule: Rule, calendars: Mapping[str, Calendar], hours: Mapping[str, OfficeHours]) -> str:
    """Why a rule cannot stand on its own, or nothing."""
    for needed in _NEEDS[rule.clause]:
        if not getattr(rule, needed) and not (needed == "within" and rule.plan):
            return f"a rule of the clause {rule.clause} needs {needed}"
    if not rule.triggers:
        return "it needs a trigger"
    for pattern in _patterns(rule):
        if not pattern.name.startswith(CHAINED) and pattern.name not in EVENTS:
            return f"there is no event {pattern.name}"
    if rule.calendar not in calendars:
        return f"there is no calendar {rule.calendar}"
    if rule.hours not in hours:
        return f"there are no office hours {rule.hours}"
    if rule.from_day > rule.to_day:
        return "it ends before it begins"
    if rule.year and not rule.process and not any(p.name.endswith(".began") for p in rule.triggers):
        return "a year is counted from the opening of a process: name the process"
    if rule.plan and not (rule.process and rule.clause is Clause.WITHIN):
        return "an interval that the plan sets needs the clause within, and the process whose plan it is"
    if (rule.layer is Layer.PLAN) is not (bool(rule.plan) and rule.within is None):
        return "the layer plan is for a rule that has no interval but the plan's own"
    return _check_source(rule)


def _check_source(rule: Rule) -> str:
    """A national rule needs an English national source, and nobody claims to have read what nobody has."""
    if rule.checked and rule.seen not in (Seen.NATIONAL, Seen.QUOTED):
        return f"checked means that national text was read or quoted, and its mark is {rule.seen}"
    if rule.seen is Seen.WELSH or rule.nation != "England":
        return "only rules of England stand in these packs"
    if rule.seen is Seen.MEMORY and rule.on and not rule.note:
        return "a rule from memory is switched off, or its note says that it is from memory"
    if rule.sample and rule.layer < Layer.LOCAL_POLICY:
        return "a sample pack holds local policy only"
    if rule.sample is not (rule.seen is Seen.SAMPLE):
        return "rules of a sample pack, and only they, have the mark S"
    return ""


def _patterns(rule: Rule) -> Iterable[Pattern]:
    yield from (*rule.triggers, *rule.met_by, *rule.ends, *rule.blocks, *rule.already, *rule.until)
    if rule.statistics is not None:
        yield rule.statistics


def check_book(rules: Iterable[tuple[Path, Rule]]) -> None:
    """Refuse a book whose rules contradict each other. Raises PackRefused."""
    found = list(rules)
    ids = {rule.id for _, rule in found}
    sets = {rule.set for _, rule in found if rule.set}
    by_id: dict[str, list[Rule]] = {}
    for file, rule in found:
        for pattern in _patterns(rule):
            chained, _, other = pattern.name.partition(":")
            if other and other not in ids:
                raise PackRefused(file, f"timescale {rule.id}", f"{chained} names {other}, which no pack has")
        missing = sorted({*rule.switches_off, *rule.switches_on} - sets)
        if missing:
            raise PackRefused(file, f"timescale {rule.id}", f"no rule is in the set {missing[0]}")
        for other_rule in by_id.setdefault(rule.id, []):
            because = _contradiction(other_rule, rule)
            if because:
                raise PackRefused(file, f"timescale {rule.id}", because)
        by_id[rule.id].append(rule)


def _contradiction(one: Rule, other: Rule) -> str:
    """Two versions of a rule may not hold on one day in one layer, and a later layer may only be stricter."""
    if not (one.on and other.on) or one.from_day > other.to_day or other.from_day > one.to_day:
        return ""
    if one.layer == other.layer:
        return f"two versions in the layer {one.layer.words} are in force at once"
    upper, lower = sorted((one, other), key=lambda rule: rule.layer)
    if upper.within is None or lower.within is None:
        return ""
    if upper.within.unit is not lower.within.unit:
        return f"{lower.within} cannot be compared with {upper.within} of the {upper.layer.words}"
    if lower.within.number > upper.within.number:
        return f"{lower.within} is longer than {upper.within} of the {upper.layer.words}"
    return ""
