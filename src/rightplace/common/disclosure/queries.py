"""What an agency was given and gave, and what passed about a child. Scoped; the words are opened apart."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from rightplace.common.disclosure.projections import GIVEN, RECEIVED, WITHHELD, Sharing
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.models import Entry, File


def given_to(actor: Actor, agency: int) -> QuerySet[Sharing]:
    """What an agency was given, the newest first."""
    return _of(actor, agency).filter(way=GIVEN)


def given_by(actor: Actor, agency: int) -> QuerySet[Sharing]:
    """What an agency gave, and what it would not give, the newest first."""
    return _of(actor, agency).filter(way__in=(RECEIVED, WITHHELD))


def how_often(actor: Actor, agency: int) -> tuple[int, int]:
    """How often an agency was given something, and how often it gave or declined to. One query."""
    ways = _of(actor, agency).order_by().values("way").annotate(times=Count("id"))
    times = dict(ways.values_list("way", "times"))
    return times.get(GIVEN, 0), times.get(RECEIVED, 0) + times.get(WITHHELD, 0)


def about_child(actor: Actor, person: int) -> QuerySet[Sharing]:
    """What passed about a child, in the child's files and in those of the concerns that name the child."""
    files = File.objects.filter(person=person).values("id")
    concerns = Entry.objects.filter(file__in=files).exclude(concern=0).values("concern")
    found = scope(actor, Sharing).filter(Q(person=person) | Q(of_concern=True, person__in=concerns))
    return found.filter(label__in=actor.labels).order_by("-at", "-entry", "agency")


def one(actor: Actor, number: int) -> Sharing | None:
    """One sharing, if the actor may see it."""
    return scope(actor, Sharing).filter(pk=number, label__in=actor.labels).first()


def _of(actor: Actor, agency: int) -> QuerySet[Sharing]:
    found = scope(actor, Sharing).filter(agency=agency, label__in=actor.labels)
    return found.order_by("-at", "-entry")
