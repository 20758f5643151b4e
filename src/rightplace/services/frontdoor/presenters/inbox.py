"""The inbox: what waits at the front door, in order of what is due, and why each contact ranks where it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db import connection
from django.db.models import F, Q
from django.urls import reverse

from rightplace.common.caseflow.children import RESTRICTED, age_words
from rightplace.common.web import tags, words
from rightplace.common.web.pieces import HEADINGS, Column, Lines, Link, Pages, Row, by_due
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.vocabulary.codes import label
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.models import File
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.places import places
from rightplace.foundation.people.projections import Duplicate, Person
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.queries import told_before

AT_ONCE = 50
POLICE = "6"
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


@cache
def quarters() -> tuple[tuple[str, frozenset[int]], ...]:
    """The four quarters of the city with the areas in each."""
    found: dict[str, set[int]] = {}
    for area in places.areas():
        found.setdefault(area.quarter, set()).add(area.number)
    return tuple((name, frozenset(areas)) for name, areas in found.items())


@dataclass(frozen=True)
class Choice:
    """One link that narrows the inbox, with the number of contacts that it opens."""

    text: str
    href: str
    count: int
    chosen: bool


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


@dataclass(frozen=True)
class Waiting:
    """One contact of the inbox, with what narrows it."""

    contact: Contact
    quarter: str
    group: str
    disagreed: bool

    @property
    def due(self) -> datetime | None:
        """When the next thing about it is due."""
        return self.contact.due


def group_of(due: datetime | None, now: datetime) -> str:
    """Late, today, this week or later: the group in which every list of the system would put it."""
    return by_due([due], due=lambda day: day, row=lambda day: Row([]), now=now)[0].key


Asked = dict[str, str]
FILTERS: tuple[tuple[str, str], ...] = (
    ("quarter", "Part of the city"),
    ("grade", "Grade"),
    ("due", "Due"),
    ("only", "Only"),
)


def matches(waiting: Waiting, asked: Asked) -> bool:
    """Whether a contact is in the list that was asked for."""
    only = asked.get("only", "")
    if waiting.disagreed != (only == "disagreements"):
        return False
    if only == "police" and waiting.contact.source != POLICE:
        return False
    if only == "unopened" and waiting.contact.read is not None:
        return False
    grade = asked.get("grade", "")
    if grade and (waiting.contact.grade or "none") != grade:
        return False
    return asked.get("quarter", "") in ("", waiting.quarter) and asked.get("due", "") in ("", waiting.group)


def waiting_contacts(actor: Actor, now: datetime) -> tuple[list[Waiting], dict[int, int], dict[int, Person]]:
    """Every contact that waits for a decision or for an answer to a disagreement, next due first; and its children."""
    waits = Q(decided__isnull=True) | Q(disagreed__isnull=False, disagreement_answered__isnull=True)
    contacts = list(
        scope(actor, Contact).filter(waits).order_by(F("due").asc(nulls_last=True), "received", "concern")
    )
    files = {file for contact in contacts for file in contact.children}
    persons = dict(File.objects.filter(id__in=files).values_list("id", "person"))
    seen = {each.person: each for each in scope(actor, Person).filter(person__in=set(persons.values()))}
    found = []
    for contact in contacts:
        areas = {seen[persons[f]].area for f in contact.children if persons.get(f) in seen}
        quarter = next((name for name, own in quarters() if own & areas), "unknown")
        disagreed = contact.decided is not None
        group = "disagreed" if disagreed else group_of(contact.due, now)
        found.append(Waiting(contact, quarter, group, disagreed))
    return found, persons, seen


def inbox_page(actor: Actor, asked: Asked, number: int) -> Inbox:
    """Gather the inbox as it was asked for: seven queries, however much waits."""
    now = clock.now()
    everything, persons, seen = waiting_contacts(actor, now)
    kept = [each for each in everything if matches(each, asked)]
    last = max(1, -(-len(kept) // AT_ONCE))
    number = min(max(number, 1), last)
    shown = kept[(number - 1) * AT_ONCE : number * AT_ONCE]
    row = _rows(actor, shown, persons, seen, now)
    groups = _groups(kept, shown, row)
    href = reverse("frontdoor:inbox") + "?" + "".join(f"{k}={v}&" for k, v in asked.items()) + "page={page}"
    return Inbox(
        groups=groups,
        filters=[(heading, _choices(everything, asked, name)) for name, heading in FILTERS],
        count=len(kept),
        pages=Pages(number, last, href),
        files=frozenset(f for each in shown for f in (each.contact.concern, *each.contact.children)),
        narrowed=bool(asked),
    )


def _groups(
    kept: Sequence[Waiting], shown: Sequence[Waiting], row: Callable[[Waiting], Row]
) -> list[InboxGroup]:
    headings = {**HEADINGS, "disagreed": "The referrer disagrees"}
    found = []
    for key, heading in headings.items():
        rows = [row(each) for each in shown if each.group == key]
        if rows:
            found.append(InboxGroup(key, heading, sum(each.group == key for each in kept), rows))
    return found


def _choices(everything: Sequence[Waiting], asked: Asked, name: str) -> list[Choice]:
    """The links of one filter; each count is what its link opens, with the other filters as they are."""
    offered: dict[str, str] = {"": "All"}
    if name == "quarter":
        offered |= {key: key.capitalize() for key, _ in quarters()} | {"unknown": "Not known"}
    elif name == "grade":
        offered |= {"red": "Red", "amber": "Amber", "green": "Green", "none": "Not graded"}
    elif name == "due":
        offered |= {key: HEADINGS[key] for key in ("late", "today", "week", "later")}
    else:
        offered |= {
            "unopened": "Nobody has opened",
            "police": "Police notices",
            "disagreements": "Disagreements",
        }
    found = []
    for value, text in offered.items():
        would = {k: v for k, v in {**asked, name: value}.items() if v}
        if value == "disagreements":
            would = {name: value}
        query = "&".join(f"{k}={v}" for k, v in would.items())
        count = sum(matches(each, would) for each in everything)
        chosen = asked.get(name, "") == value
        if count or chosen or not value:
            found.append(
                Choice(text, reverse("frontdoor:inbox") + (f"?{query}" if query else ""), count, chosen)
            )
    return found


def _rows(
    actor: Actor, shown: Sequence[Waiting], persons: dict[int, int], seen: dict[int, Person], now: datetime
) -> Callable[[Waiting], Row]:
    contacts = [each.contact for each in shown]
    before = told_before([contact.concern for contact in contacts])
    numbers = {persons[f] for c in contacts for f in c.children if f in persons}
    flagged = set(
        scope(actor, Duplicate).filter(person__in=numbers, settled=False).values_list("person", flat=True)
    )
    names = _names({c.read_by for c in contacts}, {c.agency for c in contacts})

    def row(each: Waiting) -> Row:
        contact = each.contact
        children = [seen.get(persons.get(f, 0)) for f in contact.children]
        same = any(persons.get(f) in flagged for f in contact.children)
        late = not each.disagreed and tags.is_late(contact.due, now)
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
                if not each.disagreed
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


def told_by(contact: Contact, names: dict[tuple[str, int], str]) -> str:
    """Who told it; a member of the public is never named in a list."""
    if not contact.professional:
        return "Told by a member of the public"
    source = label("referral_source", contact.source, contact.received.date())
    return "Told by " + names.get(("agency", contact.agency), source)


def reason(each: Waiting, now: datetime) -> Lines:
    """Why a contact stands where it stands."""
    contact = each.contact
    if each.disagreed:
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


def opened_words(contact: Contact, names: dict[tuple[str, int], str]) -> str | Tag:
    """Who opened it first; nobody is a state of its own (promise 3)."""
    if contact.read is None:
        return tags.still_open("nobody yet")
    return names.get(("worker", contact.read_by), "Somebody who has left")
