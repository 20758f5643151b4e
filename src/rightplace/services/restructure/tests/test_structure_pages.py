"""What is said on the pages of both structures: the first day, what posts cost, what becomes of each, every day of a clock."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation.programme.tables import ProgrammePost
from rightplace.services.restructure import becoming, consulting
from rightplace.services.restructure.models import GradeCost, Unlinked
from rightplace.services.restructure.presenters.consultation import LawPage, day_by_day
from rightplace.services.restructure.proposing import latest_terms, proposal
from rightplace.services.restructure.tests.conftest import build
from rightplace.testing.organisation import MORNING, sign_in


def page(who, name, *numbers):
    return sign_in(Client(), who).get(reverse(f"restructure:{name}", args=numbers)).content.decode()


def test_a_cost_is_said_on_the_page_and_money_is_known_then(change):
    client, number = sign_in(Client(), change.city.human_resources), change.programme.pk
    address = reverse("restructure:costs", args=[number])
    assert "GR4 has no cost yet" in client.get(address).content.decode()
    typed = {"act": "cost", "grade": "GR4", "pounds": "33200", "source": "Budget book 2026"}
    assert client.post(address, typed).status_code == 302
    assert GradeCost.objects.get().pence == 3_320_000
    assert "Every grade of the programme has its cost." in client.get(address).content.decode()
    assert "£796,800" in page(change.city.director, "programme", number)
    assert sign_in(Client(), change.city.family_support_manager).post(address, typed).status_code == 404


def test_what_becomes_of_a_post_is_said_on_its_teams_page(change):
    client, number = sign_in(Client(), change.city.human_resources), change.programme.pk
    address = reverse("restructure:team", args=[number, change.city.family_support.pk])
    ends, kept, joins = change.old[16], change.old[17], change.old[18]
    for post, what in ((ends, "ends"), (kept, "kept"), (joins, str(change.new[0].pk))):
        typed = {
            "act": "becomes",
            "post": post.pk,
            "what": what,
            "how": "merged",
            "because": "Two desks become one",
        }
        assert client.post(address, typed).status_code == 302
    assert Unlinked.objects.get().post == ends
    assert ProgrammePost.objects.get(post=kept).protected
    assert change.new[0].came_from.filter(before=joins, kind="merged").exists()
    said = client.get(address).content.decode()
    assert f'<option value="{ends.pk}"' not in said


def test_a_post_cannot_both_end_and_go_on(change):
    by, programme = change.city.human_resources.actor, change.programme
    becoming.say_becomes(
        programme=programme, post=change.old[16], what="ends", because="The website answers", by=by
    )
    for what in ("kept", str(change.new[0].pk)):
        with pytest.raises(Refused, match="said already"):
            becoming.say_becomes(programme=programme, post=change.old[16], what=what, because="So", by=by)
    with pytest.raises(Refused, match="not on the other side"):
        becoming.say_becomes(
            programme=programme, post=change.old[17], what=str(change.old[18].pk), because="So", by=by
        )
    with pytest.raises(Refused, match="Only a post of the old structure"):
        becoming.say_becomes(programme=programme, post=change.new[0], what="kept", because="So", by=by)


def test_every_day_of_the_clock_is_listed_with_its_number_by_the_law_and_among_working_days(city):
    change = build(city, many=60, places=10)
    consulting.say_terms(
        programme=change.programme, by=city.human_resources.actor, proposed_on=date(2026, 2, 2),
        statement_given=date(2026, 2, 9), notified_on=date(2026, 2, 9), first_dismissal=date(2026, 5, 12),
    )  # fmt: skip
    law = LawPage(told=proposal(change.programme, latest_terms(change.programme.pk)), now=MORNING)
    told, notice = day_by_day(law)
    assert notice.rows == [] and "those listed under “Consultation”" in notice.sentences[-1]
    numbers = [row.cells[1] for row in told.rows]
    assert numbers == ["–", *[str(day) for day in range(1, 31)], "–"]
    assert sum(row.cells[2] != "–" for row in told.rows) == 22
    by_day = {row.cells[0]: row.cells for row in told.rows}
    assert by_day["Sat 14 Feb"][1:] == ("5", "–", "Saturday: the law counts it")
    assert by_day["Tue 3 Mar"][1:] == ("22", "16", "Today")
    said = page(city.human_resources, "clock", change.programme.pk)
    assert "22 of them are working days" in said
    assert "not yet checked by a lawyer" in said
    assert "Today is day 22 of 30; 8 days after today still count." in said


def test_the_first_day_is_set_on_the_programmes_page(change):
    client, address = (
        sign_in(Client(), change.city.human_resources),
        reverse("restructure:programme", args=[change.programme.pk]),
    )
    typed = {"act": "first-day", "on_day": "1", "on_month": "9", "on_year": "2026"}
    assert client.post(address, typed).status_code == 302
    assert "Its first day is Tue 1 Sep 2026" in client.get(address).content.decode()
    assert client.post(address, typed | {"on_year": "2020"}).status_code == 422


def test_which_team_goes_on_in_which_is_said_on_the_teams_page(change):
    client, number = sign_in(Client(), change.city.human_resources), change.programme.pk
    change.programme.teams.all().delete()
    address = reverse("restructure:team", args=[number, change.city.family_support.pk])
    typed = {"act": "team", "other": change.team.pk, "kind": "merged", "because": "One team for each family"}
    assert client.post(address, typed).status_code == 302
    assert change.programme.teams.get().after == change.team
    assert "Family help" in page(change.city.director, "structure", number)
    back = reverse("restructure:team", args=[number, change.team.pk])
    assert client.post(back, typed | {"other": change.city.family_support.pk}).status_code == 422
