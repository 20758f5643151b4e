"""How fast a partner's own concerns were answered, and the school year from which each school has paid its share."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.projections import Timescale
from rightplace.services.frontdoor.queries import own_contacts
from rightplace.services.frontdoor.telling import TELL_RULES
from rightplace.services.funding.models import Agreement
from rightplace.services.schools.queries import AnswerTimes, middle_of

A_YEAR = timedelta(days=365)


def concern_times(actor: Actor, now: datetime) -> AnswerTimes:
    """From telling a concern until its teller was told what comes of it, in the last twelve months."""
    found = own_contacts(actor).filter(received__gt=now - A_YEAR, received__lte=now).order_by()
    said = {
        concern: (received, told)
        for concern, received, told in found.values_list("concern", "received", "told")
    }
    rows = Timescale.objects.filter(person__in=list(said), rule__in=TELL_RULES, due__isnull=False)
    due = dict(rows.values_list("person").annotate(due=Min("due")).order_by())
    took = [told - received for received, told in said.values() if told is not None]
    clocks = [(told, due[concern]) for concern, (_, told) in said.items() if concern in due]
    return AnswerTimes(
        asked=len(said),
        answered=len(took),
        waiting=len(said) - len(took),
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
