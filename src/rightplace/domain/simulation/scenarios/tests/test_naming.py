"""A name means one thing: what would be taken for something else is refused with its line."""

import pytest

from rightplace.domain.simulation.names import STAGES
from rightplace.domain.simulation.scenarios import CannotBe, Scenario, read

HEAD = 'name = "X"\nbegins = 2026-04-06\ndays = 364\n'
AREA = f"{HEAD}[areas]\nHill = 6000\nVale = 6000\n"


def team(**told: object) -> str:
    fields = {
        "name": '"One"', "areas": '["Hill", "Vale"]', "workers": 9, "managers": 3,
        "stages": f"[{', '.join(f'{chr(34)}{stage}{chr(34)}' for stage in STAGES)}]",
        **told,
    }  # fmt: skip
    return "[[team]]\n" + "".join(f"{name} = {value}\n" for name, value in fields.items())


def test_a_team_of_its_own_name_is_taken():
    found = read(AREA + team() + '[[merge]]\nareas = ["Hill", "Vale"]\nname = "Whole"\n')
    assert isinstance(found, Scenario)
    assert found.teams[0].name == "One"


@pytest.mark.parametrize("name", ["school", "police", "elsewhere", "all", "door", "care"])
def test_an_area_that_would_be_taken_for_something_else_is_refused(name):
    with pytest.raises(CannotBe, match=f"line 5, areas, {name}: {name} means something else"):
        read(f"{HEAD}[areas]\n{name} = 6000\n")


@pytest.mark.parametrize(
    ("told", "line", "words"),
    [
        ({"name": '""'}, 8, "a name has letters"),
        ({"name": '" One"'}, 8, "neither begins nor ends"),
        ({"name": f'"{"x" * 161}"'}, 8, "longer than 160"),
        ({"name": '"all"'}, 8, "everywhere; give the team another name"),
        ({"name": '"health"'}, 8, "a source of contacts"),
        ({"name": '"Hill"'}, 8, "Hill is an area"),
        ({"areas": "[]"}, 9, "a team works for somebody"),
        ({"areas": '["Hill", "Hill", "Vale"]'}, 9, "named twice"),
        ({"stages": "[]"}, 12, "a team does something"),
        ({"pool": '""'}, 13, "a name has letters"),
        ({"kind": '"all"'}, 13, "everywhere; give the kind another name"),
        ({"kind": '"Vale"'}, 13, "Vale is an area"),
    ],
)
def test_a_team_that_cannot_be_meant_or_means_something_else_is_refused(told, line, words):
    with pytest.raises(CannotBe) as refused:
        read(AREA + team(**told))
    assert refused.value.line == line, refused.value
    assert words in refused.value.because


@pytest.mark.parametrize("name", ["", "all", "elsewhere", "family", "support"])
@pytest.mark.parametrize("day", ["", "day = 2026-06-01\n"])
def test_what_areas_become_has_a_name_of_its_own(name, day):
    with pytest.raises(CannotBe, match="merge 1, name") as refused:
        read(f'{AREA}[[merge]]\nareas = ["Hill", "Vale"]\nname = "{name}"\n{day}')
    assert refused.value.line == 9


def test_an_area_that_is_called_as_the_part_of_a_large_one_is_refused():
    with pytest.raises(CannotBe, match="two areas would be called Hill 1") as refused:
        read(f'{HEAD}[areas]\nHill = 30000\n"Hill 1" = 6000\n')
    assert refused.value.line == 6
