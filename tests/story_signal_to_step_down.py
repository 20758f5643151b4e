"""From a signal to early help, up to an assessment and down again: by seven people in a real browser.

At every instant exactly one team answers for the child, and a worker or an age without one (promise 1): the journal
says so, told by nobody but these people. Each page alone is looked at in the stories of its own service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from rightplace.common.caseflow.queries import held_at
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.people.projections import Person
from rightplace.services.assessment.projections import Assessment
from rightplace.services.familysupport.projections import Support
from rightplace.services.signals.tests.giving import agreed, row
from rightplace.services.signals.tests.test_files import as_csv
from rightplace.testing.organisation import MORNING, Colleague, SmallCity, as_in_browser, small_city

pytestmark = pytest.mark.story
DAY = 24
AsSomebody = Callable[[Colleague], Page]


@contextmanager
def after(hours: float) -> Iterator[None]:
    """The moment at which somebody acts: time goes on between two acts."""
    with clock.clock_at(MORNING + timedelta(hours=hours)):
        yield


@pytest.fixture(scope="module")
def city(site: str, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock(), after(0):
        made = small_city()
        agreed(made, made.school)
        yield made


@pytest.fixture
def as_(visitor: Callable[..., Page], site: str) -> AsSomebody:
    """A browser of that person's own."""

    def sits_down(person: Colleague) -> Page:
        page = as_in_browser(visitor(), person, site)
        page.context.set_default_timeout(40_000)
        return page

    return sits_down


def test_a_signal_becomes_early_help_steps_up_and_comes_back_down(city, as_):
    worker, above = as_(city.family_support_worker), as_(city.family_support_manager)
    social_worker, manager = as_(city.social_worker), as_(city.assessment_manager)
    with after(0):
        the_school_gives(as_(city.school))
        assert not Person.objects.exists(), "nobody has taken it up"
    with after(1):
        the_worker_takes_it_up(worker)
        file = Person.objects.get().person
        answers(file, city.family_support, 0)
    with after(2):
        accepts(above, "Tamsin Reeve")
        answers(file, city.family_support, city.family_support_worker.worker.pk)
    with after(3):
        the_worker_begins(worker)
    with after(4):
        the_worker_assesses(worker)
    with after(5):
        the_worker_plans(worker)
    with after(20 * DAY):
        the_worker_steps_up(worker)
        answers(file, city.family_support, city.family_support_worker.worker.pk)
    with after(21 * DAY):
        accepts(manager, "Ned Low")
        answers(file, city.assessment, city.social_worker.worker.pk)
    with after(22 * DAY):
        the_social_worker_starts(social_worker, file)
    with after(30 * DAY):
        the_social_worker_writes(social_worker, file)
        assert Assessment.objects.get().waits, "nothing is decided by whoever wrote it"
    with after(31 * DAY):
        the_manager_authorises(manager, file)
        answers(file, city.assessment, city.social_worker.worker.pk)
    with after(32 * DAY):
        the_step_says_who_spoke(above)
        accepts(above, "Tamsin Reeve")
        answers(file, city.family_support, city.family_support_worker.worker.pk)
    somebody_always_answered(file, [city.family_support, city.assessment, city.family_support])
    kinds_stand_in_order(file)


# who answers ----------------------------------------------------------------------------------------------------------


def answers(file: int, team: Team, worker: int) -> None:
    """Now this team answers, and this worker or nobody yet."""
    (now,) = Span.objects.filter(held_at(clock.now()), person=file)
    assert (now.open, now.team, now.worker) == (True, team.pk, worker)


def somebody_always_answered(file: int, teams: list[Team]) -> None:
    """No gap and no overlap from the first instant; one team in each; a worker, or since when there is none."""
    spans = list(Span.objects.filter(person=file).order_by("begins"))
    for before, following in pairwise(spans):
        assert before.ends == following.begins
    assert spans[-1].ends is None
    states = [state for state in reading.journey(file).states if state.open]
    assert states[0].begins == reading.journey(file).states[0].begins
    for state in states:
        assert state.team and bool(state.worker) != (state.unallocated_since is not None)
    passed = [state.team for n, state in enumerate(states) if n == 0 or states[n - 1].team != state.team]
    assert passed == [team.pk for team in teams]


