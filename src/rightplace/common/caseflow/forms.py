"""What a manager types to hand a child over, and the sentence when something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from rightplace.common.caseflow.actions import Conversation, Step
from rightplace.common.caseflow.advice import Advice
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import WorkerLoad
from rightplace.common.web.forms import DayField
from rightplace.domain.practice.need import sample_pack
from rightplace.domain.practice.vocabulary.codes import code_list
from rightplace.foundation.organisation.models import Team


def said(label: str, missing: str = "", help_text: str = "", rows: int = 3) -> forms.CharField:
    """Free words; `missing` is the sentence when they are needed and not there."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        error_messages={"required": missing or ""},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def load_words(load: WorkerLoad) -> str:
    """A worker with what the worker carries."""
    children = f"{load.children} {'child' if load.children == 1 else 'children'}"
    return f"{load.name}: {children}{', away' if load.away else ''}"


CHANGED = "The suggestion has changed since you opened the page. Look again."
WHY_ANOTHER = "Say why another worker than the one suggested."


def shown_again(form: forms.Form, field: str, suggested: int) -> None:
    """What was suggested has changed: the page shows the new suggestion, and the next answer is held against that."""
    typed = cast(QueryDict, form.data).copy()
    typed[field] = str(suggested)
    form.data = typed


class WorkerChoice(forms.Form):
    """A form that offers the workers of a team, each with the children that they have and what the programme says."""

    advice: Advice | None = None
    why = "reasons"
    """The field in which it is said why another worker than the one suggested has the family."""

    def offer_workers(self, loads: Sequence[WorkerLoad], none: str, advice: Advice | None = None) -> None:
        """Fill the choice of workers, with what each has free where somebody says so."""
        self.advice = advice
        field = self.fields["worker"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *([("", none)] if none else []),
            *((each.worker, self._words_of(each)) for each in loads),
        ]
        if advice is None:
            del self.fields["seen"]
        else:
            self.fields["seen"].initial = advice.worker

    def _words_of(self, load: WorkerLoad) -> str:
        if self.advice is None:
            return load_words(load)
        suggested = "suggested" if load.worker == self.advice.worker else ""
        return ", ".join(filter(None, (load_words(load), self.advice.free.get(load.worker), suggested)))

    def held_against_the_suggestion(self, typed: Mapping[str, Any]) -> None:
        """The suggestion that was seen still stands; another choice than it takes a reason."""
        if self.advice is None or not typed.get("worker"):
            return
        seen = typed.get("seen")
        if seen is not None and seen != self.advice.worker:
            shown_again(self, "seen", self.advice.worker)
            self.add_error("worker", CHANGED)
        elif self.advice.worker and typed["worker"] != self.advice.worker and not typed.get(self.why):
            self.add_error(self.why, WHY_ANOTHER)


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


def change_reasons() -> list[tuple[str, str]]:
    """Why a child's worker changes, in the words of the return."""
    return [("", "Choose a reason"), *((c.code, c.label) for c in code_list("worker_change_reason").codes)]


