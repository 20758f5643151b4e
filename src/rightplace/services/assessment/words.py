"""The decisions that an assessment may propose, in words; the words of basis and family."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """What an assessment leads to: the codes of the list `assessment_outcome`."""

    PLAN = "cin_plan"
    EARLY_HELP = "early_help"
    STRATEGY = "strategy"
    OTHER = "other"
    NONE = "none"


IN_NEED: Final = frozenset({Outcome.PLAN, Outcome.STRATEGY})
PROPOSALS: Final = {
    Outcome.PLAN: ("Child in need plan", "The plan begins when the assessment is authorised."),
    Outcome.EARLY_HELP: (
        "Step down to family support",
        "Offered to the family support team of the area; your team answers until it accepts.",
    ),
    Outcome.STRATEGY: (
        "Strategy discussion",
        "Reasonable cause to suspect significant harm. Do not wait for a name under this: call it at once.",
    ),
    Outcome.OTHER: ("Another agency", "Another agency takes it on, and is sent what it needs."),
    Outcome.NONE: ("No further action", "Then the case is closed, guarded by what is still due."),
}
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
    ("not told", "Not told"),
    ("not known", "Not known"),
)
NEEDS_WHY: Final = ("told and does not agree", "not told", "not known")
