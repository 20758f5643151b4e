"""What each component says on the page, and that what people type cannot become markup."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from rightplace.common.web import pieces, tags
from rightplace.common.web.pieces import Column, Group, Happening, Identity, Link, Row, Thread
from rightplace.domain.practice import workdays

HOSTILE = '<script>alert("1")</script>'
IDENTITY = Identity(
    name="Maya Lind", age="7 years", where="Child in need", team=None, worker=None, last_seen=None
)


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_state_is_shown_as_word_and_shape(show):
    html = show("{{ rp.tag(t) }}", t=tags.late("late by 2 hours"))
    assert "late by 2 hours" in html
    assert "rp-tag--late" in html
    assert "<svg" in html


def test_a_cell_that_is_not_known_says_so_and_nought_stays_nought(show):
    html = show("{{ rp.rows(c, r, 'Waits') }}", c=[Column("Child"), Column("Worker"), Column("Days", number=True)],
                r=[Row(["A", None, 0])])  # fmt: skip
    assert text_of(html) == "Waits Child Worker Days A not known 0"


def test_on_a_phone_each_cell_still_has_its_heading_in_the_same_order(show):
    columns = [Column("Child"), Column("Reason"), Column("Next step")]
    html = show(
        "{{ rp.rows(c, r, 'Inbox') }}", c=columns, r=[Row([Link("20114", "/1/"), "Alone at night", "Decide"])]
    )
    assert re.findall(r'data-label="([^"]+)"', html) == ["Reason", "Next step"]
    assert html.index('href="/1/"') < html.index("Alone at night") < html.index("Decide")


def test_headings_of_groups_carry_their_counts(show):
    groups = [
        Group("late", "Late", [Row(["A"], late=True)]),
        Group("today", "Today", [Row(["B"]), Row(["C"])]),
    ]
    html = show("{{ rp.grouped(g, c, 'Inbox') }}", g=groups, c=[Column("Child")])
    assert [text_of(each) for each in re.findall(r"<h2.*?</h2>", html)] == ["Late (1)", "Today (2)"]
    assert html.count("rp-rows__late") == 1


def test_an_empty_list_says_what_that_means_and_when_it_was_counted(show):
    html = show("{{ rp.grouped([], [], 'Inbox', none_means='Nobody is waiting.', counted='10:20') }}")
    assert text_of(html) == "Nobody is waiting. Counted at 10:20."


def test_the_identity_bar_says_what_is_not_known_about_a_child(show):
    said = text_of(show("{{ rp.identity_bar(i) }}", i=IDENTITY))
    assert said == (
        "Maya Lind 7 years Where Child in need Team team not known Worker worker not known "
        "Last seen last seen not known"
    )


def test_warnings_about_a_child_stand_in_the_bar(show):
    warned = Identity(
        "M", None, "In care", "East", tags.due_soon("unallocated, 12 days"), "Mon", [tags.late("alone")]
    )
    said = text_of(show("{{ rp.identity_bar(i) }}", i=warned))
    assert "age not known" in said
    assert "unallocated, 12 days" in said
    assert said.endswith("alone")


def test_a_timeline_is_told_by_concern(show):
    threads = [
        Thread("Neglect", [Happening("Tue", "Visit made", by="J", mark="decided")], "Concern 4"),
        Thread("Other", [Happening("Mon", "Struck entry", mark="struck")]),
    ]
    html = show("{{ rp.threads(t) }}", t=threads)
    assert text_of(html) == "Neglect Concern 4 Tue Visit made J Other Mon Struck entry"
    assert "rp-timeline__decided" in html


def test_a_figure_is_a_sentence_that_opens_its_list(show):
    figure = pieces.Figure("41", "children have no worker.", "/list/", "The longest has waited 12 days.")
    html = show("{{ rp.figure(f) }}", f=figure)
    assert text_of(html) == "41 children have no worker. The longest has waited 12 days."
    assert '<a class="govuk-link" href="/list/">' in html


def test_days_are_counted_one_by_one_with_the_reason_of_each_that_does_not_count(show):
    first, last = date(2026, 4, 2).toordinal(), date(2026, 4, 7).toordinal()
    counted = workdays.calendar().working_days_listed(first, last)
    html = show("{{ rp.days(d) }}", d=pieces.day_lines(counted, due=last, tag=tags.still_open("due")))
    lines = [text_of(each) for each in re.findall(r"<li.*?</li>", html, re.S)]
    assert lines == [
        "Thu 2 Apr 2026 start The day it starts from",
        "Fri 3 Apr 2026 – Good Friday",
        "Sat 4 Apr 2026 – Saturday",
        "Sun 5 Apr 2026 – Sunday",
        "Mon 6 Apr 2026 – Easter Monday",
        "Tue 7 Apr 2026 day 1 due",
    ]


def test_a_refusal_says_why_what_to_do_and_where_it_is_written(show):
    refused = SimpleNamespace(because="the check is open", instead="wait", source="Promise 2")
    said = text_of(show("{{ rp.refusal(r) }}", r=refused))
    assert said == (
        "This was not done, and nothing you typed is lost Why: The check is open. "
        "What to do instead: Wait. Where this is written: Promise 2"
    )


def test_long_work_says_how_far_it_is_and_stops_asking_when_it_has_finished(show):
    going = show("{{ rp.progress_line(w) }}", w=pieces.Progress("Reading", 1500, 10000, "/w/"))
    assert "1,500 of 10,000" in going
    assert 'hx-get="/w/"' in going
    done = show("{{ rp.progress_line(w) }}", w=pieces.Progress("See what was taken", 1, 1, "/w/", href="/r/"))
    assert "hx-get" not in done
    assert 'href="/r/"' in done


def test_a_question_without_an_answer_is_shown_before_sending(show):
    sections = [pieces.Answers("Child", [pieces.Answer("Name", None, "/change/")])]
    assert text_of(show("{{ rp.answers(s) }}", s=sections)) == "Child Name not answered Change name"


def test_a_long_list_shows_the_pages_near_and_at_its_ends(show):
    items = pieces.Pages(6, 12, "?page={page}").params()["items"]
    assert [each.get("number", "…") for each in items] == [1, "…", 5, 6, 7, "…", 12]
    assert show("{{ rp.pages(p) }}", p=pieces.Pages(1, 1, "?page={page}")).strip() == ""


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("{{ rp.tag(x) }}", tags.plain(HOSTILE)),
        ("{{ rp.unknown(x) }}", HOSTILE),
        ("{{ rp.standing([x]) }}", HOSTILE),
        ("{{ rp.show(x) }}", Link(HOSTILE, '"><script>')),
        ("{{ rp.timeline([x]) }}", Happening(HOSTILE, HOSTILE, HOSTILE, HOSTILE)),
        ("{{ rp.problem_summary([x]) }}", {"text": HOSTILE, "href": "#a"}),
    ],
)
def test_what_people_type_never_becomes_markup(show, line, value):
    assert "<script" not in show(line, x=value)


def test_markup_that_a_presenter_made_is_kept(show):
    assert "<strong>12 days</strong>" in show("{{ rp.standing([x]) }}", x=Markup("<strong>12 days</strong>"))


def test_a_misspelt_name_in_a_template_is_a_fault(show):
    with pytest.raises(UndefinedError):
        show("{{ childs_name }}")
    with pytest.raises(UndefinedError):
        show("{{ t.wrod }}", t=tags.met())
