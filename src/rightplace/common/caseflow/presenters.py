"""What the pages of a hand-over say: the offer with its reasons, what waits, who carries what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from rightplace.common.caseflow.children import RESTRICTED, ChildKnown, age_words, children_of, identity_of
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import (
    birth_order,
    came_back,
    children_to_place,
    offered_together,
    open_offers,
)
from rightplace.common.web import tags, words
from rightplace.common.web.frame import story_address
from rightplace.common.web.pieces import Column, Group, Identity, Lines, Link, Row, by_due
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.caseflow import SteppedDown, SteppedUp, TeamOffered, TeamSentBack
from rightplace.domain.practice.entries.contact import ContactDecided, ContactReceived
from rightplace.domain.practice.need import sample_pack
from rightplace.foundation.access import rls
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.people.projections import Person

OFFER_COLUMNS = (
    Column("Child"),
    Column("For what"),
    Column("Offered by"),
    Column("Opened"),
    Column("Answer by"),
)
BACK_COLUMNS = (Column("Child"), Column("For what"), Column("Who did not take the child"), Column("Next"))
PLACE_COLUMNS = (Column("Child"), Column("Sent back by"), Column("Decide by"))
STATES = {
    "open": tags.still_open("waits for an answer"),
    "accepted": tags.met("accepted"),
    "sent back": tags.late("sent back"),
    "withdrawn": tags.plain("withdrawn"),
    "placed": tags.met("placed"),
    "ended": tags.plain("ended"),
}


@dataclass(frozen=True)
class OffersPage:
    """What waits for the team's answer, what came back to it, and for a head of service the children to place."""

    groups: Sequence[Group]
    count: int
    to_place: Sequence[Group]
    to_place_count: int
    came_back: Sequence[Row]
    files: frozenset[int]


@dataclass(frozen=True)
class SentBack:
    """One sending back: by whom, when, why, and what they would do instead."""

    team: str
    day: str
    reasons: str
    instead: str


@dataclass(frozen=True)
class HandOver:
    """All that a page about handing one child over says."""

    child: ChildKnown
    identity: Identity
    offer: Offer | None
    state: Tag
    due: Tag
    to_team: str
    from_team: str
    offered_by: str
    for_what: str
    reasons: str
    told: str
    decided: ContactDecided | None
    indicators: Sequence[str]
    sent_back: Sequence[SentBack]
    also: Sequence[Link] = ()
    step: SteppedUp | SteppedDown | None = None

    @property
    def spoke(self) -> str:
        """Who spoke of the step for each side, and when."""
        step = self.step
        if step is None or not step.spoke:
            return ""
        day = words.plain_day(step.spoke_on) if step.spoke_on else "on a day that was not written down"
        return f"{words.listed(step.spoke)}, {day}."

    @property
    def heading(self) -> str:
        """Who offers the child to whom; a child whom a worker took up waits for the own team's yes."""
        if self.from_team and self.from_team == self.to_team:
            return f"{self.child.name} was taken up by your team, and waits for your yes"
        return f"{self.from_team or 'The front door'} offers {self.child.name} to {self.to_team}"

    @property
    def initials(self) -> str:
        """For page titles, which stay in browser histories."""
        return self.child.person.initials if self.child.person else "a child"


def offers_page(actor: Actor) -> OffersPage:
    """Gather the offers to the actor's team, next due first."""
    now = clock.now()
    offers = list(open_offers(actor, actor.team))
    placing = list(children_to_place(actor)) if actor.team_kind == Team.Kind.LEADERSHIP else []
    returned = came_back(actor)
    shown = [*(o.person for o in offers), *(t.person for t in placing), *(o.person for o in returned)]
    persons = scope(actor, Person).in_bulk(shown)
    offers.sort(key=lambda offer: (offer.offered, birth_order(persons.get(offer.person))))
    dues = _dues(offers)
    workers = Worker.objects.in_bulk([offer.offered_by for offer in offers])
    back = _sent_back_by([t.person for t in placing])

    def line(offer: Offer) -> Row:
        due = dues.get(offer.id)
        by = workers[offer.offered_by].name if offer.offered_by in workers else None
        return Row(
            [
                _child(persons.get(offer.person), reverse("caseflow:offer", args=[offer.id])),
                offer.for_what.capitalize(),
                by,
                words.when(offer.read) if offer.read else tags.still_open("nobody yet"),
                tags.due_tag(due, now),
            ],
            late=tags.is_late(due, now),
        )

    def place(scale: Timescale) -> Row:
        href = reverse("caseflow:place", args=[scale.person])
        cells = [
            _child(persons.get(scale.person), href),
            ", ".join(back.get(scale.person, [])),
            tags.due_tag(scale.due, now),
        ]
        return Row(cells, late=tags.is_late(scale.due, now))

    return OffersPage(
        by_due(offers, due=lambda o: dues.get(o.id), row=line, now=now),
        len(offers),
        by_due(placing, due=lambda t: t.due, row=place, now=now),
        len(placing),
        back_rows(returned, persons),
        frozenset(shown),
    )


