"""The link person of each school is never empty on any day of the demonstration's two years."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db.models import F

from rightplace.demo.material.strip import strip
from rightplace.demo.organisation import HISTORY, seed_organisation
from rightplace.demo.seeding import schools as seeding
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.linkpeople import Why, link_book
from rightplace.foundation.organisation.models import Absence, LinkPerson, School, SchoolListing
from rightplace.services.schools.models import SchoolYear
from rightplace.services.schools.projections import Question

pytestmark = pytest.mark.django_db
DAYS_AHEAD = 60


def test_on_every_day_of_the_demo_years_every_school_has_a_link_person_who_is_there(
    django_assert_max_num_queries, record_property
):
    starts = strip().starts
    with clock.clock_at(starts):
        seed_organisation(2_000, 20260303)
        seeding.seed(2_000, 20260303)
        schools = list(School.objects.select_related("area", "agency").order_by("pk"))
        first, last = HISTORY, starts.date() + timedelta(days=DAYS_AHEAD)
        with django_assert_max_num_queries(3):
            book = link_book(schools, first, last)
    met: Counter[Why] = Counter()
    for school in schools:
        for day, found in book.days(school.pk, first, last):
            assert found is not None, (school, day)
            assert book.is_there(found.worker, day), (school, day, found)
            met[found.why] += 1
    assert len(schools) == 96 and sum(met.values()) == 96 * ((last - first).days + 1)
    assert met[Why.COVERS] > 50, "nobody was ever away: this proves nothing"
    record_property("figure", f"link people: {sum(met.values()):,} school days, none empty")
    for school in schools:
        the_rows_go_on(school)
    there_is_something_to_see()


def there_is_something_to_see() -> None:
    """Questions at every stage, two lists, five years of figures, and a cover who is away in turn."""
    questions = Question.objects.all()
    assert questions.filter(answered__isnull=False).count() > 30
    assert questions.filter(answered__isnull=True, read__isnull=False).exists()
    assert questions.filter(read__isnull=True, read_by_manager__lt=strip().starts).exists()
    assert questions.filter(answered__gt=F("due")).exists()
    assert SchoolListing.objects.values("begins").distinct().count() == 2
    assert SchoolYear.objects.count() == 5 * 96
    gone = Absence.objects.filter(queries.holding(strip().starts.date()))
    assert gone.filter(cover__in=gone.values("worker")).exists()


def the_rows_go_on(school: School) -> None:
    """Each dated row goes on until the next begins, and the last is open."""
    rows = list(LinkPerson.objects.filter(school=school).order_by("begins"))
    rows = [row for row in rows if row.ends != row.begins]
    assert rows and rows[-1].ends is None, school
    assert all(one.ends == two.begins for one, two in pairwise(rows)), school
    assert queries.link_person(school.pk, HISTORY) is not None, school
