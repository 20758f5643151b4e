"""Moves of a random history in early help, steps, assessments, strategy discussions, places and schools' questions."""

from __future__ import annotations

from datetime import date

from rightplace.domain.practice.entries import Body, caseflow, directory, questions, signals
from rightplace.domain.practice.entries import assessment as work
from rightplace.domain.practice.entries import familysupport as early
from rightplace.domain.practice.entries import protection as harm
from rightplace.domain.practice.journey.tests.moves_of_teams import team_accepted
from rightplace.domain.practice.journey.tests.teller import (
    FRONT_DOOR,
    TEAMS,
    Said,
    Teller,
    manager_of,
    worker_of,
)
from rightplace.domain.practice.workdays import HOUR, day_of

PARTS = ("assessment", "family support", "child in need")
ANSWERS = tuple(directory.Answer)


def signal_taken_up(t: Teller, how: int) -> list[Said]:
    """A worker takes up what a partner noticed, and asks the own manager, or another team, or nobody."""
    team = TEAMS[how % 3]
    if how % 4 == 0:
        t.team = team
    noticed = date.fromordinal(day_of(t.now))
    body = signals.SignalTakenUp(
        told=("Away from school",), kinds=("school.attendance",), first_noticed=noticed, last_noticed=noticed,
        reasons="Nobody has asked them" if how % 21 else "",
    )  # fmt: skip
    t.begin("taken up")
    t.begin("family_support")
    said = [Said(body, team, worker_of(team))]
    return said if how % 9 == 0 else [*said, _asked(t, team if how % 7 else TEAMS[(how + 1) % 3], team)]


def _asked(t: Teller, team: int, by: int) -> Said:
    """An offer in the same write, because of the entry before it."""
    because = t.next_id()
    t.begin("offer", 1)
    t.offer = (t.open["offer"][-1], team)
    body = caseflow.TeamOffered(team=team, for_what="family support team", because_of=because)
    return Said(body, by, worker_of(by))


def signal_becomes_help(t: Teller, how: int) -> list[Said]:
    """Taken up, and the team's manager says yes."""
    _tell(t, signal_taken_up(t, how | 1))
    return team_accepted(t, how) if how % 6 else []


def stepped(t: Teller, how: int) -> list[Said]:
    """Up or down: decided and offered onward in one write, with what was agreed in the conversation."""
    cls = caseflow.SteppedUp if how % 2 else caseflow.SteppedDown
    body = cls(
        from_part=PARTS[how % 3], to_part=PARTS[(how + 1) % 3] if how % 4 else "family support", reasons="It changed",
        spoke=("The other manager",), agreed="We go together", carried=("Quiet mornings",),
    )  # fmt: skip
    said = [Said(body, t.team, manager_of(t.team))]
    if how % 8 == 0:
        return said
    others = [team for team in TEAMS if team != t.team]
    return [*said, _asked(t, others[how % len(others)], t.team)]


def stepped_and_accepted(t: Teller, how: int) -> list[Said]:
    """A step is a hand-over: the other team accepts."""
    _tell(t, stepped(t, how | 2))
    return team_accepted(t, how)


def _tell(t: Teller, said: list[Said]) -> None:
    t.writes.append(tuple(t.sign(one) for one in said))
    t.now += HOUR


