"""What a manager types to hand a child over, and the sentence when something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from rightplace.common.caseflow.queries import WorkerLoad
from rightplace.domain.practice.need import sample_pack
from rightplace.domain.practice.vocabulary.codes import code_list
from rightplace.foundation.organisation.models import Team


def said(label: str, missing: str = "", help_text: str = "", rows: int = 3) -> forms.CharField:
    """Free words; `missing` is the sentence when they are needed and not there."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        error_messages={"required": missing or ""},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def load_words(load: WorkerLoad) -> str:
    """A worker with what the worker carries."""
    children = f"{load.children} {'child' if load.children == 1 else 'children'}"
    return f"{load.name}: {children}{', away' if load.away else ''}"


class WorkerChoice(forms.Form):
    """A form that offers the workers of a team, each with the children that they have."""

    def offer_workers(self, loads: Sequence[WorkerLoad], none: str) -> None:
        """Fill the choice of workers."""
        field = self.fields["worker"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *([("", none)] if none else []),
            *((load.worker, load_words(load)) for load in loads),
        ]


class AcceptForm(WorkerChoice):
    """The team answers from now on, with a worker or without one yet."""

    worker = forms.TypedChoiceField(
        label="Which worker?",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="Without a worker the child stands on the unallocated register, with its age.",
    )
    note = said("A note to the team", rows=2)

    def __init__(self, *args: Any, loads: Sequence[WorkerLoad], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_workers(loads, "Nobody yet")


class SendBackForm(forms.Form):
    """Not this team: why, and what instead."""

    reasons = said("Why does your team not take this child?", "Write why.")
    instead = said(
        "What should happen instead?", "Write what should happen instead: the child still needs somebody."
    )


class ReasonsForm(forms.Form):
    """Only reasons are asked."""

    reasons = said("Why?", "Write why.")


class TeamChoice(forms.Form):
    """A form that names a team, for what, and why."""

    team = forms.TypedChoiceField(
        label="Which team answers from now on?", coerce=int, error_messages={"required": "Choose the team."}
    )
    for_what = forms.CharField(
        label="For what?",
        max_length=40,
        help_text="For example: family support team, assessment",
        error_messages={"required": "Write what the team is to do."},
    )
    reasons = said("Why this team?", "Write why this team.")

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose a team"), *((team.pk, team.name) for team in teams)]


class PlaceForm(TeamChoice):
    """The head of service names the team."""


class OfferOnForm(TeamChoice):
    """A team did not take the child: which is asked next."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].label = "Which team is the child offered to now?"


def change_reasons() -> list[tuple[str, str]]:
    """Why a child's worker changes, in the words of the return."""
    return [("", "Choose a reason"), *((c.code, c.label) for c in code_list("worker_change_reason").codes)]


class AllocateForm(WorkerChoice):
    """Say which worker has the child."""

    worker = forms.TypedChoiceField(
        label="Which worker?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a worker."},
    )
    change_reason = forms.ChoiceField(label="If the worker changes: why?", required=False)
    reasons = said("Anything to remember about this choice", rows=2)

    def __init__(self, *args: Any, loads: Sequence[WorkerLoad], changes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_workers(loads, "")
        self.changes = changes
        field = self.fields["change_reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = change_reasons()
        if not changes:
            del self.fields["change_reason"]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if self.changes and not found.get("change_reason"):
            self.add_error("change_reason", "Say why the worker changes.")
        return found


class EndWorkerForm(forms.Form):
    """The worker no longer has the child."""

    change_reason = forms.ChoiceField(
        label="Why?", error_messages={"required": "Say why the worker no longer has the child."}
    )
    reasons = said("More about it", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["change_reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = change_reasons()


class CloseForm(forms.Form):
    """Let one child go."""

    closure_reason = forms.ChoiceField(
        label="Why is it over?", error_messages={"required": "Choose why it is over."}
    )
    reasons = said("Reasons", "Write why the child needs nothing further from the team.", rows=4)
    unseen_reason = said("If nobody has seen the child: why need the child not be seen?", rows=2)
    family_view = said("What do the child and the family say?", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["closure_reason"]
        assert isinstance(field, forms.ChoiceField)
        codes = [(c.code, c.label) for c in code_list("closure_reason").codes]
        field.choices = [("", "Choose a reason"), *codes, ("capacity", "The team is full")]


class StepForm(forms.Form):
    """The child needs more, or less: said with its indicators and offered onward in the same moment."""

    direction = forms.ChoiceField(
        label="Which way?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say which way."},
        choices=[("up", "Up: the child needs more than we can give"), ("down", "Down: the child needs less")],
    )
    team = forms.TypedChoiceField(
        label="Which team is the child offered to?",
        coerce=int,
        error_messages={"required": "Choose the team."},
    )
    indicators = forms.MultipleChoiceField(
        label="What says so",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one indicator."},
    )
    reasons = said("Reasons", "Write why.")

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in (
            ("team", [("", "Choose a team"), *((team.pk, team.name) for team in teams)]),
            (
                "indicators",
                [(each.id, f"{each.text} ({each.level.number})") for each in sample_pack().indicators],
            ),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options
