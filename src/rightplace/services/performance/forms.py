"""What is typed about objectives, thanks and support, and the sentence when it is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from rightplace.common.web.forms import DayField
from rightplace.foundation.organisation.models import Worker
from rightplace.services.performance.models import Objective, Step, Thanks
from rightplace.services.performance.stages import Rules, Stage

Choices = Sequence[tuple[str, str]]


def _long(
    label: str, help_text: str = "", wrong: str = "", *, needed: bool = True, rows: int = 4
) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=needed, max_length=6000, widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": wrong or "Write it down."},
    )  # fmt: skip


class ObjectiveForm(forms.Form):
    """An objective that is proposed."""

    words = _long(
        "What is to be reached?", "One or two sentences. Name no child.", "Say what is to be reached.", rows=3
    )
    support = _long("What helps?", "Time, training, somebody to ask.", needed=False, rows=2)
    review_by = DayField(label="When do you look at it together?", error_messages={"required": "Give a day."})


class ReviewForm(forms.Form):
    """How an objective goes."""

    words = _long(
        "How does it go?",
        "What was reached, what helped, what would help. It stands beside the other’s word.",
    )


class EndForm(forms.Form):
    """What came of an objective."""

    came = forms.ChoiceField(
        label="What came of it?", choices=Objective.Came.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it."},
    )  # fmt: skip


class ThanksForm(forms.Form):
    """Thanking somebody."""

    worker = forms.ChoiceField(
        label="Whom do you thank?", widget=forms.RadioSelect,
        error_messages={"required": "Choose whom you thank; find them by name if they are not of your team."},
    )  # fmt: skip
    source = forms.ChoiceField(
        label="Whose words are they?", choices=Thanks.From.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose whose words they are."},
    )  # fmt: skip
    words = _long("What was good?", "Name no child and no family.", "Say what was good.", rows=3)
    consent = forms.BooleanField(label="Whoever said it agreed that I pass it on", required=False)

    def __init__(self, *args: Any, workers: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["worker"].choices = workers  # type: ignore[attr-defined]


class SupportForm(forms.Form):
    """Beginning informal support."""

    words = _long(
        "What is expected, and by when do you look at it again?", "The worker reads this as you write it."
    )
    help = _long(
        "What helps?", "Time, training, a mentor, less work for a while.", "Say what is offered.", rows=3
    )


class StepForm(forms.Form):
    """The next step of support; it asks what the stage asks."""

    words = _long("", "The worker reads this as you write it, and answers beside it.")
    help = _long(
        "What helps", "Time, training, a mentor, less work for a while.", "Say what is offered.", rows=3
    )
    adjustments = _long(
        "Adjustments", "What was asked and agreed; or that none was asked for.", "Say it.", rows=2
    )
    outcome = forms.ChoiceField(
        label="Outcome", widget=forms.RadioSelect, error_messages={"required": "Choose an outcome."}
    )
    due = DayField(label="Until when", error_messages={"required": "Give a day."})

    def __init__(self, *args: Any, stage: Stage, rules: Rules, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].label = stage.asks
        self.fields["outcome"].choices = [(each, rules.outcomes[each]) for each in stage.outcomes]  # type: ignore[attr-defined]
        self.fields["due"].label = "The day of the meeting" if stage.meeting else "Until when the plan runs"
        asked = {
            "help": stage.needs_support, "adjustments": stage.needs_adjustments, "outcome": bool(stage.outcomes),
            "due": stage.meeting or stage.due_given,
        }  # fmt: skip
        for name, wanted in asked.items():
            if not wanted:
                del self.fields[name]


class AnswerForm(forms.Form):
    """The worker's own account beside a step."""

    stand = forms.ChoiceField(
        label="How do you see it?", choices=Step.Stand.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose one. Signing says that you have read it, not that you agree."},
    )  # fmt: skip
    account = _long("Your own account", "It stays beside this step for good.", needed=False)


class CompanionForm(forms.Form):
    """Who comes along."""

    worker = forms.ChoiceField(label="A colleague or a union representative who works here", required=False)
    name = forms.CharField(label="Or the name of your union’s official", required=False, max_length=120)
    reads = forms.BooleanField(label="They may read everything on this page", required=False)

    def __init__(self, *args: Any, workers: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["worker"].choices = [("", "Nobody of the list"), *workers]  # type: ignore[attr-defined]


class OtherDayForm(forms.Form):
    """Another day for the meeting, since the companion cannot come."""

    to = DayField(label="On which day can you both come?", error_messages={"required": "Give a day."})


class PersonForm(forms.Form):
    """Choosing one of a few people."""

    worker = forms.ChoiceField(label="Who?", error_messages={"required": "Choose who."})

    def __init__(self, *args: Any, workers: Choices, label: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["worker"].choices = [("", "Choose"), *workers]  # type: ignore[attr-defined]
        self.fields["worker"].label = label


def as_choices(workers: Sequence[Worker]) -> Choices:
    """Workers as what may be chosen, by name."""
    return [(str(each.pk), each.name) for each in sorted(workers, key=lambda each: each.name)]
