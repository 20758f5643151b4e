"""From what was typed to what changes: each ready question with its words, and the dated changes that it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rightplace.common.web import words
from rightplace.domain.simulation.scenarios import Change
from rightplace.domain.simulation.scenarios.scenario import EarlyHelp, Merge, Move
from rightplace.overview.capacity import forms, forms_own
from rightplace.overview.capacity.places import Places
from rightplace.overview.capacity.plandays import name_of


@dataclass(frozen=True)
class Told:
    """What changes: as the end of a question, in a few words, and as the model is told."""

    title: str
    change: str
    changes: Sequence[Change] = ()
    merges: Sequence[Merge] = ()
    moves: Sequence[Move] = ()
    early_help: EarlyHelp | None = None
    lines: Sequence[int] = ()
    """Of which line of the form each change is, where it has several."""


@dataclass(frozen=True)
class Wish:
    """What was asked, how far ahead, and the money that it is held against."""

    told: Told
    days: int
    budget: float | None = None
    savings: float | None = None

    @property
    def title(self) -> str:
        return self.told.title


@dataclass(frozen=True)
class Ready:
    """One question that is ready to be asked."""

    slug: str
    group: str
    asks: str
    more: str
    form: type[forms.Question]
    wish: Callable[[Mapping[str, Any], Places, date], Told]

    def read(self, said: Mapping[str, Any], places: Places, today: date) -> Wish:
        told = self.wish(said, places, today)
        return Wish(told, int(said["ahead"]), said.get("budget"), said.get("savings"))


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
    return Told(title, f"{people} {verb}", changes)


def rising(said: Mapping[str, Any], places: Places, today: date) -> Told:
    where, percent, day = said["where"], said["percent"], said["day"]
    more = f"{percent} in 100 more families are told of"
    changes = [Change(day, "demand", places.name(where), 1 + percent / 100)]
    return Told(f"What happens if {more} {places.told(where)} from {name_of(day, today)}?", more, changes)


def managers(said: Mapping[str, Any], places: Places, today: date) -> Told:
    where, many, day = said["where"], said["many"], said["day"]
    fewer = f"{_people(many, 'manager')} fewer"
    title = f"What happens {places.inside(where)} with {fewer} from {name_of(day, today)}?"
    return Told(title, fewer, [Change(day, "managers", places.name(where), -float(many))])


def earlier(said: Mapping[str, Any], places: Places, today: date) -> Told:
    share, many, day = int(said["share"]), said["many"], said["day"]
    posts = f" with {_people(many, 'more family support worker')}" if many else ""
    title = f"What happens if family support{posts} helps {share} in 100 families in time from {name_of(day, today)}?"
    more = [Change(day, "posts", "support", float(many))] if many else []
    believed = EarlyHelp(share / 100, day, " ".join((said.get("evidence") or "").split()))
    return Told(title, f"family support helps {share} in 100 in time", more, early_help=believed)


def standard(said: Mapping[str, Any], places: Places, today: date) -> Told:
    which, to, day = said["which"], said["to"], said["day"]
    name = dict(forms.Standard.WHICH)[which].split(",")[0]
    span = words.count_words(
        to, "week" if "working" not in dict(forms.Standard.WHICH)[which] else "working day"
    )
    said_so = f"{name[:1].lower()}{name[1:]} {'every' if 'week' in span else 'within'} {span}"
    return Told(
        f"What happens with {said_so} from {name_of(day, today)}?",
        said_so,
        [Change(day, which, "all", float(to))],
    )


def winter(said: Mapping[str, Any], places: Places, today: date) -> Told:
    """Up for three months and down again, to where it would have been."""
    more, ill = (float(part) for part in said["how"].split(":"))
    begins, ends = date(int(said["winter"]), 12, 1), date(int(said["winter"]) + 1, 3, 1)
    changes = [
        Change(begins, "demand", "all", 1 + more / 100), Change(begins, "absence", "all", ill),
        Change(ends, "demand", "all", 1 / (1 + more / 100)), Change(ends, "absence", "all", 1 / ill),
    ]  # fmt: skip
    word = dict(forms.Winter.HOW)[said["how"]].partition(" one")[0].lower()
    return Told(f"What happens if the winter of {begins.year} is {word} one?", f"{word} winter", changes)


def pay(said: Mapping[str, Any], places: Places, today: date) -> Told:
    """What it costs, and what whoever asks believes of whom it keeps."""
    percent, stay, day = said["percent"], int(said["stay"]), said["day"]
    parts = [f"pay rises by {percent} in 100"] * bool(percent) + [f"{stay} in 100 fewer people leave"] * bool(
        stay
    )
    changes = [Change(day, "pay", "all", 1 + percent / 100)] * bool(percent)
    changes += [Change(day, "leaving", "all", 1 - stay / 100, note="the belief of whoever asked")] * bool(
        stay
    )
    if_ = words.listed(parts or ["nothing changes"])
    return Told(f"What happens if {if_} from {name_of(day, today)}?", if_, changes)


def agency(said: Mapping[str, Any], places: Places, today: date) -> Told:
    where, share, day = said["where"], said["share"], said["day"]
    filled = f"agency staff in {share} of 100 empty posts"
    title = f"What happens {places.inside(where)} with {filled} from {name_of(day, today)}?"
    return Told(title, filled, [Change(day, "agency", places.name(where), share / 100)])


def thresholds(said: Mapping[str, Any], places: Places, today: date) -> Told:
    times, day = float(said["how"]), said["day"]
    let = f"{abs(times - 1) * 100:.0f} in 100 {'more' if times > 1 else 'less'} is let through at the front door"
    return Told(
        f"What happens if {let} from {name_of(day, today)}?", let, [Change(day, "threshold", "all", times)]
    )


def reshaped(said: Mapping[str, Any], places: Places, today: date) -> Told:
    """Areas that merge, or a team's work that moves, on a day."""
    day, on = said["day"], name_of(said["day"], today)
    if said["how"] == "merge":
        areas = tuple(places.name(each) for each in said["areas"])
        name = " ".join(said["name"].split()) or words.listed(areas)
        one = f"{words.listed(areas)} become one area"
        return Told(f"What happens if {one} from {on}?", one, merges=(Merge(areas, name, day),))
    team, _, area = said["work"].partition("|")
    alone = next(each for each in places.structure.teams if each.name == team).areas == (area,)
    goes = f"the work of {team}{'' if alone else f' for {area}'} goes to {said['to']}"
    move = Move(area, team, said["to"], said["posts"], day)
    return Told(f"What happens if {goes} from {on}?", goes, moves=(move,))


