"""Brothers and sisters in one line: who stands in a list beside a brother or a sister stands there once, with them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from rightplace.common.web import words
from rightplace.common.web.pieces import Cell, Link, Links
from rightplace.foundation.people.projections import Person

Item = TypeVar("Item")


def by_family(
    items: Iterable[Item],
    siblings: Iterable[tuple[int, int]],
    *,
    person: Callable[[Item], int],
    same: Callable[[Item], Hashable] = lambda item: None,
) -> list[list[Item]]:
    """The items of one family together, as far as they are the same, where the first of them stood."""
    first = _first_of(siblings)
    found: dict[tuple[int, Hashable], list[Item]] = {}
    for item in items:
        found.setdefault((first(person(item)), same(item)), []).append(item)
    return list(found.values())


def _first_of(siblings: Iterable[tuple[int, int]]) -> Callable[[int], int]:
    of: dict[int, int] = {}

    def root(one: int) -> int:
        while of.get(one, one) != one:
            one = of[one]
        return one

    for one, other in siblings:
        a, b = root(one), root(other)
        of[max(a, b)] = min(a, b)
    return root


def together(shown: Sequence[Cell], people: Sequence[Person | None], more: str = "") -> Cell:
    """The names of a family in one cell, each leading to its story; the family name once where it is the same."""
    if len(shown) == 1:
        return shown[0]
    names = {each.family for each in people if each is not None and each.given}
    alike = len(names) == 1 and all(each is not None and each.given for each in people)
    links = []
    for place, (cell, each) in enumerate(zip(shown, people, strict=True)):
        if not isinstance(cell, Link) or each is None:
            return words.listed(str(one.text if isinstance(one, Link) else one) for one in shown)
        last = place == len(shown) - 1
        links.append(Link(cell.text if last or not alike else each.given, cell.href))
    return Links(links, more or words.count_words(len(shown), "child", "children"))
