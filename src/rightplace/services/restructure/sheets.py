"""Both sides of a programme as a spreadsheet, and in again: every row taken, known already, or refused with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Final

import xlsxwriter
from django.db import DatabaseError, connection, transaction

from rightplace.common.documents.spreadsheets import Unreadable, rows_of
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions as posts
from rightplace.foundation.organisation.establishment.tables import Lineage, Post, Profession
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.programme import actions as programmes
from rightplace.foundation.organisation.programme.tables import Programme, ProgrammePost
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.restructure import structure
from rightplace.services.restructure.actions import KEEP

COLUMNS: Final = (
    "Side", "Reference", "Title", "Grade", "Profession", "Role", "Team", "Hours", "Comes from", "How", "Protected", "Because",
)  # fmt: skip
NEEDED: Final = ("side", "reference")
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
TAKEN, KNOWN, REFUSED = "taken", "known already", "refused"


def as_spreadsheet(title: str, told: structure.Structure, made: datetime) -> bytes:
    """One line a post; a new post names those it comes from. No name of anybody."""
    held = BytesIO()
    book = xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "created": made.astimezone(UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet("Structure")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(COLUMNS) - 1, 16)
    for place, name in enumerate(COLUMNS):
        sheet.write_string(0, place, name, book.add_format({"bold": True, "bg_color": "#F5F3EE"}))
    for line, cells in enumerate(_lines(told), 1):
        for place, cell in enumerate(cells):
            sheet.write_string(line, place, f"'{cell}" if cell.startswith(DANGEROUS) else cell)
    book.close()
    return held.getvalue()


def _lines(told: structure.Structure) -> list[list[str]]:
    names = {post.pk: post.reference for post in told.old}
    come: dict[int, list[str]] = {}
    how: dict[int, str] = {}
    for before, after, kind in told.links:
        come.setdefault(after, []).append(names.get(before, ""))
        how[after] = kind
    lines = []
    for side, posts_ in (("old", told.old), ("new", told.new)):
        for post in posts_:
            because = told.protected.get(post.pk) or told.unlinked.get(post.pk, "")
            lines.append([
                side, post.reference, post.title, post.grade, Profession(post.profession).label,
                RoleCode(post.role).name.lower(), post.team.name, f"{float(post.hours):g}",
                " ".join(come.get(post.pk, ())), how.get(post.pk, ""), "yes" if post.pk in told.protected else "", because,
            ])  # fmt: skip
    return lines


@dataclass(frozen=True, slots=True)
class RowTold:
    """What became of one row of the sheet."""

    line: int
    reference: str
    outcome: str
    says: str = ""


def take_sheet(programme: Programme, sent: bytes, *, by: Actor, trial: bool = False) -> list[RowTold]:
    """Read a sheet and write its rows, or only say what would happen. A refused row leaves nothing behind."""
    require(by, KEEP)
    heading, *lines = rows_of(sent)
    names = [each.strip().lower() for each in heading]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise Unreadable(f"The sheet lacks the column {', '.join(missing)}.")
    if len({*filter(None, names)}) != len([*filter(None, names)]):
        raise Unreadable("The sheet has a column twice.")
    cells = [dict(zip(names, line, strict=False)) for line in lines]
    # old posts first: a new one names those it comes from
    order = sorted(range(len(cells)), key=lambda place: cells[place].get("side", "").strip().lower() != "old")
    with transaction.atomic():
        told = {place: _taken(programme, place + 2, cells[place], by) for place in order}
        if trial:
            transaction.set_rollback(True)
    return [told[place] for place in sorted(told)]


def _taken(programme: Programme, line: int, cells: Mapping[str, str], by: Actor) -> RowTold:
    reference = cells.get("reference", "").strip()[:20]
    try:
        with transaction.atomic():
            done = _write(programme, cells, by)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except Refused as why:
        return RowTold(line, reference, REFUSED, f"{why.because} {why.instead}")
    except DatabaseError:
        return RowTold(line, reference, REFUSED, "The database refused it: hours or days that cannot be.")
    return RowTold(line, reference, TAKEN if done else KNOWN, ", ".join(done))


def _write(programme: Programme, cells: Mapping[str, str], by: Actor) -> list[str]:
    side, reference = cells.get("side", "").strip().lower(), cells.get("reference", "").strip()
    if side not in ProgrammePost.Side.values:
        raise Refused(
            "A post is of the old or of the new structure.", "Write old or new into the column Side."
        )
    if not reference:
        raise Refused("A row names a post by its reference.", "Fill in the reference.")
    done: list[str] = []
    post = Post.objects.filter(reference=reference).first()
    if post is None:
        if side == "old":
            raise Refused("There is no such post.", "An old post is in the establishment first.")
        post = _opened(programme, cells, reference, by)
        done.append("post opened")
    there = ProgrammePost.objects.filter(programme=programme, post=post).first()
    if there is None:
        protected = cells.get("protected", "").strip().lower() in ("yes", "true", "1")
        programmes.put_post(
            programme=programme, post=post, side=side, protected=protected,
            because=cells.get("because", "") if protected else "", by=by,
        )  # fmt: skip
        done.append("put into the programme")
    elif there.side != side:
        raise Refused(f"The post is of the {there.side} structure here.", "A post is on one side.")
    return done + _linked(programme, post, cells, by)


def _linked(programme: Programme, post: Post, cells: Mapping[str, str], by: Actor) -> list[str]:
    done: list[str] = []
    because = cells.get("because", "").strip()
    come = cells.get("comes from", "").replace(",", " ").replace(";", " ").split()
    for name in come:
        before = Post.objects.filter(reference=name, in_programmes__programme=programme).first()
        if before is None:
            raise Refused(f"{name} is no post of this programme.", "Put it into the programme first.")
        if Lineage.objects.filter(before=before, after=post).exists():
            continue
        kind = cells.get("how", "").strip() or ("merged" if len(come) > 1 else "changed")
        if kind not in Lineage.Kind.values:
            raise Refused("There is no such way to come of a post.", f"Use {', '.join(Lineage.Kind.values)}.")
        posts.say_lineage(
            before=before, after=post, on=programme.first_day or clock.today(), kind=kind,
            because=because or programme.title, by=by,
        )  # fmt: skip
        done.append(f"comes from {name}")
    protected = ProgrammePost.objects.filter(programme=programme, post=post, protected=True).exists()
    if because and not come and not protected and not _said(programme, post):
        structure.say_unlinked(programme=programme, post=post, because=because, by=by)
        done.append("without a link, with its reason")
    return done


def _said(programme: Programme, post: Post) -> bool:
    """Whether what becomes of a post is said already."""
    linked = Lineage.objects.filter(before=post) | Lineage.objects.filter(after=post)
    return linked.exists() or programme.unlinked.filter(post=post).exists()


def _opened(programme: Programme, cells: Mapping[str, str], reference: str, by: Actor) -> Post:
    if programme.first_day is None:
        raise Refused(
            "The first day of the new structure is not set.", "Set it first: new posts begin on it."
        )
    team = Team.objects.filter(name__iexact=cells.get("team", "").strip()).order_by("-id").first()
    if team is None:
        raise Refused("There is no such team.", "Open the team first, from the first day on.")
    labels = {label.lower(): code for code, label in Profession.choices} | {
        code: code for code in Profession.values
    }
    profession = labels.get(cells.get("profession", "").strip().lower())
    role = cells.get("role", "").strip().upper().replace(" ", "_")
    if profession is None or role not in RoleCode.__members__:
        raise Refused("There is no such profession or role.", "Use those of the sheet that you take out.")
    return posts.open_post(
        title=cells.get("title", ""), grade=cells.get("grade", ""), profession=profession, role=RoleCode[role],
        team=team, funding="", hours=_hours(cells.get("hours", "")), begins=_begins(programme.first_day, team), by=by,
        reference=reference,
    )  # fmt: skip


def _begins(first_day: date, team: Team) -> date:
    return max(first_day, team.begins)


def _hours(said: str) -> Decimal:
    try:
        found = Decimal(said.replace(",", "."))
    except InvalidOperation as error:
        raise Refused(f"“{said[:20]}” is not a number of hours.", "Give hours such as 37 or 18.5.") from error
    if not found.is_finite() or not 0 < found <= 60:
        raise Refused(f"{said[:20]} is no number of hours of a week.", "Give more than 0 and at most 60.")
    return found.quantize(Decimal("0.01"))


def counted(told: Sequence[RowTold], outcome: str) -> int:
    return sum(1 for each in told if each.outcome == outcome)
