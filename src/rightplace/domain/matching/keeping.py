"""The kept form of a selection: canonical bytes, the same for the same facts in whatever order they came."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Final

import msgspec

from rightplace.domain.matching.model import Placing, Selection

FORMAT: Final = "rightplace selection 1"


class _Kept(msgspec.Struct):
    format: str
    selection: Selection


def canonical(selection: Selection) -> Selection:
    """The same selection with every list whose order means nothing put in order."""
    people = tuple(
        replace(person, assessed=tuple(sorted(person.assessed, key=lambda each: each.role)))
        for person in sorted(selection.people, key=lambda each: each.id)
    )
    roles = tuple(
        replace(
            role,
            professions=tuple(sorted(set(role.professions))),
            slot_in=tuple(sorted(set(role.slot_in))),
            ring_fence=tuple(sorted(set(role.ring_fence))),
        )
        for role in sorted(selection.roles, key=lambda each: each.id)
    )
    shares = tuple(
        replace(share, first=min(share.people), second=max(share.people)) for share in selection.shares
    )
    return Selection(
        people=people,
        roles=roles,
        shares=tuple(sorted(shares, key=lambda each: each.people)),
        mixes=tuple(sorted(selection.mixes, key=lambda each: (each.team, each.profession))),
        offers=tuple(sorted(selection.offers, key=lambda each: each.person)),
        orders=tuple(sorted(selection.orders, key=lambda each: (each.role, each.people, each.evidence))),
    )


def kept(selection: Selection) -> bytes:
    """The bytes to keep with a matching, so that anybody can work it out again."""
    return msgspec.json.encode(_Kept(FORMAT, canonical(selection)), order="deterministic")


def selection_from(kept_bytes: bytes) -> Selection:
    """The selection that was kept. Raises ValueError for bytes of another form."""
    read = msgspec.json.decode(kept_bytes, type=_Kept)
    if read.format != FORMAT:
        raise ValueError(f"These bytes are “{read.format}”, not “{FORMAT}”.")
    return read.selection


def digest(kept_bytes: bytes) -> str:
    return hashlib.sha256(kept_bytes).hexdigest()


def result_bytes(placing: Placing) -> bytes:
    """A placing as canonical bytes: what replay must give again."""
    return msgspec.json.encode(
        {
            "inputs": placing.inputs,
            "method": placing.method,
            "offered": [[person, placing.offered[person]] for person in sorted(placing.offered)],
            "placed": [[person, placing.placed[person]] for person in sorted(placing.placed)],
            "questions": placing.questions,
            "not_considered": placing.not_considered,
        },
        order="deterministic",
    )
