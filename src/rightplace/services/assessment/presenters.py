"""What the pages of an assessment say, as plain classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.caseflow.children import RESTRICTED, ChildKnown, age_words, children_of, identity_of
from rightplace.common.caseflow.queries import birth_order
from rightplace.common.web import tags, words
from rightplace.common.web.frame import story_address
from rightplace.common.web.pieces import Column, Group, Identity, Lines, Link, Row, by_due
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.assessment import (
    AssessmentAuthorised,
    AssessmentBegan,
    AssessmentSentBack,
    AssessmentWritten,
)
from rightplace.domain.practice.need import sample_pack
from rightplace.domain.practice.vocabulary.codes import label
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Worker
from rightplace.foundation.organisation.queries import manager_of
from rightplace.foundation.people.projections import Person
from rightplace.services.assessment.projections import Assessment
from rightplace.services.assessment.queries import entries_told, together
from rightplace.services.assessment.words import PROPOSALS, Outcome

COLUMNS = (Column("Child"), Column("How far it is"), Column("Child’s worker"), Column("Finish by"))
WAITING = (Column("Child"), Column("Proposed"), Column("Written by"), Column("Waiting"), Column("Finish by"))
SUPERVISION_WORDS = {
    "supervision": "in supervision",
    "family meeting": "in a meeting with the family",
    "not agreed": "nothing is agreed",
}


@dataclass(frozen=True)
class ListPage:
    """Assessments of a team, the next due first, and those that wait for the reader's name."""

    groups: Sequence[Group]
    waiting: Sequence[Row]
    count: int
    late: int
    files: frozenset[int]


@dataclass(frozen=True)
class ChildWritten:
    """What was written of one child, said in words."""

    child: ChildKnown
    row: Assessment
    said: AssessmentWritten | None
    level: str
    indicators: Sequence[str]
    difference: str
    factors: Sequence[str]
    proposed: str
    to_agency: str
    decided: AssessmentAuthorised | None
    next_steps: Sequence[Link]


@dataclass(frozen=True)
class AssessmentPage:
    """One assessment of one or more children, as far as it has come."""

    row: Assessment
    children: Sequence[ChildWritten]
    identity: Identity | None
    state: Tag
    due: Tag
    why: Link | None
    began: str
    focus: str
    review: str
    written: str
    authorised: str
    sent_back: Sequence[tuple[str, str]]
    not_by_you: str
    may_write: bool
    may_authorise: bool

    @property
    def names(self) -> str:
        """Whom it is about."""
        return words.listed(each.child.name for each in self.children)

    @property
    def initials(self) -> str:
        """For page titles, which stay in browser histories."""
        return ", ".join(words.initials(each.child.name) for each in self.children if each.child.person)

    @property
    def whole(self) -> AssessmentWritten | None:
        """What was written for all of them."""
        return next((each.said for each in self.children if each.said), None)

    @property
    def files(self) -> frozenset[int]:
        """Every file of which the page shows something."""
        return frozenset(number for each in self.children for number in (each.child.file, each.child.number))


def stage(row: Assessment) -> Tag:
    """How far an assessment is, in a word."""
    if row.authorised is not None:
        return tags.met("authorised")
    if not row.is_open:
        return tags.plain("ended without a decision")
    if row.is_waiting:
        return tags.due_soon("waits to be authorised")
    return tags.still_open("sent back" if row.sent_back else "being written")


def list_page(
    actor: Actor, rows: Iterable[Assessment], waiting: Iterable[Assessment], *, now: datetime | None = None
) -> ListPage:
    """Gather a team's assessments."""
    now = now or clock.now()
    found, wait = list(rows), list(waiting)
    shown = {row.person for row in (*found, *wait)}
    persons = scope(actor, Person).in_bulk(list(shown))
    for each in (found, wait):
        each.sort(key=lambda row: birth_order(persons.get(row.person)))
    wait.sort(key=lambda row: row.written or row.began)
    held = Span.objects.filter(person__in=shown, begins__lte=now, open=True).exclude(ends__lte=now)
    spans = dict(held.values_list("person", "worker"))
    workers = Worker.objects.in_bulk({*spans.values(), *(row.written_by for row in wait)})

    def line(row: Assessment) -> Row:
        worker = workers.get(spans.get(row.person, 0))
        cells = [
            _child(persons.get(row.person), row),
            stage(row),
            worker.name if worker else tags.due_soon("no worker yet"),
            _due(row, now),
        ]
        return Row(cells, late=tags.is_late(row.due, now))

    def wait_line(row: Assessment) -> Row:
        writer = workers.get(row.written_by)
        since = words.length(now - row.written) if row.written else None
        return Row(
            [_child(persons.get(row.person), row, "assessment:authorise"), proposal(row.proposes),
             writer.name if writer else None, since, _due(row, now)],
            late=tags.is_late(row.due, now),
        )  # fmt: skip

    return ListPage(
        by_due(found, due=lambda row: row.due, row=line, now=now),
        [wait_line(row) for row in wait],
        len(found),
        sum(tags.is_late(row.due, now) for row in found),
        frozenset({row.file for row in (*found, *wait)} | shown),
    )


def _due(row: Assessment, now: datetime) -> Tag:
    """When it must be finished. Without a referral nobody can say, and it is shown so."""
    return tags.due_tag(row.due, now, met_at=row.authorised, soon=row.soon)


def _child(person: Person | None, row: Assessment, name: str = "assessment:one") -> Link | Lines:
    if person is None:
        return Lines(RESTRICTED)
    return Link(person.name, reverse(name, args=[row.id]), age_words(person))


