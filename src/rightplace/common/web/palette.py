"""The colours, for charts and for the proof that every text can be read. `scss/_tokens.scss` has the same values."""

from typing import Final

INK: Final = "#17262e"
QUIET: Final = "#4b5a63"
PETROL: Final = "#0f4c5c"
PETROL_DEEP: Final = "#0a3541"
PETROL_PALE: Final = "#e1eef1"
PETROL_MIST: Final = "#f2f7f8"
SAND: Final = "#f5f3ee"
SAND_LINE: Final = "#ded8cb"
WHITE: Final = "#ffffff"
MARIGOLD: Final = "#f2b84b"
FOCUS: Final = "#ffdd00"
LATE: Final = "#8e1b1b"
LATE_PALE: Final = "#fbe6e3"
SOON: Final = "#6b4500"
SOON_PALE: Final = "#fff0cc"
OPEN: Final = "#0f4c5c"
OPEN_PALE: Final = "#e1eef1"
MET: Final = "#1b5a37"
MET_PALE: Final = "#e2f1e7"
SEALED: Final = "#5c2a5a"
SEALED_PALE: Final = "#f3e8f2"

GREYS: Final = ("#4b5a63", "#6d7b83", "#8d989f")
"""Lines that are not the subject of a chart."""

STEPS: Final = ("#d9e8ec", "#a9cad3", "#6fa3b1", "#36788a", "#0f4c5c")
"""Five steps of petrol for maps, lightest first."""

PAIRS: Final[dict[str, tuple[str, str]]] = {
    "ink on sand": (INK, SAND),
    "ink on white": (INK, WHITE),
    "ink on petrol mist, a row pointed at": (INK, PETROL_MIST),
    "ink on petrol pale": (INK, PETROL_PALE),
    "ink on focus": (INK, FOCUS),
    "quiet on sand": (QUIET, SAND),
    "quiet on white": (QUIET, WHITE),
    "quiet on petrol mist, a row pointed at": (QUIET, PETROL_MIST),
    "petrol on white, links": (PETROL, WHITE),
    "petrol on sand, links": (PETROL, SAND),
    "petrol on petrol pale, open and the search button": (PETROL, PETROL_PALE),
    "petrol on petrol mist, links": (PETROL, PETROL_MIST),
    "white on petrol, header and buttons": (WHITE, PETROL),
    "white on petrol deep, a button pointed at": (WHITE, PETROL_DEEP),
    "late": (LATE, LATE_PALE),
    "late on white, errors": (LATE, WHITE),
    "late on sand, errors": (LATE, SAND),
    "white on late, leaving quickly": (WHITE, LATE),
    "soon": (SOON, SOON_PALE),
    "met": (MET, MET_PALE),
    "sealed": (SEALED, SEALED_PALE),
    "step 1 of a map": (INK, STEPS[0]),
    "step 5 of a map": (WHITE, STEPS[4]),
}
"""Every pair of text and background that the stylesheet makes; each reaches 6:1."""


def luminance(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.2, definition of relative luminance."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: str, background: str) -> float:
    """How many times lighter one colour is than the other, from 1 to 21."""
    lighter, darker = sorted((luminance(text), luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
