"""Vacancies on their way: the list, one vacancy, one candidate, in the words that the pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.charts import Caption
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.recruiting import Local
from rightplace.domain.practice.retention import StepTime
from rightplace.foundation.organisation.establishment.tables import Occupancy
from rightplace.services.recruitment.models import Candidate, PanelWord, Vacancy
from rightplace.services.recruitment.presenters.charts import PipelineChart, Stage
from rightplace.services.recruitment.queries import Way
from rightplace.services.recruitment.rates import Rates

VACANCY_COLUMNS = (
    Column("Post"),
    Column("Team"),
    Column("Days so far", number=True),
    Column("Candidates", number=True),
    Column("Agency meanwhile"),
    Column("Next step"),
    Column("Due"),
)
TIME_COLUMNS = (
    Column("Step"),
    Column("Done", number=True),
    Column("Middle, in days", number=True),
    Column("Eight of ten within", number=True),
    Column("Lost at it", number=True),
    Column("Mostly because"),
)
STEP_COLUMNS = (Column("Step"), Column("Day"), Column("Took", number=True), Column("Waits with"))
CANDIDATE_COLUMNS = (Column("Candidate"), Column("Applied"), Column("Next step"), Column("Due"))
CHECK_COLUMNS = (Column("Check"), Column("Seen on"), Column("Seen by"))
PANEL_COLUMNS = (Column("Who"), Column("Would appoint"), Column("Reasons"))
WORKING_HOURS_A_WEEK = 7


def _whom(waits: str) -> str:
    """Who has the next step, as a sentence says it."""
    return waits if waits == "human resources" else f"the {waits}"


@dataclass(frozen=True)
class Cover:
    """An agency worker in a seat that is being filled: since when, for how many hours, at what cost more."""

    since: date
    hours: float
    until: date
    more: int | None
    """Pence an hour more than an employed worker; None where nobody has said a rate for the grade."""

    @property
    def pounds(self) -> float | None:
        weeks = max(0, (self.until - self.since).days) / WORKING_HOURS_A_WEEK
        return None if self.more is None else self.more * self.hours * weeks / 100

    @property
    def words(self) -> str:
        cost = "cost not known" if self.pounds is None else f"£{self.pounds:,.0f} more so far"
        return f"{self.hours:g} hours a week, {cost}"


def cover_of(row: Occupancy, grade: str, since: date, today: date, rates: Rates) -> Cover:
    """What agency cover in a seat has cost above an employed worker since the vacancy began."""
    rate = rates.rate(grade)
    return Cover(
        max(row.begins, since), float(row.hours), today, rate.agency - rate.employed if rate else None
    )


def next_tag(due: date | None, now: datetime) -> Tag | str:
    return tags.due_tag(due, now) if due else "–"


@dataclass(frozen=True, kw_only=True)
class Pipeline:
    """Every vacancy of the reader's scope, what waits with whom, and how the last year went."""

    now: datetime
    open: Sequence[Vacancy]
    ways: Sequence[Way]
    times: Sequence[StepTime]
    covers: Mapping[int, Cover]
    local: Local
    waits: str

    @property
    def sentences(self) -> list[str]:
        if not self.open:
            return ["No vacancy is on its way."]
        today = words.london(self.now).date()
        oldest = max((today - each.opened_on).days for each in self.open)
        own = sum(1 for each in self.open if each.waits_with == self.waits)
        cost = sum(cover.pounds or 0 for cover in self.covers.values())
        said = [
            (
                f"{words.capitalised(words.count_words(len(self.open), 'vacancy', 'vacancies'))} "
                f"{'is' if len(self.open) == 1 else 'are'} on the way; the oldest for {words.count_words(oldest, 'day')}."
            )
        ]
        if self.waits:
            said.append(
                f"{words.capitalised(words.count_words(own, 'vacancy', 'vacancies', none='none'))} "
                f"{'waits' if own < 2 else 'wait'} with you for a step of the vacancy itself."
            )
        if self.covers:
            said.append(
                f"{words.capitalised(words.count_words(len(self.covers), 'seat'))} "
                f"{'has' if len(self.covers) == 1 else 'have'} an agency worker meanwhile, "
                f"for £{cost:,.0f} more so far than employed workers."
            )
        return said

    @property
    def rows(self) -> list[Row]:
        return [self._row(each) for each in self.open]

    def _row(self, each: Vacancy) -> Row:
        post, today = each.seat.post, words.london(self.now).date()
        cover, running = self.covers.get(each.seat_id), getattr(each, "running", 0)
        step = self.local.step(each.next_step)
        nxt: Cell = (
            Lines(step.title, f"waits with {_whom(each.waits_with)}") if step else "a candidate’s first day"
        )
        return Row(
            (
                Link(post.title, reverse("recruitment:vacancy", args=[each.pk]), post.reference),
                post.team.name,
                (today - each.opened_on).days,
                running,
                cover.words if cover else "none",
                nxt,
                next_tag(each.next_by, self.now),
            ),
            late=each.next_by is not None and each.next_by < today,
        )

    @property
    def chart(self) -> PipelineChart | None:
        """How far those came who applied in the last year, and how many were lost before each step."""
        if not self.ways:
            return None
        steps = self.local.of("candidate")
        lost = {step.code: step for step in self.times}
        stages = [
            Stage(
                step.title,
                sum(1 for way in self.ways if step.code in way.steps),
                lost[step.code].lost if step.code in lost else 0,
                _why(lost.get(step.code), self.local),
            )
            for step in steps
        ]
        began = stages[-1].came
        finding = f"{began} of {len(self.ways)} who applied in the last year came to a first day."
        return PipelineChart(
            finding=finding, stages=stages, caption=Caption(self.now, len(self.ways), "candidates")
        )

    @property
    def time_rows(self) -> list[Row]:
        return [
            Row(
                (
                    each.title,
                    each.done,
                    _days(each.median_days),
                    _days(each.slow_days),
                    each.lost,
                    _why(each, self.local) or "–",
                )
            )
            for each in self.times
        ]


