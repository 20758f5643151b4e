"""Counting a figure for one reader: the definition's own SQL, within what the reader may see, now or at a past seal.

The number is a count over the list that it opens, so both are always equal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from rightplace.domain.practice.figures import (
    Counted,
    Figure,
    compile_sql,
    figures_of,
    params_at,
    sentence,
)
from rightplace.domain.practice.rows import ContactRow, DoubtRow, HappeningRow, SpanRow, TimescaleRow
from rightplace.domain.practice.servicemodels import service_models
from rightplace.domain.practice.timescales.wrongplace import WORDS
from rightplace.domain.practice.vocabulary import code_list
from rightplace.domain.practice.workdays import from_datetime, to_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import past
from rightplace.foundation.journal.folding import rules
from rightplace.foundation.journal.projections import Doubt, Happening, Span, Timescale
from rightplace.foundation.organisation import clock
from rightplace.overview.leadership import together
from rightplace.overview.leadership.together import Part, Seen
from rightplace.services.frontdoor.projections import Contact

MODELS: Mapping[str, type[models.Model]] = {
    SpanRow.table: Span,
    TimescaleRow.table: Timescale,
    HappeningRow.table: Happening,
    DoubtRow.table: Doubt,
    ContactRow.table: Contact,
}
TABLES = {name: model._meta.db_table for name, model in MODELS.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """When a figure is asked for, for which teams (None: all), and as known at which seal (None: now)."""

    now: datetime
    teams: tuple[int, ...] | None = None
    seal: int | None = None


def asked_now(teams: Collection[int] | None = None) -> Asked:
    """Now, with all that is known."""
    return Asked(clock.now(), tuple(teams) if teams is not None else None)


def asked_as_at(moment: datetime, teams: Collection[int] | None = None) -> Asked:
    """As at a past moment, with what was known then: the last seal before it."""
    return Asked(moment, tuple(teams) if teams is not None else None, past.seal_for(moment))


@lru_cache(maxsize=1)
def figures() -> Mapping[str, Figure]:
    """Every figure, by id."""
    return figures_of(rules())


@contextmanager
def known(asked: Asked) -> Iterator[None]:
    """Inside, projections are those of the moment that is asked for."""
    if asked.seal is None:
        yield
        return
    past.build(asked.seal)
    with past.as_known_at(asked.seal):
        yield


def count(actor: Actor, figure: Figure, asked: Asked) -> Counted:
    """The figure and its list for this reader."""
    with known(asked):
        return _count(actor, figure, asked)


def count_all(actor: Actor, wanted: Collection[Figure], asked: Asked) -> dict[str, Counted]:
    """Several figures as known at one moment."""
    with known(asked):
        return {figure.id: _count(actor, figure, asked) for figure in wanted}


def numbers(actor: Actor, wanted: Collection[Figure], asked: Asked) -> dict[str, Counted]:
    """Several figures without their lists, all counted in the database by one statement. `ids` stays empty."""
    if not wanted:
        return {}
    with known(asked):
        seen = {table: _seen(actor, table) for table in sorted({figure.rows.table for figure in wanted})}
        parts = [_part(figure, seen[figure.rows.table].condition, {}, asked) for figure in wanted]
        rows = _rows(*together.of_figures(parts, list(seen.values())))
    return {
        figure.id: Counted(n, (), of, _instant(oldest), tuple(map(tuple, groups or ())))
        for figure, (_, n, oldest, of, groups) in zip(wanted, rows, strict=True)
    }


def _part(figure: Figure, condition: str, values: Mapping[str, Any], asked: Asked) -> Part:
    return Part(compile_sql(figure, TABLES, condition), dict(values) | _params(figure, asked))


def _seen(actor: Actor, table: str) -> Seen:
    """The rows of a table within the reader's scope, under a name that every figure of the statement can use."""
    model = MODELS[table]
    sql, values = _scope_sql(actor, model, f"scope_{table}_")
    return Seen(f"seen_{table}", _key(model), sql, values)


