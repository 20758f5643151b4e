"""Promise 6. A decision has an author and reasons, and an author does not approve their own work.

In the database, through the actions that the pages use; the same over random histories is the fold's own tests.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.domain.practice.entries import KINDS, Draft
from rightplace.domain.practice.entries.assessment import AssessmentAuthorised, AssessmentBegan, VisitMade
from rightplace.domain.practice.entries.base import Nature
from rightplace.domain.practice.entries.contact import Grade, Route
from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.domain.practice.journey import Journey
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access import breakglass, reach
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.models import BreakGlass
from rightplace.foundation.journal import actions as journal
from rightplace.foundation.journal import linking
from rightplace.foundation.journal.models import Entry
from rightplace.foundation.journal.projections import Doubt, Timescale
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Duplicate
from rightplace.services.frontdoor import actions as frontdoor
from rightplace.testing.organisation import SmallCity, small_city
from tests.chance import deaf_to
from tests.telling import accepted, after, again, decided, told

pytestmark = [pytest.mark.django_db, pytest.mark.promise]


@pytest.fixture
def city() -> SmallCity:
    with after(-24):
        return small_city()


def say(file: int, body, by: Actor, may: str):
    at = from_datetime(clock.now())
    return write([Draft(file=file, body=body, day=day_of(at), at=at)], by=by, may=may)


def refused(act: Callable[[], object], because: str) -> None:
    """It is refused for that reason, says what to do instead, and writes nothing."""
    before = Entry.objects.count()
    with pytest.raises(Refused, match=because) as why:
        act()
    assert why.value.instead
    assert Entry.objects.count() == before


# nobody approves their own work -------------------------------------------------------------------------------------


def test_who_wrote_an_assessment_does_not_authorise_it(city):
    author, manager = city.social_worker.actor, city.assessment_manager.actor
    with after(0):
        file = accepted(city, told(city.school))
        began = say(file, AssessmentBegan(), author, "visit.record")[0].id
    with after(30):
        own = AssessmentAuthorised(assessment=began, written_by=author.worker, reasons="Done.")
        refused(lambda: say(file, own, author, "note.write"), "You wrote this")
        assert say(file, own, manager, "case.close")[0].author == manager.worker


def test_who_decided_does_not_answer_the_referrer_who_disagrees(city):
    with after(0):
        contact = told(city.school)
        decided(city, contact, Route.ADVICE)
    with after(1):
        frontdoor.disagree(
            contact=again(contact.concern), because="It is worse than that.", by=city.school.actor
        )
    with after(2):

        def answer(by: Actor, reasons: str = "Looked again.") -> object:
            return frontdoor.answer_disagreement(
                contact=again(contact.concern), upheld=False, text="We looked again.", reasons=reasons, by=by
            )

        refused(lambda: answer(city.front_door_worker.actor), "You wrote this")
        refused(lambda: answer(city.front_door_manager.actor, " "), "needs its reasons")
        answer(city.front_door_manager.actor)
        assert again(contact.concern).disagreement_answered is not None


def test_who_made_an_offer_does_not_accept_it(city):
    """Also not as a member of the receiving team: a manager of two teams offers and somebody else accepts."""
    with after(0):
        offer = decided(city, told(city.school))
        both = city.front_door_worker.actor.in_team(city.assessment.pk, "assessment")
        both = Actor(worker=both.worker, name=both.name, role=31, team=both.team, team_kind=both.team_kind)
        refused(
            lambda: caseflow.accept_child(file=offer.file, offer=offer.pk, by=both), "You made this offer"
        )
        caseflow.accept_child(file=offer.file, offer=offer.pk, by=city.assessment_manager.actor)
        assert Offer.objects.get(pk=offer.pk).state == "accepted"


def closable(city: SmallCity) -> int:
    """A child with nothing open, whose worker is the manager of the team."""
    manager = city.assessment_manager
    offer = decided(city, told(city.school))
    caseflow.accept_child(file=offer.file, offer=offer.pk, by=manager.actor, worker=manager.worker.pk)
    say(offer.file, VisitMade(seen=True, alone=True), city.social_worker.actor, "visit.record")
    for scale in Timescale.objects.filter(person=offer.file, guards=True, met=None):
        journal.excuse_timescale(
            file=offer.file, rule=scale.rule, trigger=scale.trigger, outcome="not_required", reasons="Moved away.",
            by=city.head_of_service.actor,
        )  # fmt: skip
    return offer.file


def test_the_childs_worker_does_not_close_the_child(city):
    with after(0):
        file = closable(city)
    with after(3):
        close = {"file": file, "reasons": "The family moved away.", "closure_reason": "RC7"}
        refused(lambda: caseflow.close_case(**close, by=city.assessment_manager.actor), "You wrote this")
        other = Actor(
            worker=city.social_worker.worker.pk,
            name="",
            role=31,
            team=city.assessment.pk,
            team_kind="assessment",
        )
        assert caseflow.close_case(**close, by=other)[0].author == other.worker


def test_nobody_is_their_own_second_or_reviews_their_own_broken_glass(city):
    with after(0):
        file = accepted(city, told(city.school))
        head, officer = city.head_of_service.actor, city.information_governance.actor
        reach.restrict(file=file, kind=2, reason="Invented.", may_open=[city.director.worker.pk], by=head)
        broken = breakglass.break_glass(file=file, reason="A court asks today.", by=head)
        refused(lambda: breakglass.be_second(broken=broken, by=head), "their own second")
        breakglass.be_second(broken=broken, by=officer)
        again_ = BreakGlass.objects.get(pk=broken.pk)
        refused(
            lambda: breakglass.review(broken=again_, outcome="right", words="Fine.", by=officer), "their own"
        )
        breakglass.review(
            broken=again_, outcome="right", words="Fine.", by=city.information_governance_2.actor
        )


# an author and reasons ----------------------------------------------------------------------------------------------


def test_every_decision_that_was_written_has_an_author_in_a_role(city):
    with after(0):
        closable(city)
        decided(city, told(city.school, "Joe"), Route.ADVICE)
    kinds = [kind.number for kind in KINDS.values() if kind.nature is Nature.DECISION]
    rows = Entry.objects.filter(kind__in=kinds)
    assert rows.count() > 5
    assert not rows.filter(author=0).exists()
    assert not rows.filter(role=0).exists()


def without_reasons(city: SmallCity) -> dict[str, Callable[[], object]]:
    """Each decision of the whole path, with blanks where its reasons should be."""
    blank, manager, head, door = (
        "  \n",
        city.assessment_manager.actor,
        city.head_of_service.actor,
        city.front_door_worker.actor,
    )
    file = accepted(city, told(city.school))
    contact, offered = told(city.school, "Joe"), decided(city, told(city.school, "Sam", "Okoro"))
    twin = told(city.housing)
    flagged = Duplicate.objects.get(file=twin.children[0])
    scale = Timescale.objects.filter(person=file, met=None).first()
    doubt = Doubt.objects.filter(person=file).first()
    note = say(file, NoteWritten(text="A note."), manager, "note.write")[0]
    step = {
        "up": True,
        "from_part": "assessment",
        "to_part": "care",
        "team": city.other_assessment.pk,
        "indicators": (),
        "conversation": caseflow.Conversation(("One of us", "One of them"), clock.today(), "We go together."),
    }
    return {
        "decide": lambda: decided(city, contact, reasons=blank),
        "grade": lambda: frontdoor.screen(contact=contact, grade=Grade.GREEN, reasons=blank, by=door),
        "send back": lambda: caseflow.send_back(file=offered.file, offer=offered.pk, reasons=blank, instead="-", by=manager),
        "withdraw an offer": lambda: caseflow.withdraw_offer(file=offered.file, offer=offered.pk, reasons=blank, by=door),
        "place": lambda: caseflow.place_child(
            file=file, team=city.other_assessment.pk, for_what="assessment", reasons=blank, by=head
        ),
        "step": lambda: caseflow.step_children(
            files=[file], step=caseflow.Step(reasons=blank, **step), by=manager
        ),
        "close": lambda: caseflow.close_case(file=file, reasons=blank, closure_reason="RC7", by=manager),
        "same child": lambda: frontdoor.settle_possible_same_child(
            file=flagged.file, other=flagged.other, duplicate=flagged.entry, same_child=False, reasons=blank, by=door
        ),
        "link": lambda: linking.link(file=file, other=flagged.file, reasons=blank, by=manager, team=manager.team),
        "unlink": lambda: linking.unlink(file=file, leaving=flagged.file, reasons=blank, stays=(), goes=(), by=manager),
        "excuse": lambda: journal.excuse_timescale(
            file=file, rule=scale.rule, trigger=scale.trigger, outcome="not_required", reasons=blank, by=manager
        ),
        "settle a doubt": lambda: journal.settle_doubt(
            file=file, entry=doubt.entry, code=doubt.code, reasons=blank, by=manager
        ),
        "correct": lambda: journal.correct_entry(
            file=file, entry=note.id, seen=note.id, said=NoteWritten(text="Another."), day=note.day, at=note.at,
            reasons=blank, by=manager,
        ),
        "withdraw": lambda: journal.withdraw_entry(file=file, entry=note.id, belongs_in=0, reasons=blank, by=manager),
        "restrict": lambda: reach.restrict(file=file, kind=1, reason=blank, may_open=[head.worker], by=head),
        "break the glass": lambda: breakglass.break_glass(file=file, reason=blank, by=manager),
    }  # fmt: skip


def test_no_decision_is_taken_without_reasons(city, figure):
    with after(0):
        tried = without_reasons(city)
        for name, act in tried.items():
            before = Entry.objects.count()
            with pytest.raises(Refused) as why:
                act()
                pytest.fail(f"{name} was taken without reasons")
            assert why.value.instead, name
            assert Entry.objects.count() == before, name
    figure(f"reasons: {len(tried)} kinds of decision tried with blanks for reasons; 0 taken")


# what a rule left out would do --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "check"),
    [
        ("own_work", test_who_wrote_an_assessment_does_not_authorise_it),
        ("own_work", test_who_decided_does_not_answer_the_referrer_who_disagrees),
        ("own_work", test_the_childs_worker_does_not_close_the_child),
        ("own_offer", test_who_made_an_offer_does_not_accept_it),
        ("reasons_missing", lambda city: test_no_decision_is_taken_without_reasons(city, lambda said: None)),
    ],
)
def test_a_judge_who_is_deaf_to_it_is_caught(city, monkeypatch, code, check):
    monkeypatch.setattr(Journey, "breach", deaf_to(code))
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        check(city)


def test_the_database_itself_refuses_somebody_as_their_own_second(city):
    with after(0):
        now, worker = clock.now(), city.head_of_service.worker.pk
        with pytest.raises(Exception, match="nobody_is_their_own_second"), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO access_break_glass (file, kind, worker_id, role, team, reason, at, confirmed_by_id, opens, "
                "until, review_due, outcome, review_words) VALUES (1, 2, %s, 50, 1, 'x', %s, %s, %s, %s, %s, '', '')",
                [worker, now, worker, now, now, now],
            )
