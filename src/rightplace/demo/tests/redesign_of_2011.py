"""The redesign of 2011 is played whole: 500 people, 350 places, a tie, two appeals, everybody seated on the first day.

Held in the city that `test_city.py` builds, since playing it takes as long as the city itself.
"""

from __future__ import annotations

import json
from datetime import date

from rightplace.domain.matching import check, replay
from rightplace.foundation.organisation.establishment.tables import FOUR_PROFESSIONS, Kept, Occupancy, Post
from rightplace.foundation.organisation.programme.stages import evidence_of
from rightplace.services.restructure.models import Publication, ReasonStep
from rightplace.services.selection import deciding, matching, scoring
from rightplace.services.selection.models import (
    Appeal,
    Assessment,
    Decision,
    Exercise,
    JobPost,
    Member,
    Offer,
    PanelsOrder,
    Redeployment,
    Result,
    RunResult,
    ScoreSheet,
    Trial,
)


def is_played_whole(exercise: Exercise) -> None:
    """From pools to the first day, with everything between."""
    placed = deciding.current(exercise)
    assert len(placed) == Member.objects.filter(exercise=exercise).count() == 500
    held = [row for row in placed.values() if row.job_id]
    without = {member for member, row in placed.items() if row.job_id is None}
    assert without <= set(Redeployment.objects.exclude(ended_on=None).values_list("member", flat=True))
    assert all(row.seated_at for row in held)
    new = {"seat__post__reference__startswith": "R11-NEW", "begins": "2011-09-05"}
    assert Occupancy.objects.filter(**new).count() == len(held)
    assert Kept.objects.filter(**new, why="family_leave").count() >= 5
    _from_flaw_to_result(exercise)
    _stages_came_in_order(exercise)
    _somebody_level_was_heard_again(exercise)
    _every_result_is_certified_by_the_checker_and_comes_out_again(exercise)
    _appeals_moved_what_they_may(exercise)
    _sheets_written_in_bulk_are_as_signed_ones(exercise)


def _from_flaw_to_result(exercise: Exercise) -> None:
    """It began with what was wrong and why, said how it would be measured, and the places are 350 in 16 teams."""
    kinds = set(ReasonStep.objects.filter(programme=exercise.programme).values_list("kind", flat=True))
    assert kinds >= {"flaw", "cause", "change", "measure", "result"}
    assert Post.objects.filter(
        in_programmes__programme=exercise.programme, in_programmes__protected=True
    ).exists()
    places = JobPost.objects.filter(job__exercise=exercise)
    assert places.count() == 350
    assert places.values("job__team").distinct().count() == 16
    assert set(Member.objects.filter(exercise=exercise).values_list("profession", flat=True)) == set(
        FOUR_PROFESSIONS
    )


def _every_result_is_certified_by_the_checker_and_comes_out_again(exercise: Exercise) -> None:
    """The checker reads the kept bytes alone; a result with somebody in another's place is found."""
    decided = [
        row.run_id for row in Decision.objects.filter(run__exercise=exercise).exclude(confirmed_at=None)
    ]
    assert len(decided) == 2
    for result in RunResult.objects.filter(run__in=decided, method="stable").select_related("run"):
        kept, said = result.run.raw, result.said["result"].encode()
        certificate = check(kept, said)
        assert certificate.holds and not certificate.findings
        assert set(certificate.checked) >= {
            "statutory offers first",
            "blocking pairs",
            "skill mix",
            "capacity",
        }
        assert replay(kept, "stable") == said
        other = json.loads(said)
        seated = [each for each in other["placed"] if each[1] is not None]
        left = [each for each in other["placed"] if each[1] is None]
        seated[0][1], left[0][1] = None, seated[0][1]
        assert not check(kept, json.dumps(other).encode()).holds


def _stages_came_in_order(exercise: Exercise) -> None:
    """Offers were answered before anybody was matched, and nothing was published before every stage had its evidence."""
    offers = Offer.objects.filter(member__exercise=exercise)
    grounds = {each.said["ground"] for each in offers}
    assert grounds == {"maternity leave", "pregnancy", "redeployment"}
    first = exercise.runs.order_by("number").first()
    assert max(each.answered_on for each in offers) < first.recorded_at.date()
    published = Publication.objects.get(programme=exercise.programme).recorded_at.date()
    before = {
        "case",
        "structure",
        "consultation",
        "pools",
        "preferences",
        "assessment",
        "offers",
        "matching",
        "impact",
    }
    days = {}
    for each in evidence_of(exercise.programme_id):
        days.setdefault(each.stage, []).append(date.fromordinal(each.day))
    assert before <= days.keys()
    assert all(min(days[stage]) <= published for stage in before)
    assert exercise.published_at.date() == published


def _somebody_level_was_heard_again(exercise: Exercise) -> None:
    runs = list(exercise.runs.order_by("number"))
    asked, after = (run.results.get(method="stable") for run in runs[:2])
    assert asked.questions
    assert after.questions == 0
    assert after.holds
    orders = PanelsOrder.objects.filter(exercise=exercise)
    assert orders.count() >= asked.questions
    assert all("read" in each.said["evidence"] or "heard" in each.said["evidence"] for each in orders)
    assert matching.replays(after)


def _appeals_moved_what_they_may(exercise: Exercise) -> None:
    appeals = {each.outcome: each for each in Appeal.objects.filter(member__exercise=exercise)}
    assert set(appeals) == {"upheld", "not_upheld"}
    placed = deciding.current(exercise)
    assert placed[appeals["upheld"].member_id].job_id
    assert placed[appeals["not_upheld"].member_id].job_id is None
    assert sorted(Trial.objects.values_list("outcome", flat=True)) == ["confirmed"] * 3 + ["unsuitable"]


def _sheets_written_in_bulk_are_as_signed_ones(exercise: Exercise) -> None:
    """What the panels' own signing works out of the two sheets is what the demonstration settled."""
    rows = Assessment.objects.filter(panel__exercise=exercise, turn=1).order_by("pk")
    for assessment in rows[::17]:
        result = Result.objects.get(assessment=assessment)
        standing = scoring.standing_of(assessment)
        assert standing is not None
        assert (standing.score is None) == result.moderated
        assert result.moderated or result.said["score"] == standing.score
    busy = ScoreSheet.objects.filter(turn=1).values_list("scorer", "assessment__interview_at")
    assert len(set(busy)) == len(busy)
