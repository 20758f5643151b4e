"""From what was typed to what changes: each ready question with its words, and the dated changes that it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rightplace.common.web import words
from rightplace.domain.simulation.scenarios import Change
from rightplace.overview.capacity import forms
from rightplace.overview.capacity.places import Places
from rightplace.overview.capacity.plandays import name_of


@dataclass(frozen=True)
class Wish:
    """What was asked, as a sentence; what changes, in a few words; and the changes that it means."""

    title: str
    change: str
    changes: tuple[Change, ...]
    days: int


Told = tuple[str, str, list[Change]]


@dataclass(frozen=True)
class Ready:
    """One question that is ready to be asked."""

    slug: str
    asks: str
    more: str
    form: type[forms.Question]
    wish: Callable[[Mapping[str, Any], Places, date], Told]

    def read(self, said: Mapping[str, Any], places: Places, today: date) -> Wish:
        title, change, changes = self.wish(said, places, today)
        return Wish(title, change, tuple(changes), int(said["ahead"]))


def _people(many: int, one: str) -> str:
    number = forms.SAID[many] if many < len(forms.SAID) else f"{many:,}"
    return f"{number} {one if many == 1 else _plural(one)}"


def _plural(one: str) -> str:
    return f"{one[:-6]}people" if one.endswith("person") else f"{one}s"


def leaving(said: Mapping[str, Any], places: Places, today: date) -> Told:
    """One after another until the day, the most experienced first."""
    many, day, where = said["many"], said["day"], said["where"]
    people = _people(many, "experienced person")
    verb = "leaves" if many == 1 else "leave"
    title = f"What happens {places.inside(where)} if {people} {verb} by {name_of(day, today)}?"
    span, steps = max((day - today).days - 7, 0), min(many, 4)
    changes = [
        Change(
            day - timedelta(days=span * (steps - step) // steps), "leave", places.name(where),
            float(many * step // steps - many * (step - 1) // steps),
        )
        for step in range(1, steps + 1)
    ]  # fmt: skip
    return title, f"{people} {verb}", changes


def rising(said: Mapping[str, Any], places: Places, today: date) -> Told:
    where, percent, day = said["where"], said["percent"], said["day"]
    more = f"{percent} in 100 more families are told of"
    changes = [Change(day, "demand", places.name(where), 1 + percent / 100)]
    return f"What happens if {more} {places.told(where)} from {name_of(day, today)}?", more, changes


def managers(said: Mapping[str, Any], places: Places, today: date) -> Told:
    where, many, day = said["where"], said["many"], said["day"]
    fewer = f"{_people(many, 'manager')} fewer"
    title = f"What happens {places.inside(where)} with {fewer} from {name_of(day, today)}?"
    return title, fewer, [Change(day, "managers", places.name(where), -float(many))]


def earlier(said: Mapping[str, Any], places: Places, today: date) -> Told:
    share, many, day = int(said["share"]), said["many"], said["day"]
    posts = f" with {_people(many, 'more family support worker')}" if many else ""
    title = f"What happens if family support{posts} helps {share} in 100 families in time from {name_of(day, today)}?"
    more = [Change(day, "posts", "support", float(many))] if many else []
    return title, f"family support helps {share} in 100 in time", [
        Change(day, "early_help", "all", share / 100, note="the belief of whoever asked"), *more
    ]  # fmt: skip


def standard(said: Mapping[str, Any], places: Places, today: date) -> Told:
    which, to, day = said["which"], said["to"], said["day"]
    name = dict(forms.Standard.WHICH)[which].split(",")[0]
    span = words.count_words(
        to, "week" if "working" not in dict(forms.Standard.WHICH)[which] else "working day"
    )
    said_so = f"{name[:1].lower()}{name[1:]} {'every' if 'week' in span else 'within'} {span}"
    return f"What happens with {said_so} from {name_of(day, today)}?", said_so, [
        Change(day, which, "all", float(to))
    ]  # fmt: skip


def winter(said: Mapping[str, Any], places: Places, today: date) -> Told:
    """Up for three months and down again, to where it would have been."""
    more, ill = (float(part) for part in said["how"].split(":"))
    begins, ends = date(int(said["winter"]), 12, 1), date(int(said["winter"]) + 1, 3, 1)
    changes = [
        Change(begins, "demand", "all", 1 + more / 100), Change(begins, "absence", "all", ill),
        Change(ends, "demand", "all", 1 / (1 + more / 100)), Change(ends, "absence", "all", 1 / ill),
    ]  # fmt: skip
    word = dict(forms.Winter.HOW)[said["how"]].partition(" one")[0].lower()
    return f"What happens if the winter of {begins.year} is {word} one?", f"{word} winter", changes


def own(said: Mapping[str, Any], places: Places, today: date) -> Told:
    """Several changes; each line in words makes the title."""
    changes: list[Change] = []
    told = []
    for number in range(1, forms.LINES + 1):
        what = said.get(f"what{number}")
        if not what:
            continue
        many, where = said[f"many{number}"], said[f"where{number}"] or "all"
        day = date.fromisoformat(said[f"when{number}"])
        sign = -1 if what.endswith("-") else 1
        amount = many / 100 if what == "demand" else float(sign * many)
        changes.append(Change(day, what.rstrip("-"), places.name(where), amount))
        told.append(f"{_told(what, many)} {places.inside(where)}")
    return f"What happens with {words.listed(told)}?", words.listed(told), changes


def _told(what: str, many: int) -> str:
    if what == "demand":
        return f"{many} families told of where 100 are now"
    if what == "leave":
        return f"{_people(many, 'experienced person')} leaving"
    one = "post" if what.startswith("posts") else "manager"
    return f"{_people(many, one)} {'fewer' if what.endswith('-') else 'more'}"


READY: Mapping[str, Ready] = {
    each.slug: each
    for each in (
        Ready(
            "leaving", "Experienced people leave", "What a team loses with them, and how long until it has made it up.",
            forms.Leaving, leaving,
        ),
        Ready(
            "rising", "More families are told of", "A new campaign, a new police form, hard times: what more contacts do.",
            forms.Rising, rising,
        ),
        Ready(
            "managers", "Managers are cut", "What decisions, supervision and sign-off do when fewer people make them.",
            forms.Managers, managers,
        ),
        Ready(
            "earlier", "Family support catches children earlier", "What it would save further on, if it works as you hope.",
            forms.Earlier, earlier,
        ),
        Ready(
            "standard", "A standard changes", "What it takes to finish earlier or to visit more often.",
            forms.Standard, standard,
        ),
        Ready("winter", "A bad winter", "More families and more illness from December to February.", forms.Winter, winter),
        Ready(
            "own", "Build your own", "Up to three things at once: people, posts, managers, families.", forms.Own, own
        ),
    )
}  # fmt: skip
