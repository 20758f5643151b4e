"""What was read of a folder and what was not: every cell has a place in it, nothing is dropped in silence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class TableAccount:
    """One file: which measures it gave, how many rows of which kind, why cells were left out."""

    file: str
    measures: list[str] = field(default_factory=list)
    rows: int = 0
    rows_read: int = 0
    rows_left: Counter[str] = field(default_factory=Counter)
    cells_read: int = 0
    cells_left: Counter[str] = field(default_factory=Counter)
    columns_unused: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "file": self.file,
            "measures": self.measures,
            "rows": self.rows,
            "rows_read": self.rows_read,
            "rows_left_out": dict(sorted(self.rows_left.items())),
            "cells_read": self.cells_read,
            "cells_left_out": dict(sorted(self.cells_left.items())),
            "columns_unused": self.columns_unused,
        }


@dataclass
class Account:
    """Of a whole folder: its tables, and what had to be decided about places and years, in sentences."""

    tables: list[TableAccount] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    not_found: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "tables": [table.told() for table in self.tables],
            "notes": self.notes,
            "measures_not_found": self.not_found,
        }

    def said(self) -> str:
        """In a few lines for whoever runs the command."""
        read = sum(table.cells_read for table in self.tables)
        left: Counter[str] = Counter()
        for table in self.tables:
            left.update(table.cells_left)
        why = ", ".join(f"{count} {reason}" for reason, count in left.most_common())
        lines = [
            f"Read {read:,} figures from {len(self.tables)} files; {sum(left.values()):,} left out ({why or 'none'})."
        ]
        return "\n".join([*lines, *(f"- {note}" for note in self.notes)])
