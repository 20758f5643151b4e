"""Reading what was sent: JSON only, of a size and depth that can be read, written in one way."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

LARGEST = 512 * 1024
DEEPEST = 12


class NotRead(ValueError):
    """A body that cannot be read; the sentence says why, the code how HTTP says it."""

    def __init__(self, said: str, code: int = 400) -> None:
        super().__init__(said)
        self.code = code


def canonical(request: HttpRequest, largest: int = 0) -> bytes:
    """What was sent, checked and written in one way, so that the same content is the same bytes. Raises NotRead."""
    largest = largest or LARGEST
    if request.content_type != "application/json":
        raise NotRead("Send JSON: Content-Type: application/json.", 415)
    too_large = f"This is larger than {largest // 1024} kB."
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > largest:
        raise NotRead(too_large, 413)
    try:
        body = request.body
    except RequestDataTooBig:
        raise NotRead(too_large, 413) from None
    except OSError:
        raise NotRead("The request ended before it was all there.") from None
    if len(body) > largest:
        raise NotRead(too_large, 413)
    return written_alike(body)


def written_alike(body: bytes) -> bytes:
    """JSON in one way of writing it. Raises NotRead for what is no plain JSON."""
    if not body.strip():
        raise NotRead("Nothing was sent.")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotRead(f"The text is not UTF-8, from byte {error.start} on.") from None
    if _depth(text) > DEEPEST:
        raise NotRead(f"The JSON is nested deeper than {DEEPEST} levels.")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise NotRead(f"This is no JSON: {error.msg}, line {error.lineno}, column {error.colno}.") from None
    except (ValueError, RecursionError) as error:
        raise NotRead(str(error) if isinstance(error, NotRead) else "This JSON cannot be read.") from None
    if not isinstance(found, dict):
        raise NotRead("One object is expected.")
    return json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"?')
_BRACKETS = re.compile(r"[\[\]{}]")


def _depth(text: str) -> int:
    """How deep objects and lists are nested, told before anything is read."""
    depth = deepest = 0
    for sign in _BRACKETS.findall(_STRINGS.sub("", text)):
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotRead("A name stands twice in one object.")
    return found


def _no_number(constant: str) -> Any:
    raise NotRead(f"{constant} is no number.")
