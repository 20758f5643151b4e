"""A statement: the rule of siblings, to the penny, small numbers not shown, and three papers that agree."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from fractions import Fraction
from html import unescape

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.schooling import SchoolRecorded, TimeGiven
from rightplace.foundation.access.models import ReadAudit, Restriction
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.journal import actions as journal
from rightplace.foundation.journal.models import Entry
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.services.funding import actions, queries
from rightplace.services.funding.counting import Given, count_terms, together
from rightplace.services.funding.models import TermCounted
from rightplace.services.funding.paper import as_pdf, written
from rightplace.services.funding.presenters.statement import Money, StatementPage, Time, in_words
from rightplace.services.funding.spreadsheet import as_spreadsheet, guarded
from rightplace.services.funding.tests.families import THIS_YEAR, agreed, child_of, gave, priced
from rightplace.services.funding.tests.papers import pdf_text, sheet_cells, unzipped
from rightplace.services.funding.working import FINENESS, year_of_work
from rightplace.testing.organisation import MORNING, sign_in

PAGE = f"/our-share/{THIS_YEAR}/"


SPRING_TOLD = datetime(2026, 4, 10, 9, tzinfo=UTC)


def statement(city, agency, by=None):
    """The year's statement once its last term is counted."""
    with clock.clock_at(SPRING_TOLD):
        count_terms()
        return queries.statement_of((by or city.head_of_service).actor, agency, THIS_YEAR)


def worked(agency):
    """Every hour and penny of the year that falls on a school, as the council counts it: also of one child."""
    mine = year_of_work(THIS_YEAR).of_school(agency.pk)
    return sum(each.parts for each in mine), year_of_work(THIS_YEAR).by_school.get(agency.pk, 0)


def sealed(city, file):
    """The file of one child is sealed, when its term has been told already."""
    Restriction.objects.create(
        file=file,
        kind=Restriction.Kind.SEALED,
        reason="Adopted.",
        begins=MORNING,
        by=city.head_of_service.worker,
    )


def eight_more(city, agency, minutes=0, day=date(2026, 1, 12)):
    """Eight children of the school who were helped, so that the term is told."""
    for child in [child_of(city, agency.pk) for _ in range(8)]:
        gave(city, [child], minutes or 60, day)


@pytest.fixture
def helped(city, lark_hill, mill_lane, agreement):
    """Ten children of Lark Hill, of whom one has a sister at Mill Lane and one a brother too young for school."""
    children = [child_of(city, lark_hill.pk) for _ in range(10)]
    sister, brother = child_of(city, mill_lane.pk, "Bess"), child_of(city, 0, "Cal")
    for child in children[2:]:
        gave(city, [child], 60)
    gave(city, [children[0], sister], 90)
    gave(city, [children[1], brother], 45, doing="meeting")
    gave(city, [children[2]], 25, doing="telephone")
    return children


def test_siblings_in_two_schools_are_borne_by_both(city, lark_hill, mill_lane, agreement):
    ours, theirs, small = child_of(city, lark_hill.pk), child_of(city, mill_lane.pk), child_of(city, 0)
    gave(city, [ours, theirs, small], 100)
    third = Fraction(100, 3) * FINENESS
    assert worked(lark_hill)[0] == third == worked(mill_lane)[0]
    work = year_of_work(THIS_YEAR)
    assert work.pence == 6_667  # 100 minutes at 40 pounds an hour
    assert sum(work.by_school.values()) == work.pence
    assert sorted(work.by_school.values()) == [2_222, 2_222, 2_223]


def test_a_child_who_changes_school_is_borne_by_each_on_its_days(city, lark_hill, mill_lane, agreement):
    child = child_of(city, lark_hill.pk)
    body = SchoolRecorded(school=mill_lane.pk)
    write(
        [Draft(file=child, body=body, day=date(2026, 1, 5).toordinal(), at=None)],
        by=city.family_support_worker.actor, may="note.write",
    )  # fmt: skip
    gave(city, [child], 60, date(2025, 12, 1))
    gave(city, [child], 30, date(2026, 1, 5))
    assert worked(lark_hill)[0] == 60 * FINENESS
    assert worked(mill_lane)[0] == 30 * FINENESS


