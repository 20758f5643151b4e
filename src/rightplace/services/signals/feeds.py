"""Agreements to a feed: made by one, agreed by two, ended early or at their expiry, renewed by a new one.

Without an agreement that two people made, with basis, purpose and expiry, nothing is taken (promise 7).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.need.noticing import noticing
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.signals.models import Feed, Signal

PROMISE_7 = "Promise 7: each sharing of information records basis, purpose and what was sent"
SIDES = {RoleCode.HEAD_OF_SERVICE: "service", RoleCode.INFORMATION_GOVERNANCE: "governance"}
LONGEST = 366
"""An agreement is looked at again at least once a year."""


def in_force(on: date) -> Q:
    """Agreements that hold on a day: two agreed, begun, not expired, not ended."""
    agreed = Q(service_agreed_by__isnull=False, governance_agreed_by__isnull=False)
    return agreed & Q(begins__lte=on, expires__gt=on) & (Q(ends__isnull=True) | Q(ends__gt=on))


def feeds_in_force(agency: int, on: date) -> QuerySet[Feed]:
    """The agreements of an agency that hold on a day."""
    return Feed.objects.filter(in_force(on), agency_id=agency).order_by("expires", "pk")


def why_not(feed: Feed, on: date) -> tuple[str, str]:
    """Why nothing can be taken under an agreement on a day: a code to count by, and a sentence. Empty when it can."""
    if feed.ends is not None and feed.ends <= on:
        return "agreement ended", f"The agreement was ended on {feed.ends:%d %B %Y}."
    if feed.expires <= on:
        return "agreement expired", f"The agreement expired on {feed.expires:%d %B %Y}."
    if feed.service_agreed_by_id is None or feed.governance_agreed_by_id is None:
        missing = "the head of service" if feed.service_agreed_by_id is None else "information governance"
        return "not agreed by two", f"The agreement still needs {missing}."
    if feed.begins > on:
        return "not begun", f"The agreement begins on {feed.begins:%d %B %Y}."
    return "", ""


def why_none(feeds: Sequence[Feed], kind: str, on: date) -> tuple[str, str]:
    """Why a kind is not taken, from the agreement that comes nearest to taking it."""
    about = [feed for feed in feeds if kind in feed.kinds]
    if not about:
        return "no agreement", "There is no agreement with your agency for signals of this kind."
    nearest = max(about, key=lambda feed: (feed.expires, feed.pk))
    return why_not(nearest, on)


@transaction.atomic
def make_feed(
    *,
    agency: Agency,
    kinds: Sequence[str],
    lawful_basis: str,
    purpose: str,
    retention_days: int,
    begins: date,
    expires: date,
    by: Actor,
    renews: Feed | None = None,
) -> Feed:
    """Write an agreement down and agree to it for one's own side; the other side agrees on its own."""
    require(by, "feed.agree")
    _complete(agency, kinds, lawful_basis, purpose, retention_days, begins, expires)
    feed = Feed(
        agency=agency, kinds=sorted(set(kinds)), lawful_basis=lawful_basis, purpose=purpose.strip(),
        retention_days=retention_days, begins=begins, expires=expires, renews=renews,
        recorded_at=clock.now(), recorded_by_id=by.worker,
    )  # fmt: skip
    _agree(feed, by)
    feed.save()
    return feed


def _complete(
    agency: Agency, kinds: Sequence[str], basis: str, purpose: str, days: int, begins: date, expires: date
) -> None:
    """An agreement names what may be given, on what basis, for what and until when."""
    allowed = {each.code: each for each in noticing().given_by(agency.kind)}
    wrong = [code for code in kinds if code not in allowed]
    if not kinds or wrong:
        raise Refused(
            "An agreement names kinds of signal that such an agency has.", "Choose at least one.", PROMISE_7
        )
    if basis not in Feed.Basis.values or not purpose.strip():
        raise Refused(
            "An agreement has a lawful basis and a purpose.",
            "Choose the basis and write the purpose.",
            PROMISE_7,
        )
    if not begins < expires or (expires - begins).days > LONGEST:
        raise Refused(
            "An agreement ends after it begins, and within a year.",
            "Give a day of expiry within a year; it can be renewed.",
            PROMISE_7,
        )
    longest = min(allowed[code].keep_days for code in kinds)
    if not 1 <= days <= longest:
        raise Refused(
            f"Signals of these kinds are kept for {longest} days at most.",
            f"Give a number of days from 1 to {longest}, or make an agreement for each kind.",
            PROMISE_7,
        )


@transaction.atomic
def agree(*, feed: Feed, by: Actor) -> None:
    """Agree for one's own side. Never for both: the one who guards information is not the one who wants it."""
    require(by, "feed.agree")
    kept = Feed.objects.select_for_update().get(pk=feed.pk)
    if kept.ends is not None or kept.expires <= clock.today():
        raise Refused("This agreement is over.", "Renew it.", PROMISE_7)
    _agree(kept, by)
    kept.save()


def _agree(feed: Feed, by: Actor) -> None:
    side = SIDES.get(RoleCode(by.role))
    if side is None:
        raise Refused(
            "A head of service and an information governance officer agree to a feed.",
            "Ask one of them.",
            PROMISE_7,
        )
    other = "governance" if side == "service" else "service"
    if getattr(feed, f"{other}_agreed_by_id") == by.worker:
        raise Refused(
            "You agreed for the other side already.", "Somebody else agrees for this one.", PROMISE_7
        )
    if getattr(feed, f"{side}_agreed_by_id") is not None:
        raise Refused(
            "Your side has agreed to this already.", "The other side still has to, or it is in force."
        )
    setattr(feed, f"{side}_agreed_by_id", by.worker)
    setattr(feed, f"{side}_agreed_at", clock.now())


@transaction.atomic
def end_feed(*, feed: Feed, because: str, by: Actor) -> None:
    """End an agreement today. What nobody took up loses its basis with it, and is deleted today."""
    require(by, "feed.agree")
    if not because.strip():
        raise Refused("An ending has a reason.", "Write why the agreement ends.", PROMISE_7)
    kept = Feed.objects.select_for_update().get(pk=feed.pk)
    today = clock.today()
    if kept.ends is not None or kept.expires <= today:
        raise Refused("This agreement is over already.", "Nothing is left to end.")
    kept.ends = max(today, kept.begins)
    kept.end_recorded_at, kept.end_recorded_by_id = clock.now(), by.worker
    kept.ended_because = because.strip()
    kept.save()
    Signal.objects.filter(feed=kept, delete_on__gt=today).update(delete_on=today)
