"""Noting what was seen, decided or held of a family: by whom and when; the author's own words are sealed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.services.signals import sealing
from rightplace.services.signals.models import Family, Noted


def note(
    family: Family,
    what: str,
    by: Actor,
    kinds: Iterable[str],
    *,
    because: str = "",
    words: str = "",
    look_on: date | None = None,
) -> Noted:
    """Note what was seen or decided, by whom and when; the words are sealed with the family's key."""
    return Noted.objects.create(
        at=clock.now(), what=what, worker=by.worker, role=by.role, team=by.team, family=family.pk, area=family.area,
        kinds=sorted(set(kinds)), because=because, look_on=look_on,
        sealed=sealing.seal_words(family.pk, bytes(family.salt), words.strip()),
    )  # fmt: skip
