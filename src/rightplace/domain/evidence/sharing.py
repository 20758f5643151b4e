"""Who bears what of one piece of work: siblings in two schools, and pence that must add up.

The rule: *a family's hours are split equally over its children, and each child's part goes to the school that the
child attended on that day.* A child of no school, or whose school is not known, has a part as well: it stays with
the council and no school pays it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

S = TypeVar("S", bound=Hashable)


@dataclass(frozen=True)
class Piece:
    """Work done for one family on one day: how much of it, and the school of each of its children (or `None`)."""

    amount: int | Fraction
    schools: Sequence[Hashable | None]


def shared_out(pieces: Iterable[Piece]) -> dict[Hashable | None, Fraction]:
    """What each school's children had of the work, exactly; `None` is the part that no school has."""
    parts: dict[Hashable | None, Fraction] = {}
    for piece in pieces:
        schools: Sequence[Hashable | None] = piece.schools or (None,)
        each = Fraction(piece.amount) / len(schools)
        for school in schools:
            parts[school] = parts.get(school, Fraction(0)) + each
    return parts


def apportion(whole: int, weights: Mapping[S, int | Fraction]) -> dict[S, int]:
    """Divide whole pence (or minutes) by weight so that the parts add up to the whole.

    Each gets its exact part cut to a whole number; what is left over goes one by one to the largest remainders
    (Hamilton's method), among equals to the first named. So nobody is more than one penny off.
    """
    total = sum((Fraction(weight) for weight in weights.values()), Fraction(0))
    if any(weight < 0 for weight in weights.values()) or (total == 0 and whole):
        raise ValueError("A whole is divided by weights of nought or more, of which one is more than nought.")
    if total == 0:
        return dict.fromkeys(weights, 0)
    exact = {key: Fraction(weight) * whole / total for key, weight in weights.items()}
    parts = {key: part.numerator // part.denominator for key, part in exact.items()}
    left = whole - sum(parts.values())
    for key in sorted(exact, key=lambda key: parts[key] - exact[key])[:left]:
        parts[key] += 1
    return parts
