"""Every number equals the list that it opens, for every role, now and on a past day; and SQL equals a second reading.

The second reading starts from the entries: they are folded here, narrowed by an oracle of who sees what, and counted
by the domain's own reader in Python.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rightplace.domain.practice.figures import Counted, evaluate, params_at
from rightplace.domain.practice.rows import ContactRow, DoubtRow, HappeningRow, SpanRow, TimescaleRow
from rightplace.domain.practice.workdays import MINUTE, from_datetime, to_datetime
from rightplace.foundation.access import reach
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.models import Restriction
from rightplace.foundation.access.rls import folding
from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.journal import bulk, reading
from rightplace.foundation.journal.folding import fold_person
from rightplace.foundation.journal.models import Entry, File
from rightplace.foundation.journal.projecting import PROJECTIONS, rows_of
from rightplace.foundation.journal.sealed_minutes import seal_minutes
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.overview.leadership import counting
from rightplace.overview.leadership.tests.randomcity import children, concerns
from rightplace.testing.organisation import small_city

TABLES = {
    SpanRow: "journal_span", TimescaleRow: "journal_timescale", HappeningRow: "journal_happening",
    DoubtRow: "journal_doubt", ContactRow: "frontdoor_contact",
}  # fmt: skip
EVERYBODY = {RoleCode.DIRECTOR, RoleCode.ANALYST, RoleCode.LEAD_MEMBER, RoleCode.RULE}
BUT_THE_HIDDEN = {
    RoleCode.FRONT_DOOR_WORKER, RoleCode.FRONT_DOOR_MANAGER, RoleCode.SOCIAL_WORKER, RoleCode.TEAM_MANAGER,
    RoleCode.CONFERENCE_CHAIR, RoleCode.HEAD_OF_SERVICE, RoleCode.AUDITOR, RoleCode.INFORMATION_GOVERNANCE,
}  # fmt: skip
OWN_TEAM = {RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.FAMILY_SUPPORT_MANAGER}
SEES_CONTACTS = {
    RoleCode.FRONT_DOOR_WORKER,
    RoleCode.FRONT_DOOR_MANAGER,
    RoleCode.HEAD_OF_SERVICE,
    *EVERYBODY,
}
FIGURES = list(counting.figures())


@dataclass
class City:
    """What was written, when it is looked at, and who is hidden."""

    now: datetime
    past: datetime
    hidden: set[int]
    rows: dict[str, list[dict[str, Any]]]
    then: dict[str, list[dict[str, Any]]]
    seen: dict[Any, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def city(fresh_database, django_db_blocker) -> Iterator[City]:
    with django_db_blocker.unblock():
        people = small_city()
        outcome = bulk.write_stories([*children(), *concerns()])
        assert outcome.entries > 700
        seal_minutes()
        recorded = sorted(Entry.objects.values_list("recorded", flat=True))
        now = to_datetime(recorded[-1]).replace(microsecond=0) + timedelta(minutes=5)
        past = to_datetime(recorded[len(recorded) // 2] // MINUTE * MINUTE)
        files = sorted(File.objects.filter(kind=1).values_list("id", flat=True))
        with clock.clock_at(now):
            hidden = {files[3], files[20]}
            for file in hidden:
                reach.restrict(
                    file=file, kind=Restriction.Kind.RESTRICTED, reason="r",
                    may_open=[people.head_of_service.worker.pk], by=people.head_of_service.actor,
                )  # fmt: skip
            yield City(now, past, hidden, folded_until(None), folded_until(from_datetime(past) - 1))


def folded_until(recorded: int | None) -> dict[str, list[dict[str, Any]]]:
    """The rows of every projection, folded from the entries that were recorded by then."""
    found: dict[str, list[dict[str, Any]]] = {p.table: [] for p in PROJECTIONS}
    columns = {p.table: p.columns for p in PROJECTIONS}
    with folding():
        files = reading.file_rows(File.objects.values_list("id", flat=True))
        entries = reading.entries_of(files, recorded=recorded)
    for file, own in entries.items():
        if not own:
            continue
        folded = fold_person(file, files[file].kind, {file: own})
        for table, rows in rows_of(folded).items():
            found[table] += [dict(zip(columns[table], row, strict=True)) for row in rows]
    return found


def micros(value: Any) -> Any:
    if isinstance(value, datetime):
        return from_datetime(value)
    return tuple(value) if isinstance(value, list) else value


def held(row: dict[str, Any], at: datetime) -> bool:
    return row["begins"] <= at and (row["ends"] is None or row["ends"] > at)


def second_reading(figure: Any, actor: Actor, asked: counting.Asked, city: City) -> Counted:
    """The figure counted in Python over rows folded from the entries."""
    rows = city.rows if asked.seal is None else city.then
    spans = rows["journal_span"]
    here = {row["person"]: row for row in spans if held(row, asked.now)}
    mine = {
        row["person"] for row in spans if held(row, city.now) and row["open"] and row["team"] == actor.team
    }
    mine |= {
        row["person"]
        for row in rows["caseflow_offer"]
        if row["state"] == "open" and row["team"] == actor.team
    }

    def visible(row: dict[str, Any]) -> bool:
        if figure.rows is ContactRow:
            return actor.role in SEES_CONTACTS
        if actor.role in EVERYBODY:
            return True
        if row["person"] in city.hidden:
            return False
        return actor.role in BUT_THE_HIDDEN or (actor.role in OWN_TEAM and row["person"] in mine)

    made = []
    for row in rows[TABLES[figure.rows]]:
        if visible(row):
            given = {name: micros(row[name]) for name in figure.rows.__struct_fields__ if name in row}
            for name in figure.rows.joined:
                given[name] = here[row["person"]][name] if row.get("person") in here else None
            made.append(figure.rows(**given))
    return evaluate(figure, made, params_at(figure, from_datetime(asked.now), asked.teams))


def actor_in(role: int) -> Actor:
    return Actor(worker=999_999, name="somebody", role=role, team=2, agency=5, labels=ROLES[role].labels)


def asked_at(when: str, city: City) -> counting.Asked:
    return counting.asked_now() if when == "now" else counting.asked_as_at(city.past)


@pytest.mark.parametrize("when", ["now", "past"])
@pytest.mark.parametrize("role", sorted(ROLES), ids=lambda role: ROLES[role].name)
def test_every_number_equals_its_list_and_a_second_reading(city, role, when):
    actor, asked = actor_in(role), asked_at(when, city)
    numbers = counting.numbers(actor, list(counting.figures().values()), asked)
    for name, figure in counting.figures().items():
        counted = counting.count(actor, figure, asked)
        assert counted.n == len(counted.ids) == len(set(counted.ids)), name
        assert (numbers[name].n, numbers[name].of, numbers[name].oldest) == (
            counted.n,
            counted.of,
            counted.oldest,
        ), name
        second = second_reading(figure, actor, asked, city)
        assert sorted(counted.ids) == sorted(second.ids), name
        assert (counted.of, counted.oldest) == (second.of, second.oldest), name
        assert sorted(counted.groups) == sorted(second.groups), name


@pytest.mark.parametrize("name", FIGURES)
def test_a_team_and_the_others_together_are_the_whole(city, name):
    figure, actor = counting.figures()[name], actor_in(RoleCode.DIRECTOR)
    whole = counting.count(actor, figure, counting.asked_now())
    parts = [counting.count(actor, figure, counting.asked_now([team])) for team in (1, 2, 3, 4, 9, 0)]
    apart = {each for part in parts for each in part.ids}
    assert apart <= set(whole.ids)
    if figure.rows is SpanRow:
        assert sum(part.n for part in parts) == whole.n


def test_the_city_is_rich_enough_to_prove_anything(city):
    counted = {
        name: counting.count(actor_in(RoleCode.DIRECTOR), figure, counting.asked_now()).n
        for name, figure in counting.figures().items()
    }
    empty = {name for name, n in counted.items() if n == 0}
    assert len(empty) <= 5, empty
    hidden_too = counting.count(
        actor_in(RoleCode.TEAM_MANAGER), counting.figures()["closings"], counting.asked_now()
    )
    assert hidden_too.n <= counted["closings"]


def test_the_past_differs_from_now(city):
    actor, figure = actor_in(RoleCode.DIRECTOR), counting.figures()["open_children"]
    assert (
        counting.count(actor, figure, counting.asked_now()).ids
        != counting.count(actor, figure, counting.asked_as_at(city.past)).ids
    )


def test_a_moment_before_any_seal_knows_nothing(city):
    asked = counting.asked_as_at(datetime(2001, 1, 1, tzinfo=UTC))
    assert counting.count(actor_in(RoleCode.DIRECTOR), counting.figures()["open_children"], asked).n == 0
