"""What the pages of a cut-over say, as plain classes: where families go, who waits for whom, what was rehearsed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from rightplace.common.caseflow.moving import Goes, Moving, movings
from rightplace.common.web import tags, words
from rightplace.common.web.charts import Caption
from rightplace.common.web.pieces import Column, Lines, Link, Progress, Row
from rightplace.common.web.tags import Tag
from rightplace.services.cutover.flows import Flow, FlowChart
from rightplace.services.cutover.models import BesidesMoved, Cutover, FamilyMove, Rehearsal
from rightplace.services.cutover.queries import Counts, Named

State = FamilyMove.State
ALL_COLUMNS = (Column("Cut-over"), Column("First day"), Column("Families", number=True), Column("How far"))
REFUSED_COLUMNS = (Column("Family"), Column("Why it does not move"))
BESIDES_COLUMNS = (Column("What is open"), Column("How many", number=True), Column("How it goes on"))
REHEARSAL_COLUMNS = (
    Column("When"),
    Column("Families", number=True),
    Column("Children", number=True),
    Column("What it showed"),
)


def children_words(number: int) -> str:
    return words.count_words(number, "child", "children")


def families_words(number: int) -> str:
    return words.count_words(number, "family", "families")


def family_words(family: Named) -> str:
    """The children by their names; those whom the reader may not see are counted."""
    said = [each.name for each in family.people]
    if family.hidden:
        said.append(children_words(family.hidden) + " whose file is restricted" if said else
                    f"{children_words(len(family.row.children))}, restricted")  # fmt: skip
    return words.listed(said, none="children who are not known")


def state_tag(row: FamilyMove) -> Tag:
    """How far a family is: word, shape and colour."""
    if row.state == State.MOVED:
        return tags.met("moved")
    if row.state == State.ACCEPTED:
        return tags.late("not moved yet") if row.refused else tags.met("accepted")
    if row.state in (State.UNPLACED, State.SENT_BACK):
        return tags.due_soon("nobody found yet" if row.state == State.UNPLACED else "sent back")
    if row.state in (State.ASIDE, State.GONE):
        return tags.plain(State(row.state).label)
    return tags.still_open(State(row.state).label)


def flow_chart(found: Sequence[Flow], now: datetime) -> FlowChart | None:
    """The picture, with its finding in words."""
    if not found:
        return None
    children = sum(flow.children for flow in found)
    old, new = {flow.before for flow in found}, {flow.after for flow in found}
    teams = f"{words.count_words(len(old), 'team')} to {words.count_words(len(new), 'team')}"
    finding = (
        f"{words.capitalised(children_words(children))} {'goes' if children == 1 else 'go'} from {teams}."
    )
    return FlowChart(finding=finding, flows=found, caption=Caption(now, children, "children"))


@dataclass(frozen=True, kw_only=True)
class CutoverPage:
    """One cut-over: what it moves, how far it is, and what has to happen next."""

    cutover: Cutover
    now: datetime
    counted: Counts
    flows: Sequence[Flow]
    missing: Sequence[str] = ()
    rehearsal: Rehearsal | None = None
    rehearsed: bool = False
    besides: Sequence[BesidesMoved] = ()
    waiting: Sequence[tuple[Moving, int]] = ()
    whose: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Of what only people can settle, who has to."""

    @property
    def chart(self) -> FlowChart | None:
        """A picture where there is more than one way; one way is a sentence."""
        return flow_chart(self.flows, self.now) if len(self.flows) > 1 else None

    @property
    def sentences(self) -> list[str]:
        count, said = self.counted, [f"The first day is {words.day_words(self.cutover.first_day, self.now)}."]
        if not self.flows:
            return [*said, "There is no plan yet: no family has a team and worker."]
        if len(self.flows) == 1:
            only = self.flows[0]
            said.append(
                f"{words.capitalised(children_words(only.children))} from {only.before} to {only.after}."
            )
        for number, text in (
            (count.of(State.UNPLACED), "without a team and worker"),
            (count.of(State.SENT_BACK), "sent back by the new team"),
            (count.of(State.PROPOSED), "proposed and not yet offered"),
            (count.of(State.OFFERED), "waiting for the new team’s manager"),
            (count.of(State.ACCEPTED), "accepted, and moving on the first day"),
            (count.of(State.MOVED), "moved"),
            (count.of(State.ASIDE), "set aside: the old team goes on answering"),
        ):
            if number:
                said.append(f"{words.capitalised(families_words(number))}: {text}.")
        return said + list(self.missing)

    @property
    def promise(self) -> str:
        """Who answers for these children at this moment."""
        if self.cutover.finished_at is not None:
            return "Every family has moved. The new teams answer for them."
        return "Until a family has moved, its old team answers for it. A family that nobody accepted does not move."

    @property
    def next_act(self) -> tuple[str, str]:
        """The one thing to do next, as the value and the words of its button; empty where nothing is to be done."""
        cutover, count = self.cutover, self.counted
        if cutover.finished_at is not None:
            return "", ""
        if cutover.begun_at is not None:
            return ("begin", "Go on with the run") if cutover.stopped_at else ("stop", "Stop the run")
        if not self.flows or any("not in the plan" in each for each in self.missing):
            return "plan", "Make the plan"
        if count.of(State.PROPOSED):
            families = families_words(count.of(State.PROPOSED))
            return "offer", f"Offer {families} to the new teams"
        if not self.rehearsed:
            return "rehearse", "Rehearse the plan"
        return "begin", "Let the run begin"

    @property
    def progress(self) -> Progress | None:
        """How far the run is, while it runs."""
        if self.cutover.begun_at is None:
            return None
        done = self.counted.of(State.MOVED)
        total = done + self.counted.of(
            State.ACCEPTED, State.OFFERED, State.PROPOSED, State.UNPLACED, State.SENT_BACK
        )
        address = reverse("cutover:cutover", args=[self.cutover.pk])
        stopped = ""
        if self.cutover.stopped_at is not None:
            stopped = f"{families_words(done)} of {total:,} moved before it was stopped. The rest stays with its old team."
        ended = f"{address}#besides" if self.cutover.finished_at else ""
        said = f"{words.capitalised(families_words(done))} moved." if ended else self._running_words
        return Progress(said, done, max(total, 1), address, ended, stopped)

    @property
    def _running_words(self) -> str:
        if self.now.date() < self.cutover.first_day and not self.counted.of(State.MOVED):
            return f"Ready. Families move from {words.plain_day(self.cutover.first_day)}."
        return "Families are moving, one after another."

    @property
    def rehearsal_words(self) -> str:
        if self.rehearsal is None:
            return "The plan has not been rehearsed. The run can begin only after a rehearsal in which every family moves."
        if self.rehearsal.ended_at is None:
            return f"A rehearsal is under way: {self.rehearsal.done:,} of {families_words(self.rehearsal.families)}."
        if self.rehearsed:
            return f"The plan as it stands was rehearsed on {words.plain_day(self.rehearsal.ended_at)}: every family moved."
        if self.rehearsal.succeeded:
            return "The plan has changed since it was rehearsed. Rehearse it again."
        return (
            "In the last rehearsal something did not move. Look at the report, mend it, and rehearse again."
        )

    @property
    def rehearsal_rows(self) -> list[Row]:
        return [rehearsal_row(self.rehearsal)] if self.rehearsal is not None else []

    @property
    def besides_rows(self) -> list[Row]:
        """Everything open that names an old team, and how it goes on; kinds of which there is nothing are left out."""
        moved = {each.name: each for each in self.besides}
        rows = [
            besides_row(each, number, moved.get(each.name), self.whose.get(each.name, ()))
            for each, number in self.waiting
        ]
        return [row for row in rows if row is not None]

    @property
    def besides_none(self) -> str:
        """Which kinds were looked for and not found."""
        said = {each.name for each in self.besides if each.number or each.refused}
        none = [each.name for each, number in self.waiting if not number and each.name not in said]
        return f"Looked for, and nothing there: {'; '.join(_lower(name) for name in none)}." if none else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def besides_row(
    moving: Moving, waiting: int, moved: BesidesMoved | None, whose: Sequence[str] = ()
) -> Row | None:
    """One kind of open thing: what waits still, and what has moved; where people settle it, who and on which page."""
    if not waiting and (moved is None or not moved.number):
        return None
    if waiting and moved is not None and moved.refused:
        return Row((Lines(moving.name, moved.refused), waiting, tags.late("not moved yet")), late=True)
    if not waiting and moved is not None:
        return Row((moving.name, moved.number, tags.met("moved")))
    if moving.goes is Goes.BY_PEOPLE:
        said = f"{moving.instead} Ask {words.listed(whose)}." if whose else moving.instead
        name = Link(moving.name, reverse(moving.there), said) if moving.there else Lines(moving.name, said)
        return Row((name, waiting, tags.due_soon(str(moving.goes))))
    return Row((moving.name, waiting, tags.still_open(str(moving.goes))))


