"""What lies on somebody's desk: what is due, offered, unread, climbed, in doubt. Each list is scoped by the gate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Count, F, Min, Q, QuerySet

from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import AT_THE_FRONT_DOOR, open_spans
from rightplace.domain.practice.entries.contact import ContactReceived, Route
from rightplace.domain.practice.workdays import day_of, from_datetime, start_of_day, to_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.journal.folding import rules
from rightplace.foundation.journal.models import File
from rightplace.foundation.journal.projections import Doubt, Span, Timescale
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Absence
from rightplace.foundation.organisation.queries import on_day
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.people.projections import Duplicate, Person

OWNED: Final[Mapping[int, frozenset[str]]] = {
    RoleCode.FRONT_DOOR_WORKER: frozenset({"front door worker"}),
    RoleCode.FRONT_DOOR_MANAGER: frozenset({"front door manager"}),
    RoleCode.FAMILY_SUPPORT_WORKER: frozenset({"family support worker", "team worker on duty"}),
    RoleCode.FAMILY_SUPPORT_MANAGER: frozenset({"team manager"}),
    RoleCode.SOCIAL_WORKER: frozenset({"social worker", "personal adviser", "team worker on duty"}),
    RoleCode.TEAM_MANAGER: frozenset({"team manager"}),
    RoleCode.CONFERENCE_CHAIR: frozenset({"conference chair", "independent reviewing officer"}),
    RoleCode.HEAD_OF_SERVICE: frozenset({"head of service"}),
}
"""Whose name in a rule stands for which role."""
MANAGERS: Final = frozenset(
    {RoleCode.FRONT_DOOR_MANAGER, RoleCode.FAMILY_SUPPORT_MANAGER, RoleCode.TEAM_MANAGER}
)
CITY_WIDE: Final = frozenset({RoleCode.HEAD_OF_SERVICE, RoleCode.CONFERENCE_CHAIR})
CLIMBS: Final = (
    "READ-WORKER",
    "READ-MANAGER",
    "READ-HEAD",
    "OFFER-READ-WORKER",
    "OFFER-READ-MANAGER",
    "OFFER-READ-HEAD",
    "ASKED-READ",
    "ASKED-READ-DOOR",
)
"""The rules by which what nobody opens climbs (promise 3)."""
SHOWN: Final = 200
UNREAD_DAYS: Final = 14


def waiting(now: datetime) -> Q:
    """Timescales that have begun and that nothing has ended by now."""
    ahead = [Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": now}) for name in ENDS]
    return Q(begins__lte=now) & ahead[0] & ahead[1] & ahead[2]


ENDS: Final = ("met", "overtaken", "not_required_from")


def owned_rules(role: int) -> tuple[str, ...]:
    """The rules that fall to a role; what climbs is told apart."""
    owners = OWNED.get(role, frozenset())
    return tuple(sorted({rule.id for rule in rules().rules if rule.owner in owners} - set(CLIMBS)))


def own_children(actor: Actor) -> QuerySet[Span]:
    """Children whose worker the actor is, or covers for today."""
    covered = on_day(Absence.objects.filter(cover=actor.worker), clock.today()).values("worker")
    return open_spans(actor).filter(Q(worker=actor.worker) | Q(worker__in=covered))


def without_a_worker_today() -> Q:
    """Spans of children who have no worker, or one who is away and for whom nobody covers (promise 3)."""
    away = on_day(Absence.objects.filter(cover=None), clock.today()).values("worker")
    return Q(worker=0) | Q(worker__in=away)


def team_children(actor: Actor, team: int) -> QuerySet[Span]:
    """Children for whom a team answers."""
    return open_spans(actor).filter(team=team)


def due_for(actor: Actor) -> list[Timescale]:
    """What is due that falls to this reader, the next first: own children; a manager's own duties; the city's."""
    now = clock.now()
    found = scope(actor, Timescale).filter(waiting(now), concern=False, label__in=actor.labels)
    own = Q(person__in=own_children(actor).values("person"))
    if actor.role in MANAGERS:
        team = team_children(actor, actor.team)
        mine = Q(person__in=team.values("person"), rule__in=owned_rules(actor.role))
        nobody = Q(person__in=team.filter(without_a_worker_today()).values("person"), due__isnull=False)
        found = found.filter(own | mine | nobody)
    elif actor.role in CITY_WIDE:
        found = found.filter(own | Q(rule__in=owned_rules(actor.role), due__lte=now + timedelta(days=7)))
    else:
        found = found.filter(own)
    found = found.exclude(due__isnull=True, unknown="").exclude(rule__in=CLIMBS)
    return list(found.order_by(F("due").asc(nulls_last=True), "begins", "id")[:SHOWN])


def climbed_to(actor: Actor) -> list[Timescale]:
    """What nobody opened in time and has climbed to this reader: contacts and offers (promise 3)."""
    now = clock.now()
    mine = OWNED.get(actor.role, frozenset())
    wanted = [rule.id for rule in rules().rules if rule.id in CLIMBS and rule.owner in mine]
    if not wanted:
        return []
    late = scope(actor, Timescale) if actor.role in CITY_WIDE else Timescale.objects.all()
    found = late.filter(waiting(now), rule__in=wanted, due__lt=now, unknown="")
    if actor.role not in CITY_WIDE:
        found = found.filter(_of_team(actor.team))
    return list(found.order_by("due", "id")[:SHOWN])


def offered_elsewhere(actor: Actor, climbed: Sequence[Timescale]) -> dict[int, int]:
    """Which team each climbed offer waits for, where the reader may not answer it: another team's, or a worker's own.

    By number and not by scope: these offers stand on the reader's page already, and only the team is said.
    """
    offers = [scale.trigger for scale in climbed if not scale.concern]
    if not offers:
        return {}
    rows = Offer.objects.filter(id__in=offers)
    if may(actor, "offer.answer"):
        rows = rows.exclude(team=actor.team)
    return dict(rows.order_by().values_list("id", "team"))


def climbed_above(actor: Actor) -> int:
    """How many things nobody opened, even the head of service: above that only red, and in summary."""
    now = clock.now()
    heads = [name for name in CLIMBS if name.endswith("-HEAD")]
    return scope(actor, Timescale).filter(waiting(now), rule__in=heads, due__lt=now, unknown="").count()


def _of_team(team: int) -> Q:
    """What waits for a team: contacts that it received, offers that were made to it."""
    from rightplace.services.frontdoor.projections import Contact

    contacts = Contact.objects.filter(team=team, decided__isnull=True).values("concern")
    offers = Offer.objects.filter(team=team, state="open").values("id")
    return Q(concern=True, person__in=contacts) | Q(concern=False, trigger__in=offers)


def doubts_for(actor: Actor) -> list[Doubt]:
    """Doubts about own children, or of the own team for its manager."""
    spans = team_children(actor, actor.team) if actor.role in MANAGERS else own_children(actor)
    found = scope(actor, Doubt).filter(settled=False, at__lte=clock.now(), person__in=spans.values("person"))
    return list(found.order_by("at", "id")[:SHOWN])


SAME_CHILD = """
SELECT d.entry FROM people_duplicate d JOIN journal_file a ON a.id = d.file JOIN journal_file b ON b.id = d.other
WHERE d.settled AND d.same_child AND a.person <> b.person
"""


def to_link(actor: Actor) -> list[Duplicate]:
    """Files that were found to be about one child and are not yet linked: a manager's decision.

    The front door's managers and the head of service see all of them, another manager those of the own team's children.
    """
    with connection.cursor() as cursor:
        cursor.execute(SAME_CHILD)
        entries = [row[0] for row in cursor.fetchall()]
    if not entries:
        return []
    found = scope(actor, Duplicate).filter(entry__in=entries)
    if actor.role in MANAGERS and actor.team_kind not in AT_THE_FRONT_DOOR:
        own = team_children(actor, actor.team).values("person")
        found = found.filter(
            Q(person__in=own) | Q(other__in=File.objects.filter(person__in=own).values("id"))
        )
    return list(found.order_by("found")[:SHOWN])


class Unread(NamedTuple):
    """What others wrote in a child's file since the reader last opened it; a new concern above all."""

    person: int
    entries: int
    last: datetime
    concern: bool


