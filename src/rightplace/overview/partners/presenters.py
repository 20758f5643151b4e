"""What a partner's own page says: a school's, and another agency's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rightplace.common.web import words
from rightplace.common.web.charts import Caption, Change, LineChart, Series
from rightplace.services.funding.statement import Standing
from rightplace.services.funding.years import percent, pounds, year_words
from rightplace.services.schools.comparing import Compared
from rightplace.services.schools.queries import AnswerTimes


def concern_words(times: AnswerTimes) -> list[str]:
    """Answer times of the front door as sentences."""
    if not times.asked:
        return ["You and your colleagues raised no concern in the last twelve months."]
    found = [f"{words.count_words(times.asked, 'concern')} raised in the last twelve months."]
    if times.middle is not None:
        found.append(f"Half were answered within {_length(times.middle)}.")
    if times.judged:
        found.append(f"{times.within} of {times.judged} were answered in time.")
    if times.waiting:
        found.append(
            f"{words.count_words(times.waiting, 'concern')} {'waits' if times.waiting == 1 else 'wait'} now."
        )
    return found


def _length(lasted: timedelta) -> str:
    hours = lasted.total_seconds() / 3600
    return words.length(lasted) if hours < 48 else f"{hours / 24:.1f} days"


@dataclass(frozen=True)
class ShareSaid:
    """The school's share of the cost, in sentences: what is agreed, due and paid. The statement has all the rest."""

    year: str
    sentences: Sequence[str]


def share_said(standing: Standing) -> ShareSaid:
    """How it stands with the share in a few sentences."""
    year = year_words(standing.year)
    if not standing.agreed:
        return ShareSaid(year, ["There is no agreement between the school and the council."])
    found = ["No share has been agreed for this year."]
    if standing.share is not None:
        found = [f"The school pays {percent(standing.share)} of what the work for its children costs."]
    if standing.due or standing.paid:
        left = f", {pounds(standing.left)} is still owed" if standing.left else ", nothing is owed"
        found.append(
            f"{pounds(standing.due)} is due this year and {pounds(standing.paid)} has been paid{left}."
        )
    return ShareSaid(year, found)


@dataclass(frozen=True)
class ComparedSaid:
    """A comparison as a sentence with its interval and a picture; or why there is none."""

    name: str
    finding: str
    sentences: Sequence[str]
    rule: str
    instead: str
    chart: LineChart | None


def compared_said(found: Compared, school: str, now: datetime) -> ComparedSaid:
    """What can be said of one measure, and never more than its interval allows."""
    if found.comparison is None:
        because = found.refusal.because if found.refusal else "There are no figures."
        instead = found.refusal.instead if found.refusal else ""
        return ComparedSaid(
            found.name,
            f"{words.capitalised(found.name)} cannot be compared.",
            [because],
            found.rule,
            instead,
            None,
        )
    comparison = found.comparison
    return ComparedSaid(
        found.name,
        comparison.finding,
        [comparison.uncertainty, comparison.trend, comparison.counted],
        found.rule,
        "",
        _chart(found, school, now),
    )


def _chart(found: Compared, school: str, now: datetime) -> LineChart | None:
    years = sorted(found.own)
    if not found.others or len(years) < 2 or found.comparison is None:
        return None

    def points(values: Mapping[int, float]) -> list[tuple[date, float | None]]:
        return [(date(year, 7, 31), values.get(year)) for year in years]

    series = [
        Series("This school", points(found.own), subject=True),
        Series("Comparable schools", points(found.others)),
    ]
    caption = Caption(now, found.comparison.compared_with + 1, "schools, school years by their last day")
    change = Change(date(found.since - 1, 9, 1), "joined") if found.since - 1 >= years[0] else None
    return LineChart(
        finding=found.comparison.finding, series=series, caption=caption, change=change,
        drawn=f"compared-{'absence' if 'absence' in found.name else 'suspensions'}",
    )  # fmt: skip
