"""Consultation by the law of the day; a statement is not given half; each version stays as it was made."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.restructuring import clocks
from rightplace.foundation.organisation import clock
from rightplace.services.restructure import consulting, papers
from rightplace.services.restructure.models import Paper
from rightplace.services.restructure.presenters.consultation import LawPage
from rightplace.services.restructure.proposing import descriptions, latest_terms, proposal
from rightplace.services.restructure.tests.conftest import build
from rightplace.testing.organisation import sign_in

PROPOSED = date(2026, 2, 2)
WHOLE = {
    "employer": "Example City Council", "establishment": "Family support", "reasons": "Two teams become one.",
    "selecting": "A scored assessment.", "carrying_out": "Volunteers first.", "payments": "As the scheme has it.",
    "statement_given": date(2026, 2, 9), "notified_on": date(2026, 2, 9), "first_notice": date(2026, 4, 1),
    "first_dismissal": date(2026, 5, 1), "last_dismissal": date(2026, 6, 1),
}  # fmt: skip


@pytest.fixture
def large(city):
    return build(city, many=40, places=10)


def told(change, **other):
    consulting.say_terms(
        programme=change.programme,
        proposed_on=PROPOSED,
        by=change.city.human_resources.actor,
        **(WHOLE | other),
    )


def union(change):
    return consulting.add_body(
        programme=change.programme,
        name="Branch",
        kind="union",
        speaks_for="All",
        by=change.city.human_resources.actor,
    )


def test_numbers_are_worked_out_from_posts_people_and_links(large):
    (only,) = descriptions(large.programme)
    assert (only.title, only.employed, only.posts_left, only.at_risk) == ("Family support worker", 40, 10, 30)


def test_a_paper_is_refused_with_what_is_missing_and_made_when_nothing_is(large):
    by = large.city.human_resources.actor

    def make(kind="s188"):
        return papers.make_paper(programme=large.programme, kind=kind, by=by)

    with pytest.raises(Refused, match="what is proposed"):
        make()
    told(large, payments="", first_dismissal=None)
    with pytest.raises(Refused, match="the representatives, the day of the first dismissal and how payments"):
        make()
    assert Paper.objects.count() == 0
    union(large)
    told(large)
    assert make().version == 1
    assert make("hr1").version == 1
    told(large, reasons="Another reason.")
    assert make().version == 2
    first = Paper.objects.get(kind="s188", version=1)
    assert "Two teams become one." in str(first.fields)
    assert "Another reason." not in str(first.fields)
    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(pk=first.pk).update(version=9)


def test_page_and_pdf_say_the_same(large):
    union(large)
    told(large)
    paper = papers.make_paper(programme=large.programme, kind="s188", by=large.city.human_resources.actor)
    client = sign_in(Client(), large.city.director)
    numbers = [large.programme.pk, paper.pk]
    page = client.get(reverse("restructure:paper", args=numbers)).content.decode()
    answer = client.get(reverse("restructure:paper-pdf", args=numbers))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == f'attachment; filename="{large.programme.pk}-s188-1.pdf"'
    assert "At most 30 dismissals are proposed." in page
    other = build(large.city) if False else large
    assert (
        client.get(reverse("restructure:paper", args=[other.programme.pk + 99, paper.pk])).status_code == 404
    )
    worker = sign_in(Client(), large.city.union_observer)
    assert worker.get(reverse("restructure:paper-pdf", args=numbers)).status_code == 404


@pytest.mark.parametrize(
    ("proposed", "days", "award"), [(date(2011, 1, 10), 90, 90), (date(2026, 4, 6), 45, 180)]
)
def test_a_hundred_dismissals_wait_ninety_days_in_2011_and_forty_five_today(city, proposed, days, award):
    change = build(city, many=112, places=6)
    told(change)
    found = proposal(change.programme, latest_terms(change.programme.pk))
    assert found.dismissals == 106
    page = LawPage(told=found, now=clock.now())
    when = "In 2011" if proposed.year == 2011 else "Today"
    (said,) = [each for each in page.other_laws if each.startswith(when)]
    assert f"{days} days before the first dismissal" in said
    assert f"up to {award} days" in said


def test_each_day_of_the_clock_is_counted(large):
    told(large)
    own = clocks(proposal(large.programme, latest_terms(large.programme.pk)).consultation)
    counted = list(own.consultation.counted())
    assert len(counted) == 32  # the start, thirty clear days, the first on which a dismissal may take effect
    assert date.fromordinal(counted[-1].day) == date(2026, 2, 9) + timedelta(days=31)


def test_a_question_has_an_owner_and_a_day_and_is_answered_once(change):
    by, city = change.city.human_resources.actor, change.city
    asked = consulting.record_asked(
        programme=change.programme, kind="counter", on=date(2026, 2, 2), words="Keep evenings.",
        owner=city.human_resources.worker, body=union(change), by=by,
    )  # fmt: skip
    assert asked.answer_by == date(2026, 2, 16)
    page = sign_in(Client(), city.director).get(
        reverse("restructure:consultation", args=[change.programme.pk])
    )
    assert "1 of them late" in page.content.decode()
    with pytest.raises(Refused, match="accepted, in part or not"):
        consulting.answer_asked(asked=asked, answer="Yes.", outcome="answered", by=by)
    consulting.answer_asked(asked=asked, answer="Yes, four.", outcome="partly", by=by)
    with pytest.raises(Refused, match="already"):
        consulting.answer_asked(asked=asked, answer="No.", outcome="declined", by=by)


def test_nothing_is_said_to_be_given_on_a_day_ahead(change):
    with pytest.raises(Refused):
        told(change, statement_given=date(2026, 6, 1))
    with pytest.raises(Refused):
        told(change, last_dismissal=date(2026, 4, 1))
