"""Background work: drafts whose time is over are thrown away."""

from procrastinate.contrib.django import app

from rightplace.common.questions import drafts


@app.periodic(cron="7,37 * * * *", periodic_id="questions.purge")
@app.task(name="questions.purge", queueing_lock="questions.purge")
def purge(timestamp: int) -> int:
    """Throw expired drafts away, twice an hour."""
    return drafts.purge()
