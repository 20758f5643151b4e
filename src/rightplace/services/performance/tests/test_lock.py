"""The lock of support, tried without any page: by SQL, by every model, by whoever is not named."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.db import connection, transaction

from rightplace.foundation.access.rls import reading_as
from rightplace.services.performance import lock
from rightplace.services.performance.lock import opened_for
from rightplace.services.performance.models import Matter, Step
from rightplace.services.performance.sealing import ACCOUNT, SUPPORT, WORDS, opened
from rightplace.services.performance.tests.conftest import ACCOUNT as OWN_WORD
from rightplace.services.performance.tests.conftest import CANARY, informal

pytestmark = pytest.mark.promise


def rows_seen(actor) -> int:
    with opened_for(actor):
        return Matter.objects.count() + Step.objects.count()


def test_those_who_are_named_read_it_and_nobody_else_does(city):
    informal(city)
    named = {"social_worker", "assessment_manager", "head_of_service"}
    found = {
        name for name in type(city).__dataclass_fields__
        if hasattr(getattr(city, name), "actor") and rows_seen(getattr(city, name).actor)
    }  # fmt: skip
    assert found == named
    with opened_for(city.social_worker.actor):
        first = Step.objects.get(number=1)
        assert CANARY in opened(SUPPORT, first.pk, WORDS, first.sealed)
        assert opened(SUPPORT, first.pk, ACCOUNT, first.sealed_account) == OWN_WORD


def test_the_database_itself_shows_nothing_outside_the_lock(city):
    informal(city)
    assert Matter.objects.count() == 0
    with reading_as(city.social_worker.actor):
        assert Step.objects.count() == 0, "reading for another purpose opens the lock"
    with opened_for(city.director.actor), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM performance_step")
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE performance_matter SET companion_id = %s, companion_reads = true", [1])
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM performance_step")
        assert cursor.rowcount == 0


def test_no_table_holds_a_word_of_it_in_clear(city):
    informal(city)
    with opened_for(city.social_worker.actor):
        for model in apps.get_models():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [model._meta.db_table])
                if not cursor.fetchone()[0]:
                    continue
                cursor.execute(f'SELECT row_to_json(t)::text FROM "{model._meta.db_table}" t')
                held = json.dumps(cursor.fetchall())
            # what is kept as bytes is shown as their hexadecimal digits
            for word in (CANARY, OWN_WORD):
                assert word not in held, model.__name__
                assert word.encode().hex() not in held, model.__name__


@pytest.mark.django_db
def test_the_lock_holds_its_owner_too_and_nothing_is_ever_deleted():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class "
            "WHERE relname IN ('performance_matter', 'performance_step')"
        )
        assert cursor.fetchall() == [(True,), (True,)]
        cursor.execute(
            "SELECT polname FROM pg_policy WHERE polname LIKE 'performance_%%' AND polcmd IN ('d', '*')", []
        )
        assert cursor.fetchall() == []
    assert all(name in " ".join(lock.lock_sql()) for name in lock.NAMED)
