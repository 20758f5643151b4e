"""A likely match must be decided, brothers and sisters are not one child, and every score says why."""

from datetime import date

import msgspec
import pytest

from rightplace.foundation.people.finding.asking import Asked, from_fields, parse
from rightplace.foundation.people.finding.comparing import (
    Agreement,
    day_agreement,
    given_agreement,
    word_agreement,
)
from rightplace.foundation.people.finding.identity import KnownIdentity
from rightplace.foundation.people.finding.scoring import Band, score

TODAY = date(2026, 3, 3).toordinal()
BORN = date(2015, 3, 12).toordinal()
CHILD = KnownIdentity(
    person=7, given="Mohammed", middle="Zain", family="Walford-Khan", birth=BORN, sex="M",
    postcodes=("B12 9AB", "B8 1QQ"), address="12 Acacia Road", nhs="4857773457", upn="A801200001001",
)  # fmt: skip


def banded(line: str, known: KnownIdentity = CHILD) -> Band:
    return score(parse(line, TODAY), known).band


@pytest.mark.parametrize(
    "line",
    [
        "Mohammed Walford-Khan 12/3/2015",
        "Mo Khan 12/3/2015 B12 9AB",
        "Khan, Muhamad 12/3/2015",
        "Zain Khan 12/3/2015",
        "Mohammed Walford Khan 3/12/2015",
        "Mohammed Khan 12/3/2016 B12 9AB",
        "Mohamed Kahn 12/3/2015 B45 1AA",
        "Mohammed Khan 12 Acacia Road B12 9AB",
        "Khan 12/3/2015 12 Acacia Road B12 9AB",
        "Mohammed 2015 B12 9AB",
        "485 777 3457",
        "A801200001001",
    ],
)
def test_the_same_child_asked_for_in_many_ways_is_likely(line: str) -> None:
    assert banded(line) is Band.LIKELY


@pytest.mark.parametrize(
    "line",
    [
        "Mohammed Khan",
        "Mo Khan aged 10",
        "Mohammed Khan B12",
        "Mo Khan 2/11/2013 B12 9AB",
    ],
)
def test_too_little_is_possible_and_not_likely(line: str) -> None:
    assert banded(line) is Band.POSSIBLE


@pytest.mark.parametrize(
    "line", ["Leah Hartley 12/3/2015", "Mohammed Hartley 1/1/2009", "Khan", "boy aged 10 B12"]
)
def test_what_many_share_is_unlikely(line: str) -> None:
    assert banded(line) is Band.UNLIKELY


@pytest.mark.parametrize("given", ["Leah", "Hassan", "Bilal"])
def test_a_twin_is_another_child_however_much_agrees(given: str) -> None:
    asked = parse(f"{given} Walford-Khan 12/3/2015 12 Acacia Road B12 9AB", TODAY)
    found = score(asked, CHILD)
    assert (found.band, found.kin) == (Band.POSSIBLE, "twin")


def test_twins_with_names_that_sound_alike_are_not_one_child() -> None:
    hassan = msgspec.structs.replace(CHILD, given="Hassan", middle="", nhs="", upn="")
    found = score(parse("Hussain Walford-Khan 12/3/2015 12 Acacia Road B12 9AB", TODAY), hassan)
    assert found.kin == "twin"
    assert found.band is Band.POSSIBLE
    assert "sounds alike but is another name" in found.sentence


def test_twins_who_share_the_first_of_two_names_are_not_one_child() -> None:
    found = score(parse("Mohammed Bilal Walford-Khan 12/3/2015 B12 9AB", TODAY), CHILD)
    assert found.band is not Band.LIKELY


@pytest.mark.parametrize("born", ["4/8/2017", "aged 4", "1/1/2012"])
def test_a_brother_or_sister_is_not_the_child_and_is_called_so(born: str) -> None:
    found = score(parse(f"Leah Walford-Khan {born} 12 Acacia Road B12 9AB", TODAY), CHILD)
    assert found.kin == "sibling"
    assert found.band is Band.UNLIKELY


def test_a_twin_scores_far_below_the_child() -> None:
    asked = parse("Mo Khan 12/3/2015 12 Acacia Road B12 9AB", TODAY)
    twin = msgspec.structs.replace(CHILD, person=8, given="Bilal", middle="", nhs="", upn="")
    assert score(asked, CHILD).total > score(asked, twin).total + 10


def test_a_household_counts_once() -> None:
    """Surname, postcode and house together add little to the strongest of them."""
    surname = score(parse("Khan", TODAY), CHILD).total
    home = score(parse("12 Acacia Road B12 9AB", TODAY), CHILD).total
    both = score(parse("Khan 12 Acacia Road B12 9AB", TODAY), CHILD).total
    assert max(surname, home) < both < max(surname, home) + 0.5 * min(surname, home)


