"""A scenario reads and writes back equal, or is refused with a line that exists, and the reason."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.simulation.parameters import parameters
from rightplace.domain.simulation.scenarios import (
    WHATS,
    CannotBe,
    Change,
    EarlyHelp,
    ImpossibleScenario,
    Merge,
    Scenario,
    check,
    read,
    write,
)
from rightplace.domain.simulation.teams import structure_of

EXAMPLES = Path(__file__).parents[1] / "examples"
DOCS = Path(__file__).parents[6] / "docs" / "capacity.md"
HEAD = 'name = "X"\nbegins = 2026-04-06\ndays = 730\n'
TOWN = f"{HEAD}[areas]\nNorth = 16000\nSouth = 24000\n"


def change(**told: object) -> str:
    """A change; what and where are put in quotes."""
    fields = {"day": "2026-09-01", "what": "leave", "amount": "1", **told}
    quoted = {name: f'"{value}"' if name in ("what", "where") else value for name, value in fields.items()}
    return "[[change]]\n" + "".join(f"{name} = {value}\n" for name, value in quoted.items())


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.toml")), ids=lambda file: file.stem)
def test_the_examples_that_come_with_the_program_read_and_write_back_equal(file):
    scenario = read(file.read_text(encoding="utf-8"))
    assert read(write(scenario)) == scenario


@pytest.mark.skipif(not DOCS.is_file(), reason="the documents are not at hand")
def test_what_the_document_shows_is_a_scenario_and_it_names_everything_that_can_change():
    text = DOCS.read_text(encoding="utf-8")
    for example in re.findall(r"```toml\n(.*?)```", text, re.DOTALL):
        assert read(example).name
    for what in WHATS:
        name = what if not what.startswith("standard.visits") else "standard.visits.STAGE"
        assert f"`{name}`" in text or f"`.{name.removeprefix('standard.')}`" in text, name


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name =\n", 1, "it must be text in quotes"),
        (f"{HEAD}dayz = 3\n", 4, "did you mean days?"),
        (f'{HEAD}note = """a\nb"""\nbudget = "much"\n', 6, "must be a number"),
        (f"{HEAD}budget = -1\n", 4, "between 0"),
        (f"{HEAD}[promises]\nassessments = 0.1\n", 5, "did you mean assessment?"),
        (f'{HEAD}[strengths]\n"load.leavin" = 1\n', 5, "did you mean load.leaving?"),
        (f'{HEAD}[strengths]\n"return.plan" = 1.5\n', 5, "not between 0 and 1"),
        (f"{TOWN}{change(day='2025-01-01')}", 8, "before the first day"),
        (f"{TOWN}{change(day='2030-01-01')}", 8, "after the last day"),
        (f"{TOWN}{change(what='leav')}", 9, "did you mean leave?"),
        (f'{TOWN}{change()}where = "Suoth"\n', 11, "did you mean South?"),
        (f"{TOWN}{change(what='reorganise')}", 9, "These can: "),
        (f"{TOWN}{change(amount='900')}", 10, "cannot leave"),
        (f"{TOWN}{change(what='posts', amount='-900')}", 10, "cannot go"),
        (f"{TOWN}{change(what='posts', amount='1.5')}", 10, "people are whole"),
        (f"{TOWN}{change(what='agency', amount='1.2')}", 10, "not between 0 and 1"),
        (f'{TOWN}{change(what="pay")}where = "South"\n', 11, "holds everywhere"),
        (f'{TOWN}{change(what="absence")}where = "Mars"\n', 11, "no team, area or kind"),
        (
            f"{TOWN}{change(what='demand', amount='1.1')}{change(what='demand', amount='1.2')}",
            13,
            "say it once",
        ),
        (
            f"{TOWN}{change(what='posts', amount='2')}{change(what='posts', amount='-2', where='South')}",
            15,
            "adds to the posts",
        ),
        (f"{TOWN}{change(amount='true')}", 10, "must be a number"),
        (f"{TOWN}{change(amount='inf')}", 10, "no number here"),
        (f"{TOWN}{change(what='winter', amount='1.2')}", 9, "a winter ends"),
        (f"{TOWN}{change(weeks='4')}", 11, "do not come back by themselves"),
        (f"{TOWN}{change(what='managers', amount='-23')}", 10, "nobody would be left"),
        (f"{TOWN}{change(what='posts', amount='-133')}", 10, "no worker"),
        (f"{TOWN}[early_help]\neffect = 1.5\n", 8, "not between 0 and 1"),
        (f'{TOWN}[[merge]]\nareas = ["North", "Souht"]\nname = "Both"\n', 8, "did you mean South?"),
        (f"{HEAD}[areas]\nall = 20000\n", 5, "means something else"),
        (f"{HEAD}[areas]\nhealth = 20000\n", 5, "means something else"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line_and_the_reason(text, line, words):
    with pytest.raises(CannotBe) as refused:
        read(text)
    assert refused.value.line == line, refused.value
    assert words in refused.value.because
    assert refused.value.where.startswith(f"line {line}")


def test_a_form_is_told_the_field():
    scenario = Scenario(
        "X",
        date(2026, 4, 6),
        730,
        areas=(("South", 24_000),),
        changes=(Change(date(2026, 5, 1), "leave", "South", 900),),
    )
    with pytest.raises(ImpossibleScenario) as refused:
        check(scenario)
    assert refused.value.where == "change 1, amount"


def test_people_are_shared_out_over_the_parts_of_a_large_area():
    scenario = read(f'{TOWN}{change(what="posts", amount="7")}where = "South long-term"\n')
    steps = check(scenario).changes
    assert [step.where for step in steps] == ["South 1 safeguarding", "South 2 safeguarding"]
    assert sum(step.amount for step in steps) == 7


def test_times_multiplies_what_held_the_day_before():
    twice = change(what="absence", amount="2") + change(what="absence", amount="0.5", day="2027-01-01")
    steps = check(read(TOWN + twice)).changes
    assert [step.amount for step in steps] == [2.0, 1.0]


def test_a_strength_of_one_place_starts_from_what_each_of_its_teams_had():
    twice = change(what="threshold", amount="0.8", where="South") + change(
        what="threshold", amount="0.5", day="2027-01-01"
    )
    found = check(read(TOWN + twice)).changes
    assert {each.amount for each in found if each.day.year == 2026} == {0.8}
    assert {each.where.split()[0] for each in found if each.day.year == 2026} == {"South"}
    later = {each.where: each.amount for each in found if each.day.year == 2027}
    assert later["North front door"] == 0.5
    assert later["South 1 front door"] == pytest.approx(0.4)


names = st.text(min_size=1, max_size=12).map(str.strip).filter(lambda t: t.isprintable() and t and t != "all")
changes = st.builds(
    Change,
    st.dates(date(2026, 4, 1), date(2028, 5, 1)),
    st.sampled_from(
        [
            "demand",
            "posts",
            "leave",
            "managers.share",
            "pay",
            "absence",
            "standard.assessment",
            "threshold",
            "load.slows",
            "nothing",
        ]
    ),
    st.sampled_from(["all", "North", "South", "assessment", "police", "Mars"]),
    st.one_of(st.integers(-5, 50).map(float), st.floats(-1, 3)),
    st.sampled_from([0, 0, 13]),
    st.text(max_size=8),
)
scenarios = st.builds(
    Scenario,
    name=names,
    begins=st.just(date(2026, 4, 6)),
    days=st.integers(20, 800),
    note=st.text(max_size=20),
    areas=st.dictionaries(st.sampled_from(["North", "South", "Öst"]), st.integers(400, 60_000)).map(
        lambda d: tuple(d.items())
    ),
    changes=st.lists(changes, max_size=3).map(tuple),
    merges=st.sampled_from(
        [(), (Merge(("North", "South"), "Both"),), (Merge(("North", "South"), "Both", date(2026, 4, 13)),)]
    ),
    strengths=st.sampled_from([(), (("load.slows", 0.25), ("cost.care", 2000.5)), (("load.slow", 1.0),)]),
    promises=st.sampled_from([(), (("visit", 0.125),), (("visit", 2.0),)]),
    budget=st.one_of(st.none(), st.floats(0, 1e9)),
    early_help=st.one_of(
        st.none(), st.builds(EarlyHelp, st.floats(0, 1.2), st.sampled_from([None, date(2026, 6, 1)]))
    ),
)


@settings(max_examples=60, deadline=None)
@given(scenarios)
def test_any_scenario_writes_a_text_that_reads_back_equal_or_is_refused_at_a_line_of_it(scenario):
    text = write(scenario)
    try:
        assert read(text) == scenario
    except CannotBe as why:
        assert why.line is not None
        assert 1 <= why.line <= text.count("\n") + 1
        assert why.because


lines = st.sampled_from(
    [
        *f"{TOWN}{change()}".split("\n"),
        "[areas",
        "x = 1",
        "amount = [1,",
        "]",
        '"""',
        "[change.day]",
        "where.x = 2",
        "areas = 3",
        "[[areas]]",
        "name = 'Y'",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(lines, st.text(max_size=10)), max_size=14).map("\n".join))
