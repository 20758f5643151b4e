"""What published figures say of the simulated service: the same ratios come out of the model's own balance."""

from dataclasses import replace
from datetime import date

import pytest

from rightplace.domain.simulation.census import yearly_flow
from rightplace.domain.simulation.names import CARE, ENQUIRY, PROTECTION, SOURCES
from rightplace.domain.simulation.parameters import parameters
from rightplace.domain.simulation.published.calibration import Calibration, calibrated
from rightplace.domain.simulation.published.carrying import carrying
from rightplace.domain.simulation.published.flows import BY_FLOW, Fitted
from rightplace.domain.simulation.published.prior import shipped
from rightplace.domain.simulation.published.reading import read as read_folder
from rightplace.domain.simulation.published.tests.invented import folder, published
from rightplace.domain.simulation.published.writing import as_scenario
from rightplace.domain.simulation.scenarios.reading import read
from rightplace.domain.simulation.teams import Structure

ENGLAND = parameters(Structure((), ()), date(2025, 4, 1))
MIDDLE = {
    "referral_rate": 52.0, "no_action_share": 0.05, "need_share": 0.62, "plan_share": 0.16, "care_share": 0.08,
    "leaving": 0.11, "agency_share": 0.13, "absence_share": 0.034, "posts": 3.5,
}  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> Calibration:
    invented = published(3, seed=2)
    return calibrated(invented, invented.places[1].code, shipped())


def standing(whole: Calibration, wide: float = 1.1, **times: float) -> Calibration:
    """An authority that stands so many times as high as the one in the middle."""
    flows = []
    for name, middle in MIDDLE.items():
        usual = middle * times.get(name, 1.0)
        three = (usual / wide, usual, usual * wide)
        flows.append(Fitted(BY_FLOW[name], three, usual, 9, 0.9, 0.5, 0.1, 0.1, 0.2, middle))
    return replace(whole, flows=tuple(flows))


def counts(strengths: dict[str, float]) -> tuple[float, float, float]:
    """Referrals with further action, plans and starts of care in a year of the model."""
    given = ENGLAND.having(strengths)
    flow = yearly_flow(given, 100_000)
    assert given.demand is not None
    doors = sum(
        given.demand.shares[source]
        * (given.value(f"door.assess.{source}") + given.value(f"door.enquire.{source}"))
        for source in SOURCES
    )
    asked = flow[ENQUIRY] * given.value("enquiry.care")
    planned = (flow[CARE] - asked) * given.value("review.care") / ENGLAND.value("review.care")
    return doors, float(flow[PROTECTION]), float(asked + planned)


def test_who_stands_in_the_middle_is_as_england(whole):
    found = carrying(standing(whole), ENGLAND)
    assert found.posts is not None
    assert found.posts.log == 0
    for name, value in found.strengths.items():
        assert value == pytest.approx(ENGLAND.value(name)), name


def test_the_published_ratios_come_out_of_the_models_own_balance(whole):
    strengths = carrying(
        standing(whole, referral_rate=1.2, need_share=1.1, plan_share=1.3, care_share=0.8), ENGLAND
    ).strengths
    told = [mine / england for mine, england in zip(counts(strengths), counts({}), strict=True)]
    assert told[0] == pytest.approx(1.2)
    assert told[1] == pytest.approx(1.2 * 1.1 * 1.3, rel=0.03)
    assert told[2] == pytest.approx(1.2 * 1.1 * 0.8, rel=0.03)


def test_referrals_that_nobody_acts_on_are_no_work(whole):
    found = carrying(standing(whole, no_action_share=6.0), ENGLAND).strengths
    assert found["door.assess.police"] == pytest.approx(ENGLAND.value("door.assess.police") * 0.7 / 0.95)


def test_agency_staff_in_post_are_those_who_came_for_as_long_as_they_stay_beside_others(whole):
    """In post are those who came, for as long as they stay: others stay half as long where twice as many leave."""

    def in_post(strengths: dict[str, float]) -> float:
        given = ENGLAND.having(strengths)
        comes = given.value("recruit.agency")
        return comes / (1 - comes) * given.value("leaving.early") / given.value("leaving.agency")

    found = carrying(standing(whole, leaving=2.0, agency_share=1.5), ENGLAND).strengths
    share = MIDDLE["agency_share"]
    odds = (1.5 * share / (1 - 1.5 * share)) / (share / (1 - share))
    assert in_post(found) / in_post({}) == pytest.approx(odds)
    assert (
        found["leaving.newly"] / ENGLAND.value("leaving.newly") > 2.0
    )  # a yearly rate is more than its share


