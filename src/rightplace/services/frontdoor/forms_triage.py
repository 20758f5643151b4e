"""What is typed at a joint triage: who sits at the table, what each knows, what they decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from rightplace.domain.practice.entries.contact import Grade, Level
from rightplace.foundation.organisation.models import Agency
from rightplace.services.frontdoor.forms import BASES, FAMILY, FamilyPart, chosen, words

LEVELS = [("", "Not said"), *((each.value, each.value.capitalize()) for each in Level)]


class OpenForm(FamilyPart):
    """Who looks at the notice together, and what each is sent."""

    agencies = forms.TypedMultipleChoiceField(
        label="Who sits at the table?", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose two agencies at least."},
        help_text="You say what you know yourselves too.",
    )  # fmt: skip
    school = forms.TypedChoiceField(
        label="And the child's school?",
        coerce=int,
        required=False,
        empty_value=0,  # type: ignore[arg-type]  # the stubs know only text
    )
    grade = chosen(
        "How fast?",
        [
            (Grade.RED.value, "Red: heard within 1 hour, decided within 2"),
            (Grade.AMBER.value, "Amber: heard within 4 office hours, decided within 6"),
            (Grade.GREEN.value, "Green: heard within 8 office hours, decided within 12"),
        ],
        "Choose how fast.",
    )
    sent = words(
        "What each is sent",
        "Write what they are sent.",
        "The least that they need. The same for all.",
        rows=4,
    )
    basis = chosen("Lawful basis", BASES, "Choose the lawful basis.", initial="public task")
    purpose = words("What is it for?", "Write the purpose.", rows=2)
    family_told = chosen("Does the family know?", FAMILY, "Say whether the family knows.")
    family_why = words("If not, or if they do not agree: why all the same?", "", rows=2)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        table, school = self.fields["agencies"], self.fields["school"]
        assert isinstance(table, forms.ChoiceField) and isinstance(school, forms.ChoiceField)
        every = list(agencies)
        table.choices = [(a.pk, a.name) for a in every if a.kind != Agency.Kind.EDUCATION]
        schools = [(a.pk, a.name) for a in every if a.kind == Agency.Kind.EDUCATION]
        school.choices = [("", "No school"), *schools]

    @property
    def table(self) -> list[int]:
        """Every agency that is asked."""
        said = self.cleaned_data
        return [*said["agencies"], *([said["school"]] if said["school"] else [])]


class TellForm(forms.Form):
    """What one agency knows of it."""

    agency = forms.TypedChoiceField(label="Who says so?", coerce=int)
    known = chosen(
        "Does your agency know the child or the family?",
        [
            ("known", "We know the child or the family, and say what"),
            ("nothing", "We know nothing about the child or the family"),
            ("refused", "We will not say, and give the reason"),
        ],
        "Say whether your agency knows the child or the family.",
    )
    told = words("What you know", "", "Everybody at the table reads it.", rows=4)
    level = chosen("Which level do you see?", LEVELS, "", required=False, initial="")
    refused_because = words("If you will not say: your reason", "", rows=2)

    def __init__(self, *args: Any, speakers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = speakers
        if len(speakers) == 1:
            del self.fields["agency"]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("known") == "known" and not found.get("told", "").strip():
            self.add_error("told", "Write what you know.")
        if found.get("known") == "refused" and not found.get("refused_because", "").strip():
            self.add_error("refused_because", "A refusal to share needs its reason.")
        return found


class DecideForm(forms.Form):
    """What the table decides, who saw it otherwise, and whether the school is told."""

    level = chosen("Level of need", LEVELS[1:], "Choose the level of need.")
    reasons = words("Reasons", "Write why.", rows=4)
    dissent = words("Did anybody see it differently?", "", "Who, and what they said.", rows=2)
    without_because = words("If somebody has not spoken: why do you decide without them?", "", rows=2)
    school = forms.TypedChoiceField(
        label="Tell the school?",
        coerce=int,
        required=False,
        empty_value=0,  # type: ignore[arg-type]  # the stubs know only text
    )
    school_sent = words(
        "What the school is sent", "",
        "That there was an incident, and what would help the child today. Nothing of what others said.", rows=3,
    )  # fmt: skip

    def __init__(self, *args: Any, schools: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["school"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Nobody at a school is told"), *((a.pk, a.name) for a in schools)]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("school") and not found.get("school_sent", "").strip():
            self.add_error("school_sent", "Write what the school is sent.")
        return found
