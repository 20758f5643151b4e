"""Scores, evidence, grounds and letters under a key for each row: the table alone says nothing of anybody.

A row keeps its salt; erasing the salt erases what the row says, as with a child's file.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.db import models

from rightplace.foundation.journal.sealing import FileSeal


def sealed(said: Any) -> dict[str, bytes]:
    """The two columns of something sealed; bytes stay bytes."""
    salt = secrets.token_bytes(16)
    raw = said if isinstance(said, bytes) else json.dumps(said, ensure_ascii=False).encode()
    return {"salt": salt, "sealed": FileSeal(salt).seal(0, 0, raw)}


class Sealed(models.Model):
    """A row of which a part is sealed."""

    salt = models.BinaryField(default=bytes)
    sealed = models.BinaryField(default=bytes)

    class Meta:
        abstract = True

    @property
    def raw(self) -> bytes:
        """The sealed bytes opened; none where nothing was sealed yet."""
        return FileSeal(bytes(self.salt)).open(0, 0, bytes(self.sealed)) if self.sealed else b""

    @property
    def said(self) -> dict[str, Any]:
        """What was sealed; empty where nothing was."""
        raw = self.raw
        return dict(json.loads(raw)) if raw else {}

    def say(self, **said: Any) -> None:
        """Seal anew, under a new salt. The caller saves `salt` and `sealed`."""
        made = sealed(said)
        self.salt, self.sealed = made["salt"], made["sealed"]
