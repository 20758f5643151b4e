"""The forms of a page or of a whole set, bound to what was typed.

What was typed is kept as it came, by field name: an answer that is wrong is shown again as it was, with its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from rightplace.common.questions.fields import OLDEST, fields_of
from rightplace.common.questions.sets import Question
from rightplace.common.web.forms import DayField, problems
from rightplace.foundation.organisation import clock

Typed = Mapping[str, Sequence[str]]
NOT_BORN = "not born yet"
LONGEST_WAIT = timedelta(days=300)


class QuestionForm(forms.Form):
    """Some questions as a form. Which are required hangs on the other answers."""

    def __init__(self, questions: Sequence[Question], **more: Any) -> None:
        super().__init__(**more)
        self.questions = tuple(questions)
        for question in self.questions:
            self.fields.update(fields_of(question))

    def of(self, question: Question) -> list[forms.BoundField]:
        """The fields of one question, to be placed on a page."""
        return [self[name] for name in fields_of(question)]

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        for question in self.questions:
            if question.kind in ("children", "file") or not is_asked(question, found):
                continue
            if question.kind == "date-or-age":
                self._check_birth(question, found)
            names = list(fields_of(question))
            if question.required and not any(found.get(name) for name in names) and not self._said(names):
                self.add_error(names[0], question.required)
        return found

    def _said(self, names: Iterable[str]) -> bool:
        """Whether something is wrong in one of these fields already; then nothing more is said of them."""
        return any(name in self.errors for name in names)

    def _check_birth(self, question: Question, found: dict[str, Any]) -> None:
        day, today = found.get(question.key), clock.today()
        if not isinstance(day, date):
            return
        if NOT_BORN in found.values():
            if day > today + LONGEST_WAIT:
                self.add_error(
                    question.key, "A baby not born yet is expected within ten months. Check the date."
                )
        elif day > today:
            self.add_error(
                question.key, "This day is still to come. For a baby not born yet, choose “not born yet”."
            )
        elif day.year < today.year - OLDEST:
            self.add_error(question.key, f"This is more than {OLDEST} years ago. Check the year.")


def is_asked(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether a question is to be answered, given the other answers."""
    return all(str(answers.get(key) or "") in values for key, values in question.show_if.items())


class Asked:
    """Questions, and what was typed to them. `bound` says whether it is judged or only shown."""

    def __init__(
        self, questions: Sequence[Question], typed: Typed | None = None, *, bound: bool = False
    ) -> None:
        self.typed = dict(typed or {})
        self.bound = bound
        self.group = next((q for q in questions if q.kind == "children"), None)
        alone = self.group is not None and self.count == 1
        self.questions = tuple(q for q in questions if not (alone and q.several))
        self.form = self._form([q for q in self.questions if q.kind != "children"])
        self.children = self._children() if self.group else []

    def _form(self, questions: Sequence[Question], prefix: str | None = None) -> QuestionForm:
        if self.bound:
            return QuestionForm(
                questions,
                data=MultiValueDict({name: list(values) for name, values in self.typed.items()}),
                prefix=prefix,
            )
        form = QuestionForm(questions, prefix=prefix)
        form.initial = {name: _shown(form, name, self.typed) for name in form.fields}
        return form

    def _children(self) -> list[QuestionForm]:
        assert self.group is not None
        return [self._form(self.group.ask, f"{self.group.key}-{n}") for n in range(self.count)]

    @property
    def count(self) -> int:
        """How many children there are to be told of; one at least."""
        assert self.group is not None
        said = (self.typed.get(f"{self.group.key}-count") or ["1"])[-1]
        wanted = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 1
        return min(max(wanted, 1), self.group.most)

    def is_valid(self) -> bool:
        """Whether everything is answered as it must be. Judges all, so that every sentence is said at once."""
        fine = [form.is_valid() for form in self._judged()]
        return self._has_a_child() and all(fine)

    def _judged(self) -> list[QuestionForm]:
        return [self.form, *self.filled()]

    def filled(self) -> list[QuestionForm]:
        """The children of whom something was typed; the first always counts."""
        return [
            form for place, form in enumerate(self.children) if place == 0 or _has_words(form, self.typed)
        ]

    def _has_a_child(self) -> bool:
        if self.group is None:
            return True
        fine = True
        for form in self.filled():
            form.is_valid()
            wanted = self.group.one_of
            if (
                wanted
                and not any(form.cleaned_data.get(name) for name in wanted)
                and wanted[0] not in form.errors
            ):
                form.add_error(wanted[0], self.group.required)
                fine = False
        return fine

    def problems(self) -> list[dict[str, str]]:
        """What is wrong, in the order in which it was asked, each line leading to its field."""
        found: list[dict[str, str]] = []
        of_form = {line.get("href", ""): line for line in problems(self.form)}
        for question in self.questions:
            if question.kind == "children":
                found += problems(*self.filled())
            for name in fields_of(question):
                found += [line for href, line in of_form.items() if href.startswith(f"#{self.form[name].auto_id}")
                          and line not in found]  # fmt: skip
        return found

    def answers(self) -> dict[str, Any]:
        """What was answered to the questions that were to be asked, cleaned; ask only after `is_valid`."""
        found = self.form.cleaned_data
        kept = [name for q in self.questions if is_asked(q, found) for name in fields_of(q)]
        return {name: found.get(name) for name in kept}

    def children_answers(self) -> list[dict[str, Any]]:
        """What was answered of each child."""
        return [form.cleaned_data for form in self.filled()]


def field_names(questions: Sequence[Question], typed: Typed | None = None) -> set[str]:
    """Every field name that these questions may bring: whatever else is posted is not kept."""
    names: set[str] = set()
    for question in questions:
        if question.kind == "children":
            names.add(f"{question.key}-count")
            each = field_names(question.ask)
            names |= {f"{question.key}-{n}-{name}" for n in range(question.most) for name in each}
            continue
        for name, field in fields_of(question).items():
            parts = ("day", "month", "year") if isinstance(field, DayField) else ()
            names |= {f"{name}_{part}" for part in parts} or {name}
    return names


def _shown(form: QuestionForm, name: str, typed: Typed) -> Any:
    """What was typed into a field, to be shown again without being judged."""
    full, field = form.add_prefix(name), form.fields[name]
    if isinstance(field, DayField):
        return [(typed.get(f"{full}_{part}") or [""])[-1] for part in ("day", "month", "year")]
    last = (typed.get(full) or [""])[-1]
    return bool(last) if isinstance(field, forms.BooleanField) else last


def _has_words(form: QuestionForm, typed: Typed) -> bool:
    return any(
        value.strip()
        for name, values in typed.items()
        if name.startswith(f"{form.prefix}-")
        for value in values
    )
