"""Background work of the API: concerns that wait, webhooks that are due, and what is forgotten."""

from datetime import timedelta

from procrastinate.contrib.django import app

from rightplace.foundation.organisation import clock
from rightplace.gateways.api import once, queueing
from rightplace.gateways.api.models import Delivery
from rightplace.gateways.api.webhooks import sending

LOG_KEPT = timedelta(days=90)


@app.periodic(cron="* * * * * 5,15,25,35,45,55", periodic_id="api.queued")
@app.task(name="api.queued", queueing_lock="api.queued", lock="api.queued")
def take_in_queued(timestamp: int) -> int:
    """Take in the concerns that came too fast."""
    return queueing.take_in_queued()


@app.periodic(cron="* * * * * 3,13,23,33,43,53", periodic_id="api.webhooks")
@app.task(name="api.webhooks", queueing_lock="api.webhooks", lock="api.webhooks")
def send_webhooks(timestamp: int) -> int:
    """Tell agencies' systems what has moved."""
    return sending.send_due()


@app.periodic(cron="17 3 * * *", periodic_id="api.forget")
@app.task(name="api.forget", queueing_lock="api.forget", lock="api.forget")
def forget(timestamp: int) -> int:
    """Forget what was answered long ago, and the log of what was delivered a quarter ago."""
    old = Delivery.objects.filter(happened__lt=clock.now() - LOG_KEPT, next_try__isnull=True)
    return once.forget_old() + old.delete()[0]
