"""What a person types about services and places, and the sentence when something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from rightplace.common.web import words as words_of
from rightplace.common.web.forms import DayField
from rightplace.domain.practice.entries.directory import Answer
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.places.places import square_of
from rightplace.services.directory.finding import Asked
from rightplace.services.directory.models import Service
from rightplace.services.directory.needs import needs

DAYS = ((1, "Mon"), (2, "Tue"), (3, "Wed"), (4, "Thu"), (5, "Fri"), (6, "Sat"), (7, "Sun"))
BASES = (
    ("consent", "Consent: the family asks for it and agrees, and can take it back"),
    ("public task", "Public task: it is our duty by law"),
    ("legitimate interests", "Legitimate interests: for voluntary and private bodies"),
)
FAR = (("", "Any distance"), ("1", "1 km"), ("3", "3 km"), ("5", "5 km"), ("10", "10 km"))


def words(
    label: str, missing: str = "", help_text: str = "", rows: int = 3, limit: int = 2000
) -> forms.CharField:
    """A field of free words; `missing` is the sentence when it is needed and empty."""
    field = forms.CharField(
        label=label, help_text=help_text, required=bool(missing), max_length=limit,
        error_messages={"required": missing} if missing else {}, widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip
    field.max_length = None
    return field


def line(
    label: str, missing: str = "", help_text: str = "", limit: int = 200, **attrs: Any
) -> forms.CharField:
    """A field of one line."""
    return forms.CharField(
        label=label, help_text=help_text, required=bool(missing), max_length=limit,
        error_messages={"required": missing} if missing else {}, widget=forms.TextInput(attrs=attrs),
    )  # fmt: skip


class FindForm(forms.Form):
    """What is looked for. Nothing of it is needed."""

    need = forms.ChoiceField(label="What is needed", required=False)
    q = line("Words", help_text="Such as swimming, debt, baby group", limit=100)
    ages = line("Ages of the children", help_text="Such as 5, 8", limit=40, inputmode="text")
    postcode = line("Postcode", help_text="Only its square kilometre is used", limit=12)
    far = forms.ChoiceField(label="How far at most", choices=FAR, required=False)
    language = line("Language", limit=40)
    days = forms.TypedMultipleChoiceField(
        label="Open on", choices=DAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    must = forms.MultipleChoiceField(
        label="Only", required=False, widget=forms.CheckboxSelectMultiple,
        choices=(("free", "Free"), ("step_free", "Step-free"), ("places", "Places left")),
    )  # fmt: skip

    def __init__(self, *args: Any, for_family: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["need"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Anything"), *((need.key, need.title) for need in needs())]
        if for_family:
            del self.fields["ages"], self.fields["postcode"]

    def clean_ages(self) -> tuple[float, ...]:
        found = [
            part for part in self.cleaned_data["ages"].replace(";", ",").replace(" ", ",").split(",") if part
        ]
        if not all(part.isdecimal() and len(part) <= 2 for part in found):
            raise forms.ValidationError("Ages are numbers of years with a comma between, such as 5, 8.")
        return tuple(float(part) for part in found[:8])

    def clean_postcode(self) -> str:
        said = str(self.cleaned_data["postcode"])
        if said and square_of(said) is None:
            raise forms.ValidationError("That is no postcode of this city, so how far it is cannot be told.")
        return said

    def asked(self) -> Asked:
        """What is looked for; what was typed wrongly is left out, and the form says so."""
        found: dict[str, Any] = getattr(self, "cleaned_data", {})
        must = found.get("must", [])
        return Asked(
            words=found.get("q", ""), need=found.get("need", ""), ages=found.get("ages", ()),
            square=square_of(found["postcode"]) if found.get("postcode") else None,
            far=float(found["far"]) if found.get("far") else None, days=tuple(found.get("days", ())),
            free="free" in must, language=found.get("language", ""), step_free="step_free" in must,
            places="places" in must,
        )  # fmt: skip


class AskForm(forms.Form):
    """Ask a provider for a place: the least that it needs, on which basis, and who of the family agreed."""

    need = line("What is the place for?", "Write what the place is for.", limit=200)
    sent = words(
        "What are they sent?",
        "Write what they are sent, or they cannot answer.",
        "The least that they need to say yes or no. They see exactly these words, and nothing else.",
        rows=5,
    )
    basis = forms.ChoiceField(
        label="Lawful basis", choices=BASES, initial="consent", widget=forms.RadioSelect,
        error_messages={"required": "Choose the lawful basis."},
    )  # fmt: skip
    purpose = words("What is it sent for?", "Write the purpose.", rows=2)
    agreed_by = line(
        "Who of the family agreed?", "A place is asked for only when the family agrees: write who did.",
        "Such as: the mother, on the telephone today",
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What a provider says: yes from a day, on the list, or no with the reason."""

    answer = forms.ChoiceField(
        label="What do you say?", widget=forms.RadioSelect,
        choices=(
            (Answer.ACCEPTED.value, "Yes, there is a place"),
            (Answer.WAITING.value, "Not now: on our waiting list"),
            (Answer.DECLINED.value, "No, we cannot"),
        ),
        error_messages={"required": "Choose one."},
    )  # fmt: skip
    starts = DayField(label="If yes: from when?", required=False, help_text="For example 16 3 2026")
    reasons = words(
        "If no, or on the list: why?",
        help_text="The worker who asked reads this, and tells the family.",
        limit=1000,
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("answer") == Answer.ACCEPTED and not found.get("starts") and "starts" not in self.errors:
            self.add_error("starts", "Say from when the child can come.")
        starts = found.get("starts")
        if found.get("answer") == Answer.ACCEPTED and starts and not self._near(starts):
            self.add_error("starts", "A place begins today or later, and within a year. Check the year.")
        if found.get("answer") == Answer.WAITING and not found.get("reasons", "").strip():
            self.add_error("reasons", "Say how long the list is, or what the family waits for.")
        if found.get("answer") == Answer.DECLINED and not found.get("reasons", "").strip():
            self.add_error("reasons", "Say why you cannot; the family is told.")
        return found

    @staticmethod
    def _near(day: date) -> bool:
        return clock.today() <= day <= clock.today() + timedelta(days=365)


class BackForm(forms.Form):
    """Take a request back, or say that a place is no longer used."""

    reasons = words("Why?", "Write why.", rows=2, limit=1000)


OFFERED = (
    ("active", "Yes, families can come"),
    ("temporarily closed", "Closed for a time"),
    ("inactive", "Not at present"),
    ("defunct", "No, it has ended"),
)


class Pounds(forms.DecimalField):
    """A sum, with or without its sign."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("£", "").strip() if isinstance(value, str) else value)


class PlacesForm(forms.Form):
    """How many places each of one's services has left."""

    def __init__(self, *args: Any, services: Sequence[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = services
        for each in services:
            since = f"Said on {words_of.plain_day(each.places_said)}" if each.places_said else ""
            self.fields[f"places_{each.pk}"] = forms.IntegerField(
                label=each.name, required=False, min_value=0, max_value=9999, initial=each.places, help_text=since,
                error_messages={"invalid": f"{each.name}: a number, or nothing if you cannot say."},
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )  # fmt: skip

    @property
    def said(self) -> list[tuple[Service, int | None]]:
        """What was typed that is not what is known."""
        found = ((each, self.cleaned_data.get(f"places_{each.pk}")) for each in self.services)
        return [(each, left) for each, left in found if left != each.places]


class KeepForm(forms.Form):
    """What is kept of a service by those who offer it. What is emptied is known no longer."""

    name = line("Name of the service", "Write what the service is called.", limit=200)
    words = words("What is it, and for whom?", "Write what it is.", rows=4, limit=4000)
    headings = line(
        "Headings", help_text="With a comma between, such as: Parenting courses, Under fives", limit=400
    )
    places = forms.IntegerField(label="Places left", required=False, min_value=0, max_value=9999,
                                help_text="Empty if you cannot say")  # fmt: skip
    state = forms.ChoiceField(
        label="Is it offered now?", choices=OFFERED, required=False, widget=forms.RadioSelect,
        help_text="What is closed or has ended is not found by families and workers",
    )  # fmt: skip
    alert = line(
        "Something to know at once",
        help_text="Such as: the waiting time is eight weeks at present",
        limit=500,
    )
    youngest = forms.FloatField(label="From what age", required=False, min_value=0, max_value=150)
    oldest = forms.FloatField(label="Up to what age", required=False, min_value=0, max_value=150)
    languages = line("Languages", help_text="With a comma between")
    amount = Pounds(
        label="What it costs, in pounds", required=False, min_value=0, max_digits=7, decimal_places=2,
        help_text="0 if it is free; empty if nobody knows", widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": "A sum in pounds is a number, such as 2.50."},
    )  # fmt: skip
    cost = line("What that pays for", help_text="Such as: a session, with a hot meal")
    days = forms.TypedMultipleChoiceField(
        label="Open on", choices=DAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    opens = forms.TimeField(
        label="Opens at", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes = forms.TimeField(
        label="Closes at", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    address = line("Street and number")
    postcode = line("Postcode", limit=40)
    access = line("Getting in", help_text="Such as: step-free from the street, lift to all floors", limit=500)
    phone = line("Telephone", limit=120)
    email = forms.EmailField(label="E-mail", required=False, max_length=254,
                             error_messages={"invalid": "An e-mail address has a name, an @ and a place."})  # fmt: skip
    url = forms.URLField(label="On the web", required=False, max_length=500, assume_scheme="https",
                         error_messages={"invalid": "An address of the web begins with https://."})  # fmt: skip

    SECTIONS = (
        ("Now", ("state", "places", "alert")),
        ("What it is", ("name", "words", "headings")),
        ("For whom, and what it costs", ("youngest", "oldest", "languages", "amount", "cost")),
        ("When", ("days", "opens", "closes")),
        ("Where", ("address", "postcode", "access")),
        ("How to reach you", ("phone", "email", "url")),
    )

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.SECTIONS]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        low, high = found.get("youngest"), found.get("oldest")
        if low is not None and high is not None and high < low:
            self.add_error("oldest", "The oldest is younger than the youngest.")
        opens, closes = found.get("opens"), found.get("closes")
        if closes and not opens and "opens" not in self.errors:
            self.add_error("opens", "Say from when it is open, or leave both empty.")
        if opens and closes and closes <= opens:
            self.add_error("closes", "It closes before it opens.")
        return found
