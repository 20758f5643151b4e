"""Children who were taken up and may be known already: a person who may see both decides, with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from rightplace.common.caseflow.children import ChildKnown, children_of
from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Lines, Link, Row
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.identity import PossibleDuplicateSettled
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import linking
from rightplace.foundation.journal.projections import Happening
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Duplicate

COLUMNS = (Column("Taken up early"), Column("May be"), Column("Found"))
COMPARED = (Column("What"), Column("Taken up early"), Column("Known"), Column("They are"))


@dataclass(frozen=True)
class Pair:
    """Two files that may be about one child, both of whom the reader may see."""

    row: Duplicate
    one: ChildKnown
    other: ChildKnown

    @property
    def both_open(self) -> bool:
        """Whether different teams answer for them: then a manager links them and names the team that goes on."""
        teams = {each.team.pk for each in (self.one, self.other) if each.team is not None}
        return len(teams) > 1


def undecided(actor: Actor) -> list[Pair]:
    """What is flagged of children taken up early and nobody has decided, the oldest first."""
    taken = Happening.objects.filter(name="signal.taken_up").values("person")
    flagged = scope(actor, Duplicate).filter(settled=False, concern=0, person__in=taken)
    return _pairs(actor, list(flagged.order_by("found", "entry")[:100]))


def pair_of(actor: Actor, duplicate: int) -> Pair | None:
    """One of them; None for whoever may not see both children."""
    taken = Happening.objects.filter(name="signal.taken_up").values("person")
    row = scope(actor, Duplicate).filter(entry=duplicate, concern=0, person__in=taken).first()
    return next(iter(_pairs(actor, [row])), None) if row else None


def _pairs(actor: Actor, rows: Sequence[Duplicate]) -> list[Pair]:
    files = list(dict.fromkeys(file for row in rows for file in (row.file, row.other)))
    known = {child.file: child for child in children_of(actor, files)} if files else {}
    pairs = [Pair(row, known[row.file], known[row.other]) for row in rows]
    return [each for each in pairs if each.one.person and each.other.person]


@transaction.atomic
def settle(*, pair: Pair, same_child: bool, reasons: str, by: Actor) -> bool:
    """Decide whether two are one child. Returns whether the files are linked now; two open ones a manager links."""
    at = from_datetime(clock.now())
    body = PossibleDuplicateSettled(duplicate=pair.row.entry, same_child=same_child, reasons=reasons)
    write([Draft(file=pair.row.file, body=body, day=day_of(at), at=at)], by=by, may="duplicate.decide")
    if not same_child or linking.both_open(pair.row.file, pair.row.other):
        return False
    linking.link(file=pair.row.file, other=pair.row.other, reasons=reasons, by=by, may="duplicate.decide")
    return True


def lines(pairs: Sequence[Pair]) -> list[Row]:
    """The list."""
    return [
        Row(
            [
                Link(each.one.name, reverse("signals:same", args=[each.row.entry]), each.one.age),
                Lines(each.other.name, each.other.where),
                words.when(each.row.found),
            ]
        )
        for each in pairs
    ]


def compared(pair: Pair) -> list[Row]:
    """The two side by side, in words."""
    one, other = pair.one.person, pair.other.person
    assert one is not None and other is not None, "a pair has both"
    facts = (
        ("Name", one.name, other.name),
        ("Born", _day(one.born), _day(other.born)),
        ("Address", one.address or None, other.address or None),
        ("Postcode", one.postcode or None, other.postcode or None),
        ("Who answers", pair.one.where, pair.other.where),
    )
    return [Row([what, mine, theirs, _alike(mine, theirs)]) for what, mine, theirs in facts]


def _day(day: object) -> str | None:
    return words.plain_day(day) if day else None  # type: ignore[arg-type]


def _alike(one: str | None, other: str | None) -> str:
    if one is None or other is None:
        return "cannot be said"
    return "the same" if one.casefold() == other.casefold() else "different"
