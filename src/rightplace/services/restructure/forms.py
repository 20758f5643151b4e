"""What is typed about a programme, and the sentence when it is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from rightplace.common.web.forms import DayField
from rightplace.domain.practice.figures import FIGURES
from rightplace.foundation.organisation.establishment.tables import Lineage
from rightplace.foundation.organisation.programme.tables import TeamLineage
from rightplace.services.restructure.declaring import CHARACTERISTICS
from rightplace.services.restructure.models import Asked, Body, Meeting, ReasonStep

Choices = Sequence[tuple[object, str]]


def words(label: str, help_text: str = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": "Write it down in a sentence."},
    )  # fmt: skip


def line(label: str, help_text: str = "", *, most: int = 200, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=most,
        error_messages={"required": f"Fill in: {label.lower().rstrip('?')}."},
    )  # fmt: skip


def choose(form: forms.Form, name: str, choices: Choices, first: str = "Choose") -> None:
    """Give a field its choices, which are known only when the page is made."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", first), *choices]


class BeginForm(forms.Form):
    """Beginning a programme."""

    title = line("What is the programme called?", most=120)
    purpose = words("What is it for?", "In the words of those who are helped.")
    begins = DayField(label="From which day?")
    first_day = DayField(label="First day of the new structure, if it is planned", required=False)


