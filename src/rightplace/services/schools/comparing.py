"""Whether a school's attendance or exclusions went otherwise than at comparable schools that had not yet joined.

Never a bare before-and-after. Which schools are comparable is a stated rule: the same phase, a like size, a like share
of free meals; it is widened by one step where too few are left, and the page says so. No figure is made of few years.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rightplace.domain.evidence.comparing import Comparison, Measure, Panel, difference_in_differences
from rightplace.domain.evidence.refusing import TooFew
from rightplace.foundation.organisation.models import School
from rightplace.services.schools.models import SchoolYear
from rightplace.services.schools.queries import figures_of, listings_now

Value = Callable[[SchoolYear], float | None]
LEVEL = 0.80
ENOUGH = 9
"""So many comparable schools are wanted; below four there is no interval at all, and the domain refuses."""
SMALL_NUMBER = 8
SIZES = {"primary": (240, 420), "secondary": (700, 1_100)}
OTHER_SIZES = (100, 250)
MEALS = (20.0, 40.0)
ABSENCE = Measure("absence", "percentage points", 1)
SUSPENSIONS = Measure("suspensions for each 100 pupils", "", 1)


@dataclass(frozen=True)
class Like:
    """What makes schools comparable: phase, size band, band of free meals."""

    phase: str
    size: int
    meals: int

    @property
    def size_words(self) -> str:
        low, high = SIZES.get(self.phase, OTHER_SIZES)
        return (f"under {low} pupils", f"{low} to {high - 1} pupils", f"{high} pupils or more")[self.size]

    @property
    def meals_words(self) -> str:
        low, high = MEALS
        return (
            f"under {low:.0f}% with free meals",
            f"{low:.0f}% to {high:.0f}% with free meals",
            f"{high:.0f}% or more with free meals",
        )[self.meals]


@dataclass(frozen=True)
class Compared:
    """One comparison, or why there is none; and by which rule the schools were chosen."""

    name: str
    rule: str
    comparison: Comparison | None
    refusal: TooFew | None
    own: Mapping[int, float]
    others: Mapping[int, float]
    since: int


def band(value: float, cuts: tuple[float, float]) -> int:
    """In which of three bands a value lies."""
    return sum(value >= cut for cut in cuts)


def likeness() -> dict[int, Like]:
    """Each school's bands, from the national list as it stands; a school that it says too little of is left out."""
    found: dict[int, Like] = {}
    for school, said in listings_now().items():
        if said.pupils is not None and said.free_meals is not None:
            cuts = SIZES.get(said.phase, OTHER_SIZES)
            found[school] = Like(said.phase, band(said.pupils, cuts), band(float(said.free_meals), MEALS))
    return found


def comparable(
    school: int, like: Mapping[int, Like], joined: Mapping[int, int], until: int
) -> tuple[list[int], str]:
    """Schools to hold a school against, none of which had joined by the last year; and the rule, in words."""
    own = like[school]
    free = [
        s for s in like if s != school and joined.get(s, until + 1) > until and like[s].phase == own.phase
    ]
    same_size = [s for s in free if like[s].size == own.size]
    steps = (
        ([s for s in same_size if like[s].meals == own.meals], f"{own.size_words} and {own.meals_words}"),
        (
            same_size,
            f"{own.size_words}; free meals were left aside, since too few schools were alike in both",
        ),
        ([s for s in free if like[s].meals == own.meals], f"{own.meals_words}; size was left aside"),
        (free, "size and free meals were left aside, since too few schools were alike"),
    )
    chosen, said = next(((found, words) for found, words in steps if len(found) >= ENOUGH), steps[-1])
    phase = School.Phase(own.phase).label
    return chosen, f"{phase.capitalize()} schools that had not joined by then: {said}."


def compare(school: int, joined: Mapping[int, int]) -> list[Compared]:
    """Absence and suspensions of a school since the school year in which it joined. `joined` is that year by school."""
    like = likeness()
    figures = figures_of(SchoolYear.objects.filter(school__in=[school, *like]))
    return [
        _compare(school, joined, like, figures, ABSENCE, absence),
        _compare(school, joined, like, figures, SUSPENSIONS, suspensions),
    ]


def absence(row: SchoolYear) -> float | None:
    """The share of sessions missed, in per cent."""
    if not row.sessions or row.missed is None:
        return None
    return 100 * row.missed / row.sessions


def suspensions(row: SchoolYear) -> float | None:
    """Suspensions for each hundred pupils; so few that they may tell who they were are not known here."""
    if not row.pupils or row.suspensions is None or 0 < row.suspensions < SMALL_NUMBER:
        return None
    return 100 * row.suspensions / row.pupils


def _compare(
    school: int,
    joined: Mapping[int, int],
    like: Mapping[int, Like],
    figures: Mapping[tuple[int, int], SchoolYear],
    measure: Measure,
    value: Value,
) -> Compared:
    own = _series(school, figures, value)
    since, until = joined[school], max(own, default=0)
    if school not in like:
        why = TooFew(
            "The national list says too little of this school to find comparable ones.",
            "Take in a list that has its number of pupils and its share of free meals.",
        )
        return Compared(measure.name, "", None, why, own, {}, since)
    chosen, rule = comparable(school, like, joined, until)
    panel = {str(s): _series(s, figures, value) for s in (school, *chosen)}
    comparison, refusal = None, None
    try:
        comparison = difference_in_differences(
            panel, treated=[str(school)], since=since, measure=measure, level=LEVEL
        )
    except TooFew as why:
        refusal = why
    return Compared(measure.name, rule, comparison, refusal, own, _middle(panel, chosen, sorted(own)), since)


def _series(school: int, figures: Mapping[tuple[int, int], SchoolYear], value: Value) -> dict[int, float]:
    """A school's figure by year, where it is known."""
    found = {year: value(row) for (of, year), row in figures.items() if of == school}
    return {year: number for year, number in found.items() if number is not None}


def _middle(panel: Panel, schools: Sequence[int], years: Sequence[int]) -> dict[int, float]:
    """The average of the comparable schools that have every one of these years."""
    whole = [panel[str(s)] for s in schools if all(year in panel[str(s)] for year in years)]
    return {year: sum(each[year] for each in whole) / len(whole) for year in years} if whole else {}
