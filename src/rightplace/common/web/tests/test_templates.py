"""Held over every template of every app: nothing inline, no names in addresses of files, everything escaped."""

import re
from pathlib import Path

import pytest

import rightplace
from rightplace.common.web import jinja

SOURCE = Path(rightplace.__file__).parent
TEMPLATES = sorted(SOURCE.rglob("jinja2/**/*.jinja"))
SCRIPTS = sorted((SOURCE / "common/web/static/web").glob("*.js"))


def named(file: Path) -> str:
    return str(file.relative_to(SOURCE))


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_no_template_has_inline_script_style_or_unescaped_text(template):
    written = template.read_text()
    assert not re.search(r"<style\b", written)
    assert not re.search(r"\sstyle\s*=", written)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", written)
    assert not re.search(r"javascript:", written)
    assert not re.search(r"\|\s*safe\b", written)
    for script in re.findall(r"<script\b[^>]*>", written):
        assert "src=" in script or 'type="application/json"' in script


def test_there_are_templates_to_hold():
    assert len(TEMPLATES) >= 20


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_no_script_keeps_what_a_person_typed_in_the_browser(script):
    written = script.read_text()
    for store in ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "innerHTML", "eval("):
        assert store not in written


def test_everything_is_escaped():
    from jinja2 import DictLoader

    made = jinja.environment(loader=DictLoader({"x.jinja": "{{ it }}"}))
    assert made.get_template("x.jinja").render(it="<b>") == "&lt;b&gt;"


def test_the_readme_lists_every_component_and_every_layout():
    listed = (SOURCE / "common/web/README.md").read_text()
    for name in re.findall(r"{% set (\w+) =", (SOURCE / "common/web/jinja2/web/macros.jinja").read_text()):
        assert f"`{name}(" in listed, name
    for layout in ("base", "staff", "public", "question", "check", "progress", "wrong"):
        assert f"`web/{layout}.jinja`" in listed
