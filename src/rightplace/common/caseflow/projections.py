"""Offers: one row an offer of a child to a team, worked out from the child's journey."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from rightplace.domain.practice.workdays import to_datetime
from rightplace.foundation.journal.projecting import Folded, Projected, Row
from rightplace.foundation.journal.projections import Projection


def team_with_the_child(folded: Folded, otherwise: int) -> int:
    """The team that answers for the child, or was the last to: what is open about a child moves with it.

    `otherwise` is the team that wrote it, where nobody ever answered.
    """
    states = folded.journey.states
    return next((state.team for state in reversed(states) if state.open and state.team), otherwise)


class Offer(Projection):
    """A child offered to a team: open, accepted, sent back, withdrawn, placed or ended."""

    id = models.BigIntegerField(primary_key=True)
    person = models.BigIntegerField(db_index=True)
    file = models.BigIntegerField()
    team = models.BigIntegerField()
    from_team = models.BigIntegerField()
    offered = models.DateTimeField()
    offered_by = models.BigIntegerField()
    because_of = models.BigIntegerField()
    for_what = models.CharField(max_length=40)
    read = models.DateTimeField(null=True)
    state = models.CharField(max_length=12)
    sent_back_before = models.SmallIntegerField()
    concern = models.BigIntegerField()
    label = models.SmallIntegerField()

    class Meta:
        db_table = "caseflow_offer"
        indexes = [
            models.Index(fields=["team"], name="caseflow_offer_open", condition=models.Q(state="open"))
        ]


def offer_rows(folded: Folded) -> Iterable[Row]:
    """One row an offer, in order."""
    journey = folded.journey
    read = {event.about: event.at for event in reversed(journey.events) if event.name == "offer.read"}
    entries = {entry.id: entry for entry in folded.entries}
    sent_back = 0
    for offer in sorted(journey.offers.values(), key=lambda o: (o.at, o.id)):
        entry = entries[offer.id]
        yield (
            offer.id,
            folded.person,
            entry.file,
            offer.team,
            entry.team,
            to_datetime(offer.at),
            offer.author,
            offer.because_of,
            offer.for_what[:40],
            to_datetime(read[offer.id]) if offer.id in read else None,
            offer.state,
            sent_back,
            entry.concern,
            entry.label,
        )
        sent_back = sent_back + 1 if offer.state == "sent back" else 0


OFFERS = Projected(
    "caseflow_offer",
    (
        "id", "person", "file", "team", "from_team", "offered", "offered_by", "because_of", "for_what", "read", "state",
        "sent_back_before", "concern", "label",
    ),
    ("id",),
    offer_rows,
)  # fmt: skip
