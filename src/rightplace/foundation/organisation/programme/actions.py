"""The only writers of programmes, of what belongs to them, and of the evidence of their stages."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Post
from rightplace.foundation.organisation.hooks import Author, ask_gate
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.programme.tables import (
    Programme,
    ProgrammePost,
    StageEvidence,
    TeamLineage,
)
from rightplace.foundation.organisation.recording import end_row, recorded

KEEP = "programme.keep"


@transaction.atomic
def begin_programme(*, title: str, purpose: str, lead: Worker, begins: date, by: Author) -> Programme:
    """Begin a programme. It says what it is for and who answers for it."""
    ask_gate(by, KEEP)
    if not title.strip() or not purpose.strip():
        raise Refused("A programme says what it is called and what it is for.", "Fill in what is missing.")
    return Programme.objects.create(
        title=title.strip(), purpose=purpose.strip(), lead=lead, begins=begins, **recorded(by)
    )


@transaction.atomic
def set_first_day(*, programme: Programme, on: date, by: Author) -> None:
    """Set the first day of the new structure, ahead of it."""
    ask_gate(by, KEEP)
    found = Programme.objects.select_for_update().get(pk=programme.pk)
    if on <= max(found.begins, clock.today()):
        raise Refused("The first day lies ahead of today.", "Give a later day.")
    found.first_day = on
    found.save(update_fields=["first_day"])


@transaction.atomic
def end_programme(*, programme: Programme, on: date, by: Author) -> None:
    """End a programme; what it changed stays said."""
    ask_gate(by, KEEP)
    end_row(Programme.objects.select_for_update().get(pk=programme.pk), on, by)


@transaction.atomic
def put_post(
    *, programme: Programme, post: Post, side: str, by: Author, protected: bool = False, because: str = ""
) -> ProgrammePost:
    """Put a post on one side of a programme. What is protected says why."""
    ask_gate(by, KEEP)
    if ProgrammePost.objects.filter(programme=programme, post=post).exists():
        raise Refused("This post is already in the programme.", "Look at the post's line there.")
    if protected and not because.strip():
        raise Refused("What is protected says what works there.", "Say what works and must be kept.")
    return ProgrammePost.objects.create(
        programme=programme,
        post=post,
        side=ProgrammePost.Side(side),
        protected=protected,
        because=because.strip(),
        **recorded(by),
    )


@transaction.atomic
def protect_post(*, programme: Programme, post: Post, because: str, by: Author) -> None:
    """Name what works and must be kept: a post of the old structure that stays as it is. What is protected says why."""
    ask_gate(by, KEEP)
    found = ProgrammePost.objects.select_for_update().filter(programme=programme, post=post).first()
    if found is None or found.side != ProgrammePost.Side.OLD:
        raise Refused("Only a post of the old structure is protected.", "Choose one of those.")
    if found.protected:
        raise Refused("This post is protected already.", "Look at the post's line there.")
    if not because.strip():
        raise Refused("What is protected says what works there.", "Say what works and must be kept.")
    found.protected, found.because = True, because.strip()
    found.save(update_fields=["protected", "because"])


@transaction.atomic
def say_team_lineage(
    *, programme: Programme, before: Team, after: Team, kind: str, because: str, by: Author
) -> TeamLineage:
    """Say which team goes on from which, and why."""
    ask_gate(by, KEEP)
    if not because.strip():
        raise Refused("A lineage has a reason.", "Say why this team goes on from that one.")
    if TeamLineage.objects.filter(programme=programme, before=before, after=after).exists():
        raise Refused("That is already said.", "Look at the team's line in the programme.")
    return TeamLineage.objects.create(
        programme=programme,
        before=before,
        after=after,
        kind=TeamLineage.Kind(kind),
        because=because.strip(),
        **recorded(by),
    )


@transaction.atomic
def record_evidence(
    *, programme: Programme, stage: str, on: date, what: str, by: Author, reference: str = ""
) -> StageEvidence:
    """Record what shows that a stage is done. It happened already: evidence is never dated ahead."""
    ask_gate(by, "programme.evidence")
    if on > clock.today() or on < programme.begins:
        raise Refused(
            "Evidence is of a day between the programme's beginning and today.",
            f"Give a day from {programme.begins:%d %B %Y} on.",
        )
    if not what.strip():
        raise Refused("Evidence says what it is.", "Say what shows that the stage is done.")
    return StageEvidence.objects.create(
        programme=programme,
        stage=stage,
        on=on,
        what=what.strip(),
        reference=reference.strip(),
        **recorded(by),
    )
