"""The child needs more, or less: what two teams agreed in one conversation, and the plan that goes along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from rightplace.common.caseflow.actions import Conversation, Step
from rightplace.common.caseflow.fields import said
from rightplace.common.web.forms import DayField
from rightplace.domain.practice.need import sample_pack
from rightplace.foundation.organisation.models import Team


class ConversationForm(forms.Form):
    """The one conversation in which two teams agree on a step, and the plan that goes along."""

    ours = forms.CharField(
        label="Who spoke for your team?",
        max_length=120,
        error_messages={"required": "Write who spoke for your team."},
    )
    theirs = forms.CharField(
        label="Who spoke for the other team?",
        max_length=120,
        error_messages={"required": "Ring the other team first; then write whom you spoke with."},
    )
    spoke_on = DayField(label="On which day did you speak?", required=True)
    agreed = said("What did you both agree?", "Write what you both agreed, and who tells the family.")
    carried = said("The plan that goes along", help_text="One goal a line. The other team goes on from it.")

    @property
    def conversation(self) -> Conversation:
        """Who spoke, when, and what was agreed."""
        typed = self.cleaned_data
        return Conversation((typed["ours"], typed["theirs"]), typed["spoke_on"], typed["agreed"])

    @property
    def goals(self) -> tuple[str, ...]:
        """The plan that goes along, a goal a line."""
        return tuple(line.strip() for line in self.cleaned_data["carried"].splitlines() if line.strip())


CONVERSATION = tuple(ConversationForm.base_fields)


class StepForm(ConversationForm):
    """The child needs more, or less: agreed in one conversation, with what says so, and offered onward at once."""

    field_order = ("children", "direction", "team", "reasons", *CONVERSATION, "indicators")

    children = forms.TypedMultipleChoiceField(
        label="Which children?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the children."},
    )
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
    reasons = said("Reasons", "Write why.")
    indicators = forms.MultipleChoiceField(
        label="What says so",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one indicator."},
    )

    def __init__(
        self,
        *args: Any,
        teams: Sequence[Team],
        children: Mapping[int, str],
        up: bool | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[Any, str]]] = {
            "team": [("", "Choose a team"), *((team.pk, team.name) for team in teams)],
            "indicators": [
                (each.id, f"{each.text} ({each.level.number})") for each in sample_pack().indicators
            ],
            "children": [(file, name) for file, name in children.items()],
        }
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options
        self.everybody = list(children)
        self.up = up
        if len(children) == 1:
            del self.fields["children"]
        if up is not None:
            del self.fields["direction"]

    def step(self, from_part: str, to_part: str) -> Step:
        """What was typed, as the step that it is."""
        said_here = self.cleaned_data
        return Step(
            up=said_here["direction"] == "up" if self.up is None else self.up,
            from_part=from_part,
            to_part=to_part,
            team=said_here["team"],
            reasons=said_here["reasons"],
            indicators=tuple(said_here["indicators"]),
            conversation=self.conversation,
            carried=self.goals,
        )

    @property
    def chosen(self) -> list[int]:
        """The files of the children who step."""
        return list(self.cleaned_data.get("children", self.everybody))
