"""From entries by way of the fold: what a real file's entries set going, meet and guard."""

from datetime import date

from rightplace.domain.practice.entries import Body, Entry, caseflow, contact, identity
from rightplace.domain.practice.entries import assessment as said
from rightplace.domain.practice.entries.base import IMPORT_ROLE
from rightplace.domain.practice.entries.contact import Grade, Level, Route
from rightplace.domain.practice.journey import fold, judging
from rightplace.domain.practice.journey.journey import Journey
from rightplace.domain.practice.londontime import DAY, HOUR, MINUTE, day_of
from rightplace.domain.practice.timescales import rulebook, timescales
from rightplace.domain.practice.timescales.tests.histories import instant
from rightplace.domain.practice.timescales.wrongplace import AGAINST_LEVEL, BACK, NOT_IN_NEED, wrong_places

BOOK = rulebook()
DOOR, SOUTH = 1, 2
START = instant("2026-03-03", 10)


class File:
    """One invented child's file, entry by entry."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, body: Body, at: int, *, team: int = DOOR, author: int = 10, role: int = 1) -> int:
        number = 100 + len(self.entries)
        self.entries.append(
            Entry(
                1, len(self.entries) + 1, number, body.number, body.version, day_of(at), at, at, author, role, team,
                0, 0, 0, body.named(), body,
            )
        )  # fmt: skip
        return number

    def contact(
        self, at: int, *, route: Route | None = None, level: Level = Level.UNIVERSAL, told: bool = True
    ) -> int:
        """A school's contact, and its decision where a route is given."""
        number = self.add(contact.ContactReceived(team=DOOR, source="2A", channel="form"), at)
        self.add(contact.ContactRead(contact=number), at + 20 * MINUTE)
        self.add(contact.ContactScreened(contact=number, grade=Grade.AMBER), at + HOUR)
        if route is not None:
            decided = contact.ContactDecided(
                contact=number,
                level=level,
                indicators=(),
                route=route,
                reasons="x",
                alternatives="",
                unseen_reason="x",
            )
            self.add(decided, at + 2 * HOUR, author=11)
            if told:
                self.add(contact.ReferrerTold(contact=number, outcome="advice", text="x"), at + 2 * HOUR)
        return number

    @property
    def journey(self) -> Journey:
        return fold(self.entries)

    def standing(self, now: int) -> dict[str, str]:
        return {scale.rule: scale.standing(now) for scale in timescales(self.journey, BOOK)}

    def guards(self) -> list[str]:
        found = judging.breaches(self.journey, timescales(self.journey, BOOK))
        return sorted(breach.detail for breach in found if breach.code == "guard_open")


def test_a_contact_read_screened_decided_and_told_has_met_what_it_set_going() -> None:
    file = File()
    file.contact(START, route=Route.ADVICE)
    found = file.standing(START + DAY)
    assert found["REF-1"] == found["RAG-AMBER"] == "met"
    assert file.guards() == []


def test_a_contact_climbs_once_in_its_concern_and_not_again_for_each_child() -> None:
    """Promise 3."""
    file = File()
    file.contact(START)
    assert not any(rule.startswith("READ") for rule in file.standing(START + DAY))
    concern = timescales(fold(file.entries, concern=True), BOOK)
    found = {scale.rule: scale.standing(START + DAY) for scale in concern}
    assert (found["READ-WORKER"], found["READ-HEAD"], found["SCREEN"]) == ("met", "met", "met")


def test_a_contact_is_not_let_go_before_the_referrer_is_told() -> None:
    """Promise 2, and promise 3: what the sender is owed guards the closing."""
    file = File()
    file.contact(START, route=Route.NO_FURTHER_ACTION, told=False)
    assert file.guards() == ["REF-1"]


def test_a_contact_is_not_let_go_while_a_check_is_unanswered() -> None:
    file = File()
    number = file.contact(START)
    asked = contact.CheckAsked(
        contact=number, agency=5, question="x", grade=Grade.RED, basis="x", purpose="x", sent="x"
    )
    check = file.add(asked, START + 70 * MINUTE)
    decided = contact.ContactDecided(
        contact=number, level=Level.UNIVERSAL, indicators=(), route=Route.ADVICE, reasons="x", alternatives="",
        unseen_reason="x",
    )  # fmt: skip
    file.add(decided, START + 2 * HOUR, author=11)
    file.add(contact.ReferrerTold(contact=number, outcome="x", text="x"), START + 2 * HOUR)
    assert file.guards() == ["CHECK-RED"]
    file.add(contact.CheckAnswered(check=check, known="nothing"), START + 90 * MINUTE)
    assert file.guards() == []


