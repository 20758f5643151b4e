"""What is there for this family: each reason is said, unknown stays unknown, a protected address gives no distance."""

from __future__ import annotations

import pytest

from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.identity import ProtectedAddressRecorded
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.places.places import square_of
from rightplace.services.directory.families import ReasonFirst
from rightplace.services.directory.finding import Asked, find
from rightplace.services.directory.reasons import reasons
from rightplace.services.directory.tests.offering import child, directory, family, siblings
from rightplace.testing.organisation import MORNING, SmallCity, postcode_in, sign_in, small_city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with clock.clock_at(MORNING):
        yield


@pytest.fixture
def city() -> SmallCity:
    found = small_city()
    directory()
    return found


def said(city: SmallCity, asked: Asked) -> dict[str, list[tuple[str, bool | None]]]:
    found = find(city.social_worker.actor, asked)
    return {
        each.name: [
            (r.said, r.fits)
            for r in reasons(
                each, asked, found.sites.get(each.pk, []), found.openings.get(each.pk, []), clock.today()
            )
        ]
        for each in found.services
    }


def test_the_best_fit_comes_first_with_its_reasons_and_what_is_not_known_is_said(city):
    asked = Asked(
        need="relationships", ages=(8.0, 5.0), square=square_of(postcode_in(1)), far=3, days=(2,), free=True,
        step_free=True, places=True, language="urdu",
    )  # fmt: skip
    found = said(city, asked)
    assert list(found) == ["Evening parenting course", "Parenting line", "Parents’ club"]
    assert found["Evening parenting course"] == [
        ("improved family relationships: its description says “parenting”", True), ("ages 5–11: fits both", True),
        ("under 1 km", True), ("Tuesdays 17:00–19:00", True), ("free", True), ("Urdu", True), ("step-free", True),
        ("2 places left", True),
    ]  # fmt: skip
    assert {fits for _, fits in found["Parenting line"][1:]} == {None}
    assert ("ages 12–16: fits neither", False) in found["Parents’ club"]
    assert ("not free", False) in found["Parents’ club"]
    assert ("step-free", None) in found["Parents’ club"]


def test_what_has_ended_is_not_offered_and_old_hours_do_not_count(city):
    assert "Closed parenting group" not in said(city, Asked())
    assert ("not Sundays", False) in said(city, Asked(days=(7,)))["Evening parenting course"]


def test_the_page_counts_what_fits_what_may_and_what_does_not(city):
    found = find(city.social_worker.actor, Asked(free=True))
    assert (found.fit, found.perhaps, found.against) == (1, 1, 1)
    assert find(city.social_worker.actor, Asked(words="telephone")).total == 1
    assert find(city.social_worker.actor, Asked(words="100%_nothing'; --")).total == 0


def test_a_family_brings_the_childrens_ages_and_its_square(city):
    ayla, _ = siblings(city, city.social_worker)
    found = family(city.social_worker, ayla)
    assert found.ages == (8.0, 5.0)
    assert found.square == square_of(postcode_in(1))


def test_a_protected_address_leaves_distance_out_and_says_so(city, client):
    ayla, joe = siblings(city, city.social_worker)
    at = from_datetime(clock.now())
    body = ProtectedAddressRecorded(line="9 Hidden Row", postcode=postcode_in(9))
    write([Draft(file=joe, body=body, day=day_of(at), at=at)], by=city.social_worker.actor, may="note.write")
    found = family(city.social_worker, ayla)
    assert found.square is None
    page = sign_in(client, city.social_worker).get(f"/services/for/{ayla}/?far=3").content.decode()
    assert "address is protected, so distance is left out" in page
    assert " km" not in page.split("What there is")[1]
    assert "Hidden" not in page


def test_a_child_of_another_team_asks_a_reason_and_one_out_of_reach_is_not_there(city, client):
    other = child(city, team=city.other_assessment)
    with pytest.raises(ReasonFirst):
        family(city.social_worker, other)
    with pytest.raises(NotAllowed):
        family(city.family_support_worker, other)
    assert sign_in(client, city.social_worker).get(f"/services/for/{other}/").status_code == 302
    assert sign_in(client, city.provider).get(f"/services/for/{other}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?need=relationships&q=parent&ages=5,8&postcode=B31+2TY&far=5&days=2&must=free&must=step_free&must=places&language=Urdu",
        "?view=map",
    ],
)
def test_looking_costs_at_most_ten_queries(city, client, django_assert_max_num_queries, query):
    sign_in(client, city.social_worker)
    with django_assert_max_num_queries(10):
        page = client.get(f"/services/{query}")
    assert page.status_code == 200


@pytest.mark.parametrize(
    "query", ["?ages=old", "?postcode=ZZ1+1ZZ", "?page=99999999&days=9&must=x", "?need=nothing"]
)
def test_what_is_typed_wrongly_is_said_and_nothing_breaks(city, client, query):
    assert sign_in(client, city.social_worker).get(f"/services/{query}").status_code in (200, 422)
