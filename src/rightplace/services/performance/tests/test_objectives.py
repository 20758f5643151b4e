"""Objectives are agreed by both and few; thanks go to the worker, who alone shares them."""

from datetime import timedelta

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.foundation.organisation import clock
from rightplace.services.performance import objectives, thanking
from rightplace.services.performance.models import Nudge, Objective, Thanks
from rightplace.testing.organisation import MORNING

IN_SPRING = (MORNING + timedelta(days=60)).date()


def proposed(city, by, **said):
    values = {"words": "Lead a group", "support": "Training", "review_by": IN_SPRING} | said
    return objectives.propose_objective(worker=city.social_worker.worker, by=by.actor, **values)


def test_an_objective_holds_when_both_agreed_and_ends_after_the_worker_spoke(city):
    made = proposed(city, city.social_worker)
    manager, worker = city.assessment_manager.actor, city.social_worker.actor
    with pytest.raises(Refused, match="agreed by both"):
        objectives.review_objective(objective=made, words="Fine", by=worker)
    objectives.agree_objective(objective=made, by=manager)
    with pytest.raises(Refused, match="has not said"):
        objectives.end_objective(objective=made, came="reached", by=manager)
    objectives.review_objective(objective=made, words="It runs.", by=worker)
    with pytest.raises(Refused, match="Both look"):
        objectives.end_objective(objective=made, came="reached", by=worker)
    objectives.end_objective(objective=made, came="reached", by=manager)
    assert Objective.objects.get().came == "reached"
    assert not Nudge.objects.filter(done_at=None).exists()


def test_five_objectives_are_enough(city):
    for number in range(objectives.FEW):
        proposed(city, city.assessment_manager, words=f"Number {number}")
    with pytest.raises(Refused, match="5 objectives"):
        proposed(city, city.social_worker)


def test_an_objective_is_seen_by_the_two_and_by_no_colleague_manager(city):
    made = proposed(city, city.assessment_manager)
    seen = {
        name for name in type(city).__dataclass_fields__
        if hasattr(getattr(city, name), "actor") and scope(getattr(city, name).actor, Objective).exists()
    }  # fmt: skip
    assert seen == {"social_worker", "assessment_manager"}
    for who in (city.other_assessment_manager, city.human_resources, city.family_support_worker):
        with pytest.raises(NotAllowed):
            objectives.agree_objective(objective=made, by=who.actor)
    assert b"Lead a group" not in bytes(Objective.objects.get().sealed)


def test_a_childs_thanks_come_with_consent_and_are_shared_by_whom_they_thank_only(city):
    said = {
        "worker": city.social_worker.worker,
        "source": "child",
        "words": "You listened.",
        "by": city.school.actor,
    }
    with pytest.raises(NotAllowed):
        thanking.give_thanks(**said, consent=True)
    said["by"] = city.family_support_worker.actor
    with pytest.raises(Refused, match="only if they agreed"):
        thanking.give_thanks(**said, consent=False)
    made = thanking.give_thanks(**said, consent=True)
    assert not scope(city.assessment_manager.actor, Thanks).exists()
    with pytest.raises(NotAllowed):
        thanking.share_thanks(thanks=made, shared=True, by=city.family_support_worker.actor)
    thanking.share_thanks(thanks=made, shared=True, by=city.social_worker.actor)
    with clock.clock_at(MORNING + timedelta(minutes=1)):
        assert scope(city.assessment_manager.actor, Thanks).exists()
        assert not scope(city.other_assessment_manager.actor, Thanks).exists()
    with pytest.raises(Refused, match="Nobody thanks oneself"):
        thanking.give_thanks(**(said | {"worker": city.family_support_worker.worker}), consent=True)
