"""What a person types about schools and link people, and the sentence when something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from rightplace.common.web.forms import DayField
from rightplace.domain.practice.entries.questions import ComesNext, Topic

Choices = Sequence[tuple[int | str, str]]
MOST_WORDS = 4_000


def _words(label: str, missing: str, hint: str = "", rows: int = 5) -> forms.CharField:
    field = forms.CharField(
        label=label, help_text=hint, required=bool(missing), max_length=MOST_WORDS,
        error_messages={"required": missing, "max_length": f"Write {MOST_WORDS:,} characters at most."},
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip
    field.max_length = None  # shown as a plain box; the validator still holds the limit
    return field


def _radios(label: str, choices: Choices, missing: str, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, help_text=hint, widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )  # fmt: skip


class AskForm(forms.Form):
    """What a school asks."""

    topic = _radios(
        "What is it about?",
        [(topic.value, topic.value.capitalize()) for topic in Topic],
        "Say what it is about.",
    )
    about_pupil = _radios(
        "Is it about one pupil or family?",
        [("no", "No, it is about how things work"), ("yes", "Yes")],
        "Say whether it is about one pupil.",
    )
    pupil = forms.CharField(
        label="Which pupil?",
        required=False,
        max_length=120,
        help_text="Leave this empty if it is about how things work. Else the least that is needed: we look nobody up to "
        "answer, and never say whether a child is known to us.",
    )
    question = _words("What do you want to know?", "Write what you want to know.")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("about_pupil") == "no" and found.get("pupil"):
            self.add_error(
                "about_pupil", "You named a pupil: say that it is about one, or take the name out."
            )
        return found


class AnswerForm(forms.Form):
    """What a school is told."""

    answer = _words(
        "Your answer",
        "Write what the school is told.",
        "The school reads exactly these words. About a pupil, say the least that helps, and nothing of whether a child "
        "or family is known to us unless the school works with the family beside us.",
    )
    comes_next = _radios(
        "What comes next?",
        [(each.value, each.value[0].upper() + each.value[1:]) for each in ComesNext],
        "Say what comes next.",
    )
    known_because = _words(
        "Only if your answer says that a child is known to us: why may the school know?", "", rows=2
    )


class LinkForm(forms.Form):
    """The next link person of a school."""

    worker = forms.TypedChoiceField(
        label="Who is the next link person?", coerce=int, error_messages={"required": "Choose somebody."}
    )
    begins = DayField(
        label="From which day?",
        help_text="From today on.",
        error_messages={"required": "Say from which day."},
    )

    def __init__(self, *args: Any, workers: Sequence[tuple[str, Choices]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill(self, "worker", [("", "Choose a worker"), *workers])


class AwayForm(forms.Form):
    """Who is away and who covers. Why is nobody's business here."""

    worker = forms.TypedChoiceField(
        label="Who is away?", coerce=int, error_messages={"required": "Choose who is away."}
    )
    begins = DayField(label="First day away", error_messages={"required": "Say from which day."})
    ends = DayField(
        label="Back on",
        required=False,
        help_text="Leave it empty where nobody knows. Say so when they are back.",
    )
    cover = forms.TypedChoiceField(
        label="Who covers?",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Nobody chosen: a colleague of the team stands in for schools, and the manager sees the children.",
    )

    def __init__(self, *args: Any, workers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill(self, "worker", [("", "Choose who is away"), *workers])
        _fill(self, "cover", [("", "Nobody yet"), *workers])

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("begins") and found.get("ends") and found["ends"] <= found["begins"]:
            self.add_error("ends", "They are back before they are away.")
        if found.get("worker") and found.get("worker") == found.get("cover"):
            self.add_error("cover", "Nobody covers for themselves.")
        return found


class ListForm(forms.Form):
    """A list to take in."""

    kind = _radios(
        "Which list is it?",
        [
            ("schools", "The national list of schools (Get Information About Schools, as CSV)"),
            ("figures", "What schools report by school year: attendance, suspensions, exclusions"),
        ],
        "Say which list it is.",
    )
    file = forms.FileField(label="The file", error_messages={"required": "Choose the file."})
    listed = DayField(
        label="Day of the list",
        required=False,
        help_text="For the list of schools: the day on which it was published. Empty means today.",
    )
    authority = forms.CharField(
        label="Number of our authority",
        required=False,
        max_length=3,
        help_text="The column LA (code). Needed the first time only.",
    )
    trial = forms.BooleanField(label="Only try it: say what would happen, and change nothing", required=False)


def _fill(form: forms.Form, name: str, choices: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
