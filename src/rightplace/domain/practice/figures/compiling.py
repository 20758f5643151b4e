"""A figure as SQL text. The count is a count over the list, so that every figure equals what it opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rightplace.domain.practice.figures.conditions import (
    And,
    Before,
    Condition,
    Contains,
    Eq,
    In,
    InPeriod,
    IsNull,
    Moment,
    Not,
    NotAfter,
    OfTeams,
    Or,
    Scalar,
)
from rightplace.domain.practice.figures.figure import Figure
from rightplace.domain.practice.rows import SpanRow


@dataclass(frozen=True)
class Compiled:
    """The texts of one figure. Each takes the named parameters `params`, as psycopg writes them.

    `listing` gives the key columns, then `grouped` and `oldest` where the figure has them. `counting` gives n and
    oldest over that list, `grouping` n by group, `of_counting` how many it is a share of.
    """

    listing: str
    counting: str
    grouping: str
    of_counting: str
    params: tuple[str, ...]


def compile_sql(figure: Figure, tables: Mapping[str, str], scope: str = "") -> Compiled:
    """Write a figure as SQL over these tables: span, timescale, happening, doubt, contact.

    `scope` is a condition of the reader's access on the row `r` (and the child's span `s`), already safe SQL.
    """
    source = _from(figure, tables)
    columns = [f"{_column(figure, name)} AS {_quoted(name)}" for name in figure.key]
    columns += [f"{_column(figure, figure.by)} AS grouped"] if figure.by else []
    columns += [f"{_column(figure, figure.oldest)} AS oldest"] if figure.oldest else []
    where = _and(_sql(figure.whole, figure), scope)
    listing = f"SELECT DISTINCT {', '.join(columns)} FROM {source} WHERE {where}"  # noqa: S608  (names from code)
    oldest = "min(oldest)" if figure.oldest else "NULL"
    counting = f"SELECT count(*) AS n, {oldest} AS oldest FROM ({listing}) AS listed"  # noqa: S608
    grouping = (
        f"SELECT grouped, count(*) AS n FROM ({listing}) AS listed GROUP BY grouped ORDER BY n DESC, grouped"  # noqa: S608
        if figure.by
        else ""
    )
    of_counting = ""
    if figure.whole_of is not None:
        where_of = _and(_sql(figure.whole_of, figure), scope)
        of_counting = f"SELECT count(*) AS n FROM {source} WHERE {where_of}"  # noqa: S608
    text = listing + of_counting
    params = tuple(name for name in ("now", "since", "until", "teams") if f"%({name})s" in text)
    return Compiled(listing, counting, grouping, of_counting, params)


def _and(condition: str, scope: str) -> str:
    return f"{condition} AND ({scope})" if scope else condition


def _from(figure: Figure, tables: Mapping[str, str]) -> str:
    """The projection as `r`; where team and open are the child's now, with the child's span of now as `s`."""
    own = f"{tables[figure.rows.table]} AS r"
    if not figure.rows.joined:
        return own
    span = tables[SpanRow.table]
    return (
        f"{own} LEFT JOIN {span} AS s ON s.person = r.person "
        "AND s.begins <= %(now)s AND (s.ends IS NULL OR s.ends > %(now)s)"
    )


def _column(figure: Figure, name: str) -> str:
    return f"{'s' if name in figure.rows.joined else 'r'}.{_quoted(name)}"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _sql(condition: Condition, figure: Figure) -> str:
    if isinstance(condition, And | Or):
        word = " AND " if isinstance(condition, And) else " OR "
        return f"({word.join(_sql(part, figure) for part in condition.parts)})"
    if isinstance(condition, Not):
        if isinstance(condition.part, IsNull):
            return f"{_column(figure, condition.part.column)} IS NOT NULL"
        return f"NOT {_sql(condition.part, figure)}"
    return _atom(condition, _column(figure, condition.column))


def _atom(condition: Condition, column: str) -> str:
    """One comparison; on null it is false, never null, so that NOT of it is true."""
    match condition:
        case IsNull():
            return f"{column} IS NULL"
        case OfTeams():
            teams = "%(teams)s::bigint[]"
            return f"({teams} IS NULL OR ({column} IS NOT NULL AND {column} = ANY({teams})))"
        case Eq(value=value):
            compared = f"{column} = {_literal(value)}"
        case In(values=values):
            compared = (
                f"{column} IN ({', '.join(_literal(value) for value in values)})" if values else "FALSE"
            )
        case Contains(value=value):
            compared = f"{_literal(value)} = ANY({column})"
        case InPeriod():
            compared = f"{column} >= %(since)s AND {column} < %(until)s"
        case Before(moment=moment):
            compared = f"{column} < {_moment(moment)}"
        case NotAfter(moment=moment):
            compared = f"{column} <= {_moment(moment)}"
        case _:
            raise TypeError(condition)
    return f"({column} IS NOT NULL AND {compared})"


def _moment(moment: Moment) -> str:
    """Whole hours, not days: a day of the session's time zone may have 23 or 25."""
    given = f"%({moment.of})s"
    if not moment.hours:
        return given
    sign = "+" if moment.hours > 0 else "-"
    return f"({given}::timestamptz {sign} interval '{abs(moment.hours)} hours')"


def _literal(value: Scalar) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("'", "''").replace("%", "%%") + "'"
