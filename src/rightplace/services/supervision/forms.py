"""What is typed about supervision, and the sentence when it is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from rightplace.common.web.forms import DayField
from rightplace.services.supervision.models import Line, Session, Trained, View, Word
from rightplace.services.supervision.releasing import LONGEST

ROWS_OF_ACTIONS = 3


def _words(
    label: str, *, rows: int = 4, required: bool = False, hint: str = "", wrong: str = ""
) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": wrong},
    )  # fmt: skip


class PlanForm(forms.Form):
    """Planning a session."""

    on = DayField(label="On which day?", error_messages={"required": "Give the day."})


class PointsForm(forms.Form):
    """The worker's own points before a session."""

    points = _words(
        "What do you want to talk about?", rows=6,
        hint="Nobody but you reads it until you share it. Decisions about a child do not belong here.",
    )  # fmt: skip


class HoldForm(forms.Form):
    """The personal part of a session, as the supervisor writes and signs it."""

    held_on = DayField(
        label="On which day did you meet?", error_messages={"required": "Give the day on which you met."}
    )
    minutes = forms.IntegerField(
        label="How many minutes did you talk?", min_value=1, max_value=600,
        error_messages={"required": "Give how many minutes you talked."},
    )  # fmt: skip
    wellbeing = _words(
        f"{Word.Kind.WELLBEING.label}",
        hint="Ask before anything else: how are you, and what would help this week?",
    )
    feelings = _words(f"{Word.Kind.FEELINGS.label}", hint="What stays with the worker after work.")
    development = _words(f"{Word.Kind.DEVELOPMENT.label}", rows=3)
    agreed = _words(
        f"{Word.Kind.AGREED.label}", rows=3, hint="Name no child. What concerns a child is a decision above."
    )


PUT_OFF = [each for each in Session.PutOff.choices if each[0] != Session.PutOff.REORGANISED]
"""What a supervisor may say; a cut-over says the rest."""


class PutOffForm(forms.Form):
    """Putting a session off."""

    because = forms.ChoiceField(
        label="Why does it not take place?", choices=PUT_OFF, widget=forms.RadioSelect,
        error_messages={"required": "Choose why."},
    )  # fmt: skip


class DecideForm(forms.Form):
    """A decision about a child, with what is done until when."""

    decision = _words("What was decided?", rows=3, required=True, wrong="Say in a sentence what was decided.")
    reasons = _words("Why?", required=True, wrong="Say why, so that somebody who reads it later understands.")

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        for n in range(1, ROWS_OF_ACTIONS + 1):
            first = "What is done?" if n == 1 else f"What else is done? ({n})"
            self.fields[f"what_{n}"] = forms.CharField(label=first, required=False, max_length=300)
            self.fields[f"by_{n}"] = forms.ChoiceField(label="By whom?", choices=people, required=False)
            self.fields[f"due_{n}"] = DayField(label="Until when?", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for n in range(1, ROWS_OF_ACTIONS + 1):
            if said.get(f"what_{n}") and not said.get(f"due_{n}") and f"due_{n}" not in self.errors:
                self.add_error(f"due_{n}", "Say until when: an action without a day is not done.")
            if said.get(f"due_{n}") and not said.get(f"what_{n}"):
                self.add_error(f"what_{n}", "Say what is done until that day.")
        return said


class ActionForm(forms.Form):
    """What became of an agreed action."""

    done = forms.ChoiceField(
        label="What became of it?", choices=[("yes", "It is done"), ("no", "We let it go")], widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of it."},
    )  # fmt: skip
    words = _words("What happened, or why not?", rows=3, hint="It stands in the child’s file.")


class SignForm(forms.Form):
    """The worker signs, with an own account and a view."""

    account = _words(
        "Where you see it otherwise", rows=3,
        hint="Leave it empty if you agree. Your account stands beside what your supervisor wrote, and nobody takes it out.",
    )  # fmt: skip
    themes = forms.MultipleChoiceField(
        label="How was this session for you?", required=False, choices=View.Theme.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick what fits, or nothing. Your supervisor never sees it; leaders see a theme only "
        "when five people or more share it.",
    )  # fmt: skip


class AccountForm(forms.Form):
    """An account that is added later."""

    account = _words("Add your account", rows=3, required=True, wrong="Write how you see it.")


class CorrectForm(forms.Form):
    """A correction."""

    words = _words(
        "How it was", required=True, wrong="Write how it was.", hint="What stood first stays readable."
    )


class AskForm(forms.Form):
    """Asking to read a personal part."""

    because = _words(
        "Why must you read it?", required=True, wrong="Say why.",
        hint="Whoever confirms reads this, and so does the worker.",
    )  # fmt: skip
    hours = forms.IntegerField(
        label="For how many hours?", min_value=1, max_value=LONGEST, initial=4,
        help_text=f"At most {LONGEST}, counted from when somebody else confirms.",
        error_messages={"required": "Say for how many hours."},
    )  # fmt: skip


class _Chosen(forms.ChoiceField):
    """Somebody to choose; nobody is chosen at first."""

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        self.choices = [("", "Choose"), *people]


class ChooseForm(forms.Form):
    """Whose sessions?"""

    worker = _Chosen(label="Whose supervision?", error_messages={"required": "Choose whose."})

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["worker"].offer(people)  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """Saying that somebody else supervises a worker."""

    worker = _Chosen(label="Who is supervised?", error_messages={"required": "Choose who."})
    supervisor = _Chosen(label="By whom?", error_messages={"required": "Choose by whom."})
    because = forms.ChoiceField(label="Why?", choices=Line.Because.choices)
    begins = DayField(label="From which day?", error_messages={"required": "Give the day."})

    def __init__(
        self, *args: Any, people: Sequence[tuple[int, str]], holders: Sequence[tuple[int, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["worker"].offer(people)  # type: ignore[attr-defined]
        self.fields["supervisor"].offer(holders)  # type: ignore[attr-defined]


class ObservedForm(forms.Form):
    """A session that was observed."""

    on = DayField(label="When did you sit in?", error_messages={"required": "Give the day of the session."})
    words = _words(
        "What went well, and what next?", required=True, wrong="Say what you saw.",
        hint="The supervisor reads it, and nobody else does. Name neither the worker nor a child.",
    )  # fmt: skip


class TrainedForm(forms.Form):
    """A course for supervisors."""

    course = forms.ChoiceField(label="Which course?", choices=Trained.Course.choices)
    day = DayField(label="When?", error_messages={"required": "Give the day of the course."})
