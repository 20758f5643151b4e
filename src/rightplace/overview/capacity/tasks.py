"""Background work: a question is worked out slice by slice, so that other work is never held up for long.

A run whose worker was killed has been silent; each minute those are taken up again where they were.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db.models import Q
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from rightplace.foundation.organisation import clock
from rightplace.overview.capacity.models import GOING, Run
from rightplace.serving import LONG

SILENT: Final = timedelta(seconds=90)
AFTER_OTHERS: Final = -10
"""The first slice comes at once; those after it wait for whatever else there is to do."""


@app.task(name="capacity.work_out")
def work_out(run: int) -> None:
    """Work for one slice, and ask for the next."""
    from rightplace.overview.capacity import working

    if working.go_on(run):
        begin(run, AFTER_OTHERS)


def begin(run: int, priority: int = 0) -> None:
    """Ask for a slice once, however often somebody asks."""
    try:
        work_out.configure(queueing_lock=f"capacity.run.{run}", priority=priority).defer(run=run)
    except AlreadyEnqueued:
        return


@app.task(name="capacity.warm", queueing_lock="capacity.warm")
def warm() -> None:
    """Load the compiled model before it is asked for, while a person still fills a form; then read our record, behind them."""
    from rightplace.overview.capacity import engine

    engine.warm()
    _behind_others(learn, timestamp=0)


def ask_to_warm() -> None:
    """Ask for it once."""
    _once(warm)


@app.periodic(cron="40 4 * * *", periodic_id="capacity.learn")
@app.task(name="capacity.learn", queue=LONG, queueing_lock="capacity.learn")
def learn(timestamp: int) -> None:
    """Each night what our own record says is worked out, so that the first question of the day need not wait for it."""
    from rightplace.overview.capacity import engine

    engine.learn()
    _behind_others(look_back)


@app.task(name="capacity.look_back", queue=LONG, queueing_lock="capacity.look_back")
def look_back() -> None:
    """Then how well the model would have known us: apart, so that a question meanwhile waits for what is learnt alone."""
    from rightplace.overview.capacity import engine

    engine.look_back()


def _behind_others(task: Any, **more: int) -> None:
    """Ask for it once, behind whatever somebody waits for."""
    _once(task.configure(priority=AFTER_OTHERS), **more)


def _once(task: Any, **more: int) -> None:
    try:
        task.defer(**more)
    except AlreadyEnqueued:
        return


@app.periodic(cron="* * * * *", periodic_id="capacity.take_up")
@app.task(name="capacity.take_up", queueing_lock="capacity.take_up")
def take_up(timestamp: int) -> int:
    """What goes on and has been silent is taken up again."""
    silent = Q(beat__lt=clock.now() - SILENT) | Q(beat=None, at__lt=clock.now() - SILENT)
    found = list(Run.objects.filter(silent, state__in=GOING).values_list("pk", flat=True))
    for number in found:
        begin(number)
    return len(found)


@app.periodic(cron="23 3 * * *", periodic_id="capacity.forget")
@app.task(name="capacity.forget", queueing_lock="capacity.forget")
def forget_old(timestamp: int) -> int:
    """Answers whose day has come are deleted."""
    from rightplace.overview.capacity import actions

    return actions.forget()
