"""The figures, each defined once."""

from __future__ import annotations

from typing import Final

from rightplace.domain.practice.figures.conditions import (
    NOW,
    Before,
    Contains,
    Eq,
    In,
    InPeriod,
    IsNull,
    Not,
    NotAfter,
    Or,
    ago,
    ahead,
    every,
    present,
    some,
)
from rightplace.domain.practice.figures.figure import Figure
from rightplace.domain.practice.figures.happened import CENSUS, HAPPENINGS, OURS
from rightplace.domain.practice.rows import ContactRow, DoubtRow, SpanRow, TimescaleRow
from rightplace.domain.practice.timescales import RuleBook, rulebook
from rightplace.domain.practice.timescales.rules import Clause

HERE = every(NotAfter("begins", NOW), some(IsNull("ends"), Not(NotAfter("ends", NOW))))
OPEN_NOW = every(HERE, Eq("open", True))


def _not_yet(instant: str) -> Or:
    """An end that nobody knows of, or that lies ahead: an eighteenth birthday ends things years from now."""
    return some(IsNull(instant), Not(NotAfter(instant, NOW)))


STANDS = every(
    IsNull("met"),
    _not_yet("overtaken"),
    _not_yet("not_required_from"),
    NotAfter("begins", NOW),
    Eq("concern", False),
)
WAITS = every(STANDS, Eq("unknown", ""))
UNDECIDED = every(NotAfter("received", NOW), IsNull("decided"))

_CHILDREN: Final = (
    Figure(
        id="open_children",
        title="Open children",
        sentence="**{n}** children are open.",
        one="**1** child is open.",
        none="No child is open.",
        definition="Children for whom a team answers now.",
        source=OURS,
        rows=SpanRow,
        where=OPEN_NOW,
    ),
    Figure(
        id="children_by_part",
        title="Open children in each part",
        sentence="**{n}** children are open: {groups}.",
        none="No child is open.",
        definition=(
            "Open children by the part that leads, as the service model of that day names it. Each child "
            "counts once."
        ),
        source=OURS,
        rows=SpanRow,
        where=OPEN_NOW,
        by="part",
    ),
    Figure(
        id="unallocated",
        title="Children without a worker",
        sentence="**{n}** children have no worker. The longest has waited **{oldest}**.",
        one="**1** child has no worker, and has waited **{oldest}**.",
        none="Nobody is waiting for a worker.",
        definition=(
            "Open children with a team and no allocated worker; waiting since the last worker or the team's"
            " start."
        ),
        source=OURS,
        rows=SpanRow,
        where=every(OPEN_NOW, present("unallocated_since")),
        oldest="unallocated_since",
    ),
    Figure(
        id="unseen",
        title="Children not seen since they were opened",
        sentence=(
            "**{n}** open children have no visit on record at which they were seen. The longest was opened "
            "**{oldest}** ago."
        ),
        one="**1** open child, opened **{oldest}** ago, has no visit on record at which they were seen.",
        none="Every open child has been seen.",
        definition=(
            "Open children without a visit, since they were opened, that says that they were seen. Children"
            " taken from a return of another system count too: the return does not say."
        ),
        source=OURS,
        rows=SpanRow,
        where=every(OPEN_NOW, IsNull("seen")),
        oldest="opened",
    ),
    Figure(
        id="unseen_six_weeks",
        title="Children last seen more than six weeks ago",
        sentence=(
            "**{n}** open children were last seen more than six weeks ago, the longest **{oldest}** ago."
        ),
        one="**1** open child was last seen more than six weeks ago: **{oldest}**.",
        none="Every open child who has been seen was seen in the last six weeks.",
        definition=(
            "Open children whose last visit with the child seen is 42 days or more before now. Six weeks "
            "are a mark to look at, not a rule."
        ),
        source=OURS,
        rows=SpanRow,
        where=every(OPEN_NOW, NotAfter("seen", ago(42))),
        oldest="seen",
    ),
    Figure(
        id="protection_plans",
        title="Children on a protection plan",
        sentence="**{n}** children are on a child protection plan.",
        one="**1** child is on a child protection plan.",
        none="No child is on a child protection plan.",
        definition="Open children with a child protection plan now.",
        source=CENSUS,
        rows=SpanRow,
        where=every(OPEN_NOW, Contains("processes", "protection_plan")),
    ),
    Figure(
        id="looked_after",
        title="Looked-after children",
        sentence="**{n}** children are looked after.",
        one="**1** child is looked after.",
        none="No child is looked after.",
        definition="Open children in a stay in care now.",
        source=OURS,
        rows=SpanRow,
        where=every(OPEN_NOW, Contains("processes", "care")),
    ),
    Figure(
        id="doubts",
        title="Doubts to settle",
        sentence="**{n}** doubts wait to be settled, the oldest since **{oldest}**.",
        one="**1** doubt waits to be settled, since **{oldest}**.",
        none="No doubt waits to be settled.",
        definition="What is odd about recorded facts and nobody has yet said how it is.",
        source=OURS,
        rows=DoubtRow,
        where=every(Eq("settled", False), NotAfter("at", NOW)),
        key=("person", "code", "entry", "detail"),
        oldest="at",
    ),
)

