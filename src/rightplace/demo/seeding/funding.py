"""Partner funding in the demonstration: shares by year, what came in late or not at all, invented prices, terms told.

Contributions follow what the hours for each school's children cost, so that statements are believable at every size.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db import transaction

from rightplace.demo.finishing import holders, someone
from rightplace.demo.material.names import staff_names
from rightplace.demo.material.strip import strip
from rightplace.demo.seeding import joining, pupils
from rightplace.foundation.access.accounts import make_account
from rightplace.foundation.access.actor import RULES, Actor
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Area, Membership, School, Team
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.funding import actions
from rightplace.services.funding.counting import count_terms
from rightplace.services.funding.models import Agreement, Contribution
from rightplace.services.funding.working import year_of_work
from rightplace.services.funding.years import WRITTEN_UP, first_day, share_of, terms_over

SHARES = (5_000, 4_000, 3_333, 2_500)
"""Half in the first year, then less each year as the council takes over."""
LAST_AGREED = 2026
FORUM = "Settled for all schools by the Schools Forum on 9 March 2023."
DUE_YEARS = (2023, 2024, 2025)
PRICES = {2023: 3_420, 2024: 3_610, 2025: 3_760}
LEAST = 30_000
ASSUMED = "This invented council’s pay scale, and a third more for on-costs and travel"
BUDGET = "A year’s hours with families, and a third more for supervision and training"
OVER = 133
"""Per cent of the cost of a year's hours."""


@transaction.atomic
def seed(population: int, seed: int) -> None:
    """Prices and budgets first, since agreements follow what was given; then payments, in the order of their days."""
    dice = Random(f"{seed}:funding")  # noqa: S311  (a demonstration, not a secret)
    head = someone(RoleCode.HEAD_OF_SERVICE)
    prices(head)
    budgets(head)
    area = Area.objects.get(key=strip().area)
    heads_of_schools(dice, area)
    schools = list(School.objects.select_related("agency").order_by("urn"))
    pupils.seed(next(each for each in schools if each.agency.name == strip().person("school").works_at))
    yearly, joined = contributions(), joining.joins(schools)
    for school in schools:
        if school.pk in joined:
            agree(school, joined[school.pk], yearly.get(school.pk, {}), head)
    payments(dice, head)
    for ends in terms_over(joining.FIRST, clock.today()):
        with clock.clock_at(at_ten(ends + WRITTEN_UP)):
            count_terms()


def at_ten(day: date) -> datetime:
    """Ten o'clock on a day in the office."""
    return datetime.combine(day, time(10), UTC)


def prices(head: Actor) -> None:
    """What an hour costs each year; all of it assumed, and said so."""
    for year, pence in PRICES.items():
        with clock.clock_at(at_ten(date(year, 3, 10))):
            actions.set_unit_cost(
                grade="family_support_worker", doing="", begins=first_day(year), pence=pence, source=ASSUMED,
                assumed=True, because=f"The pay award of {year}.", by=head,
            )  # fmt: skip


def budgets(head: Actor) -> None:
    """What each team may spend on work with families, after what the hours of a year cost; assumed as well."""
    cost = year_of_work(2024).by_team()
    for year in PRICES:
        with clock.clock_at(at_ten(date(year, 3, 10))):
            for team in Team.objects.filter(kind=Team.Kind.FAMILY_SUPPORT).order_by("id"):
                pence = round(cost.get(team.pk, 0) * (OVER + year - 2023) // 100, -5)
                actions.set_budget(
                    team=team, year=year, pence=max(pence, LEAST), source=BUDGET, assumed=True,
                    because="The budget of the year.", by=head,
                )  # fmt: skip


def contributions() -> dict[int, dict[int, int]]:
    """What the children of each school cost in a year; of a year without figures, what the next cost."""
    cost = {year: year_of_work(year).by_school for year in (2024, 2025)}
    cost[2023] = cost[2024]
    found: dict[int, dict[int, int]] = {}
    for year in DUE_YEARS:
        for school in {*cost[2024], *cost[2025]}:
            found.setdefault(school, {})[year] = cost[year].get(school, 0)
    return found


def agree(school: School, begins: date, cost: dict[int, int], head: Actor) -> Agreement:
    """One school's agreement, as the forum settled it for all: its share in whole pounds, and something at least."""
    first = begins.year
    shares = dict(zip(range(first, LAST_AGREED + 1), SHARES, strict=False))
    yearly = {
        year: max(round(share_of(cost.get(year, 0), shares[year]), -4), LEAST)
        for year in DUE_YEARS
        if year >= first
    }
    with clock.clock_at(at_ten(begins - timedelta(days=18))):
        return actions.make_agreement(
            agency=school.agency, what_for="Family support for our pupils and their families", begins=begins,
            shares=shares, yearly=yearly, because=FORUM, by=head,
        )  # fmt: skip


def payments(dice: Random, head: Actor) -> None:
    """Most pay in time; some late, some in part, a few not at all in this year's last terms."""
    today = clock.today()
    dues = Contribution.objects.select_related("agreement").order_by("due", "id")
    came: list[tuple[date, int, Contribution, int]] = []
    for due in dues:
        if due.due > today:
            continue
        fate = dice.random()
        recent = due.due > today - timedelta(days=150)
        late = timedelta(days=dice.randint(3, 60) if fate > 0.86 else -dice.randint(0, 20))
        if recent and fate < 0.09:
            continue
        pence = due.pence * 2 // 5 if recent and fate < 0.15 else due.pence
        if due.due + late <= today:
            came.append((due.due + late, due.pk, due, pence))
    for day, number, due, pence in sorted(came, key=lambda each: each[:2]):
        with clock.clock_at(at_ten(day)):
            actions.record_payment(
                contribution=due, on=day, pence=pence, reference=f"INV-{due.year}-{number:05d}", by=head
            )


def heads_of_schools(dice: Random, area: Area) -> None:
    """Each school of the story's area has a head teacher to sign in as, unless somebody has made one."""
    names = staff_names(dice, 400)
    taken = {each.worker.name for each in holders(RoleCode.HEAD_TEACHER)}
    for school in School.objects.filter(area=area).select_related("agency").order_by("urn"):
        desk = Team.objects.filter(agency=school.agency, kind=Team.Kind.PARTNER_DESK).order_by("id").first()
        known = Membership.objects.filter(team__agency=school.agency, role=RoleCode.HEAD_TEACHER)
        if desk is None or known.exists():
            continue
        name = next(each for each in names if each not in taken)
        taken.add(name)
        worker = organisation.add_worker(
            name=name, kind="partner", begins=first_day(2023), agency=school.agency, by=RULES,
            email=f"head{school.urn}@schools.example", phone=desk.phone,
        )  # fmt: skip
        organisation.join_team(
            worker=worker, team=desk, role=RoleCode.HEAD_TEACHER, begins=first_day(2023), by=RULES
        )
        make_account(worker=worker, username=f"head.{school.urn}", by=RULES)
