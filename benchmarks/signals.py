"""How many signals a minute are taken, end to end, and whether any is lost or doubled when files are sent again.

Run: .venv/bin/python benchmarks/signals.py [--signals 8000] [--processes 2]
A file of rows goes the whole way: read as CSV, judged under its agreement, sealed, joined per family, committed. Every
fourth file is sent twice. The named peer, in the same run and database: Django's ORM writing one plain row and one
commit a signal, without reading, sealing or joining. Exit 0 when the goals hold, 1 when they do not.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
import time
from datetime import date, timedelta
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rightplace.settings")

GOAL_A_MINUTE = 5_000
AIM_A_SECOND = 500
A_FILE = 500
NAMES = ("Amira", "Ben", "Chidi", "Dana", "Ewan", "Farah", "Gita", "Hal", "Ines", "Jo", "Kit", "Lena")
Files = list[tuple[int, bytes]]


def files_of(signals: int, agencies: list[int], today: date) -> Files:
    """Files of invented signals about families of about four, each from one of the agencies."""
    from rightplace.foundation.organisation.places import places
    from rightplace.services.signals.rows import FIELDS

    rng = Random(7)
    codes = [code for square in places.squares() for code in places.directory().homes[square][:3]]
    made: Files = []
    for begin in range(0, signals, A_FILE):
        told = io.StringIO()
        writer = csv.DictWriter(told, FIELDS)
        writer.writeheader()
        for number in range(begin, min(begin + A_FILE, signals)):
            family = rng.randrange(max(1, signals // 4))
            writer.writerow(
                {
                    "sender_id": f"row-{number}", "kind": "school.attendance",
                    "noticed": (today - timedelta(days=number % 50)).isoformat(), "given": NAMES[number % 12],
                    "family": f"Alder{family}", "born": date(2010 + family % 12, 1 + family % 12, 1 + number % 28),
                    "address": f"{family % 180} Invented Road", "postcode": codes[family % len(codes)],
                    "adults": f"Robin Alder{family}", "words": "Away on six Mondays since Christmas. " * 4,
                }
            )  # fmt: skip
        made.append((agencies[len(made) % len(agencies)], told.getvalue().encode()))
    return made


def give(part: Files) -> tuple[int, int, int]:
    """One process gives its files, every fourth of them twice. Returns taken, same and refused."""
    from rightplace.foundation.access.actor import RULES
    from rightplace.services.signals.files import take_file

    taken = same = refused = 0
    for place, (agency, content) in enumerate(part):
        for _ in range(2 if place % 4 == 0 else 1):
            outcome = take_file(agency, content, len(content), RULES)
            taken, same, refused = taken + outcome.taken, same + outcome.same, refused + len(outcome.refused)
    return taken, same, refused


def plain_rows(count: int) -> float:
    """Rows a second of the peer: Django's ORM, a plain row and a commit each."""
    from rightplace.services.signals.models import Tally

    began = time.perf_counter()
    for number in range(count):
        Tally.objects.create(agency=-1 - number, kind="peer", month=date(2026, 3, 1), what="peer", number=1)
    return count / (time.perf_counter() - began)


def agencies_with_agreements(how_many: int) -> list[int]:
    """Invented schools, each with an agreement that both sides made."""
    from rightplace.foundation.access.actor import RULES
    from rightplace.foundation.organisation import actions, clock
    from rightplace.services.signals.models import Feed

    today, made = clock.today(), []
    for number in range(how_many):
        agency = actions.add_agency(name=f"School {number}", kind="education", begins=today, by=RULES)
        workers = [
            actions.add_worker(name=f"{side} {number}", kind="staff", begins=today, agency=agency, by=RULES)
            for side in ("Head", "Officer")
        ]
        Feed.objects.create(
            agency=agency, kinds=["school.attendance"], lawful_basis="public task", purpose="To offer help early",
            retention_days=90, begins=today, expires=today + timedelta(days=300), recorded_at=clock.now(),
            recorded_by_id=RULES.worker, service_agreed_by=workers[0], service_agreed_at=clock.now(),
            governance_agreed_by=workers[1], governance_agreed_at=clock.now(),
        )  # fmt: skip
        made.append(agency.pk)
    return made


def measured(signals: int, processes: int) -> bool:
    """Measure and print; whether the goals hold."""
    from django.db import connection

    from rightplace.foundation.journal.parallel import in_processes
    from rightplace.foundation.organisation import clock
    from rightplace.services.signals.models import Family, Signal

    files = files_of(signals, agencies_with_agreements(6), clock.today())
    peer = plain_rows(1_000)
    connection.close()
    began = time.perf_counter()
    told = in_processes(give, [(files[part::processes],) for part in range(processes)])
    took = time.perf_counter() - began
    taken, same, refused = (sum(each) for each in zip(*told, strict=True))
    kept = Signal.objects.count()
    whole = taken == kept == signals and refused == 0
    a_second = (taken + same) / took
    print(f"rows a second, {processes} processes   {a_second:12,.0f}   at least {AIM_A_SECOND} aimed at")
    print(f"rows a minute                {a_second * 60:12,.0f}   at least {GOAL_A_MINUTE:,}")
    print(
        f"taken, the same, refused     {taken:,}, {same:,}, {refused:,} of {signals:,} signals in {took:.1f} s"
    )
    print(
        f"kept                         {kept:12,}   {'none lost, none doubled' if whole else 'LOST OR DOUBLED'}"
    )
    print(f"families                     {Family.objects.count():12,}")
    print(
        f"peer: Django ORM, plain rows {peer:12,.0f}   rows a second, one process; ratio {a_second / peer:.1f}"
    )
    return bool(whole and a_second * 60 >= GOAL_A_MINUTE)


def main() -> int:
    """Measure in a scratch database that is thrown away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signals", type=int, default=8_000)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    from rightplace.gateways.cli.bench import scratch
    from rightplace.gateways.cli.room import open_room

    with open_room() as server, scratch(server):
        return 0 if measured(chosen.signals, chosen.processes) else 1


if __name__ == "__main__":
    sys.exit(main())