def test_an_hour_costs_what_it_cost_on_its_day_and_the_last_said_holds(city, lark_hill, agreement):
    priced(city, 5_000, date(2026, 1, 1))
    priced(city, 6_000, date(2026, 1, 1), because="The pay award was higher.")
    priced(city, 3_000, date(2026, 1, 1), doing="telephone")
    child = child_of(city, lark_hill.pk)
    gave(city, [child], 60, date(2025, 12, 31))
    gave(city, [child], 60, date(2026, 1, 1))
    gave(city, [child], 60, date(2026, 1, 1), doing="telephone")
    assert worked(lark_hill)[1] == 4_000 + 6_000 + 3_000


def test_time_without_a_price_is_not_known_and_never_nought(city, lark_hill):
    agreed(city, lark_hill)
    eight_more(city, lark_hill)
    told = statement(city, lark_hill)
    assert told.unpriced == 8 * 60 * FINENESS
    assert "8.00 hours cost" in StatementPage(told).unknown
    costs = next(
        table for table in StatementPage(told).tables if table.heading.startswith("What the hours cost")
    )
    assert costs.rows[0] == ("Visits to the family", "not known", "not known")


def test_a_correction_of_the_time_is_what_counts(city, lark_hill, agreement):
    child = child_of(city, lark_hill.pk)
    gave(city, [child], 600)
    wrong = Entry.objects.get(file=child, kind=TimeGiven.number)
    found = journal.entry_in(child, wrong.id)
    said = TimeGiven(lasted=60, doing="visit", at_grade="family_support_worker", among=1)
    journal.correct_entry(
        file=child, entry=wrong.id, seen=wrong.id, said=said, day=found.day, at=None,
        reasons="Minutes, not tens of minutes.", by=city.family_support_worker.actor,
    )  # fmt: skip
    assert worked(lark_hill)[0] == 60 * FINENESS


def test_the_statement_says_what_was_given_and_whose_share_it_is(city, lark_hill, helped):
    told = statement(city, lark_hill)
    (spring,) = told.terms
    assert spring.children == 10
    minutes = 8 * 60 + 45 + Fraction(45, 2) + 25
    assert told.parts == minutes * FINENESS
    assert told.share_pence == (told.pence + 1) // 2
    assert worked(lark_hill)[1] == told.pence == sum(each.pence for each in spring.hours)


def test_hours_add_up_both_ways_to_the_hundredth_and_the_penny(city, lark_hill, agreement):
    for place, day in enumerate((date(2025, 6, 2), date(2025, 10, 6), date(2026, 1, 12))):
        children = [child_of(city, lark_hill.pk) for _ in range(9)]
        for number, child in enumerate(children):
            gave(city, [child], 37 + 11 * number + place, day if place else date(2025, 9, 1))
            gave(city, [child], 7 + number, day if place else date(2025, 9, 1), doing="telephone")
    said = StatementPage(statement(city, lark_hill))
    assert len(said.told.terms) == 2
    for heading, value in (
        ("The hours", lambda cell: cell.hundredths),
        ("What the hours cost", lambda cell: cell.pence),
    ):
        table = next(each for each in said.tables if each.heading.startswith(heading))
        grid = [
            [value(cell) for cell in row[1:]]
            for row in table.rows
            if not str(row[0]).startswith("The school")
        ]
        *kinds, total = grid
        assert [sum(column) for column in zip(*kinds, strict=True)] == total
        assert all(sum(row[:-1]) == row[-1] for row in grid)
    share = next(row for row in table.rows if str(row[0]).startswith("The school"))
    assert sum(cell.pence for cell in share[1:-1]) == share[-1].pence == said.told.share_pence