def test_any_text_at_all_is_read_or_refused_at_a_line_that_exists(text):
    try:
        scenario = read(text)
    except CannotBe as why:
        assert why.line is not None
        assert 1 <= why.line <= text.count("\n") + 1
    else:
        assert read(write(scenario)) == scenario


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name = Four leave", 1, 'it must be text in quotes, as "South", not Four leave'),
        (
            'name = "A"\nbegins = 2026-13-06',
            2,
            "it must be a day that there is, as 2026-04-06, without quotes, not 2026-13-06",
        ),
        (
            'name = "A"\ndays = about a year',
            2,
            "it must be a number, as 8 or 1.15, without quotes, not about a year",
        ),
        (
            'name = "A"\n[[merge]]\nareas = North',
            3,
            'it must be a list of names, as ["North", "South"], not North',
        ),
        ('name = "A"\n[areas]\nNorth = many', 3, "it must be a number"),
        ('name = "A"\nname = "B"', 2, "it is said twice"),
        ('name = "A', 1, "it must be text in quotes"),
        ("what now", 1, "a name is followed by an equals sign and a value"),
        ('name = "A" "B"', 1, "it must be text in quotes"),
    ],
)
def test_what_toml_cannot_read_is_refused_in_words_with_what_is_allowed(text, line, words):
    with pytest.raises(CannotBe) as refused:
        read(text)
    assert refused.value.line == line, refused.value
    assert words in refused.value.because


