"""Background work: the rows of a past seal, where there are too many to build while somebody waits."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from rightplace.foundation.journal import past
from rightplace.serving import LONG


@app.task(name="leadership.build_past", queue=LONG)
def build_past(seal: int) -> None:
    """Rebuild what was known at a seal."""
    past.build(seal)


def begin_building(seal: int) -> None:
    """Ask for it once, however often somebody looks."""
    try:
        build_past.configure(queueing_lock=f"leadership.past.{seal}").defer(seal=seal)
    except AlreadyEnqueued:
        return
