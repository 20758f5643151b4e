"""Each way out holds what somebody means to send against the family's protected address, and nothing is sent then."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from rightplace.common.disclosure import actions as disclosure
from rightplace.domain.practice.entries.assessment import AssessmentWritten
from rightplace.domain.practice.entries.contact import CheckAsked, Level, Route, TriageOpened
from rightplace.domain.practice.entries.familysupport import (
    FamilyPlanMade,
    FamilyPlanReviewed,
    FamilyTeamJoined,
    Goal,
)
from rightplace.domain.practice.entries.identity import ProtectedAddressRecorded
from rightplace.domain.practice.entries.keeping import InformationShared
from rightplace.domain.practice.entries.protection import StrategyAction, StrategyDecided, StrategyHeld
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access import rls
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.models import Entry, File, Outbox
from rightplace.services.assessment import actions as assessments
from rightplace.services.assessment.tests import assessed
from rightplace.services.familysupport import actions as early_help
from rightplace.services.familysupport.family import Family
from rightplace.services.familysupport.tests import siblings
from rightplace.services.frontdoor import asking, triage
from rightplace.services.frontdoor.deciding import ChildDecision, Decision, Feedback, decide_contact
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.protection import actions as protection
from rightplace.services.protection.tests import discussed
from rightplace.testing.organisation import SmallCity, small_city
from tests.scene import say
from tests.telling import after, told

pytestmark = pytest.mark.django_db
HIDDEN = ProtectedAddressRecorded(line="17 Zinnia Walk", postcode="ZZ99 7QX", reason="Danger.")
TELLING, HARMLESS = "They moved to Zinnia Walk, ask there.", "They moved, ask their worker."
ON = {"basis": "public task", "purpose": "To keep the child safe"}

Way = Callable[[SmallCity, str], object]
"""Sends some words to somebody outside about a child whose address is protected."""


@pytest.fixture
def city() -> SmallCity:
    with after(-24):
        return small_city()


def hidden(city: SmallCity, *files: int) -> None:
    for file in files:
        say(file, HIDDEN, city.assessment_manager.actor)


def concern(city: SmallCity) -> Contact:
    contact = told(city.school)
    hidden(city, *contact.children)
    return contact


def shared(city: SmallCity, words: str) -> object:
    contact, police = concern(city), city.police.team.agency_id
    return disclosure.share(
        file=contact.children[0], with_whom="Example City Police", agency=police, sent=words,
        by=city.front_door_worker.actor, **ON,
    )  # fmt: skip


def asked(city: SmallCity, words: str) -> object:
    contact, by = concern(city), city.front_door_worker.actor
    return asking.ask_checks(
        contact=contact, agencies=[city.police.team.agency_id], question=words, sent="A child.", by=by, **ON
    )


def looked_at_together(city: SmallCity, words: str) -> object:
    contact, table = concern(city), [city.police.team.agency_id, city.health.team.agency_id]
    return triage.open_triage(
        contact=contact, agencies=table, sent=words, by=city.front_door_worker.actor, **ON
    )


def decided(city: SmallCity, told_back: str, sent: str) -> object:
    contact, housing = concern(city), city.housing.team.agency_id
    child = ChildDecision(
        file=contact.children[0], level=Level.UNIVERSAL_PLUS, indicators=("parenting.health.unwell",),
        route=Route.ANOTHER_AGENCY, reasons="Housing can help.", alternatives="Advice.",
        unseen_reason="Seen at school.", to_agency=housing,
    )  # fmt: skip
    passed = InformationShared(with_whom="Example Homes", agency=housing, sent=sent, **ON)
    decision = Decision(
        children=[child], lawful_basis="public task", family_told="told and agrees", shared=[passed],
        feedback=Feedback(outcome="Another agency helps", text=told_back),
    )  # fmt: skip
    return decide_contact(contact=contact, decision=decision, by=city.front_door_worker.actor)


def told_back(city: SmallCity, words: str) -> object:
    return decided(city, told_back=words, sent="A dry flat is needed.")


def passed_on(city: SmallCity, words: str) -> object:
    return decided(city, told_back="Thank you.", sent=words)


def invited(city: SmallCity, words: str) -> object:
    family, school = siblings.planned(city), city.school.worker
    hidden(city, *family.files)
    member = FamilyTeamJoined(
        support=0, name="Ruth Okafor", worker=school.pk, agency=school.agency_id, agency_name="Lark Hill",
        basis="public task", purpose=words,
    )  # fmt: skip
    return early_help.invite(family=family, member=member, by=city.family_support_worker.actor)


def assessed_and_sent_on(city: SmallCity, words: str) -> object:
    (row,) = assessed.begun(city, *assessed.with_the_team(city))
    hidden(city, row.file)
    assessed.later()
    said = assessed.words_of(
        row, "other", to_agency=city.housing.team.agency_id, to_send=words, to_send_for="A dry flat",
        lawful_basis="public task", family_told="told and agrees",
    )  # fmt: skip
    assessments.sign_assessment(written={row.id: said}, by=city.social_worker.actor)
    assessed.later()
    return assessments.authorise(
        written={assessed.again(row): said}, reasons="Housing can help.", by=city.assessment_manager.actor
    )


PASSES = (
    InformationShared.number, CheckAsked.number, TriageOpened.number, StrategyDecided.number, StrategyHeld.number,
    FamilyPlanMade.number, FamilyPlanReviewed.number,
)  # fmt: skip


def called(city: SmallCity, words: str) -> object:
    contact = concern(city)
    call = StrategyDecided(reasons="Bruises.", called=(city.police.team.agency_id,), sent=words, **ON)
    return protection.call_strategy(files=contact.children, call=call, by=city.front_door_worker.actor)


def met_at(city: SmallCity, words: str) -> object:
    contact = concern(city)
    call = StrategyDecided(
        reasons="Bruises.", called=(city.police.team.agency_id,), sent="A child.", where=words, **ON
    )
    return protection.call_strategy(files=contact.children, call=call, by=city.front_door_worker.actor)


def agreed_to_do(city: SmallCity, words: str) -> object:
    """Given nothing else of the minutes, an agency reads what it agreed to do."""
    rows = discussed.called(city)
    hidden(city, *(row.file for row in rows))
    act = StrategyAction(what=words, who="Kay Ormond", agency=city.police.team.agency_id)
    minutes = discussed.minutes_of(city, partners_told="", agreed_actions=(act,))
    return protection.hold_strategy(rows=rows, minutes=minutes, by=city.social_worker.actor)


def with_a_partner(city: SmallCity) -> Family:
    """A family whose team has a colleague of the school in it, who sees the first goal; then its address is hidden."""
    family, school = siblings.planned(city), city.school.worker
    member = FamilyTeamJoined(
        support=0, name="Ruth Okafor", worker=school.pk, agency=school.agency_id, agency_name="Lark Hill",
        shared=(1,), basis="public task", purpose="To help in the mornings",
    )  # fmt: skip
    early_help.invite(family=family, member=member, by=city.family_support_worker.actor)
    hidden(city, *family.files)
    discussed.later()
    return siblings.again(city.family_support_worker.actor)


def planned_later(city: SmallCity, words: str) -> object:
    family, school = with_a_partner(city), city.school.worker
    goals = [
        *family.record.goals,
        Goal(number=9, want="Breakfast", does=words, doer="Ruth", worker=school.pk),
    ]
    by = city.family_support_worker.actor
    return early_help.plan(family=family, goals=goals, family_words="Yes.", by=by)


def reworded_for_a_partner(city: SmallCity, words: str) -> object:
    """The goal is somebody else's to do; the school was shown it, and reads its new words too."""
    family, by = with_a_partner(city), city.family_support_worker.actor
    first, *rest = family.record.goals
    goals = [msgspec.structs.replace(first, does=words), *rest]
    return early_help.plan(family=family, goals=goals, family_words="Yes.", by=by)


