"""Legal holds as information governance reads them: what for, asked and confirmed by whom, and of what. No child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Area
from rightplace.services.signals.holding import words_of
from rightplace.services.signals.models import Hold, Signal
from rightplace.services.signals.presenters.families import agency_names, title_of

COLUMNS = (
    Column("What for"), Column("Asked"), Column("Confirmed"), Column("Kept past its day", number=True),
    Column("State"),
)  # fmt: skip


def state_of(hold: Hold) -> Tag:
    """Whether it waits for the second person, holds, or is lifted."""
    if hold.ends is not None:
        return tags.plain(f"lifted {words.plain_day(hold.ends)}")
    return tags.sealed("held") if hold.confirmed_by_id else tags.due_soon("held, to be confirmed")


def hold_rows(holds: Sequence[Hold]) -> list[Row]:
    """One line a hold, those that wait for somebody first."""
    kept = Counter(
        Signal.objects.filter(
            family__in=[hold.family for hold in holds], kept_since__isnull=False
        ).values_list("family", flat=True)
    )
    return [
        Row([
            Link(Hold.Why(hold.why).label, reverse("signals:hold", args=[hold.pk])),
            f"{hold.recorded_by.name}, {words.plain_day(hold.begins)}",
            hold.confirmed_by.name if hold.confirmed_by else "nobody yet", kept[hold.family], state_of(hold),
        ])
        for hold in sorted(holds, key=lambda each: (each.ends is not None, bool(each.confirmed_by_id), -each.pk))
    ]  # fmt: skip


@dataclass(frozen=True)
class HoldPage:
    """One hold: what for, by whom, and of what it keeps how much."""

    hold: Hold
    state: Tag
    facts: Sequence[tuple[str, str]]
    kept: Sequence[str]
    said: str
    lifted_because: str
    may_confirm: bool
    may_lift: bool


def hold_page(actor: Actor, hold: Hold) -> HoldPage:
    """Gather the page; the words of a signal and the names in it are not on it."""
    first, last = words_of(hold)
    area = Area.objects.filter(pk=hold.area).first()
    signals = list(Signal.objects.filter(family=hold.family, taken_up=False).order_by("delete_on", "pk"))
    another = hold.ends is None and hold.recorded_by_id != actor.worker
    confirmed = (
        f"{hold.confirmed_by.name}, {words.when(hold.confirmed_at)}"
        if hold.confirmed_by and hold.confirmed_at
        else ""
    )
    return HoldPage(
        hold=hold, state=state_of(hold),
        facts=(
            ("What for", Hold.Why(hold.why).label), ("Area", str(area) if area else "not known"),
            ("Asked by", f"{hold.recorded_by.name}, {words.when(hold.recorded_at)}"),
            ("Confirmed by", confirmed or "nobody yet"),
            *([("Lifted by", f"{hold.end_recorded_by.name}, {words.plain_day(hold.ends)}")]
              if hold.end_recorded_by and hold.ends else []),
        ),
        kept=_kept(signals, agency_names(each.agency for each in signals)), said=first, lifted_because=last,
        may_confirm=another and hold.confirmed_by_id is None, may_lift=another,
    )  # fmt: skip


def _kept(signals: Sequence[Signal], agencies: Mapping[int, str]) -> list[str]:
    today = clock.today()
    return [
        f"{title_of(each.kind)}, from {agencies.get(each.agency, 'an agency')}: "
        + (f"its day was {words.plain_day(each.delete_on)}" if each.delete_on <= today
           else f"its day is {words.plain_day(each.delete_on)}")
        + (f"; taken back by who gave it {words.plain_day(each.taken_back)}" if each.taken_back else "")
        for each in signals
    ]  # fmt: skip
