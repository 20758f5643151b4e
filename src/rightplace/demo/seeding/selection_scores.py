"""Five hundred people before their panels in eight working days: two sheets each, alone; a third settles where they differ.

The sheets and the scores that are settled at once are written in bulk, by the rule that the panels' own signing uses (a
test holds one against the other); each one that is apart is settled by the action.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from rightplace.demo.seeding.selection import Hands
from rightplace.domain import restructuring as rules
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.services.selection import scoring
from rightplace.services.selection.models import (
    Assessment,
    Exercise,
    Job,
    Member,
    Panel,
    Pool,
    Result,
    ScoreSheet,
)
from rightplace.services.selection.scoring import Weighed
from rightplace.services.selection.sealing import sealed

HIGHEST_MARK, MOST_APART = 20, 4
CRITERIA: Final = (
    Weighed("families", "Work with whole families", 40), Weighed("plans", "Plans that change something", 30),
    Weighed("partners", "Work with schools and health", 20), Weighed("equality", "Fairness and inclusion", 10),
)  # fmt: skip
EVIDENCE: Final = {
    "families": (
        "Told of a family whom four workers visited, and how it became one. Saw the children alone as well.",
        "Worked with fathers too; could say how it was noticed.",
        "Good with the mother in the example; the older brother did not appear in it.",
    ),
    "plans": (
        "Written example: three visits, a plan with days, reviewed with the parents.",
        "Named what was different for the child after twelve weeks, and who saw it.",
        "Knew the thresholds, less sure of how a plan ends.",
    ),
    "partners": (
        "School and nursery met in one plan; named what each did.",
        "Clear on consent and on what is shared with schools.",
        "Rings the health visitor; could not say what is written down of it.",
    ),
    "equality": (
        "Used an interpreter instead of the daughter, and said why.",
        "Noticed who does not come to the centre, and went there.",
        "Spoke of fairness in general; one example on request.",
    ),
}
ENOUGH: Final = 12
SETTLED: Final = (
    "Both read the written example again; the second visit had been overlooked.",
    "One had marked what was not said, the other what was written. Together both count.",
    "After the answer was read aloud from both sets of notes.",
)
ADJUSTED: Final = (
    "A ground-floor room, and the questions in writing ten minutes before.",
    "A break after half an hour.",
    "A sign language interpreter, booked.",
)
MOVED: Final = (
    date(2011, 5, 18), date(2011, 5, 19), date(2011, 5, 20), date(2011, 5, 23),
    date(2011, 5, 24), date(2011, 5, 25), date(2011, 5, 26), date(2011, 5, 27),
)  # fmt: skip
SLOTS: Final = (
    time(8),
    time(8, 45),
    time(9, 30),
    time(10, 15),
    time(11, 45),
    time(12, 30),
    time(13, 15),
    time(14),
)
A_DAY_BEFORE: Final = date(2011, 5, 17)
PAIRS: Final = {
    "Youth workers": 3,
    "Family support workers": 3,
    "Careers advisers": 2,
    "Early years workers": 2,
}
MODERATED: Final = date(2011, 6, 1)
Marks = dict[str, tuple[int, str]]


@dataclass(frozen=True)
class Heard:
    """One person before two scorers."""

    assessment: Assessment
    scorers: Sequence[Worker]
    marks: Sequence[Marks]

    @property
    def apart(self) -> list[str]:
        """Where the two are too far apart to be settled without a third."""
        return [
            each.code
            for each in CRITERIA
            if abs(self.marks[0][each.code][0] - self.marks[1][each.code][0]) > MOST_APART
        ]


def score_everybody(exercise: Exercise, hands: Hands, dice: Random, named: dict[int, list[Job]]) -> None:
    """A panel for each pool, in pairs of scorers; everybody who named a place is heard."""
    free = list(hands.scorers)
    with clock.clock_at(datetime.combine(A_DAY_BEFORE, time(8), UTC)):
        scoring.say_marks(exercise=exercise, highest=HIGHEST_MARK, apart=MOST_APART, by=hands.hr)
    apart: list[Heard] = []
    for pool in Pool.objects.filter(exercise=exercise).order_by("pk"):
        scorers = [free.pop(0) for _ in range(2 * PAIRS.get(pool.name, 1))]
        with clock.clock_at(datetime.combine(A_DAY_BEFORE, time(9), UTC)):
            panel = scoring.make_panel(
                exercise=exercise, title=f"Panel for {pool.name[0].lower()}{pool.name[1:]}", jobs=list(pool.jobs.all()),
                criteria=CRITERIA, scorers=scorers, by=hands.hr,
            )  # fmt: skip
        members = [each for each in pool.members.order_by("pk") if each.pk in named]
        apart += _hear(panel, members, hands, scorers, dice)
    _moderate(apart, hands, dice)


def _hear(
    panel: Panel, members: Sequence[Member], hands: Hands, scorers: Sequence[Worker], dice: Random
) -> list[Heard]:
    """Everybody of a pool, eight a day before each pair. Who are apart is handed back."""
    noted = {"recorded_at": datetime.combine(A_DAY_BEFORE, time(10), UTC), "recorded_by_id": hands.hr.worker}
    pairs = len(scorers) // 2
    made = Assessment.objects.bulk_create(
        Assessment(
            panel=panel, member=member, interview_at=_when(place // pairs),
            **(sealed({"adjustments": dice.choice(ADJUSTED)}) if place % 37 == 4 else {}), **noted,
        )
        for place, member in enumerate(members)
    )  # fmt: skip
    heard: list[Heard] = []
    for place, assessment in enumerate(made):
        pair = scorers[2 * (place % pairs) : 2 * (place % pairs) + 2]
        level = (
            place % 12 == 7
        )  # everybody twelfth is as good as the one before: some are level where it matters
        marks = heard[-1].marks if level else _two(dice.gauss(12.8, 3), dice)
        heard.append(Heard(assessment, pair, marks))
    ScoreSheet.objects.bulk_create(_sheet(each, number, noted) for each in heard for number in (0, 1))
    Result.objects.bulk_create(_settled(each) for each in heard if not each.apart)
    return [each for each in heard if each.apart]


def _when(place: int) -> datetime:
    return datetime.combine(MOVED[place // len(SLOTS)], SLOTS[place % len(SLOTS)], UTC)


def _two(able: float, dice: Random) -> list[Marks]:
    return [{each.code: _mark(each.code, able, dice) for each in CRITERIA} for _ in range(2)]


def _mark(code: str, able: float, dice: Random) -> tuple[int, str]:
    """Points with evidence that goes with them: the last words of a criterion are for fewer points."""
    points = min(20, max(0, round(dice.gauss(able, 1.5))))
    *strong, weak = EVIDENCE[code]
    return points, dice.choice(strong) if points >= ENOUGH else weak


def _signed(heard: Heard, number: int) -> datetime:
    """Each signs on the same day, one a little later than the other."""
    assert heard.assessment.interview_at is not None
    return heard.assessment.interview_at + timedelta(minutes=40 + 3 * number)


def _sheet(heard: Heard, number: int, noted: dict[str, object]) -> ScoreSheet:
    at = _signed(heard, number)
    return ScoreSheet(
        assessment=heard.assessment, scorer=heard.scorers[number], no_conflict_at=at, signed_at=at,
        **sealed({"marks": heard.marks[number]}), **noted,
    )  # fmt: skip


def _settled(heard: Heard) -> Result:
    """The score of two who agree, as it is settled when the second signs."""
    criteria = [
        rules.Criterion(id=each.code, weight=each.weight, most=HIGHEST_MARK, apart=MOST_APART)
        for each in CRITERIA
    ]
    numbers = [scorer.pk for scorer in heard.scorers]
    given = [
        rules.Mark(criterion=code, scorer=number, points=points, evidence=evidence)
        for number, marks in zip(numbers, heard.marks, strict=True) for code, (points, evidence) in marks.items()
    ]  # fmt: skip
    score = rules.scored(criteria, given, frozenset(numbers)).score
    return Result(
        assessment=heard.assessment, **sealed({"score": score, "moderated": []}), recorded_at=_signed(heard, 1),
        recorded_by_id=numbers[1],
    )  # fmt: skip


def _moderate(apart: Sequence[Heard], hands: Hands, dice: Random) -> None:
    """The head of service settles each mark on which two are apart, with the reason for it."""
    with clock.clock_at(datetime.combine(MODERATED, time(9, 30), UTC)):
        for heard in apart:
            between = {code: sorted(marks[code][0] for marks in heard.marks) for code in heard.apart}
            settled = {
                code: (dice.randint(low, high), dice.choice(SETTLED)) for code, (low, high) in between.items()
            }
            scoring.moderate(assessment=heard.assessment, settled=settled, by=hands.head)
