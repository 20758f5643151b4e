"""Questions that were asked, and scenarios that were kept, as lines of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.foundation.access.actor import Actor
from rightplace.overview.capacity import wishes
from rightplace.overview.capacity.models import KeptScenario, Run


@dataclass(frozen=True)
class Asks:
    """One question that can be asked, as a card."""

    asks: str
    more: str
    href: str


SMALLEST = Asks("The smallest establishment that keeps …",
                "The fewest people who keep what you choose.", "")  # fmt: skip


def questions() -> list[tuple[str, list[Asks]]]:
    """The questions that are ready, by what they are about."""
    found: dict[str, list[Asks]] = {}
    for each in wishes.READY.values():
        found.setdefault(each.group, []).append(
            Asks(each.asks, each.more, reverse("capacity:ask", args=[each.slug]))
        )
    found[wishes.WORK].append(replace(SMALLEST, href=reverse("capacity:smallest")))
    return list(found.items())


SECOND: Final = re.compile(r"(?<=\.) (?=The limit of |Worst )")
"""With what the second sentence of an older answer begins, which was kept with its first."""
RUN_COLUMNS = (Column("What was asked, and what came out"), Column("Asked"), Column("How it stands"))
SCENARIO_COLUMNS = (Column("Scenario"), Column("Kept"))


@dataclass(frozen=True)
class Asked:
    """Questions as a list. How each stands has a column only while some are not finished."""

    columns: Sequence[Column]
    rows: Sequence[Row]


def asked(runs: Iterable[Run], actor: Actor) -> Asked:
    """Each question with the first sentence of its answer, who asked, and how it stands."""
    found = list(runs)
    columns = RUN_COLUMNS[: 2 if all(run.state == Run.State.DONE for run in found) else 3]
    return Asked(columns, [Row(_cells(run, actor)[: len(columns)]) for run in found])


def _cells(run: Run, actor: Actor) -> tuple[Cell, ...]:
    link = Link(run.title, reverse("capacity:answer", args=[run.pk]), _said(run))
    return link, _asked(run, actor), state(run)


def _asked(run: Run, actor: Actor) -> str:
    """When and by whom; an example was asked by nobody of ours."""
    if run.example:
        return "An example"
    asked = "by you" if run.by_id == actor.worker else f"by {run.by.name}"
    return f"{words.plain_day(run.at)}, {asked}{'' if run.shared else ', for you alone'}"


def _said(run: Run) -> str:
    """The first sentence of the answer, and whether it is of a service that is not ours.

    Of a search all of it: what it makes worse is in the second.
    """
    if not run.headline:
        return "No answer yet."
    whole = run.what == Run.What.SMALLEST
    said = run.headline if whole else SECOND.split(run.headline, maxsplit=1)[0]
    return f"An invented service, not ours: {said}" if "invented" in run.start else said


def state(run: Run) -> Tag:
    """How far it is, as a word with a shape and a colour."""
    far = f"{run.done} of {max(run.done, run.total)}"
    return {
        Run.State.WAITING: tags.still_open("waiting"),
        Run.State.RUNNING: tags.still_open(f"working, {far}"),
        Run.State.STOPPED: tags.plain(f"stopped at {far}"),
        Run.State.DONE: tags.met("finished"),
        Run.State.FAILED: tags.plain("not worked out"),
    }[Run.State(run.state)]


def scenario_rows(found: Iterable[KeptScenario]) -> list[Row]:
    return [
        Row(
            (
                Link(each.name, reverse("capacity:scenario", args=[each.pk])),
                f"{words.plain_day(each.at)}, by {each.by.name}",
            )
        )
        for each in found
    ]