def assessed(in_need: bool, *, imported: bool = False) -> File:
    """A referral of 3 March, assessed after forty days."""
    file, role = File(), IMPORT_ROLE if imported else 1
    if imported:
        taken = identity.ImportTaken(
            source="cin", authority="330", reference=date(2026, 3, 31), team=SOUTH,
            carried=("referral.accepted", "assessment.began", "assessment.authorised"),
        )  # fmt: skip
        file.add(taken, START, team=SOUTH, role=role)
    referral = file.add(contact.ReferralAccepted(source="2A", team=SOUTH), START, team=SOUTH, role=role)
    begun = file.add(said.AssessmentBegan(referral=referral), START + 2 * DAY, team=SOUTH, role=role)
    if not imported:
        authorised = said.AssessmentAuthorised(assessment=begun, written_by=12, in_need=in_need)
        file.add(authorised, START + 40 * DAY, team=SOUTH, author=13)
    return file


def test_an_assessment_meets_the_clock_of_its_referral() -> None:
    file = assessed(in_need=True)
    (scale,) = [scale for scale in timescales(file.journey, BOOK) if scale.rule == "ASM-1"]
    assert scale.met == START + 40 * DAY
    assert scale.due_statistics is not None and scale.due is not None and scale.due_statistics > scale.due


def test_a_child_of_a_return_is_not_late_on_what_the_return_does_not_carry() -> None:
    """Promise 4."""
    found = assessed(in_need=True, imported=True).standing(instant("2028-01-01"))
    assert found["ASM-1"] == "not known", "it was due after the date of the return"
    assert found["SEEN"] == "not known", "the return carries no visits"
    assert "late" not in found.values()


def test_a_closing_waits_for_the_assessment() -> None:
    file = assessed(in_need=True, imported=False)
    file.entries.pop()
    file.add(caseflow.CaseClosed(reasons="x", unseen_reason="x"), START + 50 * DAY, team=SOUTH, author=13)
    assert file.guards() == ["ASM-1"]


# the wrong place ------------------------------------------------------------------------------------------


def wrong(file: File) -> list[tuple[str, int]]:
    return [(found.outcome, found.entry) for found in wrong_places(file.journey)]


def test_no_further_action_and_back_within_ninety_days_is_the_wrong_place() -> None:
    for days, outcome in ((90, [BACK]), (91, [])):
        file = File()
        file.contact(START, route=Route.NO_FURTHER_ACTION)
        file.contact(START + days * DAY, route=Route.ASSESSMENT, level=Level.COMPLEX)
        assert [found for found, _ in wrong(file)] == outcome, days
        if outcome:
            (happening,) = wrong_places(file.journey)
            assert (happening.name, happening.at, happening.entry) == ("wrong_place", START + 2 * HOUR, 103)


def test_another_contact_that_needs_nothing_is_not_a_coming_back() -> None:
    file = File()
    file.contact(START, route=Route.NO_FURTHER_ACTION)
    file.contact(START + 10 * DAY, route=Route.NO_FURTHER_ACTION)
    assert wrong(file) == []


def test_assessed_and_not_in_need_is_the_wrong_place() -> None:
    assert [outcome for outcome, _ in wrong(assessed(in_need=False))] == [NOT_IN_NEED]
    assert wrong(assessed(in_need=True)) == []


def test_a_route_against_the_level_that_was_decided_is_the_wrong_place() -> None:
    file = File()
    file.contact(START, route=Route.ADVICE, level=Level.COMPLEX)
    assert [outcome for outcome, _ in wrong(file)] == [AGAINST_LEVEL]
    file = File()
    file.contact(START, route=Route.ASSESSMENT, level=Level.COMPLEX)
    assert wrong(file) == []


def test_one_decision_is_told_once_whatever_speaks_against_it() -> None:
    file = File()
    file.contact(START, route=Route.NO_FURTHER_ACTION, level=Level.COMPLEX)
    file.contact(START + 5 * DAY, route=Route.ASSESSMENT, level=Level.COMPLEX)
    assert [outcome for outcome, _ in wrong(file)] == [BACK]
