"""Early help from the family's agreement to what changed; what a partner sees; who answers at every instant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.actions import Conversation, Step
from rightplace.common.caseflow.projections import Offer
from rightplace.domain.practice.entries import familysupport as said
from rightplace.domain.practice.entries.contact import ReferralAccepted
from rightplace.domain.practice.entries.keeping import InformationShared
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.outcomes import Moved
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.models import Entry
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.services.familysupport import actions
from rightplace.services.familysupport.family import family_of, family_shared
from rightplace.services.familysupport.projections import Invited, Support
from rightplace.services.familysupport.queries import families, to_begin
from rightplace.services.familysupport.tests.siblings import (
    BEFORE,
    MOTHER,
    accepted,
    again,
    assessed,
    begun,
    now_of,
    planned,
)
from rightplace.testing.organisation import MORNING, SmallCity, small_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Iterator[SmallCity]:
    with clock.clock_at(BEFORE):
        made = small_city()
        yield made


def conversation(agreed: str = "We visit together tomorrow.") -> Conversation:
    return Conversation(("Tamsin Reeve", "Farida Stone"), clock.today(), agreed)


def up(city: SmallCity, **more: object) -> Step:
    return Step(
        up=True, from_part="family support", to_part="assessment", team=city.assessment.pk, reasons="New bruises.",
        indicators=("child.harm.says-so",), conversation=conversation(), **more,
    )  # fmt: skip


def test_it_begins_in_each_childs_file_as_one_occasion_with_who_agreed(city):
    family = begun(city)
    rows = list(Support.objects.order_by("id"))
    assert len({row.family for row in rows}) == 1
    assert {row.file for row in rows} == set(family.files)
    assert [(a.who, a.answer) for a in family.record.agreements] == [
        ("Ida Lindqvist", "agrees"), ("Maya", "agrees"), ("Jonas", "too young to be asked"),
    ]  # fmt: skip
    assert all("family_support" in now_of(row.person).processes for row in rows)
    assert not to_begin(city.family_support_worker.actor, city.family_support.pk)


def test_nothing_begins_unless_a_parent_or_carer_agrees(city):
    two, by = accepted(city), city.family_support_worker.actor
    child_only = said.Agreement(who="Maya", child=two.maya)
    no = msgspec.structs.replace(MOTHER, answer="does not agree")
    with pytest.raises(Refused, match="by agreement"):
        actions.begin(files=two.files, agreements=[no, child_only], purpose="x", lead=by.worker, by=by)
    assert not Support.objects.exists()


def test_another_team_does_not_begin(city):
    two, by = accepted(city), city.other_family_support_manager.actor
    with pytest.raises(Refused):
        actions.begin(files=two.files, agreements=[MOTHER], purpose="x", lead=by.worker, by=by)


def test_an_agreement_may_be_taken_back_and_then_nothing_is_planned(city):
    family, by = assessed(city), city.family_support_worker.actor
    actions.answer(
        family=family,
        agreement=msgspec.structs.replace(MOTHER, answer="does not agree", words="Too much."),
        by=by,
    )
    actions.answer(family=family, agreement=said.Agreement(who="Maya", child=family.supports[0].file,
                                                           answer="does not agree"), by=by)  # fmt: skip
    family = again(by)
    if family.record.agrees:
        actions.answer(family=family, agreement=said.Agreement(who="Maya", child=family.supports[1].file,
                                                               answer="does not agree"), by=by)  # fmt: skip
        family = again(by)
    assert not family.record.agrees
    assert not Support.objects.filter(agrees=True).exists()
    with pytest.raises(Refused, match="Nobody of the family agrees"):
        actions.plan(family=family, goals=[said.Goal(number=1, want="x")], family_words="", by=by)
    assert Timescale.objects.filter(rule="FS-AGREE", met__isnull=True).exists()


def test_the_plan_is_kept_acted_on_reviewed_and_ended_with_what_changed(city):
    family, by = planned(city), city.family_support_worker.actor
    actions.say_done(family=family, goal=2, done=True, words="They rang, and pay it off.", by=by)
    family = again(by)
    assert [(g.number, g.state) for g in family.record.goals] == [(1, "open"), (2, "done")]
    with clock.clock_at(MORNING):
        reviewed = said.FamilyPlanReviewed(
            support=0, outcome="Mornings are quieter.", came=("Ida Lindqvist",), goes_on="ends",
            goals=tuple(msgspec.structs.replace(g, state="done") for g in family.record.goals),
            measures=(said.Measure(headline="education", who="Maya", child=family.record.agreements[1].child, value="better"),
                      said.Measure(headline="money", who="Ida Lindqvist", value="kept")),
        )  # fmt: skip
        actions.review(family=again(by), reviewed=reviewed, by=by)
        family = again(by)
        moved = {(way.headline): way.moved for way in family.record.travelled}
        assert moved == {"education": Moved.FORWARD, "money": Moved.NOT_KNOWN}
        assert {row.goals_done for row in Support.objects.all()} == {2}
        manager = city.family_support_manager.actor
        with pytest.raises(Refused, match="what changed"):
            actions.end(family=family, ended=said.FamilySupportEnded(support=0, reasons="Done"), by=manager)
        actions.end(
            family=family, by=manager,
            ended=said.FamilySupportEnded(support=0, outcome="intervention complete", reasons="Done", changed="Quiet"),
        )  # fmt: skip
        assert not Support.objects.filter(ended__isnull=True).exists()
        assert now_of(family.supports[0].person).team == city.family_support.pk


def test_a_worker_cannot_end_it(city):
    with pytest.raises(NotAllowed):
        actions.end(
            family=begun(city), by=city.family_support_worker.actor,
            ended=said.FamilySupportEnded(support=0, reasons="Done", changed="Quiet"),
        )  # fmt: skip


def test_somebody_always_leads_or_the_age_of_nobody_counts(city):
    begun(city)
    with clock.clock_at(MORNING):
        organisation.leave_team(
            membership=city.family_support_worker.membership, on=clock.today(), by=city.administrator.actor
        )
        row = Support.objects.first()
        assert (row.lead, row.lead_since) == (0, MORNING)
        assert Timescale.objects.filter(rule="FS-LEAD", met__isnull=True).count() == 2
    with clock.clock_at(MORNING + timedelta(hours=1)):
        manager = city.family_support_manager.actor
        actions.name_lead(family=again(manager), worker=manager.worker, reasons="For now", by=manager)
        assert Support.objects.first().lead == manager.worker
        assert not Timescale.objects.filter(rule="FS-LEAD", met__isnull=True).exists()


def test_a_partner_sees_what_is_shared_and_only_while_in_the_team(city):
    """Promise 7: basis, purpose and what was sent stand in each child's file."""
    family, by = planned(city), city.family_support_worker.actor
    school = city.school
    member = said.FamilyTeamJoined(
        support=0, name="Ruth Okafor", worker=school.worker.pk, agency=school.worker.agency_id, agency_name="Lark Hill",
        role="class teacher", shared=(1,), basis="public task", purpose="School mornings",
    )  # fmt: skip
    with pytest.raises(Refused, match="basis"):
        actions.invite(family=family, member=msgspec.structs.replace(member, basis=""), by=by)
    with pytest.raises(NotAllowed):
        family_shared(school.actor, family.number)
    actions.invite(family=family, member=member, by=by)
    assert Entry.objects.filter(kind=InformationShared.number).count() == 2
    assert family_shared(school.actor, family.number).record.members[0].shared == (1,)
    for other in (city.school_2, city.other_school, city.police, city.head_teacher):
        with pytest.raises(NotAllowed):
            family_shared(other.actor, family.number)
    with clock.clock_at(BEFORE + timedelta(hours=1)):
        actions.leave(family=again(by), member=member, by=by)
    with clock.clock_at(BEFORE + timedelta(hours=2)), pytest.raises(NotAllowed):
        family_shared(school.actor, family.number)
    assert Invited.objects.filter(until__isnull=True).count() == 0


