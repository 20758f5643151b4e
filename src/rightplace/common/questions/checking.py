"""What was answered, in words, to be checked before it is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rightplace.common.questions.asking import Asked, QuestionForm, is_asked
from rightplace.common.questions.sets import Question
from rightplace.common.web import words
from rightplace.common.web.pieces import Answer, Answers

Change = Callable[[str], str]
NOT_KNOWN = "Not known"


def answer_words(question: Question, found: dict[str, Any]) -> str | None:
    """One answer as people say it; None where nothing was answered."""
    key = question.key
    if found.get(f"{key}_unknown"):
        return NOT_KNOWN
    if question.kind == "address":
        return ", ".join(filter(None, [found.get(f"{key}_line"), found.get(f"{key}_postcode")])) or None
    if question.kind == "date-or-age":
        return _birth_words(found.get(key), found.get(f"{key}_age"))
    said = str(found.get(key) or "")
    if question.kind == "yes-no-not-known":
        return {"yes": "Yes", "no": "No", "not known": NOT_KNOWN}.get(said)
    named = {choice.value: choice.words for choice in question.choices}
    return named.get(said, said) or None


def _birth_words(day: date | None, age: str | None) -> str | None:
    if day is not None:
        return words.plain_day(day)
    return f"about {age}" if age else None


def sections(asked: Asked, change: Change, *, together: str = "") -> list[Answers]:
    """Every answer, by section, each with the way to change it. `change` gives the address for a field's id.

    With `together` all but the children stand under that one heading.
    """
    found: dict[str, list[Answer]] = {together: []} if together else {}
    heading = ""
    for question in asked.questions:
        heading = together or question.section or heading
        if question.kind == "children":
            found.update(_children(asked, question, change))
        elif question.kind != "file" and is_asked(question, asked.form.cleaned_data):
            told = answer_words(question, asked.form.cleaned_data)
            line = Answer(question.title, told, change(_first_id(asked.form, question)))
            found.setdefault(heading, []).append(line)
    return [Answers(name, lines) for name, lines in found.items()]


def _children(asked: Asked, group: Question, change: Change) -> dict[str, list[Answer]]:
    forms = asked.filled()
    return {
        (f"{group.one} {place}" if len(forms) > 1 else group.one): [
            Answer(question.title, told, change(_first_id(form, question)))
            for question in group.ask
            if (told := answer_words(question, form.cleaned_data)) or question.key in group.one_of[:2]
        ]
        for place, form in enumerate(forms, 1)
    }


def _first_id(form: QuestionForm, question: Question) -> str:
    name = f"{question.key}_line" if question.kind == "address" else question.key
    bound = form[name]
    return f"{bound.auto_id}-day" if question.kind == "date-or-age" else str(bound.auto_id)
