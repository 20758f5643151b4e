"""Invented people: names by community, how names get misspelt, streets that do not exist.

Every draw takes a seeded `Random`, so that the same seed makes the same city.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from string import ascii_lowercase
from typing import Literal

HERE = Path(__file__).parent
Who = Literal["girl", "boy", "woman", "man"]
MIXED = {"caribbean": "MWBC", "west_african": "MWBA", "horn_of_africa": "MWBA"}
ASIAN = frozenset({"pakistani", "bangladeshi", "punjabi", "gujarati"})


@dataclass(frozen=True)
class Community:
    """Names that tend to go together, with the ethnicity code of the national returns."""

    key: str
    ethnicity: str
    language: str
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """Everything that names are drawn from."""

    communities: Mapping[str, Community]
    swaps: tuple[tuple[str, str], ...]
    slips: Mapping[str, float]
    street_stems: tuple[str, ...]
    street_kinds: tuple[str, ...]


@cache
def names() -> Names:
    """Read names.toml."""
    with (HERE / "names.toml").open("rb") as file:
        raw = tomllib.load(file)
    found = {}
    for row in raw["community"]:
        lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
        found[row["key"]] = Community(row["key"], row["ethnicity"], row["language"], **lists)
    return Names(
        communities=found,
        swaps=tuple((heard, written) for heard, written in raw["misspelling"]["swaps"]),
        slips=dict(raw["misspelling"]["shares"]),
        street_stems=tuple(raw["streets"]["stems"]),
        street_kinds=tuple(raw["streets"]["kinds"]),
    )


def first_name(rng: Random, community: str, who: Who) -> str:
    """A first name of somebody of that community and age."""
    group = names().communities[community]
    pool = {"girl": group.girls, "boy": group.boys, "woman": group.women, "man": group.men}[who]
    return rng.choice(pool)


def surname(rng: Random, community: str) -> str:
    """A surname of that community."""
    return rng.choice(names().communities[community].surnames)


def grown_up(rng: Random, community: str, who: Who) -> str:
    """A first name and surname: a parent, a referrer, a worker."""
    return f"{first_name(rng, community, who)} {surname(rng, community)}"


OFTEN_IN_VAIN = 5_000
"""Names drawn that somebody has already, before surnames are doubled."""


def different_staff_names(rng: Random) -> Iterator[str]:
    """Workers' names from all communities, for ever; no two workers share one. A large city runs out of surnames: from then
    on some have two."""
    keys, found, in_vain = list(names().communities), set[str](), 0
    while True:
        community = rng.choice(keys)
        name = grown_up(rng, community, rng.choice(("woman", "woman", "man")))
        if in_vain >= OFTEN_IN_VAIN:
            name = f"{name}-{surname(rng, community)}"
        in_vain = in_vain + 1 if name in found and in_vain < OFTEN_IN_VAIN else in_vain
        if name not in found:
            found.add(name)
            yield name


def staff_names(rng: Random, count: int) -> tuple[str, ...]:
    """So many of them."""
    return tuple(islice(different_staff_names(rng), count))


def ethnicity(mother: str, father: str) -> str:
    """The code of a child whose parents are of these communities."""
    if mother == father:
        return names().communities[mother].ethnicity
    pair = {mother, father}
    if pair & {"british", "irish"}:
        (other,) = pair - {"british", "irish"} or {""}
        if other in MIXED:
            return MIXED[other]
        return "MWAS" if other in ASIAN else "MOTH" if other else "WOTH"
    return "MOTH"


def street_address(rng: Random) -> str:
    """A house or flat in a street that does not exist."""
    street = f"{rng.choice(names().street_stems)} {rng.choice(names().street_kinds)}"
    number = rng.randint(1, 180)
    return f"Flat {rng.randint(1, 24)}, {number} {street}" if rng.random() < 0.18 else f"{number} {street}"


def swapped(word: str, rng: Random) -> str:
    """One heard for another: Phoebe and Foebe, Keira and Kiera."""
    both_ways = [pair for swap in names().swaps for pair in (swap, swap[::-1])]
    found = [(heard, written) for heard, written in both_ways if heard in word.lower()]
    if not found:
        return doubled(word, rng)
    heard, written = rng.choice(found)
    at = word.lower().index(heard)
    spelt = word[:at] + written + word[at + len(heard) :]
    return spelt[:1].upper() + spelt[1:]


def doubled(word: str, rng: Random) -> str:
    """A letter twice."""
    at = rng.randrange(1, len(word))
    return word[: at + 1] + word[at:].lower()


def left_out(word: str, rng: Random) -> str:
    """A letter missing, never the first."""
    if len(word) < 4:
        return doubled(word, rng)
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def turned_round(word: str, rng: Random) -> str:
    """Two neighbouring letters the wrong way round."""
    places = [at for at in range(1, len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return doubled(word, rng)
    at = rng.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def mistyped(word: str, rng: Random) -> str:
    """Another letter in its place."""
    at = rng.randrange(1, len(word))
    return (
        word[:at] + rng.choice([letter for letter in ascii_lowercase if letter != word[at]]) + word[at + 1 :]
    )


def without_marks(word: str, rng: Random) -> str:
    """Hyphen and apostrophe lost."""
    plain = word.replace("-", "").replace("'", "")
    return plain[:1] + plain[1:].lower() if plain != word else swapped(word, rng)


SLIPS = {
    "swap": swapped,
    "doubled": doubled,
    "left_out": left_out,
    "turned_round": turned_round,
    "mistyped": mistyped,
    "punctuation": without_marks,
}


def misspelt(word: str, rng: Random) -> str:
    """The name as somebody else might write it; never the same."""
    slips = names().slips
    for _ in range(20):
        spelt = SLIPS[rng.choices(list(slips), weights=list(slips.values()))[0]](word, rng)
        if spelt.lower() != word.lower():
            return spelt
    return doubled(word, rng)
