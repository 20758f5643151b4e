"""A question set is read from its file, and a wrong one is refused with the reason."""

from __future__ import annotations

import pytest

from rightplace.common.questions.sets import SetRefused, read_question_set

FINE = """
id = "test"
version = 2
title = "Test"
[[question]]
key = "danger"
words = "Is a child in danger?"
kind = "yes-no-not-known"
required = "Say whether."
"""


def write(tmp_path, more="", text=FINE):
    path = tmp_path / "set.toml"
    path.write_text(text + more)
    return path


def question(key, kind="text", **more):
    lines = "".join(f"{name} = {value}\n" for name, value in more.items())
    return f'[[question]]\nkey = "{key}"\nwords = "?"\nkind = "{kind}"\n{lines}'


def test_a_set_is_read_with_its_version(tmp_path):
    found = read_question_set(write(tmp_path))
    assert (found.id, found.version, found.named("danger").required) == ("test", 2, "Say whether.")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (question("danger"), "used twice"),
        (question("no key"), "no key"),
        (question("choose", "choice"), "nothing to choose"),
        (question("group", "children"), "group of children"),
        (question("why", show_if='{ other = ["yes"] }'), "shown if other"),
        (question("x", "song"), "song"),
        (question("x", colour='"red"'), "colour"),
        ("".join(question(f"q{n}", required='"Say it."') for n in range(8)), "9 questions are required"),
        ("][", "line"),
    ],
)
def test_a_wrong_set_is_refused(tmp_path, more, said):
    with pytest.raises(SetRefused, match=said):
        read_question_set(write(tmp_path, more))
