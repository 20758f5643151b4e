"""Takes in a spreadsheet of posts. Every row is accounted for: taken, known already, or refused with its reason.

One row is one seat. A row is written through the same actions as everything else, so what is impossible is refused
alike; a refused row leaves nothing behind, and the others stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from django.db import DatabaseError, transaction

from rightplace.common.documents.spreadsheets import Unreadable, rows_of
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions, people
from rightplace.foundation.organisation.establishment.tables import Occupancy, Post, Profession, Seat
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import RoleCode

NEEDED: Final = ("reference", "title", "grade", "profession", "role", "team", "hours")
TAKEN, KNOWN, REFUSED = "taken", "known already", "refused"


@dataclass(frozen=True, slots=True)
class RowTold:
    """What became of one row of the sheet."""

    line: int
    reference: str
    outcome: str
    says: str = ""


@dataclass(frozen=True)
class SheetTold:
    """What became of a whole sheet: each of its rows, once."""

    rows: Sequence[RowTold]
    trial: bool

    def count(self, outcome: str) -> int:
        return sum(1 for row in self.rows if row.outcome == outcome)


@dataclass
class _Knowing:
    """What is looked up once for a sheet."""

    by: Actor
    teams: dict[str, Team]
    today: date
    professions: dict[str, str] = field(
        default_factory=lambda: {
            name.lower(): code for code, label in Profession.choices for name in (code, label)
        }
    )


def take_sheet(sent: bytes, *, by: Actor, trial: bool = False) -> SheetTold:
    """Read a sheet and write its rows, or only say what would happen."""
    require(by, "establishment.keep")
    heading, *lines = rows_of(sent)
    names = [each.strip().lower() for each in heading]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise Unreadable(f"The sheet lacks the column {', '.join(missing)}.")
    if len(set(filter(None, names))) != len(list(filter(None, names))):
        raise Unreadable("The sheet has a column twice.")
    today = clock.today()
    teams = {team.name.lower(): team for team in Team.objects.filter(holding(today)).order_by("-id")}
    knowing = _Knowing(by, teams, today)
    with transaction.atomic():
        told = [
            _taken(number, dict(zip(names, line, strict=False)), knowing)
            for number, line in enumerate(lines, 2)
        ]
        if trial:
            transaction.set_rollback(True)
    return SheetTold(told, trial)


def _taken(line: int, cells: Mapping[str, str], knowing: _Knowing) -> RowTold:
    reference = cells.get("reference", "")[:20]
    try:
        with transaction.atomic():
            outcome = _write(cells, knowing)
            _look_now()
    except Refused as why:
        return RowTold(line, reference, REFUSED, f"{why.because} {why.instead}")
    except DatabaseError:
        return RowTold(
            line, reference, REFUSED, "The database refused it: hours or days beyond the post or the seat."
        )
    return RowTold(line, reference, *outcome)


def _look_now() -> None:
    """Let the checks that wait for the end of the transaction look at this row now, so that it alone is refused."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _write(cells: Mapping[str, str], knowing: _Knowing) -> tuple[str, str]:
    post = Post.objects.filter(reference=cells["reference"]).first() if cells["reference"] else None
    done: list[str] = []
    if post is None:
        post = _open(cells, knowing)
        done.append("post opened")
    else:
        _same(post, cells, knowing)
    seat = _seat(post, cells, knowing, done)
    worker = cells.get("worker number", "")
    if worker:
        _sit(seat, worker, cells, knowing, done)
    return (TAKEN, ", ".join(done)) if done else (KNOWN, "")


def _open(cells: Mapping[str, str], knowing: _Knowing) -> Post:
    team = knowing.teams.get(cells["team"].lower())
    if team is None:
        raise Refused("There is no such team today.", "Give the team's name as the list of teams has it.")
    profession = knowing.professions.get(cells["profession"].lower())
    if profession is None:
        raise Refused("There is no such profession.", "Use one of those of the sheet that you take out.")
    role = cells["role"].strip().upper().replace(" ", "_")
    if role not in RoleCode.__members__:
        raise Refused("There is no such role.", "Use one of those of the sheet that you take out.")
    return actions.open_post(
        title=cells["title"], grade=cells["grade"], profession=profession, role=RoleCode[role], team=team,
        funding=cells.get("funding", ""), hours=_hours(cells["hours"]), by=knowing.by, seats=(),
        begins=_day(cells.get("begins", ""), knowing.today), reference=cells["reference"],
    )  # fmt: skip


