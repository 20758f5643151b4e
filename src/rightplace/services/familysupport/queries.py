"""What a family support team has before it, and who there is to choose from. Each list is scoped by the gate."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import birth_order, held_at, open_offers, open_spans
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.caseflow import SteppedDown
from rightplace.domain.practice.entries.familysupport import Agreement, Goal, WholeFamilyAssessed
from rightplace.domain.practice.entries.identity import RelationshipRecorded
from rightplace.foundation.access import rls
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.projections import Span, Timescale
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation import queries as organisation
from rightplace.foundation.organisation.models import Agency, Membership, Team, Worker
from rightplace.foundation.organisation.rolecodes import OF_A_PARTNER
from rightplace.foundation.organisation.serving import serves
from rightplace.foundation.people.projections import Person
from rightplace.services.familysupport.family import Family
from rightplace.services.familysupport.projections import Invited, Support

RULES = ("FS-ASSESS", "FS-PLAN", "FS-REVIEW", "FS-LEAD", "FS-AGREE")


@dataclass(frozen=True)
class FamilyLine:
    """One family in the team's list."""

    number: int
    supports: Sequence[Support]
    persons: Sequence[Person]
    due: datetime | None
    rule: str

    @property
    def first(self) -> Support:
        """The support whose row stands for the family's: brothers and sisters share all but their numbers."""
        return self.supports[0]


def going_on(actor: Actor, team: int) -> QuerySet[Support]:
    """The supports that go on of children for whom a team answers now."""
    now = clock.now()
    held = Span.objects.filter(held_at(now), team=team, open=True)
    found = scope(actor, Support).filter(Q(ended__isnull=True) | Q(ended__gt=now), began__lte=now)
    return found.filter(person__in=held.values("person")).order_by("began", "id")


def families(actor: Actor, team: int) -> list[FamilyLine]:
    """The families with whom a team works now, each with what is due next."""
    by_family: dict[int, list[Support]] = {}
    for support in going_on(actor, team):
        by_family.setdefault(support.family, []).append(support)
    numbers = [each.person for supports in by_family.values() for each in supports]
    persons = {p.person: p for p in scope(actor, Person).filter(person__in=numbers)}
    due = next_due(actor, numbers)
    lines = []
    for number, supports in by_family.items():
        own = [due[s.person] for s in supports if s.person in due]
        first = min(own, key=lambda each: each[0], default=(None, ""))
        named = sorted((persons[s.person] for s in supports if s.person in persons), key=birth_order)
        lines.append(FamilyLine(number, supports, named, *first))
    return lines


def waiting(actor: Actor, persons: Collection[int]) -> QuerySet[Timescale]:
    """What is due of early help for these children and has not been done."""
    now = clock.now()
    found = scope(actor, Timescale).filter(
        person__in=list(persons),
        rule__in=RULES,
        begins__lte=now,
        met__isnull=True,
        unknown="",
        due__isnull=False,
    )
    return found.exclude(overtaken__lte=now).exclude(not_required_from__lte=now).order_by("due", "rule")


def next_due(actor: Actor, persons: Collection[int]) -> dict[int, tuple[datetime, str]]:
    """What is due first for each child."""
    found: dict[int, tuple[datetime, str]] = {}
    for scale in waiting(actor, persons):
        if scale.due is not None:
            found.setdefault(scale.person, (scale.due, scale.rule))
    return found


def to_begin(actor: Actor, team: int, lines: Sequence[FamilyLine] | None = None) -> list[tuple[Span, Person]]:
    """Children for whom the team answers and whose family support has not begun, the longest wait first.

    A child whom a worker of the team took up is not among them before the team's manager has said yes.

    `lines` are the team's families where they are at hand: they are not asked for again then.
    """
    if lines is None:
        begun = set(going_on(actor, team).values_list("person", flat=True))
    else:
        begun = {support.person for line in lines for support in line.supports}
    asked = Offer.objects.filter(state="open", team=team, from_team=team)
    spans = list(
        open_spans(actor)
        .filter(team=team)
        .exclude(person__in=begun)
        .exclude(person__in=asked.values("person"))
    )
    if not spans:
        return []
    persons = {p.person: p for p in scope(actor, Person).filter(person__in=[s.person for s in spans])}
    found = [(span, persons[span.person]) for span in spans if span.person in persons]
    return sorted(found, key=lambda pair: (pair[0].opened or pair[0].begins, birth_order(pair[1])))


def workers_of(team: int) -> list[tuple[int, str]]:
    """Who is in a team today."""
    return [(m.worker_id, m.worker.name) for m in organisation.members(team, clock.today())]


