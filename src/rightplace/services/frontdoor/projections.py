"""Contacts and checks: rows worked out from the concern's file. No words that anybody wrote, only codes and ids."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

from rightplace.domain.practice.entries import Entry, FileKind
from rightplace.domain.practice.entries.caseflow import ConcernPassedOn
from rightplace.domain.practice.entries.contact import (
    BlindDecisionMade,
    CheckAnswered,
    CheckAsked,
    CheckRead,
    CheckTaken,
    ContactDecided,
    ContactPiloted,
    ContactRead,
    ContactReceived,
    ContactScreened,
    DisagreementAnswered,
    ReferrerDisagreed,
    ReferrerTold,
    TriageOpened,
)
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.workdays import start_of_day, to_datetime
from rightplace.foundation.journal.projecting import Folded, Projected, Row
from rightplace.foundation.journal.projections import Projection


class Contact(Projection):
    """One telling of a concern, as far as it has come."""

    concern = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField()
    receipt = models.CharField(max_length=40, db_index=True)
    received = models.DateTimeField()
    team = models.BigIntegerField()
    source = models.CharField(max_length=4)
    channel = models.CharField(max_length=20)
    agency = models.BigIntegerField()
    told_by = models.BigIntegerField(db_index=True)
    professional = models.BooleanField()
    anonymous = models.BooleanField()
    danger_now = models.CharField(max_length=12)
    children = ArrayField(models.BigIntegerField())
    read = models.DateTimeField(null=True)
    read_by = models.BigIntegerField()
    grade = models.CharField(max_length=8)
    raised = models.BooleanField()
    screened = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    due_rule = models.CharField(max_length=24)
    checks_open = models.SmallIntegerField()
    decided = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField()
    route = models.CharField(max_length=40)
    level = models.CharField(max_length=24)
    told = models.DateTimeField(null=True)
    disagreement = models.BigIntegerField()
    disagreed = models.DateTimeField(null=True)
    disagreement_answered = models.DateTimeField(null=True)
    blind = models.SmallIntegerField(default=0)
    pilot = models.BigIntegerField(default=0)
    triage = models.BigIntegerField(default=0)
    label = models.SmallIntegerField()

    class Meta:
        db_table = "frontdoor_contact"
        indexes = [
            models.Index(
                fields=["team", "due"],
                name="frontdoor_contact_open",
                condition=models.Q(decided__isnull=True),
            ),
            models.Index(fields=["received"], name="frontdoor_contact_when"),
            models.Index(
                fields=["received"], name="frontdoor_contact_blind", condition=models.Q(blind__gt=0)
            ),
        ]


class Check(Projection):
    """One agency asked what it knows."""

    id = models.BigIntegerField(primary_key=True)
    concern = models.BigIntegerField(db_index=True)
    agency = models.BigIntegerField()
    grade = models.CharField(max_length=8)
    asked = models.DateTimeField()
    asked_by = models.BigIntegerField()
    due = models.DateTimeField(null=True)
    answered = models.DateTimeField(null=True)
    answer_entry = models.BigIntegerField()
    known = models.CharField(max_length=20)
    refused = models.BooleanField()
    read = models.DateTimeField(null=True)
    read_by = models.BigIntegerField(default=0)
    taken_by = models.BigIntegerField(default=0)
    label = models.SmallIntegerField()

    class Meta:
        db_table = "frontdoor_check"
        indexes = [
            models.Index(
                fields=["agency", "due"],
                name="frontdoor_check_open",
                condition=models.Q(answered__isnull=True),
            )
        ]


def _when(entry: Entry | None) -> datetime | None:
    if entry is None:
        return None
    return to_datetime(entry.at if entry.at is not None else start_of_day(entry.day))


class _Found:
    """The entries of one concern, the last of each kind; the first reading, since that is what the sender is told."""

    def __init__(self, folded: Folded) -> None:
        self.of: dict[type, Entry] = {}
        self.checks: dict[int, tuple[Entry, Entry | None]] = {}
        self.opened: dict[int, Entry] = {}
        self.taken: dict[int, int] = {}
        self.raised = False
        self.blind = 0
        for entry in in_order(standing(folded.entries).entries):
            body = entry.body
            if isinstance(body, ContactRead) and ContactRead in self.of:
                continue
            self.of[type(body)] = entry
            if isinstance(body, CheckAsked):
                self.checks[entry.id] = (entry, None)
            elif isinstance(body, CheckRead):
                self.opened.setdefault(body.check, entry)
            elif isinstance(body, CheckTaken):
                self.taken[body.check] = body.worker
            elif isinstance(body, CheckAnswered) and body.check in self.checks:
                self.checks[body.check] = (self.checks[body.check][0], entry)
            elif isinstance(body, ContactScreened) and body.raised_because:
                self.raised = True
            elif isinstance(body, BlindDecisionMade):
                self.blind += 1


DECIDES = ("RAG-RED", "RAG-AMBER", "RAG-GREEN")


def contact_rows(folded: Folded) -> Iterable[Row]:
    """One row a concern: due is the first decision clock that still runs, else the first look."""
    found = _Found(folded)
    received = found.of.get(ContactReceived)
    if received is None:
        return
    said = received.body
    assert isinstance(said, ContactReceived)
    read = found.of.get(ContactRead)
    screened, decided, told = (found.of.get(k) for k in (ContactScreened, ContactDecided, ReferrerTold))
    disagreed, answered = found.of.get(ReferrerDisagreed), found.of.get(DisagreementAnswered)
    pilot, triage = found.of.get(ContactPiloted), found.of.get(TriageOpened)
    grade = screened.body.grade if screened and isinstance(screened.body, ContactScreened) else ""
    passed = found.of.get(ConcernPassedOn)
    team = passed.body.team if passed and isinstance(passed.body, ConcernPassedOn) else said.team
    choice = decided.body if decided and isinstance(decided.body, ContactDecided) else None
    due, rule = _due(folded)
    yield (
        folded.person, received.id, said.receipt, _when(received), team or received.team, said.source[:4],
        said.channel[:20], said.agency, received.author, said.professional, said.anonymous, said.danger_now[:12],
        list(said.children), _when(read), read.author if read else 0, str(grade), found.raised, _when(screened),
        due, rule, sum(1 for _, answer in found.checks.values() if answer is None), _when(decided),
        decided.author if decided else 0, str(choice.route) if choice else "", str(choice.level) if choice else "",
        _when(told), disagreed.id if disagreed else 0, _when(disagreed), _when(answered), found.blind,
        pilot.body.pilot if pilot and isinstance(pilot.body, ContactPiloted) else 0, triage.id if triage else 0,
        received.label,
    )  # fmt: skip


def _due(folded: Folded) -> tuple[datetime | None, str]:
    """When the contact must be decided: by its grade's clock; before it is graded, when it must be looked at."""
    scales = [s for s in folded.timescales if s.due is not None]
    graded = [s for s in scales if s.rule in DECIDES and not s.not_required]
    if graded:
        last = graded[-1]
        return to_datetime(last.due or 0), last.rule
    first_look = [s for s in scales if s.rule == "SCREEN"]
    if first_look:
        return to_datetime(first_look[0].due or 0), "SCREEN"
    return None, ""


