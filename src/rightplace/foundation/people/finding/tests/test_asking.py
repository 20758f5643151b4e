"""What somebody types is read into its parts, and what cannot be read is said."""

from datetime import date

import pytest

from rightplace.foundation.people.finding.asking import Asked, from_fields, parse
from rightplace.foundation.people.finding.spelling import name_words

TODAY = date(2026, 3, 3).toordinal()
BORN = date(2015, 3, 12).toordinal()
ACACIA = {"postcode": "B12 9AB", "outward": "B12"}

WHOLE_DATES = [
    "12/3/2015", "12/03/15", "12.3.2015", "12-03-2015", "12 3 2015", "12 March 2015", "12th Mar 15", "12mar2015",
    "12032015", "2015-03-12", "12th of March 2015", "dob 12/3/15",
]  # fmt: skip


@pytest.mark.parametrize("written", WHOLE_DATES)
def test_a_date_is_read_as_it_is_written_in_britain(written: str) -> None:
    asked = parse(f"Mo Khan {written} B12 9AB", TODAY)
    assert (asked.birth, asked.names, asked.postcode) == (BORN, ("mo", "khan"), "B12 9AB")
    assert asked.unread == ()


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("born 2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("March 2015", date(2015, 3, 1), date(2015, 3, 31)),
        ("12/2015", date(2015, 12, 1), date(2015, 12, 31)),
        ("31/02/2015", date(2015, 1, 1), date(2015, 12, 31)),
    ],
)
def test_a_part_of_a_date_is_a_range(written: str, first: date, last: date) -> None:
    asked = parse(f"Mo Khan {written}", TODAY)
    assert (asked.born_from, asked.born_to) == (first.toordinal(), last.toordinal())
    assert asked.birth is None


@pytest.mark.parametrize(
    "written", ["7yo", "aged 7", "7 years old", "age 7", "7 yrs", "about 7", "about 7 years old"]
)
def test_an_age_holds_every_child_of_that_age(written: str) -> None:
    asked = parse(f"Mo Khan {written}", TODAY)
    assert asked.born_from <= date(2018, 3, 4).toordinal() <= date(2019, 3, 3).toordinal() <= asked.born_to
    assert asked.born_to - asked.born_from < 370
    assert asked.about is written.startswith("about")
    assert asked.names == ("mo", "khan")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Mo Khan 12/3/2015 B12 9AB", {"names": ("mo", "khan"), **ACACIA}),
        ("KHAN, MO b129ab", {"names": ("khan", "mo"), **ACACIA}),
        ("mo khan B12", {"names": ("mo", "khan"), "postcode": "", "outward": "B12"}),
        ("Siân O’Brien-Smith", {"names": ("sian", "o'brien-smith")}),
        (
            "Zoë 12 Acacia Road, B12 9AB",
            {"names": ("zoe",), "house": "12", "address": "12 acacia road", **ACACIA},
        ),
        ("boy, about 6, at number 12, B12", {"names": (), "sex": "M", "house": "12", "outward": "B12"}),
        ("girl called Amina", {"names": ("amina",), "sex": "F"}),
        ("485 777 3457", {"nhs": "4857773457", "names": ()}),
        ("A801200001001 Khan", {"upn": "A801200001001", "names": ("khan",)}),
        ("Khan +44 7700 900123", {"phone": "07700900123", "names": ("khan",)}),
        ("Khan LA123456", {"la_id": "LA123456", "names": ("khan",)}),
        ("baby Khan due 12/6/2026", {"names": ("khan",), "born_from": date(2026, 6, 12).toordinal()}),
        ("", {"names": (), "enough": False}),
        ("?!", {"names": (), "enough": False}),
    ],
)
def test_a_line_is_read_into_its_parts(line: str, expected: dict[str, object]) -> None:
    asked = parse(line, TODAY)
    assert {name: getattr(asked, name) for name in expected} == expected


def test_a_number_with_a_wrong_check_digit_is_not_an_nhs_number_and_is_said() -> None:
    asked = parse("Khan 485 777 3456", TODAY)
    assert asked.nhs == ""
    assert asked.unread == ("485 777 3456",)


def test_a_date_that_does_not_exist_is_said() -> None:
    assert parse("Khan 31/2/2015", TODAY).unread == ("31/2/2015",)


def test_a_month_over_twelve_is_the_day() -> None:
    assert parse("Khan 12/30/2015", TODAY).birth == date(2015, 12, 30).toordinal()


def test_a_year_of_two_digits_is_never_after_next_year() -> None:
    assert parse("Khan 1/1/27", TODAY).birth == date(2027, 1, 1).toordinal()
    assert parse("Khan 1/1/28", TODAY).birth == date(1928, 1, 1).toordinal()


def test_fields_and_a_line_mean_the_same() -> None:
    fields = from_fields(
        given="Mo", family="Khan", born="12/3/2015", address="12 Acacia Road, B12 9AB", number="485 777 3457",
        sex="boy", today=TODAY,
    )  # fmt: skip
    line = parse("boy Mo Khan 12/3/2015 12 Acacia Road, B12 9AB 485 777 3457", TODAY)
    parts = ("birth", "postcode", "outward", "house", "nhs", "sex")
    assert [getattr(fields, part) for part in parts] == [getattr(line, part) for part in parts]
    assert (fields.given, fields.family) == ("Mo", "Khan")


def test_a_bare_number_in_the_birth_field_is_an_age() -> None:
    asked = from_fields(given="Mo", born="7", today=TODAY)
    assert asked.born_from <= date(2018, 6, 1).toordinal() <= asked.born_to


def test_a_name_may_stand_where_another_field_was_left_empty() -> None:
    assert from_fields(family="Khan", today=TODAY) == Asked(today=TODAY, family="Khan")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("O'Brien", ("obrien",)),
        ("O Brien", ("obrien",)),
        ("O’Brien", ("obrien",)),
        ("Mc Donald", ("mcdonald",)),
        ("Smith-Jones", ("smith", "jones")),
        ("Miss Zoë Łukasz", ("zoe", "lukasz")),
        ("Al-Hassan", ("al", "hassan")),
    ],
)
def test_the_words_of_a_name_do_not_depend_on_how_they_are_punctuated(
    written: str, words: tuple[str, ...]
) -> None:
    assert name_words(written) == words
