"""A rule in sentences that a school secretary would understand, made from the rule itself."""

from __future__ import annotations

from typing import Final

from rightplace.domain.practice.timescales.engine import AFTER_THE_RETURN, NOT_CARRIED
from rightplace.domain.practice.timescales.events import EVENTS
from rightplace.domain.practice.timescales.rules import Clause, Pattern, Rule, RuleBook, Seen
from rightplace.domain.practice.timescales.waiting import BIRTH_UNKNOWN, OPENING_UNKNOWN, PLAN_UNREADABLE

_SEEN: Final = {
    Seen.NATIONAL: "The source text was read.",
    Seen.QUOTED: "The national rule was read as quoted or restated by others; they are named with the source.",
    Seen.LOCAL: "Only local procedures that restate it were read, not the national text.",
    Seen.WELSH: "Only the Welsh twin was read.",
    Seen.MEMORY: "Nobody has seen the source: this is from memory.",
    Seen.SAMPLE: "A sample, not policy: no council has made this rule.",
}
_ASK: Final = "The team that took the child over could say."
UNKNOWN: Final = {
    NOT_CARRIED: f"The return that this child came with does not carry what would show it. {_ASK}",
    AFTER_THE_RETURN: f"It was due after the date of the return that this child came with. {_ASK}",
    BIRTH_UNKNOWN: "It depends on the child's age, and the birth date is not known. Recording it settles this.",
    PLAN_UNREADABLE: "The plan says how often in words that cannot be counted. Whoever wrote it could say.",
    OPENING_UNKNOWN: "It counts from an opening that is not in this file.",
}
"""Why something is not known, and who could say."""


def seen_in_words(rule: Rule) -> str:
    """What was seen of the source, and whether that vouches for the rule as it stands."""
    words = _SEEN[rule.seen]
    if not rule.checked and rule.seen in (Seen.NATIONAL, Seen.QUOTED):
        words += " But nobody has seen the text that is in force now, so the number is not checked."
    if not rule.on:
        words += " It is switched off."
    return words


def in_plain_words(rule: Rule, book: RuleBook) -> tuple[str, ...]:
    """The rule in two to five sentences: what, from when, how long, what meets it, what ends it."""
    if rule.clause is Clause.SWITCH:
        return _switch(rule, book)
    starts = _any(rule.triggers, book)
    said = [f"It starts when {starts}."]
    if rule.anchor == "opened":
        said.append("It counts from when that began.")
    said += _times(rule, book)
    if rule.met_by:
        joined = " and " if rule.met_by_all else " or "
        said.append(f"It is met when {joined.join(_words(each, book) for each in rule.met_by)}.")
    if rule.ends:
        said.append(f"It is no longer required when {_any(rule.ends, book)}.")
    if rule.statistics is not None:
        said.append(f"The statistics count from when {_words(rule.statistics, book)}.")
    if rule.guards:
        said.append("The file cannot be closed while it is open.")
    said += _conditions(rule)
    return tuple(said)


def _times(rule: Rule, book: RuleBook) -> list[str]:
    match rule.clause:
        case Clause.FLOOR:
            return [f"Not before {rule.floor} have passed."]
        case Clause.GATE:
            after = f" from {rule.floor} on" if rule.floor else ""
            blocked = _any(rule.blocks, book)
            return [f"It has no number of days: it must be done{after} before {blocked}."]
        case Clause.EXPIRY:
            return [f"It runs out after {rule.within}."]
        case Clause.COHORT:
            return ["Once between 1 April and the 31 March after it."]
    if rule.plan:
        return [
            "As often as the child's own plan says" + (f", and within {rule.within}." if rule.within else ".")
        ]
    return [f"Within {rule.within}."]


def _conditions(rule: Rule) -> list[str]:
    """Whom it is for."""
    said = []
    if rule.age_from is not None and rule.age_under is not None:
        said.append(f"For children from {rule.age_from} to {rule.age_under - 1}.")
    elif rule.age_from is not None:
        said.append(f"For children from {rule.age_from}.")
    elif rule.age_under is not None:
        said.append(f"For children under {rule.age_under}.")
    if rule.legal:
        said.append(f"For the legal status {' or '.join(sorted(rule.legal))}.")
    if rule.year:
        said.append("In the first year." if rule.year == "first" else "After the first year.")
    if rule.already:
        said.append("Unless it was there before.")
    return said


def _switch(rule: Rule, book: RuleBook) -> tuple[str, ...]:
    off, on = " and ".join(rule.switches_off), " and ".join(rule.switches_on)
    said = [f"When {_any(rule.triggers, book)}, the {on or 'other'} rules take the place of the {off} rules."]
    if rule.until:
        said.append(f"Until {_any(rule.until, book)}.")
    return tuple(said)


def _any(patterns: tuple[Pattern, ...], book: RuleBook) -> str:
    return " or ".join(dict.fromkeys(_words(each, book) for each in patterns))


def _words(pattern: Pattern, book: RuleBook) -> str:
    """An event as half a sentence, with the tags that it must or must not have."""
    chained, _, other = pattern.name.partition(":")
    if other:
        title = book.titles().get(other, other)
        doing = {"met": "is done", "excused": "is excused", "back": "no longer applies"}[chained]
        return f"“{title}” {doing}"
    sentence = EVENTS[pattern.name].split(". ")[0].split(";")[0].rstrip(".")
    named = [tag.replace("_", " ") for tag in sorted(pattern.tags)]
    named += [f"not {tag.replace('_', ' ')}" for tag in sorted(pattern.without)]
    phrase = sentence[0].lower() + sentence[1:]
    return f"{phrase} ({', '.join(named)})" if named else phrase
