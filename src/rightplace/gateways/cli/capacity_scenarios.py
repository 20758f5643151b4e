"""`rightplace capacity run`, `compare` and `search`: what happens if, asked of the capacity model in TOML."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rightplace.gateways.cli.capacity import group
from rightplace.gateways.cli.capacity_found import found_in_words
from rightplace.gateways.cli.capacity_pictures import said
from rightplace.gateways.cli.room import AsJson, DoesNotHold, UsedWrongly, answer, progress

if TYPE_CHECKING:
    from rightplace.domain.simulation.parameters import Parameters
    from rightplace.domain.simulation.scenarios.answer import Answer
    from rightplace.domain.simulation.scenarios.asking import Question
    from rightplace.domain.simulation.scenarios.batches import Batch
    from rightplace.domain.simulation.scenarios.scenario import Scenario

PROMISES = "decision, assessment, conference, review, visit, supervision, unallocated, workload"
NEEDED = ("numpy", "numba")
A_BATCH = 4
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A scenario in TOML.")]
Seed = Annotated[int, typer.Option(min=0, help="Which luck.")]
Threads = Annotated[int, typer.Option(min=1, max=64, help="Threads of this machine.")]
Futures = Annotated[int, typer.Option("--futures", min=1, max=2_000, help="How many futures are simulated.")]
Places = Annotated[
    list[str] | None, typer.Option("--where", help="A team, an area or a kind of team to look at, too.")
]
Hangs = Annotated[
    int,
    typer.Option(
        "--hangs-on",
        min=0,
        max=50,
        help="Rounds over all assumptions, to find what the answer hangs on; 0 leaves it out.",
    ),
]
Cluster = Annotated[
    str,
    typer.Option(
        "--cluster",
        help="Simulate on the machines of a Dask scheduler, such as tcp://10.0.0.1:8786; needs rightplace[cluster]. "
        "What it hangs on is looked into here.",
    ),
]


@group.command()
def run(
    file: File,
    futures: Futures = 40,
    seed: Seed = 1,
    threads: Threads = 2,
    where: Places = None,
    hangs_on: Hangs = 2,
    cluster: Cluster = "",
    as_json: AsJson = False,
) -> None:
    """Simulate one scenario against its promises."""
    _told([file], futures, seed, threads, where, hangs_on, cluster, as_json)


@group.command()
def compare(
    base: File,
    others: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="What is held against it.")
    ],
    futures: Futures = 40,
    seed: Seed = 1,
    threads: Threads = 2,
    where: Places = None,
    hangs_on: Hangs = 2,
    cluster: Cluster = "",
    as_json: AsJson = False,
) -> None:
    """Hold scenarios against the first one, in futures that share their luck."""
    _told([base, *others], futures, seed, threads, where, hangs_on, cluster, as_json)


@group.command()
def search(
    file: File,
    keep: Annotated[list[str], typer.Option("--keep", help=f"A promise to keep: {PROMISES}.")],
    where: Annotated[str, typer.Option(help="A team, an area or a kind of team.")] = "all",
    chance: Annotated[
        float, typer.Option(min=0.05, max=0.99, help="In which share of futures all are kept.")
    ] = 0.8,
    futures: Futures = 40,
    seed: Seed = 1,
    threads: Threads = 2,
    at_most: Annotated[int, typer.Option(min=1, help="Establishments that are looked at.")] = 120,
    who: Annotated[
        str, typer.Option(help="Who may be more or fewer: workers, managers or both.")
    ] = "workers",
    check: Annotated[
        int,
        typer.Option(
            min=0, max=2_000, help="Futures of other luck that bear the answer out; 0 leaves it out."
        ),
    ] = 200,
    hangs_on: Hangs = 2,
    as_json: AsJson = False,
) -> None:
    """Find the smallest establishment that keeps promises; where none does, name what blocks."""
    _extra((*NEEDED, "SALib") if hangs_on else NEEDED)
    from rightplace.domain.simulation.scenarios.finding import Found
    from rightplace.domain.simulation.scenarios.scenario import CannotBe
    from rightplace.domain.simulation.scenarios.searching import smallest

    question = _question([file], seed, None)
    with progress() as bar:
        task = bar.add_task("Searching", total=at_most)
        try:
            for each in smallest(
                question,
                keep,
                where,
                chance,
                futures,
                threads,
                at_most,
                who=who,
                checked=check,
                hangs_on=hangs_on,
            ):
                if isinstance(each, Found):
                    found = each
                else:
                    bar.update(
                        task, completed=each.done, total=max(at_most, each.done), description=each.said
                    )
        except CannotBe as why:
            raise UsedWrongly(str(why)) from why
    answer(_builtins(found), as_json, found_in_words(found))


def _told(
    files: list[Path],
    futures: int,
    seed: int,
    threads: int,
    where: list[str] | None,
    hangs_on: int,
    cluster: str,
    as_json: bool,
) -> None:
    """The answer to a question of one scenario or several."""
    _extra((*NEEDED, "SALib") if hangs_on else NEEDED)
    question = _question(files, seed, where)
    found = _answered(question, futures, threads, cluster)
    if hangs_on:
        found = _hanging(question, found, hangs_on, threads)
    answer(json.loads(found.to_json()), as_json, said(found))


def _answered(question: Question, futures: int, threads: int, cluster: str) -> Answer:
    from rightplace.domain.simulation.scenarios.answering import answer as answered
    from rightplace.domain.simulation.scenarios.batches import Gathered

    gathered, began = Gathered.of(question), time.perf_counter()
    with progress() as bar:
        task = bar.add_task("Simulating", total=futures * len(question.scenarios))
        for batch in _batches(
            question, futures, threads, cluster, lambda done, _: bar.update(task, completed=done)
        ):
            first = not gathered.replicates
            gathered.add(batch)
            if first:
                answered(gathered)
                took = time.perf_counter() - began
                typer.echo(f"First answer, from {gathered.replicates} futures: {took:.1f} seconds.", err=True)
    return answered(gathered)


def _batches(
    question: Question, futures: int, threads: int, cluster: str, each: Callable[[int, int], None]
) -> Iterator[Batch]:
    """Here, or on the machines of a cluster."""
    from rightplace.domain.simulation.cluster import cluster_at
    from rightplace.domain.simulation.parameters import ImpossibleScenario
    from rightplace.domain.simulation.scenarios.batches import steps
    from rightplace.domain.simulation.scenarios.spreading import steps_on

    if not cluster:
        yield from steps(question, futures, A_BATCH, threads, each=each)
        return
    try:
        with cluster_at(cluster) as machines:
            yield from steps_on(machines, question, futures, each)
    except ImpossibleScenario as why:
        raise DoesNotHold(f"{why}.") from why


def _hanging(question: Question, found: Answer, rounds: int, threads: int) -> Answer:
    from rightplace.domain.simulation.scenarios.finding import Hanging
    from rightplace.domain.simulation.scenarios.hanging import sensitivity
    from rightplace.overview.capacity.presenters.headlines import hangs_on_code
    from rightplace.overview.capacity.presenters.surely import focus

    code, place = hangs_on_code(found), focus(found)
    with progress() as bar:
        task = bar.add_task("What it hangs on", total=None)
        for each in sensitivity(question, code, place, rounds, threads=threads):
            if isinstance(each, Hanging):
                found = found.with_hanging(each.hangs_on, each.sentence)
            else:
                bar.update(task, completed=each.done, total=each.at_most)
    return found


def _read(file: Path, given: Parameters | None = None, filled: Mapping[str, int] | None = None) -> Scenario:
    from rightplace.domain.simulation.scenarios.reading import read
    from rightplace.domain.simulation.scenarios.scenario import CannotBe

    try:
        return read(file.read_text(encoding="utf-8-sig"), given, filled)
    except UnicodeDecodeError as why:
        raise UsedWrongly(f"{file}: it is not UTF-8 text") from why
    except CannotBe as why:
        raise UsedWrongly(f"{file}: {why}") from why


def _question(files: list[Path], seed: int, where: list[str] | None) -> Question:
    """Every file is read against the service of the first one, so that what it refuses has its line."""
    from rightplace.domain.simulation.scenarios.asking import Question, brought, filled
    from rightplace.domain.simulation.scenarios.scenario import CannotBe

    base = _read(files[0])
    try:
        given, census = brought(base)
    except CannotBe as why:
        raise UsedWrongly(f"{files[0]}: {why}") from why
    scenarios = [_read(file, given, filled(census, given.structure)) for file in files]
    try:
        return Question(given, census, base, tuple(scenarios[1:]), seed, tuple(where or ()))
    except CannotBe as why:
        raise UsedWrongly(str(why)) from why


def _extra(needed: tuple[str, ...]) -> None:
    missing = sorted(name for name in needed if not find_spec(name))
    if missing:
        raise DoesNotHold(f"This needs {', '.join(missing)}: install rightplace[capacity].")


def _builtins(found: Any) -> dict[str, Any]:
    import msgspec

    told: dict[str, Any] = msgspec.to_builtins(found)
    return told
