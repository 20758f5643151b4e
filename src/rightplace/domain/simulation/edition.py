"""Which model this is: what one edition has half worked out, another does not go on with."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
_DECIDES: Final = (_HERE, _HERE / "scenarios")


@cache
def edition() -> str:
    """A digest of every file that decides what comes out: nobody has to remember to raise a number. Nothing of it is loaded."""
    digest = hashlib.sha256()
    for folder in _DECIDES:
        for file in sorted(each for each in folder.iterdir() if each.suffix in (".py", ".toml")):
            told = file.read_bytes()
            digest.update(f"{folder.name}/{file.name} {len(told)}\n".encode())
            digest.update(told)
    return digest.hexdigest()
