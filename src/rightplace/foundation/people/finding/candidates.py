"""Who may be meant: one statement over B-tree keys, then scored here.

Any DB-API cursor will do. What a reader may see is the caller's to say, in `Tables.only`. The key table wants an
index on (key, person), and collation "C" keeps it small. A key that very many share is cut off, so that a common name
costs no more than a rare one; `Found.crowded` then says that more must be asked for.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

import msgspec

from .asking import Asked
from .identity import KnownIdentity
from .keys import asked_keys, key_weight, wider_keys
from .scoring import Band, Score, score

PER_KEY = 60
COMPARED = 30


class Cursor(Protocol):
    """What is used of a DB-API cursor."""

    def execute(self, query: Any, params: Any = ..., /) -> Any: ...

    def fetchall(self) -> Any: ...


class Tables(msgspec.Struct, frozen=True, kw_only=True):
    """Where keys and persons lie. Each column is an SQL expression over the person row `p`; trusted text only."""

    keys: str = "people_key"
    persons: str = "people_person"
    only: str = "true"
    person: str = "p.person"
    given: str = "p.given"
    middle: str = "p.middle"
    family: str = "p.family"
    others: str = "p.others"
    birth: str = "p.born"
    expected_birth: str = "p.expected"
    age: str = "p.age_about"
    age_at: str = "p.age_on"
    sex: str = "p.sex"
    postcodes: str = "ARRAY[p.postcode]"
    address: str = "p.address"
    upn: str = "p.upn"
    nhs: str = "p.nhs"
    la_id: str = "p.la_child_id"
    phone: str = "''"


class Candidate(NamedTuple):
    """A person who may be meant, and why."""

    person: int
    score: Score
    identity: KnownIdentity


class Found(NamedTuple):
    """The candidates, best first, and whether too many share what was asked."""

    candidates: list[Candidate]
    crowded: bool
    compared: int


PEOPLE = Tables()


def candidates(cursor: Cursor, asked: Asked, limit: int = 5, tables: Tables = PEOPLE) -> list[Candidate]:
    """The people most likely meant, best first."""
    return search(cursor, asked, limit, tables).candidates


def search(cursor: Cursor, asked: Asked, limit: int = 5, tables: Tables = PEOPLE) -> Found:
    """Look by the telling keys; only when nobody likely is found, look wider."""
    known = _fetched(cursor, asked_keys(asked), tables)
    scored = _scored(asked, known)
    if not scored or scored[0].score.band is not Band.LIKELY:
        wider = _fetched(cursor, wider_keys(asked), tables)
        seen = {candidate.person for candidate in scored}
        scored = sorted(
            scored + _scored(asked, [one for one in wider if one.person not in seen]), key=_best_first
        )
        known = [*known, *wider]
    return Found(scored[:limit], len(known) >= COMPARED, len(known))


def _best_first(candidate: Candidate) -> tuple[float, int]:
    return -candidate.score.total, candidate.person


def _scored(asked: Asked, known: Sequence[KnownIdentity]) -> list[Candidate]:
    return sorted((Candidate(one.person, score(asked, one), one) for one in known), key=_best_first)


def _fetched(cursor: Cursor, keys: list[str], tables: Tables) -> list[KnownIdentity]:
    if not keys:
        return []
    cursor.execute(_statement(tables), [keys, [key_weight(key) for key in keys]])
    return [_known(row) for row in cursor.fetchall()]


def _statement(tables: Tables) -> str:
    columns = ", ".join(getattr(tables, name) for name in KnownIdentity.__struct_fields__)
    return f"""
        WITH hit AS MATERIALIZED (
            SELECT k.person, sum(a.weight) AS weight
            FROM unnest(%s::text[], %s::int[]) AS a(key, weight)
            CROSS JOIN LATERAL (SELECT person FROM {tables.keys} WHERE key = a.key LIMIT {PER_KEY}) AS k
            GROUP BY k.person ORDER BY weight DESC, k.person LIMIT {COMPARED}
        )
        SELECT {columns} FROM hit JOIN {tables.persons} AS p ON {tables.person} = hit.person WHERE {tables.only}
    """  # noqa: S608 the names are the program's own, never typed


def _known(row: Sequence[Any]) -> KnownIdentity:
    """A row of the person table as the comparison wants it: days as ordinals, no empty postcodes."""
    fields = dict(zip(KnownIdentity.__struct_fields__, row, strict=True))
    for name in ("birth", "expected_birth", "age_at"):
        if isinstance(fields[name], date):
            fields[name] = fields[name].toordinal()
    fields["others"] = tuple(fields["others"] or ())
    fields["postcodes"] = tuple(postcode for postcode in fields["postcodes"] or () if postcode)
    for name in ("given", "middle", "family", "sex", "address", "upn", "nhs", "la_id", "phone"):
        fields[name] = fields[name] or ""
    return KnownIdentity(**fields)
