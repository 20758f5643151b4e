"""What people write, drawn from the texts of the material for one child; kept ready, since a city needs millions."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from itertools import accumulate
from random import Random

from rightplace.demo.material.texts import CHANCE, Text, candidates, capitals, pronouns, sentence_case

FOR_TEXT = {
    "family support team": "family support",
    "family support": "family support",
    "assessment": "assessment",
    "strategy discussion": "assessment",
    "child in need": "protection",
    "child protection": "protection",
    "in care": "care",
    "leaving care": "care",
}
"""What a team is asked for, as the texts of an acceptance call it."""
Asked = tuple[tuple[str, str | int], ...]
_CHANCE = tuple(sorted(CHANCE))


@cache
def _fitting(kind: str, asked: Asked, filled: frozenset[str]) -> tuple[tuple[Text, ...], tuple[int, ...]]:
    texts, weights = candidates(kind, frozenset(asked), filled)
    return texts, tuple(accumulate(weights))


class Words:
    """The blanks of one child, and texts filled with them."""

    __slots__ = ("blanks", "filled", "names")

    def __init__(self, sex: str, **names: str) -> None:
        self.names = {**pronouns(sex), **{name: text for name, text in names.items() if text}}
        self.blanks = capitals(self.names)
        self.filled = frozenset(self.names)

    def knowing(self, **more: str) -> Words:
        """The same child, with more that can be filled in: who told, who works with the family."""
        other = Words.__new__(Words)
        other.names = {**self.names, **more}
        other.blanks = capitals(other.names)
        other.filled = frozenset(other.names)
        return other

    def pick(self, kind: str, rng: Random, *asked: tuple[str, str | int]) -> Text | None:
        """One text that fits, or None; what was asked last matters least and is let go first."""
        wanted = list(asked)
        while True:
            try:
                texts, weights = _fitting(kind, tuple(wanted), self.filled)
            except LookupError:
                texts, weights = (), ()
            if texts:
                return texts[bisect_right(weights, rng.random() * weights[-1])]
            if not wanted:
                return None
            wanted.pop()

    def fill(self, text: Text, rng: Random) -> str:
        """A text for this child."""
        blanks = self.blanks
        if not text.blanks.isdisjoint(CHANCE):
            blanks = {**blanks}
            for name in _CHANCE:
                if name in text.blanks:
                    blanks[name] = rng.choice(CHANCE[name])
        return sentence_case(text.says.format_map(blanks))

    def draw(self, kind: str, rng: Random, *asked: tuple[str, str | int]) -> str:
        """One text that fits, filled in; empty where none can be."""
        text = self.pick(kind, rng, *asked)
        return self.fill(text, rng) if text is not None else ""
