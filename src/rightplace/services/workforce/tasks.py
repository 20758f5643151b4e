"""Background work of the workforce: the moves of a big team."""

from procrastinate.contrib.django import app

from rightplace.foundation.access.actor import actor_of
from rightplace.foundation.organisation.models import Membership
from rightplace.services.workforce.allocating import moves
from rightplace.services.workforce.allocating.facts import known_of
from rightplace.services.workforce.models import MovesAsked


@app.task(name="workforce.work_out_moves")
def work_out_moves(number: int, membership: int) -> None:
    """Work out what was asked, for whoever asked it, with what that person may see."""
    asked = MovesAsked.objects.select_related("team").get(pk=number)
    if asked.finished_at is not None:
        return
    by = actor_of(Membership.objects.select_related("worker", "team", "team__agency").get(pk=membership))
    moves.work_out(asked, known_of(by, asked.team, moves.team_families(by, asked.team)))
