"""The fields that a question becomes. What is wrong is said in a sentence that tells what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from rightplace.common.questions.sets import Question
from rightplace.common.web.forms import DayField
from rightplace.foundation.organisation.places.places import normalise_postcode

LONG, SHORT = 10_000, 200
OLDEST = 25
YES_NO = (("yes", "Yes"), ("no", "No"), ("not known", "I do not know"))
SELECT_FROM = 9
UNREADABLE = "Some letters did not arrive as they were typed. Type or paste them again as plain text."


class Words(forms.CharField):
    """Words that somebody typed: unreadable ones are refused, line ends are made alike."""

    def __init__(self, *, limit: int, **more: Any) -> None:
        super().__init__(required=False, **more)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")

    def run_validators(self, value: str) -> None:
        if "\0" in value or "\ufffd" in value:
            raise ValidationError(UNREADABLE, code="unreadable")
        if len(value) > self.limit:
            over = len(value) - self.limit
            raise ValidationError(
                f"This is {over:,} characters too long; {self.limit:,} at most.", code="long"
            )


class Phone(Words):
    """A telephone number, taken as people write it."""

    def run_validators(self, value: str) -> None:
        super().run_validators(value)
        figures = sum(letter.isdigit() for letter in value)
        if value and not 6 <= figures <= 15:
            raise ValidationError("A telephone number has between 6 and 15 figures.", code="phone")


class Email(Words):
    """An e-mail address."""

    def run_validators(self, value: str) -> None:
        super().run_validators(value)
        if value:
            EmailValidator("Write the e-mail address like name@example.org.")(value)


class Postcode(Words):
    """A postcode, in any spelling; one that cannot be is asked for again."""

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value))
        if not typed:
            return ""
        written = normalise_postcode(typed)
        if written is None:
            raise ValidationError(
                "This is not a postcode. If you are not sure of it, leave it out.", code="postcode"
            )
        return written


class Age(Words):
    """An age in years, as people say it."""

    def run_validators(self, value: str) -> None:
        if value and not (
            value.isascii() and value.isdigit() and len(value) <= self.limit and int(value) <= OLDEST
        ):
            raise ValidationError(f"An age is a number from 0 to {OLDEST}; for a baby, 0.", code="age")


def fields_of(question: Question) -> dict[str, forms.Field]:
    """The fields of a question by name. A group of children and files have none: they are forms of their own."""
    key = question.key
    if question.kind in ("children", "file"):
        return {}
    if question.kind == "address":
        return _address(question)
    if question.kind == "date-or-age":
        return {
            key: DayField(required=False, label=question.words, help_text=question.hint),
            f"{key}_age": Age(
                limit=3, label="Or the age in years, if you do not know the date",
                widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-3"}),
            ),
        }  # fmt: skip
    found: dict[str, forms.Field] = {key: _one(question)}
    if question.not_known:
        found[f"{key}_unknown"] = _tick(question.not_known)
    return found


def _one(question: Question) -> forms.Field:
    said: dict[str, Any] = {"label": question.words, "help_text": question.hint}
    attrs = {"autocomplete": question.autocomplete or "off"}
    limit = question.limit or (LONG if question.kind == "longtext" else SHORT)
    if question.kind == "longtext":
        return Words(limit=limit, widget=forms.Textarea({"rows": 6}), **said)
    if question.kind == "phone":
        return Phone(limit=40, widget=forms.TextInput(attrs | {"inputmode": "tel"}), **said)
    if question.kind == "email":
        return Email(limit=254, widget=forms.EmailInput(attrs), **said)
    if question.kind == "postcode":
        return Postcode(limit=40, widget=forms.TextInput(attrs | {"class": "govuk-input--width-10"}), **said)
    if question.kind in ("choice", "yes-no-not-known"):
        return _choice(question, said)
    return Words(limit=limit, widget=forms.TextInput(attrs), **said)


def _choice(question: Question, said: dict[str, Any]) -> forms.Field:
    chosen = [(each.value, each.words) for each in question.choices] or list(YES_NO)
    widget: type[forms.Widget] = forms.RadioSelect
    if len(chosen) > SELECT_FROM:
        chosen, widget = [("", "Choose one"), *chosen], forms.Select
    wrong = {"invalid_choice": "Choose one of the answers given here."}
    field = forms.ChoiceField(choices=chosen, widget=widget, required=False, error_messages=wrong, **said)
    field.choice_hints = {each.value: each.hint for each in question.choices if each.hint}  # type: ignore[attr-defined]
    return field


def _address(question: Question) -> dict[str, forms.Field]:
    key = question.key
    found: dict[str, forms.Field] = {
        f"{key}_line": Words(limit=SHORT, label=question.words, help_text=question.hint, widget=_plain_line()),
        f"{key}_postcode": Postcode(
            limit=40, label="Postcode, if you know it",
            widget=forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-10"}),
        ),
    }  # fmt: skip
    if question.not_known:
        found[f"{key}_unknown"] = _tick(question.not_known)
    return found


def _plain_line() -> forms.TextInput:
    return forms.TextInput({"autocomplete": "off", "spellcheck": "false"})


def _tick(words: str) -> forms.BooleanField:
    return forms.BooleanField(required=False, label=words)
