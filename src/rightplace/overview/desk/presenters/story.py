"""A child's story: who it is, three sentences of where things stand, the ribbon, what is due, family, doubts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from markupsafe import Markup

from rightplace.common.web import pieces, ribbon, tags, words
from rightplace.common.web.pieces import Column, Identity, Link, Looked, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.practice import workdays
from rightplace.domain.practice.entries.identity import RelationshipRecorded
from rightplace.domain.practice.servicemodels import service_models
from rightplace.domain.practice.vocabulary import label
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.journal.projections import Doubt, Span, Timescale
from rightplace.foundation.people.projections import Person, Relation
from rightplace.foundation.people.queries import age_of
from rightplace.overview.desk.presenters import due, entries
from rightplace.overview.desk.story import Story

DOUBT_COLUMNS = (Column("What is odd"), Column("Since"), Column("Settle"))
FAMILY_COLUMNS = (Column("Who"), Column("To the child"), Column("Household"), Column("Responsible"))
PROCESS = {
    "cin_plan": "child in need plan", "section47": "section 47 enquiry", "plan_pending": "plan to come",
    "contact": "contact", "care": "in care",
}  # fmt: skip
DOUBTS = {
    "after_death": "Something is recorded after the child’s death",
    "began_again": "Something began that was already open",
    "ended_before_begun": "Something ended that had not begun",
    "ended_by_law": "The law ended what was open; a manager looks at it",
    "fact_while_closed": "Something happened while nobody answered for the child",
    "held_without_quorum": "A strategy discussion was held without all whom it needs",
    "import_finding": "The return that this child came with is odd",
    "nobody_answers": "The file does not say who answers",
    "not_read_here": "An entry that this version cannot read",
    "opened_without_contact": "Work began without a contact",
    "placed_while_not_looked_after": "Placed while not looked after",
    "correction_conflict": "Two corrections of one entry disagree",
    "order_unknown": "Which came first is not known",
}


@dataclass(frozen=True)
class StoryPage:
    """Everything that a child's page says."""

    story: Story
    may: frozenset[str] = frozenset()

    @property
    def now(self) -> datetime:
        return self.story.as_at.happened

    @property
    def person(self) -> Person:
        return self.story.person

    @property
    def title(self) -> str:
        """Initials only: titles stay in browser histories (promise 8)."""
        return f"{words.initials(self.person.name)} story"

    @property
    def age(self) -> str | None:
        return age_words(self.person, self.now)

    @property
    def identity(self) -> Identity:
        return identity(self.person, self.story.span, self.now, self.story)

    @property
    def sentences(self) -> list[Markup]:
        """Where things stand: the part, who answers, what is next."""
        span = self.story.span
        if span is None or not span.open:
            return [
                Markup("Nobody answers for this child now: the file is <strong>not open</strong>."),
                self._next(),
            ]
        since = words.plain_day(span.opened) if span.opened else "a day that is not known"
        part = Markup("{} is in <strong>{}</strong>, open since {}.").format(
            self.person.given or "The child", part_title(span), since
        )
        return [part, self._who(span), self._next()]

    def _who(self, span: Span) -> Markup:
        team = self.story.names.team(span.team)
        if span.worker:
            said = Markup("<strong>{}</strong> answers, with {} as worker").format(
                team, self.story.names.worker(span.worker)
            )
        else:
            waited = pieces.since(span.unallocated_since, self.now)
            said = Markup(
                "<strong>{}</strong> answers; the child has had <strong>no worker for {}</strong>"
            ).format(team, waited)
        seen = f"last seen {words.plain_day(span.seen)}" if span.seen else "not seen since"
        return Markup("{}; {}.").format(said, seen)

    def _next(self) -> Markup:
        open_ones = [s for s in due.open_scales(self.story.timescales, self.now) if due.due_day(s)]
        late = sum(1 for s in open_ones if due.state(s, self.now).css == "late")
        if not open_ones:
            return Markup("Nothing is due.")
        ahead = [s for s in open_ones if due.state(s, self.now).css != "late"]
        late_words = (
            Markup("<strong>{}</strong> late. ").format(words.count_words(late, "thing is", "things are"))
            if late
            else Markup("Nothing is late. ")
        )
        if not ahead:
            return late_words
        return late_words + Markup("Next: {}, by <strong>{}</strong>.").format(
            _lower(due.title_of(ahead[0].rule)), due.by_words(ahead[0])
        )

    @property
    def due_rows(self) -> list[Row]:
        return [due.line(s, self.story.child.file, self.now) for s in self._readable_scales()]

    def _readable_scales(self) -> list[Timescale]:
        mine = self.story.child.actor.labels
        return [s for s in due.open_scales(self.story.timescales, self.now) if s.label in mine]

    @property
    def due_not_for_you(self) -> int:
        """How many things are due of which this reader may not know what."""
        return len(due.open_scales(self.story.timescales, self.now)) - len(self._readable_scales())

    @property
    def done_rows(self) -> list[Row]:
        """What was met, excused or overtaken, the newest first."""
        mine = self.story.child.actor.labels
        done = [s for s in self.story.timescales if not due.is_open(s, self.now) and s.label in mine]
        done.sort(key=lambda s: s.begins, reverse=True)
        return [due.line(s, self.story.child.file, self.now) for s in done[:60]]

    @property
    def ribbon(self) -> ribbon.Ribbon | None:
        return ribbon_of(self.story)

    @property
    def threads(self) -> list[pieces.Thread]:
        teller = entries.Teller(self.story.child.file, self.story.names, links=not self.story.as_at.past)
        return entries.threads(self.story.told, teller)

    @property
    def family(self) -> list[Row]:
        """Each person once, as the last entry says it."""
        last = {(each.other or -each.entry): each for each in self.story.relations}
        return [self._relation(each) for each in last.values()]

    def _relation(self, each: Relation) -> Row:
        name = self.story.related.get(each.other, "")
        said = self._said_name(each.entry)
        who: pieces.Cell = name or said or None
        if each.other and name:
            who = Link(name, reverse("desk:story", args=[each.other]))
        household = {True: "same household", False: "another household", None: None}[each.same_household]
        responsible = {True: "yes", False: "no", None: None}[each.responsible]
        relation = tags.late(f"{each.relation}: a danger") if each.danger else each.relation or None
        return Row((who, relation, household, responsible))

    def _said_name(self, entry: int) -> str:
        """The name of an adult who has no file: it stands in the entry alone."""
        for told in self.story.told:
            if told.entry.id == entry and isinstance(told.entry.body, RelationshipRecorded):
                return told.entry.body.name
        return ""

    @property
    def doubts(self) -> list[Row]:
        return [self._doubt(each) for each in self.story.doubts if not each.settled]

    def _doubt(self, doubt: Doubt) -> Row:
        said = doubt_words(doubt)
        settle: pieces.Cell = "–"
        if "doubt.settle" in self.may and doubt.pk:
            settle = Link("Settle", reverse("desk:settle", args=[self.story.child.file, doubt.pk]))
        return Row((said, words.plain_day(doubt.at), settle))

    @property
    def looked(self) -> list[Looked]:
        """Who opened the file, why, and what they read: once a day for each, the newest first."""
        days: dict[tuple[object, ...], list[ReadAudit]] = {}
        for each in self.story.looked:
            key = (each.worker, each.role, each.reason, words.day_number(each.at))
            days.setdefault(key, []).append(each)
        return [self._looked(found) for found in list(days.values())[:LOOKED_SHOWN]]

    def _looked(self, found: list[ReadAudit]) -> Looked:
        last = found[0]
        what = ", ".join(dict.fromkeys(WHAT.get(each.what, each.what) for each in found))
        why = f"{last.reason}: {what}" if last.reason else what
        role = ROLES[last.role].name if last.role in ROLES else "role not known"
        return Looked(words.when(last.at), self.story.names.worker(last.worker), role, why)


