"""What an agency gave and what became of it, in numbers that tell of no child; and the state of each agreement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Lines, Link, Row
from rightplace.domain.evidence.smallnumbers import THRESHOLD, suppress_together
from rightplace.services.signals import feeds
from rightplace.services.signals.models import Feed, GivenSignal, Tally
from rightplace.services.signals.presenters.families import title_of
from rightplace.services.signals.taking import Outcome

GIVEN_COLUMNS = (
    Column("Signal"), Column("Given", number=True), Column("Refused", number=True), Column("Looked at", number=True),
    Column("Taken up", number=True), Column("Deleted on its day", number=True), Column("Still here", number=True),
)  # fmt: skip
FEED_COLUMNS = (
    Column("Agency and signals"), Column("Basis and purpose"), Column("Agreed by"), Column("Holds"), Column("State"),
)  # fmt: skip
LATELY_COLUMNS = (
    Column("Signal"),
    Column("Noticed"),
    Column("Given"),
    Column("Your number"),
    Column("State"),
)
REFUSED_COLUMNS = (Column("Line of the file"), Column("Your id"), Column("Why it was not taken"))
FIELD_COLUMNS = (Column("Column"), Column("What you write there"), Column("Needed"))
FIELDS_SAID = (
    ("sender_id", "Your own number of the row: sent again, it is not taken twice", "always"),
    ("kind", "The code of the kind, as listed below", "always"),
    ("noticed", "The day on which it was noticed: 27/02/2026 or 2026-02-27", "always"),
    ("words", "The facts, in a sentence or two", "always"),
    ("given", "The child’s first name", "with family"),
    ("family", "The child’s family name", "with given"),
    ("born", "The child’s date of birth", "or postcode or upn"),
    ("upn", "The unique pupil number", "or born or postcode"),
    ("postcode", "The postcode of the home: it says which team looks", "always, but by a school"),
    ("address", "House or flat number and street", "for a household without a child’s name"),
    ("adults", "Names of the adults at home, with “;” between them", "for a household without a child’s name"),
    ("sex", "F, M or nothing", "never"),
)  # fmt: skip
"""Each column of a file of signals: what is written there and whether it must be."""
WITHHELD = f"fewer than {THRESHOLD}, or hidden with one that is"


def given_rows(tallies: Iterable[Tally], today: date) -> list[Row]:
    """A line for each kind that the agency gave. What became of it is told of whole months that are over.

    Else an agency could give one signal and watch which number moves.
    """
    given: dict[str, Counter[str]] = defaultdict(Counter)
    over: dict[str, Counter[str]] = defaultdict(Counter)
    for row in tallies:
        what = row.what.partition(":")[0].partition(",")[0]
        given[row.kind][what] += row.number
        if row.month < today.replace(day=1):
            over[row.kind][what] += row.number
    return [_given_row(kind, each, over[kind]) for kind, each in sorted(given.items())]


def _given_row(kind: str, given: Mapping[str, int], over: Mapping[str, int]) -> Row:
    """Whether a child was looked at or taken up says something of the child: small numbers are withheld together."""
    same = given.get("same", 0)
    taken = f"{given.get('taken', 0):,}"
    return Row(
        [
            title_of(kind) if kind != "unknown" else "Not known here",
            Lines(taken, f"and {same:,} sent again") if same else taken,
            f"{given.get('refused', 0):,}",
            *_became(over),
        ]
    )


def _became(over: Mapping[str, int]) -> list[str]:
    taken, up, deleted = over.get("taken", 0), max(over.get("taken up", 0), 0), over.get("deleted", 0)
    if not taken:
        return ["not yet told"] * 4
    looked = min(over.get("looked at", 0), taken)
    ended, seen = suppress_together(
        [
            {
                "taken up": up,
                "deleted": deleted,
                "here": max(taken - up - deleted - over.get("taken back", 0), 0),
            },
            {"looked at": looked, "not": taken - looked},
        ]
    )
    found = (seen.counts["looked at"], *(ended.counts[name] for name in ("taken up", "deleted", "here")))
    return [_number(count) for count in found]


def number_of(row: GivenSignal) -> str:
    """The sender's own number; the beginning of what a form made up."""
    return f"form {row.sender_id[5:13]}" if row.sender_id.startswith("form-") else row.sender_id


def lately_row(row: GivenSignal) -> Row:
    """One signal that the reader's agency gave, the same whatever became of it."""
    address = reverse("signals:take-back", args=[row.pk])
    title = title_of(row.kind)
    return Row(
        [
            Lines(title) if row.taken_back else Link(title, address, "open it to take it back"),
            words.plain_day(row.noticed),
            words.when(row.received),
            number_of(row),
            tags.plain(f"taken back {words.plain_day(row.taken_back)}")
            if row.taken_back
            else tags.met("given"),
        ]
    )


def _number(count: int | None) -> str:
    return "withheld" if count is None else f"{count:,}"


