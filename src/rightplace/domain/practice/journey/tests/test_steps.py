"""Promise 1 over steps up and down: at every instant of a random history exactly one team answers.

A step is said by the team that has the child, offered in the same moment, and taken, sent back or taken back; nothing
but an acceptance moves the child.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries import caseflow as said
from rightplace.domain.practice.entries import familysupport as help_given
from rightplace.domain.practice.entries.base import Body
from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.domain.practice.journey import Journey, fold
from rightplace.domain.practice.workdays import MINUTE, day_of, start_of_day

DOOR, HELP, ASSESS = 1, 2, 3
BEGAN = start_of_day(739_000)
ANSWERS = ("accept", "accept", "accept", "send back", "take back", "nothing")


class Telling:
    """A file in which time goes on with each entry."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def say(self, body: Body, team: int) -> int:
        number = len(self.entries) + 1
        at = BEGAN + number * 30 * MINUTE
        self.entries.append(
            Entry(1, number, number, body.number, body.version, day_of(at), at, at, 50 + team, 1, team, 0, 0, 0,
                  body.named(), body)
        )  # fmt: skip
        return number


def told(answers: list[str]) -> tuple[Journey, list[int], list[tuple[int, int]]]:
    """A history of steps, the team that must answer after each entry, and who accepted when."""
    telling, has = Telling(), HELP
    contact = telling.say(ContactReceived(team=DOOR, source="2A", channel="online", saw="Often late"), DOOR)
    offer = telling.say(said.TeamOffered(team=HELP, for_what="family support", because_of=contact), DOOR)
    wanted = [DOOR, DOOR]
    telling.say(said.TeamAccepted(offer=offer), HELP)
    wanted.append(HELP)
    moves = [(telling.entries[-1].at or 0, HELP)]
    for answer in answers:
        other = ASSESS if has == HELP else HELP
        kind = said.SteppedUp if has == HELP else said.SteppedDown
        to_part = "assessment" if has == HELP else "family support"
        step = telling.say(
            kind(from_part="x", to_part=to_part, reasons="It changed", spoke=("one", "other"), agreed="Yes",
                 spoke_on=date(2024, 3, 4)), has,
        )  # fmt: skip
        offer = telling.say(
            said.TeamOffered(team=other, for_what=to_part, reasons="So", because_of=step), has
        )
        wanted += [has, has]
        if answer == "accept":
            telling.say(said.TeamAccepted(offer=offer), other)
            has = other
            moves.append((telling.entries[-1].at or 0, has))
            wanted.append(has)
            if has == HELP:
                telling.say(help_given.FamilySupportBegan(lead=5), HELP)
                wanted.append(HELP)
        elif answer == "send back":
            telling.say(said.TeamSentBack(offer=offer, reasons="Not yet", instead="Wait"), other)
            wanted.append(has)
        elif answer == "take back":
            telling.say(said.OfferWithdrawn(offer=offer, reasons="It changed"), has)
            wanted.append(has)
    return fold(telling.entries), wanted, moves


@given(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_exactly_one_team_answers_at_every_instant_of_a_history_of_steps(answers):
    journey, wanted, moves = told(answers)
    for place, team in enumerate(wanted, 1):
        at = BEGAN + place * 30 * MINUTE
        for instant in (at, at + MINUTE, at + 29 * MINUTE):
            state = journey.state_at(instant)
            assert (state.open, state.team) == (True, team)
    changed = [s for n, s in enumerate(journey.states) if n == 0 or journey.states[n - 1].team != s.team]
    assert [(s.begins, s.team) for s in changed if s.begins > BEGAN + 30 * MINUTE] == moves


def test_the_histories_come_past_every_answer_and_go_down_as_well_as_up():
    met: Counter[str] = Counter()

    @given(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=8))
    @settings(max_examples=150, deadline=None, database=None)
    def count(answers: list[str]) -> None:
        _, _, moves = told(answers)
        met.update(answers)
        met["back down"] += len(moves) > 2

    count()
    assert all(met[name] > 10 for name in (*ANSWERS, "back down")), met


def test_an_accepted_step_down_awaits_the_familys_agreement():
    journey, _, _ = told(["accept"])
    assert journey.now.team == ASSESS
    telling = Telling()
    contact = telling.say(ContactReceived(team=ASSESS, source="2A", channel="online", saw="x"), ASSESS)
    step = telling.say(
        said.SteppedDown(from_part="assessment", to_part="family support", reasons="Safe"), ASSESS
    )
    offer = telling.say(said.TeamOffered(team=HELP, for_what="family support", because_of=step), ASSESS)
    assert "family_support" not in fold(telling.entries).now.processes, contact
    telling.say(said.TeamAccepted(offer=offer), HELP)
    assert "family_support" in fold(telling.entries).now.processes
