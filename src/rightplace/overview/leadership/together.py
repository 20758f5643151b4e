"""Several figures, or one at several moments, counted in one statement.

The texts are those of each figure's own definition; only the names of their parameters are made its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rightplace.domain.practice.figures import Compiled

MOMENTS = ("now", "since", "until")
OWN = ("since", "until")
"""What each figure counts over is its own; the moment and the teams are one for all of a statement."""


@dataclass(frozen=True, slots=True)
class Part:
    """One figure's texts and what they are asked with."""

    texts: Compiled
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """The rows of one table within a reader's scope, said once for a statement that asks for them many times."""

    name: str
    key: str
    sql: str
    values: Mapping[str, Any]

    @property
    def condition(self) -> str:
        """The scope on the row `r` of a figure; empty where everything is seen."""
        return f"r.{self.key} IN (SELECT {self.key} FROM {self.name})" if self.sql else ""  # noqa: S608

    @property
    def said(self) -> str:
        """Not kept aside, so that the database plans each figure as if the scope stood in it."""
        return f"{self.name} AS NOT MATERIALIZED ({self.sql})"


def of_figures(parts: Sequence[Part], seen: Sequence[Seen] = ()) -> tuple[str, dict[str, Any]]:
    """One row for each figure, in their order: its place, n, oldest, of how many, its groups."""
    selects: list[str] = []
    values: dict[str, Any] = {}
    for place, part in enumerate(parts):
        own = {name: f"{name}_{place}" for name in OWN}
        selects.append(_named(_counts(part.texts, place), own))
        values |= {own.get(name, name): value for name, value in part.values.items()}
    scopes = [each for each in seen if each.sql]
    for each in scopes:
        values |= each.values
    said = f"WITH {', '.join(each.said for each in scopes)} " if scopes else ""
    return f"{said}{' UNION ALL '.join(selects)} ORDER BY place", values


def _counts(texts: Compiled, place: int) -> str:
    of = f"({texts.of_counting})" if texts.of_counting else "NULL::bigint"
    groups = "NULL::json"
    if texts.grouping:
        groups = f"(SELECT json_agg(json_build_array(grouped, n) ORDER BY n DESC, grouped) FROM ({texts.grouping}) AS g)"  # noqa: S608
    return f'SELECT {place} AS place, n, oldest::timestamptz, {of} AS "of", {groups} AS groups FROM ({texts.counting}) AS c'  # noqa: S608


def at_moments(part: Part, moments: Sequence[Mapping[str, datetime]]) -> tuple[str, dict[str, Any]]:
    """One row for each moment, in their order: n, and of how many.

    Each moment stands in the text by itself and is not joined from a list: so the database knows it when it plans, and
    looks only at the stays that had not ended by then.
    """
    selects: list[str] = []
    values = dict(part.values)
    for place, moment in enumerate(moments):
        own = {name: f"{name}_{place}" for name in MOMENTS}
        of = f"({part.texts.of_counting})" if part.texts.of_counting else "NULL::bigint"
        told = f'SELECT {place} AS place, n, {of} AS "of" FROM ({part.texts.counting}) AS c'  # noqa: S608  (our own texts)
        selects.append(_named(told, own))
        values |= {own[name]: moment[name] for name in MOMENTS}
    return f'SELECT n, "of" FROM ({" UNION ALL ".join(selects)}) AS each ORDER BY place', values  # noqa: S608  (as above)


def _named(text: str, names: Mapping[str, str]) -> str:
    for name, own in names.items():
        text = text.replace(f"%({name})s", f"%({own})s")
    return text
