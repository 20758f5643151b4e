"""A school's link person is never empty: whoever leaves, is away, covers while away, or whose team ends."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import actions, queries
from rightplace.foundation.organisation.linkpeople import (
    Area,
    Away,
    Link,
    LinkBook,
    Seat,
    Why,
    link_book,
    link_person_on,
)
from rightplace.foundation.organisation.models import Area as AreaRow
from rightplace.foundation.organisation.models import LinkPerson, Membership, School
from rightplace.foundation.organisation.rolecodes import RoleCode

TODAY = date(2026, 3, 3)
SUPPORT, MANAGER = RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.FAMILY_SUPPORT_MANAGER


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.fixture
def lark_hill(city):
    """A school of area 1, linked by one of three workers whose manager is there too."""
    agency = actions.add_agency(name="Lark Hill Primary", kind="education", begins=TODAY, by=city.by)
    school = actions.add_school(
        agency=agency, urn=999001, phase="primary", area=AreaRow.objects.get(id=1), by=city.by
    )
    city.worker("Wendell Ashby", city.north, MANAGER)
    for name in ("Tamsin Reeve", "Ned Low", "Cora Whitlock"):
        city.worker(name, city.north, SUPPORT)
    actions.set_link_person(school=school, worker=of(city, "Tamsin Reeve"), begins=TODAY, by=city.by)
    return school


def of(city, name):
    return Membership.objects.filter(worker__name=name).latest("pk").worker


def away(city, name, first=0, last=7, cover=""):
    worker = of(city, name)
    by = city.signed_by(worker, SUPPORT)
    return actions.record_absence(
        worker=worker, begins=day(first), ends=day(last), by=by, cover=of(city, cover) if cover else None
    )


def linked(school, number=0):
    found = link_person_on(school.pk, day(number))
    name = Membership.objects.filter(worker=found.worker).latest("pk").worker.name
    return name, found.why


# who, and why they ----------------------------------------------------------------------------------------------------


def test_the_named_one_is_asked_and_away_whoever_covers_until_they_are_back(city, lark_hill):
    assert linked(lark_hill) == ("Tamsin Reeve", Why.NAMED)
    away(city, "Tamsin Reeve", cover="Ned Low")
    assert linked(lark_hill) == ("Ned Low", Why.COVERS)
    found = link_person_on(lark_hill.pk, TODAY)
    assert (found.named, found.until) == (of(city, "Tamsin Reeve").pk, day(7))
    assert linked(lark_hill, 7) == ("Tamsin Reeve", Why.NAMED)


def test_a_cover_who_is_away_is_covered_in_turn_and_a_circle_ends(city, lark_hill):
    away(city, "Tamsin Reeve", cover="Ned Low")
    away(city, "Ned Low", cover="Cora Whitlock")
    assert linked(lark_hill) == ("Cora Whitlock", Why.COVERS)
    away(city, "Cora Whitlock", cover="Tamsin Reeve")
    assert linked(lark_hill) == ("Wendell Ashby", Why.MANAGER)


def test_without_a_cover_a_colleague_stands_in_then_the_manager_then_the_next_team(city, lark_hill):
    away(city, "Tamsin Reeve")
    assert linked(lark_hill)[1] == Why.TEAM
    away(city, "Ned Low")
    assert linked(lark_hill) == ("Cora Whitlock", Why.TEAM)
    away(city, "Cora Whitlock")
    assert linked(lark_hill) == ("Wendell Ashby", Why.MANAGER)
    away(city, "Wendell Ashby")
    city.worker("Hanna Pryce", city.everywhere, MANAGER)
    assert linked(lark_hill)[0] == "Hanna Pryce"


def test_a_new_school_is_linked_to_the_areas_manager_at_once(city, lark_hill):
    agency = actions.add_agency(name="Mill Lane Academy", kind="education", begins=TODAY, by=city.by)
    school = actions.add_school(
        agency=agency, urn=999002, phase="secondary", area=AreaRow.objects.get(id=1), by=city.by
    )
    assert linked(school) == ("Wendell Ashby", Why.NAMED)
    assert LinkPerson.objects.get(school=school).handed_over


# leaving --------------------------------------------------------------------------------------------------------------


def test_who_leaves_the_team_hands_the_school_to_its_manager(city, lark_hill):
    leaving = of(city, "Tamsin Reeve").memberships.get()
    actions.leave_team(membership=leaving, on=day(3), by=city.by)
    assert [linked(lark_hill, n)[0] for n in (2, 3)] == ["Tamsin Reeve", "Wendell Ashby"]
    actions.end_worker(worker=of(city, "Wendell Ashby"), on=day(5), by=city.by)
    assert linked(lark_hill, 5)[0] in ("Ned Low", "Cora Whitlock")


def test_naming_the_next_link_person_takes_back_what_was_handed_over(city, lark_hill):
    actions.leave_team(membership=of(city, "Tamsin Reeve").memberships.get(), on=day(3), by=city.by)
    actions.set_link_person(school=lark_hill, worker=of(city, "Ned Low"), begins=day(1), by=city.by)
    assert [linked(lark_hill, n)[0] for n in (0, 1, 3, 400)] == ["Tamsin Reeve", *["Ned Low"] * 3]


def test_somebody_named_for_a_later_day_stays_named(city, lark_hill):
    actions.set_link_person(school=lark_hill, worker=of(city, "Ned Low"), begins=day(10), by=city.by)
    actions.set_link_person(school=lark_hill, worker=of(city, "Cora Whitlock"), begins=day(2), by=city.by)
    assert [linked(lark_hill, n)[0] for n in (1, 2, 9, 10)] == [
        "Tamsin Reeve", "Cora Whitlock", "Cora Whitlock", "Ned Low",
    ]  # fmt: skip


def test_the_last_who_could_link_a_school_cannot_leave(city, lark_hill):
    for name in ("Ned Low", "Cora Whitlock", "Wendell Ashby"):
        actions.end_worker(worker=of(city, name), on=day(1), by=city.by)
    with pytest.raises(Refused, match="Nobody else could be the link person of Lark Hill Primary"):
        actions.end_worker(worker=of(city, "Tamsin Reeve"), on=day(2), by=city.by)


def test_a_team_that_ends_hands_its_schools_to_the_next_team_or_does_not_end(city, lark_hill):
    with pytest.raises(Refused, match="Nobody else could be the link person"), transaction.atomic():
        actions.end_team(team=city.north, on=day(4), by=city.by)
    city.worker("Hanna Pryce", city.everywhere, MANAGER)
    actions.end_team(team=city.north, on=day(4), by=city.by)
    assert [linked(lark_hill, n)[0] for n in (3, 4)] == ["Tamsin Reeve", "Hanna Pryce"]


# the database's own guard ---------------------------------------------------------------------------------------------


def checked_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda row: LinkPerson.objects.filter(pk=row.pk).update(
            ends=day(5), end_recorded_at=row.recorded_at, end_recorded_by=row.recorded_by
        ),
        lambda row: LinkPerson.objects.filter(pk=row.pk).delete(),
        lambda row: Membership.objects.filter(worker=row.worker).update(
            ends=day(5), end_recorded_at=row.recorded_at, end_recorded_by=row.recorded_by
        ),
    ],
    ids=["ended with nobody after", "deleted", "left the team behind the actions"],
)
def test_the_database_refuses_a_gap_that_gets_past_the_actions(lark_hill, spoil):
    row = LinkPerson.objects.get(school=lark_hill, ends__isnull=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        spoil(row)
        checked_now()


def test_the_actions_themselves_leave_no_gap_for_the_database_to_refuse(city, lark_hill):
    actions.set_link_person(school=lark_hill, worker=of(city, "Ned Low"), begins=day(2), by=city.by)
    actions.end_worker(worker=of(city, "Ned Low"), on=day(9), by=city.by)
    checked_now()


# random histories -----------------------------------------------------------------------------------------------------

SCHOOLS, WORKERS, DAYS = 3, 7, 40
spells = st.tuples(st.integers(0, DAYS), st.one_of(st.none(), st.integers(1, 20)))


@st.composite
def books(draw):
    """Some workers come and go in two teams, are away and cover for each other; one head of service stays."""
    book = LinkBook(
        areas={s: Area(1 + s % 2, "north") for s in range(SCHOOLS)},
        teams={1: Area(1, "north"), 2: Area(2, "north")},
        seats={99: [Seat(TODAY, None, 99, 0, False)]},
    )
    for worker in range(1, WORKERS + 1):
        first, length = draw(spells)
        ends = day(first + length) if length else None
        book.seats[worker] = [Seat(day(first), ends, worker, draw(st.sampled_from([1, 2])), worker <= 2)]
        for first, length in draw(st.lists(spells, max_size=3)):
            cover = draw(st.integers(0, WORKERS))
            spell = Away(
                day(first), day(first + length) if length else None, worker, cover if cover != worker else 0
            )
            book.away.setdefault(worker, []).append(spell)
    for school in range(SCHOOLS):
        cuts = sorted(set(draw(st.lists(st.integers(1, DAYS), max_size=3))))
        for begins, ends in zip([0, *cuts], [*cuts, None], strict=True):
            worker = draw(st.integers(1, WORKERS))
            book.links.setdefault(school, []).append(
                Link(day(begins), None if ends is None else day(ends), school, worker)
            )
    return book


met = set()


@settings(max_examples=150, deadline=None)
@given(books())
def test_in_any_history_somebody_links_each_school_each_day_and_is_really_there(book):
    for school in range(SCHOOLS):
        for on, found in book.days(school, TODAY, day(DAYS + 25)):
            assert found is not None, (school, on)
            met.add(found.why)
            seat = next(s for s in book.seats[found.worker] if s.holds(on))
            assert seat.begins <= on
            assert not any(each.holds(on) for each in book.away.get(found.worker, ()))
            if found.why is Why.NAMED:
                assert found.worker == found.named
            if found.until is not None:
                assert found.until > on


def test_the_random_histories_reached_every_reason():
    assert met == set(Why), "the histories are too tame to prove anything"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_whatever_the_actions_are_asked_the_rows_never_leave_a_gap(city, seed):
    """Leavers, absences, covers who are away, new link people: through the actions, in the database."""
    with transaction.atomic():
        _live_through(city, random.Random(seed))
        checked_now()
        schools = School.objects.filter(urn__gte=990_000).select_related("area")
        book = link_book(schools, TODAY, day(60))
        for school in schools:
            for on, found in book.days(school.pk, TODAY, day(60)):
                assert found is not None, (seed, on)
                assert queries.link_person(school.pk, on) is not None, (seed, on, "the rows have a gap")
                assert book.is_there(found.worker, on)
        transaction.set_rollback(True)


def _live_through(city, rng):
    team, number = city.north, 0
    city.worker("A manager", team, MANAGER)
    workers = [city.worker(f"Worker {n}", team, SUPPORT) for n in range(5)]
    for school_number in range(2):
        agency = actions.add_agency(
            name=f"School {school_number}", kind="education", begins=TODAY, by=city.by
        )
        actions.add_school(
            agency=agency, urn=990_000 + school_number, phase="primary", area=AreaRow.objects.get(id=1), by=city.by
        )  # fmt: skip
    for _ in range(14):
        number += rng.randint(0, 4)
        school = rng.choice(list(School.objects.filter(urn__gte=990_000)))
        worker = rng.choice(workers)
        try:
            with transaction.atomic():
                what = rng.random()
                if what < 0.4:
                    actions.set_link_person(school=school, worker=worker, begins=day(number), by=city.by)
                elif what < 0.6:
                    actions.end_worker(worker=worker, on=day(number), by=city.by)
                elif what < 0.9:
                    cover = rng.choice([None, *(w for w in workers if w != worker)])
                    actions.record_absence(
                        worker=worker, begins=day(number), ends=day(number + rng.randint(1, 9)), cover=cover,
                        by=city.signed_by(worker, SUPPORT),
                    )  # fmt: skip
                else:
                    workers.append(city.worker(f"Later {number}", team, SUPPORT))
        except Refused:
            continue


def test_a_book_of_a_whole_city_is_four_queries_however_many_days(
    city, lark_hill, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):
        book = link_book(School.objects.select_related("area"), day(-400), day(400))
    with django_assert_max_num_queries(0):
        assert all(found for _, found in book.days(lark_hill.pk, TODAY, day(400)))


def test_a_worker_of_another_team_covers_and_never_stands_in(city, lark_hill):
    elsewhere = actions.open_team(
        agency=city.authority, name="North assessment", kind="assessment", begins=TODAY, by=city.by
    )
    city.worker("Farida Stone", elsewhere, RoleCode.SOCIAL_WORKER)
    away(city, "Tamsin Reeve", cover="Farida Stone")
    assert linked(lark_hill) == ("Farida Stone", Why.COVERS)
    for name in ("Ned Low", "Cora Whitlock", "Wendell Ashby", "Farida Stone"):
        away(city, name)
    assert link_person_on(lark_hill.pk, TODAY) is None, (
        "nobody of family support is there, and no head of service"
    )
