"""The published measures in the capacity model's words: where each stands in the tables and how it moves.

The choices of how a measure moves (scale, which flows speak to which stock) were made on one half of the
authorities and are reported on the other: see `docs/backtest.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

FIRST_ORIGIN, LAST_ORIGIN, LAST_YEAR = 2019, 2023, 2025
HORIZONS = (1, 2, 3)
YEARS_TO_FIT = 7  # what AutoETS needs before it says anything useful of a yearly series


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One published series of an authority, year by year."""

    name: str
    title: str
    table: str
    columns: tuple[str, ...]  # any of these names, as the table has changed over the years
    where: tuple[str, str] | None = None  # only rows whose column holds this value
    unit: float = 10.0  # what it is rounded to when it is published
    offset: float = 5.0  # added before taking logs: half of a rounded count
    per_child: bool = True
    power: float = 0.0  # 0: logs; else the power of a Box-Cox scale
    listens_to: tuple[str, ...] = ()  # flows whose ratio to this measure says where it goes next
    grows: bool = False  # its national growth is taken as it is: a balance of joiners and leavers, not chance
    family: str = "need"  # measures of one family share how strongly a year moves all authorities together

    @property
    def is_rate(self) -> bool:
        return not self.per_child


def _need(name: str, title: str, table: str, *columns: str, **more: object) -> Measure:
    return Measure(name=name, title=title, table=table, columns=columns, **more)  # type: ignore[arg-type]


def _care(name: str, title: str, kind: str) -> Measure:
    where = ("population_type", kind)
    return _need(name, title, "care", "children_count", "number", where=where, family="care")


def _people(name: str, title: str, *columns: str, **more: object) -> Measure:
    settled: dict[str, object] = {"unit": 0.1, "offset": 2.0, "family": "people", **more}
    return _need(name, title, "people", *columns, **settled)


MEASURES: tuple[Measure, ...] = (
    _need("referrals", "Referrals", "referrals", "referral_count", "referrals"),
    _need(
        "re_referrals",
        "Referrals within a year of an earlier one",
        "referrals",
        "rereferral_count",
        "re_referral_count",
        listens_to=("referrals",),
    ),
    _need("no_further_action", "Referrals with no further action", "referrals", "no_further_action_count"),
    _need(
        "assessed_not_in_need",
        "Referrals assessed as not in need",
        "referrals",
        "not_in_need_count",
        power=1 / 3,
    ),
    _need("in_need_started", "Episodes of need started", "in_need", "started_episodes"),
    _need(
        "in_need_ended",
        "Episodes of need ended",
        "in_need",
        "ended_episodes",
        listens_to=("in_need_started", "in_need"),
    ),
    _need("in_need", "Children in need at 31 March", "in_need", "at31_episodes"),
    _need("awaiting_assessment", "Waiting for an assessment at 31 March", "in_need", "awaiting_assessment"),
    _need("plans_started", "Protection plans started", "plans_started", "cpp_start", "cpp_started"),
    _need(
        "repeat_plans",
        "Protection plans that are a second or later one",
        "plans_started",
        "cpp_subsequent",
    ),
    _need("plans", "Children on a protection plan at 31 March", "plans", "cpp_at31"),
    _care("care_started", "Children starting to be looked after", "children starting to be looked after"),
    _care("care_ended", "Children ceasing to be looked after", "children ceasing to be looked after"),
    _care("in_care", "Children looked after at 31 March", "children looked after on 31 march"),
    _need(
        "assessments",
        "Assessments ended with a factor recorded",
        "assessments",
        "episodes_with_assessment_factor",
    ),
    _people(
        "in_post",
        "Social workers in post (FTE)",
        "inpost_fte",
        listens_to=("starters", "leavers", "vacancies"),
        grows=True,
    ),
    _people(
        "starters",
        "Social workers starting in the year (FTE)",
        "starters_fte",
        listens_to=("leavers", "vacancies", "in_post"),
    ),
    _people(
        "leavers",
        "Social workers leaving in the year (FTE)",
        "leavers_fte",
        listens_to=("starters", "in_post", "vacancies"),
    ),
    _people("agency", "Agency social workers (FTE)", "agency_fte", listens_to=("vacancies", "in_post")),
    _people("vacancies", "Vacancies (FTE)", "vacancy_fte", listens_to=("agency", "in_post")),
    _people("case_holders", "Social workers who hold cases (FTE)", "case_holders_fte"),
    _people("cases", "Cases held", "cases", unit=1.0),
    _people("caseload", "Cases for each worker", "caseload_fte", offset=0.0, per_child=False),
    _people("absence", "Absence rate (%)", "absence_rate_fte", offset=1.0, per_child=False),
)
BY_NAME = {measure.name: measure for measure in MEASURES}
