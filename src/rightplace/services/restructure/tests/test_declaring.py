"""What somebody declares of oneself is read by nobody: it is counted in groups, and small numbers are left out."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.services.restructure import declaring
from rightplace.services.restructure.models import Declaration


def declare(change, worker, answer, kind="disability"):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT restructure_declare(%s, %s, %s, %s)", [change.programme.pk, worker, kind, answer]
        )


def test_the_application_cannot_read_change_or_take_away_a_declaration(change):
    declaring.declare_own(
        programme=change.programme,
        answers={"disability": "disabled"},
        by=change.city.family_support_worker.actor,
    )
    for sql in ("SELECT * FROM restructure_declaration", "SELECT count(*) FROM restructure_declaration",
                "SELECT id FROM restructure_declaration WHERE answer = 'disabled'",
                "UPDATE restructure_declaration SET answer = 'x'", "DELETE FROM restructure_declaration"):  # fmt: skip
        denied = pytest.raises(DatabaseError, match="permission denied")
        with connection.cursor() as cursor, denied, transaction.atomic():
            cursor.execute(sql)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        list(Declaration.objects.all())


def test_a_pool_of_fewer_than_twenty_is_not_counted_even_by_sql(change):
    everybody = [each.pk for each in change.workers]
    for few in ([], everybody[:1], everybody[:19], everybody[:1] * 30):
        assert declaring.counted(change.programme.pk, "disability", few, few) is None
        refused = pytest.raises(DatabaseError, match="fewer than twenty")
        with connection.cursor() as cursor, refused, transaction.atomic():
            cursor.execute(
                "SELECT * FROM restructure_counted(%s, 'disability', %s::bigint[], '{}')",
                [change.programme.pk, few],
            )


def test_groups_are_counted_with_those_who_said_nothing_and_an_answer_can_be_changed_and_taken_back(change):
    everybody = [each.pk for each in change.workers]
    for number in everybody[:10]:
        declare(change, number, "disabled")
    for number in everybody[10:20]:
        declare(change, number, "not disabled")
    declare(change, everybody[0], "not disabled")
    declare(change, everybody[1], "")
    found = declaring.counted(change.programme.pk, "disability", everybody, everybody[:12])
    assert found == {"disabled": (8, 8), "not disabled": (11, 3), "not said": (5, 1)}


def test_an_answer_is_one_of_the_list(change):
    with pytest.raises(Refused):
        declaring.declare_own(
            programme=change.programme,
            answers={"disability": "tall"},
            by=change.city.family_support_worker.actor,
        )
