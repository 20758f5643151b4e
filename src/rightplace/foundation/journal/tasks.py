"""Background work of the journal: the outbox every ten seconds, the seals every minute, and what was cut short."""

from typing import Final

from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext
from procrastinate.jobs import Status

from rightplace.foundation.journal import outbox, sealed_minutes

SILENT: Final = 120.0
"""Seconds without a sign of life after which a worker is taken for dead; one that lives gives a sign every ten."""
MOST_TRIES: Final = 3


@app.periodic(cron="* * * * * */10", periodic_id="journal.outbox")
@app.task(name="journal.outbox", queueing_lock="journal.outbox", lock="journal.outbox")
def deliver_outbox(timestamp: int) -> int:
    """Do what committed writes promised."""
    return outbox.deliver_outbox()


@app.periodic(cron="* * * * *", periodic_id="journal.seal")
@app.task(name="journal.seal", queueing_lock="journal.seal", lock="journal.seal")
def seal_minutes(timestamp: int) -> int:
    """Seal every minute that has entries and is not sealed."""
    return sealed_minutes.seal_minutes()


@app.periodic(cron="* * * * *", periodic_id="journal.take_up")
@app.task(name="journal.take_up", queueing_lock="journal.take_up", pass_context=True)
async def take_up_what_was_cut_short(context: JobContext, timestamp: int) -> int:
    """Work whose worker was killed begins again: else its lock would hold back the outbox, or the seals, for ever.

    What was cut short so many times may be what kills its worker, and is given up.
    """
    jobs = context.app.job_manager
    found = list(await jobs.get_stalled_jobs(seconds_since_heartbeat=SILENT))
    for job in found:
        if job.attempts < MOST_TRIES:
            await jobs.retry_job(job)
        else:
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
    return len(found)