IN_100 = ("demand", "leaving", "pay", "agency", "absence", "threshold", "early_help")
WHERE_ALL = ("pay", "threshold", "early_help")
"""What holds everywhere, wherever it is asked for."""
TOLD: Mapping[str, str] = {
    "demand": "{0} families told of where 100 are now", "leaving": "{0} people leaving where 100 do now",
    "pay": "pay of £{0} where £100 are paid now", "agency": "agency staff in {0} of 100 empty posts",
    "absence": "{0} spells of illness where 100 are now", "threshold": "{0} let through where 100 are now",
    "early_help": "{0} of 100 families helped in time",
}  # fmt: skip


def own(said: Mapping[str, Any], places: Places, today: date) -> Told:
    """Several changes; each line in words makes the title."""
    changes, told, lines = list[Change](), list[str](), list[int]()
    for number in range(1, forms_own.LINES + 1):
        what = said.get(f"what{number}")
        if not what:
            continue
        many, where = said[f"many{number}"], said[f"where{number}"] or "all"
        where = "all" if what in WHERE_ALL else where
        day = date.fromisoformat(said[f"when{number}"])
        sign = -1 if what.endswith("-") else 1
        amount = many / 100 if what in IN_100 else float(sign * many)
        changes.append(Change(day, what.rstrip("-"), places.name(where), amount))
        told.append(f"{_told(what, many)} {places.inside(where)}")
        lines.append(number)
    return Told(f"What happens with {words.listed(told)}?", words.listed(told), changes, lines=lines)


def _told(what: str, many: int) -> str:
    if what in TOLD:
        return TOLD[what].format(many)
    if what == "leave":
        return f"{_people(many, 'experienced person')} leaving"
    one = "post" if what.startswith("posts") else "manager"
    return f"{_people(many, one)} {'fewer' if what.endswith('-') else 'more'}"


PEOPLE, FAMILIES, WORK = "People", "Families", "How we work"
READY: Mapping[str, Ready] = {
    each.slug: each
    for each in (
        Ready(
            "leaving", PEOPLE, "Experienced people leave", "What a team loses, and for how long.",
            forms.Leaving, leaving,
        ),
        Ready(
            "managers", PEOPLE, "Managers are cut", "What decisions, supervision and sign-off do.",
            forms.Managers, managers,
        ),
        Ready(
            "pay", PEOPLE, "Pay rises, and people stay", "What it costs, and what it saves.",
            forms.Pay, pay,
        ),
        Ready(
            "agency", PEOPLE, "Agency staff fill empty posts", "What they do, and what they cost.",
            forms.Agency, agency,
        ),
        Ready(
            "rising", FAMILIES, "More families are told of", "A campaign, a new police form, hard times.",
            forms.Rising, rising,
        ),
        Ready(
            "earlier", FAMILIES, "Family support catches children earlier",
            "What it saves further on, if it works.", forms.Earlier, earlier,
        ),
        Ready(
            "winter", FAMILIES, "A bad winter", "More families and illness for three months.",
            forms.Winter, winter,
        ),
        Ready(
            "standard", WORK, "A standard changes", "Finishing earlier, or visiting more often.",
            forms.Standard, standard,
        ),
        Ready(
            "thresholds", FAMILIES, "The threshold moves", "More, or less, let through at the front door.",
            forms.Thresholds, thresholds,
        ),
        Ready(
            "structure", WORK, "Areas merge, or work moves", "Two areas become one, or work changes team.",
            forms_own.Reshaped, reshaped,
        ),
        Ready(
            "own", WORK, "Build your own", "Up to three things at once.",
            forms_own.Own, own,
        ),
    )
}  # fmt: skip
