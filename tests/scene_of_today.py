"""What is going on with the own child of the scene: an assessment, a strategy discussion, what was shared and refused."""

from __future__ import annotations

from datetime import timedelta

from rightplace.common.disclosure import actions as disclosure
from rightplace.domain.practice.entries.protection import StrategyAnswered, StrategyDecided
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import School
from rightplace.services.assessment import actions as assessment
from rightplace.services.protection import actions as protection
from rightplace.services.protection.projections import Called
from rightplace.services.schools import actions as schools
from tests.scene import Scene

TOLD_TO_THE_POLICE = ("sent for the strategy discussion", "sent to the police")
SAID_BY_THE_POLICE = "said for the strategy discussion"
WITHIN = ("focus of the assessment", "reasons for the strategy discussion", "reasons of the refusal")
ASKED_OF_THE_LINK = "asked of the link person"


def go_on(scene: Scene) -> None:
    """The social worker assesses and calls the police; the front door shares one thing and refuses another."""
    city, file = scene.city, scene.children["own"].file
    worker, door = city.social_worker.actor, city.front_door_worker.actor
    assessment.start_assessment(files=[file], focus=scene.plant("focus of the assessment"), by=worker)
    call = StrategyDecided(
        reasons=scene.plant("reasons for the strategy discussion"),
        called=(city.police.team.agency_id, city.health.team.agency_id),
        where="By video", sent=scene.plant("sent for the strategy discussion"), meets=clock.now() + timedelta(hours=3),
        basis="public task", purpose="To decide together", family_told="not told", not_told_reason="Danger.",
    )  # fmt: skip
    signed = protection.call_strategy(files=[file], call=call, by=worker)
    scene.strategy = signed[0].occasion
    own = list(Called.objects.filter(number=signed[0].occasion, agency=city.police.team.agency_id))
    answer = StrategyAnswered(
        strategy=0, agency=0, answer="coming", who=city.police.worker.name, known="known",
        knows=scene.plant(SAID_BY_THE_POLICE), basis="public task", purpose="To decide together",
    )  # fmt: skip
    protection.answer_call(rows=own, answer=answer, by=city.police.actor)
    disclosure.share(
        file=file, with_whom="Example City Police", basis="public task", purpose="To keep the way home safe",
        sent=scene.plant("sent to the police"), agency=city.police.team.agency_id, by=door,
    )  # fmt: skip
    disclosure.refuse(
        file=file, with_whom="Example Homes", agency=city.housing.team.agency_id, asked_for="A new address",
        reasons=scene.plant("reasons of the refusal"), ground="harm", by=door,
    )  # fmt: skip
    school = School.objects.get(agency=city.school.team.agency)
    schools.ask(
        school=school, topic="attendance", question=scene.plant(ASKED_OF_THE_LINK), by=city.school.actor
    )
