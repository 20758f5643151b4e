"""What is typed about pools, wishes, scores, decisions and appeals, and the sentence when it is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from rightplace.common.web.forms import DayField
from rightplace.domain.matching import Ground
from rightplace.domain.matching.model import MOST_PREFERENCES
from rightplace.foundation.organisation.establishment.tables import Profession
from rightplace.services.selection.models import Appeal, Criterion, Offer, Pool, Redeployment, Trial

Choices = Sequence[tuple[Any, str]]


def _words(label: str, hint: str = "", *, required: bool = True, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": "Write a few words."},
    )  # fmt: skip


def _choice(label: str, choices: Choices, hint: str = "", *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", "Choose"), *choices], help_text=hint, required=required,
        error_messages={"required": "Choose one."},
    )  # fmt: skip


class WishForm(forms.Form):
    """Up to eight jobs, the best first."""

    def __init__(self, *args: Any, jobs: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        for place in range(1, MOST_PREFERENCES + 1):
            self.fields[f"job_{place}"] = _choice(f"Number {place}", jobs, required=False)

    def chosen(self) -> list[int]:
        """The jobs in their order; empty places between them close up."""
        named = [self.cleaned_data[f"job_{place}"] for place in range(1, MOST_PREFERENCES + 1)]
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
    grounds = _words("What was not right?", "Write what was missed or wrong, and where it can be seen.")


class WordsForm(forms.Form):
    """A few words."""

    def __init__(self, *args: Any, label: str, hint: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"] = _words(label, hint)


class ScoreForm(forms.Form):
    """One scorer's own sheet: a mark and its evidence for each criterion."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **more: Any) -> None:
        super().__init__(*args, **more)
        for each in criteria:
            self.fields[f"points_{each.code}"] = _choice(
                each.title, [(n, f"{n} of {each.most}") for n in range(each.most + 1)], f"Weighs {each.weight}",
                required=False,
            )  # fmt: skip
            self.fields[f"evidence_{each.code}"] = _words(
                f"Evidence: {each.title.lower()}",
                "What you heard or read, in their words.",
                required=False,
                rows=3,
            )


class SignForm(forms.Form):
    """Signing a sheet."""

    no_conflict = forms.BooleanField(
        label="I am neither kin nor friend of this person, nor in dispute with them", required=False
    )


class ModerateForm(forms.Form):
    """Settling marks on which two scorers are apart."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **more: Any) -> None:
        super().__init__(*args, **more)
        for each in criteria:
            self.fields[f"points_{each.code}"] = _choice(
                each.title, [(n, str(n)) for n in range(each.most + 1)]
            )
            self.fields[f"reasons_{each.code}"] = _words(f"Why: {each.title.lower()}", rows=3)


class TieForm(forms.Form):
    """People who are level, put in order on further evidence."""

    def __init__(self, *args: Any, people: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        for place in range(1, len(people) + 1):
            self.fields[f"place_{place}"] = _choice(f"Number {place}", people)
        self.fields["evidence"] = _words(
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
    reasons = _words("Why this one, also against the other?")

    def __init__(self, *args: Any, methods: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["method"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(methods)


class ConfirmForm(forms.Form):
    """Confirming a proposal, as its second person."""

    reasons = _words("Why do you confirm it?")
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


class ScorersForm(forms.Form):
    """Choosing two scorers."""

    first = forms.ChoiceField(label="First scorer")
    second = forms.ChoiceField(label="Second scorer")

    def __init__(self, *args: Any, people: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("first", "second"):
            field = self.fields[name]
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
    reasons = _words("Your reasons", "The person reads them as you write them.")

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
    because = _words("Why are these posts together?", "Everybody in the pool reads it.")
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


class PanelForm(forms.Form):
    """Making a panel: its jobs by title, its scorers, its criteria a line each."""

    title = forms.CharField(label="What is the panel called?", max_length=120)
    jobs = forms.MultipleChoiceField(label="For which jobs?", widget=forms.CheckboxSelectMultiple)
    scorers = forms.MultipleChoiceField(label="Trained scorers", widget=forms.CheckboxSelectMultiple)
    criteria = _words(
        "Criteria", "A line each: weight, then the words. For example: 3 Work with whole families"
    )

    def __init__(self, *args: Any, jobs: Choices, people: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, choices in (("scorers", people), ("jobs", jobs)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = list(choices)

    def clean_criteria(self) -> list[tuple[int, str]]:
        found = []
        for line in self.cleaned_data["criteria"].splitlines():
            weight, _, words = line.strip().partition(" ")
            if not line.strip():
                continue
            if not weight.isdecimal() or not 0 < int(weight) <= 100 or not words.strip():
                raise forms.ValidationError(
                    f"“{line.strip()[:40]}” has no weight from 1 to 100 and words after it."
                )
            found.append((int(weight), words.strip()[:160]))
        return found


class TrainingForm(forms.Form):
    """Recording that somebody was trained to score."""

    worker = forms.ChoiceField(label="Who?")
    on = DayField(label="On which day?")
    what = forms.CharField(label="Which training?", max_length=120)

    def __init__(self, *args: Any, people: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["worker"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *people]


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
    evidence = _words("Who judged them suitable, and on what?", rows=3)

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
    words = _words("What person and manager said", rows=3)


class EndTrialForm(forms.Form):
    """The end of a trial."""

    outcome = forms.ChoiceField(
        label="How did it end?", choices=Trial.Outcome.choices, widget=forms.RadioSelect
    )
    because = _words("What both found", rows=3)


class EndSearchForm(forms.Form):
    """The end of a search for another post."""

    outcome = forms.ChoiceField(
        label="How did the search end?", choices=Redeployment.Outcome.choices, widget=forms.RadioSelect
    )


class MixForm(forms.Form):
    """A team's skill mix."""

    team = forms.ChoiceField(label="Team")
    profession = forms.ChoiceField(label="Profession", choices=Profession.choices)
    least = forms.IntegerField(label="At least", min_value=0, max_value=99)
    most = forms.IntegerField(label="At most", min_value=0, max_value=99)

    def __init__(self, *args: Any, teams: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["team"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(teams)


class SheetForm(forms.Form):
    """A spreadsheet of preferences to take in."""

    file = forms.FileField(
        label="The spreadsheet", help_text="XLSX or CSV, at most 5 MB, in the columns that you take out here."
    )
    trial = forms.BooleanField(label="Only try it: say what would happen, and change nothing", required=False)
