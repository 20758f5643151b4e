"""Background work of the journal: the outbox every ten seconds, the seals every minute."""

from procrastinate.contrib.django import app

from rightplace.foundation.journal import outbox, sealed_minutes


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
