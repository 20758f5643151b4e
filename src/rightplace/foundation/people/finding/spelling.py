"""How names are spelt and how they sound, so that a misspelling never hides a child.

`sound` is a rule set of our own in the manner of Metaphone, made for the names of an English city: transliterated
names (Mohammed, Muhamad; Yusuf, Youssef) must fall together as surely as Stephen and Steven.
"""

import re
import unicodedata
from functools import lru_cache

UNDECOMPOSED = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "ʻ": "'", "´": "'",  "–": "-", "—": "-", "‐": "-", "‑": "-",
    }
)  # fmt: skip

# Words that join a name to the next and are left out, swapped or written together as the writer likes.
PARTICLES = frozenset(
    {
        "al",
        "el",
        "ul",
        "ur",
        "bin",
        "bint",
        "ibn",
        "ben",
        "de",
        "da",
        "do",
        "di",
        "del",
        "dos",
        "du",
        "la",
        "le",
    }
    | {"van", "von", "der", "den", "ter", "st", "san"}
)
JOINING = frozenset({"o", "mc", "fitz"})
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "master", "dr"})

# In order. Upper case is a settled sound; X is sh/ch, T is t/d/th, K is k/q/hard c and g, J is j/soft g, F is f/v.
SOUND_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"^ps", "s"),
        (r"^ts", "s"),
        (r"^x", "s"),
        (r"^dj", "j"),
        (r"^ou(?=[aei])", "w"),
        (r"mb$", "m"),
        (r"ph", "f"),
        (r"tsch|tch|sch|sh", "X"),
        (r"ch(?=r|l)", "k"),
        (r"ch", "X"),
        (r"ck|kh|cq|qu|q", "k"),
        (r"dg(?=[eiy])|dj", "j"),
        (r"gh(?=[aeiouy])", "k"),
        (r"(?<=[aeiouy])gh", ""),
        (r"gn(?=$|e)", "n"),
        (r"th|dh|tt|dd|t|d", "T"),
        (r"bh", "b"),
        (r"sc(?=[eiy])", "s"),
        (r"c(?=[eiy])", "s"),
        (r"[ck]", "K"),
        (r"x", "Ks"),
        (r"zh", "X"),
        (r"z", "s"),
        (r"g(?=[eiy])", "J"),
        (r"g", "K"),
        (r"j", "J"),
        (r"[fv]", "F"),
        (r"^[aeiou]+", "A"),
        (r"^y(?=[aeiou])", "Y"),
        (r"^y", "A"),
        (r"^h", "H"),
        (r"^w", "W"),
        (r"[aeiouyhw']", ""),
    )
)


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """The text in lower case without accents, with plain apostrophes and hyphens."""
    lowered = text.lower().translate(UNDECOMPOSED)
    if lowered.isascii():
        return lowered
    parted = unicodedata.normalize("NFKD", lowered)
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


@lru_cache(maxsize=100_000)
def name_words(text: str) -> tuple[str, ...]:
    """The words of a name: O'Brien, O Brien and OBrien are one word, Smith-Jones is two, titles are none."""
    words: list[str] = []
    joining = ""
    for word in re.split(r"[\s\-.,;/()\"]+", fold(text).replace("'", "")):
        if not word or word in TITLES:
            continue
        if word in JOINING:
            joining += word
            continue
        words.append(joining + word)
        joining = ""
    if joining:
        words.append(joining)
    return tuple(words)


def telling_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without particles (al, de, van), unless there is nothing else."""
    return tuple(word for word in words if word not in PARTICLES) or words


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """How one folded word sounds, in a few letters; a word in another script stands for itself."""
    if not word.isascii():
        return word
    heard = word
    for pattern, replacement in SOUND_RULES:
        heard = pattern.sub(replacement, heard)
    heard = re.sub(r"(.)\1+", r"\1", heard.upper())
    return heard or word.upper()[:1]