def numbers_at(actor: Actor, figure: Figure, asked: Sequence[Asked]) -> list[tuple[int, int | None]]:
    """The figure, and of how many, at each of several moments as known at one seal."""
    if not asked:
        return []
    with known(asked[0]):
        part = _part(figure, *_scoped(actor, MODELS[figure.rows.table]), asked[0])
        rows = _rows(*together.at_moments(part, [_params(figure, each) for each in asked]))
    return [(n, of) for n, of in rows]


def _instant(oldest: datetime | None) -> int | None:
    return from_datetime(oldest) if oldest is not None else None


def is_ready(asked: Asked) -> bool:
    """Whether what was known then is there to be read, or must be built first."""
    return asked.seal is None or past.is_built(asked.seal)


def _count(actor: Actor, figure: Figure, asked: Asked) -> Counted:
    part = _part(figure, *_scoped(actor, MODELS[figure.rows.table]), asked)
    compiled, values = part.texts, part.values
    rows = _rows(compiled.listing, values)
    of = _rows(compiled.of_counting, values)[0][0] if compiled.of_counting else None
    keys = len(figure.key)
    place = keys + (1 if figure.by else 0)
    oldest = (
        min((row[place] for row in rows if row[place] is not None), default=None) if figure.oldest else None
    )
    if figure.oldest:  # who waits longest stands first, and what has no day last
        rows = sorted(rows, key=lambda row: (row[place] is None, row[place] or oldest, row[:keys]))
    groups = tuple(map(tuple, _rows(compiled.grouping, values))) if compiled.grouping else ()
    return Counted(
        n=len(rows),
        ids=tuple(tuple(row[:keys]) for row in rows),
        of=of,
        oldest=_instant(oldest),
        groups=groups,
    )


def _params(figure: Figure, asked: Asked) -> dict[str, Any]:
    params = params_at(figure, from_datetime(asked.now), asked.teams)
    return {
        "now": asked.now,
        "since": to_datetime(params.since),
        "until": to_datetime(params.until),
        "teams": list(asked.teams) if asked.teams is not None else None,
    }


def _scoped(actor: Actor, model: type[models.Model]) -> tuple[str, dict[str, Any]]:
    """The reader's scope as a condition on the row `r`, its values named."""
    sql, values = _scope_sql(actor, model, "scope")
    return (f"r.{_key(model)} IN ({sql})" if sql else ""), values


def _scope_sql(actor: Actor, model: type[models.Model], named: str) -> tuple[str, dict[str, Any]]:
    """The gate's own queryset as SQL that gives the keys; nothing where all rows are seen."""
    rows = scope(actor, model)
    if not rows.query.where:
        return "", {}
    key = _key(model)
    try:
        sql, values = rows.order_by().values(key).query.sql_with_params()
    except EmptyResultSet:
        return f"SELECT {key} FROM {model._meta.db_table} WHERE false", {}  # noqa: S608  (names from code)
    names = {f"{named}{place}": value for place, value in enumerate(values)}
    return sql % tuple(f"%({name})s" for name in names), names


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column) if model._meta.pk is not None else "id"


def _rows(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


WORDS_OF_WRONG: Mapping[str, str] = {code: text[:1].lower() + text[1:] for code, text in WORDS.items()}


def words_of_groups(asked: Asked) -> dict[str, str]:
    """What the groups of figures are called: rules, parts as the service model of that moment names them, outcomes."""
    model = service_models().model_at(from_datetime(asked.now))
    parts = {part.code: part.title for part in model.parts_in_order}
    closed = {code.code: code.label for code in code_list("closure_reason").codes}
    return closed | parts | dict(WORDS_OF_WRONG) | rules().titles()


def said(figure: Figure, counted: Counted, asked: Asked) -> str:
    """The figure as a sentence."""
    return sentence(figure, counted, from_datetime(asked.now), words_of_groups(asked))
