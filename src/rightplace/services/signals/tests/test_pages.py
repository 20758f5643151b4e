"""The pages: who opens which, in which order families stand, what an agency learns, and that no name leaves."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Person
from rightplace.logs import JsonLines
from rightplace.services.signals import queries
from rightplace.services.signals.models import Family, Noted, Signal, Tally
from rightplace.services.signals.tests.giving import agreed, brother, given, proposed, row, the_family
from rightplace.services.signals.tests.test_files import as_csv
from rightplace.testing.organisation import MORNING, Colleague, SmallCity, postcode_in, sign_in
from rightplace.testing.pace import keeps

CANARIES = ("Zqvexmaisie", "Zqvexthornbury", "Zqvexlinnet", "Zqvexcarla", "Zqvexwords")


def as_(person: Colleague) -> Client:
    return sign_in(Client(), person)


def at(name: str, *args: int) -> str:
    return reverse(f"signals:{name}", args=args)


def shown(person: Colleague, address: str) -> str:
    answer = as_(person).get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def canary(number: int | str = 1) -> dict[str, object]:
    return row(
        number, given=CANARIES[0], family=CANARIES[1], address=f"14 {CANARIES[2]} Row", adults=f"{CANARIES[3]} Poole",
        words=f"Away on {CANARIES[4]}.",
    )  # fmt: skip


# the order of families -----------------------------------------------------------------------------------------------


def days_old(number: int, days: int, **more: str) -> dict[str, object]:
    noticed = str(clock.today() - timedelta(days=days))
    return row(
        number, noticed=noticed, given=f"Kit{number}", family=f"Alder{number}", adults="", address="", **more
    )


def test_families_stand_by_the_day_on_which_something_is_deleted_and_by_nothing_else(city, feed):
    """Promise 5: many signals, grave kinds and a young child move nobody up."""
    given(
        city,
        days_old(1, 10),
        *(
            days_old(f"2{n}", 3, kind="school.exclusion") | {"given": "Kit2", "family": "Alder2"}
            for n in range(9)
        ),
        days_old(3, 40),
    )
    with clock.clock_at(MORNING + timedelta(minutes=5)):
        given(city, days_old(4, 10))
    found = queries.opened_families(
        city.family_support_worker.actor, list(queries.waiting(city.family_support_worker.actor))
    )
    assert [each.children[0].given.given for each in found] == ["Kit3", "Kit1", "Kit4", "Kit2"]
    page = shown(city.family_support_worker, at("families"))
    assert [page.index(f"Kit{n}") for n in (3, 1, 4, 2)] == sorted(
        page.index(f"Kit{n}") for n in (3, 1, 4, 2)
    )
    assert "Ordered by one thing only" in page


def test_a_day_to_look_again_comes_before_a_later_deletion(city, feed):
    given(city, days_old(1, 10), days_old(2, 20))
    first = Family.objects.get(signals__sender_id="row-1")
    Family.objects.filter(pk=first.pk).update(state="not now", look_on=clock.today())
    found = list(queries.waiting(city.family_support_worker.actor))
    assert found[0] == first


def test_no_page_says_a_score_and_no_number_of_signals_stands_beside_a_family(city, feed):
    """Promise 5."""
    given(city, row(), brother(), row(3, words="Again."))
    family = the_family().pk
    for name, args in (("families", []), ("family", [family]), ("take-up", [family]), ("noted", [])):
        text = re.sub(r"<[^>]+>", " ", shown(city.family_support_worker, at(name, *args)))
        without = text.replace("weighed or scored", "")
        assert not re.search(r"\bscores?\b|risk|priorit|likelihood|\d ?%|\d+ signals", without, re.IGNORECASE)


def test_the_list_keeps_its_budget_of_queries_and_time(city, feed):
    given(city, *(days_old(n, n % 40) for n in range(60)))
    client = as_(city.family_support_worker)
    client.get(at("families"))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(at("families")).status_code == 200
    own = [each for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]]
    assert len(own) <= 10, [each["sql"][:90] for each in own]
    assert keeps(0.015, lambda: client.get(at("families")))


# who sees what -------------------------------------------------------------------------------------------------------


def test_families_are_seen_by_the_team_of_their_area_and_the_head_of_service(city, feed):
    given(city, row(1), row(2, given="Ana", family="Khan", postcode=postcode_in(9), adults=""))
    one, nine = (Family.objects.get(area=area) for area in (1, 9))
    assert set(scope(city.family_support_worker.actor, Family)) == {one}
    assert set(scope(city.other_family_support_manager.actor, Family)) == {nine}
    assert set(scope(city.head_of_service.actor, Family)) == {one, nine}
    everybody = [
        value for value in vars(city).values()
        if isinstance(value, Colleague) and value not in (city.family_support_worker, city.family_support_manager,
                                                         city.other_family_support_manager, city.head_of_service)
    ]  # fmt: skip
    for person in everybody:
        for model in (Family, Signal, Noted):
            assert not scope(person.actor, model).exists(), (person.worker.name, model)


@pytest.mark.parametrize("name", ["family", "decide", "part", "take-up"])
def test_a_family_of_another_area_is_as_nothing_there(city, feed, name):
    given(city, row())
    for person in (
        city.other_family_support_manager,
        city.social_worker,
        city.school,
        city.front_door_manager,
    ):
        there = as_(person).get(at(name, the_family().pk))
        nothing = as_(person).get(at(name, 7))
        assert (there.status_code, nothing.status_code) == (404, 404)


def test_the_head_of_service_sees_and_does_not_decide(city, feed):
    given(city, row())
    page = shown(city.head_of_service, at("family", the_family().pk))
    assert "Take it up" not in page
    assert as_(city.head_of_service).get(at("take-up", the_family().pk)).status_code == 404


def test_opening_a_family_is_audited_noted_once_a_day_and_counted_once(city, feed):
    given(city, row(), brother())
    family = the_family().pk
    client = as_(city.family_support_worker)
    for _ in range(3):
        client.get(at("family", family))
    assert (
        ReadAudit.objects.filter(
            files__contains=[family], worker=city.family_support_worker.worker.pk
        ).count()
        == 3
    )
    assert Noted.objects.filter(family=family, what="seen").count() == 1
    assert Tally.objects.get(what="looked at").number == 2


def test_a_familys_page_says_age_source_what_it_can_show_and_what_is_not_known(city, feed):
    given(city, row())
    page = shown(city.family_support_worker, at("family", the_family().pk))
    for words in (
        "Lark Hill Primary", "5 days ago", "Away on six Mondays", "the first of this family", "Deleted on Mon 27 Apr 2026",
        "Falling behind, or late or away more often than before", "What makes getting there hard",
        "Whether the family knows", "What other agencies know",
    ):  # fmt: skip
        assert words in page, words
    title = re.search(r"<title>(.*?)</title>", page)
    assert title
    assert "Maisie" not in title[1]
    assert "M.T." in title[1]


# deciding ------------------------------------------------------------------------------------------------------------


def taking_up(**more: object) -> dict[str, object]:
    return {
        "indicators": ["child.learning.slipping"], "reasons": "Nobody has asked why.", "conversation": "What is hard?",
        "family_told": "not told yet", "family_told_reason": "", "another_given": "", "another_family": "",
    } | more  # fmt: skip


def test_taking_up_searches_first_and_each_likely_child_must_be_decided(city, feed):
    given(city, row(1))
    number = Signal.objects.get().pk
    client = as_(city.family_support_worker)
    assert (
        client.post(at("take-up", the_family().pk), taking_up(**{f"child-{number}": "new"})).status_code
        == 302
    )
    file = Person.objects.get().person
    given(city, row(2, words="Away again."))
    page = unescape(client.get(at("take-up", the_family().pk)).content.decode())
    assert "Which of these is the child?" in page
    assert f'value="{file}"' in page
    number = Signal.objects.get(taken_up=False).pk
    undecided = client.post(at("take-up", the_family().pk), taking_up())
    assert undecided.status_code == 422
    assert "Decide who Maisie Thornbury is." in unescape(undecided.content.decode())
    forged = client.post(at("take-up", the_family().pk), taking_up(**{f"child-{number}": "4711"}))
    assert forged.status_code == 422
    assert (
        client.post(at("take-up", the_family().pk), taking_up(**{f"child-{number}": str(file)})).status_code
        == 302
    )
    assert Person.objects.count() == 1
    assert ReadAudit.objects.filter(what="search", worker=city.family_support_worker.worker.pk).exists()


def test_what_was_typed_is_there_again_after_a_refusal(city, feed):
    given(city, row())
    number = Signal.objects.get().pk
    answer = as_(city.family_support_worker).post(
        at("take-up", the_family().pk),
        taking_up(**{f"child-{number}": "leave out", "reasons": "Because of Mondays."}),
    )
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Take up at least one child, or name one." in page
    assert "Because of Mondays." in page


def test_a_decision_otherwise_goes_through_its_form(city, feed):
    given(city, row())
    client, address = as_(city.family_support_worker), at("decide", the_family().pk)
    missing = client.post(address, {"what": "not now", "because": "explained", "words": ""})
    assert "Give the day on which somebody looks again." in unescape(missing.content.decode())
    said = {
        "what": "school first", "because": "too little", "words": "", "look_on_0": "17", "look_on_1": "3", "look_on_2": "2026",
        "look_on_day": "17", "look_on_month": "3", "look_on_year": "2026",
    }  # fmt: skip
    assert client.post(address, said).status_code == 302
    assert the_family().state == "school first"
    assert "Maisie" in shown(city.family_support_worker, at("families") + "?put-off=yes")


# giving --------------------------------------------------------------------------------------------------------------


def test_a_form_pressed_twice_gives_one_signal(city, feed):
    client = as_(city.school)
    page = client.get(at("give")).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once
    said = {
        "once": once[1], "kind": "school.attendance", "given": "Maisie", "family": "Thornbury", "upn": "", "adults": "",
        "noticed_day": "26", "noticed_month": "2", "noticed_year": "2026", "born_day": "9", "born_month": "5",
        "born_year": "2017", "address": "14 Linnet Row", "postcode": postcode_in(1), "words": "Away on Mondays.",
        "noticed_0": "26", "noticed_1": "2", "noticed_2": "2026", "born_0": "9", "born_1": "5", "born_2": "2017",
    }  # fmt: skip
    for _ in range(2):
        assert client.post(at("give"), said).status_code == 302
    assert Signal.objects.count() == 1


def test_a_file_is_answered_row_by_row_and_a_hostile_one_refused(city, feed):
    client = as_(city.school)
    upload = SimpleUploadedFile("signals.csv", as_csv(row(), brother(2, kind="no.such")))
    page = unescape(client.post(at("give-file"), {"file": upload}).content.decode())
    assert "2 rows were read." in page
    assert "1 signal was taken." in page
    assert "There is no such kind of signal: give its code, such as school.attendance." in page
    bad = client.post(at("give-file"), {"file": SimpleUploadedFile("x.csv", b"\xff\xfe\x00")})
    assert bad.status_code == 422
    assert "not in UTF-8" in unescape(bad.content.decode())
    assert client.get(at("columns"))["Content-Disposition"] == 'attachment; filename="signals.csv"'


def test_what_became_of_few_is_withheld_of_many_shown_and_of_this_month_not_told(city, feed):
    with clock.clock_at(MORNING - timedelta(days=10)):
        given(city, *(days_old(n, 3) for n in range(3)))
    assert "<td" in shown(city.school, at("given"))
    assert cells(city) == ["3", "0", "withheld", "withheld", "withheld", "withheld"]
    with clock.clock_at(MORNING - timedelta(days=9)):
        given(city, *(days_old(n, 3) for n in range(100, 160)))
    given(city, *(days_old(n, 3) for n in range(200, 205)))
    assert cells(city) == ["68", "0", "0", "0", "0", "63"]


def test_what_is_done_today_moves_no_number_of_what_became_of_it(city, feed):
    with clock.clock_at(MORNING - timedelta(days=10)):
        given(city, *(days_old(n, 3) for n in range(60)))
    before = cells(city)
    client = as_(city.family_support_worker)
    for family in Family.objects.all()[:20]:
        client.get(at("family", family.pk))
    assert Tally.objects.get(what="looked at").number >= 20
    assert cells(city) == before


def cells(city: SmallCity) -> list[str]:
    """The numbers of the first line of the school's page."""
    page = shown(city.school, at("given")).split('id="became"')[1]
    return [
        re.sub(r"<[^>]+>|\s+", " ", each).strip()
        for each in re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)
    ][:6]


