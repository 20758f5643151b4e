"""The system as stocks and flows: which share of one count becomes the next, for one authority among all.

Referrals → need → protection plans → care, and people joining and leaving. Each share is fitted as: what the nation
did that year, what is usual here (drawn towards region and nation the less is known), and a deviation that fades.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from rightplace.domain.simulation.published.reading import Grid, Published
from rightplace.domain.simulation.published.series import bridged, carried

FEW = 20  # authorities below which the shipped spread between authorities is used
ROUNDED = 10.0**2 / 12  # the variance that rounding to tens adds to a count
WEEKS_AT_WORK = 44.0  # a year less leave: absence is counted in weeks, days of one spell are one accident


@dataclass(frozen=True)
class Flow:
    """A share or rate of the system: of what, out of what."""

    name: str
    title: str
    part: Callable[[Mapping[str, Grid]], Grid]
    whole: Callable[[Mapping[str, Grid]], Grid]
    share: bool  # a share of a whole, else a rate
    per: float = 1.0


def _before(grid: Grid) -> Grid:
    return np.concatenate([np.full((len(grid), 1), np.nan), grid[:, :-1]], axis=1)


def _of(name: str) -> Callable[[Mapping[str, Grid]], Grid]:
    return lambda figures: figures[name]


def _through(stock: str, inflow: str) -> Callable[[Mapping[str, Grid]], Grid]:
    """Everybody who was in a stock in the year: those at its start and those who came."""
    return lambda figures: _before(figures[stock]) + figures[inflow]


def _gone(stock: str, inflow: str) -> Callable[[Mapping[str, Grid]], Grid]:
    return lambda figures: np.maximum(_before(figures[stock]) + figures[inflow] - figures[stock], 0.0)


def _sum(*names: str) -> Callable[[Mapping[str, Grid]], Grid]:
    return lambda figures: np.sum([figures[name] for name in names], axis=0)


FLOWS = (
    Flow("referral_rate", "Referrals for each 1,000 children", _of("referrals"), _of("children"), False, 1000.0),
    Flow("repeat_share", "Referrals that follow another within a year", _of("re_referrals"), _of("referrals"), True),
    Flow("no_action_share", "Referrals with no further action", _of("no_further_action"), _of("referrals"), True),
    Flow("not_in_need_share", "Referrals assessed as not in need", _of("assessed_not_in_need"), _of("referrals"), True),
    Flow("need_share", "Episodes of need started for each referral", _of("in_need_started"), _of("referrals"), False),
    Flow("need_ending", "Episodes of need that end within the year", _of("in_need_ended"),
         _through("in_need", "in_need_started"), True),
    Flow("plan_share", "Protection plans for each episode of need", _of("plans_started"), _of("in_need_started"), True),
    Flow("repeat_plan_share", "Plans that are a second or later one", _of("repeat_plans"), _of("plans_started"), True),
    Flow("plan_ending", "Protection plans that end within the year", _gone("plans", "plans_started"),
         _through("plans", "plans_started"), True),
    Flow("care_share", "Children entering care for each episode of need", _of("care_started"),
         _of("in_need_started"), True),
    Flow("care_ending", "Children in care who leave within the year", _of("care_ended"),
         _through("in_care", "care_started"), True),
    Flow("posts", "Social work posts for each 1,000 children", _sum("in_post", "vacancies"), _of("children"), False,
         1000.0),
    Flow("joining", "Social workers joining for each one in post", _of("starters"),
         lambda figures: _before(figures["in_post"]), False),
    Flow("leaving", "Social workers who leave within the year", _of("leavers"), _through("in_post", "starters"), True),
    Flow("vacancy_share", "Posts that stand vacant", _of("vacancies"), _sum("vacancies", "in_post"), True),
    Flow("agency_share", "Social workers who are from an agency", _of("agency"), _sum("agency", "in_post"), True),
    Flow("case_holding", "Case holders for each social worker", _of("case_holders"), _sum("agency", "in_post"), False),
    Flow("caseload", "Cases for each worker who holds any", _of("cases"), _of("case_holders"), False),
    Flow("absence_share", "Working time lost to absence",
         lambda figures: figures["absence"] / 100 * WEEKS_AT_WORK * figures["in_post"],
         lambda figures: WEEKS_AT_WORK * figures["in_post"], True),
)  # fmt: skip
BY_FLOW = {flow.name: flow for flow in FLOWS}


@dataclass(frozen=True)
class Spread:
    """How a flow differs between authorities and moves in time."""

    mean: Mapping[int, float]
    between: float
    regions: float
    within: float
    persistence: float
    authorities: float


@dataclass(frozen=True)
class Fitted:
    """One flow of one authority."""

    flow: Flow
    usual: tuple[float, float, float]  # low, middle, high of an 80% range
    now: float | None
    years: int
    own_weight: float
    persistence: float
    swing: float
    spread: float  # posterior standard deviation of the usual level, on the fitting scale
    between: float
    typical: float  # the authority in the middle, in the last year


def figures_of(published: Published, end: int) -> dict[str, Grid]:
    """Bridged counts up to a year, with the children."""
    figures = {name: bridged(grid[:, : end + 1]) for name, grid in published.values.items()}
    figures["children"] = carried(published.children[:, : end + 1])
    return figures


def observed(flow: Flow, figures: Mapping[str, Grid]) -> tuple[Grid, Grid]:
    """The flow on its fitting scale (log-odds or logs) and the variance that counting and rounding give it."""
    part, whole = flow.part(figures), flow.whole(figures)
    with np.errstate(divide="ignore", invalid="ignore"):
        if flow.share:
            share = np.clip((part + 0.5) / (whole + 1.0), 1e-4, 1 - 1e-4)
            noise = (1 + ROUNDED / np.maximum(part, 1.0)) / np.maximum(whole * share * (1 - share), 0.5)
            x = np.log(share / (1 - share))
        else:
            x = np.log((part + 0.5) / np.maximum(whole, 0.5))
            noise = (1 + ROUNDED / np.maximum(part, 1.0)) / np.maximum(part, 0.5)
    known = np.isfinite(part) & np.isfinite(whole) & (whole > 0)
    return np.where(known, x, np.nan), np.where(known, np.minimum(noise, 4.0), np.nan)


def all_flows(published: Published, end: int) -> dict[str, tuple[Grid, Grid]]:
    """Every flow of every authority up to a year: on its fitting scale, and its noise."""
    figures = figures_of(published, end)
    return {flow.name: observed(flow, figures) for flow in FLOWS}


def spreads_of(published: Published, seen: Mapping[str, tuple[Grid, Grid]]) -> dict[str, Spread]:
    """How each flow differs between these authorities, where enough of them are seen."""
    regions = [place.region for place in published.places]
    found = {name: spread_of(x, published.years[: x.shape[1]], regions) for name, (x, _) in seen.items()}
    return {name: spread for name, spread in found.items() if spread is not None}


def back(flow: Flow, x: float) -> float:
    """From the fitting scale to the share or rate."""
    return float(1 / (1 + np.exp(-x))) if flow.share else float(np.exp(x) * flow.per)


def spread_of(x: Grid, years: tuple[int, ...], regions: list[str]) -> Spread | None:
    """How authorities differ and deviations fade, from how far apart figures lie at each distance in years."""
    seen = np.isfinite(x).sum(axis=0)
    if not (seen >= 3).any() or np.isfinite(x).sum() < 12:
        return None
    mean = {year: float(np.nanmedian(x[:, at])) for at, year in enumerate(years) if seen[at] >= 3}
    off = x - np.array([mean.get(year, np.nan) for year in years])
    faded = _fading(off)
    if faded is None:
        return None  # of one year nobody can say what is usual and what was chance
    persistence, within = faded
    rows = np.flatnonzero(np.isfinite(off).any(axis=1))
    usual = np.nanmean(off[rows], axis=1)
    total = float(np.nanmean(np.minimum(off, 6.0) ** 2))
    between = max(total - within**2, 0.05 * total, 1e-6)
    return Spread(
        mean,
        between**0.5,
        _between_regions(usual, [regions[row] for row in rows]),
        within,
        persistence,
        float(seen.max()),
    )


def _fading(off: Grid) -> tuple[float, float] | None:
    """Persistence and size of deviations: figures k years apart differ by 2 s² (1 - p^k) on average.

    None where no figures lie years apart.
    """
    lags = [k for k in range(1, min(7, off.shape[1])) if np.isfinite(off[:, k:] - off[:, :-k]).sum() >= 3]
    if not lags:
        return None
    apart = np.array([_trimmed((off[:, k:] - off[:, :-k]) ** 2) for k in lags])
    best, found = np.inf, (0.5, 0.1)
    for persistence in np.arange(0.0, 0.96, 0.05):
        shape = 2 * (1 - persistence ** np.array(lags))
        squared = float((shape @ apart) / (shape @ shape))
        misfit = float(((apart - squared * shape) ** 2).sum())
        if misfit < best:
            best, found = misfit, (float(persistence), squared**0.5)
    return found[0], max(found[1], 1e-3)


def _trimmed(squares: Grid) -> float:
    known = np.sort(squares[np.isfinite(squares)])
    return float(known[: max(1, int(0.95 * len(known)))].mean())


def _between_regions(usual: Grid, regions: list[str]) -> float:
    """How far regions lie apart beyond what chance among their authorities gives."""
    groups = [usual[[one == region for one in regions]] for region in sorted(set(regions))]
    groups = [group for group in groups if len(group) >= 2]
    if len(groups) < 2:
        return 0.0
    inside = float(np.mean([group.var(ddof=1) / len(group) for group in groups]))
    apart = float(np.var([group.mean() for group in groups], ddof=1))
    return float(max(apart - inside, 0.0) ** 0.5)


def fitted(
    flow: Flow, x: Grid, noise: Grid, years: tuple[int, ...], spread: Spread, neighbours: Grid
) -> Fitted:
    """One authority's flow by Gaussian conditioning: its own years, its region and the nation, each by its weight."""
    mean = np.array([spread.mean.get(year, np.nan) for year in years])
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(mean))
    last = spread.mean[max(spread.mean)]
    start, prior = _from_region(neighbours, spread)
    if len(known) == 0:
        return _told(flow, last, start, prior, prior, None, 0, spread)
    apart = np.abs(known[:, None] - known[None, :])
    cover = prior + spread.within**2 * spread.persistence**apart + np.diag(noise[known])
    off = x[known] - mean[known] - start
    weights = np.linalg.solve(cover, np.ones(len(known))) * prior
    usual, left = start + float(weights @ off), prior * (1 - float(weights.sum()))
    return _told(flow, last, usual, max(left, 1e-9), prior, float(x[known[-1]]), len(known), spread)


def _from_region(neighbours: Grid, spread: Spread) -> tuple[float, float]:
    """Where to start from before this authority's own figures, and how sure that is."""
    known = neighbours[np.isfinite(neighbours)]
    inside = max(spread.between**2 - spread.regions**2, 0.2 * spread.between**2)
    if len(known) == 0 or spread.regions == 0:
        return 0.0, spread.between**2
    trust = spread.regions**2 / (spread.regions**2 + inside / len(known))
    return float(trust * known.mean()), inside + spread.regions**2 * (1 - trust)


def _told(
    flow: Flow,
    last: float,
    off: float,
    left: float,
    before: float,
    now: float | None,
    years: int,
    spread: Spread,
) -> Fitted:
    usual = last + off
    low, high = usual - 1.2816 * left**0.5, usual + 1.2816 * left**0.5
    return Fitted(
        flow,
        (back(flow, low), back(flow, usual), back(flow, high)),
        None if now is None else back(flow, now),
        years,
        1 - left / before if years else 0.0,
        spread.persistence,
        spread.within,
        left**0.5,
        spread.between,
        back(flow, last),
    )
