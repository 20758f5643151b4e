"""What every entry has: its header in the clear, and a body of one kind."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum, StrEnum
from typing import Any, ClassVar, NewType, TypeVar

import msgspec

EntryId = NewType("EntryId", int)
NOBODY = 0
IMPORT_ROLE = 99
"""The role of the rule that takes returns in: its rows are facts, even where the kind is a decision."""

B = TypeVar("B", bound="Body")


class Nature(StrEnum):
    """A fact is always taken; a decision may be refused."""

    FACT = "fact"
    DECISION = "decision"


class FileKind(IntEnum):
    """A file is about one person or one concern."""

    PERSON = 1
    CONCERN = 2


class Label(IntEnum):
    """What narrows an entry inside a file: only those with the label's right read the body."""

    NONE = 0
    ADOPTION = 1
    ALLEGATION = 2
    INFORMANT = 3
    THIRD_PARTY = 4
    PROTECTED_ADDRESS = 5
    PRIVATE_SUPERVISION = 6
    STAFF_VOICE = 7
    """Given to no role: what staff say is read by its person and the one named reader."""
    WITHDRAWN = 8


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What an entry says. Subclasses are the kinds; field order is the stored order and never changes."""

    kind: ClassVar[str]
    number: ClassVar[int]
    version: ClassVar[int] = 1
    nature: ClassVar[Nature] = Nature.FACT
    rank: ClassVar[int] = 50
    provisional: ClassVar[bool] = False
    label: ClassVar[Label] = Label.NONE
    naming: ClassVar[tuple[str, ...]] = ()

    def named(self) -> tuple[int, ...]:
        """The entries (or files) that this one is about, for the clear header."""
        found: list[int] = []
        for field in self.naming:
            value = getattr(self, field)
            found.extend(value if isinstance(value, tuple) else (value,))
        return tuple(n for n in found if n)


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One thing that happened, as the fold reads it. Instants are microseconds UTC; days are ordinals in London."""

    file: int
    seq: int
    id: int
    kind: int
    version: int
    day: int
    at: int | None
    recorded: int
    author: int
    role: int
    team: int
    concern: int
    occasion: int
    label: int
    names: tuple[int, ...]
    body: Body


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An entry before it is signed: where it goes, when it happened, and its body. `at` None: only the day is known."""

    file: int
    body: Body
    day: int
    at: int | None = None
    id: int = 0
    concern: int = 0
    occasion: int = 0
    label: int = -1
    author: int = 0
    role: int = 0
    team: int = 0
    recorded: int = 0
    filekind: int = FileKind.PERSON


Upcast = Callable[[dict[str, Any]], dict[str, Any]]

KINDS: dict[int, type[Body]] = {}
_BY_NAME: dict[str, type[Body]] = {}
_DECODERS: dict[int, msgspec.json.Decoder[Any]] = {}
_UPCASTS: dict[tuple[int, int], Upcast] = {}
_ENCODER = msgspec.json.Encoder(order="deterministic")


def kind(cls: type[B]) -> type[B]:
    """Register a kind of entry; its name and number are taken once and for ever."""
    if cls.number in KINDS or cls.kind in _BY_NAME:
        raise ValueError(f"the entry kind {cls.kind} ({cls.number}) is already taken")
    KINDS[cls.number] = cls
    _BY_NAME[cls.kind] = cls
    _DECODERS[cls.number] = msgspec.json.Decoder(cls)
    return cls


def upcast(cls: type[Body], from_version: int) -> Callable[[Upcast], Upcast]:
    """Register how stored bytes of an old version are lifted to the next one. Pure; stored bytes stay as they are."""

    def register(lift: Upcast) -> Upcast:
        _UPCASTS[(cls.number, from_version)] = lift
        return lift

    return register


def kind_named(name: str) -> type[Body]:
    """The kind of that name. Raises KeyError with the name."""
    return _BY_NAME[name]


def body_bytes(body: Body) -> bytes:
    """The canonical bytes that are sealed and digested: JSON, fields in the order of the class, defaults left out.

    Keys of answers are sorted, so that the same answers typed in another order are the same bytes.
    """
    return _ENCODER.encode(body)


def read_body(number: int, version: int, stored: bytes) -> Body:
    """Stored bytes to today's class, lifted version by version. Raises KeyError for an unknown kind or version."""
    cls = KINDS[number]
    if version == cls.version:
        body: Body = _DECODERS[number].decode(stored)
        return body
    if version > cls.version:
        raise KeyError((number, version))
    fields: dict[str, Any] = msgspec.json.decode(stored)
    while version < cls.version:
        fields = _UPCASTS[(number, version)](fields)
        version += 1
    lifted: Body = msgspec.convert(fields, cls)
    return lifted
