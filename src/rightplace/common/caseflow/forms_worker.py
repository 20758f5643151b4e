"""Which worker has a child: the choice with what each carries, what was suggested, and why it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from rightplace.common.caseflow.advice import Advice
from rightplace.common.caseflow.fields import said
from rightplace.common.caseflow.queries import WorkerLoad
from rightplace.domain.practice.vocabulary.codes import code_list


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