def help_goes_on(t: Teller, how: int) -> list[Said]:
    """What a worker of early help writes of the work, once it has begun."""
    support = t.one("family_support", how)
    if not support:
        return []
    bodies: tuple[Body, ...] = (
        early.WholeFamilyAssessed(support=support, summary="Mornings are hard"),
        early.FamilyPlanMade(support=support, goals=(early.Goal(number=1, want="Quiet mornings"),)),
        early.FamilyPlanReviewed(support=support, goes_on="the plan goes on"),
        early.FamilyAnswered(
            support=support,
            agreement=early.Agreement(
                who="The mother", answer="agrees" if how % 3 else "took the agreement back"
            ),
        ),
        early.LeadNamed(support=support, worker=t.worker),
        early.FamilyTeamJoined(support=support, name="A teacher", agency=5, basis="public task"),
        early.FamilyTeamMet(support=support, came=("The mother",)),
        early.GoalActed(support=support, goal=1, done=how % 2 == 0),
    )
    return [Said(bodies[how // 8 % len(bodies)], timed=how % 5 != 0)]


def assessment_written(t: Teller, how: int) -> list[Said]:
    assessment = t.one("assessment", how)
    t.open["written"] = [assessment, t.next_id()]
    body = work.AssessmentWritten(assessment=assessment, analysis="It is much", reasons="Nobody else cooks")
    return [Said(body, t.team, worker_of(t.team))] if assessment else []


def assessment_answered(t: Teller, how: int) -> list[Said]:
    """Sent back, or authorised and so ended; one in eight by whoever wrote it."""
    assessment, written = t.open.get("written", (0, 0))
    if not assessment:
        return []
    by = manager_of(t.team) if how % 8 else worker_of(t.team)
    if how % 3 == 0:
        missing = work.AssessmentSentBack(
            assessment=assessment, written=written, what_is_missing="What he says"
        )
        return [Said(missing, t.team, by)]
    authorised = work.AssessmentAuthorised(
        assessment=assessment, written=written, written_by=worker_of(t.team), reasons="I agree"
    )
    return [Said(authorised, t.team, by)]


def strategy_called(t: Teller, how: int) -> list[Said]:
    t.begin("strategy_called")
    return [Said(harm.StrategyDecided(reasons="Harm is likely", called=(5, 6) if how % 3 else ()))]


def strategy_goes_on(t: Teller, how: int) -> list[Said]:
    """An agency answers, or all meet, with the quorum or without it; or something agreed is done."""
    strategy = t.one("strategy_called", how)
    if not strategy:
        return []
    if how % 4 == 0:
        return [Said(harm.StrategyAnswered(strategy=strategy, agency=5, answer="comes"))]
    if how % 4 == 1 and t.open.get("held"):
        return [Said(harm.StrategyActionDone(held=t.one("held", how), place=0))]
    t.begin("held")
    there = harm.QUORUM if how % 5 else harm.QUORUM[:2]
    attended = tuple(harm.Attended(agency=place, kind=kind, who="A") for place, kind in enumerate(there))
    body = harm.StrategyHeld(strategy=strategy, attended=attended, begins_enquiry=how % 7 == 0)
    return [Said(body)]


def place_asked(t: Teller, how: int) -> list[Said]:
    t.begin("place")
    body = directory.ServiceRequested(
        service=3, agency=7, need="Somebody to talk to", sent="The name", basis="public task", purpose="help",
        agreed_by="The mother" if how % 9 else "",
    )  # fmt: skip
    return [Said(body)]


def place_answered(t: Teller, how: int) -> list[Said]:
    request = t.one("place", how)
    answer = ANSWERS[how % len(ANSWERS)]
    body = directory.ServiceAnswered(
        request=request, answer=answer, reasons="Full" if answer in ("declined", "withdrawn", "ended") else ""
    )
    return [Said(body, author=900)] if request else []


def school_asks(t: Teller, how: int) -> list[Said]:
    """A question of a school in the file of a child does nothing to the child."""
    question = t.one("question", how)
    if how % 3 == 0 or not question:
        t.begin("question")
        asked = questions.SchoolAsked(
            school=1, team=TEAMS[0], link=201, topic=questions.Topic.PUPIL, question="May we ring?"
        )
        return [Said(asked, FRONT_DOOR, 901)]
    if how % 3 == 1:
        return [Said(questions.SchoolQuestionRead(question=question))]
    nothing = questions.ComesNext.NOTHING
    return [Said(questions.SchoolAnswered(question=question, answer="Yes", comes_next=nothing))]
