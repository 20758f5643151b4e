"""Erasing by two people: the words of an entry, or a whole file's key. The tombstone stays and the chain verifies."""

from __future__ import annotations

import psycopg
from django.db import connection

from rightplace.dbserver.server import address
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.keeping import EntryErased
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock


def erase(
    *,
    file: int,
    entries: tuple[int, ...] = (),
    whole_file: bool = False,
    authority: str,
    by: Actor,
    second: Actor,
) -> int:
    """Sign the erasure, then let the eraser's one function take the words away. Returns how many were taken.

    The application's own role cannot call that function: it is called on a connection of the eraser's.
    """
    if by.worker == second.worker:
        raise Refused(
            "Erasing needs two people.",
            "Ask a second information governance officer.",
            "Retention needs two people",
        )
    at = from_datetime(clock.now())
    body = EntryErased(
        entries=(file,) if whole_file else entries,
        whole_file=whole_file,
        authority=authority,
        second_person=second.worker,
    )
    signed = write([Draft(file=file, body=body, day=day_of(at), at=at)], by=by, may="erase.body")
    name = str(connection.settings_dict["NAME"])
    with psycopg.connect(address("eraser", name)) as eraser:
        row = eraser.execute("SELECT journal_erase(%s)", [signed[0].id]).fetchone()
        return int(row[0]) if row is not None else 0