UNREAD = """
SELECT f.person, count(*), to_timestamp(max(e.recorded) / 1000000.0), bool_or(e.kind = %(contact)s)
FROM journal_file f JOIN journal_entry e ON e.file = f.id
LEFT JOIN LATERAL (
    SELECT max(a.at) AS at FROM access_read_audit a
    WHERE a.worker = %(worker)s AND a.files && ARRAY[f.id] AND a.what IN ('desk:story', 'desk:entry')
      AND a.at > %(since)s
) seen ON true
WHERE f.person = ANY(%(persons)s) AND e.author <> %(worker)s
  AND e.recorded > (extract(epoch FROM greatest(seen.at, %(since)s)) * 1000000)::bigint AND e.recorded <= %(now)s
GROUP BY f.person ORDER BY 4 DESC, 3 DESC
"""


def unread(actor: Actor, persons: Collection[int]) -> list[Unread]:
    """Of these children, those in whose files others wrote in the last two weeks, unseen by the reader."""
    if not persons:
        return []
    now = clock.now()
    values: dict[str, Any] = {
        "worker": actor.worker,
        "persons": list(persons),
        "since": now - timedelta(days=UNREAD_DAYS),
        "now": from_datetime(now),
        "contact": ContactReceived.number,
    }
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, values)
        return [Unread(*row) for row in cursor.fetchall()]


class PassedOn(NamedTuple):
    """A new concern about an open child, passed to the team that has the child, and nobody there has read it."""

    person: int
    at: datetime
    worker: int
    team: int