def check_rows(folded: Folded) -> Iterable[Row]:
    """One row a check."""
    due = {s.trigger: s.due for s in folded.timescales if s.rule.startswith("CHECK-")}
    found = _Found(folded)
    for asked, answer in found.checks.values():
        question = asked.body
        assert isinstance(question, CheckAsked)
        said = answer.body if answer is not None else None
        known = said.known if isinstance(said, CheckAnswered) else ""
        opened = found.opened.get(asked.id)
        refused = bool(said.refused_because) if isinstance(said, CheckAnswered) else False
        by = due.get(asked.id)
        yield (
            asked.id, folded.person, question.agency, str(question.grade), _when(asked), asked.author,
            to_datetime(by) if by is not None else None, _when(answer), answer.id if answer else 0, known[:20],
            refused, _when(opened), opened.author if opened else 0, found.taken.get(asked.id, 0), asked.label,
        )  # fmt: skip


CONCERNS = frozenset({int(FileKind.CONCERN)})

OWN = (
    Projected(
        "frontdoor_contact",
        (
            "concern", "entry", "receipt", "received", "team", "source", "channel", "agency", "told_by",
            "professional", "anonymous", "danger_now", "children", "read", "read_by", "grade", "raised", "screened",
            "due", "due_rule", "checks_open", "decided", "decided_by", "route", "level", "told", "disagreement",
            "disagreed", "disagreement_answered", "blind", "pilot", "triage", "label",
        ),
        ("concern",),
        contact_rows,
        CONCERNS,
        "concern",
        ("children",),
    ),
    Projected(
        "frontdoor_check",
        (
            "id", "concern", "agency", "grade", "asked", "asked_by", "due", "answered", "answer_entry", "known",
            "refused", "read", "read_by", "taken_by", "label",
        ),
        ("id",),
        check_rows,
        CONCERNS,
        "concern",
    ),
)  # fmt: skip
