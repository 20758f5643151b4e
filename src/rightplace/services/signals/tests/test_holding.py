"""A legal hold wins over the day: two people, nothing deleted, nothing used, all of it noted."""

from __future__ import annotations

import logging
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.signals import deciding, deleting, feeds, holding, queries
from rightplace.services.signals.models import Family, Hold, Noted, Signal
from rightplace.services.signals.tests.giving import brother, given, row, the_family
from rightplace.testing.organisation import MORNING, Colleague, SmallCity, colleague, sign_in

WORDS = "Claim F-2026-118, until the judgment."


def on(days: int):
    return clock.clock_at(MORNING + timedelta(days=days))


@pytest.fixture
def held(city: SmallCity, feed) -> Hold:
    """One signal of a family, which its team asked to have held."""
    given(city, row())
    return ask(city)


def ask(city: SmallCity) -> Hold:
    return holding.ask_hold(
        family=the_family().pk, why="claim", words=WORDS, by=city.family_support_worker.actor
    )


def officer(city: SmallCity) -> Colleague:
    return city.information_governance


def noted(what: str) -> int:
    return Noted.objects.filter(what=what).count()


def test_what_is_held_stays_past_its_day_and_what_is_not_goes(city, held):
    given(city, row(2, given="Vesper", family="Quill", address="1 Far Row", adults=""))
    with on(70):
        assert deleting.delete_due() == 1
        assert [each.sender_id for each in Signal.objects.all()] == ["row-1"]
        assert bytes(Signal.objects.get().sealed)


def test_it_holds_before_it_is_confirmed_and_each_step_is_noted(city, held):
    holding.confirm_hold(hold=held, by=officer(city).actor)
    assert (noted("held"), noted("confirmed")) == (1, 1)
    held.refresh_from_db()
    assert held.confirmed_by == officer(city).worker
    assert WORDS.encode() not in bytes(held.sealed)
    assert holding.words_of(held) == (WORDS, "")


def test_that_it_was_kept_is_said_once_in_the_log_and_with_its_number(city, held, caplog):
    with on(70), caplog.at_level(logging.INFO, "rightplace.signals"):
        for _ in range(3):
            deleting.delete_due()
    assert noted("kept") == 1
    told = [each for each in caplog.records if "legal hold" in each.message]
    assert [each.count for each in told] == [1]
    page = _shown(city.family_support_manager, "noted", day=70)
    assert "Away from school, from Lark Hill Primary: not deleted on its day: a legal hold" in page


def test_what_is_held_past_its_day_is_kept_and_not_used(city, held):
    with on(70):
        deleting.delete_due()
        worker = city.family_support_worker
        assert not queries.waiting(worker.actor).exists()
        client = sign_in(Client(), worker)
        assert client.get(reverse("signals:family", args=[held.family])).status_code == 404
        given(city, row("new", noticed=str(clock.today() - timedelta(days=1))))
        assert Signal.objects.get(sender_id="row-new").family_id != held.family


def test_lifted_it_goes_within_the_hour(city, held):
    with on(70):
        deleting.delete_due()
        holding.lift_hold(hold=held, words="Settled.", by=officer(city).actor)
        assert deleting.delete_due() == 1
    assert not Signal.objects.exists() and not Family.objects.exists()
    assert noted("lifted") == 1 and noted("deleted") == 1
    assert holding.words_of(held) == ("", ""), "the key went with the family"


def test_an_agreement_that_ends_deletes_nothing_that_is_held(city, feed, held):
    feeds.end_feed(feed=feed, because="The school closes.", by=officer(city).actor)
    assert deleting.delete_due() == 0 and Signal.objects.count() == 1


def test_what_is_parted_from_a_held_family_is_held_too(city, feed):
    given(city, row(), brother())
    ask(city)
    second = Signal.objects.get(sender_id="row-2")
    made = deciding.part(
        family=the_family().pk, signals=[second.pk], words="Another Otis.", by=city.family_support_worker.actor
    )  # fmt: skip
    with on(70):
        assert deleting.delete_due() == 0
    assert holding.hold_of(made.pk) is not None
    assert holding.words_of(holding.hold_of(made.pk))[0] == WORDS


