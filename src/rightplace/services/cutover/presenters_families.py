"""Families as each reader of a cut-over sees them: whoever plans, whoever receives, and the worker."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, Value, When
from django.urls import reverse

from rightplace.common.caseflow.projections import Offer
from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.domain.allocation.words import hours_words
from rightplace.foundation.organisation.models import Team
from rightplace.services.cutover.letters import may_be_written
from rightplace.services.cutover.models import FamilyMove
from rightplace.services.cutover.presenters import children_words, families_words, family_words, state_tag
from rightplace.services.cutover.queries import Batch, Named

State = FamilyMove.State
WHO_ASKS_FIRST = Case(
    *(
        When(state=state, then=Value(place))
        for place, state in enumerate(
            (
                State.UNPLACED,
                State.SENT_BACK,
                State.PROPOSED,
                State.OFFERED,
                State.ACCEPTED,
                State.ASIDE,
                State.MOVED,
            )
        )
    ),
    default=Value(9),
)
"""What still asks for a person stands above what does not."""

COMES = (State.OFFERED, State.ACCEPTED, State.MOVED)

FAMILY_COLUMNS = (
    Column("Family"), Column("From"), Column("To"), Column("Worker"), Column("Why"), Column("How far"),
)  # fmt: skip

COMING_COLUMNS = (
    Column("Family"),
    Column("Worker until now"),
    Column("Your worker"),
    Column("Why"),
    Column("Answer"),
)

BATCH_COLUMNS = (
    Column("From"), Column("Families", number=True), Column("Children", number=True), Column("First day"),
    Column("How far"),
)  # fmt: skip


def reasons_of(row: FamilyMove) -> str:
    if row.refused:
        return row.refused
    if row.state == State.SENT_BACK:
        return FamilyMove.Why(row.why).label + "."
    return " ".join(row.reasons)


def row_of(family: Named) -> Row:
    """A family in the list of whoever plans."""
    row = family.row
    name = Link(
        family_words(family), reverse("cutover:family", args=[row.pk]), children_words(len(row.children))
    )
    worker: Cell = None
    if row.worker is not None:
        worker = Lines(row.worker.name, "stays the family’s worker" if row.worker_id == row.before_worker else
                       f"after {family.before}" if family.before else "the family had no worker")  # fmt: skip
    to_team = row.to_team.name if row.to_team else None
    return Row((name, row.from_team.name, to_team, worker, reasons_of(row), state_tag(row)))


def coming_row(family: Named) -> Row:
    """A family in the list of the manager who receives it."""
    row = family.row
    name = Link(
        family_words(family), reverse("cutover:family", args=[row.pk]),
        f"{children_words(len(row.children))}, {hours_words(row.minutes)} a week",
    )  # fmt: skip
    stays = row.worker_id == row.before_worker
    worker = Lines(
        row.worker.name if row.worker else "nobody yet", "comes along with the family" if stays else ""
    )
    return Row((name, family.before or "no worker", worker, reasons_of(row), state_tag(row)))


def batch_row(batch: Batch) -> Row:
    count = batch.counted
    name = Link(batch.team.name, reverse("cutover:receive", args=[batch.cutover.pk, batch.team.pk]))
    waiting, back = count.of(State.OFFERED), count.of(State.SENT_BACK)
    tag = tags.met("accepted")
    if waiting:
        tag = tags.still_open(f"{families_words(waiting)} to answer")
    elif back:
        tag = tags.due_soon(f"{families_words(back)} sent back")
    elif count.of(State.MOVED) and not count.of(State.ACCEPTED):
        tag = tags.met("moved")
    return Row(
        (name, count.of(*COMES, State.SENT_BACK), count.children_of(*COMES, State.SENT_BACK),
         words.plain_day(batch.cutover.first_day), tag)
    )  # fmt: skip


ARRIVING_COLUMNS = (
    Column("Family"),
    Column("From"),
    Column("Worker until now"),
    Column("First day"),
    Column("How far"),
)


def arriving_row(family: Named) -> Row:
    """A family in the list of the worker to whom it comes. Who may not read a name yet reads how many children there are."""
    row = family.row
    said = family_words(family) if family.people else children_words(len(row.children))
    more = f"{children_words(len(row.children))}, {hours_words(row.minutes)} a week"
    before = "You" if row.before_worker == row.worker_id else family.before or "nobody"
    return Row(
        (
            Link(said, reverse("cutover:letter", args=[row.pk]), f"{more}; the letter to the family")
            if may_be_written(family)
            else Lines(said, more),
            row.from_team.name,
            before,
            words.plain_day(row.cutover.first_day),
            state_tag(row),
        )
    )


GOING_COLUMNS = (
    Column("Family"),
    Column("To"),
    Column("Worker then"),
    Column("First day"),
    Column("How far"),
)


def going_row(family: Named) -> Row:
    """A family that its worker hands on: to whom, and until when."""
    row = family.row
    said = family_words(family) if family.people else children_words(len(row.children))
    return Row(
        (
            Lines(said, children_words(len(row.children))),
            row.to_team.name if row.to_team else None,
            row.worker.name if row.worker else None,
            words.plain_day(row.cutover.first_day),
            state_tag(row),
        )
    )


def family_sentences(family: Named) -> list[str]:
    """Where one family stands, in sentences."""
    row = family.row
    said = [
        f"{row.from_team.name} answers for {'the child' if len(row.children) == 1 else 'the children'} now."
    ]
    if row.state == State.MOVED and row.moved_at is not None and row.to_team is not None:
        said = [f"{row.to_team.name} has answered since {words.when(row.moved_at)}."]
    elif row.to_team is not None and row.worker is not None:
        said.append(
            f"On {words.plain_day(row.cutover.first_day)} {row.to_team.name} would answer, with {row.worker.name} as worker."
        )
    said.append(f"The worker until now: {family.before or 'nobody'}.")
    said.append(f"The family takes {hours_words(row.minutes)} of a worker’s week.")
    return said


def elsewhere_sentences(offers: Sequence[Offer]) -> list[str]:
    """To which teams children of the family are offered, and what follows."""
    if not offers:
        return []
    names = dict(Team.objects.filter(pk__in={each.team for each in offers}).values_list("pk", "name"))
    said = [
        f"{names.get(each.team, 'Another team')} was asked on {words.when(each.offered)}, for {each.for_what}."
        for each in offers
    ]
    return [*said, "Until it answers, or the offer is taken back, the family does not move."]