def _same(post: Post, cells: Mapping[str, str], knowing: _Knowing) -> None:
    """A known post is not changed by a sheet: a change has a reason and a lineage."""
    profession = knowing.professions.get(cells["profession"].lower(), "")
    said: tuple[tuple[str, object, object], ...] = (
        ("title", post.title, cells["title"]), ("grade", post.grade, cells["grade"]),
        ("hours", post.hours, _hours(cells["hours"])), ("team", post.team.name.lower(), cells["team"].lower()),
        ("profession", post.profession, profession),
    )  # fmt: skip
    other = [name for name, known, told in said if known != told]
    if other:
        raise Refused(
            f"The post is known with another {', '.join(other)}.",
            "A changed post is a new one with a lineage: change it on its page, with the reason.",
        )


def _seat(post: Post, cells: Mapping[str, str], knowing: _Knowing, done: list[str]) -> Seat:
    wanted = cells.get("seat", "")
    seats = Seat.objects.filter(holding(max(knowing.today, post.begins)), post=post).order_by("number")
    if wanted and not wanted.isdecimal():
        raise Refused("The seat is a number.", "Number the seats of a post 1, 2 and so on.")
    found = seats.filter(number=int(wanted)).first() if wanted else seats.first()
    if found is not None:
        return found
    hours = cells.get("seat hours", "")
    done.append("seat added")
    return actions.add_seat(
        post=post, hours=_hours(hours) if hours else post.hours, by=knowing.by,
        begins=max(post.begins, _day(cells.get("begins", ""), post.begins)),
    )  # fmt: skip


def _sit(seat: Seat, number: str, cells: Mapping[str, str], knowing: _Knowing, done: list[str]) -> None:
    worker = (
        Worker.objects.filter(pk=int(number), kind=Worker.Kind.STAFF).first() if number.isdecimal() else None
    )
    if worker is None:
        raise Refused("There is no such worker.", "Give the worker's number; the name alone is not enough.")
    begins = max(seat.begins, _day(cells.get("begins", ""), knowing.today))
    sits = Occupancy.objects.filter(holding(max(begins, knowing.today)), seat=seat).first()
    if sits is not None and sits.worker_id == worker.pk:
        return
    kind = cells.get("how", "") or Occupancy.Kind.SUBSTANTIVE
    if kind not in Occupancy.Kind.values:
        raise Refused(
            "There is no such way to sit in a post.", f"Use one of {', '.join(Occupancy.Kind.values)}."
        )
    hours = cells.get("worker hours", "")
    people.seat_worker(
        seat=seat,
        worker=worker,
        kind=kind,
        begins=begins,
        by=knowing.by,
        hours=_hours(hours) if hours else None,
    )
    done.append("worker seated")


def _hours(said: str) -> Decimal:
    try:
        found = Decimal(said.replace(",", "."))
    except InvalidOperation as error:
        raise Refused(f"“{said[:20]}” is not a number of hours.", "Give hours such as 37 or 18.5.") from error
    if not found.is_finite() or not 0 < found <= 60:
        raise Refused(f"{said[:20]} is no number of hours of a week.", "Give more than 0 and at most 60.")
    return found.quantize(Decimal("0.01"))


def _day(said: str, otherwise: date) -> date:
    if not said:
        return otherwise
    parsers: tuple[Callable[[str], date], ...] = (date.fromisoformat, _slashed)
    for parse in parsers:
        try:
            return parse(said)
        except ValueError:
            continue
    raise Refused(f"“{said[:20]}” is not a day.", "Give it as 2026-03-31 or 31/03/2026.")


def _slashed(said: str) -> date:
    day, month, year = said.split("/")
    return date(int(year), int(month), int(day))


__all__ = ["KNOWN", "REFUSED", "TAKEN", "RowTold", "SheetTold", "Unreadable", "take_sheet"]
