"""Authorities that change their code, split or merge: joined only where it is plainly the same place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One published row of one authority: who, where, which year."""

    code: str
    old_code: str
    name: str
    region: str
    year: int


@dataclass(frozen=True)
class Place:
    """One authority with every code it was published under."""

    code: str
    name: str
    region: str
    codes: frozenset[str]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]+", " ", name.lower().replace("&", "and")).strip()


def joined(rows: Iterable[Row]) -> tuple[list[Place], list[str]]:
    """The places, and a sentence on each decision: new codes joined, authorities that begin or end.

    Two codes are one place when the Department's three-digit number and the name agree: a reorganised
    authority gets a new number, a boundary change only a new code. A split or merger is never bridged:
    the parts' figures cannot be known from the whole's.
    """
    latest: dict[str, Row] = {}
    years: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        years[row.code].add(row.year)
        if row.code not in latest or row.year >= latest[row.code].year:
            latest[row.code] = row
    same: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, row in latest.items():
        same[(row.old_code or code, _plain(row.name) if row.old_code else "")].append(code)
    places, notes = [], []
    for codes in same.values():
        codes.sort(key=lambda code: latest[code].year)
        last = latest[codes[-1]]
        places.append(Place(last.code, last.name, last.region, frozenset(codes)))
        if len(codes) > 1:
            notes.append(f"{last.name}: {' and '.join(codes)} are read as one place, same number and name.")
    places.sort(key=lambda place: place.code)
    return places, notes + _begins_and_ends(places, years)


def _begins_and_ends(places: list[Place], years: Mapping[str, set[int]]) -> list[str]:
    everything = set().union(*years.values()) if years else set()
    notes = []
    for place in places:
        own = set().union(*(years[code] for code in place.codes))
        if min(own) > min(everything):
            notes.append(
                f"{place.name} ({place.code}) begins in {min(own)}; what was there before is not added to it."
            )
        if max(own) < max(everything):
            notes.append(
                f"{place.name} ({place.code}) ends in {max(own)}; its figures are not carried to a successor."
            )
    return notes
