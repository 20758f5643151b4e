"""A calibration as a scenario that `rightplace capacity run` reads: each value with its range and where it comes from."""

from __future__ import annotations

import json
from datetime import date
from textwrap import wrap

from rightplace.domain.simulation.parameters import Parameters
from rightplace.domain.simulation.published.calibration import Calibration
from rightplace.domain.simulation.published.carrying import NOT_CARRIED, Carried, Times, carrying, cut_at

DAYS, WIDTH = 1096, 118
FEWEST_CHILDREN, FEWEST_POSTS, MOST_POSTS = 500, 0.05, 3.0


def begins(calibration: Calibration) -> date:
    """The day after the last year of figures ended."""
    return date(calibration.origin, 4, 1)


def has_service(calibration: Calibration) -> bool:
    """Whether the figures say how many children there are, so that the scenario brings its own service."""
    return (calibration.children or 0.0) >= FEWEST_CHILDREN


def as_scenario(calibration: Calibration, given: Parameters) -> str:
    """The text; without children, or with too few, it brings no service and says so."""
    carried = carrying(calibration, given)
    lines = _head(calibration)
    if has_service(calibration):
        if carried.posts is not None:
            lines += _posts(carried.posts)
        lines += ["", "[areas]", f"{_text(calibration.name)} = {round(calibration.children or 0.0)}"]
    else:
        lines += ["", "# The number of children is not in the folder, or too small: add [areas] with yours."]
    if carried.found:
        lines += ["", "[strengths]", *(line for one in carried.found for line in _strengths(one, given))]
    lines += ["", "# Not carried over:", *(f"# - {why}" for why in NOT_CARRIED)]
    if carried.without:
        lines.append(f"# - No figures here: {'; '.join(carried.without)}.")
    return "\n".join(lines) + "\n"


def _head(calibration: Calibration) -> list[str]:
    name = calibration.name
    return [
        f"# What the published figures of {name} ({calibration.code}) up to {calibration.origin} say of a simulated service.",
        "# Each value is what the model comes with for England, times how the usual figure here stands beside that of the",
        "# authority in the middle. In brackets the range that holds four times in five.",
        f"# Figures: Department for Education, Open Government Licence v3.0; pooled from {calibration.pooled_from}.",
        f"name = {_text(f'{name}, from published figures up to {calibration.origin}')}",
        f"begins = {begins(calibration)}",
        f"days = {DAYS}",
    ]


def _posts(times: Times) -> list[str]:
    usual = times.three[1]
    value = min(max(usual, FEWEST_POSTS), MOST_POSTS)
    cut = f"; {cut_at(MOST_POSTS)}" if usual > MOST_POSTS else ""
    if usual < FEWEST_POSTS:
        cut = f"; raised to {FEWEST_POSTS:.2f} times, the fewest that the model takes"
    said = f"Social work posts for each child, {_said(times)}{cut}. Family support, which no table counts, goes along."
    return ["", *_comment(said), f"posts = {value:.3g}"]


def _strengths(one: Carried, given: Parameters) -> list[str]:
    lines = _comment(f"{one.title}, {_said(one.times)}: {one.because}.")
    for name, (low, value, high) in one.strengths.items():
        england = given.strengths[name]
        lines.append(
            f"{_text(name)} = {value:.3g}  # {low:.3g} to {high:.3g}; England {england.value:g}, {_source(england.source)}"
        )
    return lines


def _source(source: str) -> str:
    return " ".join(source.split())


def _comment(words: str) -> list[str]:
    return [f"# {line}" for line in wrap(words, WIDTH)]


def _said(times: Times) -> str:
    low, middle, high = times.three
    return f"{middle:.2f} times the middle ({low:.2f} to {high:.2f})"


def _text(said: str) -> str:
    return json.dumps(said, ensure_ascii=False)
