"""Invented agencies, schools and practices, and the job titles of those who work in the city."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class InventedAgency:
    """An agency that tells and answers; `quarter` is empty where it serves the whole city."""

    key: str
    kind: str
    name: str
    desk: str
    telephone: str
    quarter: str = ""


@dataclass(frozen=True)
class InventedSchool:
    """A school in one area, with the youngest and the oldest that it takes."""

    name: str
    phase: str
    area: str
    youngest: int
    oldest: int


@dataclass(frozen=True)
class InventedPractice:
    """A general practice in one area."""

    name: str
    area: str


@dataclass(frozen=True)
class Authority:
    """The council whose demonstration this is."""

    name: str
    children_services: str
    telephone: str
    out_of_hours: str


def read(name: str) -> dict[str, Any]:
    """One of the files beside this one."""
    with (HERE / name).open("rb") as file:
        return tomllib.load(file)


@cache
def authority() -> Authority:
    """The invented council."""
    return Authority(**read("agencies.toml")["authority"])


@cache
def agencies() -> tuple[InventedAgency, ...]:
    """Every agency but schools and practices."""
    return tuple(InventedAgency(**row) for row in read("agencies.toml")["agency"])


@cache
def schools() -> tuple[InventedSchool, ...]:
    """Six schools in each area."""
    return tuple(
        InventedSchool(row["name"], row["phase"], row["area"], *row["ages"])
        for row in read("agencies.toml")["schools"]["list"]
    )


@cache
def practices() -> tuple[InventedPractice, ...]:
    """Two general practices in each area."""
    return tuple(InventedPractice(**row) for row in read("agencies.toml")["practices"]["list"])


@cache
def job_titles() -> Mapping[str, tuple[str, ...]]:
    """Job titles by role."""
    return {role: tuple(titles) for role, titles in read("staff.toml")["titles"].items()}


@cache
def referrer_titles() -> Mapping[str, tuple[str, ...]]:
    """What those who raise concerns are, by kind of source."""
    return {source: tuple(titles) for source, titles in read("staff.toml")["referrers"].items()}
