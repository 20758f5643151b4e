"""What is asked of a programme: its reasons, the board of its stages, consultation, figures, and one person's case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Q

from rightplace.domain.restructuring import Missing, shipped_stages
from rightplace.domain.restructuring.stages import missing_before
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Kept, Occupancy, Post
from rightplace.foundation.organisation.programme import hooks
from rightplace.foundation.organisation.programme.stages import evidence_of, missing_for, roles_of
from rightplace.foundation.organisation.programme.tables import Programme, ProgrammePost
from rightplace.foundation.organisation.queries import holding
from rightplace.services.restructure.models import (
    Asked,
    Body,
    Meeting,
    Paper,
    Publication,
    ReasonStep,
    Unlinked,
)
from rightplace.services.restructure.presenters.consultation import Consulted
from rightplace.services.restructure.presenters.own import OwnCase
from rightplace.services.restructure.presenters.stages import Board
from rightplace.services.restructure.proposing import latest_terms
from rightplace.services.restructure.structure import Structure

RESULTS = "results"


def published_on(programme: int) -> date | None:
    """The day on which results were published; None while they are not."""
    return Publication.objects.filter(programme=programme).values_list("on", flat=True).first()


def published_days() -> Mapping[int, date]:
    return dict(Publication.objects.values_list("programme", "on"))


def missing_before_results(programme: int, on: date) -> Sequence[Missing]:
    return missing_for(programme, RESULTS, on)


def stands_against(programme: int, on: date) -> Sequence[str]:
    """Everything that stands against publishing results, as sentences."""
    return [each.because for each in missing_before_results(programme, on)]


def steps_of(programme: int) -> list[ReasonStep]:
    """Every step from flaw to result, line by line."""
    rows = ReasonStep.objects.filter(programme=programme).select_related("recorded_by")
    return list(rows.order_by("line", "on", "id"))


def board_of(programme: Programme, structure: Structure | None = None) -> Board:
    """All stages with their evidence and their gaps, also of those after results. Four queries, three with its structure."""
    order, evidence = shipped_stages(), evidence_of(programme.pk)
    today = clock.today()
    roles = {"role": structure.roles if structure is not None else roles_of(programme.pk)}
    gaps = missing_before(order[-1].id, evidence, on=today.toordinal(), each=roles)
    last = order[-1]
    known = {each.kind for each in evidence if each.stage == last.id and each.reference.strip()}
    gaps += tuple(
        Missing(stage=last.id, kind=kind, of="", because=f"{last.title}: no dated evidence of “{kind}”.")
        for kind in last.evidence
        if kind not in known
    )
    return Board(
        stages=order, evidence=evidence, missing=gaps, published=published_on(programme.pk), now=clock.now()
    )


def consulted(programme: Programme, bodies: Sequence[Body], *, keeps: bool) -> Consulted:
    """Meetings, what was asked with the unanswered first, and the papers with the latest first. Four queries."""
    meetings = Meeting.objects.filter(programme=programme).prefetch_related("bodies").order_by("-on", "-id")
    asked = Asked.objects.filter(programme=programme).select_related("body", "owner")
    papers = Paper.objects.filter(programme=programme).select_related("recorded_by").order_by("-id")
    return Consulted(
        programme=programme.pk, bodies=bodies, meetings=list(meetings), papers=list(papers), now=clock.now(), keeps=keeps,
        asked=sorted(asked, key=lambda each: (each.answered_on is not None, each.answer_by, each.pk)),
    )  # fmt: skip


def asked_counts(programme: int) -> Mapping[str, int]:
    """Questions and counter-proposals in numbers. They are of bodies, not of one person."""
    late = Q(answered_on=None, answer_by__lt=clock.today())
    found = Asked.objects.filter(programme=programme).aggregate(
        asked=Count("id"), waits=Count("id", filter=Q(answered_on=None)), late=Count("id", filter=late),
        accepted=Count("id", filter=Q(outcome__in=(Asked.Outcome.ACCEPTED, Asked.Outcome.PARTLY))),
    )  # fmt: skip
    return {
        "Questions and counter-proposals": found["asked"],
        "wait for an answer": found["waits"],
        "of these late": found["late"],
        "Counter-proposals accepted, whole or in part": found["accepted"],
    }


def known_outcomes(programme: int, published: date | None) -> Mapping[int, str]:
    """What became of each person, once results are published; before that nothing is known of anybody."""
    return hooks.outcomes(programme) if published is not None else {}


def own_cases(worker: int) -> list[OwnCase]:
    """The programmes that concern a worker: whose post is on the old side, or was when the programme began."""
    today = clock.today()
    sat = Occupancy.objects.filter(holding(today), worker=worker).values_list("seat__post", flat=True)
    kept = Kept.objects.filter(holding(today), worker=worker).values_list("seat__post", flat=True)
    mine = list(sat.union(kept))
    sides = ProgrammePost.objects.filter(post__in=mine, side=ProgrammePost.Side.OLD).filter(
        holding(today, "programme__")
    )
    found: dict[int, ProgrammePost] = {}
    for side in sides.select_related("programme__lead", "post__team").order_by("programme", "-id"):
        found.setdefault(side.programme_id, side)
    return [_own_case(side, worker) for side in found.values()]


def _own_case(side: ProgrammePost, worker: int) -> OwnCase:
    programme = side.programme
    links = Post.objects.filter(
        came_from__before=side.post, in_programmes__programme=programme, in_programmes__side="new"
    ).select_related("team")
    why = (
        Unlinked.objects.filter(programme=programme, post=side.post).values_list("because", flat=True).first()
    )
    published = Publication.objects.filter(programme=programme).values_list("words", flat=True).first()
    terms = latest_terms(programme.pk)
    days = [
        (what, day)
        for what, day in (
            ("No notice of dismissal is given before {day}.", terms.first_notice if terms else None),
            ("The new structure begins on {day}.", programme.first_day),
        )
        if day is not None
    ]
    return OwnCase(
        programme=programme, side=side, links=list(links), unlinked=why or "", published=published, next_days=days,
        stage=board_of(programme).current, ask=terms.whom_to_ask if terms and terms.whom_to_ask else programme.lead.name,
        lines=hooks.own_lines(programme.pk, worker), now=clock.now(),
    )  # fmt: skip
