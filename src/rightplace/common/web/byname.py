"""One of many, chosen by typing its name: the list is offered while one types, and any word of a name is enough.

It works without JavaScript: a browser that shows no list still sends what was typed, and the answer says which fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rightplace.common.web import words

SAID = 6
"""How many that fit are named in the answer; of more a person types another word."""


class Suggested(forms.TextInput):
    """A box to type in, with the names that may be chosen beside it."""

    names: Sequence[str] = ()


class ByNameField(forms.CharField):
    """Gives the key of what was named: by the whole name, or by words of it that fit one alone."""

    widget = Suggested

    def __init__(self, *, choices: Iterable[tuple[int, str]] = (), what: str = "agency", **more: Any) -> None:
        super().__init__(**{"max_length": 200, **more})
        self.what = what
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.choices = choices

    @property
    def choices(self) -> list[tuple[int, str]]:
        """What may be chosen, each with its name."""
        return self._choices

    @choices.setter
    def choices(self, given: Iterable[tuple[int, str]]) -> None:
        self._choices = [(int(key), name) for key, name in given]
        self.widget.names = [name for _, name in self._choices]

    def prepare_value(self, value: Any) -> Any:
        """A key to begin with is shown as its name."""
        return dict(self._choices).get(value, "") if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        found = self._named(typed)
        if len(found) == 1:
            return found[0][0]
        if not found:
            raise ValidationError(
                f"There is no {self.what} of that name here. Type one word of its name, and choose it from the list."
            )
        more = f", and {len(found) - SAID} more" if len(found) > SAID else ""
        fit = ", ".join(name for _, name in found[:SAID])
        raise ValidationError(
            f"{words.capitalised(words.count_words(len(found), 'name'))} fit: {fit}{more}. Type more of it."
        )

    def _named(self, typed: str) -> list[tuple[int, str]]:
        """Those of that name; else those in whose name each word stands, in any order."""
        said = typed.casefold()
        same = [each for each in self._choices if each[1].casefold() == said]
        asked = said.split()
        return same[:1] or [each for each in self._choices if _has(asked, each[1].casefold().split())]


def _has(asked: Sequence[str], name: Sequence[str]) -> bool:
    return all(any(word.startswith(each) for word in name) for each in asked)
