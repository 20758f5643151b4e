"""A folder of tables is read with nothing assumed in silence: the sample holds every mark and change there is."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest

from rightplace.domain.simulation.published.reading import NothingToRead, Published, read
from rightplace.domain.simulation.published.tests.invented import folder, table

SAMPLE = Path(__file__).parent / "sample"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8-sig") for path in SAMPLE.glob("*.csv")}


@pytest.fixture(scope="module")
def sample(texts) -> Published:
    return read(texts)


def at(sample: Published, measure: str, name: str, year: int) -> float:
    row = [place.name for place in sample.places].index(name)
    return float(sample.values[measure][row, sample.years.index(year)])


def of(sample: Published, file: str):
    return next(table for table in sample.account.tables if table.file == file)


def test_the_authorities_and_years_are_those_of_the_rows(sample):
    assert [place.name for place in sample.places] == ["Alderbourne", "Brackenford", "Cold Ashby"]
    assert sample.years == tuple(range(2013, 2026))


def test_a_new_code_with_the_same_number_and_name_is_the_same_place_and_is_said(sample):
    place = sample.places[2]
    assert place.codes == {"E99000003", "E99000009"}
    assert np.isfinite(sample.values["referrals"][2]).sum() == 12
    assert any("Cold Ashby" in note and "one place" in note for note in sample.account.notes)


def test_regions_and_the_nation_are_counted_and_left(sample):
    assert of(sample, "referrals.csv").rows_left["of a region or the nation"] == 2


def test_each_cell_that_is_no_number_has_its_reason_in_the_account(sample):
    left = of(sample, "referrals.csv").cells_left
    assert left["suppressed"] == 13
    assert left["not available"] == 1
    assert left["not applicable"] == 1
    assert left["blank"] == 1
    assert left["unreadable"] == 1
    people = of(sample, "people.csv").cells_left
    assert (people["rounds to nought"], people["negative"]) == (1, 1)


def test_what_is_not_a_number_is_not_nought(sample):
    assert np.isnan(at(sample, "re_referrals", "Brackenford", 2020))
    assert np.isnan(at(sample, "agency", "Brackenford", 2019))
    assert np.isnan(sample.values["no_further_action"][2]).all()


def test_a_figure_published_twice_and_differently_is_not_chosen_but_left(sample):
    assert np.isnan(at(sample, "referrals", "Alderbourne", 2018))
    assert of(sample, "referrals.csv").cells_left["published twice and differently"] == 4


def test_a_thousands_mark_and_three_ways_to_write_a_year_are_read(sample):
    assert at(sample, "referrals", "Alderbourne", 2014) > 1_000
    assert np.isfinite(at(sample, "in_need_started", "Brackenford", 2024))
    assert np.isfinite(at(sample, "referrals", "Cold Ashby", 2024))


def test_columns_are_known_whatever_their_case_and_unknown_ones_are_named(sample):
    need = of(sample, "need.csv")
    assert need.measures == ["in_need_started", "in_need_ended", "in_need", "awaiting_assessment"]
    assert need.columns_unused == ["children_of_interest"]
    assert need.rows_left["without a year or a code"] == 2


def test_a_missing_year_stays_missing_and_is_said(sample):
    assert np.isnan(at(sample, "referrals", "Brackenford", 2017))
    assert any(note.startswith("Referrals: 3 missing years") for note in sample.account.notes)


def test_a_long_table_gives_its_three_measures(sample):
    assert {"care_started", "care_ended", "in_care"} == set(of(sample, "care.csv").measures)
    assert np.isfinite(at(sample, "in_care", "Alderbourne", 2023))


def test_a_summers_children_count_for_the_next_reporting_year_and_ages_are_not_mixed(sample):
    assert sample.children[0, sample.years.index(2013)] == 104_000
    assert of(sample, "population.csv").rows_left["of a part of the children"] == 1
    assert any("1 places without a number of children" in note for note in sample.account.notes)


def test_every_cell_of_a_measure_is_read_or_accounted_for(texts):
    """Whatever is in a folder: read and left add up to what was there."""
    everything = read(folder(4))
    for one in everything.account.tables:
        assert one.rows == one.rows_read + sum(one.rows_left.values())
        assert one.cells_read + sum(one.cells_left.values()) == one.rows_read * len(one.measures)


def test_a_strange_table_is_left_with_a_reason(sample):
    notes = of(sample, "notes.csv")
    assert notes.rows_left == {"nothing that the model knows": 1}


@pytest.mark.parametrize("text", ["", "\n", "a,b\n1,2\n", "time_period,new_la_code\n2020,E99000001\n"])
def test_a_folder_without_such_tables_says_so(text):
    with pytest.raises(NothingToRead, match="No file here"):
        read({"one.csv": text})


def test_short_and_long_lines_are_read_as_far_as_they_go():
    text = table(["referral_count"], [(2020, 1, {"referral_count": 100}), (2021, 1, {"referral_count": 120})])
    lines = text.splitlines()
    lines[1] += ",,,extra"
    lines[2] = lines[2].rsplit(",", 1)[0]
    found = read({"short.csv": "\n".join(lines)})
    assert found.values["referrals"][0].tolist() == [100.0]


def test_a_place_that_ends_is_not_carried_to_its_successor():
    first = [(year, 1, {"referral_count": 500}) for year in range(2013, 2019)]
    later = [(year, 2, {"referral_count": 900}) for year in range(2019, 2026)]
    found = read({"split.csv": table(["referral_count"], first + later)})
    assert np.isnan(found.values["referrals"][0, 6:]).all()
    assert np.isnan(found.values["referrals"][1, :6]).all()
    assert any("ends in 2018" in note for note in found.account.notes)
    assert any("begins in 2019" in note for note in found.account.notes)


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_a_file_with_another_mark_between_cells_gives_the_same_figures(mark):
    told = folder(3)
    other = {**told, "referrals.csv": told["referrals.csv"].replace(",", mark)}
    assert np.array_equal(read(told).values["referrals"], read(other).values["referrals"], equal_nan=True)


def with_decimal_commas(text: str) -> str:
    """As a spreadsheet of most of Europe writes a table."""
    rows = csv.reader(text.splitlines())
    return "\n".join(";".join(re.sub(r"^(\d+)\.(\d+)$", r"\1,\2", cell) for cell in row) for row in rows)


def test_a_file_with_decimal_commas_gives_the_same_figures():
    told = folder(3)
    other = {**told, "workforce.csv": with_decimal_commas(told["workforce.csv"])}
    assert other["workforce.csv"].count(",") > 100
    for name, grid in read(told).values.items():
        assert np.array_equal(grid, read(other).values[name], equal_nan=True), name


def test_a_figure_that_may_be_a_thousand_times_another_is_left_out_and_said():
    """Nothing in this file tells whether 15,300 is fifteen thousand or fifteen."""
    rows = [(year, 1, {"referral_count": "15,300" if year < 2016 else 900}) for year in range(2013, 2026)]
    told = {"referrals.csv": with_decimal_commas(table(["referral_count"], rows))}
    found = read(told)
    assert found.years[0] == 2016
    assert "3 left out (3 where a comma or a point may mark thousands or decimals)" in found.account.said()


def test_a_list_in_a_footnote_is_no_decimal_comma():
    """Nothing but a column that nobody reads has a comma of one way."""
    rows = [(year, 1, {"referral_count": "15,300", "footnotes": "1,2"}) for year in range(2013, 2026)]
    text = with_decimal_commas(table(["referral_count", "footnotes"], rows))
    with pytest.raises(NothingToRead):
        read({"referrals.csv": text})


@pytest.mark.parametrize("text", ['note\n"an open quotation mark' + "x" * 140_000, "note\n" + "x" * 140_000])
def test_a_file_that_cannot_be_cut_into_cells_is_left_with_a_word(text):
    csv.field_size_limit(1_000_000)  # as another reader of the same process may have left it
    found = read({**folder(2), "notes.csv": text})
    assert np.isfinite(found.values["referrals"]).all()
    assert (
        "Nothing was read of notes.csv: it cannot be cut into cells (field larger than"
        in found.account.said()
    )


def test_rows_that_may_have_run_together_are_said():
    told = folder(2)
    lines = told["referrals.csv"].splitlines()
    lines[-1] = '"' + lines[-1]
    found = read({**told, "referrals.csv": "\n".join(lines)})
    assert "referrals.csv has broken quotation marks" in found.account.said()
    assert of(found, "referrals.csv").rows == len(lines) - 1


def test_files_of_which_nothing_was_read_and_rows_left_out_are_said_with_the_reason(sample):
    said = sample.account.said()
    assert "Nothing was read of notes.csv: the model knows none of its columns." in said
    assert "of a region or the nation" in said
    assert "without a year or a code" in said


def test_a_folder_with_no_figure_of_any_measure_says_so():
    told = folder(2)
    with pytest.raises(NothingToRead, match="no figure of any measure"):
        read({"population.csv": told["population.csv"]})
    hidden = table(["referral_count"], [(year, 1, {"referral_count": "c"}) for year in range(2013, 2026)])
    with pytest.raises(NothingToRead, match="13 cells suppressed"):
        read({"referrals.csv": hidden, "population.csv": told["population.csv"]})
