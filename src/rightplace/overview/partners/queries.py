"""How fast a partner's own concerns were answered, and the school year from which each school has paid its share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Min, OuterRef, Subquery

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.queries import own_contacts
from rightplace.services.frontdoor.telling import TELL_RULES
from rightplace.services.funding.models import Agreement
from rightplace.services.schools.queries import AnswerTimes, middle_of

A_YEAR = timedelta(days=365)


def concerns_told(actor: Actor) -> list[Contact]:
    """What the actor or a colleague told in the last twelve months, the newest first, each with when it is due to be
    answered. One query."""
    rows = Timescale.objects.filter(person=OuterRef("concern"), rule__in=TELL_RULES, due__isnull=False)
    due = rows.order_by("due").values("due")[:1]
    now = clock.now()
    found = own_contacts(actor).filter(received__gt=now - A_YEAR, received__lte=now)
    return list(found.annotate(hear_by=Subquery(due)))


def times_of(contacts: Sequence[Contact], now: datetime) -> AnswerTimes:
    """From telling a concern until its teller was told what comes of it."""
    took = [each.told - each.received for each in contacts if each.told is not None]
    clocks = [(each.told, each.hear_by) for each in contacts if each.hear_by is not None]  # type: ignore[attr-defined]
    return AnswerTimes(
        asked=len(contacts),
        answered=len(took),
        waiting=len(contacts) - len(took),
        middle=middle_of(took),
        within=sum(1 for told, by in clocks if told is not None and told <= by),
        judged=sum(1 for told, by in clocks if told is not None or by < now),
    )


def joined() -> dict[int, int]:
    """The first whole school year, by the year in which it ends, that each agency's agreement covers.

    Every school's, whoever reads: a comparison needs to know who had joined, and shows none of it.
    """
    rows = Agreement.objects.values_list("agency").annotate(first=Min("begins")).order_by()
    return {agency: first.year + (1 if (first.month, first.day) <= (9, 1) else 2) for agency, first in rows}
