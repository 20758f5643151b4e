"""The letter to each person: what was decided, on what, what it means, and how to appeal by when. Plain words, sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rightplace.common.web import words
from rightplace.domain.practice.calendars import calendar
from rightplace.domain.restructuring import Appeal as Clock
from rightplace.domain.restructuring import rule_for, steps
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.selection.models import (
    Decision,
    Job,
    Letter,
    Offer,
    Placement,
    PreferenceList,
    Redeployment,
    Result,
)
from rightplace.services.selection.preferring import wishes_of
from rightplace.services.selection.sealing import sealed


@dataclass(frozen=True, slots=True)
class Known:
    """What letters are written from, looked up once for all."""

    wishes: Mapping[int, PreferenceList]
    jobs: Mapping[int, str]
    scores: Mapping[int, Sequence[Result]]
    not_considered: Mapping[int, Sequence[str]]
    offered: frozenset[int]
    first_day: date | None


def write(placements: Sequence[Placement], decision: Decision, by: Actor) -> None:
    """Write the letters of a decision. Nobody reads them before they are published."""
    known = _known(placements, decision)
    Letter.objects.bulk_create(
        Letter(placement=row, **sealed({"parts": parts(row, known)}), **recorded(by)) for row in placements
    )


def _known(placements: Sequence[Placement], decision: Decision) -> Known:
    exercise = decision.run.exercise
    members = [row.member_id for row in placements]
    scores: dict[int, list[Result]] = {}
    rows = Result.objects.filter(assessment__member__in=members).select_related("assessment__panel")
    for row in rows.order_by("turn", "id"):
        others = [
            each
            for each in scores.get(row.assessment.member_id, [])
            if each.assessment_id != row.assessment_id
        ]
        scores[row.assessment.member_id] = [*others, row]
    not_considered: dict[int, list[str]] = {}
    for each in decision.run.results.get(method=decision.method).said["not_considered"]:
        not_considered.setdefault(each["person"], []).append(each["because"])
    offers = Offer.objects.filter(member__in=members, answer=Offer.Answer.ACCEPTED)
    return Known(
        wishes_of(exercise.pk),
        dict(Job.objects.filter(exercise=exercise).values_list("pk", "name")),
        scores,
        not_considered,
        frozenset(offers.values_list("member", flat=True)),
        exercise.programme.first_day,
    )


def parts(row: Placement, known: Known) -> list[list[object]]:
    """The letter as headings with their sentences."""
    return [
        ["What was decided", _decided(row, known)],
        ["Why", _why(row, known)],
        ["What it means for you", _means(row, known)],
    ]


def _decided(row: Placement, known: Known) -> list[str]:
    if row.job is None:
        return [
            "You have no place in the new structure yet. This is not a dismissal, and no notice is given with it."
        ]
    said = [f"Your place in the new structure is {row.job.name}."]
    wishes = known.wishes.get(row.member_id)
    if wishes is not None and row.job_id in wishes.jobs:
        said.append(
            f"It is number {wishes.jobs.index(row.job_id) + 1} of the {len(wishes.jobs)} that you named."
        )
    return said


def _why(row: Placement, known: Known) -> list[str]:
    said = [row.member.because]
    if row.how == Placement.How.OFFER:
        said.append(
            "You have a right to be offered a suitable vacancy before anybody competes for it, and took the offer."
        )
    for result in known.scores.get(row.member_id, ()):
        said.append(_score_words(result))
    if row.member_id not in known.wishes and row.how != Placement.How.OFFER:
        said.append("We have no preferences from you.")
    said += list(dict.fromkeys(known.not_considered.get(row.member.worker_id, ())))
    if row.job is None:
        said.append(
            "In each place that you named and could be considered for, everybody placed stood higher."
        )
    elif row.how == Placement.How.MATCHED:
        said.append("In every place that you named before this one, everybody placed stood higher than you.")
    return said


def _score_words(result: Result) -> str:
    score = f"{result.said['score'] / 100:g}"
    panel = result.assessment.panel.title
    settled = (
        " Two scorers were apart on a mark, and a third settled it with reasons." if result.moderated else ""
    )
    anew = " You were scored anew after your appeal." if result.turn > 1 else ""
    return f"The panel “{panel}” scored you {score} of 100, by two trained people, each alone.{settled}{anew}"


def _means(row: Placement, known: Known) -> list[str]:
    day = (
        f"on {words.plain_day(known.first_day)}"
        if known.first_day
        else "on the first day, which is not set yet"
    )
    if row.job is not None:
        return [
            f"You begin there {day}.",
            "The first four weeks are a trial, where the job differs from yours. Your rights stay whole during it.",
        ]
    return [
        "A named person looks for another post with you, and you are told first of every vacancy that could suit.",
        "Nothing is decided about your employment by this letter or by any program.",
    ]


def appeal_words(letter: Letter) -> list[str]:
    """How to appeal and until when, as the published letter says it."""
    if letter.appeal_by is None:
        return []
    return [
        f"You can appeal until {words.plain_day(letter.appeal_by)}: on your own page, or on paper to human resources.",
        "Somebody who took no part in the decision hears you. You may bring a trade union representative or a colleague.",
        "You may read what each scorer wrote about you.",
    ]


def last_day_to_appeal(from_day: date) -> date:
    """The last day to appeal, counted in working days by the rule of that day."""
    step = steps(Clock(letter=from_day.toordinal()), calendar())[0]
    return date.fromordinal(step.due or from_day.toordinal())


def appeal_rule(from_day: date) -> str:
    """The rule behind the day, with its source."""
    rule = rule_for("appeal", from_day.toordinal())
    return f"{rule.title} ({rule.source})." if rule else ""


def named_for(members: Sequence[int]) -> dict[int, Worker]:
    """Who seeks another post with each of these people."""
    rows = Redeployment.objects.filter(member__in=members, ended_on=None).select_related("named")
    return {row.member_id: row.named for row in rows}
