"""By what signals are thought to be about one family: the same child, a surname at an address, an adult's name.

A suggestion for a person to look at, never more. Keys are filed as keyed hashes; here is only what they are made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rightplace.foundation.people.finding.spelling import name_words, sound, telling_words
from rightplace.services.signals.models import Signal
from rightplace.services.signals.rows import Given

Why = Signal.Why
_NUMBERS = re.compile(r"\d+[a-z]?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[;,&]\s*|\s+and\s+", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def heard(name: str) -> str:
    """A name as it sounds, whatever its spelling and the order of its double parts."""
    return ".".join(sorted(sound(word) for word in telling_words(name_words(name))))


@lru_cache(maxsize=50_000)
def house(address: str) -> str:
    """The numbers of flat and house, which tell homes of one postcode apart."""
    return "-".join(found.lower() for found in _NUMBERS.findall(address))


def adults_of(given: Given) -> tuple[str, ...]:
    """The adults whom a signal names."""
    return tuple(name for name in _BETWEEN.split(given.adults) if name.strip())


def keys_of(given: Given) -> list[tuple[str, str]]:
    """Why and by which key a signal meets others, what tells most first."""
    found = dict.fromkeys(_child_keys(given))
    if given.postcode and house(given.address):
        found.update(dict.fromkeys(_home_keys(given)))
    found.update(dict.fromkeys(_adult_keys(given)))
    return [(str(why), key) for why, key in found]


def _child_keys(given: Given) -> Iterator[tuple[Why, str]]:
    if given.upn:
        yield Why.CHILD, f"u|{given.upn}"
    if not given.names_a_child:
        return
    first, last = heard(given.given), heard(given.family)
    if given.born:
        yield Why.CHILD, f"c|{given.born}|{first}|{last}"
        if given.postcode:
            yield Why.CHILD, f"b|{given.born}|{first}|{given.postcode}"
    if given.postcode:
        yield Why.CHILD, f"k|{given.postcode}|{first}|{last}"


def _home_keys(given: Given) -> Iterator[tuple[Why, str]]:
    home = f"{given.postcode}|{house(given.address)}"
    for name in _surnames(given):
        yield Why.HOME, f"h|{home}|{name}"


def _surnames(given: Given) -> Iterable[str]:
    """The child's surname and each adult's, since a mother may have another name than her child."""
    found = [heard(given.family)] if given.family else []
    for adult in adults_of(given):
        words = telling_words(name_words(adult))
        if len(words) > 1:
            found.append(sound(words[-1]))
    return dict.fromkeys(found)


def _adult_keys(given: Given) -> Iterator[tuple[Why, str]]:
    last = heard(given.family)
    for adult in adults_of(given):
        if len(name_words(adult)) > 1 and last:
            yield Why.ADULT, f"a|{heard(adult)}|{last}"