def test_a_partner_says_what_was_done_of_their_own_part_and_of_nothing_else(city):
    school = city.school
    family, by = planned(city, worker=school.worker.pk, doer="Ruth Okafor"), city.family_support_worker.actor
    member = said.FamilyTeamJoined(
        support=0, name="Ruth Okafor", worker=school.worker.pk, agency=school.worker.agency_id, agency_name="Lark Hill",
        role="class teacher", basis="public task", purpose="School mornings",
    )  # fmt: skip
    actions.invite(family=family, member=member, by=by)
    shared = family_shared(school.actor, family.number)
    with pytest.raises(Refused):
        actions.say_own_done(family=shared, goal=2, done=True, words="Not mine", by=school.actor)
    with pytest.raises(Refused):
        actions.say_own_done(family=shared, goal=1, done=True, words="Not me", by=city.police.actor)
    actions.say_own_done(
        family=shared, goal=1, done=True, words="At the gate at 8.40 all week", by=school.actor
    )
    assert again(by).record.goals[0].state == "done"


def test_a_step_up_needs_its_conversation(city):
    family, by = planned(city), city.family_support_worker.actor
    for said_of_it in (
        Conversation(("Tamsin Reeve",), clock.today(), "Yes"),
        conversation(" "),
        Conversation(("A", "B"), clock.today() + timedelta(days=1), "Yes"),
    ):
        step = Step(**{**vars(up(city)), "conversation": said_of_it})
        with pytest.raises(Refused, match="conversation"):
            caseflow.step_children(
                files=[s.file for s in family.supports], step=step, by=by, may="familysupport.write"
            )


