"""What schools put on pages that are not theirs: a family support team's page, and the board's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from rightplace.common.caseflow.onpages import AnswerTimesSaid, TeamSection
from rightplace.common.web import tags
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.domain.evidence.smallnumbers import THRESHOLD
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import LinkPerson, School, Team
from rightplace.foundation.organisation.queries import holding, on_day
from rightplace.foundation.organisation.serving import serves
from rightplace.services.schools.presenters.questions import times_words
from rightplace.services.schools.projections import Question
from rightplace.services.schools.queries import A_YEAR, AnswerTimes, answer_times, times_of_questions

COLUMNS = (
    Column("School"), Column("Link person"), Column("Asked in a year", number=True),
    Column("Answered in time", number=True), Column("Waits now"),
)  # fmt: skip


def schools_section(actor: Actor, team: Team) -> TeamSection | None:
    """The schools that a family support team serves: who links each, what it asked, how fast it was answered.

    Figures of questions, and no question: they are the same for every reader of the team's page.
    """
    if team.kind != Team.Kind.FAMILY_SUPPORT or team.area_id is None:
        return None
    now = clock.now()
    named = _schools(team)
    asked = {school.pk: [_question(each) for each in school.asked_lately] for school in named}  # type: ignore[attr-defined]
    everything = [each for rows in asked.values() for each in rows]
    own = team.pk == actor.team and may(actor, "question.answer")
    return TeamSection(
        key="schools",
        heading="Schools that the team serves",
        sentences=times_words(times_of_questions(everything, now), "the team’s link people"),
        columns=COLUMNS,
        rows=[_row(school, getattr(school, "linked", None), asked[school.pk]) for school in named],
        caption="Schools, their link persons and their questions",
        none="No school lies in the area.",
        link=Link("What schools ask", reverse("schools:asked")) if own else None,
    )


def _schools(team: Team) -> list[School]:
    """The open schools of the areas that a team serves, each with its link person and what it asked in a year: one query."""
    linked = on_day(LinkPerson.objects.filter(school=OuterRef("pk")), clock.today())
    lately = Question.objects.filter(school=OuterRef("pk"), asked__gt=clock.now() - A_YEAR)
    near = serves("area_id", team.pk, team.area_id or 0, clock.today())
    found = School.objects.filter(near, holding(clock.today(), "agency__")).select_related("agency")
    found = found.annotate(
        linked=Subquery(linked.values("worker__name")[:1]),
        asked_lately=ArraySubquery(
            lately.values_list(JSONObject(asked="asked", answered="answered", due="due"))
        ),
    )
    return list(found.order_by("agency__name", "pk"))


def _question(said: Mapping[str, str | None]) -> Question:
    at = {name: datetime.fromisoformat(value) if value else None for name, value in said.items()}
    assert at["asked"] is not None, "nobody asked"
    return Question(asked=at["asked"], answered=at["answered"], due=at["due"])


def _row(school: School, linked: str | None, rows: Iterable[Question]) -> Row:
    now = clock.now()
    said = list(rows)
    times = times_of_questions(said, now)
    due = min((each.due for each in said if each.answered is None and each.due), default=None)
    waits: Cell = tags.due_tag(due, now) if due else "nothing"
    in_time = f"{times.within} of {times.judged}" if times.judged else "none yet"
    name = Lines(school.agency.name, school.get_phase_display())
    return Row((name, linked or None, times.asked, in_time, waits), late=bool(due and due < now))


def board_times() -> AnswerTimesSaid:
    """How fast all the city's schools were answered, for the board; so few that they point at somebody are withheld."""
    times = answer_times(Question.objects.all(), clock.now())
    return AnswerTimesSaid("How fast schools’ questions are answered", _board_words(times))


def _board_words(times: AnswerTimes) -> list[str]:
    if 0 < times.asked < THRESHOLD:
        return ["Schools asked so seldom in the last twelve months that it is not shown."]
    return times_words(times, "link people")
