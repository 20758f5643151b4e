"""Parts of scopes whose words are written once, since building the same query with each page took longer than asking it.

Only the words are kept, never what they found: the reader's own values and the moment go in each time that it is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock

Rows = Callable[[Actor, datetime], QuerySet[Any]]
SOMEBODY = Actor(
    worker=-30001, name="?name", role=-30002, team=-30003, team_kind="?kind", team_name="?team", agency=-30004,
    area=-30005, membership=-30006, worker_kind="?worker", session="?session",
)  # fmt: skip
SOMETIME = datetime.max.replace(tzinfo=UTC)
"""They stand in the words for the reader and the moment."""
NAMES = tuple(each.name for each in fields(Actor) if each.name != "labels")


def written(rows: Rows, actor: Actor) -> RawSQL:
    """What `rows` gives this reader now, as a part of another query: `Q(person__in=written(...))`.

    `rows` only puts its reader's values and its moment into a queryset; it decides nothing by them, since it is asked
    once, for nobody.
    """
    words, values = _words(rows)
    own = {getattr(SOMEBODY, name): getattr(actor, name) for name in NAMES} | {SOMETIME: clock.now()}
    return RawSQL(words, [own.get(value, value) for value in values])  # noqa: S611  (the ORM's words, values beside)


@cache
def _words(rows: Rows) -> tuple[str, tuple[Any, ...]]:
    words, values = rows(SOMEBODY, SOMETIME).query.sql_with_params()
    return words, tuple(values)


def write_anew() -> None:
    """Forget the words: something was added to what they say."""
    _words.cache_clear()
