"""What is typed to ask agencies what they know, and what an agency types to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet

from rightplace.foundation.organisation.models import Agency
from rightplace.services.frontdoor.forms import BASES, FAMILY, FamilyPart, agency_choices, chosen, words
from rightplace.services.frontdoor.projections import Contact


@dataclass(frozen=True)
class Relative:
    """Somebody of the family whom a question may name beside the child: the entry that says so, and the words."""

    entry: int
    name: str
    relation: str

    @property
    def words(self) -> str:
        """The name and what they are to the child."""
        return f"{self.name} ({self.relation})" if self.relation else self.name


class AskForm(FamilyPart):
    """Ask an agency what it knows: the least that it needs to answer."""

    agency = forms.TypedChoiceField(
        label="Which agency?", coerce=int, error_messages={"required": "Choose the agency that is asked."}
    )
    question = words("What do you ask?", "Write what you want to know.", rows=3)
    sent = words(
        "What do you send them about the child?",
        "Write what they are sent, or the agency cannot answer.",
        "The least that they need to find the child and answer. They see exactly these words.",
        rows=3,
    )
    basis = chosen("Lawful basis", BASES, "Choose the lawful basis.", initial="public task")
    purpose = words("What is it for?", "Write the purpose.", rows=2)
    family_told = chosen("Does the family know that you ask?", FAMILY, "Say whether the family knows.")
    family_why = words("If not, or if they do not agree: why do you ask all the same?", "", rows=2)

    also = forms.TypedMultipleChoiceField(
        label="And at the same time",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each is sent the same words and answers for itself.",
    )

    def __init__(
        self, *args: Any, agencies: QuerySet[Agency], relatives: Sequence[Relative] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.relatives = list(relatives)
        self._name_relatives()
        others = [(a.pk, a.name) for a in agencies if a.kind != Agency.Kind.EDUCATION]
        also = self.fields["also"]
        assert isinstance(also, forms.TypedMultipleChoiceField)
        also.choices = others
        field = self.fields["agency"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "Choose an agency"), *agency_choices(agencies)]

    def _name_relatives(self) -> None:
        """Child first: a relative is named only when somebody ticks them and says why."""
        for each in self.relatives:
            self.fields[f"with_{each.entry}"] = forms.BooleanField(
                label=f"Name {each.words} too", required=False
            )
            self.fields[f"why_{each.entry}"] = words(
                f"Why must they be asked about {each.name}?", "", rows=1, limit=400
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        for each in self.relatives:
            if found.get(f"with_{each.entry}") and not found.get(f"why_{each.entry}", "").strip():
                self.add_error(
                    f"why_{each.entry}", f"Say why the question must name {each.name}, or leave them out."
                )
        return found

    @property
    def asked(self) -> list[int]:
        """The agencies that are asked, each once."""
        return list(dict.fromkeys([self.cleaned_data["agency"], *self.cleaned_data["also"]]))

    @property
    def named(self) -> list[tuple[Relative, str]]:
        """The relatives who are named, each with the reason."""
        said = self.cleaned_data
        return [(r, said[f"why_{r.entry}"].strip()) for r in self.relatives if said.get(f"with_{r.entry}")]

    @property
    def sent_words(self) -> str:
        """Exactly what each agency reads: the child, then those relatives who were chosen."""
        also = [f"Also {each.words}: {why.rstrip('.')}." for each, why in self.named]
        return "\n".join([str(self.cleaned_data["sent"]), *also])


class AnswerForm(forms.Form):
    """What an agency knows: written by the agency itself, or by us when it was said on the telephone."""

    known = chosen(
        "Do they know the child or the family?",
        [
            ("known", "They know the child or the family, and say what"),
            ("nothing", "They know nothing about the child or the family"),
            ("refused", "They will not say, and give the reason"),
        ],
        "Say whether the agency knows the child or the family.",
    )
    answer = words("What they say", "", "In their words, with dates where they have them.", rows=5)
    refused_because = words("If they will not say: their reason", "", rows=2)
    answered_by = forms.CharField(
        label="Who said so",
        help_text="Name and role, for example PC Ormond, MASH desk",
        max_length=120,
        error_messages={"required": "Write who answered."},
    )

    def __init__(
        self, *args: Any, by_telephone: bool = True, answered_beside: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.answered_beside = answered_beside
        if not by_telephone:
            self._speak_to_the_agency()

    def _speak_to_the_agency(self) -> None:
        """The same questions to the agency itself."""
        known, answered = self.fields["known"], self.fields["answered_by"]
        assert isinstance(known, forms.ChoiceField)
        known.label = "Does your agency know the child or the family?"
        known.error_messages["required"] = "Say whether your agency knows the child or the family."
        known.choices = [
            ("known", "We know the child or the family, and say what"),
            ("nothing", "We know nothing about the child or the family"),
            ("refused", "We will not say, and give the reason"),
        ]
        self.fields["answer"].label, self.fields["answer"].help_text = (
            "What you know",
            "With dates where you have them.",
        )
        self.fields["refused_because"].label = "If you will not say: your reason"
        answered.label, answered.help_text = "Who answers", "Your name and role."

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        nothing_said = not self.answered_beside and not found.get("answer", "").strip()
        if found.get("known") == "known" and nothing_said:
            self.add_error("answer", "Write what they know.")
        if found.get("known") == "refused" and not found.get("refused_because", "").strip():
            self.add_error("refused_because", "A refusal to share needs its reason.")
        return found


def least_to_send(children: str, contact: Contact) -> str:
    """What a check sends unless somebody needs more: who the child is, and nothing of what was told."""
    return f"{children}. We have been told something about this family and ask what you know."
