"""Several things at once, each from a day of its own; and areas that merge or work that moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from rightplace.domain.simulation.teams import Team
from rightplace.overview.capacity.forms import Choices, Group, Question, choice, count, other_day, when
from rightplace.overview.capacity.plandays import ANOTHER, planned_days, soon

WHAT: Choices = (
    ("", "Nothing more"), ("leave", "Experienced people leave: how many"),
    ("posts", "More posts for workers: how many"), ("posts-", "Fewer posts for workers: how many"),
    ("managers", "More managers: how many"), ("managers-", "Fewer managers: how many"),
    ("demand", "Families told of: how many where 100 are now"), ("leaving", "People who leave: how many where 100 do now"),
    ("pay", "Pay: how many pounds where 100 are paid now"), ("agency", "Empty posts filled by agency staff: how many of 100"),
    ("absence", "Spells of illness: how many where 100 are now"),
    ("threshold", "Let through at the front door: how many where 100 are now"),
    ("early_help", "Families helped in time by family support: how many of 100"),
)  # fmt: skip
WHERE_100 = ("demand", "leaving", "pay", "absence", "threshold")
"""What is asked as how many where 100 are now."""
LEAST_OF_100 = 30
"""Fewer where 100 are now are hardly meant: whoever writes 15 means 15 more."""
LINES = 3


class Own(Question):
    """Several things at once, each from a day of its own."""

    def groups(self) -> list[Group]:
        """A group for each thing; those that may stay empty are folded until one needs them."""
        found = [
            Group(
                "" if n == 1 else f"A {('second', 'third')[n - 2]} thing",
                _names(n),
                n > 1,
                n > 1 and self._has(n),
            )
            for n in range(1, LINES + 1)
        ]
        return [*found, Group("", ("ahead",)), self._about_money()]

    def _has(self, number: int) -> bool:
        said = self.is_bound and (
            self.data.get(f"what{number}") or any(name in self.errors for name in _names(number))
        )
        return bool(said)

    def choices_now(self, today: date, places: Choices) -> dict[str, Choices]:
        days = [
            (soon(today).isoformat(), "As soon as can be"),
            *((code, s) for code, s, _ in planned_days(today)),
        ]
        found: dict[str, Choices] = {}
        for number in range(1, LINES + 1):
            found |= {f"where{number}": places, f"when{number}": days}
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for number in range(1, LINES + 1):
            if not said.get(f"what{number}"):
                continue
            if said.get(f"many{number}") is None and f"many{number}" not in self.errors:
                self.add_error(f"many{number}", "Say how many.")
            self._is_where_100(number, said)
            if said.get(f"when{number}") and said.get("ahead"):
                self._reaches(number, date.fromisoformat(said[f"when{number}"]), int(said["ahead"]))
        return said

    def _is_where_100(self, number: int, said: dict[str, Any]) -> None:
        many = said.get(f"many{number}")
        if said[f"what{number}"] in WHERE_100 and many is not None and many < LEAST_OF_100:
            self.add_error(
                f"many{number}",
                f"Say how many where 100 are now: for {many} in 100 more, write {100 + many}; for {many} in 100 fewer, "
                f"{100 - many}. At least {LEAST_OF_100}.",
            )

    def _reaches(self, number: int, day: date, ahead: int) -> None:
        if (day - self.today).days > ahead - 28:
            self.add_error(f"when{number}", "Choose an earlier day, or look further ahead.")


def _names(number: int) -> tuple[str, ...]:
    return tuple(f"{name}{number}" for name in ("what", "many", "where", "when"))


def _line(number: int) -> dict[str, forms.Field]:
    """What changes, how many, where and from when; all but the first line may stay empty."""
    first = number == 1
    what = choice("What changes?" if first else "And what else?", WHAT[1:] if first else WHAT)
    many = count(
        "How many?",
        None,
        "So many people or posts; or, where 100 are now, 115 means 15 in 100 more.",
        least=0,
        most=1000,
    )
    where, day = choice("Where?"), choice("From when?")
    for field in (what, many, where, day):
        field.required = first
    return {f"what{number}": what, f"many{number}": many, f"where{number}": where, f"when{number}": day}


for _number in range(1, LINES + 1):
    Own.base_fields |= _line(_number)


class Reshaped(Question):
    """Areas become one, or a team's work goes to another team."""

    HOW: Choices = (
        ("merge", "Areas become one, with one team of each kind"),
        ("move", "A team’s work goes to another team"),
    )
    REVEALS: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "how": {"merge": ("areas", "name"), "move": ("work", "to", "posts")}, "when": {ANOTHER: ("day",)},
    }  # fmt: skip
    how = choice("What changes?", HOW, start="merge")
    how.widget = forms.RadioSelect()
    areas = forms.MultipleChoiceField(
        label="Which areas become one?", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose areas of the list."},
    )  # fmt: skip
    name = forms.CharField(
        label="What is the new area called?", required=False, max_length=60, help_text="Left empty, it is called after both.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    work = choice("Which work moves?")
    to = choice("Which team takes it over?")
    posts = count(
        "How many of its posts go with it?",
        0,
        "A team that keeps no work goes with all its posts: leave 0.",
        least=0,
    )
    when = when("From when?")
    day = other_day()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("work", "to", "posts"):
            self.fields[name].required = False

    def choices_now(self, today: date, places: Choices) -> dict[str, Choices]:
        teams = self.places.structure.teams
        return super().choices_now(today, places) | {
            "areas": [each for each in self.places.wide if each[0] != "all"],
            "work": [("", "Choose a team’s work"), *(_work(team, area) for team in teams for area in team.areas)],
            "to": [("", "Choose a team"), *((team.name, team.name) for team in teams)],
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("how") == "merge":
            self._merges(said)
        elif said.get("how") == "move":
            self._moves(said)
        return said

    def _merges(self, said: dict[str, Any]) -> None:
        chosen = said.get("areas") or []
        if len(chosen) < 2 and "areas" not in self.errors:
            self.add_error("areas", "Choose two areas or more.")
        taken = {name.lower() for name in self.places.structure.areas}
        if (said.get("name") or "").strip().lower() in taken - {
            each.partition(":")[2].lower() for each in chosen
        }:
            self.add_error("name", "There is another area of this name already.")

    def _moves(self, said: dict[str, Any]) -> None:
        for name, because in (
            ("work", "Choose which work moves."),
            ("to", "Choose the team that takes it over."),
        ):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, because)
        if said.get("posts") is None and "posts" not in self.errors:
            said["posts"] = 0


def _work(team: Team, area: str) -> tuple[str, str]:
    """All the work of a team, or what it does for one of its areas."""
    return f"{team.name}|{area}", team.name if len(team.areas) == 1 else f"{team.name}: its work for {area}"
