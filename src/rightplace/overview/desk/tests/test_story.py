"""A child's story: what it says, to whom, as at a past day, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rightplace.domain.practice.entries import Draft, Label
from rightplace.domain.practice.entries.identity import RelationshipRecorded
from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access import reach
from rightplace.foundation.access.models import ReadAudit, Restriction
from rightplace.foundation.journal import actions as record
from rightplace.foundation.journal.models import Entry
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.overview.desk.tests.city import RAISED, labelled_note
from rightplace.testing.organisation import MORNING, sign_in
from rightplace.testing.pace import keeps


def story(client, person, file, query=""):
    return sign_in(client, person).get(f"/child/{file}/{query}")


def text(answer):
    return answer.content.decode()


def test_a_reader_outside_their_own_work_is_asked_for_a_reason_and_comes_back(client, city, two):
    answer = story(client, city.social_worker, two.maya)
    assert answer.status_code == 302
    assert answer["Location"] == f"/files/{two.maya}/reason/?next=%2Fchild%2F{two.maya}%2F"
    given = client.post(answer["Location"], {"why": "family"})
    assert given["Location"] == f"/child/{two.maya}/"
    assert "Maya Lindqvist" in text(client.get(given["Location"]))


@pytest.mark.parametrize(
    "who", ["school", "lead_member", "analyst", "administrator", "information_governance"]
)
def test_whoever_opens_no_child_is_answered_as_if_there_were_none(client, city, two, who):
    assert story(client, getattr(city, who), two.maya).status_code == 404


def test_another_family_support_team_cannot_open_a_child_that_it_cannot_find(client, city, two):
    assert story(client, city.other_family_support_manager, two.maya).status_code == 404


def test_a_restricted_child_is_not_there_for_those_who_are_not_named(client, city, two):
    reach.restrict(
        file=two.maya, kind=Restriction.Kind.RESTRICTED, reason="a relative works here",
        may_open=[city.family_support_manager.worker.pk], by=city.head_of_service.actor,
    )  # fmt: skip
    for address in ("", "note/", "visit/"):
        assert (
            sign_in(client, city.family_support_worker).get(f"/child/{two.maya}/{address}").status_code == 404
        )
    assert story(client, city.family_support_manager, two.maya).status_code == 200
    assert sign_in(client, city.family_support_worker).get("/child/123456789/").status_code == 404


def test_a_labelled_entry_says_that_it_may_not_be_read_and_nothing_else(client, city, two):
    entry = labelled_note(two.maya, "About a teacher", city.family_support_manager.actor)
    said = text(story(client, city.family_support_worker, two.maya))
    assert "An entry that you may not read" in said
    assert "About a teacher" not in said
    assert client.get(f"/child/{two.maya}/entries/{entry}/").status_code == 404
    sign_in(client, city.head_of_service).post(f"/files/{two.maya}/reason/", {"why": "managing"})
    assert "About a teacher" in text(client.get(f"/child/{two.maya}/"))


def test_a_corrected_labelled_entry_stays_unread(client, city, two):
    entry = labelled_note(two.maya, "About a teacher", city.family_support_manager.actor)
    record.correct_entry(
        file=two.maya, entry=entry, seen=entry, said=NoteWritten(text="About another teacher"),
        day=MORNING.date().toordinal(), at=None, reasons="The wrong teacher", by=city.head_of_service.actor,
    )  # fmt: skip
    said = text(story(client, city.family_support_worker, two.maya))
    assert "teacher" not in said


def test_a_correction_shows_what_was_said_first(client, city, two):
    visit = Entry.objects.get(file=two.maya, kind=76)
    client = sign_in(client, city.family_support_worker)
    address = f"/child/{two.maya}/entries/{visit.id}/correct/"
    form = {
        "day_day": "12", "day_month": "2", "day_year": "2026", "clock": "11:00", "said_seen": "yes", "said_alone": "no",
        "said_where": "at home", "said_child_said": "I like drawing.", "reasons": "Her mother was there",
        "seen": str(visit.id), "said_statutory": "yes",
    }  # fmt: skip
    assert client.get(address).status_code == 200
    answer = client.post(address, form)
    assert answer.status_code == 302, text(answer)[:3000]
    said = text(client.get(f"/child/{two.maya}/"))
    assert "Visit: the child was seen, not alone" in said
    assert "First said:" in said
    assert "at school" in said
    conflict = client.post(address, form | {"said_where": "in the park"})
    assert conflict.status_code == 422
    assert "Somebody corrected this entry while you wrote." in text(conflict)
    assert "in the park" in text(conflict)


def test_as_at_a_past_day_tells_what_was_known_then(client, city, two):
    before = RAISED - timedelta(days=1)
    with clock.clock_at(RAISED + timedelta(days=10)):
        at = from_datetime(RAISED)
        late = Draft(file=two.maya, body=NoteWritten(text="Told much later"), day=day_of(at), at=at)
        write([late], by=city.family_support_worker.actor, may="note.write")
    client = sign_in(client, city.family_support_worker)

    def on(moment, known="then"):
        query = f"?on_day={moment.day}&on_month={moment.month}&on_year={moment.year}&known={known}"
        return text(client.get(f"/child/{two.maya}/{query}"))

    assert "Nobody answers for this child now" in on(before)
    then = on(RAISED + timedelta(days=1))
    assert "Tamsin Reeve" in then
    assert "I like drawing." not in then
    assert "Told much later" not in then
    assert "Told much later" in on(RAISED + timedelta(days=1), known="now")
    assert "as it was known that day" in then


def test_the_past_is_told_like_the_present_from_the_same_rows(city, two):
    from rightplace.foundation.journal.reading import files_with
    from rightplace.foundation.people.projections import Person
    from rightplace.overview.desk.opening import OpenedChild
    from rightplace.overview.desk.presenters.story import StoryPage
    from rightplace.overview.desk.story import AsAt, story_as_at, story_now

    child = OpenedChild(
        two.maya, Person.objects.get(person=two.maya), files_with(two.maya), city.family_support_worker.actor
    )
    now = StoryPage(story_now(child))
    folded = StoryPage(story_as_at(child, AsAt(clock.now(), clock.now() + timedelta(seconds=1))))
    assert folded.sentences == now.sentences
    assert folded.threads == now.threads
    assert [row.cells[1:] for row in folded.due_rows] == [row.cells[1:] for row in now.due_rows]
    assert folded.ribbon == now.ribbon


def test_the_family_links_to_files_and_names_adults_from_their_entries(client, city, two):
    at = from_datetime(clock.now())
    for body in (
        RelationshipRecorded(relation="brother", other_file=two.jonas, same_household=True),
        RelationshipRecorded(
            relation="mother", name="Ida Lindqvist", parental_responsibility=True, same_household=True
        ),
    ):
        write(
            [Draft(file=two.maya, body=body, day=day_of(at), at=at)],
            by=city.family_support_worker.actor,
            may="note.write",
        )
    said = text(story(client, city.family_support_worker, two.maya))
    assert f'href="/child/{two.jonas}/"' in said
    assert "Jonas Lindqvist" in said
    assert "Ida Lindqvist" in said


def test_one_visit_is_recorded_for_several_children(client, city, two):
    test_the_family_links_to_files_and_names_adults_from_their_entries(client, city, two)
    form = {
        "children": [str(two.maya), str(two.jonas)], "day_day": "3", "day_month": "3", "day_year": "2026",
        "clock": "09:15", "seen": "alone", "where": "at home", "statutory": "on",
    }  # fmt: skip
    answer = client.post(f"/child/{two.maya}/visit/", form)
    assert answer.status_code == 302, text(answer)[:2000]
    made = Entry.objects.filter(kind=76, day=MORNING.date().toordinal())
    assert {entry.file for entry in made} == {two.maya, two.jonas}
    assert len({entry.occasion for entry in made}) == 1


def test_what_was_typed_is_not_lost_when_a_visit_lies_ahead(client, city, two):
    form = {
        "children": [str(two.maya)],
        "day_day": "4",
        "day_month": "3",
        "day_year": "2026",
        "note": "She was well",
        "seen": "alone",
    }
    answer = sign_in(client, city.family_support_worker).post(f"/child/{two.maya}/visit/", form)
    assert answer.status_code == 422
    assert "That day is still to come." in text(answer)
    assert "She was well" in text(answer)


def test_a_manager_excuses_what_is_due_and_the_page_says_who(client, city, two):
    from rightplace.foundation.journal.projections import Timescale

    scale = Timescale.objects.get(person=two.maya, rule="FS-ASSESS")
    client = sign_in(client, city.family_support_manager)
    assert (
        sign_in(client, city.family_support_worker)
        .get(f"/child/{two.maya}/due/{scale.pk}/excuse/")
        .status_code
        == 404
    )
    sign_in(client, city.family_support_manager)
    form = {"outcome": "not_required", "reasons": "Assessed last month elsewhere"}
    assert client.post(f"/child/{two.maya}/due/{scale.pk}/excuse/", form).status_code == 302
    said = text(
        client.get(f"/child/{two.maya}/due/{Timescale.objects.get(person=two.maya, rule='FS-ASSESS').pk}/")
    )
    assert "Assessed last month elsewhere" in said
    assert "Wendell Ashby" in said


def test_the_story_shows_who_looked(client, city, two):
    story(client, city.family_support_manager, two.maya)
    said = text(story(client, city.family_support_worker, two.maya))
    assert "Wendell Ashby" in said.split("Who looked")[1]


def test_no_audit_no_page(client, city, two, monkeypatch):
    from django.db import DatabaseError

    def fails(*_args, **_more):
        raise DatabaseError

    monkeypatch.setattr(ReadAudit.objects, "create", fails)
    answer = story(client, city.family_support_worker, two.maya)
    assert answer.status_code == 503
    assert "Maya" not in text(answer)


def ours(captured):
    """Questions to the database, without the savepoints that a test's own transaction adds."""
    return [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]


