"""From a Django form to GOV.UK components: one place that knows which field becomes which component.

A form says what it asks (label, help text) and what is wrong (the error's sentence); nothing else is needed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rightplace.common.web.byname import Suggested


@dataclass(frozen=True)
class Component:
    """The component that shows a field, and its options; the names that are offered while one types."""

    kind: str
    params: dict[str, Any] = field(default_factory=dict)
    names: Sequence[str] = ()


class DayParts(forms.MultiWidget):
    """Day, month and year in three boxes, since people type dates faster than they pick them."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(dict.fromkeys(("day", "month", "year"), forms.TextInput), attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        return [None, None, None]


class DayField(forms.MultiValueField):
    """A day that a person types as day, month and year; what is wrong is said in a sentence."""

    widget = DayParts

    def __init__(self, **kwargs: Any) -> None:
        parts = [forms.CharField(max_length=8, required=False) for _ in range(3)]
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> date | None:
        typed = [str(part or "").strip() for part in (value or ["", "", ""])]
        if not any(typed):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        missing = [name for name, part in zip(("day", "month", "year"), typed, strict=True) if not part]
        if missing:
            raise ValidationError(f"The date also needs a {' and a '.join(missing)}.", code="incomplete")
        found = self._day(*typed)
        self.run_validators(found)
        return found

    def compress(self, data_list: list[Any]) -> Any:
        return data_list

    def _day(self, day: str, month: str, year: str) -> date:
        try:
            numbers = [int(part) for part in (day, _month(month), year)]
        except ValueError:
            raise ValidationError("A date is three numbers, for example 27 3 2019.", code="invalid") from None
        if numbers[2] < 1900:
            raise ValidationError("The year needs four numbers, for example 2019.", code="invalid")
        try:
            return date(numbers[2], numbers[1], numbers[0])
        except ValueError:
            raise ValidationError(
                "There is no such day. Check the day and the month.", code="invalid"
            ) from None


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _month(typed: str) -> str:
    short = typed[:3].lower()
    return str(MONTHS.index(short) + 1) if short in MONTHS else typed


def problems(*asked: forms.BaseForm) -> list[dict[str, str]]:
    """What is wrong in one or more forms, each line leading to its field."""
    found: list[dict[str, str]] = []
    for form in asked:
        if not form.is_bound:
            continue
        for name, sentences in form.errors.items():
            for sentence in sentences:
                line = {"text": str(sentence)}
                if name in form.fields:
                    line["href"] = f"#{_first_id(form[name])}"
                found.append(line)
    return found


def component(
    bound: forms.BoundField, *, heading: bool = False, small: bool = False, classes: str = "", **more: Any
) -> Component:
    """The component for a field. With `heading` its label is the page's heading: one question on a page.

    `small` is for the dense pages of staff; public pages keep the large circles and boxes.
    """
    kind = _kind(bound)
    if small and kind in ("radios", "checkboxes", "tick"):
        classes = f"{classes} govuk-{'radios' if kind == 'radios' else 'checkboxes'}--small".strip()
    params: dict[str, Any] = {"id": bound.auto_id, "name": bound.html_name}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(str(each) for each in bound.errors)}
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if classes:
        params["classes"] = classes
    attributes = _attributes(bound)
    if attributes:
        params["attributes"] = attributes
    _add_label(params, kind, bound, heading)
    _add_value(params, kind, bound)
    widget = bound.field.widget
    names = widget.names if isinstance(widget, Suggested) else ()
    if names:
        params["attributes"] = {**attributes, "list": f"{bound.auto_id}-names"}
    return Component(kind, params | more, names)


_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (DayParts, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "tick"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
)


def _kind(bound: forms.BoundField) -> str:
    found = next((kind for widget, kind in _KINDS if isinstance(bound.field.widget, widget)), "input")
    if found == "textarea" and getattr(bound.field, "max_length", None):
        return "count"
    return found


def _first_id(bound: forms.BoundField) -> str:
    return f"{bound.auto_id}-day" if _kind(bound) == "date" else str(bound.auto_id)


