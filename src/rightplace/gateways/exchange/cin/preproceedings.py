"""Pre-proceedings and family group decision making to entries, from the census of 2026/27 on."""

from datetime import date

from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.domain.practice.entries.protection import (
    CourtApplied,
    FamilyMeetingAnswered,
    PreProceedingsBegan,
    PreProceedingsEnded,
)
from rightplace.gateways.exchange.cin.children import PreProceedings
from rightplace.gateways.exchange.cin.telling import Tale, Told

UNDATED = "The census does not say when."


def first_date(of: PreProceedings) -> date | None:
    """The first date that it gives; the census lets the beginning be left out."""
    days = (
        of.start,
        of.letter_sent,
        of.first_meeting,
        of.step_decision,
        of.court_application,
        of.letter_initiating,
    )
    return of.start or min((day for day in days if day), default=None)


def tell(tale: Tale, each: PreProceedings) -> None:
    """The beginning, the family meeting, the court and the end. Without any date there is nowhere to put it."""
    first = first_date(each)
    if first is None:
        return
    began = tale.begin(PreProceedingsBegan(letter_sent=each.letter_sent), first)
    if each.meeting_held or each.meeting_offered:
        state = "held" if each.meeting_held else "offered"
        body = FamilyMeetingAnswered(state=state, reasons=UNDATED, preproceedings=began.id)
        tale.part(began, body, each.letter_sent or first)
    if each.court_application:
        tale.part(began, CourtApplied(), each.court_application)
    if each.outcome or each.step_decision:
        body_ended = PreProceedingsEnded(preproceedings=began.id, outcome=each.outcome)
        tale.part(began, body_ended, each.step_decision or each.court_application or first)
    _rest(tale, began, each, first)


def _rest(tale: Tale, began: Told, each: PreProceedings, first: date) -> None:
    """What has no entry of its own, in words, so that nothing of the return is lost."""
    said = []
    if each.meeting_offered is False:
        said.append("A family group meeting was not offered.")
    if each.first_meeting:
        said.append(f"First pre-proceedings meeting on {each.first_meeting:%d.%m.%Y}.")
    if each.review_meetings is not None:
        said.append(f"Review meetings: {each.review_meetings}.")
    if each.letter_initiating:
        said.append(f"Letter on care proceedings on {each.letter_initiating:%d.%m.%Y}.")
    if said:
        note = NoteWritten(text=" ".join(said), purpose="CIN census")
        tale.part(began, note, first, "pre-proceedings")
