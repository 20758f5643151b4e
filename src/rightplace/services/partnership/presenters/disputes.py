"""A dispute, in a list and on its own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock
from rightplace.services.partnership import steps
from rightplace.services.partnership.models import Dispute, DisputeWord
from rightplace.services.partnership.sealing import opened

DISPUTE_COLUMNS = (Column("Between"), Column("About"), Column("Step"), Column("How it stands"))


def dispute_row(dispute: Dispute, now: datetime, *, linked: bool, settles: bool = False) -> Row:
    """One dispute: between whom, about what, on which step, how it stands. No words."""
    between = f"{dispute.raised_by.name} with {dispute.against.name}"
    name = "partnership:dispute-settle" if settles else "partnership:dispute"
    cell: Cell = Link(between, reverse(name, args=[dispute.pk])) if linked else between
    about = Lines(dispute.get_about_display().capitalize(), dispute.get_subject_display())
    due, stands_on = dispute.due, dispute.stands_on  # type: ignore[attr-defined]  (annotated by queries)
    step = steps.step(stands_on).title if stands_on else ""
    if dispute.ended_at is not None:
        stands: Cell = tags.met(dispute.get_outcome_display())
    else:
        stands = tags.due_tag(due, now)
    return Row([cell, about, step, stands], late=dispute.ended_at is None and tags.is_late(due, now))


@dataclass(frozen=True)
class Spoken:
    """Something said in a dispute."""

    heading: str
    who: str
    text: str


@dataclass(frozen=True)
class DisputePage:
    """One dispute, for the two sides and whoever settles it."""

    dispute: Dispute
    heading: str
    about: str
    step: steps.Step
    due: Tag
    spoken: Sequence[Spoken]
    may_speak: bool
    may_rise: bool
    may_withdraw: bool
    ended: str
    source: str


SAID = {
    DisputeWord.Said.RAISED: "raised it", DisputeWord.Said.ANSWERED: "answered",
    DisputeWord.Said.RAISED_A_STEP: "took it a step up", DisputeWord.Said.ENDED: "ended it",
}  # fmt: skip


def dispute_page(actor: Actor, dispute: Dispute) -> DisputePage:
    """Gather one dispute."""
    said = list(dispute.words.select_related("agency", "recorded_by"))
    last = next(w for w in sorted(said, key=lambda w: -w.step) if w.due)
    speaks = dispute.ended_at is None and may(actor, "dispute.raise", dispute)
    every = steps.steps()
    return DisputePage(
        dispute=dispute,
        heading=f"{dispute.raised_by.name} with {dispute.against.name}",
        about=f"{dispute.get_about_display().capitalize()}: {dispute.get_subject_display()}",
        step=steps.step(last.step),
        due=tags.due_tag(last.due, clock.now(), met_at=dispute.ended_at),
        spoken=[
            Spoken(f"{w.agency.name} {SAID[DisputeWord.Said(w.said)]}",
                   f"{w.recorded_by.name}, {words.when(w.recorded_at)}", opened(w))
            for w in said
        ],
        may_speak=speaks,
        may_rise=speaks and last.step < len(every.step),
        may_withdraw=speaks and actor.agency == dispute.raised_by_id,
        ended=dispute.get_outcome_display() if dispute.ended_at else "",
        source=every.source,
    )  # fmt: skip
