"""Sentences of an answer: ranges in round numbers, chances as so many of so many futures, and when nothing can be told.

Pure: numbers in, words out. A sentence never says more than its numbers, and never that something will happen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, log10
from typing import Final

from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.scenarios.promises import PERCENT_OF_LOAD
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE, WHATS

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
TEAMS: Final = {
    "door": "the front doors", "support": "family support", "assessment": "assessment teams",
    "long-term": "safeguarding teams", "care": "teams for children in care",
}  # fmt: skip
"""Kinds of team as a sentence names them."""
A_YEAR: Final = 52
FEW: Final = 10
"""With fewer futures than this a chance is told as they were counted."""


def day_said(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Tenths:
    """A chance on the one scale that sentences and pictures share: so many of ten, or of the few that there are."""

    count: int
    of: int
    beyond: str = ""
    """`fewer than` or `more than`: neither none nor all, and nearer to it than a tenth."""

    @property
    def words(self) -> str:
        if self.count in (0, self.of):
            return f"{'all' if self.count else 'none'} of {self.of}"
        return f"{self.beyond} {self.count} of {self.of}".strip()


def tenths(share: float, futures: int) -> Tenths:
    """Rounded to tenths, never to none or all where it was neither; of fewer than ten futures as they were counted."""
    count = round(share * futures)
    if futures < FEW:
        return Tenths(count, futures)
    if count in (0, futures):
        return Tenths(10 if count else 0, 10)
    if share < 0.05:
        return Tenths(1, 10, "fewer than")
    return Tenths(9, 10, "more than") if share > 0.95 else Tenths(min(9, max(1, round(share * 10))), 10)


def chance_said(share: float, futures: int) -> str:
    """`in 9 of 10 futures`."""
    count = round(share * futures)
    if futures == 1:
        return "in the one future" if count else "not in the one future"
    if count in (0, futures):
        return "in every future" if count else "in no future"
    return f"in {tenths(share, futures).words} futures"


def rounded(value: float, digits: int = 2) -> float:
    """To so many digits that count."""
    if value == 0:
        return 0.0
    return round(value, digits - 1 - floor(log10(abs(value))))


def amount_said(value: float, unit: str, digits: int = 0) -> str:
    """One number with its unit, in no more digits than it is worth."""
    if unit == "share":
        in_100 = value * 100
        if 0 < in_100 < 0.5 and digits == 0:
            return "fewer than 1 in 100"
        return f"{in_100:.{digits}f} in 100"
    if unit.startswith("pounds"):
        return pounds_said(value) + (" a week" if unit == "pounds a week" else "")
    if unit == PERCENT_OF_LOAD:
        return f"{value:.{digits}f} per cent of a full load"
    number = f"{value:,.{digits}f}" if abs(value) < 100 else f"{rounded(value, 3):,.0f}"
    return f"{number} {_one(unit) if number == '1' else unit}"


def _one(unit: str) -> str:
    return {"people": "person", "children": "child"}.get(unit, unit)


def digits_for(size: float, unit: str) -> int:
    """None for what is large; one for a difference of less than three of its unit."""
    shown = size * 100 if unit == "share" else size
    return 1 if shown < 3 else 0


def pounds_said(value: float) -> str:
    if abs(value) >= 1e6:
        return f"£{rounded(value / 1e6, 3):,g} million"
    return f"£{rounded(value, 2):,.0f}"


def between_said(low: float, high: float, unit: str, digits: int = 0) -> str:
    """`between 9 and 17 in 100`; one number where both are the same in the digits that they are worth."""
    first, last = amount_said(low, unit, digits), amount_said(high, unit, digits)
    if first == last:
        return first if first.startswith("fewer than") else f"about {last}"
    if last.startswith("fewer than"):
        return last
    if unit.startswith("pounds"):
        return f"between {first} and {last}"
    head = "0" if first.startswith("fewer than") else first.split(" ", 1)[0]
    return f"between {head} and {last}"


def place_said(place: str) -> str:
    """` in South`, ` in assessment teams`; nothing for everywhere."""
    return "" if place == EVERYWHERE else f" in {TEAMS.get(place, place)}"


def limit_said(limit: float, unit: str) -> str:
    if unit == "share":
        return f"{limit * 100:.3g} in 100"
    return amount_said(limit, unit)


def span_of(weeks: int) -> str:
    """What a year's figures are over: the last year, or all of a shorter time."""
    return "Over the last year" if weeks >= A_YEAR else f"Over these {weeks} weeks"


