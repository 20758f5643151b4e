"""What published figures say of a simulated service: how one authority stands beside the one in the middle.

The model comes with England's strengths. Where a published figure means what a strength means, England's value is
multiplied by that ratio; where none does, it is left alone and named. A ratio carries the range of both its figures.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rightplace.domain.simulation.census import yearly_flow
from rightplace.domain.simulation.names import CARE, ENQUIRY, SOURCES
from rightplace.domain.simulation.parameters import Parameters
from rightplace.domain.simulation.published.calibration import Calibration
from rightplace.domain.simulation.published.flows import Fitted

ROUNDING: Final = 0.99  # what is cut stays possible when it is written with three figures
LEAVING: Final = ("leaving.newly", "leaving.early", "leaving.experienced")
NOT_CARRIED: Final = (
    "Contacts: no table has them. More contacts and a lower threshold look alike in a count of referrals.",
    "Referrals that follow another: here who comes back goes through the front door again, so this is a result.",
    "Referrals assessed as not in need, and how many episodes: published need begins before the assessment, ours after.",
    "How need, plans and care end: totals of endings do not tell the first year from later ones.",
    "Second plans: the model knows none.",
    "Vacancies and people who join: how long a post stands empty is not published, and the first day has England's.",
    "Case holders and cases for each worker: these are results. Hold them against the answer.",
    "Who is open on the first day: as many as in England; it takes a year or two to come to what is usual here.",
    "How overload and shortage act back: published figures do not show it (docs/backtest.md).",
)


@dataclass(frozen=True)
class Times:
    """So many times as in the middle, with a range that holds four times in five; kept in logs."""

    log: float
    wide: float

    def __mul__(self, other: Times) -> Times:
        return Times(self.log + other.log, math.hypot(self.wide, other.wide))

    def __truediv__(self, other: Times) -> Times:
        return Times(self.log - other.log, math.hypot(self.wide, other.wide))

    @property
    def three(self) -> tuple[float, float, float]:
        """Low, middle, high."""
        return math.exp(self.log - self.wide), math.exp(self.log), math.exp(self.log + self.wide)

    def at_most(self, most: float) -> Times:
        """What comes of it where the model takes no more."""
        return Times(min(self.log, math.log(most)), self.wide)


@dataclass(frozen=True)
class Carried:
    """One published figure, or several together, and the strengths that it moves: name → low, value, high."""

    title: str
    times: Times
    strengths: Mapping[str, tuple[float, float, float]]
    because: str = ""


@dataclass(frozen=True)
class Carrying:
    """Everything that one authority's figures carry over to a simulated service."""

    posts: Times | None
    found: tuple[Carried, ...]
    without: tuple[str, ...]  # what would be carried over, had the folder figures of it

    @property
    def strengths(self) -> dict[str, float]:
        """The strengths of a scenario."""
        return {name: three[1] for one in self.found for name, three in one.strengths.items()}


def carrying(calibration: Calibration, given: Parameters) -> Carrying:
    """What is carried over, in the order in which families and people go."""
    flows = {one.flow.name: one for one in calibration.flows if one.years}
    posts = _beside(flows, "posts")
    doors = _together(_beside(flows, "referral_rate"), _beside(flows, "no_action_share", _rest))
    per_referral = _together(
        _beside(flows, "need_share"), _beside(flows, "no_action_share", _rest), over=True
    )
    plans = _together(per_referral, _beside(flows, "plan_share"))
    care = _together(per_referral, _beside(flows, "care_share"))
    leaving = _beside(flows, "leaving", _hazard)
    left = leaving and leaving.at_most(_most(given, LEAVING))
    agency = _together(_beside(flows, "agency_share", _odds), left, over=True)
    absence = _beside(flows, "absence_share")
    told = (
        ("Referrals with further action", doors, _doors),
        ("Protection plans for each such referral", plans, _plans),
        ("Children entering care for each such referral", care, _to_care(plans)),
        ("Social workers who leave", leaving, _leaving),
        ("Social workers from an agency, for how many leave", agency, _agency),
        ("Working time lost to absence", absence, _absence),
    )
    found = tuple(make(title, times, given) for title, times, make in told if times is not None)
    without = [title for title, times, _ in told if times is None]
    return Carrying(posts, found, (*without, *(["Social work posts"] if posts is None else [])))


