"""Background work of the journal: the outbox every ten seconds, the seals every minute, and what was cut short."""

import logging
from typing import Final

from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from rightplace.foundation.journal import outbox, sealed_minutes

SILENT: Final = 120.0
"""Seconds without a sign of life after which a worker is taken for dead; one that lives gives a sign every ten."""
MOST_TRIES: Final = 3
log = logging.getLogger("rightplace.journal")


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
    """Work whose worker was killed begins again: else its lock would hold back the outbox, or the seals, for ever."""
    jobs = context.app.job_manager
    found = list(await jobs.get_stalled_jobs(seconds_since_heartbeat=SILENT))
    for job in found:
        try:
            await _let_go(jobs, job)
        except ConnectorException:
            log.exception(
                "work that was cut short could not be let go; tried again in a minute", extra={"job": job.id}
            )
    return len(found)


async def _let_go(jobs: JobManager, job: Job) -> None:
    """Again, unless the same was asked for meanwhile, or it was cut short so often that it may be what kills its worker."""
    asked_again = job.queueing_lock is not None and list(
        await jobs.list_jobs_async(queueing_lock=job.queueing_lock, status=Status.TODO.value)
    )
    if asked_again or job.attempts + 1 >= MOST_TRIES:
        await jobs.finish_job(job, Status.FAILED, delete_job=bool(asked_again))
    else:
        await jobs.retry_job(job)