def kinds_stand_in_order(file: int) -> None:
    """What the people did stands in the file, in the order in which they did it."""
    with reading.folding():
        entries = [entry.body.kind for entry in reading.entries_of(reading.files_with(file))[file]]
    told = (
        "signal.taken_up", "team.accepted", "familysupport.began", "familysupport.assessed", "familysupport.planned",
        "step.up", "team.accepted", "assessment.began", "assessment.written", "assessment.authorised", "step.down",
        "team.accepted",
    )  # fmt: skip
    rest = iter(entries)
    assert all(kind in rest for kind in told), entries


# what they do ---------------------------------------------------------------------------------------------------------


def the_school_gives(page: Page) -> None:
    page.goto("/signals/file/")
    page.get_by_label("CSV file").set_input_files(
        {"name": "signals.csv", "mimeType": "text/csv", "buffer": as_csv(row(1))}
    )
    page.get_by_role("button", name="Give this file").click()
    expect(page.get_by_text("1 signal was taken.")).to_be_visible()


def the_worker_takes_it_up(page: Page) -> None:
    page.goto("/early/")
    page.get_by_role("link", name="Maisie Thornbury").click()
    page.get_by_role("button", name="Take it up").click()
    page.get_by_role("group", name="Maisie Thornbury").get_by_role("radio").first.check()
    page.get_by_label("Why do you take it up?").fill("Away on six Mondays: nobody has asked them.")
    page.get_by_label("Not told yet: they are asked").check()
    page.get_by_role("button", name="Take it up").click()
    expect(page.get_by_text("Taken up, and offered to the manager of Area 1 family support")).to_be_visible()


def accepts(page: Page, worker: str) -> None:
    page.goto("/offers/")
    page.get_by_role("link", name="Maisie Thornbury").first.click()
    chosen = page.get_by_label("Which worker?").locator("option", has_text=worker).first
    page.get_by_label("Which worker?").select_option(chosen.get_attribute("value"))
    page.get_by_role("button", name="Accept Maisie Thornbury").click()
    expect(page.get_by_text("answers for the child from now on")).to_be_visible()


def the_worker_begins(page: Page) -> None:
    page.goto("/families/")
    page.get_by_role("link", name="Begin with the family").first.click()
    page.get_by_label("What does the family want help with?").fill("Mondays")
    page.get_by_label("Their answer").first.select_option("agrees")
    page.get_by_label("What does Maisie say to it?").select_option("agrees")
    page.get_by_role("button", name="Begin with the family").click()
    expect(page.get_by_text("Begun. The whole-family assessment is due next.")).to_be_visible()


def the_worker_assesses(page: Page) -> None:
    page.get_by_role("button", name="Write the assessment").click()
    page.get_by_role("button", name="Begin with: Supporting Families, ten headlines").click()
    page.get_by_label("What does the family want to be different").fill(
        "We want Mondays to be like other days."
    )
    page.get_by_label("What do the children say").fill("Maisie: my mother is sad on Sundays.")
    page.get_by_label("What is going on, taken together?").fill("Mornings are hard after a weekend alone.")
    one = page.locator("section[aria-labelledby=one-1]")
    one.get_by_label("Maisie", exact=True).check()
    one.get_by_label("Which headline?").select_option(label="Getting a good education")
    one.get_by_label("a need, nothing started", exact=True).check()
    one.get_by_label("What is needed?").fill("To be at school on Mondays")
    page.get_by_role("button", name="Sign the assessment").click()
    expect(page.get_by_text("It is the baseline; the plan is due next.")).to_be_visible()


