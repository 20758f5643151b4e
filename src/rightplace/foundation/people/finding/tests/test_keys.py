"""However a child is asked for, asking and filing meet under some key."""

import random
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.foundation.people.finding.asking import Asked, from_fields, parse
from rightplace.foundation.people.finding.identity import KnownIdentity, is_nhs_number
from rightplace.foundation.people.finding.keys import asked_keys, key_weight, keys, wider_keys
from rightplace.foundation.people.finding.nicknames import forms, full_names
from rightplace.foundation.people.finding.scoring import score
from rightplace.foundation.people.finding.spelling import fold, sound
from rightplace.foundation.people.finding.trial.population import TODAY, nhs_number, population
from rightplace.foundation.people.finding.trial.questions import misspelt

PEOPLE = [one for one in population(600) if one.birth]
people = st.sampled_from(PEOPLE)
chances = st.integers(0, 1_000_000).map(random.Random)
SOUNDS_ONE = [
    ("mohammed", "muhamad"), ("yusuf", "youssef"), ("stephen", "steven"), ("aisha", "ayesha"), ("thomas", "tomas"),
    ("catherine", "katherine"), ("geoff", "jeff"), ("knight", "night"), ("wright", "rite"), ("hussein", "husayn"),
    ("christopher", "kristofer"), ("qureshi", "kureshi"), ("choudhury", "chowdhury"), ("obrien", "obryan"),
]  # fmt: skip


def typed(one: KnownIdentity, **changes: str) -> Asked:
    """The person asked for in fields, with some typed otherwise."""
    birth = f"{date.fromordinal(one.birth):%d/%m/%Y}" if one.birth else ""
    fields = {"given": one.given, "family": one.family, "born": birth} | changes
    return from_fields(**fields, today=TODAY)


def met(one: KnownIdentity, asked: Asked) -> bool:
    """Whether asking finds what was filed, at the first or the second look."""
    return bool(keys(one) & {*asked_keys(asked), *wider_keys(asked)})


@given(people, chances)
@settings(max_examples=150, deadline=None)
def test_one_misspelt_name_never_hides_a_child(one: KnownIdentity, chance: random.Random) -> None:
    assert met(one, typed(one, given=misspelt(chance, one.given)))
    assert met(one, typed(one, family=misspelt(chance, one.family)))


@given(people, chances)
@settings(max_examples=100, deadline=None)
def test_another_form_of_the_name_never_hides_a_child(one: KnownIdentity, chance: random.Random) -> None:
    other = chance.choice([one.given, *forms().get(fold(one.given), ())])
    assert met(one, typed(one, given=other))
    assert met(one, typed(one, given=other, born=""))


@given(people)
@settings(max_examples=100, deadline=None)
def test_a_swapped_or_slipped_date_never_hides_a_child(one: KnownIdentity) -> None:
    born = date.fromordinal(one.birth or 0)
    if born.day <= 12:
        assert met(one, typed(one, born=f"{born:%m/%d/%Y}"))
    assert met(one, typed(one, born=f"{born.replace(day=born.day % 28 + 1):%d/%m/%Y}"))
    last_digit_wrong = born.year // 10 * 10 + (born.year + 7) % 10
    assert met(one, typed(one, born=f"{born.replace(day=1, year=last_digit_wrong):%d/%m/%Y}"))
    assert met(one, typed(one, born=f"{born.replace(day=1, year=born.year - 10):%d/%m/%Y}"))
    assert met(one, typed(one, born=str(born.year)))
    assert met(one, typed(one, born=f"aged {int((TODAY - (one.birth or 0)) / 365.25)}"))


@given(people)
@settings(max_examples=100, deadline=None)
def test_the_order_of_names_is_irrelevant(one: KnownIdentity) -> None:
    turned = typed(one, given=one.family, family=one.given)
    assert set(asked_keys(turned)) == set(asked_keys(typed(one)))
    line, back = (parse(f"{name} {one.birth and date.fromordinal(one.birth)}", TODAY) for name in (
        f"{one.given} {one.family}", f"{one.family} {one.given}"
    ))  # fmt: skip
    assert set(asked_keys(line)) == set(asked_keys(back))
    assert abs(score(line, one).total - score(back, one).total) <= 1