def promise_said(
    words: str, place: str, unit: str, limit: float, chance: float, low: float | None, high: float | None, futures: int,
    weeks: int = A_YEAR,
) -> str:  # fmt: skip
    """Under a picture that is held against a promise."""
    what = f"{words[0].upper()}{words[1:]}{place_said(place)}"
    beyond = f"{chance_said(chance, futures)} there is a quarter of a year with more than {limit_said(limit, unit)}"
    if low is None or high is None:
        return f"{what}: {beyond}. {span_of(weeks)} there is nothing to count here."
    return f"{what}: {beyond}. {span_of(weeks)} it is {between_said(low, high, unit)} in 9 of 10 futures."


def nothing_said(words: str, place: str) -> str:
    """In place of a sentence about a measure of which nothing happens in a place, in any future."""
    return f"{words[0].upper()}{words[1:]}{place_said(place)}: nothing to count here."


def measure_said(words: str, place: str, unit: str, low: float, high: float, weeks: int = A_YEAR) -> str:
    """Under a picture without a promise."""
    what = f"{words[0].upper()}{words[1:]}{place_said(place)}"
    span = span_of(weeks)
    return f"{what}: {span[:1].lower()}{span[1:]} {between_said(low, high, unit)}, in 9 of 10 futures."


def workload_said(place: str, middle: float, low: float, high: float, weeks: int = A_YEAR) -> str:
    """Under the picture of loads: the mean alone hides who carries most."""
    load = between_said(low, high, PERCENT_OF_LOAD)
    return (
        f"{span_of(weeks)} half of the workers{place_said(place)} carry more than about {middle:.0f} per cent of a full load."
        f" One worker in ten carries more than a load that is {load} in 9 of 10 futures."
    )


def cost_said(low: float, high: float, care: float, weeks: int = A_YEAR, years: int = 1) -> str:
    """What a year costs; of several, the last one."""
    pounds = between_said(low, high, "pounds")
    what = (
        "The last year of this run"
        if years > 1
        else "A year"
        if weeks >= A_YEAR
        else "At the pace of this run: a year"
    )
    return f"{what} costs {pounds} in 9 of 10 futures; {care * 100:.0f} in 100 of it is for placements of children in care."


def difference_said(
    words: str, place: str, unit: str, before: float, after: float, low: float, high: float, apart: bool
) -> str:
    """What a change does, or that it cannot be told from chance."""
    what = f"{words[0].upper()}{words[1:]}{place_said(place)}"
    if low == high == 0:
        return f"{what}: the same in every future."
    small, large = sorted((abs(low), abs(high)))
    digits = digits_for(large, unit)
    if not apart:
        return f"{what}: no difference can be told from chance; if there is one, it is {_at_most(large, unit, digits)}."
    direction = "more" if low > 0 else "fewer" if unit in ("people", "children") else "less"
    least, most, nothing = (amount_said(each, unit, digits) for each in (small, large, 0.0))
    if most == nothing or most.startswith("fewer than"):
        return f"{what}: {direction}, but by too little to matter here."
    found = f"up to {most}" if least == nothing else between_said(small, large, unit, digits)
    was, then = amount_said(before, unit, digits), amount_said(after, unit, digits)
    aside = "" if was == then else f" (about {then} in place of {was})"
    return f"{what}: {found} {direction}{aside}."


def matters(mean: float, before: float, unit: str) -> bool:
    """Whether a difference is large enough for a summary: half of one in 100, or a hundredth of what there is."""
    if unit == "share":
        return abs(mean) >= 0.005
    return abs(mean) >= (0.5 if unit == PERCENT_OF_LOAD else 0.01 * abs(before))