def test_nobody_confirms_or_lifts_what_they_asked_for(city, feed):
    given(city, row())
    agency = city.school.team.agency_id
    made = holding.hold_by_number(
        agency=agency, sender_id="row-1", why="court", words="Order 7.", by=officer(city).actor
    )
    for act in (
        lambda by: holding.confirm_hold(hold=made, by=by), lambda by: holding.lift_hold(hold=made, words="x", by=by),
    ):  # fmt: skip
        with pytest.raises(Refused, match="You asked for this hold yourself"):
            act(officer(city).actor)
    second = colleague("Nia Farrow", officer(city).team, RoleCode.INFORMATION_GOVERNANCE)
    holding.confirm_hold(hold=made, by=second.actor)
    with pytest.raises(Refused, match="confirmed already"):
        holding.confirm_hold(hold=made, by=second.actor)
    holding.lift_hold(hold=made, words="Withdrawn.", by=second.actor)
    with pytest.raises(Refused, match="lifted already"):
        holding.lift_hold(hold=made, words="Again.", by=second.actor)


def test_only_the_team_asks_and_only_officers_confirm(city, held):
    with pytest.raises(NotAllowed):
        holding.confirm_hold(hold=held, by=city.family_support_manager.actor)
    with pytest.raises(NotAllowed):
        holding.ask_hold(family=held.family, why="claim", words="x", by=officer(city).actor)


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({"why": "no such"}, "what it is for"),
        ({"words": " "}, "reasons"),
        ({}, "held already"),
    ],
)
def test_a_hold_says_what_for_and_is_asked_once(city, held, said, because):
    asked = {"why": "claim", "words": WORDS} | said
    with pytest.raises(Refused, match=because):
        holding.ask_hold(family=held.family, by=city.family_support_worker.actor, **asked)
    assert Hold.objects.count() == 1


def test_a_number_that_nobody_gave_is_refused(city, feed):
    with pytest.raises(Refused, match="No signal of that agency"):
        holding.hold_by_number(
            agency=city.school.team.agency_id,
            sender_id="none",
            why="court",
            words="x",
            by=officer(city).actor,
        )


# pages ---------------------------------------------------------------------------------------------------------------


def _shown(who: Colleague, name: str, *args: int, day: int = 0) -> str:
    with on(day):
        answer = sign_in(Client(), who).get(reverse(f"signals:{name}", args=args))
    assert answer.status_code == 200, name
    return unescape(answer.content.decode())


def test_the_way_through_the_pages(city, feed):
    given(city, row())
    family = the_family().pk
    asked = sign_in(Client(), city.family_support_worker).post(
        reverse("signals:hold-ask", args=[family]), {"why": "claim", "words": WORDS}
    )
    assert asked.status_code == 302
    assert "legal hold" in _shown(city.family_support_worker, "family", family)
    made = Hold.objects.get()
    assert "held, to be confirmed" in _shown(officer(city), "holds")
    page = _shown(officer(city), "hold", made.pk)
    assert WORDS in page and "Away from school, from Lark Hill Primary" in page
    assert ReadAudit.objects.filter(what="legal hold on signals").exists()
    client = sign_in(Client(), officer(city))
    assert client.post(reverse("signals:hold", args=[made.pk]), {"do": "confirm"}).status_code == 302
    wrong = client.post(reverse("signals:hold", args=[made.pk]), {"do": "lift", "words": ""})
    assert wrong.status_code == 422 and "Write why it is lifted." in wrong.content.decode()
    lifted = client.post(reverse("signals:hold", args=[made.pk]), {"do": "lift", "words": "Settled."})
    assert lifted.status_code == 302
    assert "Settled." in _shown(officer(city), "hold", made.pk)


def test_an_officer_reads_no_name_and_no_word_of_a_signal(city, held):
    page = _shown(officer(city), "holds") + _shown(officer(city), "hold", held.pk)
    assert not [word for word in ("Maisie", "Thornbury", "Linnet", "Mondays") if word in page]


def test_by_an_agencys_number(city, feed):
    given(city, row())
    said = {"agency": city.school.team.agency_id, "sender_id": "row-1", "why": "review", "words": "Review 4."}
    client = sign_in(Client(), officer(city))
    assert client.post(reverse("signals:hold-new"), said | {"sender_id": "none"}).status_code == 422
    assert client.post(reverse("signals:hold-new"), said).status_code == 302
    assert "You asked for this hold" in _shown(officer(city), "hold", Hold.objects.get().pk)