@given(people)
@settings(max_examples=60, deadline=None)
def test_a_new_surname_is_met_by_first_name_and_birth_or_by_postcode(one: KnownIdentity) -> None:
    assert met(one, typed(one, family="Zbrzezny"))
    assert met(one, typed(one, family="Zbrzezny", given="", address=one.postcodes[0]))


def test_case_accents_apostrophes_and_hyphens_make_no_key() -> None:
    known = KnownIdentity(person=1, given="Siân", family="O'Brien-Smith", birth=PEOPLE[0].birth)
    for given_name, family in (
        ("SIAN", "OBRIEN SMITH"),
        ("sian", "o brien smith"),
        ("Siän", "O’Brien‑Smith"),
    ):
        plain = msgspec.structs.replace(known, given=given_name, family=family)
        assert keys(plain) == keys(known)


def test_a_double_barrelled_name_is_met_by_either_part() -> None:
    known = KnownIdentity(person=1, given="Amina", family="Hart-Walford")
    for family in ("Hart", "Walford", "Walford-Hart", "Hart Walford"):
        assert met(known, from_fields(given="Amina", family=family, today=TODAY))


def test_a_person_is_filed_under_few_short_keys() -> None:
    filed = [keys(one) for one in PEOPLE]
    assert sum(map(len, filed)) / len(filed) <= 10
    assert max(len(key) for own in filed for key in own) <= 40
    assert all(key_weight(key) > 0 for own in filed for key in own)


def test_a_long_name_or_number_still_makes_short_keys() -> None:
    strange = KnownIdentity(
        person=1, given="x" * 120, family="کک" * 60, la_id="9" * 80, birth=PEOPLE[0].birth
    )
    assert max(map(len, keys(strange))) <= 40


def test_a_child_whose_name_was_not_supplied_is_met_by_birth_date_and_by_number() -> None:
    nameless = KnownIdentity(person=1, birth=date(2015, 3, 12).toordinal(), la_id="bhm 004711")
    assert met(nameless, parse("Mo Khan 12/3/2015", TODAY))
    assert met(nameless, parse("BHM004711", TODAY))


def test_a_provisional_child_is_met_by_age_and_postcode() -> None:
    boy = KnownIdentity(
        person=1, sex="M", age=6, age_at=TODAY, postcodes=("B12 9AB",), address="12 Acacia Road"
    )
    assert met(boy, parse("boy about 6 at number 12 B12 9AB", TODAY))
    assert met(boy, parse("Mo Khan 12/3/2019 B12 9AB", TODAY))


def test_an_unborn_child_is_met_by_surname_and_area() -> None:
    unborn = KnownIdentity(person=1, family="Khan", expected_birth=TODAY + 60, postcodes=("B12 9AB",))
    assert met(unborn, parse("baby Khan B12 due 2026", TODAY))


def test_a_child_is_met_under_another_name_it_has_had() -> None:
    known = KnownIdentity(person=1, given="Zara", family="Hartley", others=("Zara Walford",))
    assert met(known, from_fields(given="Zara", family="Walford", today=TODAY))


@pytest.mark.parametrize(("one", "other"), SOUNDS_ONE)
def test_names_that_are_heard_alike_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"), [("khan", "ali"), ("smith", "jones"), ("amir", "adam"), ("tom", "tim b")]
)
def test_names_that_are_not_heard_alike_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_a_short_form_stands_for_each_name_it_shortens() -> None:
    assert {"alexander", "alexandra"} <= full_names("alex")
    assert full_names("mo") == full_names("muhammad")
    assert not full_names("hassan") & full_names("hussain")


def test_invented_nhs_numbers_have_a_true_check_digit() -> None:
    numbers = [nhs_number(person) for person in range(500)]
    assert all(map(is_nhs_number, numbers))
    assert len(set(numbers)) == 500