_CONTACTS: Final = (
    Figure(
        id="contacts_undecided",
        title="Contacts to decide",
        sentence="**{n}** contacts wait for a decision, the oldest for **{oldest}**.",
        one="**1** contact waits for a decision, for **{oldest}**.",
        none="No contact waits for a decision.",
        definition="Contacts received and not decided, each counted once however many children it is about.",
        source=OURS,
        rows=ContactRow,
        where=UNDECIDED,
        key=("concern",),
        oldest="received",
    ),
    Figure(
        id="contacts_late",
        title="Contacts decided too late or not yet",
        sentence=(
            "**{n}** contacts are past the time by which they were to be decided, the first since "
            "**{oldest}**."
        ),
        one="**1** contact is past the time by which it was to be decided, since **{oldest}**.",
        none="No contact is past its time.",
        definition=(
            "Undecided contacts whose time to decide is over. Those without a known time are not counted as"
            " late."
        ),
        source=OURS,
        rows=ContactRow,
        where=every(UNDECIDED, Before("due", NOW)),
        key=("concern",),
        oldest="due",
    ),
    Figure(
        id="contacts_by_route",
        title="Contacts decided in the last week, by route",
        sentence="**{n}** contacts were decided in the last seven days: {groups}.",
        none="No contact was decided in the last seven days.",
        definition="Contacts decided in the 168 hours before now, by the route of the decision.",
        source=OURS,
        rows=ContactRow,
        where=InPeriod("decided"),
        key=("concern",),
        by="route",
        period=(7, 0),
    ),
)


def _timescales(book: RuleBook) -> tuple[Figure, ...]:
    """Those that need the book: an order that runs out has not been missed by anybody."""
    running_out = tuple(sorted({rule.id for rule in book.rules if rule.clause is Clause.EXPIRY}))
    key = ("person", "rule", "trigger", "about")
    owed = every(WAITS, Not(In("rule", running_out)))
    return (
        Figure(
            id="late",
            title="What is late",
            sentence="**{n}** things are late, the first since **{oldest}**: {groups}.",
            one="**1** thing is late, since **{oldest}**: {groups}.",
            none="Nothing is late.",
            definition=(
                "Timescales of children that are past their time, not met, not excused, not overtaken and "
                "known."
            ),
            source=OURS,
            rows=TimescaleRow,
            where=every(owed, Before("due", NOW)),
            key=key,
            by="rule",
            oldest="due",
        ),
        Figure(
            id="due_week",
            title="What is due in the next seven days",
            sentence="**{n}** things are due in the next seven days: {groups}.",
            one="**1** thing is due in the next seven days: {groups}.",
            none="Nothing is due in the next seven days.",
            definition="Timescales of children that are open and due within 168 hours from now.",
            source=OURS,
            rows=TimescaleRow,
            where=every(owed, Not(Before("due", NOW)), Before("due", ahead(7))),
            key=key,
            by="rule",
        ),
        Figure(
            id="timescales_unknown",
            title="What is not known",
            sentence="For **{n}** things nobody knows whether they were done: {groups}.",
            one="For **1** thing nobody knows whether it was done: {groups}.",
            none="Nothing is unknown.",
            definition="Timescales that rest on facts that are missing. They are never counted as late.",
            source=OURS,
            rows=TimescaleRow,
            where=every(STANDS, Not(Eq("unknown", ""))),
            key=key,
            by="rule",
        ),
        Figure(
            id="family_plans",
            title="Children with a family plan that is to be reviewed",
            sentence="**{n}** children in early help have a family plan with its next review ahead or late.",
            one="**1** child in early help has a family plan with its next review ahead or late.",
            none="No child in early help has a family plan.",
            definition="Reviews of family plans that are to be held, by the rule FS-REVIEW: one for each child's plan.",
            source=OURS,
            rows=TimescaleRow,
            where=every(WAITS, Eq("rule", "FS-REVIEW")),
            key=key,
        ),
        Figure(
            id="family_reviews_late",
            title="Reviews of family plans that are late",
            sentence="**{n}** reviews of family plans are late, the first since **{oldest}**.",
            one="**1** review of a family plan is late, since **{oldest}**.",
            none="No review of a family plan is late.",
            definition="Reviews by the rule FS-REVIEW that are past their time, not held, not excused, not overtaken.",
            source=OURS,
            rows=TimescaleRow,
            where=every(WAITS, Eq("rule", "FS-REVIEW"), Before("due", NOW)),
            key=key,
            oldest="due",
        ),
        Figure(
            id="offers_unanswered",
            title="Offers that no team has answered",
            sentence=(
                "**{n}** children are offered to a team that has not answered, the longest for **{oldest}**."
            ),
            one="**1** child is offered to a team that has not answered, for **{oldest}**.",
            none="Every offer has been answered.",
            definition=(
                "Offers that were neither accepted, sent back nor withdrawn, by the rule OFFER; the team is"
                " the one that answers now."
            ),
            source=OURS,
            rows=TimescaleRow,
            where=every(WAITS, Eq("rule", "OFFER")),
            key=key,
            oldest="begins",
        ),
    )


def figures_of(book: RuleBook) -> dict[str, Figure]:
    """Every figure by its id, in the order in which pages show them."""
    ordered = (*_CHILDREN, *_CONTACTS, *_timescales(book), *HAPPENINGS)
    return {figure.id: figure for figure in ordered}


FIGURES: Final = figures_of(rulebook())
