"""The answers of an agency, and the words of basis and family that sharing asks for (promise 7)."""

from __future__ import annotations

from typing import Final

COMING, SENDS, NOT_COMING = "coming", "sends", "not coming"
ANSWERS: Final = (
    (COMING, "I come myself"),
    (SENDS, "A colleague comes"),
    (NOT_COMING, "Nobody can come"),
)
SAID: Final = {COMING: "comes", SENDS: "sends a colleague", NOT_COMING: "nobody can come"}
KNOWN: Final = (
    ("known", "We know something"),
    ("nothing", "We know nothing"),
    ("at the meeting", "We say it at the meeting"),
    ("refused", "We know something and do not share it"),
)
KNOWN_SAID: Final = {
    "known": "told us what they know",
    "nothing": "know nothing",
    "at the meeting": "say it at the meeting",
    "refused": "do not share it",
}
PURPOSE: Final = "To decide together whether the child is suffering, or likely to suffer, significant harm"
BASES: Final = (
    ("public task", "Public task: it is our or their duty by law"),
    ("legal obligation", "Legal obligation: a law says that it must be shared"),
    ("vital interests", "Vital interests: somebody’s life is in danger"),
    ("legitimate interests", "Legitimate interests: for voluntary and private bodies"),
    ("consent", "Consent, freely given and able to be taken back"),
)
FAMILY: Final = (
    ("told and agrees", "Told, and they agree"),
    ("told and does not agree", "Told, and they do not agree"),
    ("not told", "Not told: telling them could put the child in danger, or could not wait"),
    ("not known", "Not known"),
)
NEEDS_WHY: Final = ("told and does not agree", "not told", "not known")
KIND_WORDS: Final = {"authority": "children’s services", "police": "the police", "health": "health"}


def missing_words(missing: str) -> str:
    """Who was missing from the quorum, in words."""
    return " and ".join(KIND_WORDS.get(kind, kind) for kind in missing.split(",") if kind)