PASSED_ON = """
SELECT DISTINCT ON (f.person) f.person, c.decided, s.worker, s.team
FROM frontdoor_contact c JOIN journal_file f ON f.id = ANY(c.children)
JOIN journal_span s ON s.person = f.person AND s.open AND s.begins <= %(now)s AND (s.ends IS NULL OR s.ends > %(now)s)
WHERE c.route = %(route)s AND c.decided > %(since)s AND c.decided <= %(until)s AND (s.team = %(team)s OR %(team)s = 0)
  AND NOT EXISTS (
    SELECT 1 FROM access_read_audit a WHERE a.files && ARRAY[f.id] AND a.at >= c.decided
      AND a.what IN ('desk:story', 'desk:entry') AND (a.worker = s.worker OR a.worker = %(me)s
        OR (%(team)s = 0 AND a.team = s.team)))
ORDER BY f.person, c.decided DESC
"""
PASSED_ON_DAYS: Final = 7


def passed_on(actor: Actor) -> list[PassedOn]:
    """New concerns about open children that climb (promise 3): unread by the worker to the manager at once,
    unread by the whole team the day after to the head of service."""
    if actor.role not in MANAGERS and actor.role != RoleCode.HEAD_OF_SERVICE:
        return []
    now, managing = clock.now(), actor.role in MANAGERS
    values: dict[str, Any] = {
        "now": now,
        "since": now - timedelta(days=PASSED_ON_DAYS),
        "until": now if managing else to_datetime(start_of_day(day_of(from_datetime(now)))),
        "team": actor.team if managing else 0,
        "me": actor.worker,
        "route": str(Route.ALREADY_OPEN),
    }
    with connection.cursor() as cursor:
        cursor.execute(PASSED_ON, values)
        found = [PassedOn(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda each: each.at)


class AtTheDoor(NamedTuple):
    """What waits at the front door: how many contacts, and when the first is due."""

    contacts: int
    due: datetime | None


def at_the_door(actor: Actor) -> AtTheDoor | None:
    """What waits at the front door, for whoever works there."""
    if actor.team_kind not in AT_THE_FRONT_DOOR:
        return None
    from rightplace.services.frontdoor.queries import inbox

    return AtTheDoor(*inbox(actor).order_by().aggregate(n=Count("concern"), due=Min("due")).values())


def offers_due(offers: Collection[Offer]) -> dict[int, datetime]:
    """Until when each offer is to be answered."""
    if not offers:
        return {}
    persons, numbers = [o.person for o in offers], [o.id for o in offers]
    found = Timescale.objects.filter(person__in=persons, rule="OFFER", trigger__in=numbers, due__isnull=False)
    return {trigger: due for trigger, due in found.values_list("trigger", "due") if due is not None}


def people(actor: Actor, persons: Iterable[int]) -> dict[int, Person]:
    """These persons, as far as the reader may know their names."""
    wanted = sorted({*persons})
    return {p.person: p for p in scope(actor, Person).filter(person__in=wanted)} if wanted else {}


LATE = """
SELECT t.person, count(*) FROM journal_timescale t
WHERE t.person = ANY(%(persons)s) AND NOT t.concern AND t.due < %(now)s AND t.begins <= %(now)s AND t.unknown = ''
  AND NOT t.expires AND (t.met IS NULL OR t.met > %(now)s) AND (t.overtaken IS NULL OR t.overtaken > %(now)s)
  AND (t.not_required_from IS NULL OR t.not_required_from > %(now)s)
GROUP BY t.person
"""


def late_by_person(persons: Sequence[int]) -> dict[int, int]:
    """How many things are late for each of these children."""
    with connection.cursor() as cursor:
        cursor.execute(LATE, {"persons": list(persons), "now": clock.now()})
        return dict(cursor.fetchall())


FAMILIES = """
SELECT person, other FROM people_relation WHERE person = ANY(%(persons)s) AND other <> 0
  AND relation ~* '(brother|sister|sibling|twin)'
"""


def late_and_siblings(persons: Sequence[int]) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """How many things are late for each of these children; and who of them is whose brother or sister. One query."""
    both = f"SELECT true, l.* FROM ({LATE}) l UNION ALL SELECT false, f.* FROM ({FAMILIES}) f"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(both, {"persons": list(persons), "now": clock.now()})
        rows = cursor.fetchall()
    late = {person: count for is_late, person, count in rows if is_late}
    return late, [(person, other) for is_late, person, other in rows if not is_late]


def families_of(
    children: Mapping[int, Collection[int]], siblings: Collection[tuple[int, int]]
) -> dict[int, list[list[int]]]:
    """Each worker's children by family, joined by the brothers and sisters that the files name."""
    return {worker: _families(persons, siblings) for worker, persons in children.items()}


def _families(persons: Collection[int], siblings: Iterable[tuple[int, int]]) -> list[list[int]]:
    of = {person: person for person in persons}

    def root(person: int) -> int:
        while of[person] != person:
            person = of[person]
        return person

    for one, other in siblings:
        if one in of and other in of:
            of[root(one)] = root(other)
    found: dict[int, list[int]] = {}
    for person in persons:
        found.setdefault(root(person), []).append(person)
    return list(found.values())