def partners(actor: Actor) -> list[tuple[str, list[tuple[int, str]]]]:
    """Colleagues of other agencies with an account, by agency: schools of the team's areas only, all others."""
    found = organisation.on_day(Membership.objects.filter(role__in=OF_A_PARTNER), clock.today())
    near = Q()
    if actor.area:
        near = serves("worker__agency__school__area_id", actor.team, actor.area, clock.today())
    found = found.filter(~Q(worker__agency__kind=Agency.Kind.EDUCATION) | near)
    grouped: dict[str, list[tuple[int, str]]] = {}
    for row in found.select_related("worker__agency").order_by("worker__agency__name", "worker__name"):
        if row.worker.agency is not None:
            mine = grouped.setdefault(row.worker.agency.name, [])
            if (row.worker_id, row.worker.name) not in mine:
                mine.append((row.worker_id, row.worker.name))
    return list(grouped.items())


def doers(family: Family, team: int) -> list[tuple[str, str]]:
    """Who may do a part of a plan: the team, the team around the family, the family itself."""
    staff = [(f"w{number}", name) for number, name in workers_of(team)]
    around = [
        (f"w{m.worker}" if m.worker else f"f{m.name}", f"{m.name}, {m.agency_name}".rstrip(", "))
        for m in family.record.members
    ]
    own = [(f"f{each.who}", each.who) for each in family.record.agreements]
    return list(dict([*own, *around, *staff]).items())


def people_of(family: Family) -> list[Agreement]:
    """The family's people, each with the last answer; children whom nobody asked are there too."""
    asked = family.record.agreements
    known = {each.child for each in asked}
    more = [
        Agreement(who=p.given or p.name, child=s.file, part="child", answer="not asked yet")
        for s in family.supports
        for p in family.persons
        if p.person == s.person and s.file not in known
    ]
    return [*asked, *more]


@dataclass(frozen=True)
class Before:
    """What stands in a child's files before family support begins: the adults, and the plan that came along."""

    adults: Sequence[tuple[str, str]]
    carried: Sequence[str]
    concern: int


def before(actor: Actor, persons: Sequence[int]) -> Before:
    """The adults of the family as the files name them, and the plan of the last step down."""
    with rls.reading_as(actor, purpose="family support"):
        entries = reading.entries_of(reading.files_of_persons(persons))
    told: list[Entry] = sorted((e for own in entries.values() for e in own), key=lambda e: (e.day, e.at or 0))
    adults: dict[str, str] = {}
    for entry in told:
        body = entry.body
        if isinstance(body, RelationshipRecorded) and body.name and not body.other_file:
            adults.setdefault(body.name, body.relation)
    down = [entry.body for entry in told if isinstance(entry.body, SteppedDown)]
    concern = next((entry.concern for entry in reversed(told) if entry.concern), 0)
    return Before(list(adults.items()), down[-1].carried if down else (), concern)


def carried_goals(actor: Actor, family: Family) -> list[Goal]:
    """The goals with which a new plan begins: the plan that stands, the one that came along, or what is needed."""
    if family.record.goals:
        return family.record.goals
    came = before(actor, [each.person for each in family.supports]).carried
    if came:
        return [Goal(number=0, want=want) for want in came]
    assessed = family.record.last(WholeFamilyAssessed)
    needed = [one for one in assessed[0].found if one.needs] if assessed else []
    return [Goal(number=0, want=one.needs, headline=one.headline) for one in needed]


@dataclass(frozen=True)
class Onward:
    """One child of a family who is offered to another team: to which, since when, whether anybody there opened it."""

    name: str
    team: str
    offered: datetime
    read: datetime | None
    address: str
    """Where the reader may take the offer back; empty where it is not the reader's to take back."""


def onward(actor: Actor, family: Family) -> list[Onward]:
    """The children of a family who are offered to another team and wait for its answer, the eldest first."""
    named = {person.person: person.given or person.name for person in family.persons}
    to_whom = Team.objects.filter(pk=OuterRef("team")).values("name")
    offers = open_offers(actor).filter(person__in=list(named)).exclude(team=F("from_team"))
    found = {offer.person: offer for offer in offers.annotate(to_whom=Subquery(to_whom))}
    return [
        Onward(
            name, offer.to_whom, offer.offered, offer.read,
            reverse("caseflow:withdraw", args=[offer.id]) if may(actor, "offer.place", offer) else "",
        )
        for person, name in named.items()
        if (offer := found.get(person)) is not None
    ]  # fmt: skip


def invitations(actor: Actor) -> QuerySet[Invited]:
    """The families to whose team a partner belongs now."""
    return scope(actor, Invited).order_by("since", "family")


def workers_named(numbers: Collection[int]) -> dict[int, str]:
    """Workers' names by number."""
    return dict(Worker.objects.filter(pk__in=[n for n in numbers if n]).values_list("pk", "name"))
