"""The selection's tables. Who may be where lies open to whoever may read the row; scores, grounds and letters are sealed.

Split by what happens: `exercises.py` pools and preferences, `assessed.py` panels and scores, `placed.py` runs to trials.
"""

from rightplace.services.selection.tables.assessed import (
    Assessment,
    Criterion,
    Panel,
    PanelMember,
    Result,
    ScoreSheet,
    Training,
)
from rightplace.services.selection.tables.exercises import (
    Adjustment,
    Exercise,
    Job,
    JobPost,
    Member,
    Mix,
    Offer,
    Pool,
    PoolPost,
    PreferenceList,
    Share,
)
from rightplace.services.selection.tables.placed import (
    Appeal,
    AppealWord,
    Decision,
    Letter,
    PanelsOrder,
    Placement,
    Redeployment,
    Run,
    RunResult,
    Trial,
    TrialReview,
)

__all__ = [
    "Adjustment",
    "Appeal",
    "AppealWord",
    "Assessment",
    "Criterion",
    "Decision",
    "Exercise",
    "Job",
    "JobPost",
    "Letter",
    "Member",
    "Mix",
    "Offer",
    "Panel",
    "PanelMember",
    "PanelsOrder",
    "Placement",
    "Pool",
    "PoolPost",
    "PreferenceList",
    "Redeployment",
    "Result",
    "Run",
    "RunResult",
    "ScoreSheet",
    "Share",
    "Training",
    "Trial",
    "TrialReview",
]  # fmt: skip