LOOKED_SHOWN = 12
WHAT = {
    "desk:story": "read the story", "search": "found by a search", "desk:why": "asked why something is due",
    "desk:my-day": "in a day’s list", "desk:team": "in a team’s list", "leadership:figure": "in a figure’s list",
    "desk:entry": "read one entry", "desk:keep": "wrote in the file",
}  # fmt: skip


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def age_words(person: Person, now: datetime) -> str | None:
    """How old, from the birth date, or as somebody said it."""
    if person.born is not None or person.expected is not None:
        return words.age(person.born or person.expected, now)
    years = age_of(person, workdays.to_date(words.day_number(now)))
    return f"about {words.count_words(years, 'year')}" if years is not None else None


def part_title(span: Span) -> str:
    """The part that leads, as the service model of that day calls it."""
    if not span.part:
        return "no part of the system"
    model = service_models().model_at(workdays.from_datetime(span.begins))
    return model.part(span.part).title


def identity(person: Person, span: Span | None, now: datetime, story: Story) -> Identity:
    """The bar that stays in sight."""
    open_span = span if span is not None and span.open else None
    worker: str | Tag | None = None
    if open_span is not None:
        waited = pieces.since(open_span.unallocated_since, now)
        worker = (
            story.names.worker(open_span.worker)
            if open_span.worker
            else tags.due_soon(f"unallocated, {waited}")
        )
    seen = words.plain_day(open_span.seen) if open_span is not None and open_span.seen else None
    return Identity(
        name=person.name,
        age=age_words(person, now),
        where=part_title(open_span) if open_span else "not open",
        team=story.names.team(open_span.team) if open_span else "nobody answers",
        worker=worker if open_span else "–",
        last_seen=seen if open_span else "–",
        warnings=warnings(person, story),
        href=story.child.address,
    )


