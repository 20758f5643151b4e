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
    broken: str = ""  # what is wrong with the file's quotation marks: rows may have run together

    def why_nothing(self) -> str:
        """Why no figure came from this file; empty when one did."""
        if self.cells_read:
            return ""
        if not self.rows:
            return f"it cannot be cut into cells ({self.broken})" if self.broken else "it has no rows"
        if not self.measures:
            return "the model knows none of its columns"
        left = self.rows_left + self.cells_left
        return ", ".join(f"{count:,} {_of_what(self, why)} {why}" for why, count in left.most_common())

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
            **({"broken": self.broken} if self.broken else {}),
        }


def _of_what(table: TableAccount, why: str) -> str:
    return "rows" if why in table.rows_left else "cells"


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
        used = sum(table.cells_read > 0 for table in self.tables)
        lines = [
            f"Read {read:,} figures from {used} files; {sum(left.values()):,} left out ({why or 'none'})."
        ]
        return "\n".join([*lines, *self.left(), *(f"- {note}" for note in self.notes)])

    def left(self) -> list[str]:
        """Rows that were left out by their reason, and every file of which nothing was read."""
        rows: Counter[str] = Counter()
        for table in self.tables:
            if table.cells_read:
                rows.update(table.rows_left)
        why = ", ".join(f"{count:,} {reason}" for reason, count in rows.most_common())
        told = [f"- Rows left out: {why}."] if rows else []
        for table in self.tables:
            if nothing := table.why_nothing():
                told.append(f"- Nothing was read of {table.file}: {nothing}.")
            elif table.broken:
                told.append(
                    f"- {table.file} has broken quotation marks ({table.broken}); rows may have run together."
                )
        return told