def _at_most(size: float, unit: str, digits: int) -> str:
    said = amount_said(size, unit, digits)
    nothing = amount_said(0.0, unit, digits)
    if said == nothing or said.startswith("fewer than"):
        return "too small to matter here"
    return f"no larger than {said} either way"


def broken_said(before: float, after: float, futures: int) -> str:
    """How much more often a promise is broken, where that is otherwise."""
    if round(before * futures) == round(after * futures):
        return ""
    return (
        f" The limit is passed for a quarter of a year {chance_said(after, futures)},"
        f" and {chance_said(before, futures)} without the change."
    )


def span_said(begins: date, first: int, past: int) -> str:
    """Over which weeks a comparison goes."""
    start, end = begins + timedelta(weeks=first), begins + timedelta(weeks=past, days=-1)
    until = "from the first change until a year after the last, as far as the run goes"
    return f"Means over {day_said(start)} to {day_said(end)}: {until}."


def luck_said(ratio: float | None, futures: int) -> str:
    """What sharing the luck was worth."""
    if ratio is None:
        return "Each future was played twice with the same luck, and nothing differed."
    twice = (
        f"Each of the {futures} futures was played twice with the same luck, with the change and without it"
    )
    if ratio < 1.2:
        return f"{twice}; here that made the comparison no surer."
    times = f"{rounded(ratio, 2):,g} times" if ratio <= 100 else "more than a hundred times"
    return f"{twice}. With luck of its own for each it would take {times} as many to be as sure."


def summary_said(broken: list[tuple[str, float]], futures: int) -> str:
    """The promises that a scenario probably breaks, in one sentence."""
    likely = [words for words, chance in broken if chance >= 0.5]
    if not likely:
        return f"Of {futures} futures, no promise breaks in half or more."
    return f"Of {futures} futures, in half or more the limit is passed for {_listed(likely)}."


def pair_said(other: str, base: str, more: list[str], fewer: list[str]) -> str:
    """What a change does, in one sentence or two."""
    if not more and not fewer:
        return f"Between “{other}” and “{base}” no difference can be told from chance."
    parts = [f"Higher with “{other}” than with “{base}”: {'; '.join(more)}."] if more else []
    whose = "" if more else f" with “{other}” than with “{base}”"
    parts += [f"Lower{whose}: {'; '.join(fewer)}."] if fewer else []
    return " ".join(parts)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def change_said(day: date, what: str, where: str, amount: float, weeks: int = 0) -> str:
    """A dated change in words."""
    place = f" from {where}" if where in SOURCES else place_said(where)
    from_ = f"From {day_said(day)}" + (f" for {weeks} weeks" if weeks else "")
    if what == "leave":
        one = amount == 1
        who = (
            "the most experienced worker leaves"
            if one
            else f"{amount:,.0f} of the most experienced workers leave"
        )
        return f"On {day_said(day)} {who}{place}."
    told = WHATS.get(what)
    if told is None:
        return f"{from_} {what} is {amount:g}."
    if told.unit.startswith("people"):
        return f"{from_} {abs(amount):,.0f} {'more' if amount > 0 else 'fewer'} {told.words}{place}."
    if told.unit == "share more or fewer":
        return (
            f"{from_} {abs(amount) * 100:.0f} in 100 {'more' if amount > 0 else 'fewer'} {told.words}{place}."
        )
    if told.unit.startswith("times"):
        return f"{from_} {told.words}{place}: {_times_said(amount, told.unit)}."
    if told.unit == "share":
        return f"{from_} {told.words}{place}: {amount * 100:g} in 100."
    return f"{from_} {told.words}: {amount:g} {told.unit}."


def _times_said(amount: float, unit: str) -> str:
    """`15 in 100 more`; of what is doubled or more, how many times."""
    if not 0 < amount < 2:
        return f"{amount:g} {unit}"
    if amount == 1:
        return "as before"
    way = "more" if amount > 1 else "fewer" if unit == "times as many" else "less"
    return f"{rounded(abs(amount - 1) * 100, 3):g} in 100 {way}"
