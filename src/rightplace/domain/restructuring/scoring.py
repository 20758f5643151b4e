"""A score from marks: at least two trained scorers, evidence for every mark, and moderation where they are apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that is assessed: how much it weighs, the most that can be given, and how far scorers may be apart."""

    id: str
    weight: int
    most: int
    apart: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one scorer gave for one criterion, and the evidence for it. Made alone, before the panel talks."""

    criterion: str
    scorer: int
    points: int
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderated:
    """What the panel settled for a criterion after talking, and why. The marks before it stay."""

    criterion: str
    points: int
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far scorers are apart on one criterion."""

    criterion: str
    lowest: int
    highest: int
    allowed: int

    @property
    def to_moderate(self) -> bool:
        return self.highest - self.lowest > self.allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The score in hundredths of a point out of 10,000; none while something is missing, and then what."""

    score: int | None
    spreads: tuple[Spread, ...]
    missing: tuple[str, ...]


FEWEST_SCORERS = 2


def scored(
    criteria: Sequence[Criterion],
    marks: Sequence[Mark],
    trained: frozenset[int],
    moderated: Sequence[Moderated] = (),
) -> Scored:
    """The rule: of each criterion the mean of the marks, or what moderation settled, as a share of the most; then
    the mean of these by weight, to the nearest hundredth of a point, half a hundredth to the even one.
    """
    settled = {each.criterion: each for each in moderated}
    missing: list[str] = []
    spreads: list[Spread] = []
    total = Fraction(0)
    for criterion in criteria:
        given = [mark for mark in marks if mark.criterion == criterion.id]
        wrong = _wrong(criterion, given, trained)
        missing += wrong
        if wrong:
            continue
        points = [mark.points for mark in given]
        spread = Spread(
            criterion=criterion.id, lowest=min(points), highest=max(points), allowed=criterion.apart
        )
        spreads.append(spread)
        share, because = _settled(criterion, points, spread, settled.get(criterion.id))
        missing += because
        total += criterion.weight * share
    if not criteria:
        missing.append("There is no criterion.")
    weight = sum(each.weight for each in criteria)
    score = None if missing else round(10_000 * total / weight)
    return Scored(score=score, spreads=tuple(spreads), missing=tuple(missing))


def _settled(
    criterion: Criterion, points: Sequence[int], spread: Spread, moderated: Moderated | None
) -> tuple[Fraction, list[str]]:
    if moderated is not None and moderated.reasons.strip() and 0 <= moderated.points <= criterion.most:
        return Fraction(moderated.points, criterion.most), []
    if moderated is not None:
        return Fraction(0), [
            f"{criterion.id}: moderation needs reasons and a mark within 0 to {criterion.most}."
        ]
    if spread.to_moderate:
        apart = f"{spread.lowest} and {spread.highest}"
        return Fraction(0), [f"{criterion.id}: the scorers are apart ({apart}); the panel moderates."]
    return Fraction(sum(points), len(points) * criterion.most), []


def _wrong(criterion: Criterion, given: Sequence[Mark], trained: frozenset[int]) -> list[str]:
    scorers = {mark.scorer for mark in given}
    wrong = [f"{criterion.id}: scorer {each} is not trained." for each in sorted(scorers - trained)]
    if len(scorers) < FEWEST_SCORERS:
        wrong.append(f"{criterion.id}: {len(scorers)} of {FEWEST_SCORERS} scorers have marked it.")
    if len(scorers) < len(given):
        wrong.append(f"{criterion.id}: somebody marked it twice.")
    for mark in given:
        if not mark.evidence.strip():
            wrong.append(f"{criterion.id}: the mark of scorer {mark.scorer} has no evidence.")
        if not 0 <= mark.points <= criterion.most:
            wrong.append(f"{criterion.id}: {mark.points} is not within 0 to {criterion.most}.")
    return wrong
