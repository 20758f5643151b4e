"""Recognition: thanking somebody, reading it, and sharing it with the team. The only writers of thanks."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, require
from rightplace.foundation.journal.writing import new_id
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.performance.models import Thanks
from rightplace.services.performance.sealing import THANKS, WORDS, sealed
from rightplace.services.performance.waits import no_longer, nudge
from rightplace.services.performance.who import staff_now

TO_READ: Final = timedelta(days=14)


@transaction.atomic
def give_thanks(*, worker: Worker, source: str, words: str, consent: bool, by: Actor) -> Thanks:
    """Thank a worker in one's own words, or pass on a family's or child's, who must have agreed to it."""
    require(by, "performance.see_own")
    if worker.pk == by.worker:
        raise Refused(
            "Nobody thanks oneself.", "Ask whoever said it to write it, or a colleague to pass it on."
        )
    row = staff_now(clock.today()).filter(worker=worker).first()
    if row is None:
        raise Refused("This worker is in no team now.", "Choose somebody of the list.")
    chosen = Thanks.From(source)
    if chosen is not Thanks.From.COLLEAGUE and not consent:
        raise Refused(
            "Somebody else's words are passed on only if they agreed.",
            "Ask them first, or write your own words.",
        )
    if not words.strip():
        raise Refused("There is nothing to read yet.", "Say what was good about it.")
    number = new_id()
    nudge(number, worker.pk, clock.today() + TO_READ)
    return Thanks.objects.create(
        id=number, worker=worker, team=row.team, source=chosen, sealed=sealed(THANKS, number, WORDS, words),
        **recorded(by),
    )  # fmt: skip


@transaction.atomic
def read_thanks(*, by: Actor) -> None:
    """The worker has them on the page: they wait no longer."""
    rows = Thanks.objects.filter(worker=by.worker, seen_at=None)
    for number in list(rows.values_list("pk", flat=True)):
        no_longer(number, by.worker)
    rows.update(seen_at=clock.now())


@transaction.atomic
def share_thanks(*, thanks: Thanks, shared: bool, by: Actor) -> None:
    """Let one's team read it, or no longer. Only whom it thanks says so."""
    found = Thanks.objects.select_for_update().get(pk=thanks.pk)
    if found.worker_id != by.worker:
        raise NotAllowed
    found.shared_at = clock.now() if shared else None
    found.save(update_fields=["shared_at"])
