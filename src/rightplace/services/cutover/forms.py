"""What people type around a cut-over, and the sentence when something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from rightplace.common.web.forms import DayField
from rightplace.services.cutover.models import FamilyMove


class AcceptForm(forms.Form):
    """The one conversation in which a team's families are accepted."""

    spoke_with = forms.TypedChoiceField(
        label="With whom of the old team did you go through the families?", coerce=int,
        error_messages={"required": "Say with whom of the old team you spoke."},
    )  # fmt: skip
    spoke_on = DayField(
        label="On which day?", help_text="For example, 27 3 2026",
        error_messages={"required": "Say on which day you spoke."},
    )  # fmt: skip

    def __init__(self, said: Mapping[str, Any] | None, *, people: Sequence[tuple[int, str]]) -> None:
        super().__init__(said)
        field = self.fields["spoke_with"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *people]


class SendBackForm(forms.Form):
    """Why one family is not taken."""

    why = forms.ChoiceField(
        label="Why can your team not take this family?", choices=FamilyMove.Why.choices, widget=forms.RadioSelect,
        error_messages={"required": "Say why your team cannot take the family."},
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why an offer to another team is taken back before the family moves."""

    reasons = forms.CharField(
        label="Why is it taken back?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text="The other team reads it; it stands in the child’s file.",
        error_messages={"required": "Write why; the other team reads it."},
    )  # fmt: skip


class ChooseForm(forms.Form):
    """Another team and worker for a family. Each choice is a worker of one of the teams that go on."""

    place = forms.ChoiceField(
        label="Which worker of which new team?", error_messages={"required": "Choose a worker."}
    )

    def __init__(
        self, said: Mapping[str, Any] | None, *, places: Sequence[tuple[str, str]], now: str = ""
    ) -> None:
        super().__init__(said, initial={"place": now})
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *places]


class PaceForm(forms.Form):
    """How fast the run may go."""

    pace = forms.IntegerField(
        label="Families a minute at most", help_text="0 is without a limit.", min_value=0, max_value=6_000,
        error_messages={"required": "Give a number.", "invalid": "Give a whole number.",
                        "min_value": "Give a number from 0 on.", "max_value": "Give at most 6,000."},
    )  # fmt: skip
