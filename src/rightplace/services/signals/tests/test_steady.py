"""By the forms as by the API: how long an answer takes does not tell whether a family is known."""

from __future__ import annotations

import statistics
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rightplace.common.web import steady
from rightplace.services.signals.models import Family, Signal
from rightplace.services.signals.tests.giving import given, row
from rightplace.services.signals.tests.test_files import as_csv
from rightplace.testing.organisation import Colleague, sign_in

STEP = 2.0
"""Long beside the work, so that a busy machine does not reach the second step."""
STRANGER = {"given": "Vesper", "family": "Quill", "address": "1 Far Row", "adults": "Odo Quill"}


def typed(number: str, **more: str) -> dict[str, str]:
    said = {name: str(each) for name, each in row(number, **more).items()}
    days = {
        f"{name}_{place}": part
        for name in ("noticed", "born")
        for place, part in zip(("year", "month", "day"), said.pop(name).split("-"), strict=True)
    }
    return said | days | {"once": number}


def by_form(person: Colleague, number: str, **more: str) -> float:
    client = sign_in(Client(), person)
    began = time.monotonic()
    assert client.post(reverse("signals:give"), typed(number, **more)).status_code == 302
    return time.monotonic() - began


def by_file(person: Colleague, *rows: dict[str, object]) -> float:
    client = sign_in(Client(), person)
    upload = SimpleUploadedFile("signals.csv", as_csv(*rows))
    began = time.monotonic()
    assert client.post(reverse("signals:give-file"), {"file": upload}).status_code == 200
    return time.monotonic() - began


@pytest.fixture
def known(city, feed, monkeypatch):
    """A family that has signals already; and every page was shown once."""
    given(city, *(row(n) for n in range(6)))
    family = Family.objects.get()
    with monkeypatch.context() as patched:
        patched.setattr(steady, "STEP", 0.001)
        by_form(city.school, "first")
        by_file(city.school, row("once"))
    return family


def steps(taken: float, times: int = 1) -> int:
    """In how many whole steps of the clock an answer came."""
    return int(taken // (times * STEP))


def test_one_signal_waits_for_the_same_step_of_a_known_family_as_of_a_stranger(city, known, monkeypatch):
    monkeypatch.setattr(steady, "STEP", STEP)
    for number, more in (("met", {}), ("alone", STRANGER)):
        assert steps(by_form(city.school, number, **more)) == 1
    met, alone = Signal.objects.get(sender_id="form-met"), Signal.objects.get(sender_id="form-alone")
    assert met.family_id == known.pk != alone.family_id, "the one family was known, or nothing is shown here"


def test_a_file_waits_for_the_same_step_too(city, known, monkeypatch):
    monkeypatch.setattr(steady, "STEP", STEP)
    met = [row(f"met{n}") for n in range(5)]
    alone = [row(f"alone{n}", **STRANGER) for n in range(5)]
    for rows in (met, alone):
        assert steps(by_file(city.school, *rows)) == 1


def test_a_long_file_waits_in_longer_steps(city, known, monkeypatch):
    monkeypatch.setattr(steady, "STEP", STEP)
    rows = [row(f"long{n}", words="x" * 1_900) for n in range(12)]
    assert steps(by_file(city.school, *rows), times=2) == 1


def test_the_time_does_not_tell_a_known_family(city, known):
    """In pairs, as they come at random; the clock's step is the real one."""
    apart = [
        by_form(city.school, f"met{n}") - by_form(city.school, f"alone{n}", **STRANGER | {"family": f"Quill {n}"})
        for n in range(5)
    ]  # fmt: skip
    assert abs(statistics.median(apart)) < steady.STEP / 4, apart
