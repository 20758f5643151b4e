"""What is typed about signals: given by a partner, decided by a worker, agreed by two. Each error is a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from rightplace.common.web.byname import ByNameField
from rightplace.common.web.forms import DayField
from rightplace.domain.practice.need import Indicator
from rightplace.domain.practice.need.noticing import SignalKind
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.places.places import normalise_postcode
from rightplace.services.signals.deciding import BECAUSE
from rightplace.services.signals.models import Feed, Hold
from rightplace.services.signals.rows import LIMITS
from rightplace.services.signals.takingback import BECAUSE as WRONG

FAMILY = (
    ("told and agrees", "Told, and they agree"),
    ("told and does not agree", "Told, and they do not agree"),
    ("not told yet", "Not told yet: they are asked in the first conversation"),
)


def words(
    label: str, missing: str = "", help_text: str = "", rows: int = 3, limit: int = 2_000
) -> forms.CharField:
    """A field of free words; `missing` is the sentence when it is needed and empty."""
    made = forms.CharField(
        label=label, help_text=help_text, required=bool(missing), max_length=limit,
        error_messages={"required": missing or ""}, widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip
    made.max_length = None  # shown as a plain box; the validator still holds the limit
    return made


def line(label: str, name: str, missing: str = "", help_text: str = "") -> forms.CharField:
    """One line of words, as long as a signal's field may be."""
    return forms.CharField(
        label=label, help_text=help_text, required=bool(missing), max_length=LIMITS[name],
        error_messages={"required": missing or ""},
    )  # fmt: skip


def kind_choices(kinds: Sequence[SignalKind]) -> list[tuple[str, str]]:
    """Kinds of signal by their titles."""
    return [(each.code, each.title) for each in kinds]


class GiveForm(forms.Form):
    """One thing that a partner noticed."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    kind = forms.ChoiceField(
        label="What did you notice?", widget=forms.RadioSelect,
        error_messages={"required": "Choose what you noticed.", "invalid_choice": "Choose what you noticed."},
    )  # fmt: skip
    noticed = DayField(label="On which day?", error_messages={"required": "Give the day."})
    given = line(
        "Child’s first name", "given", help_text="Leave empty for a household whose children you do not know"
    )
    family = line("Child’s family name", "family")
    born = DayField(label="Child’s date of birth", required=False, help_text="If you have it")
    upn = line("Unique pupil number", "upn", help_text="If you have it")
    address = line("Address", "address", help_text="House or flat number and street")
    postcode = line("Postcode", "postcode")
    adults = line("Adults at home", "adults", help_text="Names, with “and” or “;” between them")
    words = words(
        "What are the facts?",
        "Write what was noticed.",
        "A sentence or two. If you are worried about a child now, raise a concern instead.",
    )

    def __init__(self, *args: Any, kinds: Sequence[SignalKind], of_a_school: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds, self.of_a_school = kinds, of_a_school
        if not of_a_school:
            self.fields["postcode"].help_text = "It says which team looks at it"
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = kind_choices(kinds)
        if len(kinds) == 1:
            field.initial = kinds[0].code
        if not any(kind.code.startswith("school.") for kind in kinds):
            del self.fields["upn"]
        if not any(kind.household for kind in kinds):
            self.fields["given"].help_text = ""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for name in ("noticed", "born"):
            if found.get(name) and found[name] > clock.today():
                self.add_error(name, "That day is still to come. Check the month and the year.")
        if found.get("postcode") and normalise_postcode(found["postcode"]) is None:
            self.add_error("postcode", "That is no postcode. Leave it empty if you do not know it.")
        elif not (found.get("postcode") or self.of_a_school):
            self.add_error("postcode", "Give the postcode of the home: it says which team looks at it.")
        self._about_somebody(found)
        return found

    def _about_somebody(self, found: dict[str, Any]) -> None:
        """A name alone says too little; a household may stand without a child's name."""
        given, family = found.get("given"), found.get("family")
        household = any(kind.household for kind in self.kinds if kind.code == found.get("kind"))
        if given and family:
            if (
                not any(found.get(name) for name in ("born", "postcode", "upn"))
                and "postcode" not in self.errors
            ):
                self.add_error("born", "A name alone is too little: give the date of birth or the postcode.")
        elif given or family or not household:
            self.add_error("family" if given else "given", "Name the child: first name and family name.")
        else:
            for name, what in (("adults", "Name the adults at home"), ("address", "Give the address")):
                if not found.get(name):
                    self.add_error(name, f"{what}: no child is named.")


