"""Parts of scopes whose words are written once, since building the same query with each page took longer than asking it.

Only the words are kept, never what they found: the reader's own values and the moment go in each time that it is asked.
A scope that decided anything by its reader would give another's rows; so the words are asked for by somebody whose
values cannot be looked at, only put into a query. `tests/test_written_scopes.py` holds every scope against fresh ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from typing import Any, NoReturn

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock

Rows = Callable[[Actor, datetime], QuerySet[Any]]


class DecidesByItsReader(TypeError):
    """A scope that is written once looked at who reads. It would give the next reader somebody else's rows."""


def _refused(*looked: object) -> NoReturn:
    raise DecidesByItsReader(
        "Written once for every reader: put the reader's values into the rows, and decide nothing by them."
    )


class _Number(int):
    """A number that goes into a query and answers no question about itself."""

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __hash__ = _refused
    __add__ = __sub__ = __mul__ = __mod__ = __neg__ = _refused


class _Words(str):
    """Words that go into a query and answer no question about themselves."""

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __len__ = __hash__ = __contains__ = _refused


class _Labels(frozenset[int]):
    """Labels cannot go into words that are kept: they are looked at, or they are nothing."""

    __contains__ = __iter__ = __len__ = __and__ = __or__ = __sub__ = __eq__ = __hash__ = _refused


_NUMBERS: dict[str, int] = {
    "worker": -30001, "role": -30002, "team": -30003, "agency": -30004, "area": -30005, "membership": -30006,
}  # fmt: skip
_WORDS: dict[str, str] = {
    "name": "?name", "team_kind": "?kind", "team_name": "?team", "worker_kind": "?worker", "session": "?session",
}  # fmt: skip
NAMES = tuple(each.name for each in fields(Actor) if each.name != "labels")
assert set(NAMES) == _NUMBERS.keys() | _WORDS.keys(), "an actor's new value needs its sign here"
SOMEBODY = Actor(
    **{name: _Number(value) for name, value in _NUMBERS.items()},  # type: ignore[arg-type]
    **{name: _Words(value) for name, value in _WORDS.items()},  # type: ignore[arg-type]
    labels=_Labels(),
)
SOMETIME = datetime.max.replace(tzinfo=UTC)
"""They stand in the words for the reader and the moment."""
SIGNS: dict[int | str, str] = {
    **{value: name for name, value in _NUMBERS.items()},
    **{value: name for name, value in _WORDS.items()},
}


def written(rows: Rows, actor: Actor) -> RawSQL:
    """What `rows` gives this reader now, as a part of another query: `Q(person__in=written(...))`.

    `rows` only puts its reader's values and its moment into a queryset; it decides nothing by them, since it is asked
    once, for nobody.
    """
    words, values = _words(rows)
    return RawSQL(words, [_own(value, actor) for value in values])  # noqa: S611  (the ORM's words, values beside)


def _own(value: Any, actor: Actor) -> Any:
    """The reader's own value, or the moment, where its sign stands; any other value as it is."""
    if value == SOMETIME:
        return clock.now()
    if isinstance(value, int | str) and not isinstance(value, bool) and value in SIGNS:
        return getattr(actor, SIGNS[value])
    return value


@cache
def _words(rows: Rows) -> tuple[str, tuple[Any, ...]]:
    words, values = rows(SOMEBODY, SOMETIME).query.sql_with_params()
    return words, tuple(_plain(value) for value in values)


def _plain(value: Any) -> Any:
    """The value itself, which may be looked at again. One that lies inside another could not be changed for a reader."""
    if isinstance(value, _Number):
        return int.__int__(value)
    if isinstance(value, _Words):
        return str.__str__(value)
    if isinstance(value, list | tuple | set | frozenset | dict):
        _refused(value)
    return value


def write_anew() -> None:
    """Forget the words: something was added to what they say."""
    _words.cache_clear()
