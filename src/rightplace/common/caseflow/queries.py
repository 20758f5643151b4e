"""What a team has before it: offers, who has no worker, what it carries. Each list is scoped by the gate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q, QuerySet

from rightplace.common.caseflow.projections import Offer
from rightplace.domain.practice.entries.contact import TeamLoad
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.models import Entry, File
from rightplace.foundation.journal.projections import Span, Timescale
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation import queries as organisation
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.people.projections import Person

AT_THE_FRONT_DOOR = (Team.Kind.FRONT_DOOR, Team.Kind.OUT_OF_HOURS)

ELDEST_FIRST = ("born", "given", "person")
"""The order in which brothers and sisters are shown everywhere; whose birth is not known comes last."""

SIBLING = "(brother|sister|sibling|twin)"
"""How the files say that another child is a brother or sister."""


class WorkerLoad(NamedTuple):
    """A worker, and how many children the worker has."""

    worker: int
    name: str
    children: int
    away: bool


def birth_order(person: Person | None) -> tuple[date, str, int]:
    """The place of a child among brothers and sisters, for rows that were fetched already: ELDEST_FIRST in Python."""
    if person is None:
        return date.max, "", 0
    return person.born or date.max, person.given, person.person


def held_at(moment: datetime) -> Q:
    """Spans that hold at a moment. Never "ends is null": a row may begin or end in the future."""
    return Q(begins__lte=moment) & (Q(ends__isnull=True) | Q(ends__gt=moment))


def open_spans(actor: Actor, moment: datetime | None = None) -> QuerySet[Span]:
    """The open children whom this reader may see, one row each."""
    return scope(actor, Span).filter(held_at(moment or clock.now()), open=True)


def unallocated(actor: Actor, team: int | None = None) -> QuerySet[Span]:
    """Children without a worker, the longest wait first."""
    found = open_spans(actor).filter(worker=0)
    if team is not None:
        found = found.filter(team=team)
    return found.order_by("unallocated_since", "person")


def open_offers(actor: Actor, team: int | None = None) -> QuerySet[Offer]:
    """Offers that wait for an answer, the oldest first."""
    found = scope(actor, Offer).filter(state="open")
    if team is not None:
        found = found.filter(team=team)
    return found.order_by("offered", "id")


def offered_together(actor: Actor, offer: Offer) -> dict[Offer, str]:
    """The brothers and sisters who are offered with a child, the eldest first, each offer with the child's name.

    Of the same concern, or stepped up or down in the same act, and waiting for the same team.
    """
    if offer.state != "open" or offer.team != actor.team:
        return {}
    same = Q(concern=offer.concern) if offer.concern else Q(pk__in=())
    if offer.because_of:
        act = Entry.objects.filter(id=offer.because_of).exclude(occasion=0).values("occasion")
        same |= Q(because_of__in=Entry.objects.filter(occasion__in=act).values("id"))
    others = {o.person: o for o in open_offers(actor, offer.team).filter(same)}
    others.pop(offer.person, None)
    named = scope(actor, Person).filter(person__in=list(others)).order_by(*ELDEST_FIRST)
    return {others[each.person]: each.name for each in named}


def accountable_team(file: int, moment: datetime | None = None) -> int:
    """The team that answers for the child of a file; 0 when the child is not open."""
    held = Span.objects.filter(held_at(moment or clock.now()), open=True)
    span = held.filter(person__in=File.objects.filter(id=file).values("person")).first()
    return span.team if span else 0


def loads(team: int, on: date) -> list[WorkerLoad]:
    """What each worker of a team carries now, whichever team answers, the fewest children first; who is away last."""
    workers = {row.worker_id: row.worker.name for row in organisation.members(team, on)}
    held = Span.objects.filter(held_at(clock.now()), open=True, worker__in=list(workers))
    counts = dict(held.values_list("worker").annotate(children=Count("person")))
    away = organisation.workers_away(workers, on)
    found = [WorkerLoad(n, name, counts.get(n, 0), n in away) for n, name in workers.items()]
    return sorted(found, key=lambda load: (load.away, load.children, load.name))


def children_to_place(actor: Actor) -> QuerySet[Timescale]:
    """Children whom two teams sent back, next due first: the head of service decides within four hours."""
    now = clock.now()
    return (
        scope(actor, Timescale)
        .filter(rule="SENT-BACK-TWICE", begins__lte=now, met__isnull=True, unknown="")
        .exclude(overtaken__lte=now)
        .exclude(not_required_from__lte=now)
        .order_by("due", "person")
    )


def came_back(actor: Actor) -> list[Offer]:
    """Children whom the actor's team has, whose last offer was sent back or taken back: they are offered to nobody.

    The front door and the out-of-hours team have their children together. Whom two teams sent back the head of
    service places; that child is not here.
    """
    held = open_spans(actor).filter(team__in=_teams_of(actor))
    offers = scope(actor, Offer).filter(person__in=held.values("person"))
    last = offers.order_by("person", "-offered", "-id").distinct("person")
    return sorted((each for each in last if _came_back(each)), key=lambda offer: (offer.offered, offer.id))


def _came_back(offer: Offer) -> bool:
    sent_back = offer.state == "sent back"
    return offer.state == "withdrawn" or (sent_back and not offer.sent_back_before)


def _teams_of(actor: Actor) -> Sequence[int] | QuerySet[Team, Any]:
    if actor.team_kind in AT_THE_FRONT_DOOR:
        return Team.objects.filter(kind__in=AT_THE_FRONT_DOOR).values("pk")
    return [actor.team]


LOAD = """
SELECT count(*), count(*) FILTER (WHERE worker = 0), count(DISTINCT worker) FILTER (WHERE worker <> 0),
       (SELECT count(*) FROM journal_timescale t WHERE t.due < %(now)s AND t.begins <= %(now)s AND t.met IS NULL
          AND (t.overtaken IS NULL OR t.overtaken > %(now)s) AND t.unknown = ''
          AND (t.not_required_from IS NULL OR t.not_required_from > %(now)s) AND t.person IN (
            SELECT s2.person FROM journal_span s2 WHERE s2.team = %(team)s AND s2.open AND s2.begins <= %(now)s
              AND (s2.ends IS NULL OR s2.ends > %(now)s)))
FROM journal_span s WHERE s.team = %(team)s AND s.open AND s.begins <= %(now)s AND (s.ends IS NULL OR s.ends > %(now)s)
"""


def team_load(team: int) -> TeamLoad:
    """What the team carries now: stamped on each closing (promise 2)."""
    with connection.cursor() as cursor:
        cursor.execute(LOAD, {"team": team, "now": clock.now()})
        children, without, workers, late = cursor.fetchone()
    return TeamLoad(children=children, unallocated=without, late=late, workers=workers)
