"""A reorganisation's law, order and accounting, as rules in packs and functions of their arguments.

Who gets which post is in `domain/matching`; programmes, letters and pages are in `services/restructure`.
"""

from rightplace.domain.restructuring.appealing import Appeal, Step, partial, steps
from rightplace.domain.restructuring.consultation import Clock, Clocks, Consultation, clocks
from rightplace.domain.restructuring.equality import GroupLine, Impact, Outcome, Rate, impact
from rightplace.domain.restructuring.lineage import (
    Became,
    BeforeAndAfter,
    Lineage,
    Link,
    Totals,
    Unit,
    became,
    before_and_after,
    came,
    unaccounted,
)
from rightplace.domain.restructuring.notifying import (
    AdvanceNotice,
    AgencyWork,
    Description,
    Programme,
    Section188Statement,
    advance_notice,
    section_188_statement,
)
from rightplace.domain.restructuring.protecting import (
    Absence,
    NotATrial,
    Protection,
    Trial,
    notice_weeks,
    protection,
    trial,
)
from rightplace.domain.restructuring.rules import DatedRule, load_rules, rule_for, shipped_rules
from rightplace.domain.restructuring.scoring import Criterion, Mark, Moderated, Scored, Spread, scored
from rightplace.domain.restructuring.stages import (
    Evidence,
    Missing,
    Stage,
    load_stages,
    may_begin,
    missing_before,
    shipped_stages,
)

__all__ = [
    "Absence",
    "AdvanceNotice",
    "AgencyWork",
    "Appeal",
    "Became",
    "BeforeAndAfter",
    "Clock",
    "Clocks",
    "Consultation",
    "Criterion",
    "DatedRule",
    "Description",
    "Evidence",
    "GroupLine",
    "Impact",
    "Lineage",
    "Link",
    "Mark",
    "Missing",
    "Moderated",
    "NotATrial",
    "Outcome",
    "Programme",
    "Protection",
    "Rate",
    "Scored",
    "Section188Statement",
    "Spread",
    "Stage",
    "Step",
    "Totals",
    "Trial",
    "Unit",
    "advance_notice",
    "became",
    "before_and_after",
    "came",
    "clocks",
    "impact",
    "load_rules",
    "load_stages",
    "may_begin",
    "missing_before",
    "notice_weeks",
    "partial",
    "protection",
    "rule_for",
    "scored",
    "section_188_statement",
    "shipped_rules",
    "shipped_stages",
    "steps",
    "trial",
    "unaccounted",
]
