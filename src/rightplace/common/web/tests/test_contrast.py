"""Every text can be read: 6:1 for each pair of colours, and the stylesheet has the same colours."""

import re
from pathlib import Path

import pytest

from rightplace.common.web import palette

WEB = Path(palette.__file__).parent
TOKENS = dict(re.findall(r"^\$([a-z-]+): (#[0-9a-f]{6});", (WEB / "scss/_tokens.scss").read_text(), re.M))


@pytest.mark.parametrize("pair", palette.PAIRS)
def test_every_text_stands_out_six_times_from_its_background(pair):
    assert palette.contrast(*palette.PAIRS[pair]) >= 6


def test_the_measure_of_contrast_agrees_with_wcag_at_its_ends():
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_borders_of_fields_and_the_shapes_of_states_stand_out_three_times():
    for colour in (TOKENS["input-line"], palette.LATE, palette.SOON, palette.PETROL, palette.QUIET):
        assert palette.contrast(colour, palette.WHITE) >= 3
        assert palette.contrast(colour, palette.SAND) >= 3


def test_marigold_is_only_ever_a_shape_on_petrol():
    assert palette.contrast(palette.MARIGOLD, palette.PETROL) >= 3
    sheets = "".join(
        file.read_text() for file in (WEB / "scss").glob("*.scss") if file.name != "_tokens.scss"
    )
    assert "marigold" not in sheets


def test_charts_and_stylesheet_use_the_same_colours():
    for name, colour in TOKENS.items():
        declared = getattr(palette, name.upper().replace("-", "_"), None)
        assert declared in (colour, None), name
    assert {"ink", "petrol", "late", "soon-pale", "sealed"} <= TOKENS.keys()


def test_the_stylesheet_writes_no_colour_of_its_own():
    for file in (WEB / "scss").glob("_*.scss"):
        if file.name in ("_tokens.scss", "_print.scss"):
            continue
        written = re.findall(r"(?<![\w-])#[0-9a-f]{3,8}\b", file.read_text())
        assert not written, f"{file.name}: {written}"
