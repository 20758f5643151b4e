"""Background work of funding: a term is counted when it is over and written up."""

from procrastinate.contrib.django import app

from rightplace.services.funding import counting


@app.periodic(cron="20 4 * * *", periodic_id="funding.count_terms")
@app.task(name="funding.count_terms", queueing_lock="funding.count_terms", lock="funding.count_terms")
def count_terms(timestamp: int) -> int:
    """Count the terms that are ready to be told; asked each night, since the first may meet a machine that is down."""
    return counting.count_terms()
