"""Reducer of finding children early: a worker took up what a partner knew."""

from __future__ import annotations

from rightplace.domain.practice.entries import signals as said
from rightplace.domain.practice.entries.base import Entry
from rightplace.domain.practice.journey.journey import Journey, reads

TAKEN_UP = ("taken up",)
"""How family support began that no manager has accepted yet."""


@reads(said.SignalTakenUp)
def signal_taken_up(journey: Journey, entry: Entry, body: said.SignalTakenUp) -> None:
    """Of a child for whom nobody answers, the team of whoever took it up answers, below the threshold of social care."""
    if not body.reasons.strip():
        journey.breach("reasons_missing")
    if not journey.open:
        journey.open_child(entry.team)
        journey.begin("family_support").terms = TAKEN_UP
    journey.event("signal.taken_up", entry.id)
    journey.happen("signal.taken_up", entry.id, team=entry.team)
