"""What is known of a team's workers and of families who need one, as the question that `domain/allocation` answers.

Figures and numbers; who may see a child is asked of the gate before a family comes here. A worker whose hours nobody
wrote down is left out and named as not known: unknown is neither full nor free (promise 4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

from django.db import connection
from django.db.models import Q

from rightplace.common.caseflow.load import Week, families_at, weeks_of
from rightplace.common.caseflow.queries import SIBLING, held_at
from rightplace.domain.allocation import Away, Group, Place, Question, Table, children_sharing, sample
from rightplace.domain.allocation import Worker as Somebody
from rightplace.domain.practice.servicemodels import service_models
from rightplace.domain.practice.workdays import from_datetime
from rightplace.domain.practice.workload import Child, Family, Weights, besides, family_hours, weights_on
from rightplace.domain.practice.workload.hours import child_hours
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.queries import particulars_of
from rightplace.foundation.organisation.establishment.tables import Particulars
from rightplace.foundation.organisation.models import Absence, AreaSquare, Team
from rightplace.foundation.organisation.places.places import square_of
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM
from rightplace.foundation.people.projections import Person
from rightplace.services.workforce.models import ConflictDeclared, FullAnswer, FullSaid
from rightplace.services.workforce.queries import carriers

REGISTERED: Final = "registration as a social worker"
STATUTORY: Final = frozenset({"assessment", "child_protection", "in_care", "court"})
"""Work that only a registered social worker may lead here: local practice, an example; a council sets its own."""
BEGINS: Final = {
    Team.Kind.FAMILY_SUPPORT: "family_support", Team.Kind.ASSESSMENT: "assessment", Team.Kind.CARE: "care",
    Team.Kind.LEAVING_CARE: "leaving_care",
}  # fmt: skip
"""What opens for a child when a team of this kind accepts; of other kinds the work goes on as it is."""
GOES_ON: Final = frozenset({"child_protection", "in_care"})
REMEMBERED: Final = timedelta(days=730)
AROUND: Final = """
SELECT 'sibling', r.person, s.worker FROM people_relation r
JOIN journal_span s ON s.person = r.other AND s.open AND s.worker <> 0 AND s.begins <= %(now)s
 AND (s.ends IS NULL OR s.ends > %(now)s)
WHERE r.person = ANY(%(asked)s) AND r.other <> 0 AND r.other <> ALL(%(asked)s) AND r.relation ~* %(sibling)s
UNION ALL
SELECT 'sibling', r.other, s.worker FROM people_relation r
JOIN journal_span s ON s.person = r.person AND s.open AND s.worker <> 0 AND s.begins <= %(now)s
 AND (s.ends IS NULL OR s.ends > %(now)s)
WHERE r.other = ANY(%(asked)s) AND r.person <> ALL(%(asked)s) AND r.relation ~* %(sibling)s
UNION ALL
SELECT 'before', e.person, e.worker FROM (
  SELECT DISTINCT ON (p.person) p.person, p.worker FROM journal_span p
  WHERE p.person = ANY(%(asked)s) AND p.worker <> 0 AND p.ends <= %(now)s AND p.ends > %(since)s
  ORDER BY p.person, p.ends DESC) e
"""


@cache
def table_of_suggestions() -> Table:
    """The sample table, but that a first year's protected time is not taken off twice: the hours leave it out already."""
    own = sample()
    return replace(own, rules=replace(own.rules, newly_qualified_percent=100))


@dataclass(frozen=True)
class Known:
    """The question, whose numbers they are, and what is not known and therefore not in it."""

    question: Question
    names: Mapping[int, str]
    persons: Mapping[int, tuple[int, ...]]
    """The children of each group."""
    without_hours: tuple[int, ...] = ()
    not_known: tuple[str, ...] = ()
    holds: Mapping[int, int] = field(default_factory=dict)
    """How many families each worker holds that are not asked about."""


def known_of(
    actor: Actor,
    team: Team,
    families: Sequence[Sequence[int]],
    *,
    now: datetime | None = None,
    helps: Collection[str] = (),
) -> Known:
    """What is known for these families of one team, each a few children. Eleven queries, however many there are."""
    now = now or clock.now()
    today, asked = clock.today(), frozenset(person for each in families for person in each)
    names = {
        row.worker_id: row.worker.name for row in carriers(today, team.pk) if row.role not in MANAGES_A_TEAM
    }
    held, arriving = _held(asked, now, team)
    found = families_at(now, {*names, *held.values()} - {0}, waiting_in=team.pk, asked=arriving)
    table = weights_on(today)
    if table is None:
        return Known(Question(today.toordinal(), (), (), table_of_suggestions()), names, {})
    reading = _Reading(actor, team, table, now, found, names, asked, held)
    reading.children |= {
        person: as_arriving(reading.children[person], team, now)
        for person in arriving & reading.children.keys()
    }
    groups = reading.groups(families, helps)
    workers, without = reading.workers()
    question = Question(today.toordinal(), groups, workers, table_of_suggestions())
    return Known(
        question, names, {group.key: tuple(child.key for child in group.children) for group in groups}, without,
        tuple(reading.not_known()), {worker: len(found.get(worker, ())) for worker in names},
    )  # fmt: skip


