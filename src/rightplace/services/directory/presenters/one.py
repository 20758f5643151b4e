"""One service: what it is, where and when, what it costs, who says so and when it was last looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rightplace.common.web import tags, words
from rightplace.common.web.tags import Tag
from rightplace.foundation.organisation import clock
from rightplace.services.directory.finding import at_hand
from rightplace.services.directory.models import Service, Site
from rightplace.services.directory.owning import source_words
from rightplace.services.directory.reasons import age_words, cost_words, holding, opening_words
from rightplace.services.directory.requests import has_desk

STALE_DAYS = 365
STATE_WORDS = {
    "active": tags.met("open to families"), "inactive": tags.plain("not offered now"),
    "defunct": tags.plain("ended"), "temporarily closed": tags.due_soon("closed for a time"),
}  # fmt: skip


@dataclass(frozen=True)
class Where:
    """One place where it is offered."""

    name: str
    address: str
    access: str
    step_free: Tag | None
    """None where nobody has to get in: online, or by telephone."""


@dataclass(frozen=True)
class ServicePage:
    """What the page of a service says."""

    service: Service
    organisation: str
    tags: Sequence[Tag]
    facts: Sequence[tuple[str, str | None]]
    where: Sequence[Where]
    checked: str
    source: str
    has_desk: bool
    kept: str


def state_tag(service: Service) -> Tag:
    """Whether it is offered now."""
    return STATE_WORDS.get(service.state, tags.not_known("whether it is open"))


def service_page(service: Service) -> ServicePage:
    """Gather the page."""
    sites, openings_of = at_hand([service.pk])
    openings = holding(openings_of.get(service.pk, []), clock.today())
    said = [opening_words(each) for each in openings]
    shown = [state_tag(service)]
    if service.missing_since:
        shown.append(
            tags.due_soon(f"not in its source any more, since {words.plain_day(service.missing_since)}")
        )
    places = None if service.places is None else words.count_words(service.places, "place")
    if places and service.places_said:
        places += f", as of {words.plain_day(service.places_said)}"
    return ServicePage(
        service=service, organisation=service.organisation.name if service.organisation else "not known", tags=shown,
        facts=(
            ("When", "; ".join(filter(None, said)) or None), ("For what ages", age_words(service) or None),
            ("Cost", cost_words(service) or None), ("Places left", places),
            ("Languages", words.listed(service.languages) or None), ("Area", words.listed(service.areas[:8]) or None),
            ("Headings", words.listed(service.headings[:8]) or None), ("Telephone", service.phone or None),
            ("E-mail", service.email or None),
        ),
        where=[
            Where(
                each.name or ("Online" if each.online else ""),
                ", ".join(filter(None, (each.address, each.postcode))), each.access,
                None if _nowhere(each) else _step_free(each.step_free),
            )
            for each in sites.get(service.pk, [])
        ],
        checked=_checked(service), source=service.source.name, has_desk=has_desk(service),
        kept=source_words(service.source),
    )  # fmt: skip


def _nowhere(site: Site) -> bool:
    """Whether there is no building to get into."""
    return site.online and not (site.address or site.postcode)


def _step_free(said: bool | None) -> Tag:
    if said is None:
        return tags.not_known("step-free not known")
    return tags.met("step-free") if said else tags.due_soon("not step-free")


def _checked(service: Service) -> str:
    """When what is said here was last looked at by those who say it; too long ago is said too."""
    if service.assured is None:
        return "When this was last checked is not known: ring before you send a family."
    days = (clock.today() - service.assured).days
    old = " That is over a year ago: ring before you send a family." if days > STALE_DAYS else ""
    return f"Last checked {words.plain_day(service.assured)}.{old}"
