"""Children as every hand-over shows them: who, where in the system, who has them, who may be the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery

from rightplace.common.caseflow.queries import held_at
from rightplace.common.web import tags, words
from rightplace.common.web.frame import story_address
from rightplace.common.web.pieces import Identity
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.models import File
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.people.projections import Duplicate, Person
from rightplace.foundation.people.queries import age_of

RESTRICTED = "A child whose file is restricted"


@dataclass(frozen=True)
class ChildKnown:
    """One child behind a file. `person` is None for a child whom the reader may not see."""

    file: int
    number: int
    person: Person | None
    age: str
    span: Span | None
    team: Team | None
    worker: str
    manager: str
    duplicates: tuple[Duplicate, ...]
    """Of whom nobody has said yet whether they are the same child."""
    said_same: tuple[Duplicate, ...] = ()
    """Of whom somebody said that they are, whether or not their files are linked."""

    @property
    def name(self) -> str:
        """The name as a page shows it."""
        return self.person.name if self.person else RESTRICTED

    @property
    def story(self) -> str:
        """Where the child's story is, if the pages that tell it are there."""
        return story_address(self.number)

    @property
    def open_elsewhere(self) -> bool:
        """Whether another team than the front door has the child already."""
        kinds = (Team.Kind.FRONT_DOOR, Team.Kind.OUT_OF_HOURS)
        return self.team is not None and self.team.kind not in kinds

    @property
    def where(self) -> str:
        """Who has the child, and how to ring them, in a sentence."""
        if self.team is None:
            return "Nobody has this child now."
        phone = f", {self.team.phone}" if self.team.phone else ""
        if not self.open_elsewhere:
            return f"With the {self.team.name.lower()}: nobody else has this child."
        worker = f"Worker: {self.worker}." if self.worker else "No worker yet."
        manager = f" Manager: {self.manager}." if self.manager else ""
        return f"Open with {self.team.name}{phone}. {worker}{manager}"


def identity_of(child: ChildKnown) -> Identity:
    """The bar that stays in sight on each page about a child."""
    now, span = clock.now(), child.span
    worker: str | tags.Tag | None = child.worker or None
    if span is not None and not span.worker:
        since = (
            words.length(now - span.unallocated_since)
            if span.unallocated_since
            else "since when is not known"
        )
        worker = tags.due_soon(f"unallocated, {since}")
    where = span.part.replace("_", " ").capitalize() if span is not None else "Not open"
    seen = words.plain_day(span.seen) if span is not None and span.seen is not None else None
    team = child.team.name if child.team else "Nobody"
    return Identity(child.name, child.age, where, team, worker, seen, href=story_address(child.number))


def age_words(person: Person) -> str:
    """How old a child is, or that nobody knows."""
    if person.born is None and person.expected is not None:
        return "unborn"
    age = age_of(person, clock.today())
    if age is None:
        return "age not known"
    about = "about " if person.born is None else ""
    return f"{about}{age}" if age else f"{about}under 1"


def children_of(actor: Actor, files: Sequence[int], *, alike: bool = False) -> list[ChildKnown]:
    """The children behind these files, in the order given; `alike` says too who may be the same child, or is."""
    person_of = people_behind(actor, files)
    seen = {row.person: row for row in person_of.values()}
    number_of = {file: row.person for file, row in person_of.items()}
    if len(number_of) < len(set(files)):
        number_of = dict(File.objects.filter(id__in=files).values_list("id", "person"))
    flagged = _flagged(actor, list(seen)) if alike and seen else []
    return _known([(file, number_of.get(file, file)) for file in files], seen, flagged)[0]


def people_behind(actor: Actor, files: Collection[int]) -> dict[int, Person]:
    """The person behind each of these files, of those whom the reader may see, in one query."""
    behind = File.objects.filter(id__in=list(files))
    own = ArraySubquery(behind.filter(person=OuterRef("person")).values("id"))
    rows = scope(actor, Person).filter(person__in=behind.values("person")).annotate(own=own)
    return {file: row for row in rows for file in row.own}


def _flagged(actor: Actor, persons: Sequence[int]) -> list[Duplicate]:
    found = scope(actor, Duplicate).filter(Q(settled=False) | Q(same_child=True), person__in=persons)
    return list(found.order_by("found", "entry"))


def children_at_hand(
    persons: Sequence[Person], others: Collection[int] = ()
) -> tuple[list[ChildKnown], dict[int, str]]:
    """The same of children whose rows were read through the gate already; who may be the same is not asked.

    With the names of their workers and of `others`, whom the page names too.
    """
    seen = {each.person: each for each in persons}
    found, workers = _known([(number, number) for number in seen], seen, ())
    unnamed = {number for number in others if number and number not in workers}
    if unnamed:
        workers |= dict(Worker.objects.filter(pk__in=unnamed).values_list("pk", "name"))
    return found, workers


def _known(
    numbers: Sequence[tuple[int, int]], seen: Mapping[int, Person], flagged: Sequence[Duplicate]
) -> tuple[list[ChildKnown], dict[int, str]]:
    """Each file with its person, and who has the child now; and the names of the workers."""
    called = Worker.objects.filter(pk=OuterRef("worker")).values("name")
    rows = Span.objects.filter(held_at(clock.now()), person__in=list(seen), open=True)
    spans = {span.person: span for span in rows.annotate(called=Subquery(called))} if seen else {}
    workers = {span.worker: span.called for span in spans.values() if span.called}
    teams = queries.teams_and_managers({span.team for span in spans.values()}, clock.today())
    found = [
        _child(file, number, seen.get(number), spans.get(number), (teams, workers), flagged)
        for file, number in numbers
    ]
    return found, workers


def _child(
    file: int,
    number: int,
    person: Person | None,
    has: Span | None,
    whose: tuple[Mapping[int, tuple[Team, str]], Mapping[int, str]],
    flagged: Sequence[Duplicate],
) -> ChildKnown:
    teams, workers = whose
    team, manager = teams.get(has.team, (None, "")) if has else (None, "")
    return ChildKnown(
        file=file,
        number=number,
        person=person,
        age=age_words(person) if person else "",
        span=has,
        team=team,
        worker=workers.get(has.worker, "") if has else "",
        manager=manager,
        duplicates=tuple(each for each in flagged if each.person == number and not each.settled),
        said_same=tuple(each for each in flagged if each.person == number and each.settled),
    )