def test_what_came_of_it_hides_small_numbers_and_their_neighbours(city, lark_hill, helped):
    with connection.cursor() as cursor:  # three stepped up: a projection's row is enough here
        for file in helped[:3]:
            cursor.execute(
                "INSERT INTO journal_happening (person, name, entry, about, at, team, outcome, again, concern, label) "
                "VALUES (%s, 'step.up', %s, 0, '2026-02-01', 1, 'assessment', false, false, 0)",
                [file, file],
            )
    told = statement(city, lark_hill)
    assert told.terms[0].outcomes == {"helped": None, "ended": 0, "down": 0, "up": None}
    assert told.terms[0].children == 10
    assert "not shown" in {
        in_words(each) for table in StatementPage(told).tables for row in table.rows for each in row
    }


def test_a_term_with_few_children_is_told_with_the_next_and_a_told_term_is_never_told_anew(
    city, lark_hill, agreement
):
    for child in [child_of(city, lark_hill.pk) for _ in range(7)]:
        gave(city, [child], 60, date(2025, 9, 8))
    with clock.clock_at(datetime(2026, 1, 10, 9, tzinfo=UTC)):
        count_terms()
        told = queries.statement_of(city.head_teacher.actor, lark_hill, THIS_YEAR)
    assert not told.terms
    assert "7" not in " ".join(StatementPage(told).sentences[:1])
    eight_more(city, lark_hill)
    (both,) = statement(city, lark_hill).terms
    assert (both.begins, both.ends, both.children) == (date(2025, 4, 1), date(2026, 3, 31), 15)


def test_what_is_written_down_late_or_sealed_later_changes_no_term_that_was_told(city, lark_hill, agreement):
    with clock.clock_at(datetime(2025, 10, 6, 16, tzinfo=UTC)):
        eight_more(city, lark_hill, day=date(2025, 10, 6))
    with clock.clock_at(datetime(2026, 1, 10, 10, tzinfo=UTC)):
        count_terms()
        before = queries.statement_of(city.head_teacher.actor, lark_hill, THIS_YEAR).terms
        child = child_of(city, lark_hill.pk)
    assert before[0].children == 8
    with clock.clock_at(datetime(2026, 1, 20, 10, tzinfo=UTC)):
        gave(city, [child], 600, date(2025, 10, 7))
    sealed(city, Entry.objects.filter(kind=TimeGiven.number).order_by("id").first().file)
    eight_more(city, lark_hill)
    autumn, spring = statement(city, lark_hill).terms
    assert (autumn,) == before
    assert spring.children == 9
    assert spring.parts == (8 * 60 + 600) * FINENESS


def test_a_few_children_are_not_shown_nor_how_their_hours_were_used(city, mill_lane, helped):
    agreed(city, mill_lane)
    said = StatementPage(statement(city, mill_lane))
    assert not said.told.terms
    assert said.chart is None
    assert not [row for table in said.tables for row in table.rows if "Visits" in str(row[0])]


def test_work_for_few_children_of_one_kind_is_told_with_other_work(city, lark_hill, helped):
    (spring,) = statement(city, lark_hill).terms
    assert [each.doing for each in spring.hours] == ["other"]
    for child in helped:
        gave(city, [child], 15, doing="group")
    TermCounted.objects.all().delete()
    (spring,) = statement(city, lark_hill).terms
    assert {each.doing for each in spring.hours} == {"group", "other"}


@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from("abcd")), min_size=1, max_size=40))
@settings(max_examples=150, deadline=None)
def test_every_kind_that_is_told_is_about_eight_children_or_about_all(pairs):
    work = [Given(person, doing, "g", 0, 1) for person, doing in pairs]
    told = together(work)
    children = {}
    for each in work:
        children.setdefault(told[each.doing], set()).add(each.person)
    everybody = {person for person, _ in pairs}
    assert all(len(found) >= min(8, len(everybody)) for found in children.values())


