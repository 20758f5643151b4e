"""Invented people, schools and agencies: enough of them, put together without naming anybody real."""

import re
import tomllib
from collections import Counter
from itertools import product
from pathlib import Path
from random import Random

import pytest

import rightplace.foundation.people as people
from rightplace.demo.material.agencies import (
    agencies,
    authority,
    job_titles,
    practices,
    referrer_titles,
    schools,
)
from rightplace.demo.material.names import (
    SLIPS,
    ethnicity,
    first_name,
    grown_up,
    misspelt,
    names,
    staff_names,
    street_address,
    surname,
)
from rightplace.demo.material.volumes import volumes
from rightplace.foundation.organisation.places.places import areas

# Surnames of children whose deaths or injuries were reviewed in public; nobody in the demo may carry them.
NOT_USED = {
    "beckford", "bishop", "boden", "carlile", "climbie", "colwell", "connelly", "crouch", "hobson", "huntley", "ishaq",
    "jannath", "khan", "labinjo", "mwangi", "payne", "pelka", "rudakubana", "sharif", "shipsey", "smith", "steele",
    "titford", "titcombe", "williams", "wells", "chapman", "savile", "matthews", "philpott", "hamzah",
}  # fmt: skip


def nicknames() -> list[dict[str, object]]:
    path = Path(people.__file__ or "").parent / "nicknames.toml"
    rows: list[dict[str, object]] = tomllib.loads(path.read_text(encoding="utf-8"))["group"]
    return rows


def test_every_community_has_names_for_every_age_and_a_code() -> None:
    for group in names().communities.values():
        assert min(map(len, (group.girls, group.boys, group.women, group.men, group.surnames))) >= 6
        assert re.fullmatch(r"[A-Z]{4}", group.ethnicity)
        for listed in (group.girls, group.boys, group.women, group.men, group.surnames):
            assert len(set(listed)) == len(listed)


def test_nobody_carries_the_surname_of_a_child_of_a_public_review() -> None:
    used = {name.lower() for group in names().communities.values() for name in group.surnames}
    assert used & NOT_USED == set()


def test_the_same_seed_names_the_same_people_and_no_two_workers_share_a_name() -> None:
    assert staff_names(Random(3), 150) == staff_names(Random(3), 150)
    assert len(set(staff_names(Random(3), 150))) == 150


def test_a_large_city_does_not_run_out_of_names():
    found = staff_names(Random(3), 12_000)
    assert len(set(found)) == 12_000
    assert found[:150] == staff_names(Random(3), 150)
    assert grown_up(Random(1), "punjabi", "woman") == grown_up(Random(1), "punjabi", "woman")


@pytest.mark.parametrize("slip", sorted(SLIPS))
def test_every_slip_changes_a_name_and_keeps_its_first_letter_or_a_capital(slip: str) -> None:
    rng = Random(7)
    for name in ("Keira", "Jo", "O'Rourke", "Al-Hadi", "Phoebe", "Anna", "Ng"):
        spelt = SLIPS[slip](name, rng)
        assert spelt != name
        assert spelt[0].isupper()
        assert abs(len(spelt) - len(name)) <= 2


def test_a_misspelt_name_is_never_the_name_and_the_shares_are_a_whole() -> None:
    rng = Random(11)
    everybody = [name for group in names().communities.values() for name in group.girls + group.surnames]
    assert all(misspelt(name, rng).lower() != name.lower() for name in everybody for _ in range(5))
    assert sum(names().slips.values()) == pytest.approx(1)
    assert set(names().slips) == set(SLIPS)


def test_every_pair_of_parents_has_a_code_of_the_return() -> None:
    known = {
        "WBRI",
        "WIRI",
        "WOTH",
        "WIRT",
        "WROM",
        "MWBC",
        "MWBA",
        "MWAS",
        "MOTH",
        "AIND",
        "APKN",
        "ABAN",
        "AOTH",
    }
    known |= {"BCRB", "BAFR", "BOTH", "CHNE", "OOTH"}
    for mother, father in product(volumes().communities.of, repeat=2):
        assert ethnicity(mother, father) in known
        assert ethnicity(mother, father) == ethnicity(father, mother)
    assert ethnicity("british", "caribbean") == "MWBC"
    assert ethnicity("irish", "pakistani") == "MWAS"
    assert ethnicity("british", "irish") == "WOTH"
    assert ethnicity("gujarati", "gujarati") == "AIND"


def test_streets_and_first_names_are_drawn() -> None:
    rng = Random(2)
    assert len({street_address(rng) for _ in range(2_000)}) > 1_900
    assert first_name(rng, "roma", "boy") in names().communities["roma"].boys
    assert surname(rng, "irish") in names().communities["irish"].surnames


def test_every_area_has_four_primary_schools_a_secondary_and_two_practices() -> None:
    assert len(schools()) >= 80
    assert len({school.name for school in schools()}) == len(schools())
    phases = Counter((school.area, school.phase) for school in schools())
    for area in areas():
        assert phases[area.key, "primary"] == 4
        assert phases[area.key, "secondary"] == 1
        assert sum(practice.area == area.key for practice in practices()) == 2
    assert {school.area for school in schools()} == {area.key for area in areas()}
    assert all(school.youngest < school.oldest for school in schools())


def test_agencies_of_every_kind_answer_checks_and_have_numbers_that_nobody_has() -> None:
    kinds = {agency.kind for agency in agencies()}
    assert {
        "police",
        "hospital",
        "health visiting",
        "housing",
        "voluntary",
        "probation",
        "adult care",
    } <= kinds
    assert len({agency.key for agency in agencies()}) == len(agencies())
    # 01632 960000 to 960999 is kept free by the regulator for stories.
    numbers = [agency.telephone for agency in agencies()] + [authority().telephone, authority().out_of_hours]
    assert all(number.startswith("01632 960") for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_every_source_of_contacts_has_somebody_who_tells() -> None:
    assert set(volumes().codes) <= set(referrer_titles())
    assert {"front_door_worker", "family_support_manager", "director", "lead_member"} <= set(job_titles())


def test_nicknames_are_at_least_150_groups_without_repeats() -> None:
    groups = nicknames()
    assert len(groups) >= 150
    assert len({str(group["name"]) for group in groups}) == len(groups)
    for group in groups:
        others = group["others"]
        assert isinstance(others, list)
        assert others
        assert len({str(name).lower() for name in (*others, group["name"])}) == len(others) + 1
