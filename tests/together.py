"""Several threads at once on one database, and what must be so afterwards."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from django.db import connection, connections

from rightplace.foundation.journal import reading
from rightplace.foundation.journal.folding import fold_person
from rightplace.foundation.journal.models import Entry, File
from rightplace.foundation.journal.projecting import PROJECTIONS

PATIENCE = 60


def at_once(works: Sequence[Callable[[], object]]) -> list[str]:
    """Run each in a thread of its own, all let go in the same moment; what went wrong, as text."""
    wrong: list[str] = []
    start = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait(PATIENCE)
            work()
        except BaseException:
            wrong.append(traceback.format_exc())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    wrong += [f"{thread.name} still waits" for thread in threads if thread.is_alive()]
    return wrong


def chains_are_whole(files: Iterable[int]) -> None:
    """Each file's places go up by one, its moments of recording only grow, and its head is its last entry."""
    for file in files:
        rows = list(Entry.objects.filter(file=file).order_by("seq").values_list("seq", "recorded", "digest"))
        assert [row[0] for row in rows] == list(range(1, len(rows) + 1)), f"{file} has a gap"
        recorded = [row[1] for row in rows]
        assert all(a < b for a, b in pairwise(recorded)), f"{file} was recorded backwards"
        head = File.objects.get(pk=file)
        assert (head.head_seq, head.head_recorded, bytes(head.head)) == (
            len(rows), recorded[-1], bytes(rows[-1][2])
        ), f"{file} has another head"  # fmt: skip


def differences(files: Iterable[int]) -> list[str]:
    """The tables in which what was projected bit by bit is not what the entries say from nothing."""
    found: list[str] = []
    numbers = set(File.objects.filter(pk__in=list(files)).values_list("person", flat=True))
    for person in numbers:
        with reading.folding():
            own = reading.files_of_persons([person])
            entries = {file: said for file, said in reading.entries_of(own).items() if said}
            folded = fold_person(person, next(iter(own.values())).kind, entries)
        for projection in PROJECTIONS:
            if folded.kind not in projection.kinds:
                continue
            columns = ", ".join(projection.columns)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT {columns} FROM {projection.table} WHERE {projection.person} = %s", [person]
                )
                stored = {tuple(map(str, row)) for row in cursor.fetchall()}
            if stored != {tuple(map(str, row)) for row in projection.keyed(folded).values()}:
                found.append(f"{projection.table} of {person}")
    return found
