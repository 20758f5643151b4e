"""Kept scenarios to compare: one's own first, the newest first, found by a word, and what is ticked stays ticked."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from rightplace.common.web import words
from rightplace.foundation.organisation import clock
from rightplace.overview.capacity import actions, asking, starting, tasks
from rightplace.overview.capacity.models import KeptScenario, Run
from rightplace.testing.organisation import MORNING, sign_in

TEXT = 'name = "{0}"\nbegins = 2026-03-09\ndays = 364\n[[change]]\nday = 2026-04-01\nwhat = "managers"\namount = -{1}\n'


def kept(by, *names):
    """Each a day older than the one before it."""
    now = clock.now()
    made = [
        KeptScenario(name=name, text=TEXT.format(name, n), by_id=by.worker.pk, at=now - timedelta(days=n))
        for n, name in enumerate(names, 1)
    ]
    return KeptScenario.objects.bulk_create(made)


def test_a_scenario_that_nobody_used_for_half_a_year_is_deleted(city):
    by = city.head_of_service.actor
    used, alone = (actions.keep_scenario(name=n, text=TEXT.format(n, 1), by=by) for n in ("Used", "Alone"))
    with clock.clock_at(MORNING + timedelta(days=100)):
        asking.ask_kept([used], starting.start(), by)
    for days, left in ((182, {used, alone}), (184, {used}), (284, set())):
        with clock.clock_at(MORNING + timedelta(days=days)):
            tasks.forget_old(0)
        assert set(KeptScenario.objects.all()) == left


def test_its_page_says_on_which_day_it_goes_and_the_forms_that_no_people_are_named(city):
    kept = actions.keep_scenario(name="Used", text=TEXT.format("Used", 1), by=city.head_of_service.actor)
    client = sign_in(Client(), city.head_of_service)
    assert (
        f"deleted on {words.plain_day(kept.deleted_on)}"
        in client.get(reverse("capacity:scenario", args=[kept.pk])).content.decode()
    )
    assert "Write no names of people" in client.get(reverse("capacity:write")).content.decode()
    assert "no names of people" in client.get(reverse("capacity:ask", args=["earlier"])).content.decode()


def order_of(said, *names):
    places = [said.index(f">{name}</label>") for name in names]
    assert places == sorted(places), names


def test_ones_own_come_first_the_newest_first_and_the_rest_is_folded(city):
    kept(city.director, "Of the director")
    kept(city.head_of_service, *(f"Own {n:02}" for n in range(1, 11)))
    said = sign_in(Client(), city.head_of_service).get(reverse("capacity:scenarios")).content.decode()
    order_of(said, "Own 01", "Own 02", "Own 08", "Own 09", "Of the director")
    folded = said.index("2 older ones of yours")
    assert said.index(">Own 08<") < folded < said.index(">Own 09<") < said.index("Kept by colleagues (1)")
    assert 'id="words"' not in said


def test_a_name_is_looked_for_and_what_was_ticked_stays_so(city):
    by = city.head_of_service
    made = kept(by, *(f"Own {n:02}" for n in range(1, 13)), "A bad winter")
    client, address = sign_in(Client(), by), reverse("capacity:scenarios")
    found = client.post(address, {"find": "on", "words": "WINTER", "chosen": [made[0].pk]})
    said = found.content.decode()
    assert found.status_code == 200 and not Run.objects.exists()
    order_of(said, "Own 01", "A bad winter")
    assert ">Own 02</label>" not in said and said.count(" checked") == 1
    none = client.post(address, {"find": "on", "words": "no such name"}).content.decode()
    assert "No kept scenario has that in its name." in none


def test_one_is_too_few_and_the_page_says_so_beside_what_was_ticked(city):
    made = kept(city.head_of_service, "One", "Another")
    client, address = sign_in(Client(), city.head_of_service), reverse("capacity:scenarios")
    refused = client.post(address, {"chosen": [made[1].pk]})
    said = refused.content.decode()
    assert refused.status_code == 422 and 'href="#id_chosen"' in said and 'id="id_chosen"' in said
    assert "Choose two or three: more cannot be told apart." in said and said.count(" checked") == 1
