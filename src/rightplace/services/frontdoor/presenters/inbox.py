"""The inbox: what waits at the front door, in order of what is due, and why each contact ranks where it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef
from django.urls import reverse

from rightplace.common.caseflow.children import RESTRICTED, age_words
from rightplace.common.caseflow.presenters import back_rows
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import came_back
from rightplace.common.web import tags, words
from rightplace.common.web.pieces import HEADINGS, Column, Lines, Link, Pages, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.vocabulary.codes import label
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Duplicate, Person
from rightplace.services.frontdoor.presenters.narrowing import (
    Asked,
    Choice,
    ContactWaiting,
    Waiting,
    filters,
    matches,
    waiting_contacts,
)
from rightplace.services.frontdoor.queries import told_before

AT_ONCE = 25
COLUMNS = (
    Column("Children"),
    Column("Why it stands here"),
    Column("Grade"),
    Column("Told before"),
    Column("Opened by"),
    Column("Decide by"),
)
GRADES: dict[str, Tag] = {
    "red": Tag("red", "square", "late"),
    "amber": Tag("amber", "triangle", "soon"),
    "green": Tag("green", "circle", "open"),
    "": tags.not_known("not graded"),
}
WITHIN = {"RAG-RED": "4 hours", "RAG-AMBER": "8 office hours", "RAG-GREEN": "24 office hours"}


@dataclass(frozen=True)
class InboxGroup:
    """Contacts due together; the count is of all of them, also of those on another page."""

    key: str
    heading: str
    count: int
    rows: Sequence[Row]


@dataclass(frozen=True)
class Inbox:
    """The page's content. `files` are those whose names it shows."""

    groups: Sequence[InboxGroup]
    filters: Sequence[tuple[str, Sequence[Choice]]]
    count: int
    pages: Pages
    files: frozenset[int]
    narrowed: bool
    disagreements: int
    came_back: Sequence[Row]