_OWN_OPTIONS = frozenset(
    [
        "rows",
        "cols",
        "class",
        "type",
        "required",
        "id",
        "autocomplete",
        "inputmode",
        "spellcheck",
        "maxlength",
    ]
)


def _attributes(bound: forms.BoundField) -> dict[str, Any]:
    attrs = bound.field.widget.attrs
    return {name: value for name, value in attrs.items() if name not in _OWN_OPTIONS and value is not False}


def _add_label(params: dict[str, Any], kind: str, bound: forms.BoundField, heading: bool) -> None:
    label: dict[str, Any] = {"text": str(bound.label)}
    if kind in ("radios", "checkboxes", "date"):
        label |= {"classes": f"govuk-fieldset__legend--{'l' if heading else 's'}"}
        params["fieldset"] = {"legend": label | ({"isPageHeading": True} if heading else {})}
        if kind != "date":
            params["idPrefix"] = bound.auto_id
        return
    if kind == "tick":
        params["idPrefix"] = bound.auto_id
        return
    label["classes"] = "govuk-label--l" if heading else "govuk-label--s"
    params["label"] = label | ({"isPageHeading": True} if heading else {})


def _add_value(params: dict[str, Any], kind: str, bound: forms.BoundField) -> None:
    value = bound.value()
    widget = bound.field.widget
    if kind in ("radios", "checkboxes", "select"):
        params["items"] = _items(bound, value, "selected" if kind == "select" else "checked")
    elif kind == "tick":
        params["items"] = [
            {"value": "on", "text": str(bound.label), "checked": bool(value) and value != "False"}
        ]
    elif kind == "date":
        params |= {"namePrefix": "", "items": _date_items(bound, value)}
    elif kind in ("textarea", "count"):
        params |= {"value": value or "", "rows": widget.attrs.get("rows", 5)}
        if kind == "count":
            params |= {"maxlength": str(getattr(bound.field, "max_length", ""))}
    elif kind == "file":
        params["javascript"] = False
    elif kind != "password":
        params["value"] = "" if value is None else str(value)
    _add_typing(params, kind, bound)


def _add_typing(params: dict[str, Any], kind: str, bound: forms.BoundField) -> None:
    attrs = bound.field.widget.attrs
    for name in ("autocomplete", "inputmode"):
        if name in attrs:
            params[name] = attrs[name]
    if "spellcheck" in attrs:
        params["spellcheck"] = attrs["spellcheck"] in (True, "true")
    if kind == "input":
        params["type"] = getattr(bound.field.widget, "input_type", "text") or "text"


def _items(bound: forms.BoundField, value: Any, mark: str) -> list[dict[str, Any]]:
    given = value if isinstance(value, list | tuple | set) else [value]
    chosen = {str(each) for each in given if each is not None}
    hints: dict[Any, str] = getattr(bound.field, "choice_hints", {})
    items: list[dict[str, Any]] = []
    for key, text in _flat(getattr(bound.field, "choices", [])):
        if key == "" and mark != "selected":
            continue
        item: dict[str, Any] = {"value": str(key), "text": str(text), mark: str(key) in chosen}
        if hint := hints.get(key):
            item["hint"] = {"text": hint}
        items.append(item)
    return items


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for key, text in choices:
        if isinstance(text, list | tuple):
            yield from text
        else:
            yield key, text


def _date_items(bound: forms.BoundField, value: Any) -> list[dict[str, Any]]:
    parts = value if isinstance(value, list) else DayParts().decompress(value)
    widths = (("day", 2), ("month", 2), ("year", 4))
    wrong = " govuk-input--error" if bound.errors else ""
    return [
        {
            "name": f"{bound.html_name}_{name}",
            "id": f"{bound.auto_id}-{name}",
            "label": name.capitalize(),
            "value": "" if part is None else str(part),
            "classes": f"govuk-input--width-{width}{wrong}",
        }
        for (name, width), part in zip(widths, parts, strict=True)
    ]
