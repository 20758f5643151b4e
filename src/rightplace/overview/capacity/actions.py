"""The only writers of questions, answers' sharing and end, and kept scenarios. One verb each."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.overview.capacity import engine, tasks
from rightplace.overview.capacity.care import CAREFUL
from rightplace.overview.capacity.looking import ASK_FOR_LESS, MOST_TRIALS, TRIALS
from rightplace.overview.capacity.models import (
    GOING,
    NOTHING_TO_GO_ON_FROM,
    KeptScenario,
    Run,
    half_a_year_on,
)
from rightplace.overview.capacity.policy import ASK

LONGEST_KEPT: Final = timedelta(days=730)
"""From when it was asked, however often somebody keeps an answer longer."""
GOES_ON_FOR: Final = timedelta(days=14)
"""What a run began from is kept for so long after it was last worked on: it can be stopped and made more careful until then."""
AT_ONCE: Final = 3
MOST_KEPT: Final = 200


@transaction.atomic
def ask(
    *,
    what: str,
    title: str,
    asked: Mapping[str, Any],
    start: str,
    total: int,
    by: Actor,
    seed: int | None = None,
) -> Run:
    """Put a question to the model. Refused without the engine, and while three of one's own are being worked out."""
    require(by, ASK)
    engine.require_engine()
    _not_too_many(by)
    run = Run.objects.create(
        what=what, title=title[:200], asked=dict(asked), start=start[:200], total=total,
        by_id=by.worker, at=clock.now(), seed=secrets.randbelow(1 << 31) if seed is None else seed,
        version=engine.version(), deleted_on=half_a_year_on(),
    )  # fmt: skip
    transaction.on_commit(lambda: tasks.begin(run.pk))
    return run


def _not_too_many(by: Actor) -> None:
    """Counted while nobody else counts for the same person: two pages sent at once are still two questions."""
    Worker.objects.select_for_update(no_key=True).values_list("pk").get(pk=by.worker)
    if Run.objects.filter(by_id=by.worker, state__in=GOING).count() >= AT_ONCE:
        raise Refused(
            "Three of your questions are being worked out.",
            "Wait for one of them, or stop one: what it has found so far stays.",
        )


def _locked(run: Run, by: Actor) -> Run:
    require(by, ASK, run)
    return Run.objects.select_for_update().get(pk=run.pk)


@transaction.atomic
def stop(*, run: Run, by: Actor) -> None:
    """Stop after what is being worked out just now. What was found stays, and it can go on later."""
    held = _locked(run, by)
    if not held.is_going:
        raise Refused("This is not being worked out.", "Look at what was found.")
    held.stop_asked = True
    if held.state == Run.State.WAITING:
        held.state = Run.State.STOPPED
    held.save(update_fields=["stop_asked", "state"])


@transaction.atomic
def go_on(*, run: Run, by: Actor, total: int | None = None) -> None:
    """Go on where it was; with a larger total, more carefully than before."""
    held = _locked(run, by)
    engine.require_engine()
    if held.is_going:
        raise Refused("This is being worked out already.", "Wait, or stop it first.")
    if held.state == Run.State.DONE and (total or 0) <= held.total:
        raise Refused("This is finished.", "Read what was found, or ask the question again from today.")
    if held.question is None and held.done:
        raise Refused(
            "What this began from is no longer kept.", "Ask the question again: it begins from today."
        )
    if held.version != engine.version():
        raise Refused(
            "The model has changed since: two halves by different models are no answer.",
            "Ask the question again. This answer stays as it is.",
        )
    _not_too_many(by)
    held.total = max(held.total, total or 0)
    held.state, held.stop_asked, held.fault, held.beat, held.tries = Run.State.WAITING, False, "", None, 0
    held.save(update_fields=["total", "state", "stop_asked", "fault", "beat", "tries"])
    transaction.on_commit(lambda: tasks.begin(held.pk))


def go_on_carefully(*, run: Run, by: Actor) -> None:
    """With as many futures as there can be. A search has none to add."""
    if run.what != Run.What.WHAT_IF:
        raise Refused("A search is not made more careful.", "Where it ended early, look further.")
    go_on(run=run, by=by, total=CAREFUL)


@transaction.atomic
def look_further(*, run: Run, by: Actor) -> None:
    """A search that ended early looks at some more establishments; not without end."""
    held = _locked(run, by)
    found = (held.answer or {}).get("found", {})
    if held.what != Run.What.SMALLEST or held.state != Run.State.DONE or not found.get("ended_early"):
        raise Refused(
            "There is nothing to look further for.", "Read what was found, or ask again from today."
        )
    if held.total >= MOST_TRIALS:
        raise Refused(
            f"It has looked at {held.total} establishments, and looks at no more.",
            ASK_FOR_LESS,
        )
    go_on(run=held, by=by, total=min(MOST_TRIALS, held.total + TRIALS))


@transaction.atomic
def share(*, run: Run, shared: bool, by: Actor) -> None:
    """Open an answer to everybody who may see capacity, or close it again."""
    held = _locked(run, by)
    held.shared = shared
    held.save(update_fields=["shared"])


@transaction.atomic
def keep_longer(*, run: Run, by: Actor) -> None:
    """Keep an answer for half a year from today, and two years from when it was asked at most."""
    held = _locked(run, by)
    longer = min(half_a_year_on(), held.at.date() + LONGEST_KEPT)
    if longer <= held.deleted_on:
        raise Refused(
            "It is kept as long as it can be now.",
            "Half a year from today, and two years from its question at most. Ask it again from today.",
        )
    held.deleted_on = longer
    held.save(update_fields=["deleted_on"])


@transaction.atomic
def delete(*, run: Run, by: Actor) -> None:
    """Delete a question with its answer at once. The worker finds nothing to go on with."""
    _locked(run, by).delete()


def forget() -> int:
    """Delete every answer whose day has come, every scenario that nobody used, and what runs began from that nobody goes on
    with."""
    silent = clock.now() - GOES_ON_FOR
    over = Q(beat__lt=silent) | Q(beat=None, at__lt=silent)
    Run.objects.exclude(state__in=GOING).filter(over, question__isnull=False).update(**NOTHING_TO_GO_ON_FROM)
    gone = (each.objects.filter(deleted_on__lte=clock.today()).delete()[0] for each in (Run, KeptScenario))
    return sum(gone)


@transaction.atomic
def keep_scenario(*, name: str, text: str, by: Actor) -> KeptScenario:
    """Keep a scenario under a name."""
    require(by, ASK)
    if not name.strip() or not text.strip():
        raise Refused("A scenario has a name and says something.", "Give it a name.")
    if KeptScenario.objects.count() >= MOST_KEPT:
        raise Refused(f"{MOST_KEPT} scenarios are kept already.", "Delete one that nobody needs.")
    return KeptScenario.objects.create(name=name.strip()[:120], text=text, by_id=by.worker, at=clock.now())


def used(scenarios: Sequence[KeptScenario]) -> None:
    """Somebody asked them: they are kept for half a year from today."""
    KeptScenario.objects.filter(pk__in=[each.pk for each in scenarios]).update(deleted_on=half_a_year_on())


@transaction.atomic
def delete_scenario(*, scenario: KeptScenario, by: Actor) -> None:
    """Delete a kept scenario; answers that were asked with it keep their own copy."""
    require(by, ASK, scenario)
    scenario.delete()
