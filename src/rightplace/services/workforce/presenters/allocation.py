"""Families who wait with whom is suggested, and moves between workers, in the words of their pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.caseflow.advice import Advice
from rightplace.common.web import words
from rightplace.common.web.frame import story_address
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.domain.allocation.words import hours_words
from rightplace.foundation.people.projections import Person
from rightplace.services.workforce.models import ConflictDeclared, MovesAsked

MOVE_COLUMNS = (
    Column("Family"), Column("Has now"), Column("Would have"), Column("Worth a week"), Column("What it costs the family"),
)  # fmt: skip
CONFLICT_COLUMNS = (Column("Child"), Column("Who declared it"), Column("What it is"), Column("Since"))
UNSEEN = "A family whose file is restricted"


def family_name(people: Mapping[int, Person], children: Sequence[int]) -> str:
    """Brothers and sisters by name, as far as the reader may see them."""
    known = [people[child].name for child in children if child in people]
    return words.listed(known) if known else UNSEEN


@dataclass(frozen=True, kw_only=True)
class FamilyWaiting:
    """One family who waits for a worker, with whom is suggested."""

    key: int
    name: str
    children: Sequence[int]
    waited: str
    advice: Advice

    @property
    def href(self) -> str:
        """Where this family alone is decided on, siblings parted if need be."""
        return reverse("caseflow:worker", args=[self.key])


@dataclass(frozen=True, kw_only=True)
class MovesPage:
    """What was worked out for a team, and what of it a person may pick."""

    asked: MovesAsked
    people: Mapping[int, Person]
    names: Mapping[int, str]

    @property
    def poll(self) -> str:
        return reverse("workforce:moves-asked", args=[self.asked.pk])

    @property
    def finished(self) -> bool:
        return self.asked.finished_at is not None or bool(self.asked.stopped)

    @property
    def stopped(self) -> str:
        return self.asked.stopped

    href = ""

    @property
    def done(self) -> int:
        return self.asked.done

    @property
    def total(self) -> int:
        return self.asked.total

    @property
    def share(self) -> int:
        return round(100 * self.done / max(self.total, 1))

    words = "Looking for moves that are worth it, one after the other"

    @property
    def sentences(self) -> list[str]:
        """What was found, how near it is to the best there can be, and what the checker says."""
        asked = self.asked
        found = len(asked.moves)
        if not found:
            first = "No move is worth what it would cost a family. The team stays as it is."
        else:
            moves = words.count_words(found, "move is", "moves are")
            first = f"{moves} worth more than what it costs the families to get to know another worker."
        return [first, self._gap_words(), self._checker_words()]

    def _gap_words(self) -> str:
        before, after = self.asked.gap_before, self.asked.gap_after
        if after is None:
            return (
                "How near that is to the best spread cannot be said: somebody holds more than the week has, or the hours "
                "are not known."
            )
        now = f" Today it is {before * 100:.0f} in a hundred above." if before is not None else ""
        best = "above the best spread that there can be"
        return f"After all of them the team would be at most {after * 100:.0f} in a hundred {best}.{now}"

    def _checker_words(self) -> str:
        if not self.asked.faults:
            return "A checker that shares nothing with the search went through the plan and finds every rule kept."
        said = [
            f"{what}{f' ({self.names[worker]})' if worker in self.names else ''}"
            for what, worker in self.asked.faults
        ]
        return f"The checker finds that this would still not hold: {'; '.join(dict.fromkeys(said))}."

    @property
    def rows(self) -> list[Row]:
        return [
            self._row(step, move["seconds"], place) for move in self.asked.moves for place, step in enumerate(move["steps"])
        ]  # fmt: skip

    def _row(self, step: Mapping[str, object], seconds: int, place: int) -> Row:
        children: Sequence[int] = step["children"]  # type: ignore[assignment]
        name = family_name(self.people, children)
        family: Cell = Link(name, story_address(children[0])) if children[0] in self.people else name
        giver, taker = self.names.get(step["giver"]), self.names.get(step["taker"])  # type: ignore[call-overload]
        worth = hours_words(seconds / 60) if not place else "exchanged with the one above"
        cost = "gets to know another worker" if step["giver"] else "nothing: nobody is there yet"
        return Row((family, giver or "no worker", taker, worth, cost))

    @property
    def choices(self) -> list[tuple[int, str]]:
        """Each move as one choice."""
        return [(place, self._choice(move)) for place, move in enumerate(self.asked.moves)]

    def _choice(self, move: Mapping[str, Sequence[Mapping[str, Sequence[int]]]]) -> str:
        return "; ".join(
            f"{family_name(self.people, step['children'])} to {self.names.get(step['taker'], 'a worker')}"  # type: ignore[call-overload]
            for step in move["steps"]
        )


def conflict_row(declared: ConflictDeclared, said: str, person: Person | None, own: bool) -> Row:
    """One declared conflict: the child, who, what it is, since when."""
    name = person.name if person else "A child whose file is restricted"
    child: Cell = Link(name, story_address(person.person)) if person else name
    if own and declared.ended_at is None:
        child = Link(name, reverse("workforce:conflict", args=[declared.person]))
    ended = f"taken back {words.plain_day(declared.ended_at)}" if declared.ended_at else ""
    return Row((child, declared.worker.name, said, Lines(words.plain_day(declared.recorded_at), ended)))


def since_words(moment: datetime | None, now: datetime) -> str:
    return words.length(now - moment) if moment else "since when is not known"