def test_a_head_teacher_reads_the_own_school_and_no_other(city, lark_hill, mill_lane, helped):
    assert statement(city, lark_hill, city.head_teacher).terms[0].children == 10
    for agency, person in (
        (mill_lane, city.head_teacher), (lark_hill, city.school), (lark_hill, city.police_lead),
        (lark_hill, city.social_worker),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            statement(city, agency, person)


def test_page_pdf_and_spreadsheet_say_the_same(client, city, lark_hill, helped):
    """Also for the head teacher of a school and a year with two terms, every cell and every sentence."""
    for child in helped:
        gave(city, [child], 35, date(2025, 10, 7), doing="group")
    with clock.clock_at(SPRING_TOLD):
        count_terms()
        said = StatementPage(queries.statement_of(city.head_teacher.actor, lark_hill, THIS_YEAR))
        client = sign_in(client, city.head_teacher)
        on_page = unescape(re.sub(r"<[^>]+>", " ", client.get(PAGE).content.decode()))
        on_page = re.sub(r"\s+", " ", on_page)
        on_paper = re.sub(r"\s+", " ", pdf_text(client.get(f"{PAGE}pdf/").content))
        in_sheet = sheet_cells(client.get(f"{PAGE}sheet/").content)
    assert len(said.told.terms) == 2
    cells = [told for table in said.tables for row in table.rows for told in row]
    assert len(cells) > 50
    for told in cells:
        assert in_words(told) in on_page
        assert all(word in on_paper for word in written(in_words(told)).split())
        kept = {Money: lambda m: f"{m.pence / 100:g}", Time: lambda t: f"{t.hours:g}"}
        number = kept.get(type(told))
        if number is not None:
            assert any(is_number(each) and f"{float(each):g}" == number(told) for each in in_sheet)
        elif not isinstance(told, date | int):
            assert in_words(told) in in_sheet or not in_words(told)
    for sentence in said.sentences:
        assert sentence in on_page and sentence in on_paper and sentence in in_sheet
    for bar in said.chart.bars:
        assert bar.name in on_paper


def is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(E-?\d+)?", text) is not None


def test_no_childs_or_authors_name_is_in_a_file_its_name_or_what_it_says_of_itself(
    client, city, lark_hill, helped
):
    client = sign_in(client, city.head_teacher)
    for address, ending in ((f"{PAGE}pdf/", "pdf"), (f"{PAGE}sheet/", "xlsx")):
        answer = client.get(address)
        assert answer["Content-Disposition"] == f'attachment; filename="{lark_hill.pk}-{THIS_YEAR}.{ending}"'
        body = answer.content
        told = pdf_text(body) + body.decode("latin-1") if ending == "pdf" else "".join(unzipped(body))
        for name in ("Invented", "Asha", "Dilys", "Arden", "Miriam"):
            assert name not in told


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+44", "-1", "@sum"])
def test_text_that_looks_like_a_formula_stays_text(city, lark_hill, helped, name):
    lark_hill.name = name
    lark_hill.save()
    cells = sheet_cells(as_spreadsheet(StatementPage(statement(city, lark_hill))))
    assert guarded(name) == f"'{name}" in cells
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_names_are_printed_with_their_accents_and_no_letter_is_lost(city, lark_hill, helped):
    lark_hill.name = "Ysgol Ŵyn, Saint Łucja’s, Košice, Zoë Łukasz – £5"
    lark_hill.save()
    drawn = pdf_text(as_pdf(StatementPage(statement(city, lark_hill)))).replace("\n", " ")
    assert lark_hill.name in drawn
    assert written("Zoë Ж") == "Zoë ?"


def test_taking_a_statement_away_is_in_the_read_audit(client, city, lark_hill, helped):
    client = sign_in(client, city.head_teacher)
    for address in (PAGE, f"{PAGE}pdf/", f"{PAGE}sheet/"):
        assert client.get(address).status_code == 200
    seen = ReadAudit.objects.filter(worker=city.head_teacher.worker.pk, what__startswith="funding:")
    assert sorted(seen.values_list("what", flat=True)) == [
        "funding:statement", "funding:statement.pdf", "funding:statement.xlsx",
    ]  # fmt: skip


def test_time_is_told_once_in_each_childs_file_as_one_occasion(city, lark_hill):
    two = [child_of(city, lark_hill.pk), child_of(city, lark_hill.pk)]
    gave(city, two, 60)
    occasions = Entry.objects.filter(file__in=two).exclude(occasion=0).values_list("occasion", flat=True)
    assert len(occasions) == 2
    assert len(set(occasions)) == 1
    with pytest.raises(actions.Refused):
        gave(city, [], 60)
