"""From a wish, a text or kept scenarios to a question: checked against our own service before anybody waits for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from rightplace.common.web import words
from rightplace.domain.simulation.parameters import parameters
from rightplace.domain.simulation.scenarios import (
    CannotBe,
    Change,
    ImpossibleScenario,
    Scenario,
    check,
    luck_of,
    read,
    write,
)
from rightplace.domain.simulation.scenarios.countable import require_counted, require_managers
from rightplace.domain.simulation.scenarios.finding import MANAGING
from rightplace.domain.simulation.scenarios.lines import Lines
from rightplace.domain.simulation.scenarios.places import teams_meant
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE
from rightplace.foundation.access.actor import Actor
from rightplace.overview.capacity import actions, starting
from rightplace.overview.capacity.care import USUAL
from rightplace.overview.capacity.fromtoday import from_day
from rightplace.overview.capacity.looking import TRIALS
from rightplace.overview.capacity.looking import USUAL as USUAL_OFTEN
from rightplace.overview.capacity.models import KeptScenario, Run
from rightplace.overview.capacity.presenters.worst import SHORTLY
from rightplace.overview.capacity.size import not_too_large
from rightplace.overview.capacity.starting import Start
from rightplace.overview.capacity.wishes import Told, Wish

AS_IT_IS: Final = "As things are"
LONGEST: Final = 150
SEARCHED: Final = 78 * 7
"""Half a year until new posts are filled, then the year that counts."""
SEARCH: Final = ("keep", "where", "place", "who", "often")
"""What is asked of a search beside its scenario."""
FIELDS: Final[Mapping[str, Sequence[str]]] = {
    "amount": ("many", "percent", "share", "stay", "to", "how"), "effect": ("share",), "where": ("where",),
    "day": ("ahead", "when"), "areas": ("areas",), "name": ("name",), "team": ("work",), "area": ("work",), "to": ("to",),
    "posts": ("posts",), "budget": ("budget",), "savings": ("savings",), "merge": ("areas",), "move": ("to",),
}  # fmt: skip
"""Which field of a form says what a scenario says: the first of these that the form has."""


class NotPossible(ImpossibleScenario):
    """A question that cannot be, with the fields of its form that may say it."""

    def __init__(self, fields: Sequence[str], because: str) -> None:
        self.fields = fields
        super().__init__(next(iter(fields), ""), because)


def first_monday(today: date) -> date:
    """Weeks are counted from a Monday: today, or the next one."""
    return today + timedelta(days=-today.weekday() % 7)


def ask_wish(wish: Wish, start: Start, by: Actor) -> Run:
    """Ask a ready question. What cannot be is refused with the name of the field that says it."""
    told, begins = wish.told, first_monday(start.day)
    base = Scenario(AS_IT_IS, begins, wish.days, budget=wish.budget)
    other = replace(
        base, name=_short(told.change), note=wish.title, changes=tuple(told.changes), merges=tuple(told.merges),
        moves=tuple(told.moves), early_help=told.early_help, savings=wish.savings,
    )  # fmt: skip
    try:
        if not told.lines:
            _can_leave(other, start)
        check(other, parameters(start.structure, begins), start.filled)
    except CannotBe as why:
        raise NotPossible(_fields(why, told), f"{why.because[:1].upper()}{why.because[1:]}.") from why
    return _put(wish.title, (base, other), start, USUAL, by)


def _can_leave(scenario: Scenario, start: Start) -> None:
    """All who leave a place by one answer, over however many days, are no more than its posts; each day is held elsewhere."""
    leaving: dict[str, float] = defaultdict(float)
    first: dict[str, int] = {}
    for nth, change in enumerate(scenario.changes, 1):
        if change.what == "leave":
            leaving[change.where] += change.amount
            first.setdefault(change.where, nth)
    for where, many in leaving.items():
        posts = sum(start.structure.teams[team].workers for team in teams_meant(start.structure, where))
        if many > posts:
            place = "The whole service" if where == EVERYWHERE else where
            raise CannotBe(
                ("change", first[where], "amount"),
                f"{place} has {posts:,} posts of workers, so {many:,.0f} cannot leave. "
                f"Ask for {posts:,} at most, or for a larger place",
            )


def _fields(why: CannotBe, told: Told) -> list[str]:
    """The fields that may say it, the likeliest first; of a form with several lines, of the line."""
    parts = [each for each in why.path if isinstance(each, str)]
    found = [name for part in reversed(parts) for name in FIELDS.get(part, ())]
    number = next((each for each in why.path if isinstance(each, int)), 0)
    line = told.lines[number - 1] if 0 < number <= len(told.lines) else 0
    return [f"{name}{line}" for name in found] if line else found


def _short(name: str) -> str:
    told = f"{name[:1].upper()}{name[1:]}"
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1].rstrip()}…"


def ask_text(text: str, replicates: int, start: Start, by: Actor) -> Run:
    """Ask what a text says, against the same service without its changes."""
    scenario = read(text)
    if scenario.structure() is None:
        _begins_with_us(scenario, text, start)
        scenario = read(text, parameters(start.structure, scenario.begins), start.filled)
    return _put(f"What happens with: {scenario.name}?", _against(scenario), start, replicates, by)


def _begins_with_us(scenario: Scenario, text: str, start: Start) -> None:
    """Our own cases are those of today: another first day would be answered with people and families who are not of it."""
    ours = first_monday(start.day)
    if start.own and scenario.begins != ours:
        raise CannotBe(
            ("begins",),
            f"a question about our own service begins with who is open now: write begins = {ours}. With areas of its own it "
            "may begin on any day, and a scenario that is kept is asked from today",
            Lines(text).of(("begins",)),
        )


def _against(scenario: Scenario) -> tuple[Scenario, ...]:
    """A scenario beside things as they are; one that changes nothing stands alone."""
    base = replace(
        scenario, name=AS_IT_IS, note="", changes=(), merges=(), moves=(), early_help=None, strengths=(), savings=None
    )  # fmt: skip
    return (base,) if replace(scenario, name=AS_IT_IS, note="") == base else (base, scenario)


def ask_kept(kept: Sequence[KeptScenario], start: Start, by: Actor) -> Run:
    """Ask one kept scenario, or hold several beside each other. What was to come before today comes at once."""
    found = [read(each.text) for each in kept]
    if len(found) == 1 and found[0].structure() is not None:
        actions.used(kept)
        return _put(f"What happens with: {found[0].name}?", _against(found[0]), start, USUAL, by)
    begins, days = first_monday(start.day), max(each.days for each in found)
    others = _named([from_day(each, begins, days) for each in found], kept)
    for each in others:
        if each.structure() is not None:
            raise ImpossibleScenario(
                each.name, "it brings a service of its own and cannot be held beside ours"
            )
    _can_be(others, start, begins)
    names = " · ".join(each.name for each in others)
    title = f"What happens with: {names}?" if len(others) == 1 else f"Which is better: {names}?"
    actions.used(kept)
    return _put(title, (Scenario(AS_IT_IS, begins, days), *others), start, USUAL, by)


def _named(found: Sequence[Scenario], kept: Sequence[KeptScenario]) -> list[Scenario]:
    """Each by a name of its own: by its text's; where two texts say the same, as they were kept; else with its number."""
    told = [_alone([each.name for each in found], nth) for nth in range(len(found))]
    told = [name or one.name.strip() for name, one in zip(told, kept, strict=True)]
    told = [_alone(told, nth) or f"{name} ({kept[nth].pk})" for nth, name in enumerate(told)]
    return [replace(each, name=name) for each, name in zip(found, told, strict=True)]


