"""What an administrator types about partners' systems, and the sentence when something is wrong."""

from __future__ import annotations

from typing import Any

from django import forms

from rightplace.common.web.byname import ByNameField
from rightplace.common.web.forms import DayField
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.queries import on_day
from rightplace.gateways.api.purposes import PURPOSES
from rightplace.gateways.api.webhooks.events import EVENTS


def partners() -> list[tuple[int, str]]:
    """The partners' agencies of today, by name."""
    rows = on_day(Agency.objects.exclude(kind=Agency.Kind.AUTHORITY), clock.today()).order_by("name", "id")
    return [(row.pk, row.name) for row in rows]


class _OfAgency(forms.Form):
    agency = ByNameField(
        label="Which agency is it for?", help_text="Begin to type its name",
        error_messages={"required": "Write which agency."},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, ByNameField)
        field.choices = partners()


class TokenForm(_OfAgency):
    """A token: whose, what for, and until when."""

    name = forms.CharField(
        label="Which system will use it?",
        help_text="For example: custody system",
        max_length=80,
        error_messages={"required": "Write which system will use it."},
    )
    purposes = forms.MultipleChoiceField(
        label="What is it for?",
        help_text="It opens these and nothing else. One token for one job is safest.",
        choices=[(each.name, each.sentence) for each in PURPOSES.values()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what it is for.", "invalid_choice": "Choose what it is for."},
    )
    ends = DayField(
        label="On which day does it end?",
        help_text="Leave it empty for a token that goes on until it is ended.",
        required=False,
    )


class WebhookForm(_OfAgency):
    """A webhook: whose, where, and for which events."""

    address = forms.CharField(
        label="Which address is told?",
        help_text="It begins with https:// and is on the public internet.",
        max_length=300,
        error_messages={"required": "Write the address."},
    )
    events = forms.MultipleChoiceField(
        label="Of what is it told?",
        help_text="Only a number and a link are sent, never a name or a word about a child.",
        choices=[(each.name, each.sentence) for each in EVENTS.values()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one event.",
            "invalid_choice": "Choose at least one event.",
        },
    )
