"""Bulk equals live for early help too: signal, agreement, plan, steps, assessment, strategy, a place; row for row."""

from __future__ import annotations

import pytest
from django.db import transaction

from rightplace.domain.practice.entries import Draft
from rightplace.foundation.access.actor import RULES
from rightplace.foundation.journal import bulk, writing
from rightplace.foundation.journal.tests.test_bulk_equals_live import SALT, everything
from rightplace.foundation.journal.writing import NewFile
from tests.chance import judged

pytestmark = pytest.mark.django_db
NEW = {
    "signal.taken_up", "step.up", "step.down", "familysupport.began", "assessment.written", "strategy.decided",
    "service.requested",
}  # fmt: skip


def as_drafts(file: int, writes: list) -> list[list[Draft]]:
    """The writes of a random history, each entry with its own id, author and moment."""
    return [
        [
            Draft(
                file=file, body=e.body, day=e.day, at=e.at, id=e.id, recorded=e.recorded, author=e.author,
                role=e.role, team=e.team, label=e.label,
            )
            for e in write
        ]
        for write in writes
    ]  # fmt: skip


def test_random_histories_with_early_help_are_the_same_live_and_in_bulk():
    seen: set[str] = set()
    for found in judged(6):
        file = 500
        writes = as_drafts(file, [step.write for step in found.steps])
        with transaction.atomic():
            refused = 0
            for place, drafts in enumerate(writes):
                try:
                    opening = [NewFile(file, salt=SALT)] if place == 0 else []
                    with transaction.atomic():
                        writing._write(drafts, by=RULES, opening=opening, then=())
                except writing.Refused:
                    refused += 1
            live = everything(file)
            transaction.set_rollback(True)
        with transaction.atomic():
            outcome = bulk.write_stories([bulk.Story(file, writes, salt=SALT)])
            assert len(outcome.refused) == refused
            rows = everything(file)
            transaction.set_rollback(True)
        for table, told in live.items():
            assert rows[table] == told, table
        seen |= {e.body.kind for step in found.taken for e in step.write}
    assert seen >= NEW, NEW - seen
