"""What leaders' pages say, and to whom."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from rightplace.domain.practice.figures import Counted
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.journal.sealed_minutes import seal_minutes
from rightplace.overview.desk.tests.city import RAISED
from rightplace.overview.leadership import counting, views
from rightplace.overview.leadership.models import LeaderNote
from rightplace.overview.leadership.presenters.figures import sentence
from rightplace.testing.organisation import sign_in


def text(answer):
    return answer.content.decode()


def test_the_director_reads_three_questions_answered(client, city, two):
    answer = sign_in(client, city.director).get("/leadership/")
    said = text(answer)
    assert answer.status_code == 200
    for words in ("What do we know?", "How do we know it?", "What are we doing?", "has no worker"):
        assert words in said
    assert 'href="/figures/unallocated/"' in said


def test_a_figure_opens_its_list_with_names_for_those_who_may(client, city, two):
    said = text(sign_in(client, city.director).get("/figures/unallocated/"))
    assert "Jonas Lindqvist" in said
    assert ReadAudit.objects.filter(what="leadership:figure", files=[two.jonas]).exists()


def test_an_analyst_reads_the_list_without_names(client, city, two):
    said = text(sign_in(client, city.analyst).get("/figures/unallocated/"))
    assert "Lindqvist" not in said
    assert f"file {two.jonas}" in said


def test_the_lead_member_sees_the_figure_and_no_child(client, city, two):
    said = text(sign_in(client, city.lead_member).get("/figures/unallocated/"))
    assert "Lindqvist" not in said
    assert str(two.jonas) not in said
    assert "has no worker" in said


def test_a_worker_has_no_figures(client, city, two):
    assert sign_in(client, city.social_worker).get("/figures/unallocated/").status_code == 404
    assert sign_in(client, city.social_worker).get("/leadership/").status_code == 404


@pytest.mark.parametrize(
    "name", ["open_children", "late", "wrong_place", "contacts_undecided", "doubts", "closings"]
)
def test_each_kind_of_figure_has_its_page(client, city, two, name):
    answer = sign_in(client, city.head_of_service).get(f"/figures/{name}/")
    assert answer.status_code == 200
    assert "What this counts" in text(answer)


def test_a_figure_narrowed_to_another_area_holds_nobody(client, city, two):
    said = text(sign_in(client, city.director).get("/figures/unallocated/?area=9"))
    assert "Nobody is waiting for a worker." in said
    assert "Jonas" not in said


def test_a_leader_writes_what_is_being_done(client, city, two):
    client = sign_in(client, city.director)
    answer = client.post("/figures/unallocated/", {"text": "Two workers come on Monday."})
    assert answer.status_code == 302
    assert LeaderNote.objects.get().text == "Two workers come on Monday."
    assert "Two workers come on Monday." in text(client.get("/leadership/"))


def test_an_analyst_writes_no_leaders_note(client, city, two):
    assert sign_in(client, city.analyst).post("/figures/unallocated/", {"text": "No"}).status_code == 404
    assert not LeaderNote.objects.exists()


def test_as_at_a_past_moment_the_list_holds_what_was_known_then(client, city, two):
    seal_minutes()
    client = sign_in(client, city.director)
    day = RAISED - timedelta(days=1)
    before = text(
        client.get(f"/figures/open_children/?on_day={day.day}&on_month={day.month}&on_year={day.year}")
    )
    assert "No child is open." in before
    assert "Lindqvist" not in before
    then = text(client.get(f"/figures/open_children/?at={quote((RAISED + timedelta(days=1)).isoformat())}"))
    assert "Maya Lindqvist" in then
    assert "with what was known then" in then


def test_a_moment_to_come_is_refused_in_a_sentence(client, city, two):
    answer = sign_in(client, city.director).get("/figures/late/?on_day=3&on_month=3&on_year=2027")
    assert answer.status_code == 422
    assert "That moment is still to come" in text(answer)


def test_a_large_past_is_built_in_the_background(client, city, two, monkeypatch):
    seal_minutes()
    asked = []
    monkeypatch.setattr(views, "MANY_ENTRIES", -1)
    monkeypatch.setattr(views.tasks, "begin_building", asked.append)
    day = RAISED + timedelta(days=1)
    answer = sign_in(client, city.director).get(
        f"/figures/late/?on_day={day.day}&on_month={day.month}&on_year={day.year}"
    )
    assert "Putting together what was known then" in text(answer)
    assert len(asked) == 1


def test_many_rules_are_not_all_said_in_one_sentence(city, two):
    figure = counting.figures()["late"]
    many = Counted(
        10, (), None, 1, (("REF-1", 4), ("SEEN", 2), ("OFFER", 2), ("ALLOCATE", 1), ("CP-VISIT", 1))
    )
    said = sentence(figure, many, counting.asked_now())
    assert "and other things 2" in said.then
    assert "Allocate" not in said.says + said.then


def test_a_figure_that_there_is_not_is_not_there(client, city):
    assert sign_in(client, city.director).get("/figures/happiness/").status_code == 404
