"""What a person decides of a family's signals, one verb each. Only taking up makes an entry; all of it is noted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction

from rightplace.domain.practice.journey.refusals import PROMISE_6, Refused, needs_reasons
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal.writing import new_id
from rightplace.foundation.organisation import clock
from rightplace.services.signals import holding, sealing
from rightplace.services.signals.models import LIVE, Family, Noted, Signal
from rightplace.services.signals.noting import note
from rightplace.services.signals.tallies import count

What = Noted.What
LATEST = timedelta(days=90)
BECAUSE = {
    "helped already": "The family has help already",
    "explained": "It is explained: an illness, a holiday, a move, a mistake",
    "too little": "Too little is known to talk to anybody",
    "not agreed": "The family does not want it, and need not",
    "wrong family": "It is not about this family",
    "no time": "Nobody could look at it properly yet",
    "other": "Something else, said below",
}


def hold(family: int) -> Family:
    """The family, which nobody changes until this transaction ends."""
    return Family.objects.select_for_update().get(pk=family)


@transaction.atomic
def note_seen(*, family: Family, by: Actor) -> None:
    """Somebody read a family's signals: noted once a day for each person, and counted once for each signal."""
    require(by, "signal.see", family)
    now, today = clock.now(), clock.today()
    fresh = list(Signal.objects.filter(LIVE, family=family, seen__isnull=True).only("agency", "kind"))
    Signal.objects.filter(pk__in=[each.pk for each in fresh]).update(seen=now)
    tell(fresh, "looked at")
    seen = Noted.objects.filter(family=family.pk, worker=by.worker, what=What.SEEN).order_by("-at").first()
    if fresh or seen is None or clock.london_day(seen.at) < today:
        note(family, What.SEEN, by, family.signals.filter(LIVE).values_list("kind", flat=True))


@transaction.atomic
def put_off(*, family: int, school_first: bool, look_on: date, because: str, words: str, by: Actor) -> None:
    """Not now, or the school is asked first: look again on a day, which is noted with the reason."""
    kept = hold(family)
    require(by, "signal.decide", kept)
    _reasoned(because, words)
    today = clock.today()
    if not today < look_on <= today + LATEST:
        raise Refused(
            "The day to look again lies after today, and within three months.",
            "Choose such a day. Signals that are deleted before are not there then.",
        )
    kept.state = Family.State.SCHOOL_FIRST if school_first else Family.State.NOT_NOW
    kept.look_on = look_on
    kept.save(update_fields=["state", "look_on"])
    what = What.SCHOOL_FIRST if school_first else What.NOT_NOW
    _decided(kept, what, by, because, words, look_on)


@transaction.atomic
def decline(*, family: int, because: str, words: str, by: Actor) -> None:
    """Do not take it up. The signals stay sealed until their day and then go; something new puts it here again."""
    kept = hold(family)
    require(by, "signal.decide", kept)
    _reasoned(because, words)
    kept.state, kept.look_on = Family.State.NOT, None
    kept.save(update_fields=["state", "look_on"])
    _decided(kept, What.NOT, by, because, words)


def _reasoned(because: str, words: str) -> None:
    if because not in BECAUSE:
        raise Refused("A decision needs its reasons.", "Choose the reason.", PROMISE_6)
    if because == "other":
        needs_reasons(words)


def _decided(
    family: Family, what: str, by: Actor, because: str, words: str, look_on: date | None = None
) -> None:
    told = list(Signal.objects.filter(LIVE, family=family).only("agency", "kind"))
    tell(told, what)
    note(family, what, by, (each.kind for each in told), because=because, words=words, look_on=look_on)


@transaction.atomic
def part(*, family: int, signals: Collection[int], words: str, by: Actor) -> Family:
    """Say that some of the signals are about another family: they go into one of their own."""
    kept = hold(family)
    require(by, "signal.decide", kept)
    needs_reasons(words)
    all_of_it = set(Signal.objects.filter(LIVE, family=kept).values_list("pk", flat=True))
    leaving = all_of_it & set(signals)
    if not leaving or leaving == all_of_it:
        raise Refused(
            "Some of the signals stay and some go.", "Choose those that are about another family, not all."
        )
    made = Family.objects.create(
        pk=new_id(), area=kept.area, begun=clock.now(), salt=sealing.new_salt(), parted_from=kept.pk
    )
    moved = Signal.objects.filter(pk__in=leaving)
    kinds = list(moved.values_list("kind", flat=True))
    moved.update(family=made, why=Signal.Why.PERSON)
    holding.follow(parted=made, from_family=kept.pk)
    note(kept, What.PARTED, by, kinds, words=words)
    return made


def tell(signals: Iterable[Signal], what: str) -> None:
    """Count what became of signals, for the agencies that gave them."""
    counted: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for each in signals:
        counted[each.agency][(each.kind, what)] += 1
    for agency, tally in counted.items():
        count(agency, clock.today(), tally)