def test_an_agency_is_never_told_whether_a_child_is_known(city, feed):
    given(city, row())
    before = shown(city.school, at("given"))
    number = Signal.objects.get().pk
    as_(city.family_support_worker).post(
        at("take-up", the_family().pk), taking_up(**{f"child-{number}": "new"})
    )
    token = r'csrfmiddlewaretoken" value="[^"]*'
    assert re.sub(token, "", shown(city.school, at("given"))) == re.sub(token, "", before)


def test_names_reach_no_partner_no_log_no_title_and_no_address(city, feed):
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonLines().format(record))

    kept = Kept()
    logging.getLogger().addHandler(kept)
    logging.getLogger("rightplace.request").setLevel(logging.INFO)
    try:
        given(city, canary())
        given(city, canary(2) | {"noticed": "never"})
        family = the_family().pk
        worker = as_(city.family_support_worker)
        for name, args in (
            ("families", []),
            ("family", [family]),
            ("take-up", [family]),
            ("decide", [family]),
        ):
            answer = worker.get(at(name, *args))
            page = unescape(answer.content.decode())
            assert CANARIES[0] in page
            aside = [
                str(answer.headers),
                *re.findall(r"<title>(.*?)</title>|(?:href|action)=\"([^\"]*)\"", page),
            ]
            assert not any(word in str(aside) for word in CANARIES)
        for person in (city.school, city.school_2, city.other_school, city.police, city.health, city.housing,
                       city.head_teacher, city.police_lead):  # fmt: skip
            for name in ("given", "give", "give-file"):
                page = shown(person, at(name))
                assert not any(word in page for word in CANARIES), (person.worker.name, name)
    finally:
        logging.getLogger().removeHandler(kept)
    assert not any(word in line for line in lines for word in CANARIES)


