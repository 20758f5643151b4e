"""What published figures cannot tell apart: some parameters of the system only show themselves together.

The system is run forward for one authority with each parameter moved a little; how the published figures answer
gives Fisher's information. With a wide prior added, what stays as uncertain as before was never measured, and
what moves together can be exchanged without any published figure noticing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rightplace.domain.simulation.published.reading import Grid

# Those that the tables give directly, and those that a simulated service needs and no table holds.
TITLES = {
    "referral_rate": "referrals for each child",
    "need_share": "episodes of need for each referral",
    "need_ending_new": "ending of need in its first year",
    "need_ending_old": "ending of need after its first year",
    "need_gap": "children who leave the count without a recorded end",
    "plan_share": "plans for each episode of need",
    "plan_ending_new": "ending of plans in their first year",
    "plan_ending_old": "ending of plans after their first year",
    "care_share": "children entering care for each episode of need",
    "care_ending_new": "leaving care in the first year",
    "care_ending_old": "leaving care after the first year",
    "joining": "joining for each social worker in post",
    "leaving_new": "leaving in the first year in post",
    "leaving_old": "leaving after the first year in post",
    "vacant": "vacancies for each social worker in post",
    "agency_fill": "share of vacancies that agency workers fill",
    "holding": "share of social workers who hold cases",
    "open_work": "cases held for each child in need",
}
WIDE = 1.0  # prior standard deviation on logs or log-odds: a factor of about three either way
ALIKE = 0.8


@dataclass(frozen=True)
class Apart:
    """Parameters with the share of their uncertainty that the figures take away, and those that go together."""

    learnt: Mapping[str, float]
    confused: Sequence[tuple[str, str, float]]

    def said(self) -> list[str]:
        """In sentences."""
        told = [
            f"The figures cannot tell {TITLES[one]} from {TITLES[other]} (correlation {how:+.2f})."
            for one, other, how in self.confused
        ]
        unknown = [TITLES[name] for name, share in self.learnt.items() if share < 0.5]
        if unknown:
            told.append(f"The figures say little or nothing about: {', '.join(unknown)}.")
        return told


def _share(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


def run_forward(theta: Mapping[str, float], starting: Mapping[str, float], years: int) -> dict[str, Grid]:
    """The published figures of so many years if these parameters held: a deterministic year-by-year balance."""
    need, plans, care, people = (starting[name] for name in ("in_need", "plans", "in_care", "in_post"))
    told: dict[str, list[float]] = {}
    for _ in range(years):
        referrals = np.exp(theta["referral_rate"]) * starting["children"]
        begun = np.exp(theta["need_share"]) * referrals
        need, ended = _year(theta, "need", need, begun)
        gone = need * _share(theta["need_gap"])
        need -= gone
        planned, taken = _share(theta["plan_share"]) * begun, _share(theta["care_share"]) * begun
        plans, _ = _year(theta, "plan", plans, planned)
        care, left_care = _year(theta, "care", care, taken)
        joined = np.exp(theta["joining"]) * people
        people, left = _year(theta, "", people, joined)
        vacant = float(np.exp(theta["vacant"])) * people
        agency = _share(theta["agency_fill"]) * vacant
        holders = _share(theta["holding"]) * (people + agency)
        year = {
            "referrals": referrals, "in_need_started": begun, "in_need_ended": ended, "in_need": need,
            "plans_started": planned, "plans": plans, "care_started": taken, "care_ended": left_care, "in_care": care,
            "in_post": people, "starters": joined, "leavers": left, "vacancies": vacant, "agency": agency,
            "case_holders": holders, "cases": np.exp(theta["open_work"]) * need,
        }  # fmt: skip
        for name, value in year.items():
            told.setdefault(name, []).append(float(value))
    return {name: np.array(values) for name, values in told.items()}


def _year(theta: Mapping[str, float], of: str, stock: float, inflow: float) -> tuple[float, float]:
    """A stock after a year and how many left it: newcomers and the others leave at rates of their own."""
    kind = f"{of}_ending" if of else "leaving"
    out = _share(theta[f"{kind}_old"]) * stock + _share(theta[f"{kind}_new"]) * inflow
    return stock + inflow - out, out


def apart(
    theta: Mapping[str, float],
    starting: Mapping[str, float],
    seen: Mapping[str, int],
    error: Mapping[str, float],
) -> Apart:
    """Fisher's information of so many published years of each figure, and what the posterior confuses."""
    names = list(theta)
    years = max(seen.values(), default=0)
    information = np.eye(len(names)) / WIDE**2
    if years:
        slopes = {name: _slope(theta, name, starting, years) for name in names}
        for figure, count in seen.items():
            jacobian = np.stack([slopes[name][figure][years - count :] for name in names], axis=1)
            information += jacobian.T @ jacobian / error[figure] ** 2
    cover = np.linalg.inv(information)
    spread = np.sqrt(np.diag(cover))
    correlation = cover / np.outer(spread, spread)
    confused = [
        (names[i], names[j], float(correlation[i, j]))
        for i in range(len(names))
        for j in range(i + 1, len(names))
        if abs(correlation[i, j]) >= ALIKE
    ]
    learnt = {name: float(1 - spread[at] ** 2 / WIDE**2) for at, name in enumerate(names)}
    return Apart(learnt, confused)


def _slope(
    theta: Mapping[str, float], moved: str, starting: Mapping[str, float], years: int
) -> dict[str, Grid]:
    """How the logs of all figures answer a small move of one parameter, by central differences."""
    step = 1e-4
    up = run_forward({**theta, moved: theta[moved] + step}, starting, years)
    down = run_forward({**theta, moved: theta[moved] - step}, starting, years)
    return {
        name: (np.log(np.maximum(up[name], 1e-9)) - np.log(np.maximum(down[name], 1e-9))) / (2 * step)
        for name in up
    }
