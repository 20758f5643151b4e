"""Families with what partners noticed: lists by the day by which somebody must look, and one family in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Group, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.need.noticing import Conversation, noticing
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Area, Worker
from rightplace.services.signals.deciding import BECAUSE
from rightplace.services.signals.families import FamilyNoticed, Opened
from rightplace.services.signals.holding import hold_of
from rightplace.services.signals.models import Family, Noted, Signal
from rightplace.services.signals.takingback import BECAUSE as WRONG

SOON = timedelta(days=7)
COLUMNS = (
    Column("Family"),
    Column("What was noticed, by whom, how long ago"),
    Column("Look by"),
    Column("So far"),
)
ORDER = (
    "Ordered by one thing only: the first day on which something is deleted, or on which somebody said to look again. "
    "Families of one day stand as they came. Nothing is counted, weighed or scored."
)
STATES = {
    Family.State.WAITING: "Nobody has decided",
    Family.State.NOT_NOW: "Put off",
    Family.State.SCHOOL_FIRST: "The school is asked first",
    Family.State.NOT: "Not taken up",
    Family.State.TAKEN_UP: "Taken up before",
}


def title_of(code: str) -> str:
    """A kind of signal by its title."""
    kind = noticing().find(code)
    return kind.title if kind else code


def ago(day: date, today: date) -> str:
    """How long ago a day was."""
    days = (today - day).days
    return {0: "today", 1: "yesterday"}.get(days, f"{words.count_words(days, 'day')} ago")


def _noticed_lines(family: FamilyNoticed, agencies: Mapping[int, str], today: date) -> Lines:
    said = [
        f"{title_of(each.row.kind)} ({agencies.get(each.row.agency, 'an agency')}, {ago(each.row.noticed, today)})"
        for each in family.signals
    ]
    return Lines(said[0], "; ".join(said[1:])) if said else Lines("Nothing is left", "")


def _ages(family: FamilyNoticed, today: date) -> str:
    if not family.children:
        return "No child is named"
    return ", ".join(
        words.age(each.born, today) if each.born else "age not known" for each in family.children
    )


def line(family: FamilyNoticed, agencies: Mapping[int, str], now: datetime) -> Row:
    """One family of a list."""
    today = words.london(now).date()
    return Row(
        [
            Link(family.title, reverse("signals:family", args=[family.row.pk]), _ages(family, today)),
            _noticed_lines(family, agencies, today),
            tags.due_tag(family.by, now, soon=SOON),
            STATES[Family.State(family.row.state)],
        ]
    )


def by_area(families: Sequence[FamilyNoticed], now: datetime) -> list[Group]:
    """Families under the headings of their areas, in the order given."""
    areas = Area.objects.in_bulk([each.row.area for each in families])
    agencies = agency_names(each.row.agency for family in families for each in family.signals)
    rows: dict[int, list[Row]] = {}
    for family in families:
        rows.setdefault(family.row.area, []).append(line(family, agencies, now))
    return [Group("area", str(areas.get(area, "Area not known")), found) for area, found in rows.items()]


def agency_names(numbers: Iterable[int]) -> dict[int, str]:
    """Agencies by their names, in one query."""
    return dict(Agency.objects.filter(pk__in=set(numbers)).values_list("pk", "name"))


@dataclass(frozen=True)
class SignalShown:
    """One signal as the family's page shows it."""

    number: int
    kind: str
    means: str
    agency: str
    whose: str
    noticed: str
    given: str
    deleted: str
    why: str
    words: str
    adults: str


@dataclass(frozen=True)
class IndicatorShown:
    """An indicator that the signals can show, and which of them can."""

    text: str
    side: str
    by: str


@dataclass(frozen=True)
class NotedShown:
    """One line of what was seen and decided."""

    when: str
    what: str
    who: str
    why: str
    family: str = ""


@dataclass(frozen=True)
class FamilyPage:
    """A family's page: what is known, what is not, and what may be said first."""

    family: FamilyNoticed
    initials: str
    area: str
    state: str
    by: tags.Tag
    signals: Sequence[SignalShown]
    indicators: Sequence[IndicatorShown]
    conversations: Sequence[Conversation]
    not_known: Sequence[str]
    noted: Sequence[NotedShown]
    taken_before: str
    may_decide: bool
    held: Tag | None
    sample: bool