def rehearsal_row(found: Rehearsal) -> Row:
    when = Link(words.when(found.recorded_at), reverse("cutover:rehearsal", args=[found.pk]))
    return Row((when, found.families, found.children, rehearsal_tag(found)))


def rehearsal_tag(found: Rehearsal) -> Tag:
    if found.ended_at is None:
        return tags.still_open("under way")
    if found.succeeded:
        return tags.met("every family moved")
    return (
        tags.late(f"{families_words(len(found.refusals))} refused")
        if found.refusals
        else tags.due_soon("not whole")
    )


@dataclass(frozen=True, kw_only=True)
class RehearsalPage:
    """What a rehearsal showed."""

    found: Rehearsal
    refused: Sequence[tuple[Named, str]]

    @property
    def tag(self) -> Tag:
        return rehearsal_tag(self.found)

    @property
    def sentences(self) -> list[str]:
        found = self.found
        if found.ended_at is None:
            return [f"{found.done:,} of {families_words(found.families)} so far."]
        whom = f"{words.capitalised(families_words(found.families))} with {children_words(found.children)}"
        pace = f"{found.families / max(found.seconds, 0.01):,.1f} families a second"
        said = [
            f"{whom} were moved and moved back, in {found.seconds:,.1f} seconds ({pace}). Nothing of it stayed.",
            f"At {found.instants:,} instants it was looked at who answers: always exactly one team.",
            f"{found.timescales:,} timescales were held against the day on which they were due before: each stood.",
        ]
        return said + list(found.missing)

    @property
    def rows(self) -> list[Row]:
        return [
            Row((Link(family_words(each), reverse("cutover:family", args=[each.row.pk])), because), late=True)
            for each, because in self.refused
        ]

    @property
    def besides(self) -> list[Row]:
        return [
            Row((name, number if isinstance(number, int) else None, self._besides_tag(name, number)))
            for name, number in self.found.moved_besides
            if number
        ]

    @staticmethod
    def _besides_tag(name: str, number: int | str) -> Tag:
        if not isinstance(number, int):
            return tags.late(number)
        asked = {each.name for each in movings(Goes.BY_PEOPLE)}
        return tags.due_soon("people settle it") if name in asked else tags.met("would move")
