"""Interviews: day, time and place; what is needed for them to be fair; a scorer replaced, with what was found kept."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.services.selection import interviews, queries, scoring, waits
from rightplace.services.selection.interviews import Slots
from rightplace.services.selection.models import Assessment, ScoreSheet
from rightplace.services.selection.scoring import Given
from rightplace.testing.organisation import sign_in

FRIDAY = date(2025, 12, 12)


@pytest.fixture
def waiting(pooled, jobs):
    """Three people named a place, the panel is made, nobody is invited yet."""
    for place in range(3):
        pooled.wish(place, jobs[0])
    pooled.hand.on(date(2025, 12, 8))
    pooled.made = pooled.panel()
    return pooled


def invited(made, **changes):
    slots = {"first": FRIDAY, "at": time(15, 0), "minutes": 60, "place": "Room 4"} | changes
    city = made.city
    return interviews.invite(
        panel=made.made, members=queries.to_invite(made.made), by=made.hr, slots=Slots(**slots),
        scorers=[city.assessment_manager.worker, city.other_assessment_manager.worker],
    )  # fmt: skip


def test_interviews_follow_one_another_and_go_on_the_next_working_day(waiting):
    found = invited(waiting)
    assert [f"{each.interview_at:%a %d %b %H:%M}" for each in found] == [
        "Fri 12 Dec 15:00", "Fri 12 Dec 16:00", "Mon 15 Dec 15:00",
    ]  # fmt: skip
    assert queries.to_invite(waiting.made) == []
    with pytest.raises(Refused, match="Nobody is chosen"):
        invited(waiting)


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"first": date(2025, 12, 13)}, "working day"), ({"at": time(16, 30)}, "after 17:00"),
     ({"place": " "}, "where to go"), ({"minutes": 5}, "15 to 240")],
)  # fmt: skip
def test_an_interview_that_cannot_be_is_refused(waiting, changes, why):
    with pytest.raises(Refused, match=why):
        invited(waiting, **changes)
    assert not Assessment.objects.exists()


def test_a_person_asks_for_what_makes_it_fair_and_the_panel_reads_what_is_agreed(waiting):
    who = waiting.people[0]
    asked = interviews.ask_adjustment(member=waiting.member(0), words="I read lips.", by=who.actor)
    with pytest.raises(NotAllowed):
        interviews.ask_adjustment(member=waiting.member(0), words="x", by=waiting.people[1].actor)
    with pytest.raises(Refused, match="not answered yet"):
        interviews.ask_adjustment(member=waiting.member(0), words="And more.", by=who.actor)
    assert [each.pk for each in waits.adjustments_to_answer(waiting.hr)] == [asked.pk]
    (assessment, *_) = invited(waiting)
    interviews.agree_adjustment(adjustment=asked, words="Light on the faces.", by=waiting.hr)
    assessment.refresh_from_db()
    assert assessment.said["adjustments"] == "Light on the faces."
    client = sign_in(Client(), waiting.city.assessment_manager)
    sheet = ScoreSheet.objects.get(assessment=assessment, scorer=waiting.city.assessment_manager.worker)
    said = client.get(reverse("selection:sheet", args=[sheet.pk])).content.decode()
    assert "Light on the faces." in said and "Room 4" in said and "I read lips" not in said
    own = sign_in(Client(), who).get(reverse("selection:own", args=[waiting.member(0).pk])).content.decode()
    assert "Room 4" in own and "Light on the faces." in own


def test_what_is_needed_at_an_interview_lies_in_no_clear_column(waiting):
    interviews.ask_adjustment(member=waiting.member(0), words="I read lips.", by=waiting.people[0].actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM selection_adjustment a")
        assert "lips" not in cursor.fetchone()[0]


def test_a_scorer_is_replaced_with_the_reason_and_what_was_found_is_kept(waiting):
    (assessment, *_) = invited(waiting)
    city = waiting.city
    first, other = ScoreSheet.objects.filter(assessment=assessment).order_by("scorer")
    scoring.save_sheet(
        sheet=first, marks={"families": Given(2, "Knew them")}, by=waiting.actor_of(first.scorer_id)
    )
    new = city.family_support_manager
    with pytest.raises(Refused, match="why the scorer changed"):
        interviews.replace_scorer(sheet=first, worker=new.worker, because=" ", by=waiting.hr)
    with pytest.raises(Refused, match="not trained"):
        interviews.replace_scorer(
            sheet=first, worker=city.front_door_manager.worker, because="Kin", by=waiting.hr
        )
    made = interviews.replace_scorer(
        sheet=first, worker=new.worker, because="They are cousins.", by=waiting.hr
    )
    first.refresh_from_db()
    assert first.said == {"marks": {"families": [2, "Knew them"]}, "replaced": "They are cousins."}
    assert made.said == {}
    waiting.hand.on(date(2025, 12, 15))
    with pytest.raises(Refused, match="given to somebody else"):
        scoring.sign_sheet(sheet=first, no_conflict=True, by=waiting.actor_of(first.scorer_id))
    waiting.sign(made, 4, 4)
    waiting.sign(other, 4, 4)
    assert assessment.results.get().said["score"] == 8000
    assert first.scorer_id not in {each.scorer_id for each in scoring.sheets_of(assessment)}
    page = sign_in(Client(), city.human_resources).get(reverse("selection:assessment", args=[assessment.pk]))
    assert "They are cousins." in page.content.decode() and "Knew them" in page.content.decode()


def test_an_interview_is_moved_until_somebody_has_signed(waiting):
    (assessment, *_) = invited(waiting)
    interviews.move_interview(
        assessment=assessment, on=date(2025, 12, 16), at=time(9, 30), place="Room 2", by=waiting.hr
    )
    assert assessment.place == "Room 2"
    waiting.hand.on(date(2025, 12, 16))
    waiting.sign(ScoreSheet.objects.filter(assessment=assessment).first(), 4, 4)
    with pytest.raises(Refused, match="has been"):
        interviews.move_interview(
            assessment=assessment, on=date(2025, 12, 17), at=time(9, 30), place="Room 2", by=waiting.hr
        )


def test_no_sheet_is_signed_before_its_interview(waiting):
    """Neither by whoever asks the action, nor on the page; what was written is kept, and signed when the hour has come."""
    (assessment, *_) = invited(waiting, at=time(10, 30))
    waiting.hand.on(FRIDAY)
    own = ScoreSheet.objects.get(assessment=assessment, scorer=waiting.city.assessment_manager.worker)
    client, page = (
        sign_in(Client(), waiting.city.assessment_manager),
        reverse("selection:sheet", args=[own.pk]),
    )
    assert "Sign this sheet" not in client.get(page).content.decode()
    marks = {"points_families": "4", "evidence_families": "Said how", "points_partners": "4",
             "evidence_partners": "Named two"}  # fmt: skip
    client.post(page, {"act": "save", **marks})
    refused = client.post(page, {"act": "sign", "no_conflict": "on", **marks}).content.decode()
    assert "The interview is Fri 12 Dec 2025, 10:30, and a sheet is signed after it." in refused
    own.refresh_from_db()
    assert own.signed_at is None and own.said["marks"]["families"] == [4, "Said how"]
    waiting.hand.now = assessment.interview_at
    assert "Sign this sheet" in client.get(page).content.decode()
    client.post(page, {"act": "sign", "no_conflict": "on", **marks})
    own.refresh_from_db()
    assert own.signed_at == assessment.interview_at


def test_who_cannot_score_somebody_says_so_and_human_resources_name_another(waiting):
    """Nothing of it stands in a clear column, nobody on the panel reads it, and what was written does not count."""
    (assessment, *others) = invited(waiting)
    city, client = waiting.city, Client()
    own = ScoreSheet.objects.get(assessment=assessment, scorer=city.assessment_manager.worker)
    page = reverse("selection:sheet", args=[own.pk])
    sign_in(client, city.assessment_manager)
    assert "Say that I cannot score this person" in client.get(page).content.decode()
    assert "Write a few words." in client.post(page, {"act": "conflict", "words": ""}).content.decode()
    client.post(page, {"act": "conflict", "words": "She is my cousin."})
    own.refresh_from_db()
    assert (own.said["conflict"], own.conflict_at) == ("She is my cousin.", clock.now())
    assert "another is named" in client.get(reverse("selection:sheets")).content.decode()
    assert "Sign this sheet" not in client.get(page).content.decode()
    for act in (
        lambda: scoring.save_sheet(sheet=own, marks={}, by=city.assessment_manager.actor),
        lambda: scoring.sign_sheet(sheet=own, no_conflict=True, by=city.assessment_manager.actor),
    ):
        with pytest.raises(Refused, match="you cannot score this person"):
            act()
    assert own.pk not in {each.pk for each in waits.sheets_to_sign(city.assessment_manager.actor)}
    assert waits.sheets_to_sign(city.assessment_manager.actor).count() == len(others)
    assert list(waits.scorers_to_name(waiting.hr)) == [own]
    assert waits.scorers_to_name(city.assessment_manager.actor) is None
    kept = reverse("selection:assessment", args=[assessment.pk])
    other = sign_in(Client(), city.other_assessment_manager)
    assert other.get(kept).status_code == 404
    hr = sign_in(Client(), city.human_resources)
    assert "name another" in hr.get(reverse("selection:exercises")).content.decode()
    first_page = hr.get("/posts/").content.decode()
    assert "What waits for you" in first_page and "Scorers who cannot score somebody" in first_page
    shown = hr.get(kept).content.decode()
    assert "She is my cousin." in shown and f'value="{own.pk}" selected' in shown
    named = {"sheet": own.pk, "worker": city.family_support_manager.worker.pk, "because": "A conflict."}
    assert hr.post(kept, {"act": "replace", **named}).status_code == 302
    assert not waits.scorers_to_name(waiting.hr).exists()
    assert {each.scorer_id for each in scoring.sheets_of(assessment)} == {
        city.other_assessment_manager.worker.pk, city.family_support_manager.worker.pk,
    }  # fmt: skip


def test_the_own_sheet_alone_is_about_a_conflict_of_ones_own_and_only_before_signing(waiting):
    (assessment, *_) = invited(waiting)
    first, other = ScoreSheet.objects.filter(assessment=assessment).order_by("scorer")
    with pytest.raises(NotAllowed):
        interviews.declare_conflict(sheet=first, words="Kin.", by=waiting.actor_of(other.scorer_id))
    with pytest.raises(Refused, match="has words"):
        interviews.declare_conflict(sheet=first, words=" ", by=waiting.actor_of(first.scorer_id))
    waiting.hand.on(date(2025, 12, 15))
    waiting.sign(first, 4, 4)
    with pytest.raises(Refused, match="signed this sheet"):
        interviews.declare_conflict(sheet=first, words="Kin.", by=waiting.actor_of(first.scorer_id))
    interviews.declare_conflict(sheet=other, words="Kin.", by=waiting.actor_of(other.scorer_id))
    with pytest.raises(Refused, match="you cannot score this person"):
        interviews.declare_conflict(sheet=other, words="Kin.", by=waiting.actor_of(other.scorer_id))
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM selection_score_sheet s WHERE s.id = %s", [other.pk])
        assert "Kin" not in cursor.fetchone()[0]
    with pytest.raises(IntegrityError, match="conflict_unsigned"), transaction.atomic():
        ScoreSheet.objects.filter(pk=other.pk).update(signed_at=clock.now(), no_conflict_at=clock.now())
