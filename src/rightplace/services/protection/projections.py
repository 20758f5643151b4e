"""Strategy discussions, who was called to them, and what they agreed. One row a child; codes and ids, no words.

`number` is the same for brothers and sisters who are spoken of together: the occasion on which it was called.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models

from rightplace.common.caseflow.projections import team_with_the_child
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.entries.protection import (
    StrategyAction,
    StrategyActionDone,
    StrategyAnswered,
    StrategyCalledIn,
    StrategyDecided,
    StrategyHeld,
)
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.workdays import calendar, end_of_day, start_of_day, to_datetime
from rightplace.foundation.journal.projecting import Folded, Projected, Row
from rightplace.foundation.journal.projections import Projection

TO_THE_MANAGER, TO_THE_HEAD = 1, 3
"""Working days after which an action that nobody did climbs: to the team's manager, to the head of service."""


class Strategy(Projection):
    """One strategy discussion about one child: called, held, with its quorum or without.

    `team` is the one that answers for the child until it is held; then the one that called it.
    """

    id = models.BigIntegerField(primary_key=True)
    person = models.BigIntegerField(db_index=True)
    file = models.BigIntegerField()
    number = models.BigIntegerField(db_index=True)
    called = models.DateTimeField()
    called_by = models.BigIntegerField()
    team = models.BigIntegerField()
    meets = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    agencies = models.SmallIntegerField()
    held = models.DateTimeField(null=True)
    held_entry = models.BigIntegerField()
    missing = models.CharField(max_length=40)
    enquiry = models.BooleanField()
    ended = models.DateTimeField(null=True)
    label = models.SmallIntegerField()

    class Meta:
        db_table = "protection_strategy"
        indexes = [
            models.Index(
                fields=["due"], name="protection_strategy_open", condition=models.Q(ended__isnull=True)
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be held."""
        return self.held is None and self.ended is None


class Called(Projection):
    """One agency called to speak of one child."""

    id = models.BigAutoField(primary_key=True)
    strategy = models.BigIntegerField()
    agency = models.BigIntegerField()
    person = models.BigIntegerField(db_index=True)
    number = models.BigIntegerField(db_index=True)
    called = models.DateTimeField()
    due = models.DateTimeField(null=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField()
    answer = models.CharField(max_length=12)
    held = models.DateTimeField(null=True)
    was_there = models.BooleanField()
    label = models.SmallIntegerField()

    class Meta:
        db_table = "protection_called"
        constraints = [models.UniqueConstraint(fields=["strategy", "agency"], name="protection_called_place")]
        indexes = [models.Index(fields=["agency", "called"], name="protection_called_agency")]


class Action(Projection):
    """One thing that a discussion agreed: whose it is, by when, and when it climbs if nobody does it."""

    id = models.BigAutoField(primary_key=True)
    held = models.BigIntegerField()
    place = models.SmallIntegerField()
    person = models.BigIntegerField(db_index=True)
    file = models.BigIntegerField()
    number = models.BigIntegerField(db_index=True)
    agency = models.BigIntegerField(db_index=True)
    worker = models.BigIntegerField(db_index=True)
    agreed = models.DateTimeField()
    due = models.DateField(null=True)
    to_manager = models.DateTimeField(null=True)
    to_head = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    done_by = models.BigIntegerField()
    label = models.SmallIntegerField()

    class Meta:
        db_table = "protection_action"
        constraints = [models.UniqueConstraint(fields=["held", "place"], name="protection_action_place")]
        indexes = [
            models.Index(
                fields=["to_head"], name="protection_action_open", condition=models.Q(done__isnull=True)
            )
        ]


class _Told:
    """The entries of one child that are about strategy discussions, in order; worked out once for three tables."""

    def __init__(self, folded: Folded) -> None:
        self.decided: list[Entry] = []
        self.called_in: dict[int, dict[int, Entry]] = {}
        self.answers: dict[tuple[int, int], Entry] = {}
        self.held: dict[int, Entry] = {}
        self.done: dict[tuple[int, int], Entry] = {}
        for entry in in_order(standing(folded.entries).entries):
            body = entry.body
            if isinstance(body, StrategyDecided):
                self.decided.append(entry)
            elif isinstance(body, StrategyCalledIn):
                self.called_in.setdefault(body.strategy, {}).setdefault(body.agency, entry)
            elif isinstance(body, StrategyAnswered):
                self.answers[(body.strategy, body.agency)] = entry
            elif isinstance(body, StrategyHeld):
                for decided in self.decided:
                    if decided.id not in self.held and body.strategy in (0, decided.id):
                        self.held[decided.id] = entry
            elif isinstance(body, StrategyActionDone):
                self.done.setdefault((body.held, body.place), entry)

    def called_to(self, decided: Entry) -> dict[int, Entry]:
        """The agencies called to a discussion, each with the entry that called it: at first, or later."""
        assert isinstance(decided.body, StrategyDecided)
        return self.called_in.get(decided.id, {}) | dict.fromkeys(decided.body.called, decided)


def _told(folded: Folded) -> _Told:
    found = folded.worked_out.get("strategy")
    if found is None:
        found = folded.worked_out["strategy"] = _Told(folded)
    assert isinstance(found, _Told)
    return found


def strategy_rows(folded: Folded) -> Iterable[Row]:
    """One row a discussion that was asked for."""
    told = _told(folded)
    due = {s.trigger: s.due for s in folded.timescales if s.rule == "STRATEGY"} if told.decided else {}
    for entry in told.decided:
        said, held = entry.body, told.held.get(entry.id)
        assert isinstance(said, StrategyDecided)
        process = folded.journey.processes.get(entry.id)
        closed = process.closed if process is not None else None
        kept = held.body if held is not None and isinstance(held.body, StrategyHeld) else None
        yield (
            entry.id, folded.person, entry.file, entry.occasion or entry.id, _when(entry), entry.author,
            entry.team if held is not None or closed is not None else team_with_the_child(folded, entry.team),
            said.meets, _instant(due.get(entry.id)), len(told.called_to(entry)), _when(held), held.id if held else 0,
            ",".join(kept.missing) if kept else "", kept.begins_enquiry if kept else False, _instant(closed),
            entry.label,
        )  # fmt: skip


def called_rows(folded: Folded) -> Iterable[Row]:
    """One row an agency that was called. It is to answer before they meet, or else before the discussion is due."""
    told = _told(folded)
    due = {s.trigger: s.due for s in folded.timescales if s.rule == "STRATEGY"} if told.decided else {}
    for entry in told.decided:
        said, held = entry.body, told.held.get(entry.id)
        assert isinstance(said, StrategyDecided)
        there = (
            {each.agency for each in held.body.attended}
            if held and isinstance(held.body, StrategyHeld)
            else ()
        )
        for agency, by in told.called_to(entry).items():
            answer = told.answers.get((entry.id, agency))
            body = answer.body if answer is not None else None
            yield (
                entry.id, agency, folded.person, entry.occasion or entry.id, _when(by),
                said.meets or _instant(due.get(entry.id)), _when(answer), answer.author if answer else 0,
                body.answer[:12] if isinstance(body, StrategyAnswered) else "", _when(held), agency in there,
                entry.label,
            )  # fmt: skip


def action_rows(folded: Folded) -> Iterable[Row]:
    """One row a thing agreed. What has no day never climbs, since nobody said when it is late."""
    told = _told(folded)
    for entry in told.decided:
        held = told.held.get(entry.id)
        if held is None or not isinstance(held.body, StrategyHeld):
            continue
        for place, agreed in enumerate(held.body.agreed_actions):
            done = told.done.get((held.id, place))
            yield (
                held.id, place, folded.person, entry.file, entry.occasion or entry.id, agreed.agency, agreed.worker,
                _when(held), agreed.due, _climbs(agreed, TO_THE_MANAGER), _climbs(agreed, TO_THE_HEAD), _when(done),
                done.author if done else 0, held.label,
            )  # fmt: skip


def _climbs(agreed: StrategyAction, days: int) -> datetime | None:
    """The end of the working day, so many after the day it was due, on which it is somebody else's to see."""
    if not isinstance(agreed.due, date):
        return None
    day = calendar().add_working_days(agreed.due.toordinal(), days)
    return to_datetime(end_of_day(day))


def _when(entry: Entry | None) -> datetime | None:
    if entry is None:
        return None
    return to_datetime(entry.at if entry.at is not None else start_of_day(entry.day))


def _instant(at: int | None) -> datetime | None:
    return to_datetime(at) if at is not None else None


OWN = (
    Projected(
        "protection_strategy",
        (
            "id", "person", "file", "number", "called", "called_by", "team", "meets", "due", "agencies", "held",
            "held_entry", "missing", "enquiry", "ended", "label",
        ),
        ("id",),
        strategy_rows,
    ),
    Projected(
        "protection_called",
        (
            "strategy", "agency", "person", "number", "called", "due", "answered", "answered_by", "answer", "held",
            "was_there", "label",
        ),
        ("strategy", "agency"),
        called_rows,
    ),
    Projected(
        "protection_action",
        (
            "held", "place", "person", "file", "number", "agency", "worker", "agreed", "due", "to_manager", "to_head",
            "done", "done_by", "label",
        ),
        ("held", "place"),
        action_rows,
    ),
)  # fmt: skip
