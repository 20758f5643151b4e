"""Who may see which rows: the program's scopes and the database's row security against rules written out apart.

Every role reads every row of an invented city of forty children; `reading_rules.py` says what each may see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection
from django.db.models import Model

from rightplace.common.caseflow.projections import Offer
from rightplace.domain.practice.entries import Label
from rightplace.foundation.access import reach
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.models import Restriction
from rightplace.foundation.access.reach import Opening
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.access.scope import scope
from rightplace.foundation.access.written import write_anew
from rightplace.foundation.journal.models import File
from rightplace.foundation.journal.projections import Doubt, Happening, Span, Timescale
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.people.projections import Duplicate, Person, Relation
from rightplace.services.frontdoor.projections import Check, Contact
from tests.invented_city import CHILDREN, NOW, City, build
from tests.reading_rules import (
    check_seen,
    contact_seen,
    named_to,
    opened,
    seen_by_person,
    words_seen,
)


@pytest.fixture(scope="module")
def city(kept_rows: str) -> Iterable[City]:
    made = build()
    with clock.clock_at(NOW):
        yield made


# the two against each other -----------------------------------------------------------------------------------------

BY_PERSON = (Span, Timescale, Doubt, Happening, Offer)
WITH_NAMES = (Person, Relation, Duplicate)


def rows_seen(reader: Actor, model: type[Model]) -> set[int]:
    return set(scope(reader, model).values_list("pk", flat=True))


@pytest.mark.promise
def test_every_role_sees_the_rows_about_a_child_that_the_rules_say_and_no_others(city, figure):
    met: Counter[str] = Counter()
    for model, rule in [*((m, seen_by_person) for m in BY_PERSON), *((m, named_to) for m in WITH_NAMES)]:
        rows = dict(model.objects.values_list("pk", "person"))
        for reader in city.readers:
            allowed = {person: rule(city, reader, person) for person in set(rows.values())}
            expected = {row for row, person in rows.items() if allowed[person]}
            assert rows_seen(reader, model) == expected, (model.__name__, reader.role_name, reader.team_name)
            met["decisions"] += len(rows)
            met["refused"] += len(rows) - len(expected)
    roles = {reader.role for reader in city.readers}
    assert roles == {int(code) for code in RoleCode}
    assert met["refused"] > 10_000 < met["decisions"] - met["refused"]
    figure(
        f"scope: {len(city.readers)} readers in {len(roles)} roles, {met['decisions']:,} decisions on rows about "
        f"{CHILDREN} children, {met['refused']:,} of them no; 0 differ from the rules"
    )


@pytest.mark.promise
def test_every_role_sees_the_contacts_and_checks_that_the_rules_say(city, figure):
    decisions = 0
    by_concern = {child.concern: child for child in city.children}
    asked = dict(Check.objects.values_list("pk", "agency"))
    assert set(asked.values()) == {child.asked for child in city.children if child.asked}
    for reader in city.readers:
        contacts = {number for number, child in by_concern.items() if contact_seen(city, reader, child)}
        assert rows_seen(reader, Contact) == contacts, (reader.role_name, reader.name)
        checks = {number for number, agency in asked.items() if check_seen(city, reader, agency)}
        assert rows_seen(reader, Check) == checks, (reader.role_name, reader.name)
        decisions += len(by_concern) + len(asked)
    figure(f"scope: {decisions:,} decisions on contacts and checks; 0 differ from the rules")


@pytest.mark.promise
def test_the_database_itself_shows_the_words_that_the_rules_say(city, figure):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, file, label FROM journal_entry")
        entries = cursor.fetchall()
    met: Counter[str] = Counter()
    for reader in city.readers:
        expected = {entry for entry, file, label in entries if words_seen(city, reader, file, label)}
        with reading_as(reader), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM journal_entry_body")
            shown = {row[0] for row in cursor.fetchall()}
        assert shown == expected, (reader.role_name, reader.name)
        met["decisions"] += len(entries)
        met["shown"] += len(shown)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry_body")
        assert cursor.fetchone() == (0,), "a reader whom nobody named sees words"
    assert met["shown"] > 1_000
    figure(
        f"row security: {len(city.readers)} readers × {len(entries)} entries of {len(Label)} labels = "
        f"{met['decisions']:,} decisions, {met['shown']:,} of them yes; 0 differ from the rules"
    )


@pytest.mark.promise
def test_opening_a_file_opens_asks_or_is_not_there_as_the_rules_say(city, figure):
    met: Counter[str] = Counter()
    single = [child for child in city.children if not child.linked]
    for reader in city.readers:
        for child in single:
            found = reach.opening(reader, [child.file])
            assert found is opened(city, reader, child), (reader.role_name, reader.team_name, child)
            met[found.name] += 1
    assert min(met.values()) > 30, met
    assert all(reach.opening(r, [7]) is Opening.NOT_THERE for r in city.readers)
    figure(f"opening: {sum(met.values()):,} decisions ({dict(met)}); 0 differ from the rules")


# what a rule left out would do --------------------------------------------------------------------------------------


def _names_do_not_count(actor: Actor, now: datetime | None = None):
    """Restrictions that hold for everybody, also for who is named or has broken the glass."""
    return Restriction.objects.filter(begins__lte=NOW).exclude(ends__lte=NOW)


@pytest.mark.promise
@pytest.mark.parametrize("mutant", ["nobody is hidden", "names and glass do not count", "every role finds"])
def test_a_scope_without_the_rule_is_caught(city, mutant, monkeypatch):
    from rightplace.foundation.journal import policy

    if mutant == "nobody is hidden":
        monkeypatch.setattr(policy, "hidden_from", lambda actor, now=None: Restriction.objects.filter(pk=-1))
    elif mutant == "names and glass do not count":
        monkeypatch.setattr(policy, "hidden_from", _names_do_not_count)
    else:
        monkeypatch.setattr(policy, "FINDS_EVERY_CHILD", frozenset(RoleCode))
    write_anew()
    try:
        with pytest.raises(AssertionError):
            test_every_role_sees_the_rows_about_a_child_that_the_rules_say_and_no_others(
                city, lambda said: None
            )
    finally:
        monkeypatch.undo()
        write_anew()


@pytest.mark.promise
def test_a_reader_with_a_label_too_many_is_caught(city, monkeypatch):
    readers = [replace(r, labels=r.labels | {int(Label.INFORMANT)}) for r in city.readers]
    monkeypatch.setattr(city, "readers", readers)
    with pytest.raises(AssertionError):
        test_the_database_itself_shows_the_words_that_the_rules_say(city, lambda said: None)


def test_every_file_of_the_city_is_a_file(city):
    assert {c.file for c in city.children} <= set(File.objects.values_list("pk", flat=True))
