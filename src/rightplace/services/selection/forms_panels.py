"""What is typed about panels, interviews, scores, job shares and the skill mix, and the sentence when it is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from rightplace.common.web.forms import DayField
from rightplace.foundation.organisation.establishment.tables import FOUR_PROFESSIONS, Profession
from rightplace.services.selection.forms import Choices, choice, words_field
from rightplace.services.selection.models import Criterion

FOUR = [(code, Profession(code).label) for code in FOUR_PROFESSIONS]


def _choose(form: forms.Form, name: str, choices: Choices, first: str = "Choose") -> None:
    """Give a field its choices, which are known only when the page is made."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [*([] if isinstance(field, forms.MultipleChoiceField) else [("", first)]), *choices]


def _one(label: str, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, error_messages={"required": "Choose one."})


def _clock(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label, help_text="For example 9:30", input_formats=["%H:%M", "%H.%M"],
        error_messages={"required": "Give a time.", "invalid": "A time is hours and minutes, for example 9:30."},
    )  # fmt: skip


def _place() -> forms.CharField:
    return forms.CharField(
        label="Where?", help_text="The room, or how the two meet.", max_length=120,
        error_messages={"required": "Give the room, or how the two meet."},
    )  # fmt: skip


class ScoreForm(forms.Form):
    """One scorer's own sheet: a mark and its evidence for each criterion."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **more: Any) -> None:
        super().__init__(*args, **more)
        criteria = list(criteria)
        whole = sum(each.weight for each in criteria)
        for each in criteria:
            self.fields[f"points_{each.code}"] = choice(
                each.title, [(n, f"{n} of {each.most}") for n in range(each.most + 1)],
                f"From 0 to {each.most}. Counts {each.weight} of {whole}.", required=False,
            )  # fmt: skip
            self.fields[f"evidence_{each.code}"] = words_field(
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


class ConflictForm(forms.Form):
    """Saying that one cannot score somebody."""

    words = words_field("How do you know each other?", "Human resources read it, nobody else.", rows=3)


class ModerateForm(forms.Form):
    """Settling marks on which two scorers are apart."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **more: Any) -> None:
        super().__init__(*args, **more)
        for each in criteria:
            self.fields[f"points_{each.code}"] = choice(
                each.title, [(n, str(n)) for n in range(each.most + 1)]
            )
            self.fields[f"reasons_{each.code}"] = words_field(f"Why: {each.title.lower()}", rows=3)


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


class PanelForm(forms.Form):
    """Making a panel: its jobs by title, its scorers, its criteria a line each."""

    title = forms.CharField(label="What is the panel called?", max_length=120)
    jobs = forms.MultipleChoiceField(label="For which jobs?", widget=forms.CheckboxSelectMultiple)
    scorers = forms.MultipleChoiceField(label="Trained scorers", widget=forms.CheckboxSelectMultiple)
    criteria = words_field(
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


class MarksForm(forms.Form):
    """How all panels of a programme mark."""

    highest = forms.IntegerField(label="The highest mark for one criterion", min_value=1, max_value=100)
    apart = forms.IntegerField(
        label="By how many points may two scorers differ?", min_value=0, max_value=99,
        help_text="Where they are further apart, a third settles the mark with reasons.",
    )  # fmt: skip


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


class MixForm(forms.Form):
    """A team's skill mix."""

    team = forms.ChoiceField(label="Team")
    profession = forms.ChoiceField(label="Profession", choices=FOUR)
    least = forms.IntegerField(label="At least", min_value=0, max_value=99)
    most = forms.IntegerField(label="At most", min_value=0, max_value=99)

    def __init__(self, *args: Any, teams: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["team"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(teams)


class InviteForm(forms.Form):
    """Inviting people to interviews before two scorers, one after another."""

    everybody = forms.BooleanField(label="Everybody who waits", required=False)
    people = forms.MultipleChoiceField(
        label="Or only these", widget=forms.CheckboxSelectMultiple, required=False
    )
    first = _one("First scorer")
    second = _one("Second scorer")
    on = DayField(label="First day of interviews")
    at = _clock("At which time does each day begin?")
    minutes = forms.IntegerField(label="Minutes for each", initial=45)
    place = _place()

    def __init__(self, *args: Any, people: Choices, scorers: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["everybody"].label = f"Everybody who waits ({len(people)})"
        _choose(self, "people", people)
        for name in ("first", "second"):
            _choose(self, name, scorers)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not said.get("everybody") and not said.get("people"):
            self.add_error("everybody", "Choose everybody, or some of them.")
        return said


class InterviewForm(forms.Form):
    """Another day, time or place for an interview."""

    on = DayField(label="Day of the interview")
    at = _clock("Time")
    place = _place()


class ReplaceForm(forms.Form):
    """Another trained scorer in somebody's stead."""

    sheet = _one("Whose sheet is given away?")
    worker = _one("Who scores instead?", "Somebody who was trained to score, and took no part yet.")
    because = words_field(
        "Why?", "It is kept with what the first scorer found so far. The person may ask.", rows=3
    )

    def __init__(self, *args: Any, sheets: Choices, people: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "sheet", sheets)
        _choose(self, "worker", people)


class ShareForm(forms.Form):
    """Two people who ask for one place together."""

    first = _one("First person", "The wishes of the first count for both.")
    second = _one("Second person")
    reference = forms.CharField(
        label="Where can it be read that both have said so?", help_text="A number of a paper, never a name.",
        max_length=120, error_messages={"required": "Say where it can be read."},
    )  # fmt: skip

    def __init__(self, *args: Any, people: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("first", "second"):
            _choose(self, name, people)


class OneOfForm(forms.Form):
    """Choosing one line of a list, to end it."""

    line = _one("Which one?")

    def __init__(self, *args: Any, lines: Choices, label: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "line", lines)
        if label:
            self.fields["line"].label = label
