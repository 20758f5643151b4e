"""Why a service fits a family and what does not: each reason is said, and what nobody knows is said to be not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from rightplace.common.web import tags, words
from rightplace.common.web.tags import Tag
from rightplace.services.directory.finding import Asked
from rightplace.services.directory.models import Opening, Service, Site
from rightplace.services.directory.needs import said_by, title_of

DAY_NAMES = ("", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


@dataclass(frozen=True)
class Reason:
    """One thing that was asked, and how the service stands to it."""

    said: str
    fits: bool | None

    @property
    def tag(self) -> Tag:
        """As a tag: a tick, a triangle, or a dashed border for what is not known."""
        if self.fits is None:
            return tags.not_known(f"not known: {self.said}")
        return tags.met(self.said) if self.fits else tags.due_soon(self.said)


def distance_words(nearest: int | None) -> str:
    """How far it is, from the middle of the family's square kilometre."""
    if nearest is None:
        return ""
    kilometres = sqrt(nearest) / 1000
    return "under 1 km" if kilometres < 1 else f"about {kilometres:.1f} km"


def age_words(service: Service) -> str:
    """For what ages it is."""
    low, high = service.youngest, service.oldest
    if low is None and high is None:
        return ""
    if high is None:
        return f"from {low:g}"
    return f"up to {high:g}" if low is None else f"ages {low:g}–{high:g}"


def holding(openings: Sequence[Opening], today: date) -> list[Opening]:
    """The openings that hold today."""
    return [
        each for each in openings
        if (each.begins is None or each.begins <= today) and (each.ends is None or each.ends >= today)
    ]  # fmt: skip


def opening_words(opening: Opening) -> str:
    """“Tuesdays 17:00–19:00”, or the rule in words."""
    days = words.listed([DAY_NAMES[day] for day in opening.days]) if opening.days else ""
    if opening.rule:
        days = opening.rule if not days or opening.rule.startswith("the ") else f"{days}, {opening.rule}"
    hours = ""
    if opening.opens and opening.closes:
        hours = f"{opening.opens:%H:%M}–{opening.closes:%H:%M}"
    elif opening.closes:
        hours = f"until {opening.closes:%H:%M}"
    elif opening.opens:
        hours = f"from {opening.opens:%H:%M}"
    return " ".join(filter(None, (days, hours))) or opening.words


def cost_words(service: Service) -> str:
    """Free, or what it costs in the provider's words."""
    return "free" if service.free else service.cost


def place_words(sites: Sequence[Site]) -> str:
    """Where it is, in a few words: what tells it from the same service in another part of the city."""
    named = [each.name or each.postcode or ("online" if each.online else "") for each in sites]
    found = list(dict.fromkeys(filter(None, named)))
    return found[0] if len(found) == 1 else f"{len(found)} places" if found else ""


def facts(
    service: Service, openings: Sequence[Opening], sites: Sequence[Site], nearest: int | None, today: date
) -> str:
    """What one wants to know first, in one line: where and how far, when, what it costs, for whom."""
    when = "; ".join(filter(None, (opening_words(each) for each in holding(openings, today)[:3])))
    found = (place_words(sites), distance_words(nearest), when, cost_words(service), age_words(service))
    return " · ".join(each[:120] for each in found if each)


def reasons(
    service: Service, asked: Asked, sites: Sequence[Site], openings: Sequence[Opening], today: date
) -> list[Reason]:
    """Each thing that was asked, in the order of asking."""
    found = []
    if asked.need:
        by = said_by(asked.need, service.headings, f"{service.name}. {service.words}")
        found.append(
            Reason(f"{title_of(asked.need).lower()}: {by}" if by else title_of(asked.need).lower(), True)
        )
    if asked.ages:
        found.append(_age_reason(service, asked.ages))
    if asked.square:
        found += _distance_reason(getattr(service, "nearest", None), asked.far)
    if asked.days:
        found.append(_day_reason(asked.days, holding(openings, today)))
    if asked.free:
        found.append(
            Reason(*_FREE[service.free]) if service.free is not None else Reason("whether it is free", None)
        )
    if asked.language:
        found.append(_language_reason(service, asked.language))
    if asked.step_free:
        found.append(_step_reason(sites))
    if asked.places:
        found.append(_place_reason(service))
    if not service.state:
        found.append(Reason("whether it is open now", None))
    return found


_FREE = {True: ("free", True), False: ("not free", False)}


def _age_reason(service: Service, ages: tuple[float, ...]) -> Reason:
    said = age_words(service)
    if not said:
        return Reason("for what ages", None)
    fitting = [
        age for age in ages
        if (service.youngest is None or service.youngest <= age)
        and (service.oldest is None or service.oldest >= int(age))
    ]  # fmt: skip
    several = {1: "", 2: "fits both"}.get(len(ages), "fits all")
    if len(fitting) == len(ages):
        return Reason(f"{said}: {several}" if several else said, True)
    if not fitting:
        return Reason(
            f"{said}: fits {'neither' if len(ages) == 2 else 'none' if len(ages) > 2 else 'not'}", False
        )
    return Reason(f"{said}: fits {words.listed([f'{int(age)}' for age in fitting])} only", False)


def _distance_reason(nearest: int | None, far: float | None) -> list[Reason]:
    if nearest is None:
        return [Reason("how far", None)]
    within = far is None or sqrt(nearest) <= far * 1000
    return [Reason(distance_words(nearest), within)]


def _day_reason(days: tuple[int, ...], openings: Sequence[Opening]) -> Reason:
    known = {day for each in openings for day in each.days}
    if not known:
        return Reason("on which days", None)
    fitting = [DAY_NAMES[day] for day in days if day in known]
    if fitting:
        hours = [opening_words(each) for each in openings if set(each.days) & set(days)]
        return Reason(hours[0] if hours else words.listed(fitting), True)
    return Reason(f"not {words.listed([DAY_NAMES[day] for day in days])}", False)


def _language_reason(service: Service, language: str) -> Reason:
    if not service.languages:
        return Reason("in which languages", None)
    fits = any(language.lower() in each.lower() for each in service.languages)
    return Reason(words.listed(service.languages[:4]) if fits else f"not said to be in {language}", fits)


def _step_reason(sites: Sequence[Site]) -> Reason:
    said = [site.step_free for site in sites]
    if True in said:
        return Reason("step-free", True)
    return (
        Reason("not step-free", False)
        if said and all(each is False for each in said)
        else Reason("step-free", None)
    )


def _place_reason(service: Service) -> Reason:
    if service.places is None:
        return Reason("places left", None)
    return Reason(words.count_words(service.places, "place") + " left", service.places > 0)
