"""What must not go out: the words of a protected address in what somebody means to send.

A protected address lives in one sealed field; whatever leaves the house is held against it first. It is found by its
postcode, or by its street whatever the number, in any case, spacing and usual shortening.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from rightplace.domain.practice.entries.identity import ProtectedAddressRecorded
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access import rls
from rightplace.foundation.journal import reading

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile("['’`]")
LONG = {
    "ave": "avenue", "cl": "close", "cres": "crescent", "crt": "court", "ct": "court", "dr": "drive",
    "gdns": "gardens", "gr": "grove", "gro": "grove", "la": "lane", "ln": "lane", "pk": "park", "pl": "place",
    "rd": "road", "sq": "square", "st": "street", "ter": "terrace", "tce": "terrace",
}  # fmt: skip
NOT_A_STREET = {"apartment", "apt", "flat", "floor", "room", "unit"}
SOURCE = "A protected address lives in one sealed field; free text and outgoing documents are checked for it"


def keep_addresses_back(files: Iterable[int], *said: str) -> None:
    """Refuse to send words in which a protected address of these files' persons stands. Nothing is written then."""
    if gives_away(files, *said):
        raise Refused(
            "What would be sent names a protected address of this family: its street or its postcode.",
            "Take the street and the postcode out. Give a telephone number or a person to ask instead.",
            SOURCE,
        )


def gives_away(files: Iterable[int], *said: str) -> bool:
    """Whether a protected address of these files' persons stands in what is said, whoever asks."""
    spoken = [_words(each) for each in said]
    return any(
        _stands_in(street, words) or (postcode and _postcode_in(postcode, words))
        for street, postcode in list(_protected(files))
        for words in spoken
    )


def _protected(files: Iterable[int]) -> Iterator[tuple[list[str], str]]:
    """Street and postcode of each, in words that can be compared."""
    for line, postcode in _stood(files):
        yield _street(line), "".join(_words(postcode))


def _stood(files: Iterable[int]) -> Iterator[tuple[str, str]]:
    """Line and postcode of each protected address that stands in the files of these persons."""
    rows = {number: row for file in files for number, row in reading.files_with(file).items()}
    with rls.folding():
        entries = [entry for found in reading.entries_of(rows).values() for entry in found]
    for entry in standing(entries).entries:
        if isinstance(entry.body, ProtectedAddressRecorded):
            yield entry.body.line, entry.body.postcode


def _words(said: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", said)).casefold()
    return [
        LONG.get(word, word)
        for word in WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
    ]


def _street(line: str) -> list[str]:
    """The words of a street without its number: of the first part that has one, else of the first part."""
    parts = [words for each in re.split(r"[,;\n]", line) if (words := _words(each))]
    numbered = [each for each in parts if any(word[0].isdigit() for word in each) and len(_named(each))]
    found = _named((numbered or parts or [[]])[0])
    return found if len(found) > 1 or numbered else []


def _named(words: list[str]) -> list[str]:
    return [word for word in words if not word[0].isdigit() and word not in NOT_A_STREET]


def _stands_in(street: list[str], words: list[str]) -> bool:
    return bool(street) and any(
        words[place : place + len(street)] == street for place in range(len(words) - len(street) + 1)
    )


def _postcode_in(postcode: str, words: list[str]) -> bool:
    return any(
        "".join(words[place : place + size]) == postcode
        for size in (1, 2, 3)
        for place in range(len(words) - size + 1)
    )
