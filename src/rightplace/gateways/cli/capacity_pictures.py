"""An answer of the capacity model in a terminal: small fans of text, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rightplace.domain.simulation.scenarios.answer import Answer, Fan, Picture, ScenarioAnswer

WIDE: Final = 60
HIGH: Final = 5
BESIDE_PROMISES: Final = ("open", "in_post")


def said(found: Answer) -> str:
    """The whole answer: each scenario, each comparison, and what it hangs on."""
    lines = [
        f"{found.replicates} simulated futures of {found.days} days from {found.begins:%-d %B %Y}; luck {found.seed}.",
    ]
    for scenario in found.scenarios:
        lines += ["", scenario.name, "=" * len(scenario.name), *scenario.changes, scenario.summary]
        lines += _scenario(found, scenario)
    for pair in found.pairs:
        title = f"{pair.other}, against {pair.base}"
        lines += ["", title, "=" * len(title), pair.summary, pair.luck]
        lines += [f"- {each.sentence}{_worth(each.variance_ratio)}" for each in pair.differences]
    lines += ["", *found.caveats]
    lines.append(found.hangs_sentence or "What this hangs on was not looked at.")
    lines.append(
        "These are simulated futures of families that were drawn: nothing here is about a child who lives."
    )
    return "\n".join(lines)


def _worth(ratio: float | None) -> str:
    return "" if ratio is None else f" [shared luck: {ratio:,.3g} times]"


def _scenario(found: Answer, scenario: ScenarioAnswer) -> Iterator[str]:
    for place in found.places:
        yield ""
        yield f"-- {'Everywhere' if place == 'all' else place}"
        for picture in scenario.pictures:
            if picture.place == place and (picture.limit is not None or picture.code in BESIDE_PROMISES):
                yield ""
                yield from fan_of(picture)
                yield picture.sentence
        yield from (each.sentence for each in scenario.workload if each.place == place)
    yield ""
    yield scenario.cost.sentence


def fan_of(picture: Picture) -> list[str]:
    """Weeks from left to right: ░ for 9 of 10 futures, █ for half of them, ─ for the limit."""
    columns = _columns(picture.fan)
    if not columns:
        return []
    top = max([high for *_, high in columns] + ([picture.limit] if picture.limit is not None else []))
    top = top * 1.05 or 1.0
    rows = []
    for row in range(HIGH - 1, -1, -1):
        low, high = row * top / HIGH, (row + 1) * top / HIGH
        limit = picture.limit is not None and low <= picture.limit < high
        line = "".join(_mark(column, low, high, limit) for column in columns)
        rows.append(f"{_edge(high, picture.unit):>9} │{line}")
    return rows


def _columns(fan: Fan) -> list[tuple[float, float, float, float]]:
    """At most as many as fit, each the mean of its weeks."""
    weeks = [
        week
        for week in zip(fan.p5, fan.p25, fan.p75, fan.p95, strict=True)
        if all(each is not None for each in week)
    ]
    each = max(1, -(-len(weeks) // WIDE))
    found = []
    for first in range(0, len(weeks), each):
        part = weeks[first : first + each]
        means = [sum(week[nth] or 0.0 for week in part) / len(part) for nth in range(4)]
        found.append((means[0], means[1], means[2], means[3]))
    return found


def _mark(column: tuple[float, float, float, float], low: float, high: float, limit: bool) -> str:
    lowest, lower, upper, highest = column
    if lower < high and upper >= low:
        return "█"
    if lowest < high and highest >= low:
        return "░"
    return "─" if limit else " "


def _edge(value: float, unit: str) -> str:
    return f"{value * 100:.0f} in 100" if unit == "share" else f"{value:,.0f}"