def the_worker_plans(page: Page) -> None:
    page.get_by_role("button", name="Make the plan").click()
    one = page.locator("section[aria-labelledby=goal-1]")
    one.get_by_label("What should be different?").fill("Maisie is at school on Mondays")
    one.get_by_label("What is done for it?").fill("They walk together")
    one.get_by_label("Who does it?").select_option(label="Tamsin Reeve")
    for part, value in (("Day", "9"), ("Month", "3"), ("Year", "2026")):
        one.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Sign the plan").click()
    expect(page.get_by_text("The plan was signed.")).to_be_visible()


def the_worker_steps_up(page: Page) -> None:
    page.get_by_role("button", name="Step up").click()
    page.get_by_label("Which team is the child offered to?").select_option(label="Area 1 assessment")
    page.get_by_label("Reasons").fill("Maisie looks after her mother every night.")
    page.get_by_label("Who spoke for the other team?").fill("Farida Stone, assessment")
    page.get_by_label("What did you both agree?").fill("We go together on Thursday; Tamsin tells Carla.")
    page.locator("input[name=indicators]").first.check()
    page.get_by_role("button", name="Offer the child onward").click()
    expect(page.get_by_text("Your team answers for the child until the other accepts").first).to_be_visible()


def the_social_worker_starts(page: Page, file: int) -> None:
    page.goto(f"/child/{file}/assessment/")
    page.get_by_label("What must this assessment find out?").fill("Who looks after whom.")
    page.get_by_label("In supervision, with my manager").check()
    page.get_by_role("button", name="Start the assessment").click()
    expect(page.get_by_text("Started.")).to_be_visible()


def the_social_worker_writes(page: Page, file: int) -> None:
    page.get_by_role("button", name="Write the assessment").click()
    for field, words in (
        (f"c{file}-development", "Maisie reads above her age."), (f"c{file}-child_words", "I make the tea."),
        (f"c{file}-child_wishes", "That mum sleeps."), (f"c{file}-reasons", "With help at home this is enough."),
        ("parenting", "Warm, and tired."), ("environment", "Two rooms."), ("family_view", "Carla wants help."),
        ("analysis", "Maisie carries much; with the plan she could be a child again."),
    ):  # fmt: skip
        page.locator(f"#id_{field}").fill(words)
    page.locator(f"#id_c{file}-indicators summary").nth(1).click()
    page.locator(f"#id_c{file}-indicators").get_by_label("A parent is low or unwell, and copes").check()
    page.locator(f"input[name=c{file}-level][value=additional]").check()
    page.locator(f"input[name=c{file}-proposes][value=early_help]").check()
    page.get_by_role("button", name="Sign the assessment").click()
    expect(page.get_by_text("You wrote this, so somebody else authorises it")).to_be_visible()


def the_step_says_who_spoke(page: Page) -> None:
    """Whoever is asked to take the child on reads the conversation before answering."""
    page.goto("/offers/")
    page.get_by_role("link", name="Maisie Thornbury").first.click()
    expect(page.get_by_text("Tamsin goes on from the plan; Ned tells Carla today.")).to_be_visible()
    expect(page.get_by_text("Farida Stone and Pat Ahmed, family support")).to_be_visible()


def the_manager_authorises(page: Page, file: int) -> None:
    page.goto("/assessments/to-authorise/")
    page.get_by_role("link", name="Maisie Thornbury").click()
    page.get_by_label("Why do you authorise this?").fill("I agree: Carla asks for it.")
    page.get_by_label("Which team is offered Maisie Thornbury?").select_option(label="Area 1 family support")
    page.get_by_label("Who spoke for the other team?").fill("Pat Ahmed, family support")
    page.get_by_label("What did you both agree?").fill("Tamsin goes on from the plan; Ned tells Carla today.")
    page.get_by_role("button", name="Authorise", exact=True).click()
    expect(page.get_by_text("Authorised, with your reasons.")).to_be_visible()
    assert Support.objects.filter(file=file).count() == 1
