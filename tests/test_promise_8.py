"""Promise 8. Names are never in logs, addresses, page titles, file names or e-mails. People here are invented.

What pages, titles, headers and the log hold is looked for by `test_canaries.py`, as everybody.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import mail

from rightplace.foundation.access.routes import declared_routes
from rightplace.foundation.journal.outbox import deliver_outbox
from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor import letters
from rightplace.testing.organisation import MORNING
from tests.scene import Scene, build

pytestmark = pytest.mark.promise
ROOT = Path(__file__).parents[1]
WRITTEN = ("src", "tests", "docs", "tools")
LOGS = frozenset({"debug", "info", "warning", "error", "exception", "critical"})
TYPED = re.compile(r"<(?:str|path):(\w+)>|<(\w+)>")
E_MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
NOBODYS = (".example", ".invalid", "example.com", "example.org", "example.net", ".localhost")
TELEPHONE = re.compile(r"(?<![\w.,-])(0\d{2,4} ?\d{3} ?\d{3,4})(?![\d.])")
FOR_DRAMA = re.compile(
    r"01632960\d{3}|0(?:11[3-8]|1[2-9]1)4960\d{3}|02079460\d{3}|07700900\d{3}|08081570\d{3}|909879\d{4}|0303\d+"
)
"""Ofcom keeps these numbers free for drama: nobody has them."""


def sources(*endings: str) -> Iterator[Path]:
    """What the project itself says, file by file."""
    for folder in WRITTEN:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in endings and "node_modules" not in path.parts and "built" not in path.parts:
                yield path


# e-mails ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scene(kept_rows: str) -> Iterator[Scene]:
    with clock.clock_at(MORNING):
        yield build()


def named_in(letter: mail.EmailMessage, scene: Scene) -> list[str]:
    """The planted words, and the names of people, that a letter holds."""
    text = f"{letter.subject}\n{letter.body}".casefold()
    people = [person.worker.name for person in scene.people.values()]
    return [word for word in (*scene.planted.values(), *people) if word.casefold() in text]


def test_no_letter_names_anybody(scene, figure):
    with clock.clock_at(MORNING):
        while deliver_outbox():
            pass
    assert len(mail.outbox) > 10
    wrong = {letter.subject: found for letter in mail.outbox if (found := named_in(letter, scene))}
    assert wrong == {}
    figure(f"letters: {len(mail.outbox)} to colleagues who told; no name and no planted word in any")


def test_a_letter_that_names_a_child_is_caught(scene, monkeypatch):
    planted = scene.planted["given name own"]
    monkeypatch.setattr(letters, "_text", lambda task, contact: f"You told us of {planted}.")
    known = scene.children["own"]
    with clock.clock_at(MORNING):
        letters.write_to_sender("contact.read", {"concern": known.concern})
    assert named_in(mail.outbox[-1], scene) == [planted]


# addresses and the log ----------------------------------------------------------------------------------------------


def test_no_address_has_room_for_what_somebody_typed():
    """Numbers, opaque keys, and names of figures and cases; of the API the receipt, which is a number of our own."""
    own = [each.address for each in declared_routes() if not each.name.startswith(("account_", "mfa_"))]
    assert len(own) > 50
    assert [each for each in own if TYPED.search(each) and not each.startswith("api/")] == []
    assert TYPED.search("child/<str:name>/")


def spoken(tree: ast.AST) -> Iterator[ast.Call]:
    """Each call that writes a line to the log."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOGS:
            owner = ast.unparse(node.func.value)
            if re.search(r"\blog(ger|ging)?\b|\bsecurity\b|_log\b", owner):
                yield node


def varies(call: ast.Call) -> bool:
    """Whether a line says something that was put together: a name may be in it."""
    return not call.args or not (isinstance(call.args[0], ast.Constant) and len(call.args) == 1)


def test_every_line_of_the_log_is_a_constant_sentence():
    calls = [
        (path.name, call)
        for path in sources(".py")
        if "tests" not in path.parts
        for call in spoken(ast.parse(path.read_text()))
    ]
    assert len(calls) >= 3
    assert [f"{name}:{call.lineno}" for name, call in calls if varies(call)] == []
    assert varies(next(spoken(ast.parse('log.warning(f"{child} was found")'))))
    assert varies(next(spoken(ast.parse('log.warning("%s was found", child)'))))


# invented people ----------------------------------------------------------------------------------------------------


def test_every_e_mail_address_is_one_that_nobody_can_have():
    found = [
        (path.name, match.group())
        for path in sources(".py", ".toml", ".md", ".jinja", ".csv", ".json")
        for match in E_MAIL.finditer(path.read_text(errors="replace"))
        if not f".{match.group(1)}".endswith(NOBODYS)
    ]
    assert found == []


def test_every_telephone_number_is_kept_for_drama_or_is_a_public_line():
    found = [
        (path.name, match.group(1))
        for path in sources(".py", ".toml", ".md", ".jinja", ".csv", ".json")
        for match in TELEPHONE.finditer(path.read_text(errors="replace"))
        if match.group(1) != "0123456789" and not FOR_DRAMA.fullmatch(match.group(1).replace(" ", ""))
    ]
    assert found == []
