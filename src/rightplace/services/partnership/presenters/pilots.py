"""A pilot: what was decided and expected, plain counts beside the rest, and a fair comparison with its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.evidence.comparing import Comparison, Measure
from rightplace.domain.evidence.refusing import TooFew
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Pilot
from rightplace.services.partnership import comparing
from rightplace.services.partnership.comparing import Compared, Panels
from rightplace.services.partnership.presenters.saying import hours_words

PILOT_COLUMNS = (Column("Pilot"), Column("Where"), Column("Since"), Column("How it stands"))
COMPARE_COLUMNS = (Column("Plain counts"), Column("In the pilot", True), Column("Everywhere else", True))


def pilot_row(pilot: Pilot, today: date) -> Row:
    """One pilot in a list."""
    link = Link(pilot.title, reverse("partnership:pilot", args=[pilot.pk]))
    return Row([link, pilot.place, words.plain_day(pilot.begins), pilot_tag(pilot, today)])


def pilot_tag(pilot: Pilot, today: date) -> Tag:
    """Whether a pilot is on."""
    if pilot.ends is not None and pilot.ends <= today:
        return tags.plain(f"ended {words.plain_day(pilot.ends)}")
    return tags.still_open("on") if pilot.begins <= today else tags.plain("to begin")


@dataclass(frozen=True)
class PilotPage:
    """One pilot: what was decided and expected, and plain counts beside the rest."""

    pilot: Pilot
    tag: Tag
    place: str
    facts: Sequence[tuple[str, str]]
    counts: Sequence[Row]
    enough: bool
    begins: str
    """The day on which it begins, as long as that is still to come."""
    may_end: bool


def pilot_page(actor: Actor, pilot: Pilot) -> PilotPage:
    """Gather one pilot."""
    inside, outside = comparing.compared(pilot)
    kinds = ", ".join(str(Agency.Kind(kind).label) for kind in pilot.agency_kinds) or "no other agency"
    to_come = pilot.begins > clock.today()
    facts = [
        ("Decided by", pilot.decided_by), ("Written down by", pilot.recorded_by.name),
        ("From" if to_come else "Since", words.plain_day(pilot.begins)),
        ("In the room", words.capitalised(kinds)), ("Why", pilot.because), ("What is measured", pilot.measured),
        ("What was expected", pilot.expected),
    ]  # fmt: skip
    if pilot.ends:
        facts += [("Ended", words.plain_day(pilot.ends)), ("Why it ended", pilot.ended_because)]
    enough = inside.shown and outside.shown
    return PilotPage(
        pilot=pilot, tag=pilot_tag(pilot, clock.today()), place=pilot.place, facts=facts,
        counts=compare_rows(inside, outside) if enough else [], enough=enough,
        begins=words.plain_day(pilot.begins) if to_come else "",
        may_end=may(actor, "pilot.set") and pilot.ends is None,
    )  # fmt: skip


def compare_rows(inside: Compared, outside: Compared) -> list[Row]:
    """Pilot and rest beside each other, as counts."""
    pairs: list[tuple[str, Cell, Cell]] = [
        ("Contacts decided", inside.contacts, outside.contacts),
        (
            "Usual time from told to decided",
            hours_words(inside.hours_to_decide),
            hours_words(outside.hours_to_decide),
        ),
        ("Checks asked of those in the room", inside.checks, outside.checks),
        ("Answered in time, each by its own clock", inside.checks_in_time, outside.checks_in_time),
        (
            "Their usual wait for an answer",
            hours_words(inside.hours_to_answer),
            hours_words(outside.hours_to_answer),
        ),
    ]
    if inside.routes and outside.routes:
        routes = sorted({*inside.routes, *outside.routes})
        pairs += [
            (f"Went to: {each}", inside.routes.get(each, 0), outside.routes.get(each, 0)) for each in routes
        ]
    return [Row(list(pair)) for pair in pairs]


@dataclass(frozen=True)
class Finding:
    """One outcome of a fair comparison: what was found, how sure it is, whether it was fair."""

    heading: str
    finding: str
    more: Sequence[str]
    clear: bool
    exactly: Sequence[str] = ()
    """The same for a statistician."""


@dataclass(frozen=True)
class FairPage:
    """A fair comparison of a pilot, and what it cannot say."""

    pilot: Pilot
    expected: str
    findings: Sequence[Finding]
    cannot: Sequence[str]


def fair_page(pilot: Pilot) -> FairPage:
    """Gather the comparison of a pilot's areas with the others, before and after."""
    found, outcomes = comparing.fair_comparisons(pilot)
    return FairPage(
        pilot=pilot, expected=pilot.expected, findings=[_finding(each, told) for each, told in outcomes.items()],
        cannot=_cannot_say(pilot, found),
    )  # fmt: skip


def _finding(measure: Measure, told: Comparison | TooFew) -> Finding:
    heading = words.capitalised(measure.name)
    if isinstance(told, TooFew):
        return Finding(heading, "This cannot be compared yet.", (told.because, told.instead), False)
    return Finding(
        heading, told.finding, in_plain_words(told), told.clear, (told.uncertainty, told.trend, told.counted)
    )


def in_plain_words(told: Comparison) -> list[str]:
    """How much, how sure and how fair, for a member of the board who is no statistician."""
    unfair = (
        "Is it fair? No: before the pilot began its areas were already going another way than the others, so nothing can "
        "be said of what the pilot changed."
    )
    if told.before and told.before.unlike:
        return [unfair]
    measure = told.measure
    changed = (
        f"In the pilot’s areas it came out {measure.words(abs(told.estimate))} {_way(told.estimate)} than it would have, "
        f"had they gone the way of {words.count_words(told.compared_with, 'other area')}."
    )
    ends = " and ".join(f"{measure.words(abs(each))} {_way(each)}" for each in (told.low, told.high))
    verdict = "it may as well be nothing" if told.low <= 0 <= told.high else "so it is not nothing"
    sure = (
        f"How sure is that? Figures swing by chance. In {told.level * 100:.0f} cases of a hundred the true difference lies "
        f"between {ends}: {verdict}."
    )
    fair = "Is it fair? That cannot be checked: too little is known of the time before."
    if told.before:
        fair = "Is it fair? As far as one can see: before the pilot its areas went much the same way as the others."
    return [changed, sure, fair]


def _way(value: float) -> str:
    return "higher" if value > 0 else "lower"


def _cannot_say(pilot: Pilot, found: Panels) -> list[str]:
    areas = words.count_words(len(found.treated), "area")
    said = [
        f"Whether it would do the same elsewhere: {areas} were chosen, not drawn by lot.",
        "What else changed in the same months in the pilot’s areas: that is in the figure too.",
        "Whether children were better off: it compares how fast and where to, and not what came of it.",
        "Families are counted where they live now, also those who moved since.",
    ]
    if found.left_out:
        left = words.count_words(found.left_out, "decision was", "decisions were")
        said.append(
            f"{left} left out: made in the pilot’s areas without its mark, or marked and living elsewhere now."
        )
    return said
