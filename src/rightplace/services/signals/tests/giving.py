"""Invented signals and agreements for tests."""

from __future__ import annotations

from datetime import date, timedelta

from rightplace.foundation.organisation import clock
from rightplace.services.signals import feeds
from rightplace.services.signals.models import Family, Feed
from rightplace.services.signals.taking import Outcome, take
from rightplace.testing.organisation import Colleague, SmallCity, postcode_in

SCHOOL_KINDS = ("school.attendance", "school.exclusion")
PURPOSE = "To offer a family help early"


def proposed(
    city: SmallCity,
    giver: Colleague,
    *kinds: str,
    days: int = 60,
    begins: date | None = None,
    lasts: int = 300,
) -> Feed:
    """An agreement that information governance wrote down."""
    start = begins or clock.today() - timedelta(days=30)
    return feeds.make_feed(
        agency=giver.team.agency, kinds=kinds or SCHOOL_KINDS, lawful_basis="public task", purpose=PURPOSE,
        retention_days=days, begins=start, expires=start + timedelta(days=lasts), by=city.information_governance.actor,
    )  # fmt: skip


def agreed(
    city: SmallCity,
    giver: Colleague,
    *kinds: str,
    days: int = 60,
    begins: date | None = None,
    lasts: int = 300,
) -> Feed:
    """An agreement that both sides made."""
    feed = proposed(city, giver, *kinds, days=days, begins=begins, lasts=lasts)
    feeds.agree(feed=feed, by=city.head_of_service.actor)
    feed.refresh_from_db()
    return feed


def row(number: int | str = 1, **more: str) -> dict[str, object]:
    """A signal about an invented child of area 1."""
    said: dict[str, object] = {
        "sender_id": f"row-{number}", "kind": "school.attendance",
        "noticed": (clock.today() - timedelta(days=5)).isoformat(), "given": "Maisie", "family": "Thornbury",
        "born": "2017-05-09", "address": "14 Linnet Row", "postcode": postcode_in(1), "adults": "Carla Thornbury",
        "words": "Away on six Mondays since Christmas.",
    }  # fmt: skip
    return said | more


def brother(number: int | str = 2, **more: str) -> dict[str, object]:
    """A signal about the brother at the same address."""
    return row(number, given="Otis", born="2019-11-30", words="Late on most days.") | dict(more)


def given(city: SmallCity, *rows: dict[str, object]) -> Outcome:
    """The school gives these."""
    return take(city.school.team.agency_id, list(rows), city.school.actor)


def the_family() -> Family:
    """The only family there is."""
    return Family.objects.get()
