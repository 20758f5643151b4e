"""A cell is a number or says why it is none."""

import math

import pytest

from rightplace.domain.simulation.published.cells import UNCLEAR, column_name, decimals_of, number_in, year_in


@pytest.mark.parametrize(
    ("cell", "number"),
    [("120", 120), (" 1,230 ", 1230), ("12.5%", 12.5), ("0", 0), ("1e3", 1000), ("0.4", 0.4), ('"90"', 90)],
)
def test_a_number_is_read_as_it_is_written_and_a_percentage_is_not_divided(cell, number):
    assert number_in(cell) == (number, "")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("c", "suppressed"),
        ("X", "not available"),
        ("z", "not applicable"),
        ("low", "rounds to nought"),
        ("u", "low reliability"),
        ("[c]", "suppressed"),
        ("", "blank"),
        (None, "blank"),
        ("..", "not available"),
        ("-40", "negative"),
        ("about 40", "unreadable"),
        ("1,23", "unreadable"),
        ("0,125", "unreadable"),
        ("12 000 and more", "unreadable"),
        ("inf", "unreadable"),
        ("1e999", "unreadable"),
        ("%", "unreadable"),
        ("=2+2", "unreadable"),
    ],
)
def test_what_is_no_number_says_why(cell, reason):
    number, why = number_in(cell)
    assert math.isnan(number)
    assert why == reason


@pytest.mark.parametrize(
    ("cell", "number"),
    [("15,3", 15.3), ("0,125", 0.125), ("15,300", 15.3), ("1.234", 1234), ("1.234.567,8", 1234567.8), ("12,5%", 12.5)],
)  # fmt: skip
def test_where_a_comma_marks_decimals_a_point_marks_thousands(cell, number):
    assert number_in(cell, ",") == (number, "")


@pytest.mark.parametrize(
    ("cell", "found"),
    [("15,300", UNCLEAR), ("1.234", UNCLEAR), ("15,3", UNCLEAR), ("12.5", ""), ("1,234.5", ""), ("1,234,567", ""), ("40", ""),
     ("about 40", "unreadable")],
)  # fmt: skip
def test_where_nobody_knows_the_mark_what_hangs_on_it_is_left_out(cell, found):
    assert number_in(cell, "")[1] == found


@pytest.mark.parametrize(
    ("cells", "between", "mark"),
    [
        (["15,300", "1.234", "40", "c", ""], ";", ""),
        (["15,300", "0,125"], ";", ","),
        (["15,300", "15,3", "12.5"], ";", ""),
        (["15,300", "12.5"], ";", "."),
        (["1,234,567"], "\t", "."),
        (["1.234.567"], "|", ","),
        (["15,300", "1.234", "40"], ",", "."),
        (["15,300", "12.5", "1,23"], ",", "."),
        (["15,300", "15,3"], ",", ""),
        ([], ",", "."),
        ([], ";", ""),
    ],
)
def test_a_file_tells_its_mark_before_decimals_by_what_can_be_read_in_one_way_only(cells, between, mark):
    assert decimals_of(cells, between) == mark


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("2025", 2025),
        ("202425", 2025),
        ("2024/25", 2025),
        ("2024-25", 2025),
        ("1999-2000", 2000),
        ("2025.0", 2025),
    ],
)
def test_a_period_is_the_year_in_which_it_ends(cell, year):
    assert year_in(cell) == year


@pytest.mark.parametrize("cell", ["", None, "2024/26", "Q3 2024", "25", "2024-12-31", "20242", "spring"])
def test_what_is_no_year_is_no_year(cell):
    assert year_in(cell) is None


def test_a_column_is_known_whatever_its_case_and_marks():
    assert column_name("\ufeffTime_period") == "time_period"
    assert column_name("New LA code") == "new_la_code"
    assert column_name("CPP_At31") == "cpp_at31"
