"""The smallest establishment that was found: who keeps it, then each promise beside today, people, cost, what was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from django.urls import reverse
from markupsafe import Markup

from rightplace.common.web import palette, svg, words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.domain.simulation.scenarios.finding import BOTH, Found, Kind, Then
from rightplace.domain.simulation.scenarios.foundsaid import kind_said
from rightplace.domain.simulation.scenarios.saying import amount_said, limit_said, pounds_said
from rightplace.overview.capacity.charts import Below, Reach, Reaches
from rightplace.overview.capacity.foundcharts import Broken, BrokenThen
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.presenters.pictures import MILLION
from rightplace.overview.capacity.presenters.worst import SHORTLY

FAR_FEWER: Final = 0.6
"""Of the people that there are: with less than this the record is to be doubted before the service is."""
CHECK: Final = "So many fewer says more about the record than the service: check posts and open cases before you believe it."
COLUMNS: Final = (
    Column("Who"), Column("Now", number=True), Column("Fewest", number=True), Column("What breaks without them"),
)  # fmt: skip
LARGEST: Final = (*COLUMNS[:2], Column("Most looked at", number=True))
PROMISE_COLUMNS: Final = (
    "Promise", "Chosen", "Limit", "Unit", "Futures", "Breaks now", "Breaks then", "Chance moves at least",
    "Chance moves at most", "Year now", "Year then", "Year moves at least", "Year moves at most",
)  # fmt: skip


def kept(answer: Any) -> Found | None:
    """What was found, of what is kept with the question; nothing while it is looked for."""
    told = answer.get("found") if isinstance(answer, Mapping) else None
    return msgspec.convert(told, Found) if told else None


def short(answer: Mapping[str, Any]) -> list[str]:
    """What was found in a few sentences, or how far it is."""
    found = kept(answer)
    if found is None:
        return [str(each) for each in answer.get("short", ())]
    told = [found.sentence, found.said.worse, found.said.check]
    if found.can_keep and sum(found.posts.values()) < FAR_FEWER * sum(found.before.values()):
        told.append(CHECK)
    return [each for each in told if each]


def headline(found: Found) -> str:
    """The one sentence that a list shows, with what it costs the promises: it stands alone there."""
    many = len(found.worse) if found.can_keep else 0
    return (
        f"{found.sentence} It makes {words.count_words(many, 'promise')} worse than today."
        if many
        else found.sentence
    )


@dataclass(frozen=True)
class FoundPage:
    """Everything that a page shows of one search."""

    found: Found
    run: Run

    @property
    def blocks_heading(self) -> str:
        many = len(self.found.blocked)
        return (
            "The promise that cannot be kept"
            if many == 1
            else "The promises that cannot be kept"
            if many
            else ""
        )

    @property
    def blocks(self) -> list[str]:
        return [*self.found.said.blocks, *self.found.said.helps]

    @cached_property
    def picture(self) -> BrokenThen | None:
        """Each promise, now and then; what was chosen first, then what gets worse."""
        told = sorted(self.found.promises, key=lambda each: (not each.chosen, -each.way))
        if not told:
            return None
        return BrokenThen(
            name="broken", finding=self._finding(), lines=[_broken(each) for each in told],
            caption=Below(
                f"In how many of {told[0].futures} futures of other luck, the same for both, each promise breaks in the last "
                "year. Bold was chosen. Worse or better is said only where it is more than chance, 99 times of 100."
            ),
        )  # fmt: skip

    def _finding(self) -> str:
        worse, better = (sum(each.way == way for each in self.found.promises) for way in (1, -1))
        told = [words.count_words(worse, "promise gets worse", "promises get worse")] if worse else []
        if better:
            told.append(
                f"{better} better"
                if told
                else words.count_words(better, "promise gets better", "promises get better")
            )
        return (
            words.capitalised(" and ".join(told))
            if told
            else "No promise surely gets better or worse than now"
        )

    @property
    def said(self) -> list[str]:
        """Each promise that gets worse in a sentence with its ranges."""
        return [each.sentence for each in self.found.worse]

    @property
    def others(self) -> list[str]:
        return [each.sentence for each in self.found.promises if each.way <= 0]

    @property
    def people_heading(self) -> str:
        return "The fewest people" if self.found.can_keep else "The most that were looked at"

    @property
    def columns(self) -> tuple[Column, ...]:
        return COLUMNS if self.found.can_keep else LARGEST

    @property
    def rows(self) -> list[Row]:
        return [Row(self._cells(each)) for each in self.found.kinds] + [self._whole()] * (
            len(self.found.kinds) > 1
        )

    def _cells(self, each: Kind) -> list[str | int]:
        told: list[str | int] = [words.capitalised(kind_said(each.name)), each.now, each.found]
        return [*told, _needed(each)] if self.found.can_keep else told

    def _whole(self) -> Row:
        cells: list[str | int] = [
            "All together",
            sum(self.found.before.values()),
            sum(self.found.posts.values()),
        ]
        return Row([*cells, ""] if self.found.can_keep else cells)

    @property
    def stays(self) -> str:
        return self.found.said.stays

    @cached_property
    def cost(self) -> Reaches | None:
        """A year's cost now and then, against the budget where there is one."""
        told = self.found.cost
        if told is None:
            return None
        pairs = (
            ("With the people of now", told.before, False),
            ("With those that were found", told.after, True),
        )
        return Reaches(
            name="cost", figure="Million pounds a year",
            finding=f"A year costs {_against(told.before.middle, told.after.middle)}",
            reaches=[Reach(name, r.low / MILLION, r.middle / MILLION, r.high / MILLION, subject) for name, r, subject in pairs],
            limit=(told.budget / MILLION, "the budget") if told.budget else None,
            caption=Below(f"Everywhere, in {told.futures} futures. The thin line holds nine of ten. Rates are assumed."),
        )  # fmt: skip

    @property
    def cost_said(self) -> str:
        return self.found.said.cost

    @property
    def next_steps(self) -> list[Link]:
        """What can be asked next, with what was chosen filled in."""
        steps = []
        worse = [each.code for each in self.found.worse if not each.chosen]
        if worse and self.found.can_keep:
            named = words.listed(SHORTLY[code] for code in worse)
            steps.append(
                Link(f"Look again, and keep {named}, too", self._again([*self.found.can_keep, *worse]))
            )
        if self.found.blocked and self.found.who != BOTH:
            steps.append(Link("Look for workers and managers together", self._again(self.found.keep, BOTH)))
        if self.found.blocked:
            steps.append(Link("Ask what happens if something else changes", reverse("capacity:first")))
        steps.append(Link("Choose anew", self._again(self.found.keep)))
        return steps

    def _again(self, keep: list[str], who: str = "") -> str:
        asked = self.run.asked
        chosen = {
            "keep": keep, "where": asked.get("place", "all"), "who": who or self.found.who, "often": f"{self.found.asked:g}",
        }  # fmt: skip
        return f"{reverse('capacity:smallest')}?{urlencode(chosen, doseq=True)}"

    @staticmethod
    def key(which: str) -> Markup:
        """The marks of the picture: now, and then as it is better, worse or neither."""
        made = {
            "now": svg.element(
                "circle", cx=8, cy=8, r=6.5, fill=palette.WHITE, stroke=palette.QUIET, stroke_width=2
            ),
            "better": svg.element("circle", cx=8, cy=8, r=7, fill=palette.PETROL),
            "worse": svg.element("rect", x=1, y=1, width=14, height=14, fill=palette.LATE),
            "same": svg.element("circle", cx=8, cy=8, r=7, fill=palette.QUIET),
        }
        return svg.element("svg", made[which], viewBox="0 0 16 16", width=16, height=16, aria_hidden="true")


def _against(before: float, after: float) -> str:
    was, then = pounds_said(before), pounds_said(after)
    return f"{then}, as now" if was == then else f"{then}, in place of {was} now"


def _needed(each: Kind) -> str:
    if each.stays:
        return "Nothing chosen: left as they are" if each.found == each.now else "Nothing chosen"
    if not each.needed:
        return "One has to be there" if each.least == each.now else "–"
    named = words.listed(SHORTLY[code] for code in each.needed)
    return words.capitalised(f"{named}, with others fewer, too" if each.shared else named)


def _broken(each: Then) -> Broken:
    digits = 1 if each.unit == "share" else 0
    year = amount_said(each.before, each.unit, digits), amount_said(each.after, each.unit, digits)
    limit = limit_said(each.limit, each.unit)
    return Broken(
        words.capitalised(SHORTLY.get(each.code, each.words)), each.chosen,
        each.before_broken, each.after_broken, each.futures, each.way, year, limit,
    )  # fmt: skip
