"""What a manager types to offer, take, send back, place or let go of a child, and the sentence when something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from rightplace.common.caseflow.advice import Advice
from rightplace.common.caseflow.fields import said
from rightplace.common.caseflow.forms_worker import WorkerChoice
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import WorkerLoad
from rightplace.domain.practice.vocabulary.codes import code_list
from rightplace.foundation.organisation.models import Team


class TogetherForm(forms.Form):
    """A form about one child's offer that takes the brothers and sisters along who are offered with the child."""

    def take_along(self, also: Mapping[Offer, str] | None, label: str, help_text: str) -> None:
        """Ask for the brothers and sisters, all of them ticked; nothing is asked where there are none."""
        self.others = dict(also or {})
        if self.others:
            self.fields["also"] = forms.TypedMultipleChoiceField(
                label=label,
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=help_text,
                choices=[(offer.id, name) for offer, name in self.others.items()],
                initial=[offer.id for offer in self.others],
            )

    @property
    def together(self) -> list[Offer]:
        """The offers of brothers and sisters that are answered in the same act."""
        chosen = self.cleaned_data.get("also", ())
        return [offer for offer in self.others if offer.id in chosen]


class AcceptForm(TogetherForm, WorkerChoice):
    """The team answers from now on, with a worker or without one yet."""

    field_order = ("worker", "because", "also", "note", "seen")
    why = "because"

    worker = forms.TypedChoiceField(
        label="Which worker?",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="Without a worker the child stands on the unallocated register, with its age.",
    )
    because = said(
        "Why another worker than the one suggested?", help_text="Only if you choose another.", rows=2
    )
    note = said("A note to the team", rows=2)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        loads: Sequence[WorkerLoad],
        also: Mapping[Offer, str] | None = None,
        advice: Advice | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer_workers(loads, "Nobody yet", advice)
        if advice is None or not advice.worker:
            del self.fields["because"]
        self.take_along(
            also, "Accept with the child", "Brothers and sisters who are offered to your team too."
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        self.held_against_the_suggestion(found)
        return found


class SendBackForm(TogetherForm):
    """Not this team: why, and what instead."""

    field_order = ("also", "reasons", "instead")

    reasons = said("Why does your team not take this child?", "Write why.")
    instead = said(
        "What should happen instead?", "Write what should happen instead: the child still needs somebody."
    )

    def __init__(self, *args: Any, also: Mapping[Offer, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.take_along(also, "Send back with the child", "Untick whom your team would take.")
        self.order_fields(self.field_order)

    @property
    def words(self) -> dict[str, str]:
        """The reasons, and what should happen instead."""
        return {name: self.cleaned_data[name] for name in ("reasons", "instead")}


class ReasonsForm(forms.Form):
    """Only reasons are asked."""

    reasons = said("Why?", "Write why.")


class TeamChoice(forms.Form):
    """A form that names a team, for what, and why."""

    team = forms.TypedChoiceField(
        label="Which team answers from now on?", coerce=int, error_messages={"required": "Choose the team."}
    )
    for_what = forms.CharField(
        label="For what?",
        max_length=40,
        help_text="For example: family support team, assessment",
        error_messages={"required": "Write what the team is to do."},
    )
    reasons = said("Why this team?", "Write why this team.")

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose a team"), *((team.pk, team.name) for team in teams)]


class PlaceForm(TeamChoice):
    """The head of service names the team."""


class OfferOnForm(TeamChoice):
    """A team did not take the child: which is asked next."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].label = "Which team is the child offered to now?"


class CloseForm(forms.Form):
    """Let one child go."""

    closure_reason = forms.ChoiceField(
        label="Why is it over?", error_messages={"required": "Choose why it is over."}
    )
    reasons = said("Reasons", "Write why the child needs nothing further from the team.", rows=4)
    unseen_reason = said("If nobody has seen the child: why need the child not be seen?", rows=2)
    family_view = said("What do the child and the family say?", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["closure_reason"]
        assert isinstance(field, forms.ChoiceField)
        codes = [(c.code, c.label) for c in code_list("closure_reason").codes]
        field.choices = [("", "Choose a reason"), *codes, ("capacity", "The team is full")]
