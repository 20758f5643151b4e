"""How fast and how surely a child is found among a million invented ones.

Run: .venv/bin/python benchmarks/find_person.py [--people 1000000] [--queries 1000] [--url postgresql://…]
Without --url: a scratch database on the server of the checkout, or of DATABASE_URL.
Exit 0 when the goals hold, 1 when they do not.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import psycopg

from rightplace.dbserver import ensure_up
from rightplace.foundation.people.finding.trial.measure import FindFigures, measure
from rightplace.foundation.people.finding.trial.population import population
from rightplace.foundation.people.finding.trial.questions import about_twins, new_siblings, questions

P95_MS = 5.0
RECALL_AT_5 = 0.97


def main() -> int:
    """Measure, print, say whether the goals hold."""
    chosen = _chosen()
    started = time.perf_counter()
    people = list(population(chosen.people, chosen.seed))
    print(f"{len(people):,} people invented in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    with _scratch(chosen.url) as connection:
        figures = measure(
            connection,
            people,
            questions(people, chosen.queries),
            twins=about_twins(people, chosen.queries),
            absent=new_siblings(people, chosen.absent),
            peer_queries=chosen.peer_queries,
        )
    print(msgspec.json.encode(figures).decode() if chosen.json else _told(figures))
    return 0 if figures.find_p95_ms <= P95_MS and figures.find_recall_at_5 >= RECALL_AT_5 else 1


@contextmanager
def _scratch(url: str) -> Iterator[psycopg.Connection]:
    """A database to measure in: the one that was named, or an empty one that is thrown away afterwards."""
    if url:
        with psycopg.connect(url) as connection:
            yield connection
        return
    name = f"find_trial_{os.getpid()}"
    with ensure_up() as server:
        server.create_database(name)
        try:
            with server.connect(database=name) as connection:
                yield connection
        finally:
            server.drop_database(name)


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--absent", type=int, default=2_000)
    parser.add_argument("--peer-queries", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--url", default="")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _told(figures: FindFigures) -> str:
    return "\n".join(
        f"{name.replace('_', ' '):28} {value:,}"
        if isinstance(value, int)
        else f"{name.replace('_', ' '):28} {value}"
        for name, value in msgspec.structs.asdict(figures).items()
    )


if __name__ == "__main__":
    sys.exit(main())
