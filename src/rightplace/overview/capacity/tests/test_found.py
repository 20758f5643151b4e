"""What the page of a search says: the answer first, every promise beside today, and a cut never as advice."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from rightplace.domain.simulation.scenarios import ImpossibleScenario
from rightplace.domain.simulation.scenarios.answer import Range
from rightplace.domain.simulation.scenarios.finding import (
    Blocked,
    Checked,
    Cost,
    Found,
    Future,
    Kind,
    Said,
    Then,
    Tried,
)
from rightplace.domain.simulation.scenarios.foundsaid import cost_said, found_said, stays_said, worse_said
from rightplace.foundation.organisation import clock
from rightplace.overview.capacity import asking, engine, looking, starting
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.presenters.found import CHECK, FoundPage, headline, short
from rightplace.overview.capacity.tests.conftest import answered
from rightplace.testing.organisation import sign_in


def then(code: str, chosen: bool, before: int, after: int, low: float, high: float) -> Then:
    return Then(
        code,
        f"{code}s late",
        "share",
        0.05,
        chosen,
        before,
        after,
        200,
        low,
        high,
        0.02,
        0.03,
        low,
        high,
        f"{code} said",
    )


def searched(now: int = 40, fewest: int = 36, **more: object) -> Found:
    """A search after assessments that found fewer people, with whom visits break more often."""
    kinds = [
        Kind("assessment", now, fewest, 1, 80, False, False, ["assessment"]),
        Kind("managers of assessment", 4, 4, 1, 12, True, False, []),
    ]
    promises = [
        then("assessment", True, 90, 30, -0.5, -0.1), then("visit", False, 4, 180, 0.8, 0.95),
        then("review", False, 50, 52, -0.1, 0.1),
    ]  # fmt: skip
    before, posts = (
        {each.name: many(each) for each in kinds} for many in (lambda k: k.now, lambda k: k.found)
    )
    cost = Cost(Range(1.8e7, 1.9e7, 2e7), Range(1.7e7, 1.8e7, 1.9e7), 1.85e7, 150, 60, 200)
    can_keep = more.pop("can_keep", ["assessment"])
    blocked = more.pop("blocked", [])
    said = Said(
        ["“Contacts” is kept in 1 of 40 futures at best."] * len(blocked),
        ["More managers as well would do it."] * len(blocked),
        "Checked with other luck.", worse_said([promises[1]], True), stays_said(kinds), cost_said(cost),
    )  # fmt: skip
    told = {
        "edition": 2, "where": "South", "who": "workers", "keep": ["assessment", *(b.code for b in blocked)],
        "possible": not blocked, "can_keep": can_keep, "blocked": blocked, "before": before, "posts": posts, "kinds": kinds,
        "kept": 33, "futures": 40, "chance": 0.825, "chance_low": 0.7, "chance_high": 0.9, "asked": 0.8,
        "checked": Checked(171, 200, True, 1), "promises": promises, "cost": cost, "tried": [Tried(posts, 33, 40)],
        "ended_early": False, "sentence": found_said("South", before, posts, can_keep, [b.code for b in blocked], False),
        "said": said, "looked_at": ["37 establishments in South."], "not_tried": ["Other numbers of managers."],
    }  # fmt: skip
    return Found(**(told | more))


BLOCKED = Blocked("decision", 1, 40, {"assessment": 84}, 0.05, 0.09, "share")


def page_of(city, found: Found, **more) -> tuple[Run, str]:
    run = answered(
        city, what=Run.What.SMALLEST, total=120, done=37, answer={"found": msgspec.to_builtins(found)},
        asked={"scenarios": ['name = "As things are"\nbegins = 2026-03-09\ndays = 546\n'], "day": "2026-03-03", "own": True,
               "keep": found.keep, "where": "South", "place": "area:South", "who": "workers", "often": "0.8"}, **more,
    )  # fmt: skip
    got = sign_in(Client(), city.head_of_service).get(reverse("capacity:answer", args=[run.pk]))
    assert got.status_code == 200
    return run, got.content.decode()


def test_the_answer_comes_first_then_each_promise_then_people_cost_and_what_was_looked_at(city):
    _, said = page_of(city, searched())
    order = ("36 posts for workers and 4 managers keep it in South, 4 fewer", "This is no plan yet", "Checked with other luck",
             "Every promise, now and then", "The fewest people", "Nothing that was chosen needs managers of assessment (4)",
             "What it costs", "The budget of £18.5 million is passed in 60 of 200", "What you can ask next",
             "What was looked at", "What was not looked at")  # fmt: skip
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert "1 promise gets worse and 1 better" in said
    assert "visit said" in said and "Left as they are" not in said
    assert "style=" not in said


def test_the_picture_puts_what_was_chosen_first_then_what_gets_worse(city):
    run, _ = page_of(city, searched())
    picture = FoundPage(searched(), run).picture
    assert [(each.chosen, each.way) for each in picture.lines] == [(True, -1), (False, 1), (False, 0)]
    assert [each.said for each in picture.lines] == [
        "2 of 10, now 4 of 10",
        "9 of 10, now fewer than 1 of 10",
        "3 of 10, now 2 of 10",
    ]
    drawn = str(picture.svg(640))
    assert drawn.count("<rect") == 1, "only what is worse is a square"
    assert all(str(picture.svg(width)) for width in (520, 340))
    assert [row.cells[4] for row in picture.rows] == ["better", "worse", "no sure difference"]


def test_what_gets_worse_can_be_asked_to_be_kept_too(city):
    run, said = page_of(city, searched())
    assert "Look again, and keep visits, too" in said
    href = FoundPage(searched(), run).next_steps[0].href
    assert "keep=assessment&keep=visit&where=area%3ASouth&who=workers&often=0.8" in href
    form = sign_in(Client(), city.head_of_service).get(href).content.decode()
    for code, ticked in (("assessment", True), ("visit", True), ("review", False)):
        at = form.index(f'value="{code}"')
        assert ("checked" in form[at : form.index(">", at)]) is ticked


def test_the_promise_that_blocks_is_named_first_and_workers_and_managers_can_be_looked_for_together(city):
    _, said = page_of(city, searched(blocked=[BLOCKED]))
    assert "All but “contacts are decided in time” are kept in South with 36 posts for workers" in said
    assert said.index("The promise that cannot be kept") < said.index("More managers as well would do it")
    assert said.index("More managers as well would do it") < said.index("Every promise, now and then")
    assert "Look for workers and managers together" in said and "who=both" in said


def test_where_nothing_is_kept_no_table_speaks_of_the_fewest(city):
    _, said = page_of(city, searched(40, 84, can_keep=[], blocked=[BLOCKED]))
    assert "The most that were looked at" in said and "The fewest people" not in said


def test_a_search_that_ended_early_can_look_further(city):
    run, said = page_of(city, searched(ended_early=True), question=b"kept", version=engine.version())
    assert "Look further" in said
    client = sign_in(Client(), city.head_of_service)
    assert client.post(reverse("capacity:answer", args=[run.pk]), {"act": "further"}).status_code == 302
    run.refresh_from_db()
    assert (run.total, run.state) == (120 + looking.TRIALS, Run.State.WAITING)
    assert "Look further" not in page_of(city, searched(), question=b"kept")[1]


def test_who_looks_further_reads_what_the_people_found_then_hang_on(city, monkeypatch):
    """And not what the first search had run for others: the page of a search in one go says the same."""
    pytest.importorskip("numba")
    pytest.importorskip("SALib")
    from rightplace.domain.simulation.scenarios import Question, Scenario
    from rightplace.domain.simulation.scenarios.trials import Trials

    question = Question.of(Scenario("Hamlet", date(2026, 4, 6), 560, areas=(("Hamlet", 3_000),)))
    least = {kind: 2 * now // 3 for kind, now in Trials(question).named(Trials(question).now).items()}

    def futures(self, posts, seed, first, many):
        holds = all(posts >= least[kind] for kind, posts in self.named(posts).items())
        worst = [limit * (0.5 if holds else 2) for limit in self.limits]
        return [Future(worst, worst, 1e6, 1.0) for _ in range(many)]

    def worked_out(run: Run) -> str:
        *_, piece = looking.pieces(run, question)
        told = {"answer": piece.answer, "progress": piece.progress, "done": piece.done}
        Run.objects.filter(pk=run.pk).update(state=Run.State.DONE, **told)
        run.refresh_from_db()
        return run.answer["found"]["hangs"]

    monkeypatch.setattr(Trials, "futures", futures)
    monkeypatch.setattr(Trials, "year_where", lambda self, posts, code, at: sum(posts) * at["load.leaving"])
    more = {
        "what": Run.What.SMALLEST, "answer": None, "question": question.to_bytes(), "version": engine.version(),
        "asked": {"scenarios": [], "day": "2026-03-03", "own": False, "keep": ["unallocated"], "where": "all"},
    }  # fmt: skip
    run = answered(city, total=4, **more)
    early = worked_out(run)
    client = sign_in(Client(), city.head_of_service)
    client.post(reverse("capacity:answer", args=[run.pk]), {"act": "further"})
    run.refresh_from_db()
    assert run.state == Run.State.WAITING
    whole = worked_out(answered(city, total=run.total, **more))
    assert worked_out(run) == whole != early


def test_a_list_never_tells_a_cut_without_what_it_makes_worse():
    assert headline(searched()).endswith("It makes 1 promise worse than today.")
    assert headline(searched(promises=[])) == searched().sentence


def test_so_many_fewer_are_doubted_before_they_are_believed():
    assert short({"found": msgspec.to_builtins(searched(112, 19))})[-1] == CHECK
    assert CHECK not in short({"found": msgspec.to_builtins(searched())})


def test_the_numbers_go_out_with_every_promise_and_every_establishment(city):
    run, _ = page_of(city, searched())
    got = sign_in(Client(), city.head_of_service).get(reverse("capacity:numbers", args=[run.pk]))
    book = load_workbook(BytesIO(got.content), read_only=True)
    assert book.sheetnames == ["What was asked", "The fewest people", "Promises", "Looked at"]
    assert [row[0] for row in book["Promises"].iter_rows(values_only=True, min_row=2)] == [
        "assessments late", "visits late", "reviews late",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"keep": ["decision"], "where": "team:South assessment"}, "decide no contacts"),
        ({"keep": [], "where": "all"}, "Choose at least one promise."),
        ({"keep": ["visit"], "where": "all", "budget": "much"}, "Give a number, for example 21.5."),
    ],
)
def test_what_cannot_be_looked_for_is_refused_before_anybody_waits(city, typed, says):
    got = sign_in(Client(), city.head_of_service).post(reverse("capacity:smallest"), typed)
    assert got.status_code == 422
    assert says in got.content.decode()
    assert not Run.objects.exists()


def test_the_form_explains_each_promise_and_says_how_long_it_takes(city):
    said = sign_in(Client(), city.head_of_service).get(reverse("capacity:smallest")).content.decode()
    assert "What each promise means" in said and "a decision within one working day" in said
    assert "it takes less than a minute" in said or "it takes about" in said


def test_sureness_and_budget_go_along_with_the_search(city):
    by, began = city.head_of_service.actor, starting.start(clock.today())
    said = {"keep": ["supervision"], "where": "all", "often": "0.9", "budget": "21.5"}
    run = asking.ask_smallest(said, began, by)
    assert run.asked["often"] == "0.9" and "budget = 21500000" in run.asked["scenarios"][0]
    again = asking.ask_again(run, by)
    assert {name: again.asked[name] for name in asking.SEARCH} == {
        name: run.asked[name] for name in asking.SEARCH
    }
    with pytest.raises(ImpossibleScenario, match="no managers"):
        asking.require_managers(began.structure, "Nowhere")


def test_a_search_that_was_stopped_before_it_began_can_go_on(city):
    run, said = page_of(city, searched(), state=Run.State.STOPPED, version=engine.version())
    assert "Go on from here" not in said
    Run.objects.filter(pk=run.pk).update(answer=None, done=0)
    address = reverse("capacity:answer", args=[run.pk])
    said = sign_in(Client(), city.head_of_service).get(address).content.decode()
    assert "Nothing has been looked at yet" in said and "Go on from here" in said