def proposal(code: str) -> str:
    """A proposed decision in words."""
    return PROPOSALS[Outcome(code)][0] if code in set(Outcome) else code


def assessment_page(actor: Actor, row: Assessment) -> AssessmentPage:
    """Gather one assessment with those of the brothers and sisters that go with it."""
    rows = together(actor, row)
    of = {child.file: child for child in children_of(actor, [each.file for each in rows])}
    rows = sorted(rows, key=lambda each: birth_order(of[each.file].person))
    known = [of[each.file] for each in rows]
    told = entries_told(actor, [each.file for each in rows])
    names = _names(told, rows)
    children = [_of_a_child(actor, child, each, told) for child, each in zip(known, rows, strict=True)]
    began = next((e.body for e in told if e.id == row.id and isinstance(e.body, AssessmentBegan)), None)
    due = getattr(row, "clock", None)
    return AssessmentPage(
        row=row,
        children=children,
        identity=identity_of(known[0]) if len(known) == 1 else None,
        state=stage(row),
        due=_due(row, clock.now()),
        why=Link("Why is this due?", reverse("desk:why", args=[row.file, due])) if due else None,
        began=f"{words.when(row.began)}, by {names.get(row.begun_by, 'a rule')}",
        focus=began.focus if began else "",
        review=_review(began),
        written=_signed(row.written, row.written_by, names),
        authorised=_signed(row.authorised, row.authorised_by, names),
        sent_back=_sendings(told, row, names),
        not_by_you=_who_else(actor, row),
        may_write=row.is_open and not row.is_waiting and may(actor, "assessment.write", row),
        may_authorise=row.is_waiting and may(actor, "assessment.authorise", row),
    )


def _names(told: Sequence[Entry], rows: Sequence[Assessment]) -> dict[int, str]:
    numbers = {e.author for e in told if isinstance(e.body, AssessmentSentBack)}
    for row in rows:
        numbers |= {row.begun_by, row.written_by, row.authorised_by}
    return dict(Worker.objects.filter(pk__in=numbers - {0}).values_list("pk", "name"))


def _signed(at: datetime | None, by: int, names: Mapping[int, str]) -> str:
    return f"{words.when(at)}, by {names.get(by, 'somebody')}" if at else ""


def _review(began: AssessmentBegan | None) -> str:
    """What was agreed about looking at it half-way."""
    if began is None or not (began.review_form or began.review_by):
        return ""
    how = SUPERVISION_WORDS.get(began.review_form, began.review_form)
    return f"{how}, {words.plain_day(began.review_by)}".lstrip(", ") if began.review_by else how


def _sendings(told: Sequence[Entry], row: Assessment, names: Mapping[int, str]) -> list[tuple[str, str]]:
    found = [e for e in told if isinstance(e.body, AssessmentSentBack) and e.body.assessment == row.id]
    return [
        (f"{words.when(e.at)}, by {names.get(e.author, 'somebody')}" if e.at else words.plain_day(e.day),
         e.body.what_is_missing)
        for e in found
        if isinstance(e.body, AssessmentSentBack)
    ]  # fmt: skip


def _who_else(actor: Actor, row: Assessment) -> str:
    """Who can put a name under it, for those who wrote it and for those who may not (promise 6)."""
    if not row.is_waiting or may(actor, "assessment.authorise", row):
        return ""
    manager = manager_of(actor.team, clock.today())
    other = manager.name if manager is not None and manager.id not in row.writers else "a head of service"
    wrote = "You wrote this, so somebody else authorises it" if actor.worker in row.writers else "It waits"
    return f"{wrote}: it is on the desk of {other}."


def _of_a_child(actor: Actor, child: ChildKnown, row: Assessment, told: Sequence[Entry]) -> ChildWritten:
    own = [e.body for e in told if e.file == row.file]
    said = [b for b in own if isinstance(b, AssessmentWritten) and b.assessment == row.id]
    decided = [b for b in own if isinstance(b, AssessmentAuthorised) and b.assessment == row.id]
    last, pack = (said[-1] if said else None), sample_pack()
    agency = Agency.objects.filter(pk=last.to_agency).first() if last and last.to_agency else None
    return ChildWritten(
        child=child,
        row=row,
        said=last,
        level=words.capitalised(last.level) if last else "",
        indicators=[f.text if (f := pack.find(name)) else name for name in last.indicators] if last else (),
        difference=pack.difference(last.level, last.indicators) if last and last.level else "",
        factors=[label("assessment_factors", c, row.began.date()) for c in last.factors] if last else (),
        proposed=proposal(last.proposes) if last else "",
        to_agency=agency.name if agency else "",
        decided=decided[-1] if decided else None,
        next_steps=_next_steps(actor, child, row),
    )


def _next_steps(actor: Actor, child: ChildKnown, row: Assessment) -> list[Link]:
    """What a decision asks for that is done on a page of its own."""
    found = []
    if Outcome.STRATEGY in (row.outcome, row.proposes) and may(actor, "strategy.call"):
        found.append(Link("Call the strategy discussion", reverse("protection:of-child", args=[row.file])))
    if (
        row.authorised
        and row.outcome in (Outcome.NONE, Outcome.OTHER)
        and child.span
        and may(actor, "case.close")
    ):
        found.append(
            Link("Close the case", reverse("caseflow:close", args=[row.file]), "RC8, or RC9 after early help")
        )
    if row.authorised and row.outcome in (Outcome.PLAN, Outcome.EARLY_HELP):
        found.append(Link("The child’s story", story_address(child.number)))
    return found