def test_a_wide_figure_gives_a_wide_value(whole):
    close, far = (carrying(standing(whole, wide=wide), ENGLAND).found[0] for wide in (1.05, 1.4))
    low, _, high = close.strengths["door.assess.police"]
    lower, _, higher = far.strengths["door.assess.police"]
    assert lower < low < high < higher


@pytest.mark.parametrize("times", [0.2, 1.0, 6.0])
def test_what_is_written_is_a_scenario_whatever_the_figures(whole, times):
    names = ("referral_rate", "need_share", "plan_share", "care_share", "posts", "absence_share")
    found = standing(whole, leaving=times, **dict.fromkeys(names, times))
    scenario = read(as_scenario(found, ENGLAND))
    strengths = dict(scenario.strengths)
    for source in SOURCES:
        assert sum(strengths.get(f"door.{way}.{source}", ENGLAND.value(f"door.{way}.{source}"))
                   for way in ("assess", "enquire", "support")) <= 1  # fmt: skip
    assert strengths["enquiry.conference"] + strengths["enquiry.care"] + ENGLAND.value("enquiry.need") <= 1
    assert strengths == pytest.approx(carrying(found, ENGLAND).strengths, rel=5e-3)
    assert scenario.areas == ((whole.name, round(whole.children or 0)),)
    assert scenario.posts == pytest.approx(min(times, 3.0))
    assert scenario.begins == date(2025, 4, 1)


def test_where_more_plans_are_cut_care_is_given_what_they_do_not_bring(whole):
    """Then fewer children come to care from plans than the published ratio would bring, and more are left to say."""
    strengths = carrying(standing(whole, plan_share=2.2, care_share=1.2), ENGLAND).strengths
    assert strengths["enquiry.conference"] / ENGLAND.value("enquiry.conference") == pytest.approx(
        1.72, abs=0.01
    )
    told = [mine / england for mine, england in zip(counts(strengths), counts({}), strict=True)]
    assert told[1] == pytest.approx(1.72, rel=0.03)
    assert told[2] == pytest.approx(1.2, rel=0.03)


def test_where_leaving_is_cut_agency_staff_are_those_who_come_for_as_many_as_then_leave(whole):
    comes = carrying(standing(whole, leaving=6.0), ENGLAND).strengths
    odds = comes["recruit.agency"] / (1 - comes["recruit.agency"])
    england = ENGLAND.value("recruit.agency") / (1 - ENGLAND.value("recruit.agency"))
    assert odds / england == pytest.approx(ENGLAND.value("leaving.early") / comes["leaving.early"])


@pytest.mark.parametrize(
    ("high", "title"),
    [
        ({"referral_rate": 6.0}, "Referrals with further action"),
        ({"plan_share": 2.2}, "Protection plans for each such referral"),
        ({"care_share": 6.0}, "Children entering care for each such referral"),
        ({"leaving": 6.0}, "Social workers who leave"),
        ({"absence_share": 9.0}, "Working time lost to absence"),
        ({"posts": 4.0}, "Social work posts for each child"),
    ],
)
def test_what_is_cut_says_where(whole, high, title):
    def said(text: str) -> str:
        words = " ".join(text.replace("\n# ", " ").split())
        return words[words.index(title) :].partition(" = ")[0]

    assert "cut at" not in said(as_scenario(standing(whole), ENGLAND))
    assert "cut at" in said(as_scenario(standing(whole, **high), ENGLAND))
    assert "the most that the model takes" in said(as_scenario(standing(whole, **high), ENGLAND))


def test_fewer_posts_than_the_model_takes_say_so(whole):
    text = as_scenario(standing(whole, posts=0.01), ENGLAND)
    assert "raised to 0.05 times, the fewest that the model takes" in " ".join(
        text.replace("\n#", " ").split()
    )


def test_each_value_has_its_range_and_source_and_what_is_not_carried_over_is_named(whole):
    text = as_scenario(standing(whole), ENGLAND)
    assert '"enquiry.conference" = 0.313  # 0.2' in text
    assert "England 0.313, England 2025: conferences for each enquiry" in text
    assert "# - Contacts: no table has them." in text
    assert "Open Government Licence" in text


def test_figures_that_a_folder_does_not_hold_are_left_as_england_and_said():
    told = {file: text for file, text in folder(3).items() if file not in ("workforce.csv", "population.csv")}
    there = read_folder(told)
    text = as_scenario(calibrated(there, there.places[0].code, shipped()), ENGLAND)
    scenario = read(text)
    assert not any(
        name.startswith(("leaving", "absence", "recruit", "door")) for name, _ in scenario.strengths
    )
    assert "Social workers who leave" in text.split("No figures here:")[1]
    assert scenario.areas == ()
    assert "add [areas] with yours" in text
