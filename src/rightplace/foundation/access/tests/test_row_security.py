"""Row security and the scope in Python, both held against an oracle that is neither."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction

from rightplace.foundation.access import reach
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.models import BreakGlass, Restriction, RestrictionMember
from rightplace.foundation.access.rls import folding, no_policy_sql, policy_sql, reading_as
from rightplace.foundation.access.tests import people
from rightplace.foundation.access.tests.people import MORNING
from rightplace.foundation.organisation.rolecodes import RoleCode

FILES = range(1, 61)
LABELS = range(9)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def bodies(fresh_database):
    """A table of labelled rows under row security, made by the owner and read as the app role."""
    with connections["owner"].cursor() as owner:
        owner.execute("CREATE TABLE test_body (file bigint, label smallint)")
        for statement in policy_sql("test_body"):
            owner.execute(statement)
    with connection.cursor() as cursor:
        rows = [(file, label) for file in FILES for label in LABELS]
        cursor.executemany("INSERT INTO test_body VALUES (%s, %s)", rows)


def readable() -> set[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT file, label FROM test_body")
        return set(cursor.fetchall())


def around(rng: random.Random) -> tuple:
    """A span that is over, open, future or ends this very moment."""
    begins = MORNING + rng.choice([-3, -2, -1, 0, 1]) * HOUR
    return begins, rng.choice([None, begins, begins + HOUR, MORNING, begins + 5 * HOUR])


def holds(span: tuple) -> bool:
    begins, ends = span
    return begins <= MORNING and (ends is None or ends > MORNING)


@pytest.fixture(scope="module")
def world(bodies):
    """Thirty workers, sixty files, and restrictions, names and broken glass in every state."""
    from rightplace.foundation.organisation import clock

    rng = random.Random(20260303)
    with clock.clock_at(MORNING):
        team = people.team()
        roles = [code for code in RoleCode if code not in (RoleCode.RULE, RoleCode.IMPORT)]
        actors = [people.actor(rng.choice(roles), team) for _ in range(30)]
    restrictions, names, glass = [], [], []
    for _ in range(70):
        span = around(rng)
        span = (span[0], span[1] if span[1] is None or span[1] >= span[0] else span[0])
        made = Restriction.objects.create(
            file=rng.choice(FILES), kind=rng.choice([1, 2]), reason="invented", begins=span[0], ends=span[1],
            by_id=2, ended_by_id=2 if span[1] else None,
        )  # fmt: skip
        restrictions.append((made.pk, made.file, made.kind, span))
        for actor in rng.sample(actors, 6):
            named = around(rng)
            RestrictionMember.objects.create(
                restriction=made, worker_id=actor.worker, begins=named[0], ends=named[1], by_id=2
            )
            names.append((made.pk, actor.worker, named))
    for _ in range(400):
        actor, file, kind = rng.choice(actors), rng.choice(FILES), rng.choice([1, 2, 3])
        opened = None if kind != 1 and rng.random() < 0.3 else around(rng)
        if opened and (opened[1] is None or opened[1] <= opened[0]):
            opened = (opened[0], opened[0] + HOUR)
        BreakGlass.objects.create(
            file=file, kind=kind, worker_id=actor.worker, role=actor.role, team=actor.team, reason="invented",
            at=MORNING, opens=opened and opened[0], until=opened and opened[1], review_due=MORNING,
            confirmed_by_id=2 if kind != 1 and opened else None,
        )  # fmt: skip
        glass.append((file, kind, actor.worker, opened))
    return actors, restrictions, names, glass


def hidden_by_the_oracle(worker: int, file: int, world: tuple) -> bool:
    """Written apart from both: walk every restriction, look for a name, look for glass."""
    _, restrictions, names, glass = world
    for number, of_file, kind, span in restrictions:
        if of_file != file or not holds(span):
            continue
        if any(n == number and w == worker and holds(s) for n, w, s in names):
            continue
        opening_kinds = {1, 2} if kind == 1 else {2}
        if any(
            f == file and w == worker and k in opening_kinds and o is not None and o[0] <= MORNING < o[1]
            for f, k, w, o in glass
        ):
            continue
        return True
    return False


def test_database_and_python_hide_the_same_rows_as_the_oracle(world):
    decisions = hidden = 0
    for actor in world[0]:
        seen = {file for file in FILES if not hidden_by_the_oracle(actor.worker, file, world)}
        assert reach.visible_files(actor, FILES) == seen
        with reading_as(actor):
            assert readable() == {(file, label) for file in seen for label in actor.labels}
        scoped = Restriction.objects.filter(reach.not_hidden(actor)).values_list("file", flat=True)
        assert set(scoped) == {file for _, file, _, _ in world[1]} & seen
        decisions += len(FILES) * len(LABELS)
        hidden += len(FILES) - len(seen)
    assert decisions == 30 * 60 * 9
    assert 200 < hidden < 1600, "the world must hide some and show some, or this proves nothing"


def test_whoever_did_not_say_who_is_reading_reads_nothing(bodies):
    assert readable() == set()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('rightplace.labels', '0,1,2', true)")
        assert readable() == set()


def test_folding_reads_everything_and_ends_with_its_block(bodies):
    with folding():
        assert len(readable()) == 60 * 9
    assert readable() == set()


def test_a_reader_inside_a_fold_reads_as_themselves_and_the_fold_goes_on_after(bodies):
    analyst = Actor(worker=4, name="an analyst", role=RoleCode.ANALYST)
    with folding():
        with reading_as(analyst):
            assert readable() == set()
        assert len(readable()) == 60 * 9
    assert readable() == set()


def test_a_fold_that_fails_leaves_nobody_reading(bodies):
    with pytest.raises(ZeroDivisionError), transaction.atomic(), folding():
        raise ZeroDivisionError
    assert readable() == set()


def test_nobody_calls_their_reading_a_fold(bodies):
    reader = Actor(worker=4, name="somebody", role=RoleCode.ANALYST)
    with pytest.raises(ValueError, match="folding"), reading_as(reader, purpose="fold"):
        pass


def test_rows_are_neither_changed_nor_removed_through_the_policies(bodies):
    with connection.cursor() as cursor, folding():
        cursor.execute("UPDATE test_body SET label = 0")
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM test_body")
        assert cursor.rowcount == 0


def test_the_owner_is_under_row_security_too(bodies):
    with connections["owner"].cursor() as owner:
        owner.execute("SELECT count(*) FROM test_body")
        assert owner.fetchone() == (0,)


def test_without_the_policies_everything_shows_so_the_tests_above_can_fail(bodies):
    with connections["owner"].cursor() as owner:
        for statement in no_policy_sql("test_body"):
            owner.execute(statement)
        try:
            assert len(readable()) == 60 * 9
        finally:
            for statement in policy_sql("test_body"):
                owner.execute(statement)
    assert readable() == set()


def test_a_name_that_is_not_a_name_never_becomes_sql():
    for bad in ("a b", "x; DROP TABLE y", "A", ""):
        with pytest.raises(ValueError, match=r"is (neither|not)"):
            policy_sql(bad)
    with pytest.raises(ValueError, match="neither"):
        policy_sql("body", file="x; y")
    assert "(SELECT 1)" in policy_sql("body", file="(SELECT 1)")[2]


def test_a_role_cannot_drop_the_policies_it_reads_under(bodies):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP POLICY test_body_reads ON test_body")
