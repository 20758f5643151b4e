"""One worker's load as one line, and how loads are spread: the same words on the worker's own page and on a team's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from rightplace.common.web import tags, words
from rightplace.common.web.charts import Bar, BarChart, Caption
from rightplace.common.web.pieces import Cell, Column, Lines, Row
from rightplace.domain.practice.workload import Load, hours_words, spread
from rightplace.foundation.access.roles import role_of
from rightplace.services.workforce.queries import Coming

WORKER_COLUMNS = (
    Column("Worker"), Column("Families", number=True), Column("Children", number=True), Column("Families take"),
    Column("Has for families"), Column("Due in four weeks"), Column("Now"),
)  # fmt: skip
FEWEST = 4
"""A distribution of fewer workers is their list."""


def half(hours: float) -> float:
    """Hours to the half hour, as the sentences beside a picture say them."""
    return round(hours * 2) / 2


def over_tag(load: Load) -> Cell:
    """Whether the week is full: a word, a shape and a colour; not known where nobody said how long the worker works."""
    if load.over is None:
        return tags.not_known()
    if load.besides.leading and not load.families:
        return tags.plain("leads the team")
    if load.over > 0:
        return tags.late(f"{hours_words(load.over)} over")
    return tags.due_soon("nearly full") if load.over > -3 else tags.met(f"{hours_words(-load.over)} free")


def coming_words(due: Sequence[Coming]) -> str:
    """What falls due in four weeks, in things and hours."""
    if not due:
        return "nothing"
    return f"{words.count_words(sum(each.things for each in due), 'thing')}, {hours_words(sum(each.hours for each in due))}"


def worker_row(name: str, role: int, load: Load, due: Sequence[Coming], full: bool) -> Row:
    """One worker's line. The worker reads it on My work, whoever manages the team on the team's page: it is this one."""
    state = tags.late("said to be full") if full else over_tag(load)
    return Row(
        (
            Lines(name, role_of(role).name), len(load.families), load.children, hours_words(load.takes),
            hours_words(load.has) if load.has is not None else None, coming_words(due), state,
        ),
        late=full or bool(load.over and load.over > 0),
    )  # fmt: skip


def hours_chart(loads: Sequence[Load], names: Mapping[int, str], now: datetime) -> BarChart | None:
    """Hours that families take, worker by worker, the most first, each against the hours that this worker has."""
    carrying = sorted(
        (load for load in loads if load.families), key=lambda load: (-load.takes, names[load.worker])
    )
    if not carrying:
        return None
    over = sum(1 for load in carrying if load.over and load.over > 0)
    finding = (
        f"{words.count_words(over, 'worker carries', 'workers carry')} more than the week holds."
        if over
        else "Nobody carries more than the week holds, as far as it is known."
    )
    bars = [
        Bar(
            names[load.worker], half(load.takes), subject=bool(load.over and load.over > 0),
            own=None if load.has is None else half(load.has),
        )
        for load in carrying
    ]  # fmt: skip
    caption = Caption(now, len(carrying), "workers with families")
    return BarChart(
        finding=finding, bars=bars, caption=caption, heading="Worker", figure="Hours a week",
        own="Hours that the worker has for families",
    )  # fmt: skip


def distribution(values: Sequence[int], what: str, step: int, now: datetime) -> BarChart | None:
    """How many workers have how many: a bar for each step, the empty ones too. Never only a mean."""
    found = spread(values)
    if found is None:
        return None
    counts: dict[int, int] = {}
    for value in values:
        counts[value // step] = counts.get(value // step, 0) + 1
    bars = [
        Bar(f"{place * step} to {place * step + step - 1}" if step > 1 else str(place), counts.get(place, 0), place >= high)
        for high in (int(found.three_quarters) // step,)
        for place in range(max(counts) + 1)
    ]  # fmt: skip
    finding = f"Half of the workers have {found.quarter:g} to {found.three_quarters:g} {what}; one has {found.most:g}."
    caption = Caption(now, found.workers, "workers with families")
    return BarChart(
        finding=finding, bars=bars, caption=caption, heading=words.capitalised(what), figure="Workers"
    )


def distributions(loads: Sequence[Load], now: datetime) -> list[BarChart]:
    """The pictures of children and of families, side by side, of everybody who has any."""
    carrying = [load for load in loads if load.families]
    if len(carrying) < FEWEST:
        return []
    made = (
        distribution([len(load.families) for load in carrying], "families", 2, now),
        distribution([load.children for load in carrying], "children", 4, now),
    )
    return [each for each in made if each is not None]


def spread_words(loads: Sequence[Load]) -> str:
    """How unequal it is: hours, families and children, from the least to the most."""
    carrying = [load for load in loads if load.families]
    hours, families = spread(load.takes for load in carrying), spread(len(load.families) for load in carrying)
    children = spread(load.children for load in carrying)
    if hours is None or families is None or children is None:
        return "No worker has a family."
    if hours.workers < FEWEST:
        return ""
    return (
        f"Of {words.count_words(hours.workers, 'worker', 'workers')} with families one has {hours.least:.0f} hours, the "
        f"middle one {hours.middle:.0f}, one {hours.most:.0f}; families from {families.least:g} to {families.most:g} "
        f"(middle {families.middle:g}), "
        f"children from {children.least:g} to {children.most:g} (middle {children.middle:g})."
    )
