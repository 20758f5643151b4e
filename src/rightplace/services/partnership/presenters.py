"""The board, a dispute and a pilot, as their pages say them. No child is on any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from markupsafe import Markup

from rightplace.common.caseflow.onpages import AnswerTimesSaid, answer_times_said
from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Group, Lines, Link, Row, by_due
from rightplace.common.web.tags import Tag
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock, pilots
from rightplace.foundation.organisation.models import Agency, Pilot, Worker
from rightplace.services.partnership import queries, steps
from rightplace.services.partnership.models import (
    Commitment,
    Dispute,
    DisputeWord,
    Meeting,
    Progress,
    Seat,
)
from rightplace.services.partnership.queries import A_YEAR, Answers, Came, Compared
from rightplace.services.partnership.sealing import opened

SEAT_COLUMNS = (Column("Agency"), Column("Who sits in it"), Column("Voice"), Column("Came to"))
COMMITMENT_COLUMNS = (
    Column("What"), Column("Agency"), Column("Who answers for it"), Column("How one will know"),
    Column("How it stands"), Column("By"),
)  # fmt: skip
ANSWER_COLUMNS = (
    Column("Agency"), Column("Asked", True), Column("Answered", True), Column("In time", True), Column("Usual wait"),
)  # fmt: skip
MEETING_COLUMNS = (Column("When"), Column("Meeting"), Column("Who came", True), Column("What was decided"))
DISPUTE_COLUMNS = (Column("Between"), Column("About"), Column("Step"), Column("How it stands"))
PILOT_COLUMNS = (Column("Pilot"), Column("Where"), Column("Since"), Column("How it stands"))
COMPARE_COLUMNS = (Column("Plain counts"), Column("In the pilot", True), Column("Everywhere else", True))
STATES: Mapping[str, Tag] = {
    Progress.State.ON_COURSE: tags.still_open("on course"), Progress.State.BEHIND: tags.due_soon("behind"),
    Progress.State.KEPT: tags.met("kept"), Progress.State.GIVEN_UP: tags.plain("given up"),
}  # fmt: skip
ENDED = (Progress.State.KEPT, Progress.State.GIVEN_UP)


@dataclass(frozen=True)
class BoardPage:
    """The whole board on one page."""

    sentences: Sequence[Markup]
    seats: Sequence[Row]
    commitments: Sequence[Group]
    done: Sequence[Row]
    answers: Sequence[Row]
    too_few: int
    meetings: Sequence[Row]
    disputes: Sequence[Row]
    pilots: Sequence[Row]
    keeps: bool
    since: str
    also: Sequence[AnswerTimesSaid] = ()


def board_page(actor: Actor) -> BoardPage:
    """Gather the board."""
    now, today = clock.now(), clock.today()
    seats, (came, counts) = list(queries.seats(actor)), queries.attended(today - A_YEAR)
    said, answers = queries.commitments(actor), queries.answer_times(today - A_YEAR)
    disputes, held = queries.disputes_of_a_year(), list(queries.meetings(actor))
    going_on = list(pilots.every_pilot()[:20])
    names = Agency.objects.in_bulk({each.agency for each in answers})
    waiting = [(c, p) for c, p in said if p is None or p.state not in ENDED]
    return BoardPage(
        sentences=_sentences(seats, waiting, disputes, held, now),
        seats=[_seat_row(seat, came.get(seat.agency_id), actor) for seat in seats],
        commitments=by_due(waiting, due=lambda pair: pair[0].due, row=_commitment_row(now), now=now),
        done=[_commitment_row(now)((c, p)) for c, p in said if p is not None and p.state in ENDED],
        answers=[
            answer_row(each, names) for each in answers if each.agency in names and each.asked is not None
        ],
        too_few=sum(each.asked is None for each in answers),
        meetings=[_meeting_row(meeting, counts) for meeting in held],
        disputes=[dispute_row(dispute, now, linked=False) for dispute in disputes],
        pilots=[pilot_row(pilot, today) for pilot in going_on],
        keeps=may(actor, "board.keep"),
        since=words.plain_day(today - A_YEAR),
        also=answer_times_said(),
    )


def _sentences(
    seats: Sequence[Seat],
    waiting: Sequence[tuple[Commitment, Progress | None]],
    disputes: Sequence[Dispute],
    held: Sequence[Meeting],
    now: datetime,
) -> list[Markup]:
    agencies = {seat.agency_id for seat in seats}
    voluntary = {seat.agency_id for seat in seats if seat.agency.kind == Agency.Kind.VOLUNTARY}
    late = sum(1 for c, _ in waiting if tags.is_late(c.due, now))
    still = [d for d in disputes if d.ended_at is None]
    last = f"It last met on {words.plain_day(held[0].on)}." if held else "It has not met in the last year."
    return [
        Markup("<strong>{}</strong> sit on the board, <strong>{}</strong> of them voluntary. {}").format(
            words.count_words(len(agencies), "agency", "agencies"), len(voluntary), last
        ),
        Markup("<strong>{}</strong>, <strong>{}</strong> of them late.").format(
            words.count_words(len(waiting), "commitment is open", "commitments are open"), late
        ),
        Markup("<strong>{}</strong> in a year; <strong>{}</strong> not settled.").format(
            words.count_words(len(disputes), "dispute", "disputes"), len(still)
        ),
    ]


def _seat_row(seat: Seat, came: Came | None, actor: Actor) -> Row:
    voice = "voluntary" if seat.agency.kind == Agency.Kind.VOLUNTARY else "statutory"
    who = f"{seat.sits} (chair)" if seat.chairs else seat.sits
    told: Cell = f"{came.came} of {came.of}" if came else "no meeting yet"
    name: Cell = seat.agency.name
    if may(actor, "board.keep"):
        name = Link(seat.agency.name, reverse("partnership:seat-end", args=[seat.pk]))
    return Row([name, who, voice, told])


def _commitment_row(now: datetime) -> Callable[[tuple[Commitment, Progress | None]], Row]:
    def row(pair: tuple[Commitment, Progress | None]) -> Row:
        commitment, progress = pair
        state = STATES[progress.state] if progress else tags.not_known("nothing said yet")
        done = progress is not None and progress.state in ENDED
        by = words.plain_day(commitment.due) if done else tags.due_tag(commitment.due, now)
        href = reverse("partnership:commitment", args=[commitment.pk])
        cells: list[Cell] = [
            Link(commitment.what, href),
            commitment.agency.name,
            commitment.owner,
            commitment.measure,
            state,
            by,
        ]
        return Row(cells, late=not done and tags.is_late(commitment.due, now))

    return row


def answer_row(each: Answers, names: Mapping[int, Agency]) -> Row:
    """How an agency answered. Those with counts too small to show have no row: the page says how many they are."""
    return Row([names[each.agency].name, each.asked, each.answered, each.in_time, hours_words(each.hours)])


def hours_words(hours: float | None) -> str:
    """A usual wait in words."""
    if hours is None:
        return "no answer yet"
    return (
        f"{round(hours * 60)} minutes"
        if hours < 1
        else f"{hours:.1f} hours"
        if hours < 48
        else f"{hours / 24:.0f} days"
    )


def _meeting_row(meeting: Meeting, counts: Mapping[int, tuple[int, int]]) -> Row:
    there, of = counts.get(meeting.pk, (0, 0))
    return Row(
        [
            words.plain_day(meeting.on),
            meeting.title,
            f"{there} of {of}",
            meeting.decided or "Nothing was decided",
        ]
    )


def dispute_row(dispute: Dispute, now: datetime, *, linked: bool, settles: bool = False) -> Row:
    """One dispute: between whom, about what, on which step, how it stands. No words."""
    between = f"{dispute.raised_by.name} with {dispute.against.name}"
    name = "partnership:dispute-settle" if settles else "partnership:dispute"
    cell: Cell = Link(between, reverse(name, args=[dispute.pk])) if linked else between
    about = Lines(dispute.get_about_display().capitalize(), dispute.get_subject_display())
    last = next((w for w in sorted(_words(dispute), key=lambda w: -w.step) if w.due), None)
    step = steps.step(last.step).title if last else ""
    if dispute.ended_at is not None:
        stands: Cell = tags.met(dispute.get_outcome_display())
    else:
        stands = tags.due_tag(last.due if last else None, now)
    return Row(
        [cell, about, step, stands],
        late=dispute.ended_at is None and tags.is_late(last.due if last else None, now),
    )


def _words(dispute: Dispute) -> Sequence[DisputeWord]:
    return list(dispute.words.all())


@dataclass(frozen=True)
class Spoken:
    """Something said in a dispute."""

    heading: str
    who: str
    text: str


@dataclass(frozen=True)
class DisputePage:
    """One dispute, for the two sides and whoever settles it."""

    dispute: Dispute
    heading: str
    about: str
    step: steps.Step
    due: Tag
    spoken: Sequence[Spoken]
    may_speak: bool
    may_rise: bool
    may_withdraw: bool
    ended: str
    source: str


SAID = {
    DisputeWord.Said.RAISED: "raised it", DisputeWord.Said.ANSWERED: "answered",
    DisputeWord.Said.RAISED_A_STEP: "took it a step up", DisputeWord.Said.ENDED: "ended it",
}  # fmt: skip


def dispute_page(actor: Actor, dispute: Dispute) -> DisputePage:
    """Gather one dispute."""
    said = list(dispute.words.select_related("agency", "recorded_by"))
    last = next(w for w in sorted(said, key=lambda w: -w.step) if w.due)
    speaks = dispute.ended_at is None and may(actor, "dispute.raise", dispute)
    every = steps.steps()
    return DisputePage(
        dispute=dispute,
        heading=f"{dispute.raised_by.name} with {dispute.against.name}",
        about=f"{dispute.get_about_display().capitalize()}: {dispute.get_subject_display()}",
        step=steps.step(last.step),
        due=tags.due_tag(last.due, clock.now(), met_at=dispute.ended_at),
        spoken=[
            Spoken(f"{w.agency.name} {SAID[DisputeWord.Said(w.said)]}",
                   f"{w.recorded_by.name}, {words.when(w.recorded_at)}", opened(w))
            for w in said
        ],
        may_speak=speaks,
        may_rise=speaks and last.step < len(every.step),
        may_withdraw=speaks and actor.agency == dispute.raised_by_id,
        ended=dispute.get_outcome_display() if dispute.ended_at else "",
        source=every.source,
    )  # fmt: skip


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
    may_end: bool


def pilot_page(actor: Actor, pilot: Pilot) -> PilotPage:
    """Gather one pilot."""
    inside, outside = queries.compared(pilot)
    kinds = ", ".join(str(Agency.Kind(kind).label) for kind in pilot.agency_kinds) or "none"
    author = Worker.objects.get(pk=pilot.recorded_by_id).name
    facts = [
        ("Decided by", pilot.decided_by), ("Written down by", author), ("Since", words.plain_day(pilot.begins)),
        ("In the room", kinds.capitalize()), ("Why", pilot.because), ("What is measured", pilot.measured),
        ("What was expected", pilot.expected),
    ]  # fmt: skip
    if pilot.ends:
        facts += [("Ended", words.plain_day(pilot.ends)), ("Why it ended", pilot.ended_because)]
    enough = inside.shown and outside.shown
    return PilotPage(
        pilot=pilot, tag=pilot_tag(pilot, clock.today()), place=pilot.place, facts=facts,
        counts=compare_rows(inside, outside) if enough else [], enough=enough,
        may_end=may(actor, "pilot.set") and pilot.ends is None,
    )  # fmt: skip


def compare_rows(inside: Compared, outside: Compared) -> list[Row]:
    """Pilot and rest beside each other, as counts."""
    rows = [
        Row(["Contacts decided", inside.contacts, outside.contacts]),
        Row(
            [
                "Usual time from told to decided",
                hours_words(inside.hours_to_decide),
                hours_words(outside.hours_to_decide),
            ]
        ),
        Row(["Checks asked about them", inside.checks, outside.checks]),
        Row(["Checks answered in time", inside.checks_in_time, outside.checks_in_time]),
        Row(
            [
                "Usual wait for an answer",
                hours_words(inside.hours_to_answer),
                hours_words(outside.hours_to_answer),
            ]
        ),
    ]
    if inside.routes and outside.routes:
        for route in sorted({*inside.routes, *outside.routes}):
            rows.append(Row([f"Went to: {route}", inside.routes.get(route, 0), outside.routes.get(route, 0)]))
    return rows
