"""The figures of the search: how fast, how often right, how often wrong about children who are not known."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from ..candidates import Found, Tables, search
from ..comparing import day_agreement, family_agreement, given_agreement, word_agreement
from ..identity import KnownIdentity
from ..keys import keys
from ..scoring import Band
from .questions import Question

COLUMNS = {
    "person": "bigint", "given": "text", "middle": "text", "family": "text", "others": "text[]", "birth": "int",
    "expected_birth": "int", "age": "int", "age_at": "int", "sex": "text", "postcodes": "text[]", "address": "text",
    "upn": "text", "nhs": "text", "la_id": "text", "phone": "text",
}  # fmt: skip
SCHEMA = "find_trial"
TABLES = Tables(
    keys=f"{SCHEMA}.people_key",
    persons=f"{SCHEMA}.people_person",
    **{name: f"p.{name}" for name in COLUMNS},
)
ROUNDS = 3
TRIGRAMS = "pg_trgm: the 20 most similar whole names, GIN index"
TRIGRAMS_SQL = f"""
    SELECT person FROM {SCHEMA}.people_person WHERE lower(given || ' ' || family) %% %s
    ORDER BY similarity(lower(given || ' ' || family), %s) DESC LIMIT 20"""  # noqa: S608
ILIKE = "SQL: first name and surname each ILIKE, 20 rows"
ILIKE_SQL = f"SELECT person FROM {SCHEMA}.people_person WHERE given ILIKE %s AND family ILIKE %s LIMIT 20"  # noqa: S608


class FindFigures(msgspec.Struct, kw_only=True):
    """What was measured; shares of one, times in milliseconds unless named otherwise."""

    people: int = 0
    queries: int = 0
    keys_per_person: float = 0.0
    load_s: float = 0.0
    find_p50_ms: float = 0.0
    find_p95_ms: float = 0.0
    find_recall_at_1: float = 0.0
    find_recall_at_5: float = 0.0
    recall_at_5_without_nhs: float = 0.0
    compared_per_query: float = 0.0
    known_likely: float = 0.0
    twins: int = 0
    twin_recall_at_1: float = 0.0
    twin_recall_at_5: float = 0.0
    twin_mistaken: float = 0.0
    absent: int = 0
    absent_likely: float = 0.0
    absent_sibling_likely: float = 0.0
    peer: str = ""
    peer_queries: int = 0
    peer_p50_ms: float = 0.0
    peer_p95_ms: float = 0.0
    peer_recall_at_20: float = 0.0
    times_faster_than_peer: float = 0.0


class Answered(msgspec.Struct):
    """One question, what came back and how long it took."""

    question: Question
    found: Found
    ms: float

    def rank(self) -> int:
        """At which place the right person came; 0 when not among them."""
        persons = [candidate.person for candidate in self.found.candidates]
        return persons.index(self.question.person) + 1 if self.question.person in persons else 0


def measure(
    connection: Any,
    people: Sequence[KnownIdentity],
    queries: Sequence[Question],
    *,
    twins: Sequence[Question] = (),
    absent: Sequence[Question] = (),
    peer_queries: int = 0,
) -> FindFigures:
    """Load the people into a schema of the trial's own, ask, count, and drop the schema again.

    The connection is psycopg's, of a role that may create a schema; `peer_queries` of the questions also go to the
    named peer, in the same run.
    """
    figures = FindFigures(people=len(people), queries=len(queries))
    started = time.perf_counter()
    previous = connection.autocommit
    connection.rollback()
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            figures.keys_per_person = load(cursor, people)
            figures.load_s = round(time.perf_counter() - started, 1)
            _ask_all(cursor, queries[:100])
            _count_known(figures, _ask_all(cursor, queries, ROUNDS))
            _count_twins(figures, _ask_all(cursor, twins))
            _count_absent(figures, _ask_all(cursor, absent))
            if peer_queries:
                _peer(cursor, figures, queries[:peer_queries])
    finally:
        connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        connection.autocommit = previous
    return figures


def load(cursor: Any, people: Iterable[KnownIdentity]) -> float:
    """Write people and keys into the schema of the trial, indexed; how many keys a person has on average."""
    cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    cursor.execute(f"CREATE SCHEMA {SCHEMA}")
    described = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    cursor.execute(f"CREATE UNLOGGED TABLE {SCHEMA}.people_person ({described})")
    cursor.execute(f'CREATE UNLOGGED TABLE {SCHEMA}.people_key (key text COLLATE "C", person bigint)')
    filed = count = 0
    waiting: list[str] = []
    with cursor.copy(f"COPY {SCHEMA}.people_person ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for one in people:
            copy.write_row(
                [list(value) if isinstance(value, tuple) else value for value in msgspec.structs.astuple(one)]
            )
            waiting.extend(f"{key}\t{one.person}\n" for key in keys(one))
            count += 1
    with cursor.copy(f"COPY {SCHEMA}.people_key (key, person) FROM STDIN") as copy:
        for line in waiting:
            copy.write(line)
        filed = len(waiting)
    del waiting
    cursor.execute(f"CREATE UNIQUE INDEX ON {SCHEMA}.people_key (key, person)")
    cursor.execute(f"CREATE UNIQUE INDEX ON {SCHEMA}.people_person (person)")
    cursor.execute(f"VACUUM ANALYZE {SCHEMA}.people_key")
    cursor.execute(f"VACUUM ANALYZE {SCHEMA}.people_person")
    return round(filed / max(1, count), 2)


def _ask_all(cursor: Any, queries: Sequence[Question], rounds: int = 1) -> list[Answered]:
    """Ask each question; with several rounds the time is the middle one, as other work shares the machine."""
    times: list[list[float]] = [[] for _ in queries]
    answered = []
    for _ in range(rounds):
        _forget_compared()
        answered = [_ask(cursor, question) for question in queries]
        for taken, one in zip(times, answered, strict=True):
            taken.append(one.ms)
    for taken, one in zip(times, answered, strict=True):
        one.ms = sorted(taken)[len(taken) // 2]
    return answered


def _ask(cursor: Any, question: Question) -> Answered:
    started = time.perf_counter()
    found = search(cursor, question.asked, 5, TABLES)
    return Answered(question, found, (time.perf_counter() - started) * 1000)


def _forget_compared() -> None:
    """No round may profit from names that the round before compared."""
    for remembered in (word_agreement, given_agreement, family_agreement, day_agreement):
        remembered.cache_clear()


def _share(yes: Iterable[bool]) -> float:
    counted = list(yes)
    return round(sum(counted) / len(counted), 4) if counted else 0.0


def _percentile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3) if ordered else 0.0


def _count_known(figures: FindFigures, answered: list[Answered]) -> None:
    figures.find_p50_ms = _percentile((one.ms for one in answered), 0.5)
    figures.find_p95_ms = _percentile((one.ms for one in answered), 0.95)
    figures.find_recall_at_1 = _share(one.rank() == 1 for one in answered)
    figures.find_recall_at_5 = _share(one.rank() > 0 for one in answered)
    figures.recall_at_5_without_nhs = _share(one.rank() > 0 for one in answered if not one.question.asked.nhs)
    figures.compared_per_query = round(sum(one.found.compared for one in answered) / max(1, len(answered)), 1)
    figures.known_likely = _share(
        any(
            seen.person == one.question.person and seen.score.band is Band.LIKELY
            for seen in one.found.candidates
        )
        for one in answered
    )


def _count_twins(figures: FindFigures, answered: list[Answered]) -> None:
    figures.twins = len(answered)
    figures.twin_recall_at_1 = _share(one.rank() == 1 for one in answered)
    figures.twin_recall_at_5 = _share(one.rank() > 0 for one in answered)
    figures.twin_mistaken = _share(_is_likely(one, one.question.twin) for one in answered)


def _count_absent(figures: FindFigures, answered: list[Answered]) -> None:
    figures.absent = len(answered)
    figures.absent_likely = _share(
        any(seen.score.band is Band.LIKELY for seen in one.found.candidates) for one in answered
    )
    figures.absent_sibling_likely = _share(_is_likely(one, one.question.twin) for one in answered)


def _is_likely(one: Answered, person: int) -> bool:
    return any(seen.person == person and seen.score.band is Band.LIKELY for seen in one.found.candidates)


def _peer(cursor: Any, figures: FindFigures, queries: Sequence[Question]) -> None:
    """The usual way: trigram similarity of the whole name; without the extension, ILIKE on both names."""
    trigrams = _prepare_peer(cursor)
    figures.peer = TRIGRAMS if trigrams else ILIKE
    statement = TRIGRAMS_SQL if trigrams else ILIKE_SQL
    times, hits = [], []
    for question in queries:
        asked = question.asked
        words = [*asked.names, *asked.given.split(), *asked.family.split()] or [""]
        whole = " ".join(words).lower()
        terms = [whole, whole] if trigrams else [f"{words[0]}%", f"{words[-1]}%"]
        started = time.perf_counter()
        cursor.execute(statement, terms)
        rows = cursor.fetchall()
        times.append((time.perf_counter() - started) * 1000)
        hits.append(any(row[0] == question.person for row in rows))
    cursor.execute("RESET search_path")
    figures.peer_queries = len(queries)
    figures.peer_p50_ms, figures.peer_p95_ms = _percentile(times, 0.5), _percentile(times, 0.95)
    figures.peer_recall_at_20 = _share(hits)
    figures.times_faster_than_peer = round(figures.peer_p50_ms / max(0.001, figures.find_p50_ms), 1)


def _prepare_peer(cursor: Any) -> bool:
    """Whether trigrams are there, and if so their index."""
    cursor.execute("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'")
    if not cursor.fetchone()[0]:
        return False
    cursor.execute(f"CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA {SCHEMA}")
    cursor.execute(f"SET search_path = {SCHEMA}, public")
    cursor.execute(
        f"CREATE INDEX ON {SCHEMA}.people_person USING gin ((lower(given || ' ' || family)) gin_trgm_ops)"
    )
    cursor.execute("SET pg_trgm.similarity_threshold = 0.5")
    return True
