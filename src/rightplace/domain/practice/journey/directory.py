"""Reducers of asking a provider for a place for a child."""

from __future__ import annotations

from rightplace.domain.practice.entries import directory as said
from rightplace.domain.practice.entries.base import Entry
from rightplace.domain.practice.entries.directory import Answer
from rightplace.domain.practice.journey.journey import Journey, reads

OVER = {Answer.DECLINED, Answer.WITHDRAWN, Answer.ENDED}


@reads(said.ServiceRequested)
def service_requested(journey: Journey, entry: Entry, body: said.ServiceRequested) -> None:
    if not body.agreed_by.strip():
        journey.breach("family_has_not_agreed")
    journey.event("service.requested", entry.id)
    journey.happen("service.requested", entry.id)


@reads(said.ServiceAnswered)
def service_answered(journey: Journey, entry: Entry, body: said.ServiceAnswered) -> None:
    """Opening it is no answer; what has ended is not answered again, and only a place that was given can be given back."""
    if body.answer is Answer.READ:
        journey.event("service.read", body.request)
        return
    before = _answer_before(journey, body.request)
    if before is None:
        journey.breach("request_unknown")
    elif before in OVER or (before == Answer.ACCEPTED) is not (body.answer is Answer.ENDED):
        journey.breach("request_settled")
    if body.answer in OVER and not body.reasons.strip():
        journey.breach("reasons_missing")
    journey.event("service.answered", body.request, frozenset({str(body.answer)}))
    journey.happen("service.answered", body.request, str(body.answer))


def _answer_before(journey: Journey, request: int) -> str | None:
    """The last answer to a request; empty when nobody has answered, None when nobody has asked."""
    asked = False
    for event in reversed(journey.events):
        if event.about == request and event.name == "service.answered":
            return next(iter(event.tags))
        asked = asked or (event.about == request and event.name == "service.requested")
    return "" if asked else None
