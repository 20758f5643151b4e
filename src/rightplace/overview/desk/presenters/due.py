"""What is due for a child: one line each, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.practice import workdays
from rightplace.domain.practice.timescales.engine import AFTER_THE_RETURN, NOT_CARRIED
from rightplace.domain.practice.timescales.rules import Clause, Rule
from rightplace.domain.practice.timescales.waiting import BIRTH_UNKNOWN, OPENING_UNKNOWN
from rightplace.foundation.journal.folding import rules
from rightplace.foundation.journal.projections import Timescale

COLUMNS = (Column("What"), Column("By"), Column("How it stands"), Column("Whose to do"))
CHILD_COLUMNS = (Column("Child"), *COLUMNS)
MISSING = {
    NOT_CARRIED: "the return does not say",
    AFTER_THE_RETURN: "after the return’s date",
    BIRTH_UNKNOWN: "birth date not known",
    OPENING_UNKNOWN: "opening not in the file",
}


def rule_of(scale: Timescale) -> Rule | None:
    """The version of the rule that a row was made by; None when no pack has it any more."""
    try:
        return rules().rule(scale.rule, scale.version_from)
    except KeyError:
        return None


def title_of(rule: str) -> str:
    """What a rule asks for."""
    return rules().titles().get(rule, rule)


def is_open(scale: Timescale, now: datetime) -> bool:
    """Begun, and by now neither met, excused nor overtaken."""
    ends = (scale.met, scale.not_required_from, scale.overtaken)
    return scale.begins <= now and all(end is None or end > now for end in ends)


def due_day(scale: Timescale) -> datetime | None:
    """Until when; None where nobody can say."""
    return None if scale.unknown else scale.due


def is_by_the_clock(due: datetime) -> bool:
    """Whether an instant is a time of day, not the end of a day."""
    return not words.is_end_of_day(due)


def by_words(scale: Timescale) -> str:
    """By when, as a day, or as a day and time where the clock counts."""
    if scale.due is None or scale.unknown:
        return "not known" if scale.unknown else "no fixed day"
    shown = words.plain_day(scale.due)
    return f"{shown}, {words.clock_time(scale.due)}" if is_by_the_clock(scale.due) else shown


def state(scale: Timescale, now: datetime) -> Tag:
    """How it stands, as a word, a shape and a colour. Unknown is never late."""
    met = scale.met if scale.met is not None and scale.met <= now else None
    if met is not None:
        return tags.due_tag(scale.due, now, met_at=met)
    if scale.overtaken is not None and scale.overtaken <= now:
        return tags.plain("overtaken")
    if scale.not_required_from is not None and scale.not_required_from <= now:
        return tags.plain("not required")
    if scale.unknown:
        return tags.not_known(MISSING.get(scale.unknown, "not known"))
    if scale.floor is not None and scale.floor > now:
        return tags.still_open(f"not before {words.plain_day(scale.floor, year=False)}")
    if scale.due is None:
        return tags.still_open("no fixed day")
    if scale.expires:
        return tags.plain("ran out") if scale.due < now else tags.still_open("runs out then")
    due = scale.due if is_by_the_clock(scale.due) else workdays.to_date(words.day_number(scale.due))
    return tags.due_tag(due, now, soon=scale.soon if scale.soon else timedelta(days=1))


def owner_of(scale: Timescale) -> str | None:
    """Whose to do, as the rule says."""
    rule = rule_of(scale)
    return (rule.owner or None) if rule is not None else None


def why_link(scale: Timescale, file: int, text: str = "", more: str = "") -> Cell:
    """What is due, leading to why; words alone for a row of a past day, which has no page of its own."""
    said = text or title_of(scale.rule)
    if not scale.pk:
        return said
    return Link(said, reverse("desk:why", args=[file, scale.pk]), more)


def line(scale: Timescale, file: int, now: datetime) -> Row:
    """One thing due for one child."""
    shown = state(scale, now)
    cells: tuple[Cell, ...] = (why_link(scale, file), by_words(scale), shown, owner_of(scale))
    return Row(cells, late=shown.css == "late")


def open_scales(scales: Iterable[Timescale], now: datetime) -> list[Timescale]:
    """What is open, the next due first; what has no day after it, what is unknown last."""
    found = [scale for scale in scales if is_open(scale, now)]
    return sorted(found, key=lambda s: (bool(s.unknown), s.due is None, s.due or s.begins, s.rule))


def gates(scale: Timescale) -> bool:
    """Whether a rule has no number of days."""
    rule = rule_of(scale)
    return rule is not None and rule.clause is Clause.GATE


def by_owner(owners: Mapping[int, frozenset[str]], role: int) -> frozenset[str]:
    """The owners in rules that stand for a role."""
    return owners.get(role, frozenset())
