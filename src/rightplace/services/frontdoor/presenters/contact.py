"""One contact: on the left what we were told, on the right what we know and who answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from rightplace.common.caseflow.children import ChildKnown, children_of, people_behind
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import came_back
from rightplace.common.documents import attachments
from rightplace.common.documents.attachments import Attached
from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.need import sample_pack
from rightplace.domain.practice.vocabulary.codes import label
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.journal.models import File
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Pilot, Team, Worker
from rightplace.services.frontdoor.presenters.asked import NOT_YOURS, CheckLine, check_lines
from rightplace.services.frontdoor.presenters.inbox import GRADES
from rightplace.services.frontdoor.presenters.words import Words, words_of
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.queries import Before, told_before

EARLIER_COLUMNS = (Column("Told"), Column("About"), Column("By"), Column("What came of it"))
CHANNELS = {"telephone": "by telephone", "api": "by the agency’s own system", "online": "online"}
YES_NO = {"yes": "Yes", "no": "No", "not known": "Not known", "unknown": "Not known", "": "Not said"}


@dataclass(frozen=True)
class Fact:
    """One line of what was told: what it is, and the words; None is shown as not known."""

    name: str
    said: str | None


@dataclass(frozen=True)
class OfferLine:
    """One child offered to a team after the decision, and whether the team has answered."""

    child: str
    team: str
    tag: Tag
    since: str
    again: str = ""


@dataclass(frozen=True)
class ContactPage:
    """All that the pages about one contact say."""

    contact: Contact
    words: Words
    children: Sequence[ChildKnown]
    told: Sequence[Fact]
    saw: str
    wants: str
    grade: Tag
    due: Tag
    rule: str
    checks: Sequence[CheckLine]
    earlier: Sequence[Row]
    earlier_count: int
    offers: Sequence[OfferLine]
    opened: str
    decided_by: str
    decided: Sequence[Fact]
    indicators: Sequence[str]
    files: frozenset[int]
    may_decide: bool
    may_answer: bool
    decided_it: bool
    may_blind: bool
    to_link: Sequence[tuple[str, int, int]]
    may_link: bool
    attached: Sequence[Attached]
    triage: str
    pilot: str

    @property
    def earlier_columns(self) -> Sequence[Column]:
        """The headings of the list of earlier contacts."""
        return EARLIER_COLUMNS

    @property
    def title(self) -> str:
        """The page's title: initials only, since titles stay in browser histories."""
        return "Contact about " + (
            ", ".join(c.person.initials for c in self.children if c.person) or "a child"
        )

    @property
    def names(self) -> str:
        """The children's names, for the page's own heading."""
        return words.listed((child.name for child in self.children), "No child is named")

    @property
    def undecided_same(self) -> Sequence[tuple[ChildKnown, int]]:
        """The possible same children whom nobody has decided."""
        return [(child, each.entry) for child in self.children for each in child.duplicates]

    @property
    def nobody_has(self) -> bool:
        """Whether no team answers for any of the children: then only a new contact brings them back."""
        return all(child.span is None for child in self.children)

    @property
    def unanswered(self) -> Sequence[CheckLine]:
        """The checks that an agency has not answered."""
        return [check for check in self.checks if not check.answers]

    @property
    def unseen(self) -> bool:
        """Whether nobody of ours has seen one of the children: then no further action needs its reason."""
        return any(child.span is None or child.span.seen is None for child in self.children)


def contact_page(actor: Actor, contact: Contact) -> ContactPage:
    """Gather everything about one contact, as this reader may see it."""
    now = clock.now()
    found = words_of(actor, contact.concern)
    children = children_of(actor, contact.children, alike=True)
    before = told_before([contact.concern])[contact.concern]
    checks = check_lines(found, contact, now)
    names = Worker.objects.in_bulk([n for n in (contact.read_by, contact.decided_by, contact.told_by) if n])
    earlier = earlier_rows(actor, before)
    return ContactPage(
        contact=contact,
        words=found,
        children=children,
        told=told_facts(contact, found),
        saw=found.received.saw if found.received else NOT_YOURS,
        wants=found.received.wants if found.received else "",
        grade=GRADES[contact.grade],
        due=contact_due(contact, now),
        rule=contact.due_rule,
        checks=checks,
        earlier=earlier,
        earlier_count=len(before),
        offers=offer_lines(actor, contact, children, now),
        opened=opened_sentence(contact, names),
        decided_by=names[contact.decided_by].name if contact.decided_by in names else "",
        decided=decided_facts(contact, found),
        indicators=indicator_words(found),
        files=frozenset([contact.concern, *contact.children, *(each.concern for each in before)]),
        may_decide=may(actor, "contact.decide", contact) and contact.decided is None,
        may_answer=(
            may(actor, "contact.decide", contact)
            and contact.disagreed is not None
            and contact.disagreement_answered is None
        ),
        decided_it=bool(actor.worker) and contact.decided_by == actor.worker,
        to_link=files_to_link(children),
        may_link=may(actor, "person.link"),
        triage=reverse("frontdoor:notice", args=[contact.triage])
        if contact.triage and may(actor, "notice.triage")
        else "",
        pilot=Pilot.objects.filter(pk=contact.pilot).values_list("title", flat=True).first() or ""
        if contact.pilot
        else "",
        attached=attachments.of_file(contact.concern, found.received.attachments)
        if found.received and found.received.attachments
        else (),
        may_blind=(
            contact.decided is None
            and may(actor, "contact.decide", contact)
            and may(actor, "vignette.decide")
            and all(entry.author != actor.worker for entry, _ in found.blind)
        ),
    )


