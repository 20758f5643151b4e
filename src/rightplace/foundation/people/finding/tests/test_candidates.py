"""Over a real database a child is found by what people type, and a common name costs no more than a rare one."""

import os
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from rightplace.dbserver import Server
from rightplace.foundation.people.finding.asking import from_fields, parse
from rightplace.foundation.people.finding.candidates import COMPARED, PER_KEY, candidates, search
from rightplace.foundation.people.finding.identity import KnownIdentity
from rightplace.foundation.people.finding.scoring import Band
from rightplace.foundation.people.finding.trial.measure import SCHEMA, TABLES, load, measure
from rightplace.foundation.people.finding.trial.population import TODAY, population
from rightplace.foundation.people.finding.trial.questions import about_twins, new_siblings, questions

SIZE = 3_000
PEOPLE = list(population(SIZE, seed=5))
CROWD = [
    KnownIdentity(person=SIZE + 1 + place, given="Leah", family="Ashbridge", birth=TODAY - 3000 - place)
    for place in range(3 * PER_KEY)
]


@pytest.fixture(scope="module")
def scratch(database_server: Server) -> Iterator[Any]:
    """An empty database of this module's own."""
    name = f"finding_{os.getpid()}"
    database_server.create_database(name)
    try:
        with database_server.connect(database=name) as connection:
            yield connection
    finally:
        database_server.drop_database(name)


@pytest.fixture
def cursor(scratch: Any) -> Iterator[Any]:
    with scratch.cursor() as opened:
        load(opened, [*PEOPLE, *CROWD])
        yield opened
        opened.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


def test_every_tenth_child_is_found_first_by_name_and_birth_date(cursor: Any) -> None:
    for one in PEOPLE[::10]:
        if one.birth:
            asked = msgspec.structs.replace(
                from_fields(given=one.given, family=one.family, today=TODAY),
                born_from=one.birth,
                born_to=one.birth,
            )
            assert candidates(cursor, asked, 1, TABLES)[0].person == one.person


def test_nobody_is_found_by_nothing(cursor: Any) -> None:
    assert candidates(cursor, parse("", TODAY), 5, TABLES) == []


def test_nobody_is_found_for_a_child_who_is_not_there(cursor: Any) -> None:
    found = candidates(cursor, parse("Xanthippe Qwortle 1/1/2011 B99 9ZZ", TODAY), 5, TABLES)
    assert [one for one in found if one.score.band is not Band.UNLIKELY] == []


def test_a_name_that_very_many_share_is_cut_off_and_said(cursor: Any) -> None:
    found = search(cursor, parse("Leah Ashbridge", TODAY), 5, TABLES)
    assert found.crowded
    assert found.compared <= 2 * COMPARED
    assert len(found.candidates) == 5


def test_the_birth_date_finds_the_one_in_the_crowd(cursor: Any) -> None:
    meant = CROWD[2 * PER_KEY + 20]
    asked = from_fields(given="Leah", family="Ashbridge", today=TODAY)
    asked = msgspec.structs.replace(asked, born_from=meant.birth or 0, born_to=meant.birth or 0)
    assert candidates(cursor, asked, 1, TABLES)[0].person == meant.person


def test_whom_the_reader_may_not_see_is_not_found(cursor: Any) -> None:
    one = next(one for one in PEOPLE if one.nhs)
    assert candidates(cursor, parse(one.nhs, TODAY), 5, TABLES)[0].person == one.person
    narrowed = msgspec.structs.replace(TABLES, only=f"p.person <> {one.person}")
    assert one.person not in [seen.person for seen in candidates(cursor, parse(one.nhs, TODAY), 5, narrowed)]


def test_the_best_comes_first_and_ties_have_an_order(cursor: Any) -> None:
    found = candidates(cursor, parse("Leah Ashbridge", TODAY), 20, TABLES)
    ordered = sorted(found, key=lambda one: (-one.score.total, one.person))
    assert found == ordered


def test_the_trial_counts_and_leaves_nothing_behind(scratch: Any) -> None:
    figures = measure(
        scratch, PEOPLE, questions(PEOPLE, 200), twins=about_twins(PEOPLE, 60), absent=new_siblings(PEOPLE, 100),
        peer_queries=5,
    )  # fmt: skip
    assert figures.find_recall_at_5 >= 0.97
    assert figures.recall_at_5_without_nhs >= 0.95
    assert figures.twin_mistaken <= 0.05
    assert figures.absent_sibling_likely <= 0.02
    assert 0 < figures.find_p50_ms <= figures.find_p95_ms
    assert figures.peer
    left = scratch.execute("SELECT count(*) FROM pg_namespace WHERE nspname = %s", [SCHEMA]).fetchone()
    assert left == (0,)