class ReasonForm(forms.Form):
    """The next step of a line from a flaw to its result."""

    line = forms.ChoiceField(label="Of which line?", required=False)
    kind = forms.ChoiceField(label="Which step?", choices=ReasonStep.Kind.choices)
    words = words("What was found, decided, measured?")
    figure = forms.ChoiceField(
        label="A figure of ours that measures it", required=False,
        choices=[("", "None"), *((each.id, each.title) for each in FIGURES.values())],
    )  # fmt: skip
    on = DayField(label="On which day?")

    def __init__(self, *args: object, lines: Choices, **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        choose(self, "line", lines, "A new line, which begins with its flaw")


class EvidenceForm(forms.Form):
    """Dated evidence of a stage."""

    shows = forms.ChoiceField(label="What is shown?", error_messages={"required": "Choose what is shown."})
    on = DayField(label="Of which day is it?")
    reference = line("Where can it be read?", "A number of a paper or list, never a name.", most=120)

    def __init__(self, *args: object, missing: Choices, **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        choose(self, "shows", missing)


class PublishForm(forms.Form):
    """Publishing the results."""

    words = words("What does everybody read above the own result?")


class EvaluationForm(forms.Form):
    """A job evaluation with its equal pay check."""

    role = forms.ChoiceField(label="Which role?", error_messages={"required": "Choose the role."})
    grade = line("Grade", most=20)
    points = forms.IntegerField(label="Points", min_value=1, max_value=2000)
    evaluators = line(
        "Who evaluated?", "For example: one of human resources, one of the unions, both trained."
    )
    reference = line("Where can it be read?", most=120)
    on = DayField(label="On which day?")
    equal_pay = forms.ChoiceField(
        label="Is the grade equal to that of work of equal value?", widget=forms.RadioSelect,
        choices=[("yes", "Yes, looked at and found equal"), ("no", "No, or not looked at yet")],
        error_messages={"required": "Choose yes or no."},
    )  # fmt: skip
    equal_pay_words = words("With which work was it compared, and what was found?")

    def __init__(self, *args: object, roles: Choices, **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        choose(self, "role", roles)


class BodyForm(forms.Form):
    """Whom we consult."""

    name = line("Name", most=120)
    kind = forms.ChoiceField(label="What they are", choices=Body.Kind.choices)
    speaks_for = line("For whom they speak")


class MeetingForm(forms.Form):
    """A proposal put forward, a meeting, a briefing."""

    kind = forms.ChoiceField(label="What was it?", choices=Meeting.Kind.choices)
    on = DayField(label="On which day?")
    words = words("What was said?")


class AskedForm(forms.Form):
    """A question or counter-proposal."""

    kind = forms.ChoiceField(label="What is it?", choices=Asked.Kind.choices)
    body = forms.ChoiceField(label="Who asked?", required=False)
    on = DayField(label="On which day?")
    words = words("What was asked or proposed?")

    def __init__(self, *args: object, bodies: Choices, **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        choose(self, "body", bodies, "Staff themselves")


class AnswerForm(forms.Form):
    """The answer to a question or counter-proposal."""

    outcome = forms.ChoiceField(
        label="The answer is", widget=forms.RadioSelect, error_messages={"required": "Choose one."}
    )
    answer = words("Answer, with reasons", "Those who asked read it as you write it.", rows=5)

    def __init__(self, *args: object, kind: str, **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        question = kind == Asked.Kind.QUESTION
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            each for each in Asked.Outcome.choices if (each[0] == Asked.Outcome.ANSWERED) == question
        ]


class TermsForm(forms.Form):
    """What is proposed, as the law's papers ask for it."""

    proposed_on = DayField(label="On which day was it proposed?")
    employer = line("Employer", required=False)
    establishment = line("Establishment", "Where the people work whom it concerns.", required=False)
    reasons = words("(a) Why", required=False)
    selecting = words("(d) How people are selected", required=False)
    carrying_out = words("(e) How dismissals are carried out", required=False)
    payments = words("(f) How payments are worked out", required=False)
    agency_number = forms.IntegerField(
        label="(g) Agency workers: how many", min_value=0, max_value=5000, initial=0
    )
    agency_part = line("(h) In which part", required=False)
    agency_work = line("(i) Doing what", required=False)
    statement_given = DayField(label="Statement given to the representatives on", required=False)
    notified_on = DayField(label="HR1 sent on", required=False)
    first_notice = DayField(label="First notice of dismissal", required=False)
    first_dismissal = DayField(label="First dismissal", required=False)
    last_dismissal = DayField(label="Last dismissal", required=False)
    whom_to_ask = line("Whom staff ask", required=False)


class FirstDayForm(forms.Form):
    """The first day of the new structure."""

    on = DayField(label="First day of the new structure", error_messages={"required": "Give the day."})


class CostForm(forms.Form):
    """What a whole-time post of a grade costs in a year."""

    grade = forms.ChoiceField(label="Which grade?", error_messages={"required": "Choose the grade."})
    pounds = forms.DecimalField(
        label="Pounds a year for a whole-time post", min_value=1, max_value=1_000_000, decimal_places=2,
        help_text="With the employer’s own costs. For example 33200",
        error_messages={"required": "Give the sum in pounds."},
    )  # fmt: skip
    source = line("How is it known?", "The budget book, the pay scale, and of which year.")

    def __init__(self, *args: object, grades: Choices, **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        choose(self, "grade", grades)


class BecomesForm(forms.Form):
    """What becomes of a post, or where it comes from."""

    post = forms.ChoiceField(label="Which post?", error_messages={"required": "Choose the post."})
    what = forms.ChoiceField(
        label="What becomes of it?", error_messages={"required": "Choose what becomes of it."}
    )
    how = forms.ChoiceField(
        label="If it goes on in another post: how?", required=False, choices=Lineage.Kind.choices,
        initial=Lineage.Kind.CHANGED,
    )  # fmt: skip
    because = line("Why?", "Whoever holds the post reads it.")

    def __init__(self, *args: object, posts: Choices, becomes: Choices, **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        choose(self, "post", posts)
        choose(self, "what", becomes)


class TeamForm(forms.Form):
    """Which team of the other side this one goes on in, or comes from."""

    other = forms.ChoiceField(label="Which team?", error_messages={"required": "Choose the team."})
    kind = forms.ChoiceField(label="How?", choices=TeamLineage.Kind.choices)
    because = line("Why?")

    def __init__(self, *args: object, teams: Choices, **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        choose(self, "other", teams)


class SheetForm(forms.Form):
    """A spreadsheet of both sides to take in."""

    file = forms.FileField(
        label="The spreadsheet", help_text="XLSX or CSV, at most 5 MB, with the columns of the sheet that you take out here.",
        error_messages={"required": "Choose the file."},
    )  # fmt: skip
    trial = forms.BooleanField(label="Only try it: say what would happen, and change nothing", required=False)


class DeclareForm(forms.Form):
    """What somebody says of oneself. Every question may stay without an answer."""

    def __init__(self, *args: object, **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        for key, (label, answers) in CHARACTERISTICS.items():
            self.fields[key] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", "I say nothing"), *((each, each) for each in answers)],
            )
