"""Write the golden examples that are missing: one stored example of every kind of entry, every field filled in.

    python tools/make_golden.py [--provisional]

A file that is there is never written again, unless its kind is provisional and `--provisional` says so.
Everybody in the examples is invented.
"""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec

from rightplace.domain.practice.entries import KINDS, Body, body_bytes

GOLDEN = Path(__file__).parent.parent / "tests" / "golden"
WORDS = {
    "given": "Ash", "middle": "Rowan", "family": "Larch", "postcode": "B99 9ZZ", "line": "12 Invented Road",
    "referrer_name": "Hazel Birch", "referrer_phone": "0121 496 0000", "referrer_email": "h.birch@school.example",
    "phone": "0121 496 0001", "name": "Willow Larch", "sex": "2", "source": "1A", "described": "Girl, about 6",
}  # fmt: skip
MOMENTS = {msgspec.inspect.DateType: "2024-03-04", msgspec.inspect.DateTimeType: "2024-03-04T10:20:00Z"}
NUMBERS = {"age_about": 6, "score": 14, "said_version": 1}
SAID = {"text": "What it should have said"}


def example(cls: type[Body]) -> Body:
    """One entry of this kind with every field filled in."""
    told = msgspec.inspect.type_info(cls)
    assert isinstance(told, msgspec.inspect.StructType)
    body: Body = msgspec.convert({f.name: value(f.name, f.type) for f in told.fields}, cls)
    return body


def value(name: str, kind: msgspec.inspect.Type) -> Any:
    """An invented value of a field: never the default, so that each field is in the bytes."""
    if name == "said":
        return SAID
    if isinstance(kind, msgspec.inspect.UnionType):
        return value(name, next(t for t in kind.types if not isinstance(t, msgspec.inspect.NoneType)))
    if isinstance(kind, msgspec.inspect.EnumType):
        chosen: Enum = list(kind.cls)[-1]
        return chosen.value
    if isinstance(kind, msgspec.inspect.StructType):
        return {f.name: value(f.name, f.type) for f in kind.fields}
    if isinstance(kind, msgspec.inspect.TupleType):
        return [value(name, item) for item in kind.item_types]
    if isinstance(kind, msgspec.inspect.VarTupleType):
        return [value(name, kind.item_type)]
    if isinstance(kind, msgspec.inspect.DictType):
        return {"first": "One answer", "second": "Another"}
    return plain(name, kind)


def plain(name: str, kind: msgspec.inspect.Type) -> Any:
    """A word, a number, yes or no, a day."""
    if isinstance(kind, msgspec.inspect.StrType):
        return WORDS.get(name, name.replace("_", " "))
    if isinstance(kind, msgspec.inspect.BoolType):
        return name not in ("professional", "statutory", "notice_given", "accepted")
    if isinstance(kind, msgspec.inspect.IntType):
        return NUMBERS.get(name) or 1 + sum(map(ord, name)) % 997
    return MOMENTS[type(kind)]


def golden_file(cls: type[Body], version: int) -> Path:
    """Where the example of a kind and version lies."""
    return GOLDEN / f"{cls.kind}.v{version}.json"


def provisional() -> list[str]:
    """The kinds whose stored form may still change."""
    return sorted(cls.kind for cls in KINDS.values() if cls.provisional is True)


def main(arguments: list[str]) -> int:
    """Write what is missing; used wrongly is 2."""
    if arguments not in ([], ["--provisional"]):
        sys.stderr.write("Used wrongly: python tools/make_golden.py [--provisional]\n")
        return 2
    may_change = set(provisional()) if arguments else set()
    written = 0
    for cls in KINDS.values():
        path = golden_file(cls, cls.version)
        if not path.exists() or cls.kind in may_change:
            path.write_bytes(body_bytes(example(cls)))
            written += 1
    (GOLDEN / "provisional.txt").write_text("\n".join(provisional()) + "\n", encoding="utf-8")
    sys.stdout.write(f"{written} examples written, {len(KINDS)} kinds\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
