"""The story of the strip hangs together: its people, places, days, words."""

from datetime import timedelta
from pathlib import Path

import pytest

from rightplace.demo.material.agencies import agencies, schools
from rightplace.demo.material.strip import FORMS, strip
from rightplace.domain.practice.entries.contact import Grade, Level, Route
from rightplace.domain.practice.need import __file__ as need_home
from rightplace.foundation.organisation.places.places import area_of
from rightplace.foundation.organisation.rolecodes import RoleCode

INDICATORS = Path(need_home).parent / "packs" / "sample.toml"


def test_the_clock_starts_on_a_tuesday_at_twenty_past_ten() -> None:
    assert strip().starts.strftime("%A %H:%M") == "Tuesday 10:20"


def test_there_are_nine_people_to_be_and_each_has_a_role() -> None:
    assert len(strip().people) == 9
    assert len({person.key for person in strip().people}) == 9
    assert {person.role for person in strip().people} <= set(RoleCode.__members__)
    assert {step.person for step in strip().steps} <= {person.key for person in strip().people}


def test_the_school_is_in_the_area_where_the_children_live() -> None:
    school = next(school for school in schools() if school.name == strip().person("school").works_at)
    home = area_of(strip().family.postcode)
    assert home is not None
    assert school.area == strip().area == home.key
    assert home.quarter == "south"


def test_the_police_colleague_works_for_an_agency_that_is_asked() -> None:
    asked = next(agency for agency in agencies() if agency.key == strip().forms["check"]["agency"])
    assert strip().person("police").works_at == asked.name


def test_the_child_is_known_under_another_spelling_in_another_area_within_a_year() -> None:
    known, keira = strip().known, strip().children[0]
    assert known.born == keira.born
    assert known.given != keira.given and sorted(known.given) == sorted(keira.given)
    assert known.family != keira.family
    before = area_of(known.postcode)
    assert before is not None and before.key != strip().area
    assert timedelta(0) < strip().starts.date() - known.told_on < timedelta(days=365)


def test_the_ages_told_are_the_ages_on_that_day() -> None:
    day = strip().starts.date()
    for child in strip().children:
        age = day.year - child.born.year - ((day.month, day.day) < (child.born.month, child.born.day))
        assert f"{child.given} ({age})" in strip().forms["raise"]["saw"]


def test_the_decision_uses_words_of_the_domain() -> None:
    assert set(strip().forms) == set(FORMS)
    for form in ("first_try", "decide"):
        assert Route(strip().forms[form]["route"])
        assert Level(strip().forms[form]["level"])
    assert Grade(strip().forms["screen"]["grade"])
    assert Route(strip().known.decided)


def test_every_indicator_is_in_the_sample_pack() -> None:
    written = INDICATORS.read_text(encoding="utf-8")
    assert all(f'id = "{name}"' in written for name in strip().forms["decide"]["indicators"])


def test_what_the_school_reads_repeats_nothing_that_another_agency_said() -> None:
    back = " ".join(strip().forms["feedback"].values()).lower()
    for word in ("police", "argument", "larkspindle", "brother", "june", "domestic"):
        assert word not in back


def test_the_police_are_not_sent_what_the_school_wrote() -> None:
    sent = strip().forms["check"]["question"] + strip().forms["check"]["sent"]
    assert "poorly" not in sent and "toast" not in sent and "breakfast" not in sent


def test_the_steps_follow_each_other_and_end_within_five_minutes() -> None:
    begun = [step.seconds for step in strip().steps]
    assert begun[0] == 0
    assert begun == sorted(set(begun))
    assert begun[-1] < 300
    assert [step.at for step in strip().steps if step.at != "1:50"] == [
        "0:00", "1:10", "2:10", "3:00", "3:30", "4:10", "4:30",
    ]  # fmt: skip


def test_the_last_page_says_how_to_break_it() -> None:
    assert strip().last.title == "What you just saw, and what to break"
    assert any("rightplace verify" in line for line in strip().last.to_break)


def test_nobody_is_asked_for_who_is_not_there() -> None:
    with pytest.raises(StopIteration):
        strip().person("nobody")


def test_those_beside_the_story_have_a_role_and_a_place_each_of_its_own() -> None:
    roles = [other.role for other in strip().others]
    places = [(other.role, other.works_at) for other in strip().others]
    assert set(roles) <= set(RoleCode.__members__) and len(set(places)) == len(places)
    assert not set(places) & {(person.role, person.works_at) for person in strip().people}