def noted_at_a_review(city: SmallCity, words: str) -> object:
    family, by = with_a_partner(city), city.family_support_worker.actor
    goals = tuple(msgspec.structs.replace(goal, note=words) for goal in family.record.goals)
    reviewed = FamilyPlanReviewed(
        support=0, outcome="Looked at.", came=("Ida",), family_words="Better.", goals=goals, measures=(),
        goes_on="goes on",
    )  # fmt: skip
    return early_help.review(family=family, reviewed=reviewed, by=by)


WAYS = (
    called, met_at, agreed_to_do, shared, asked, looked_at_together, told_back, passed_on, invited, planned_later,
    reworded_for_a_partner, noted_at_a_review, assessed_and_sent_on,
)  # fmt: skip


def everything_said() -> list[str]:
    """Whatever stands in any entry but the address itself, and an assessment that is not sent anywhere yet."""
    with rls.folding():
        found = reading.entries_of(reading.file_rows(File.objects.values_list("id", flat=True)))
    entries = (entry for each in found.values() for entry in each)
    stays = (ProtectedAddressRecorded, AssessmentWritten)
    return [repr(entry.body) for entry in entries if not isinstance(entry.body, stays)]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_names_a_protected_address_goes_to_nobody(city: SmallCity, way: Way):
    with after(1):
        with pytest.raises(Refused, match="protected address") as why:
            way(city, TELLING)
        assert "Zinnia" not in f"{why.value} {why.value.instead}"
        assert not [words for words in everything_said() if "Zinnia" in words]
        assert not Outbox.objects.filter(task__in=("check.asked", "triage.opened", "contact.told")).exists()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_does_not_name_it_goes(city: SmallCity, way: Way):
    with after(1):
        way(city, HARMLESS)
        assert Entry.objects.filter(kind__in=PASSES).exists()
        assert [words for words in everything_said() if HARMLESS in words]
