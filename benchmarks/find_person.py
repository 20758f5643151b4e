"""How fast and how surely a child is found among a million invented ones.

Run: .venv/bin/python benchmarks/find_person.py [--people 1000000] [--queries 400] [--url postgresql://…]
Without --url: DATABASE_URL, else the checkout's private server. Exit 0 when the goals hold, 1 when they do not.
"""

import argparse
import os
import sys
import time

import msgspec
import psycopg

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
    with psycopg.connect(_url(chosen.url)) as connection:
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


def _url(given: str) -> str:
    if given or os.environ.get("DATABASE_URL"):
        return given or os.environ["DATABASE_URL"]
    from rightplace import dbserver

    return dbserver.owner_url()


def _told(figures: FindFigures) -> str:
    return "\n".join(
        f"{name.replace('_', ' '):28} {value:,}"
        if isinstance(value, int)
        else f"{name.replace('_', ' '):28} {value}"
        for name, value in msgspec.structs.asdict(figures).items()
    )


if __name__ == "__main__":
    sys.exit(main())
