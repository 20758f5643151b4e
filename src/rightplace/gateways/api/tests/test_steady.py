"""By the API as by the pages: how long an answer takes does not tell whether a child, or a family, is known."""

from __future__ import annotations

import time

import pytest

from rightplace.common.web import steady
from rightplace.foundation.people.projections import Duplicate
from rightplace.gateways.api.tests.telling import System, notice
from rightplace.services.signals.models import Signal
from rightplace.services.signals.tests.giving import agreed, row

pytestmark = pytest.mark.django_db
STEP = 2.0
"""Long beside the work, so that a busy machine does not reach the second step."""


def steps(do) -> int:
    """In how many whole steps an answer came."""
    began = time.perf_counter()
    assert do().status_code in (200, 201)
    return int((time.perf_counter() - began) // STEP)


def test_a_known_child_takes_as_many_steps_as_a_stranger(police, monkeypatch):
    police.send(notice(sender_id="first"))
    stranger = {"given": "Vesper", "family": "Quill", "born": "2015-01-01"}
    bodies = [notice(sender_id="known"), notice(sender_id="stranger", children=[stranger, stranger])]
    monkeypatch.setattr(steady, "STEP", STEP)
    assert [steps(lambda body=body: police.send(body)) for body in bodies] == [1, 1]
    assert Duplicate.objects.exists(), "the known child was found, or nothing is shown here"


def test_signals_of_a_family_that_has_others_take_as_many_steps(city, monkeypatch):
    agreed(city, city.school)
    school = System(city.school, "signals:write")
    school.give("signals", {"signals": [row(1)]})
    rows = [row("met"), row("alone", given="Lone", family="Quill", address="1 Far Row", adults="Odo Quill")]
    monkeypatch.setattr(steady, "STEP", STEP)
    assert [steps(lambda one=one: school.give("signals", {"signals": [one]})) for one in rows] == [1, 1]
    families = dict(Signal.objects.values_list("sender_id", "family"))
    assert families["row-met"] == families["row-1"] != families["row-alone"]