def refusals(tallies: Iterable[Tally]) -> list[str]:
    """Why rows were refused, and how many."""
    found: Counter[str] = Counter()
    for row in tallies:
        what, _, why = row.what.partition(": ")
        if what == "refused":
            found[why] += row.number
    return [f"{number:,} refused: {why}" for why, number in sorted(found.items())]


def state_of(feed: Feed, on: date) -> tags.Tag:
    """The state of an agreement in a word."""
    code, _ = feeds.why_not(feed, on)
    if code in ("agreement ended", "agreement expired"):
        return tags.plain("expired" if code == "agreement expired" else "ended")
    if code == "not agreed by two":
        return tags.due_soon("needs the other side")
    if code == "not begun":
        return tags.still_open("agreed, not begun")
    left = (feed.expires - on).days
    return tags.due_soon(f"in force, {left} days left") if left <= 30 else tags.met("in force")


def feed_row(feed: Feed, on: date, *, linked: bool) -> Row:
    """An agreement as a line of a list."""
    kinds = words.listed(title_of(code) for code in feed.kinds)
    first = (
        Link(feed.agency.name, reverse("signals:feed", args=[feed.pk]), kinds)
        if linked
        else Lines(kinds, feed.agency.name)
    )
    agreed = [each.name for each in (feed.service_agreed_by, feed.governance_agreed_by) if each is not None]
    holds = f"{words.plain_day(feed.begins)} to {words.plain_day(feed.ends or feed.expires)}"
    kept = f"each kept {words.count_words(feed.retention_days, 'day')} at most"
    return Row(
        [
            first,
            Lines(words.capitalised(feed.lawful_basis), feed.purpose),
            words.listed(agreed),
            Lines(holds, kept),
            state_of(feed, on),
        ]
    )


@dataclass(frozen=True)
class FeedPage:
    """An agreement in full: who agreed, when, until when; and what came through it."""

    feed: Feed
    state: tags.Tag
    facts: Sequence[tuple[str, str]]
    refused: Sequence[str]
    may_agree: bool
    may_end: bool
    over: bool


def feed_page(feed: Feed, tallies: Sequence[Tally], role: int, on: date) -> FeedPage:
    """All that the page of one agreement says."""
    code, why = feeds.why_not(feed, on)
    side = feeds.SIDES.get(role)  # type: ignore[call-overload]
    over = code in ("agreement ended", "agreement expired")
    facts = [
        ("Signals", words.listed(title_of(each) for each in feed.kinds)),
        ("Lawful basis", feed.get_lawful_basis_display()),
        ("Purpose", feed.purpose),
        ("Deleted after", f"{words.count_words(feed.retention_days, 'day')}, if nobody takes it up"),
        ("Holds", f"{words.plain_day(feed.begins)} until {words.plain_day(feed.expires)}"),
        ("Head of service", _agreed(feed.service_agreed_by, feed.service_agreed_at)),
        ("Information governance", _agreed(feed.governance_agreed_by, feed.governance_agreed_at)),
    ]
    if feed.ends is not None:
        facts.append(("Ended", f"{words.plain_day(feed.ends)}: {feed.ended_because}"))
    if why:
        facts.append(("Nothing is taken", why))
    missing = side is not None and getattr(feed, f"{side}_agreed_by_id") is None
    return FeedPage(feed, state_of(feed, on), facts, refusals(tallies), missing and not over, not over, over)


def _agreed(worker: object, at: datetime | None) -> str:
    return f"{worker}, {words.when(at)}" if worker is not None and at is not None else "has not agreed"


def outcome_words(outcome: Outcome) -> list[str]:
    """What became of the rows, as sentences that add up."""
    rows = words.capitalised(words.count_words(outcome.rows, "row was", "rows were"))
    return [
        f"{rows} read.",
        f"{words.capitalised(words.count_words(outcome.taken, 'signal was', 'signals were', none='nothing was'))} taken.",
        f"{words.capitalised(words.count_words(outcome.same, 'row was', 'rows were', none='none was'))} the same as before.",
        f"{words.capitalised(words.count_words(len(outcome.refused), 'row was', 'rows were', none='none was'))} refused.",
    ]


def whom_to_ask(feeds_known: Sequence[Feed]) -> str:
    """Who of the council may renew what was agreed, and how to reach them."""
    for feed in feeds_known:
        side = feed.service_agreed_by or feed.governance_agreed_by
        if side is not None and side.ends is None:
            reached = " or ".join(filter(None, (side.phone, side.email)))
            return f"To begin or renew an agreement ask {side.name}{f', {reached}' if reached else ''}."
    return "To begin an agreement ask a head of service of the council."


def field_rows() -> list[Row]:
    """The columns of a file, for whoever fills one."""
    return [Row(each) for each in FIELDS_SAID]


def refused_rows(outcome: Outcome, most: int = 500) -> list[Row]:
    """Each refused row with its line and reason."""
    return [Row([each.line, each.sender_id or None, each.because]) for each in outcome.refused[:most]]
