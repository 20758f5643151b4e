"""However long or odd, a text is answered at once: nothing is gone through twice, and too much is refused."""

import tomllib

import pytest

from rightplace.domain.simulation.scenarios import CannotBe, lines, read, reading

HEAD = 'name = "X"\nbegins = 2026-04-06\ndays = 730\n'
LONG = "merge = [\n" + "  {},\n" * 2_000 + "]\n"


@pytest.fixture
def parsed(monkeypatch):
    """How many characters a reader of TOML was given."""
    given = []

    def counted(text):
        given.append(len(text))
        return tomllib.loads(text)

    class Counting:
        loads = staticmethod(counted)
        TOMLDecodeError = tomllib.TOMLDecodeError

    monkeypatch.setattr(lines, "tomllib", Counting)
    monkeypatch.setattr(reading, "tomllib", Counting)
    return given


def test_what_is_well_said_is_parsed_once(parsed):
    text = HEAD + 'note = """' + "a line\n" * 400 + '"""\n'
    read(text)
    assert parsed == [len(text)]


def test_what_is_refused_is_parsed_twice_and_not_once_for_each_of_its_lines(parsed):
    text = f"{HEAD}{LONG}dayz = 3\n"
    with pytest.raises(CannotBe):
        read(text)
    assert sum(parsed) <= 2 * len(text)


@pytest.mark.parametrize(
    "odd",
    [
        'note = """a [ { \' \n # "" \\""" ] b""""\n',
        "note = '''\n[[change]]\n\"\"\" { ''''\n",
        'note = "[ # {" # ] } "\n',
        'merge = [ # ] not yet\n  {areas = [\'a]\', "b\\"]"]},\n\n]\n',
        'note = ""\n\n# "\n# [\n',
    ],
    ids=["text", "literal text", "comment", "list", "nothing"],
)
def test_brackets_and_quotes_in_texts_and_comments_do_not_end_a_statement(odd):
    text = f"{HEAD}{odd}budget = -1\n[promises]\nvisit = 0.1\n"
    tomllib.loads(text)
    found = lines.Lines(text)
    rows = text.split("\n")
    assert found.of(("budget",)) == rows.index("budget = -1") + 1
    assert found.of(("promises", "visit")) == rows.index("visit = 0.1") + 1


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (HEAD + "# " + "x" * reading.LONGEST, 1, "longer than 100,000 characters"),
        (HEAD + "\n" * reading.MOST_LINES, 1, "more than 10,000 lines"),
        (HEAD + ".".join("a" * 20_000) + " = 1\n", 4, "too many dots"),
        (f"{HEAD}[{'.'.join('a' * 20_000)}]\n", 4, "too many dots"),
        (HEAD + 'x = """' + '\\"""' * 18_000, 4, "not well-formed"),
        (HEAD + 'x = "' + '\\"' * 48_000, 4, "not well-formed"),
    ],
    ids=["long", "lines", "name", "header", "text without end", "words without end"],
)
def test_what_would_take_long_to_read_is_refused(text, line, words):
    with pytest.raises(CannotBe) as refused:
        read(text)
    assert (refused.value.line, words in refused.value.because) == (line, True), refused.value


def test_dots_in_words_are_as_many_as_one_likes():
    assert read(f'{HEAD}note = "{"." * 300}"  # {"." * 300}\n').note == "." * 300
