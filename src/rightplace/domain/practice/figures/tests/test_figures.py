"""Each figure counts what its definition says, held against a plain count written by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.figures import (
    FIGURES,
    Figure,
    compile_sql,
    evaluate,
    params_at,
    range_of,
    sentence,
)
from rightplace.domain.practice.figures.conditions import NOW as AT_NOW
from rightplace.domain.practice.figures.conditions import Before, Eq, Not, NotAfter, every
from rightplace.domain.practice.figures.counting import Params, holds
from rightplace.domain.practice.londontime import DAY, HOUR, MINUTE
from rightplace.domain.practice.rows import ContactRow, DoubtRow, HappeningRow, SpanRow, TimescaleRow
from rightplace.domain.practice.timescales.tests.histories import instant

NOW = instant("2026-03-03", 10 + 20 / 60)
WEEK = 7 * DAY
YEAR = 365 * DAY
TABLES = {name: f"journal_{name}" for name in ("span", "timescale", "happening", "doubt", "contact")}

moments = st.sampled_from(
    [NOW + step for step in (-2 * YEAR, -YEAR, -YEAR + 1, -100 * DAY, -90 * DAY, -89 * DAY, -43 * DAY, -42 * DAY,
                             -41 * DAY, -WEEK, -WEEK - 1, -HOUR, -1, 0, 1, HOUR, WEEK - 1, WEEK, WEEK + 1)]
)  # fmt: skip
maybe = st.none() | moments
teams = st.sampled_from([0, 1, 2, 3])


def span(i: int, begins: int, ends: int | None, opened: int | None, seen: int | None, waits: int | None,
         part: str, processes: tuple[str, ...], team: int, is_open: bool) -> SpanRow:  # fmt: skip
    return SpanRow(person=i, begins=begins, ends=ends, opened=opened, seen=seen, unallocated_since=waits, part=part,
                   processes=processes, team=team, open=is_open)  # fmt: skip


kinds_open = st.sampled_from(
    [("care",), ("protection_plan",), ("care", "protection_plan"), ("cin_plan",), ()]
)
spans = st.lists(
    st.tuples(
        moments,
        maybe,
        maybe,
        maybe,
        maybe,
        st.sampled_from(["care", "need", ""]),
        kinds_open,
        teams,
        st.booleans(),
    )
).map(lambda rows: [span(i, *row) for i, row in enumerate(rows)])
rules = st.sampled_from(["ASM-1", "EPO", "FS-REVIEW", "OFFER", "REF-1"])
timescale_rows = st.lists(
    st.builds(
        TimescaleRow, person=st.integers(1, 9), rule=rules, trigger=st.integers(1, 10**6), about=st.just(0),
        begins=moments, due=maybe, met=maybe, not_required_from=maybe, overtaken=maybe,
        unknown=st.sampled_from(["", "", "not carried by the return"]), concern=st.booleans(), team=st.none() | teams,
    ),
    unique_by=lambda row: (row.person, row.rule, row.trigger),
)  # fmt: skip
names = st.sampled_from(
    ["referral.accepted", "team.sent_back", "wrong_place", "case.closed", "contact.decided", "protectionplan.began",
     "assessment.authorised"]
)  # fmt: skip
happening_rows = st.lists(
    st.builds(
        HappeningRow, person=st.integers(1, 9), name=names, entry=st.integers(1, 10**6), about=st.just(0), at=moments,
        team=teams, outcome=st.sampled_from(["", "came back", "not in need"]), again=st.booleans(),
        concern=st.booleans(),
    ),
    unique_by=lambda row: row.entry,
)  # fmt: skip
doubt_rows = st.lists(
    st.builds(DoubtRow, person=st.integers(1, 9), code=st.just("x"), entry=st.integers(1, 10**6), at=moments,
              settled=st.booleans(), team=st.none() | teams),
    unique_by=lambda row: row.entry,
)  # fmt: skip
contact_rows = st.lists(
    st.builds(ContactRow, concern=st.integers(1, 10**6), received=moments, due=maybe, decided=maybe,
              route=st.sampled_from(["advice", "assessment"]), team=teams),
    unique_by=lambda row: row.concern,
)  # fmt: skip
ROWS: dict[Any, st.SearchStrategy[list[Any]]] = {
    SpanRow: spans, TimescaleRow: timescale_rows, HappeningRow: happening_rows, DoubtRow: doubt_rows,
    ContactRow: contact_rows,
}  # fmt: skip


def open_now(row: SpanRow) -> bool:
    return row.open and row.begins <= NOW and (row.ends is None or row.ends > NOW)


def waits(row: TimescaleRow) -> bool:
    ended = [end for end in (row.overtaken, row.not_required_from) if end is not None and end <= NOW]
    return row.met is None and not ended and not row.concern and row.begins <= NOW


def owed(row: TimescaleRow) -> bool:
    return waits(row) and not row.unknown and row.rule != "EPO"


def lately(row: HappeningRow, name: str, days: int, until: int = 0) -> bool:
    return row.name == name and not row.concern and NOW - days * DAY <= row.at < NOW - until * DAY


BY_HAND: dict[str, Callable[[Any], object]] = {
    "open_children": open_now,
    "children_by_part": open_now,
    "unallocated": lambda row: open_now(row) and row.unallocated_since is not None,
    "unseen": lambda row: open_now(row) and row.seen is None,
    "unseen_six_weeks": lambda row: open_now(row) and row.seen is not None and NOW - row.seen >= 42 * DAY,
    "protection_plans": lambda row: open_now(row) and "protection_plan" in row.processes,
    "looked_after": lambda row: open_now(row) and "care" in row.processes,
    "doubts": lambda row: not row.settled and row.at <= NOW,
    "contacts_undecided": lambda row: row.decided is None and row.received <= NOW,
    "contacts_late": lambda row: (
        row.decided is None and row.received <= NOW and row.due is not None and row.due < NOW
    ),
    "contacts_by_route": lambda row: row.decided is not None and NOW - WEEK <= row.decided < NOW,
    "late": lambda row: owed(row) and row.due is not None and row.due < NOW,
    "due_week": lambda row: owed(row) and row.due is not None and NOW <= row.due < NOW + WEEK,
    "timescales_unknown": lambda row: waits(row) and row.unknown,
    "family_plans": lambda row: waits(row) and not row.unknown and row.rule == "FS-REVIEW",
    "family_reviews_late": lambda row: (
        waits(row) and not row.unknown and row.rule == "FS-REVIEW" and row.due is not None and row.due < NOW
    ),
    "offers_unanswered": lambda row: waits(row) and not row.unknown and row.rule == "OFFER",
    "sent_back_twice": lambda row: lately(row, "team.sent_back", 365) and row.again,
    "referrals": lambda row: lately(row, "referral.accepted", 365),
    "rereferrals": lambda row: lately(row, "referral.accepted", 365) and row.again,
    "wrong_place": lambda row: lately(row, "wrong_place", 455, 90),
    "second_plans": lambda row: lately(row, "protectionplan.began", 365) and row.again,
    "closings": lambda row: lately(row, "case.closed", 30),
}


def test_every_figure_has_a_count_by_hand() -> None:
    assert set(BY_HAND) == set(FIGURES)
    assert 15 <= len(FIGURES) <= 24


@pytest.mark.parametrize("name", FIGURES)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_figure_counts_what_a_plain_count_by_hand_counts(name: str, data: st.DataObject) -> None:
    figure = FIGURES[name]
    rows = data.draw(ROWS[figure.rows])
    asked = data.draw(st.none() | st.lists(teams, max_size=2))
    found = evaluate(figure, rows, params_at(figure, NOW, asked))
    mine = [row for row in rows if asked is None or row.team in asked]
    listed = [row for row in mine if BY_HAND[name](row)]
    assert found.n == len(listed) == len(found.ids)
    assert set(found.ids) == {tuple(getattr(row, column) for column in figure.key) for row in listed}
    if figure.oldest:
        ages = [getattr(row, figure.oldest) for row in listed if getattr(row, figure.oldest) is not None]
        assert found.oldest == min(ages, default=None)
    if figure.by:
        assert sum(number for _, number in found.groups) == found.n
        for value, number in found.groups:
            assert number == sum(getattr(row, figure.by) == value for row in listed)


OF_BY_HAND: dict[str, Callable[[HappeningRow], object]] = {
    "rereferrals": lambda row: lately(row, "referral.accepted", 365),
    "second_plans": lambda row: lately(row, "protectionplan.began", 365),
    "wrong_place": lambda row: any(
        lately(row, name, 455, 90) for name in ("contact.decided", "case.closed", "assessment.authorised")
    ),
}


@pytest.mark.parametrize("name", [name for name, figure in FIGURES.items() if figure.of is not None])
@given(rows=happening_rows)
@settings(max_examples=40, deadline=None)
def test_a_share_is_of_those_that_its_definition_names(name: str, rows: list[HappeningRow]) -> None:
    figure = FIGURES[name]
    found = evaluate(figure, rows, params_at(figure, NOW))
    assert found.of == sum(bool(OF_BY_HAND[name](row)) for row in rows)
    assert (found.share is None) is (found.of == 0)


# what is said ---------------------------------------------------------------------------------------------


def test_the_unallocated_are_said_with_the_longest_wait() -> None:
    figure = FIGURES["unallocated"]
    rows = [
        SpanRow(person=1, begins=0, open=True, unallocated_since=NOW - 12 * DAY, team=1),
        SpanRow(person=2, begins=0, open=True, unallocated_since=NOW - 3 * HOUR, team=2),
        SpanRow(person=3, begins=0, open=True, worker=9, team=2),
    ]
    found = evaluate(figure, rows, params_at(figure, NOW))
    assert (
        sentence(figure, found, NOW) == "**2** children have no worker. The longest has waited **12 days**."
    )
    found = evaluate(figure, rows, params_at(figure, NOW, {2}))
    assert sentence(figure, found, NOW) == "**1** child has no worker, and has waited **3 hours**."
    found = evaluate(figure, rows, params_at(figure, NOW, {7}))
    assert sentence(figure, found, NOW) == "Nobody is waiting for a worker."


def test_a_share_is_said_with_its_range_and_a_share_of_nothing_is_not_known() -> None:
    figure = FIGURES["rereferrals"]
    rows = [
        HappeningRow(person=i, name="referral.accepted", entry=i, about=i, at=NOW - DAY, again=i < 2)
        for i in range(10)
    ]
    found = evaluate(figure, rows, params_at(figure, NOW))
    assert sentence(figure, found, NOW) == (
        "**2** of 10 referrals (**20.0%**, range 5.7% to 51.0%) came within twelve months of another."
    )
    nothing = evaluate(figure, [], params_at(figure, NOW))
    assert nothing.share is None
    assert "not known" in sentence(figure, nothing, NOW)


def test_the_range_of_a_share_is_wilsons() -> None:
    assert range_of(0, 0) is None
    low, high = range_of(0, 10) or (1, 1)
    assert (round(low, 4), round(high, 4)) == (0.0, 0.2775)
    low, high = range_of(50, 100) or (1, 1)
    assert (round(low, 4), round(high, 4)) == (0.4038, 0.5962)


def test_every_figure_can_be_said_and_none_has_a_target() -> None:
    for figure in FIGURES.values():
        rows = ROWS_FOR_SAYING[figure.rows]
        for count in (0, 1, len(rows)):
            words = sentence(figure, evaluate(figure, rows[:count], params_at(figure, NOW)), NOW)
            assert words.endswith(".") and "{" not in words, figure.id
        assert figure.definition and figure.source
    assert "no target" in FIGURES["wrong_place"].definition


ROWS_FOR_SAYING: dict[Any, list[Any]] = {
    SpanRow: [
        SpanRow(person=i, begins=0, open=True, opened=NOW - 50 * DAY, unallocated_since=NOW - MINUTE, part="care",
                processes=("care", "protection_plan"), seen=None if i % 2 else NOW - 45 * DAY)
        for i in range(4)
    ],
    TimescaleRow: [
        TimescaleRow(person=i, rule="OFFER", trigger=i, about=0, begins=0, due=NOW + (i - 2) * DAY) for i in range(4)
    ],
    HappeningRow: [
        HappeningRow(person=i, name=name, entry=i, about=0, at=NOW - 100 * DAY, again=True, outcome="came back")
        for i, name in enumerate(("wrong_place", "referral.accepted", "team.sent_back", "protectionplan.began",
                                  "contact.decided", "case.closed"))
    ],
    DoubtRow: [DoubtRow(person=i, code="x", entry=i, at=0) for i in range(3)],
    ContactRow: [
        ContactRow(concern=i, received=NOW - DAY, due=NOW - 1, decided=None if i % 2 else NOW - 2)
        for i in range(4)
    ],
}  # fmt: skip


# the two readers --------------------------------------------------------------------------------------------


def test_nothing_is_never_before_and_its_opposite_holds() -> None:
    row = TimescaleRow(person=1, rule="x", trigger=1, about=0, begins=0)
    params = Params(NOW)
    for condition in (Before("due", AT_NOW), NotAfter("due", AT_NOW), Eq("team", 1)):
        assert not holds(condition, row, params)
        assert holds(Not(condition), row, params)


@pytest.mark.parametrize("name", FIGURES)
def test_the_count_of_the_sql_is_a_count_over_its_list(name: str) -> None:
    compiled = compile_sql(FIGURES[name], TABLES)
    assert f"FROM ({compiled.listing}) AS listed" in compiled.counting
    assert compiled.listing.count("(") == compiled.listing.count(")")
    for parameter in ("now", "since", "until", "teams"):
        assert (f"%({parameter})s" in compiled.listing) is (parameter in compiled.params)
    assert ";" not in compiled.listing


def test_the_sql_of_a_figure_reads_as_its_definition() -> None:
    compiled = compile_sql(FIGURES["unallocated"], TABLES, scope="r.label = 0")
    assert compiled.params == ("now", "teams")
    assert compiled.listing == (
        'SELECT DISTINCT r."person" AS "person", r."unallocated_since" AS oldest FROM journal_span AS r WHERE '
        '(((((r."begins" IS NOT NULL AND r."begins" <= %(now)s) AND (r."ends" IS NULL OR NOT (r."ends" IS NOT NULL '
        'AND r."ends" <= %(now)s))) AND (r."open" IS NOT NULL AND r."open" = TRUE)) AND r."unallocated_since" IS NOT '
        'NULL) AND (%(teams)s::bigint[] IS NULL OR (r."team" IS NOT NULL AND r."team" = ANY(%(teams)s::bigint[])))) '
        "AND (r.label = 0)"
    )


def test_a_timescale_is_of_the_team_that_answers_for_the_child_now() -> None:
    listing = compile_sql(FIGURES["late"], TABLES).listing
    assert "LEFT JOIN journal_span AS s ON s.person = r.person AND s.begins <= %(now)s" in listing
    assert 's."team" = ANY' in listing


def test_words_with_quotes_and_percents_stay_words() -> None:
    figure = FIGURES["closings"]
    odd = Figure(
        id="odd", title="t", sentence="s.", none="n.", definition="d", source="s", rows=HappeningRow,
        where=every(Eq("outcome", "it's 5%")),
    )  # fmt: skip
    assert "'it''s 5%%'" in compile_sql(odd, TABLES).listing
    assert figure.rows is HappeningRow


def test_a_figure_that_names_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="unallocated"):
        Figure(
            id="x", title="t", sentence="s.", none="n.", definition="d", source="s", rows=DoubtRow,
            where=Eq("unallocated", 1),
        )  # fmt: skip
