"""Names that are one name in another form: short forms, other spellings, other alphabets' transliterations."""

import tomllib
from functools import cache, lru_cache
from pathlib import Path

from .spelling import name_words

NICKNAMES = Path(__file__).parent.parent / "nicknames.toml"


@cache
def _groups() -> dict[str, frozenset[str]]:
    """Every known form of a name, with the names that it can stand for (Alex: Alexander, Alexandra)."""
    forms: dict[str, set[str]] = {}
    for group in tomllib.loads(NICKNAMES.read_text(encoding="utf-8"))["group"]:
        name = "".join(name_words(group["name"]))
        for form in (group["name"], *group["others"]):
            forms.setdefault("".join(name_words(form)), set()).add(name)
    return {form: frozenset(names) for form, names in forms.items()}


@lru_cache(maxsize=100_000)
def full_names(word: str) -> frozenset[str]:
    """The full names that a folded given name can stand for; none when the name is in no group."""
    return _groups().get(word, frozenset())


def forms() -> dict[str, tuple[str, ...]]:
    """Each full name with all its other forms, folded."""
    found: dict[str, list[str]] = {}
    for form, names in _groups().items():
        for name in names:
            found.setdefault(name, []).append(form)
    return {name: tuple(form for form in others if form != name) for name, others in found.items()}