def warnings(person: Person, story: Story) -> list[Tag]:
    """What must be known before a door is knocked at."""
    found = []
    if any(each.danger for each in story.relations):
        found.append(tags.late("somebody is a danger"))
    if person.protected:
        found.append(tags.sealed("protected address"))
    if person.died is not None:
        found.append(tags.plain(f"died {words.plain_day(person.died)}"))
    if person.provisional:
        found.append(tags.not_known("not yet identified"))
    if story.as_at.past:
        found.append(tags.plain(f"as at {words.plain_day(story.as_at.happened)}"))
    return found


def doubt_words(doubt: Doubt) -> str:
    """A doubt in words; one that a later fact brought about says so."""
    code = doubt.code
    said = DOUBTS.get(code)
    if said is None and code.startswith("now_"):
        said = f"A decision that later facts speak against: {code[4:].replace('_', ' ')}"
    said = said or code.replace("_", " ").capitalize()
    return f"{said} ({doubt.detail})" if doubt.detail else said


def ribbon_of(story: Story) -> ribbon.Ribbon | None:
    """Legal status, what is open, and who answers, over time."""
    spans = [span for span in story.spans if span.open or span.legal]
    if not spans:
        return None
    now = story.as_at.happened
    last = workdays.to_date(words.day_number(now))
    first = min(_day(spans[0].begins), last - timedelta(days=30))
    contacts = [each for each in entries.contacts(story.told) if each.entry.day >= first.toordinal()]
    tracks = [
        ribbon.Track("Legal status", _stays(((s, _legal(s), "other") for s in spans if s.legal), now)),
        ribbon.Track("Part", _stays(((s, part_title(s), "lead") for s in spans if s.open), now)),
        ribbon.Track(
            "Team and worker",
            _stays(
                ((s, _answers(s, story), "other" if s.worker else "unknown") for s in spans if s.open), now
            ),
        ),
    ]
    return ribbon.Ribbon(
        says=f"{len(contacts)} contacts and {len(tracks[1].spans)} stays since {words.plain_day(first)}.",
        tracks=[track for track in tracks if track.spans],
        first=first,
        last=last,
        marks=[ribbon.Mark(date.fromordinal(each.entry.day), "A concern was raised") for each in contacts],
    )


def _day(moment: datetime) -> date:
    return workdays.to_date(words.day_number(moment))


def _legal(span: Span) -> str:
    return label("legal_status", span.legal, _day(span.begins))


def _answers(span: Span, story: Story) -> str:
    worker = story.names.worker(span.worker) if span.worker else "no worker"
    return f"{story.names.team(span.team)}: {worker}"


def _stays(found: Iterable[tuple[Span, str, str]], now: datetime) -> list[ribbon.Span]:
    """Spans that say the same, one after the other, are one stay."""
    stays: list[ribbon.Span] = []
    for span, says, kind in found:
        end = _day(span.ends) if span.ends is not None and span.ends <= now else None
        before = stays[-1] if stays else None
        if before is not None and before.says == says and before.end == _day(span.begins):
            stays[-1] = ribbon.Span(before.begin, end, says, kind)
        else:
            stays.append(ribbon.Span(_day(span.begins), end, says, kind))
    return stays
