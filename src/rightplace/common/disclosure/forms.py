"""What somebody types who shares, or does not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from rightplace.common.disclosure import grounds
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency

FAMILY = (
    ("told and agrees", "Told, and they agree"),
    ("told and does not agree", "Told, and they do not agree"),
    ("not told", "Not told"),
    ("not known", "Not known"),
)


def words(label: str, missing: str = "", help_text: str = "", rows: int = 3) -> forms.CharField:
    """A field of free words; `missing` is the sentence where it is needed and empty."""
    field = forms.CharField(
        label=label, help_text=help_text, required=bool(missing), max_length=6000,
        error_messages={"required": missing} if missing else {}, widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip
    field.max_length = None  # shown as a plain box; the validator still holds the limit
    return field


class _WithWhom(forms.Form):
    """An agency of the directory, or somebody in words."""

    agency = forms.TypedChoiceField(
        label="With which agency?",
        coerce=int,
        required=False,
        empty_value=0,  # type: ignore[arg-type]  # the stubs know only text
    )
    somebody = forms.CharField(
        label="Or with whom else?", max_length=120, required=False, help_text="Name and role, if it is no agency of the list."
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {agency.pk: agency.name for agency in agencies}
        field = self.fields["agency"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "Choose an agency"), *self.names.items()]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not found.get("agency") and not found.get("somebody", "").strip():
            self.add_error("agency", "Say with whom: an agency, or somebody in words.")
        return found

    @property
    def with_whom(self) -> str:
        """The name that is recorded."""
        agency = self.cleaned_data["agency"]
        return self.names[agency] if agency else str(self.cleaned_data["somebody"]).strip()


class ShareForm(_WithWhom):
    """What is sent to whom, on which basis and for what."""

    sent = words(
        "What is sent",
        "Write exactly what is sent.",
        "The least that they need. Word for word as they read it.",
        5,
    )
    basis = forms.ChoiceField(
        label="Lawful basis", choices=grounds.bases, widget=forms.RadioSelect, initial="public task",
        error_messages={"required": "Choose the lawful basis."},
    )  # fmt: skip
    purpose = words("What is it for?", "Write the purpose.", rows=2)
    family_told = forms.ChoiceField(
        label="Does the family know that you share it?", choices=FAMILY, widget=forms.RadioSelect,
        error_messages={"required": "Say whether the family knows."},
    )  # fmt: skip
    not_told_reason = words("If not, or if they do not agree: why do you share it all the same?", rows=2)


class RefuseForm(_WithWhom):
    """What was asked for and not given, and why."""

    asked_for = words("What was asked for?", "Write what was asked for.", rows=2)
    ground = forms.ChoiceField(
        label="On which ground?", widget=forms.RadioSelect, error_messages={"required": "Choose a ground."}
    )
    reasons = words("Why is it better for the child not to share it?", "Write the reasons.", rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.id, each.words) for each in grounds.grounds(clock.today())]