def inbox_page(actor: Actor, asked: Asked, number: int) -> Inbox:
    """Gather the inbox as it was asked for: six queries, however much waits."""
    now = clock.now()
    everything, persons = waiting_contacts(actor, now)
    kept = [each for each in everything if matches(each.facets, asked)]
    last = max(1, -(-len(kept) // AT_ONCE))
    number = min(max(number, 1), last)
    shown = kept[(number - 1) * AT_ONCE : number * AT_ONCE]
    row = _rows(actor, shown, persons, now)
    groups = _groups(kept, shown, row)
    back = came_back(actor) if number == 1 and not asked else []
    href = reverse("frontdoor:inbox") + "?" + "".join(f"{k}={v}&" for k, v in asked.items()) + "page={page}"
    return Inbox(
        groups=groups,
        filters=filters(everything, asked),
        count=len(kept),
        pages=Pages(number, last, href),
        files=frozenset(
            [
                *(f for each in shown for f in (each.contact.concern, *each.contact.children)),
                *(o.person for o in back),
            ]
        ),
        narrowed=bool(asked),
        disagreements=sum(each.facets.disagreed for each in everything),
        came_back=_came_back(actor, back) if back else [],
    )


def _came_back(actor: Actor, offers: Sequence[Offer]) -> list[Row]:
    """Children whom no team has taken, each with the step that brings them on."""
    return back_rows(offers, scope(actor, Person).in_bulk([offer.person for offer in offers]))


def _groups(
    kept: Sequence[Waiting], shown: Sequence[Waiting], row: Callable[[Waiting], Row]
) -> list[InboxGroup]:
    headings = {**HEADINGS, "disagreed": "The referrer disagrees"}
    found = []
    for key, heading in headings.items():
        rows = [row(each) for each in shown if each.facets.due == key]
        if rows:
            found.append(InboxGroup(key, heading, sum(each.facets.due == key for each in kept), rows))
    return found


def _rows(
    actor: Actor, shown: Sequence[Waiting], persons: dict[int, int], now: datetime
) -> Callable[[Waiting], Row]:
    contacts = [each.contact for each in shown]
    before = told_before([contact.concern for contact in contacts])
    numbers = {persons[f] for c in contacts for f in c.children if f in persons}
    undecided = Exists(Duplicate.objects.filter(person=OuterRef("person"), settled=False))
    people = scope(actor, Person).filter(person__in=numbers).annotate(flagged=undecided)
    seen = {each.person: each for each in people}
    flagged = {each.person for each in people if each.flagged}
    names = _names({c.read_by for c in contacts}, {c.agency for c in contacts})

    def row(each: Waiting) -> Row:
        contact = each.contact
        children = [seen.get(persons.get(f, 0)) for f in contact.children]
        same = any(persons.get(f) in flagged for f in contact.children)
        late = not each.facets.disagreed and tags.is_late(contact.due, now)
        return Row(
            [
                Link(
                    children_words(children),
                    reverse("frontdoor:contact", args=[contact.concern]),
                    told_by(contact, names),
                ),
                reason(each, now),
                GRADES[contact.grade],
                before_words(len(before[contact.concern]), same),
                opened_words(contact, names),
                tags.due_tag(contact.due, now)
                if not each.facets.disagreed
                else tags.due_soon("answer the referrer"),
            ],
            late=late,
        )

    return row


def _names(workers: Iterable[int], agencies: Iterable[int]) -> dict[tuple[str, int], str]:
    """The names of workers and agencies, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'worker', id, name FROM organisation_worker WHERE id = ANY(%s) UNION ALL "
            "SELECT 'agency', id, name FROM organisation_agency WHERE id = ANY(%s)",
            [list(set(workers)), list(set(agencies))],
        )
        return {(kind, number): name for kind, number, name in cursor.fetchall()}


def children_words(children: Sequence[Person | None]) -> str:
    """Who a contact is about: “Ayla Brook, 8; Joe Brook, 5”."""
    return (
        "; ".join(f"{c.name}, {age_words(c)}" if c else RESTRICTED for c in children) or "No child is named"
    )


def told_by(contact: ContactWaiting, names: dict[tuple[str, int], str]) -> str:
    """Who told it; a member of the public is never named in a list."""
    if not contact.professional:
        return "Told by a member of the public"
    source = label("referral_source", contact.source, contact.received.date())
    return "Told by " + names.get(("agency", contact.agency), source)


def reason(each: Waiting, now: datetime) -> Lines:
    """Why a contact stands where it stands."""
    contact = each.contact
    if each.facets.disagreed:
        return Lines(
            "Somebody else than who decided answers.",
            f"Disagreed {words.length(now - (contact.disagreed or now))} ago",
        )
    if not contact.grade:
        danger = "Danger now was said. " if contact.danger_now == "yes" else ""
        return Lines(f"{danger}Nobody has graded it yet.", f"Told {words.length(now - contact.received)} ago")
    within = WITHIN.get(contact.due_rule, "")
    raised = "raised a grade, told again within a week" if contact.raised else ""
    checks = f"waits for {words.count_words(contact.checks_open, 'answer')}" if contact.checks_open else ""
    more = ", ".join(part for part in (raised, checks) if part)
    return Lines(
        f"Graded {contact.grade}: {within} from {words.plain_day(contact.received, year=False)}, "
        f"{words.clock_time(contact.received)}",
        more[:1].upper() + more[1:],
    )


def before_words(times: int, same: bool) -> Lines:
    """How often it was told before, and whether one of the children may be one we know."""
    said = f"{words.count_words(times, 'time')} in 12 months" if times else "Not in 12 months"
    return Lines(said, "Possible same child" if same else "")


def opened_words(contact: ContactWaiting, names: dict[tuple[str, int], str]) -> str | Tag:
    """Who opened it first; nobody is a state of its own (promise 3)."""
    if contact.read is None:
        return tags.still_open("nobody yet")
    return names.get(("worker", contact.read_by), "Somebody who has left")