def family_page(actor: Actor, family: FamilyNoticed, noted: Sequence[Noted], now: datetime) -> FamilyPage:
    """All that the page of one family says."""
    agencies = agency_names(each.row.agency for each in family.signals)
    area = Area.objects.filter(pk=family.row.area).first()
    shown = noticing().shown_by(family.kinds)
    initials = words.listed([words.initials(each.name) for each in family.children], "household")
    return FamilyPage(
        family=family,
        initials=initials,
        area=str(area) if area else "Area not known",
        state=STATES[Family.State(family.row.state)],
        by=tags.due_tag(family.by, now, soon=SOON),
        signals=[_signal(each, agencies, now) for each in family.signals],
        indicators=[
            IndicatorShown(one.text, one.side.heading, words.listed(kind.title.lower() for kind in kinds))
            for one, kinds in shown
        ],
        conversations=noticing().suggested(family.kinds),
        not_known=tuple(not_known(family)),
        noted=noted_lines(noted),
        taken_before=_taken_before(family.shells),
        may_decide=may(actor, "signal.decide", family.row),
        held=tags.sealed("legal hold") if hold_of(family.row.pk) else None,
        sample=noticing().sample,
    )


def _signal(each: Opened, agencies: Mapping[int, str], now: datetime) -> SignalShown:
    kind = noticing().find(each.row.kind)
    name = f"{each.given.given} {each.given.family}".strip()
    return SignalShown(
        number=each.row.pk, kind=title_of(each.row.kind), means=kind.means if kind else "",
        agency=agencies.get(each.row.agency, "an agency"), whose=name or "the household",
        noticed=f"{words.plain_day(each.row.noticed)}, {ago(each.row.noticed, words.london(now).date())}",
        given=words.plain_day(each.row.received), deleted=words.plain_day(each.row.delete_on),
        why=Signal.Why(each.row.why).label, words=each.given.words, adults=each.given.adults,
    )  # fmt: skip


def _taken_before(shells: Sequence[Signal]) -> str:
    up = [each for each in shells if each.taken_up]
    if not up:
        return ""
    kinds = words.listed(sorted({title_of(each.kind).lower() for each in up}))
    return f"Taken up before: {kinds}. What was told stands in the children’s files."


def not_known(family: FamilyNoticed) -> Iterable[str]:
    """What nobody has said, and who could."""
    if not family.children:
        yield "Which children live there. The school or the health visitor may know."
    for child in family.children:
        if child.born is None:
            yield f"When {child.given.given} was born."
    if not any(each.given.address for each in family.signals):
        yield "Where the family lives. The school may know."
    if not any(each.given.adults for each in family.signals):
        yield "Who looks after the children. The school may know."
    yield "Whether the family knows that this was noticed, and what the family itself would say."
    yield "Whether we know the children already. That is looked up only when you take it up."
    if len({each.row.agency for each in family.signals}) == 1:
        yield "What other agencies know. Silence is not good news: most have nothing to do with this family."


def noted_lines(rows: Sequence[Noted], *, linked: bool = False) -> list[NotedShown]:
    """What was seen and decided, each with its author."""
    names = dict(Worker.objects.filter(pk__in={row.worker for row in rows}).values_list("pk", "name"))
    agencies = agency_names(row.agency for row in rows if row.agency)
    return [
        NotedShown(
            when=words.when(row.at),
            what=_what(row, agencies),
            who=names.get(row.worker, "somebody"),
            why=_why(row),
            family=reverse("signals:family", args=[row.family]) if linked else "",
        )
        for row in rows
    ]


NOTED_COLUMNS = (Column("What"), Column("Why"), Column("By"), Column("When"))


def noted_rows(rows: Sequence[Noted]) -> list[Row]:
    """The same as rows of a table."""
    return [Row([each.what, each.why or "–", each.who, each.when]) for each in noted_lines(rows)]


def _what(row: Noted, agencies: Mapping[int, str]) -> str:
    kinds = words.listed(sorted(title_of(code).lower() for code in row.kinds)) if row.kinds else ""
    what = Noted.What(row.what).label
    if row.what == Noted.What.DELETED:
        return f"{words.capitalised(kinds)}, from {agencies.get(row.agency, 'an agency')}: deleted on its day"
    if row.what in (Noted.What.KEPT, Noted.What.TAKEN_BACK):
        return f"{words.capitalised(kinds)}, from {agencies.get(row.agency, 'an agency')}: {what}"
    return f"{words.capitalised(what)}: {kinds}" if kinds else words.capitalised(what)


def _why(row: Noted) -> str:
    why = (BECAUSE | WRONG).get(row.because, "")
    if row.look_on:
        again = f"look again on {words.plain_day(row.look_on)}"
        why = f"{why}; {again}" if why else words.capitalised(again)
    return why


def waiting_words(count: int, first: date | None, team: str) -> str:
    """How many families wait, as a sentence."""
    if not count:
        return f"Nobody waits to be looked at. Counted at {words.clock_time(clock.now())}."
    waits = words.count_words(count, "family waits", "families wait")
    by = f" The first day to look by is {words.plain_day(first)}." if first else ""
    return f"{words.capitalised(waits)} to be looked at{team}.{by}"


def team_words(actor: Actor) -> str:
    """For which area the list is."""
    area = Area.objects.filter(pk=actor.area).first() if actor.area else None
    return f" in {area}" if area else " in the city"