def _why(step: StepTime | None, local: Local) -> str:
    if step is None or not step.reasons:
        return ""
    code, count = step.reasons[0]
    return f"{local.reason(code)} ({count})"


def _days(value: float | None) -> str:
    return "not known" if value is None else f"{value:g}"


def step_rows(
    begins: date,
    steps: Sequence[tuple[str, date]],
    of: str,
    next_step: str,
    local: Local,
    now: datetime,
    next_by: date | None,
) -> list[Row]:
    """The steps taken with the days that each took, and the next with whom it waits."""
    done, rows, before = dict(steps), [], begins
    for step in local.of(of):
        if step.code in done:
            took = (done[step.code] - before).days
            rows.append(
                Row((step.title, words.plain_day(done[step.code]), words.count_words(took, "day"), "–"))
            )
            before = done[step.code]
        elif step.code == next_step:
            rows.append(Row((step.title, next_tag(next_by, now), "–", step.waits_with)))
    return rows


@dataclass(frozen=True, kw_only=True)
class VacancyPage:
    """One vacancy: its steps, its candidates by name for whoever may read them, agency meanwhile."""

    vacancy: Vacancy
    now: datetime
    local: Local
    candidates: Sequence[Candidate]
    names: Mapping[int, str | None]
    cover: Cover | None

    @property
    def sentences(self) -> list[str]:
        it, post = self.vacancy, self.vacancy.seat.post
        hours = f"{float(it.seat.hours):g} hours a week"
        said = [
            f"{post.team.name}, grade {post.grade}, {hours}. Since {words.plain_day(it.opened_on)}: {it.because.rstrip('. ')}."
        ]
        if it.ended_on:
            outcome = "Filled" if it.outcome == Vacancy.Outcome.FILLED else "Withdrawn"
            took = words.count_words((it.ended_on - it.opened_on).days, "day")
            said.append(f"{outcome} on {words.plain_day(it.ended_on)}, after {took}.")
        if self.cover:
            said.append(f"An agency worker sits there meanwhile: {self.cover.words}.")
        return said

    @property
    def step_rows(self) -> list[Row]:
        steps = [(each.code, each.on) for each in self.vacancy.steps.all()]
        it = self.vacancy
        return step_rows(it.opened_on, steps, "vacancy", it.next_step, self.local, self.now, it.next_by)

    @property
    def candidate_rows(self) -> list[Row]:
        return [self._row(each) for each in self.candidates]

    def _row(self, each: Candidate) -> Row:
        applied = next((step.on for step in each.steps.all() if step.code == "applied"), None)
        name = Link(
            self.names.get(each.pk) or f"Candidate {each.pk}",
            reverse("recruitment:candidate", args=[each.pk]),
            "" if self.names.get(each.pk) else "name deleted",
        )
        return Row((name, words.plain_day(applied) if applied else None, *_next(each, self.local, self.now)))


