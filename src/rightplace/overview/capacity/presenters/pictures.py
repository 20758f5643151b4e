"""The pictures of an answer, each with its sentences: fans, chances, differences, how full people are, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from rightplace.common.web import words
from rightplace.common.web.charts import LineChart, Series
from rightplace.domain.simulation.scenarios.answer import Answer, Difference, Fan, Picture, ScenarioAnswer
from rightplace.domain.simulation.scenarios.promises import BY_CODE, PERCENT_OF_LOAD
from rightplace.domain.simulation.scenarios.saying import A_YEAR, matters, place_said, pounds_said, span_of
from rightplace.overview.capacity.charts import (
    Below,
    Between,
    Differences,
    FanOverWeeks,
    FanWeek,
    Reach,
    Reaches,
)
from rightplace.overview.capacity.presenters.surely import ALL, focus, ranked

Drawing = FanOverWeeks | Differences | Reaches | LineChart
MOST_LINES = 7
SHORT = {
    "review": "Reviews held late", "visit": "Visits missed", "unallocated": "Children without a worker of their own",
}  # fmt: skip
"""What is too long for a line on a phone."""
HEAVIEST = "workload"
"""The measure of what one worker in ten is above."""
MILLION = 1e6


@dataclass(frozen=True)
class Shown:
    """One picture on the page with the sentences below it."""

    chart: Drawing
    said: Sequence[str]
    heading: str = ""
    name: str = ""


def scale_of(unit: str) -> tuple[float, str]:
    """By how much a figure is multiplied to be read, and what it is then."""
    if unit == "share":
        return 100.0, "in every hundred"
    if unit == "pounds a week":
        return 1 / MILLION, "million pounds a week"
    return 1.0, {"percent of a full load": "per cent of a full load"}.get(unit, unit)


def futures_words(answer: Answer) -> str:
    return words.count_words(answer.replicates, "possible future")


def span_ahead(answer: Answer) -> str:
    """What a year's figures are over. The last year of a run of one is the year to come, and never the one behind us."""
    weeks = len(answer.weeks)
    if weeks < A_YEAR:
        return span_of(weeks)
    return "Over the year ahead" if weeks <= A_YEAR + 1 else "Over the last year looked at"


def ahead(sentence: str, answer: Answer) -> str:
    """A kept sentence, with the span that it is over as a reader takes it."""
    was, now = span_of(len(answer.weeks)), span_ahead(answer)
    return sentence.replace(was, now).replace(was[:1].lower() + was[1:], now[:1].lower() + now[1:])


def called(name: str, answer: Answer) -> str:
    """Where only one is held against things as they are, it needs no long name."""
    if len(answer.scenarios) == 2 and name == answer.scenarios[-1].name:
        return "with the change"
    return name[:1].lower() + name[1:] if name == answer.scenarios[0].name else name


def limit_words(picture: Picture) -> str:
    limit = picture.limit or 0.0
    return (
        f"at most {100 * limit:.3g} in 100"
        if picture.unit == "share"
        else f"at most {limit:g} per cent of a full load"
    )


def limit_said(picture: Picture) -> str:
    """The limit that is used, and whose it is."""
    usual = BY_CODE.get(picture.code)
    whose = ""
    if usual is not None and usual.limit == picture.limit:
        whose = " This is England’s share." if "in England" in usual.source else " This limit is assumed."
    return f"Limit: {limit_words(picture)} in each quarter.{whose}"


def load_now(answer: Answer) -> float | None:
    """How full the worker in the middle is in the first weeks, in per cent, where the question is about."""
    place = focus(answer)
    load = next(each for each in answer.scenarios[0].workload if each.place == place)
    return next((float(value) for value in load.middle.p50 if value is not None), None)


def beside(answer: Answer) -> list[Shown]:
    """Week by week, what is no promise: children without a worker, open cases, children in care."""
    return [week_by_week(answer, code, focus(answer)) for code in ("unallocated_children", "open", "in_care")]


def week_by_week(answer: Answer, code: str, place: str, finding: str = "") -> Shown:
    """One measure by week: a fan against things as they are, or of several scenarios the middle future of each."""
    return (_lines if len(answer.scenarios) > 2 else _fan)(answer, code, place, finding)


def _picture(scenario: ScenarioAnswer, code: str, place: str) -> Picture:
    return next(each for each in scenario.pictures if (each.code, each.place) == (code, place))


