"""Families with signals, in order of the day by which somebody must look; what was decided; what an agency gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import DateField, F, Min, Q, QuerySet
from django.db.models.functions import Least

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock
from rightplace.services.signals.families import FamilyNoticed, noticed
from rightplace.services.signals.models import LIVE_IN_FAMILY, Family, Noted, Signal

State = Family.State


def by_day(families: QuerySet[Family]) -> QuerySet[Family]:
    """Families by area, then by the first day on which something is deleted or is to be looked at again.

    The only order there is: a day. Ties stand as they came. Nothing is counted, weighed or ranked (promise 5).
    """
    first = Min("signals__delete_on", filter=LIVE_IN_FAMILY, output_field=DateField())
    with_day = families.annotate(first=first).annotate(by=Least("first", "look_on"))
    return with_day.order_by("area", F("by").asc(nulls_last=True), "begun", "pk")


def waiting(actor: Actor) -> QuerySet[Family]:
    """Families whom nobody has decided, and those put off until today or before."""
    today = clock.today()
    open_now = Q(state=State.WAITING) | Q(state__in=(State.NOT_NOW, State.SCHOOL_FIRST), look_on__lte=today)
    return by_day(_with_signals(actor).filter(open_now))


def put_off(actor: Actor) -> QuerySet[Family]:
    """Families to be looked at again on a later day."""
    later = Q(state__in=(State.NOT_NOW, State.SCHOOL_FIRST), look_on__gt=clock.today())
    return by_day(_with_signals(actor).filter(later))


def _with_signals(actor: Actor) -> QuerySet[Family]:
    return scope(actor, Family).filter(LIVE_IN_FAMILY, signals__delete_on__gt=clock.today()).distinct()


def opened_families(actor: Actor, families: Sequence[Family]) -> list[FamilyNoticed]:
    """These families with their signals, in two queries."""
    rows: dict[int, list[Signal]] = defaultdict(list)
    found = scope(actor, Signal).filter(
        family__in=[each.pk for each in families], delete_on__gt=clock.today()
    )
    for row in found:
        rows[row.family_id].append(row)
    return [noticed(each, rows[each.pk]) for each in families]


def noted_of(actor: Actor, family: int) -> QuerySet[Noted]:
    """What was seen and decided of one family, newest first."""
    return scope(actor, Noted).filter(family=family).order_by("-at", "-pk")


def noted_since(actor: Actor, since: date) -> QuerySet[Noted]:
    """What was seen, decided and deleted, newest first."""
    return scope(actor, Noted).filter(at__date__gte=since).order_by("-at", "-pk")
