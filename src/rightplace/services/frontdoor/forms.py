"""What a person types at the front door, and the sentence when something is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from rightplace.common.disclosure import grounds
from rightplace.domain.practice.entries.contact import Grade
from rightplace.foundation.organisation.models import Agency, Team

BASES = grounds.bases()
FAMILY = (
    ("told and agrees", "Told, and they agree"),
    ("told and does not agree", "Told, and they do not agree"),
    ("not told", "Not told"),
    ("not known", "Not known"),
)
NEEDS_WHY = ("told and does not agree", "not told", "not known")
LONG = {"rows": 4}
SHORT = {"rows": 2}


def words(label: str, missing: str, help_text: str = "", rows: int = 4, limit: int = 4000) -> forms.CharField:
    """A field of free words; `missing` is the sentence when it is needed and empty, nothing where it is not."""
    errors = {"required": missing} if missing else {}
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        max_length=limit,
        error_messages=errors,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
    field.max_length = None  # shown as a plain box; the validator still holds the limit
    return field


def chosen(
    label: str,
    choices: Any,
    missing: str,
    help_text: str = "",
    initial: str | None = None,
    required: bool = True,
) -> forms.ChoiceField:
    """A choice of one, shown as radio buttons."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        initial=initial,
        required=required,
        error_messages={"required": missing, "invalid_choice": missing},
        widget=forms.RadioSelect,
    )


class FamilyPart(forms.Form):
    """Whether the family was told and agrees, apart from the lawful basis; and why not."""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("family_told") in NEEDS_WHY and not found.get("family_why", "").strip():
            self.add_error(
                "family_why", "Say why the family was not told, or does not agree, or why it is not known."
            )
        return found


class ScreenForm(forms.Form):
    """The first look: how fast the contact must be decided."""

    grade = chosen(
        "How urgent is it?",
        [
            (Grade.RED.value, "Red: a child may be hurt today. Decided within 4 hours, also at night"),
            (Grade.AMBER.value, "Amber: it worries and cannot wait long. Decided within 8 office hours"),
            (Grade.GREEN.value, "Green: it can be looked at in its turn. Decided within 24 office hours"),
        ],
        "Choose a grade.",
    )
    reasons = words("Why this grade?", "Write why, in a sentence or two.", rows=3)


ASKED: dict[str, int] = {Agency.Kind.POLICE: 0, Agency.Kind.EDUCATION: 2}


def agency_choices(agencies: QuerySet[Agency]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Agencies by kind: the police first, who are asked most, and the many schools last."""
    found: dict[str, list[tuple[int, str]]] = {}
    for agency in sorted(agencies, key=lambda each: (ASKED.get(each.kind, 1), each.kind, each.name)):
        found.setdefault(agency.get_kind_display().capitalize(), []).append((agency.pk, agency.name))
    return list(found.items())


class SameForm(forms.Form):
    """Whether two are one child."""

    same = chosen(
        "Are these the same child?",
        [("yes", "Yes, one child"), ("no", "No, two children")],
        "Say whether they are the same child.",
    )
    reasons = words("Why do you say so?", "Write what convinced you.", rows=3)


class LinkForm(forms.Form):
    """A manager links two open files: who answers from now on is said, never left to chance."""

    team = forms.TypedChoiceField(
        label="Which team answers from now on?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Name the team that answers from now on."},
    )
    worker = forms.TypedChoiceField(
        label="Which worker goes on?", coerce=int, required=False, empty_value=None
    )
    continuing = forms.TypedMultipleChoiceField(
        label="What goes on, of what is open?",
        coerce=int,
        required=False,
        help_text="Each keeps its own file and its own dates.",
        widget=forms.CheckboxSelectMultiple,
    )
    reasons = words("Why are they one child?", "Write why they are one child.", rows=3)

    def __init__(
        self,
        *args: Any,
        teams: list[Team],
        workers: list[tuple[int, str]],
        open_now: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, options in (
            ("team", [(team.pk, team.name) for team in teams]),
            ("worker", [(0, "Nobody yet"), *workers]),
            ("continuing", open_now),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options
        if not open_now:
            del self.fields["continuing"]


class UnlinkForm(forms.Form):
    """Part two files again: what was written while they were one stays or goes, entry by entry."""

    goes = forms.TypedMultipleChoiceField(
        label="Which of these belong to the child whose file leaves?",
        coerce=int,
        required=False,
        help_text="What you tick is written again in the leaving child's file and struck here. The rest stays.",
        widget=forms.CheckboxSelectMultiple,
    )
    reasons = words("Why are they two children?", "Write why they are two children.", rows=3)

    def __init__(self, *args: Any, entries: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["goes"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = entries
        if not entries:
            del self.fields["goes"]


class DisagreementForm(forms.Form):
    """Answer the referrer who disagrees."""

    upheld = chosen(
        "What do you find?",
        [("yes", "They are right: it has to be decided again"), ("no", "The decision stands")],
        "Say what you find.",
    )
    text = words("What they are sent", "Write what the referrer is told.", rows=4)
    reasons = words("Your reasons, for us", "Write why. The referrer does not see this.", rows=3)


class RotaForm(forms.Form):
    """Who takes calls out of hours."""

    worker = forms.TypedChoiceField(
        label="Who?", coerce=int, error_messages={"required": "Choose who is on call."}
    )
    begins = forms.DateTimeField(
        label="From",
        input_formats=["%Y-%m-%dT%H:%M"],
        error_messages={"required": "Say from when."},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    ends = forms.DateTimeField(
        label="Until",
        input_formats=["%Y-%m-%dT%H:%M"],
        error_messages={"required": "Say until when."},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, workers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["worker"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose a worker"), *workers]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("begins") and found.get("ends") and found["ends"] <= found["begins"]:
            self.add_error("ends", "The end is before the beginning.")
        return found
