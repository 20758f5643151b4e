"""A form made from an entry's own fields, so that any kind can be corrected; what was typed becomes a body again."""

from __future__ import annotations

import types
from datetime import date
from enum import StrEnum
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import msgspec
from django import forms

from rightplace.common.web import words
from rightplace.common.web.forms import DayField
from rightplace.domain.practice.entries import Body, Entry
from rightplace.overview.desk.forms import HappenedForm, text
from rightplace.overview.desk.sayings import field_words
from rightplace.overview.desk.sayings.kinds import LEFT_OUT, MAIN

ANSWERS: Final = [("yes", "Yes"), ("no", "No")]
NOT_KNOWN: Final = ("", "Not known")


class CorrectionForm(HappenedForm):
    """What an entry should have said. Fields that name other entries stay as they are."""

    reasons = text("What was wrong, and how do you know?", "Write what was wrong, and how you know.")

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        self.entry = entry
        kwargs.setdefault("initial", _said(entry))
        super().__init__(*args, **kwargs)
        for name, made in correctable(type(entry.body)).items():
            self.fields[f"said_{name}"] = made
        self.order_fields([*(n for n in self.fields if n.startswith("said_")), "day", "clock", "reasons"])

    @property
    def said(self) -> Body:
        """The body as it should have been."""
        changed = {
            name: _value(hint, self.cleaned_data[f"said_{name}"])
            for name, hint in _hints(type(self.entry.body)).items()
            if f"said_{name}" in self.fields
        }
        return msgspec.structs.replace(self.entry.body, **changed)


def correctable(kind: type[Body]) -> dict[str, forms.Field]:
    """A field for each of a kind's own that a person can type."""
    found = {}
    for name, hint in _hints(kind).items():
        made = _field(name, hint)
        if made is not None and name not in LEFT_OUT:
            found[name] = made
    return found


def _hints(kind: type[Body]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {name: hints[name] for name in kind.__struct_fields__}


def _options(hint: Any) -> tuple[Any, bool]:
    """The type and whether nothing may be said."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = [each for each in get_args(hint) if each is not type(None)]
        return (inner[0], True) if len(inner) == 1 else (Any, True)
    return hint, False


def _field(name: str, hint: Any) -> forms.Field | None:
    label = field_words(name)
    of, optional = _options(hint)
    if of is bool:
        choices = [*ANSWERS, NOT_KNOWN] if optional else ANSWERS
        return forms.ChoiceField(
            label=label, choices=choices, required=not optional, widget=forms.RadioSelect
        )
    if of is date:
        return DayField(label=label, required=False)
    if of is int:
        return forms.IntegerField(
            label=label, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
        )
    if isinstance(of, type) and issubclass(of, StrEnum):
        return forms.ChoiceField(
            label=label, choices=[(e.value, e.value) for e in of], widget=forms.RadioSelect
        )
    if of is str:
        long = name in MAIN or name in ("alternatives", "dissent", "wants")
        return (
            text(label, required=False)
            if long
            else forms.CharField(label=label, required=False, max_length=400)
        )
    if get_origin(of) is tuple and get_args(of)[:1] == (str,):
        return text(label, required=False, help_text="One on each line.", rows=3)
    return None


def _value(hint: Any, typed: Any) -> Any:
    of, optional = _options(hint)
    if of is bool:
        return {"yes": True, "no": False}.get(typed)
    if of is int:
        return typed if typed is not None else (None if optional else 0)
    if isinstance(of, type) and issubclass(of, StrEnum):
        return of(typed)
    if get_origin(of) is tuple:
        return tuple(line.strip() for line in typed.splitlines() if line.strip())
    return typed


def _said(entry: Entry) -> dict[str, Any]:
    """What the entry says now, as the form shows it."""
    initial: dict[str, Any] = {
        "day": date.fromordinal(entry.day),
        "clock": words.clock_time(entry.at) if entry.at is not None else "",
    }
    for name in entry.body.__struct_fields__:
        value = getattr(entry.body, name)
        if isinstance(value, bool):
            value = "yes" if value else "no"
        elif isinstance(value, tuple):
            value = "\n".join(str(each) for each in value)
        initial[f"said_{name}"] = value
    return initial