def files_to_link(children: Sequence[ChildKnown]) -> list[tuple[str, int, int]]:
    """Children of whom somebody said that two files are one child, and whom a manager has still to link."""
    said = [(child, each) for child in children for each in child.said_same]
    others = File.objects.filter(id__in=[each.other for _, each in said])
    persons = dict(others.values_list("id", "person")) if said else {}
    return [
        (child.name, each.file, each.other) for child, each in said if persons.get(each.other) != each.person
    ]


def contact_due(contact: Contact, now: datetime) -> Tag:
    """When it must be decided, or that it is."""
    return tags.due_tag(contact.due, now, met_at=contact.decided)


def opened_sentence(contact: Contact, names: dict[int, Worker]) -> str:
    """Who opened it first."""
    if contact.read is None:
        return "You are the first to open it."
    who = names[contact.read_by].name if contact.read_by in names else "Somebody who has left"
    return f"First opened by {who}, {words.when(contact.read)}."


def told_facts(contact: Contact, found: Words) -> list[Fact]:
    """Who told it, how, and what they said of danger and of the family."""
    said = found.received
    source = label("referral_source", contact.source, contact.received.date())
    facts = [
        Fact("Told", f"{words.when(contact.received)}, {CHANNELS.get(contact.channel, contact.channel)}")
    ]
    if said is None:
        return [*facts, Fact("By", source if contact.professional else NOT_YOURS)]
    if contact.anonymous:
        facts.append(Fact("By", "Somebody who does not want to be known to the family"))
    who = ", ".join(part for part in (said.referrer_name, said.referrer_role) if part)
    facts.append(Fact("Who", who or (None if not contact.anonymous else "Not said")))
    facts.append(Fact("From", source))
    ways = " · ".join(part for part in (said.referrer_phone, said.referrer_email) if part)
    facts.append(Fact("How to reach them", ways or None))
    facts.append(Fact("In danger now", YES_NO.get(said.danger_now, said.danger_now)))
    told = words.capitalised(YES_NO.get(said.family_told, said.family_told))
    facts.append(
        Fact(
            "Does the family know",
            f"{told}. {said.family_told_reason}".strip() if said.family_told_reason else told,
        )
    )
    facts += [
        Fact(question[:1].upper() + question[1:], answer)
        for question, answer in said.answers.items()
        if answer
    ]
    return facts


def earlier_rows(actor: Actor, before: Sequence[Before]) -> list[Row]:
    """Earlier contacts of twelve months, newest first: about whom, who told it, what came of it."""
    numbers = [each.concern for each in before]
    contacts = {c.concern: c for c in scope(actor, Contact).filter(concern__in=numbers)}
    seen = people_behind(actor, {file for contact in contacts.values() for file in contact.children})
    rows = []
    for each in before:
        contact = contacts.get(each.concern)
        if contact is None:
            continue
        names = [seen[file].name for file in contact.children if file in seen]
        came = (
            Lines(contact.route.capitalize(), f"Level: {contact.level}")
            if contact.route
            else Lines("Not decided yet")
        )
        rows.append(
            Row(
                [
                    Link(words.plain_day(each.told), reverse("frontdoor:contact", args=[each.concern])),
                    Lines(each.why.capitalize(), ", ".join(names)),
                    label("referral_source", contact.source, contact.received.date()),
                    came,
                ]
            )
        )
    return rows


RETURNED = ("sent back", "withdrawn")
OFFER_TAGS = {
    "accepted": tags.met("accepted"),
    "sent back": tags.late("sent back"),
    "withdrawn": tags.plain("withdrawn"),
    "placed": tags.met("placed by the head of service"),
}


def offer_lines(
    actor: Actor, contact: Contact, children: Sequence[ChildKnown], now: datetime
) -> list[OfferLine]:
    """The offers that this contact's decision made, and how each stands."""
    if contact.decided is None:
        return []
    to = Team.objects.filter(pk=OuterRef("team")).values("name")
    rows = Offer.objects.filter(concern=contact.concern).annotate(to=Subquery(to))
    offers = list(rows.order_by("offered", "id"))
    names = {child.number: child.name for child in children}
    back = {offer.id for offer in came_back(actor)} if any(o.state in RETURNED for o in offers) else set()
    return [
        OfferLine(
            names.get(offer.person, "The child"),
            offer.to,
            OFFER_TAGS.get(offer.state, tags.still_open("waits for an answer")),
            words.length(now - offer.offered),
            reverse("caseflow:offer-on", args=[offer.person]) if offer.id in back else "",
        )
        for offer in offers
    ]


def indicator_words(found: Words) -> list[str]:
    """The indicators of the decision, in the pack's words; one that the pack does not have stays as its name."""
    if found.decided is None:
        return []
    pack = sample_pack()
    return [each.text if (each := pack.find(name)) else name for name in found.decided.indicators]


def decided_facts(contact: Contact, found: Words) -> list[Fact]:
    """What was decided, with everything that a reader has to know to judge it."""
    said = found.decided
    if said is None:
        return []
    family = words.capitalised(YES_NO.get(said.family_told, said.family_told))
    facts = [
        Fact("Level of need", str(said.level).capitalize()),
        Fact("Route", str(said.route).capitalize()),
        Fact("Reasons", said.reasons),
        Fact("What else was thought of", said.alternatives or "Nothing else was written down"),
        Fact("Dissent", said.dissent or "Nobody dissented"),
        Fact("Lawful basis", words.capitalised(said.lawful_basis)),
        Fact("Family told", f"{family}. {said.family_not_told_reason}".strip()),
    ]
    if said.unseen_reason:
        facts.append(Fact("Why the child was not seen", said.unseen_reason))
    if found.told is not None:
        told = " ".join(p for p in (found.told.text, found.told.next_steps, found.told.to_do) if p)
        facts.append(Fact("What the referrer was told", told))
    return facts
