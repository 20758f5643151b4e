"""Authorities that do not exist, with a truth that is known, written as the Department writes its tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import numpy as np

from rightplace.domain.simulation.published.reading import Published, read

YEARS = range(2013, 2026)
PLACE = ("time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code",
         "region_name", "old_la_code", "new_la_code", "la_name")  # fmt: skip
REGIONS = ("Northmarch", "Southmarch", "Eastmarch")


def table(columns: Iterable[str], rows: Iterable[tuple[int, int, dict[str, object]]], **fixed: str) -> str:
    """A published table: each row a year, the number of an authority, and its cells."""
    columns = list(columns)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*PLACE, *fixed, *columns])
    for year, number, cells in rows:
        place = [year, "Reporting year", "Local authority", "E92000001", "England", "", REGIONS[number % 3],
                 900 + number, f"E99{number:06d}", f"Inventshire {number}"]  # fmt: skip
        writer.writerow([*place, *fixed.values(), *(cells.get(column, "") for column in columns)])
    return out.getvalue()


def tens(number: float) -> int:
    return int(max(round(number / 10), 0) * 10)


def folder(
    authorities: int, seed: int = 1, *, swing: float = 0.12, fading: float = 0.7, years: range = YEARS
) -> dict[str, str]:
    """A folder of tables: rates that return to each authority's own level, counts rounded to tens."""
    chance = np.random.default_rng(seed)
    children = np.exp(chance.normal(11.0, 0.6, authorities))
    levels = np.exp(chance.normal(0, 0.25, (authorities, 8)))
    off = np.zeros((authorities, 8))
    need: list[tuple[int, int, dict[str, object]]] = []
    people: list[tuple[int, int, dict[str, object]]] = []
    population: list[tuple[int, int, dict[str, object]]] = []
    for year in years:
        off = fading * off + swing * chance.standard_normal((authorities, 8))
        rate = levels * np.exp(off)
        for number in range(authorities):
            size = children[number]
            referrals = 0.05 * size * rate[number, 0]
            started = 0.6 * referrals * rate[number, 1] ** 0.5
            stock = 0.033 * size * rate[number, 2]
            plans = 0.004 * size * rate[number, 3]
            need.append((year, number, {
                "referral_count": tens(referrals), "rereferral_count": tens(0.2 * referrals * rate[number, 4]),
                "no_further_action_count": tens(0.06 * referrals), "not_in_need_count": tens(0.3 * referrals),
                "Started_episodes": tens(started), "Ended_episodes": tens(0.95 * started), "At31_episodes": tens(stock),
                "awaiting_assessment": tens(0.05 * stock), "CPP_start": tens(1.2 * plans),
                "CPP_subsequent": tens(0.25 * plans), "CPP_At31": tens(plans),
            }))  # fmt: skip
            population.append((year - 1, number, {"population_estimate": round(size)}))
            if year >= 2017:
                post = 0.003 * size * rate[number, 5]
                people.append((year, number, {
                    "inpost_fte": f"{post:.1f}", "starters_fte": f"{0.16 * post * rate[number, 6]:.1f}",
                    "leavers_fte": f"{0.15 * post * rate[number, 7]:.1f}", "agency_fte": f"{0.16 * post:.1f}",
                    "vacancy_fte": f"{0.18 * post:.1f}", "case_holders_fte": f"{0.58 * post:.1f}",
                    "cases": round(0.58 * post * 16), "caseload_fte": "16.0", "absence_rate_fte": "3.1",
                }))  # fmt: skip
    first = need[0][2]
    return {
        "referrals.csv": table([key for key in first if "count" in key], need, category="Referrals and Re-referrals"),
        "children-in-need.csv": table(["Started_episodes", "Ended_episodes", "At31_episodes", "awaiting_assessment"], need),
        "plans-started.csv": table(["CPP_start", "CPP_subsequent"], need),
        "plans.csv": table(["CPP_At31"], need),
        "workforce.csv": table(list(people[0][2]) if people else ["inpost_fte"], people),
        "population.csv": table(["population_estimate"], population, age_group="Children aged 0 to 17 years"),
    }  # fmt: skip


def published(authorities: int, seed: int = 1, **more: object) -> Published:
    """The same, read."""
    return read(folder(authorities, seed, **more))  # type: ignore[arg-type]
