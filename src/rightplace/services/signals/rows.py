"""One signal as an agency gives it: read strictly, refused with a sentence that says what to change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import msgspec

from rightplace.domain.practice.need.noticing import SignalKind, noticing
from rightplace.foundation.organisation.places.places import normalise_postcode

FIELDS = (
    "sender_id", "kind", "noticed", "given", "family", "born", "sex", "upn", "address", "postcode", "adults", "words",
)  # fmt: skip
REQUIRED = ("sender_id", "kind", "noticed", "words")
LIMITS = {
    "sender_id": 64, "kind": 40, "noticed": 10, "given": 80, "family": 80, "born": 10, "sex": 10, "upn": 13,
    "address": 160, "postcode": 10, "adults": 200, "words": 2_000,
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SENDER = re.compile(r"[A-Za-z0-9._:/-]{1,64}")
SEXES = {
    "": "",
    "m": "M",
    "male": "M",
    "boy": "M",
    "f": "F",
    "female": "F",
    "girl": "F",
    "u": "",
    "not known": "",
}


class Given(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What a partner noticed, and of whom."""

    sender_id: str
    kind: str
    noticed: date
    given: str = ""
    family: str = ""
    born: date | None = None
    sex: str = ""
    upn: str = ""
    address: str = ""
    postcode: str = ""
    adults: str = ""
    words: str = ""

    @property
    def names_a_child(self) -> bool:
        """Whether a child is named; a household's signal may name adults alone."""
        return bool(self.given and self.family)


class RowRefused(ValueError):
    """A row that is not taken. `code` is counted, the sentence is told to whoever gave it."""

    def __init__(self, code: str, because: str) -> None:
        super().__init__(because)
        self.code = code
        self.because = because


def read_row(row: Mapping[str, object], today: date) -> Given:
    """A row as a signal. Raises RowRefused."""
    texts = {name: _text(name, value) for name, value in row.items()}
    for name in REQUIRED:
        if not texts.get(name):
            raise RowRefused("incomplete", f"Nothing is written under {name}.")
    if not _SENDER.fullmatch(texts["sender_id"]):
        raise RowRefused("unreadable", "sender_id may hold letters, figures and . _ : / - only, 64 at most.")
    kind = noticing().find(texts["kind"])
    if kind is None:
        raise RowRefused(
            "unknown kind", "There is no such kind of signal: give its code, such as school.attendance."
        )
    given = Given(
        sender_id=texts["sender_id"], kind=kind.code, noticed=_day("noticed", texts["noticed"], today),
        given=texts.get("given", ""), family=texts.get("family", ""),
        born=_day("born", texts["born"], today) if texts.get("born") else None,
        sex=_sex(texts.get("sex", "")), upn=texts.get("upn", "").upper(), address=texts.get("address", ""),
        postcode=_postcode(texts.get("postcode", "")), adults=texts.get("adults", ""), words=texts["words"],
    )  # fmt: skip
    _about_somebody(given, kind)
    return given


def _text(name: str, value: object) -> str:
    if name not in LIMITS:
        raise RowRefused("unreadable", "There is a field that is not known here.")
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise RowRefused("unreadable", f"{name} is not text.")
    text = value.strip()
    if len(text) > LIMITS[name]:
        raise RowRefused("too long", f"{name} is longer than {LIMITS[name]:,} characters.")
    if _CONTROL.search(text):
        raise RowRefused("unreadable", f"{name} holds characters that are no writing.")
    return text


@lru_cache(maxsize=20_000)
def _read_day(text: str) -> date | None:
    found = _BRITISH.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError:
        return None


def _day(name: str, text: str, today: date) -> date:
    found = _read_day(text)
    if found is None or found.year < 1900:
        raise RowRefused("unreadable", f"{name} is no day; write it as 2026-02-27 or 27/02/2026.")
    if found > today:
        raise RowRefused("in the future", f"{name} lies in the future.")
    return found


def _sex(text: str) -> str:
    if text.lower() not in SEXES:
        raise RowRefused("unreadable", "sex is F, M or empty.")
    return SEXES[text.lower()]


@lru_cache(maxsize=20_000)
def _postcode(text: str) -> str:
    if not text:
        return ""
    written = normalise_postcode(text)
    if written is None:
        raise RowRefused("unreadable", "postcode is no postcode; leave it empty if it is not known.")
    return written


def _about_somebody(given: Given, kind: SignalKind) -> None:
    if given.names_a_child:
        if given.born is None and not given.postcode and not given.upn:
            raise RowRefused(
                "incomplete", "A name alone is too little: give the birth date, the postcode or the UPN."
            )
        return
    if not kind.household:
        raise RowRefused("incomplete", "The child is not named: give the first name and the family name.")
    if not (given.adults and given.address and given.postcode):
        raise RowRefused(
            "incomplete",
            "A household needs the adults’ names, the address and the postcode, or a child’s name.",
        )
