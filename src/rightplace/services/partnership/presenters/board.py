"""The board on one page: what was promised and kept, who answers how fast, disputes, seats, meetings, pilots. No child."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from markupsafe import Markup

from rightplace.common.caseflow.onpages import AnswerTimesSaid, answer_times_said
from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Group, Link, Row, by_due
from rightplace.common.web.tags import Tag
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock, pilots
from rightplace.foundation.organisation.models import Agency
from rightplace.services.partnership import queries
from rightplace.services.partnership.models import Commitment, Dispute, Meeting, Progress, Seat
from rightplace.services.partnership.presenters.disputes import DISPUTE_COLUMNS, dispute_row
from rightplace.services.partnership.presenters.pilots import PILOT_COLUMNS, pilot_row
from rightplace.services.partnership.presenters.saying import hours_words, of_all
from rightplace.services.partnership.queries import A_YEAR, Answers, Came, Held, Stands

SEAT_COLUMNS = (Column("Agency"), Column("Who sits in it"), Column("Voice"), Column("Came to"))
KEPT_SEAT_COLUMNS = (*SEAT_COLUMNS, Column("Next step"))
COMMITMENT_COLUMNS = (
    Column("What"), Column("Agency"), Column("Who answers for it"), Column("How one will know"),
    Column("How it stands"), Column("By"),
)  # fmt: skip
KEPT_COLUMNS = (
    Column("Agency"), Column("Open", True), Column("Late", True), Column("Behind", True), Column("Kept", True),
    Column("Given up", True),
)  # fmt: skip
ANSWER_COLUMNS = (
    Column("Agency"), Column("Asked", True), Column("Answered", True), Column("In time", True), Column("Usual wait"),
)  # fmt: skip
MEETING_COLUMNS = (Column("When"), Column("Meeting"), Column("Who came", True), Column("What was decided"))
STATES: Mapping[str, Tag] = {
    Progress.State.ON_COURSE: tags.still_open("on course"), Progress.State.BEHIND: tags.due_soon("behind"),
    Progress.State.KEPT: tags.met("kept"), Progress.State.GIVEN_UP: tags.plain("given up"),
}  # fmt: skip
Said = tuple[Commitment, Stands | None]
__all__ = ["DISPUTE_COLUMNS", "PILOT_COLUMNS"]


@dataclass(frozen=True)
class BoardPage:
    """The whole board on one page."""

    sentences: Sequence[Markup]
    commitments: Sequence[Group]
    done: Sequence[Row]
    kept: Sequence[Row]
    answers: Sequence[Row]
    too_few: int
    disputes: Sequence[Row]
    seats: Sequence[Row]
    seat_columns: Sequence[Column]
    meetings: Sequence[Row]
    pilots: Sequence[Row]
    keeps: bool
    since: str
    also: Sequence[AnswerTimesSaid] = ()


def board_page(actor: Actor) -> BoardPage:
    """Gather the board."""
    now, today = clock.now(), clock.today()
    keeps, settles = may(actor, "board.keep"), may(actor, "dispute.settle")
    seats, said = list(queries.seats(actor)), queries.commitments(actor)
    held, came = queries.meetings(actor, today - A_YEAR)
    disputes, answers = queries.disputes_of_a_year(), queries.answer_times(today - A_YEAR)
    waiting = [(c, p) for c, p in said if p is None or not p.ended]
    return BoardPage(
        sentences=_sentences(seats, said, disputes, held, now),
        commitments=by_due(waiting, due=lambda pair: pair[0].due, row=_commitment_row(actor, now), now=now),
        done=[_commitment_row(actor, now)(pair) for pair in said if pair[1] is not None and pair[1].ended],
        kept=kept_rows(said, now),
        answers=[answer_row(each, own=each.agency == actor.agency) for each in answers if each.asked is not None],
        too_few=sum(each.asked is None for each in answers),
        disputes=[
            dispute_row(each, now, linked=settles or _reads(actor, each), settles=settles) for each in disputes
        ],
        seats=[_seat_row(seat, came.get(seat.agency_id), keeps=keeps) for seat in seats],
        seat_columns=KEPT_SEAT_COLUMNS if keeps else SEAT_COLUMNS,
        meetings=[_meeting_row(each) for each in held],
        pilots=[pilot_row(each, today) for each in pilots.every_pilot()[:20]],
        keeps=keeps, since=words.plain_day(today - A_YEAR), also=answer_times_said(),
    )  # fmt: skip


def _reads(actor: Actor, dispute: Dispute) -> bool:
    """Whether the reader's own agency is a side of it; who settles has a list of their own."""
    return actor.is_partner and actor.agency in (dispute.raised_by_id, dispute.against_id)


def _sentences(
    seats: Sequence[Seat],
    said: Sequence[Said],
    disputes: Sequence[Dispute],
    held: Sequence[Held],
    now: datetime,
) -> list[Markup]:
    agencies = {seat.agency_id for seat in seats}
    voluntary = {seat.agency_id for seat in seats if seat.agency.kind == Agency.Kind.VOLUNTARY}
    waiting = [c for c, p in said if p is None or not p.ended]
    late = sum(tags.is_late(c.due, now) for c in waiting)
    kept = sum(p is not None and p.state == Progress.State.KEPT for _, p in said)
    still = sum(each.ended_at is None for each in disputes)
    last = f"It last met on {words.plain_day(held[0].on)}." if held else "It has not met in the last year."
    sit = "agency sits", "agencies sit"
    return [
        Markup("<strong>{}</strong> on the board, {}. {}").format(
            words.count_words(len(agencies), *sit, none="No agency sits"), _of(len(voluntary), "voluntary"), last
        ),
        Markup("<strong>{}</strong>, {}; {} in the last year.").format(
            words.count_words(len(waiting), "commitment is open", "commitments are open", none="No commitment is open"),
            _of(late, "late"),
            words.count_words(kept, "was kept", "were kept", none="none was kept"),
        ),
        Markup("<strong>{}</strong> in a year{}.").format(
            words.count_words(len(disputes), "dispute", none="No dispute"), _settled(still) if disputes else ""
        ),
    ]  # fmt: skip


