"""Who may do what to a file, and which rows each may see. Registered in apps.py."""

from __future__ import annotations

from datetime import date

from django.db import connection

from rightplace.domain.practice.workdays import start_of_day, to_datetime
from rightplace.foundation import access
from rightplace.foundation.organisation import hooks


def register() -> None:
    """Declare this app's permissions and the guard that keeps a team while it answers for a child."""
    access.declare(
        {
            "person.link": "Decide that two files are about one child, or are not after all",
            "entry.correct": "Correct an entry",
            "entry.withdraw": "Withdraw an entry that belongs to another family",
            "withdrawn.read": "Read what was withdrawn",
            "body.erase": "Erase words when retention ends or a court orders it, with a second person",
            "doubt.settle": "Settle a doubt",
        }
    )
    hooks.register_team_guard(children_of_team)


def children_of_team(team: int, on: date) -> int:
    """For how many children a team answers on a day or later: such a team cannot end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT person) FROM journal_span WHERE team = %s AND open AND (ends IS NULL OR ends > %s)",
            [team, to_datetime(start_of_day(on.toordinal()))],
        )
        return int(cursor.fetchone()[0])