class AllocateForm(WorkerChoice):
    """Say which worker has the child, with the brothers and sisters; another one than was suggested takes a reason."""

    field_order = ("also", "apart", "worker", "change_reason", "reasons", "seen")

    worker = forms.TypedChoiceField(
        label="Which worker?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a worker."},
    )
    change_reason = forms.ChoiceField(label="If the worker changes: why?", required=False)
    reasons = said("Anything to remember about this choice", rows=2)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        loads: Sequence[WorkerLoad],
        changes: bool,
        advice: Advice | None = None,
        also: Mapping[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.changes, self.others = changes, dict(also or {})
        self.offer_workers(loads, "", advice)
        field = self.fields["change_reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = change_reasons()
        if not changes:
            del self.fields["change_reason"]
        if advice is not None and advice.worker:
            self.initial.setdefault("worker", advice.worker)
            self.fields["reasons"].help_text = "Needed if you choose another worker than is suggested."
        self._take_along()
        self.order_fields(self.field_order)

    def _take_along(self) -> None:
        """Ask for brothers and sisters, all of them ticked; to leave one out takes a reason."""
        if self.others:
            self.fields["also"] = forms.TypedMultipleChoiceField(
                label="With the child",
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="Brothers and sisters have one worker.",
                choices=list(self.others.items()),
                initial=list(self.others),
            )
            self.fields["apart"] = said("If you part them: why?", rows=2)

    @property
    def together(self) -> list[int]:
        """The brothers and sisters who get the same worker in the same act."""
        return [file for file in self.others if file in self.cleaned_data.get("also", ())]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if self.changes and not found.get("change_reason"):
            self.add_error("change_reason", "Say why the worker changes.")
        if (
            self.others
            and "also" in found
            and len(found["also"]) < len(self.others)
            and not found.get("apart")
        ):
            self.add_error("apart", "Say why brothers and sisters get different workers.")
        self.held_against_the_suggestion(found)
        return found


class EndWorkerForm(forms.Form):
    """The worker no longer has the child."""

    change_reason = forms.ChoiceField(
        label="Why?", error_messages={"required": "Say why the worker no longer has the child."}
    )
    reasons = said("More about it", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["change_reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = change_reasons()


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


class ConversationForm(forms.Form):
    """The one conversation in which two teams agree on a step, and the plan that goes along."""

    ours = forms.CharField(
        label="Who spoke for your team?",
        max_length=120,
        error_messages={"required": "Write who spoke for your team."},
    )
    theirs = forms.CharField(
        label="Who spoke for the other team?",
        max_length=120,
        error_messages={"required": "Ring the other team first; then write whom you spoke with."},
    )
    spoke_on = DayField(label="On which day did you speak?", required=True)
    agreed = said("What did you both agree?", "Write what you both agreed, and who tells the family.")
    carried = said("The plan that goes along", help_text="One goal a line. The other team goes on from it.")

    @property
    def conversation(self) -> Conversation:
        """Who spoke, when, and what was agreed."""
        typed = self.cleaned_data
        return Conversation((typed["ours"], typed["theirs"]), typed["spoke_on"], typed["agreed"])

    @property
    def goals(self) -> tuple[str, ...]:
        """The plan that goes along, a goal a line."""
        return tuple(line.strip() for line in self.cleaned_data["carried"].splitlines() if line.strip())


CONVERSATION = tuple(ConversationForm.base_fields)


class StepForm(ConversationForm):
    """The child needs more, or less: agreed in one conversation, with what says so, and offered onward at once."""

    field_order = ("children", "direction", "team", "reasons", *CONVERSATION, "indicators")

    children = forms.TypedMultipleChoiceField(
        label="Which children?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the children."},
    )
    direction = forms.ChoiceField(
        label="Which way?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say which way."},
        choices=[("up", "Up: the child needs more than we can give"), ("down", "Down: the child needs less")],
    )
    team = forms.TypedChoiceField(
        label="Which team is the child offered to?",
        coerce=int,
        error_messages={"required": "Choose the team."},
    )
    reasons = said("Reasons", "Write why.")
    indicators = forms.MultipleChoiceField(
        label="What says so",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one indicator."},
    )

    def __init__(
        self,
        *args: Any,
        teams: Sequence[Team],
        children: Mapping[int, str],
        up: bool | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[Any, str]]] = {
            "team": [("", "Choose a team"), *((team.pk, team.name) for team in teams)],
            "indicators": [
                (each.id, f"{each.text} ({each.level.number})") for each in sample_pack().indicators
            ],
            "children": [(file, name) for file, name in children.items()],
        }
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options
        self.everybody = list(children)
        self.up = up
        if len(children) == 1:
            del self.fields["children"]
        if up is not None:
            del self.fields["direction"]

    def step(self, from_part: str, to_part: str) -> Step:
        """What was typed, as the step that it is."""
        said_here = self.cleaned_data
        return Step(
            up=said_here["direction"] == "up" if self.up is None else self.up,
            from_part=from_part,
            to_part=to_part,
            team=said_here["team"],
            reasons=said_here["reasons"],
            indicators=tuple(said_here["indicators"]),
            conversation=self.conversation,
            carried=self.goals,
        )

    @property
    def chosen(self) -> list[int]:
        """The files of the children who step."""
        return list(self.cleaned_data.get("children", self.everybody))
