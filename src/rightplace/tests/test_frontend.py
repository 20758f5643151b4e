"""What set-up builds is whole, served by us and carries the licences that have to go with it."""

import re

from rightplace import frontend

STYLE = frontend.BUILT / "app.css"


def test_every_file_that_the_style_names_is_built() -> None:
    named = set(re.findall(r'url\("?([^")]+)"?\)', STYLE.read_text()))
    files = {name for name in named if not name.startswith("data:")}
    assert files, "the style names its font"
    assert [name for name in files if not (frontend.BUILT / name).is_file()] == []


def test_nothing_of_the_brand_of_the_government_is_built() -> None:
    style = STYLE.read_text()
    assert "GDS Transport" not in style
    assert "crest" not in style
    assert "crown" not in style


def test_each_package_that_is_served_goes_with_its_licence() -> None:
    for name in ("govuk-frontend.LICENSE.txt", "htmx.LICENSE.txt", "fonts/source-sans-3.LICENSE.txt"):
        assert len((frontend.BUILT / name).read_text()) > 200


def test_what_was_built_is_current() -> None:
    assert frontend.is_current()
