"""Human resources takes a vacancy to a first day; one candidate is lost at checks; a leaver's words show as a theme only."""

from datetime import timedelta

import pytest

from rightplace.foundation.organisation import clock
from rightplace.services.recruitment import candidates, filling, initiatives, voices
from rightplace.services.recruitment.models import Voice
from rightplace.services.recruitment.tests.conftest import ago, post_in, seated, take
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import MORNING, as_in_browser, small_city

pytestmark = pytest.mark.story
SPOKE = ("front_door_worker", "front_door_worker_2", "family_support_worker", "night_worker")


@pytest.fixture(scope="module")
def told(site, django_db_blocker):
    """A seat stands empty; somebody who applied before is at the checks; four exit interviews of last half-year."""
    with django_db_blocker.unblock(), clock.clock_at(MORNING):
        city = small_city()
        by = city.human_resources.actor
        seated(city, city.social_worker)
        seat = post_in(city, city.assessment).seats.get()
        vacancy = filling.open_vacancy(seat=seat, on=ago(40), because="A worker left", by=by)
        filling.record_vacancy_step(
            vacancy=vacancy, code="approved", on=ago(36), by=city.head_of_service.actor
        )
        filling.record_vacancy_step(vacancy=vacancy, code="advertised", on=ago(30), by=by)
        lost = candidates.add_candidate(vacancy=vacancy, name="Corin Vale", on=ago(28), by=by)
        for code in ("shortlisted", "interviewed", "offered", "accepted"):
            take(city, lost, code)
        with clock.clock_at(MORNING - timedelta(days=90)):
            for name in (*SPOKE, "social_worker"):
                who = getattr(city, name)
                voice = voices.offer_interview(worker=who.worker, kind="stay", answer_by=clock.today(), by=by)
                voices.answer_interview(voice=voice, answers=[("Why?", "Nights of writing.")], by=who.actor)
                voices.code_themes(voice=voice, themes=["workload"], quote_under="", by=by)
        initiatives.begin_initiative(title="A study day", aim="keep", begins=ago(20), cost=900_000, because="Leavers named it",
                                     expected="Two fewer a year", teams=[city.assessment], by=city.director.actor)  # fmt: skip
        yield city, vacancy


def press(page, name):
    page.get_by_role("button", name=name).click()


def test_a_vacancy_is_filled_and_a_loss_keeps_its_reason(visitor, site, told, looked_at):
    city, vacancy = told
    page = as_in_browser(visitor(), city.human_resources, site)
    page.goto("/vacancies/")
    looked_at(page, "pipeline")
    page.get_by_role("link", name="Social worker").first.click()
    page.get_by_role("link", name="Corin Vale").click()
    lost = page.locator("section[aria-labelledby=lost]")
    lost.get_by_label("Why?").select_option("check_slow")
    press(page, "Record the loss")
    page.get_by_text("A check took too long").first.wait_for()
    looked_at(page, "lost")
    page.goto(f"/vacancies/{vacancy.pk}/")
    page.get_by_label("Name", exact=True).fill("Orla Fenn")
    press(page, "Add the candidate")
    page.get_by_role("link", name="Orla Fenn").click()
    press(page, "Record: Shortlisted")
    for label in ("Farida Stone, Area 1 assessment", "Miriam Vance, Heads of service"):
        page.get_by_label(label).check()
    press(page, "Name the panel")
    address = page.url
    looked_at(page, "candidate")
    for who in (city.assessment_manager, city.head_of_service):
        other = as_in_browser(visitor(), who, site)
        other.goto("/vacancies/panels/")
        other.get_by_role("link", name="Orla Fenn").click()
        other.get_by_label("Yes").check()
        other.get_by_label("Your reasons").fill("Clear, kind, knows the law.")
        press(other, "Say this as one of the panel")
        other.get_by_text("Written down.").wait_for()
    page.goto(address)
    for step in ("Offered", "Accepted"):
        press(page, f"Record: {step}")
        page.get_by_text("Written down.").wait_for()
    for code in ("references", "dbs", "right_to_work", "registration"):
        page.get_by_label("Which check was seen").select_option(code)
        press(page, "Record that it was seen")
        page.get_by_text("Written down.").wait_for()
    press(page, "Record the first day")
    page.get_by_text("began").or_(page.get_by_text("First day")).first.wait_for()
    page.goto("/vacancies/")
    page.get_by_text("No vacancy is on its way.").first.wait_for()
    page.get_by_text("A check took too long (1)").first.wait_for(state="attached")
    looked_at(page, "pipeline-after")


def test_a_leavers_words_show_as_a_theme_only(visitor, site, told, looked_at):
    city, _ = told
    page = as_in_browser(visitor(), city.human_resources, site)
    page.goto("/leavers/")
    looked_at(page, "leavers")
    page.get_by_label("Who leaves?").select_option(label="Ned Low")
    page.get_by_label("Why, by the census").select_option("1")
    press(page, "Write the notice down")
    page.get_by_role("link", name="Ned Low").click()
    looked_at(page, "leaver")
    press(page, "Offer an exit interview")
    page.get_by_text("Offered. You are the one who will read it").wait_for()
    own = as_in_browser(visitor(), city.social_worker, site)
    own.goto("/my-interview/")
    own.get_by_role("link", name="Exit interview").click()
    looked_at(own, "own-interview")
    own.get_by_label("What made you begin to look elsewhere?").fill("Two court cases at once.")
    press(own, "Give this to the reader")
    own.get_by_text("Thank you. It is sealed.").wait_for()
    page.goto("/interviews/")
    looked_at(page, "interviews")
    given = Voice.objects.latest("pk").pk
    page.locator("section[aria-labelledby=list]").locator(f'a[href="/interviews/{given}/"]').click()
    looked_at(page, "interview")
    page.get_by_label("Workload").first.check()
    press(page, "These are its themes")
    director = as_in_browser(visitor(), city.director, site)
    director.goto("/staying/themes/")
    looked_at(director, "themes")
    director.get_by_text("Workload").first.wait_for()
    assert "court" not in director.content()
    assert "Exit interview" not in director.locator("table").inner_text()
    for name in ("staying", "staying/initiatives", "staying/list/turnover"):
        director.goto(f"/{name}/")
        looked_at(director, name.replace("/", "-"))
    director.goto("/staying/initiatives/")
    director.get_by_role("link", name="A study day").click()
    director.get_by_text("cannot be compared fairly").wait_for()
    looked_at(director, "initiative")


def test_the_same_on_a_phone(visitor, site, told, looked_at):
    city, _ = told
    page = as_in_browser(visitor(PHONE, has_touch=True, is_mobile=True), city.human_resources, site)
    for name in ("vacancies", "vacancies/open", "vacancies/take", "leavers", "interviews", "staying"):
        page.goto(f"/{name}/")
        looked_at(page, f"phone-{name.replace('/', '-')}")