# agreements ----------------------------------------------------------------------------------------------------------


def test_an_agreement_is_written_down_by_one_and_agreed_by_the_other(city):
    said = {
        "agency": city.school.team.agency.name, "kinds": ["school.attendance"], "lawful_basis": "public task",
        "purpose": "To offer help early", "retention_days": "60",
        "begins_day": "3", "begins_month": "3", "begins_year": "2026", "expires_day": "1", "expires_month": "9",
        "expires_year": "2026", "begins_0": "3", "begins_1": "3", "begins_2": "2026", "expires_0": "1",
        "expires_1": "9", "expires_2": "2026",
    }  # fmt: skip
    made = as_(city.information_governance).post(at("feed-new"), said)
    assert made.status_code == 302, unescape(made.content.decode())[:3000]
    assert given(city, row()).refused
    page = shown(city.head_of_service, made["Location"])
    assert "Agree for your side" in page
    assert as_(city.head_of_service).post(made["Location"], {"do": "agree"}).status_code == 302
    assert given(city, row()).taken == 1
    assert "Refused" in shown(city.information_governance, made["Location"])
    ended = as_(city.head_of_service).post(made["Location"], {"do": "end", "because": "Trial is over."})
    assert ended.status_code == 302
    assert "Trial is over." in shown(city.head_of_service, made["Location"])


def test_the_list_of_agreements_says_what_needs_somebody_first(city, feed):
    proposed(city, city.police, "police.notice", days=20)
    page = shown(city.head_of_service, at("feeds"))
    assert page.index("Example City Police") < page.index("Lark Hill Primary")
    assert shown(city.head_of_service, at("feed-renew", feed.pk))


def test_an_agency_without_an_agreement_is_told_that_nothing_is_taken(city):
    assert "nothing is taken" in shown(city.housing, at("give"))
    assert clock.now() == MORNING
    agreed(city, city.housing, "housing.arrears")
    assert "nothing is taken" not in shown(city.housing, at("give"))
