"""A small set of questions with every kind, and a clock that stands still."""

from __future__ import annotations

import pytest

from rightplace.common.questions import sets
from rightplace.foundation.organisation import clock
from rightplace.testing.organisation import MORNING

TOML = """
id = "every-kind"
version = 1
title = "Every kind"

[[question]]
key = "danger"
words = "Is a child in danger?"
kind = "yes-no-not-known"
required = "Say whether a child is in danger."

[[question]]
key = "children"
words = "Who?"
one = "Child"
kind = "children"
required = "Give a name or a description."
one_of = ["given", "described"]
  [[question.ask]]
  key = "given"
  words = "First name"
  kind = "text"
  [[question.ask]]
  key = "described"
  words = "Description"
  kind = "text"
  [[question.ask]]
  key = "born"
  words = "Date of birth"
  kind = "date-or-age"
  [[question.ask]]
  key = "sex"
  words = "Girl or boy"
  kind = "choice"
  choices = [{ value = "F", words = "Girl" }, { value = "not born yet", words = "Not born yet" }]

[[question]]
key = "together"
words = "Brothers and sisters?"
kind = "yes-no-not-known"
several = true

[[question]]
key = "address"
words = "Where?"
kind = "address"
not_known = "Not known"
required = "Say where, or that you do not know."

[[question]]
key = "told"
words = "Does the family know?"
kind = "choice"
choices = [{ value = "yes", words = "Yes" }, { value = "no", words = "No" }]

[[question]]
key = "why"
words = "Why not?"
kind = "longtext"
limit = 20
show_if = { told = ["no"] }
required = "Say why not."

[[question]]
key = "phone"
words = "Number"
kind = "phone"

[[question]]
key = "email"
words = "E-mail"
kind = "email"
"""


@pytest.fixture(autouse=True)
def morning():
    """A Tuesday at 10:20."""
    with clock.clock_at(MORNING):
        yield MORNING


@pytest.fixture
def every_kind(tmp_path, monkeypatch):
    """The set, registered for this test."""
    path = tmp_path / "every.toml"
    path.write_text(TOML)
    found = sets.read_question_set(path)
    monkeypatch.setitem(sets._sets, found.id, found)
    return found
