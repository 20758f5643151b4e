"""Putting new signals beside those that are there: into the family they seem to be about, or a new one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection

from rightplace.foundation.journal.writing import new_id
from rightplace.services.signals import sealing
from rightplace.services.signals.models import Family, Signal

KNOWN = """
SELECT k.key, k.why, s.family_id FROM signals_key k JOIN signals_signal s ON s.id = k.signal_id
JOIN signals_family f ON f.id = s.family_id WHERE k.key = ANY(%s) AND s.kept_since IS NULL
ORDER BY f.begun, f.id, s.id
"""
TELLING = (Signal.Why.CHILD, Signal.Why.HOME, Signal.Why.ADULT)


class Meeting:
    """The families that signals of one batch may belong to, and those that it begins."""

    def __init__(self, keys: Collection[bytes], now: datetime) -> None:
        self.now = now
        self.begun: list[tuple[int, int, bytes]] = []
        self.areas: dict[int, int] = {}
        with connection.cursor() as cursor:
            cursor.execute(KNOWN, [list(keys)])
            self.known: dict[bytes, int] = {bytes(key): family for key, _, family in cursor.fetchall()}

    def family_for(self, keys: Sequence[tuple[str, bytes]], area: int) -> tuple[int, str]:
        """The family of a signal with these keys, and why it is thought to be that one."""
        family, why = self._met(keys)
        if not family:
            family, why = new_id(), Signal.Why.FIRST
            self.begun.append((family, area, sealing.new_salt()))
        else:
            self.areas[family] = area
        for _, key in keys:
            self.known[key] = family
        return family, why

    def _met(self, keys: Sequence[tuple[str, bytes]]) -> tuple[int, str]:
        for telling in TELLING:
            for why, key in keys:
                if why == telling and key in self.known:
                    return self.known[key], why
        return 0, ""

    def write(self) -> None:
        """Write the families that began; those that were decided wait again, since there is something new."""
        fresh = {family for family, _, _ in self.begun}
        waiting = Family.State.WAITING.value
        with connection.cursor() as cursor:
            with cursor.copy(
                "COPY signals_family (id, area, begun, state, salt, parted_from) FROM STDIN"
            ) as copy:
                for family, area, salt in self.begun:
                    copy.write_row((family, self.areas.get(family, area), self.now, waiting, salt, 0))
            cursor.executemany(
                "UPDATE signals_family SET area = %s, state = %s, look_on = NULL WHERE id = %s",
                [(area, waiting, family) for family, area in self.areas.items() if family not in fresh],
            )