class TakeBackForm(forms.Form):
    """Why a signal that one's own agency gave is taken back."""

    because = forms.ChoiceField(
        label="Why is it taken back?", choices=[*WRONG.items()], widget=forms.RadioSelect,
        error_messages={"required": "Choose what was wrong."},
    )  # fmt: skip
    words = words(
        "What was wrong, and how do you know?",
        "Write what was wrong, and how you know.",
        "Whoever acted on it reads this. If it is about another child, do not name that child here.",
        limit=500,
    )


class FileForm(forms.Form):
    """A file of signals."""

    file = forms.FileField(
        label="CSV file",
        help_text="UTF-8, at most 2 MB and 10,000 rows. Sent twice, nothing is taken twice.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose it again."},
    )


class FeedForm(forms.Form):
    """An agreement to a feed."""

    agency = ByNameField(
        label="Which agency?", help_text="Begin to type its name",
        error_messages={"required": "Write which agency."},
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label="Which signals may it give?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one kind."},
    )  # fmt: skip
    lawful_basis = forms.ChoiceField(
        label="Lawful basis", choices=Feed.Basis.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose the lawful basis."},
    )  # fmt: skip
    purpose = words(
        "For what?", "Write for what the signals are used.", "In words that a parent would understand"
    )
    retention_days = forms.IntegerField(
        label="After how many days is a signal deleted that nobody takes up?", min_value=1, max_value=366,
        error_messages={
            "required": "Give a number of days.", "invalid": "Give a number of days.",
            "min_value": "Give at least one day.", "max_value": "Give at most 366 days.",
        },
    )  # fmt: skip
    begins = DayField(label="From which day?", error_messages={"required": "Give the day."})
    expires = DayField(
        label="On which day does it expire?",
        help_text="Within a year",
        error_messages={"required": "Give the day."},
    )

    def __init__(
        self, *args: Any, agencies: Sequence[Agency], kinds: Sequence[SignalKind], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        agency, chosen = self.fields["agency"], self.fields["kinds"]
        assert isinstance(agency, ByNameField) and isinstance(chosen, forms.ChoiceField)
        agency.choices = [(each.pk, each.name) for each in agencies]
        chosen.choices = kind_choices(kinds)


class EndFeedForm(forms.Form):
    """Why an agreement ends early."""

    because = words("Why does it end?", "Write why the agreement ends.", rows=2)


class DecideForm(forms.Form):
    """Not now, ask the school first, or not; with the reason."""

    what = forms.ChoiceField(
        label="What do you decide?",
        choices=(
            ("school first", "Talk to the school first"),
            ("not now", "Not now: look again on a day"),
            ("not", "Do not take it up"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide."},
    )
    because = forms.ChoiceField(
        label="Why?", choices=tuple(BECAUSE.items()), widget=forms.RadioSelect,
        error_messages={"required": "Choose the reason."},
    )  # fmt: skip
    look_on = DayField(
        label="Look again on", required=False, help_text="For “not now” and “talk to the school first”"
    )
    words = words("In your words", help_text="Kept sealed, and deleted with the family’s signals", rows=2)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if (
            said.get("what") in ("school first", "not now")
            and not said.get("look_on")
            and "look_on" not in self.errors
        ):
            self.add_error("look_on", "Give the day on which somebody looks again.")
        if said.get("because") == "other" and not said.get("words"):
            self.add_error("words", "Write the reason.")
        return said


class PartForm(forms.Form):
    """Which signals are about another family."""

    signals = forms.TypedMultipleChoiceField(
        label="Which are about another family?", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )  # fmt: skip
    words = words("How do you know?", "Write how you know.", rows=2)

    def __init__(self, *args: Any, signals: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["signals"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(number), said) for number, said in signals]


class SameForm(forms.Form):
    """Whether two files are about one child."""

    same_child = forms.ChoiceField(
        label="Is it the same child?", choices=(("yes", "Yes, one child"), ("no", "No, two children")),
        widget=forms.RadioSelect, error_messages={"required": "Choose yes or no."},
    )  # fmt: skip
    reasons = words("Why do you say so?", "Write why.", rows=2)


LEAVE_OUT, NEW = "leave out", "new"


class TakeUpForm(forms.Form):
    """Who the children are, what to look for, why, and what to talk about."""

    another_given = line(
        "First name of another child", "given", help_text="Only if you know of one whom no signal names"
    )
    another_family = line("Family name of that child", "family")
    another_born = DayField(label="Date of birth of that child", required=False)
    indicators = forms.MultipleChoiceField(
        label="What do you want to look for with the family?",
        help_text="What these signals can show. None is chosen for you.",
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    reasons = words("Why do you take it up?", "Write why you take it up.")
    conversation = words(
        "What will you talk about first?", "Write how you will begin.", "The suggestion is yours to change"
    )
    family_told = forms.ChoiceField(
        label="Does the family know?", choices=FAMILY, widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the family knows."},
    )  # fmt: skip
    family_told_reason = words("Why not yet, or what they said", rows=2)

    def __init__(
        self,
        *args: Any,
        children: Sequence[tuple[int, str, Sequence[tuple[str, str]]]],
        indicators: Sequence[Indicator],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [number for number, _, _ in children]
        for number, name, matches in children:
            self.fields[f"child-{number}"] = self._child_field(name, matches)
        chosen = self.fields["indicators"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(each.id, each.text) for each in indicators]
        self.order_fields([f"child-{number}" for number in self.numbers])

    @staticmethod
    def _child_field(name: str, matches: Sequence[tuple[str, str]]) -> forms.ChoiceField:
        asked = (
            "Which of these is the child?" if matches else "Among the children whom you may see nobody fits."
        )
        return forms.ChoiceField(
            label=name, help_text=asked, widget=forms.RadioSelect,
            choices=[
                *matches,
                (NEW, "None of these: open a file" if matches else "Open a file for this child"),
                (LEAVE_OUT, "Leave this child out"),
            ],
            error_messages={"required": f"Decide who {name} is."},
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        taken = [n for n in self.numbers if said.get(f"child-{n}") not in (None, LEAVE_OUT)]
        another = said.get("another_given") and said.get("another_family")
        if not taken and not another and not any(name.startswith("child-") for name in self.errors):
            self.add_error(None, "Take up at least one child, or name one.")
        if bool(said.get("another_given")) != bool(said.get("another_family")):
            self.add_error(
                "another_given", "Give both the first name and the family name of the other child."
            )
        return said


class HoldForm(forms.Form):
    """Ask that nothing of a family be deleted, and what for."""

    why = forms.ChoiceField(
        label="What is it held for?", choices=Hold.Why.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is held for."},
    )  # fmt: skip
    words = words(
        "Which claim, court or review, and until when?",
        "Write which it is.",
        "A number that both sides know. No names: information governance reads this and not the signals.",
    )


class HoldByNumberForm(HoldForm):
    """The same, by the number under which an agency gave a signal."""

    agency = forms.TypedChoiceField(
        label="Which agency gave it?", coerce=int, error_messages={"required": "Choose the agency."}
    )
    sender_id = line("The agency’s own number of the signal", "sender_id", "Write the number.")
    field_order = ("agency", "sender_id", "why", "words")

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)
        agency.choices = [("", "Choose an agency"), *((each.pk, each.name) for each in agencies)]


class LiftForm(forms.Form):
    """Why a hold is lifted."""

    words = words("Why is it lifted?", "Write why it is lifted.", rows=2)