def _fan(answer: Answer, code: str, place: str, finding: str) -> Shown:
    told = _picture(answer.scenarios[-1], code, place)
    scale, unit = scale_of(told.unit)
    base = _picture(answer.scenarios[0], code, place) if len(answer.scenarios) > 1 else None
    promise = None
    if told.limit is not None:
        promise = (told.limit * scale, f"limit {told.limit * scale:.3g}")
    changed = answer.weeks[answer.first_change] if len(answer.scenarios) > 1 else None
    chart = FanOverWeeks(
        name=f"fan-{code.replace('_', '-')}", finding=finding or f"{words.capitalised(told.title)}{place_said(place)}",
        weeks=_weeks(answer, told.fan, scale), unit=unit, promise=promise,
        beside=_middle(answer, base.fan, scale) if base else (),
        marked=(changed, "it begins") if changed and answer.first_change else None,
        base=base_of(told), caption=Below(_below(answer, told)),
    )  # fmt: skip
    return Shown(chart, [ahead(told.sentence, answer)])


def _below(answer: Answer, told: Picture) -> str:
    """What stands below the weeks: how many futures, and how the weeks and their scale are to be read."""
    said = f"From {futures_words(answer)}, weeks from {words.plain_day(answer.begins)}."
    if told.unit == "share":
        return f"{said} Each point counts its week and the three before."
    return f"{said} The scale begins at {base_of(told):g}." if base_of(told) else said


def base_of(told: Picture) -> float:
    """Loads lie far from nought and close together: their scale begins below the lowest. Everything else begins at nought."""
    low = min((value for value in told.fan.p5 if value is not None), default=0.0)
    return floor(low / 20) * 20.0 if told.unit == PERCENT_OF_LOAD else 0.0


def _weeks(answer: Answer, fan: Fan, scale: float) -> list[FanWeek]:
    lines = (fan.p5, fan.p25, fan.p50, fan.p75, fan.p95)
    found = []
    for day, *values in zip(answer.weeks, *lines, strict=True):
        if all(value is not None for value in values):
            found.append(FanWeek(day, *(float(value or 0.0) * scale for value in values)))
    return found


def _middle(answer: Answer, fan: Fan, scale: float) -> list[tuple[date, float]]:
    return [
        (day, value * scale) for day, value in zip(answer.weeks, fan.p50, strict=True) if value is not None
    ]


def _lines(answer: Answer, code: str, place: str, finding: str) -> Shown:
    """Several scenarios: the middle future of each as a line; the ranges are in the spreadsheet."""
    told = [(scenario.name, _picture(scenario, code, place)) for scenario in answer.scenarios]
    scale, unit = scale_of(told[0][1].unit)
    base = min(base_of(picture) for _, picture in told)
    begins = f" The scale begins at {base:g}." if base else ""
    caption = Below(f"From {futures_words(answer)}, weeks from {words.plain_day(answer.begins)}.{begins}")
    chart = LineChart(
        finding=finding or f"{words.capitalised(told[0][1].title)}{place_said(place)}, the middle future",
        series=[
            Series(_letter(nth), _middle(answer, picture.fan, scale), subject=nth == len(told) - 1)
            for nth, (_, picture) in enumerate(told)
        ],
        caption=caption,
        unit=unit,
        base=base,
        drawn=f"lines-{code.replace('_', '-')}",
    )
    return Shown(
        chart, [f"{_letter(nth)}: {ahead(picture.sentence, answer)}" for nth, (_, picture) in enumerate(told)]
    )


def _letter(nth: int) -> str:
    return "ABCD"[nth - 1] if nth else "As now"


def differences(answer: Answer) -> list[Shown]:
    """For each pair: what differs by more than chance first, worst for children before the rest, each on a scale of its own."""
    found, place = [], focus(answer)
    rank = {code: nth for nth, code in enumerate(ranked(answer, place))}
    for nth, pair in enumerate(answer.pairs):
        told = [each for each in pair.differences if each.place == place or each.code == "cost"]
        told = [
            each for each in told if each.code != "contacts" and (each.place == ALL or each.code != "cost")
        ]
        told.sort(key=lambda each: (not each.told_apart, rank.get(each.code, len(rank))))
        lines = [_between(each) for each in told if each.low != each.high and _may_matter(each)][:MOST_LINES]
        if lines:
            chart = Differences(
                name=f"difference-{nth}", finding=f"{pair.other}{place_said(place)}, against {pair.base.lower()}",
                lines=lines, caption=Below(
                    "The dotted line is no difference. Each bar holds the difference 99 times of 100; grey ones may be "
                    f"chance alone. Each row has a scale of its own, and what is too small to matter is left out. {pair.luck}"
                ),
            )  # fmt: skip
            clear = sum(line.is_clear for line in lines)
            found.append(Shown(chart, [_clearly(clear, len(lines))]))
    return found


