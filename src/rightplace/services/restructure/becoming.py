"""What becomes of a post, said on a page: it goes on in another, it ends, it is new, or it works and is protected."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions as posts
from rightplace.foundation.organisation.establishment.tables import Lineage, Post
from rightplace.foundation.organisation.programme import actions as programmes
from rightplace.foundation.organisation.programme.tables import Programme, ProgrammePost
from rightplace.services.restructure import structure
from rightplace.services.restructure.actions import KEEP
from rightplace.services.restructure.models import Unlinked

ENDS, KEPT = "ends", "kept"
"""Of an old post: it ends and nothing follows; it works and stays. Of a new one the first says that it comes of none."""
SAID: Final = "That is said already."


@transaction.atomic
def say_becomes(
    *, programme: Programme, post: Post, what: str, because: str, by: Actor, how: str = ""
) -> None:
    """Say what becomes of a post: `what` is ENDS, KEPT, or the number of the post on the other side that it goes with."""
    require(by, KEEP)
    row = ProgrammePost.objects.filter(programme=programme, post=post).first()
    if row is None:
        raise Refused("The post is on no side of this programme.", "Put it into the programme first.")
    if not because.strip():
        raise Refused("What becomes of a post has a reason.", "Say why.")
    if what == ENDS:
        structure.say_unlinked(programme=programme, post=post, because=because, by=by)
    elif what == KEPT:
        _protect(programme, post, because, by)
    else:
        _link(programme, row, what, how, because, by)


def _protect(programme: Programme, post: Post, because: str, by: Actor) -> None:
    if Unlinked.objects.filter(programme=programme, post=post).exists():
        raise Refused("It is said already that the post ends.", "It cannot both end and be kept.")
    programmes.protect_post(programme=programme, post=post, because=because, by=by)


def _link(programme: Programme, row: ProgrammePost, what: str, how: str, because: str, by: Actor) -> None:
    other = (
        ProgrammePost.objects.filter(programme=programme, post=int(what))
        .exclude(side=row.side)
        .select_related("post")
        .first()
        if what.isdecimal()
        else None
    )
    if other is None:
        raise Refused("That post is not on the other side of this programme.", "Choose one of the list.")
    if Unlinked.objects.filter(programme=programme, post__in=[row.post_id, other.post_id]).exists():
        raise Refused("It is said already that one of the two has no link.", "It cannot both go on and end.")
    before, after = (row.post, other.post) if row.side == ProgrammePost.Side.OLD else (other.post, row.post)
    posts.say_lineage(
        before=before, after=after, on=programme.first_day or clock.today(), kind=how or Lineage.Kind.CHANGED,
        because=because, by=by,
    )  # fmt: skip
