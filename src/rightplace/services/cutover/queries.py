"""What the pages of a cut-over ask: counts by state, flows between teams, families with their names. All scoped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Func, IntegerField, Q, QuerySet, Sum

from rightplace.common.caseflow.queries import birth_order
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.queries import members
from rightplace.foundation.people.projections import Person
from rightplace.services.cutover.flows import Flow
from rightplace.services.cutover.models import Cutover, FamilyMove

State = FamilyMove.State
SIZE = Func(F("children"), function="cardinality", output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Counts:
    """Families and children of a cut-over by how far they are."""

    families: Mapping[str, int] = field(default_factory=dict)
    children: Mapping[str, int] = field(default_factory=dict)

    def of(self, *states: str) -> int:
        return sum(self.families.get(state, 0) for state in states)

    def children_of(self, *states: str) -> int:
        return sum(self.children.get(state, 0) for state in states)


def counts(rows: QuerySet[FamilyMove]) -> Counts:
    """How many families and children stand where."""
    found = list(rows.order_by().values_list("state").annotate(families=Count("id"), children=Sum(SIZE)))
    return Counts({s: f for s, f, _ in found}, {s: c or 0 for s, _, c in found})


def counts_by_cutover(found: Iterable[Cutover]) -> dict[int, Counts]:
    """The same of several cut-overs, in one question."""
    families: dict[int, dict[str, int]] = defaultdict(dict)
    for cutover, state, number in (
        FamilyMove.objects.filter(cutover__in=[each.pk for each in found])
        .order_by()
        .values_list("cutover", "state")
        .annotate(n=Count("id"))
    ):
        families[cutover][state] = number
    return {cutover: Counts(states) for cutover, states in families.items()}


def flows(rows: QuerySet[FamilyMove]) -> list[Flow]:
    """How many go from each old team to each new one; without a team they go nowhere yet."""
    found = (
        rows.exclude(state=State.GONE)
        .order_by("from_team__name", "to_team__name")
        .values_list("from_team__name", "to_team__name")
        .annotate(n=Count("id"), c=Sum(SIZE), m=Sum(SIZE, filter=Q(state=State.MOVED)))
    )
    return [Flow(before, after or "No team yet", n, c or 0, m or 0) for before, after, n, c, m in found]


def cutovers(actor: Actor) -> QuerySet[Cutover]:
    """The cut-overs that the reader may see, the next first day first."""
    return scope(actor, Cutover).select_related("programme").order_by("first_day", "id")


def families(actor: Actor) -> QuerySet[FamilyMove]:
    """The families that the reader may see, with teams and worker at hand."""
    return (
        scope(actor, FamilyMove)
        .select_related(
            "cutover__programme", "from_team", "to_team", "worker", "offered_by", "accepted_by__worker"
        )
        .order_by("id")
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A family of the plan with the children whom the reader may see, the eldest first, and the worker before."""

    row: FamilyMove
    people: Sequence[Person]
    before: str

    @property
    def hidden(self) -> int:
        return len(self.row.children) - len(self.people)


def named(actor: Actor, rows: Iterable[FamilyMove]) -> list[Named]:
    """Families with the names that the reader may read. Two questions, however many there are."""
    found = list(rows)
    persons = [child for row in found for child in row.children]
    people = {each.person: each for each in scope(actor, Person).filter(person__in=persons)}
    workers = dict(
        Worker.objects.filter(pk__in=[row.before_worker for row in found]).values_list("pk", "name")
    )
    return [
        Named(
            row,
            sorted((people[child] for child in row.children if child in people), key=birth_order),
            workers.get(row.before_worker, ""),
        )
        for row in found
    ]


def files_of(rows: Iterable[Named]) -> list[int]:
    """The children whom a page shows by name: their reading is recorded."""
    return sorted({each.person for row in rows for each in row.people})


@dataclass(frozen=True, slots=True)
class Batch:
    """The families of one old team that come to the reader's own team."""

    cutover: Cutover
    team: Team
    counted: Counts


def batches(actor: Actor) -> list[Batch]:
    """What comes to the reader's own team, by the team that it comes from."""
    rows = families(actor).filter(to_team=actor.team).exclude(state__in=(State.GONE, State.ASIDE))
    found: dict[tuple[int, int], list[FamilyMove]] = defaultdict(list)
    for row in rows:
        found[row.cutover_id, row.from_team_id].append(row)
    return [Batch(own[0].cutover, own[0].from_team, _counted(own)) for own in found.values()]


def _counted(rows: Sequence[FamilyMove]) -> Counts:
    families: dict[str, int] = defaultdict(int)
    children: dict[str, int] = defaultdict(int)
    for row in rows:
        families[row.state] += 1
        children[row.state] += len(row.children)
    return Counts(families, children)


def workers_of(team: int, on: date) -> list[tuple[int, str]]:
    """Who of a team may be given a family on the first day."""
    return list(
        members(team, on).order_by("worker__name").values_list("worker_id", "worker__name").distinct()
    )
