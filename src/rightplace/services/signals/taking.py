"""Taking signals: each row taken once, the same as before, or refused with its reason; kept before it is acknowledged.

A row is known by its agency and the id that the sender gave it: sent again it is the same, with other words a conflict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from rightplace.domain.practice.need.noticing import noticing
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, require
from rightplace.foundation.journal.writing import new_id
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import AreaSquare, School
from rightplace.foundation.organisation.places.places import square_of
from rightplace.services.signals import feeds, joining, sealing
from rightplace.services.signals.meeting import Meeting
from rightplace.services.signals.models import Feed, Signal
from rightplace.services.signals.rows import Given, RowRefused, read_row
from rightplace.services.signals.tallies import count

TAKERS = 7_400_170
"""The advisory lock under which signals meet, so that two senders at once make one family of it."""
TOGETHER = 1_000
"""Rows of one transaction."""
Raw = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A row that was refused: its line or place, the sender's id as far as it can be read, and why."""

    line: int
    sender_id: str
    because: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of each row that was given: taken, the same as before, or refused. Nothing else."""

    taken: int = 0
    same: int = 0
    refused: tuple[NotTaken, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows were accounted for."""
        return self.taken + self.same + len(self.refused)

    def and_then(self, other: Outcome) -> Outcome:
        """Both together, the refused in the order of their lines."""
        refused = sorted((*self.refused, *other.refused), key=lambda each: each.line)
        return Outcome(self.taken + other.taken, self.same + other.same, tuple(refused))


@dataclass(slots=True)
class _Ready:
    """A row that was read, and what is stored of it."""

    line: int
    given: Given
    body: bytes
    mac: bytes
    feed: Feed
    area: int
    delete_on: date


@dataclass(slots=True)
class _Batch:
    """What is known while some rows are taken."""

    agency: int
    today: date
    now: datetime
    by: Actor
    feeds: Sequence[Feed]
    all_feeds: Sequence[Feed]
    own_area: int
    taken: int = 0
    same: int = 0
    refused: list[NotTaken] = field(default_factory=list)
    tally: Counter[tuple[str, str]] = field(default_factory=Counter)

    def refuse(self, line: int, row: Raw, why: RowRefused) -> None:
        said = row.get("sender_id")
        known = row.get("kind")
        kind = known if isinstance(known, str) and noticing().find(known) else "unknown"
        self.refused.append(NotTaken(line, str(said)[:64] if said else "", why.because))
        self.tally[(kind, f"refused: {why.code}")] += 1


def take(source: Feed | int, rows: Sequence[Raw], by: Actor, *, lines: Sequence[int] = ()) -> Outcome:
    """Take signals of an agency (or of one of its agreements). Every row is accounted for; what is taken is committed.

    `source` is an agreement or the number of an agency; `lines` says where each row stood. Raises NotAllowed for
    whoever may not give for that agency.
    """
    agency = source.agency_id if isinstance(source, Feed) else source
    if not by.is_rule:
        require(by, "signal.give")
        if by.agency != agency:
            raise NotAllowed
    placed = list(zip(lines or range(1, len(rows) + 1), rows, strict=True))
    done = Outcome()
    for begin in range(0, len(placed), TOGETHER):
        done = done.and_then(_take_some(source, agency, placed[begin : begin + TOGETHER], by))
    return done


