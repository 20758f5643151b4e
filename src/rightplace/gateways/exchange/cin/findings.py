"""What was found about a child or a return: a code of our own, a sentence, a line, and how much it weighs."""

from enum import StrEnum

import msgspec


class Weight(StrEnum):
    """*Refused*: cannot be filed. *Doubt*: taken, and somebody must settle it. *Note*: read, worth knowing."""

    REFUSED = "refused"
    DOUBT = "doubt"
    NOTE = "note"


class Finding(msgspec.Struct, frozen=True):
    """One thing about one child, in a sentence that names no identifier, name or birth date.

    `census` is the nearest rule of the census's own validation, where there is one.
    """

    code: str
    weight: Weight
    sentence: str
    line: int
    about: str = "child"
    census: str = ""
