"""Early help in the scene: a family with an agreement, a baseline, a plan, a review, and a school in the team around it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.questions import drafts
from rightplace.domain.practice.entries import familysupport as said
from rightplace.services.familysupport import actions
from rightplace.services.familysupport.family import Family, family_of
from rightplace.services.familysupport.projections import Support

if TYPE_CHECKING:
    from tests.scene import Known, Scene

SHARED, KEPT = "shared part of the plan", "part of the plan that is not shared"


def is_helped(scene: Scene, known: Known) -> None:
    """The family support team accepts the child and does its whole work with the family."""
    city = scene.city
    by = city.family_support_worker.actor
    caseflow.accept_child(
        file=known.file, offer=known.offer, by=city.family_support_manager.actor, worker=by.worker
    )
    mother = said.Agreement(who="Orla", part="mother", on=date(2026, 3, 2))
    actions.begin(files=[known.file], agreements=[mother], purpose="Quiet mornings", lead=by.worker, by=by)
    known.family = Support.objects.get(file=known.file).family
    actions.assess(family=_again(scene, known), assessed=_assessed(known), by=by)
    scene.drafts["assessment"] = _draft(scene, known)
    actions.invite(family=_again(scene, known), member=_of_the_school(scene), by=by)
    actions.plan(family=_again(scene, known), goals=_goals(scene, known), family_words="", by=by)
    family = _again(scene, known)
    measure = said.Measure(headline="education", who="The child", child=known.file, value="better")
    reviewed = said.FamilyPlanReviewed(
        support=0, outcome="Looked at both.", came=("Orla",), goals=tuple(family.record.goals), measures=(measure,),
        goes_on="goes on",
    )  # fmt: skip
    actions.review(family=family, reviewed=reviewed, by=by)


def _again(scene: Scene, known: Known) -> Family:
    return family_of(scene.city.family_support_worker.actor, known.family)


def _assessed(known: Known) -> said.WholeFamilyAssessed:
    measure = said.Measure(headline="education", who="The child", child=known.file, value="need")
    return said.WholeFamilyAssessed(
        support=0, summary="Mornings are hard.", framework="supporting-families", family_words="Quiet.",
        child_words="I want breakfast.", measures=(measure,),
    )  # fmt: skip


def _draft(scene: Scene, known: Known) -> object:
    """A second assessment that its writer has not signed."""
    typed = {"family": [str(known.family)], "framework": ["supporting-families"]}
    return drafts.begin("whole-family", by=scene.city.family_support_worker.actor, typed=typed)[0].pk


def _of_the_school(scene: Scene) -> said.FamilyTeamJoined:
    school = scene.city.school
    return said.FamilyTeamJoined(
        support=0, name=school.worker.name, worker=school.worker.pk, role="Key adult", agency=school.team.agency_id,
        agency_name=school.team.agency.name, basis="public task, the family agrees", purpose="To pull the same way",
    )  # fmt: skip


def _goals(scene: Scene, known: Known) -> list[said.Goal]:
    """One goal that the school does and therefore sees, and one that it does not."""
    school, by = scene.city.school, date(2026, 3, 20)
    return [
        said.Goal(
            number=1, want=scene.plant(f"{SHARED} {known.relation}"), does="Breakfast at school", doer=school.worker.name,
            worker=school.worker.pk, by=by,
        ),
        said.Goal(number=2, want=scene.plant(f"{KEPT} {known.relation}"), does="Sleeps earlier", doer="Orla", by=by),
    ]  # fmt: skip