def _of(part: int, what: str) -> Markup:
    return (
        Markup("<strong>{}</strong> of them {}").format(part, what)
        if part
        else Markup("none of them {}").format(what)
    )


def _settled(still: int) -> Markup:
    return Markup(", <strong>{}</strong> not settled").format(still) if still else Markup(", settled")


def kept_rows(said: Sequence[Said], now: datetime) -> list[Row]:
    """What became of each agency's commitments, those with most open first."""
    found: dict[int, list[Said]] = {}
    for pair in said:
        found.setdefault(pair[0].agency_id, []).append(pair)

    def count(pairs: Sequence[Said], state: str) -> int:
        return sum(p is not None and p.state == state for _, p in pairs)

    rows = []
    for pairs in found.values():
        waiting = [c for c, p in pairs if p is None or not p.ended]
        late = sum(tags.is_late(c.due, now) for c in waiting)
        behind, kept = count(pairs, Progress.State.BEHIND), count(pairs, Progress.State.KEPT)
        rows.append(
            Row(
                [
                    pairs[0][0].agency.name,
                    len(waiting),
                    late,
                    behind,
                    kept,
                    count(pairs, Progress.State.GIVEN_UP),
                ]
            )
        )
    return sorted(rows, key=lambda row: (-int(str(row.cells[1])), str(row.cells[0])))


def _seat_row(seat: Seat, came: Came | None, *, keeps: bool) -> Row:
    voice = "voluntary" if seat.agency.kind == Agency.Kind.VOLUNTARY else "statutory"
    who = f"{seat.sits} (chair)" if seat.chairs else seat.sits
    cells: list[Cell] = [
        seat.agency.name,
        who,
        voice,
        f"{came.came} of {came.of}" if came else "no meeting yet",
    ]
    if keeps:
        cells.append(Link("End the seat", reverse("partnership:seat-end", args=[seat.pk])))
    return Row(cells)


def _commitment_row(actor: Actor, now: datetime) -> Callable[[Said], Row]:
    def row(pair: Said) -> Row:
        commitment, stands = pair
        state = STATES[stands.state] if stands else tags.not_known("nothing said yet")
        done = stands is not None and stands.ended
        by = words.plain_day(commitment.due) if done else tags.due_tag(commitment.due, now)
        more = "yours" if actor.is_partner and commitment.agency_id == actor.agency else ""
        link = Link(commitment.what, reverse("partnership:commitment", args=[commitment.pk]), more)
        cells: list[Cell] = [link, commitment.agency.name, commitment.owner, commitment.measure, state, by]
        return Row(cells, late=not done and tags.is_late(commitment.due, now))

    return row


def answer_row(each: Answers, *, own: bool = False) -> Row:
    """How an agency answered. Those with counts too small to show have no row: the page says how many they are."""
    name = f"{each.name} (you)" if own else each.name
    in_time = of_all(each.in_time or 0, each.asked or 0)
    return Row([name, each.asked, each.answered, in_time, hours_words(each.hours)])


def _meeting_row(held: Held) -> Row:
    link = Link(words.plain_day(held.on), reverse("partnership:meeting-held", args=[held.number]))
    return Row([link, held.title, f"{held.came} of {held.of}", held.decided or "Nothing was decided"])


@dataclass(frozen=True)
class MeetingPage:
    """One meeting: who came and who did not, and what was decided."""

    title: str
    on: str
    decided: str
    came: Sequence[str]
    missed: Sequence[str]
    written: str


def meeting_page(meeting: Meeting) -> MeetingPage:
    """Gather one meeting."""
    rows = meeting.attendance.select_related("agency").order_by("agency__name")
    names = [(row.agency.name, row.came) for row in rows]
    return MeetingPage(
        title=meeting.title, on=words.plain_day(meeting.on), decided=meeting.decided,
        came=[name for name, came in names if came], missed=[name for name, came in names if not came],
        written=f"Written down by {meeting.recorded_by.name} on {words.plain_day(meeting.recorded_at)}.",
    )  # fmt: skip


@dataclass(frozen=True)
class Word:
    """How a commitment stood on a day, who said so, and what shows it."""

    tag: Tag
    said: str
    by: str


@dataclass(frozen=True)
class CommitmentPage:
    """One commitment: what was promised, and how it stood each time that somebody said."""

    what: str
    tag: Tag
    facts: Sequence[tuple[str, str]]
    said: Sequence[Word]


def commitment_page(commitment: Commitment) -> CommitmentPage:
    """Gather one commitment."""
    said = list(commitment.progress.select_related("recorded_by").order_by("-recorded_at", "-id"))
    facts = [
        ("Agency", commitment.agency.name), ("Who answers for it", commitment.owner),
        ("How one will know", commitment.measure), ("By", words.plain_day(commitment.due)),
        ("Written down", f"{words.plain_day(commitment.recorded_at)} by {commitment.recorded_by.name}"),
    ]  # fmt: skip
    ended = bool(said) and said[0].state in queries.ENDED
    return CommitmentPage(
        what=commitment.what, facts=facts,
        tag=STATES[said[0].state] if ended else tags.due_tag(commitment.due, clock.now()),
        said=[Word(STATES[p.state], p.said, f"{p.recorded_by.name}, {words.when(p.recorded_at)}") for p in said],
    )  # fmt: skip
