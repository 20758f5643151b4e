"""Questions that were asked, and scenarios that were kept, as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Link, Row
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
                "The fewest people with whom the promises that you choose are still kept.", "")  # fmt: skip


def questions() -> list[tuple[str, list[Asks]]]:
    """The questions that are ready, by what they are about."""
    found: dict[str, list[Asks]] = {}
    for each in wishes.READY.values():
        found.setdefault(each.group, []).append(
            Asks(each.asks, each.more, reverse("capacity:ask", args=[each.slug]))
        )
    found[wishes.WORK].append(replace(SMALLEST, href=reverse("capacity:smallest")))
    return list(found.items())


RUN_COLUMNS = (Column("What was asked, and what came out"), Column("Asked"), Column("How it stands"))
SCENARIO_COLUMNS = (Column("Scenario"), Column("Kept"))


def run_rows(runs: Iterable[Run], actor: Actor) -> list[Row]:
    return [run_row(run, actor) for run in runs]


def run_row(run: Run, actor: Actor) -> Row:
    """The question with the first sentence of its answer; who asked; whether it is finished."""
    return Row(
        (
            Link(run.title, reverse("capacity:answer", args=[run.pk]), _said(run)),
            _asked(run, actor),
            state(run),
        )
    )


def _asked(run: Run, actor: Actor) -> str:
    """When and by whom; an example was asked by nobody of ours."""
    if run.example:
        return "An example"
    asked = "by you" if run.by_id == actor.worker else f"by {run.by.name}"
    return f"{words.plain_day(run.at)}, {asked}{'' if run.shared else ', for you alone'}"


def _said(run: Run) -> str:
    """The first sentences of the answer, and whether it is of a service that is not ours."""
    said = run.headline or "No answer yet."
    if run.example:
        return f"An example, of an invented service and not ours: {said}"
    return f"An invented service, not ours: {said}" if "invented" in run.start and run.headline else said


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
