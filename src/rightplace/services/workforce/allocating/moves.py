"""Which moves between a team's workers would be worth what they cost the families: asked, worked out, picked.

A small team is worked out while one waits, a big one in the background. A person picks; what is picked becomes an
ordinary change of worker, judged as any other, and only if it still holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from django.db import transaction

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.queries import open_spans
from rightplace.domain.allocation import NOBODY, Move, Plan, Question, faults, seconds_of, worthwhile_moves
from rightplace.domain.allocation.bounds import lower_bound
from rightplace.domain.allocation.problem import problem_of
from rightplace.domain.allocation.rules import broken
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.workforce.allocating.facts import Known, known_of
from rightplace.services.workforce.models import MovesAsked
from rightplace.services.workforce.queries import team_load

AT_ONCE: Final = 900
"""Pairs of family and worker up to which one waits for the answer; above, it is worked out in the background."""
MOST_MOVES: Final = 25
FRESH: Final = timedelta(hours=24)


def team_families(actor: Actor, team: Team) -> list[list[int]]:
    """The team's families whom the actor may see, those without a worker too; each by its brothers and sisters."""
    found = team_load(team)
    visible = set(open_spans(actor).filter(team=team.pk).values_list("person", flat=True))
    held = [family for load in found.loads.values() for family in load.families]
    families = (
        [c.person for c in family.children if c.person in visible] for family in (*held, *found.waiting)
    )
    return [family for family in families if family]


def waiting_families(actor: Actor, team: Team) -> list[list[int]]:
    """The families of a team who wait for a worker, as far as the actor may see them."""
    visible = set(open_spans(actor).filter(team=team.pk, worker=0).values_list("person", flat=True))
    families = (
        [c.person for c in family.children if c.person in visible] for family in team_load(team).waiting
    )
    return [family for family in families if family]


def ask_moves(*, team: Team, by: Actor) -> MovesAsked:
    """Ask what would be worth moving. Answered at once where the team is small, else in the background."""
    require(by, "allocation.rebalance", team)
    known = known_of(by, team, team_families(by, team))
    pairs = len(known.question.groups) * len(known.question.workers)
    asked = MovesAsked.objects.create(team=team, total=MOST_MOVES, **recorded(by))
    if pairs <= AT_ONCE:
        work_out(asked, known)
    else:
        from rightplace.services.workforce.tasks import work_out_moves

        transaction.on_commit(lambda: work_out_moves.defer(number=asked.pk, membership=by.membership))
    return asked


def work_out(asked: MovesAsked, known: Known) -> None:
    """Answer it: moves one after the other, the gap to the bound before and after, and what the checker finds."""
    question = known.question

    def so_far(found: int) -> None:
        MovesAsked.objects.filter(pk=asked.pk).update(done=found)

    there = question.groups and question.workers
    moves = worthwhile_moves(question, at_most=MOST_MOVES, after_each=so_far) if there else ()
    before = _plan(question, ())
    after = _plan(question, moves)
    asked.moves = [_as_numbers(known, move) for move in moves]
    asked.gap_before, asked.gap_after = _gap(question, before), _gap(question, after)
    asked.faults = [[fault.what, fault.worker] for fault in faults(question, after)]
    asked.done, asked.finished_at = asked.total, clock.now()
    asked.save()


def _as_numbers(known: Known, move: Move) -> dict[str, Any]:
    steps = [
        {"children": list(known.persons[step.group]), "giver": max(step.giver, 0), "taker": step.taker}
        for step in move.steps
    ]
    return {"steps": steps, "seconds": move.seconds}


def _plan(question: Question, moves: Sequence[Move]) -> Plan:
    """Who would have whom after these moves, priced by the checker."""
    workers = {worker.key for worker in question.workers}
    given = {g.key: g.present if g.present in workers else NOBODY for g in question.groups}
    for move in moves:
        given |= {step.group: step.taker for step in move.steps}
    unplaced = {key: "without a worker" for key, worker in given.items() if worker == NOBODY}
    whole = {key: NOBODY if worker is None else worker for key, worker in given.items()}
    plan = Plan(given=whole, unplaced=unplaced, seconds=0, bound=0)
    seconds = seconds_of(question, plan)
    return replace(plan, seconds=seconds, bound=seconds)


def _gap(question: Question, plan: Plan) -> float | None:
    """By what share the plan lies above what none can be below; None where it holds more than the hours allow."""
    if not question.groups or not question.workers:
        return None
    problem = problem_of(question.in_order)
    bound = lower_bound(problem, plan.seconds * problem.scale).value // problem.scale
    return plan.seconds / bound - 1 if 0 < bound <= plan.seconds else None


@dataclass(frozen=True)
class Picked:
    """One move that a person picked from what was worked out."""

    asked: MovesAsked
    place: int

    @property
    def steps(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.asked.moves[self.place]["steps"]
        return found


@transaction.atomic
def make_move(*, picked: Picked, change_reason: str, reasons: str, by: Actor) -> None:
    """Do one move that a person picked: ordinary changes of worker, refused where something has changed meanwhile."""
    team = picked.asked.team
    require(by, "allocation.rebalance", team)
    require(by, "worker.allocate")
    if not reasons.strip():
        raise Refused("A change of worker has a reason.", "Say why the family gets another worker.")
    if clock.now() - picked.asked.recorded_at > FRESH:
        raise Refused("It was worked out more than a day ago.", "Work it out again.")
    _still_holds(by, team, picked)
    for step in picked.steps:
        held = dict(
            open_spans(by).filter(team=team.pk, person__in=step["children"]).values_list("person", "worker")
        )
        worth = round(picked.asked.moves[picked.place]["seconds"] / 3600, 1)
        why = (f"Moved in a rebalance of the team, worth {worth} hours a week",)
        caseflow.allocate_together(
            files={child: held[child] for child in step["children"]}, worker=step["taker"], by=by,
            reasons=reasons.strip(), change_reason=change_reason,
            suggested=caseflow.Suggested(step["taker"], why),
        )  # fmt: skip


def _still_holds(by: Actor, team: Team, picked: Picked) -> None:
    """Every family is with whom it was, and every rule still lets the taker have it."""
    for step in picked.steps:
        held = (
            open_spans(by).filter(team=team.pk, person__in=step["children"]).values_list("person", "worker")
        )
        if dict(held) != dict.fromkeys(step["children"], step["giver"]):
            raise Refused(
                "The family has another worker by now, or is not your team’s.", "Work it out again."
            )
    known = known_of(by, team, [step["children"] for step in picked.steps])
    workers = {worker.key: worker for worker in known.question.workers}
    for group, step in _paired(known, picked):
        worker = workers.get(step["taker"])
        if worker is None:
            raise Refused(
                "The worker is no longer of the team, or the hours are not known.", "Work it out again."
            )
        why = [each.words for each in broken(group, worker, known.question)]
        if why:
            raise Refused(
                f"{known.names[worker.key]} {why[0]}.", "Choose another move, or work it out again."
            )


def _paired(known: Known, picked: Picked) -> list[tuple[Any, dict[str, Any]]]:
    by_child = {child: step for step in picked.steps for child in step["children"]}
    return [(group, by_child[group.children[0].key]) for group in known.question.groups]
