"""Reads an element tree by a layout's tables into values, and finds what does not fit the layout."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from rightplace.domain.practice import vocabulary
from rightplace.gateways.exchange.cin import layouts, values
from rightplace.gateways.exchange.cin.findings import Finding, Weight
from rightplace.gateways.exchange.cin.layouts import Block, Form, Inner, Leaf, Several
from rightplace.gateways.exchange.cin.parser import Node

Found = dict[str, object]
Part = Leaf | Several | Inner

LONGEST_CODE: Final = 40
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}", re.ASCII)
_READ: Final[dict[Form, tuple[Callable[[str], object], str]]] = {
    Form.DAY: (values.day, "a date"),
    Form.FLAG: (values.flag, "0, 1, true or false"),
    Form.COUNT: (values.count, "a whole number"),
    Form.INSTANT: (values.instant, "a date and time"),
}


@lru_cache(maxsize=64)
def _by_name(block: Block) -> dict[str, tuple[int, Part]]:
    """The parts of a block by their names in lower case, each with its place in the schema's order."""
    return {part.element.lower(): (place, part) for place, part in enumerate(block.parts)}


class Reading:
    """Reads one child (or header) of a return of one year, collecting what is odd on the way."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.findings: list[Finding] = []
        self._said: set[tuple[str, str]] = set()

    def find(self, code: str, weight: Weight, sentence: str, line: int, about: str, census: str = "") -> None:
        """Notes something about the child."""
        self.findings.append(Finding(code, weight, sentence, line, about, census))

    def once(self, code: str, weight: Weight, sentence: str, line: int, about: str, what: str) -> None:
        """Notes something that would otherwise be said again for each module."""
        if (code, what) not in self._said:
            self._said.add((code, what))
            self.find(code, weight, sentence, line, about)

    def block(self, node: Node, block: Block, about: str = "child") -> Found:
        """The values of a module, by field. Modules inside it come as lists of (node, values)."""
        found: Found = {}
        names = _by_name(block)
        last = -1
        if node.stray or (node.text and not node.nodes):
            sentence = "There is text where only elements belong; it was passed over."
            self.once("stray_text", Weight.NOTE, sentence, node.line, about, node.name)
        for inner in node.nodes:
            place, part = names.get(inner.name.lower(), (last, None))
            if part is None:
                self._unknown(inner, about)
                continue
            self._fits(inner, part, place < last, about)
            last = max(last, place)
            self._take(inner, part, found, about)
        return found

    def _unknown(self, node: Node, about: str) -> None:
        name = node.name if _NAME.fullmatch(node.name) else "of an odd name"
        sentence = f"The element {name} is not in any layout of the census; it was not read."
        self.once("unknown_element", Weight.DOUBT, sentence, node.line, about, node.name)

    def _fits(self, node: Node, part: Part, early: bool, about: str) -> None:
        """Notes what is tolerated: order, spelling, attributes, an element of another year's layout."""
        if early:
            sentence = f"{part.element} does not stand in the schema's order; it was read all the same."
            self.once("out_of_order", Weight.NOTE, sentence, node.line, about, part.element)
        if node.name != part.element:
            sentence = f"{part.element} is written in other capitals; it was read all the same."
            self.once("other_capitals", Weight.NOTE, sentence, node.line, about, part.element)
        if node.attributes:
            sentence = f"{part.element} has attributes, which the census does not use; they were not read."
            self.once("attributes", Weight.NOTE, sentence, node.line, about, part.element)
        if not layouts.in_layout(part.years, self.year):
            sentence = f"{part.element} is not in the layout of {self.year}; it was read all the same."
            self.once("other_layout", Weight.NOTE, sentence, node.line, about, part.element)

    def _take(self, node: Node, part: Part, found: Found, about: str) -> None:
        if isinstance(part, Inner):
            self._inner(node, part, found)
        elif isinstance(part, Several):
            self._several(node, part, found, about)
        elif part.form is not Form.SKIP and (value := self._value(node, part, about)) is not None:
            self._keep(node, part, value, found, about)

    def _inner(self, node: Node, part: Inner, found: Found) -> None:
        read = self.block(node, part.block, part.about or "child")
        if part.about and (part.needs not in read if part.needs else not read):
            first = part.block.parts[0].element
            lacks = f"no {first} that can be read" if part.needs else "nothing in it that can be read"
            sentence = f"This {part.about} was left out, since it has {lacks}."
            self.find("left_out", Weight.DOUBT, sentence, node.line, part.about)
            return
        modules = found.setdefault(part.into, [])
        assert isinstance(modules, list)
        modules.append((node.line, read))

    def _several(self, node: Node, part: Several, found: Found, about: str) -> None:
        row = Leaf(part.inner, part.into, part.form)
        read = found.get(part.into, ())
        assert isinstance(read, tuple)
        for inner in node.nodes:
            if inner.name.lower() != part.inner.lower():
                self._unknown(inner, about)
            elif (value := self._value(inner, row, about)) is not None:
                read = (*read, value)
        if node.text:
            self.once(
                "stray_text",
                Weight.NOTE,
                "There is text where only elements belong; it was passed over.",
                node.line,
                about,
                node.name,
            )
        found[part.into] = read

    def _keep(self, node: Node, part: Leaf, value: object, found: Found, about: str) -> None:
        if part.into not in found:
            found[part.into] = value
        elif found[part.into] != value:
            sentence = f"{part.element} is given twice with different values; the first was taken."
            self.find("given_twice", Weight.DOUBT, sentence, node.line, about)

    def _value(self, node: Node, part: Leaf, about: str) -> object | None:
        """What an element says, or None: it is empty, or cannot be read and that is a doubt."""
        if node.nodes:
            self._unreadable(node, part, "one value", about)
            return None
        text = node.text
        if not text:
            return None
        if part.form is Form.TEXT:
            return text
        if part.form is Form.CODE:
            return self._code(node, part, about)
        if part.form is Form.SEX:
            return self._sex(node, part, about)
        read, what = _READ[part.form]
        value = read(text)
        if value is None and part.form is Form.DAY:
            value = self._other_day(node, part, about)
        elif value is None:
            self._unreadable(node, part, what, about)
        return value

    def _code(self, node: Node, part: Leaf, about: str) -> str | None:
        if len(node.text) <= LONGEST_CODE:
            return node.text.upper()
        self._unreadable(node, part, "a code", about)
        return None

    def _other_day(self, node: Node, part: Leaf, about: str) -> object | None:
        found = values.british_day(node.text)
        if found is None:
            self._unreadable(node, part, "a date between 1900 and 2100", about)
            return None
        sentence = f"{part.element} is written as day/month/year, not as the census asks; it was read so."
        self.once("british_date", Weight.DOUBT, sentence, node.line, about, part.element)
        return found

    def _sex(self, node: Node, part: Leaf, about: str) -> object | None:
        written = node.text.upper()
        sex = vocabulary.sex_in_layout_of(layouts.LAST_YEAR, written)
        if not sex:
            self._unreadable(node, part, "a code for sex", about)
            return None
        if not vocabulary.known(layouts.SEX_CODES[part.element], written):
            sentence = f"{part.element} holds a code of another year's layout; it was read as that."
            self.find("sex_of_other_layout", Weight.DOUBT, sentence, node.line, about, "4180")
        return (sex, f"{part.element} {written}")

    def _unreadable(self, node: Node, part: Leaf, what: str, about: str) -> None:
        sentence = f"{part.element} cannot be read as {what}; it was left out."
        self.find("unreadable", Weight.DOUBT, sentence, node.line, about)