def _clearly(clear: int, of: int) -> str:
    """How many of the rows differ by more than chance alone would bring."""
    if not clear:
        return "None of these differs by more than chance alone would bring."
    if clear == of:
        return (
            "All of these differ by more than chance alone would bring."
            if of > 1
            else "It is more than chance alone would bring."
        )
    return f"{clear} of these {of} {'differs' if clear == 1 else 'differ'} by more than chance alone would bring."


def _may_matter(each: Difference) -> bool:
    """What is small for certain is left out: its row would say nought to nought."""
    return matters(max(abs(each.low), abs(each.high)), each.before, each.unit)


def _between(each: Difference) -> Between:
    said = tuple(_moved(value, each.unit) for value in (each.low, each.mean, each.high))
    what = SHORT.get(each.code, words.capitalised(each.title))
    return Between(what, each.low, each.mean, each.high, (said[0], said[1], said[2]), each.sentence)


def _moved(value: float, unit: str) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    size = abs(value)
    if unit == "share":
        return f"{sign}{100 * size:.1f} in 100" if size >= 0.0005 else "0 in 100"
    if unit == "pounds a week":
        return f"{sign}{pounds_said(size)}"
    return f"{sign}{size:,.{1 if size >= 0.1 else 2}f}" + ("%" if unit.startswith("percent") else "")


def how_full(answer: Answer) -> Shown:
    """How full people are over the year of which the sentence speaks: what the one in ten who carries most is above."""
    place, span = focus(answer), span_ahead(answer)
    reaches, said = list[Reach](), list[str]()
    for nth, scenario in enumerate(answer.scenarios):
        name, year = (
            words.capitalised(called(scenario.name, answer)),
            _picture(scenario, HEAVIEST, place).last_year,
        )
        if year is not None:
            reaches.append(
                Reach(name, year.low, year.middle, year.high, nth == len(answer.scenarios) - 1, _per_cent)
            )
        load = next(each for each in scenario.workload if each.place == place)
        sentence = ahead(load.sentence, answer)
        said.append(f"{name}: {sentence[:1].lower()}{sentence[1:]}")
    chart = Reaches(
        name="load", finding=f"{span} one worker in ten{place_said(place)} carries more than this",
        reaches=reaches, figure="Per cent of a full load", limit=(100.0, "a full load"),
        caption=Below(f"Per cent of a full load. From {futures_words(answer)}. The thin line holds 9 of 10."),
    )  # fmt: skip
    heading = f"How full people are{place_said(place)} {span[:1].lower()}{span[1:]}"
    return Shown(chart, said, heading, "loads")


def _per_cent(value: float) -> str:
    """As its sentence writes it."""
    return f"{value:.0f}"


def costs(answer: Answer) -> Shown:
    """What a year costs in each scenario."""
    reaches = []
    for nth, each in enumerate(answer.scenarios):
        year = each.cost.year
        name = words.capitalised(called(each.name, answer))
        reaches.append(
            Reach(name, year.low, year.middle, year.high, nth == len(answer.scenarios) - 1, pounds_said)
        )
    budget = answer.scenarios[-1].cost.budget
    chart = Reaches(
        name="cost", finding="What a year costs everywhere", reaches=reaches, figure="A year",
        limit=(budget, f"the budget, {pounds_said(budget)}") if budget else None,
        caption=Below(f"From {futures_words(answer)}. The thin line holds 9 of 10. What people cost is assumed."),
    )  # fmt: skip
    said = [
        f"{words.capitalised(called(each.name, answer))}: {each.cost.sentence[:1].lower()}{each.cost.sentence[1:]}"
        for each in answer.scenarios
    ]
    return Shown(chart, said, f"What a year costs: {_year_costs(answer)}", "costs")


def _year_costs(answer: Answer) -> str:
    """In the middle future of each."""
    first, *others = (pounds_said(each.cost.year.middle) for each in answer.scenarios)
    if not others:
        return first
    return (
        f"{words.listed(others)}, in place of {first}"
        if set(others) != {first}
        else f"{first}, as things are"
    )
