"""What the front door's decisions do to a child who is, or is not, at the front door."""

from datetime import date

from rightplace.domain.practice.entries.assessment import AssessmentAuthorised, AssessmentBegan, VisitMade
from rightplace.domain.practice.entries.caseflow import TeamOffered
from rightplace.domain.practice.entries.contact import ContactReceived, ReferralAccepted, Route
from rightplace.domain.practice.journey.tests.telling import DOOR, SOUTH, File, codes


def test_a_second_contact_does_not_take_the_child_from_its_team():
    file = File().with_south()
    file.contact()
    assert file.journey().now.team == SOUTH


def test_no_further_action_on_one_contact_leaves_a_child_with_another_contact_open():
    file = File()
    first = file.contact()
    second = file.contact()
    file.decide(first, Route.NO_FURTHER_ACTION, "Known to be well")
    journey = file.journey()
    assert journey.now.open
    assert [p.id for p in journey.open_of("contact")] == [second.id]


def test_no_further_action_at_the_front_door_closes_the_child_and_guards_the_whole_file():
    file = File()
    contact = file.contact()
    file.decide(contact, Route.NO_FURTHER_ACTION, "Known to be well")
    journey = file.journey()
    assert not journey.now.open
    assert [closing.about for closing in journey.closings] == [0]


def test_the_front_door_cannot_close_a_child_whom_a_team_has_accepted():
    file = File().with_south()
    contact = file.later(3).contact()
    file.decide(contact, Route.NO_FURTHER_ACTION, "Seen at school")
    now = file.journey().now
    assert (now.open, now.team, now.processes) == (True, SOUTH, ("plan_pending",))


def test_no_further_action_does_not_close_a_child_whom_casework_opened_without_a_contact():
    file = File()
    file.say(AssessmentBegan(), team=SOUTH)
    contact = file.later(1).contact()
    authorised = AssessmentAuthorised(assessment=file.entries[0].id, written_by=22)
    file.say(authorised, team=SOUTH, author=21)
    file.decide(contact, Route.ADVICE, "Seen at home")
    assert file.journey().now.team == SOUTH


def test_no_further_action_is_refused_while_a_team_considers_the_child():
    file = File()
    contact = file.contact()
    file.say(TeamOffered(team=SOUTH, for_what="assessment"))
    file.decide(contact, Route.NO_FURTHER_ACTION, "Known to be well")
    assert "offer_pending" in codes(file.journey())


def test_what_a_contact_brought_goes_with_it_when_it_ends_in_no_further_action():
    file = File()
    contact = file.contact()
    file.say(ReferralAccepted(contact=contact.id))
    file.decide(contact, Route.NO_FURTHER_ACTION, "Known to be well")
    assert not file.journey().now.open


def test_a_referral_with_no_further_action_waits_for_no_team():
    file = File()
    contact = file.contact()
    file.say(ReferralAccepted(contact=contact.id, source="1A", no_further_action=True))
    journey = file.journey()
    assert journey.pending == ()
    assert "referral.no_further_action" in {h.name for h in journey.happenings}


def test_a_referral_on_the_same_date_a_year_on_is_again_even_over_a_leap_day():
    for first, again, expected in (
        (date(2023, 5, 1), date(2024, 5, 1), True),
        (date(2023, 5, 1), date(2024, 5, 2), False),
        (date(2022, 5, 1), date(2023, 5, 1), True),
        (date(2022, 5, 1), date(2023, 5, 2), False),
    ):
        file = File()
        file.on(first).say(ReferralAccepted())
        file.on(again).say(ReferralAccepted())
        found = [h.again for h in file.journey().happenings if h.name == "referral.accepted"]
        assert found == [False, expected], again


def test_an_assessment_that_names_no_referral_answers_the_last_one():
    file = File()
    contact = file.contact()
    referral = file.say(ReferralAccepted(contact=contact.id))
    file.decide(contact, Route.ASSESSMENT)
    file.hand_to_south()
    began = file.say(AssessmentBegan(), team=SOUTH, author=22)
    file.say(AssessmentAuthorised(assessment=began.id, written_by=22), team=SOUTH, author=21)
    about = {e.about for e in file.journey().events if e.name == "assessment.authorised"}
    assert about == {began.id, referral.id}


def test_a_contact_for_which_no_team_is_named_is_a_doubt():
    file = File()
    file.say(ContactReceived(team=0, source="1A", channel="form"), team=0)
    assert "nobody_answers" in codes(file.journey())


def test_a_concern_is_walked_by_the_same_rules_but_asks_nobody_to_have_seen_a_child():
    file = File()
    contact = file.contact()
    file.decide(contact, Route.NO_FURTHER_ACTION)
    assert "unseen_without_reason" not in codes(file.journey(concern=True))
    assert "unseen_without_reason" in codes(file.journey())


def test_a_contact_opens_the_child_with_the_front_door_and_a_visit_does_not():
    file = File()
    file.say(VisitMade(seen=True), team=SOUTH)
    assert not file.journey().now.open
    assert "fact_while_closed" in codes(file.journey())
    file.contact()
    assert file.journey().now.team == DOOR
