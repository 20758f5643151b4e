"""Where a text repeats what somebody else told us: runs of the same words, whatever their case and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

FEWEST = 4
"""Three words in a row are common speech; four are a repetition."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "has",
        "have",
        "he",
        "her",
        "him",
        "his",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "she",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "was",
        "we",
        "were",
        "will",
        "with",
        "you",
        "your",
        "i",
        "me",
        "my",
        "not",
        "no",
    ]
)


def repeats(text: str, sources: Iterable[str]) -> list[str]:
    """The phrases of a text that stand in a source too, each run as long as it goes, in the order of the text.

    A run of only common words says nothing, so it is left out.
    """
    typed = list(_WORD.finditer(text))
    said = [_plain(match.group()) for match in typed]
    known = {
        tuple(words[place : place + FEWEST])
        for words in (_words(source) for source in sources)
        for place in range(len(words) - FEWEST + 1)
    }
    found: list[str] = []
    place = 0
    while place <= len(said) - FEWEST:
        end = _run(said, place, known)
        if end:
            phrase = text[typed[place].start() : typed[end - 1].end()]
            if not set(said[place:end]) <= COMMON:
                found.append(" ".join(phrase.split()))
            place = end
        else:
            place += 1
    return list(dict.fromkeys(found))


def _run(said: Sequence[str], place: int, known: set[tuple[str, ...]]) -> int:
    """Where the run that begins here ends, or 0 where none begins."""
    end = 0
    while tuple(said[place : place + FEWEST]) in known:
        end = place + FEWEST
        place += 1
    return end


def _words(text: str) -> list[str]:
    return [_plain(match.group()) for match in _WORD.finditer(text)]


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")