def back_rows(offers: Sequence[Offer], persons: Mapping[int, Person]) -> list[Row]:
    """Children whom no team has taken: which did not, and where to offer the child again."""
    teams = Team.objects.in_bulk([offer.team for offer in offers])

    def row(offer: Offer) -> Row:
        team = teams[offer.team].name if offer.team in teams else "A team"
        why = "sent the child back" if offer.state == "sent back" else "the offer was withdrawn"
        step = Link("Offer to another team", reverse("caseflow:offer-on", args=[offer.person]))
        return Row(
            [
                _child(persons.get(offer.person), story_address(offer.person)),
                offer.for_what,
                Lines(team, why),
                step,
            ]
        )

    return [row(offer) for offer in offers]


def _child(person: Person | None, href: str) -> Link | Lines:
    if person is None:
        return Lines(RESTRICTED)
    return Link(person.name, href, age_words(person)) if href else Lines(person.name, age_words(person))


def _dues(offers: Sequence[Offer]) -> dict[int, datetime | None]:
    persons, numbers = [offer.person for offer in offers], [offer.id for offer in offers]
    found = Timescale.objects.filter(person__in=persons, rule="OFFER", trigger__in=numbers)
    return dict(found.values_list("trigger", "due"))


def _sent_back_by(persons: Sequence[int]) -> dict[int, list[str]]:
    rows = Offer.objects.filter(person__in=persons, state="sent back").order_by("offered", "id")
    offers = list(rows.values_list("person", "team"))
    teams = Team.objects.in_bulk([team for _, team in offers])
    found: dict[int, list[str]] = {}
    for person, team in offers:
        found.setdefault(person, []).append(teams[team].name)
    return found


@dataclass(frozen=True)
class OfferNames:
    """Between which teams a child is offered, by whom, and by when an answer is due."""

    to: str = ""
    by_team: str = ""
    by: str = ""
    due: datetime | None = None


def _names(offer: Offer | None) -> OfferNames:
    if offer is None:
        return OfferNames()

    def name(model: type[Team] | type[Worker], field: str) -> Subquery:
        return Subquery(model.objects.filter(pk=OuterRef(field)).values("name"))

    due = Timescale.objects.filter(person=OuterRef("person"), rule="OFFER", trigger=OuterRef("id")).values(
        "due"
    )[:1]
    found = Offer.objects.filter(pk=offer.pk).values_list(
        name(Team, "team"), name(Team, "from_team"), name(Worker, "offered_by"), Subquery(due)
    )
    to, by_team, by, by_when = found.get()
    return OfferNames(to or "", by_team or "", by or "", by_when)


def hand_over(
    actor: Actor, file: int, offer: Offer | None = None, also: Mapping[Offer, str] | None = None
) -> HandOver:
    """Gather what is known of a child who is handed over, and the words of the offer as the reader may read them.

    `also` are the brothers and sisters who wait with the child, where a page has asked for them already.
    """
    now = clock.now()
    child = children_of(actor, [file])[0]
    entries = _entries(actor, child.number)
    names = _names(offer)
    body = entries[offer.id].body if offer and offer.id in entries else None
    because = entries.get(offer.because_of) if offer else None
    decided = because.body if because is not None and isinstance(because.body, ContactDecided) else None
    step = because.body if because is not None and isinstance(because.body, SteppedUp | SteppedDown) else None
    concern = offer.concern if offer else 0
    told = next(
        (
            e.body.saw
            for e in entries.values()
            if isinstance(e.body, ContactReceived) and e.concern == concern
        ),
        "",
    )
    return HandOver(
        child=child,
        identity=identity_of(child),
        offer=offer,
        state=STATES.get(offer.state, STATES["ended"]) if offer else STATES["ended"],
        due=tags.due_tag(names.due, now),
        to_team=names.to,
        from_team=names.by_team,
        offered_by=names.by,
        for_what=offer.for_what if offer else "",
        reasons=body.reasons if isinstance(body, TeamOffered) else "",
        told=told,
        decided=decided,
        indicators=indicator_texts(decided or step),
        sent_back=_sendings(entries),
        also=_also_offered(actor, offer, also),
        step=step,
    )


def _also_offered(actor: Actor, offer: Offer | None, also: Mapping[Offer, str] | None) -> list[Link]:
    """The brothers and sisters of the same concern who wait for the same team's answer."""
    if also is None:
        also = offered_together(actor, offer) if offer else {}
    return [Link(name, reverse("caseflow:offer", args=[each.id])) for each, name in also.items()]


def _entries(actor: Actor, person: int) -> dict[int, Entry]:
    with rls.reading_as(actor, purpose="hand over"):
        found = reading.entries_of(reading.files_of_persons([person]))
    return {entry.id: entry for entries in found.values() for entry in entries}


def indicator_texts(decided: ContactDecided | SteppedUp | SteppedDown | None) -> list[str]:
    """The indicators of a decision in the pack's words."""
    pack = sample_pack()
    return [
        each.text if (each := pack.find(name)) else name for name in (decided.indicators if decided else ())
    ]


def _sendings(entries: dict[int, Entry]) -> list[SentBack]:
    back = [
        e
        for e in sorted(entries.values(), key=lambda e: (e.day, e.at or 0))
        if isinstance(e.body, TeamSentBack)
    ]
    teams = Team.objects.in_bulk([entry.team for entry in back])
    return [
        SentBack(
            teams[e.team].name if e.team in teams else "A team",
            words.plain_day(e.day),
            e.body.reasons,
            e.body.instead,
        )
        for e in back
        if isinstance(e.body, TeamSentBack)
    ]
