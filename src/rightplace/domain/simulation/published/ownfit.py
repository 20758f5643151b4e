"""An authority's own journal as strengths of the model, with ranges: shares of what was decided, how long stays last, who
comes, who leaves, and what cannot be told apart.

What the program comes with is what is believed before the journal is read, and weighs as much as a few cases. Brothers and
sisters go together and months differ more than chance, so a range is as wide as so many fewer children would give.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Final

import numpy as np
from scipy.stats import beta, gamma

from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.parameters import Parameters
from rightplace.domain.simulation.published.lives import (
    STRENGTHS,
    YEAR,
    Counted,
    Share,
    walk,
)
from rightplace.domain.simulation.published.own import (
    CONTACTS,
    FEWEST,
    FIRST,
    LASTS,
    Learnt,
    OwnFit,
    Record,
)
from rightplace.domain.simulation.published.stays import Stay, stretched

RANGE: Final = (0.025, 0.5, 0.975)
BELIEVED: Final = 8.0
"""Cases that what the program comes with weighs as much as."""
WAITS: Final = 3.0
"""Working days that a stay holds beside the work itself: until it is taken up, and until its end is signed."""
WIDE: Final = 1.0
ALIKE: Final = 0.8
FILLING: Final = "filling"
LEAVING: Final = ("leaving.newly", "leaving.early", "leaving.experienced")
LEAVING_AGENCY: Final = ("leaving.agency",)
PRACTICE: Final = "hours.practice"
A_DAY: Final = 0.1
"""By how much the load of one day is held to differ from that of another."""
WAITS_IN: Final = {"support": WAITS, "need": WAITS}
COMPOSED: Final[Mapping[str, tuple[str, ...]]] = {
    **{f"door.{to}.{source}": ("threshold.level",) for to in ("enquire", "assess") for source in SOURCES},
    "support.escalates": ("support.effect", "return.drift"),
    **{f"return.{stage}": ("return.drift",) for stage in ("contact", "support", "assessment", "plan")},
}
"""Strengths that show themselves only together with others: what is counted is the product."""


def learnt_from(given: Parameters, record: Record) -> OwnFit:
    """Fit the strengths to what happened."""
    counted = Counted(record.first, record.last)
    for life in record.lives:
        walk(life, counted)
    together = _together(record.families)
    found = {
        name: _learnt(given, name, share, together)
        for name, share in sorted(counted.shares.items())
        if sum(share.of.values()) >= FEWEST
    }
    over = record.full.over if record.full else 0.0
    found |= _lengths(given, counted.stays, together, over)
    found |= _people(given, record, over)
    found |= _demand(given, counted, together)
    silent = [name for name in sorted({*counted.shares, *STRENGTHS}) if name not in found]
    return OwnFit(
        record.last - record.first, found, _confused(found), silent, _sources(given, counted), _sizes(given, record.families)
    )  # fmt: skip


def _lengths(
    given: Parameters, stays: Mapping[str, Sequence[Stay]], together: float, over: float
) -> dict[str, Learnt]:
    """How many times as long as in the model's tables stays last here, beside what overload adds: the model adds its own."""
    slows = {"support": 1.0 + given.value("load.slows") * over}
    found = {}
    for table, held in sorted(stays.items()):
        if len(held) >= FEWEST:
            told = stretched(given.tables[table], held, together, WAITS_IN.get(table, 0.0))
            low, middle, high = (each / slows.get(table, 1.0) for each in told)
            found[LASTS + table] = Learnt(LASTS + table, low, middle, high, len(held), 1.0)
    return found


def _people(given: Parameters, record: Record, over: float) -> dict[str, Learnt]:
    """How often people leave beside what overload adds, how long a seat stands empty, and how much of the table of weights
    families take."""
    adds = 1.0 + given.value("load.leaving") * over
    found = {}
    for names in (LEAVING, LEAVING_AGENCY):
        mine = [each for each in record.sat if each.leaves_by in names]
        years = sum(each.years for each in mine)
        if years >= FEWEST:
            expected = sum(each.years * given.value(each.leaves_by) for each in mine) * adds
            left = sum(each.left for each in mine)
            low, middle, high = (
                float(gamma.ppf(level, BELIEVED + left)) / (BELIEVED + expected) for level in RANGE
            )
            for name in names:
                came = given.value(name)
                found[name] = Learnt(name, low * came, middle * came, high * came, len(mine), came)
    if len(record.empty) >= FEWEST:
        low, middle, high = stretched(given.tables[FILLING], record.empty)
        found[LASTS + FILLING] = Learnt(LASTS + FILLING, low, middle, high, len(record.empty), 1.0)
    if record.full is not None:
        here = record.full.practice
        found[PRACTICE] = Learnt(
            PRACTICE, here * (1 - A_DAY), here, here * (1 + A_DAY), record.full.of, given.value(PRACTICE)
        )
    return found


def _sources(given: Parameters, counted: Counted) -> dict[str, float]:
    """Of all contacts about children who were not open, how many came from each source."""
    demand = given.demand
    assert demand is not None
    many = {source: BELIEVED * demand.shares[source] + counted.sources[source] for source in SOURCES}
    whole = sum(many.values())
    return {source: each / whole for source, each in many.items()}


def _sizes(given: Parameters, families: Sequence[int]) -> tuple[float, ...]:
    """Of all contacts, how many were about at most one child, two, and so on."""
    demand = given.demand
    assert demand is not None
    most = len(demand.children)
    before = [BELIEVED * (b - a) for a, b in zip((0.0, *demand.children), demand.children, strict=False)]
    for size in families:
        before[min(size, most) - 1] += 1
    whole = sum(before)
    return (*(each / whole for each in list(accumulate(before))[:-1]), 1.0)


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
    believed = min(0.98, max(0.02, given.value(name) * product))
    low, middle, high = (
        float(
            beta.ppf(
                level, BELIEVED * believed + passed / wider, BELIEVED * (1 - believed) + (of - passed) / wider
            )
        )
        / product
        for level in RANGE
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


def _demand(given: Parameters, counted: Counted, together: float) -> dict[str, Learnt]:
    """Children of whom was told in a year who had not been known for a year, and their share of all who were not open.

    A record of less than two years does not know who was known before it: of all who were told of, as many are held new as the
    program comes with.
    """
    demand = given.demand
    assert demand is not None
    if sum(counted.told_of.of.values()) < FEWEST:
        return {}
    children = sum(number for _, number in given.structure.children)
    before = demand.contacts_per_10k * demand.first * children / 10_000
    if not counted.knows_who_is_new:
        many = sum(counted.told_of.of.values())
        days = counted.last - counted.first
        return {CONTACTS: _a_year(many, days, together, demand.first, before)}
    new, again = sum(counted.new.of.values()), sum(counted.again.of.values())
    first = [
        float(beta.ppf(level, BELIEVED * demand.first + new / together,
                       BELIEVED * (1 - demand.first) + again / together))
        for level in RANGE
    ]  # fmt: skip
    return {
        CONTACTS: _a_year(new, counted.last - counted.new_from, together, 1.0, before),
        FIRST: Learnt(FIRST, first[0], first[1], first[2], new + again, demand.first),
    }


def _a_year(many: int, days: int, together: float, share: float, before: float) -> Learnt:
    """How many in a year, of so many in so many days, of whom a share counts."""
    times = together * share * YEAR / max(days, 1)
    low, middle, high = (float(gamma.ppf(level, 0.5 + many / together)) * times for level in RANGE)
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
