"""What happens of itself: candidates' particulars are deleted on their day."""

from procrastinate.contrib.django import app

from rightplace.services.recruitment.candidates import delete_due


@app.periodic(cron="15 3 * * *", periodic_id="recruitment.delete_candidates")
@app.task(
    name="recruitment.delete_candidates",
    queueing_lock="recruitment.delete_candidates",
    lock="recruitment.delete_candidates",
)
def delete_candidates(timestamp: int) -> int:
    """Delete what is to be deleted today."""
    return delete_due()
