"""Who stays: the census' figures with their words, England beside them, curves by cohort, experience team by team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from rightplace.common.web import words
from rightplace.common.web.charts import Caption
from rightplace.common.web.pieces import Cell, Column, Definition, Link, Row
from rightplace.domain.evidence.survival import kaplan_meier
from rightplace.domain.practice.retention import BANDS, Census, England, Hazard, band_of, cohorts
from rightplace.domain.practice.retention.census import FIGURES
from rightplace.foundation.organisation.models import Team
from rightplace.services.recruitment.presenters.charts import DRAWN, CurveChart, MixChart
from rightplace.services.recruitment.queries import Staff

FEWEST = 5
FIGURE_COLUMNS = (
    Column("Figure"),
    Column("Social work posts", number=True),
    Column("All posts", number=True),
    Column("England", number=True),
    Column("Half of authorities"),
    Column("Nine of ten authorities"),
)
LIST_COLUMNS = (Column("Who"), Column("Team"), Column("Grade"), Column("From"), Column("Until"))
HAZARD_COLUMNS = (
    Column("Grade"),
    Column("In the profession"),
    Column("People", number=True),
    Column("Left", number=True),
    Column("Of a hundred, a year", number=True),
    Column("Range"),
)
TITLES = {"turnover": "Turnover", "agency": "Agency", "vacancy": "Vacant", "absence": "Away"}
SOURCE = "After the methodology of the Department for Education’s children’s social work workforce census; our words"
DEFINED = {
    "turnover": Definition(
        "Whole-time posts of those who left the authority in the year before, in every hundred in post today.",
        "Agency workers, and moves within the authority.",
        SOURCE,
    ),
    "agency": Definition(
        "Whole-time posts in which agency workers sit, in every hundred of these and of those in post.",
        "Nobody else.",
        SOURCE,
    ),
    "vacancy": Definition(
        "Whole-time posts in which nobody employed sits, agency-covered too, in every hundred of these and in post.",
        "Frozen posts, since they may not be filled, and seats kept for who comes back.",
        SOURCE,
    ),
    "absence": Definition(
        "Working days away in the year before, in every hundred of 253 a whole-time post.",
        "Nothing: why somebody is away is not kept here. The census counts sickness alone, so England’s figure is lower "
        "by what else keeps people away.",
        SOURCE,
        not_known="How many of these days were sickness",
    ),
}


def percent(value: float | None) -> str:
    return "not known" if value is None else f"{value:.1f}%"


@dataclass(frozen=True, kw_only=True)
class Staying:
    """Whether people stay, on one page."""

    now: datetime
    today: date
    staff: Staff
    social: Census
    every: Census
    england: Mapping[str, England]
    hazards: Sequence[Hazard]
    opens_posts: bool

    @property
    def sentences(self) -> list[str]:
        if not self.every.in_post:
            return ["Nobody sits in a post, so nothing is known of who stays."]
        turnover = self.social.shares["turnover"]
        people = words.count_words(len(self.every.people), "person", "people")
        country = self.england.get("turnover")
        beside = f" In England it was {country.country:g} of a hundred in {country.year}." if country else ""
        return [
            (
                f"{self.every.in_post:.1f} whole-time posts are filled by {people} "
                f"who are employed here; {self.social.in_post:.1f} of these posts are in social work."
            ),
            f"In the last year {percent(turnover.percent)} of social work’s posts were left.{beside}",
        ]

    @property
    def rows(self) -> list[Row]:
        return [self._row(key) for key in FIGURES]

    def _row(self, key: str) -> Row:
        england = self.england.get(key)
        title: Cell = TITLES[key]
        if key != "vacancy":
            title = Link(TITLES[key], reverse("recruitment:retention-list", args=[key]), "opens its list")
        elif self.opens_posts:
            title = Link(TITLES[key], reverse("workforce:establishment"), "opens the posts")
        spread = ("not known", "not known")
        if england:
            low, quarter, _, more, high = england.spread
            spread = (f"{quarter:g}% to {more:g}%", f"{low:g}% to {high:g}%")
        return Row(
            (
                title,
                percent(self.social.shares[key].percent),
                percent(self.every.shares[key].percent),
                f"{england.country:g}%" if england else "not known",
                *spread,
            )
        )

    @property
    def england_words(self) -> list[str]:
        found = next(iter(self.england.values()), None)
        return [f"England: {found.source}. It counts child and family social workers only."] if found else []

    @property
    def curve(self) -> CurveChart | None:
        """Who is still there, by the year in which they began; cohorts of fewer than five people are left out."""
        made = cohorts(
            self.staff.stays, self.today.toordinal(), (self.today - timedelta(days=4 * 365)).toordinal()
        )
        shown = [
            (f"{year}-{(year + 1) % 100:02d}", kaplan_meier(stays))
            for year, stays in made.items()
            if len(stays) >= FEWEST
        ]
        shown = shown[-4:]
        if not shown:
            return None
        after = [(name, curve.at(365.0)) for name, curve in shown]
        known = [(name, step) for name, step in after if step is not None]
        finding = "Nobody who began lately has been seen for a year yet."
        if known:
            name, step = known[-1]
            finding = (
                f"Of those who began in {name}, {step.kept:.0%} were still here after a year "
                f"({step.low:.0%} to {step.high:.0%})."
            )
        number = sum(curve.stays for _, curve in shown)
        caption = Caption(
            self.now,
            number,
            "people",
            "Who is still here counts for as long as they were seen. Dashed: the range.",
        )
        return CurveChart(finding=finding, curves=shown, caption=caption)

    @property
    def hazard_rows(self) -> list[Row]:
        return [
            Row(
                (
                    each.grade,
                    each.experience,
                    _together(each, each.people),
                    _together(each, each.leavers),
                    "not known" if each.rate is None else f"{100 * each.rate:.0f}",
                    "not known" if each.high is None else f"{100 * each.low:.0f} to {100 * each.high:.0f}",
                )
            )
            for each in self.hazards
        ]


def _together(each: Hazard, number: int) -> Cell:
    return f"{number}, put together" if each.together else number


@dataclass(frozen=True, kw_only=True)
class Mix:
    """How experienced each team is; teams that the reader may not see in particular are not shown."""

    now: datetime
    today: date
    staff: Staff
    teams: Sequence[Team]

    @property
    def chart(self) -> MixChart | None:
        bands = [*(name for name, _, _ in BANDS), "not known"]
        day, counted = self.today.toordinal(), dict[int, dict[int, str]]()
        for each in self.staff.sat:
            if each.holds(day) and not each.agency:
                counted.setdefault(each.team, {})[each.worker] = band_of(each.since, day)
        shown = [
            (team.name, [sum(1 for band in counted[team.pk].values() if band == name) for name in bands])
            for team in self.teams
            if team.pk in counted
        ]
        if not shown:
            return None
        shown.sort(key=lambda each: (-(each[1][0] / sum(each[1])), each[0]))
        new, people = sum(each[1][0] for each in shown), sum(sum(each[1]) for each in shown)
        finding = f"{new} of {people} workers are in their first year in the profession."
        if len(shown) > 1 and shown[0][1][0]:
            finding += f" {shown[0][0]} has the largest share."
        if len(shown) > DRAWN:
            finding += f" Shown are {DRAWN} of {len(shown)} teams; the table has all."
        return MixChart(
            finding=finding, bands=bands, teams=shown, caption=Caption(self.now, people, "employed workers")
        )
