"""What one rule about a child or a module is, and what it may look at."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Generic, TypeVar

from rightplace.domain.practice import vocabulary
from rightplace.gateways.exchange.cin.children import Module, ReadChild, Referral
from rightplace.gateways.exchange.cin.findings import Finding, Weight

T = TypeVar("T", bound=Module)

FOREVER: Final = date.max


class Around:
    """What surrounds the thing being looked at: the year of the return, the child, the referral."""

    def __init__(self, year: int, first_day: date | None, last_day: date | None) -> None:
        self.year = year
        self.first_day = first_day
        self.last_day = last_day
        self.child = ReadChild(number=0, line=0)
        self.referral: Referral | None = None

    def after_return(self, day: date | None) -> bool:
        """Whether a day lies after the day up to which the return tells. Unknown is no."""
        return bool(day and self.last_day and day > self.last_day)

    def before_year(self, day: date | None) -> bool:
        """Whether a day lies before the year that the return tells of. Unknown is no."""
        return bool(day and self.first_day and day < self.first_day)

    def after_death(self, day: date | None) -> bool:
        """Whether a day lies after the child's death."""
        return bool(day and self.child.death_date and day > self.child.death_date)

    def before_referral(self, day: date | None) -> bool:
        """Whether a day lies before the referral that it belongs to."""
        return bool(day and self.referral and day < self.referral.referral_date)

    def after_closing(self, day: date | None) -> bool:
        """Whether a day lies after the closing of the referral that it belongs to."""
        return bool(day and self.referral and self.referral.closure_date and day > self.referral.closure_date)

    def unknown(self, codes: str, code: str) -> bool:
        """Whether a code is given and not on its list in the year of the return. Without a year, in no year."""
        if not code:
            return False
        return not (vocabulary.valid(codes, code, self.year) if self.year else vocabulary.known(codes, code))


@dataclass(frozen=True)
class Rule(Generic[T]):
    """A rule: our code, the census's nearest one, what it looks for, and the sentence when it is so.

    `when` answers yes or no, or with the modules that are at fault. The sentence may use {x}, what was looked at,
    and {a}, what surrounds it; never an identifier or a birth date.
    """

    code: str
    census: str
    when: Callable[[T, Around], bool | Sequence[Module]]
    sentence: str
    weight: Weight = Weight.DOUBT

    def look(self, x: T, around: Around, about: str) -> Iterable[Finding]:
        """What this rule finds about a child or a module."""
        answer = self.when(x, around)
        if answer:
            at: Sequence[Module] = (x,) if answer is True else answer
            for module in at:
                sentence = self.sentence.format(x=x, a=around)
                yield Finding(self.code, self.weight, sentence, module.line, about, self.census)


class _Span:
    """A module from its first day to its last."""

    __slots__ = ("end", "module", "start")

    def __init__(self, module: Module, start: date, end: date | None) -> None:
        self.module = module
        self.start = start
        self.end = end or FOREVER


def spans(modules: Iterable[tuple[Module, date, date | None]]) -> list[_Span]:
    """Modules with their days, in order of their beginning."""
    return sorted((_Span(*each) for each in modules), key=lambda span: (span.start, span.module.line))


def overlapping(found: list[_Span], *, touching: bool = False) -> list[Module]:
    """The modules that begin while an earlier one still runs; `touching` counts its last day too."""
    late = []
    latest = date.min
    for span in found:
        if span.start < latest or (touching and span.start == latest):
            late.append(span.module)
        latest = max(latest, span.end)
    return late


def together(these: list[_Span], those: list[_Span]) -> list[Module]:
    """Those of `these` that run on a day on which one of `those` runs; meeting on one day is no overlap."""
    return [a.module for a in these if any(a.start < b.end and b.start < a.end for b in those)]


def weekend(day: date | None) -> bool:
    """Whether a day is a Saturday or Sunday."""
    return day is not None and day.weekday() >= 5


def years_after(day: date, years: int) -> date:
    """The birthday so many years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def days(number: int) -> timedelta:
    """A number of calendar days."""
    return timedelta(days=number)