def _alone(names: Sequence[str], nth: int) -> str:
    """The name, where nothing else has it; else nothing."""
    return names[nth] if [AS_IT_IS, *names].count(names[nth]) == 1 else ""


def _can_be(scenarios: Sequence[Scenario], start: Start, begins: date) -> None:
    """Each of our own service, and all beside each other: what the model would refuse is refused before anybody waits."""
    given, limits = parameters(start.structure, begins), dict[str, float]()
    for each in scenarios:
        check(each, given, start.filled)
        for code, limit in each.promises:
            if limits.setdefault(code, limit) != limit:
                because = (
                    f"its limit of {code} is another than the one before it; they are held against the same"
                )
                raise ImpossibleScenario(each.name, because)


def ask_smallest(said: Mapping[str, Any], start: Start, by: Actor) -> Run:
    """Look for the fewest people who keep what is chosen."""
    where, who = said["where"], said.get("who") or "workers"
    name = start.places.name(where)
    require_counted(start.structure, name, said["keep"])
    if who == MANAGING:
        require_managers(start.structure, name)
    million = said.get("budget")
    base = Scenario(
        AS_IT_IS, first_monday(start.day), SEARCHED, budget=float(million) * 1e6 if million else None
    )
    title = f"The smallest establishment {start.places.inside(where)} that keeps {_promised(said['keep'])}"
    asked = {
        "keep": list(said["keep"]), "where": name, "place": where, "who": who, "often": said.get("often") or USUAL_OFTEN,
    }  # fmt: skip
    return _put(title, (base,), start, TRIALS, by, what=Run.What.SMALLEST, **asked)


def _promised(keep: Sequence[str]) -> str:
    if len(keep) == len(SHORTLY):
        return "all that we promise"
    return f"what we promise about {words.listed(SHORTLY[code] for code in keep)}"


def ask_again(run: Run, by: Actor) -> Run:
    """The same question from today: its scenarios, our service as it is now. Refused where they cannot be any more."""
    start = starting.start()
    begins = first_monday(start.day)
    found = [read(text) for text in run.asked["scenarios"]]
    scenarios = [each if each.structure() else from_day(each, begins, each.days) for each in found]
    _can_be([each for each in scenarios if each.structure() is None], start, begins)
    more = {name: value for name, value in run.asked.items() if name in SEARCH}
    total = TRIALS if run.what == Run.What.SMALLEST else USUAL
    return _put(run.title, scenarios, start, total, by, what=run.what, **more)


def _put(
    title: str, scenarios: Sequence[Scenario], start: Start, total: int, by: Actor,
    what: str = Run.What.WHAT_IF, **more: Any,
) -> Run:  # fmt: skip
    own = scenarios[0].structure() is not None
    not_too_large(scenarios, start)
    asked = {
        "scenarios": [write(each) for each in scenarios],
        "day": start.day.isoformat(),
        "own": start.own and not own,
    }
    said = "the service that the scenario brings" if own else start.said
    seed = luck_of(scenarios[0].begins, scenarios[0].structure() or start.structure)
    return actions.ask(what=what, title=title, asked=asked | more, start=said, total=total, by=by, seed=seed)


def example(start: Start) -> str:
    """A small scenario to begin from, with our own names."""
    begins = first_monday(start.day)
    area = start.structure.areas[-1] if start.structure.areas else "all"
    return write(
        Scenario(
            "Experienced people leave", begins, 364, note="Who asked, and why.",
            changes=(
                Change(begins + timedelta(weeks=6), "leave", start.places.wide[-1][1] if start.places.quarters else area, 4),
                Change(begins + timedelta(weeks=10), "demand", "police", 1.15),
            ),
        )
    )  # fmt: skip
