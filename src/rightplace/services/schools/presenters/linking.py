"""Who links which school today and why, who is away, who covers, and which schools and children that touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.urls import reverse

from rightplace.common.caseflow.queries import held_at
from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.linkpeople import LinkBook, Linked, Why, link_book
from rightplace.foundation.organisation.models import Absence, LinkPerson, Membership, School
from rightplace.foundation.organisation.queries import holding

SCHOOL_COLUMNS = (
    Column("School"),
    Column("Area"),
    Column("To be asked today"),
    Column("Link person"),
    Column("State"),
)
HISTORY_COLUMNS = (Column("Link person"), Column("From"), Column("Until"), Column("How"))
AWAY_COLUMNS = (
    Column("Who is away"), Column("From"), Column("Back"), Column("Who covers"), Column("Schools"),
    Column("Children", number=True), Column("Next step"),
)  # fmt: skip


@dataclass(frozen=True)
class LinkedSchools:
    """Every school that the reader looks after, with who is to be asked today."""

    rows: Sequence[Row]
    schools: int
    covered: int
    handed_over: int
    nobody: int


def linked_schools(schools: QuerySet[School], today: date) -> LinkedSchools:
    """One line a school: those that somebody should look at first stand first."""
    book = link_book(schools, today, today)
    linked = {school.pk: book.on(school.pk, today) for school in schools}
    waits = set(
        LinkPerson.objects.filter(holding(today), school__in=schools, handed_over=True).values_list(
            "school_id", flat=True
        )
    )
    lines = [
        (_order(linked[s.pk], s.pk in waits), _school_row(s, linked[s.pk], book, s.pk in waits))
        for s in schools
    ]
    return LinkedSchools(
        rows=[row for _, row in sorted(lines, key=lambda each: each[0])],
        schools=len(lines),
        covered=sum(1 for each in linked.values() if each and each.why is not Why.NAMED),
        handed_over=len(waits),
        nobody=sum(1 for each in linked.values() if each is None),
    )


def _order(linked: Linked | None, handed_over: bool) -> int:
    if linked is None:
        return 0
    return 1 if handed_over or not linked.named else 2 if linked.why is not Why.NAMED else 3


def _school_row(school: School, linked: Linked | None, book: LinkBook, handed_over: bool) -> Row:
    href = reverse("schools:link", args=[school.pk])
    asked: Cell = None
    named: Cell = None
    if linked is not None:
        asked = Lines(book.names[linked.worker], book.phones[linked.worker])
        named = book.names.get(linked.named)
    return Row(
        [Link(school.agency.name, href), school.area.name, asked, named, _state(linked, handed_over)],
        late=linked is None,
    )


def _state(linked: Linked | None, handed_over: bool) -> Tag:
    if linked is None:
        return tags.late("nobody is there")
    if handed_over or not linked.named:
        return tags.due_soon("name the next one")
    if linked.why is Why.NAMED:
        return tags.met("there")
    until = f" until {words.plain_day(linked.until, year=False)}" if linked.until else ""
    return tags.still_open(("covered" if linked.why is Why.COVERS else "stood in for") + until)


def history(school: School) -> list[Row]:
    """Who linked a school, the last first; a row that was taken back before it began is left out."""
    rows = LinkPerson.objects.filter(school=school).select_related("worker").order_by("-begins", "-pk")
    return [
        Row(
            [
                row.worker.name,
                words.plain_day(row.begins),
                words.plain_day(row.ends) if row.ends else tags.plain("until another is named"),
                "Handed over: somebody left, or the school was new" if row.handed_over else "Named",
            ]
        )
        for row in rows
        if row.ends is None or row.ends > row.begins
    ]


def away_rows(actor: Actor, workers: Iterable[int], today: date) -> list[Row]:
    """Who of these is away now or will be, with the schools and the number of children that this touches."""
    absences = list(
        Absence.objects.filter(worker__in=list(workers))
        .exclude(ends__lte=today)
        .select_related("worker", "cover")
        .order_by("begins", "pk")
    )
    gone = {row.worker_id for row in absences}
    schools: dict[int, list[str]] = {}
    links = LinkPerson.objects.filter(holding(today), worker__in=gone).select_related("school__agency")
    for link in links.order_by("school__agency__name"):
        schools.setdefault(link.worker_id, []).append(link.school.agency.name)
    spans = scope(actor, Span).filter(held_at(clock.now()), open=True, worker__in=gone)
    children = dict(spans.values_list("worker").annotate(n=Count("person")).order_by())
    away_too = _away_too(absences, today)
    return [
        _away_row(row, schools.get(row.worker_id, []), children.get(row.worker_id, 0), away_too, today)
        for row in absences
    ]


def _away_too(absences: Sequence[Absence], today: date) -> set[int]:
    covers = {row.cover_id for row in absences if row.cover_id}
    return set(Absence.objects.filter(holding(today), worker__in=covers).values_list("worker_id", flat=True))


def _away_row(row: Absence, schools: Sequence[str], children: int, away_too: set[int], today: date) -> Row:
    cover: Cell = tags.due_soon("nobody yet")
    if row.cover is not None:
        cover = Lines(row.cover.name, "is away too: others stand in" if row.cover_id in away_too else "")
    begun = row.begins <= today
    return Row(
        [
            row.worker.name,
            words.plain_day(row.begins),
            words.plain_day(row.ends) if row.ends else None,
            cover,
            words.listed(schools, "none"),
            children,
            Link("Back today", reverse("schools:back", args=[row.pk]))
            if begun
            else tags.plain("not yet away"),
        ]
    )


def worker_choices(rows: Iterable[Membership]) -> list[tuple[int, str]]:
    """Workers to choose from, each once."""
    return list({row.worker_id: row.worker.name for row in rows}.items())


def grouped_choices(school: School, rows: Sequence[Membership]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Workers of the school's own team first, then of the others."""
    own = [row for row in rows if row.team.area_id == school.area_id]
    others = [row for row in rows if row.team.area_id != school.area_id]
    found = [
        (f"The team of {school.area.name}", worker_choices(own)),
        ("Other teams", worker_choices(others)),
    ]
    return [each for each in found if each[1]]
