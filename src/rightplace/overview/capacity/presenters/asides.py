"""What stands beside an answer: on which assumptions it hangs, and the money and the evidence that were named with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rightplace.common.web import words
from rightplace.domain.simulation.scenarios import Change, Scenario
from rightplace.domain.simulation.scenarios.answer import Answer, Difference, HangsOn
from rightplace.domain.simulation.scenarios.saying import change_said, day_said, place_said, pounds_said
from rightplace.overview.capacity.forms import SAID
from rightplace.overview.capacity.presenters import headlines
from rightplace.overview.capacity.presenters.worst import SHORTLY

LONG_SOURCE: Final = 80
MOST: Final = 4
DAY_AND_NUMBER: Final = re.compile(r"^((?:From|On) \d+ \w+ \d{4}) (?=\d)")
"""Two numbers that would be read as one."""


def hangs_on(answer: Answer) -> list[str]:
    """How it was found out, and then the assumptions that move it most."""
    if not answer.hangs_on:
        return [
            "Not looked into yet.",
            "A usual or careful run ends with it: which of the things that nobody has measured moves this answer most.",
        ]
    if not any(each.moves for each in answer.hangs_on):
        return ["No assumption changes this within what is held possible."]
    code, told = headlines.rested_on(answer)
    how = (
        "Each thing that nobody has measured was taken from one end of what is possible to the other. "
        f"These change the figure for {SHORTLY.get(code, 'this answer')} most:"
    )
    return [how, *(_hangs(each, told) for each in answer.hangs_on[:MOST] if each.moves)]


def _hangs(each: HangsOn, told: Difference | None) -> str:
    """One assumption, how far it moves the answer, and where it comes from; of a long source the first clause."""
    source = each.source
    if len(source) > LONG_SOURCE:
        source = re.split(r"[:;.] ", source)[0].rstrip(".")
    by = f", by about {headlines.by_said(each.moves, told)}" if told is not None else ""
    return f"{words.capitalised(each.words)}{by}. Where it comes from: {source}."


def changed(told: Sequence[str], scenario: Scenario | None) -> list[str]:
    """Every change in words. People who leave one place one after another are told together, and not a line a day."""
    found = list(told)
    leave = [each for each in scenario.changes if each.what == "leave"] if scenario else []
    for where in dict.fromkeys(each.where for each in leave):
        days = sorted((each for each in leave if each.where == where), key=lambda each: each.day)
        lines = [change_said(each.day, "leave", where, each.amount) for each in days]
        if len(days) > 1 and all(line in found for line in lines):
            found[found.index(lines[0])] = _leave(days)
            found = [line for line in found if line not in lines]
    return [DAY_AND_NUMBER.sub(r"\1, ", line) for line in found]


def _leave(days: Sequence[Change]) -> str:
    """`Eight of the most experienced workers leave in South, one after another from 17 March to 5 April 2026.`"""
    many = round(sum(each.amount for each in days))
    said = SAID[many] if many < len(SAID) else f"{many:,}"
    span = f"one after another from {day_said(days[0].day)} to {day_said(days[-1].day)}"
    return (
        f"{words.capitalised(said)} of the most experienced workers leave{place_said(days[0].where)}, {span}."
    )


def named(scenario: Scenario) -> list[str]:
    """What was named beside the changes: a budget, a saving, what the effect of family support rests on."""
    found = []
    if scenario.budget is not None:
        found.append(f"Held against a budget of {pounds_said(scenario.budget)} a year.")
    if scenario.savings is not None:
        found.append(f"{pounds_said(scenario.savings)} a year are to be saved.")
    if scenario.early_help is not None:
        evidence = scenario.early_help.evidence.rstrip(".")
        rests = (
            f"What family support does rests on: {evidence}."
            if evidence
            else "For what family support does no evidence was named."
        )
        found.append(rests)
    return found