def _take_some(source: Feed | int, agency: int, rows: Sequence[tuple[int, Raw]], by: Actor) -> Outcome:
    """One transaction, durable before it answers: what was said to be taken is there after a fall of the machine."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TAKERS])
        batch = _begin(source, agency, by)
        read = (_read(batch, line, row) for line, row in rows)
        _store(batch, _new_ones(batch, [found for found in read if found is not None]))
        count(agency, batch.today, batch.tally)
    return Outcome(batch.taken, batch.same, tuple(batch.refused))


def _begin(source: Feed | int, agency: int, by: Actor) -> _Batch:
    today = clock.today()
    chosen = Feed.objects.filter(agency_id=agency)
    if isinstance(source, Feed):
        chosen = chosen.filter(pk=source.pk)
    known = list(chosen.order_by("expires", "pk"))
    holding = [feed for feed in known if feeds.why_not(feed, today) == ("", "")]
    school = School.objects.filter(agency_id=agency).values_list("area_id", flat=True).first()
    return _Batch(agency, today, clock.now(), by, holding, known, school or 0)


def _read(batch: _Batch, line: int, row: Raw) -> _Ready | None:
    try:
        given = read_row(row, batch.today)
        feed = _feed_for(batch, given.kind)
        return _Ready(
            line, given, body := sealing.body_bytes(given), sealing.body_mac(body), feed,
            _area(batch, given), _delete_on(batch, given, feed),
        )  # fmt: skip
    except RowRefused as why:
        batch.refuse(line, row, why)
        return None


def _feed_for(batch: _Batch, kind: str) -> Feed:
    for feed in batch.feeds:
        if kind in feed.kinds:
            return feed
    raise RowRefused(*feeds.why_none(batch.all_feeds, kind, batch.today))


def _area(batch: _Batch, given: Given) -> int:
    """The area whose team looks at it: that of the home, or of the school where no address of the city is given."""
    square = square_of(given.postcode) if given.postcode else None
    area = _areas().get(square, 0) if square else 0
    if area or batch.own_area:
        return area or batch.own_area
    raise RowRefused("no area", "The postcode is missing or not of this city, so no team could look at it.")


_SQUARES: dict[tuple[int, int], int] = {}


def _areas() -> dict[tuple[int, int], int]:
    """The area of each square; they change with a release, so each process reads them once."""
    if not _SQUARES:
        _SQUARES.update(
            {(row[0], row[1]): row[2] for row in AreaSquare.objects.values_list("east", "north", "area")}
        )
    return _SQUARES


def _delete_on(batch: _Batch, given: Given, feed: Feed) -> date:
    """The day on which it is deleted, counted from when it was noticed: an old notice is not new because it comes now."""
    kind = noticing().find(given.kind)
    assert kind is not None, "read_row has looked"
    kept = min(kind.keep_days, feed.retention_days)
    day = given.noticed + timedelta(days=kept)
    if day <= batch.today:
        raise RowRefused("too old", f"It is older than the {kept} days for which it may be kept.")
    return day


def _new_ones(batch: _Batch, ready: Sequence[_Ready]) -> list[_Ready]:
    """Those not taken before; the same again is counted, and another body under the same id refused."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sender_id, body_mac FROM signals_signal WHERE agency = %s AND sender_id = ANY(%s)",
            [batch.agency, [each.given.sender_id for each in ready]],
        )
        before = {sender: bytes(mac) for sender, mac in cursor.fetchall()}
    fresh = []
    for each in ready:
        mac = before.setdefault(each.given.sender_id, each.mac)
        if mac is each.mac:
            fresh.append(each)
        elif mac == each.mac:
            batch.same += 1
            batch.tally[(each.given.kind, "same")] += 1
        else:
            why = RowRefused(
                "conflict", "The same sender_id was sent before with other words; give it a new one."
            )
            batch.refuse(each.line, {"sender_id": each.given.sender_id, "kind": each.given.kind}, why)
    return fresh


def _store(batch: _Batch, ready: Sequence[_Ready]) -> None:
    if not ready:
        return
    keyed = [
        [(why, sealing.hashed(key)) for why, key in joining.keys_of(each.given)] for each in ready
    ]  # what meets is found by the hashes alone
    meeting = Meeting({key for keys in keyed for _, key in keys}, batch.now)
    signals, hashes = [], []
    for each, keys in zip(ready, keyed, strict=True):
        family, why = meeting.family_for(keys, each.area)
        number, salt = new_id(), sealing.new_salt()
        signals.append(_row(batch, each, number, salt, family, why))
        hashes += [(number, why, key) for why, key in keys]
        batch.taken += 1
        batch.tally[(each.given.kind, "taken")] += 1
    meeting.write()
    _copy(SIGNAL_COLUMNS, signals)
    _copy(KEY_COLUMNS, hashes)


SIGNAL_COLUMNS = (
    "signals_signal (id, feed_id, agency, sender_id, body_mac, kind, noticed, received, delete_on, family_id, why, "
    "given_by, taken_up, salt, sealed)"
)
KEY_COLUMNS = "signals_key (signal_id, why, key)"


def _row(batch: _Batch, each: _Ready, number: int, salt: bytes, family: int, why: str) -> tuple[object, ...]:
    given = each.given
    return (
        number, each.feed.pk, batch.agency, given.sender_id, each.mac, given.kind, given.noticed, batch.now,
        each.delete_on, family, why, batch.by.worker, False, salt, sealing.seal(number, salt, each.body),
    )  # fmt: skip


def _copy(columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {columns} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


__all__ = ["NotTaken", "Outcome", "Signal", "take"]
