"""Forms filled with an example, in the demonstration alone: it registers what each question set is filled with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest

Typed = Mapping[str, Sequence[str]]
Example = Callable[[HttpRequest], Typed | None]
_examples: dict[str, Example] = {}


def register_example(question_set: str, example: Example) -> None:
    """Fill this question set when its form is asked for with `?example=…`; field names as in the README."""
    _examples[question_set] = example


def example_for(request: HttpRequest, question_set: str) -> Typed | None:
    """What to fill the form with, when the request asks for an example and somebody registered one."""
    if not request.GET.get("example") or question_set not in _examples:
        return None
    return _examples[question_set](request)