def test_a_story_of_two_hundred_entries_costs_fifteen_questions_and_forty_milliseconds(client, city, two):
    at = from_datetime(clock.now()) - 10**12
    for place in range(180):
        moment = at + place * 10**9
        note = Draft(file=two.maya, body=NoteWritten(text=f"Note {place}"), day=day_of(moment), at=moment)
        write([note], by=city.family_support_worker.actor, may="note.write")
    story(client, city.family_support_worker, two.maya)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(f"/child/{two.maya}/")
    assert "Note 179" in text(answer)
    asked = ours(captured)
    assert len(asked) <= 15, "\n".join(sql[:110] for sql in asked)
    assert keeps(0.040, lambda: client.get(f"/child/{two.maya}/"))


def test_a_day_costs_ten_questions_and_a_team_of_many_lists_fifteen(client, city, two):
    for person, address, most in (
        (city.family_support_worker, "/my-day/", 10),
        (city.family_support_manager, f"/team/{city.family_support.pk}/", 15),
        (city.family_support_manager, "/team/", 10),
    ):
        sign_in(client, person).get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        beyond_signing_in = ours(captured)[3:]
        assert len(beyond_signing_in) <= most, "\n".join(sql[:110] for sql in beyond_signing_in)


def test_labels_cover_every_reason_not_to_read():
    from rightplace.overview.desk.presenters.entries import WHY_NOT

    assert set(WHY_NOT) == set(Label) - {Label.NONE, Label.WITHDRAWN}
