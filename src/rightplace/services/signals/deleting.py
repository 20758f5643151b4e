"""A signal that nobody took up is deleted on its day: what it said, its key, and the hashes by which it met others.

What stays is that one of a kind, from an agency, was deleted on its day. A legal hold wins (`holding.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from django.db import connection, transaction

from rightplace.foundation.access.actor import RULES
from rightplace.foundation.organisation import clock
from rightplace.services.signals import holding
from rightplace.services.signals.models import Family, Hold, Noted, Signal
from rightplace.services.signals.tallies import count

TOGETHER = 5_000


def delete_due() -> int:
    """Delete every signal whose day has come. Returns how many nobody had taken up."""
    holding.note_kept()
    empty_taken_back()
    gone = 0
    while some := _delete_some():
        gone += some[1]
    return gone


def empty_taken_back() -> int:
    """What was taken back while it was held goes as soon as nothing holds it; its shell stays until its day."""
    held = Hold.objects.filter(holding.in_force()).values("family")
    kept = Signal.objects.filter(taken_back__isnull=False, sealed__isnull=False).exclude(family__in=held)
    return kept.update(sealed=None, salt=None)


@transaction.atomic
def _delete_some() -> tuple[int, int] | None:
    today = clock.today()
    due = list(
        Signal.objects.select_for_update(of=("self", "family"), skip_locked=True)
        .filter(delete_on__lte=today)
        .exclude(family__in=Hold.objects.filter(holding.in_force()).values("family"))
        .select_related("family")
        .defer("sealed", "salt")
        .order_by("delete_on", "id")[:TOGETHER]
    )
    if not due:
        return None
    # a hold that was asked while the rows were being found: now that their families are locked none can come
    held = holding.held_among(each.family_id for each in due)
    due = [each for each in due if each.family_id not in held]
    lost = [each for each in due if not each.taken_up and each.taken_back is None]
    _note(lost)
    numbers = [each.pk for each in due]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM signals_key WHERE signal_id = ANY(%s)", [numbers])
        cursor.execute("DELETE FROM signals_taken_up_as WHERE signal_id = ANY(%s)", [numbers])
        cursor.execute("DELETE FROM signals_signal WHERE id = ANY(%s)", [numbers])
    _forget_families({each.family_id for each in due})
    return len(due), len(lost)


def _note(lost: Sequence[Signal]) -> None:
    now, today = clock.now(), clock.today()
    Noted.objects.bulk_create(
        Noted(
            at=now, what=Noted.What.DELETED, worker=RULES.worker, role=RULES.role, team=0, family=each.family_id,
            area=each.family.area, agency=each.agency, kinds=[each.kind],
        )
        for each in lost
    )  # fmt: skip
    by_agency: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for each in lost:
        seen = "deleted, seen" if each.seen else "deleted, not seen"
        by_agency[each.agency][(each.kind, seen)] += 1
    for agency, counted in by_agency.items():
        count(agency, today, counted)


def _forget_families(families: set[int]) -> None:
    """A family without signals goes, and with its key the words that were written about it."""
    empty = list(Family.objects.filter(pk__in=families, signals__isnull=True).values_list("pk", flat=True))
    Noted.objects.filter(family__in=empty).update(sealed=None)
    Family.objects.filter(pk__in=empty).delete()
