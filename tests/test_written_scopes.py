"""Scopes whose words are kept: every reader gets the rows that a query built for that reader alone gives.

Every registered scope, for every reader, after the words were written for somebody else; and what branches is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from django.db.models import Model, Q, QuerySet

from rightplace.common.caseflow.projections import Offer
from rightplace.foundation.access import scope as scopes
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.access.written import DecidesByItsReader, write_anew, written
from rightplace.foundation.journal import policy
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import RoleCode
from tests.invented_city import NOW, City, build


@pytest.fixture(scope="module")
def city(kept_rows: str) -> Iterable[City]:
    made = build()
    with clock.clock_at(NOW):
        yield made
    write_anew()


def fresh(rows: Any, actor: Actor) -> QuerySet[Any]:
    """Built for this reader at this moment, nothing kept."""
    found: QuerySet[Any] = rows(actor, clock.now())
    return found


def seen(reader: Actor, model: type[Model]) -> list[Any]:
    return sorted(scope(reader, model).values_list("pk", flat=True), key=str)


def each_reader_gets_their_own(city: City, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Every scope, every reader: kept words against a query of their own. The first reader has the words written."""
    met: Counter[str] = Counter()
    for model in scopes._scopes:
        write_anew()
        kept = {place: seen(reader, model) for place, reader in enumerate(city.readers)}
        with monkeypatch.context() as alone:
            alone.setattr(policy, "written", fresh)
            own = {place: seen(reader, model) for place, reader in enumerate(city.readers)}
        for place, reader in enumerate(city.readers):
            assert kept[place] == own[place], (model.__name__, reader.role_name, reader.team_name)
        met["scopes"] += 1
        met["rows"] += sum(map(len, kept.values()))
        met["told apart"] += len({tuple(rows) for rows in kept.values()}) > 1
    return met


@pytest.mark.promise
def test_every_scope_gives_every_reader_their_own_rows(city, monkeypatch, figure):
    met = each_reader_gets_their_own(city, monkeypatch)
    assert met["scopes"] > 60
    assert met["told apart"] > 8
    figure(
        f"kept words of scopes: {met['scopes']} scopes × {len(city.readers)} readers, {met['rows']:,} rows; "
        "0 differ from a query of the reader's own"
    )


@pytest.mark.promise
def test_for_each_ordered_pair_the_words_written_by_one_serve_the_other(city, monkeypatch, figure):
    """The words are written while one reads; then another reads."""
    of_teams = [each for each in city.readers if each.role in policy.OF_THEIR_TEAM | policy.FINDS_EVERY_CHILD]
    chosen = [*{(each.role, each.team, each.worker): each for each in of_teams}.values()][:9]
    with monkeypatch.context() as alone:
        alone.setattr(policy, "written", fresh)
        own = {id(each): (seen(each, Span), seen(each, Offer)) for each in chosen}
    pairs = 0
    for first, second in permutations(chosen, 2):
        write_anew()
        seen(first, Span)
        assert (seen(second, Span), seen(second, Offer)) == own[id(second)], (first.name, second.name)
        pairs += 1
    assert len({str(rows) for rows in own.values()}) > 2
    figure(f"kept words of scopes: {pairs} ordered pairs of readers; 0 saw the other's rows")


def test_the_moment_is_the_readers_and_not_the_writers(city, monkeypatch):
    """Words that were written at one moment are asked at another."""
    reader = next(each for each in city.readers if each.role == RoleCode.FAMILY_SUPPORT_WORKER)
    write_anew()
    now = seen(reader, Span)
    with clock.clock_at(NOW - timedelta(days=3650)):
        then = seen(reader, Span)
        monkeypatch.setattr(policy, "written", fresh)
        assert then == seen(reader, Span)
    assert then != now


# what decides by its reader -----------------------------------------------------------------------------------------


def by_role(actor: Actor) -> QuerySet[Any]:
    """Nobody but a manager."""
    rows = Offer.objects.values("person")
    return rows if actor.role == RoleCode.FAMILY_SUPPORT_MANAGER else rows.none()


def by_a_set_of_roles(actor: Actor) -> QuerySet[Any]:
    rows = Offer.objects.values("person")
    return rows if actor.role in {RoleCode.FAMILY_SUPPORT_MANAGER} else rows.none()


def by_having_an_area(actor: Actor) -> QuerySet[Any]:
    rows = Offer.objects.values("person")
    return rows.filter(team=actor.area) if actor.area else rows


def by_being_a_partner(actor: Actor) -> QuerySet[Any]:
    rows = Offer.objects.values("person")
    return rows.none() if actor.is_partner else rows


def by_labels(actor: Actor) -> QuerySet[Any]:
    return Offer.objects.filter(label__in=list(actor.labels)).values("person")


def by_a_list(actor: Actor) -> QuerySet[Any]:
    return Offer.objects.filter(team__in=[actor.team, actor.team + 1]).values("person")


BRANCHES = (by_role, by_a_set_of_roles, by_having_an_area, by_being_a_partner, by_labels, by_a_list)


@pytest.mark.parametrize("reach", BRANCHES, ids=lambda each: each.__name__)
def test_a_reach_that_decides_by_its_reader_is_refused(city, monkeypatch, reach):
    reader = next(each for each in city.readers if each.role == RoleCode.FAMILY_SUPPORT_WORKER)
    monkeypatch.setattr(policy, "_reaches", [*policy._reaches, reach])
    write_anew()
    with pytest.raises(DecidesByItsReader):
        seen(reader, Span)
    monkeypatch.undo()
    write_anew()


def _lax(rows: Any, actor: Actor) -> Any:
    """Words kept as the first reader left them: what the sign of a reader prevents."""
    return _lax.__dict__.setdefault(rows.__name__, fresh(rows, actor))


@pytest.mark.promise
def test_words_that_keep_their_first_readers_values_are_caught(city, monkeypatch):
    monkeypatch.setattr(policy, "written", _lax)
    kept = {place: seen(reader, Span) for place, reader in enumerate(city.readers)}
    monkeypatch.setattr(policy, "written", fresh)
    own = {place: seen(reader, Span) for place, reader in enumerate(city.readers)}
    assert kept != own


def test_a_value_of_everyday_is_never_taken_for_the_sign_of_a_reader(city):
    reader = replace(city.readers[0], team=1, worker=1, role=1)

    def rows(actor: Actor, now: datetime) -> QuerySet[Any]:
        return Span.objects.filter(Q(open=True) | Q(worker=1), team=actor.team, begins__lte=now).values(
            "person"
        )

    _, values = written(rows, reader).as_sql(None, None)  # type: ignore[arg-type]
    assert values[-2:] == [1, clock.now()] or 1 in values
    assert True in values
