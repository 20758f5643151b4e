"""What human resources writes on pages: posts, seats, contracts, particulars, leavers; and registrations that run out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.common.caseflow.waits import waits_for
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.organisation.establishment import people
from rightplace.foundation.organisation.establishment.tables import (
    Contract,
    Kept,
    Leaver,
    Lineage,
    Occupancy,
    Particulars,
    Post,
    Seat,
)
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.testing.organisation import LONG_AGO, MORNING, sign_in

TODAY = MORNING.date()


def day(name: str, on: date = TODAY) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


@pytest.fixture
def hr(city) -> Client:
    return sign_in(Client(), city.human_resources)


def opened(hr: Client, city, **more: str) -> Post:
    said = {
        "title": "Family support worker", "grade": "GR4", "profession": "family_support", "funding": "Core budget",
        "role": str(int(RoleCode.FAMILY_SUPPORT_WORKER)), "team": str(city.family_support.pk), "hours": "37",
        "shares": "", "reference": "", **day("begins", LONG_AGO), **more,
    }  # fmt: skip
    answer = hr.post(reverse("workforce:open-post"), said)
    assert answer.status_code == 302, answer.content.decode()
    return Post.objects.latest("pk")


def written(hr: Client, post: Post, act: str, **said: str):
    return hr.post(reverse("workforce:post", args=[post.pk]), {"act": act, **said})


def test_a_post_is_opened_with_the_seats_of_a_job_share_and_gets_one_more(hr, city):
    post = opened(hr, city, shares="14.5 and 14.5")
    assert [float(seat.hours) for seat in post.seats.order_by("number")] == [14.5, 14.5]
    assert written(hr, post, "add_seat", hours="8", **day("begins")).status_code == 302
    refused = written(hr, post, "add_seat", hours="8", **day("begins")).content.decode()
    assert "The post has 37 hours" in refused
    assert Seat.objects.filter(post=post).count() == 3


def test_wrong_seats_and_missing_words_are_said_in_sentences(hr, city):
    said = hr.post(reverse("workforce:open-post"), {"shares": "half"}).content.decode()
    for sentence in ("Give the post’s title.", "Choose the team.", "Write hours only"):
        assert sentence in said
    assert not Post.objects.exists()


def test_a_post_ends_when_nobody_sits_there_and_another_goes_on_from_it(hr, city):
    before, after = opened(hr, city), opened(hr, city, title="Family Help worker")
    values = {"after": str(after.pk), "kind": "changed", "because": "The redesign", **day("on")}
    assert written(hr, before, "lineage", **values).status_code == 302
    assert Lineage.objects.get().after == after
    assert written(hr, before, "end", **day("on")).status_code == 302
    before.refresh_from_db()
    assert before.ends == TODAY


def test_who_is_seated_leaves_with_a_right_and_comes_back(hr, city):
    post, who = opened(hr, city), city.family_support_worker
    seat = post.seats.get()
    values = {
        "seat": str(seat.pk),
        "worker": str(who.worker.pk),
        "kind": "substantive",
        **day("begins", LONG_AGO),
    }
    assert written(hr, post, "seat", **values).status_code == 302
    row = Occupancy.objects.get()
    assert written(hr, post, "end", **day("on")).status_code == 422 or Occupancy.objects.get().ends is None
    assert (
        written(
            hr,
            post,
            "leave",
            occupancy=str(row.pk),
            kept="family_leave",
            **day("on", TODAY - timedelta(days=9)),
        ).status_code
        == 302
    )
    kept = Kept.objects.get()
    assert (
        "comes back to a seat that is kept"
        in hr.get(reverse("workforce:post", args=[post.pk])).content.decode()
    )
    assert written(hr, post, "back", kept=str(kept.pk), comes="back", **day("on")).status_code == 302
    assert Occupancy.objects.filter(worker=who.worker, ends=None).exists()


def test_a_contract_particulars_and_a_leaver_are_written_and_who_looked_is_recorded(hr, city):
    who = city.family_support_worker.worker
    address = reverse("workforce:employed", args=[who.pk])
    assert (
        hr.post(
            address, {"act": "contract", "hours": "30", "basis": "permanent", **day("begins")}
        ).status_code
        == 302
    )
    brings = {
        "act": "particulars", "profession": "youth_work", "registered": "on", "skills": "Play, domestic abuse",
        "languages": "Polish", **day("begins"), **day("registered_until", TODAY + timedelta(days=30)),
    }  # fmt: skip
    assert hr.post(address, brings).status_code == 302
    assert float(Contract.objects.get().hours) == 30
    assert Particulars.objects.get().skills == ["domestic abuse", "play"]
    shown = hr.get(address).content.decode()
    assert "Employed for 30 hours a week, permanent." in shown
    assert ReadAudit.objects.filter(what="workforce:employed", found=1).exists()
    reason = hr.get(address).content.decode().split('name="reason"')[1].split('value="')[2].split('"')[0]
    assert hr.post(address, {"act": "leaver", "reason": reason, **day("on")}).status_code == 302
    assert Leaver.objects.get().worker == who
    left = hr.get(reverse("workforce:leavers")).content.decode()
    assert who.name in left
    assert "left in the last twelve months" in left
    assert who.name in hr.get(reverse("workforce:employed-list")).content.decode()


def test_nobody_but_human_resources_opens_contracts_and_leavers(city):
    for who in (city.director, city.head_of_service, city.family_support_manager, city.union_observer):
        client = sign_in(Client(), who)
        for name in ("open-post", "employed-list", "leavers"):
            assert client.get(reverse(f"workforce:{name}")).status_code == 404, (who.worker.name, name)
        address = reverse("workforce:employed", args=[city.social_worker.worker.pk])
        assert client.get(address).status_code == 404


def test_a_registration_that_runs_out_is_said_ahead_to_worker_manager_and_human_resources(city, hr):
    people.say_particulars(
        worker=city.social_worker.worker, profession="social_work", begins=LONG_AGO, registered=True,
        registered_until=TODAY + timedelta(days=59), by=city.human_resources.actor,
    )  # fmt: skip

    def said(who) -> list[str]:
        return [each.of.key for each in waits_for(who.actor) if each.of.key.startswith("registration")]

    assert said(city.social_worker) == ["registration"]
    assert said(city.assessment_manager) == ["registrations"]
    assert said(city.other_assessment_manager) == []
    posts = hr.get(reverse("workforce:establishment")).content.decode()
    assert "Registrations that run out within sixty days" in posts
    assert city.social_worker.worker.name in posts
    assert (
        "run out within sixty" not in sign_in(Client(), city.union_observer).get("/posts/").content.decode()
    )
    Particulars.objects.update(registered_until=TODAY + timedelta(days=61))
    assert said(city.social_worker) == said(city.assessment_manager) == []
