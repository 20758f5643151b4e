"""Children as every hand-over shows them: who, where in the system, who has them, who may be the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

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
from rightplace.foundation.people.queries import age_of, spans_now

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


def children_of(actor: Actor, files: Sequence[int]) -> list[ChildKnown]:
    """The children behind these files, in the order given."""
    persons = dict(File.objects.filter(id__in=files).values_list("id", "person"))
    numbers = [persons.get(file, file) for file in files]
    seen = {each.person: each for each in scope(actor, Person).filter(person__in=numbers)}
    flagged = list(
        scope(actor, Duplicate).filter(person__in=list(seen), settled=False).order_by("found", "entry")
    )
    return _known(list(zip(files, numbers, strict=True)), seen, flagged)[0]


def children_at_hand(
    persons: Sequence[Person], others: Collection[int] = ()
) -> tuple[list[ChildKnown], dict[int, str]]:
    """The same of children whose rows were read through the gate already; who may be the same is not asked.

    With the names of their workers and of `others`, whom the page names too: they are asked for at once.
    """
    seen = {each.person: each for each in persons}
    return _known([(number, number) for number in seen], seen, (), others)


def _known(
    numbers: Sequence[tuple[int, int]],
    seen: Mapping[int, Person],
    flagged: Sequence[Duplicate],
    others: Collection[int] = (),
) -> tuple[list[ChildKnown], dict[int, str]]:
    """Each file with its person, and who has the child now; and the names of the workers."""
    spans = {number: span for number, span in spans_now(list(seen)).items() if span.open}
    teams = Team.objects.in_bulk([span.team for span in spans.values()])
    wanted = {number for number in (*(span.worker for span in spans.values()), *others) if number}
    workers = dict(Worker.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
    managers = queries.managers_of(list(teams), clock.today()) if teams else {}
    found = [
        _child(file, number, seen.get(number), spans.get(number), (teams, workers, managers), flagged)
        for file, number in numbers
    ]
    return found, workers


def _child(
    file: int,
    number: int,
    person: Person | None,
    has: Span | None,
    whose: tuple[Mapping[int, Team], Mapping[int, str], Mapping[int, Worker]],
    flagged: Sequence[Duplicate],
) -> ChildKnown:
    teams, workers, managers = whose
    manager = managers.get(has.team) if has else None
    return ChildKnown(
        file=file,
        number=number,
        person=person,
        age=age_words(person) if person else "",
        span=has,
        team=teams.get(has.team) if has else None,
        worker=workers.get(has.worker, "") if has else "",
        manager=manager.name if manager else "",
        duplicates=tuple(each for each in flagged if each.person == number),
    )