def test_family_support_ends_where_the_other_team_accepts_and_the_child_becomes_a_referral(city):
    """Promise 1, over a step up and a step down: one team at every instant, changed at acceptance only."""
    family, by = planned(city), city.family_support_worker.actor
    files = [support.file for support in family.supports]
    with clock.clock_at(BEFORE + timedelta(days=1)):
        caseflow.step_children(files=files, step=up(city), by=by, may="familysupport.write", concern=7)
        assert {now_of(file).team for file in files} == {city.family_support.pk}
        assert not Support.objects.exclude(ended__isnull=True).exists()
    with clock.clock_at(BEFORE + timedelta(days=2)):
        manager = city.assessment_manager.actor
        offers = {offer.file: offer.id for offer in Offer.objects.filter(state="open")}
        caseflow.accept_children(offers=offers, by=manager)
        assert {now_of(file).team for file in files} == {city.assessment.pk}
        assert {now_of(file).part for file in files} == {"assessment"}
        assert not Support.objects.filter(ended__isnull=True).exists()
        assert Entry.objects.filter(kind=ReferralAccepted.number).count() == 2
        with pytest.raises(NotAllowed):
            family_of(by, family.number)
    with clock.clock_at(BEFORE + timedelta(days=3)):
        down = Step(
            up=False, from_part="assessment", to_part="family support", team=city.family_support.pk, reasons="Safe",
            indicators=("child.harm.says-so",), conversation=conversation(), carried=("Maya is at school on time",),
        )  # fmt: skip
        caseflow.step_children(files=files, step=down, by=manager)
    with clock.clock_at(BEFORE + timedelta(days=4)):
        offers = {offer.file: offer.id for offer in Offer.objects.filter(state="open")}
        caseflow.accept_children(offers=offers, by=city.family_support_manager.actor)
        assert {now_of(file).team for file in files} == {city.family_support.pk}
        assert all("family_support" in now_of(file).processes for file in files)
        assert {person.person for _, person in to_begin(by, city.family_support.pk)} == set(files)
        journey = reading.journey(files[0])
        teams = [state.team for state in journey.states if state.open]
        assert all(teams)
        assert [t for n, t in enumerate(teams) if n == 0 or teams[n - 1] != t] == [
            city.family_support.pk, city.assessment.pk, city.family_support.pk,
        ]  # fmt: skip


def test_the_teams_list_holds_each_family_once_with_what_is_due(city):
    planned(city)
    with clock.clock_at(BEFORE + timedelta(days=60)):
        (line,) = families(city.family_support_worker.actor, city.family_support.pk)
        assert len(line.supports) == 2
        assert line.rule == "FS-REVIEW"
        assert line.due is not None and line.due < clock.now()
        assert families(city.other_family_support_manager.actor, city.family_support.pk) == []


def test_old_plans_of_texts_are_read_as_goals(city):
    from rightplace.domain.practice.entries import read_body

    body = read_body(said.FamilyPlanMade.number, 1, b'{"support":5,"goals":["Quiet mornings","The rent"]}')
    assert isinstance(body, said.FamilyPlanMade)
    assert [(g.number, g.want, g.by) for g in body.goals] == [
        (1, "Quiet mornings", None),
        (2, "The rent", None),
    ]
