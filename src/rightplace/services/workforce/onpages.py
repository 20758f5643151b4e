"""What the workforce puts on pages that are not its own: a link on a child's story."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from rightplace.common.web.pieces import Link
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.journal.projections import Span


def child_links(actor: Actor, file: int, span: Span | None) -> Iterable[Link]:
    """Where a worker says to be related to a family, or otherwise not free to work with it."""
    if span is not None and may(actor, "workload.see_own"):
        yield Link("Declare a conflict of interest", reverse("workforce:conflict", args=[span.person]))
