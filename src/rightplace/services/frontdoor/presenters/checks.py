"""Checks as the agency that was asked sees them: the question and what was sent with it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from rightplace.common.caseflow.children import RESTRICTED
from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Group, Link, Row, by_due
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.entries.contact import CheckAsked
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.models import File
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Worker
from rightplace.foundation.people.projections import Person
from rightplace.services.frontdoor.presenters.words import entry_words
from rightplace.services.frontdoor.projections import Check, Contact

COLUMNS = (Column("About"), Column("Asked of"), Column("Asked"), Column("By"), Column("Answer by"))
OWN_COLUMNS = (Column("Asked"), Column("By"), Column("Answer by"))
"""An agency sees its own only, and of whom only what was sent with the question."""


@dataclass(frozen=True)
class ChecksPage:
    """What waits for an answer."""

    groups: Sequence[Group]
    columns: Sequence[Column]
    files: frozenset[int]


@dataclass(frozen=True)
class CheckPage:
    """One check: who asks what, on which basis, for what, and what they sent."""

    agency: str
    asked_by: str
    asked_at: str
    due: Tag
    asked: CheckAsked | None
    answered: bool
    by_telephone: bool


def checks_page(actor: Actor, rows: Iterable[Check]) -> ChecksPage:
    """Gather the checks that wait for an answer, the next due first."""
    now = clock.now()
    found = list(rows[:200] if hasattr(rows, "__getitem__") else rows)
    agencies = Agency.objects.in_bulk([row.agency for row in found])
    workers = Worker.objects.in_bulk([row.asked_by for row in found])

    about = {} if actor.is_partner else children_asked_about(actor, [row.concern for row in found])

    def line(row: Check) -> Row:
        href = reverse("frontdoor:check", args=[row.id])
        by = workers[row.asked_by].name if row.asked_by in workers else None
        asked: list[Cell] = [Link(words.when(row.asked), href), by]
        if not actor.is_partner:
            children = about.get(row.concern, "No child is named")
            asked = [Link(children, href), agencies[row.agency].name, words.when(row.asked), by]
        return Row([*asked, tags.due_tag(row.due, now)], late=tags.is_late(row.due, now))

    groups = by_due(found, due=lambda row: row.due, row=line, now=now)
    columns = OWN_COLUMNS if actor.is_partner else COLUMNS
    return ChecksPage(groups, columns, frozenset(row.concern for row in found))


def children_asked_about(actor: Actor, concerns: Sequence[int]) -> dict[int, str]:
    """Whom each of these concerns is about, as far as the reader may know the names."""
    contacts = dict(Contact.objects.filter(concern__in=concerns).values_list("concern", "children"))
    files = {file for children in contacts.values() for file in children}
    persons = dict(File.objects.filter(id__in=files).values_list("id", "person"))
    seen = {each.person: each.name for each in scope(actor, Person).filter(person__in=set(persons.values()))}
    return {
        concern: words.listed(
            (seen.get(persons.get(file, 0), RESTRICTED) for file in children), "No child is named"
        )
        for concern, children in contacts.items()
    }


def check_page(actor: Actor, row: Check) -> CheckPage:
    """Gather one check."""
    entry = entry_words(actor, row.concern, row.id)
    asked = entry.body if entry is not None and isinstance(entry.body, CheckAsked) else None
    asker = Worker.objects.filter(pk=row.asked_by).first()
    return CheckPage(
        agency=Agency.objects.get(pk=row.agency).name,
        asked_by=asker.name if asker else "The front door",
        asked_at=words.when(row.asked),
        due=tags.due_tag(row.due, clock.now(), met_at=row.answered),
        asked=asked,
        answered=row.answered is not None,
        by_telephone=not actor.is_partner,
    )
