"""Background work: a matching is worked out while nobody waits at a page."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from rightplace.services.selection import matching
from rightplace.services.selection.models import Run


@app.task(name="selection.work_out")
def work_out(run: int) -> None:
    """Work a run out."""
    matching.work_out(Run.objects.get(pk=run))


def begin_working_out(run: Run) -> None:
    """Ask for it once."""
    try:
        work_out.configure(queueing_lock=f"selection.run.{run.pk}").defer(run=run.pk)
    except AlreadyEnqueued:
        return
