"""A legal hold: what partners gave about a family stays past its day, for a claim, a court, a review. Holds win.

Two parties: the team that decides of the family asks, or an officer does by the sender's number; somebody else, of
information governance, confirms and lifts. It holds from the moment that it is asked, since what is deleted is gone.
What is held past its day is kept and not used: no list, no family and no new signal meets it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from rightplace.domain.practice.journey.refusals import Refused, needs_reasons
from rightplace.foundation.access.actor import RULES, Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.services.signals import sealing
from rightplace.services.signals.models import LIVE, Family, Hold, Noted, Signal
from rightplace.services.signals.noting import note

What = Noted.What
TWO = "A legal hold has two parties: one asks, another confirms and lifts"
log = logging.getLogger("rightplace.signals")


def in_force() -> Q:
    """Holds that keep something now, confirmed or still to be."""
    today = clock.today()
    return Q(begins__lte=today) & (Q(ends__isnull=True) | Q(ends__gt=today))


def hold_of(family: int) -> Hold | None:
    """The hold on a family, if there is one."""
    return (
        Hold.objects.filter(in_force(), family=family).select_related("recorded_by", "confirmed_by").first()
    )


def held_among(families: Iterable[int]) -> set[int]:
    """Which of these families are held."""
    found = Hold.objects.filter(in_force(), family__in=list(families))
    return set(found.values_list("family", flat=True))


@transaction.atomic
def ask_hold(*, family: int, why: str, words: str, by: Actor) -> Hold:
    """The team that decides of a family asks that nothing about it be deleted. It holds at once."""
    kept = _locked(family)
    require(by, "signal.decide", kept)
    return _begin(kept, why, words, by)


@transaction.atomic
def hold_by_number(*, agency: int, sender_id: str, why: str, words: str, by: Actor) -> Hold:
    """An officer holds what an agency gave under a number of its own, with all that was joined to it."""
    require(by, "signal.hold")
    found = Signal.objects.filter(agency=agency, sender_id=sender_id.strip()).only("family_id").first()
    if found is None:
        raise Refused(
            "No signal of that agency with that number is here now.",
            "Check the number with the agency. What was deleted on its day is gone.",
        )
    return _begin(_locked(found.family_id), why, words, by)


def _locked(family: int) -> Family:
    kept = Family.objects.select_for_update().filter(pk=family).first()
    if kept is None:
        raise Refused("Nothing of this family is here any more.", "It was taken up, or deleted on its day.")
    return kept


def _begin(family: Family, why: str, words: str, by: Actor) -> Hold:
    if why not in Hold.Why.values:
        raise Refused("A hold says what it is for.", "Choose what it is for.", TWO)
    needs_reasons(words)
    if hold_of(family.pk) is not None:
        raise Refused(
            "This family is held already.", "Nothing more needs to be done: nothing of it is deleted."
        )
    made = Hold.objects.create(
        family=family.pk, area=family.area, why=why, begins=clock.today(), recorded_at=clock.now(),
        recorded_by_id=by.worker, sealed=_sealed(family, words),
    )  # fmt: skip
    note(family, What.HELD, by, _kinds(family), words=words)
    return made


@transaction.atomic
def confirm_hold(*, hold: Hold, by: Actor) -> None:
    """Somebody of information governance, who did not ask for it, confirms."""
    kept, family = _both(hold, by)
    if kept.confirmed_by_id is not None:
        raise Refused("This hold is confirmed already.", "Nothing more needs to be done.")
    kept.confirmed_by_id, kept.confirmed_at = by.worker, clock.now()
    kept.save(update_fields=["confirmed_by", "confirmed_at"])
    note(family, What.HOLD_CONFIRMED, by, _kinds(family))


@transaction.atomic
def lift_hold(*, hold: Hold, words: str, by: Actor) -> None:
    """Lift it, or decline it before it is confirmed: what has had its day is deleted within the hour."""
    kept, family = _both(hold, by)
    needs_reasons(words)
    kept.ends = max(clock.today(), kept.begins)
    kept.end_recorded_at, kept.end_recorded_by_id = clock.now(), by.worker
    kept.ended_sealed = _sealed(family, words)
    kept.save()
    note(family, What.HOLD_LIFTED, by, _kinds(family), words=words)


def _both(hold: Hold, by: Actor) -> tuple[Hold, Family]:
    """The hold and its family, locked; not for whoever asked for it."""
    require(by, "signal.hold")
    family = _locked(hold.family)
    kept = Hold.objects.select_for_update().get(pk=hold.pk)
    if kept.ends is not None:
        raise Refused("This hold was lifted already.", "Nothing is left to be done.")
    if kept.recorded_by_id == by.worker:
        raise Refused("You asked for this hold yourself.", "Somebody else confirms or lifts it.", TWO)
    return kept, family


@transaction.atomic
def follow(*, parted: Family, from_family: int) -> None:
    """What is parted from a family that is held is held too."""
    hold = hold_of(from_family)
    if hold is None:
        return
    before = Family.objects.get(pk=from_family)
    words = sealing.words_of(before.pk, bytes(before.salt), bytes(hold.sealed))
    Hold.objects.create(
        family=parted.pk, area=parted.area, why=hold.why, begins=hold.begins, recorded_at=hold.recorded_at,
        recorded_by_id=hold.recorded_by_id, confirmed_by_id=hold.confirmed_by_id, confirmed_at=hold.confirmed_at,
        sealed=_sealed(parted, words),
    )  # fmt: skip


@transaction.atomic
def note_kept() -> int:
    """Note once of each signal that its day came and it was not deleted. Returns how many that is."""
    now, today = clock.now(), clock.today()
    held = Hold.objects.filter(in_force()).values("family")
    due = Signal.objects.filter(
        family__in=held, delete_on__lte=today, kept_since__isnull=True, taken_up=False
    )
    kept = list(due.select_for_update(of=("self",), skip_locked=True).select_related("family"))
    Noted.objects.bulk_create(
        Noted(
            at=now, what=What.KEPT, worker=RULES.worker, role=RULES.role, team=0, family=each.family_id,
            area=each.family.area, agency=each.agency, kinds=[each.kind],
        )
        for each in kept
    )  # fmt: skip
    Signal.objects.filter(pk__in=[each.pk for each in kept]).update(kept_since=today)
    if kept:
        log.info("signals kept past their day under a legal hold", extra={"count": len(kept)})
    return len(kept)


def words_of(hold: Hold) -> tuple[str, str]:
    """Why it was asked for, and why it was lifted; nothing once the family is gone and its key with it."""
    family = Family.objects.filter(pk=hold.family).first()
    if family is None:
        return "", ""
    salt = bytes(family.salt)
    both = (
        sealing.words_of(family.pk, salt, bytes(each)) if each else ""
        for each in (hold.sealed, hold.ended_sealed)
    )
    first, last = both
    return first, last


def _sealed(family: Family, words: str) -> bytes | None:
    return sealing.seal_words(family.pk, bytes(family.salt), words.strip())


def _kinds(family: Family) -> Iterable[str]:
    return family.signals.filter(LIVE).values_list("kind", flat=True)
