"""The redesign of 2011 to its end: evidence that nothing else worked out, the director's publication, the first day."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from rightplace.demo.seeding.restructure import TITLE, morning_of, show, signer
from rightplace.demo.seeding.restructure_words import AFTER, LATER_ON
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.programme.stages import evidence_of, roles_of
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.restructure import actions
from rightplace.services.restructure.models import Publication

PUBLISHED = date(2011, 6, 20)
SCORED, MODERATED = date(2011, 5, 27), date(2011, 6, 1)


@transaction.atomic
def seed(population: int, seed: int) -> None:
    """Once, after the selection has said who was placed."""
    programme = Programme.objects.filter(title=TITLE).first()
    if programme is None or Publication.objects.filter(programme=programme).exists():
        return
    hr = signer(programme, RoleCode.HUMAN_RESOURCES)
    known = {
        (each.stage, each.kind, each.of)
        for each in evidence_of(programme.pk)
        if each.day <= PUBLISHED.toordinal() and each.reference.strip()
    }
    show(programme, hr, tuple(each for each in LATER_ON if (each[0], each[1], "") not in known))
    for role in roles_of(programme.pk):
        for kind, on in (("scored by two trained people", SCORED), ("moderated", MODERATED)):
            if ("assessment", kind, role) not in known:
                with clock.clock_at(morning_of(on)):
                    actions.show_stage(
                        programme=programme, stage="assessment", kind=kind, of=role, on=on,
                        reference="Panel book 3", by=hr,
                    )  # fmt: skip
    with clock.clock_at(morning_of(PUBLISHED)):
        actions.publish(
            programme=programme, by=signer(programme, RoleCode.DIRECTOR),
            words="Everybody has a letter with the own result and its reasons, and whom to ask.",
        )  # fmt: skip
    show(programme, hr, AFTER)
