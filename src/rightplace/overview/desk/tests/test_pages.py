"""What each page of the desk says, and to whom."""

from rightplace.foundation.access.models import ReadAudit
from rightplace.testing.organisation import sign_in


def page(client, person, address, **more):
    return sign_in(client, person).get(address, **more)


def text(answer):
    return answer.content.decode()


def test_a_worker_reads_a_childs_story_and_the_reading_is_recorded(client, city, two):
    answer = page(client, city.family_support_worker, f"/child/{two.maya}/")
    said = text(answer)
    assert answer.status_code == 200, said[:500]
    for words in (
        "Maya Lindqvist",
        "Tamsin Reeve",
        "Came without a coat again.",
        "Visit: the child was seen, alone",
    ):
        assert words in said
    assert "<title>M.L. story" in said
    assert ReadAudit.objects.filter(what="desk:story", files=[two.maya]).exists()


def test_my_day_begins_with_what_is_due_first(client, city, two):
    said = text(page(client, city.family_support_worker, "/my-day/"))
    assert "Maya Lindqvist" in said
    assert "Your week in hours" in said


def test_why_is_this_due_counts_the_days(client, city, two):
    from rightplace.foundation.journal.projections import Timescale

    scale = Timescale.objects.filter(person=two.maya, met__isnull=True).exclude(due=None).first()
    said = text(page(client, city.family_support_worker, f"/child/{two.maya}/due/{scale.pk}/"))
    assert "Counted one by one" in said
    assert "It starts when" in said


def test_a_team_shows_who_waits_for_a_worker(client, city, two):
    said = text(page(client, city.family_support_manager, f"/team/{city.family_support.pk}/"))
    assert "Jonas Lindqvist" in said
    assert "20 days" in said
    assert "Capacity in hours" in said and "Those who wait for a worker would take" in said


def test_the_list_of_teams(client, city, two):
    said = text(page(client, city.family_support_manager, "/team/"))
    assert "Area 1 family support" in said


def test_a_child_is_found_by_posting_words(client, city, two):
    sign_in(client, city.social_worker)
    said = text(client.post("/find/", {"words": "maya lindqvist"}))
    assert "Maya Lindqvist" in said
    assert "0121 496 0100" in said