SERVICE = parameters(structure_of([("North", 20_000), ("South", 20_000)]), date(2026, 4, 6))


def test_no_more_people_can_leave_than_are_there():
    there = {team.name: team.workers - 1 for team in SERVICE.structure.teams}
    posts = sum(team.workers for team in SERVICE.structure.teams if "South" in team.areas)
    leave = change(where="South", amount=posts - 2)
    assert read(f"{HEAD}{leave}", SERVICE), "nobody said how many are there"
    with pytest.raises(CannotBe) as refused:
        read(f"{HEAD}{leave}", SERVICE, there)
    because = f"South has {posts} posts, of them {posts - 5} filled by then; at most {posts - 5} can leave"
    assert refused.value.because == because
    assert f"{HEAD}{leave}".splitlines()[refused.value.line - 1].startswith("amount")
    more = change(day="2026-05-01", what="posts", where="South", amount=9)
    assert read(f"{HEAD}{more}{leave}", SERVICE, there), "those who were added by then may leave, too"


def test_a_wrong_place_is_refused_at_its_own_line_when_the_service_is_given():
    text = f"{HEAD}{change(where='Suoth')}"
    with pytest.raises(CannotBe, match="did you mean South") as refused:
        read(text, SERVICE)
    assert text.splitlines()[refused.value.line - 1].startswith("where")