def _beside(flows: Mapping[str, Fitted], name: str, scale: Callable[[float], float] = float) -> Times | None:
    """How an authority's usual figure stands to that of the authority in the middle."""
    if name not in flows:
        return None
    low, usual, high = (math.log(scale(x)) for x in flows[name].usual)
    return Times(usual - math.log(scale(flows[name].typical)), abs(high - low) / 2)


def _rest(share: float) -> float:
    return 1.0 - share


def _odds(share: float) -> float:
    return share / (1.0 - share)


def _hazard(share: float) -> float:
    """The yearly rate that a share gone within the year means."""
    return -math.log1p(-share)


def _together(one: Times | None, other: Times | None, *, over: bool = False) -> Times | None:
    if one is None or other is None:
        return None
    return one / other if over else one * other


def _scaled(
    given: Parameters, names: Iterable[str], times: Times, most: float = math.inf
) -> dict[str, tuple[float, float, float]]:
    low, middle, high = (min(x, most) for x in times.three)
    return {
        name: (given.value(name) * low, given.value(name) * middle, given.value(name) * high)
        for name in names
    }


def _cut(times: Times, most: float) -> str:
    """Said where a range reaches beyond what a scenario may say."""
    return f"; {cut_at(most)}" if times.three[2] > most else ""


def cut_at(most: float) -> str:
    """In the words of a scenario's text."""
    return f"cut at {most:.2f} times, the most that the model takes"


def _doors(title: str, times: Times, given: Parameters) -> Carried:
    names = [f"door.{kind}.{source}" for kind in ("assess", "enquire") for source in SOURCES]
    most = ROUNDING * min(
        (1 - given.value(f"door.support.{source}"))
        / (given.value(f"door.assess.{source}") + given.value(f"door.enquire.{source}"))
        for source in SOURCES
    )
    because = "for each child; by source as in England" + _cut(times, most)
    return Carried(title, times, _scaled(given, names, times, most), because)


def _plans(title: str, times: Times, given: Parameters) -> Carried:
    """No table says at which step more come through: the step in the middle takes it all."""
    most = _most_plans(given)
    strengths = _scaled(given, ["enquiry.conference"], times, most)
    because = (
        "more enquiries, more conferences or more plans for each are not told apart; taken as conferences"
    )
    return Carried(title, times, strengths, because + _cut(times, most))


def _most_plans(given: Parameters) -> float:
    """As many times as leaves room for the other ways from an enquiry."""
    return ROUNDING * (1 - given.value("enquiry.need")) / given.value("enquiry.conference") * 0.8


def _to_care(plans: Times | None) -> Callable[[str, Times, Parameters], Carried]:
    """Children come to care from enquiries and from plans: where plans are more, less is left to say."""

    def make(title: str, times: Times, given: Parameters) -> Carried:
        flow = yearly_flow(given, 10_000)
        asked = float(flow[ENQUIRY]) * given.value("enquiry.care")
        planned = float(flow[CARE]) - asked
        more = plans.at_most(_most_plans(given)).three[1] if plans else 1.0
        left = times * Times(math.log((asked + planned) / (asked + more * planned)), 0.0)
        room = ROUNDING * (1 - given.value("enquiry.need")) * 0.2 / given.value("enquiry.care")
        strengths = _scaled(given, ["enquiry.care", "review.care"], left, room)
        because = "from enquiries and from plans alike, less what more plans bring"
        return Carried(title, times, strengths, because + _cut(left, room))

    return make


def _most(given: Parameters, names: Iterable[str]) -> float:
    """As many times as a scenario takes."""
    return ROUNDING * min(given.strengths[name].most / given.value(name) for name in names)


def _leaving(title: str, times: Times, given: Parameters) -> Carried:
    most = _most(given, LEAVING)
    because = "by experience as in England" + _cut(times, most)
    return Carried(title, times, _scaled(given, LEAVING, times, most), because)


def _agency(title: str, times: Times, given: Parameters) -> Carried:
    """Agency staff in post are those who came, for as long as they stay beside how long others do."""
    odds = _odds(given.value("recruit.agency"))
    low, middle, high = (odds * x / (1 + odds * x) for x in times.three)
    return Carried(title, times, {"recruit.agency": (low, middle, high)}, "of the odds that they fill a post")


def _absence(title: str, times: Times, given: Parameters) -> Carried:
    names = ["absence.spells"]
    most = _most(given, names)
    because = "as spells; how long each lasts as in England" + _cut(times, most)
    return Carried(title, times, _scaled(given, names, times, most), because)
