"""A strategy discussion is called, answered, held with its quorum, and what was agreed is done or climbs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404

from rightplace.domain.practice.entries.protection import (
    QUORUM,
    Attended,
    EnquiryBegan,
    StrategyAnswered,
    StrategyHeld,
)
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access import reach
from rightplace.foundation.access.rls import folding
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import actions as journal
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.folding import fold_person
from rightplace.foundation.journal.projections import Doubt, Span, Timescale
from rightplace.foundation.organisation import clock
from rightplace.services.protection import actions, queries
from rightplace.services.protection.projections import OWN, Action, Called, Strategy
from rightplace.services.protection.tests.discussed import (
    SENT,
    again,
    answered,
    call_of,
    called,
    held,
    minutes_of,
    there,
    with_the_team,
)
from rightplace.testing.organisation import MORNING, sign_in, small_city
from tests.scene import without_tokens

pytestmark = pytest.mark.django_db
CANARY = "Zqstrategyvexillum"


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


def bodies(city, row, kind):
    told = queries.entries_told(city.assessment_manager.actor, [row.file])
    return [entry.body for entry in told if isinstance(entry.body, kind)]


def processes_of(file):
    rows = Span.objects.filter(person=file, begins__lte=clock.now()).order_by("-begins")
    return rows.first().processes


# calling ---------------------------------------------------------------------------------------------------------------


def test_brothers_and_sisters_are_spoken_of_in_one_discussion(city):
    rows = called(city)
    assert len(rows) == 2
    assert {row.agencies for row in rows} == {2}
    assert Called.objects.filter(number=rows[0].number).count() == 4


def test_it_is_due_by_the_local_rule_and_met_when_it_is_held(city):
    rows = called(city)
    scale = Timescale.objects.get(person=rows[0].person, rule="STRATEGY")
    assert rows[0].due == scale.due
    assert scale.due.date() <= (MORNING + timedelta(days=1)).date()
    actions.hold_strategy(rows=rows, minutes=minutes_of(city), by=city.social_worker.actor)
    assert Timescale.objects.get(person=rows[0].person, rule="STRATEGY").met is not None


@pytest.mark.parametrize("field", ["basis", "purpose", "sent"])
def test_what_the_agencies_are_sent_has_its_basis_and_purpose(city, field):
    """Promise 7: each sharing records basis, purpose and what was sent."""
    files = with_the_team(city)
    with pytest.raises(Refused, match="basis, its purpose"):
        actions.call_strategy(files=files, call=call_of(city, **{field: " "}), by=city.social_worker.actor)


def test_a_second_discussion_is_not_called_while_one_is_to_be_held(city):
    rows = called(city)
    with pytest.raises(Refused, match="called already"):
        actions.call_strategy(files=[rows[0].file], call=call_of(city), by=city.social_worker.actor)


def test_another_team_does_not_call_one_and_the_front_door_does(city):
    files = with_the_team(city)
    call = call_of(city)
    with pytest.raises(Refused, match="Another team"):
        actions.call_strategy(files=files, call=call, by=city.other_assessment_manager.actor)
    assert actions.call_strategy(files=files, call=call, by=city.front_door_worker.actor).entries


# answering -------------------------------------------------------------------------------------------------------------


def test_what_an_agency_says_is_kept_in_each_childs_file_with_basis_and_purpose(city):
    """Promise 7: what a partner says carries basis and purpose."""
    rows = called(city)
    answered(rows, city.police)
    for row in rows:
        (said,) = bodies(city, row, StrategyAnswered)
        assert (said.agency, said.basis, said.purpose) == (
            city.police.team.agency_id, "public task", "To decide together",
        )  # fmt: skip
    assert Called.objects.get(strategy=rows[0].id, agency=city.police.team.agency_id).answer == "coming"


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({"basis": ""}, "basis, its purpose"),
        ({"purpose": " "}, "basis, its purpose"),
        ({"who": ""}, "Nobody is named"),
        ({"known": "refused", "knows": ""}, "refusal to share says why"),
        ({"answer": "not coming", "known": "at the meeting", "knows": ""}, "Nobody comes"),
    ],
)
def test_an_answer_that_says_too_little_is_refused(city, said, because):
    rows = called(city)
    with pytest.raises(Refused, match=because):
        answered(rows, city.police, **said)
    assert Called.objects.filter(number=rows[0].number, answered__isnull=False).count() == 0


def test_an_agency_answers_for_itself_only(city):
    rows = called(city)
    of_the_police = list(Called.objects.filter(number=rows[0].number, agency=city.police.team.agency_id))
    with pytest.raises(Http404):
        actions.answer_call(
            rows=of_the_police,
            answer=StrategyAnswered(strategy=0, agency=0, answer="coming", who="Somebody"),
            by=city.health.actor,
        )


# the quorum ------------------------------------------------------------------------------------------------------------


def test_with_all_three_an_enquiry_begins_for_the_child_it_is_decided_for(city):
    rows = called(city)
    actions.hold_strategy(rows=rows, minutes=minutes_of(city, rows[0].file), by=city.social_worker.actor)
    first, second = again(rows)
    assert (first.enquiry, second.enquiry, first.missing) == (True, False, "")
    assert "section47" in processes_of(first.file)
    assert "section47" not in processes_of(second.file)
    (began,) = bodies(city, first, EnquiryBegan)
    assert began.strategy == first.held_entry
    assert Timescale.objects.get(person=first.person, rule="ICPC-1").due.date() == began.conference_target


@pytest.mark.parametrize("kind", ["police", "health"])
def test_an_enquiry_does_not_begin_without_police_or_health(city, kind):
    """The journal refuses it, whoever writes it; what to do instead is said."""
    rows = called(city)
    came = there(city.social_worker, city.health if kind == "police" else city.police)
    minutes = minutes_of(city, rows[0].file, attended=came, without_quorum="They were called out.")
    with pytest.raises(Refused, match="cannot begin") as refused:
        actions.hold_strategy(rows=rows, minutes=minutes, by=city.social_worker.actor)
    assert "Ring whoever was missing" in refused.value.instead
    assert again(rows)[0].held is None


def test_held_without_the_quorum_it_is_a_fact_in_doubt_with_its_reason(city):
    rows = called(city)
    came = there(city.social_worker, city.police)
    with pytest.raises(Refused, match="nobody says why"):
        actions.hold_strategy(rows=rows, minutes=minutes_of(city, attended=came), by=city.social_worker.actor)
    minutes = minutes_of(city, attended=came, without_quorum="Health did not answer.")
    actions.hold_strategy(rows=rows, minutes=minutes, by=city.social_worker.actor)
    assert again(rows)[0].missing == "health"
    assert Doubt.objects.get(person=rows[0].person, code="held_without_quorum").detail == "health"


def test_a_return_that_does_not_say_who_was_there_is_not_in_doubt():
    assert StrategyHeld(agencies=("police",), begins_enquiry=True).missing == ()
    own = Attended(agency=1, kind="authority", who="Somebody")
    assert StrategyHeld(attended=(own,)).missing == QUORUM[1:]


def test_it_is_held_once(city):
    rows = held(city)
    with pytest.raises(Refused, match="has ended already"):
        actions.hold_strategy(rows=rows, minutes=minutes_of(city), by=city.social_worker.actor)


def test_a_decision_has_its_reasons(city):
    """Promise 6."""
    rows = called(city)
    with pytest.raises(Refused, match="needs its reasons"):
        actions.hold_strategy(rows=rows, minutes=minutes_of(city, reasons=" "), by=city.social_worker.actor)


# what was agreed -------------------------------------------------------------------------------------------------------


def test_what_nobody_does_climbs_to_the_manager_and_then_to_the_head_of_service(city):
    """Promise 3: as everything unread does."""
    rows = held(city)
    police = Action.objects.get(held=rows[0].held_entry, place=0)

    def sees(who):
        return police.id in {row.id for row in queries.late_actions(who.actor)}

    assert not sees(city.assessment_manager)
    with clock.clock_at(police.to_manager + timedelta(minutes=1)):
        assert sees(city.assessment_manager)
        assert not sees(city.head_of_service)
        assert not sees(city.other_assessment_manager)
    with clock.clock_at(police.to_head + timedelta(minutes=1)):
        assert sees(city.head_of_service)
        own = list(Action.objects.filter(number=rows[0].number, place=0))
        actions.say_done(rows=own, note="Nothing else in the log.", by=city.police.actor)
        assert not sees(city.head_of_service)
        assert not sees(city.assessment_manager)


def test_a_workers_own_action_is_on_the_workers_desk_at_once(city):
    rows = held(city)
    own = list(queries.late_actions(city.social_worker.actor))
    assert {row.place for row in own} == {1}
    actions.say_done(rows=own, by=city.social_worker.actor)
    assert list(queries.late_actions(city.social_worker.actor)) == []
    assert Action.objects.filter(number=rows[0].number, done__isnull=True, place=1).count() == 0


def test_nobody_says_done_of_what_is_not_theirs(city):
    rows = held(city)
    of_the_police = list(Action.objects.filter(number=rows[0].number, place=0))
    for somebody in (city.health, city.family_support_worker):
        with pytest.raises(Http404):
            actions.say_done(rows=of_the_police, by=somebody.actor)


# who sees what ---------------------------------------------------------------------------------------------------------


def test_an_agency_that_was_not_called_gets_what_there_is_for_nothing_there(client, city):
    rows = held(city)
    for somebody in (city.housing, city.other_school, city.head_teacher, city.provider):
        sign_in(client, somebody)
        for place in ("strategy-calls", "strategy"):
            answer = client.get(f"/{place}/{rows[0].number}/")
            assert answer.status_code == 404
            assert without_tokens(answer) == without_tokens(client.get(f"/{place}/no-such-page/"))
    for model in (Strategy, Called, Action):
        assert scope(city.housing.actor, model).count() == 0


def test_no_partner_meets_what_another_said_nor_what_the_file_says(client, city):
    rows = called(city, city.police, city.health, city.school)
    journal.write_note(file=rows[0].file, text=f"{CANARY} in a note", by=city.social_worker.actor)
    answered(rows, city.police, knows=f"{CANARY} of the police")
    minutes = minutes_of(
        city, rows[0].file, minutes=f"{CANARY} in the minutes", reasons=f"{CANARY} in the reasons",
        partners_told="We see the children today.",
    )  # fmt: skip
    actions.hold_strategy(rows=rows, minutes=minutes, by=city.social_worker.actor)
    for somebody in (city.health, city.school, city.head_teacher):
        sign_in(client, somebody)
        for address in ("/strategy-calls/", f"/strategy-calls/{rows[0].number}/"):
            said = client.get(address).content.decode()
            assert CANARY not in said
            assert "Check the log of calls" not in said, "the action of the police is not theirs"
    sign_in(client, city.police)
    own = client.get(f"/strategy-calls/{rows[0].number}/").content.decode()
    assert f"{CANARY} of the police" in own
    assert f"{CANARY} in" not in own
    assert "We see the children today." in own
    assert "Check the log of calls" in own
    assert "See both children" not in own
    assert SENT.partition(".")[0] in own


def test_a_child_who_is_restricted_after_the_call_is_not_there_for_the_agencies(client, city):
    rows = called(city)
    for row in rows:
        reach.restrict(
            file=row.file, kind=1, reason="Invented.", may_open=[city.head_of_service.worker.pk],
            by=city.head_of_service.actor,
        )  # fmt: skip
    sign_in(client, city.police)
    assert client.get(f"/strategy-calls/{rows[0].number}/").status_code == 404


def test_another_team_does_not_open_the_discussion(client, city):
    rows = held(city)
    assert (
        sign_in(client, city.other_assessment_manager).get(f"/strategy/{rows[0].number}/").status_code == 404
    )
    assert sign_in(client, city.assessment_manager).get(f"/strategy/{rows[0].number}/").status_code == 200


def test_the_rows_are_the_same_when_they_are_built_anew(city):
    rows = held(city)
    actions.say_done(rows=list(Action.objects.filter(number=rows[0].number, place=0)), by=city.police.actor)
    for model, projection in zip((Strategy, Called, Action), OWN, strict=True):
        built = []
        for row in rows:
            with folding():
                files = reading.entries_of(reading.files_of_persons([row.person]))
            built += list(projection.rows(fold_person(row.person, 1, files)))
        assert sorted(built, key=repr) == sorted(model.objects.values_list(*projection.columns), key=repr)
