"""Background work: each minute every run that is due goes on; a rehearsal that was asked for is held."""

from procrastinate.contrib.django import app

from rightplace.foundation.access.actor import actor_of
from rightplace.foundation.organisation.models import Membership
from rightplace.services.cutover import running
from rightplace.services.cutover.models import Cutover, Rehearsal
from rightplace.services.cutover.rehearsing import rehearse
from rightplace.serving import LONG


@app.periodic(cron="* * * * *", periodic_id="cutover.run")
@app.task(name="cutover.run", queueing_lock="cutover.run", lock="cutover.run")
def run_what_is_due(timestamp: int) -> int:
    """Move the next families of each run; what a killed batch left goes on here."""
    found = Cutover.objects.filter(begun_at__isnull=False, stopped_at=None, finished_at=None).order_by("id")
    return sum(running.run_batch(each).families for each in found)


@app.task(name="cutover.rehearse", queue=LONG, lock="cutover.rehearse")
def hold_rehearsal(number: int, membership: int) -> bool:
    """Hold a rehearsal that somebody asked for. One that was cut short is held again from the beginning."""
    rehearsal = Rehearsal.objects.select_related("cutover").get(pk=number)
    by = actor_of(Membership.objects.select_related("worker", "team").get(pk=membership))
    return rehearsal.ended_at is not None or rehearse(rehearsal, by).succeeded
