"""What human resources types about posts, contracts, what a worker brings, and leaving; with the sentence when wrong."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django import forms

from rightplace.common.web.forms import DayField
from rightplace.domain.practice.vocabulary.codes import code_list
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.organisation.establishment.tables import Contract, Lineage, Profession
from rightplace.foundation.organisation.rolecodes import OF_A_PARTNER, RoleCode

WITHOUT_A_POST = frozenset({*OF_A_PARTNER, RoleCode.RULE})
DAY = "Give the day."


def post_roles() -> list[tuple[int, str]]:
    """The roles that somebody employed by the authority can have."""
    found = [(int(code), role_of(code).name) for code in RoleCode if code not in WITHOUT_A_POST]
    return sorted(((code, name) for code, name in found if name != "import rule"), key=lambda each: each[1])


def chosen(form: forms.Form, name: str, choices: Sequence[tuple[object, str]]) -> None:
    """Fill a choice that depends on the day."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", "Choose"), *choices]


def hours_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, required=required, min_value=Decimal("0.5"), max_value=Decimal(120),
        decimal_places=2, error_messages={"required": "Give the hours a week."},
    )  # fmt: skip


class OpenPostForm(forms.Form):
    """Opening a post."""

    title = forms.CharField(
        label="Title", max_length=120, error_messages={"required": "Give the post’s title."}
    )
    grade = forms.CharField(label="Grade", max_length=20, error_messages={"required": "Give the grade."})
    profession = forms.ChoiceField(
        label="Which profession?", error_messages={"required": "Choose the profession."}
    )
    role = forms.TypedChoiceField(
        label="Which role here?", coerce=int, error_messages={"required": "Choose the role."}
    )
    team = forms.TypedChoiceField(
        label="Which team?", coerce=int, error_messages={"required": "Choose the team."}
    )
    funding = forms.CharField(
        label="Who pays for it?", max_length=80, error_messages={"required": "Say which budget pays."}
    )
    hours = hours_field("Hours a week for which there is money")
    shares = forms.CharField(
        label="Seats, if more than one", required=False,
        help_text="The hours of each seat, for example 18.5 and 18.5 for a job share. Empty means one seat of all hours.",
    )  # fmt: skip
    reference = forms.CharField(
        label="Reference", max_length=20, required=False, help_text="Empty: one is given."
    )
    begins = DayField(label="From which day?", error_messages={"required": DAY})

    def __init__(self, *args: object, teams: Sequence[tuple[int, str]], **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        chosen(self, "profession", Profession.choices)
        chosen(self, "role", post_roles())
        chosen(self, "team", teams)

    def clean_shares(self) -> list[Decimal] | None:
        said = self.cleaned_data["shares"].replace(" and ", " ").replace(",", " ").split()
        try:
            return [Decimal(each) for each in said] or None
        except InvalidOperation:
            raise forms.ValidationError("Write hours only, for example 18.5 and 18.5.") from None


class AddSeatForm(forms.Form):
    """One more seat in a post."""

    hours = hours_field("Hours a week of the new seat")
    begins = DayField(label="From which day?", error_messages={"required": DAY})


class EndPostForm(forms.Form):
    """A post ends."""

    on = DayField(label="From which day is there no such post?", error_messages={"required": DAY})


class LineageForm(forms.Form):
    """Which post goes on from this one."""

    after = forms.TypedChoiceField(
        label="Which post goes on from it?", coerce=int, error_messages={"required": "Choose the post."}
    )
    kind = forms.ChoiceField(label="What happened?", choices=Lineage.Kind.choices)
    because = forms.CharField(label="Why?", max_length=200, error_messages={"required": "Say why."})
    on = DayField(label="On which day?", error_messages={"required": DAY})

    def __init__(self, *args: object, posts: Sequence[tuple[int, str]], **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        chosen(self, "after", posts)


class BackForm(forms.Form):
    """Somebody for whom a seat is kept comes back to it, or gives it up."""

    kept = forms.TypedChoiceField(
        label="For whom is the seat kept?", coerce=int, error_messages={"required": "Choose who it is."}
    )
    comes = forms.ChoiceField(
        label="What happens?", widget=forms.RadioSelect, error_messages={"required": "Choose one."},
        choices=[("back", "Comes back to it; who covers leaves it on that day"), ("gives_up", "Gives it up")],
    )  # fmt: skip
    on = DayField(label="From which day?", error_messages={"required": DAY})

    def __init__(self, *args: object, rights: Sequence[tuple[int, str]], **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        chosen(self, "kept", rights)


class ContractForm(forms.Form):
    """For how many hours somebody is employed."""

    hours = hours_field("Hours a week")
    basis = forms.ChoiceField(label="On what basis?", choices=Contract.Basis.choices)
    begins = DayField(label="From which day?", error_messages={"required": DAY})


class ParticularsForm(forms.Form):
    """What a worker brings."""

    profession = forms.ChoiceField(label="Profession", choices=Profession.choices)
    in_profession_since = DayField(label="In the profession since", required=False)
    qualified = DayField(
        label="Qualified on",
        required=False,
        help_text="Within a supported first year its protected time counts.",
    )
    registered = forms.BooleanField(label="The registration was seen in the public register", required=False)
    registered_until = DayField(label="Registered until", required=False)
    skills = forms.CharField(label="Skills, with commas between", required=False, max_length=400)
    languages = forms.CharField(
        label="Languages besides English, with commas between", required=False, max_length=400
    )
    begins = DayField(label="True from which day?", error_messages={"required": DAY})

    def clean_skills(self) -> list[str]:
        return _listed(self.cleaned_data["skills"])

    def clean_languages(self) -> list[str]:
        return _listed(self.cleaned_data["languages"])


def _listed(said: str) -> list[str]:
    found = [each.strip() for each in said.split(",") if each.strip()]
    if any(len(each) > 40 for each in found):
        raise forms.ValidationError("Put a comma between two; none may be longer than 40 letters.")
    return found


class LeaverForm(forms.Form):
    """Somebody leaves the authority."""

    on = DayField(label="From which day?", error_messages={"required": DAY})
    reason = forms.ChoiceField(
        label="Why, in the words of the national census?", error_messages={"required": "Choose the reason."}
    )

    def __init__(self, *args: object, **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        chosen(self, "reason", [(each.code, each.label) for each in code_list("leaving_reason").codes])
