"""Which visiting rules a visit can answer and set going: worked out from where the child lives at that moment."""

from __future__ import annotations

from rightplace.domain.practice.entries.assessment import VisitMade
from rightplace.domain.practice.journey.journey import NO_TAGS, Journey
from rightplace.domain.practice.workdays import add_months


def visit_tags(journey: Journey, visit: VisitMade) -> frozenset[str]:
    """`seen`, `alone`, and the standing of the placement that the visiting regulations distinguish."""
    tags: set[str] = set()
    if visit.seen:
        tags.add("seen")
        if visit.alone:
            tags.add("alone")
    if visit.statutory:
        tags.add("statutory")
    if journey.open_of("protection_plan"):
        tags.add("protection_plan")
    if journey.open_of("cin_plan"):
        tags.add("cin_plan")
    if journey.placement:
        tags |= placement_tags(journey)
    return frozenset(tags) if tags else NO_TAGS


def placement_tags(journey: Journey) -> set[str]:
    """The standing of the current placement: its terms, its first year, before or after the first review."""
    placement = journey.processes[journey.placement]
    care = journey.open_of("care")
    tags = {"placed", *placement.terms}
    tags.add("first_year" if journey.day < add_months(placement.day, 12) else "after_first_year")
    reviewed = bool(care) and care[0].reviews > 0
    tags.add("after_first_review" if reviewed else "before_first_review")
    return tags
