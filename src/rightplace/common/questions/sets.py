"""Question sets: what is asked, in which words and order. A file that is wrong is refused when it is read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

import msgspec

MOST_REQUIRED = 8
"""More mandatory questions than these and people stop telling."""

Kind = Literal[
    "text", "longtext", "choice", "yes-no-not-known", "date-or-age", "address", "postcode", "phone", "email", "file",
    "children",
]  # fmt: skip


class SetRefused(ValueError):
    """A question set that cannot be asked; the sentence says what is wrong with it."""


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer that can be chosen."""

    value: str
    words: str
    hint: str = ""


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question. `required` is the sentence that is said when it is not answered; empty, it may be left out.

    `several`: asked only where more than one child is told of.
    """

    key: str
    words: str
    kind: Kind
    hint: str = ""
    short: str = ""
    required: str = ""
    not_known: str = ""
    show_if: dict[str, tuple[str, ...]] = {}
    choices: tuple[Choice, ...] = ()
    section: str = ""
    explain: str = ""
    limit: int = 0
    autocomplete: str = ""
    ask: tuple[Question, ...] = ()
    one_of: tuple[str, ...] = ()
    most: int = 12
    one: str = ""
    several: bool = False

    @property
    def title(self) -> str:
        """How the question is named where its answer is checked."""
        return self.short or self.words


class QuestionSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A form as data."""

    id: str
    version: int
    title: str
    question: tuple[Question, ...]

    def named(self, key: str) -> Question:
        """The question of that key. Raises KeyError."""
        for question in self.question:
            if question.key == key:
                return question
        raise KeyError(key)


def read_question_set(path: Path) -> QuestionSet:
    """A question set from its file. Raises SetRefused."""
    try:
        found = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), QuestionSet)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise SetRefused(f"{path.name}: {error}") from error
    _check(found, path.name)
    return found


def _check(found: QuestionSet, name: str) -> None:
    every = [*found.question, *(each for question in found.question for each in question.ask)]
    required = [each.key for each in every if each.required]
    if len(required) > MOST_REQUIRED:
        raise SetRefused(
            f"{name}: {len(required)} questions are required, {MOST_REQUIRED} at most: {required}"
        )
    for questions in (found.question, *(question.ask for question in found.question)):
        keys = [each.key for each in questions]
        if len(set(keys)) != len(keys):
            raise SetRefused(f"{name}: a key is used twice: {sorted(keys)}")
        for each in questions:
            _check_question(each, keys, name)


def _check_question(question: Question, keys: list[str], name: str) -> None:
    if not question.key.isidentifier():
        raise SetRefused(f"{name}: {question.key} is no key: letters, figures and _ only")
    if question.kind == "choice" and not question.choices:
        raise SetRefused(f"{name}: {question.key} has nothing to choose from")
    if (question.kind == "children") != bool(question.ask):
        raise SetRefused(
            f"{name}: {question.key}: a group of children, and only that, asks questions of its own"
        )
    missing = [key for key in question.show_if if key not in keys]
    if missing:
        raise SetRefused(f"{name}: {question.key} is shown if {missing[0]}, which is not asked")


_sets: dict[str, QuestionSet] = {}


def register_file(path: Path) -> QuestionSet:
    """Let this question set be asked; called from an app's `ready()`."""
    found = read_question_set(path)
    _sets[found.id] = found
    return found


def question_set(id: str) -> QuestionSet:  # noqa: A002
    """The question set of that id. Raises KeyError."""
    return _sets[id]
