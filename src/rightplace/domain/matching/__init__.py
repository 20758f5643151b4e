"""People to places: the stable and the best placing of everybody under review, ties that matter, an outside check.

Pure decision support: a panel scores, a person decides. How a department is reorganised around it is in
`domain/restructuring`; who carries which child is in `domain/allocation`.
"""

from rightplace.domain.matching.bestplaced import (
    BEST_PLACED,
    FEWEST_ENVIED,
    BestPlacing,
    NoPlacing,
    Weighing,
    best_placed,
    fewest_envied,
)
from rightplace.domain.matching.checking import Certificate, Finding, check
from rightplace.domain.matching.keeping import digest, kept, result_bytes, selection_from
from rightplace.domain.matching.model import (
    Assessed,
    Claim,
    Ground,
    JobShare,
    NotConsidered,
    PanelOrder,
    Person,
    Placing,
    Question,
    Role,
    Selection,
    SkillMix,
    StatutoryOffer,
)
from rightplace.domain.matching.price import Envy, Figures, Price, figures, price_of_stability
from rightplace.domain.matching.readiness import NotReady, Wrong, wrong_with
from rightplace.domain.matching.replaying import replay
from rightplace.domain.matching.stable import STABLE, stable

__all__ = [
    "BEST_PLACED",
    "FEWEST_ENVIED",
    "STABLE",
    "Assessed",
    "BestPlacing",
    "Certificate",
    "Claim",
    "Envy",
    "Figures",
    "Finding",
    "Ground",
    "JobShare",
    "NoPlacing",
    "NotConsidered",
    "NotReady",
    "PanelOrder",
    "Person",
    "Placing",
    "Price",
    "Question",
    "Role",
    "Selection",
    "SkillMix",
    "StatutoryOffer",
    "Weighing",
    "Wrong",
    "best_placed",
    "check",
    "digest",
    "fewest_envied",
    "figures",
    "kept",
    "price_of_stability",
    "replay",
    "result_bytes",
    "selection_from",
    "stable",
    "wrong_with",
]
