"""`rightplace cutover rehearse|run|progress`: a cut-over from the command line, in batches that go on where they stopped."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rightplace.gateways.cli.room import AsJson, DoesNotHold, UsedWrongly, answer, open_room

if TYPE_CHECKING:
    from rightplace.foundation.access.actor import Actor
    from rightplace.services.cutover.models import Cutover

Number = Annotated[int, typer.Argument(help="The cut-over’s number, as its address has it.")]
Seconds = Annotated[
    float, typer.Option("--seconds", min=0, help="Stop after so many seconds; go on with the next run.")
]
As = Annotated[
    int, typer.Option("--as", help="The membership of whoever rehearses: a head of service or the director.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="The cut-over from old teams to new ones.")
    group.command("rehearse")(rehearse)
    group.command("run")(run)
    group.command("progress")(progress_of)
    app.add_typer(group, name="cutover")


def rehearse(number: Number, membership: As, as_json: AsJson = False) -> None:
    """Move every family of the plan and take it back; say what it showed."""
    with open_room():
        from rightplace.services.cutover import rehearsing

        cutover, by = _found(number), _somebody(membership)
        held = rehearsing.rehearse(rehearsing.ask_for_rehearsal(cutover=cutover, by=by), by)
        told = {
            "succeeded": held.succeeded, "families": held.families, "children": held.children,
            "instants": held.instants, "timescales": held.timescales, "seconds": held.seconds,
            "families_a_second": _a_second(held.families, held.seconds),
            "missing": held.missing, "refusals": held.refusals, "besides": held.moved_besides, "digest": held.digest,
        }  # fmt: skip
    said = f"{held.families} families with {held.children} children moved and moved back in {held.seconds} seconds, "
    said += f"{_a_second(held.families, held.seconds):g} families a second; "
    answer(
        told, as_json, said + ("every one of them." if held.succeeded else f"{len(held.refusals)} refused.")
    )
    if not held.succeeded:
        raise typer.Exit(1)


def run(number: Number, seconds: Seconds = 3_600, as_json: AsJson = False) -> None:
    """Move what is accepted, until it is done, time is up or somebody stops it. It may be killed and run again."""
    with open_room():
        from rightplace.services.cutover import running

        cutover = _found(number)
        if not running.is_due(cutover):
            raise DoesNotHold(
                "The run has not begun, is stopped or finished, or its first day has not come: begin it on its page."
            )
        began = time.perf_counter()
        ran = running.run_batch(cutover, seconds=seconds)
        took = round(time.perf_counter() - began, 2)
        told = {
            "families": ran.families, "children": ran.children, "refused": ran.refused, "left": ran.left,
            "seconds": took, "families_a_second": _a_second(ran.families, took),
        }  # fmt: skip
    answer(
        told, as_json,
        f"{ran.families} families with {ran.children} children moved, {ran.refused} refused, {ran.left} left; "
        f"{told['families_a_second']:g} families a second.",
    )  # fmt: skip


def progress_of(number: Number, as_json: AsJson = False) -> None:
    """How far a cut-over is: families by state."""
    with open_room():
        from rightplace.services.cutover.queries import counts

        cutover = _found(number)
        told: dict[str, Any] = dict(counts(cutover.families.all()).families)
        told["finished"] = cutover.finished_at
    said = ", ".join(f"{n} {state.replace('_', ' ')}" for state, n in told.items() if state != "finished")
    answer(told, as_json, said or "There is no plan yet.")


def _a_second(families: int, seconds: float) -> float:
    """How many families a second."""
    return round(families / max(seconds, 0.01), 1)


def _found(number: int) -> Cutover:
    from rightplace.services.cutover.models import Cutover

    found = Cutover.objects.filter(pk=number).first()
    if found is None:
        raise UsedWrongly(f"There is no cut-over {number}.")
    return found


def _somebody(membership: int) -> Actor:
    from rightplace.foundation.access.actor import actor_of
    from rightplace.foundation.access.scope import may
    from rightplace.foundation.organisation import clock
    from rightplace.foundation.organisation.models import Membership
    from rightplace.foundation.organisation.queries import holding

    rows = Membership.objects.filter(holding(clock.today()), pk=membership).select_related("worker", "team")
    found = rows.first()
    if found is None or not may(actor_of(found), "cutover.run"):
        raise UsedWrongly("That membership may not run a cut-over.")
    return actor_of(found)
