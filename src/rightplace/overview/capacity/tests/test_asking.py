"""Asked again or held beside each other, questions are refused before anybody waits, or the model takes them."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rightplace.domain.simulation.parameters import parameters
from rightplace.domain.simulation.scenarios import Change, ImpossibleScenario, Scenario, check, read, write
from rightplace.domain.simulation.teams import structure_of
from rightplace.foundation.organisation import clock
from rightplace.overview.capacity import actions, asking, engine, forms, ownteams, reading, size, starting
from rightplace.overview.capacity.fromtoday import from_day
from rightplace.overview.capacity.models import KeptScenario, Run
from rightplace.overview.capacity.tests.conftest import answered
from rightplace.testing.organisation import MORNING, sign_in

BEGINS = date(2026, 3, 9)
TEXT = 'name = "{0}"\nbegins = 2026-03-09\ndays = 364\n{1}'
LEAVE = '[[change]]\nday = 2026-04-01\nwhat = "leave"\nwhere = "{0}"\namount = 8\n'
PAST = tuple(Change(date(2026, 2, day), "leave", "South", 2.0) for day in (3, 10, 17))


def before(*changes):
    return Scenario("Before", date(2026, 2, 2), 364, changes=changes)


def kept(city, *texts, name="Eight experienced people leave"):
    by = city.head_of_service.actor
    return [actions.keep_scenario(name=name, text=text, by=by) for text in texts]


def answered_of_ours(city):
    """An answer about the service that is there, not about one that the question brings."""
    run = answered(city)
    run.asked["scenarios"] = [write(replace(read(text), areas=())) for text in run.asked["scenarios"]]
    run.save()
    return run


def names(run):
    return [read(text).name for text in run.asked["scenarios"]]


# from today ----------------------------------------------------------------------------------------------------------


def test_leavers_of_days_that_are_over_are_one_change_on_the_first_day():
    last = Change(date(2026, 4, 5), "leave", "South", 2.0)
    found = from_day(before(*PAST, last), BEGINS, 364)
    assert found.changes == (Change(BEGINS, "leave", "South", 6.0), last)
    check(found, parameters(structure_of(starting.INVENTED), BEGINS))


@pytest.mark.parametrize(
    ("what", "amounts", "left"),
    [
        ("posts", (5.0, -2.0), 3.0),
        ("posts", (5.0, -5.0), None),
        ("managers.share", (0.25, -0.2), None),
        ("demand", (1.2, 1.5), 1.8),
        ("demand", (1.3, 1 / 1.3), None),
        ("standard.supervision", (4.0, 6.0), 6.0),
    ],
)
def test_what_meets_on_the_first_day_is_one_change_or_has_undone_itself(what, amounts, left):
    both = [Change(date(2026, 2, 3 + nth), what, "all", amount) for nth, amount in enumerate(amounts)]
    stays = Change(date(2026, 5, 1), "absence", "all", 1.1)
    found = from_day(before(*both, stays), BEGINS, 364)
    amount = [round(each.amount, 9) for each in found.changes if each.what == what]
    assert amount == ([] if left is None else [left])
    assert found.changes[-1] == stays


def test_what_lasts_some_weeks_lasts_what_is_left_of_them():
    early = Change(date(2026, 2, 9), "demand", "all", 1.2, weeks=6)
    over = Change(date(2026, 2, 2), "absence", "all", 1.2, weeks=3)
    found = from_day(before(early, over), BEGINS, 364)
    assert found.changes == (Change(BEGINS, "demand", "all", 1.2, weeks=2),)


def test_where_all_is_over_nothing_is_asked():
    winter = (
        Change(date(2026, 2, 2), "demand", "all", 1.3),
        Change(date(2026, 3, 1), "demand", "all", 1 / 1.3),
    )
    with pytest.raises(ImpossibleScenario, match="over by now"):
        from_day(before(*winter), BEGINS, 364)


def test_asked_again_after_its_days_have_passed_a_question_can_be_worked_out(city):
    run = answered_of_ours(city)
    with clock.clock_at(MORNING + timedelta(days=60)):
        again = asking.ask_again(run, city.head_of_service.actor)
    given = parameters(structure_of(starting.INVENTED), read(again.asked["scenarios"][0]).begins)
    assert [check(read(text), given) for text in again.asked["scenarios"]]
    leavers = [each.amount for each in read(again.asked["scenarios"][1]).changes]
    assert sum(leavers) == sum(each.amount for each in read(run.asked["scenarios"][1]).changes)
    assert len(leavers) < len(read(run.asked["scenarios"][1]).changes)


@pytest.mark.parametrize(
    ("written", "says"),
    [("leave", "did you mean"), ('amount = "', "line")],
    ids=["what our service no longer has", "an older text that cannot be read"],
)
def test_what_cannot_be_asked_any_more_is_refused_on_its_page(city, written, says):
    run = answered_of_ours(city)
    texts = run.asked["scenarios"]
    texts[1] = texts[1].replace('"South"', '"Suoth"') if written == "leave" else f"{texts[1]}\n{written}"
    run.save()
    address = reverse("capacity:answer", args=[run.pk])
    found = sign_in(Client(), city.head_of_service).post(address, {"act": "again"})
    assert found.status_code in (200, 422)
    assert says in found.content.decode() and "Ask anew" in found.content.decode()
    assert Run.objects.count() == 1


# beside each other ---------------------------------------------------------------------------------------------------


def test_scenarios_of_one_name_are_told_apart_by_what_they_were_kept_as(city):
    same = "Eight leave"
    south, north = (TEXT.format(same, LEAVE.format(where)) for where in ("South", "North"))
    by = city.head_of_service.actor
    pair = [*kept(city, south, name="In South"), *kept(city, north, name="In North")]
    assert names(asking.ask_kept(pair, starting.start(), by)) == ["As things are", "In South", "In North"]
    one, other = kept(city, south, north)
    told = names(asking.ask_kept([one, other], starting.start(), by))
    assert told[1:] == [f"{one.name} ({one.pk})", f"{other.name} ({other.pk})"]


def test_kept_scenarios_with_different_limits_are_refused_before_anybody_waits(city):
    texts = [TEXT.format(f"To {limit}", f"[promises]\nsupervision = {limit}\n") for limit in (0.1, 0.2)]
    found = kept(city, *texts)
    with pytest.raises(ImpossibleScenario, match="held against the same"):
        asking.ask_kept(found, starting.start(), city.head_of_service.actor)
    assert not Run.objects.exists()


def test_the_list_of_kept_scenarios_has_pages_and_each_can_be_compared(city, django_assert_max_num_queries):
    by, at = city.head_of_service.worker, clock.now()
    many = [
        KeptScenario(name=f"Kept {n:03}", text=TEXT.format(f"S{n}", ""), by_id=by.pk, at=at)
        for n in range(70)
    ]
    first = KeptScenario.objects.bulk_create(many)[0]
    client, address = sign_in(Client(), city.head_of_service), reverse("capacity:scenarios")
    client.get(address)
    with django_assert_max_num_queries(12) as caught:
        said = client.get(address).content.decode()
    assert not any('capacity_scenario"."text"' in each["sql"] for each in caught)
    assert f'value="{first.pk}"' in said and "page=3" in said
    assert reverse("capacity:scenario", args=[first.pk]) not in said
    assert reverse("capacity:scenario", args=[first.pk]) in client.get(f"{address}?page=3").content.decode()


# how much ------------------------------------------------------------------------------------------------------------


def test_what_would_hold_up_the_worker_is_refused(city):
    text = 'name = "All"\nbegins = 2026-03-09\ndays = {0}\n[areas]\nSouth = 1000000\n[[change]]\n'
    text += 'day = 2026-04-01\nwhat = "demand"\namount = {1}\n'
    by = city.head_of_service.actor
    with pytest.raises(ImpossibleScenario, match="take too long"):
        asking.ask_text(text.format(3653, 10), 60, starting.start(), by)
    assert not Run.objects.exists()
    assert asking.ask_text(text.format(364, 1.1), 60, starting.start(), by)


def test_demand_counts_with_the_most_that_meets():
    day = date(2026, 3, 9)
    told = [("all", 2.0), ("all", 0.5), ("police", 3.0), ("school", 2.0), ("South", 1.5), ("North", 1.2)]
    changes = [
        Change(day + timedelta(days=n), "demand", where, times) for n, (where, times) in enumerate(told)
    ]
    assert size.peak(Scenario("All", day, 364, changes=tuple(changes))) == 2.0 * 3.0 * 1.5


# where it begins -----------------------------------------------------------------------------------------------------


def begun(city, own):
    texts = [TEXT.format("As things are", "")]
    asked = {"scenarios": texts, "day": "2026-03-03", "own": own}
    return Run(asked=asked, seed=7, by_id=city.head_of_service.worker.pk, total=4)


def test_what_was_asked_of_our_own_service_is_not_worked_out_of_an_invented_one(city):
    pytest.importorskip("numpy", reason="the capacity model is not installed")
    with pytest.raises(ImpossibleScenario, match="our own service could be read when this was asked"):
        engine._question(begun(city, True))


def test_what_was_asked_of_an_invented_service_is_not_worked_out_of_our_own(city, monkeypatch):
    pytest.importorskip("numpy", reason="the capacity model is not installed")
    ours = structure_of([("Ours", 9_000)])
    monkeypatch.setattr(reading, "structure", lambda on: ours)
    assert starting.start().own
    assert engine._question(begun(city, False)).given.structure.areas == tuple(
        name for name, _ in starting.INVENTED
    )


def test_a_day_that_is_over_is_read_as_it_ended():
    asked = date(2026, 3, 3)
    with clock.clock_at(datetime.fromisoformat("2026-03-04T00:10:00+00:00")):
        assert ownteams.moment_of(asked) == datetime.fromisoformat("2026-03-03T23:59:59.999999+00:00")
    with clock.clock_at(MORNING):
        assert ownteams.moment_of(MORNING.date()) == MORNING


def test_the_version_is_told_without_loading_what_is_compiled(monkeypatch):
    monkeypatch.setitem(sys.modules, "rightplace.domain.simulation.compiled", None)
    monkeypatch.setattr(engine, "is_there", lambda: True)
    assert len(engine.version.__wrapped__().split()[-1]) == 12


def test_two_questions_about_the_same_beginning_share_their_luck(city):
    by, began = city.head_of_service.actor, starting.start()
    text = TEXT.format("Four leave", LEAVE.format("South").replace("8", "4"))
    with clock.clock_at(MORNING):
        one = asking.ask_text(text, 60, began, by)
        other = asking.ask_text(
            text.replace("leave", "demand").replace("amount = 4", "amount = 1.2"), 60, began, by
        )
        elsewhere = asking.ask_text(text.replace("2026-03-09", "2026-03-16"), 60, began, by)
    assert one.seed == other.seed != elsewhere.seed


def test_a_wrong_place_in_a_text_is_refused_at_its_own_line(city):
    text = TEXT.format("Eight leave", LEAVE.format("Suoth"))
    with pytest.raises(ImpossibleScenario, match="did you mean South") as refused:
        asking.ask_text(text, 60, starting.start(), city.head_of_service.actor)
    assert text.splitlines()[refused.value.line - 1].startswith("where")


@pytest.mark.parametrize("begins", ["2019-01-07", "2026-03-02", "2035-01-01"])
def test_a_text_about_our_own_service_begins_when_our_own_cases_are_read(city, monkeypatch, begins):
    ours = structure_of([("North", 12_000), ("South", 12_000)])
    monkeypatch.setattr(reading, "structure", lambda on: ours)
    monkeypatch.setattr(reading, "filled", lambda on: {team.name: team.workers for team in ours.teams})
    by, text = city.head_of_service.actor, TEXT.format("As now", "").replace("2026-03-09", begins)
    with pytest.raises(ImpossibleScenario, match="begins = 2026-03-09") as refused:
        asking.ask_text(text, 60, starting.start(), by)
    assert text.splitlines()[refused.value.line - 1].startswith("begins")
    assert not Run.objects.exists()
    assert asking.ask_text(f"{text}[areas]\nSouth = 9000\n", 60, starting.start(), by)
    assert asking.ask_text(TEXT.format("As now", ""), 60, starting.start(), by)


def test_a_file_that_begins_with_a_byte_order_mark_is_read(city):
    """As some editors save it."""
    text = TEXT.format("As now", "")
    sent = SimpleUploadedFile("as-now.toml", text.encode("utf-8-sig"))
    form = forms.Typed({"text": "", "care": "60"}, {"file": sent})
    assert form.is_valid() and form.cleaned_data["text"] == text


def test_a_text_about_an_invented_service_begins_when_it_says(city):
    text = TEXT.format("As now", "").replace("2026-03-09", "2027-01-04")
    assert asking.ask_text(text, 60, starting.start(), city.head_of_service.actor)


def test_more_people_than_are_in_post_cannot_leave_and_nobody_waits_for_that(city, monkeypatch):
    ours = structure_of([("North", 12_000), ("South", 12_000)])
    monkeypatch.setattr(reading, "structure", lambda on: ours)
    monkeypatch.setattr(reading, "filled", lambda on: {team.name: 1 for team in ours.teams})
    said = "South has 40 posts, of them 7 filled by then; at most 7 can leave"
    with pytest.raises(ImpossibleScenario, match=said):
        asking.ask_text(
            TEXT.format("Eight leave", LEAVE.format("South")),
            60,
            starting.start(),
            city.head_of_service.actor,
        )


def test_who_may_be_more_or_fewer_goes_along_with_the_search(city):
    by, began = city.head_of_service.actor, starting.start()
    said = {"keep": ["supervision"], "where": began.places.wide[0][0]}
    assert asking.ask_smallest(said | {"who": "managers"}, began, by).asked["who"] == "managers"
    assert asking.ask_smallest(said | {"who": ""}, began, by).asked["who"] == "workers"
