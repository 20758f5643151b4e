"""The forms of a plan, a review and an end: as many lines as the family has goals and people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django import forms

from rightplace.common.web.forms import DayField
from rightplace.domain.practice.entries.familysupport import (
    FamilyPlanReviewed,
    FamilySupportEnded,
    Goal,
    Measure,
)
from rightplace.domain.practice.outcomes import Framework
from rightplace.services.familysupport.forms import ENDINGS, line, one_of, several, words
from rightplace.services.familysupport.record import FamilyRecord, person_key

MOST_GOALS = 20
SPARE = 2
STATES = (("open", "Not done yet"), ("done", "Done"), ("not needed", "No longer needed"))
GOES_ON = (
    ("goes on", "The plan goes on"),
    ("ends", "The work can end"),
    ("steps up", "The children need more than we can give"),
)


class PlanForm(forms.Form):
    """The goals, each with who does what by when. Empty lines are left out."""

    def __init__(
        self,
        *args: Any,
        goals: Sequence[Goal],
        doers: Sequence[tuple[str, str]],
        used: Framework | None,
        count: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.goals = list(goals)
        self.doers = dict(doers)
        self.count = min(max(count, len(self.goals) + (0 if self.goals else SPARE)), MOST_GOALS)
        headlines = [("", "None of these"), *((h.id, h.title) for h in used.headlines)] if used else []
        for n in range(self.count):
            goal = self.goals[n] if n < len(self.goals) else None
            self._line(n, goal, list(doers), headlines)
        self.fields["family_words"] = words("What does the family say to this plan?")

    def _line(
        self, n: int, goal: Goal | None, doers: list[tuple[str, str]], headlines: list[tuple[str, str]]
    ) -> None:
        add = self.fields
        add[f"want_{n}"] = words("What should be different?", rows=2)
        add[f"does_{n}"] = words("What is done for it?", rows=2)
        add[f"doer_{n}"] = one_of("Who does it?", [("", "Choose who"), *doers])
        add[f"by_{n}"] = DayField(label="By when?", required=False)
        if headlines:
            add[f"headline_{n}"] = one_of("Which headline?", headlines)
            add[f"headline_{n}"].initial = goal.headline if goal else ""
        if goal:
            add[f"want_{n}"].initial, add[f"does_{n}"].initial = goal.want, goal.does
            add[f"by_{n}"].initial = goal.by
            add[f"doer_{n}"].initial = f"w{goal.worker}" if goal.worker else f"f{goal.doer}"

    @property
    def lines(self) -> list[list[forms.BoundField]]:
        """The fields of each goal."""
        names = ("want", "does", "doer", "by", "headline")
        return [
            [self[f"{name}_{n}"] for name in names if f"{name}_{n}" in self.fields] for n in range(self.count)
        ]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for n in range(self.count):
            if not found.get(f"want_{n}"):
                if found.get(f"does_{n}"):
                    self.add_error(f"want_{n}", "Write what should be different.")
                continue
            if not found.get(f"does_{n}"):
                self.add_error(f"does_{n}", "Write what is done for it.")
            if not found.get(f"doer_{n}"):
                self.add_error(f"doer_{n}", "Choose who does it.")
            if not found.get(f"by_{n}") and f"by_{n}" not in self.errors:
                self.add_error(f"by_{n}", "Write by which day.")
        return found

    def made(self) -> list[Goal]:
        """The goals that were typed; a line that stood in the plan before keeps its number and how it stands."""
        found, free = [], max((goal.number for goal in self.goals), default=0) + 1
        for n in range(self.count):
            said = self.cleaned_data
            if not said.get(f"want_{n}"):
                continue
            before = self.goals[n] if n < len(self.goals) else None
            doer = said[f"doer_{n}"]
            found.append(
                Goal(
                    number=before.number if before and before.number else free,
                    want=said[f"want_{n}"],
                    does=said[f"does_{n}"],
                    doer=self.doers[doer],
                    worker=int(doer[1:]) if doer.startswith("w") else 0,
                    by=said[f"by_{n}"],
                    headline=said.get(f"headline_{n}", ""),
                    state=before.state if before else "open",
                    note=before.note if before else "",
                )
            )
            free += not (before and before.number)
        return found


class Measuring(forms.Form):
    """Where each person stands now, under each headline under which they were measured before."""

    def measure(self, record: FamilyRecord) -> None:
        """Add one question for each person and headline."""
        self.measured: dict[str, Measure] = {}
        used = record.framework
        if used is None:
            return
        points = [("", "Not known"), *((point.value, point.words) for point in used.points)]
        keys: dict[tuple[object, str], str] = {}
        for one, _ in record.measures:
            key = (person_key(one.child, one.who), one.headline)
            headline = used.headline(one.headline)
            if headline is not None:
                name = keys.setdefault(key, f"measure_{len(keys)}")
                self.measured[name] = one
                self.fields[name] = one_of(f"{one.who}: {headline.title}", points)
                self.fields[name].help_text = f"Last time: {used.words(one.value)}"

    @property
    def measure_fields(self) -> list[forms.BoundField]:
        """The questions of where each stands."""
        return [self[name] for name in self.measured]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The answers; what was left at *not known* is said to be not known."""
        return tuple(
            Measure(headline=one.headline, who=one.who, child=one.child, value=self.cleaned_data[name])
            for name, one in self.measured.items()
        )


