"""Assessment: begun, visited, authorised by a manager; then closed, stepped down, or a child in need plan."""

from __future__ import annotations

from datetime import date

from rightplace.demo.city import needs, opening, particulars, protecting, visits
from rightplace.demo.city.case import Case
from rightplace.demo.city.house import Hand
from rightplace.demo.city.times import MINUTE, day_of, in_the_day, in_the_office, workday
from rightplace.demo.simulated.courses import Stay
from rightplace.domain.practice.entries.assessment import AssessmentAuthorised, AssessmentBegan
from rightplace.domain.practice.entries.contact import ReferralAccepted
from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.domain.simulation.names import ENQUIRY

LEFT_OUT = 0.13
"""Share of brothers and sisters who are closed when the assessment finds that only the other is in need."""


def refer(case: Case, at: int, by: Hand) -> None:
    """A request for services that does not come through a contact: from family support, stepped up."""
    need = needs.primary_need(case.need, case.rng)
    body = ReferralAccepted(source="5D", primary_need=need, team=case.place.id)
    case.say(at, lambda child: body, by, ref="referral")


def assessment(
    case: Case, stay: Stay, referred: int, accepted: int, *, in_need: bool, talked: bool = False
) -> int:
    """An assessment to its end; returns when it was authorised. With an enquiry, it ends as the enquiry does."""
    rng = case.rng
    if stay.stage == ENQUIRY:
        protecting.enquire(case, stay, accepted)
    elif talked:
        protecting.talk(case, accepted, enquiry=False)
    allocated = case.take_up(stay, accepted)
    began = in_the_office(max(allocated, accepted), rng.randint(10, 200))
    case.run(began)
    opening.meet_the_family(case.scene, case.children, began, case.hand(began))
    review = date.fromordinal(workday(day_of(began), 10))
    case.say(
        began,
        lambda child: AssessmentBegan(referral=child.refs["referral"], review_by=review),
        case.hand(began),
        ref="assessment",
    )
    particulars.begin(case, began)
    first = in_the_day(rng, workday(day_of(referred), rng.choice((1, 2, 2, 3, 4, 5, 5, 7, 9))))
    visits.coming(case, stay, max(first, began + 15 * MINUTE), 10, working=True)
    case.habits(began)
    case.childhood()
    opening.births(case)
    ready = case_ready(case, began)
    end = max(ready + 40 * MINUTE if stay.stage == ENQUIRY else max(stay.until, ready), began + 90 * MINUTE)
    case.run(end)
    authorise(case, end, in_need=in_need, some=not stay.conference, late=day_of(end) - day_of(referred) > 64)
    return end


def case_ready(case: Case, began: int) -> int:
    """Nothing is authorised before the enquiry has ended."""
    return max((child.refs.get("enquiry_ends", 0) for child in case.children), default=began)


def authorise(case: Case, at: int, *, in_need: bool, some: bool, late: bool) -> None:
    """A manager who did not write it authorises the assessment of each child."""
    rng = case.rng
    writer = case.worker.worker if case.worker else 0
    manager = case.manager(at)
    not_in_need = [c for c in case.children[1:] if in_need and some and rng.random() < LEFT_OUT]
    for child in case.children:
        needs_help = in_need and child not in not_in_need
        outcome = "in need" if needs_help else "not in need"
        summary = child.words.draw("assessment.summary", rng, ("need", case.need))
        if summary:
            note = NoteWritten(text=summary, purpose="assessment summary")
            case.scene.pen.say(child.file, note, at - 3 * MINUTE, case.hand(at), concern=case.concern)
        body = AssessmentAuthorised(
            assessment=child.refs["assessment"], written_by=writer if writer != manager.worker else 0,
            factors=needs.factors_of(case.need, rng) if needs_help or rng.random() < 0.6 else ("21",), outcome=outcome,
            in_need=needs_help, reasons=child.words.draw("assessment.reasons", rng, ("outcome", outcome)),
            over_time_reasons=child.words.draw("assessment.late", rng) if late else "",
        )  # fmt: skip
        case.scene.pen.say(child.file, body, at, manager, concern=case.concern)
    case.mark("assessing", on=False)
    if not_in_need:
        closed = in_the_office(at, rng.randint(20, 600))
        case.run(closed)
        case.close(closed, [c for c in not_in_need if c in case.children], "assessment", "RC8")
