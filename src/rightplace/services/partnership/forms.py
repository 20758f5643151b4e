"""What is typed for the board, a dispute and a pilot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from rightplace.common.web.byname import ByNameField
from rightplace.common.web.forms import DayField
from rightplace.common.web.words import capitalised
from rightplace.foundation.organisation.models import Agency, Area, Pilot
from rightplace.foundation.organisation.pilots import QUARTERS
from rightplace.services.partnership.models import Dispute, Progress

NO_CHILD = "Name no child here: the whole board reads it."


def words(label: str, missing: str, help_text: str = "", rows: int = 3, limit: int = 4000) -> forms.CharField:
    """Free words in a box."""
    field = forms.CharField(
        label=label, help_text=help_text, required=bool(missing), max_length=limit,
        error_messages={"required": missing} if missing else {}, widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip
    field.max_length = None  # shown as a plain box; the validator still holds the limit
    return field


def line(label: str, missing: str, help_text: str = "", limit: int = 300) -> forms.CharField:
    """Words on one line."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=limit, error_messages={"required": missing}
    )


def capital(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Choices as a form shows them: each begins with a capital letter."""
    return [(key, capitalised(str(text))) for key, text in choices]


class _OfAgency(forms.Form):
    """A form that chooses an agency."""

    agency = ByNameField(
        label="Which agency?", help_text="Begin to type its name: police, Larch, Homes",
        error_messages={"required": "Write which agency."},
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, ByNameField)
        field.choices = [(a.pk, a.name) for a in agencies]


class SeatForm(_OfAgency):
    """A seat on the board."""

    sits = line("Who sits in it?", "Write who does: name and role.", "Name and role.", 120)
    begins = DayField(label="From", error_messages={"required": "Give the day."})
    chairs = forms.BooleanField(label="They chair the board", required=False)


class EndForm(forms.Form):
    """The last day of something."""

    on = DayField(label="Last day", error_messages={"required": "Give the day."})


class MeetingForm(forms.Form):
    """A meeting that was held."""

    on = DayField(label="When was it?", error_messages={"required": "Give the day."})
    title = line("Which meeting?", "Write what it was.", "For example, Safeguarding partners, spring", 120)
    came = forms.TypedMultipleChoiceField(
        label="Who came?", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    decided = words("What was decided?", "", NO_CHILD, 4)

    def __init__(self, *args: Any, seats: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["came"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = seats


class CommitmentForm(_OfAgency):
    """What an agency promises the board."""

    what = line("What does it promise?", "Write what it promises.", NO_CHILD)
    owner = line("Who answers for it?", "Write who answers for it.", "Name and role.", 120)
    measure = line("How will you know?", "Write how one will know.")
    due = DayField(label="By when?", error_messages={"required": "Give the day."})


class ProgressForm(forms.Form):
    """How a commitment stands."""

    state = forms.ChoiceField(
        label="How does it stand?", choices=capital(Progress.State.choices), widget=forms.RadioSelect,
        error_messages={"required": "Say how it stands."},
    )  # fmt: skip
    said = line("What shows it?", "Write what shows it.", NO_CHILD, 400)


class DisputeForm(_OfAgency):
    """Raise a dispute with another agency."""

    about = forms.ChoiceField(
        label="About what?", choices=capital(Dispute.About.choices), widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is about a case or a way of working."},
    )  # fmt: skip
    subject = forms.ChoiceField(
        label="What do you see differently?", choices=capital(Dispute.Subject.choices), widget=forms.RadioSelect,
        error_messages={"required": "Say what you see differently."},
    )  # fmt: skip
    words = words(
        "What should be done instead, and why?", "Write what you see differently, and what you would do.",
        "Give the number of the concern or check if it is about a case. Only the two sides and whoever settles it read this.",
        6,
    )  # fmt: skip


class WordsForm(forms.Form):
    """What a side has to say."""

    words = words(
        "What do you say?",
        "Write what you have to say.",
        "Only the two sides and whoever settles it read this.",
        4,
    )


class SettleForm(forms.Form):
    """How a dispute ends."""

    outcome = forms.ChoiceField(
        label="How does it end?", widget=forms.RadioSelect, error_messages={"required": "Say how it ends."},
        choices=capital(c for c in Dispute.Outcome.choices if c[0] != Dispute.Outcome.WITHDRAWN),
    )  # fmt: skip
    words = words("Your answer to both sides", "Write your answer.", "", 4)
    learned = line("What was learned, for the board?", "Write what was learned.", NO_CHILD)


class PilotForm(forms.Form):
    """A way of working that begins somewhere."""

    title = line("Name", "Give it a name.", "For example, Joint response in the south", 120)
    way = forms.ChoiceField(
        label="Which way of working?", choices=capital(Pilot.Way.choices), widget=forms.RadioSelect,
        error_messages={"required": "Choose the way of working."},
    )  # fmt: skip
    where = forms.ChoiceField(label="Where?", error_messages={"required": "Choose where."})
    agency_kinds = forms.MultipleChoiceField(
        label="Which agencies sit in the room?", required=False, widget=forms.CheckboxSelectMultiple,
        choices=capital(c for c in Agency.Kind.choices if c[0] != Agency.Kind.AUTHORITY),
        help_text="Their checks run on shorter clocks there.",
    )  # fmt: skip
    begins = DayField(label="From", error_messages={"required": "Give the day."})
    decided_by = line("Who decided it?", "Write who decided it.", "", 200)
    because = words("Why?", "Write why.")
    measured = words("What is measured?", "Write what is measured.")
    expected = words("What do you expect?", "Write what you expect, before you see any figure.")

    def __init__(self, *args: Any, areas: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["where"]
        assert isinstance(field, forms.ChoiceField)
        quarters = [(quarter, f"{quarter.capitalize()} of the city") for quarter in QUARTERS]
        field.choices = [
            ("", "Choose where"),
            *quarters,
            *((f"area-{a.pk}", str(a)) for a in areas),
            ("city", "The whole city"),
        ]

    @property
    def place(self) -> dict[str, Any]:
        """The quarter or the area that was chosen."""
        where = str(self.cleaned_data["where"])
        if where.startswith("area-"):
            return {"area": Area.objects.get(pk=int(where.removeprefix("area-")))}
        return {"quarter": "" if where == "city" else where}


class EndPilotForm(EndForm):
    """The last day of a pilot, and why it ends."""

    because = words("Why does it end?", "Write why it ends.")
