"""Supervision: how often by role and stage, when the next is due, and who supervises while the supervisor is away.

Pure: what a session says is nobody's business here. The tables are dated local data, a council's own.
"""

from rightplace.domain.practice.supervision.cadence import (
    Cadence,
    Due,
    State,
    cadence_on,
    due_on,
    load_cadence,
)
from rightplace.domain.practice.supervision.cover import Answering, How, answering

__all__ = ["Answering", "Cadence", "Due", "How", "State", "answering", "cadence_on", "due_on", "load_cadence"]