class ReviewForm(Measuring):
    """The plan is looked at again, with whoever came."""

    def __init__(self, *args: Any, record: FamilyRecord, people: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = record.goals
        self.fields["came"] = several("Who came?", [(name, name) for name in people])
        for goal in self.goals:
            self.fields[f"goal_{goal.number}"] = one_of(
                goal.want, STATES, "Say how this goal stands.", radios=True
            )
            self.fields[f"goal_{goal.number}"].initial = goal.state
            self.fields[f"goal_{goal.number}"].help_text = f"{goal.doer}: {goal.does}" if goal.does else ""
            self.fields[f"note_{goal.number}"] = line("Why, or what comes next", most=300)
        self.measure(record)
        self.fields["family_words"] = words(
            "What does the family say, in their own words?", "Write what the family says."
        )
        self.fields["outcome"] = words("What did you look at together?", "Write what you looked at together.")
        self.fields["goes_on"] = one_of("How does it go on?", GOES_ON, "Say how it goes on.", radios=True)

    @property
    def goal_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each goal."""
        return [[self[f"goal_{goal.number}"], self[f"note_{goal.number}"]] for goal in self.goals]

    def reviewed(self) -> FamilyPlanReviewed:
        """The review that was typed."""
        said = self.cleaned_data
        goals = tuple(
            msgspec.structs.replace(goal, state=said[f"goal_{goal.number}"], note=said[f"note_{goal.number}"])
            for goal in self.goals
        )
        return FamilyPlanReviewed(
            support=0, outcome=said["outcome"], came=tuple(said["came"]), family_words=said["family_words"], goals=goals,
            measures=self.measures, goes_on=said["goes_on"],
        )  # fmt: skip


class EndForm(Measuring):
    """The work ends: what is different now, and what stays."""

    def __init__(self, *args: Any, record: FamilyRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = one_of("How does it end?", ENDINGS, "Choose how it ends.")
        self.fields["changed"] = words(
            "What is different now?", "Write what is different now, also where nothing is.", rows=4
        )
        self.fields["family_words"] = words("What does the family say, in their own words?")
        self.fields["stays"] = words("What stays in place, and whom can they ring?")
        self.fields["reasons"] = words("Why does it end now?", "Write why it ends now.")
        self.measure(record)

    def ended(self) -> FamilySupportEnded:
        """The end that was typed."""
        said = self.cleaned_data
        kept: Mapping[str, str] = {
            name: said[name] for name in ("outcome", "changed", "family_words", "stays", "reasons")
        }
        return FamilySupportEnded(support=0, measures=self.measures, **kept)
