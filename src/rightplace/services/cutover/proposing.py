"""Which worker of the new team is proposed for each family, and why. A person decides.

A worker who moves along keeps the families; brothers and sisters stay together; hours are not overfilled. Large plans
are worked out by the whole city's search where it is installed, small ones exactly in plain Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.util import find_spec
from typing import Final

from rightplace.common.caseflow.load import families_at, loads_from, weeks_of
from rightplace.domain.allocation import NOBODY, Away, Child, Group, Place, Plan, Question, Worker
from rightplace.domain.allocation.costs import costs
from rightplace.domain.allocation.problem import MOST_GROUPS
from rightplace.domain.allocation.rules import nobody_words
from rightplace.domain.allocation.suggesting import suggest
from rightplace.domain.allocation.words import hours_words
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Particulars
from rightplace.foundation.organisation.models import Absence, Membership
from rightplace.foundation.organisation.queries import holding, members
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM
from rightplace.services.cutover.grouping import OpenFamily

FULL_WEEK: Final = 37 * 60
HOURS_UNKNOWN: Final = "the worker’s hours are not written down; a full week is taken"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The worker proposed for a family, or nobody, and the reasons in our words."""

    worker: int
    reasons: tuple[str, ...]


def carriers(team: int, on: date) -> list[Membership]:
    """Who of a team carries families on a day: its members, but not its managers unless there is nobody else."""
    found = list(members(team, on))
    return [row for row in found if row.role not in MANAGES_A_TEAM] or found


def proposals(team: int, families: Sequence[OpenFamily], on: date) -> dict[int, Proposal]:
    """For each family that goes to a team, by its number: the worker and why, or why nobody."""
    workers, unknown = _workers(team, families, on)
    if not workers:
        return {
            each.number: Proposal(0, ("Nobody is in the new team on the first day.",)) for each in families
        }
    keys = {worker.key for worker in workers}
    groups = [_group(each, keys) for each in families]
    given: dict[int, Proposal] = {}
    for part in _parts(groups):
        question = Question(on.toordinal(), tuple(part), tuple(workers))
        plan = planned(question)
        for group in part:
            given[group.key] = _proposal(group, plan, question, unknown)
        workers = _filled(workers, part, plan)
    return given


def planned(question: Question) -> Plan:
    """The best plan that can be found here: the city's search where it is installed, else the exact one."""
    if len(question.groups) > MOST_GROUPS and find_spec("numba") and find_spec("scipy"):
        from rightplace.domain.allocation.rebalancing import rebalance

        return rebalance(question)
    return suggest(question).plan


def _parts(groups: Sequence[Group]) -> Iterable[Sequence[Group]]:
    """All at once where the search is installed; else so many at a time as the exact one takes, who keeps first."""
    ordered = sorted(groups, key=lambda group: (group.present is None, -group.minutes, group.key))
    step = len(ordered) if find_spec("numba") and find_spec("scipy") else MOST_GROUPS
    return [ordered[start : start + step] for start in range(0, len(ordered), max(step, 1))]


def _filled(workers: Sequence[Worker], part: Sequence[Group], plan: Plan) -> list[Worker]:
    more: dict[int, int] = {}
    for group in part:
        key = plan.given[group.key]
        more[key] = more.get(key, 0) + group.minutes
    return [replace(each, load=each.load + more.get(each.key, 0)) for each in workers]


def _group(family: OpenFamily, keys: set[int]) -> Group:
    children = tuple(
        Child(child.person, minutes, child.part)
        for child, minutes in zip(family.children, family.minutes, strict=True)
    )
    place = next((Place(*child.place) for child in family.children if child.place), None)
    return Group(
        key=family.number, children=children, place=place,
        language=next((child.language for child in family.children if child.language), ""),
        present=family.worker if family.worker in keys else None,
        siblings_with=family.siblings_with & keys, supported=True,
    )  # fmt: skip


def _workers(team: int, families: Sequence[OpenFamily], on: date) -> tuple[list[Worker], set[int]]:
    """The workers of the new team, their load without the families asked about; and whose hours nobody knows."""
    ids = [row.worker_id for row in carriers(team, on)]
    if not ids:
        return [], set()
    asked = {child.person for family in families for child in family.children}
    held = {
        worker: tuple(each for each in own if not {child.person for child in each.children} & asked)
        for worker, own in families_at(clock.now(), ids).items()
    }
    carried, weeks = loads_from(ids, held, on), weeks_of(ids, on)
    brings = {row.worker_id: row for row in Particulars.objects.filter(holding(on), worker__in=ids)}
    away: dict[int, list[Away]] = {}
    for row in Absence.objects.filter(holding(on), worker__in=ids):
        last = row.ends.toordinal() - 1 if row.ends else None
        away.setdefault(row.worker_id, []).append(Away(row.begins.toordinal(), last))
    unknown = {worker for worker in ids if carried[worker].has is None}
    found = [
        Worker(
            key=worker, minutes=FULL_WEEK if worker in unknown else round((carried[worker].has or 0) * 60),
            load=round(carried[worker].takes * 60), newly_qualified=weeks[worker].newly_qualified,
            skills=frozenset(brings[worker].skills) if worker in brings else frozenset(),
            languages=frozenset({"English", *(brings[worker].languages if worker in brings else ())}),
            away=tuple(away.get(worker, ())),
        )
        for worker in dict.fromkeys(ids)
    ]  # fmt: skip
    return found, unknown


def _proposal(group: Group, plan: Plan, question: Question, unknown: set[int]) -> Proposal:
    key = plan.given[group.key]
    if key == NOBODY:
        why = plan.unplaced.get(group.key) or nobody_words(group, question, {})
        return Proposal(0, (f"{why[:1].upper()}{why[1:]}.",))
    worker = next(each for each in question.workers if each.key == key)
    said = ["The family keeps its worker"] if group.present == key else []
    if key in group.siblings_with:
        said.append("a brother or sister is with this worker")
    said += [
        cost.words for cost in costs(group, worker, question)
        if cost.name != "travel" or (group.place is not None and worker.place is not None)
    ]  # fmt: skip
    if key in unknown:
        said.append(HOURS_UNKNOWN)
    said.append(f"takes {hours_words(group.minutes)} a week")
    return Proposal(key, tuple(f"{each[:1].upper()}{each[1:]}." for each in said))


def minutes_of(families: Mapping[int, OpenFamily]) -> dict[int, int]:
    """The minutes of a week that each family takes."""
    return {number: sum(family.minutes) for number, family in families.items()}