def _held(asked: Collection[int], now: datetime, team: Team) -> tuple[dict[int, int], set[int]]:
    """Who of the team has each of these children now, 0 for nobody; and those whom another team still answers for."""
    rows = Span.objects.filter(held_at(now), open=True, person__in=list(asked))
    found = list(rows.values_list("person", "worker", "team"))
    own = {person: worker if at == team.pk else 0 for person, worker, at in found}
    return own, {person for person, _, at in found if at != team.pk}


def as_arriving(child: Child, team: Team, now: datetime) -> Child:
    """A child whom another team offers, as the work that begins when this team accepts."""
    begins = BEGINS.get(Team.Kind(team.kind))
    if begins is None or child.part in GOES_ON:
        return child
    parts = service_models().parts(from_datetime(now), "", (begins,))
    return replace(child, part=parts[0] if parts else child.part, weeks=0)


class _Reading:
    """The facts of one team, each kind asked once."""

    def __init__(
        self, actor: Actor, team: Team, table: Weights, now: datetime, found: Mapping[int, tuple[Family, ...]],
        names: Mapping[int, str], asked: frozenset[int], held: Mapping[int, int],
    ) -> None:  # fmt: skip
        self.team, self.table, self.now, self.today = team, table, now, clock.today()
        self.found, self.names, self.asked, self.held = found, names, asked, held
        self.children = {c.person: c for each in found.values() for family in each for c in family.children}
        persons = scope(actor, Person).filter(person__in=list(self.children))
        self.homes = {row[0]: row[1:] for row in persons.values_list("person", "postcode", "language")}
        self.brings = particulars_of(names, self.today)
        self.siblings, self.before = self._around()
        rows = ConflictDeclared.objects.filter(person__in=list(asked), ended_at=None)
        self.conflicts = list(rows.values_list("person", "worker_id"))
        self.full = full_now(names, self.today)

    def _around(self) -> tuple[dict[int, set[int]], dict[int, int]]:
        siblings: dict[int, set[int]] = {}
        before: dict[int, int] = {}
        values: dict[str, Any] = {
            "asked": list(self.asked), "now": self.now, "since": self.now - REMEMBERED, "sibling": SIBLING,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(AROUND, values)
            for what, person, worker in cursor.fetchall():
                if what == "sibling":
                    siblings.setdefault(person, set()).add(worker)
                else:
                    before[person] = worker
        return siblings, before

    def groups(self, families: Sequence[Sequence[int]], helps: Collection[str]) -> tuple[Group, ...]:
        return tuple(
            self._group([self.children[person] for person in each if person in self.children], helps)
            for each in families
            if any(person in self.children for person in each)
        )

    def _group(self, children: Sequence[Child], helps: Collection[str]) -> Group:
        persons = {child.person for child in children}
        hours = [(c.person, self._work(c), child_hours(self.table, c)) for c in children]
        works = {work for _, work, _ in hours}
        return Group(
            key=min(persons),
            children=children_sharing(hours, self.table.each_more_child),
            must=frozenset({REGISTERED}) if works & STATUTORY else frozenset(),
            better=frozenset(helps),
            language=next((lang for p in sorted(persons) if (lang := self._language(p))), ""),
            place=next((place for p in sorted(persons) if (place := self._home(p))), None),
            conflicts=frozenset(worker for person, worker in self.conflicts if person in persons),
            present=self._present(sorted(persons)),
            siblings_with=frozenset(w for person in persons for w in self.siblings.get(person, ())),
        )

    def _work(self, child: Child) -> str:
        return "court" if child.legal in self.table.court_legal else child.part

    def _language(self, person: int) -> str:
        said = str(self.homes.get(person, ("", ""))[1]).strip().title()
        return "" if said == "English" else said

    def _home(self, person: int) -> Place | None:
        return place_of(str(self.homes.get(person, ("", ""))[0]))

    def _present(self, persons: Sequence[int]) -> int | None:
        """The worker whom the family has; without one the last whom it had, if still there and not full."""
        now = next((self.held[p] for p in persons if self.held.get(p)), None)
        if now is not None:
            return now
        last = next((self.before[p] for p in persons if p in self.before), None)
        return last if last in self.names and last not in self.full else None

    def workers(self) -> tuple[tuple[Somebody, ...], tuple[int, ...]]:
        """Those whose hours are known, and the numbers of those whose hours are not."""
        weeks, away = weeks_of(self.names, self.today), absences(self.names, self.today)
        middle = _middle_of_area(self.team)
        made, without = [], []
        for worker in self.names:
            week = weeks[worker]
            if week.hours is None:
                without.append(worker)
                continue
            brings = self.brings.get(worker)
            made.append(
                Somebody(
                    key=worker,
                    minutes=usual_minutes(self.table, week, week.hours),
                    load=round(self._load(worker) * 60),
                    newly_qualified=week.newly_qualified,
                    skills=self._skills(brings),
                    languages=frozenset(
                        {"English", *(each.title() for each in brings.languages)} if brings else {"English"}
                    ),
                    place=self._round(worker) or middle,
                    full=worker in self.full,
                    away=tuple(away.get(worker, ())),
                )
            )
        return tuple(made), tuple(without)

    def _load(self, worker: int) -> float:
        """The hours of the families held, without the children who are asked about."""
        hours = 0.0
        for family in self.found.get(worker, ()):
            left = [child for child in family.children if child.person not in self.asked]
            hours += family.hours if len(left) == len(family.children) else family_hours(self.table, left)
        return hours

    def _skills(self, brings: Particulars | None) -> frozenset[str]:
        """What is known; that nobody wrote anything down is not that there is no registration (it is said beside)."""
        if brings is None:
            return frozenset({REGISTERED})
        until = brings.registered_until
        registered = brings.registered and (until is None or until >= self.today)
        return frozenset({*brings.skills, *({REGISTERED} if registered else ())})

    def _round(self, worker: int) -> Place | None:
        """The middle of where the worker's families live."""
        homes = (
            self._home(child.person)
            for family in self.found.get(worker, ())
            for child in family.children
            if child.person not in self.asked
        )
        return middle_of([each for each in homes if each is not None])

    def not_known(self) -> Iterable[str]:
        """What is not known and would change the answer."""
        unsaid = sorted(name for worker, name in self.names.items() if worker not in self.brings)
        if unsaid:
            yield f"skills, languages and registration of {', '.join(unsaid)}; registration is taken as held."
        unplaced = [person for person in self.asked if person in self.children and self._home(person) is None]
        if unplaced:
            yield "where the family lives, or the address is protected; five kilometres are taken for everybody."


def usual_minutes(table: Weights, week: Week, hours: float) -> int:
    """A worker's minutes for families in a week without a day away."""
    taken = besides(
        table,
        hours,
        present=1.0,
        supervises=week.supervises,
        newly_qualified=week.newly_qualified,
        leads=week.leads,
    )
    return round(max(hours - taken.all, 0.0) * 60)


def free_minutes(minutes: int, load: int) -> int:
    """What of them no family takes."""
    return max(minutes - load, 0)


def full_now(workers: Iterable[int], today: date) -> frozenset[int]:
    """Who said to be full and waits for an answer, or has an arrangement that still holds."""
    stands = Q(answered_at=None) | Q(answer__kind=FullAnswer.Kind.ARRANGEMENT, answer__until__gte=today)
    rows = FullSaid.objects.filter(stands, worker__in=list(workers), taken_back_at=None)
    return frozenset(rows.values_list("worker_id", flat=True))


def absences(workers: Iterable[int], today: date) -> dict[int, list[Away]]:
    """Days away now and as far ahead as counts."""
    ahead = today + timedelta(days=table_of_suggestions().rules.ahead_days)
    rows = Absence.objects.filter(worker__in=list(workers), begins__lte=ahead).exclude(ends__lte=today)
    found: dict[int, list[Away]] = {}
    for worker, begins, ends in rows.order_by("begins", "id").values_list("worker_id", "begins", "ends"):
        last = ends.toordinal() - 1 if ends is not None else None
        found.setdefault(worker, []).append(Away(begins.toordinal(), last))
    return found


def place_of(postcode: str) -> Place | None:
    """The middle of a postcode's square kilometre; None where it is not the city's or not known."""
    square = square_of(postcode) if postcode else None
    return Place(square[0] * 1000 + 500, square[1] * 1000 + 500) if square else None


def middle_of(places: Sequence[Place]) -> Place | None:
    if not places:
        return None
    return Place(sum(p.east for p in places) // len(places), sum(p.north for p in places) // len(places))


def _middle_of_area(team: Team) -> Place | None:
    """The middle of the team's area, for a worker who has no family yet."""
    if team.area_id is None:
        return None
    squares = AreaSquare.objects.filter(area_id=team.area_id).values_list("east", "north")
    return middle_of([Place(east * 1000 + 500, north * 1000 + 500) for east, north in squares])