def test_the_same_number_must_be_decided_even_under_another_name() -> None:
    found = score(parse("Leah Hartley 485 777 3457", TODAY), CHILD)
    assert found.band is Band.LIKELY
    assert found.kin == ""


def test_another_number_speaks_against_a_match() -> None:
    same = score(parse("Mohammed Khan 12/3/2015", TODAY), CHILD).total
    other = score(parse("Mohammed Khan 12/3/2015 943 476 5919", TODAY), CHILD).total
    assert other < same


def test_the_reasons_say_what_agrees_in_words() -> None:
    found = score(parse("Mo Kahn-Walford 12/3/2015 12 Acacia Road B12 9AB", TODAY), CHILD)
    said = {reason.word: reason.agreement for reason in found.reasons}
    assert said["date of birth"] == "the same"
    assert said["first name"] == "another form of the same name"
    assert said["address"] == "the same"
    assert found.sentence.startswith(
        "date of birth the same; first name another form of the same name; surname"
    )


def test_an_earlier_address_still_speaks_for_the_child() -> None:
    said = {reason.word: reason.agreement for reason in score(parse("Khan B8 1QQ", TODAY), CHILD).reasons}
    assert said["address"] == "the same as an earlier one"


def test_a_name_the_child_has_had_counts_nearly_as_its_own() -> None:
    renamed = msgspec.structs.replace(CHILD, family="Hartley", others=("Mohammed Walford",))
    assert banded("Mohammed Walford 12/3/2015", renamed) is Band.LIKELY


def test_an_unborn_child_is_likely_by_surname_address_and_time() -> None:
    unborn = KnownIdentity(person=9, family="Khan", expected_birth=TODAY + 90, postcodes=("B12 9AB",))
    asked = from_fields(family="Khan", born="5/6/2026", address="B12 9AB", today=TODAY)
    assert score(asked, unborn).band is Band.POSSIBLE
    assert (
        score(asked, unborn).total
        > score(from_fields(family="Khan", address="B12 9AB", today=TODAY), unborn).total
    )


def test_a_provisional_child_is_possible_by_age_and_address() -> None:
    boy = KnownIdentity(
        person=9, sex="M", age=6, age_at=TODAY - 30, postcodes=("B12 9AB",), address="12 Acacia Road"
    )
    assert banded("boy about 6 at number 12 B12 9AB", boy) is Band.POSSIBLE
    assert banded("Mo Khan 7yo 12 Acacia Road B12 9AB", boy) is Band.POSSIBLE
    assert banded("girl aged 15 at number 3 B12 9AB", boy) is Band.UNLIKELY


def test_nothing_asked_is_nothing_found() -> None:
    assert score(Asked(today=TODAY), CHILD).band is Band.UNLIKELY


@pytest.mark.parametrize(
    ("known", "agreement"),
    [
        ("2015-03-12", Agreement.SAME),
        ("2015-12-03", Agreement.SWAPPED),
        ("2015-03-17", Agreement.ONE_DIGIT),
        ("2015-03-21", Agreement.ONE_DIGIT),
        ("2005-03-12", Agreement.ONE_DIGIT),
        ("2015-03-09", Agreement.FEW_DAYS),
        ("2015-03-31", Agreement.SAME_MONTH),
        ("2015-08-30", Agreement.SAME_YEAR),
        ("2012-07-01", Agreement.DIFFERENT),
    ],
)
def test_dates_agree_with_the_slips_that_people_make(known: str, agreement: Agreement) -> None:
    assert day_agreement(BORN, date.fromisoformat(known).toordinal()) is agreement


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ("mohammed", "mohammed", Agreement.SAME),
        ("mo", "muhammad", Agreement.ANOTHER_FORM),
        ("sam", "samantha", Agreement.ANOTHER_FORM),
        ("hassan", "hussain", Agreement.LIKE_BUT_OTHER),
        ("brayleigh", "braileigh", Agreement.SPELT_ALIKE),
        ("m", "mohammed", Agreement.INITIAL),
        ("leah", "bilal", Agreement.DIFFERENT),
    ],
)
def test_first_names_agree_in_words(one: str, other: str, agreement: Agreement) -> None:
    assert word_agreement(one, other) is agreement
    assert word_agreement(other, one) is agreement


def test_a_joined_name_is_the_same_as_a_parted_one() -> None:
    assert given_agreement(("abdul", "rahman"), "Abdulrahman", "") in (Agreement.SAME, Agreement.ANOTHER_FORM)