def _next(each: Candidate, local: Local, now: datetime) -> tuple[Cell, Cell]:
    if each.lost_at:
        step = local.step(each.lost_at)
        return Lines(
            f"lost: {local.reason(each.lost_because)}", f"at: {step.title if step else each.lost_at}"
        ), "–"
    if each.ended_on:
        return "first day", tags.met("began")
    step = local.step(each.next_step)
    return Lines(step.title if step else "–", f"waits with {_whom(each.waits_with)}"), next_tag(
        each.next_by, now
    )


@dataclass(frozen=True, kw_only=True)
class CandidatePage:
    """One candidate: steps, panel, checks, and the day on which the particulars are deleted."""

    candidate: Candidate
    name: str | None
    contact: str
    now: datetime
    local: Local
    panel: Sequence[tuple[PanelWord, str]]
    seen: Mapping[str, tuple[date, str]]
    asked: Sequence[tuple[str, str]]

    @property
    def heading(self) -> str:
        return self.name or f"Candidate {self.candidate.pk}"

    @property
    def sentences(self) -> list[str]:
        it, post = self.candidate, self.candidate.vacancy.seat.post
        said = [f"For {post.title} ({post.reference}) in {post.team.name}."]
        if self.contact:
            said.append(f"To be reached by {self.contact}.")
        if it.lost_at and it.ended_on:
            step = self.local.step(it.lost_at)
            said.append(
                f"Lost on {words.plain_day(it.ended_on)} at “{step.title if step else it.lost_at}”: "
                f"{self.local.reason(it.lost_because)}."
            )
        if it.deleted_at:
            said.append("What the candidate gave was deleted. The days of the steps stay, without a name.")
        elif it.delete_on:
            said.append(f"What the candidate gave is deleted on {words.plain_day(it.delete_on)}.")
        return said

    @property
    def step_rows(self) -> list[Row]:
        steps = [(each.code, each.on) for each in self.candidate.steps.all()]
        first = steps[0][1] if steps else self.candidate.recorded_at.date()
        it = self.candidate
        return step_rows(first, steps, "candidate", it.next_step, self.local, self.now, it.next_by)

    @property
    def panel_rows(self) -> list[Row]:
        return [Row((word.worker.name, _would(word), reasons or "–")) for word, reasons in self.panel]

    @property
    def check_rows(self) -> list[Row]:
        return [
            Row(
                (title, words.plain_day(self.seen[code][0]), self.seen[code][1])
                if code in self.seen
                else (title, tags.still_open("not seen yet"), "–")
            )
            for code, title in self.asked
        ]


def _would(word: PanelWord) -> Cell:
    if word.appointable is None:
        return tags.still_open("not said yet")
    return tags.met("yes") if word.appointable else tags.plain("no")
