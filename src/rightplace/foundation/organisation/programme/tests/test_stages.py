"""The evidence of a programme is read by the rules of stages: kind, role behind a colon, and a reference."""

from __future__ import annotations

from typing import Any

import pytest

from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.programme import actions, hooks, stages
from rightplace.foundation.organisation.programme.tables import Programme, ProgrammePost
from rightplace.foundation.organisation.programme.tests.test_programmes import (
    city,
    keeper,
    morning,
    opened,
    programme,
)

__all__ = ["city", "keeper", "morning", "opened", "programme"]
pytestmark = pytest.mark.django_db


def test_a_role_needs_its_own_evidence_and_evidence_without_a_reference_is_none(
    programme: Programme, opened: Any, keeper: Any
) -> None:
    post = opened()
    actions.put_post(programme=programme, post=post, side=ProgrammePost.Side.NEW, by=keeper)

    def gaps() -> set[str]:
        found = stages.missing_for(programme.pk, "pools", clock.today())
        return {each.kind for each in found if each.stage == "profiles"}

    def shown(what: str, reference: str) -> None:
        actions.record_evidence(
            programme=programme, stage="profiles", on=clock.today(), what=what, reference=reference, by=keeper
        )

    assert stages.roles_of(programme.pk) == (post.title,)
    assert gaps() == {"role profile agreed", "job evaluated"}
    shown(f"job evaluated: {post.title}", "JE/1")
    shown(f"role profile agreed: {post.title}", "")
    assert gaps() == {"role profile agreed"}


def test_nobody_can_say_that_results_are_published_unless_somebody_registered(programme: Programme) -> None:
    registered = hooks._days[:]
    hooks._days.clear()
    try:
        assert hooks.published_on(programme.pk) is None
        hooks.register_publication_day(lambda number: clock.today() if number == programme.pk else None)
        assert hooks.published_on(programme.pk) == clock.today()
    finally:
        hooks._days[:] = registered
