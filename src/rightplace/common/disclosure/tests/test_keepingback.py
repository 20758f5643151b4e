"""What is sent never names a protected address: its street or its postcode, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.common.disclosure import keepingback
from rightplace.common.disclosure.keepingback import gives_away

LINE, POSTCODE = "Flat 2, 17 St Anne's Mill Lane, Aldermere", "B17 9QX"


@pytest.fixture
def hidden(monkeypatch):
    monkeypatch.setattr(keepingback, "_stood", lambda files: [(LINE, POSTCODE)])


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize(
    "said",
    [
        "They live at 17 St Anne's Mill Lane.", "st annes mill ln", "ST. ANNE’S MILL LANE!", "Saint? no: St Anne's Mill La",
        "near B17 9QX", "b179qx", "B17  9qx.", "b17-9qx", "meet at 3\nSt Anne's\nMill Lane",
    ],
)  # fmt: skip
def test_street_and_postcode_are_found_in_any_writing(said):
    assert gives_away([1], said)


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize(
    "said",
    ["", "Ayla (8). Please ring 0121 496 0150.", "Anne likes the mill.", "Flat 2", "17", "Aldermere", "B17", "B17 9QY",
     "Mill Lane school"],
)  # fmt: skip
def test_what_gives_nothing_away_is_not_held_back(said):
    assert not gives_away([1], said)


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from(["17 Zqvex Rd", "17 zqvex road", "B17 9QX", "b179qx"]),
)
def test_whatever_stands_around_it_it_is_found(before, after, secret):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(keepingback, "_stood", lambda files: [("17 Zqvex Road", POSTCODE)])
        assert gives_away([1], f"{before} {secret} {after}")


@pytest.mark.parametrize("line", ["", "17", "Aldermere", ",,;"])
def test_a_line_without_a_street_holds_nothing_back_but_its_postcode(monkeypatch, line):
    monkeypatch.setattr(keepingback, "_stood", lambda files: [(line, POSTCODE)])
    assert not gives_away([1], "17 Any Street, Aldermere")
    assert gives_away([1], "B17 9QX")
