"""What an administrator types about teams and people, and the sentence when something is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from rightplace.common.web.byname import ByNameField
from rightplace.common.web.forms import DayField
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.organisation.managing import ROLES_IN, manager_role
from rightplace.foundation.organisation.models import Agency, Area, Team, Worker

Choices = list[tuple[Any, Any]]
FIRST_DAY = "It can be a day to come, or one that is past."


def _line(label: str, missing: str = "", hint: str = "", limit: int = 120, kind: str = "") -> forms.CharField:
    field = forms.EmailField if kind == "email" else forms.CharField
    wrong = {"required": missing, "invalid": "Write a whole e-mail address."}
    found: forms.CharField = field(
        label=label, help_text=hint, required=bool(missing), max_length=limit, error_messages=wrong
    )
    return found


def _chosen(label: str, missing: str, hint: str = "", required: bool = True) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, help_text=hint, coerce=int, empty_value=None, required=required,
        error_messages={"required": missing, "invalid_choice": missing},
    )  # fmt: skip


def _named(label: str, missing: str, what: str, hint: str = "", required: bool = True) -> ByNameField:
    """One of a list that is too long to look through: by typing the name."""
    hint = hint or "Begin to type the name."
    return ByNameField(
        label=label, help_text=hint, required=required, what=what, error_messages={"required": missing}
    )


def _day(label: str, hint: str = "") -> DayField:
    return DayField(label=label, help_text=hint, error_messages={"required": "Give the day."})


def _offer(field: forms.Field, choices: Choices, nothing: str) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", nothing), *choices]


def _offer_names(field: forms.Field, choices: Choices) -> None:
    assert isinstance(field, ByNameField)
    field.choices = choices


SIGN_IN = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9.\-_@]{2,}$", "Use three or more letters, numbers, full stops or hyphens."
)


def _username(required: bool) -> forms.CharField:
    hint = "Letters, numbers, full stops and hyphens."
    return forms.CharField(
        label="Name to sign in with", required=required, max_length=150, validators=[SIGN_IN],
        help_text=hint if required else f"{hint} Leave it empty for somebody who does not sign in.",
        error_messages={"required": "Write the name to sign in with."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def names(people: Iterable[Worker]) -> Choices:
    """People to choose from, each with the address that tells two of the same name apart."""
    rows = list(people)
    twice = {row.name for row in rows if sum(row.name == other.name for other in rows) > 1}
    return [(row.pk, f"{row.name}, {row.email}" if row.name in twice else row.name) for row in rows]


class OpenTeamForm(forms.Form):
    """A new team or partner's desk."""

    name = _line("Name of the team", "Write its name.")
    kind = forms.ChoiceField(
        label="What does it do?", error_messages={"required": "Choose what it does.", "invalid_choice": "Choose what it does."},
    )  # fmt: skip
    agency = _chosen(
        "Whose team is it?", "Choose whose team it is.", "A partner’s desk belongs to the partner."
    )
    area = _chosen(
        "For which area?", "Choose the area.", "Leave it for a team that serves more than one.", False
    )
    phone = _line(
        "Telephone", "Write its number: whoever sees a child’s page can ring the team.", "", limit=30
    )
    begins = _day("From which day?", FIRST_DAY)
    manager = _named(
        "Who is its named manager?", "Choose the manager.", "person",
        "Begin to type the name. A partner’s desk, leaders and assurance have none.", False,
    )  # fmt: skip

    def __init__(
        self, *args: Any, agencies: Iterable[Agency], areas: Iterable[Area], people: Iterable[Worker], **more: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        kinds = [c for c in Team.Kind.choices if c[0] != Team.Kind.IMPORTED]
        _offer(
            self.fields["kind"],
            [(k, str(label)[:1].upper() + str(label)[1:]) for k, label in kinds],
            "Choose",
        )
        _offer(self.fields["agency"], [(each.pk, each.name) for each in agencies], "Choose whose it is")
        _offer(self.fields["area"], [(each.pk, str(each)) for each in areas], "No area of its own")
        _offer_names(self.fields["manager"], names(people))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        kind = found.get("kind")
        if kind and manager_role(kind) is not None and not found.get("manager"):
            self.add_error("manager", "Choose who manages it: a team has a named manager from its first day.")
        return found


class ChangeTeamForm(forms.Form):
    """What a team is called and how it is reached."""

    name = _line("Name of the team", "Write its name.")
    phone = _line("Telephone", "Write its number: whoever sees a child’s page can ring the team.", limit=30)


class _RoleForm(forms.Form):
    """A form that asks for a role there is in a team."""

    def __init__(self, *args: Any, team: Team | None, **more: Any) -> None:
        super().__init__(*args, **more)
        roles = ROLES_IN[team.kind] if team is not None else ()
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(int(code), _sentence(role_of(code).name)) for code in roles]


class JoinForm(_RoleForm):
    """Who comes into a team, in which role, from when."""

    worker = _named("Who?", "Choose somebody.", "person")
    role = forms.TypedChoiceField(
        label="In which role?", coerce=int, widget=forms.RadioSelect,
        error_messages={"required": "Choose the role.", "invalid_choice": "Choose the role."},
    )  # fmt: skip
    begins = _day("From which day?", FIRST_DAY)

    def __init__(self, *args: Any, people: Iterable[Worker], **more: Any) -> None:
        super().__init__(*args, **more)
        _offer_names(self.fields["worker"], names(people))


class WhichTeamForm(forms.Form):
    """Into which team somebody new comes."""

    named = _named("Into which team do they come?", "Write the name of the team.", "team")

    def __init__(self, *args: Any, teams: Iterable[Team], **more: Any) -> None:
        super().__init__(*args, **more)
        rows = list(teams)
        twice = Counter(row.name for row in rows)
        called = [f"{row.name}, {row.agency.name}" if twice[row.name] > 1 else row.name for row in rows]
        _offer_names(self.fields["named"], [(row.pk, name) for row, name in zip(rows, called, strict=True)])


class PersonForm(_RoleForm):
    """Somebody new, with the team, the role and the account."""

    name = _line("Name", "Write the name.")
    email = _line("E-mail address at work", "", "No child is ever named in what is sent there.", 254, "email")
    phone = _line("Telephone", "", "", 30)
    role = forms.TypedChoiceField(
        label="In which role?", coerce=int, widget=forms.RadioSelect,
        error_messages={"required": "Choose the role.", "invalid_choice": "Choose the role."},
    )  # fmt: skip
    begins = _day("From which day?", FIRST_DAY)
    username = _username(False)


class AccountForm(forms.Form):
    """The account of somebody who has none yet."""

    username = _username(True)


class AreaForm(forms.Form):
    """One more area that a team serves, and from when."""

    area = _chosen("Which area does it take?", "Choose the area.")
    begins = _day("From which day?", FIRST_DAY)

    def __init__(self, *args: Any, areas: Iterable[Area], **more: Any) -> None:
        super().__init__(*args, **more)
        _offer(self.fields["area"], [(area.pk, str(area)) for area in areas], "Choose")


class EndForm(forms.Form):
    """From which day something no longer is."""

    on = _day("From which day no longer?", "The day before is the last one.")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
