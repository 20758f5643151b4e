"""Consultation as its page shows it: whom, the law's clocks counted day by day, what was asked, and the papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.domain.practice.calendars import CountedDay, calendar
from rightplace.domain.restructuring import Clock, Clocks, Consultation, clocks
from rightplace.domain.restructuring import Programme as Proposal
from rightplace.services.restructure.models import Asked, Body, Meeting, Paper

BODY_COLUMNS = (Column("Whom"), Column("What they are"), Column("For whom they speak"))
MEETING_COLUMNS = (Column("When"), Column("What"), Column("What was said"))
ASKED_COLUMNS = (Column("What was asked"), Column("Who answers"), Column("Answer"), Column("Due"))
PAPER_COLUMNS = (Column("Paper"), Column("Made"), Column("By whom"), Column("To take away"))
CLOCK_COLUMNS = (Column("Rule"), Column("Began"), Column("Earliest dismissal"), Column("Stands"))
DAY_COLUMNS = (
    Column("Day"),
    Column("Day of the law", number=True),
    Column("Working day", number=True),
    Column("What it is"),
)
NOT_CHECKED: Final = "not yet checked by a lawyer"
UNCHECKED: Final = (
    "The rules of the law shown here are not yet checked by a lawyer against their sources. "
    "Ask one before you rely on a day."
)
OF_2011, OF_TODAY = date(2011, 1, 10), date(2026, 4, 6)


@dataclass(frozen=True, kw_only=True)
class LawPage:
    """The clocks of one proposal, with the same under the rules of 2011 and of today beside them."""

    told: Proposal | None
    now: datetime

    @property
    def own(self) -> Clocks | None:
        return clocks(self.told.consultation) if self.told else None

    @property
    def sentences(self) -> list[str]:
        if self.told is None or self.own is None:
            return ["Nobody has said yet what is proposed, so no clock of the law has begun."]
        many = words.count_words(self.told.dismissals, "dismissal")
        said = [f"{many} are proposed at most, on {words.plain_day(self.told.proposed_on)}."]
        if self.own.consultation is None:
            return [
                *said,
                "Under twenty the law asks for no collective consultation. We consult all the same.",
            ]
        if self.own.earliest is not None:
            said.append(
                f"No dismissal may take effect before {words.day_words(self.own.earliest, self.now)}."
            )
        else:
            said.append("A clock has not begun, so no dismissal may be planned for a day.")
        if self.own.award is not None:
            said.append(f"{self.own.award.title}.")
        return [*said, *self.own.wrong]

    @property
    def clock_rows(self) -> list[Row]:
        return [self._clock(each) for each in self._both(self.own)]

    @staticmethod
    def _both(found: Clocks | None) -> list[Clock]:
        if found is None:
            return []
        return [each for each in (found.consultation, found.notification) if each is not None]

    def _clock(self, each: Clock) -> Row:
        source = each.rule.source + ("" if each.rule.checked else f" ({NOT_CHECKED})")
        stands = (
            tags.not_known()
            if each.kept is None
            else tags.met("kept")
            if each.kept
            else tags.late("too early")
        )
        return Row((
            Lines(f"{each.rule.title}.", source), words.plain_day(each.begun) if each.begun else None,
            words.plain_day(each.earliest) if each.earliest else None, stands,
        ))  # fmt: skip

    @property
    def unchecked(self) -> str:
        """That no lawyer has held these rules against their sources yet; empty once one has."""
        found = self._both(self.own)
        award = self.own.award if self.own else None
        rules = [*(each.rule for each in found), *([award] if award else [])]
        return UNCHECKED if any(not each.checked for each in rules) else ""

    @property
    def other_laws(self) -> list[str]:
        """The same numbers under the law of 2011 and under that of today, each in a sentence."""
        if self.told is None:
            return []
        return [self._under(OF_2011, "In 2011"), self._under(OF_TODAY, "Today, since April 2026")]

    def _under(self, day: date, when: str) -> str:
        facts: Consultation = replace(
            self.told.consultation, proposed_on=day.toordinal(), statement_given=day.toordinal(),
            notified_on=day.toordinal(), first_notice=None, first_dismissal=None,
        ) if self.told else Consultation(proposed_on=0, dismissals=0)  # fmt: skip
        found = clocks(facts)
        if found.consultation is None:
            return f"{when}: no collective consultation under twenty dismissals."
        award = f"; a protective award of up to {found.award.number} days’ pay" if found.award else ""
        return f"{when}: {found.consultation.rule.number} days before the first dismissal{award}."


@dataclass(frozen=True, kw_only=True)
class DayByDay:
    """One clock of the law, every day of it: its number by the law, and its number among working days."""

    title: str
    clock: Clock
    now: datetime
    like: str = ""
    """The title of another clock that has the same days: then they are not listed again."""

    @property
    def sentences(self) -> list[str]:
        clock = self.clock
        if clock.begun is None or clock.earliest is None:
            return [f"{clock.rule.title}. It has not begun: nobody has said on which day."]
        days, today = clock.rule.number, words.day_number(self.now)
        said = [
            f"{clock.rule.title}.",
            f"The law counts every day: {days} clear days from {words.plain_day(clock.begun)}.",
            f"{self._working} of them are working days.",
        ]
        if today <= clock.begun:
            said.append("It has not begun to count yet.")
        elif today < clock.earliest:
            gone = today - clock.begun
            said.append(
                f"Today is day {gone} of {days}; {words.count_words(days - gone, 'day')} after today still count."
            )
        else:
            said.append("All its days have passed.")
        said.append(f"A dismissal may take effect from {words.plain_day(clock.earliest)} on.")
        return [*said, *([f"Its days are those listed under “{self.like}”."] if self.like else [])]

    @property
    def _working(self) -> int:
        assert self.clock.begun is not None and self.clock.earliest is not None
        return calendar().working_days_between(self.clock.begun, self.clock.earliest - 1)

    @property
    def rows(self) -> list[Row]:
        """Every day from the one on which it starts to the first on which a dismissal may take effect."""
        begun, earliest = self.clock.begun, self.clock.earliest
        if begun is None or earliest is None or self.like:
            return []
        today = words.day_number(self.now)
        working = calendar().working_days_listed(begun, earliest)
        return [
            Row((
                words.plain_day(day.day, year=False), f"{day.number}" if day.working else "–",
                f"{workday.number}" if workday.working and day.working else "–", _what_it_is(day, workday, today),
            ))
            for day, workday in zip(self.clock.counted(), working, strict=True)
        ]  # fmt: skip


def _what_it_is(day: CountedDay, workday: CountedDay, today: int) -> str:
    """Why a day is in the list, and that it is today."""
    said = [day.reason] if day.reason else [] if workday.working else [f"{workday.reason}: the law counts it"]
    here = ["Today"] if day.day == today else []
    return ". ".join([*here, *said]) or "a working day"


def day_by_day(law: LawPage) -> list[DayByDay]:
    """Each clock of a proposal with all its days."""
    if law.own is None:
        return []
    named = (
        ("Consultation", law.own.consultation), ("Notice to the Secretary of State (HR1)", law.own.notification),
    )  # fmt: skip
    found: list[DayByDay] = []
    for title, clock in named:
        if clock is not None:
            days = clock.begun, clock.earliest
            like = next((each.title for each in found if (each.clock.begun, each.clock.earliest) == days), "")
            found.append(DayByDay(title=title, clock=clock, now=law.now, like=like))
    return found


@dataclass(frozen=True, kw_only=True)
class Consulted:
    """Whom we consult, when we met, what was asked and what is due."""

    programme: int
    bodies: Sequence[Body]
    meetings: Sequence[Meeting]
    asked: Sequence[Asked]
    papers: Sequence[Paper]
    now: datetime
    keeps: bool

    @property
    def body_rows(self) -> list[Row]:
        return [Row((each.name, Body.Kind(each.kind).label, each.speaks_for)) for each in self.bodies]

    @property
    def meeting_rows(self) -> list[Row]:
        return [
            Row((words.plain_day(each.on), Meeting.Kind(each.kind).label,
                 Lines(each.words, words.listed([body.name for body in each.bodies.all()], ""))))
            for each in self.meetings
        ]  # fmt: skip

    @property
    def asked_rows(self) -> list[Row]:
        return [self._asked(each) for each in self.asked]

    def _asked(self, each: Asked) -> Row:
        whom = each.body.name if each.body else "staff"
        more = f"{Asked.Kind(each.kind).label} of {whom}, {words.plain_day(each.on)}"
        answer: Cell = tags.still_open("not answered yet")
        if each.answered_on:
            answer = Lines(each.answer, Asked.Outcome(each.outcome).label)
        words_: Cell = Lines(each.words, more)
        if not each.answered_on and self.keeps:
            href = reverse("restructure:asked", args=[self.programme, each.pk])
            words_ = Link(each.words, href, more)
        due = tags.due_tag(each.answer_by, self.now, met_at=each.answered_on)
        return Row(
            (words_, each.owner.name, answer, due),
            late=not each.answered_on and each.answer_by < self.now.date(),
        )

    @property
    def asked_words(self) -> str:
        waiting = [each for each in self.asked if not each.answered_on]
        late = [each for each in waiting if each.answer_by < self.now.date()]
        if not self.asked:
            return "Nothing has been asked."
        many = words.count_words(
            len(self.asked), "question or counter-proposal", "questions and counter-proposals"
        )
        if not waiting:
            return f"{many}. Each is answered."
        said = f"{many}; {words.count_words(len(waiting), 'waits', 'wait')} for an answer"
        return f"{said}, {len(late)} of them late." if late else f"{said}, none late."

    @property
    def paper_rows(self) -> list[Row]:
        return [
            Row((
                Link(f"{words.capitalised(Paper.Kind(each.kind).label)}, version {each.version}",
                     reverse("restructure:paper", args=[self.programme, each.pk])),
                words.when(each.recorded_at), each.recorded_by.name,
                Link("PDF", reverse("restructure:paper-pdf", args=[self.programme, each.pk])),
            ))
            for each in self.papers
        ]  # fmt: skip
