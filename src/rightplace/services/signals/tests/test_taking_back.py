"""Who gave a signal can take it back: nobody acts on it any more, and whoever acted on it reads why."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from rightplace.domain.practice.entries.signals import SignalTakenUp
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.journal import reading
from rightplace.foundation.organisation import clock
from rightplace.services.signals import deleting, holding, queries
from rightplace.services.signals.models import Noted, Signal, SignalKey, TakenBack
from rightplace.services.signals.taking import take
from rightplace.services.signals.takingback import take_back
from rightplace.services.signals.tests.giving import agreed, brother, given, row, the_family
from rightplace.services.signals.tests.test_taking_up import taken
from rightplace.testing.organisation import MORNING, Colleague, sign_in

WRONG = "The register was read wrongly: he was on a school trip."


def browser(who: Colleague) -> Client:
    return sign_in(Client(), who)


def back(city, number: str = "row-1", because: str = "not so", by: Colleague | None = None) -> int:
    signal = Signal.objects.get(sender_id=number)
    return take_back(signals=[signal.pk], because=because, words=WRONG, by=(by or city.school).actor)


def told_in(file: int) -> SignalTakenUp:
    with reading.folding():
        now = standing(reading.entries_of(reading.file_rows([file]))[file]).entries
    return next(each.body for each in now if isinstance(each.body, SignalTakenUp))


def test_what_nobody_took_up_goes_at_once_and_does_not_come_back(city, feed):
    given(city, row(), brother())
    assert back(city) == 1
    shell = Signal.objects.get(sender_id="row-1")
    assert (shell.sealed, shell.salt) == (None, None)
    assert not SignalKey.objects.filter(signal=shell).exists()
    (family,) = queries.opened_families(city.family_support_worker.actor, [the_family()])
    assert [each.row.sender_id for each in family.signals] == ["row-2"]
    assert given(city, row()).same == 1, "a system that sends it every night does not bring it back"
    assert back(city) == 0, "pressed twice"


def test_a_family_of_which_all_is_taken_back_waits_for_nobody(city, feed):
    given(city, row())
    back(city)
    assert not queries.waiting(city.family_support_worker.actor).exists()
    noted = Noted.objects.get(what="taken back")
    assert (noted.because, noted.agency) == ("not so", city.school.team.agency_id)
    page = browser(city.family_support_worker).get(f"/early/{the_family().pk}/").content.decode()
    assert "taken back by who gave it" in page and "It was not so" in page


def test_each_file_in_which_it_was_taken_up_says_so_and_keeps_what_is_the_other_childs(city, feed):
    agreed(city, city.housing, "housing.arrears")
    home = row(
        3, kind="housing.arrears", given="", family="", born="", words="Six weeks behind with the rent."
    )
    given(city, row(), brother())
    take(city.housing.team.agency_id, [home], city.housing.actor)
    files = taken(city)
    both = {file: told_in(file).told for file in files}
    assert all(len(told) == 2 for told in both.values()), "each has its own and the household's"
    back(city, "row-3", by=city.housing)
    for file in files:
        told = told_in(file).told
        assert [line for line in told if line in both[file]] == [both[file][0]], "its own words stay"
        assert WRONG in told[1] and f"taken back by {city.housing.team.agency.name}" in told[1]
        assert "Six weeks" not in "".join(told)
    back(city, "row-1")
    assert sum(WRONG in "".join(told_in(file).told[0]) for file in files) == 1


def test_the_team_that_acted_on_it_reads_why_and_the_words_stay_in_the_files_alone(city, feed):
    given(city, row())
    (file,) = taken(city)
    back(city)
    waits = TakenBack.objects.get()
    worker = browser(city.family_support_worker)
    assert "Signals taken back after you took them up" in worker.get("/my-day/").content.decode()
    page = worker.get("/early/taken-back/").content.decode()
    assert WRONG in page and f"/child/{file}/" in page and "Maisie Thornbury" in page
    assert worker.post("/early/taken-back/", {"taken_back": waits.pk}).status_code == 302
    assert WRONG not in worker.get("/early/taken-back/").content.decode()
    waits.refresh_from_db()
    assert (waits.read_by, waits.sealed, waits.salt) == (city.family_support_worker.worker.pk, None, None)


def test_what_is_held_is_kept_until_the_hold_is_lifted(city, feed):
    given(city, row())
    asked = {"why": "claim", "words": "A claim came.", "by": city.family_support_worker.actor}
    hold = holding.ask_hold(family=the_family().pk, **asked)
    back(city)
    deleting.delete_due()
    assert Signal.objects.get().sealed is not None
    assert not queries.waiting(city.family_support_worker.actor).exists()
    holding.lift_hold(hold=hold, words="It is over.", by=city.information_governance.actor)
    with clock.clock_at(MORNING + timedelta(days=1)):
        deleting.delete_due()
    assert Signal.objects.get().sealed is None


def test_a_taking_back_says_what_was_wrong_and_is_of_ones_own_agency_alone(city, feed):
    given(city, row())
    with pytest.raises(Refused):
        take_back(signals=[Signal.objects.get().pk], because="not so", words=" ", by=city.school.actor)
    with pytest.raises(NotAllowed):
        back(city, by=city.other_school)
    number = Signal.objects.get().pk
    assert browser(city.other_school).get(f"/signals/{number}/").status_code == 404
    assert browser(city.family_support_worker).get(f"/signals/{number}/").status_code == 404


def test_it_needs_no_agreement_in_force(city):
    agreed(city, city.school, begins=MORNING.date() - timedelta(days=30), lasts=31)
    given(city, row())
    with clock.clock_at(MORNING + timedelta(days=2)):
        assert given(city, row(2)).refused
        assert back(city) == 1


def test_the_givers_page_is_the_same_whatever_became_of_it(city, feed):
    """Nobody can tell from it whether a child was looked at, taken up or held."""
    given(city, row())
    before = _page(city)
    taken(city)
    assert _page(city) == before
    assert "Maisie" not in before and "Mondays" not in before
    back(city)
    assert "taken back" in _page(city)


def _page(city) -> str:
    page = browser(city.school).get("/signals/").content.decode()
    return re.sub(r'nonce="[^"]*"|csrf[^>]*>', "", page)


def test_numbers_of_what_became_still_add_up(city, feed):
    given(city, *(row(n, family=f"Quill{n}") for n in range(30)))
    for number in range(10):
        back(city, f"row-{number}")
    with clock.clock_at(MORNING + timedelta(days=35)):
        deleting.delete_due()
        page = browser(city.school).get("/signals/").content.decode()
    cells = re.findall(r"<td[^>]*>\s*(?:<[^>]*>)*([\w, ]+)", page)
    assert "20" in cells, "thirty were given, ten taken back, twenty are still here"


def test_by_the_form_it_is_taken_back_and_given_again_as_it_is(city, feed):
    school = browser(city.school)
    given(city, row())
    number = Signal.objects.get().pk
    empty = school.post(f"/signals/{number}/", {"because": ""}).content.decode()
    assert "Choose what was wrong." in empty and "Write what was wrong" in empty
    answer = school.post(f"/signals/{number}/", {"because": "a fact", "words": WRONG})
    assert answer.headers["Location"] == f"/signals/one/?instead={number}"
    again = school.get(answer.headers["Location"]).content.decode()
    assert re.search(r'value="school.attendance"[^>]*checked', again)
    assert "It was taken back" in school.get(f"/signals/{number}/").content.decode()
