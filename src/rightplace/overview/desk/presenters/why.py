"""Why is this due? By when, the rule in plain words, the days counted one by one, the source and its layers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.web import pieces, words
from rightplace.common.web.pieces import Column, DayLine, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.entries.keeping import TimescaleExcused
from rightplace.domain.practice.timescales.explain import Explanation, OpenHours
from rightplace.foundation.journal.projections import Timescale
from rightplace.overview.desk.presenters import due
from rightplace.overview.desk.presenters.entries import Teller
from rightplace.overview.desk.presenters.story import StoryPage
from rightplace.overview.desk.story import Story

LAYER_COLUMNS = (
    Column("Who says so"),
    Column("How long"),
    Column("In force"),
    Column("Source"),
    Column("Here"),
)
HOURS_COLUMNS = (Column("Day"), Column("Counted"), Column("Why not"))


@dataclass(frozen=True)
class WhyPage:
    """Everything that the page says about one thing due."""

    story: Story
    scale: Timescale
    told: Explanation | None
    may: frozenset[str] = frozenset()

    @property
    def now(self) -> datetime:
        return self.story.as_at.happened

    @property
    def title(self) -> str:
        return f"Why is this due? {StoryPage(self.story).title}"

    @property
    def heading(self) -> str:
        """“Visit the child by Fri 6 Mar 2026”."""
        title = due.title_of(self.scale.rule)
        if self.scale.unknown:
            return f"{title}: not known"
        return f"{title} by {due.by_words(self.scale)}" if self.scale.due else title

    @property
    def tag(self) -> Tag:
        return due.state(self.scale, self.now)

    @property
    def sentences(self) -> tuple[str, ...]:
        return (
            self.told.sentences if self.told else ("No pack holds the rule that this was made by any more.",)
        )

    @property
    def started(self) -> str:
        """What set it going, in this child's own file."""
        began = (
            words.when(self.scale.begins)
            if due.is_by_the_clock(self.scale.begins)
            else words.plain_day(self.scale.begins)
        )
        entry = next((each for each in self.story.told if each.entry.id == self.scale.trigger), None)
        if entry is None or not entry.readable:
            return f"It started on {began}."
        teller = Teller(self.story.child.file, self.story.names)
        return f"It started on {began}: {teller.happening(entry).heading}."

    @property
    def trigger(self) -> Link | None:
        """The entry that set it going."""
        there = any(each.entry.id == self.scale.trigger and each.readable for each in self.story.told)
        if not there:
            return None
        return Link(
            "Read that entry", reverse("desk:entry", args=[self.story.child.file, self.scale.trigger])
        )

    @property
    def days(self) -> list[DayLine]:
        if self.told is None or not self.told.days or self.scale.due is None:
            return []
        return pieces.day_lines(self.told.days, due=words.day_number(self.scale.due), tag=self.tag)

    @property
    def hours(self) -> list[Row]:
        """Each day of office hours, with the time that was counted."""
        return [
            Row((words.plain_day(each.day), _counted(each), each.reason or "–"))
            for each in (self.told.hours if self.told else ())
        ]

    @property
    def layers(self) -> list[Row]:
        return [
            Row(
                (
                    each.layer,
                    each.words,
                    _force(each.from_day, each.to_day),
                    pieces.Lines(each.source, each.seen),
                    "counts here" if each.counts else "switched off" if not each.on else "not here",
                )
            )
            for each in (self.told.layers if self.told else ())
        ]

    @property
    def changes(self) -> list[pieces.Happening]:
        """Who said that it was not required, or changed what it hangs on."""
        teller = Teller(self.story.child.file, self.story.names)
        found = []
        for each in self.story.told:
            body = each.entry.body
            excuses = isinstance(body, TimescaleExcused) and (body.rule, body.trigger) == (
                self.scale.rule,
                self.scale.trigger,
            )
            corrected = each.entry.id in (self.scale.trigger, self.scale.met_by) and each.before is not None
            if each.readable and (excuses or corrected or each.entry.id == self.scale.met_by):
                found.append(teller.happening(each))
        return found

    @property
    def excuse(self) -> str:
        """Where to say that it is not required; empty where that may not be or is too late to say."""
        if "timescale.excuse" not in self.may or not due.is_open(self.scale, self.now):
            return ""
        return reverse("desk:excuse", args=[self.story.child.file, self.scale.pk])

    @property
    def statistics(self) -> str:
        """The other day, where the statistics count from somewhere else."""
        other = self.scale.due_statistics
        if other is None or other == self.scale.due:
            return ""
        return f"The statistics count it otherwise: by {words.plain_day(other)}."


def _counted(each: OpenHours) -> str:
    if not each.minutes:
        return "nothing"
    opening = f"{words.clock_time(each.opens)} to {words.clock_time(each.closes)}"
    return f"{each.minutes // 60} h {each.minutes % 60:02d} min, of {opening}"


def _force(first: int | None, last: int | None) -> str:
    begin = words.plain_day(first) if first else ""
    end = words.plain_day(last) if last else ""
    if begin and end:
        return f"{begin} to {end}"
    return f"from {begin}" if begin else f"until {end}" if end else "always"
