"""What is typed about pools, wishes, decisions and appeals, and the sentence when it is wrong.

What is typed about panels, interviews, job shares and the skill mix is in `forms_panels.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from rightplace.common.web.forms import DayField
from rightplace.domain.matching import Ground
from rightplace.domain.matching.model import MOST_PREFERENCES
from rightplace.services.selection.models import Appeal, Offer, Pool, Redeployment, Trial

Choices = Sequence[tuple[Any, str]]


def words_field(label: str, hint: str = "", *, required: bool = True, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": "Write a few words."},
    )  # fmt: skip


def choice(label: str, choices: Choices, hint: str = "", *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", "Choose"), *choices], help_text=hint, required=required,
        error_messages={"required": "Choose one."},
    )  # fmt: skip


class WishForm(forms.Form):
    """Up to eight jobs, the best first."""

    def __init__(self, *args: Any, jobs: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.most = min(MOST_PREFERENCES, len(jobs))
        for place in range(1, self.most + 1):
            self.fields[f"job_{place}"] = choice(f"Number {place}", jobs, required=False)

    def chosen(self) -> list[int]:
        """The jobs in their order; empty places between them close up."""
        named = [self.cleaned_data[f"job_{place}"] for place in range(1, self.most + 1)]
        return [int(each) for each in named if each]


class PaperForm(WishForm):
    """Wishes typed in from paper, for somebody who wrote them there."""

    paper_of = DayField(label="The day on the paper")


class AnswerForm(forms.Form):
    """Answering an offer that comes before matching."""

    answer = forms.ChoiceField(
        label="Do you take one of these jobs?", widget=forms.RadioSelect,
        choices=[(Offer.Answer.ACCEPTED, "Yes"), (Offer.Answer.DECLINED, "No, I compete as everybody does")],
        error_messages={"required": "Choose yes or no."},
    )  # fmt: skip


class AppealForm(forms.Form):
    """Appealing."""

    about = forms.ChoiceField(
        label="What do you appeal against?", choices=Appeal.About.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )  # fmt: skip
    grounds = words_field("What was not right?", "Write what was missed or wrong, and where it can be seen.")


class WordsForm(forms.Form):
    """A few words."""

    def __init__(self, *args: Any, label: str, hint: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"] = words_field(label, hint)


class TieForm(forms.Form):
    """People who are level, put in order on further evidence."""

    def __init__(self, *args: Any, people: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        for place in range(1, len(people) + 1):
            self.fields[f"place_{place}"] = choice(f"Number {place}", people)
        self.fields["evidence"] = words_field(
            "The further evidence",
            "What the panel heard or read more, from whom, on which day. Never a lot, and never age.",
        )

    def order(self) -> list[int]:
        return [int(self.cleaned_data[name]) for name in self.fields if name.startswith("place_")]


class ProposeForm(forms.Form):
    """Proposing which result to take forward."""

    method = forms.ChoiceField(
        label="Which result?", widget=forms.RadioSelect, error_messages={"required": "Choose one."}
    )
    reasons = words_field("Why this one, also against the other?")

    def __init__(self, *args: Any, methods: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["method"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(methods)


class ConfirmForm(forms.Form):
    """Confirming a proposal, as its second person."""

    reasons = words_field("Why do you confirm it?")
    named = forms.ChoiceField(label="Who seeks another post with those who have no place?", required=False)

    def __init__(self, *args: Any, people: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["named"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *people]


class HearerForm(forms.Form):
    """Appointing who hears an appeal."""

    hearer = forms.ChoiceField(label="Who hears it?", help_text="Somebody who took no part in the decision.")
    hearing_on = DayField(label="The day of the hearing")

    def __init__(self, *args: Any, people: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["hearer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *people]


class DecideAppealForm(forms.Form):
    """Deciding an appeal."""

    heard_on = DayField(label="The day on which you heard the person")
    outcome = forms.ChoiceField(
        label="Your decision", choices=[("upheld", "The appeal succeeds"), ("not_upheld", "The appeal does not succeed")],
        widget=forms.RadioSelect, error_messages={"required": "Choose one."},
    )  # fmt: skip
    assessment = forms.ChoiceField(label="What is scored anew, if it succeeds", required=False)
    reasons = words_field("Your reasons", "The person reads them as you write them.")

    def __init__(self, *args: Any, assessments: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["assessment"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Nothing"), *assessments]


class BeginForm(forms.Form):
    """Beginning a selection."""

    programme = forms.ChoiceField(label="Which programme?", error_messages={"required": "Choose one."})
    opens = DayField(label="Preferences open on")
    closes = DayField(label="Preferences close on")

    def __init__(self, *args: Any, programmes: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["programme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *programmes]


class PoolForm(forms.Form):
    """Making a pool."""

    name = forms.CharField(label="What is the pool called?", max_length=120)
    kind = forms.ChoiceField(label="How do these people stand to the new jobs?", choices=Pool.Kind.choices)
    because = words_field("Why are these posts together?", "Everybody in the pool reads it.")
    majority_of_duties = forms.BooleanField(label="Most duties are in one new job", required=False)
    similar_level = forms.BooleanField(label="The level is similar", required=False)
    posts = forms.MultipleChoiceField(label="Which old posts?", widget=forms.CheckboxSelectMultiple)
    jobs = forms.MultipleChoiceField(
        label="Which new jobs?", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, posts: Choices, jobs: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, choices in (("posts", posts), ("jobs", jobs)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = list(choices)


class AgreedForm(forms.Form):
    """Recording that the pools were agreed."""

    reference = forms.CharField(
        label="Where can the agreement be read?",
        help_text="A number of minutes, never a name.",
        max_length=120,
    )


class ReachedForm(forms.Form):
    """How somebody who is away was reached."""

    how = forms.CharField(label="How was the person reached?", max_length=120)
    on = DayField(label="On which day?")


class RightForm(forms.Form):
    """A right to be offered a vacancy first, and which jobs are suitable."""

    ground = forms.ChoiceField(label="By which right?", choices=[(each.value, each.value) for each in Ground])
    suitable = forms.MultipleChoiceField(label="Suitable jobs", widget=forms.CheckboxSelectMultiple)
    evidence = words_field("Who judged them suitable, and on what?", rows=3)

    def __init__(self, *args: Any, jobs: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["suitable"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(jobs)


class TrialForm(forms.Form):
    """Beginning a trial in a new job."""

    until = DayField(label="Last day, if longer than four weeks", required=False)
    agreed_on = DayField(label="The day of the written agreement", required=False)
    retraining = forms.CharField(label="What is learnt in the longer time", required=False, max_length=200)


class ReviewForm(forms.Form):
    """A review of a trial."""

    on = DayField(label="The day of the review")
    words = words_field("What person and manager said", rows=3)


class EndTrialForm(forms.Form):
    """The end of a trial."""

    outcome = forms.ChoiceField(
        label="How did it end?", choices=Trial.Outcome.choices, widget=forms.RadioSelect
    )
    because = words_field("What both found", rows=3)


class EndSearchForm(forms.Form):
    """The end of a search for another post."""

    outcome = forms.ChoiceField(
        label="How did the search end?", choices=Redeployment.Outcome.choices, widget=forms.RadioSelect
    )


class SheetForm(forms.Form):
    """A spreadsheet of preferences to take in."""

    file = forms.FileField(
        label="The spreadsheet", help_text="XLSX or CSV, at most 5 MB, in the columns that you take out here."
    )
    trial = forms.BooleanField(label="Only try it: say what would happen, and change nothing", required=False)
