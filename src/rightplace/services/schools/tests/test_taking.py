"""The national list of schools and what schools report: every row accounted for, twice is once, next year goes on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.http import Http404

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import CIN_IMPORT
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.linkpeople import Why, link_person_on
from rightplace.foundation.organisation.models import (
    Agency,
    LinkPerson,
    School,
    SchoolListing,
    SchoolSuccession,
)
from rightplace.services.schools import reporting, taking
from rightplace.services.schools.listing import Elsewhere, Listed, NotTaken, read, rows_of, text_of
from rightplace.services.schools.models import ListTaken, SchoolYear
from rightplace.services.schools.queries import figures_of
from rightplace.testing.organisation import MORNING, small_city

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent.parent / "samples"
THIS_YEAR, NEXT_YEAR = date(2026, 3, 1), date(2026, 10, 1)
HEADER = "URN,LA (code),EstablishmentName,PhaseOfEducation (name),EstablishmentStatus (name),Postcode"


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


def taken(name: str = "schools.csv", listed: date = THIS_YEAR, **more) -> taking.Tally:
    return taking.take_schools(sample(name), by=CIN_IMPORT, listed=listed, authority="399", **more)


def everything() -> list[list[tuple]]:
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Agency, School, SchoolListing, LinkPerson, SchoolSuccession, SchoolYear)
    ]


# reading ----------------------------------------------------------------------------------------------------------------


def test_the_sample_is_in_windows_1252_as_the_published_list_is_and_the_next_in_utf_8():
    with pytest.raises(UnicodeDecodeError):
        sample("schools.csv").decode("utf-8")
    assert "St Aidan’s Café Lane Primary School" in text_of(sample("schools.csv"))
    assert "St Aidan’s Primary School" in text_of(sample("schools-next-year.csv"))


def test_each_row_is_a_school_of_ours_one_of_another_authority_or_refused_with_its_line():
    rows = list(read(text_of(sample("schools.csv")), "399"))
    assert len(rows) == len(list(rows_of(text_of(sample("schools.csv")), ("URN",)))) == 15
    refused = {row.line: row.because for row in rows if isinstance(row, NotTaken)}
    assert set(refused) == {10, 12, 13, 14}
    assert "not open yet" in refused[10] and "six figures" in refused[12]
    assert "no percentage" in refused[13] and "line 2 already" in refused[14]
    assert sum(isinstance(row, Elsewhere) for row in rows) == 2


@pytest.mark.parametrize(
    ("urn", "phase"),
    [
        (990101, "primary"),
        (990103, "secondary"),
        (990104, "special"),
        (990105, "nursery"),
        (990107, "all_through"),
    ],
)
def test_the_phase_is_the_lists_or_follows_from_kind_and_ages(urn, phase):
    rows = read(text_of(sample("schools.csv")), "399")
    assert next(r for r in rows if isinstance(r, Listed) and r.urn == urn).phase == phase


def test_a_file_that_is_not_the_list_says_which_column_is_missing():
    with pytest.raises(Refused, match="no column Postcode"):
        list(read(HEADER.rpartition(",")[0] + "\n1,2,3,4,5\n", "399"))


# taking in --------------------------------------------------------------------------------------------------------------


def test_every_row_is_accounted_for(city):
    tally = taken()
    assert tally.rows == 15
    assert dict(tally.counts) == {"taken": 7, "closed": 1, "outside the authority": 2, "refused": 5}
    assert {row["line"] for row in tally.to_look_at if row["line"]} == {10, 11, 12, 13, 14}
    in_directory_only = {row["urn"] for row in tally.to_look_at if not row["line"]}
    assert in_directory_only == {"900000", "900001"}, (
        "ours that the list does not name: nothing is done to them"
    )


def test_a_new_school_has_a_link_person_at_once(city):
    taken()
    school = School.objects.get(urn=990101)
    found = link_person_on(school.pk, clock.today())
    assert found is not None and found.why is Why.NAMED
    assert found.worker == city.family_support_manager.worker.pk
    for school in School.objects.filter(urn__gt=990_000):
        assert link_person_on(school.pk, clock.today()), school


def test_twice_changes_nothing(city):
    taken()
    before = everything()
    again = taken()
    assert again.before and again.counts["unchanged"] == 7 and not again.counts["taken"]
    assert everything() == before
    assert ListTaken.objects.count() == 1


def test_a_dry_run_says_the_same_and_keeps_nothing(city):
    before = everything()
    tally = taken(dry_run=True)
    assert tally.counts["taken"] == 7
    assert everything() == before and not ListTaken.objects.exists()


def test_next_years_list_corrects_and_goes_on(city):
    taken()
    tally = taken("schools-next-year.csv", NEXT_YEAR)
    assert tally.counts["changed"] == 2 and tally.counts["taken"] == 2
    dated = SchoolListing.objects.filter(school__urn=990101).order_by("begins")
    assert [(row.begins, row.ends, row.pupils) for row in dated] == [
        (THIS_YEAR, NEXT_YEAR, 412),
        (NEXT_YEAR, None, 405),
    ]
    assert Agency.objects.get(school__urn=990102).name == "St Aidan’s Primary School"
    assert [row.name for row in SchoolListing.objects.filter(school__urn=990102).order_by("begins")] == [
        "St Aidan’s Café Lane Primary School",
        "St Aidan’s Primary School",
    ]


def test_a_school_that_closed_ends_with_its_link_and_the_next_goes_on_from_it(city):
    taken()
    taken("schools-next-year.csv", NEXT_YEAR)
    old, new = School.objects.get(urn=990106), School.objects.get(urn=990206)
    assert old.agency.ends == date(2026, 8, 31)
    assert not LinkPerson.objects.filter(school=old, ends__isnull=True).exists()
    assert SchoolSuccession.objects.get() == SchoolSuccession.objects.get(
        before=old, after=new, on=date(2026, 9, 1)
    )
    assert link_person_on(new.pk, date(2026, 9, 1)) is not None


def test_a_school_that_the_list_no_longer_names_is_looked_at_and_not_closed(city):
    taken()
    tally = taken("schools-next-year.csv", NEXT_YEAR)
    assert "990105" in {row["urn"] for row in tally.to_look_at}
    assert School.objects.get(urn=990105).agency.ends is None


def test_lists_are_taken_in_the_order_of_their_days_and_of_a_named_authority(city):
    taken("schools-next-year.csv", NEXT_YEAR)
    with pytest.raises(Refused, match="later list"):
        taken()
    with pytest.raises(Refused, match="No school of authority 001"):
        taking.take_schools(sample("schools.csv"), by=CIN_IMPORT, listed=NEXT_YEAR, authority="001")


def test_the_authority_is_known_from_the_list_before(city):
    with pytest.raises(Refused, match="Which authority is ours"):
        taking.take_schools(sample("schools.csv"), by=CIN_IMPORT)
    taken()
    later = THIS_YEAR + timedelta(days=1)
    assert taking.take_schools(sample("schools.csv"), by=CIN_IMPORT, listed=later).counts["unchanged"] == 7


def test_who_may_not_take_lists_in_is_answered_as_for_nothing_there(city):
    for who in (city.family_support_manager, city.head_of_service, city.head_teacher):
        with pytest.raises(Http404):
            taking.take_schools(sample("schools.csv"), by=who.actor, authority="399")


# what schools report ----------------------------------------------------------------------------------------------------


def test_figures_are_taken_in_row_by_row_and_what_is_withheld_is_not_known(city):
    taken()
    tally = reporting.take_figures(sample("figures.csv"), by=CIN_IMPORT)
    assert tally.rows == 19 and dict(tally.counts) == {"taken": 16, "refused": 3}
    assert [row["because"] for row in tally.to_look_at] == [
        "“2024/26” is no school year: write 2024/25",
        "the school is not in our directory: take the list of schools in first",
        "more sessions were missed than there were",
    ]
    row = SchoolYear.objects.get(school__urn=990104)
    assert (row.year, row.suspensions, row.exclusions) == (2025, None, 0)


def test_figures_said_anew_hold_and_those_before_stay(city):
    taken()
    reporting.take_figures(sample("figures.csv"), by=CIN_IMPORT)
    again = reporting.take_figures(sample("figures.csv"), by=CIN_IMPORT)
    assert again.before and again.counts["unchanged"] == 16
    corrected = b"URN,Year,Pupils,Sessions,Missed\n990104,2024/25,96,36480,4200\n"
    assert reporting.take_figures(corrected, by=CIN_IMPORT).counts["changed"] == 1
    school = School.objects.get(urn=990104)
    assert SchoolYear.objects.filter(school=school).count() == 2
    assert figures_of(SchoolYear.objects.all())[school.pk, 2025].missed == 4200
