"""What a partner's own page says: a school's, and another agency's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rightplace.common.web import words
from rightplace.common.web.charts import BarChart, Caption, Change, LineChart, Series
from rightplace.common.web.pieces import Cell, Column, Row
from rightplace.domain.evidence import Comparison
from rightplace.services.funding.presenters.statement import WITHHELD, StatementPage, span_words, time_of
from rightplace.services.funding.statement import RULE, Term
from rightplace.services.funding.years import pounds, year_words
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
    """What the school's share pays for: a picture, sentences, and each term's children, hours, cost and share."""

    year: str
    sentences: Sequence[str]
    chart: BarChart | None
    rows: Sequence[Row]
    note: str


SHARE_COLUMNS = (
    Column("Term"), Column("Children helped", number=True), Column("Still helped at its end", number=True),
    Column("Needed no more", number=True), Column("Hours", number=True), Column("Cost", number=True),
    Column("Your share", number=True),
)  # fmt: skip


def _outcome(term: Term, key: str) -> Cell:
    count = term.outcomes[key]
    return WITHHELD if count is None else count


def share_said(said: StatementPage) -> ShareSaid:
    """The statement in short: the same figures and no other, so that nothing can be read from a difference."""
    told = said.told
    rows = [
        Row(
            [
                words.capitalised(span_words(term)),
                term.children,
                _outcome(term, "helped"),
                _outcome(term, "ended"),
                str(time_of(term.parts)),
                pounds(term.pence),
                pounds(share),
            ]
        )
        for term, share in zip(told.terms, told.share_by_term, strict=True)
    ]
    return ShareSaid(year_words(told.year), said.sentences, said.chart, rows, RULE)


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
        in_plain_words(comparison),
        found.rule,
        "",
        _chart(found, school, now),
    )


def in_plain_words(found: Comparison) -> list[str]:
    """What the picture says, how sure that is, and whether the comparison is fair, for somebody who is no statistician."""
    measure = found.measure
    by = measure.words(abs(found.estimate))
    schools = words.count_words(found.compared_with, "comparable school")
    years = f"{found.years_after[0] - 1}/{found.years_after[0] % 100:02d}"
    told = (
        f"Since the school year {years}, {measure.name} here came out {by} {_way(found.estimate)} than it would have, had "
        f"this school gone the way of {schools}."
    )
    ends = " and ".join(f"{measure.words(abs(value))} {_way(value)}" for value in (found.low, found.high))
    verdict = "it may as well be nothing" if found.low <= 0 <= found.high else "so it is not nothing"
    sure = (
        f"How sure is that? Figures swing by chance. In {_times(found.level)} the true difference lies between {ends}: "
        f"{verdict}."
    )
    more = words.count_words(len(found.left_out), "more school")
    left = f" {words.capitalised(more)} could not be used, since a year is missing." if found.left_out else ""
    before, after = _span(found.years_before), _span(found.years_after)
    which = f"Compared are the school years ending {before} with those ending {after}.{left}"
    return [told, sure, _fair(found), which]


def _way(value: float) -> str:
    return "higher" if value > 0 else "lower"


def _times(level: float) -> str:
    return {0.8: "four cases of five", 0.95: "nineteen cases of twenty"}.get(level, f"{level:.0%} of cases")


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _fair(found: Comparison) -> str:
    """Whether the school went the same way as the others before it joined, which makes the comparison fair."""
    if found.before is None:
        return "Is it fair? That cannot be checked: only one year before is known."
    years = words.count_words(found.before.years, "year")
    if found.before.unlike:
        return (
            f"Is it fair? No: in the {years} before it joined this school was already going another way than the others, "
            "so nothing can be said of what joining changed."
        )
    return (
        f"Is it fair? As far as one can see: in the {years} before it joined this school went much the same way as the "
        "others. So few years would miss a small difference."
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
