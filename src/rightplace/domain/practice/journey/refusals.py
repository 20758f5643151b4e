"""What a refused decision is told: why, what to do instead, and where the rule is written."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):
    """A decision that was not taken. Nothing was written and nothing typed is lost."""

    def __init__(self, because: str, instead: str, source: str = "") -> None:
        super().__init__(because)
        self.because = because
        self.instead = instead
        self.source = source


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentence for one breach."""

    because: str
    instead: str
    source: str


PROMISE_1 = "Promise 1: an open child has exactly one accountable team"
PROMISE_2 = "Promise 2: no child is closed with something left open"
PROMISE_6 = "Promise 6: a decision has an author and reasons, and nobody approves their own work"

WORDINGS: dict[str, Wording] = {
    "contact_unknown": Wording(
        "There is no such contact in this file.",
        "Open the contact from the inbox and decide it there.",
        PROMISE_1,
    ),
    "contact_decided_before": Wording(
        "This contact has already been decided.",
        "Read the decision; if it is wrong, correct it with your reasons.",
        PROMISE_6,
    ),
    "not_open": Wording(
        "Nobody answers for this child now, so there is nothing to hand over or close.",
        "Record a contact first: that opens the child's file at the front door.",
        PROMISE_1,
    ),
    "offer_pending": Wording(
        "The child is already offered to a team that has not answered.",
        "Wait for the answer, or withdraw the offer with your reasons.",
        PROMISE_1,
    ),
    "offer_to_own_team": Wording(
        "That team already answers for the child.",
        "Allocate a worker, or offer the child to another team.",
        PROMISE_1,
    ),
    "goes_to_head_of_service": Wording(
        "Two teams have sent this child back, so the head of service decides which team answers.",
        "It is on the head of service's desk; speak to them.",
        PROMISE_1,
    ),
    "no_such_offer": Wording(
        "There is no open offer of this child to that team.",
        "Look at the child's story: somebody may have answered.",
        PROMISE_1,
    ),
    "not_offered_to_you": Wording(
        "The child was offered to another team; only that team can answer.",
        "Ask the front door to offer the child to your team.",
        PROMISE_1,
    ),
    "own_offer": Wording(
        "You made this offer, so somebody else has to accept it.",
        "Ask another manager of the receiving team.",
        PROMISE_6,
    ),
    "not_your_team": Wording(
        "Another team answers for this child.",
        "Ask that team, or have the child offered to yours.",
        PROMISE_1,
    ),
    "duplicate_undecided": Wording(
        "This may be the same child as another one we know, and nobody has decided.",
        "Compare the two and say whether they are one child.",
        PROMISE_2,
    ),
    "unseen_without_reason": Wording(
        "Nobody has seen the child, and no reason is given.",
        "Have the child seen, or say why the child need not be seen.",
        PROMISE_2,
    ),
    "contact_undecided": Wording(
        "A contact about this child has not been decided.", "Decide the contact first.", PROMISE_2
    ),
    "guard_open": Wording(
        "Something that is due for this child is not done.",
        "Do it, or say why it is not required; then close.",
        PROMISE_2,
    ),
    "reasons_missing": Wording("A decision needs its reasons.", "Write why you decide so.", PROMISE_6),
    "capacity_is_no_reason": Wording(
        "A child is not closed because the team is full.",
        "Tell your manager that the team is full; that is an act of its own, with an answer due.",
        PROMISE_2,
    ),
    "own_work": Wording(
        "You wrote this, so somebody else has to approve it.",
        "Ask another manager to read and decide.",
        PROMISE_6,
    ),
    "assessment_waits": Wording(
        "This assessment is written and waits to be authorised.",
        "Wait until it is authorised or sent back; then it can be written again.",
        PROMISE_6,
    ),
    "assessment_not_written": Wording(
        "This is not the assessment as it stands now: it was written again, sent back or not written yet.",
        "Open the assessment again and read what is there now.",
        PROMISE_6,
    ),
    "strategy_called": Wording(
        "A strategy discussion about this child is called already.",
        "Open it: who was called and what they answered is there.",
        "",
    ),
    "no_quorum": Wording(
        "An enquiry cannot begin: children's services, police and health were not all there.",
        "Ring whoever was missing and go on with them, then record the discussion with all three; "
        "if the child is in danger now, the police can act at once.",
        "Working Together: a strategy discussion involves social care, the police and health at the least",
    ),
    "not_allowed_before": Wording(
        "Something has to happen first.",
        "Look at what is due for the child: the gate says what is missing.",
        "",
    ),
    "person_has_died": Wording("The child has died.", "Speak to the head of service.", ""),
    "link_needs_team": Wording(
        "Both files are open with a team, so linking must say which team answers.",
        "Name the team and the worker that continue.",
        PROMISE_1,
    ),
    "ended_before_begun": Wording(
        "That has not begun in this file, or has ended already.", "Look at the child's story.", PROMISE_6
    ),
    "family_has_not_agreed": Wording(
        "A place is asked for only when the family agrees.",
        "Talk with the family first, and write who agreed.",
        "Family support is by agreement; a provider is sent what the family knows of",
    ),
    "request_unknown": Wording(
        "There is no such request in this child’s file.", "Look at the places that were asked for.", PROMISE_6
    ),
    "request_settled": Wording(
        "This request has been answered, and that answer does not fit any more.",
        "Look at the request as it stands now; ask again if a place is still wanted.",
        PROMISE_6,
    ),
}


def refused(code: str, detail: str = "") -> Refused:
    """The refusal for a breach; the detail names what is open, never a person."""
    wording = WORDINGS[code]
    because = f"{wording.because} {detail}".strip()
    return Refused(because, wording.instead, wording.source)


def needs_reasons(reasons: str) -> None:
    """A decision has its reasons, whoever makes it (promise 6)."""
    if not reasons.strip():
        raise refused("reasons_missing")
