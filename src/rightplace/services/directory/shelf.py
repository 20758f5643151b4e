"""The records of a directory at hand: by kind and id, and by whom they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

Fields = dict[str, Any]


class Shelf:
    """Records of one source, or of several; looked up without asking the database again."""

    def __init__(self, rows: Iterable[tuple[str, str, Fields]]) -> None:
        self.of: dict[str, dict[str, Fields]] = defaultdict(dict)
        for kind, ident, fields in rows:
            self.of[kind].setdefault(ident, fields)
        self._by: dict[tuple[str, str], dict[str, list[Fields]]] = {}

    def one(self, kind: str, ident: Any) -> Fields | None:
        """The object of that id."""
        return self.of[kind].get(str(ident)) if ident not in (None, "") else None

    def naming(self, kind: str, field: str, ident: Any) -> list[Fields]:
        """The objects of a kind whose field names that id, in order of their own ids."""
        place = (kind, field)
        if place not in self._by:
            found: dict[str, list[Fields]] = defaultdict(list)
            for own in sorted(self.of[kind]):
                fields = self.of[kind][own]
                named = fields.get(field)
                if named not in (None, "") and not isinstance(named, dict | list):
                    found[str(named)].append(fields)
            self._by[place] = found
        return self._by[place].get(str(ident), [])
