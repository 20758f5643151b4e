"""Background work of signals: what is due is deleted early each day, and our own sources are asked at night."""

from procrastinate.contrib.django import app

from rightplace.services.signals import deleting, sources


@app.periodic(cron="5 * * * *", periodic_id="signals.delete_due")
@app.task(name="signals.delete_due", queueing_lock="signals.delete_due", lock="signals.delete_due")
def delete_due(timestamp: int) -> int:
    """Delete signals on their day; asked each hour, since the first may meet a machine that is down."""
    return deleting.delete_due()


@app.periodic(cron="40 2 * * *", periodic_id="signals.gather")
@app.task(name="signals.gather", queueing_lock="signals.gather", lock="signals.gather")
def gather(timestamp: int) -> int:
    """Take what our own sources have."""
    return sources.gather().taken
